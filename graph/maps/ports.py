"""Where lines leave and enter the cards of a layered drawing.

Each line has a port of its own, as near as can be to where it comes from or goes to, so that most
lines are straight and no two arrow heads lie on each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .ordering import isotonic

Point = tuple[int, int]

PORT_GAP = 20
PORT_INSET = 18
ALIGNING = 30
"""How far a bend may be shifted from its place to make a line straight."""

BEND_GAP = 8


@dataclass(slots=True)
class Chain:
    """A line through the layers: its nodes from the lowest up, a card or a bend on each layer.

    `downward` means that the line is read from the top. If `host` is set the line ends on that
    chain, in the gap above its last node's layer. `level` chains join two cards of one layer.
    `rank` orders joining lines: the lower on the host come first.
    """

    nodes: list[int]
    downward: bool = False
    host: Chain | None = None
    level: bool = False
    rank: float = 0.0
    ports: dict[int, int] = field(default_factory=dict)
    points: list[Point] = field(default_factory=list)


@dataclass(slots=True)
class Rack:
    """Where the nodes of a drawing stand: layers from the top, each from left to right."""

    order: Sequence[Sequence[int]]
    layers: Sequence[int]
    x: list[int]
    widths: Sequence[int]
    heights: Sequence[int]
    waypoints: int
    tops: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = [0] * len(self.layers)
        for layer in self.order:
            for place, node in enumerate(layer):
                self.places[node] = place

    def beside(self, left: int, right: int) -> bool:
        """Whether two nodes of one layer are neighbours."""
        return abs(self.places[left] - self.places[right]) == 1


def give_ports(rack: Rack, chains: Sequence[Chain]) -> None:
    """Sets the x at which each line leaves or enters the cards at its ends, and shifts bends."""
    upward: dict[int, list[Chain]] = {}
    downward: dict[int, list[Chain]] = {}
    for chain in chains:
        first, last = chain.nodes[0], chain.nodes[-1]
        if chain.level:
            if not rack.beside(first, last):
                downward.setdefault(first, []).append(chain)
                downward.setdefault(last, []).append(chain)
            continue
        upward.setdefault(first, []).append(chain)
        if chain.host is None:
            downward.setdefault(last, []).append(chain)
    for node, leaving in sorted(upward.items()):
        wishes = [_wish_upward(rack, node, chain) for chain in leaving]
        for chain, x in zip(leaving, _spread(rack, node, wishes), strict=True):
            chain.ports[node] = x
    for node, entering in sorted(downward.items()):
        wishes = [_wish_downward(rack, node, chain) for chain in entering]
        for chain, x in zip(entering, _spread(rack, node, wishes), strict=True):
            chain.ports[node] = x
    for chain in chains:
        _align_bends(rack, chain)
    for node, leaving in sorted(upward.items()):
        for chain in leaving:
            _straighten(rack, node, chain, [c.ports[node] for c in leaving if c is not chain])


def _reach(rack: Rack, node: int) -> tuple[int, int]:
    half = rack.widths[node] // 2 - PORT_INSET
    return rack.x[node] - half, rack.x[node] + half


def _wish_upward(rack: Rack, node: int, chain: Chain) -> tuple[float, float]:
    """(where to leave the card, tie-break) for a line that goes up from a card."""
    if len(chain.nodes) == 1:
        goal = rack.x[chain.host.nodes[0]] if chain.host else rack.x[node]
        return rack.x[node], goal
    goal = rack.x[chain.nodes[1]]
    low, high = _reach(rack, node)
    straight = chain.nodes[1] >= rack.waypoints and low <= goal <= high
    return goal if straight else rack.x[node], goal


def _wish_downward(rack: Rack, node: int, chain: Chain) -> tuple[float, float]:
    """(where to enter the card, tie-break) for a line that comes from below."""
    if chain.level:
        other = chain.nodes[0] if chain.nodes[-1] == node else chain.nodes[-1]
        return rack.x[other], rack.x[other]
    before = chain.nodes[-2]
    goal = chain.ports.get(before, rack.x[before])
    return goal, goal


def _spread(rack: Rack, node: int, wishes: Sequence[tuple[float, float]]) -> list[int]:
    """Ports near the wishes, `PORT_GAP` apart as far as the card is wide enough."""
    low, high = _reach(rack, node)
    gap = min(PORT_GAP, (high - low) // max(1, len(wishes) - 1))
    by_goal = sorted(range(len(wishes)), key=lambda i: (wishes[i][1], i))
    goals = [
        (min(max(wishes[i][0], low), high) - place * gap, 1.0) for place, i in enumerate(by_goal)
    ]
    result = [0] * len(wishes)
    last = high - gap * (len(wishes) - 1)
    for place, (i, level) in enumerate(zip(by_goal, isotonic(goals), strict=True)):
        result[i] = round(min(max(level, low), last)) + place * gap
    return result


def _align_bends(rack: Rack, chain: Chain) -> None:
    """Shifts bends a little, from the top down, if the line is then straight there."""
    above = chain.ports.get(chain.nodes[-1])
    for node in reversed(chain.nodes):
        if node < rack.waypoints or above is None:
            above = chain.ports.get(node, rack.x[node])
            continue
        layer = rack.order[rack.layers[node]]
        place = rack.places[node]
        low = rack.x[node] - ALIGNING
        high = rack.x[node] + ALIGNING
        if place:
            left = layer[place - 1]
            low = max(low, rack.x[left] + rack.widths[left] // 2 + BEND_GAP)
        if place + 1 < len(layer):
            right = layer[place + 1]
            high = min(high, rack.x[right] - rack.widths[right] // 2 - BEND_GAP)
        if low <= above <= high:
            rack.x[node] = above
        above = rack.x[node]


def _straighten(rack: Rack, node: int, chain: Chain, others: Sequence[int]) -> None:
    """Shifts a port a little if the line can then go straight up."""
    if len(chain.nodes) < 2:
        return
    upper = chain.nodes[1]
    x = chain.ports.get(upper, rack.x[upper])
    low, high = _reach(rack, node)
    far = abs(x - chain.ports[node]) > 2 * PORT_GAP or not low <= x <= high
    if not far and all(abs(x - other) >= PORT_GAP // 2 for other in others):
        chain.ports[node] = x
