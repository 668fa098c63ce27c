"""The difference between two versions of a debate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from ..analysis.agreements import Agreement
from ..analysis.disagreements import Disagreement
from ..debate import Debate
from ..errors import DissensusError, UnknownNameError
from ..model import Audience, Claim, Link
from ..semantics.framework import Semantics
from ..semantics.gradual import GradualSemantics
from ..semantics.profiles import Profile
from ..semantics.verdicts import Verdicts, verdicts
from .changes import (
    Change,
    Entity,
    PositionChange,
    RelationChange,
    claim_changes,
    link_changes,
    position_changes,
    relation_changes,
    setting_changes,
)
from .outcomes import (
    PointChange,
    VerdictChange,
    agreement_changes,
    disagreement_changes,
    verdict_changes,
)
from .pairing import pair


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the versions amount to, and under what the verdicts were reached.

    `verdicts` are those that flipped, `strengths` those that moved by the threshold at least.
    """

    semantics: Semantics
    profile: Profile
    audience: Audience | None
    disagreements: tuple[PointChange[Disagreement], ...]
    agreements: tuple[PointChange[Agreement], ...]
    verdicts: tuple[VerdictChange, ...]
    strengths: tuple[VerdictChange, ...]


@dataclass(frozen=True, slots=True)
class DebateDiff:
    """What changed from `old` to `new`; `outcomes` is nothing where it was not asked for."""

    old: Debate
    new: Debate
    claims: tuple[Change[Claim], ...]
    links: tuple[Change[Link], ...]
    relations: tuple[RelationChange, ...]
    setting: tuple[Change[Entity], ...]
    positions: tuple[PositionChange, ...]
    outcomes: Outcomes | None

    def __bool__(self) -> bool:
        """Whether anything changed."""
        said = (self.claims, self.links, self.relations, self.setting, self.positions)
        return any(said) or bool(
            self.outcomes
            and (
                self.outcomes.disagreements
                or self.outcomes.agreements
                or self.outcomes.verdicts
                or self.outcomes.strengths
            )
        )


def diff(
    old: Debate,
    new: Debate,
    *,
    semantics: Semantics = Semantics.GROUNDED,
    profile: Profile = Profile.REASON,
    audience: str | None = None,
    strength: GradualSemantics = GradualSemantics.QUADRATIC_ENERGY,
    threshold: float | None = None,
    timeout: float | None = None,
    outcomes: bool = True,
) -> DebateDiff:
    """What changed in the debate: what was said, who stands where, and what it amounts to.

    A claim is known again by its IRI, else by its text (see `pairing`); a point of disagreement by
    its claims. With `threshold` in (0, 1] the claims whose strength moved by so much are listed
    too. Without `outcomes` only what was said is compared. The other options are those of
    `verdicts`. The order depends on IRIs and ranks alone. Costs as much as the points and the
    verdicts of both versions.

    Raises:
        DissensusError: a version has no such audience.
    """
    pairing = pair(old, new)
    found = DebateDiff(
        old,
        new,
        claim_changes(old, new, pairing),
        link_changes(old, new, pairing),
        relation_changes(old, new, pairing),
        setting_changes(old, new, pairing),
        position_changes(old, new, pairing),
        None,
    )
    if not outcomes:
        return found
    judge = partial(
        verdicts,
        semantics=semantics,
        profile=profile,
        audience=audience,
        strength=strength,
        timeout=timeout,
    )
    before, after = _judged(judge, "old", old), _judged(judge, "new", new)
    judged = verdict_changes(old, new, before, after, pairing) if found else ()
    return replace(
        found,
        outcomes=Outcomes(
            semantics,
            profile,
            after.audience,
            # where nothing else was said, the points are the same, and finding them takes long
            disagreement_changes(old, new, pairing) if found else (),
            agreement_changes(old, new, pairing) if found else (),
            tuple(change for change in judged if change.before is not change.after),
            tuple(
                change
                for change in judged
                if threshold is not None
                and abs(change.new_strength - change.old_strength) >= threshold
            ),
        ),
    )


def _judged(judge: Callable[[Debate], Verdicts], which: str, debate: Debate) -> Verdicts:
    try:
        return judge(debate)
    except UnknownNameError as error:
        raise DissensusError(f"in the {which} version: {error}") from None
