"""What `check` finds, where, and what it says to do. `docs/checking.md` is its list of examples."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dissensus.graph.checking import check, check_corpus
from dissensus.graph.checking.circles import circles
from dissensus.graph.checking.law import law
from dissensus.graph.checking.rules import RULES
from dissensus.graph.errors import Finding, Severity, UsageError
from dissensus.graph.reading import read_corpus

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "checking.md").read_text(encoding="utf-8")
PROLOGUE = """\
@prefix d: <https://w3id.org/dissensus#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/debate#> .
"""
SOUND = re.search(r"```turtle sound\n(.*?)```", PAGE, re.DOTALL)[1]
EARLIER = f""":earlier a d:Document ; d:title "Recap" ; d:fileName "recap.txt" ;
    d:digest "sha256:{"0" * 64}" ."""
RECAP = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)[1]


@dataclass(frozen=True)
class Example:
    """A section of the page: a rule, and a file that breaks it on one line."""

    rule: str
    warns: bool
    needs: str
    turtle: str

    @property
    def line(self) -> int:
        before = (PROLOGUE + self.turtle).partition("# here")[0]
        return before.count("\n") + 1


EXAMPLES = [
    Example(rule, text.startswith("A warning"), needs or "", turtle)
    for rule, text, needs, turtle in re.findall(
        r"^### (\S+)\n\n(.*?)```turtle(?: ([a-z ]+))?\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE
    )
]
ONLY_REFERENCES = {"unknown-target", "wrong-class", "no-class"}


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., list[Finding]]:
    """Checks Turtle beside the page's sound debate; returns the findings of that Turtle's file."""

    def check_beside(
        turtle: str, *, documents: bool = False, changed: bool = False, engine: str = "fast"
    ) -> list[Finding]:
        (tmp_path / "sound.ttl").write_text(PROLOGUE + SOUND, encoding="utf-8")
        if changed:
            (tmp_path / "earlier.ttl").write_text(PROLOGUE + EARLIER, encoding="utf-8")
        (tmp_path / "case.ttl").write_text(PROLOGUE + turtle, encoding="utf-8")
        findings = check(
            [tmp_path], sources=documents_in(tmp_path) if documents else None, engine=engine
        )
        return [finding for finding in findings if finding.file.endswith("case.ttl")]

    return check_beside


def documents_in(folder: Path) -> Path:
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    (sources / "recap.txt").write_text(RECAP, encoding="utf-8")
    (sources / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    return sources


# -- the page -----------------------------------------------------------------------------------


def test_the_sound_debate_of_the_page_has_no_finding(tmp_path: Path) -> None:
    (tmp_path / "sound.ttl").write_text(PROLOGUE + SOUND, encoding="utf-8")
    assert check([tmp_path], sources=documents_in(tmp_path)) == ()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_each_example_of_the_page_is_found_at_its_line_and_nothing_else(
    example: Example, found: Callable[..., list[Finding]]
) -> None:
    findings = found(
        example.turtle,
        documents=example.needs in ("sources", "changed"),
        changed=example.needs == "changed",
    )
    assert [(f.rule, f.line) for f in findings] == [(example.rule, example.line)]
    assert findings[0].severity is (Severity.WARNING if example.warns else Severity.ERROR)
    assert findings[0].column > 0
    assert findings[0].message
    assert findings[0].remedy or example.rule == "unreadable-document"


def test_the_page_has_every_rule() -> None:
    reporting = {shape.name for shape in law().values() if shape.message and not shape.classes}
    across = {rule.__name__.replace("_", "-") for rule in RULES}
    on_page = {example.rule for example in EXAMPLES}
    assert reporting | across | ONLY_REFERENCES | {"quote-source"} <= on_page
    assert len(on_page) == len(EXAMPLES)


def test_both_engines_find_the_same(tmp_path: Path) -> None:
    """Every example, each in a namespace of its own, and the odd values below, in one check."""
    for number, example in enumerate(EXAMPLES):
        text = (PROLOGUE + SOUND + example.turtle).replace("/debate#", f"/{number}#")
        (tmp_path / f"{number}.ttl").write_text(text, encoding="utf-8")
    (tmp_path / "odd.ttl").write_text(PROLOGUE + SOUND + ODD, encoding="utf-8")
    fast = check([tmp_path], engine="fast")
    assert fast == check([tmp_path], engine="reference")
    assert {example.rule for example in EXAMPLES if not example.needs} <= {
        finding.rule for finding in fast
    }


ODD = """
:odd a d:Claim ; d:text "بالعربية"@ar--rtl , "odd" , "even" , 5 , :mistake ; d:about :chips ;
    d:assertedBy "Gin" , [] , <https://example.org/debate#no%20one> ;
    d:strength "NaN"^^xsd:double , "0.5" , -1 , 0.25 , "x"^^xsd:decimal ;
    d:saidOn "2024-02-29"^^xsd:date , "1900-02-29"^^xsd:date , 2025 , "2025-13"^^xsd:gYearMonth ;
    d:needsBacking "1"^^xsd:boolean , "maybe"^^xsd:boolean ;
    d:rebuts :mistake {| d:assertedBy :gin ; d:strength 2 |} ;
    d:text "a _:b <<( .\\n_:x <urn:p> _:y .\\n" .
:lst a d:Audience ; rdfs:label "a"@en , "A"@EN ; d:valueOrder ( :performance "x" [] :nothing ) .
:art a d:Document ; d:title "T"@en , "U"@en , "V" ; d:url :mistake , "https:///x" , "HTTP://x.org" .
:both a d:Support , d:Rebuttal ; d:premise :mistake ; d:conclusion :pivot , :both .
:under a d:Undercut ; d:premise :mistake ; d:conclusion :pivot .
:view a d:Stance ; d:assertedBy :gin , :baker ; d:accepts :mistake ; d:confidence 1.01 .
:Guess rdfs:subClassOf d:Claim .
:guess a :Guess ; d:assertedBy :gin ; d:about :chips ; d:saidOn 2025 .
"""


def test_odd_values_are_told_apart(found: Callable[..., list[Finding]]) -> None:
    told = [finding.message for finding in found(ODD)]
    for part in (
        "d:strength NaN",
        "d:strength “0.5”",
        "d:strength -1",
        "d:saidOn “1900-02-29”^^xsd:date",
        "d:saidOn 2025",
        "d:needsBacking maybe",
        "d:url “https:///x”",
        "d:confidence 1.01",
        "a rebuttal without a name has d:strength 2",
        "“x” is a text",
        "there is no value :nothing",
    ):
        assert any(part in message for message in told), part
    assert not any(part in message for message in told for part in ("2024", "HTTP://", " 0.25"))


# -- what findings say --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turtle", "message", "remedy"),
    [
        (":x d:text 'x' ; d:assertedBy :gni ; a d:Claim ; d:about :chips .",
         "there is no speaker :gni", "did you mean :gin?"),
        (":x d:text 'x' ; d:assertedBy :gin ; a d:Claim ; d:about :chip .",
         "there is no topic :chip", "did you mean :chips?"),
        (":x d:text 'x' ; d:assertedBy :gin ; a d:Claim ; d:answers :zzz .",
         "there is no question :zzz", "describe it (:zzz a d:Question ; …)"),
        (":x d:text 'x' ; d:assertedBy :recap ; a d:Claim ; d:about :chips .",
         "who asserts something is a speaker, and :recap is a document", "name a speaker instead"),
        (":x d:text 'x' ; d:assertedBy 'Gin' ; a d:Claim ; d:about :chips .",
         "who asserts something is a speaker, and “Gin” is a text", "name a speaker instead"),
        (":gin d:supports :mistake .",
         "only a claim has such a property: :gin has d:supports, but is a speaker",
         "take it out, or mend the class"),
        (":x d:text 'x' ; d:assertedBy :gin ; a d:Clam ; d:about :chips .",
         "the vocabulary has no class d:Clam", "did you mean d:Claim?"),
        (":mistake d:Text 'x'@fr .",
         "the vocabulary has no property d:Text", "did you mean d:text?"),
        (":x a d:supports .", "d:supports is a property, not a class", "write “d:supports …”"),
        (":mistake d:Claim 'x' .", "d:Claim is a class, not a property", "write “a d:Claim”"),
        (":mistake :rebuts :pivot .",
         "<https://example.org/debate#rebuts> is not a property of the vocabulary",
         "did you mean d:rebuts, with @prefix d: <https://w3id.org/dissensus#> .?"),
        ("[] a d:Support ; d:premise :pivot ; d:conclusion :pivot .",
         ":pivot is the premise and the conclusion of one link",
         "name another premise or conclusion"),
        (":mistake d:text 'Eine Lüge'@de , 'Ein Fehler'@de .",
         "a claim has one text for each language: :mistake has two d:text in one language",
         'give it one d:text "…"@en'),
        ("@prefix t: <https://example.org/t#> . t:a a d:Topic ; rdfs:label 'a' ; d:broader t:a .",
         "these topics are broader than each other: t:a → t:a", "take out one d:broader"),
        (":x a d:Claim ; d:text 'x\\u001b[2J' ; d:assertedBy :gin ; d:about :chips ; d:strength"
         " '\\u202e9' .",
         "a strength is one number from 0 to 1: :x has d:strength “\\u202e9”",
         "write it like d:strength 0.7, without quotation marks"),
    ],
)  # fmt: skip
def test_messages_are_plain(
    turtle: str, message: str, remedy: str, found: Callable[..., list[Finding]]
) -> None:
    assert [(f.message, f.remedy, f.line) for f in found(turtle)] == [(message, remedy, 5)]


def test_a_name_in_two_files_is_found_in_both(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(PROLOGUE + SOUND)
    (tmp_path / "b.ttl").write_text(PROLOGUE + "\n:gin a d:Speaker .\n")
    findings = check([tmp_path])
    assert [(Path(f.file).name, f.line, f.rule) for f in findings] == [
        ("a.ttl", 5, "duplicate-name"),
        ("b.ttl", 6, "duplicate-name"),
    ]
    assert "a.ttl and in " in findings[0].message


def test_a_faulty_triple_is_found_in_each_file_that_states_it(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(PROLOGUE + SOUND)
    for name in "bc":
        (tmp_path / f"{name}.ttl").write_text(PROLOGUE + ":pivot d:rebuts :nobody .\n")
    findings = check([tmp_path])
    assert [(Path(f.file).name, f.line) for f in findings] == [("b.ttl", 5), ("c.ttl", 5)]


def test_a_quote_with_a_fault_is_told_from_its_neighbours(
    found: Callable[..., list[Finding]],
) -> None:
    findings = found(
        """:x a d:Claim ; d:text "x" ; d:assertedBy :gin ; d:about :chips ; d:quote
    [ d:exact "deliberate" ; d:source :recap ] ,
    [ d:source :recap ] ,
    [ d:exact "pivot" ; d:source :recap ] .
"""
    )
    assert [(f.rule, f.line, f.column) for f in findings] == [("quote-words", 7, 5)]
    assert findings[0].node == "https://example.org/debate#x"


def test_findings_come_by_place_and_once(found: Callable[..., list[Finding]]) -> None:
    findings = found("".join(f":c{n} a d:Claim ; d:text '{n}' .\n" for n in range(20)))
    assert findings == sorted(set(findings))
    assert {f.rule for f in findings} == {"unasserted-claim", "isolated-claim"}
    assert [f.line for f in findings] == [5 + n // 2 for n in range(40)]


def test_a_node_without_a_class_is_one_fault(found: Callable[..., list[Finding]]) -> None:
    findings = found(
        """
:x a d:Claim ; d:text "x" ; d:assertedBy :who ; d:reportedBy :who ; d:about :chips .
:who rdfs:label "Who" ; d:accepts :x .
"""
    )
    assert [(f.rule, f.line) for f in findings] == [("no-class", 7)]
    assert 'add "a d:Speaker"' in findings[0].remedy


def test_annotations_are_links(found: Callable[..., list[Finding]]) -> None:
    assert not found(
        """
:x a d:Claim ; d:text "x" ; d:assertedBy :gin ; d:rebuts :mistake ~ :step .
:y a d:Claim ; d:text "y" ; d:assertedBy :baker ; d:undercuts :step .
"""
    )


# -- circles ------------------------------------------------------------------------------------


def test_circles() -> None:
    assert circles([]) == []
    assert circles([("a", "b"), ("b", "c"), ("a", "c")]) == []
    assert circles([("c", "a"), ("a", "b"), ("b", "c"), ("c", "d")]) == [["a", "b", "c"]]
    assert circles([("a", "a"), ("x", "y"), ("y", "x"), ("a", "x")]) == [["a"], ["x", "y"]]


def test_a_circle_through_link_nodes_is_a_circle(found: Callable[..., list[Finding]]) -> None:
    findings = found(
        """
:x a d:Claim ; d:text "x" ; d:assertedBy :gin ; d:evidenceFor :y .
:y a d:Claim ; d:text "y" ; d:assertedBy :gin .
:step a d:Support ; d:premise :y ; d:conclusion :x .
"""
    )
    assert [(f.rule, f.line) for f in findings] == [("support-circle", 6)]
    assert findings[0].message.endswith(": :x → :y → :x")


# -- files --------------------------------------------------------------------------------------


def test_an_undeclared_prefix_has_its_line_to_add(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        "@prefix d: <https://w3id.org/dissensus#> .\nex:a a d:Claim .\n"
    )
    (tmp_path / "b.ttl").write_text("@prefix : <https://example.org/> .\n\n:a a d:Claim .\n")
    findings = check([tmp_path])
    assert [(Path(f.file).name, f.line, f.rule) for f in findings] == [
        ("a.ttl", 2, "syntax"),
        ("b.ttl", 3, "syntax"),
    ]
    assert "@prefix ex: <" in findings[0].remedy
    assert "@prefix d: <https://w3id.org/dissensus#> ." in findings[1].remedy


def test_a_broken_file_has_no_knock_on_faults(tmp_path: Path) -> None:
    (tmp_path / "sound.ttl").write_text(PROLOGUE + SOUND)
    (tmp_path / "broken.ttl").write_text(
        PROLOGUE + ':far a d:Claim ; d:text "far" ; d:assertedBy :gin d:about :chips .\n'
    )
    (tmp_path / "case.ttl").write_text(
        PROLOGUE
        + ':x a d:Claim ; d:text "x" ; d:assertedBy :gin ; d:rebuts :near ; d:strength 3 .\n'
    )
    assert {(Path(f.file).name, f.line, f.rule) for f in check([tmp_path])} == {
        ("broken.ttl", 5, "syntax"),
        ("broken.ttl", 5, "names-not-checked"),
        ("case.ttl", 5, "strength-range"),
    }


@pytest.mark.parametrize(
    ("name", "data", "rule", "part"),
    [
        ("bytes.ttl", b":a a d:Claim ; d:text '\xff\xfe' .", "syntax", "UTF-8"),
        ("empty.ttl", b"", "empty-file", "empty"),
        ("other.ttl", b"@prefix : <http://x/> . :a :b :c .", "nothing-said", "vocabulary"),
        ("long.ttl", PROLOGUE.encode() + b":a d:text '" + b"x" * 50_000_000 + b"' .", "syntax",
         "longer than"),
        ("open.ttl", PROLOGUE.encode() + b":a d:quote " + b"[ d:quote " * 50_000, "syntax",
         "unexpected end"),
        ("laughs.rdf", b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
         + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
         + b']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
         b'<rdf:Description rdf:about="http://x/a"><rdf:value>&j;</rdf:value></rdf:Description>'
         b"</rdf:RDF>", "syntax", "entities"),
    ],
)  # fmt: skip
def test_hostile_files_end_in_one_clear_line(
    name: str, data: bytes, rule: str, part: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    finding, *others = check([tmp_path / name])
    assert not others
    assert finding.rule == rule
    assert part in finding.message
    assert len(str(finding)) < 400 + len(str(tmp_path))


def test_deep_brackets_and_lists_that_end_nowhere(tmp_path: Path) -> None:
    deep = ":a d:quote " + "[ d:quote " * 3_000 + ":x " + "]" * 3_000 + " .\n"
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    ring = ':b a d:Audience ; rdfs:label "b" ; d:valueOrder _:l . _:l rdf:first :v ; rdf:rest _:l .'
    owners = "_:p d:quote _:q . _:q d:quote _:p .\n"
    (tmp_path / "a.ttl").write_text(PROLOGUE + rdf + deep + ring + owners)
    findings = check([tmp_path])
    place = (7, ring.index(":v ;") + 1)
    assert ("unknown-target", *place) in [(f.rule, f.line, f.column) for f in findings]
    assert {f.line for f in findings if f.rule == "quote-words"} == {6, 7}


def test_a_folder_and_a_broken_link_with_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "lost.ttl").symlink_to(tmp_path / "nowhere")
    assert [f.rule for f in check([tmp_path / "folder.ttl"])] == ["no-claims"]
    assert [f.rule for f in check([tmp_path / "lost.ttl"])] == ["unreadable"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        assert [f.rule for f in check([tmp_path])] == ["unreadable"]
    finally:
        closed.chmod(0o700)


def test_other_syntaxes_have_places_too(tmp_path: Path) -> None:
    base = "https://example.org/debate#"
    ns = "https://w3id.org/dissensus#"
    rdf_type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    (tmp_path / "a.nt").write_text(
        f"<{base}a> {rdf_type} <{ns}Claim> .\n<{base}a> <{ns}text> 'x' .\n".replace("'", '"')
        + f"<{base}a> <{ns}rebuts> <{base}b> .\n"
    )
    (tmp_path / "b.trig").write_text(
        PROLOGUE + ":g {\n:c a d:Claim ; d:text 'y' ; d:about :t .\n:c d:assertedBy :s .\n}\n"
    )
    places = {(Path(f.file).name, f.line, f.rule) for f in check([tmp_path])}
    assert ("a.nt", 3, "unknown-target") in places
    assert ("a.nt", 1, "unasserted-claim") in places
    assert ("b.trig", 6, "unknown-target") in places
    assert ("b.trig", 7, "unknown-target") in places


# -- documents ----------------------------------------------------------------------------------


def quoting(words: str, more: str = "") -> str:
    return (
        ":q a d:Claim ; d:text 'q' ; d:assertedBy :gin ; d:about :chips ;\n"
        f"    d:quote [ d:source :recap ; d:exact '''{words}''' {more} ] ."
    )


@pytest.mark.parametrize(
    ("turtle", "rule", "part"),
    [
        (quoting("terrible mistake"), None, ""),
        (quoting("Gin", "; d:suffix ', chips'"), None, ""),
        (quoting("Gin", "; d:prefix 'For'"), None, ""),
        (quoting("Gin", "; d:prefix 'Against'"), "quote-not-found", "For Gin it"),
        (quoting("a terible mistake"), "quote-not-found", "nearest there: “a terrible mistake.”"),
        (quoting("the moon is made of cheese"), "quote-not-found", "another document"),
        (quoting("pivot”.\nChips matter"), None, ""),
        (quoting('pivot".\n\tChips  matter'), "quote-typography", "“pivot”. Chips matter”"),
    ],
)
def test_quotes(
    turtle: str, rule: str | None, part: str, found: Callable[..., list[Finding]]
) -> None:
    findings = found(turtle, documents=True)
    assert [f.rule for f in findings] == ([rule] if rule else [])
    assert all(part in f.remedy for f in findings)
    assert all(f.line == 6 for f in findings)
    assert not [f for f in found(turtle) if f.rule.startswith("quote-")]


def test_the_digest_to_write_is_shown(found: Callable[..., list[Finding]]) -> None:
    example = next(e for e in EXAMPLES if e.rule == "digest-mismatch")
    digest = hashlib.sha256(RECAP.encode()).hexdigest()
    (finding,) = found(example.turtle, documents=True)
    assert f'd:digest "sha256:{digest}"' in finding.remedy
    assert not found(example.turtle.replace("0" * 64, digest), documents=True)


@pytest.mark.parametrize(
    "name", ["../case.ttl", "/etc/passwd", "C:/x", "a/../../case.ttl", "a\\\\b"]
)
def test_a_file_name_never_leads_out_of_the_folder(
    name: str, found: Callable[..., list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: opened.append(self) or read_bytes(self))
    findings = found(f':a d:fileName "{name}" ; a d:Document ; d:title "A" .', documents=True)
    assert [f.rule for f in findings] == ["file-name-form"]
    assert {path.name for path in opened} == {"sound.ttl", "case.ttl", "recap.txt"}


def test_no_such_folder_or_engine(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        check([tmp_path], sources=tmp_path / "nowhere")
    with pytest.raises(UsageError, match="no such engine"):
        check([tmp_path], engine="warp")


# -- engines and ways in ------------------------------------------------------------------------


def test_without_the_fast_engine_the_reference_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.ttl").write_text(PROLOGUE + ODD)
    fast = check([tmp_path])
    monkeypatch.setitem(sys.modules, "shacl", None)
    assert check([tmp_path]) == fast


def test_a_corpus_that_is_read_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.ttl").write_text(PROLOGUE + SOUND + ODD)
    corpus = read_corpus([tmp_path])
    expected = check([tmp_path])
    monkeypatch.setattr("dissensus.graph.checking.read_corpus", None)
    assert check_corpus(corpus) == expected


def test_the_shipped_debate_is_sound(root: Path) -> None:
    assert check([root / "claims"]) == ()


def test_every_quote_of_the_shipped_debate_is_in_its_document(
    root: Path, sample_data: Path
) -> None:
    assert check([root / "claims"], sources=sample_data / "seeds") == ()


def test_an_altered_quote_fails_at_its_line(root: Path, sample_data: Path, tmp_path: Path) -> None:
    for path in (root / "claims").glob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        if path.name == "gin.ttl":
            words = re.search(r'd:exact "(\w+) ', text)
            text = text[: words.start(1)] + "altered" + text[words.end(1) :]
            line = text[: words.start()].count("\n") + 1
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    (finding,) = check([tmp_path], sources=sample_data / "seeds")
    assert (Path(finding.file).name, finding.line) == ("gin.ttl", line)
    assert finding.rule == "quote-not-found"
    assert "nearest there" in finding.remedy
