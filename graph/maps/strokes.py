"""Lines as SVG paths: right angles with round corners, and curves between boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from .ports import PORT_GAP, Point

Rectangle = tuple[int, int, int, int]
"""Left, top, width, height."""

CORNER = 9


def polyline(points: Sequence[Point]) -> tuple[str, Point]:
    """The path along the points with its corners rounded, and the point half way."""
    pieces = [f"M{points[0][0]} {points[0][1]}"]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, _distance(before, at) // 2, _distance(at, after) // 2)
        enter, leave = _toward(at, before, radius), _toward(at, after, radius)
        pieces.append(f"L{enter[0]} {enter[1]}Q{at[0]} {at[1]} {leave[0]} {leave[1]}")
    pieces.append(f"L{points[-1][0]} {points[-1][1]}")
    return "".join(pieces), _half_way(points)


class Port(NamedTuple):
    """Where a curve touches, and the direction in which it leaves; (0, 0) if any will do."""

    at: Point
    way: Point


def curve(start: Port, end: Port) -> tuple[str, Point]:
    """The path between two ports, and the point half way."""
    reach = max(40, min(260, int(hypot(end.at[0] - start.at[0], end.at[1] - start.at[1]) * 0.45)))
    first, second = _beyond(start, reach), _beyond(end, reach)
    middle = (
        (start.at[0] + 3 * first[0] + 3 * second[0] + end.at[0]) // 8,
        (start.at[1] + 3 * first[1] + 3 * second[1] + end.at[1]) // 8,
    )
    bends = f"{first[0]} {first[1]} {second[0]} {second[1]}"
    return f"M{start.at[0]} {start.at[1]}C{bends} {end.at[0]} {end.at[1]}", middle


def ports_of(ends: Mapping[int, tuple[Rectangle, Rectangle]]) -> dict[int, tuple[Port, Port]]:
    """For each curve between two rectangles, the ports at both, spread over the sides they use.

    Along a side, ports stand in the order of what they run to, so that curves do not cross there.
    """
    sides: dict[tuple[Rectangle, Point], list[tuple[int, int, int]]] = {}
    for number, (source, goal) in ends.items():
        for end, (here, there) in enumerate(((source, goal), (goal, source))):
            way = _way(here, there)
            along = _centre(there)[1 if way[0] else 0]
            sides.setdefault((here, way), []).append((along, number, end))
    found: dict[int, list[Port]] = {number: [Port((0, 0), (0, 0))] * 2 for number in ends}
    for (box, way), users in sides.items():
        length = box[3] if way[0] else box[2]
        gap = min(PORT_GAP, length // (len(users) + 1))
        for place, (_along, number, end) in enumerate(sorted(users)):
            shift = length // 2 + gap * (2 * place - len(users) + 1) // 2
            if way[0]:
                at = (box[0] + (box[2] if way[0] > 0 else 0), box[1] + shift)
            else:
                at = (box[0] + shift, box[1] + (box[3] if way[1] > 0 else 0))
            found[number][end] = Port(at, way)
    return {number: (start, end) for number, (start, end) in found.items()}


def _way(here: Rectangle, there: Rectangle) -> Point:
    """Through which side of a rectangle a curve leaves for another."""
    ax, bx = _centre(here)[0], _centre(there)[0]
    apart = abs(ax - bx) - (here[2] + there[2]) // 2
    if 2 * (here[1] - there[1] - there[3]) > max(0, apart):
        return 0, -1
    if 2 * (there[1] - here[1] - here[3]) > max(0, apart):
        return 0, 1
    return (1, 0) if (ax, here) <= (bx, there) else (-1, 0)


def _beyond(port: Port, reach: int) -> Point:
    return port.at[0] + port.way[0] * reach, port.at[1] + port.way[1] * reach


def _centre(box: Rectangle) -> Point:
    return box[0] + box[2] // 2, box[1] + box[3] // 2


def _distance(a: Point, b: Point) -> int:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _toward(start: Point, goal: Point, length: int) -> Point:
    way = _distance(start, goal)
    if not way:
        return start
    return (
        start[0] + (goal[0] - start[0]) * length // way,
        start[1] + (goal[1] - start[1]) * length // way,
    )


def _half_way(points: Sequence[Point]) -> Point:
    left = sum(_distance(a, b) for a, b in pairwise(points)) // 2
    for a, b in pairwise(points):
        length = _distance(a, b)
        if left <= length:
            return _toward(a, b, left)
        left -= length
    return points[-1]
