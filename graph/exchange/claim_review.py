"""ClaimReview: the verdict on each contested claim, as schema.org's markup for fact checks.

Only claims that somebody attacked are reviewed: of the others there is nothing to report. The
rating is the claim's label under grounded semantics, its explanation is the body of the review.
Source: https://schema.org/ClaimReview.
"""

from __future__ import annotations

import json
from typing import Any, Final

from ..analysis.reach import is_attacked
from ..debate import Debate
from ..model import Claim
from ..semantics.explaining import explanations
from ..semantics.flattening import flatten
from ..semantics.framework import IN, OUT, UNDECIDED
from .exporting import Export
from .losses import lost

RATINGS: Final = {OUT: (1, "falls"), UNDECIDED: (2, "is undecided"), IN: (3, "stands")}
"""Label → the value of the rating, of 1 to 3, and its name."""


def write(debate: Debate) -> Export:
    """A review of each contested claim, as a JSON-LD graph in schema.org's terms."""
    flat = flatten(debate)
    labels = flat.grounded_labels()
    contested = [claim for claim in range(len(debate)) if is_attacked(debate, claim)]
    reviews = [
        _review(debate, debate.claim_at(claim), labels[claim], [s for _, s in reason.lines()])
        for claim, reason in zip(contested, explanations(debate, flat, contested), strict=True)
    ]
    document = {"@context": "https://schema.org", "@graph": reviews}
    losses = [f"claims that nobody attacked: {len(debate) - len(contested)}"]
    losses += lost(debate, "texts of claims", "speakers", "documents", "dates of claims")
    return Export(
        {"": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()}, tuple(losses)
    )


def _review(debate: Debate, claim: Claim, label: int, reasons: list[str]) -> dict[str, Any]:
    value, name = RATINGS[label]
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "url": claim.iri,
        "claimReviewed": claim.text,
        "itemReviewed": _item(debate, claim),
        "author": {"@type": "Organization", "name": debate.title or "dissensus"},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "worstRating": 1,
            "bestRating": 3,
            "alternateName": name,
            "ratingExplanation": "Grounded semantics: what the debate itself leaves standing.",
        },
        "reviewBody": " ".join(reasons),
    }
    if claim.language:
        review["inLanguage"] = claim.language
    return review


def _item(debate: Debate, claim: Claim) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": "Claim", "text": claim.text}
    speakers = [debate.speakers[debate.speaker_numbers[iri]] for iri in claim.speakers]
    if speakers:
        item["author"] = [{"@type": "Person", "name": speaker.label} for speaker in speakers]
    if claim.said_on:
        item["datePublished"] = claim.said_on
    documents = sorted({quote.document for quote in claim.quotes if quote.document})
    appearances = [
        debate.documents[debate.document_numbers[iri]]
        for iri in documents
        if iri in debate.document_numbers
    ]
    if appearances:
        item["appearance"] = [
            {"@type": "CreativeWork", "name": document.title}
            | ({"url": document.url} if document.url else {})
            for document in appearances
        ]
    return item
