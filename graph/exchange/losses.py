"""What of a debate a format cannot say, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from ..debate import Debate
from ..model import DEFAULT_STRENGTH

_CONTENT: Final[dict[str, Callable[[Debate], int]]] = {
    "quotes": lambda debate: sum(len(debate.quotes_at(claim)) for claim in range(len(debate))),
    "documents": lambda debate: len(debate.documents),
    "speakers": lambda debate: len(debate.speakers),
    "questions": lambda debate: len(debate.questions),
    "topics": lambda debate: len(debate.topics),
    "values": lambda debate: len(debate.values),
    "audiences": lambda debate: len(debate.audiences),
    "stances": lambda debate: len(debate.stances),
    "texts of claims": len,
    "notes on claims": lambda debate: sum(len(claim.notes) for claim in debate.claims),
    "translations": lambda debate: sum(len(claim.translations) for claim in debate.claims),
    "dates of claims": lambda debate: sum(bool(claim.said_on) for claim in debate.claims),
    "strengths of claims": lambda debate: _told(debate.claim_strengths),
    "strengths of links": lambda debate: _told(debate.link_strengths),
    "schemes": lambda debate: sum(bool(link.scheme) for link in debate.links),
    "speakers of links": lambda debate: sum(bool(link.speakers) for link in debate.links),
    "ratings of options": lambda debate: sum(map(bool, debate.claim_options)),
    "scopes": lambda debate: sum(map(bool, debate.claim_scopes)),
    "restatements": lambda debate: len(debate.restatements),
    "contradictions": lambda debate: len(debate.contradictions),
    "qualifications": lambda debate: len(debate.qualifications),
}


def _told(strengths: Iterable[float]) -> int:
    return sum(strength != DEFAULT_STRENGTH for strength in strengths)


def lost(debate: Debate, *kept: str) -> tuple[str, ...]:
    """A phrase such as “quotes: 12” for all that the debate has and that is not `kept`.

    `kept` names content as the phrases do.
    """
    assert set(kept) <= set(_CONTENT), f"unknown content: {set(kept) - set(_CONTENT)}"
    found = {what: count(debate) for what, count in _CONTENT.items() if what not in kept}
    return tuple(f"{what}: {number}" for what, number in found.items() if number)
