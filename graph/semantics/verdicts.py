"""Verdicts: which claims stand after all that was said, and how strong they are.

A claim's status is that of labellings (Wu & Caminada 2010): *in* if every extension accepts it,
*out* if every extension defeats it, *undecided* otherwise. Where the time given was not enough to
tell, the status is *unknown*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..debate import Debate
from ..model import Audience
from .flattening import Changes, Flattening, flatten
from .framework import WORDS, Semantics
from .gradual import GradualSemantics
from .preferences import chosen_audience
from .profiles import Profile
from .weighing import claim_strengths


class Status(StrEnum):
    """Where a claim stands."""

    IN = "in"
    OUT = "out"
    UNDECIDED = "undecided"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where one claim stands, and its strength in [0, 1].

    `credulous` says whether some extension accepts it, `sceptical` whether every one does; None
    where time was up.
    """

    claim: int
    status: Status
    credulous: bool | None
    sceptical: bool | None
    strength: float


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdicts on all claims, by number, and what they were reached under.

    `converged` is false if the strengths on some cycle did not come to rest.
    """

    semantics: Semantics
    profile: Profile
    audience: Audience | None
    strength_semantics: GradualSemantics
    verdicts: tuple[Verdict, ...]
    converged: bool

    def with_status(self, status: Status) -> tuple[Verdict, ...]:
        """The verdicts with this status."""
        return tuple(verdict for verdict in self.verdicts if verdict.status is status)


def verdicts(
    debate: Debate,
    semantics: Semantics = Semantics.GROUNDED,
    *,
    profile: Profile = Profile.REASON,
    audience: str | Audience | None = None,
    strength: GradualSemantics = GradualSemantics.QUADRATIC_ENERGY,
    changes: Changes | None = None,
    timeout: float | None = None,
) -> Verdicts:
    """Where every claim stands.

    `audience` is one of the debate's audiences, or its name; `timeout` is in seconds and bounds
    semantics other than the grounded one, whose cost is linear.

    Raises:
        UnknownNameError: the debate has no such audience.
    """
    chosen, order = chosen_audience(debate, audience)
    flat = flatten(debate, profile, order=order, changes=changes, negate_all=True)
    if semantics is Semantics.GROUNDED:
        found = _grounded(flat)
    else:
        found = _by_extensions(flat, semantics, timeout)
    weights, result = claim_strengths(debate, strength, order=order)
    return Verdicts(
        semantics,
        profile,
        chosen,
        strength,
        tuple(
            Verdict(claim, *found[claim], strength=weights[claim]) for claim in range(len(debate))
        ),
        result.converged,
    )


_Found = list[tuple[Status, bool | None, bool | None]]


def _grounded(flat: Flattening) -> _Found:
    statuses = [Status(WORDS[label]) for label in flat.grounded_labels()]
    return [(status, status is Status.IN, status is Status.IN) for status in statuses]


def _by_extensions(flat: Flattening, semantics: Semantics, timeout: float | None) -> _Found:
    from .acceptance import acceptance

    accepted = acceptance(flat.framework, semantics, timeout=timeout)
    answers = {1: True, -1: False, 0: None}

    def status(node: int) -> Status:
        if accepted.exists is False:
            return Status.UNDECIDED  # no extension: nothing is accepted or defeated by all
        stands, falls = accepted.sceptical[node], accepted.sceptical[flat.negations[node]]
        if stands == 1 and accepted.exists:
            return Status.IN
        if falls == 1 and accepted.exists:
            return Status.OUT
        if stands == falls == -1:
            return Status.UNDECIDED
        return Status.UNKNOWN

    return [
        (
            status(node),
            answers[int(accepted.credulous[node])],
            answers[int(accepted.sceptical[node])],
        )
        for node in flat.claim_nodes
    ]


def extensions_of(
    debate: Debate,
    semantics: Semantics,
    *,
    profile: Profile = Profile.REASON,
    order: Sequence[int] | None = None,
    timeout: float | None = None,
) -> tuple[int | None, tuple[tuple[tuple[int, ...], ...], ...]]:
    """The extensions as sets of claims: how many in all, and the alternatives of each component.

    The first component has one alternative: what is in every extension. The count is exact, or
    None if time was up; alternatives that differ in links alone are listed once.
    """
    from .extensions import all_extensions

    flat = flatten(debate, profile, order=order)
    found = all_extensions(flat.framework, semantics, timeout=timeout)
    claims_of: dict[int, list[int]] = {}
    for claim, node in enumerate(flat.claim_nodes):
        claims_of.setdefault(node, []).append(claim)

    def claims(nodes: Sequence[int]) -> tuple[int, ...]:
        return tuple(sorted(c for node in nodes for c in claims_of.get(int(node), ())))

    components: list[tuple[tuple[int, ...], ...]] = [
        (claims([int(node) for node in found.always]),)
    ]
    for factor in found.factors:
        if factor.alternatives is not None:
            sets = {
                claims([int(n) for n in factor.members(k)]) for k in range(len(factor.alternatives))
            }
            components.append(tuple(sorted(sets)))
    return found.count, tuple(components)
