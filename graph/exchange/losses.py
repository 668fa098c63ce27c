"""What of a debate a format cannot say, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from ..debate import Debate
from ..model import DEFAULT_STRENGTH
from ..terms import ClaimKind, LinkKind

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
    "titles of the debate": lambda debate: int(bool(debate.title or debate.description)),
    "that a claim is evidence": lambda debate: _of_kind(debate, ClaimKind.EVIDENCE),
    "that a claim is a recommendation": lambda debate: _of_kind(debate, ClaimKind.RECOMMENDATION),
    "that a claim needs backing": lambda debate: sum(map(bool, debate.claim_needs_backing)),
    "that a support is one by evidence": lambda debate: sum(
        link.kind is LinkKind.EVIDENCE for link in debate.links
    ),
    "that a question is exclusive": lambda debate: sum(q.exclusive for q in debate.questions),
    "that a topic lies below another": lambda debate: sum(
        bool(topic.broader) for topic in debate.topics
    ),
    "languages of claims": lambda debate: sum(bool(claim.language) for claim in debate.claims),
    "reporters": lambda debate: sum(map(bool, debate.claim_reporters)),
    "words around quotes": lambda debate: sum(
        bool(quote.prefix or quote.suffix)
        for quotes in (
            *(claim.quotes for claim in debate.claims),
            *(stance.quotes for stance in debate.stances),
        )
        for quote in quotes
    ),
    "quotes of links": lambda debate: sum(len(link.quotes) for link in debate.links),
    "quotes of stances": lambda debate: sum(len(stance.quotes) for stance in debate.stances),
    "dates of links": lambda debate: sum(bool(link.said_on) for link in debate.links),
    "dates of stances": lambda debate: sum(bool(stance.said_on) for stance in debate.stances),
    "particulars of documents": lambda debate: sum(
        bool(document.authors or document.date or document.url or document.digest)
        for document in debate.documents
    ),
    "speakers who say nothing": lambda debate: len(
        {speaker.iri for speaker in debate.speakers} - _heard(debate)
    ),
    "notes on speakers": lambda debate: sum(bool(speaker.note) for speaker in debate.speakers),
    "confidences of stances": lambda debate: sum(
        stance.confidence is not None for stance in debate.stances
    ),
}


def _of_kind(debate: Debate, kind: ClaimKind) -> int:
    return sum(claim.kind is kind for claim in debate.claims)


def _heard(debate: Debate) -> set[str]:
    """The speakers of claims, links and stances, and those who report them."""
    heard = {stance.speaker for stance in debate.stances}
    for claim in debate.claims:
        heard.update(claim.speakers, claim.reporters)
    for link in debate.links:
        heard.update(link.speakers, link.reporters)
    return heard


def _told(strengths: Iterable[float]) -> int:
    return sum(strength != DEFAULT_STRENGTH for strength in strengths)


def lost(debate: Debate, *kept: str) -> tuple[str, ...]:
    """A phrase such as “quotes: 12” for all that the debate has and that is not `kept`.

    `kept` names content as the phrases do.
    """
    assert set(kept) <= set(_CONTENT), f"unknown content: {set(kept) - set(_CONTENT)}"
    found = {what: count(debate) for what, count in _CONTENT.items() if what not in kept}
    return tuple(f"{what}: {number}" for what, number in found.items() if number)
