"""Texts without their typography, in which every character knows where it came from.

Every character is replaced on its own, whatever stands beside it, so that a stretch of a text has
a form that is a stretch of the text's form. Only white space and hyphens at line ends are seen
with their neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Mapping

LINE_END_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u2011\u00ad][^\S\n]*\n\s*(?=\w)")
"""A hyphen at the end of a line: it may belong to the word, or only to the line."""

_DASHES = "-\u2010\u2011‒–—―−"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ALIKE = {
    **dict.fromkeys("“”„‟«»″〝〞", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´", "'"),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_UNSEEN, ""),
}
_SOFT_BREAK = re.compile(r"\u00ad\s+")
_LAYOUT = str.maketrans(
    {
        **dict.fromkeys(_UNSEEN),
        **{ligature: unicodedata.normalize("NFKD", ligature) for ligature in "ﬀﬁﬂﬃﬄﬅﬆ"},
    }
)
_EITHER_WAY = "\ue000"
"""Stands for a hyphen at a line end where two texts are compared."""


class Form:
    """A text without its typography: `text`, and the way from there to the text itself.

    Quotation marks are straight, dashes plain, white space is one space, ligatures, accents and
    the ellipsis are taken apart (Unicode's compatibility decomposition, NFKD), and what nobody can
    see is gone. With `fold` case is gone too; with `skeleton` all dashes, and the line breaks
    behind those that end a line. Linear in the length of the text.
    """

    def __init__(self, text: str, *, fold: bool = False, skeleton: bool = False) -> None:
        table = {character: _formed(character, fold, skeleton) for character in set(text)}
        ordinals = str.maketrans(table)
        self._form, self._raw, self._whole = array("q"), array("q"), bytearray()
        pieces = []
        length = done = 0
        for match in _specials(table, skeleton).finditer(text):
            start, end = match.span()
            if start > done:
                self._mark(length, done, False)
                pieces.append(text[done:start].translate(ordinals))
                length += start - done
            self._mark(length, start, True)
            pieces.append("" if match.lastgroup else _replaced(match[0], table))
            length += len(pieces[-1])
            done = end
        self._mark(length, done, False)
        pieces.append(text[done:].translate(ordinals))
        self._mark(length + len(text) - done, len(text), False)
        self.text = "".join(pieces)

    def _mark(self, form: int, raw: int, whole: bool) -> None:
        """Here begins a stretch that is as long in both, or else a `whole` one that is not."""
        self._form.append(form)
        self._raw.append(raw)
        self._whole.append(whole)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text whose form is this stretch, which is not empty."""
        first = bisect_right(self._form, start) - 1
        last = bisect_right(self._form, end - 1) - 1
        begin = (
            self._raw[first] if self._whole[first] else self._raw[first] + start - self._form[first]
        )
        if self._whole[last]:
            return begin, self._raw[last + 1]
        return begin, self._raw[last] + end - self._form[last]

    def offset(self, raw: int) -> int:
        """Where in the form the character at this offset of the text stands, or would stand."""
        stretch = bisect_right(self._raw, raw) - 1
        if not self._whole[stretch]:
            return self._form[stretch] + raw - self._raw[stretch]
        return self._form[stretch] if raw == self._raw[stretch] else self._form[stretch + 1]


def plain(text: str) -> str:
    """The text without its typography, and without spaces at its ends; see `Form`."""
    return Form(text).text.strip(" ")


def same_but_for_hyphens(first: str, second: str, *, fold: bool = False) -> bool:
    """Whether the plain forms are the same, a hyphen at a line end being there or not."""
    forms = (Form(_marked(text), fold=fold).text.strip(" -") for text in (first, second))
    return _alike(*forms)


def same_but_for_layout(first: str, second: str) -> bool:
    """Whether texts differ in nothing but white space, line ends, ligatures and unseen marks."""
    return _alike(*(_laid_out(_marked(text)) for text in (first, second)))


def one_line(text: str, known: str = "") -> str:
    """The text on one line: single spaces, no ligatures, words put together at line ends.

    A hyphen at a line end stays where `known` has the word with it, or where what follows is no
    small letter.
    """

    def joined(match: re.Match[str]) -> str:
        if match[0].startswith("\u00ad"):
            return ""
        left = re.search(r"\w+\Z", text[: match.start()])
        right = re.match(r"\w+", text[match.end() :])
        assert left is not None
        assert right is not None
        belongs = not right[0][0].islower() or f"{left[0]}-{right[0]}" in known
        return "-" if belongs else ""

    return _laid_out(LINE_END_HYPHEN.sub(joined, text))


def _formed(character: str, fold: bool, skeleton: bool) -> str:
    """What becomes of one character."""
    if skeleton and character in _DASHES:
        return ""
    if character.isspace():
        return " "
    known = _ALIKE.get(character)
    if known is None:
        known = character if character.isascii() else unicodedata.normalize("NFKD", character)
    return known.casefold() if fold else known


def _specials(table: Mapping[str, str], skeleton: bool) -> re.Pattern[str]:
    """What does not become one character for each: what is unseen, runs of spaces, ligatures."""

    def chosen(characters: list[str]) -> str:
        return "".join(map(re.escape, sorted(characters)))

    unseen = chosen([character for character, form in table.items() if not form])
    gaps = unseen + chosen([character for character in table if character.isspace()])
    several = unseen + chosen([character for character, form in table.items() if len(form) > 1])
    kinds = [f"(?P<break>{LINE_END_HYPHEN.pattern})"] if skeleton else []
    kinds += [f"[{gaps}]{{2,}}"] if gaps else []
    kinds += [f"[{several}]"] if several else []
    return re.compile("|".join(kinds) or r"(?!)")


def _replaced(special: str, table: Mapping[str, str]) -> str:
    if len(special) == 1:
        return table[special]
    return " " if any(map(str.isspace, _SOFT_BREAK.sub("", special))) else ""


def _marked(text: str) -> str:
    return LINE_END_HYPHEN.sub(_EITHER_WAY, text)


def _laid_out(text: str) -> str:
    text = _SOFT_BREAK.sub("", text).translate(_LAYOUT)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _alike(first: str, second: str) -> bool:
    """Whether two texts are the same where a hyphen that ends a line is there or not."""
    i = j = 0
    while i < len(first) and j < len(second):
        one, other = first[i], second[j]
        if one == other:
            i, j = i + 1, j + 1
        elif other == _EITHER_WAY:
            i, j = i + (one == "-"), j + 1
        elif one == _EITHER_WAY:
            i, j = i + 1, j + (other == "-")
        else:
            return False
    return not first[i:].strip(_EITHER_WAY) and not second[j:].strip(_EITHER_WAY)
