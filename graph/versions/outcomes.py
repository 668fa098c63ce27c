"""What two versions amount to: points of disagreement and agreement, verdicts and strengths."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from ..analysis.agreements import Agreement, agreements
from ..analysis.disagreements import Disagreement, disagreements
from ..debate import Debate
from ..semantics.verdicts import Status, Verdicts
from .pairing import Pairing

SHARED = 0.5
"""Share of its claims by which a point is known again, of those of both versions together."""

SCORE_STEP = 0.05
"""By how much a score differs at least to be told: every new claim changes all of them a little."""

P = TypeVar("P", Disagreement, Agreement)


class PointKind(StrEnum):
    """What became of a point."""

    OPENED = "opened"
    CLOSED = "closed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class PointChange(Generic[P]):
    """A point before and after; one is missing where it was opened or closed.

    `what` says what differs: ``kind``, ``question``, ``sides`` (of an agreement ``speakers`` and
    ``claims``), ``score``, and ``rank`` if it overtook another point or fell behind one.
    """

    old: P | None
    new: P | None
    what: tuple[str, ...] = ()

    @property
    def kind(self) -> PointKind:
        """What became of it."""
        if self.old is None:
            return PointKind.OPENED
        return PointKind.CLOSED if self.new is None else PointKind.MOVED


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A claim that is in both versions (by its new IRI), with its status and strength in each."""

    claim: str
    before: Status
    after: Status
    old_strength: float
    new_strength: float


def disagreement_changes(
    old: Debate, new: Debate, pairing: Pairing
) -> tuple[PointChange[Disagreement], ...]:
    """The points of disagreement that opened, closed or moved; by rank, the closed ones last."""

    def claims(point: Disagreement) -> frozenset[str]:
        return frozenset(claim.iri for side in point.sides for claim in side.claims)

    def sides(point: Disagreement, moved: Callable[[str], str]) -> set[object]:
        return {
            (
                frozenset(moved(claim.iri) for claim in side.claims),
                frozenset(speaker.iri for speaker in side.speakers),
            )
            for side in point.sides
        }

    def differing(one: Disagreement, other: Disagreement) -> list[str]:
        questions = [point.question.iri if point.question else "" for point in (one, other)]
        found = {
            "kind": one.kinds != other.kinds,
            "question": questions[0] != questions[1],
            "sides": sides(one, pairing.moved) != sides(other, lambda iri: iri),
        }
        return [name for name, differs in found.items() if differs]

    return _point_changes(disagreements(old), disagreements(new), claims, differing, pairing)


def agreement_changes(
    old: Debate, new: Debate, pairing: Pairing
) -> tuple[PointChange[Agreement], ...]:
    """The points of agreement that opened, closed or moved; by rank, the closed ones last."""

    def claims(point: Agreement) -> frozenset[str]:
        return frozenset(claim.iri for claim in point.claims)

    def differing(one: Agreement, other: Agreement) -> list[str]:
        speakers = [{speaker.iri for speaker in point.speakers} for point in (one, other)]
        found = {
            "kind": one.kind != other.kind,
            "speakers": speakers[0] != speakers[1],
            "claims": set(map(pairing.moved, claims(one))) != claims(other),
        }
        return [name for name, differs in found.items() if differs]

    return _point_changes(agreements(old), agreements(new), claims, differing, pairing)


def _point_changes(
    olds: Sequence[P],
    news: Sequence[P],
    claims: Callable[[P], frozenset[str]],
    differing: Callable[[P, P], list[str]],
    pairing: Pairing,
) -> tuple[PointChange[P], ...]:
    before = [frozenset(map(pairing.moved, claims(point))) for point in olds]
    after = [claims(point) for point in news]
    same = _matched(before, after, lambda i, j: olds[i].kind == news[j].kind)
    overtaking = _out_of_order(same)
    found = []
    for place, point in enumerate(news):
        if place not in same:
            found.append(PointChange(None, point))
            continue
        old = olds[same[place]]
        what = differing(old, point)
        what += ["score"] if abs(old.score - point.score) >= SCORE_STEP else []
        what += ["rank"] if place in overtaking else []
        if what:
            found.append(PointChange(old, point, tuple(what)))
    taken = set(same.values())
    found += [PointChange(old, None) for place, old in enumerate(olds) if place not in taken]
    return tuple(found)


def _matched(
    before: Sequence[frozenset[str]],
    after: Sequence[frozenset[str]],
    alike: Callable[[int, int], bool],
) -> dict[int, int]:
    """New place → old place of the same point: the one that shares most claims, then the kind."""
    having: dict[str, list[int]] = defaultdict(list)
    for place, claims in enumerate(before):
        for claim in claims:
            having[claim].append(place)
    candidates = []
    for new, claims in enumerate(after):
        for old in sorted({place for claim in claims for place in having.get(claim, ())}):
            share = len(claims & before[old]) / len(claims | before[old])
            if share >= SHARED:
                candidates.append((-share, not alike(old, new), new, old))
    same: dict[int, int] = {}
    taken: set[int] = set()
    for _share, _kind, new, old in sorted(candidates):
        if new not in same and old not in taken:
            same[new] = old
            taken.add(old)
    return same


def _out_of_order(same: dict[int, int]) -> set[int]:
    """The fewest new places without which the points that remain are in their old order.

    These are all but a longest increasing subsequence.
    """
    places = sorted(same)
    ends: list[int] = []
    lasts: list[int] = []
    previous: dict[int, int | None] = {}
    for place in places:
        length = bisect_left(ends, same[place])
        previous[place] = lasts[length - 1] if length else None
        ends[length:] = [same[place], *ends[length + 1 :]]
        lasts[length:] = [place, *lasts[length + 1 :]]
    kept: set[int] = set()
    place_or_none = lasts[-1] if lasts else None
    while place_or_none is not None:
        kept.add(place_or_none)
        place_or_none = previous[place_or_none]
    return set(places) - kept


def verdict_changes(
    old: Debate, new: Debate, before: Verdicts, after: Verdicts, pairing: Pairing
) -> tuple[VerdictChange, ...]:
    """The claims of both versions whose status or strength differs, by IRI."""
    found = []
    for one, other in sorted(pairing.claims.items(), key=lambda item: item[1]):
        was = before.verdicts[old.claim_numbers[one]]
        now = after.verdicts[new.claim_numbers[other]]
        if was.status is not now.status or was.strength != now.strength:
            change = VerdictChange(other, was.status, now.status, was.strength, now.strength)
            found.append(change)
    return tuple(found)
