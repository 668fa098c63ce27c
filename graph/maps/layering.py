"""Which layer each node of a diagram stands on: what is argued for above what argues for it.

The first step of the layered drawing of Sugiyama, Tagawa and Toda (1981). Nodes that attack each
other, rival answers, and an undercutting claim beside the premise it speaks to, share a layer.
Layers are filled like a schedule (Coffman and Graham 1972), so that none grows too wide.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """An edge from a lower node to the upper one it speaks to.

    A step that is not `strict` is an attack: its ends may stand side by side.
    """

    lower: int
    upper: int
    strict: bool = True


@dataclass(slots=True)
class Companions:
    """Which nodes would rather share a layer.

    `rows` are sets of rivals. `beside` are (undercutting claim, premise, conclusion) of an
    undercut step: the claim joins the premise, unless that stands beside the conclusion itself.
    """

    rows: list[tuple[int, ...]] = field(default_factory=list)
    beside: list[tuple[int, int, int]] = field(default_factory=list)


def layers_of(
    sizes: Sequence[int], steps: Sequence[Step], companions: Companions, limit: int
) -> list[int]:
    """The layer of each node, 0 the topmost.

    `sizes[n]` is how much of a layer's `limit` node n takes; only a single set of companions may
    exceed it. If the steps have no cycle, a strict step's lower node is on a greater layer than
    its upper node, whatever the companions; attacks too, unless their ends share a layer.
    In a cycle, attacks give way before strict steps. Cost: O((V + E) log V).
    """
    unit = _units(len(sizes), steps, companions)
    above = _acyclic(unit, steps)
    return _scheduled(unit, sizes, above, limit)


# -- which nodes move together --------------------------------------------------------------


def _joined(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """For each node the smallest node it is joined to."""
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for first, second in pairs:
        low, high = sorted((root(first), root(second)))
        parent[high] = low
    return [root(node) for node in range(count)]


def _units(count: int, steps: Sequence[Step], companions: Companions) -> list[int]:
    pairs = {(s.lower, s.upper) for s in steps}
    mutual = [(low, high) for low, high in sorted(pairs) if low < high and (high, low) in pairs]
    fixed = _joined(count, mutual)
    rows = [(row[0], other) for row in companions.rows for other in row[1:]]
    wished = _joined(count, [*mutual, *rows])
    beside = [
        (claim, premise)
        for claim, premise, conclusion in companions.beside
        if wished[premise] != wished[conclusion]
    ]
    wished = _joined(count, [*mutual, *rows, *beside])

    edges = {(wished[s.lower], wished[s.upper]) for s in steps}
    component = strong_components(count, [e for e in edges if e[0] != e[1]])
    crowd = Counter(component[u] for u in set(wished))
    dissolved = {u for u in wished if crowd[component[u]] > 1}
    dissolved.update(
        wished[s.lower]
        for s in steps
        if s.strict and wished[s.lower] == wished[s.upper] and fixed[s.lower] != fixed[s.upper]
    )
    return [fixed[n] if wished[n] in dissolved else wished[n] for n in range(count)]


def strong_components(count: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    """For each node, a number shared by just the nodes on a common cycle (Tarjan 1972)."""
    following: list[list[int]] = [[] for _ in range(count)]
    for first, second in sorted(edges):
        following[first].append(second)
    index = [-1] * count
    low = [0] * count
    component = [-1] * count
    stack: list[int] = []
    clock = found = 0
    for start in range(count):
        if index[start] >= 0:
            continue
        work = [(start, 0)]
        while work:
            node, position = work.pop()
            if position == 0:
                index[node] = low[node] = clock
                clock += 1
                stack.append(node)
            for place in range(position, len(following[node])):
                other = following[node][place]
                if index[other] < 0:
                    work.extend([(node, place + 1), (other, 0)])
                    break
                if component[other] < 0:
                    low[node] = min(low[node], index[other])
            else:
                if low[node] == index[node]:
                    while component[node] < 0:
                        component[stack.pop()] = found
                    found += 1
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
    return component


# -- which steps decide ---------------------------------------------------------------------


def _acyclic(unit: Sequence[int], steps: Sequence[Step]) -> list[tuple[int, int]]:
    """(lower, upper) pairs of units without a cycle: all, but for what cycles made give way."""
    strict = {(unit[s.lower], unit[s.upper]) for s in steps if s.strict}
    attacks = {(unit[s.lower], unit[s.upper]) for s in steps if not s.strict} - strict
    strict = {pair for pair in strict if pair[0] != pair[1]}
    attacks = {pair for pair in attacks if pair[0] != pair[1]}
    component = strong_components(len(unit), strict | attacks)
    rank = _ranks(len(unit), strict)
    return sorted(
        (lower, upper)
        for lower, upper in strict | attacks
        if component[lower] != component[upper] or rank[lower] > rank[upper]
    )


def _ranks(count: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    """A numbering in which uppers come before lowers, but for edges that close a cycle."""
    following: list[list[int]] = [[] for _ in range(count)]
    for lower, upper in sorted(edges, reverse=True):
        following[upper].append(lower)
    seen = [False] * count
    finished: list[int] = []
    for start in range(count - 1, -1, -1):
        work = [(start, False)]
        while work:
            node, done = work.pop()
            if done:
                finished.append(node)
            elif not seen[node]:
                seen[node] = True
                work.append((node, True))
                work.extend((other, False) for other in following[node] if not seen[other])
    rank = [0] * count
    for place, node in enumerate(reversed(finished)):
        rank[node] = place
    return rank


# -- filling the layers ---------------------------------------------------------------------


def _scheduled(
    unit: Sequence[int], sizes: Sequence[int], above: Sequence[tuple[int, int]], limit: int
) -> list[int]:
    """List scheduling: the units with the longest chain below them first."""
    below: dict[int, list[int]] = {u: [] for u in sorted(set(unit))}
    waiting = dict.fromkeys(below, 0)
    for lower, upper in above:
        below[upper].append(lower)
        waiting[lower] += 1
    width = dict.fromkeys(below, 0)
    for node, size in enumerate(sizes):
        width[unit[node]] += size
    chain = _chain_lengths(below, waiting)

    ready = [(-chain[u], u) for u in below if not waiting[u]]
    heapq.heapify(ready)
    layer: dict[int, int] = {}
    current = 0
    while ready:
        placed: list[int] = []
        used = 0
        while ready and (not placed or used + width[ready[0][1]] <= limit):
            placed.append(heapq.heappop(ready)[1])
            used += width[placed[-1]]
        for u in placed:
            layer[u] = current
            for lower in below[u]:
                waiting[lower] -= 1
                if not waiting[lower]:
                    heapq.heappush(ready, (-chain[lower], lower))
        current += 1
    return [layer[u] for u in unit]


def _chain_lengths(below: dict[int, list[int]], waiting: dict[int, int]) -> dict[int, int]:
    left = dict(waiting)
    order = [u for u, count in left.items() if not count]
    for u in order:
        for lower in below[u]:
            left[lower] -= 1
            if not left[lower]:
                order.append(lower)
    chain = dict.fromkeys(below, 0)
    for u in reversed(order):
        chain[u] = 1 + max((chain[lower] for lower in below[u]), default=-1)
    return chain
