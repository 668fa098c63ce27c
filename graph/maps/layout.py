"""Where everything on a map goes: cards in boxes, boxes on the sheet, and the lines between them.

Pure geometry: nodes are numbers with a size, lines are premises and a conclusion. Each box is
drawn in layers (`layering`, `ordering`, `routing`, by `parts`); its parts and then the boxes are
packed to the shape of a screen. Lines between boxes are curves. All coordinates are integers, and
the same diagram always gives the same layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .layering import Step
from .packing import packed
from .parts import Part, Piece, Strand, draw_grid, draw_layers, pieces_of
from .ports import Point
from .strokes import Port, Rectangle, curve, polyline, ports_of

SCREEN = 1.6
"""Width to height of the screens that a sheet is packed for."""

PART_GAP = 60
BOX_GAP = 72
FRAME = 28
TITLE = 54
MOST_GUESTS = 2
"""How many undercutting claims stand beside the premise they speak to; others go below."""


@dataclass(frozen=True, slots=True)
class Line:
    """From premises to a node, or to another line that it undercuts.

    A line that is not `strict` is an attack, whose ends may stand side by side. A `floating` line
    says nothing about what stands above what.
    """

    premises: tuple[int, ...]
    node: int = -1
    line: int = -1
    strict: bool = True
    floating: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """What is to be laid out.

    `sizes` are (width, height) of the nodes and `groups` the number of each node's box, boxes in
    the order in which they are to be read. `headers` are nodes that stand just above what is
    joined to them. `rows` are sets of nodes that would stand side by side. `columns` says how
    many unconnected nodes of a box go into a row, where that is not left to the layout.
    """

    sizes: Sequence[tuple[int, int]]
    lines: Sequence[Line]
    groups: Sequence[int]
    headers: frozenset[int] = frozenset()
    rows: Sequence[tuple[int, ...]] = ()
    columns: dict[int, int] = field(default_factory=dict)
    framed: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """The box of a group on the sheet."""

    group: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn part of a line: from one of its premises to its conclusion, or to another line.

    `path` is an SVG path and `middle` the point half way. `routed` tells a line of right angles
    within a box from a curve; `joins` is true if the stroke ends on another line.
    """

    source: int
    path: str
    middle: Point
    routed: bool
    joins: bool


@dataclass(slots=True)
class Layout:
    """The sheet: left and top of each node, the frames, and the strokes of each line.

    The first stroke of a line is that of its leading premise.
    """

    places: list[Point]
    frames: list[Frame]
    strokes: list[list[Stroke]]
    width: int
    height: int


def lay_out(diagram: Diagram) -> Layout:
    """The layout of a diagram. Near linear in its size while no box holds most of it."""
    targets = [_target(diagram.lines, number) for number in range(len(diagram.lines))]
    strands = _strands(diagram, targets)
    boxes = _boxes(diagram, targets, strands)

    edge, head = (FRAME, TITLE) if diagram.framed else (0, 0)
    spots_in: list[list[Point]] = []
    box_sizes: list[tuple[int, int]] = []
    for parts in boxes:
        sizes = [(part.width, part.height) for part in parts]
        spots, (width, height) = packed(sizes, gap=PART_GAP, aspect=SCREEN)
        spots_in.append(spots)
        box_sizes.append((width + 2 * edge, height + head + edge))
    spots, (width, height) = packed(box_sizes, gap=BOX_GAP, aspect=SCREEN)

    places: list[Point] = [(0, 0)] * len(diagram.sizes)
    points: dict[int, list[Point]] = {}
    for parts, inner, (box_left, box_top) in zip(boxes, spots_in, spots, strict=True):
        for part, (part_left, part_top) in zip(parts, inner, strict=True):
            left, top = box_left + edge + part_left, box_top + head + part_top
            for node, (x, y) in part.places.items():
                places[node] = (left + x, top + y)
            for number, path in part.points.items():
                points[number] = [(left + x, top + y) for x, y in path]
    frames = [
        Frame(group, *spot, *size)
        for group, (spot, size) in enumerate(zip(spots, box_sizes, strict=True))
    ]
    strokes = _strokes(diagram, places, strands, points)
    return Layout(places, frames if diagram.framed else [], strokes, width, height)


# -- what belongs together ------------------------------------------------------------------


def _target(lines: Sequence[Line], number: int) -> int:
    """The node that a line, or in the end the line it undercuts, speaks to; -1 in a circle."""
    for _ in range(len(lines)):
        if lines[number].node >= 0:
            return lines[number].node
        number = lines[number].line
    return -1


def _depth(lines: Sequence[Line], number: int) -> int:
    """0 for a line to a node, 1 for one that undercuts it, and so on."""
    depth = 0
    while lines[number].node < 0 and depth < len(lines):
        number = lines[number].line
        depth += 1
    return depth


def _strands(diagram: Diagram, targets: Sequence[int]) -> list[Strand]:
    """The leading strand of each line, at the line's own number, then the joint premises."""
    leads: list[Strand] = []
    branches: list[Strand] = []
    for number, line in enumerate(diagram.lines):
        home = diagram.groups[targets[number]] if targets[number] >= 0 else -1
        lead = next((p for p in line.premises if diagram.groups[p] == home), line.premises[0])
        depth = _depth(diagram.lines, number)
        leads.append(Strand(number, lead, line.node, line.line, depth))
        branches.extend(
            Strand(number, premise, -1, number, depth + 1.5)
            for premise in line.premises
            if premise != lead
        )
    return [*leads, *branches]


def _boxes(diagram: Diagram, targets: Sequence[int], strands: Sequence[Strand]) -> list[list[Part]]:
    """The drawn parts of each box: the biggest first, lone nodes last in a grid."""
    groups = diagram.groups
    steps = [
        Step(premise, target, line.strict or line.line >= 0)
        for line, target in zip(diagram.lines, targets, strict=True)
        if target >= 0 and not line.floating
        for premise in line.premises
        if premise != target and groups[premise] == groups[target]
    ]
    connected, alone = pieces_of(len(groups), steps)
    pieces = [Piece(nodes) for nodes in connected]
    piece_of = {node: piece for piece in pieces for node in piece.nodes}
    for step in steps:
        piece_of[step.lower].steps.append(step)
    for number, strand in enumerate(strands):
        piece, target = piece_of.get(strand.source), targets[strand.line]
        floating = diagram.lines[strand.line].floating or strand.source == strand.target
        if piece is not None and not floating and piece is piece_of.get(target):
            piece.strands.append(number)
    _add_companions(diagram, targets, strands, piece_of)

    count = max(groups, default=-1) + 1
    boxes: list[list[Part]] = [[] for _ in range(count)]
    lone: list[list[int]] = [[] for _ in range(count)]
    for piece in sorted(pieces, key=lambda piece: -len(piece.nodes)):
        part = draw_layers(piece, diagram.sizes, strands, diagram.headers)
        boxes[groups[piece.nodes[0]]].append(part)
    for node in alone:
        lone[groups[node]].append(node)
    for group, nodes in enumerate(lone):
        if nodes:
            boxes[group].append(draw_grid(nodes, diagram.sizes, diagram.columns.get(group, 0)))
    return boxes


def _add_companions(
    diagram: Diagram,
    targets: Sequence[int],
    strands: Sequence[Strand],
    piece_of: dict[int, Piece],
) -> None:
    for row in diagram.rows:
        shares: dict[int, list[int]] = {}
        for node in row:
            if node in piece_of:
                shares.setdefault(id(piece_of[node]), []).append(node)
        for share in shares.values():
            piece_of[share[0]].companions.rows.append(tuple(share))
    guests: Counter[int] = Counter()
    for number, line in enumerate(diagram.lines):
        if line.line < 0 or len(line.premises) > 1 or targets[number] < 0:
            continue
        claim, premise = line.premises[0], strands[line.line].source
        piece = piece_of.get(claim)
        here = piece is piece_of.get(premise) is piece_of.get(targets[number])
        if piece is not None and here and guests[premise] < MOST_GUESTS:
            guests[premise] += 1
            piece.companions.beside.append((claim, premise, targets[number]))


# -- strokes --------------------------------------------------------------------------------


def _strokes(
    diagram: Diagram,
    places: Sequence[Point],
    strands: Sequence[Strand],
    points: dict[int, list[Point]],
) -> list[list[Stroke]]:
    """The strokes of each line, the leading one first; hosts before what ends on them."""
    rectangles = [(*place, *size) for place, size in zip(places, diagram.sizes, strict=True)]
    curved: dict[int, tuple[Rectangle, Rectangle]] = {}
    for number, strand in enumerate(strands):
        if number not in points:
            at = strand.target if strand.target >= 0 else strands[strand.host].source
            curved[number] = (rectangles[strand.source], rectangles[at])
    ports = ports_of(curved)

    made: dict[int, Stroke] = {}
    for number in sorted(range(len(strands)), key=lambda n: (strands[n].rank, n)):
        strand = strands[number]
        if number in points:
            path, middle = polyline(points[number])
        elif strand.target >= 0 or strand.host not in made:
            path, middle = curve(*ports[number])
        else:
            host = made[strand.host].middle
            path, middle = curve(ports[number][0], Port(host, (0, 0)))
        joins = strand.host >= 0
        made[number] = Stroke(strand.source, path, middle, number in points, joins)
    result: list[list[Stroke]] = [[] for _ in diagram.lines]
    for number, strand in enumerate(strands):
        result[strand.line].append(made[number])
    return result
