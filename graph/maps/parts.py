"""One connected part of a box, drawn in layers: its cards' places and the points of its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, sqrt

from .layering import Companions, Step, layers_of
from .ordering import CARD_GAP, Ladder, ordered, placed
from .ports import Chain, Point, Rack
from .routing import BELOW_CARDS, route

WAYPOINT = 8
BENDS_PER_CARD = 4
LEAST_BENDS = 200
"""Lines have no more bends than this in a part; the longest of what is left become curves."""


@dataclass(slots=True)
class Strand:
    """A stroke to be: one premise of a line, and the node or the strand (`host`) it runs to.

    `rank` orders what joins a strand: the highest first, nearest to the host's start.
    """

    line: int
    source: int
    target: int
    host: int = -1
    rank: float = 0.0


@dataclass(slots=True)
class Part:
    """A drawn part: places (left, top) by node and points by strand, from its own corner."""

    places: dict[int, Point]
    points: dict[int, list[Point]]
    width: int
    height: int


@dataclass(slots=True)
class Piece:
    """What goes into one part, in the numbers of the whole diagram."""

    nodes: list[int]
    steps: list[Step] = field(default_factory=list)
    strands: list[int] = field(default_factory=list)
    companions: Companions = field(default_factory=Companions)


def draw_grid(nodes: Sequence[int], sizes: Sequence[tuple[int, int]], columns: int = 0) -> Part:
    """Unconnected nodes in rows, in the given order."""
    columns = columns or ceil(0.9 * sqrt(len(nodes)))
    pitch = max(sizes[node][0] for node in nodes) + CARD_GAP
    places: dict[int, Point] = {}
    top = 0
    for start in range(0, len(nodes), columns):
        row = nodes[start : start + columns]
        for column, node in enumerate(row):
            places[node] = (column * pitch, top)
        top += max(sizes[node][1] for node in row) + BELOW_CARDS
    width = min(columns, len(nodes)) * pitch - CARD_GAP
    return Part(places, {}, width, top - BELOW_CARDS)


def draw_layers(
    piece: Piece,
    sizes: Sequence[tuple[int, int]],
    strands: Sequence[Strand],
    headers: frozenset[int],
) -> Part:
    """A connected piece in layers. A strand that cannot be drawn this way gets no points."""
    local = {node: number for number, node in enumerate(piece.nodes)}
    steps = [Step(local[s.lower], local[s.upper], s.strict) for s in piece.steps]
    columns = max(3, min(ceil(1.1 * sqrt(len(local))), ceil(4 + 0.75 * sqrt(len(local)))))
    companions = Companions(
        [
            tuple(local[node] for node in row[start : start + columns])
            for row in piece.companions.rows
            for start in range(0, len(row), columns)
        ],
        [(local[a], local[b], local[c]) for a, b, c in piece.companions.beside],
    )
    layers = layers_of([1] * len(local), steps, companions, columns)
    layers = _headed(layers, steps, {local[n] for n in piece.nodes if n in headers})

    chains = _Chains(layers, [sizes[node] for node in piece.nodes])
    spare = BENDS_PER_CARD * len(local) + LEAST_BENDS
    for number in sorted(piece.strands, key=lambda n: chains.urgency(strands, n, local)):
        strand = strands[number]
        chains.add(number, local[strand.source], local.get(strand.target, -1), strand)
        if len(chains.layers) - len(local) > spare:
            break
    ladder = chains.ladder(_companies(len(local), layers, companions, steps))
    order = ordered(ladder)
    x = placed(ladder, order)
    rack = Rack(order, chains.layers, x, chains.widths, chains.heights, len(local))
    height = route(rack, list(chains.made.values()))
    places = {node: (x[n] - sizes[node][0] // 2, rack.tops[layers[n]]) for node, n in local.items()}
    points = {number: chain.points for number, chain in chains.made.items()}
    width = max(at + (wide + 1) // 2 for at, wide in zip(x, chains.widths, strict=True))
    return Part(places, points, width, height)


def _headed(layers: Sequence[int], steps: Sequence[Step], headers: set[int]) -> list[int]:
    """The layers, headers brought down to what they head, empty layers taken out."""
    result = list(layers)
    heads: dict[int, int] = {}
    for step in steps:
        if step.upper in headers:
            heads[step.upper] = min(heads.get(step.upper, len(layers)), layers[step.lower])
    for header, first in heads.items():
        result[header] = max(result[header], first - 1)
    used = {layer: number for number, layer in enumerate(sorted(set(result)))}
    return [used[layer] for layer in result]


def _companies(
    count: int, layers: Sequence[int], companions: Companions, steps: Sequence[Step]
) -> list[int]:
    """For each node, the smallest of those it must stay together with in its layer."""
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            node = parent[node]
        return node

    def join(first: int, second: int) -> None:
        if layers[first] == layers[second]:
            low, high = sorted((root(first), root(second)))
            parent[high] = low

    for row in companions.rows:
        for node in row[1:]:
            join(row[0], node)
    for claim, premise, _conclusion in companions.beside:
        join(claim, premise)
    for step in steps:
        join(step.lower, step.upper)
    return [root(node) for node in range(count)]


class _Chains:
    """Strands turned into chains: cards and bends, one on each layer they pass."""

    def __init__(self, layers: Sequence[int], sizes: Sequence[tuple[int, int]]) -> None:
        self.cards = len(layers)
        self.layers = list(layers)
        self.widths = [width for width, _height in sizes]
        self.heights = [height for _width, height in sizes]
        self.made: dict[int, Chain] = {}
        self._rungs: list[tuple[int, int]] = []
        self._level: set[tuple[int, int]] = set()

    def urgency(
        self, strands: Sequence[Strand], number: int, local: Mapping[int, int]
    ) -> tuple[int, int, int]:
        """Hosts come before what ends on them, short strands before long ones."""
        strand, hosts = strands[number], 0
        while strand.host >= 0 and hosts <= len(strands):
            strand = strands[strand.host]
            hosts += 1
        ends = local.get(strand.source, -1), local.get(strand.target, -1)
        span = abs(self.layers[ends[0]] - self.layers[ends[1]]) if min(ends) >= 0 else 0
        return hosts, span, number

    def add(self, number: int, source: int, target: int, strand: Strand) -> None:
        """Makes the chain of a strand, if it can be drawn in layers."""
        if target >= 0:
            self._to_node(number, source, target)
        elif strand.host in self.made:
            self._to_chain(number, source, self.made[strand.host], strand.rank)

    def ladder(self, units: Sequence[int]) -> Ladder:
        """The nodes and rungs for ordering; bends stay together with nothing."""
        bends = range(self.cards, len(self.layers))
        return Ladder(
            self.layers, [*units, *bends], self.widths, self.cards, self._rungs,
            frozenset(self._level),
        )  # fmt: skip

    def _to_node(self, number: int, source: int, target: int) -> None:
        low, high = source, target
        downward = self.layers[source] < self.layers[target]
        if downward:
            low, high = target, source
        if self.layers[low] == self.layers[high]:
            self.made[number] = Chain([source, target], level=True)
            self._level.add((source, target))
            return
        nodes = [low, *self._bends(self.layers[low] - 1, self.layers[high]), high]
        self._climb(nodes)
        self.made[number] = Chain(nodes, downward)

    def _to_chain(self, number: int, source: int, host: Chain, rank: float) -> None:
        """A chain that ends on another, if the other passes a gap above the source."""
        bottom = self.layers[host.nodes[0]]
        if host.level:
            last = bottom + 1
        else:
            top = bottom - len(host.nodes) + (0 if host.host is not None else 1)
            last = min(bottom, self.layers[source])
            if last <= top:
                return
        if self.layers[source] < last:
            return
        nodes = [source, *self._bends(self.layers[source] - 1, last - 1)]
        self._climb(nodes)
        if not host.level:
            above = bottom - last + 1
            if above < len(host.nodes):
                self._rungs.append((host.nodes[above], nodes[-1]))
        self.made[number] = Chain(nodes, host=host, rank=rank)

    def _bends(self, start: int, stop: int) -> list[int]:
        """New bends on the layers from `start` up to, but without, `stop`."""
        made: list[int] = []
        for layer in range(start, stop, -1):
            made.append(len(self.layers))
            self.layers.append(layer)
            self.widths.append(WAYPOINT)
            self.heights.append(0)
        return made

    def _climb(self, nodes: Sequence[int]) -> None:
        self._rungs.extend((upper, lower) for lower, upper in pairwise(nodes))


def pieces_of(count: int, steps: Sequence[Step]) -> tuple[list[list[int]], list[int]]:
    """The connected sets of more than one node, and the nodes that are alone."""
    near: list[list[int]] = [[] for _ in range(count)]
    for step in steps:
        near[step.lower].append(step.upper)
        near[step.upper].append(step.lower)
    seen = [False] * count
    connected: list[list[int]] = []
    alone: list[int] = []
    for start in range(count):
        if seen[start]:
            continue
        seen[start] = True
        found = [start]
        for node in found:
            for other in near[node]:
                if not seen[other]:
                    seen[other] = True
                    found.append(other)
        if len(found) > 1:
            connected.append(sorted(found))
        else:
            alone.append(start)
    return connected, alone
