"""Cards, questions and boxes as SVG: the same measures as on the page."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

from ..terms import ClaimKind
from .cards import (
    EDGE,
    FOOT,
    HEAD,
    LINE,
    MOST_LINES,
    MOST_QUESTION_LINES,
    PAD,
    QUESTION_LINE,
    QUESTION_TEXT,
    SWATCH,
    TEXT,
)
from .markup import BOLD, add, add_line, add_sign, direction
from .measuring import shortened, text_width, wrapped
from .strokes import Rectangle
from .words import counted, said

NAME = 12.5
SMALL = 12
CORNER = 8
QUESTION_CORNER = 12
TITLE = 17
RING = 4

_TOP = EDGE + 9
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")

Colours = dict[str, str]
Plain = dict[str, Any]


def speaker_line(claim: Plain, data: Plain) -> str:
    """Who says a claim."""
    names = [data["speakers"][speaker]["label"] for speaker in claim.get("speakers", ())]
    return ", ".join(names) if names else said("no-speaker")


def source_of(claim: Plain, data: Plain) -> str:
    """The web address of the first document quoted for a claim that has one, or nothing."""
    for quote in claim.get("quotes", ()):
        if "document" in quote and (url := data["documents"][quote["document"]].get("url")):
            return str(url)
    return ""


def add_claim(
    parent: ET.Element,
    claim: Plain,
    data: Plain,
    place: Rectangle,
    colours: Colours,
    *,
    tallies: list[tuple[str, int]],
    ring: str = "",
) -> None:
    """Draws the card of a claim; `tallies` says how many lines of each kind end on it.

    A claim with a source on the web is a link to it.
    """
    left, top, width, _height = place
    url = source_of(claim, data)
    if url:
        parent = add(parent, "a", href=url, target="_blank", rel="noopener noreferrer")
    card = add(parent, "g", class_=f"card {claim['kind']}")
    status = said(f"status-{claim['status']}")
    add(card, "title", f"{speaker_line(claim, data)}: {claim['text']} ({status})")
    if ring:
        _add_outline(card, place, -RING / 2, colour=ring, width=RING, fill="none", class_="ring")
    _add_ground(card, claim["kind"], place, colours)
    painted = [data["speakers"][s]["colour"] for s in claim.get("speakers", ())]
    _add_swatch(card, painted, place, colours)

    start, end = left + EDGE + SWATCH + PAD, left + width - EDGE - PAD
    y: float = top + _TOP + 13
    room = end - start - 18 - (16 if url else 0)
    name = shortened(speaker_line(claim, data), NAME * BOLD, room)
    add_line(card, name, start, y, NAME, bold=True, fill=colours["ink"])
    standing = colours["soft" if claim["status"] == "in" else "ink"]
    add_sign(card, claim["status"], end - 12, y - 10.5, colour=standing)
    if url:
        add_sign(card, "source", end - 28, y - 10.5, colour=colours["soft"])

    y = top + _TOP + HEAD
    language = claim.get("language", "")
    body = add(
        card, "g", fill=colours["ink"], lang=language if _LANGUAGE.fullmatch(language) else None
    )
    y = _add_text(body, claim["text"], (start, y, end), (TEXT, LINE, MOST_LINES))
    _add_foot(card, claim["kind"], tallies, (start, y + FOOT - 4, end), colours)


def add_question(parent: ET.Element, question: Plain, place: Rectangle, colours: Colours) -> None:
    """Draws the card of a question."""
    left, top, width, height = place
    card = add(parent, "g", class_="card question")
    add(card, "title", question["label"])
    add(
        card, "rect", x=left, y=top, width=width, height=height, rx=QUESTION_CORNER,
        fill=colours["ink"],
    )  # fmt: skip
    start, end = left + EDGE + PAD, left + width - EDGE - PAD
    answers = len(question.get("rivals", ()))
    head = (
        f"{said('question')} · {counted('answers', answers) if answers else said('answers-none')}"
    )
    add_line(card, head, start, top + _TOP + 13, NAME, fill=colours["page"], opacity=0.85)
    body = add(card, "g", fill=colours["page"])
    across = (start, top + _TOP + HEAD, end)
    letters = (QUESTION_TEXT, QUESTION_LINE, MOST_QUESTION_LINES)
    _add_text(body, question["label"], across, letters, bold=True)


def add_box(parent: ET.Element, place: Rectangle, colours: Colours) -> None:
    """Draws the ground of a topic's box."""
    left, top, width, height = place
    add(
        parent, "rect", class_="box", x=left, y=top, width=width, height=height, rx=14,
        fill=colours["box"], stroke=colours["box-edge"],
    )  # fmt: skip


def add_box_title(
    parent: ET.Element, label: str, above: str, place: Rectangle, colours: Colours
) -> None:
    """Writes the name of a box, and before it what it is a part of where there is room."""
    left, top, width, _height = place
    room, x, y = width - 40, left + 20, top + 30
    title = add(parent, "g", class_="title")
    name = shortened(label, TITLE * BOLD, room)
    path = f"{above} ›"
    wide = text_width(f"{path} ", TITLE)
    if above and text_width(name, TITLE) * BOLD + wide <= room:
        add_line(title, path, x, y, TITLE, fill=colours["soft"])
        x += round(wide)
    add_line(title, name, x, y, TITLE, bold=True, fill=colours["ink"])


def _add_text(
    parent: ET.Element,
    text: str,
    across: tuple[float, float, float],
    letters: tuple[float, int, int],
    *,
    bold: bool = False,
) -> float:
    """Writes a text in lines from (left, top) to right; returns where it ends.

    `letters` are their size, the height of a line, and how many lines there may be.
    """
    start, y, end = across
    size, pitch, most = letters
    measure = size * (BOLD if bold else 1)
    lines = wrapped(text, measure, end - start)
    if len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], shortened(rest, measure, end - start)]
    rtl = direction(text) == "rtl"
    for number, line in enumerate(lines):
        baseline = y + number * pitch + pitch - 5
        add_line(parent, line, start, baseline, size, bold=bold, end=end, rtl=rtl)
    return y + len(lines) * pitch


def _add_outline(
    parent: ET.Element, place: Rectangle, inset: float, *, colour: str, width: float, fill: str,
    dash: str | None = None, class_: str | None = None,
) -> None:  # fmt: skip
    left, top, wide, high = place
    add(
        parent, "rect", class_=class_, x=left + inset, y=top + inset,
        width=wide - 2 * inset, height=high - 2 * inset, rx=CORNER - inset, fill=fill,
        stroke=colour, stroke_width=width, stroke_dasharray=dash,
    )  # fmt: skip


def _add_ground(card: ET.Element, kind: str, place: Rectangle, colours: Colours) -> None:
    """The card itself: a dashed edge for evidence, a double one for a recommendation."""
    special = kind != ClaimKind.CLAIM.value
    edge = colours["soft" if special else "edge"]
    dash = "4 3" if kind == ClaimKind.EVIDENCE.value else None
    _add_outline(card, place, 0.5, colour=edge, width=1, fill=colours["surface"], dash=dash)
    if kind == ClaimKind.RECOMMENDATION.value:
        _add_outline(card, place, 3, colour=edge, width=1, fill="none")


def _add_swatch(card: ET.Element, speakers: list[int], place: Rectangle, colours: Colours) -> None:
    """The band on the left in the speakers' colours, round at its corners."""
    left, top, _width, height = place
    paints = [colours[f"speaker-{colour}"] for colour in speakers] or [colours["soft"]]
    x, right = left + EDGE, left + EDGE + SWATCH
    first, last = top + EDGE, top + height - EDGE
    for number, paint in enumerate(paints):
        upper = first + (last - first) * number / len(paints)
        lower = first + (last - first) * (number + 1) / len(paints)
        above = SWATCH if number == 0 else 0
        below = SWATCH if number == len(paints) - 1 else 0
        add(
            card, "path", class_="swatch", fill=paint,
            d=f"M{right} {upper:g}V{lower:g}H{x + below}q{-below} 0 {-below} {-below}"
            f"V{upper + above:g}q0 {-above} {above} {-above}Z",
        )  # fmt: skip


def _add_foot(
    card: ET.Element,
    kind: str,
    tallies: list[tuple[str, int]],
    across: tuple[float, float, float],
    colours: Colours,
) -> None:
    start, y, end = across
    if kind != ClaimKind.CLAIM.value:
        add_line(card, said(f"{kind}-kind"), start, y, SMALL, bold=True, fill=colours["soft"])
    x = end
    for name, number in reversed(tallies):
        wide = round(text_width(str(number), SMALL * BOLD))
        x -= wide
        add_line(card, str(number), x, y, SMALL, bold=True, fill=colours[name])
        x -= 13
        mark = add(card, "g", class_="tally")
        add(mark, "title", said(f"tally-{name}", n=number))
        add_sign(mark, name, x, y - 9.5, colour=colours[name], size=10.5)
        x -= 9
