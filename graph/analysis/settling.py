"""What would settle a point of disagreement: the claims on which both sides would turn."""

from __future__ import annotations

from ..debate import Debate
from ..semantics.cruxes import DoubleCrux, double_cruxes
from ..semantics.profiles import Profile
from .disagreements import Disagreement


def double_cruxes_of(
    debate: Debate, point: Disagreement, profile: Profile = Profile.REASON
) -> tuple[DoubleCrux, ...]:
    """The double cruxes of a point between two sides: what both would turn on.

    The claim in dispute is the first of the first side that a speaker there asserts; the speakers
    are the first of each side who is not on the other. Empty where no two speakers part, and for
    points of more than two sides. The claims of the sides themselves are left out: that one would
    turn on the rival answer is true of every rival answer, and tells nobody anything.
    """
    if len(point.sides) != 2:
        return ()
    sides = [[debate.speaker_numbers[s.iri] for s in side.speakers] for side in point.sides]
    only = [
        [speaker for speaker in ours if speaker not in theirs]
        for ours, theirs in (sides, sides[::-1])
    ]
    if not all(only) or not point.sides[0].claims:
        return ()
    claim = debate.claim_numbers[point.sides[0].claims[0].iri]
    disputed = {
        debate.positions[debate.claim_numbers[c.iri]] for side in point.sides for c in side.claims
    }
    return tuple(
        double
        for double in double_cruxes(debate, claim, only[0][0], only[1][0], profile)
        if debate.positions[double.claim] not in disputed
    )
