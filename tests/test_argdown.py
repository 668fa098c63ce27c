"""Argdown: a text means here what it means to Argdown, and what is written reads back the same.

The expected results of the snippets, of the faults and of the JSON files are those of Argdown's own
parser (@argdown/core 1.7.5).
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.exchange.argdown.escaping import escaped, escaped_rules, tag, yaml_value
from dissensus.graph.exchange.argdown.metadata import element_data
from dissensus.graph.model import Claim, Document, Link, Question, Quote, Speaker, Topic, link_iri
from dissensus.graph.terms import ClaimKind, LinkKind
from dissensus.graph.writing import debate_turtle, write_text

TRAMS = Path(__file__).parent / "argdown"
SAMPLES = (
    "Populism-Core-Argument-Argdown-Example",
    "argdown-primer",
    "greenspan-schefczyk_hardwrap",
    "legalisation-softdrugs",
    "semmelweis_betz",
    "state-censorship",
)


@pytest.fixture
def read(tmp_path: Path):
    """Imports a text as a file of this name into the namespace ``https://example.org/d#``."""

    def call(text: str | bytes, name: str = "d.argdown") -> dissensus.Import:
        file = tmp_path / name
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return dissensus.import_debate([file], namespace="https://example.org/d#")

    return call


def called(debate: Debate, iri: str) -> str:
    """What a claim or a link was called in Argdown."""
    numbers = {link: number for number, link in enumerate(debate.link_iris)}
    record = debate.link_at(numbers[iri]) if iri in numbers else debate.claim(iri)
    if not record.identifier and iri in numbers and iri.startswith("urn:"):
        return says(debate, record)
    return record.identifier or debate.name(iri)


def says(debate: Debate, link: Link) -> str:
    premises = " & ".join(sorted(called(debate, premise) for premise in link.premises))
    return f"{premises} {link.kind.word} {called(debate, link.conclusion)}"


def said(debate: Debate) -> list[str]:
    """Each link and each contradiction as a line; the rebuttals of a contradiction go without."""
    opposed = {frozenset(debate.claim_iris[end] for end in ends) for ends in debate.contradictions}
    lines = [
        says(debate, link)
        for link in debate.links
        if link.kind is not LinkKind.REBUTTAL or {*link.premises, link.conclusion} not in opposed
    ]
    for one, other in debate.contradictions:
        ends = sorted(called(debate, debate.claim_iris[end]) for end in (one, other))
        lines.append(" >< ".join(ends))
    return sorted(lines)


# -- what a text means ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[A]: a\n  + [B]: b\n  - [C]: c\n", ["B support A", "C rebuttal A"]),
        ("[A]: a\n  <+ [B]: b\n  <- [C]: c\n", ["B support A", "C rebuttal A"]),
        ("[A]: a\n  +> [B]: b\n  -> [C]: c\n", ["A rebuttal C", "A support B"]),
        ("[A]: a\n  >< [B]: b\n  >< [C]\n\n[B]\n  >< [A]\n", ["A >< B", "A >< C"]),
        ("[A]: a\r\n\t+ <B>: b\r\n\t\t- <C>: c\r\n", ["<B> support A", "<C> rebuttal <B>"]),
        (
            "[A]: a\n  + so it is\n    - not so\n",
            ["not-so rebuttal so-it-is", "so-it-is support A"],
        ),
        ("[A]: a\n  + [B]: b\n      and more\n  + [C]\n", ["B support A", "C support A"]),
        ("[A]: a // + [B]\n  /* - [C] */\n  + [D]: d <!--\n  - [E]\n  -->\n", ["D support A"]),
        (  # an undercut of a sketch attacks its steps
            "[A]: a\n  + <B>: b\n    _ [C]: c\n",
            ["<B> support A", "C undercut <B> + A"],
        ),
        (  # a structure: joint premises, and what is said about the argument
            "<S>: s\n\n(1) [P]: p\n(2) [Q]: q\n----\n(3) [C]: c\n\n"
            "<S>\n  _ [U]: u\n  - [V]: v\n  +> [X]: x\n",
            ["C support X", "P & Q support C", "U undercut <S>", "V undercut <S>"],
        ),
        (  # two steps; the second starts from the conclusion of the first
            "<S>\n\n(1) [P]: p\n----\n(2) [I]: i\n(3) [Q]: q\n-- mp --\n(4) [C]: c\n",
            ["I & Q support C", "P support I"],
        ),
        (
            "<S>\n\n(1) [P]: p\n(2) [Q]: q\n--\nmp {uses: [2]}\n--\n  _ <U>: u\n(3) [C]: c\n",
            ["<U> undercut <S>", "Q support C"],
        ),
        (  # relations below premises and conclusions
            "(1) [P]: p\n  - [X]: x\n----\n(2) [C]: c\n  -> [Y]: y\n  _ [Z]: z\n",
            ["C rebuttal Y", "P support C", "X rebuttal P", "Z undercut <Untitled 1>"],
        ),
        (  # the structure says it already: no relation of its own
            "[C]: c\n  + <S>\n\n<S>\n\n(1) [P]: p\n----\n(2) [C]\n\n[P]\n  +> <S>\n"
            "\n[X]: x\n  -> <S>\n  -> [P]\n",
            ["P support C", "X rebuttal P"],
        ),
        (
            "===\nmodel:\n    mode: strict\n===\n\n[A]: a\n  - [B]: b\n  + [C]: c\n  - <D>: d\n",
            ["<D> rebuttal A", "A >< B", "C support A"],
        ),
        (  # premises that attack jointly, as written here
            "[A]: a\n\n<S>\n\n(1) [P]: p\n(2) [Q]: q\n-- {kind: rebuttal} --\n(3) Not a.\n"
            "  -> [A]\n\n<T>\n\n(1) [P]\n(2) [R]: r\n-- {kind: undercut} --\n"
            "(3) Not so.\n  _> <S>\n",
            ["P & Q rebuttal A", "P & R undercut <S>"],
        ),
        ("* one\n* two\n\n1. [A]: a\n   + [B]: b\n", ["B support A"]),
    ],
)
def test_relations(read, text: str, expected: list[str]) -> None:
    assert said(read(text).debate) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b* and __c__ **d _e_**.", "a b and c d e."),
        (r"\[a\] \_ \\ \# 5\% \*", r"[a] _ \ # 5% *"),
        (":heart: .->. e.g. :nothing: 10:30:00", "❤ → e.g. :nothing: 10:30:00"),
        ("see @[B] and @<C d>, now", "see B and C d, now"),
        ("hard\n  wrapped \n\tlines", "hard wrapped lines"),
        ("tags at the end #a #(b c)", "tags at the end"),
        ("a #tag inside", "a #tag inside"),
        ("2 > 1, a - b, (1) x; a = b + c", "2 > 1, a - b, (1) x; a = b + c"),
        ("an [address](https://example.org/a_b) here", "an address here"),
    ],
)
def test_texts(read, text: str, expected: str) -> None:
    assert read(f"[A]: {text}\n").debate.claim("A").text == expected


def test_titles_tags_headings_and_metadata(read) -> None:
    found = read(
        "===\ntitle: Trams\nsubTitle: A *talk*\nauthor: [Ana, Ben]\ndate: 27/10/2018\n===\n\n"
        "# Money {isGroup: false}\n\n## The costs\n\n"
        "[Cost (1)]: It costs. #town #(public money) {speaker: Cem, strength: 0.75,\n"
        'date: 2018-10-29, source: "p. 3", question: Who pays?,\n'
        'quote: {exact: "it  costs", source: Minutes},\n'
        "kind: evidence, isInMap: false}\n\n"
        "[B]: b {proponent: [Ana, Dan], reporter: Eva}\n\nJust words.\n"
    )
    debate = found.debate
    cost, other = debate.claim("cost-1"), debate.claim("B")

    assert (debate.title, debate.description) == ("Trams", "A *talk*")
    labels = {speaker.iri: speaker.label for speaker in debate.speakers}
    assert [labels[iri] for iri in cost.speakers] == ["Cem"]
    assert [labels[iri] for iri in other.speakers] == ["Ana", "Dan"]
    assert [labels[iri] for iri in other.reporters] == ["Eva"]
    documents = {document.title: document for document in debate.documents}
    assert [labels[iri] for iri in documents["Trams"].authors] == ["Ana", "Ben"]
    assert documents["Trams"].date == "2018-10-27"
    topics = {topic.iri: topic for topic in debate.topics}
    assert [topics[iri].label for iri in cost.topics] == ["public money", "The costs", "town"]
    costs = next(topic for topic in debate.topics if topic.label == "The costs")
    assert [topics[iri].label for iri in costs.broader] == ["Money"]
    assert cost.identifier == "Cost (1)"
    assert (cost.strength, cost.said_on, cost.kind) == (0.75, "2018-10-29", ClaimKind.EVIDENCE)
    assert cost.quotes == (Quote("it  costs", document=documents["Minutes"].iri),)
    assert cost.notes == ("source: p. 3",)
    assert [question.label for question in debate.questions] == ["Who pays?"]
    assert [note.message for note in found.notes] == [
        "1 paragraphs have no title and no relation: read as commentary, left out",
        "data that have no counterpart are left out: isInMap (1)",
    ]


def test_who_speaks_without_an_author_is_the_author_of_the_document(read) -> None:
    debate = read("[A]: a\n").debate
    assert [speaker.label for speaker in debate.speakers] == ["Unnamed author of d"]


def test_the_same_heading_in_two_places_is_two_topics(read) -> None:
    debate = read("# Tax\n\n## Pro\n\n[A]: a\n\n# Health\n\n## Pro\n\n[B]: b\n").debate
    assert [topic.label for topic in debate.topics] == ["Health", "Health: Pro", "Tax", "Tax: Pro"]


def test_groups_of_the_front_matter_take_the_place_of_headings(read) -> None:
    debate = read(
        "===\ngroup:\n    regroup: [{title: G, statements: [A], children: [{title: H, "
        "arguments: [B]}]}]\n===\n\n# Heading\n\n[A]: a\n  + <B>: b\n"
    ).debate
    topics = {topic.iri: topic.label for topic in debate.topics}
    assert [topics[iri] for iri in debate.claim("A").topics] == ["G"]
    assert [topics[iri] for iri in debate.claim("b").topics] == ["H"]


def test_several_texts_under_one_title_are_told_and_kept(read) -> None:
    found = read("[A]: one\n\n[A]: two\n  + [B]\n\n<C>: x\n\n<C>: x\n")
    assert (found.debate.claim("A").text, found.debate.claim("A").notes) == ("two", ("one",))
    assert found.debate.claim("B").text == "B"
    assert [str(note).partition("d.argdown:")[2] for note in found.notes] == [
        "1:1: warning: [A] is given 2 different texts: that of line 3 counts, the others are kept "
        "as notes",
        "4:1: warning: [B] is given no text: its title stands for it; write [B]: and its text "
        "somewhere",
    ]


def test_the_text_below_the_title_of_an_argument_is_kept_with_its_step(read) -> None:
    debate = read("<S>: In short. #t {speaker: Ana}\n\n(1) p\n-- a, b: c --\n(2) [C]: c\n").debate
    link = debate.link_at(debate.link_number("s"))
    assert (link.identifier, link.scheme) == ("<S>", "a, b: c")
    assert link.quotes == (Quote("In short.", document=debate.documents[0].iri),)
    assert link.speakers == tuple(s.iri for s in debate.speakers if s.label == "Ana")
    assert debate.claim("p").text == "p"


def test_statements_and_arguments_of_one_title_are_told_apart(read) -> None:
    debate = read("[A]: a\n  + <A>: b\n  + [<A>]: c\n").debate
    assert {claim.text: claim.identifier for claim in debate.claims} == {
        "a": "",
        "b": "<A>",
        "c": "[<A>]",
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("some [A] text\n", "1:6: the statement reference '[A]' stands inside of a text"),
        ("[A] text\n", "1:5: the text 'text' follows what takes no text"),
        ("[A]: a\n[B]: b\n", "2:1: the statement definition '[B]:' stands inside of a text"),
        ("[A]: \n\n[B]: b\n", "1:5: the empty line stands where the text of 'A'"),
        ("a\n    + b\n  - c\n", "3:1: the attack '-' has nothing above it to relate to"),
        ("a\n\n  + b\n", "3:1: the support '+' has nothing above it to relate to"),
        ("snake_case\n", "1:6: _ is never closed; close it, or write \\_ for the character"),
        ("(1) a\n(2) b\n", "3:1: the end of the file ends a premise-conclusion structure"),
        ("(1) a\n----\n\n(2) b\n", "2:5: the empty line stands behind the inference"),
        ("(1) a\n-- mp\n(2) b\n", "3:1: the text '(' stands where -- was expected"),
        ("(1) <A>\n----\n(2) b\n", "1:5: the argument reference '<A>' stands where only a"),
        ("[A]\n  >< <B>\n", "2:6: the argument reference '<B>' stands where only a statement"),
        ("a\n--\nb\n", "2:1: the inference line '--' stands outside of a premise-conclusion"),
        ("[A]: a {x: 1} b\n", "1:15: the text 'b' follows what takes no text"),
        ("[A]: a {x: [1}\n", "1:14: not YAML"),
        ("===\ntitle: [x\n===\n\n[A]: a\n", "3:1: not YAML"),
        ("===\ntitle: x\n===\n[A]: a\n", "4:1: the statement definition '[A]:' follows the front"),
        ("[A]: a {b: &x 1, c: *x}\n", "1:21: YAML aliases are not followed here"),
        ("[A]: a \\\n", "1:8: a backslash at the end of a line escapes nothing"),
        (b"[A]: a\n[B]: \xff\n", "2:6: byte 0xFF is not UTF-8; save the file as UTF-8"),
        (
            "<A>\n\n(1) a\n----\n(2) b\n\n<A>\n\n(1) a\n----\n(2) b\n",
            "9:1: the number of a premise or conclusion '(1)' begins a second",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(run, tmp_path, text: str | bytes, fault: str) -> None:
    file = tmp_path / "f.argdown"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    result = run("import", str(file))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{file}:{fault}")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("mark", "claims"),
    [
        ("[", 0), ("{", 0), ("<", 0), ("@[", 0), ("#(", 0), ("<!-- ", 0), (": :", 0), (" \n", 0),
        ("a <- b ", 0), ("{} ,", 0), ("=", 0), ("*", 0), ("/ ", 0),
    ],
)  # fmt: skip
def test_what_never_ends_is_read_in_one_go(read, mark: str, claims: int) -> None:
    """Quadratic time would show: these are 30,000 marks each."""
    assert len(read(mark * 30_000).debate) == claims


def test_relations_may_be_nested_however_deep(read) -> None:
    text = "root\n" + "".join(f"{' ' * depth}+ [n{depth}]: x\n" for depth in range(1, 1500))
    debate = read(text).debate
    assert len(debate.links) == 1499
    again = read(dissensus.export_debate(debate, "argdown").text).debate
    assert (again.claims, again.links) == (debate.claims, debate.links)


def test_metadata_nested_too_deep_is_a_fault(read) -> None:
    with pytest.raises(dissensus.InputError, match=r"nested|nesting"):
        read("[A]: a {x: " + "[" * 5000 + "]" * 5000 + "}\n")


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(
            (
                "[A]",
                "[A]: ",
                "<B>",
                "<B>: ",
                "text ",
                "\n",
                "\n\n",
                "\n  + ",
                "\n    - ",
                "\n(1) ",
                "\n----\n",
                "\n-- r --\n",
                "# ",
                "{a: 1}",
                "#t ",
                "*",
                "_",
                "\\",
                "@[A]",
                "//",
                "===",
            )
        ),
        max_size=20,
    )
)
def test_any_text_is_read_or_faulted(tmp_path_factory, pieces: list[str]) -> None:
    file = tmp_path_factory.getbasetemp() / "any.argdown"
    file.write_text("".join(pieces), encoding="utf-8")
    found = dissensus.import_debate([file, TRAMS / "trams.argdown"], keep_going=True)
    assert len(found.debate) >= 14
    assert all(fault.line > 0 for fault in found.faults)


# -- Markdown and JSON ------------------------------------------------------------------------


def test_blocks_of_argdown_in_markdown_are_one_document(read) -> None:
    text = (
        "# Not Argdown\n\n```argdown\n[A]: a\n```\n\n```py\n[x] y\n```\n\n"
        "~~~ argdown-map\n[A]\n  + [B]: b\n~~~\n"
    )
    assert said(read(text, "notes.md").debate) == ["B support A"]
    with pytest.raises(dissensus.InputError, match=r"notes\.md:4:5: the text 'b'"):
        read("text\n\n```argdown\n[A] b\n```\n", "notes.md")


@pytest.mark.parametrize("name", ["trams-1.7.5-map.json", "trams-2.0.0.json"])
def test_the_json_of_argdown_says_what_the_text_says(name: str) -> None:
    """All but the front matter, of which the JSON has nothing."""
    namespace = "https://example.org/d#"
    text = dissensus.import_debate([TRAMS / "trams.argdown"], namespace=namespace).debate
    found = dissensus.import_debate([TRAMS / name], namespace=namespace)
    assert found.formats == (("argdown-json", 1),)

    def without_front_matter(debate: Debate) -> list[object]:
        named = {s.iri: s.label for s in debate.speakers if s.label in ("Cem", "Dan")}
        return [
            [
                replace(claim, speakers=tuple(named[s] for s in claim.speakers if s in named))
                for claim in debate.claims
            ],
            [
                replace(link, quotes=tuple(Quote(quote.exact) for quote in link.quotes))
                for link in debate.links
            ],
            debate.topics,
            debate.contradictions,
        ]

    assert without_front_matter(found.debate) == without_front_matter(text)
    assert len(text) == 14


@pytest.mark.parametrize(
    ("change", "said_of_it"),
    [
        ({"statements": []}, "it has no object 'statements'"),
        ({"relations": [{"relationType": "likes"}]}, "a relation of unknown type 'likes'"),
        (
            {"relations": [{"relationType": "attack", "from": "gone", "fromType": "argument"}]},
            "a relation leads from 'gone', which is not in the file",
        ),
        (
            {"arguments": {"A": {"pcs": [{"title": "gone"}]}}},
            "a premise or conclusion 'gone' is not among the statements",
        ),
        ({"arguments": {"A": {"pcs": [{"title": "P"}]}}}, "argument 'A' ends on a premise"),
    ],
)
def test_json_that_argdown_does_not_write_is_a_fault(read, change, said_of_it: str) -> None:
    value = {"arguments": {}, "statements": {"P": {"title": "P"}}, "relations": []} | change
    with pytest.raises(dissensus.InputError, match=said_of_it):
        read(json.dumps(value), "d.json")


# -- writing ----------------------------------------------------------------------------------


def test_a_debate_is_written_as_a_person_would() -> None:
    debate = dissensus.import_debate([TRAMS / "trams.argdown"]).debate
    text = dissensus.export_debate(debate, "argdown").text
    assert text == (TRAMS / "trams-written.argdown").read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", SAMPLES)
def test_samples_come_back_as_they_went_out(read, sample_data, tmp_path, sample: str) -> None:
    first = read((sample_data / "data" / "argdown" / f"{sample}.argdown").read_bytes()).debate
    turtle = tmp_path / "claims.ttl"
    write_text(turtle, debate_turtle(first))
    assert not [f for f in dissensus.check([turtle]) if f.severity.value == "error"]
    export = dissensus.export_debate(first, "argdown")
    again = read(export.text).debate
    for name in ("claims", "links", "speakers", "topics", "documents", "title"):
        assert getattr(again, name) == getattr(first, name)
    assert said(again) == said(first)
    assert export.losses == ()


def test_the_shipped_debate_comes_back_but_for_what_is_told(shipped, read) -> None:
    export = dissensus.export_debate(shipped, "argdown")
    again = read(export.text).debate
    assert as_kept(again) == as_kept(shipped)
    assert "4 restatements: that two claims say the same" in export.losses
    assert all("{" not in loss for loss in export.losses)


def as_kept(debate: Debate) -> dict[str, object]:
    """What of a debate Argdown can hold, by titles and labels."""
    label = {e.iri: e.label for e in (*debate.speakers, *debate.topics, *debate.questions)}
    label |= {document.iri: document.title for document in debate.documents}

    def quotes(record: Claim | Link) -> list[tuple[str, ...]]:
        return sorted((q.exact, q.prefix, q.suffix, label[q.document]) for q in record.quotes)

    def labels(iris: tuple[str, ...]) -> list[str]:
        return sorted(label[iri] for iri in iris)

    claims = {
        debate.name(c.iri): (
            " ".join(c.text.split()), c.kind,
            labels(c.speakers) or [f"Unnamed author of {debate.title}"], labels(c.reporters),
            labels(c.topics), labels(c.questions), quotes(c), c.strength, c.needs_backing,
            c.said_on, c.language, c.notes,
        )
        for c in debate.claims
    }  # fmt: skip
    step: dict[str, object] = {}

    def shown(link: Link) -> tuple[object, ...]:
        kind = LinkKind.SUPPORT if link.kind is LinkKind.EVIDENCE else link.kind
        end = step.get(link.conclusion) or debate.name(link.conclusion)
        premises = tuple(sorted(map(debate.name, link.premises)))
        named = not link.iri.startswith("urn:")
        detail = (labels(link.speakers), labels(link.reporters), quotes(link), link.strength)
        name = debate.name(link.iri) if named and " " not in link.identifier else ""
        return (kind, premises, end, name, *map(str, detail), link.scheme, link.said_on)

    waiting = list(debate.links)
    while waiting:
        known = {debate.link_iris[n] for n in range(len(debate.links))}
        ready = [e for e in waiting if e.conclusion not in known or e.conclusion in step]
        for link in ready:
            step[link.iri] = shown(link)
        waiting = [link for link in waiting if link not in ready]
    contradictions = {
        frozenset(debate.name(debate.claim_iris[end]) for end in pair)
        for pair in debate.contradictions
    }
    attacked = {link.conclusion for link in debate.links}
    links = sorted(
        str(step[link.iri])
        for link in debate.links
        if not link.iri.startswith("urn:")  # a contradiction is a rebuttal both ways
        or link.iri in attacked
        or link.kind is not LinkKind.REBUTTAL
        or {debate.name(link.conclusion), *map(debate.name, link.premises)} not in contradictions
    )
    return {"claims": claims, "links": links, "contradictions": contradictions}


WORDS = st.lists(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12),
    min_size=1,
    max_size=3,
).map(" ".join)
HOSTILE = st.lists(
    st.sampled_from(
        (
            "[A]",
            "<B>:",
            "*",
            "__",
            "_x",
            "\\",
            "#tag",
            "#",
            "// no",
            "/*",
            "<!--",
            "{a: 1}",
            "}",
            ":heart:",
            ".->.",
            "e.g.",
            "a.[b].",
            "===",
            "--",
            "@[A]",
            "(1)",
            "1.",
            "+>",
            "'",
            '"',
            "http://example.org/a_b",
            "]:",
            "::",
            "...",
            "😀",
            "a",
            "word",
            "é",
            "a:b:c",
            ":[:x:",
        )
    ),
    min_size=1,
    max_size=8,
).flatmap(lambda words: st.sampled_from([" ", ""]).map(lambda gap: gap.join(words)))
TEXTS = WORDS | HOSTILE


@settings(max_examples=50)
@given(TEXTS)
def test_an_escaped_text_reads_as_that_text(tmp_path_factory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "escaped.argdown"
    file.write_text(f"[A]: {escaped(text)} #t {{x: 1}}\n  + {escaped(text)}\n", encoding="utf-8")
    debate = dissensus.import_debate([file]).debate
    assert {claim.text for claim in debate.claims} == {" ".join(text.split())}


@settings(max_examples=50)
@given(TEXTS, st.sampled_from(["tag", "two words", "a)b", "é", "1-2", "a_b", "x]:"]))
def test_tags_rules_and_data_read_as_they_were(tmp_path_factory, text: str, label: str) -> None:
    file = tmp_path_factory.getbasetemp() / "rules.argdown"
    file.write_text(
        f"(1) p\n-- {escaped_rules(text)} --\n(2) [C]: c {tag(label)}\n"
        f"  + [D]: d {yaml_value({'note': [text, 'x'], 'speaker': text})}\n",
        encoding="utf-8",
    )
    debate = dissensus.import_debate([file]).debate
    schemes = [link.scheme for link in debate.links if link.scheme]
    assert schemes == [" ".join(text.split())]
    assert [topic.label for topic in debate.topics] == [label.replace(")", "]")]
    assert debate.claim("D").notes == tuple(dict.fromkeys((text, "x")))


@settings(max_examples=50)
@given(st.recursive(TEXTS | st.booleans(), lambda each: st.lists(each, max_size=3), max_leaves=5))
def test_data_read_as_they_were_written(value) -> None:
    def as_texts(each):
        if isinstance(each, list):
            return [as_texts(one) for one in each]
        return str(each).lower() if isinstance(each, bool) else each

    assert element_data(yaml_value({"key": value})) == {"key": as_texts(value)}


EX = "https://example.org/d#"


@st.composite
def debates(draw) -> Debate:
    """Debates of what Argdown can hold: every kind of link, and links on links."""
    speakers = [Speaker(f"{EX}sp{n}", label) for n, label in enumerate(("Ana", "No", "7 {x}"))]
    topics = [
        Topic(f"{EX}to0", "Money"),
        Topic(f"{EX}to1", "Who *pays*?", (f"{EX}to0",)),
        Topic(f"{EX}to2", "tag"),
    ]
    questions = [Question(f"{EX}qu0", "Why, oh why?")]
    documents = [Document(f"{EX}do0", "Minutes: 1")]
    iris = [f"{EX}c{n}" for n in range(draw(st.integers(1, 6)))]

    def some(records):
        chosen = draw(st.sets(st.sampled_from([r.iri for r in records]), max_size=2))
        return tuple(sorted(chosen))

    quotes = st.lists(
        st.builds(Quote, WORDS, st.just("") | WORDS, st.just(""), st.just(f"{EX}do0")), max_size=2
    )
    claims = [
        Claim(
            iri,
            draw(TEXTS),
            kind=draw(st.sampled_from(ClaimKind)),
            speakers=some(speakers),
            reporters=some(speakers),
            topics=some(topics),
            questions=some(questions),
            quotes=tuple(sorted(set(draw(quotes)))),
            strength=draw(st.sampled_from([0.5, 0.25, 1.0])),
            needs_backing=draw(st.booleans()),
            said_on=draw(st.sampled_from(["", "2018-10-27"])),
            language=draw(st.sampled_from(["", "en", "de"])),
            notes=tuple(draw(st.lists(TEXTS, max_size=1))),
        )
        for iri in iris
    ]
    links: list[Link] = []
    for number in range(draw(st.integers(0, 6))):
        undercut = links and draw(st.booleans())
        kind = LinkKind.UNDERCUT if undercut else draw(st.sampled_from([0, 1, 3]))
        end = draw(st.sampled_from([each.iri for each in links] if undercut else iris))
        able = [iri for iri in iris if iri != end]
        if not able:
            continue
        premises = tuple(sorted(draw(st.sets(st.sampled_from(able), min_size=1, max_size=3))))
        link = Link(LinkKind(kind), premises, end)
        if draw(st.booleans()) or len(premises) > 1:
            link = replace(
                link,
                iri=f"{EX}l{number}",
                speakers=some(speakers),
                scheme=draw(st.just("") | st.sampled_from(["Modus ponens", "a, b--c {d}"])),
                strength=draw(st.sampled_from([0.5, 0.75])),
            )
        else:
            link = replace(link, iri=link_iri(link.kind, premises, end))
        said_already = {(each.kind, each.premises, each.conclusion) for each in links}
        if (link.kind, link.premises, link.conclusion) not in said_already:
            links.append(link)
    pairs = [pair for pair in product(iris, iris) if pair[0] < pair[1]]
    contradictions = draw(st.sets(st.sampled_from(pairs), max_size=2)) if pairs else ()
    return Debate(
        claims, links, speakers=speakers, topics=topics, questions=questions, documents=documents,
        contradictions=contradictions, title="A debate: \"x\"", prefixes={"": EX},
    )  # fmt: skip


@settings(max_examples=50)
@given(debates())
def test_what_argdown_can_hold_comes_back(tmp_path_factory, debate: Debate) -> None:
    file = tmp_path_factory.getbasetemp() / "back.argdown"
    file.write_text(dissensus.export_debate(debate, "argdown").text, encoding="utf-8")
    again = dissensus.import_debate([file], namespace=EX).debate
    assert as_kept(again) == as_kept(debate)


def test_export_and_import_from_the_command_line(run, tmp_path) -> None:
    written = run("export", "-o", str(tmp_path / "d.argdown"))
    assert written.exit_code == 0
    assert "; 3 audiences; 2 stances" in written.stderr
    imported = run("import", str(tmp_path / "d.argdown"), "-o", str(tmp_path / "d.ttl"))
    assert imported.exit_code == 0
    assert "files read: 1 argdown; 95 claims" in imported.stderr
    assert len(dissensus.read(tmp_path / "d.ttl")) == 95


def test_an_undercut_of_a_link_to_itself_is_left_out_and_told() -> None:
    from dissensus.graph.model import Link

    claims = [Claim("x:a", "A."), Claim("x:b", "B.")]
    links = [
        Link(LinkKind.SUPPORT, ("x:a", "x:b"), "x:a", "x:s"),
        Link(LinkKind.UNDERCUT, ("x:b",), "x:s", "x:u"),
        Link(LinkKind.UNDERCUT, ("x:a",), "x:u", "x:v"),
    ]

    losses = dissensus.export_debate(Debate(claims, links), "argdown").losses

    assert losses == (
        "1 links of a claim to itself",
        "2 undercuts of links that are left out",
    )


def test_links_that_check_would_refuse_are_left_out_and_told() -> None:
    debate = Debate(
        [Claim("urn:x:a", "A."), Claim("urn:x:b", "B.")],
        [
            Link(LinkKind.SUPPORT, ("urn:x:a",), "urn:x:b", "urn:x:step"),
            Link(LinkKind.SUPPORT, ("urn:x:b",), "urn:x:step"),
            Link(LinkKind.UNDERCUT, ("urn:x:a",), "urn:x:b"),
        ],
    )
    losses = dissensus.export_debate(debate, "argdown").losses
    assert "2 links that end on what their kind cannot end on" in losses
