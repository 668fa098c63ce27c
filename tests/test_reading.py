"""Reading: files and folders in, one debate out, every fault with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from dissensus.graph.deriving import speaks_of_link_nodes
from dissensus.graph.errors import InputError, UsageError
from dissensus.graph.model import link_iri
from dissensus.graph.reading import claims_paths, read, read_corpus
from dissensus.graph.terms import DERIVED_GRAPH, REBUTS, LinkKind

TWO = """
:a a d:Claim ; d:text "A"@en ; d:assertedBy :ann .
:b a d:Claim ; d:text "B"@en ; d:assertedBy :bob .
"""


def spelled(claims, statement: str):
    """The debate of two claims and one more statement."""
    return read(claims(TWO + statement))


def test_a_folder_is_read_whole(claims) -> None:
    folder = claims(one=TWO, two=":c a d:Evidence ; d:text 'C' ; d:evidenceFor :a .")
    (folder / "below").mkdir()
    (folder / "below" / "more.nt").write_text(
        "<https://example.org/debate#e> <https://w3id.org/dissensus#text> 'E' .\n".replace("'", '"')
        + "<https://example.org/debate#e> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <https://w3id.org/dissensus#Claim> .\n"
    )
    debate = read(folder)
    assert [debate.name(iri) for iri in debate.claim_iris] == ["a", "b", "c", "e"]
    assert debate.claim("c").kind == "evidence"


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        ("ttl", '<https://e/a> a <https://w3id.org/dissensus#Claim> .'),
        ("trig", '<https://e/g> { <https://e/a> a <https://w3id.org/dissensus#Claim> . }'),
        ("nq", "<https://e/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
         " <https://w3id.org/dissensus#Claim> <https://e/g> ."),
        ("jsonld", '{"@id": "https://e/a", "@type": "https://w3id.org/dissensus#Claim"}'),
        ("rdf", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
         '<x:Claim xmlns:x="https://w3id.org/dissensus#" rdf:about="https://e/a"/></rdf:RDF>'),
    ],
)  # fmt: skip
def test_every_syntax(tmp_path: Path, ending: str, text: str) -> None:
    (tmp_path / f"claim.{ending}").write_text(text)
    assert read(tmp_path).claim_iris == ("https://e/a",)


@pytest.mark.parametrize(
    "statement",
    [
        ":a d:rebuts :b .",
        ":l a d:Rebuttal ; d:premise :a ; d:conclusion :b .",
        "[] a d:Rebuttal ; d:premise :a ; d:conclusion :b .",
        ":a d:rebuts :b {| d:strength 0.5 |} .",
        ":a d:rebuts :b . :l a d:Rebuttal ; d:premise :a ; d:conclusion :b .",
    ],
    ids=["triple", "node", "blank node", "annotation", "triple and node"],
)
def test_the_spellings_of_a_link_are_one(claims, statement: str) -> None:
    debate = spelled(claims, statement)
    (link,) = debate.links
    assert (link.kind, link.premises, link.conclusion) == (
        LinkKind.REBUTTAL,
        ("https://example.org/debate#a",),
        "https://example.org/debate#b",
    )


@pytest.mark.parametrize(
    "statement",
    [
        ":a d:rebuts :b .",
        ":l a d:Rebuttal ; d:premise :a ; d:conclusion :b .",
        ":a d:rebuts :b ~ :l .",
    ],
)
def test_both_spellings_answer_a_query_once(claims, statement: str) -> None:
    store = read_corpus([claims(TWO + statement)]).store
    for pattern in (
        "?a d:rebuts ?b",
        "?l a d:Rebuttal ; d:premise ?a ; d:conclusion ?b",
        "?l a d:Link ; d:premise ?a ; d:conclusion ?b",
    ):
        query = f"PREFIX d: <https://w3id.org/dissensus#> SELECT * {{ {pattern} }}"
        assert len(list(store.query(query, use_default_graph_as_union=True))) == 1, pattern


def test_an_unnamed_link_has_the_iri_of_its_content(claims) -> None:
    corpus = read_corpus([claims(TWO + ":a d:rebuts :b .")])
    minted = link_iri(
        LinkKind.REBUTTAL, ["https://example.org/debate#a"], "https://example.org/debate#b"
    )
    derived = NamedNode(DERIVED_GRAPH)
    assert list(corpus.store.quads_for_pattern(NamedNode(minted), None, None, derived))


def test_contradiction_rebuts_both_ways(claims) -> None:
    debate = spelled(claims, ":a d:contradicts :b .")
    assert {(k.premises[0][-1], k.conclusion[-1]) for k in debate.links} == {("a", "b"), ("b", "a")}
    store = read_corpus([claims(TWO + ":a d:contradicts :b .")]).store
    assert len(list(store.quads_for_pattern(None, NamedNode(REBUTS), None))) == 2


def test_an_undercut_ends_on_a_link_however_that_is_spelled(claims) -> None:
    for step in (":s a d:Support ; d:premise :a ; d:conclusion :b .", ":a d:supports :b ~ :s ."):
        debate = spelled(claims, f"{step} :u a d:Claim ; d:text 'U' ; d:undercuts :s .")
        undercut = next(link for link in debate.links if link.kind is LinkKind.UNDERCUT)
        assert undercut.conclusion == "https://example.org/debate#s"


def test_joint_premises_stay_together(claims) -> None:
    debate = spelled(
        claims, ":c a d:Claim ; d:text 'C' . [] a d:Support ; d:premise :a, :b ; d:conclusion :c ."
    )
    (link,) = debate.links
    assert len(link.premises) == 2


def test_restated_claims_are_one_position(claims) -> None:
    debate = spelled(claims, ":a d:restates :b .")
    assert debate.positions[0] == debate.positions[1]


def test_every_syntax_error_of_every_file(claims) -> None:
    folder = claims(
        one=':a a d:Claim ; d:txt "A" ; foo:x :y .\n:b a d:Claim .\n:c bar:x :y .\n',
        two=':d a d:Claim ; d:text "open .\n',
    )
    with pytest.raises(InputError) as caught:
        read(folder)
    places = [(Path(f.file).name, f.line) for f in caught.value.findings]
    assert places[:2] == [("one.ttl", 4), ("one.ttl", 6)]
    assert ("two.ttl", 4) in places
    assert "foo:" in caught.value.findings[0].message
    assert "@prefix foo:" in caught.value.findings[0].remedy


def test_a_well_known_prefix_comes_with_its_namespace(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<https://e/a> rdfs:label "A" .\n')
    (finding,) = read_corpus([tmp_path]).findings
    assert '"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."' in finding.remedy


def test_what_is_sound_in_a_broken_file_is_kept(claims) -> None:
    corpus = read_corpus([claims(":a foo:x 1 .\n" + TWO)])
    assert len(corpus.errors) == 1
    assert len(list(corpus.store.quads_for_pattern(None, None, None))) > 4


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b'<https://e/a> <https://e/b> "\xff\xfe" .', "UTF-8"),
        ('<https://e/a> <https://e/b> "x" .'.encode("utf-16"), "UTF-16"),
        (b'<https://e/a> <https://e/b> "' + b"x" * 50_000_000 + b'" .', "longer than 16 MiB"),
        (b"<https://e/a> <https://e/b> " + b"[ <https://e/c> " * 50_000, "nexpected end"),
        (b"\0\0\0\0", "not"),
    ],
    ids=["bad bytes", "utf-16", "a line of 50 MB", "deep brackets", "zeros"],
)
def test_spoilt_files_end_in_one_clear_line(tmp_path: Path, data: bytes, part: str) -> None:
    (tmp_path / "spoilt.ttl").write_bytes(data)
    findings = read_corpus([tmp_path]).findings
    assert part in findings[0].message
    assert findings[0].line == 1
    assert "\n" not in str(findings[0])


def rdf_xml(entities: str, text: str) -> str:
    return (
        f"<!DOCTYPE r [{entities}]>"
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="https://e/">'
        f'<rdf:Description rdf:about="https://e/a"><x:p>{text}</x:p></rdf:Description></rdf:RDF>'
    )


def test_entities_do_not_blow_up(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    (tmp_path / "laughs.rdf").write_text(rdf_xml(f'<!ENTITY e0 "ha">{levels}', "&e11;"))
    corpus = read_corpus([tmp_path])
    assert "entities expand" in corpus.findings[0].message
    assert len(corpus.store) == 0


def test_a_harmless_entity_is_read(tmp_path: Path) -> None:
    (tmp_path / "plain.rdf").write_text(rdf_xml('<!ENTITY who "Baker">', "&who; says"))
    (quad,) = read_corpus([tmp_path]).store
    assert quad.object.value == "Baker says"


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "bom.ttl").write_bytes(
        b"\xef\xbb\xbf<https://e/a> a <https://w3id.org/dissensus#Claim> ."
    )
    assert len(read(tmp_path)) == 1


def test_an_empty_file_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").write_text("\n")
    corpus = read_corpus([tmp_path])
    assert [f.rule for f in corpus.findings] == ["empty-file"]
    assert not corpus.errors


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    closed = tmp_path / "closed.ttl"
    closed.write_text(TWO)
    closed.chmod(0)
    assert "permission denied" in read_corpus([tmp_path]).findings[0].message


def test_a_broken_link_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "gone.ttl").symlink_to(tmp_path / "nowhere.ttl")
    assert "cannot be read" in read_corpus([tmp_path]).findings[0].message


def test_a_folder_without_claims(tmp_path: Path) -> None:
    assert "no file of claims" in read_corpus([tmp_path]).findings[0].message


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "claims.docx").write_text("x")
    (finding,) = read_corpus([tmp_path / "claims.docx"]).findings
    assert finding.rule == "unknown-format"


def test_a_link_to_nothing_names_its_line_and_the_nearest_claim(claims) -> None:
    folder = claims(":claim-one a d:Claim ; d:text 'A' .\n:b a d:Claim ; d:text 'B' ;\n"
                    "    d:rebuts :claim-on .\n")  # fmt: skip
    with pytest.raises(InputError) as caught:
        read(folder)
    (finding,) = caught.value.findings
    assert (finding.line, finding.rule) == (6, "unknown-target")
    assert finding.remedy == "did you mean :claim-one?"


def test_where_the_claims_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISSENSUS_CLAIMS", raising=False)
    monkeypatch.chdir(tmp_path)
    assert claims_paths()[1] is True
    (tmp_path / "claims").mkdir()
    assert claims_paths() == ([Path("claims")], False)
    monkeypatch.setenv("DISSENSUS_CLAIMS", str(tmp_path))
    assert claims_paths() == ([tmp_path], False)
    with pytest.raises(UsageError, match="no such file"):
        claims_paths([tmp_path / "nowhere"])


NAMES = st.sampled_from([f":c{n}" for n in range(6)])


@given(st.lists(st.tuples(NAMES, st.sampled_from(["supports", "rebuts"]), NAMES), max_size=8))
def test_the_order_of_statements_makes_no_difference(tmp_path_factory, links) -> None:
    """Law: a debate depends on what is said, not on the order in which it is said."""
    described = [f":c{n} a d:Claim ; d:text '{n}' ." for n in range(6)]
    said = [*described, *(f"{a} d:{kind} {b} ." for a, kind, b in links)]
    head = "@prefix d: <https://w3id.org/dissensus#> .\n@prefix : <https://example.org/debate#> .\n"
    debates = []
    for lines in (said, said[::-1]):
        file = tmp_path_factory.mktemp("order") / "claims.ttl"
        file.write_text(head + "\n".join(lines))
        debates.append(read(file))
    assert debates[0].links == debates[1].links
    assert debates[0].claims == debates[1].claims


@pytest.mark.parametrize(
    ("query", "needed"),
    [
        ("SELECT ?a ?b ?c { ?a d:rebuts ?b . ?b d:text ?c }", False),
        ("SELECT * { ?l d:premise ?a }", True),
        ("ASK { ?l a d:Rebuttal }", True),
        ("SELECT ?x { ?x ?p ?o }", True),
        ("SELECT ?x { :a ?p 'x' }", True),
        ("SELECT ?x { ?x a d:Claim ; ?p :b }", True),
        ("DESCRIBE :a", True),
        ("SELECT ?x { ?x d:text ?t FILTER(CONTAINS(?t, 'chips')) } ORDER BY ?x ?t", False),
    ],
)
def test_which_queries_need_link_nodes(query: str, needed: bool) -> None:
    assert speaks_of_link_nodes(query) is needed
