"""How wide a text is and how many lines it takes, without a browser.

The widths are those of Helvetica (Adobe's metrics of the 14 standard PDF fonts), to which Arial
and Liberation Sans are equal and Segoe UI, Roboto and San Francisco are near; `SLACK` covers the
difference. The page measures its own font once and scales the text down if that is wider still.
"""

from __future__ import annotations

import unicodedata
from functools import cache

SLACK = 1.02
"""How much wider than Helvetica a text may be and still keep the lines counted here."""

SAMPLE = "The quick brown fox jumps over the lazy dog; 0123456789 claims were heard, WHO KNOWS?"
"""What the page measures to compare its font with Helvetica."""

_ASCII = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BEYOND_ASCII = {
    "–": 556, "—": 1000, "‘": 222, "’": 222, "“": 333, "”": 333, "„": 333, "…": 1000, "•": 350,
    "·": 278, "‹": 333, "›": 333, "«": 556, "»": 556, "€": 556, "£": 556, "§": 556, "°": 400,
    "×": 584, "−": 584, "±": 584, "¡": 333, "¿": 611, "ß": 611, "æ": 889, "Æ": 1000, "ø": 611,
    "Ø": 778, "ı": 278, "ł": 222, "Ł": 556, "œ": 944, "Œ": 1000, "\xa0": 278,
}  # fmt: skip
_WIDE = 1000
_OTHER = 600


@cache
def _units(character: str) -> int:
    """Width of a character in thousandths of the font size."""
    code = ord(character)
    if 32 <= code < 127:
        return _ASCII[code - 32]
    if character in _BEYOND_ASCII:
        return _BEYOND_ASCII[character]
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    base = unicodedata.normalize("NFD", character)[0]
    return _units(base) if base != character else _OTHER


def text_width(text: str, size: float) -> float:
    """Width of one line of text in pixels at a font size in pixels."""
    return sum(map(_units, text)) * size * SLACK / 1000


def is_measured(text: str) -> bool:
    """Whether the width of a text is known and not guessed: it has Latin letters only."""
    return text.isascii() or all(map(_is_known, text))


def _is_known(character: str) -> bool:
    return character in _BEYOND_ASCII or ord(unicodedata.normalize("NFD", character)[0]) < 127


def line_count(text: str, size: float, width: float) -> int:
    """How many lines a text takes when wrapped at spaces to `width` pixels; at least 1."""
    return len(wrapped(text, size, width))


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The lines of a text when wrapped at spaces to `width` pixels; at least one.

    A word wider than a line is broken. Runs of white space count as one space.
    """
    space = text_width(" ", size)
    lines, line, used = [], "", 0.0
    for word in text.split():
        length = text_width(word, size)
        if line and used + space + length > width:
            lines.append(line)
            line, used = "", 0.0
        if length > width:
            *full, rest = _broken(f"{line} {word}".lstrip(), size, width)
            lines.extend(full)
            line, used = rest, text_width(rest, size)
        else:
            line, used = (f"{line} {word}", used + space + length) if line else (word, length)
    return [*lines, line]


def shortened(text: str, size: float, width: float) -> str:
    """The text as one line; if it is wider than `width` pixels, its beginning and an ellipsis."""
    text = " ".join(text.split())
    if text_width(text, size) <= width:
        return text
    room = width - text_width("…", size)
    return f"{_broken(text, size, room)[0].rstrip()}…"


def _broken(word: str, size: float, width: float) -> list[str]:
    """The word in pieces no wider than `width`, each of one letter at least."""
    pieces, start, used = [], 0, 0.0
    for place, character in enumerate(word):
        length = _units(character) * size * SLACK / 1000
        if place > start and used + length > width:
            pieces.append(word[start:place])
            start, used = place, 0.0
        used += length
    return [*pieces, word[start:]]
