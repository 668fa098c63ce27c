"""Building blocks of a drawing: SVG elements, lines of text, and signs drawn as shapes.

Elements are made and written by `xml.etree`, which escapes what others wrote; characters that XML
does not allow are left out. Signs are shapes, so that no font needs to have them.
https://www.w3.org/TR/SVG2/, https://www.w3.org/TR/xml/#charsets
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal
from xml.etree import ElementTree as ET

from .measuring import SLACK, is_measured, text_width

BOLD = 1.08
"""How much wider than its plain letters a bold text is taken to be."""

SIGNS = {
    "support": "M6 1.5L11 10.5H1Z",
    "evidence": "M6 2A4 4 0 1 1 6 10A4 4 0 1 1 6 2Z",
    "rebuttal": "M3 1.2L6 4.2L9 1.2L10.8 3L7.8 6L10.8 9L9 10.8L6 7.8L3 10.8L1.2 9L4.2 6L1.2 3Z",
    "undercut": "M6 1L11 6L6 11L1 6Z",
    "contradiction": "M0 6L3.4 2.6V5.2H8.6V2.6L12 6L8.6 9.4V6.8H3.4V9.4Z",
    "qualification": "M6 1L11 6L6 11L1 6ZM6 3L3 6L6 9L9 6Z",
    "restatement": "M1.5 3.2H10.5V5H1.5ZM1.5 7.2H10.5V9H1.5Z",
    "in": "M1.2 6.4L2.6 5L4.9 7.3L9.6 2.2L11 3.6L4.9 10.2Z",
    "out": "M2.8 1.6L6 4.8L9.2 1.6L10.4 2.8L7.2 6L10.4 9.2L9.2 10.4L6 7.2L2.8 10.4L1.6 9.2L4.8 6"
    "L1.6 2.8Z",
    "undecided": "M3 4.3C3 2.3 4.3 1.2 6.1 1.2C7.9 1.2 9.2 2.3 9.2 3.9C9.2 6.1 6.9 6.1 6.9 7.7H5.2"
    "C5.2 5.3 7.4 5.2 7.4 4C7.4 3.2 6.9 2.7 6.1 2.7C5.2 2.7 4.7 3.3 4.7 4.3ZM5.2 8.9H6.9V10.6H5.2Z",
    "source": "M4.2 2H10V7.8H8.3V4.9L3.2 10L2 8.8L7.1 3.7H4.2Z",
}
"""Signs for kinds of link, for where a claim stands and for a source, in a square of 12 by 12."""

_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without control characters and what else XML has no place for."""
    return _UNWRITABLE.sub("", text)


def add(parent: ET.Element, tag: str, text: str = "", **attributes: object) -> ET.Element:
    """A new last child with text and attributes.

    ``font_size`` stands for ``font-size``, ``class_`` for ``class``; None leaves one out.
    """
    element = ET.SubElement(parent, tag, named(attributes))
    element.text = clean(text) or None
    return element


def named(attributes: Mapping[str, object]) -> dict[str, str]:
    """The attributes as they are written."""
    return {
        name.strip("_").replace("_", "-"): clean(str(value))
        for name, value in attributes.items()
        if value is not None
    }


def add_line(
    parent: ET.Element,
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    bold: bool = False,
    end: float | None = None,
    rtl: bool = False,
    **attributes: object,
) -> ET.Element:
    """One line of text with its baseline at `y`, from `x`; if `rtl`, from `end` to the left.

    Where the width of the text is known, it is given, so that another font is made to fit.
    """
    width = text_width(text, size) / SLACK * (BOLD if bold else 1)
    fitted = is_measured(text) and width > 0
    return add(
        parent,
        "text",
        text,
        x=plain(end if rtl and end is not None else x),
        y=plain(y),
        font_size=plain(size),
        font_weight="bold" if bold else None,
        direction="rtl" if rtl else None,
        textLength=plain(round(width, 1)) if fitted else None,
        lengthAdjust="spacingAndGlyphs" if fitted else None,
        **attributes,
    )


def add_sign(
    parent: ET.Element, sign: str, x: float, y: float, *, colour: str, size: float = 12
) -> ET.Element:
    """A sign with its upper left corner at (x, y)."""
    scale = "" if size == 12 else f" scale({plain(round(size / 12, 3))})"
    return add(
        parent,
        "path",
        d=SIGNS[sign],
        fill=colour,
        fill_rule="evenodd",
        transform=f"translate({plain(x)} {plain(y)}){scale}",
    )


def direction(text: str) -> Literal["ltr", "rtl"]:
    """The direction of a text: that of its first letter (Unicode bidi, rules P2 and P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def plain(number: float) -> str:
    """A number without a needless fraction."""
    return str(int(number)) if number == int(number) else str(round(number, 2))
