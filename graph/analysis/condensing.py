"""Walks along a debate from every claim at once: circles condensed, claims carried as bits.

One walk for each claim is the square of the debate. Here the debate is condensed to the circles in
which everything leads to everything, and a few thousand claims at a time are carried along it as
the bits of a number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any

import numpy as np

from ..semantics.components import strong_components
from ..semantics.framework import Framework

BLOCK = 4096
"""How many claims are carried at a time: half a kilobyte for each component."""


class Condensed:
    """A relation between nodes with its circles condensed, for sets carried as bits.

    `component` has the component of each node; components are numbered in topological order.
    """

    def __init__(self, size: int, sources: Any, targets: Any) -> None:
        component, number = strong_components(Framework(size, sources, targets))
        pairs = np.unique(np.stack([component[sources], component[targets]], axis=1), axis=0)
        self.component: list[int] = component.tolist()
        self._after: list[list[int]] = [[] for _ in range(number)]
        for source, target in pairs.tolist():
            if source != target:
                self._after[source].append(target)

    def components_of(self, nodes: Collection[int]) -> tuple[int, ...]:
        """The components that hold these nodes."""
        return tuple({self.component[node] for node in nodes})

    def marked(self, nodes: Iterable[tuple[int, int]]) -> list[int]:
        """For each component the bits of its nodes, given as (node, bit)."""
        own = [0] * len(self._after)
        for node, bit in nodes:
            own[self.component[node]] |= 1 << bit
        return own

    def before(self, own: list[int]) -> list[int]:
        """For each component its own bits and those of all that leads to it."""
        found = own[:]
        for bits, targets in zip(found, self._after, strict=True):
            if bits:
                for target in targets:
                    found[target] |= bits
        return found

    def after(self, own: list[int]) -> list[int]:
        """For each component its own bits and those of all that it leads to."""
        found = own[:]
        for each in range(len(found) - 1, -1, -1):
            for target in self._after[each]:
                found[each] |= found[target]
        return found


def joined(bits: list[int], components: Iterable[int]) -> int:
    """The bits of several components."""
    return reduce(or_, (bits[component] for component in components), 0)
