"""Strongly and weakly connected components, and the pieces they cut a framework into.

No function here calls itself: a chain of any length is no danger.

Source: Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1, 1972;
weak components by hooking and pointer jumping: Shiloach and Vishkin, "An O(log n) parallel
connectivity algorithm", Journal of Algorithms 3, 1982.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .compiling import run_loop
from .framework import NARROW, Framework, IntArray, Mask, distinct, rows_of


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """A part of a framework that no attack joins to the rest.

    Argument ``i`` of `framework` is ``arguments[i]`` of the whole; `arguments` ascends. Components
    of the same structure share one `framework` object, so that each structure is solved once.
    """

    framework: Framework
    arguments: IntArray


def strong_components(framework: Framework) -> tuple[IntArray, int]:
    """The strongly connected component of each argument, and how many there are.

    Components are numbered in topological order: an attack between two components leads from the
    lower number to the higher. O(arguments + attacks).
    """
    size = framework.size
    first = _unattacked_first(framework)
    number = np.full(size, -1, dtype=np.int32)
    number[first] = np.arange(first.size)
    rest = np.flatnonzero(number < 0).astype(np.int32)
    if first.size:
        framework = framework.restricted_to(rest)
    component = np.full(rest.size, -1, dtype=np.int32)
    rows = (framework.attacked_starts, framework.attacked)
    state = tuple(np.zeros(rest.size, dtype=np.int64) for _ in range(5))
    count = run_loop(_tarjan, rows, component, state, work=rest.size + framework.attack_count)
    number[rest] = first.size + count - 1 - component
    return number, first.size + count


def weak_components(framework: Framework) -> tuple[IntArray, int]:
    """The weakly connected component of each argument, and how many there are.

    Components are numbered by their lowest argument. About O((n + m) log n), in array operations.
    """
    root = np.arange(framework.size)
    source, target = framework.sources, framework.targets
    while source.size:
        ends = root[source], root[target]
        apart = ends[0] != ends[1]
        source, target = source[apart], target[apart]
        low = np.minimum(*ends)[apart]
        np.minimum.at(root, np.maximum(*ends)[apart], low)  # else a star takes a round a leaf
        while ((further := root[root]) != root).any():
            root = further
    lowest = root == np.arange(framework.size)
    return (np.cumsum(lowest, dtype=np.int32) - 1)[root], int(np.count_nonzero(lowest))


def split(framework: Framework, kept: Mask | None = None) -> tuple[Component, ...]:
    """The weakly connected components of the arguments `kept` (all, if not given).

    Ordered by their lowest argument. Linear, apart from sorting.
    """
    members = np.arange(framework.size, dtype=np.int32)
    if kept is not None:
        members = members[kept]
        framework = framework.restricted_to(members)
    component, count = weak_components(framework)
    by_component = np.argsort(component, kind="stable")
    bounds = np.searchsorted(component[by_component], np.arange(count + 1))
    local = np.empty(framework.size, dtype=np.int32)
    local[by_component] = np.arange(framework.size) - bounds[component[by_component]]
    by_attack = np.argsort(component[framework.sources], kind="stable")
    sources = local[framework.sources[by_attack]]
    targets = local[framework.targets[by_attack]]
    cuts = np.searchsorted(component[framework.sources[by_attack]], np.arange(count + 1))
    members = members[by_component]

    structures: dict[tuple[int, bytes, bytes], Framework] = {}
    result = []
    places, cut_places = bounds.tolist(), cuts.tolist()
    for number in range(count):
        first, last = places[number], places[number + 1]
        attacks = slice(cut_places[number], cut_places[number + 1])
        key = (last - first, sources[attacks].tobytes(), targets[attacks].tobytes())
        structure = structures.get(key)
        if structure is None:
            structure = Framework(last - first, sources[attacks], targets[attacks])
            structures[key] = structure
        result.append(Component(structure, members[first:last]))
    return tuple(result)


def _unattacked_first(framework: Framework) -> IntArray:
    """Arguments that nobody attacks, then those that only they attack, and so on, while many."""
    starts, attacked = framework.attacked_starts, framework.attacked
    attackers = np.bincount(attacked, minlength=framework.size)
    front = np.flatnonzero(attackers == 0).astype(np.int32)
    found = [front[:0]]
    while front.size > NARROW:
        found.append(front)
        hit = attacked[rows_of(starts, front)]
        np.subtract.at(attackers, hit, 1)
        front = distinct(hit[attackers[hit] == 0])
    return np.concatenate(found)


def _tarjan(rows: Any, component: Any, state: Any) -> int:
    """Number the strong components, those that attack no other first; returns how many.

    `index` is when an argument was first seen, 0 before; `low` the earliest argument on the stack
    that it is known to reach; `following` the next of its attacks to look at.
    """
    starts, attacked = rows
    index, low, following, path, stack = state
    count = 0
    seen = 0
    top = 0
    for root in range(len(component)):
        if index[root] != 0:
            continue
        depth = 0
        entered = root
        while depth >= 0:
            if entered >= 0:
                seen += 1
                index[entered] = seen
                low[entered] = seen
                following[entered] = starts[entered]
                path[depth] = entered
                stack[top] = entered
                top += 1
                entered = -1
            here = path[depth]
            if following[here] < starts[here + 1]:
                there = attacked[following[here]]
                following[here] += 1
                if index[there] == 0:
                    depth += 1
                    entered = there
                elif component[there] < 0:
                    low[here] = min(low[here], index[there])
                continue
            depth -= 1
            if depth >= 0:
                low[path[depth]] = min(low[path[depth]], low[here])
            if low[here] == index[here]:
                while component[here] < 0:
                    top -= 1
                    component[stack[top]] = count
                count += 1
    return count
