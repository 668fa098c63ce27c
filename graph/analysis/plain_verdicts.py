"""Verdicts, cruxes and what follows from them as plain dictionaries: the promised JSON shapes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..debate import Debate
from ..semantics.audiences import AudienceVerdicts
from ..semantics.cruxes import Change, Crux, Cruxes, DoubleCrux, Move
from ..semantics.explaining import Reason
from ..semantics.influences import Influences
from ..semantics.verdicts import Verdicts
from ..semantics.what_if import WhatIf
from .comparison import Comparison
from .evidence import Evidence, Source
from .gaps import Gap, GapKind
from .plain import Plain, brief_claim, link_json
from .views import ViewDifference


def verdicts_json(debate: Debate, found: Verdicts, claims: Iterable[int]) -> Plain:
    """``{"semantics", "profile", "audience", …, "verdicts": [{iri, name, status, strength, …}]}``.

    The verdicts are those on `claims`, in that order.
    """
    return {
        "semantics": found.semantics.value,
        "profile": found.profile.value,
        "audience": found.audience.label if found.audience else None,
        "strength_semantics": found.strength_semantics.value,
        "strengths_converged": found.converged,
        "verdicts": [
            {
                **brief_claim(debate, debate.claim_at(verdict.claim)),
                "status": verdict.status.value,
                "strength": round(verdict.strength, 6),
                "credulous": verdict.credulous,
                "sceptical": verdict.sceptical,
            }
            for verdict in (found.verdicts[claim] for claim in claims)
        ],
    }


def reason_json(debate: Debate, reason: Reason) -> Plain:
    """``{"sentence", "claim", "because": […]}``, as deep as the explanation."""
    name = None if reason.claim is None else debate.name(debate.claim_iris[reason.claim])
    return {
        "sentence": reason.sentence,
        "claim": name,
        "because": [reason_json(debate, below) for below in reason.because],
    }


def extensions_json(
    debate: Debate, count: int | None, components: Sequence[Sequence[Sequence[int]]]
) -> Plain:
    """``{"count", "components": [[[names], …], …]}``: alternatives component by component."""
    return {
        "count": count,
        "components": [
            [[debate.name(debate.claim_iris[c]) for c in claims] for claims in alternatives]
            for alternatives in components
        ],
    }


def cruxes_json(debate: Debate, found: Cruxes) -> Plain:
    """``{"claim", "before", "complete", "cruxes": [{"changes", "before", "after"}]}``."""
    return {
        "claim": brief_claim(debate, debate.claim_at(found.claim)),
        "before": found.before,
        "complete": found.complete,
        "cruxes": [_crux(debate, crux) for crux in found.cruxes],
    }


def double_cruxes_json(debate: Debate, claim: int, found: Iterable[DoubleCrux]) -> Plain:
    """``{"claim", "double_cruxes": [{"crux", "first", "second"}]}``."""
    return {
        "claim": brief_claim(debate, debate.claim_at(claim)),
        "double_cruxes": [
            {
                "crux": brief_claim(debate, debate.claim_at(double.claim)),
                "first": _crux(debate, double.first),
                "second": _crux(debate, double.second),
            }
            for double in found
        ],
    }


def _crux(debate: Debate, crux: Crux) -> Plain:
    return {
        "changes": [change_json(debate, change) for change in crux.changes],
        "before": crux.before,
        "after": crux.after,
    }


def change_json(debate: Debate, change: Change) -> Plain:
    """``{"move", …}`` with the claim, or the link, that it is about."""
    if change.move is Move.DROP:
        about = link_json(debate, debate.link_at(change.number))
    else:
        about = brief_claim(debate, debate.claim_at(change.number))
    return {"move": change.move.value, **about}


def influences_json(debate: Debate, found: Influences) -> Plain:
    """``{"claim", "strength", "threshold", …, "influences": [{…, gradient, removal, …}]}``."""
    return {
        "claim": brief_claim(debate, debate.claim_at(found.claim)),
        "strength": round(found.strength, 6),
        "threshold": found.threshold,
        "strength_semantics": found.semantics.value,
        "converged": found.converged,
        "influences": [
            {
                **brief_claim(debate, debate.claim_at(influence.claim)),
                "gradient": round(influence.gradient, 6),
                "removal": round(influence.removal, 6),
                "shapley": influence.shapley and round(influence.shapley[0], 6),
                "shapley_error": influence.shapley and round(influence.shapley[1], 6),
                "tipping_weight": influence.tipping and round(influence.tipping, 6),
            }
            for influence in found.influences
        ],
    }


def what_if_json(debate: Debate, found: WhatIf) -> Plain:
    """``{"changes": {rejected, accepted, dropped}, "withdrawn": […], "shifts": […]}``."""

    def names(claims: Iterable[int]) -> list[str]:
        return [debate.name(debate.claim_iris[claim]) for claim in sorted(claims)]

    return {
        "changes": {
            "rejected": names(found.changes.rejected),
            "accepted": names(found.changes.accepted),
            "dropped": [debate.name(debate.link_iris[n]) for n in sorted(found.changes.dropped)],
        },
        "withdrawn": [
            {"source": withdrawal.label, "claims": names(withdrawal.claims)}
            for withdrawal in found.withdrawn
        ],
        "shifts": [
            {
                **brief_claim(debate, debate.claim_at(shift.claim)),
                "before": shift.before.value,
                "after": shift.after.value,
            }
            for shift in found.shifts
        ],
    }


def audiences_json(debate: Debate, found: Iterable[AudienceVerdicts]) -> Plain:
    """``{"audiences": [{…, acceptance, sentence, accepted, undecided, …}]}``."""
    return {
        "audiences": [
            {
                **brief_claim(debate, debate.claim_at(verdict.claim)),
                "acceptance": verdict.acceptance.value,
                "sentence": verdict.sentence,
                "accepted": verdict.accepted,
                "undecided": verdict.undecided,
                "orders": verdict.orders,
                "exact": verdict.exact,
                "declared": {audience.label: label for audience, label in verdict.declared},
                "pivot": [
                    [{"better": c.better.label, "worse": c.worse.label} for c in part]
                    for part in verdict.pivot
                ],
            }
            for verdict in found
        ]
    }


def evidence_json(debate: Debate, found: Evidence) -> Plain:
    """What a claim rests on, with names; see `Evidence` for the keys."""

    def names(claims: Iterable[int]) -> list[str]:
        return [debate.name(debate.claim_iris[claim]) for claim in claims]

    def sources(found: Iterable[Source], labels: Sequence[str]) -> list[Plain]:
        return [{"label": labels[s.number], "claims": s.claims} for s in found]

    documents = [document.title for document in debate.documents]
    speakers = [speaker.label for speaker in debate.speakers]
    return {
        "evidence": {
            **brief_claim(debate, debate.claim_at(found.claim)),
            "independent_sources": found.independent_sources,
            "backing": names(found.backing),
            "foundations": names(found.foundations),
            "source_documents": sources(found.documents, documents),
            "source_speakers": sources(found.speakers, speakers),
            "source_reporters": sources(found.reporters, speakers),
            "points_of_failure": {
                "documents": [documents[n] for n in found.failing_documents],
                "speakers": [speakers[n] for n in found.failing_speakers],
                "claims": names(found.failing_claims),
                "links": [debate.name(debate.link_iris[n]) for n in found.failing_links],
            },
        }
    }


def gap_subject(debate: Debate, gap: Gap) -> tuple[str, str]:
    """Name and text of what a gap is about: a claim, a question or a topic."""
    if gap.kind is GapKind.ONE_ANSWER:
        question = debate.questions[gap.subject]
        return debate.name(question.iri), question.label
    if gap.kind is GapKind.NOT_ADDRESSED:
        topic = debate.topics[gap.subject]
        return debate.name(topic.iri), topic.label
    return debate.name(debate.claim_iris[gap.subject]), debate.claim_texts[gap.subject]


def gaps_json(debate: Debate, found: Iterable[Gap]) -> Plain:
    """``{"gaps": [{kind, name, text, step, claims, speakers, raised_by}]}``."""
    return {
        "gaps": [
            {
                "kind": gap.kind.value,
                "name": gap_subject(debate, gap)[0],
                "text": gap_subject(debate, gap)[1],
                "step": None if gap.step is None else link_json(debate, debate.link_at(gap.step)),
                "claims": [debate.name(debate.claim_iris[claim]) for claim in gap.claims],
                "speakers": [debate.speakers[s].label for s in gap.speakers],
                "raised_by": [debate.speakers[s].label for s in gap.raised_by],
            }
            for gap in found
        ]
    }


def comparison_json(debate: Debate, found: Comparison, judged: Verdicts) -> Plain:
    """``{"comparison": {rows, columns, cells: [{row, column, claims: […]}]}}`` with statuses."""
    return {
        "comparison": {
            "rows": list(found.rows),
            "columns": list(found.columns),
            "cells": [
                {
                    "row": found.rows[row],
                    "column": found.columns[column],
                    "claims": [
                        {
                            **brief_claim(debate, debate.claim_at(claim)),
                            "status": judged.verdicts[claim].status.value,
                            "strength": round(judged.verdicts[claim].strength, 6),
                        }
                        for claim in claims
                    ],
                }
                for (row, column), claims in found.cells.items()
            ],
        }
    }


def shared_ground_json(debate: Debate, claims: Iterable[int]) -> Plain:
    """``{"shared_ground": [{iri, name, text, speakers}]}``."""
    return {"shared_ground": [brief_claim(debate, debate.claim_at(claim)) for claim in claims]}


def views_json(debate: Debate, found: Iterable[ViewDifference]) -> Plain:
    """``{"induced": [{…, first, second, frontier, stated}]}``."""
    return {
        "induced": [
            {
                **brief_claim(debate, debate.claim_at(difference.claim)),
                "first": difference.first,
                "second": difference.second,
                "frontier": difference.frontier,
                "stated": difference.stated,
            }
            for difference in found
        ]
    }
