"""Stakes: how many claims bear on a point or hang on it, for all points of a debate at once.

One walk for each point is the square of the debate. Here the debate is condensed to the circles in
which everything bears on everything, and a thousand claims at a time are carried along it as the
bits of a number.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from ..debate import Debate
from ..semantics.components import strong_components
from ..semantics.effects import premises_by_link
from ..semantics.framework import Framework

BLOCK = 2048
"""How many claims are carried at a time: a quarter of a kilobyte for each component."""


def reached_counts(
    debate: Debate, groups: Sequence[Collection[int]], *, block: int = BLOCK
) -> list[int]:
    """For each group of claims, how many claims are in it, bear on it, or hang on it.

    A claim bears on another if a chain of links, of any kind, leads from it there (see
    `reach.bearing_on`); the other then hangs on it. `block` is how many claims are carried at a
    time. O(claims · links / block) steps on numbers of `block` bits.
    """
    component, after = _condensed(debate)
    counts = [0] * len(groups)
    of_groups = [tuple({component[claim] for claim in group}) for group in groups]
    for start in range(0, len(debate), block):
        own = [0] * len(after)
        for bit, claim in enumerate(range(start, min(start + block, len(debate)))):
            own[component[claim]] |= 1 << bit
        reached = _carried(own, after)
        for number, components in enumerate(of_groups):
            bits = 0
            for each in components:
                bits |= reached[each]
            counts[number] += bits.bit_count()
    return counts


def _carried(own: list[int], after: list[list[int]]) -> list[int]:
    """For each component the bits of itself, of all before it and of all after it."""
    before_it, after_it = own[:], own[:]
    for each, targets in enumerate(after):
        for target in targets:
            before_it[target] |= before_it[each]
    for each in range(len(after) - 1, -1, -1):
        for target in after[each]:
            after_it[each] |= after_it[target]
    return [before | behind for before, behind in zip(before_it, after_it, strict=True)]


def _condensed(debate: Debate) -> tuple[list[int], list[list[int]]]:
    """The component of each node, and the components to which links lead from each component.

    Components are numbered in topological order. Nodes are claims and links; a premise leads to
    its link, a link to its conclusion.
    """
    count = len(debate)
    links = np.arange(len(debate.link_iris)) + count
    of_premise, premises = premises_by_link(debate)
    sources = np.concatenate([premises, links])
    targets = np.concatenate([links[of_premise], np.asarray(debate.link_conclusions)])
    component, number = strong_components(Framework(count + len(links), sources, targets))
    pairs = np.unique(np.stack([component[sources], component[targets]], axis=1), axis=0)
    after: list[list[int]] = [[] for _ in range(number)]
    for source, target in pairs.tolist():
        if source != target:
            after[source].append(target)
    return component.tolist(), after
