"""Camps: sets of speakers and claims that cannot all be right, and the links between them.

Every way in which a debate parts its speakers is found here: rival answers, rebuttals, undercuts
and rejected claims. How much a quarrel matters is measured in `disagreements`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ..debate import Debate
from ..terms import LinkKind


class Kind(StrEnum):
    """What two camps disagree about.

    Of several that apply, the first in this order names the point.
    """

    WITHIN = "within"
    """One speaker against himself: nobody else is on either side."""
    SCOPE = "scope"
    """The sides speak of different domains, so both may be right."""
    RIVAL_ANSWERS = "rival answers"
    """Answers to a question that admits only one."""
    UNDERCUT = "undercut"
    """The facts are accepted and the step from them is denied."""
    VALUES = "values"
    """The sides promote different values, and for each side some audience prefers its value."""
    REBUTTAL = "rebuttal"
    """A conclusion is contradicted, or a speaker rejects it."""


@dataclass(frozen=True)
class Camps:
    """A point before it is measured: numbers of claims, speakers and links."""

    kind: Kind
    sides: tuple[frozenset[int], ...]
    speakers: tuple[frozenset[int], ...]
    links: frozenset[int]
    question: int | None = None


def find_camps(debate: Debate) -> Iterator[Camps]:
    """Every point at which the debate parts, in an order that depends only on its IRIs."""
    return _Finder(debate).camps()


class _Finder:
    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.members = _members(debate)
        self.accepted = self._stances(accepted=True)
        self.rejected = self._stances(accepted=False)

    def camps(self) -> Iterator[Camps]:
        rivals = list(self._rival_answers())
        rebuttals = list(self._rebuttals({link for camps in rivals for link in camps.links}))
        yield from rivals
        yield from rebuttals
        yield from self._rejections([*rivals, *rebuttals])
        yield from self._undercuts()

    def _stances(self, *, accepted: bool) -> dict[int, set[int]]:
        """Position → who accepts it, or who rejects it."""
        found = defaultdict(set)
        for stance in self.debate.stances:
            if stance.accepts is accepted:
                claim = self.debate.claim_numbers[stance.claim]
                speaker = self.debate.speaker_numbers[stance.speaker]
                found[self.debate.positions[claim]].add(speaker)
        return found

    def _holders(self, claims: Iterable[int]) -> frozenset[int]:
        """Who asserts one of the claims, or accepts it."""
        holders: set[int] = set()
        for claim in claims:
            holders.update(self.debate.claim_speakers[claim])
            holders.update(self.accepted.get(self.debate.positions[claim], ()))
        return frozenset(holders)

    def _claims(self, positions: Iterable[int]) -> frozenset[int]:
        return frozenset(claim for position in positions for claim in self.members[position])

    def _positions(self, claims: Iterable[int]) -> frozenset[int]:
        return frozenset(self.debate.positions[claim] for claim in claims)

    def _rival_answers(self) -> Iterator[Camps]:
        for number, question in enumerate(self.debate.questions):
            positions = sorted(self._positions(self.debate.answers_to[number]))
            if not question.exclusive or len(positions) < 2:
                continue
            sides = tuple(self.members[position] for position in positions)
            speakers = tuple(self._holders(side) for side in sides)
            links = frozenset(self._attacks_between(sides))
            yield Camps(Kind.RIVAL_ANSWERS, sides, speakers, links, number)

    def _attacks_between(self, sides: tuple[frozenset[int], ...]) -> Iterator[int]:
        side_of = {claim: number for number, side in enumerate(sides) for claim in side}
        for claim, side in side_of.items():
            for link in self.debate.links_to[claim]:
                sources = {side_of.get(premise) for premise in self.debate.link_premises[link]}
                if LinkKind(self.debate.link_kinds[link]).attacks and sources - {None, side}:
                    yield link

    def _rebuttals(self, settled: set[int]) -> Iterator[Camps]:
        """Rebuttals; those of the same speakers against the same position taken together.

        A rebuttal and the one that answers it are one quarrel.
        """
        debate = self.debate
        groups: dict[_Group, dict[frozenset[int], set[int]]] = defaultdict(dict)
        for link, kind in enumerate(debate.link_kinds):
            target = debate.link_conclusions[link]
            if kind != LinkKind.REBUTTAL or link in settled or target >= len(debate):
                continue
            attackers = self._positions(debate.link_premises[link])
            group = debate.positions[target], self._holders(self._claims(attackers))
            groups[group].setdefault(attackers, set()).add(link)

        links_of: dict[_Group, set[int]] = defaultdict(set)
        attackers_of: dict[_Group, frozenset[int]] = defaultdict(frozenset)
        placed: dict[tuple[frozenset[int], int], _Group] = {}
        for group in sorted(groups, key=lambda g: (-len(groups[g]), g[0], sorted(g[1]))):
            target = group[0]
            for attackers, links in sorted(groups[group].items(), key=lambda item: sorted(item[0])):
                answered = placed.get((frozenset({target}), min(attackers)))
                if answered and len(attackers) == 1:
                    links_of[answered] |= links
                    continue
                placed[attackers, target] = group
                links_of[group] |= links
                attackers_of[group] |= attackers
        for group, attacking in attackers_of.items():
            sides = self.members[group[0]], self._claims(attacking)
            rejecting = self.rejected.get(group[0], set())
            speakers = self._holders(sides[0]), group[1] | rejecting
            yield Camps(Kind.REBUTTAL, sides, speakers, frozenset(links_of[group]))

    def _rejections(self, known: list[Camps]) -> Iterator[Camps]:
        """Claims that a speaker rejects who makes no claim of his own against them."""
        parted = {
            (position, speaker)
            for camps in known
            for number, side in enumerate(camps.sides)
            for position in self._positions(side)
            for other, speakers in enumerate(camps.speakers)
            if other != number
            for speaker in speakers
        }
        for position, speakers in sorted(self.rejected.items()):
            left = frozenset(s for s in speakers if (position, s) not in parted)
            if left:
                side = self.members[position]
                yield Camps(
                    Kind.REBUTTAL, (side, frozenset()), (self._holders(side), left), frozenset()
                )

    def _undercuts(self) -> Iterator[Camps]:
        """Undercuts; those of the same speakers against the same step taken together."""
        debate, count = self.debate, len(self.debate)
        against: dict[_Group, set[int]] = defaultdict(set)
        for link, kind in enumerate(debate.link_kinds):
            node = debate.link_conclusions[link]
            if kind == LinkKind.UNDERCUT and node >= count:
                against[node - count, self._authors(link)].add(link)
        for (step, speakers), links in sorted(against.items(), key=lambda item: sorted(item[1])):
            premises = [p for link in sorted(links) for p in debate.link_premises[link]]
            stepping = set(debate.link_premises[step])
            conclusion = debate.link_conclusions[step]
            if conclusion < count and not LinkKind(debate.link_kinds[step]).attacks:
                stepping.add(conclusion)
            yield Camps(
                Kind.UNDERCUT,
                (frozenset(stepping), self._claims(self._positions(premises))),
                (self._authors(step), speakers),
                frozenset(links | {step}),
            )

    def _authors(self, link: int) -> frozenset[int]:
        """Who makes the step: its own speakers, or those of its premises."""
        own = frozenset(self.debate.link_speakers[link])
        return own or self._holders(self.debate.link_premises[link])


_Group = tuple[int, frozenset[int]]
"""What is attacked (a position or a step) and by which speakers."""


def _members(debate: Debate) -> dict[int, frozenset[int]]:
    """Position → the claims that state it."""
    found = defaultdict(set)
    for claim, position in enumerate(debate.positions):
        found[position].add(claim)
    return {position: frozenset(claims) for position, claims in found.items()}
