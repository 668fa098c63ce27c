"""The map as one SVG drawing, made without a browser from the same layout as the page.

It looks like the page: cards with real text in their boxes, lines with the same dashes and heads,
a title above, a legend below. No script, no style sheet, nothing loaded; the only addresses are
those of sources on the web. https://www.w3.org/TR/SVG2/, https://www.w3.org/TR/graphics-aria-1.0/
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from ..debate import Debate
from ..errors import UsageError
from .boxes import NO_TOPIC
from .chart import ANSWER, CONTRADICTION, RESTATEMENT, Chart
from .data import page_data
from .layout import Layout, lay_out
from .markup import add, clean, named
from .palette import HEADS, LINK_STYLES, THEMES, colours_of
from .scope import scope_of
from .strokes import Rectangle
from .svg_cards import add_box, add_box_title, add_claim, add_question, source_of
from .svg_legend import add_header, add_legend
from .words import counted, said, scope_sentence, words

LETTERS = "Helvetica, Arial, 'Liberation Sans', 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
MARGIN = 48
LEAST_WIDTH = 900
FAINT = 0.4
"""How strong lines between boxes are, which run behind cards."""

_STYLES = {style.kind: style for style in LINK_STYLES}
_LAST_POINT = re.compile(r"(-?\d+) (-?\d+)$")
_WIDTHS = {ANSWER: 1.4, RESTATEMENT: 2.2}


class WebLink(NamedTuple):
    """A part of the drawing that leads to an address: left, top, width, height, address."""

    left: float
    top: float
    width: float
    height: float
    url: str


class Drawing(NamedTuple):
    """An SVG drawing: its text, its title and what it shows in words, its size and its links."""

    svg: str
    title: str
    summary: str
    width: int
    height: int
    links: tuple[WebLink, ...]


def draw_svg(
    debate: Debate,
    *,
    theme: str = "light",
    focus: str | None = None,
    claims: Iterable[str] | None = None,
    depth: int | None = None,
    topic: str | None = None,
    speaker: str | None = None,
) -> str:
    """The map of a debate as the text of one SVG file.

    `theme` is ``light`` or ``dark``; the other words and the errors are those of `draw`. The same
    debate gives the same text.
    """
    return drawing_of(
        debate, theme=theme, focus=focus, claims=claims, depth=depth, topic=topic, speaker=speaker
    ).svg


def drawing_of(debate: Debate, *, theme: str = "light", **scope: Any) -> Drawing:
    """The drawing that `draw_svg` writes, with what other formats need to know of it.

    Raises:
        UsageError: no such theme, or what `draw` raises.
    """
    if theme not in THEMES:
        raise UsageError(f"there is no theme {theme!r}; it is {' or '.join(THEMES)}")
    chart = Chart(debate, scope_of(debate, **scope))
    diagram = chart.diagram()
    return _Sheet(chart, lay_out(diagram), diagram.sizes, theme).drawing()


class _Sheet:
    def __init__(
        self, chart: Chart, layout: Layout, sizes: Iterable[tuple[int, int]], theme: str
    ) -> None:
        self.chart = chart
        self.layout = layout
        self.places: list[Rectangle] = [
            (*place, *size) for place, size in zip(layout.places, sizes, strict=True)
        ]
        self.colours = colours_of(theme)
        self.data = page_data(chart)

    def drawing(self) -> Drawing:
        title = clean(self.data["title"]) or words()["untitled"]
        summary = said(
            "picture-of",
            claims=counted("claims", len(self.data["claims"])),
            links=counted("links", len(self.data["links"])),
        )
        if scope := scope_sentence(self.data):
            summary += f" ({scope})"
        sheet = max(self.layout.width, LEAST_WIDTH)
        width = sheet + 2 * MARGIN
        root = ET.Element("svg")
        add(root, "title", title, id="map-title")
        add(root, "desc", f"{summary}.", id="map-desc")
        self._add_heads(add(root, "defs"))
        ground = add(root, "rect", width="100%", height="100%", fill=self.colours["page"])
        note = scope or self.data["description"]
        top = add_header(root, title, note, (sheet, MARGIN), self.colours)
        left = MARGIN + (sheet - self.layout.width) // 2
        self._add_map(add(root, "g", transform=f"translate({left} {top})"))
        bottom = top + self.layout.height + (MARGIN if self.layout.height else 0)
        kinds = Counter(line.kind for line in self.chart.lines)
        legend = (MARGIN, bottom, sheet)
        height = add_legend(root, self.data, kinds, legend, self.colours) + MARGIN
        ground.set("height", str(height))
        ground.set("width", str(width))
        root.attrib = named(
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "width": width,
                "height": height,
                "viewBox": f"0 0 {width} {height}",
                "font_family": LETTERS,
                "role": "graphics-document document",
                "aria-labelledby": "map-title",
                "aria-describedby": "map-desc",
            }
        )
        links = self._links(left, top)
        text = ET.tostring(root, encoding="unicode")
        svg = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
        return Drawing(svg, title, clean(summary), width, height, links)

    def _add_map(self, parent: ET.Element) -> None:
        data, colours = self.data, self.colours
        frames = [(f.left, f.top, f.width, f.height) for f in self.layout.frames]
        boxes = add(parent, "g", class_="boxes")
        for place in frames:
            add_box(boxes, place, colours)
        self._add_lines(add(parent, "g", class_="lines"))
        cards = add(parent, "g", class_="cards")
        rings = dict.fromkeys(data["scope"].get("matches", ()), colours["match"])
        if "focus" in data["scope"]:
            rings[data["scope"]["focus"]] = colours["accent"]
        for node, claim in enumerate(data["claims"]):
            add_claim(
                cards,
                claim,
                data,
                self.places[node],
                colours,
                tallies=self._tallies(node),
                ring=rings.get(node, ""),
            )
        for number, question in enumerate(data["questions"]):
            add_question(cards, question, self.places[len(data["claims"]) + number], colours)
        titles = add(parent, "g", class_="titles")
        for frame, place in zip(self.layout.frames, frames, strict=True):
            add_box_title(titles, *self._topic(self.chart.topics[frame.group]), place, colours)

    def _topic(self, topic: int) -> tuple[str, str]:
        """The label of a topic, and of the one above it."""
        if topic == NO_TOPIC:
            return words()["no-topic"], ""
        debate = self.chart.debate
        above = [debate.topic_numbers[iri] for iri in debate.topics[topic].broader]
        label = debate.topics[topic].label
        return label, debate.topics[above[0]].label if above and above[0] != topic else ""

    def _tallies(self, node: int) -> list[tuple[str, int]]:
        """The kinds of the lines that end on a card, with how many there are."""
        return [(s.kind, n) for s in LINK_STYLES if (n := self._ends[node][s.kind])]

    @cached_property
    def _ends(self) -> list[Counter[str]]:
        """For each node, how many lines of each kind end on it; of equal ends, on both."""
        ends: list[Counter[str]] = [Counter() for _ in self.places]
        for line in self.chart.lines:
            if line.kind == ANSWER:
                continue
            if line.line.node >= 0:
                ends[line.line.node][line.kind] += 1
            if line.kind in (CONTRADICTION, RESTATEMENT):
                ends[line.line.premises[0]][line.kind] += 1
        return ends

    # -- lines ------------------------------------------------------------------------------

    def _add_heads(self, defs: ET.Element) -> None:
        for style in LINK_STYLES:
            if style.head not in HEADS:
                continue
            head = HEADS[style.head]
            hollow = "class" in head["shape"]
            colour = self.colours[style.kind]
            marker = add(
                defs, "marker", id=f"head-{style.kind}", viewBox="0 0 16 16", refX=head["tip"],
                refY=8, markerWidth=16, markerHeight=16, markerUnits="userSpaceOnUse",
                orient="auto-start-reverse",
            )  # fmt: skip
            shape = {name: value for name, value in head["shape"].items() if name != "class"}
            paint = {"fill": "none", "stroke": colour, "stroke_width": 1.8}
            add(marker, head["tag"], **shape, **(paint if hollow else {"fill": colour}))

    def _add_lines(self, parent: ET.Element) -> None:
        for line, strokes in zip(self.chart.lines, self.layout.strokes, strict=True):
            style, colour = _STYLES[line.kind], self.colours[line.kind]
            across = not all(stroke.routed for stroke in strokes)
            group = add(
                parent, "g", class_=f"line {line.kind}", fill="none", stroke=colour,
                stroke_width=_WIDTHS.get(line.kind, 1.8), stroke_linejoin="round",
                stroke_dasharray=style.dash or None,
                stroke_linecap="round" if line.kind == RESTATEMENT else None,
                opacity=FAINT if across else 0.75 if line.kind == ANSWER else None,
            )  # fmt: skip
            add(group, "title", said(f"kind-{line.kind}"))
            head = f"url(#head-{line.kind})" if style.head in HEADS else None
            for branch, stroke in enumerate(strokes):
                add(
                    group, "path", d=stroke.path,
                    marker_end=head if branch == 0 else None,
                    marker_start=head if branch == 0 and line.kind == CONTRADICTION else None,
                )  # fmt: skip
                if branch and (end := _LAST_POINT.search(stroke.path)):
                    add(
                        group,
                        "circle",
                        class_="joint",
                        cx=end[1],
                        cy=end[2],
                        r=4.5,
                        fill=colour,
                        stroke="none",
                    )

    def _links(self, left: int, top: int) -> tuple[WebLink, ...]:
        found = []
        for node, claim in enumerate(self.data["claims"]):
            if url := source_of(claim, self.data):
                x, y, width, height = self.places[node]
                found.append(WebLink(x + left, y + top, width, height, clean(url)))
        return tuple(found)
