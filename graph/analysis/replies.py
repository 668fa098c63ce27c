"""Cases and replies: what backs each side of a quarrel, and which side has attacked another.

The case of a side is its claims and all that backs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..debate import Debate
from ..terms import LinkKind
from .condensing import BLOCK, Condensed, joined
from .reach import SUPPORTING


@dataclass(slots=True)
class Cases:
    """The cases of one quarrel: how many claims each has, and the places of those that reply.

    A case replies from which an attack goes to a claim or a step of another that is not its own.
    """

    sizes: list[int]
    replying: set[int]


def cases_of(
    debate: Debate, quarrels: Sequence[Sequence[frozenset[int]]], *, block: int = BLOCK
) -> list[Cases]:
    """The cases of each quarrel, which is given as the claims of its sides.

    `block` is how many claims are carried at a time. O(claims · links / block) steps on numbers of
    `block` bits.
    """
    backing = _backing_condensed(debate)
    hitting = _hitting(debate)
    found = [Cases([0] * len(sides), set()) for sides in quarrels]
    of_sides = [[backing.components_of(side) for side in sides] for sides in quarrels]
    for start in range(0, len(debate), block):
        claims = range(start, min(start + block, len(debate)))
        members = backing.before(backing.marked((c, bit) for bit, c in enumerate(claims)))
        hits = backing.before(
            backing.marked((hitter, bit) for bit, c in enumerate(claims) for hitter in hitting[c])
        )
        for cases, sides in zip(found, of_sides, strict=True):
            bits = [joined(members, components) for components in sides]
            for number, (case, components) in enumerate(zip(bits, sides, strict=True)):
                cases.sizes[number] += case.bit_count()
                if number not in cases.replying:
                    others = joined(bits, (n for n in range(len(bits)) if n != number)) & ~case
                    if others and joined(hits, components) & others:
                        cases.replying.add(number)
    return found


def _backing_condensed(debate: Debate) -> Condensed:
    """What supports what, or is evidence for it."""
    pairs = [
        (premise, conclusion)
        for link, kind in enumerate(debate.link_kinds)
        if kind in SUPPORTING and (conclusion := debate.link_conclusions[link]) < len(debate)
        for premise in debate.link_premises[link]
    ]
    sources, targets = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Condensed(len(debate), sources, targets)


def _hitting(debate: Debate) -> list[list[int]]:
    """For each claim, the claims from which an attack goes to it, or to a step that it is in."""
    hitting: list[list[int]] = [[] for _ in range(len(debate))]
    for attackers, hit in _attacks(debate):
        for claim in hit:
            hitting[claim].extend(attackers)
    return hitting


def _attacks(debate: Debate) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The premises of each attack, and the claim it ends on or the premises of the step."""
    count = len(debate)
    for link, kind in enumerate(debate.link_kinds):
        if LinkKind(kind).attacks:
            node = debate.link_conclusions[link]
            hit = (node,) if node < count else debate.link_premises[node - count]
            yield debate.link_premises[link], hit
