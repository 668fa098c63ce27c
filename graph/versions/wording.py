"""How two wordings differ, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PIECE = re.compile(r"\w+(?:[’'-]\w+)*|\s+|[^\w\s]")
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


class Fate(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and what became of them."""

    fate: Fate
    text: str


def wording(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of both texts in the order of reading, what was removed before what was added.

    Kept and removed pieces make up the old text, kept and added ones the new.

    >>> [str(piece.fate) + ":" + piece.text for piece in wording("a grave mistake", "a mistake")]
    ['kept:a ', 'removed:grave ', 'kept:mistake']
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    pieces: list[Piece] = []
    gone, come = "", ""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal" and (removed.strip() or not (gone or come)):
            pieces += _changed(gone, come)
            pieces.append(Piece(Fate.KEPT, removed))
            gone, come = "", ""
        else:  # a space between two changes is no reason to part them
            gone, come = gone + removed, come + added
    return (*pieces, *_changed(gone, come))


def _changed(gone: str, come: str) -> list[Piece]:
    """What was removed and what was added, a space that ends both kept apart."""
    end = " " if gone.endswith(" ") and come.endswith(" ") else ""
    gone, come = gone.removesuffix(end), come.removesuffix(end)
    found = (Piece(Fate.REMOVED, gone), Piece(Fate.ADDED, come), Piece(Fate.KEPT, end))
    return [piece for piece in found if piece.text]


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [word.casefold() for word in _WORD.findall(text)]


def likeness(old: list[str], new: list[str]) -> float:
    """How much of two lists of words is the same and in the same order, in [0, 1]."""
    return SequenceMatcher(None, old, new, autojunk=False).ratio()
