"""The layout of a map: cards keep apart, reasons stand below, lines go round the cards."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dissensus.graph.maps.layering import Companions, Step, layers_of, strong_components
from dissensus.graph.maps.layout import FRAME, TITLE, Diagram, Line, lay_out
from dissensus.graph.maps.measuring import line_count, text_width
from dissensus.graph.maps.ordering import isotonic
from dissensus.graph.maps.packing import packed

WIDTH = 272


def rectangles(diagram, layout):
    return [(*place, *size) for place, size in zip(layout.places, diagram.sizes, strict=True)]


def overlap(a, b, margin=0):
    return (
        a[0] < b[0] + b[2] + margin
        and b[0] < a[0] + a[2] + margin
        and a[1] < b[1] + b[3] + margin
        and b[1] < a[1] + a[3] + margin
    )


def corners(path):
    """The points of a routed path, its round corners made sharp again."""
    points = []
    for letter, numbers in re.findall(r"([MLQ])([-\d ]+)", path):
        values = list(map(int, numbers.split()))
        if letter == "Q" or letter == "M":
            points.append((values[0], values[1]))
    x, y = re.findall(r"L(-?\d+) (-?\d+)", path)[-1]
    return [*points, (int(x), int(y))]


def pieces(path):
    points = corners(path)
    return list(itertools.pairwise(points))


def on_piece(point, piece):
    (ax, ay), (bx, by) = piece
    x, y = point
    return min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by)


@st.composite
def diagrams(draw, acyclic=False):
    count = draw(st.integers(1, 18))
    node = st.integers(0, count - 1)
    groups = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    groups = [sorted(set(groups)).index(group) for group in groups]
    sizes = draw(
        st.lists(st.tuples(st.just(WIDTH), st.integers(50, 180)), min_size=count, max_size=count)
    )
    lines = []
    for _ in range(draw(st.integers(0, 24))):
        premises = draw(st.lists(node, min_size=1, max_size=3, unique=True))
        if lines and draw(st.integers(0, 4)) == 0:
            host = draw(st.integers(0, len(lines) - 1))
            target = lines[host]
            while target.node < 0:
                target = lines[target.line]
            if acyclic:
                premises = [p for p in premises if p > target.node]
            if premises:
                lines.append(Line(tuple(premises), line=host, strict=False))
            continue
        goal = draw(node)
        premises = [p for p in premises if (p > goal if acyclic else p != goal)]
        if premises:
            strict, floating = draw(st.booleans()), draw(st.integers(0, 9)) == 0
            lines.append(Line(tuple(premises), goal, strict=strict, floating=floating))
    rows = draw(st.lists(st.lists(node, min_size=1, max_size=4, unique=True), max_size=3))
    return Diagram(
        sizes=sizes,
        lines=lines,
        groups=groups,
        headers=frozenset(draw(st.sets(node, max_size=2))),
        rows=[tuple(row) for row in rows if len(row) > 1],
        framed=draw(st.booleans()),
    )


@given(diagrams())
@settings(max_examples=150, deadline=None)
def test_cards_do_not_overlap(diagram):
    cards = rectangles(diagram, lay_out(diagram))
    for number, card in enumerate(cards):
        for other in cards[number + 1 :]:
            assert not overlap(card, other, margin=12)


@given(diagrams())
@settings(max_examples=80, deadline=None)
def test_cards_lie_in_the_box_of_their_topic_and_boxes_keep_apart(diagram):
    layout = lay_out(diagram)
    if not diagram.framed:
        assert not layout.frames
        return
    boxes = {f.group: (f.left, f.top, f.width, f.height) for f in layout.frames}
    for (left, top, width, height), group in zip(
        rectangles(diagram, layout), diagram.groups, strict=True
    ):
        box = boxes[group]
        assert left >= box[0] + FRAME
        assert top >= box[1] + TITLE
        assert left + width <= box[0] + box[2] - FRAME
        assert top + height <= box[1] + box[3] - FRAME
    for group, box in boxes.items():
        assert box[0] >= 0
        assert box[0] + box[2] <= layout.width
        assert box[1] >= 0
        assert box[1] + box[3] <= layout.height
        assert not any(overlap(box, other, 20) for g, other in boxes.items() if g != group)


@given(diagrams(acyclic=True))
@settings(max_examples=200, deadline=None)
def test_what_is_argued_for_stands_above(diagram):
    layout = lay_out(diagram)
    tops = [top for _left, top in layout.places]
    for line in diagram.lines:
        if line.floating or line.node < 0:
            continue
        for premise in line.premises:
            if diagram.groups[premise] != diagram.groups[line.node]:
                continue
            foot = tops[line.node] + diagram.sizes[line.node][1]
            if line.strict:
                assert foot < tops[premise]
            else:
                assert foot < tops[premise] or tops[line.node] == tops[premise]


@given(diagrams())
@settings(max_examples=150, deadline=None)
def test_lines_within_a_box_go_round_the_cards(diagram):
    layout = lay_out(diagram)
    cards = rectangles(diagram, layout)
    for strokes in layout.strokes:
        for stroke in strokes:
            if not stroke.routed:
                continue
            for (ax, ay), (bx, by) in pieces(stroke.path):
                assert ax == bx or ay == by
                piece = (min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by))
                assert not any(overlap(piece, card, margin=-1) for card in cards)


@given(diagrams())
@settings(max_examples=100, deadline=None)
def test_what_undercuts_a_line_and_joint_premises_end_on_it(diagram):
    layout = lay_out(diagram)
    for number, strokes in enumerate(layout.strokes):
        for branch, stroke in enumerate(strokes):
            host = number if branch else diagram.lines[number].line
            assert stroke.joins == (host >= 0)
            if host < 0 or not stroke.routed:
                continue
            end = corners(stroke.path)[-1]
            assert any(on_piece(end, piece) for piece in pieces(layout.strokes[host][0].path))


@given(diagrams())
@settings(max_examples=30, deadline=None)
def test_the_same_diagram_gives_the_same_layout(diagram):
    assert lay_out(diagram) == lay_out(diagram)


def diagram_of(count, lines, rows=(), headers=()):
    return Diagram(
        sizes=[(WIDTH, 90)] * count,
        lines=lines,
        groups=[0] * count,
        rows=rows,
        headers=frozenset(headers),
    )


def test_mutual_rebuttal_stands_side_by_side():
    lines = [Line((0,), 1, strict=False), Line((1,), 0, strict=False), Line((2,), 0)]
    layout = lay_out(diagram_of(3, lines))
    assert layout.places[0][1] == layout.places[1][1] < layout.places[2][1]
    forth, back = layout.strokes[0][0], layout.strokes[1][0]
    assert corners(forth.path)[0][1] != corners(back.path)[0][1]


def test_rival_answers_stand_side_by_side_right_under_their_question():
    question, answers = 3, (0, 1, 2)
    lines = [Line((answer,), question) for answer in answers]
    lines.append(Line((1,), 0, strict=False))
    layout = lay_out(diagram_of(5, [*lines, Line((4,), 2)], rows=[answers], headers=[question]))
    tops = {layout.places[answer][1] for answer in answers}
    assert len(tops) == 1
    assert layout.places[question][1] + 90 < tops.pop() < layout.places[4][1]


def test_a_question_stands_just_above_its_answers_however_low_they_are():
    lines = [Line((1,), 0), Line((2,), 1), Line((2,), 3)]
    layout = lay_out(diagram_of(4, lines, headers=[3]))
    assert layout.places[3][1] == layout.places[1][1]


def test_an_undercutting_claim_stands_beside_the_premise():
    lines = [Line((1,), 0), Line((2,), line=0, strict=False)]
    layout = lay_out(diagram_of(3, lines))
    assert layout.places[2][1] == layout.places[1][1] > layout.places[0][1]


def test_many_reasons_wrap_into_rows():
    layout = lay_out(diagram_of(13, [Line((n,), 0) for n in range(1, 13)]))
    assert len({top for _left, top in layout.places}) == 4


def test_undercuts_in_a_circle_and_a_claim_that_speaks_to_itself_are_drawn():
    lines = [Line((0,), line=1), Line((1,), line=0), Line((2,), 2)]
    layout = lay_out(diagram_of(3, lines))
    assert [len(strokes) for strokes in layout.strokes] == [1, 1, 1]


def test_nothing_and_one_card():
    assert lay_out(Diagram([], [], [])).places == []
    assert lay_out(diagram_of(1, [])).places == [(FRAME, TITLE)]


def test_a_thousand_cards_are_laid_out_at_once():
    groups = [node // 50 for node in range(1000)]
    lines = [Line((n,), n - 1 - n * 7 % min(n % 50, 9)) for n in range(1000) if n % 50]
    lines += [Line((n,), n * 31 % 1000) for n in range(0, 1000, 2) if n != n * 31 % 1000]
    start = time.perf_counter()
    lay_out(Diagram([(WIDTH, 100)] * 1000, lines, groups))
    assert time.perf_counter() - start < 2, "measured: 0.15 s"


# -- the steps of it ------------------------------------------------------------------------


def test_layers_keep_strict_steps_when_a_cycle_is_broken():
    steps = [Step(1, 0), Step(2, 1), Step(0, 2, strict=False)]
    assert layers_of([1, 1, 1], steps, Companions(), 5) == [0, 1, 2]


def test_companions_do_not_turn_an_argument_round():
    # 0 supports 1 supports 2: they cannot be rivals on one layer
    steps = [Step(0, 1), Step(1, 2)]
    assert layers_of([1, 1, 1], steps, Companions(rows=[(0, 2)]), 5) == [2, 1, 0]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_strong_components_are_mutual_reach(edges):
    reach = {node: {node} for node in range(8)}
    for _ in range(8):
        for first, second in edges:
            reach[first] |= reach[second]
    component = strong_components(8, edges)
    for a in range(8):
        for b in range(8):
            assert (component[a] == component[b]) == (a in reach[b] and b in reach[a])


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 5)), min_size=1, max_size=9))
def test_isotonic_is_the_nearest_rising_sequence(wishes):
    levels = isotonic([(float(value), float(weight)) for value, weight in wishes])
    assert levels == sorted(levels)
    # optimal: each level is the weighted mean of those wishes that share it
    for level in set(levels):
        shared = [wish for wish, at in zip(wishes, levels, strict=True) if at == level]
        total = sum(weight for _value, weight in shared)
        assert level == pytest.approx(sum(v * w for v, w in shared) / total)


@given(
    st.lists(st.tuples(st.integers(1, 900), st.integers(1, 600)), max_size=25),
    st.floats(0.5, 3),
)
def test_packed_boxes_keep_their_distance(sizes, aspect):
    places, (width, height) = packed(sizes, gap=10, aspect=aspect)
    boxes = [(*place, *size) for place, size in zip(places, sizes, strict=True)]
    for number, box in enumerate(boxes):
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[0] + box[2] <= width
        assert box[1] + box[3] <= height
        assert not any(overlap(box, other, margin=10) for other in boxes[number + 1 :])


def test_text_is_measured_like_helvetica():
    assert text_width("Hamburgefonts", 1000) == pytest.approx(6670 * 1.02, rel=0.03)
    assert text_width("漢字", 10) == pytest.approx(20, rel=0.05)
    assert text_width("e\u0301", 10) == text_width("é", 10) == text_width("e", 10)


def test_lines_are_counted_as_a_browser_wraps_them():
    assert line_count("", 14, 200) == 1
    assert line_count("one two", 14, 200) == 1
    assert line_count("one two " * 20, 14, 200) > 4
    assert line_count("x" * 100, 14, 200) == 4
    assert line_count("a " + "x" * 100, 14, 200) == 5
