"""Text that came from a claim, made safe for a terminal or a one-line message."""

from __future__ import annotations

import unicodedata

_HARMLESS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{SOFT HYPHEN}")


def printable(text: str, *, lines: bool = False) -> str:
    """The text with control and direction-changing characters shown as escapes.

    An escape sequence in a claim must not move the cursor, and a right-to-left override must not
    turn the rest of a line. Line breaks become spaces unless `lines` is true.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character, lines) for character in text)


def _shown(character: str, lines: bool) -> str:
    if character == "\n":
        return character if lines else " "
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Zl", "Zp") or (category == "Cf" and character not in _HARMLESS):
        return character.encode("unicode_escape", "surrogatepass").decode()
    return character
