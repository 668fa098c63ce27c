"""The lines of a layered drawing: right angles, a lane each, their own ports on the cards.

Between two layers lies a gap. A line that changes its x there runs along a lane of its own; lanes
are given out so that few lines cross and none lie on each other (channel routing, Hashimoto and
Stevens 1971). A line that joins another (the second premise of a joint step, an undercut) ends on
that line's upright piece, below the lane where that line turns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .ordering import isotonic

Point = tuple[int, int]

LANE = 11
ABOVE_CARDS = 16
BELOW_CARDS = 24
LEAST_GAP = 52
PORT_GAP = 20
PORT_INSET = 18
LEVEL_STEP = 18
ALIGNING = 30
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


class _Hop:
    """A line's way through one gap: where it touches the lower and the upper side.

    A line that joins another there touches no upper side, but stops at `stop`.
    """

    __slots__ = ("above", "below", "chain", "gap", "lane", "left", "right", "stop")

    def __init__(
        self, chain: Chain, gap: int, below: list[int], above: list[int], stop: int | None = None
    ) -> None:
        self.chain, self.gap, self.below, self.above = chain, gap, below, above
        self.lane = -1
        ends = [*below, *above] if stop is None else [*below, *above, stop]
        self.stop = ends[-1]
        self.left, self.right = min(ends), max(ends)


def route(rack: Rack, chains: Sequence[Chain]) -> int:
    """Sets `rack.tops` and the points of each chain; returns the height of the drawing.

    Points go from a line's start to its end. Cost: O(k²) in the lines of a gap.
    """
    _give_ports(rack, chains)
    hops = [hop for chain in chains for hop in _hops(rack, chain)]
    gaps: list[list[_Hop]] = [[] for _ in range(len(rack.order) + 1)]
    for hop in hops:
        gaps[hop.gap].append(hop)
    lanes = [_give_lanes(gap) for gap in gaps]

    top = 0
    rack.tops = []
    for number, layer in enumerate(rack.order):
        if number:
            top += max(LEAST_GAP, ABOVE_CARDS + BELOW_CARDS + LANE * lanes[number])
        rack.tops.append(top)
        top += max(rack.heights[node] for node in layer)
    below = BELOW_CARDS + LANE * lanes[-1] if lanes[-1] else 0
    rack.tops.append(top + below)

    turns: dict[int, list[_Hop]] = {}
    for hop in hops:
        turns.setdefault(id(hop.chain), []).append(hop)
    for chain in chains:
        _draw(rack, chain, turns.get(id(chain), []))
    return top + below


# -- ports ----------------------------------------------------------------------------------


def _give_ports(rack: Rack, chains: Sequence[Chain]) -> None:
    """Sets the x at which each line leaves or enters the cards at its ends."""
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


# -- lanes ----------------------------------------------------------------------------------


def _hops(rack: Rack, chain: Chain) -> Iterable[_Hop]:
    def at(node: int) -> int:
        return chain.ports.get(node, rack.x[node])

    first = chain.nodes[0]
    if chain.level:
        if not rack.beside(first, chain.nodes[-1]):
            yield _Hop(chain, rack.layers[first] + 1, [], [at(first), at(chain.nodes[-1])])
        return
    bottom = rack.layers[first]
    for step, (lower, upper) in enumerate(pairwise(chain.nodes)):
        yield _Hop(chain, bottom - step, [at(lower)], [at(upper)])
    if chain.host is not None:
        gap = bottom - len(chain.nodes) + 1
        yield _Hop(chain, gap, [at(chain.nodes[-1])], [], stop=_host_x(rack, chain.host, gap))


def _host_x(rack: Rack, host: Chain, gap: int) -> int:
    """Where a line that joins `host` in this gap meets it."""
    if host.level:
        left, right = sorted((host.nodes[0], host.nodes[-1]), key=lambda node: rack.x[node])
        if rack.beside(left, right):
            inner = rack.x[left] + rack.widths[left] // 2
            return (inner + rack.x[right] - rack.widths[right] // 2) // 2
        return (host.ports[left] + host.ports[right]) // 2
    node = host.nodes[rack.layers[host.nodes[0]] - gap]
    return host.ports.get(node, rack.x[node])


def _give_lanes(hops: Sequence[_Hop]) -> int:
    """Numbers the lanes of a gap from the lowest up; returns how many there are.

    Joining lines are lowest, so that the line they end on has not yet turned.
    """
    joining = sorted(
        (hop for hop in hops if not hop.above), key=lambda hop: (-hop.chain.rank, hop.left)
    )
    turning = [hop for hop in hops if hop.above and hop.left != hop.right]
    count = _stack(joining, 0)
    return _stack(_by_preference(turning), count)


def _stack(hops: Iterable[_Hop], base: int) -> int:
    """Puts each hop on the lowest lane above all earlier hops that it overlaps."""
    done: list[tuple[int, int, int]] = []
    top = base
    for hop in hops:
        left, right = hop.left - PORT_INSET // 2, hop.right + PORT_INSET // 2
        hop.lane = base
        for start, end, lane in done:
            if lane >= hop.lane and start < right and left < end:
                hop.lane = lane + 1
        top = max(top, hop.lane + 1)
        done.append((hop.left, hop.right, hop.lane))
    return top


def _by_preference(hops: Sequence[_Hop]) -> list[_Hop]:
    """The hops in the order in which they would rather be low."""
    scores = [0] * len(hops)
    spans = [(hop.left, hop.right) for hop in hops]
    for a, first in enumerate(hops):
        left, right = spans[a]
        for b in range(a + 1, len(hops)):
            if spans[b][0] > right + PORT_INSET or spans[b][1] < left - PORT_INSET:
                continue
            second = hops[b]
            difference = _cost(first, second, spans[a], spans[b])
            difference -= _cost(second, first, spans[b], spans[a])
            scores[a] += difference
            scores[b] -= difference
    return [hops[i] for i in sorted(range(len(hops)), key=lambda i: (scores[i], spans[i], i))]


def _cost(low: _Hop, high: _Hop, low_span: Point, high_span: Point) -> int:
    """Crossings, and a hundred for each overlap, if `low` lies below `high`."""
    cost = 0
    for x in low.above:
        cost += high_span[0] < x < high_span[1]
        for y in high.below:
            cost += 100 * (-8 < x - y < 8)
    for x in high.below:
        cost += low_span[0] < x < low_span[1]
    return cost


# -- points ---------------------------------------------------------------------------------


def _draw(rack: Rack, chain: Chain, hops: Sequence[_Hop]) -> None:
    first, last = chain.nodes[0], chain.nodes[-1]
    if chain.level and not hops:
        chain.points = _level_points(rack, first, last)
        return
    points: list[Point] = []
    if chain.level:
        start, end = chain.ports[first], chain.ports[last]
        y = _lane_y(rack, hops[0])
        points = [(start, _foot(rack, first)), (start, y), (end, y), (end, _foot(rack, last))]
    else:
        x = chain.ports[first]
        points.append((x, rack.tops[rack.layers[first]]))
        for hop in hops:
            to = hop.stop
            if hop.lane >= 0:
                y = _lane_y(rack, hop)
                points.extend([(x, y), (to, y)])
            x = to
        if chain.host is None:
            points.append((x, _foot(rack, last)))
        elif chain.host.level:
            points.append((x, _level_y(chain.host)))
    chain.points = _cleaned(points)
    if chain.downward:
        chain.points.reverse()


def _foot(rack: Rack, node: int) -> int:
    return rack.tops[rack.layers[node]] + rack.heights[node]


def _lane_y(rack: Rack, hop: _Hop) -> int:
    return rack.tops[hop.gap] - ABOVE_CARDS - LANE * hop.lane


def _level_points(rack: Rack, first: int, last: int) -> list[Point]:
    """Between two neighbours; each direction at its own height, so that two can be told apart."""
    y = rack.tops[rack.layers[first]] + min(rack.heights[first], rack.heights[last]) // 2
    if rack.x[first] < rack.x[last]:
        y -= LEVEL_STEP // 2
        return [
            (rack.x[first] + rack.widths[first] // 2, y),
            (rack.x[last] - rack.widths[last] // 2, y),
        ]
    y += LEVEL_STEP // 2
    return [
        (rack.x[first] - rack.widths[first] // 2, y),
        (rack.x[last] + rack.widths[last] // 2, y),
    ]


def _level_y(host: Chain) -> int:
    """The height of a level line, which is drawn before what joins it."""
    return max(y for _x, y in host.points)


def _cleaned(points: Sequence[Point]) -> list[Point]:
    """Without repeated points and without points in the middle of a straight piece."""
    result: list[Point] = []
    for point in points:
        if result and point == result[-1]:
            continue
        if len(result) > 1:
            (ax, ay), (bx, by) = result[-2], result[-1]
            if ax == bx == point[0] or ay == by == point[1]:
                result[-1] = point
                continue
        result.append(point)
    return result
