"""The lines of a layered drawing: right angles, a lane each, their own ports on the cards.

Between two layers lies a gap. A line that changes its x there runs along a lane of its own; lanes
are given out so that few lines cross and none lie on each other (channel routing, Hashimoto and
Stevens 1971). A line that joins another (the second premise of a joint step, an undercut) ends on
that line's upright piece, below the lane where that line turns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from .ports import PORT_INSET, Chain, Point, Rack, give_ports

LANE = 11
ABOVE_CARDS = 16
BELOW_CARDS = 24
LEAST_GAP = 52
LEVEL_STEP = 18
MOST_COMPARED = 400


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
    give_ports(rack, chains)
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
    """The hops in the order in which they would rather be low; with very many, the short first."""
    if len(hops) > MOST_COMPARED:
        return sorted(hops, key=lambda hop: (hop.right - hop.left, hop.left))
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
