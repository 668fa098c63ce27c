"""One layout for Turtle: the graph stays, every comment stays, and what is laid out stays put."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

import dissensus
from dissensus.graph.describing import Relations
from dissensus.graph.errors import DissensusError, InputError, UsageError
from dissensus.graph.formatting.files import format_files, write_formatted
from dissensus.graph.formatting.tokens import tokens_of
from dissensus.graph.model import Claim
from dissensus.graph.terms import NAMESPACE, RDFS
from dissensus.graph.writing import claim_turtle, debate_turtle, prefix_turtle

HEAD = "@prefix d: <https://w3id.org/dissensus#> .\n@prefix : <https://example.org/debate#> .\n\n"
UNTIDY = """\
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#>.
PREFIX : <https://example.org/debate#>
@prefix d: <https://w3id.org/dissensus#> .
:tea-first a d:Claim;d:rebuts :milk-first;
  d:text 'Tea first.'@en ; # his words
  # who says so
  d:assertedBy :ann .
"""
TIDY = """\
@prefix d: <https://w3id.org/dissensus#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/debate#> .

:tea-first a d:Claim ;
    d:text "Tea first."@en ;  # his words
    # who says so
    d:assertedBy :ann ;
    d:rebuts :milk-first .
"""


def laid_out(text: str) -> str:
    """The text in the one layout; on the way, what holds of every text is checked."""
    result = dissensus.format_turtle(text)
    assert graph_of(text.encode()) == graph_of(result)
    assert comments_of(text) == comments_of(result.decode())
    assert dissensus.format_turtle(result) == result
    return result.decode()


def graph_of(data: bytes) -> Dataset:
    dataset = Dataset(parse(data.removeprefix(b"\xef\xbb\xbf"), RdfFormat.TURTLE))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def comments_of(text: str) -> list[str]:
    found = []
    for token in tokens_of(text):
        found += [comment.text for comment in token.before]
        found += [token.after.text] if token.after else []
    return sorted(found)


# -- the layout ---------------------------------------------------------------------------------


def test_a_claim_is_laid_out_as_the_shipped_ones_are():
    assert laid_out(UNTIDY) == TIDY


def test_the_shipped_claims_have_the_layout(root: Path):
    for path in sorted((root / "claims").glob("*.ttl")):
        assert laid_out(path.read_text(encoding="utf-8")) == path.read_text(encoding="utf-8"), path


def test_what_dissensus_writes_has_the_layout(shipped):
    text = debate_turtle(shipped)
    assert laid_out(text) == text


def test_what_dissensus_adds_has_the_layout_also_where_it_is_long():
    claim = Claim("https://example.org/debate#a", "Tea.", notes=("A note.",), strength=0.25)
    for length in range(1, 24):
        supported = tuple(f"https://example.org/debate#{'x' * length}-{n}" for n in range(6))
        relations = Relations(supports=supported, restates=supported[:1])
        prefixes = {"d": NAMESPACE, "rdfs": RDFS, "": "https://example.org/debate#"}
        text = prefix_turtle(prefixes) + "\n" + claim_turtle(claim, relations, prefixes=prefixes)
        assert laid_out(text) == text


@pytest.mark.parametrize("name", ["dissensus.ttl", "shapes.ttl", "alignments.ttl"])
def test_the_vocabulary_says_the_same_when_laid_out(root: Path, name: str):
    laid_out((root / "ontology" / name).read_text(encoding="utf-8"))


def test_quotes_stay_on_their_line_and_other_brackets_are_broken():
    long = "words " * 30
    quote = f'[ d:exact "{long}" ; d:source :recap ]'
    assert f"    d:quote {quote} .\n" in laid_out(f"{HEAD}:a a d:Claim ; d:quote {quote} .")
    assert laid_out(f'{HEAD}:s :property [ :path :p ; :message "{long}" ; :or ( 1 2 ) ] .') == (
        f'{HEAD}:s :property [\n        :path :p ;\n        :message "{long}" ;\n'
        "        :or ( 1 2 )\n    ] .\n"
    )


def test_objects_keep_their_order_and_stand_on_a_line_each_where_one_is_too_short():
    assert laid_out(f"{HEAD}:a :b :z , :y.") == f"{HEAD}:a :b :z, :y .\n"
    names = [f":a-rather-long-name-{number}" for number in range(5)]
    assert laid_out(f"{HEAD}:a :b {', '.join(names)} .") == (
        f"{HEAD}:a :b " + ",\n        ".join(names) + " .\n"
    )


def test_properties_of_other_vocabularies_stay_behind_what_they_follow():
    text = laid_out(f"{HEAD}:a :z 1 ; d:rebuts :b ; :y 2 ; :x 3 ; d:text 't' ; :w 4 ; a d:Claim .")
    assert " ".join(text.removeprefix(HEAD).split()) == (
        ':a a d:Claim ; :z 1 ; d:text "t" ; :w 4 ; d:rebuts :b ; :y 2 ; :x 3 .'
    )


def test_a_property_said_twice_is_said_once_with_both_objects():
    text = laid_out(f"{HEAD}:a d:about :b ; d:text 't' ; # why c\n d:about :c .")
    assert text == f'{HEAD}:a d:text "t" ;  # why c\n    d:about :b, :c .\n'


def test_sections_and_empty_lines_stay_as_the_author_had_them():
    text = (
        "# What Ann says.\n\n@prefix : <https://example.org/debate#> .\n\n# First\n\n:a :b 1 .\n"
        ":a :b 2 .\n\n# Second\n:a :b 3 .\n\n# The end\n"
    )
    assert laid_out(text) == text
    assert laid_out(text.replace("\n\n", "\n \n\n\n")) == text


def test_a_comment_above_a_prefix_keeps_its_place():
    text = "# Head\n@prefix x: <urn:x:> .\n@prefix b: <urn:b:> .\n# mine\n@prefix a: <urn:a:> .\n"
    assert laid_out(text) == (
        "# Head\n@prefix b: <urn:b:> .\n@prefix x: <urn:x:> .\n# mine\n@prefix a: <urn:a:> .\n"
    )


def test_prefixes_that_are_declared_twice_or_hang_on_a_base_keep_their_order():
    twice = "@prefix x: <urn:x:> .\n@prefix b: <urn:b:> .\n@prefix x: <urn:y:> .\n\nx:a b:b x:c .\n"
    assert laid_out(twice) == twice
    base = (
        "@prefix x: <urn:x:> .\n@base <https://example.org/> .\n@prefix a: <a#> .\n\n<q> a:b 1 .\n"
    )
    assert laid_out(base) == base
    assert laid_out("base <https://example.org/>\nprefix : <#>\n:a :b <c>.") == (
        "@base <https://example.org/> .\n@prefix : <#> .\n\n:a :b <c> .\n"
    )


def test_a_commented_out_property_stays_at_the_end_of_its_claim():
    text = f'{HEAD}:a a d:Claim ;\n    d:text "t" ;\n    # d:supports :b ;\n    .\n'
    assert laid_out(text) == text


def test_comments_in_odd_places_are_kept_near_by():
    assert laid_out(
        f"{HEAD}:a # one\n  # two\n  a # three\n  d:Claim # four\n  # five\n ; # six\n"
        "  d:about :b # seven\n  , # eight\n  :c # nine\n  # ten\n  . # eleven"
    ) == (
        f"{HEAD}# one\n# two\n# three\n:a a d:Claim ;  # four\n    # five\n    # six\n"
        "    d:about :b,  # seven\n        # eight\n        :c ;  # nine\n    # ten\n"
        "    .  # eleven\n"
    )


def test_rdf_1_2_is_laid_out_too():
    assert laid_out(
        f"{HEAD}:a d:rebuts :b ~ :r {{| d:assertedBy :gin ; |}} , :c~{{|:p 1|}} .\n"
        "<<:a :b 1 ~:r>> :p <<( :a :b :c )>>."
    ) == (
        f"{HEAD}:a d:rebuts :b ~ :r {{| d:assertedBy :gin |}}, :c ~ {{| :p 1 |}} .\n"
        "<< :a :b 1 ~ :r >> :p <<( :a :b :c )>> .\n"
    )
    assert laid_out('version "1.2"\n') == '@version "1.2" .\n'


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("'it''s'", None),
        ("'say \"so\"'", r'"say \"so\""'),
        (r'"caf\u00E9 \U0001F600"', '"café 😀"'),
        (r"'tab\tbell\u0007end'", r'"tab\tbell\u0007end"'),
        ('"""one line"""', '"one line"'),
        ('"""two\nlines "so" \\"\\"\\" \\\\"""', '"""two\nlines "so" \\""" \\\\"""'),
        ("'''ends with a quote\n\"'''", '"""ends with a quote\n\\""""'),
        (r'"a\nb"', r'"a\nb"'),
        ('"\u202eturned"', r'"\u202Eturned"'),
        ("'x'@en-GB", '"x"@en-GB'),
        ("'1'^^<urn:t>", '"1"^^<urn:t>'),
    ],
)  # fmt: skip
def test_texts_stand_in_double_quotes_and_mean_the_same(written: str, canonical: str | None):
    if canonical is None:
        with pytest.raises(InputError):
            laid_out(f"{HEAD}:a :b {written} .")
    else:
        assert laid_out(f"{HEAD}:a :b {written} .") == f"{HEAD}:a :b {canonical} .\n"


def test_line_ends_stay_as_they_are_and_a_byte_order_mark_goes():
    windows = ("\ufeff" + TIDY + ':x :y """two\nlines""" .\n').replace("\n", "\r\n").encode()
    result = dissensus.format_turtle(windows)
    assert result == (TIDY + '\n:x :y """two\nlines""" .\n').replace("\n", "\r\n").encode()
    assert graph_of(result) == graph_of(windows)
    mixed = HEAD + ':x :y """two\r\nlines""" .\r# c\r'
    assert laid_out(mixed) == HEAD + ':x :y """two\\r\nlines""" .\n# c\n'


def test_a_text_without_a_statement_stays():
    assert [laid_out(text) for text in ("", "# c", "\n\n# c\n\n\n# d\n\n")] == [
        "",
        "# c\n",
        "# c\n\n# d\n",
    ]


def test_what_cannot_be_laid_out_is_said(monkeypatch):
    with pytest.raises(InputError) as caught:
        dissensus.format_turtle(HEAD + ":a :b :c\n:d :e :f .", "x.ttl")
    assert str(caught.value).startswith("x.ttl:5:1: ")
    with pytest.raises(DissensusError, match="nested too deeply"):
        dissensus.format_turtle(HEAD + ":a :b " + "( " * 5000 + ") " * 5000 + ".")
    monkeypatch.setattr(
        "dissensus.graph.formatting.files.laid_out", lambda _: "<urn:a> a <urn:b> ."
    )
    with pytest.raises(DissensusError, match=r"x\.ttl: left alone"):
        dissensus.format_turtle(TIDY, "x.ttl")
    blank = "{} <urn:p> [ <urn:q> [ <urn:r> {} ] ] ."
    monkeypatch.setattr(
        "dissensus.graph.formatting.files.laid_out", lambda _: blank.format("<urn:a>", 2)
    )
    with pytest.raises(DissensusError, match="left alone"):
        dissensus.format_turtle(blank.format("<urn:a>", 1))


# -- laws ---------------------------------------------------------------------------------------


class Author:
    """Writes sound Turtle of every form, untidily, with comments between any two tokens."""

    GAPS = (" ", "\n", "\t ", "\n\n", "  # at the end\n", "\n# above\n", "\n\n # one\n# two\n")
    ATOMS = (":a", "d:Claim", "<urn:x:y>", "_:b1", "true", "1", "-.5", "1.0e3", ":a.b", r":a\,b")
    VERBS = ("a", "d:text", "d:about", "d:rebuts", ":p", ":q", "rdfs:comment", "d:exact", "<urn:p>")
    SUBJECTS = (":a", "_:b1", "<urn:s>", "()")
    DIRECTIVES = (
        ("@prefix", "y:", "<urn:y:>", "."),
        ("PREFIX", "x:", "<urn:x:>"),
        ("@prefix", ":", "<urn:other:>", "."),
        ("base", "<https://example.org/b/>"),
        ("@base", "<urn:base:>", "."),
        ("@version", '"1.2"', "."),
    )
    CHARACTERS = "ab \"'\\\n\r\t\u00e9\u202e\U0001f600#<>[];,."

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # hypothesis draws the seed alone: drawing each token is slow

    def one(self, choices):
        return self.random.choice(choices)

    def document(self) -> str:
        head = ("@prefix : <urn:x:> .", "prefix d: <https://w3id.org/dissensus#>")
        tokens = [*head, "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#>", "."]
        for _ in range(self.random.randrange(5)):
            tokens += self.one(self.DIRECTIVES) if self.random.random() < 0.3 else self.statement()
        return "# head\n" + "".join(self.one(self.GAPS) + token for token in tokens)

    def statement(self) -> list[str]:
        kind = self.random.randrange(6)
        if kind == 0:
            return [
                *self.bracket(1),
                *(self.properties(1) if self.random.random() < 0.5 else ()),
                ".",
            ]
        subject = [self.one(self.SUBJECTS)]
        if kind == 1:
            subject = ["(", *self.term(1), ")"]
        elif kind == 2:
            subject = ["<<", ":s", ":p", ":o", *self.one(((), ("~",), ("~", ":r"))), ">>"]
        return [*subject, *self.properties(2), "."]

    def properties(self, depth: int) -> list[str]:
        tokens: list[str] = []
        for _ in range(self.random.randint(1, 3)):
            tokens += [self.one(self.VERBS), *self.object(depth)]
            for _ in range(self.one((0, 0, 0, 1, 2))):
                tokens += [",", *self.object(depth)]
            tokens += [";"] * self.one((1, 1, 2))
        return tokens if self.random.random() < 0.3 else tokens[: _last_but_semicolons(tokens)]

    def object(self, depth: int) -> list[str]:
        tokens = self.term(depth)
        for _ in range(self.one((0, 0, 0, 1, 2)) if depth else 0):
            block = ["{|", *self.properties(depth - 1), "|}"]
            tokens += self.one((["~"], ["~", ":r"], block))
        return tokens

    def term(self, depth: int) -> list[str]:
        kind = self.random.randrange(10)
        if kind < 4 or not depth:
            return [self.text()] if kind % 2 else [self.one(self.ATOMS)]
        if kind < 7:
            return self.bracket(depth)
        if kind < 9:
            members = [self.term(depth - 1) for _ in range(self.random.randrange(3))]
            return ["(", *(token for member in members for token in member), ")"]
        return ["<<(", ":s", ":p", self.one(self.ATOMS), ")>>"]

    def bracket(self, depth: int) -> list[str]:
        return ["[", *self.properties(depth - 1), "]"]

    def text(self) -> str:
        length = self.one((0, 3, 8, 8, 60))
        quote = self.one(('"', "'", '"""', "'''"))
        ends = {} if len(quote) == 3 else {"\n": "\\n", "\r": "\\r"}
        value = "".join(self.one(self.CHARACTERS) for _ in range(length))
        body = "".join(ends.get(c, "\\" + c if c in "\\" + quote[0] else c) for c in value)
        return quote + body + quote + self.one(("", "", "@en-GB", "^^d:x", "@en--ltr"))


def _last_but_semicolons(tokens: list[str]) -> int:
    return max(place for place, token in enumerate(tokens, start=1) if token != ";")


seeds = st.integers(0, 2**32)


@given(seeds)
@settings(max_examples=150)
def test_the_graph_and_every_comment_stay_and_twice_is_once(seed: int):
    laid_out(Author(seed).document())


@given(seeds)
@settings(max_examples=40)
def test_the_same_holds_with_windows_line_ends(seed: int):
    data = Author(seed).document().replace("\r", "").replace("\n", "\r\n").encode()
    result = dissensus.format_turtle(data)
    assert graph_of(result) == graph_of(data)
    assert dissensus.format_turtle(result) == result
    assert result.count(b"\n") == result.count(b"\r\n")


# -- files --------------------------------------------------------------------------------------


def test_only_files_that_change_are_written(tmp_path: Path):
    tidy, untidy = tmp_path / "a.ttl", tmp_path / "b.ttl"
    tidy.write_text(TIDY)
    untidy.write_text(UNTIDY)
    untidy.chmod(0o640)
    os.utime(tidy, (1, 1))
    found, faults, others = format_files([tmp_path])
    assert [one.changes for one in found] == [False, True]
    assert write_formatted(found) == [str(untidy)]
    assert (faults, others) == ([], 0)
    assert tidy.stat().st_mtime == 1
    assert (untidy.read_text(), untidy.stat().st_mode & 0o777) == (TIDY, 0o640)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ttl", "b.ttl"]


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path):
    path = tmp_path / "a.ttl"
    path.write_text(UNTIDY)
    found, _, _ = format_files([path])
    path.write_text(UNTIDY + "# more\n")
    with pytest.raises(DissensusError, match="changed by someone else"):
        write_formatted(found)
    assert path.read_text() == UNTIDY + "# more\n"


def test_a_file_with_a_fault_is_left_alone_and_the_others_are_formatted(run, tmp_path: Path):
    (tmp_path / "good.ttl").write_text(UNTIDY)
    (tmp_path / "bad.ttl").write_text(HEAD + ":a :b :c\n:d :e :f .")
    result = run("fmt", str(tmp_path))
    assert result.exit_code == 1
    assert f"{tmp_path}/bad.ttl:5:1: " in result.stderr
    assert "left alone" in result.stderr
    assert (tmp_path / "good.ttl").read_text() == TIDY
    assert (tmp_path / "bad.ttl").read_text() == HEAD + ":a :b :c\n:d :e :f ."


def test_other_syntaxes_are_left_out_and_it_is_said(run, tmp_path: Path):
    (tmp_path / "a.ttl").write_text(TIDY)
    (tmp_path / "b.nt").write_text("<urn:a> <urn:b>    <urn:c> .\n")
    result = run("fmt", str(tmp_path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 file in another syntax left alone" in result.stderr
    assert (tmp_path / "b.nt").read_text() == "<urn:a> <urn:b>    <urn:c> .\n"
    with pytest.raises(UsageError, match="only Turtle"):
        format_files([tmp_path / "b.nt"])
    assert run("fmt", str(tmp_path / "b.nt")).exit_code == 2


def test_check_lists_what_would_change_and_writes_nothing(run, tmp_path: Path):
    path = tmp_path / "a.ttl"
    path.write_text(UNTIDY)
    result = run("fmt", "--check", str(path))
    assert (result.exit_code, result.stdout) == (1, f"{path}\n")
    assert path.read_text() == UNTIDY
    path.write_text(TIDY)
    result = run("fmt", "--check", str(path))
    assert (result.exit_code, result.stdout) == (0, "")


def test_diff_shows_what_would_change_and_writes_nothing(run, tmp_path: Path):
    path = tmp_path / "a.ttl"
    path.write_text(UNTIDY)
    result = run("fmt", "--diff", str(path))
    assert result.exit_code == 0
    assert result.stdout.startswith(f"--- {path}\n+++ {path}\n@@ ")
    assert '+    d:text "Tea first."@en ;  # his words\n' in result.stdout
    assert path.read_text() == UNTIDY
    assert run("fmt", "--diff", "--check", str(path)).exit_code == 1


def test_a_dash_reads_standard_input_and_writes_standard_output(run):
    result = run("fmt", "-", stdin=UNTIDY)
    assert (result.exit_code, result.stdout) == (0, TIDY)
    result = run("fmt", "-", stdin=":a :b .")
    assert result.exit_code == 1
    assert result.stderr.startswith("<stdin>:1:1: ")
    assert run("fmt", "--check", "-", stdin=UNTIDY).stdout == "<stdin>\n"
    assert run("fmt", "-", "a.ttl", stdin=UNTIDY).exit_code == 2


def test_the_claims_of_the_command_line_are_formatted(run, claims):
    folder = claims("""
:ann a d:Speaker; rdfs:label "Ann" .
""")
    assert run("fmt", claims=folder).exit_code == 0
    assert (
        (folder / "file0.ttl")
        .read_text()
        .endswith('\n\n:ann a d:Speaker ;\n    rdfs:label "Ann" .\n')
    )


def test_the_shipped_debate_is_never_written_to_by_chance(run, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISSENSUS_CLAIMS", raising=False)
    result = run("fmt")
    assert result.exit_code == 2
    assert "name the files" in result.stderr
