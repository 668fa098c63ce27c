"""Cruxes: the smallest changes of mind that would flip a verdict.

A change is a claim given up (forced out), a claim conceded (forced in) or a link dropped. A set of
changes is a crux of a claim if its grounded label changes and no smaller part of the set does it:
an actual cause with contingencies of size k - 1 (Chockler & Halpern 2004). Every flip is computed,
none is guessed from gradients.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TypeAlias

import numpy as np

from ..debate import Debate
from .flattening import Changes, Flattening, flatten
from .flips import Labels
from .framework import OUT, WORDS, IntArray
from .profiles import Profile
from .reliance import relied_on
from .views import really_differ, spoken_of, view_of

MOST_SETS = 50_000
"""How many sets of changes are tried at most; `Cruxes.complete` says whether that was enough."""


_Forcing: TypeAlias = tuple[int, int]
"""An argument and the label that is forced on it."""


class Move(StrEnum):
    """A kind of change of mind."""

    GIVE_UP = "give up"
    CONCEDE = "concede"
    DROP = "drop"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One change of mind: what is done, to which claim (give up, concede) or link (drop)."""

    move: Move
    number: int


@dataclass(frozen=True, slots=True)
class Crux:
    """A minimal set of changes, and the label of the claim before and after them."""

    changes: tuple[Change, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Cruxes:
    """The cruxes of a claim, the smallest first; `complete` is false if the search was cut."""

    claim: int
    before: str
    cruxes: tuple[Crux, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class DoubleCrux:
    """A claim on which both speakers would turn.

    `first` and `second` are the flips of the disputed claim in each speaker's view when he changes
    his mind about `claim`.
    """

    claim: int
    first: Crux
    second: Crux


def cruxes(
    debate: Debate,
    claim: int,
    *,
    size: int = 1,
    profile: Profile = Profile.REASON,
    order: Sequence[int] | None = None,
    changes: Changes | None = None,
) -> Cruxes:
    """The minimal sets of up to `size` changes (1 to 3) that change the claim's grounded label.

    `changes` are made beforehand. Only changes to what the label relies on are tried
    (`reliance.relied_on`), each in time linear in what it touches; of sets of more than one at most
    `MOST_SETS`. The part of the debate that bears on the claim is labelled once, in linear time.
    """
    flat = flatten(debate, profile, order=order, changes=changes)
    return cruxes_in(flat, claim, size)


def double_cruxes(
    debate: Debate, claim: int, first: int, second: int, profile: Profile = Profile.REASON
) -> tuple[DoubleCrux, ...]:
    """The claims on which speakers `first` and `second` differ and both would turn.

    A claim is listed if the two speakers' views label it differently, not just because one of them
    is silent on it (`views.really_differ`), and in each view a change of mind about it changes the
    label of the disputed claim. See `views.view_of` for a view.
    """
    spoken = [spoken_of(debate, speaker) for speaker in (first, second)]
    found = []
    labels = []
    for speaker in (first, second):
        changes = view_of(debate, speaker, leaving_open=claim)
        flat = flatten(debate, profile, changes=changes)
        labels.append(flat.grounded_labels())
        loose = _loosened(flat, claim, changes)
        found.append({crux.changes[0].number: crux for crux in loose})
    return tuple(
        DoubleCrux(number, found[0][number], found[1][number])
        for number in sorted(set(found[0]) & set(found[1]))
        if really_differ(
            debate,
            number,
            (labels[0][number], labels[1][number]),
            spoken,
        )
    )


def _loosened(flat: Flattening, claim: int, view: Changes) -> list[Crux]:
    """Single cruxes among claims in a speaker's view; what he holds himself he may give up."""
    single = cruxes_in(flat, claim)
    found = {
        crux.changes[0].number: crux
        for crux in single.cruxes
        if crux.changes[0].move is not Move.DROP
    }
    after = {flat.claim_nodes[number]: crux.after for number, crux in found.items()}
    if single.before != WORDS[OUT]:
        after[flat.claim_nodes[claim]] = WORDS[OUT]  # supports in a circle may make two claims one
    for held in sorted(view.accepted):
        if (flipped := after.get(flat.claim_nodes[held])) is not None:
            found[held] = Crux((Change(Move.GIVE_UP, held),), single.before, flipped)
    return list(found.values())


def cruxes_in(flat: Flattening, claim: int, size: int = 1) -> Cruxes:
    """The same in a framework that is at hand, for many claims of one debate.

    Larger sets grow from smaller ones that leave the label as it is, by what it then relies on: as
    in Reiter's hitting-set tree (Artificial Intelligence 32, 1987), no other can change it.
    """
    target = flat.claim_nodes[claim]
    cone = flat.framework.ancestors(target)
    labels = Labels(flat.framework.restricted_to(cone))
    aim = int(np.searchsorted(cone, target))
    before = labels.labels[aim]
    moves = _Moves(flat, cone, labels.labels, aim)
    found: list[Crux] = []
    minimal: set[frozenset[_Forcing]] = set()
    memory: dict[_Forcing, int] = {}
    tried = 0
    harmless: list[frozenset[_Forcing]] = [frozenset()]
    for count in range(1, size + 1):
        larger = {
            forcings | {forcing}
            for forcings in harmless
            for forcing in relied_on(labels, aim, labels.shift(dict(sorted(forcings))))
            if forcing in moves
        }
        harmless = []
        for forcings in sorted(larger, key=moves.places):
            parts = (p for k in range(1, count) for p in combinations(forcings, k))
            if any(frozenset(part) in minimal for part in parts):
                continue
            if tried == MOST_SETS:
                return Cruxes(claim, WORDS[before], tuple(found), complete=False)
            tried += count > 1
            after = labels.label_after(aim, dict(sorted(forcings)), memory)
            if after == before:
                harmless.append(forcings)
            else:
                minimal.add(forcings)
                found.append(Crux(moves.changes(forcings), WORDS[before], WORDS[after]))
    return Cruxes(claim, WORDS[before], tuple(found), complete=True)


class _Moves:
    """What may be changed: an argument of the cone and the label that a change of mind forces."""

    def __init__(self, flat: Flattening, cone: IntArray, labels: Sequence[int], aim: int) -> None:
        self._labels = labels
        self._aim = aim
        # claims that restate each other are given up together, and named by the first
        self._claims = _first_numbers(flat.claim_nodes, flat.framework.size)[cone].tolist()
        self._links = _first_numbers(flat.link_nodes, flat.framework.size)[cone].tolist()

    def __contains__(self, forcing: _Forcing) -> bool:
        node, label = forcing
        if node == self._aim or label == self._labels[node]:
            return False
        return self._claims[node] >= 0 or (label == OUT and self._links[node] >= 0)

    def changes(self, forcings: Iterable[_Forcing]) -> tuple[Change, ...]:
        """The changes of mind that force these labels: claims before links, by number."""
        return tuple(map(self._change, sorted(forcings, key=self._place)))

    def places(self, forcings: Iterable[_Forcing]) -> list[tuple[bool, int, bool]]:
        """Where a set of changes stands in a list."""
        return sorted(map(self._place, forcings))

    def _change(self, forcing: _Forcing) -> Change:
        node, label = forcing
        if self._claims[node] < 0:
            return Change(Move.DROP, self._links[node])
        return Change(Move.GIVE_UP if label == OUT else Move.CONCEDE, self._claims[node])

    def _place(self, forcing: _Forcing) -> tuple[bool, int, bool]:
        change = self._change(forcing)
        return change.move is Move.DROP, change.number, change.move is Move.CONCEDE


def _first_numbers(nodes: array[int], size: int) -> IntArray:
    """For each of `size` nodes the first number that has it, or -1."""
    column = np.asarray(nodes, dtype=np.int64)
    numbers = np.flatnonzero(column >= 0)[::-1].astype(np.int32)
    first = np.full(size, -1, dtype=np.int32)
    first[column[numbers]] = numbers  # where a node comes twice, the last one written stays
    return first
