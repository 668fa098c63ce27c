"""Which form of an answer a client gets: its Accept header against what there is to offer.

RFC 9110, section 12.5.1: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

_RANGE = re.compile(r"\s*([^\s/;,]+)/([^\s/;,]+)\s*((?:;[^,]*)?)")
_WEIGHT = re.compile(r";\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.IGNORECASE)
_ANY_WEIGHT = re.compile(r";\s*q\s*=", re.IGNORECASE)


class Offer(NamedTuple):
    """A media type, and what `querying.formats` (or the engine) calls its format."""

    media: str
    format: str


SOLUTIONS = (
    Offer("application/sparql-results+json", "json"),
    Offer("application/sparql-results+xml", "xml"),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
    Offer("application/json", "json"),
    Offer("application/xml", "xml"),
)
"""For SELECT. The last two are what some clients call the first two."""

BOOLEANS = tuple(offer for offer in SOLUTIONS if offer.format in ("json", "xml"))
"""For ASK: the standards give it no CSV and no TSV."""

GRAPHS = (
    Offer("text/turtle", "turtle"),
    Offer("application/n-triples", "ntriples"),
    Offer("application/rdf+xml", "rdfxml"),
)
"""For CONSTRUCT, DESCRIBE and the description of the service."""

OFFERS = {"SELECT": SOLUTIONS, "ASK": BOOLEANS, "CONSTRUCT": GRAPHS, "DESCRIBE": GRAPHS}
"""What there is for each form of query, the preferred first."""

_O = TypeVar("_O", bound=Offer)


def best_offer(accept: str, offers: Sequence[_O]) -> _O | None:
    """The offer that the client likes best, the first of several; none if it takes none of them.

    An empty header takes anything. A range that cannot be read is passed over.
    """
    ranges = list(_ranges(accept))
    if not accept.strip():
        return offers[0]
    weights = [_weight(offer.media, ranges) for offer in offers]
    best = max(weights)
    return offers[weights.index(best)] if best > 0 else None


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    found = []
    for part in accept.lower().split(","):
        match = _RANGE.fullmatch(part)
        if not match:
            continue
        weight = _WEIGHT.search(match[3])
        if weight:
            found.append((match[1], match[2], float(weight[1])))
        elif not _ANY_WEIGHT.search(match[3]):
            found.append((match[1], match[2], 1.0))
    return found


def _weight(media: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """The weight of a media type: that of the closest range that covers it."""
    kind, _, subtype = media.partition("/")
    covering = [
        ((range_kind != "*") + (range_subtype != "*"), weight)
        for range_kind, range_subtype, weight in ranges
        if range_kind in ("*", kind) and range_subtype in ("*", subtype)
    ]
    return max(covering)[1] if covering else 0.0
