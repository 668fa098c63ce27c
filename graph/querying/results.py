"""What a query answers: rows, yes or no, or a graph, in an order that is the same on every run.

Rows of a query with ORDER BY keep the order it gives. Other rows are sorted by the N-Triples form
of their terms, column by column: unbound, literals, IRIs, blank nodes. Graphs are sorted by
subject, predicate and object. Labels of blank nodes mean nothing, so they are given anew: ``b0``,
``b1`` and so on. Blank nodes that look the same keep the order of the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Row: TypeAlias = tuple[Term | None, ...]
_Parts: TypeAlias = tuple[NamedNode | BlankNode | Triple, NamedNode, Term]

_UNBOUND = ""
_BLANK = "\U0010ffff"
"""Sort keys: before and behind every N-Triples form."""


class Solutions(NamedTuple):
    """The answer to SELECT: a row for each solution, a cell for each variable, None if unbound."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


class Boolean(NamedTuple):
    """The answer to ASK; it is true if its value is."""

    value: bool

    def __bool__(self) -> bool:
        return self.value


class Graph(NamedTuple):
    """The answer to CONSTRUCT and DESCRIBE: triples without repetition, sorted."""

    triples: tuple[Triple, ...]


QueryResult: TypeAlias = Solutions | Boolean | Graph


def solutions(variables: Iterable[str], rows: list[Row], *, ordered: bool) -> Solutions:
    """The rows as they are if `ordered`, else sorted; blank nodes are labelled anew."""
    if not ordered:
        rows.sort(key=_row_key)
    return Solutions(tuple(variables), tuple(_relabelled(rows)))


def graph(triples: Iterable[Triple]) -> Graph:
    """The triples without repetition, sorted, their blank nodes labelled anew.

    Labels go out from the named nodes, along the triples in their order.
    """
    outgoing: dict[Term, list[Row]] = {}
    for triple in dict.fromkeys(triples):
        outgoing.setdefault(triple.subject, []).append(_parts(triple))
    looks: dict[Term | None, list[list[str]]] = {
        node: sorted(map(_row_key, rows))
        for node, rows in outgoing.items()
        if isinstance(node, BlankNode)
    }

    def place(row: Row) -> tuple[list[str], list[list[str]]]:
        return _row_key(row), looks.get(row[2], [])

    ordered: list[Row] = []
    for start in sorted(outgoing, key=lambda node: (_key(node), looks.get(node, []))):
        waiting = [start]
        while waiting:
            rows = sorted(outgoing.pop(waiting.pop(), []), key=place)
            ordered += rows
            waiting += [row[2] for row in reversed(rows) if isinstance(row[2], BlankNode)]
    labelled = _relabelled(ordered)
    return Graph(tuple(_triple(row) for row in sorted(labelled, key=_labelled_key)))


def _row_key(row: Sequence[Term | None]) -> list[str]:
    return [_key(term) for term in row]


def _labelled_key(row: Sequence[Term | None]) -> list[str]:
    return [
        f"{_BLANK}{int(term.value[1:]):09}" if isinstance(term, BlankNode) else _key(term)
        for term in row
    ]


def _key(term: Term | None) -> str:
    if term is None:
        return _UNBOUND
    if isinstance(term, BlankNode):
        return _BLANK
    if isinstance(term, Triple):
        return "<<( " + " ".join(_key(part) for part in _parts(term))
    return str(term)


def _parts(triple: Triple) -> Row:
    return triple.subject, triple.predicate, triple.object


def _triple(parts: Iterable[Term | None]) -> Triple:
    return Triple(*cast(_Parts, tuple(parts)))


def _relabelled(rows: Iterable[Row]) -> list[Row]:
    """The rows with their blank nodes called b0, b1 … in the order of appearance."""
    names: dict[BlankNode, BlankNode] = {}

    def renamed(term: Term | None) -> Term | None:
        if isinstance(term, BlankNode):
            return names.setdefault(term, BlankNode(f"b{len(names)}"))
        if isinstance(term, Triple):
            return _triple(map(renamed, _parts(term)))
        return term

    return [
        tuple(map(renamed, row)) if any(isinstance(t, BlankNode | Triple) for t in row) else row
        for row in rows
    ]
