"""The title above a drawing and the legend below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

from .markup import BOLD, add, add_line, add_sign
from .measuring import shortened, text_width
from .palette import HEADS, LINK_STYLES
from .svg_cards import RING, Colours, Plain, source_of
from .words import said

NORMAL_WIDTH = 1600
MOST_SCALE = 3.0
"""A drawing wider than normal has a bigger title and legend, up to this."""

TITLE = 26
NOTE = 15
TEXT = 14
ROW = 28
GAP = 26


class _Entry(NamedTuple):
    """An entry of the legend: how wide its sample is, how it is drawn, and what it says."""

    room: float
    sample: Callable[[ET.Element, float, float], object]
    words: str


def add_header(
    root: ET.Element, title: str, note: str, place: tuple[int, int], colours: Colours
) -> int:
    """Writes the title and a line below it, over (width, margin); returns where the map begins."""
    width, margin = place
    scale = _scale(width)
    room = width / scale
    header = add(
        root, "g", class_="header", transform=f"translate({margin} {margin}) scale({scale:g})"
    )
    name = shortened(title, TITLE * BOLD, room)
    add_line(header, name, 0, TITLE - 4, TITLE, bold=True, fill=colours["ink"])
    height = TITLE + 6
    if note:
        add_line(header, shortened(note, NOTE, room), 0, height + NOTE, NOTE, fill=colours["soft"])
        height += NOTE + 6
    return margin + round((height + 20) * scale)


def add_legend(
    root: ET.Element,
    data: Plain,
    kinds: Mapping[str, int],
    place: tuple[int, int, int],
    colours: Colours,
) -> int:
    """Draws what the marks mean, in rows, at (left, top, width); returns where it ends."""
    left, top, width = place
    scale = _scale(width)
    room = width / scale
    legend = add(root, "g", class_="legend", transform=f"translate({left} {top}) scale({scale:g})")
    y = 0
    for entries in (_links(kinds, colours), _speakers(data, colours), _marks(data, colours)):
        if not entries:
            continue
        x = 0.0
        for entry in entries:
            text = shortened(entry.words, TEXT, room - entry.room - 10)
            wide = entry.room + 8 + text_width(text, TEXT)
            if x and x + wide > room:
                x, y = 0.0, y + ROW
            item = add(legend, "g", class_="entry")
            entry.sample(item, x, y)
            add_line(item, text, round(x + entry.room + 8, 1), y + 13, TEXT, fill=colours["ink"])
            x += wide + GAP
        y += ROW
    return top + round(y * scale)


def _scale(width: int) -> float:
    return round(min(MOST_SCALE, max(1.0, width / NORMAL_WIDTH)), 2)


def _links(kinds: Mapping[str, int], colours: Colours) -> list[_Entry]:
    def sample(kind: str, head: str, dash: str) -> Callable[[ET.Element, float, float], object]:
        def draw(parent: ET.Element, x: float, y: float) -> None:
            add(
                parent, "path", d=f"M{x:g} {y + 8}h38", fill="none", stroke=colours[kind],
                stroke_width=1.8, stroke_dasharray=dash or None,
                marker_end=f"url(#head-{kind})" if head in HEADS else None,
            )  # fmt: skip
            if kind != "answer":
                add_sign(parent, kind, x + 46, y + 2, colour=colours[kind])

        return draw

    return [
        _Entry(
            40 if style.kind == "answer" else 58,
            sample(style.kind, style.head, style.dash),
            said(f"kind-{style.kind}"),
        )
        for style in LINK_STYLES
        if style.kind in kinds
    ]


def _speakers(data: Plain, colours: Colours) -> list[_Entry]:
    def sample(paint: str) -> Callable[[ET.Element, float, float], object]:
        return lambda parent, x, y: add(
            parent, "rect", x=round(x, 1), y=y + 1, width=14, height=14, rx=4, fill=paint
        )

    shown = {speaker for claim in data["claims"] for speaker in claim.get("speakers", ())}
    entries = [
        _Entry(14, sample(colours[f"speaker-{speaker['colour']}"]), speaker["label"])
        for number, speaker in enumerate(data["speakers"])
        if number in shown
    ]
    if any("speakers" not in claim for claim in data["claims"]):
        entries.append(_Entry(14, sample(colours["soft"]), said("no-speaker")))
    return entries


def _marks(data: Plain, colours: Colours) -> list[_Entry]:
    def sign(name: str) -> Callable[[ET.Element, float, float], object]:
        return lambda parent, x, y: add_sign(
            parent, name, round(x, 1), y + 2, colour=colours["soft"]
        )

    def ring(parent: ET.Element, x: float, y: float) -> object:
        return add(
            parent, "rect", x=round(x + RING / 2, 1), y=y + RING / 2, width=26 - RING,
            height=16 - RING, rx=4, fill="none", stroke=colours["match"], stroke_width=RING,
        )  # fmt: skip

    statuses = {claim["status"] for claim in data["claims"]}
    entries = [
        _Entry(12, sign(status), said(f"status-{status}"))
        for status in ("in", "out", "undecided")
        if status in statuses
    ]
    if entries:
        last = entries.pop()
        entries.append(last._replace(words=f"{last.words} {said('status-under')}"))
    if "matches" in data["scope"]:
        entries.append(_Entry(26, ring, said("match")))
    if any(source_of(claim, data) for claim in data["claims"]):
        entries.append(_Entry(12, sign("source"), said("source-online")))
    return entries
