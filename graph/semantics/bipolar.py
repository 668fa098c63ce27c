"""A quantitative bipolar argumentation framework, held in integer arrays.

Nodes are numbered from 0. Each has an initial strength in [0, 1], what it is worth before anyone
replies. Edges go from source to target; each is a support or an attack and has a weight in
[0, 1] that scales what its source passes on. Two edges may join the same nodes, and a node may
attack or support itself.

Source: Rago, Toni, Aurisicchio, Baroni, "Discontinuity-Free Decision Support with Quantitative
Argumentation Debates", KR 2016 (trees); Potyka, "Continuous Dynamical Systems for Weighted Bipolar
Argumentation", KR 2018 (any graph); edge weights: Yin, Potyka, Rago, Kampik, Toni, "Contestability
in Quantitative Argumentation", arXiv:2507.11323.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import UsageError
from .evaluation_order import EvaluationOrder, IntArray, evaluation_order, row_starts

FloatArray: TypeAlias = NDArray[np.float64]

SUPPORT: Final = 1
ATTACK: Final = -1


class BipolarFramework:
    """Nodes with initial strengths, and supports and attacks between them. Do not change it.

    Attributes:
        initial: the initial strength of each node, in [0, 1].
        source, target: the nodes that each edge joins.
        sign: `SUPPORT` (1) or `ATTACK` (-1) for each edge.
        weight: how much of its source's strength each edge passes on, in [0, 1].

    Raises:
        UsageError: an array has the wrong length, or a number lies outside its range.
    """

    def __init__(
        self,
        initial: ArrayLike,
        source: ArrayLike,
        target: ArrayLike,
        sign: ArrayLike,
        weight: ArrayLike | None = None,
    ) -> None:
        self.initial: FloatArray = np.ascontiguousarray(initial, dtype=np.float64)
        self.source: IntArray = np.ascontiguousarray(source, dtype=np.int64)
        self.target: IntArray = np.ascontiguousarray(target, dtype=np.int64)
        self.sign: IntArray = np.ascontiguousarray(sign, dtype=np.int64)
        self.weight: FloatArray = (
            np.ones(self.source.size)
            if weight is None
            else np.ascontiguousarray(weight, dtype=np.float64)
        )
        columns = (self.source, self.target, self.sign, self.weight)
        if self.initial.ndim != 1 or any(column.shape != self.source.shape for column in columns):
            raise UsageError("source, target, sign and weight need one entry for each edge")
        for ends in (self.source, self.target):
            if ends.size and not 0 <= ends.min() <= ends.max() < self.initial.size:
                raise UsageError(f"an edge leaves the {self.initial.size} nodes of the framework")
        if not np.isin(self.sign, (SUPPORT, ATTACK)).all():
            raise UsageError("the sign of an edge is 1 (support) or -1 (attack)")
        for what, numbers in (("initial strength", self.initial), ("edge weight", self.weight)):
            if not ((numbers >= 0) & (numbers <= 1)).all():
                raise UsageError(f"an {what} lies outside 0 to 1")

    @classmethod
    def from_pairs(
        cls,
        initial: Sequence[float],
        *,
        attacks: Iterable[tuple[int, int]] = (),
        supports: Iterable[tuple[int, int]] = (),
    ) -> Self:
        """A framework from pairs (source, target); the attacks are numbered first."""
        attacks, supports = list(attacks), list(supports)
        ends = np.array(attacks + supports, dtype=np.int64).reshape(-1, 2)
        sign = [ATTACK] * len(attacks) + [SUPPORT] * len(supports)
        return cls(initial, ends[:, 0], ends[:, 1], sign)

    def __len__(self) -> int:
        return self.initial.size

    def require_node(self, node: int) -> None:
        """Raise a `UsageError` unless there is such a node."""
        if not 0 <= node < len(self):
            raise UsageError(f"no node {node} in a framework of {len(self)}")

    @cached_property
    def order(self) -> EvaluationOrder:
        """The order of evaluation; worked out once. O(n + m), apart from sorting."""
        return evaluation_order(len(self), self.source, self.target)

    @cached_property
    def _sources(self) -> tuple[IntArray, IntArray]:
        """Where each node's sources begin, and the sources."""
        by_target = np.argsort(self.target, kind="stable")
        return row_starts(self.target, len(self)), self.source[by_target]

    def ancestors(self, node: int) -> IntArray:
        """The nodes whose strength can matter to `node`, ascending, and `node` itself.

        Cost: linear in the nodes and edges above `node`.

        Raises:
            UsageError: there is no such node.
        """
        self.require_node(node)
        starts, sources = (column.data for column in self._sources)
        found = {node}
        open_nodes = [node]
        while open_nodes:
            current = open_nodes.pop()
            for slot in range(starts[current], starts[current + 1]):
                source = sources[slot]
                if source not in found:
                    found.add(source)
                    open_nodes.append(source)
        return np.array(sorted(found), dtype=np.int64)

    def restricted_to(self, nodes: IntArray) -> BipolarFramework:
        """The framework of these nodes (ascending) and the edges among them.

        Node ``i`` of the result is ``nodes[i]``; edges keep their sequence.
        """
        number = np.full(len(self), -1, dtype=np.int64)
        number[nodes] = np.arange(nodes.size)
        kept = (number[self.source] >= 0) & (number[self.target] >= 0)
        return BipolarFramework(
            self.initial[nodes],
            number[self.source[kept]],
            number[self.target[kept]],
            self.sign[kept],
            self.weight[kept],
        )
