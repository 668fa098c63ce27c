"""The order of nodes within layers, and their x: few crossings, straight lines.

The second and third step of a layered drawing. Order: barycentre sweeps (Sugiyama et al. 1981),
then swaps of neighbours (Gansner et al. 1993). Coordinates: each layer in turn is put as near as
it can be to what it is joined to, in least squares, which isotonic regression solves exactly.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

_SWEEPS = 10
_PLACINGS = 12
_SWAPS = 4


@dataclass(frozen=True, slots=True)
class Ladder:
    """Nodes on layers and the rungs between consecutive layers.

    `layers[n]` is the layer of node n, `units[n]` a number that nodes share which must stay
    together, `widths[n]` its width, `waypoints` the first number of the nodes that are only bends
    of a line. `rungs` are (upper, lower) pairs one layer apart. `spaced` are pairs of nodes that
    need room for a line between them if they are neighbours.
    """

    layers: Sequence[int]
    units: Sequence[int]
    widths: Sequence[int]
    waypoints: int
    rungs: Sequence[tuple[int, int]]
    spaced: frozenset[tuple[int, int]]


class _Rungs:
    """The rungs as adjacency, up and down."""

    def __init__(self, ladder: Ladder) -> None:
        self.up: list[list[int]] = [[] for _ in ladder.layers]
        self.down: list[list[int]] = [[] for _ in ladder.layers]
        for upper, lower in ladder.rungs:
            self.up[lower].append(upper)
            self.down[upper].append(lower)


# -- order ----------------------------------------------------------------------------------


def ordered(ladder: Ladder) -> list[list[int]]:
    """The nodes of each layer from left to right. Deterministic; O(sweeps · E log E)."""
    rungs = _Rungs(ladder)
    order = _first_order(ladder, rungs)
    best, least = [*map(list, order)], _crossings(order, rungs)
    for sweep in range(_SWEEPS):
        downward = sweep % 2 == 0
        numbers = range(1, len(order)) if downward else range(len(order) - 2, -1, -1)
        for number in numbers:
            other = order[number - 1 if downward else number + 1]
            near = rungs.up if downward else rungs.down
            order[number] = _by_barycentre(order[number], other, near, ladder.units)
        count = _crossings(order, rungs)
        if count < least:
            best, least = [*map(list, order)], count
    return _swapped(best, rungs, ladder.units) if least else best


def _first_order(ladder: Ladder, rungs: _Rungs) -> list[list[int]]:
    """Depth first from the top, so that a subtree stays together.

    Lines that go far down go down in the middle, what is near stands to both sides of them.
    """
    ends = _ends(ladder, rungs)
    order: list[list[int]] = [[] for _ in range(max(ladder.layers) + 1)]
    together: dict[int, list[int]] = {}
    for node, unit in enumerate(ladder.units):
        together.setdefault(unit, []).append(node)
    seen: set[int] = set()
    starts = sorted(range(len(ladder.layers)), key=lambda n: (ladder.layers[n], n))
    for start in starts:
        work = [start]
        while work:
            node = work.pop()
            if node in seen:
                continue
            company = together[ladder.units[node]]
            seen.update(company)
            for member in company:
                order[ladder.layers[member]].append(member)
            for member in reversed(company):
                work.extend(reversed(_nearest_outside(rungs.down[member], ends)))
    return order


def _ends(ladder: Ladder, rungs: _Rungs) -> list[int]:
    """For each node its layer; for a bend, that of the card where its line ends below."""
    ends = list(ladder.layers)
    for node in sorted(range(ladder.waypoints, len(ends)), key=lambda n: -ladder.layers[n]):
        ends[node] = max((ends[lower] for lower in rungs.down[node]), default=ends[node])
    return ends


def _nearest_outside(nodes: Sequence[int], ends: Sequence[int]) -> list[int]:
    by_end: dict[int, list[int]] = {}
    for node in sorted(nodes):
        by_end.setdefault(ends[node], []).append(node)
    left: list[int] = []
    right: list[int] = []
    for _end, group in sorted(by_end.items()):
        half = (len(group) + 1) // 2
        left += group[:half]
        right = group[half:] + right
    return left + right


def _by_barycentre(
    layer: Sequence[int], other: Sequence[int], near: list[list[int]], units: Sequence[int]
) -> list[int]:
    place = {node: index for index, node in enumerate(other)}
    stretch = len(other) / len(layer)
    own: dict[int, float] = {}
    sums: dict[int, tuple[float, int]] = {}
    for index, node in enumerate(layer):
        spots = [place[n] for n in near[node]]
        own[node] = sum(spots) / len(spots) if spots else index * stretch
        total, count = sums.get(units[node], (0.0, 0))
        weight = max(1, len(spots))
        sums[units[node]] = (total + own[node] * weight, count + weight)
    index_of = {node: index for index, node in enumerate(layer)}
    first: dict[int, int] = {}
    for node in layer:
        first.setdefault(units[node], index_of[node])

    def key(node: int) -> tuple[float, int, float, int]:
        total, count = sums[units[node]]
        return total / count, first[units[node]], own[node], index_of[node]

    return sorted(layer, key=key)


def _crossings(order: Sequence[Sequence[int]], rungs: _Rungs) -> int:
    total = 0
    for upper, lower in pairwise(order):
        place = {node: index for index, node in enumerate(lower)}
        seen: list[int] = []
        for node in upper:
            ends = sorted(place[n] for n in rungs.down[node])
            total += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _swapped(order: list[list[int]], rungs: _Rungs, units: Sequence[int]) -> list[list[int]]:
    """Swap neighbours of a layer while that takes away crossings."""
    sizes: dict[int, int] = {}
    for unit in units:
        sizes[unit] = sizes.get(unit, 0) + 1
    place = {node: index for layer in order for index, node in enumerate(layer)}
    for _ in range(_SWAPS):
        changed = False
        for layer in order:
            for index in range(len(layer) - 1):
                left, right = layer[index], layer[index + 1]
                if units[left] != units[right] and max(sizes[units[left]], sizes[units[right]]) > 1:
                    continue
                now, then = _pair_crossings(left, right, rungs, place)
                if then < now:
                    layer[index], layer[index + 1] = right, left
                    place[left], place[right] = index + 1, index
                    changed = True
        if not changed:
            break
    return order


def _pair_crossings(left: int, right: int, rungs: _Rungs, place: dict[int, int]) -> tuple[int, int]:
    """Crossings between the rungs of two neighbours, as they stand and if they swapped."""
    now = then = 0
    for near in (rungs.up, rungs.down):
        lefts = sorted(place[n] for n in near[left])
        rights = sorted(place[n] for n in near[right])
        for spot in lefts:
            now += bisect_left(rights, spot)
            then += len(rights) - bisect_left(rights, spot + 1)
    return now, then


# -- coordinates ----------------------------------------------------------------------------

CARD_GAP = 36
LEVEL_GAP = 84
WAYPOINT_GAP = 14
STRAIGHT = 6.0
"""How much more it matters that a long line is straight than that a card is near its line."""


def separation(ladder: Ladder, left: int, right: int) -> int:
    """How far apart the centres of two neighbours must be."""
    if left >= ladder.waypoints or right >= ladder.waypoints:
        gap = WAYPOINT_GAP
    elif (left, right) in ladder.spaced or (right, left) in ladder.spaced:
        gap = LEVEL_GAP
    else:
        gap = CARD_GAP
    return (ladder.widths[left] + ladder.widths[right] + 1) // 2 + gap


def placed(ladder: Ladder, order: Sequence[Sequence[int]]) -> list[int]:
    """The x of each node's centre; the leftmost edge of any node is at 0."""
    placing = _Placing(ladder, order)
    for turn in range(_PLACINGS):
        if turn % 2 == 0:
            for number in range(1, len(order)):
                placing.settle(number, [placing.rungs.up])
        else:
            for number in range(len(order) - 2, -1, -1):
                placing.settle(number, [placing.rungs.down])
    for number in range(len(order)):
        placing.settle(number, [placing.rungs.up, placing.rungs.down])
    return placing.rounded()


class _Placing:
    """Layers of nodes at their x, which settle one by one."""

    def __init__(self, ladder: Ladder, order: Sequence[Sequence[int]]) -> None:
        self.ladder = ladder
        self.order = order
        self.rungs = _Rungs(ladder)
        self.x = [0.0] * len(ladder.layers)
        self.offsets: list[list[int]] = []
        for layer in order:
            spots = [0]
            for left, right in pairwise(layer):
                spots.append(spots[-1] + separation(ladder, left, right))
            self.offsets.append(spots)
            for node, spot in zip(layer, spots, strict=True):
                self.x[node] = spot - spots[-1] / 2

    def settle(self, number: int, nears: Sequence[list[list[int]]]) -> None:
        """Puts a layer as near as can be to what its nodes are joined to."""
        layer, spots = self.order[number], self.offsets[number]
        wishes = [self._wish(node, spot, nears) for node, spot in zip(layer, spots, strict=True)]
        units = [self.ladder.units[node] for node in layer]
        levels = isotonic(_as_companies(wishes, units))
        for node, spot, level in zip(layer, spots, levels, strict=True):
            self.x[node] = level + spot

    def rounded(self) -> list[int]:
        """The x as integers, neighbours no nearer than before."""
        result = [0] * len(self.x)
        for layer, spots in zip(self.order, self.offsets, strict=True):
            for node, spot in zip(layer, spots, strict=True):
                result[node] = floor(self.x[node] - spot + 0.5) + spot
        widths = self.ladder.widths
        shift = min(at - width // 2 for at, width in zip(result, widths, strict=True))
        return [at - shift for at in result]

    def _wish(self, node: int, spot: int, nears: Sequence[list[list[int]]]) -> tuple[float, float]:
        """Where a node would be if it were alone, less its offset, and how much it matters."""
        bends = self.ladder.waypoints
        goal = weight = 0.0
        for near in nears:
            for other in near[node]:
                pull = STRAIGHT if node >= bends and other >= bends else 1.0
                goal += self.x[other] * pull
                weight += pull
        return (goal / weight - spot, weight) if weight else (self.x[node] - spot, 0.05)


def _as_companies(
    wishes: Sequence[tuple[float, float]], companies: Sequence[int]
) -> list[tuple[float, float]]:
    """The wishes, those of neighbours of one unit replaced by their mean: they move as one."""
    result: list[tuple[float, float]] = []
    start = 0
    for end in range(1, len(wishes) + 1):
        if end < len(wishes) and companies[end] == companies[start]:
            continue
        group = wishes[start:end]
        if len(group) > 1:
            total = sum(weight for _value, weight in group)
            mean = sum(value * weight for value, weight in group) / total
            group = [(mean, total / len(group))] * len(group)
        result.extend(group)
        start = end
    return result


def isotonic(wishes: Sequence[tuple[float, float]]) -> list[float]:
    """The non-decreasing values nearest to the (value, weight) wishes, in least squares.

    Source: pool adjacent violators (Ayer et al. 1955). O(n).
    """
    blocks: list[tuple[float, float, int]] = []
    for value, weight in wishes:
        block = (value, weight, 1)
        while blocks and blocks[-1][0] > block[0]:
            mean, total, count = blocks.pop()
            joint = total + block[1]
            block = ((mean * total + block[0] * block[1]) / joint, joint, count + block[2])
        blocks.append(block)
    return [mean for mean, _weight, count in blocks for _ in range(count)]
