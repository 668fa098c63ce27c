"""Induced disagreement: where speakers' views differ, given what each of them accepts.

A stated disagreement is one that somebody put into words. An induced one follows: under what each
speaker takes for granted (`dissensus.graph.semantics.views`), a claim stands in one view and falls
in the other. The two are never mixed.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..debate import Debate
from ..semantics.audiences import shared_ground as before_every_audience
from ..semantics.flattening import flatten
from ..semantics.framework import WORDS
from ..semantics.profiles import Profile
from ..semantics.views import directly_below, really_differ, spoken_of, view_of
from .reach import bearing_on


@dataclass(frozen=True, slots=True)
class ViewDifference:
    """A claim on which two speakers' views differ: its label in each.

    It is on the `frontier` if the views agree on everything that bears on it directly, apart from
    claims that it bears on itself: the root of the quarrel, below which the two agree. `stated`
    says whether both spoke of it: each asserts, accepts or rejects it, or a claim that restates it,
    or holds a claim that rebuts it.
    """

    claim: int
    first: str
    second: str
    frontier: bool
    stated: bool


def view_differences(
    debate: Debate, first: int, second: int, profile: Profile = Profile.REASON
) -> tuple[ViewDifference, ...]:
    """The claims that speakers number `first` and `second` see differently, by IRI.

    Silence is no disagreement: a claim that is in or out in one view and undecided in the other is
    listed only if both spoke of it, or of a claim that bears on it directly.

    Cost: two grounded labellings.
    """
    labels = [_labels(debate, speaker, profile) for speaker in (first, second)]
    spoken = [spoken_of(debate, speaker) for speaker in (first, second)]
    differing = {
        claim
        for claim in range(len(debate))
        if really_differ(debate, claim, (labels[0][claim], labels[1][claim]), spoken)
    }
    return tuple(
        ViewDifference(
            claim,
            WORDS[labels[0][claim]],
            WORDS[labels[1][claim]],
            frontier=not _differing_below(debate, claim, differing),
            stated=all(claim in claims for claims in spoken),
        )
        for claim in sorted(differing)
    )


def shared_ground(debate: Debate) -> tuple[int, ...]:
    """The claims that stand in every speaker's view and before every audience, by number.

    Claims that only one speaker made, and that nobody disputes, are among them.
    """
    standing = set(before_every_audience(debate))
    for speaker in range(len(debate.speakers)):
        labels = _labels(debate, speaker, Profile.REASON)
        standing &= {claim for claim, label in enumerate(labels) if label == 1}
    return tuple(sorted(standing))


def _labels(debate: Debate, speaker: int, profile: Profile) -> list[int]:
    return flatten(debate, profile, changes=view_of(debate, speaker)).grounded_labels()


def _differing_below(debate: Debate, claim: int, differing: set[int]) -> set[int]:
    """The claims under dispute that bear on this one directly, and on which it does not bear."""
    below = differing & directly_below(debate, claim)
    return {other for other in below if claim not in bearing_on(debate, [other])}
