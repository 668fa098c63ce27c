"""A `Debate` in other libraries' terms: RDF triples, an rdflib graph, a networkx graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from . import terms as t
from .debate import Debate
from .describing import Collection, Description, Term, describe

if TYPE_CHECKING:
    import networkx
    import rdflib

_Node: TypeAlias = NamedNode | BlankNode
_Triple: TypeAlias = tuple[_Node, NamedNode, _Node | Literal]


def triples(debate: Debate) -> Iterator[_Triple]:
    """Every triple of the debate, in the order of `writing.debate_turtle`.

    A blank node is named by a digest of its content and place: the same debate always gives the
    same names, and two debates do not share one by accident. Linear in the size of the debate.
    """
    for number, description in enumerate(describe(debate)):
        yield from _triples_of(description, "" if description.node else str(number))


def quads(debate: Debate, graph: str = "") -> Iterator[Quad]:
    """The triples of the debate in the named graph with this IRI, or in the default graph."""
    name = NamedNode(graph) if graph else DefaultGraph()
    return (Quad(*triple, name) for triple in triples(debate))


def _triples_of(description: Description, place: str) -> Iterator[_Triple]:
    subject = description.node or _blank(place, description)
    for predicate, terms in description.properties:
        for number, term in enumerate(terms):
            inner = f"{subject} {predicate} {number}"
            yield subject, NamedNode(predicate), _object(term, inner)
            if isinstance(term, Description):
                yield from _triples_of(term, inner)
            elif isinstance(term, Collection):
                yield from _cells(term, inner)


def _object(term: Term, place: str) -> _Node | Literal:
    return _blank(place, term) if isinstance(term, Description | Collection) else term


def _cells(collection: Collection, place: str) -> Iterator[_Triple]:
    """The list cells of a collection that is not empty."""
    for number, member in enumerate(collection.members):
        rest = Collection(collection.members[number + 1 :])
        cell = _blank(place, Collection(collection.members[number:]))
        yield cell, NamedNode(t.FIRST), member
        yield cell, NamedNode(t.REST), _blank(place, rest) if rest.members else NamedNode(t.NIL)


def _blank(place: str, content: Description | Collection) -> BlankNode:
    return BlankNode("b" + hashlib.sha256(f"{place}\n{content}".encode()).hexdigest()[:16])


# -- rdflib -------------------------------------------------------------------------------------


def to_rdflib(debate: Debate) -> rdflib.Graph:
    """The debate as a plain rdflib graph in memory, the debate's prefixes bound.

    The triples are those of `triples`: links in their short spelling where that says it all.
    Linear in the size of the debate; most of the time goes into rdflib's terms,
    some fifty microseconds a triple.
    """
    import rdflib

    def term(node: _Node | Literal) -> rdflib.term.Node:
        if isinstance(node, NamedNode):
            return rdflib.URIRef(node.value)
        if isinstance(node, BlankNode):
            return rdflib.BNode(node.value)
        if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        plain = node.datatype.value == t.XSD + "string"
        datatype = None if plain else rdflib.URIRef(node.datatype.value)
        return rdflib.Literal(node.value, datatype=datatype, normalize=False)

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in sorted({**t.COMMON_PREFIXES, **debate.prefixes}.items()):
        graph.bind(prefix, namespace)
    for subject, predicate, value in triples(debate):
        graph.add((term(subject), term(predicate), term(value)))
    return graph


# -- networkx -----------------------------------------------------------------------------------


def to_networkx(debate: Debate) -> networkx.MultiDiGraph:
    """The debate as a directed multigraph whose nodes are IRIs.

    Every claim is a node. A link with one premise on which no other link ends is an edge from
    its premise to its conclusion, with the link's IRI as its key. Any other link (several joint
    premises, or itself undercut) cannot be one edge, so it is a node between: an edge of kind
    ``premise`` comes in from each premise, and one of the link's own kind goes out to its
    conclusion. Restatements, contradictions and qualifications are edges too, keyed by those
    words; the first two hold both ways and are an edge in each direction. A contradiction is no
    attack here, because reading has made it two rebuttals besides.

    Node attributes: ``type`` (``claim`` or ``link``), ``name`` and ``kind``; for a claim also
    ``text``, ``speakers``, ``topics``, ``questions`` (tuples of labels), ``strength`` and
    ``needs_backing``. Links, as edges or as nodes, have ``kind`` (``support``, ``rebuttal``,
    ``undercut``, ``evidence``), ``speakers``, ``strength`` and ``scheme``; every edge has
    ``kind`` and ``attack`` (whether it speaks against its end). Nodes and edges are added in the
    order of their IRIs. Linear in the size of the debate.

    ``networkx.write_graphml`` takes no tuples: join them first if that is where you go.
    """
    import networkx

    graph = networkx.MultiDiGraph(title=debate.title)
    for number, iri in enumerate(debate.claim_iris):
        graph.add_node(iri, **_claim_attributes(debate, number))
    for number in range(len(debate.link_iris)):
        _add_link(graph, debate, number)
    for kind, pairs, both_ways in (
        ("restates", debate.restatements, True),
        ("contradicts", debate.contradictions, True),
        ("qualifies", debate.qualifications, False),
    ):
        for first, second in pairs:
            ends = debate.claim_iris[first], debate.claim_iris[second]
            graph.add_edge(*ends, key=kind, kind=kind, attack=False)
            if both_ways:
                graph.add_edge(*reversed(ends), key=kind, kind=kind, attack=False)
    return graph


def _claim_attributes(debate: Debate, number: int) -> dict[str, Any]:
    return {
        "type": "claim",
        "name": debate.name(debate.claim_iris[number]),
        "kind": debate.claim_at(number).kind.value,
        "text": debate.claim_texts[number],
        "speakers": tuple(debate.speakers[s].label for s in debate.claim_speakers[number]),
        "topics": tuple(debate.topics[n].label for n in debate.claim_topics[number]),
        "questions": tuple(debate.questions[n].label for n in debate.claim_questions[number]),
        "strength": debate.claim_strengths[number],
        "needs_backing": bool(debate.claim_needs_backing[number]),
    }


def _add_link(graph: networkx.MultiDiGraph, debate: Debate, number: int) -> None:
    link = debate.link_at(number)
    said = {
        "kind": link.kind.word,
        "speakers": tuple(debate.speakers[s].label for s in debate.link_speakers[number]),
        "strength": link.strength,
        "scheme": link.scheme,
    }
    if len(link.premises) == 1 and not debate.links_to[len(debate) + number]:
        graph.add_edge(
            link.premises[0], link.conclusion, key=link.iri, attack=link.kind.attacks, **said
        )
        return
    graph.add_node(link.iri, type="link", name=debate.name(link.iri), **said)
    for premise in link.premises:
        graph.add_edge(premise, link.iri, key=link.iri, kind="premise", attack=False)
    graph.add_edge(link.iri, link.conclusion, key=link.iri, attack=link.kind.attacks, **said)
