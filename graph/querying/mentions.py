"""Which claims and links of a debate the answer to a query speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from ..debate import Debate
from ..errors import DissensusError, QueryError
from .results import Boolean, QueryResult, Solutions, Term


def mentioned(result: QueryResult, debate: Debate) -> tuple[str, ...]:
    """The IRIs of the claims and links in the rows or triples of a result, as they come first.

    Raises:
        QueryError: the result is a yes or no.
        DissensusError: it speaks of no claim or link of this debate.
    """
    if isinstance(result, Boolean):
        raise QueryError(
            "ASK answers yes or no and finds no claims; use SELECT, CONSTRUCT or DESCRIBE"
        )
    rows = result.rows if isinstance(result, Solutions) else result.triples
    known = debate.claim_numbers.keys() | debate.link_numbers.keys()
    found = (iri for row in rows for term in row for iri in _iris(term) if iri in known)
    if iris := tuple(dict.fromkeys(found)):
        return iris
    if not rows:
        raise DissensusError("the query found nothing: there is no claim to draw")
    raise DissensusError(
        f"the query found {len(rows)} results but no claim to draw: "
        "let it return the claims or links themselves, not only what is said of them"
    )


def _iris(term: Term | None) -> Iterator[str]:
    if isinstance(term, NamedNode):
        yield term.value
    elif isinstance(term, Triple):
        for part in term:
            yield from _iris(part)
