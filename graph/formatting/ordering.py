"""The order of the properties of a node: as they stand in the shipped claims."""

from __future__ import annotations

from collections.abc import Sequence

from .. import terms as t
from .trees import Entry

ORDER = (
    t.TYPE,
    t.LABEL,
    t.TITLE,
    t.TEXT,
    t.PREMISE,
    t.CONCLUSION,
    t.AUTHOR,
    t.ASSERTED_BY,
    t.REPORTED_BY,
    t.ACCEPTS,
    t.REJECTS,
    t.SAID_ON,
    t.ANSWERS,
    t.ABOUT,
    t.BROADER,
    t.PROMOTES,
    t.SCOPE,
    t.RATES,
    t.BY,
    t.SCHEME,
    t.STRENGTH,
    t.CONFIDENCE,
    t.NEEDS_BACKING,
    t.QUOTE_PREFIX,
    t.EXACT,
    t.QUOTE_SUFFIX,
    t.SOURCE,
    t.QUOTE,
    t.URL,
    t.DIGEST,
    t.FILE_NAME,
    t.COMMENT,
    t.VALUE_ORDER,
    t.RESTATES,
    t.SUPPORTS,
    t.EVIDENCE_FOR,
    t.REBUTS,
    t.UNDERCUTS,
    t.CONTRADICTS,
    t.QUALIFIES,
)
"""The properties of a node in the order of writing; others stay behind the one they follow."""

_RANKS = {iri: rank for rank, iri in enumerate(ORDER)}


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """The entries in the order of `ORDER`, those of one predicate joined."""
    ranked = []
    rank = 0
    for entry in entries:
        rank = _RANKS.get(entry.iri, rank)
        ranked.append((rank, entry.iri not in _RANKS, entry))
    ranked.sort(key=lambda item: item[:2])
    joined: list[Entry] = []
    for _rank, _other, entry in ranked:
        if joined and joined[-1].verb == entry.verb:
            first = entry.objects[0]
            first.before = [*entry.before, *first.before]
            joined[-1].objects += entry.objects
        else:
            joined.append(entry)
    return joined
