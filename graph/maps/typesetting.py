"""A drawing as PNG or PDF, by Typst: one wheel without system packages, with letters of its own.

Typst gets the drawing and all words as values, never as its source, so that nothing that others
wrote is read as markup. https://typst.app/docs, https://github.com/messense/typst-py
"""

from __future__ import annotations

import json
from typing import Literal

from ..errors import DissensusError, UsageError
from .svg import Drawing

POINTS = 0.75
"""Of a CSS pixel."""

SMALL = 3000
MOST_PIXELS = 150_000_000
MOST_POINTS = 14_400
"""The longest side of a PDF page that all readers show (ISO 32000-1, annex C)."""

_SOURCE = b"""\
#let given = sys.inputs
#let unit = float(given.unit) * 1pt
#set document(title: given.title, date: none)
#set page(width: float(given.width) * unit, height: float(given.height) * unit, margin: 0pt)
#set text(lang: "en")
#image(bytes(given.svg), format: "svg", width: 100%, height: 100%, alt: given.alt)
#for (x, y, width, height, url) in json(bytes(given.links)) {
  let area = box(width: width * unit, height: height * unit)
  place(top + left, dx: x * unit, dy: y * unit, link(url, area))
}
"""


def png_of(drawing: Drawing, scale: float | None = None) -> bytes:
    """The drawing as PNG, each pixel of it taking `scale` pixels.

    Raises:
        DissensusError: Typst is not installed, or there would be too many pixels.
        UsageError: `scale` is not positive.
    """
    if scale is None:
        scale = 2.0 if max(drawing.width, drawing.height) <= SMALL else 1.0
    if not scale > 0:
        raise UsageError(f"scale is {scale:g}; a picture needs one above 0")
    pixels = drawing.width * drawing.height * scale * scale
    if pixels > MOST_PIXELS:
        raise DissensusError(
            f"a picture of {round(pixels / 1e6)} million pixels is too large "
            f"(the most is {MOST_PIXELS // 1_000_000}); narrow the map, give a smaller scale, "
            "or write SVG or PDF"
        )
    return _set(drawing, "png", POINTS, scale)


def pdf_of(drawing: Drawing) -> bytes:
    """The drawing as PDF, on one page of its size, with text to select and links to sources.

    A drawing that is larger than a page can be is made smaller.

    Raises:
        DissensusError: Typst is not installed.
    """
    longest = max(drawing.width, drawing.height)
    return _set(drawing, "pdf", min(POINTS, MOST_POINTS / longest), 1.0)


def _set(drawing: Drawing, form: Literal["png", "pdf"], unit: float, scale: float) -> bytes:
    try:
        import typst
    except ImportError:
        raise DissensusError(
            f"{form.upper()} needs one library more: pip install 'dissensus[pictures]'"
        ) from None
    inputs = {
        "svg": drawing.svg,
        "title": drawing.title,
        "alt": f"{drawing.title}. {drawing.summary}.",
        "width": str(drawing.width),
        "height": str(drawing.height),
        "unit": str(unit),
        "links": json.dumps(drawing.links),
    }
    try:
        result = typst.compile(_SOURCE, format=form, ppi=72 / POINTS * scale, sys_inputs=inputs)
    except (typst.TypstError, RuntimeError) as error:
        raise DissensusError(f"the {form.upper()} could not be made: {error}") from error
    assert isinstance(result, bytes)
    return result
