"""Cruxes: the smallest changes of mind that would flip a verdict.

A change is a claim given up (forced out), a claim conceded (forced in) or a link dropped. A set of
changes is a crux of a claim if its grounded label changes and no smaller part of the set does it:
an actual cause with contingencies of size k - 1 (Chockler & Halpern 2004). Every flip is computed,
none is guessed from gradients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from ..debate import Debate
from .flattening import Changes, Flattening, flatten
from .flips import Labels
from .framework import IN, OUT, WORDS
from .profiles import Profile
from .views import really_differ, spoken_of, view_of

MOST_SETS = 50_000
"""How many sets of changes are tried at most; `Cruxes.complete` says whether that was enough."""


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

    `changes` are made beforehand. Single changes take time linear in the part of the debate that
    bears on the claim, and in what each change touches; sets of more are tried one by one, up to
    `MOST_SETS`.
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
        view = view_of(debate, speaker, leaving_open=claim)
        flat = flatten(debate, profile, changes=view)
        labels.append(flat.grounded_labels())
        found.append({crux.changes[0].number: crux for crux in _loosened(flat, claim, view)})
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
    """Single cruxes among claims in a speaker's view; what he holds himself he may give up.

    Claims that restate each other are given up together: each that he holds is listed.
    """
    single = cruxes_in(flat, claim)
    found = {
        crux.changes[0].number: crux
        for crux in single.cruxes
        if crux.changes[0].move is not Move.DROP
    }
    given_up = {
        flat.claim_nodes[number]: crux
        for number, crux in found.items()
        if crux.changes[0].move is Move.GIVE_UP
    }
    for held in sorted(view.accepted - found.keys()):
        if crux := given_up.get(flat.claim_nodes[held]):
            found[held] = replace(crux, changes=(Change(Move.GIVE_UP, held),))
    return list(found.values())


def cruxes_in(flat: Flattening, claim: int, size: int = 1) -> Cruxes:
    """The same in a framework that is at hand, for many claims of one debate."""
    target = flat.claim_nodes[claim]
    cone = flat.framework.ancestors(target)
    place = {int(node): index for index, node in enumerate(cone)}
    labels = Labels(flat.framework.restricted_to(cone))
    aim = place[target]
    before = labels.labels[aim]
    moves = _moves(flat, place, labels, target)
    found: list[Crux] = []
    minimal: list[frozenset[int]] = []
    memory: dict[tuple[int, int], int] = {}
    tried = 0
    for count in range(1, size + 1):
        for chosen in combinations(range(len(moves)), count):
            if tried == MOST_SETS and count > 1:
                return Cruxes(claim, WORDS[before], tuple(found), complete=False)
            tried += count > 1
            indexes = frozenset(chosen)
            if any(known <= indexes for known in minimal):
                continue
            forced = {moves[i][1]: moves[i][2] for i in chosen}
            if len(forced) < count:
                continue
            after = labels.label_after(aim, forced, memory)
            if after != before:
                minimal.append(indexes)
                changes = tuple(moves[i][0] for i in chosen)
                found.append(Crux(changes, WORDS[before], WORDS[after]))
    return Cruxes(claim, WORDS[before], tuple(found), complete=True)


def _moves(
    flat: Flattening, place: dict[int, int], labels: Labels, target: int
) -> list[tuple[Change, int, int]]:
    """What may be changed: the change, its argument in the cone, the label it forces."""
    moves = []
    seen: set[int] = set()
    for number, node in enumerate(flat.claim_nodes):
        if node == target or node not in place or node in seen:
            continue
        seen.add(node)  # claims that restate each other are given up together
        label = labels.labels[place[node]]
        if label != OUT:
            moves.append((Change(Move.GIVE_UP, number), place[node], OUT))
        if label != IN:
            moves.append((Change(Move.CONCEDE, number), place[node], IN))
    for number, node in enumerate(flat.link_nodes):
        if node >= 0 and node in place and labels.labels[place[node]] != OUT:
            moves.append((Change(Move.DROP, number), place[node], OUT))
    return moves
