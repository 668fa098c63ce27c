"""Line and column of nodes and triples."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, RdfFormat, parse

from dissensus.graph.assembling import Fault
from dissensus.graph.places import (
    NOWHERE,
    Owners,
    Places,
    identity_of,
    located,
    quads_with_places,
)
from dissensus.graph.reading import read_corpus

BASE = "https://example.org/"
PREFIXES = f"@prefix : <{BASE}> .\n@prefix d: <https://w3id.org/dissensus#> .\n"
TEXT = (
    PREFIXES
    + """\
# :a stands nowhere in a comment
:b d:text ":a is \\"in\\" a text" ; d:says 'it' , '''in
two lines''' .
PREFIX e: <https://example.org/e#>
:a
    a d:Claim ;  # :b
    d:text "é" , "ü"@de ; d:strength 1.50 ; d:number .5 , 5 ;
    d:quote [ d:exact "x" ; d:source e:doc ] , [ d:exact "y"
        ] ;
    d:order ( :v1
        :v2 ) .
:a d:rebuts :b , e:c\\.d , <https://example.org/c>.:z d:same :z .
[] a d:Support ; d:premise :a .
<https://example.org/c> d:rebuts :b {| d:strength 0.1 |} .
"""
)
LINES = TEXT.splitlines()


def place_of(words: str, after: str = "") -> tuple[int, int]:
    """Line and column of the first `words` after the first line that begins with `after`."""
    begin = next(n for n, line in enumerate(LINES) if line.startswith(after)) if after else 0
    line = next(n for n, line in enumerate(LINES) if n >= begin and words in line)
    return line + 1, LINES[line].index(words) + 1


def triples() -> list[tuple[str, str, tuple[int, int]]]:
    data = TEXT.encode()

    def at(offset: int) -> tuple[int, int]:
        before = data[:offset].decode()
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    return [
        (quad.predicate.value.rpartition("#")[2], str(quad.object), at(place))
        for quad, _statement, place in quads_with_places(data, RdfFormat.TURTLE)
    ]


@pytest.mark.parametrize(
    ("predicate", "obj", "words", "after"),
    [
        ("text", '":a is \\"in\\" a text"', '":a is', ""),
        ("says", '"it"', "'it'", ""),
        ("says", '"in\\ntwo lines"', "'''in", ""),
        ("type", "<https://w3id.org/dissensus#Claim>", "d:Claim", ""),
        ("text", '"ü"@de', '"ü"@de', ""),
        ("number", '"5"^^<http://www.w3.org/2001/XMLSchema#integer>', "5 ;", "    d:text"),
        ("number", '".5"^^<http://www.w3.org/2001/XMLSchema#decimal>', ".5 ,", ""),
        ("exact", '"x"', '"x"', ""),
        ("exact", '"y"', '"y"', ""),
        ("source", "<https://example.org/e#doc>", "e:doc", ""),
        ("rebuts", "<https://example.org/c>", "<https://example.org/c>", ""),
        ("rebuts", "<https://example.org/e#c.d>", "e:c\\.d", ""),
        ("same", "<https://example.org/z>", ":z .", ""),
        ("strength", '"0.1"^^<http://www.w3.org/2001/XMLSchema#decimal>', "0.1", ""),
        ("premise", "<https://example.org/a>", ":a .", ""),
    ],
)
def test_objects(predicate: str, obj: str, words: str, after: str) -> None:
    found = [place for name, value, place in triples() if (name, value) == (predicate, obj)]
    assert place_of(words, after) in found


def test_brackets_stand_where_they_open() -> None:
    quotes = [place for name, _value, place in triples() if name == "quote"]
    assert quotes == [place_of('[ d:exact "x"'), place_of('[ d:exact "y"')]


def test_members_of_a_list() -> None:
    rdf = "first>"
    members = [(value, place) for name, value, place in triples() if name.endswith(rdf[:-1])]
    assert members == [
        ("<https://example.org/v1>", place_of(":v1")),
        ("<https://example.org/v2>", place_of(":v2")),
    ]


def test_nodes() -> None:
    a, b, c, z = (BASE + name for name in "abcz")
    places = Places(TEXT.encode(), RdfFormat.TURTLE, {a, b, c, z, BASE + "v1"})
    assert places.of_node(a) == place_of(":a", ":a")  # its type first, not the rebuttal below
    assert places.of_node(b) == place_of(":b d:text")
    assert places.of_node(c) == place_of("<https://example.org/c> d:rebuts")
    assert places.of_node(z) == place_of(":z d:same")
    assert places.of_node(BASE + "v1") == place_of(":v1")
    assert places.of_node(BASE + "nobody") == NOWHERE
    assert places.of_property(a, "https://w3id.org/dissensus#quote") == place_of("[ d:exact")
    assert places.of_triple(a, "https://w3id.org/dissensus#rebuts", a) == NOWHERE


def test_other_syntaxes_are_placed_by_line() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e#">
  <rdf:Description rdf:about="urn:a">
    <e:p>x</e:p>
    <e:p rdf:resource="urn:b"/>
  </rdf:Description>
</rdf:RDF>
"""
    places = Places(rdf.encode(), RdfFormat.RDF_XML, {"urn:a", "urn:b"})
    assert places.of_triple("urn:a", "urn:e#p", identity_of(Literal("x"))) == (3, 5)
    assert places.of_node("urn:b") == (4, 5)


# -- laws ---------------------------------------------------------------------------------------

NAMES = st.text(st.sampled_from("abzé-_.:%2"), min_size=1, max_size=6).filter(
    lambda name: not name.startswith(("-", ".", ":")) and not name.endswith(".") and "%" not in name
)
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
GAPS = st.sampled_from([" ", "\t", " # a comment : \"'[\n  ", "\n", "  "])


@st.composite
def terms(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["name", "iri", "text", "long", "number"]))
    if kind == "name":
        return ":" + draw(NAMES)
    if kind == "iri":
        return f"<{BASE}{draw(st.text(st.sampled_from('abc/é;.'), max_size=5))}>"
    if kind == "number":
        return draw(st.sampled_from(["1", "-2.5", ".5", "1e6", "true"]))
    value = str(Literal(draw(VALUES)))
    if kind == "long":
        value = value.replace("\\n", "\n")
        value = f'""{value}""' if not value.endswith('\\""') else value.replace("\n", "\\n")
    suffix = draw(st.sampled_from(["", "@en", "^^:type", f"^^<{BASE}t>"]))
    return value + suffix


@given(st.lists(st.tuples(NAMES, NAMES, terms(), GAPS, GAPS), max_size=8))
def test_places_are_exact(statements: list[tuple[str, str, str, str, str]]) -> None:
    """Each triple is found where it was written, subject and object, whatever stands between."""
    text, written = f"@prefix : <{BASE}> .\n", []
    for subject, predicate, obj, first, second in statements:
        statement = len(text.encode())
        text += f":{subject}{first}:{predicate}{second}"
        written.append((statement, len(text.encode())))
        text += f"{obj} .\n"
    data = text.encode()
    found = list(quads_with_places(data, RdfFormat.TURTLE))
    assert [(statement, place) for _quad, statement, place in found] == written
    assert [quad for quad, *_ in found] == list(parse(data, RdfFormat.TURTLE))


@given(st.lists(st.tuples(NAMES, NAMES, terms()), min_size=1, max_size=8))
def test_one_triple_a_line_has_the_line(statements: list[tuple[str, str, str]]) -> None:
    lines = [f":{s} :{p} {o} ." for s, p, o in statements if "\n" not in o]
    data = "\n".join([f"@prefix : <{BASE}> .", *lines]).encode()
    subjects = {BASE + s for s, _p, _o in statements}
    places = Places(data, RdfFormat.TURTLE, subjects)
    for quad in parse(data, RdfFormat.TURTLE):
        obj = identity_of(quad.object)
        line, column = places.of_triple(quad.subject.value, quad.predicate.value, obj)
        written = data.decode().split("\n")[line - 1]
        (again,) = parse(f"@prefix : <{BASE}> .\n{written}", RdfFormat.TURTLE)
        assert again == quad
        assert written[column - 1 :].endswith(" .")
        assert written[column - 2] == " "


# -- faults of a corpus -------------------------------------------------------------------------


def test_faults_are_located_in_the_files_that_state_them(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(PREFIXES + ":a d:text 'x' .\n\n:a d:rebuts :b .\n")
    (tmp_path / "b.ttl").write_text("\ufeff" + PREFIXES + "  :a d:rebuts :b .\n:b a d:Claim .\n")
    corpus = read_corpus([tmp_path])
    rebuts = "https://w3id.org/dissensus#rebuts"
    faults = [
        Fault("one", BASE + "a", "wrong", "mend it", rebuts, BASE + "b"),
        Fault("two", BASE + "b", "odd"),
        Fault("three", BASE + "nobody", "lost"),
    ]
    findings = located(faults, corpus, warnings={"two"})
    assert [(Path(f.file).name, f.line, f.column, f.rule, f.severity) for f in findings] == [
        ("", 0, 0, "three", "error"),
        ("a.ttl", 5, 13, "one", "error"),
        ("b.ttl", 3, 15, "one", "error"),
        ("b.ttl", 4, 1, "two", "warning"),
    ]
    assert located([], corpus) == []


def test_values_that_the_store_writes_its_own_way(tmp_path: Path) -> None:
    """A store makes 1.70 of 1.7 and en-us of en-US; the place is found all the same."""
    (tmp_path / "a.ttl").write_text(PREFIXES + ":a d:n 1.70 , 01 , true ;\n :t 'x'@en-US .\n")
    corpus = read_corpus([tmp_path])
    places = {}
    for quad in corpus.store:
        fault = Fault("r", BASE + "a", "m", "", quad.predicate.value, str(quad.object))
        (finding,) = located([fault], corpus)
        places[quad.object.value] = (finding.line, finding.column)
    assert places == {"1.7": (3, 8), "1": (3, 15), "true": (3, 20), "x": (4, 5)}


def test_blank_nodes_are_known_again(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        PREFIXES
        + """:a d:quote [ d:exact "1" ] , [ d:exact "2" ] .
:b d:quote [ d:exact "2" ] , [
    d:x [ d:y [ d:exact "3" ] ] ] .
_:l d:exact "4" . _:m d:knows _:n . _:n d:knows _:m .
"""
    )
    corpus = read_corpus([tmp_path])
    owners = Owners(corpus.store)
    found = {}
    for quad in corpus.store.quads_for_pattern(None, None, None, None):
        if isinstance(quad.subject, BlankNode) and quad.predicate.value.endswith("exact"):
            fault = Fault("r", str(quad.subject), "m", "", quad.predicate.value, str(quad.object))
            (finding,) = located([fault], corpus)
            (node_finding,) = located([Fault("r", str(quad.subject), "m")], corpus)
            owner = owners[str(quad.subject)].removeprefix(BASE)
            assert finding.node.removeprefix(BASE) == owner
            found[owner, quad.object.value] = (
                (finding.line, finding.column),
                (node_finding.line, node_finding.column),
            )
    assert found == {
        ("a", "1"): ((3, 22), (3, 12)),
        ("a", "2"): ((3, 40), (3, 30)),
        ("b", "2"): ((4, 22), (4, 12)),
        ("b", "3"): ((5, 25), (5, 15)),
        ("", "4"): ((6, 13), (6, 1)),
    }
    circle = [q for q in corpus.store if q.predicate.value.endswith("knows")]
    assert {owners[str(quad.subject)] for quad in circle} == {""}


@pytest.mark.parametrize("ending", ["ttl", "rdf"])
def test_a_text_longer_than_the_parser_reads_at_once_does_no_harm(tmp_path: Path, ending) -> None:
    long = "x" * 100_000
    if ending == "ttl":
        text = PREFIXES + f":a d:text '{long}' ;\n    d:rebuts :b .\n"
    else:
        rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        text = (
            f'<r:RDF xmlns:r="{rdf}" xmlns:d="https://w3id.org/dissensus#"><r:Description\n'
            f'r:about="{BASE}a"><d:text>{long}</d:text>\n'
            f'<d:rebuts r:resource="{BASE}b"/></r:Description></r:RDF>'
        )
    (tmp_path / f"a.{ending}").write_text(text)
    fault = Fault("r", BASE + "a", "m", "", "https://w3id.org/dissensus#rebuts", BASE + "b")

    (finding,) = located([fault], read_corpus([tmp_path / f"a.{ending}"]))

    assert (finding.line, finding.column) == ((4, 14) if ending == "ttl" else (3, 1))
