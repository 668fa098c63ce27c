"""Verdicts as triples, in a graph of their own, apart from what people asserted.

A query that speaks of `NAMESPACE` (prefix ``v:``) finds, for each claim,

- ``v:status``: "in", "out" or "undecided" under grounded semantics and the reason profile;
- ``v:strength``: its strength under quadratic energy, an ``xsd:decimal``;
- ``v:standsFor`` and ``v:fallsFor``: the audiences of the debate for which it is in, or out;
- ``v:crux``: each claim that, given up or conceded by itself, changes its status; of claims that
  restate each other, all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store

from ..debate import Debate
from ..querying.verdict_terms import NAMESPACE, PREFIX, speaks_of_cruxes
from ..terms import VERDICT_GRAPH, XSD
from .cruxes import Move, cruxes_in
from .flattening import flatten
from .preferences import value_order
from .verdicts import Status, verdicts


def add_verdicts(store: Store, debate: Debate, query: str = f"{PREFIX}:crux") -> None:
    """Add the verdicts on a debate to the store, in the graph `VERDICT_GRAPH`.

    Cruxes are searched only for a query that speaks of them.
    """
    graph = NamedNode(VERDICT_GRAPH)
    store.extend(Quad(*triple, graph) for triple in _triples(debate))
    if speaks_of_cruxes(query):
        store.extend(Quad(*triple, graph) for triple in _cruxes(debate))


def _triples(debate: Debate) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    claims = [NamedNode(iri) for iri in debate.claim_iris]
    decimal = NamedNode(XSD + "decimal")
    for verdict in verdicts(debate).verdicts:
        claim = claims[verdict.claim]
        yield claim, _term("status"), Literal(verdict.status.value)
        yield claim, _term("strength"), Literal(f"{verdict.strength:.6f}", datatype=decimal)
    for audience in debate.audiences:
        if not value_order(debate, audience):
            continue
        for verdict in verdicts(debate, audience=audience.iri).verdicts:
            if verdict.status in (Status.IN, Status.OUT):
                name = "standsFor" if verdict.status is Status.IN else "fallsFor"
                yield claims[verdict.claim], _term(name), NamedNode(audience.iri)


def _cruxes(debate: Debate) -> Iterator[tuple[NamedNode, NamedNode, NamedNode]]:
    restating = defaultdict(list)
    for claim, position in enumerate(debate.positions):
        restating[position].append(NamedNode(debate.claim_iris[claim]))
    flat = flatten(debate)
    for claim, iri in enumerate(debate.claim_iris):
        for crux in cruxes_in(flat, claim).cruxes:
            change = crux.changes[0]
            if change.move is not Move.DROP:
                for other in restating[debate.positions[change.number]]:
                    yield NamedNode(iri), _term("crux"), other


def _term(name: str) -> NamedNode:
    return NamedNode(NAMESPACE + name)
