"""In which order the strengths of a bipolar framework are computed.

A strength depends on the strengths of the attackers and supporters, so sources come before
targets. Nodes on no cycle are computed once, level by level. Nodes that depend on one another (a
strongly connected component) are computed together, after all they depend on. No function here
calls itself, and the work is linear in nodes and edges, apart from sorting.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .components import strong_components
from .framework import Framework

IntArray: TypeAlias = NDArray[np.int64]

NARROW: Final = 24
"""For so few nodes or edges a loop in Python is faster than calls of numpy."""


class Stage(NamedTuple):
    """Rows `first` to `last` (exclusive), which need nothing from a later row.

    Without `component` they do not depend on one another either. Otherwise each of them lies on a
    cycle, and `component` is the number of its strongly connected component within the stage.
    """

    first: int
    last: int
    component: IntArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class EvaluationOrder:
    """The nodes as rows in the order of evaluation, and their incoming edges row by row.

    `nodes` is the node of each row and `row` the row of each node. The edges into row ``r`` stand
    in the slots ``start[r]`` to ``start[r + 1]``; `edge` is the edge of each slot and `source` the
    row its source has. Slots of a row are sorted by source, whatever the order of the edges.
    """

    nodes: IntArray
    row: IntArray
    start: IntArray
    edge: IntArray
    source: IntArray
    stages: tuple[Stage, ...]


def evaluation_order(node_count: int, source: IntArray, target: IntArray) -> EvaluationOrder:
    """The order in which to evaluate `node_count` nodes joined by edges ``source → target``.

    Deterministic; among equals the lower node number comes first.
    """
    level = _levels(node_count, source, target)
    if (level < 0).any():
        component = _components(node_count, source, target, level < 0)
        between = component[source] != component[target]
        level = _levels(node_count, component[source[between]], component[target[between]])
        level = level[component]
        cyclic = np.zeros(node_count, dtype=bool)
        cyclic[target[~between]] = True
        step = level * 2 + cyclic
        nodes = np.argsort(step, kind="stable")
        stages = tuple(
            Stage(a, b, _numbered(component[nodes[a:b]]) if cyclic[nodes[a]] else None)
            for a, b in pairwise(bounds_of(step[nodes]))
        )
    else:
        nodes = np.argsort(level, kind="stable")
        stages = tuple(Stage(a, b) for a, b in pairwise(bounds_of(level[nodes])))
    row = np.empty(node_count, dtype=np.int64)
    row[nodes] = np.arange(node_count)
    edge = np.argsort(row[target] * node_count + row[source], kind="stable")
    start = row_starts(row[target], node_count)
    return EvaluationOrder(nodes, row, start, edge, row[source[edge]], stages)


def row_starts(rows: IntArray, count: int) -> IntArray:
    """Where each of `count` rows begins once `rows` is sorted; one more entry for the end."""
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return starts


def slots_of(start: IntArray, rows: IntArray) -> IntArray:
    """The slots of several rows, one row after the other."""
    counts = start[rows + 1] - start[rows]
    ends = np.cumsum(counts)
    total = int(ends[-1]) if ends.size else 0
    slots: IntArray = np.arange(total) + np.repeat(start[rows] - ends + counts, counts)
    return slots


def bounds_of(keys: IntArray) -> list[int]:
    """The places where runs of equal keys begin, and the end."""
    if not keys.size:
        return [0]
    return [0, *(np.flatnonzero(np.diff(keys)) + 1).tolist(), keys.size]


def _levels(node_count: int, source: IntArray, target: IntArray) -> IntArray:
    """The longest way from a node without sources to each node; -1 on and after a cycle."""
    start = row_starts(source, node_count)
    targets = target[np.argsort(source, kind="stable")]
    waiting = np.bincount(target, minlength=node_count).astype(np.int64)
    level = np.full(node_count, -1, dtype=np.int64)
    frontier = np.flatnonzero(waiting == 0)
    depth = 0
    while frontier.size:
        if frontier.size < NARROW:
            frontier, depth = _narrow_levels(
                frontier, depth, start=start, targets=targets, waiting=waiting, level=level
            )
            continue
        level[frontier] = depth
        reached = targets[slots_of(start, frontier)]
        np.subtract.at(waiting, reached, 1)
        frontier = np.unique(reached[waiting[reached] == 0])
        depth += 1
    return level


def _narrow_levels(
    frontier: IntArray,
    depth: int,
    *,
    start: IntArray,
    targets: IntArray,
    waiting: IntArray,
    level: IntArray,
) -> tuple[IntArray, int]:
    """Go on level by level in plain Python until a level is wide or none is left."""
    starts, ends, waits, levels = start.data, targets.data, waiting.data, level.data
    nodes = frontier.tolist()
    while 0 < len(nodes) < NARROW:
        following = []
        for node in nodes:
            levels[node] = depth
            for slot in range(starts[node], starts[node + 1]):
                end = ends[slot]
                waits[end] -= 1
                if not waits[end]:
                    following.append(end)
        nodes = following
        depth += 1
    return np.array(nodes, dtype=np.int64), depth


def _components(
    node_count: int, source: IntArray, target: IntArray, residue: NDArray[np.bool_]
) -> IntArray:
    """The lowest node of each node's strongly connected component; `residue` may be on cycles."""
    nodes = np.flatnonzero(residue)
    local = np.zeros(node_count, dtype=np.int64)
    local[nodes] = np.arange(nodes.size)
    kept = residue[source] & residue[target]
    label, _ = strong_components(Framework(nodes.size, local[source[kept]], local[target[kept]]))
    _, lowest = np.unique(label, return_index=True)
    component = np.arange(node_count)
    component[nodes] = nodes[lowest[label]]
    return component


def _numbered(labels: IntArray) -> IntArray:
    """The labels replaced by 0, 1, 2 …, in ascending order."""
    _, number = np.unique(labels, return_inverse=True)
    return number
