"""Where the dots of a big debate go: an area a topic, a grid of dots in it.

What is argued for stands above what argues for it, as on a map of cards: the dots of an area lie
in layers, each a step further from what speaks to nothing else in the area. Dots of one layer
follow the order of what they speak to. Linear in the number of claims and lines; the areas are
packed as boxes are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from .chart import Chart
from .packing import packed

SHAPE = 1.4
SCREEN = 1.5
LEAST_COLUMNS = 6
MARGIN = 1
LABEL = 3
"""Rows of an area that its name takes."""

GAP = 3
MANY_AREAS = 300
FEW_WIDTHS = (104,)


@dataclass(frozen=True, slots=True)
class Area:
    """A topic's part of the sheet; one unit is one dot. `rows` are nodes from left to right."""

    topic: int
    left: int
    top: int
    width: int
    height: int
    rows: tuple[tuple[int, ...], ...]


def areas_of(chart: Chart) -> tuple[list[Area], tuple[int, int]]:
    """The areas in reading order, and the size of the sheet."""
    members: list[list[int]] = [[] for _ in chart.topics]
    for node in (*range(len(chart.claims), len(chart.groups)), *range(len(chart.claims))):
        members[chart.groups[node]].append(node)
    above, below = _neighbours(chart)
    rows_of = [_rows(nodes, above, below) for nodes in members]
    sizes = [
        (max(map(len, rows)) + 2 * MARGIN, len(rows) + LABEL + MARGIN) if rows else (1, 1)
        for rows in rows_of
    ]
    if len(sizes) > MANY_AREAS:
        places, sheet = packed(sizes, gap=GAP, aspect=SCREEN, widths=FEW_WIDTHS)
    else:
        places, sheet = packed(sizes, gap=GAP, aspect=SCREEN)
    areas = [
        Area(topic, left, top, width, height, tuple(map(tuple, rows)))
        for topic, (left, top), (width, height), rows in zip(
            chart.topics, places, sizes, rows_of, strict=True
        )
    ]
    return areas, sheet


def _neighbours(chart: Chart) -> tuple[list[int], list[list[int]]]:
    """For each node how many nodes of its own area it speaks to, and which speak to it."""
    groups = chart.groups
    above = [0] * len(groups)
    below: list[list[int]] = [[] for _ in groups]
    for chart_line in chart.lines:
        line = chart_line.line
        if line.node < 0 or line.floating:
            continue
        for premise in line.premises:
            if groups[premise] == groups[line.node] and premise != line.node:
                above[premise] += 1
                below[line.node].append(premise)
    return above, below


def _rows(
    nodes: Sequence[int], above: Sequence[int], below: Sequence[Sequence[int]]
) -> list[list[int]]:
    """The nodes of an area in layers, a wide layer on several rows."""
    columns = max(LEAST_COLUMNS, ceil(sqrt(SHAPE * len(nodes))))
    seen: set[int] = set()
    rows: list[list[int]] = []
    for start in ([node for node in nodes if not above[node]], *([node] for node in nodes)):
        layer = [node for node in start if node not in seen]
        while layer:
            seen.update(layer)
            rows += [layer[first : first + columns] for first in range(0, len(layer), columns)]
            replies = (reply for node in layer for reply in below[node])
            layer = [reply for reply in dict.fromkeys(replies) if reply not in seen]
    return rows if len(rows) <= columns else _joined(rows, columns)


def _joined(rows: Sequence[list[int]], columns: int) -> list[list[int]]:
    """Short rows that follow each other on one, so that a long chain is no thread of dots."""
    joined: list[list[int]] = []
    for row in rows:
        if joined and len(joined[-1]) + len(row) <= columns:
            joined[-1] = [*joined[-1], *row]
        else:
            joined.append(row)
    return joined
