"""A debate as triples, as an rdflib graph and as a networkx graph."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import networkx
import pytest
import rdflib
from pyoxigraph import BlankNode, NamedNode
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS, XSD

from dissensus.graph.conversion import quads, to_networkx, to_rdflib, triples
from dissensus.graph.debate import Debate
from dissensus.graph.model import Claim, Quote
from dissensus.graph.reading import read
from dissensus.graph.terms import NAMESPACE
from dissensus.graph.writing import debate_turtle

D = rdflib.Namespace(NAMESPACE)
EX = rdflib.Namespace("https://example.org/debate#")

DEBATE = """
:debate a d:Debate ; rdfs:label "Chips" .
:gin a d:Speaker ; rdfs:label "Eva Gin" ; d:accepts :a .
:baker a d:Speaker ; rdfs:label "Gavin Baker" .
:chips a d:Topic ; rdfs:label "chips" .
:careful a d:Audience ; rdfs:label "the careful" ; d:valueOrder ( :speed :cost ) .
:speed a d:Value ; rdfs:label "speed" .
:cost a d:Value ; rdfs:label "cost" .
:a a d:Claim ; d:text "A"@en, "Ah"@de ; d:assertedBy :gin ; d:about :chips ; d:strength 0.7 ;
    d:quote [ d:exact "a" ], [ d:exact "b" ] ; d:supports :b .
:b a d:Claim ; d:text "B" ; d:assertedBy :baker ; d:restates :e ; d:qualifies :a .
:c a d:Evidence ; d:text "C" ; d:assertedBy :gin, :baker ; d:evidenceFor :b ; d:contradicts :e .
:e a d:Claim ; d:text "E" ; d:assertedBy :gin ; d:undercuts :step ; d:needsBacking true .
:step a d:Rebuttal ; d:premise :c ; d:conclusion :a ; d:assertedBy :gin ; d:scheme "analogy" .
:joint a d:Support ; d:premise :a, :c ; d:conclusion :e .
"""


@pytest.fixture
def debate(claims: Callable[..., Path]) -> Debate:
    return read(claims(DEBATE))


# -- triples ------------------------------------------------------------------------------------


def test_the_same_debate_gives_the_same_triples_blank_nodes_and_all(debate: Debate):
    assert list(triples(debate)) == list(triples(debate))
    assert len(set(triples(debate))) == len(list(triples(debate)))


def test_two_debates_do_not_share_blank_nodes_by_accident():
    def blank_nodes(claim: Claim) -> set[BlankNode]:
        return {s for s, _, _ in triples(Debate([claim])) if isinstance(s, BlankNode)}

    quoting = Claim("urn:x:a", "A", quotes=(Quote("words"),))

    assert len(blank_nodes(quoting)) == 1
    assert not blank_nodes(quoting) & blank_nodes(replace(quoting, iri="urn:x:b"))
    assert not blank_nodes(quoting) & blank_nodes(replace(quoting, quotes=(Quote("others"),)))


def test_quads_are_in_the_graph_that_is_asked_for(debate: Debate):
    graph = "urn:g"

    found = list(quads(debate, graph))

    assert {quad.graph_name for quad in found} == {NamedNode(graph)}
    assert [(q.subject, q.predicate, q.object) for q in found] == list(triples(debate))


# -- rdflib -------------------------------------------------------------------------------------


def test_an_rdflib_user_finds_terms_of_rdflib(debate: Debate):
    graph = to_rdflib(debate)

    assert type(graph) is rdflib.Graph
    assert (EX.a, RDF.type, D.Claim) in graph
    assert set(graph.objects(EX.a, D.text)) == {
        rdflib.Literal("A", lang="en"),
        rdflib.Literal("Ah", lang="de"),
    }
    assert graph.value(EX.gin, RDFS.label) == rdflib.Literal("Eva Gin")
    assert graph.value(EX.a, D.strength) == rdflib.Literal("0.7", datatype=XSD.decimal)
    assert list(graph.items(graph.value(EX.careful, D.valueOrder))) == [EX.speed, EX.cost]
    assert {str(graph.value(q, D.exact)) for q in graph.objects(EX.a, D.quote)} == {"a", "b"}


def test_the_prefixes_of_the_debate_are_bound(debate: Debate):
    namespaces = dict(to_rdflib(debate).namespaces())

    assert namespaces[""] == rdflib.URIRef(EX)
    assert namespaces["d"] == rdflib.URIRef(D)


def test_the_graph_is_what_rdflib_reads_from_our_turtle(debate: Debate):
    parsed = rdflib.Graph().parse(data=debate_turtle(debate), format="turtle")

    assert isomorphic(to_rdflib(debate), parsed)


def test_what_rdflib_writes_is_the_same_debate_to_us(debate: Debate, tmp_path: Path):
    path = tmp_path / "again.ttl"

    to_rdflib(debate).serialize(path, format="turtle")

    again = read(path)
    assert (again.claims, again.links, again.stances) == (
        debate.claims,
        debate.links,
        debate.stances,
    )


# -- networkx -----------------------------------------------------------------------------------


def test_claims_are_nodes_with_what_is_known_of_them(debate: Debate):
    graph = to_networkx(debate)

    assert isinstance(graph, networkx.MultiDiGraph)
    assert graph.graph == {"title": "Chips"}
    assert graph.nodes[str(EX.a)] == {
        "type": "claim",
        "name": "a",
        "kind": "claim",
        "text": "A",
        "speakers": ("Eva Gin",),
        "topics": ("chips",),
        "questions": (),
        "strength": 0.7,
        "needs_backing": False,
    }
    assert graph.nodes[str(EX.c)]["speakers"] == ("Gavin Baker", "Eva Gin")
    assert graph.nodes[str(EX.e)]["needs_backing"] is True


def test_a_simple_link_is_an_edge_with_its_iri_as_key(debate: Debate):
    graph = to_networkx(debate)

    ((key, support),) = graph.get_edge_data(str(EX.a), str(EX.b)).items()

    assert key in debate.link_numbers
    assert support == {
        "kind": "support",
        "attack": False,
        "speakers": (),
        "strength": 0.5,
        "scheme": "",
    }


def test_a_link_that_is_undercut_or_has_joint_premises_is_a_node_between(debate: Debate):
    graph = to_networkx(debate)
    step, joint = str(EX.step), str(EX.joint)

    assert graph.nodes[step] == {
        "type": "link",
        "name": "step",
        "kind": "rebuttal",
        "speakers": ("Eva Gin",),
        "strength": 0.5,
        "scheme": "analogy",
    }
    assert {(u, data["kind"]) for u, _, data in graph.in_edges(step, data=True)} == {
        (str(EX.c), "premise"),
        (str(EX.e), "undercut"),
    }
    assert [(v, d["kind"], d["attack"]) for _, v, d in graph.out_edges(step, data=True)] == [
        (str(EX.a), "rebuttal", True)
    ]
    assert {u for u, _ in graph.in_edges(joint)} == {str(EX.a), str(EX.c)}
    assert set(graph.nodes) == {*debate.claim_iris, step, joint}


def test_relations_between_claims_are_edges_both_ways_where_they_hold_both_ways(debate: Debate):
    graph = to_networkx(debate)

    found = {
        (u.removeprefix(EX), v.removeprefix(EX))
        for u, v, key in graph.edges(keys=True)
        if key in ("restates", "contradicts", "qualifies")
    }
    assert found == {("b", "e"), ("e", "b"), ("c", "e"), ("e", "c"), ("b", "a")}
    attacks = {(u, v) for u, v, data in graph.edges(data=True) if data["attack"]}
    assert {(str(EX.c), str(EX.e)), (str(EX.e), str(EX.c))} <= attacks


def test_algorithms_of_networkx_run_on_it(debate: Debate):
    graph = to_networkx(debate)

    assert networkx.has_path(graph, str(EX.c), str(EX.a))
    assert max(networkx.pagerank(networkx.DiGraph(graph)).values()) < 1


def test_a_debate_without_anything_is_an_empty_graph():
    assert len(to_networkx(Debate())) == len(to_rdflib(Debate())) == 0


def test_neither_library_is_loaded_until_it_is_asked_for():
    code = (
        "import sys, dissensus.graph.conversion, dissensus.graph.writing\n"
        "assert not {'rdflib', 'networkx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
