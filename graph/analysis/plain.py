"""Results as plain dictionaries: the JSON shapes that the documentation promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..debate import Debate
from ..errors import Finding
from ..model import Claim, Link, Quote
from .agreements import Agreement
from .disagreements import Disagreement

Plain = dict[str, Any]


def disagreements_json(
    debate: Debate,
    points: Iterable[Disagreement],
    turning: Mapping[int, Sequence[Claim]] | None = None,
) -> Plain:
    """``{"disagreements": [{rank, kind, kinds, question, topics, score, parts, …}]}``.

    `turning` has, for the rank of a point, the claims on which both its sides would turn.
    """
    return {
        "disagreements": [
            {
                "rank": point.rank,
                "kind": point.kind.value,
                "kinds": [kind.value for kind in point.kinds],
                "question": point.question.label if point.question else None,
                "topics": [topic.label for topic in point.topics],
                "score": point.score,
                "parts": {
                    "stakes": round(point.parts.stakes, 6),
                    "balance": round(point.parts.balance, 6),
                    "answered": round(point.parts.answered, 6),
                    "weight": point.parts.weight,
                },
                "contention": None if point.contention is None else round(point.contention, 6),
                "sides": [
                    {
                        "speakers": [speaker.label for speaker in side.speakers],
                        "claims": [brief_claim(debate, claim) for claim in side.claims],
                        "backing": side.backing,
                        "replied": side.replied,
                    }
                    for side in point.sides
                ],
                "links": [link_json(debate, link) for link in point.links],
                **(
                    {"double_cruxes": [brief_claim(debate, c) for c in turning[point.rank]]}
                    if turning
                    else {}
                ),
            }
            for point in points
        ]
    }


def agreements_json(debate: Debate, points: Iterable[Agreement]) -> Plain:
    """``{"agreements": [{rank, kind, speakers, topics, score, stakes, claims, links}]}``."""
    return {
        "agreements": [
            {
                "rank": point.rank,
                "kind": point.kind.value,
                "speakers": [speaker.label for speaker in point.speakers],
                "topics": [topic.label for topic in point.topics],
                "score": point.score,
                "stakes": round(point.stakes, 6),
                "claims": [brief_claim(debate, claim) for claim in point.claims],
                "links": [link_json(debate, link) for link in point.links],
            }
            for point in points
        ]
    }


def findings_json(findings: Iterable[Finding]) -> Plain:
    """``{"findings": [{file, line, column, severity, rule, node, message, remedy}]}``."""
    return {
        "findings": [
            {
                "file": finding.file,
                "line": finding.line,
                "column": finding.column,
                "severity": finding.severity.value,
                "rule": finding.rule,
                "node": finding.node,
                "message": finding.message,
                "remedy": finding.remedy,
            }
            for finding in findings
        ]
    }


def brief_claim(debate: Debate, claim: Claim) -> Plain:
    """``{iri, name, text, speakers}``: a claim as it stands in a list."""
    return {
        "iri": claim.iri,
        "name": debate.name(claim.iri),
        "text": claim.text,
        "speakers": speaker_labels(debate, claim.speakers),
    }


def claim_json(debate: Debate, claim: Claim) -> Plain:
    """All that is known of a claim, with its links in both directions."""
    number = debate.claim_numbers[claim.iri]

    def labels(
        iris: tuple[str, ...], numbers: dict[str, int], entities: Iterable[Any]
    ) -> list[str]:
        listed = list(entities)
        return [listed[numbers[iri]].label for iri in iris]

    return {
        **brief_claim(debate, claim),
        "kind": claim.kind.value,
        "reporters": speaker_labels(debate, claim.reporters),
        "topics": labels(claim.topics, debate.topic_numbers, debate.topics),
        "questions": labels(claim.questions, debate.question_numbers, debate.questions),
        "values": labels(claim.values, debate.value_numbers, debate.values),
        "options": labels(claim.options, debate.option_numbers, debate.options),
        "criteria": labels(claim.criteria, debate.criterion_numbers, debate.criteria),
        "scopes": labels(claim.scopes, debate.topic_numbers, debate.topics),
        "strength": claim.strength,
        "needs_backing": claim.needs_backing,
        "said_on": claim.said_on,
        "identifier": claim.identifier,
        "quotes": [quote_json(debate, quote) for quote in claim.quotes],
        "notes": list(claim.notes),
        "links": [link_json(debate, debate.link_at(n)) for n in debate.links_from[number]],
        "linked_from": [link_json(debate, debate.link_at(n)) for n in debate.links_to[number]],
    }


def link_json(debate: Debate, link: Link) -> Plain:
    """``{iri, name, kind, from, to, speakers}``: names of premises and of the conclusion."""
    return {
        "iri": link.iri,
        "name": debate.name(link.iri),
        "kind": link.kind.word,
        "from": [debate.name(iri) for iri in link.premises],
        "to": debate.name(link.conclusion),
        "speakers": speaker_labels(debate, link.speakers),
    }


def quote_json(debate: Debate, quote: Quote) -> Plain:
    """``{exact, document}``, with the document's title."""
    document = debate.document_numbers.get(quote.document)
    title = "" if document is None else debate.documents[document].title
    return {"exact": quote.exact, "document": title}


def speaker_labels(debate: Debate, iris: Iterable[str]) -> list[str]:
    """The readable names of speakers."""
    return [debate.speakers[debate.speaker_numbers[iri]].label for iri in iris]
