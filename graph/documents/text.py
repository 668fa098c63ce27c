"""The plain text of a document, and where each character of it stands in the file."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class Role(StrEnum):
    """What a stretch of a document is for."""

    TEXT = "text"
    ITEM = "item"
    HEADING = "heading"
    CAPTION = "caption"
    CELL = "cell"
    CODE = "code"
    APPARATUS = "apparatus"


class Block(NamedTuple):
    """A stretch of the text: a paragraph, a heading, an item of a list …; offsets of the text."""

    start: int
    end: int
    role: Role


class Place(NamedTuple):
    """Where something stands, both counted from 1; `page` is 0 where a document has no pages.

    The line is that of the file, or of the page where there are pages.
    """

    line: int
    page: int = 0

    def __str__(self) -> str:
        return f"page {self.page}, line {self.line}" if self.page else f"line {self.line}"


@dataclass(frozen=True)
class DocumentText:
    """A document as its reader sees it.

    `kind` is ``text``, ``html``, ``markdown`` or ``pdf``. `title`, `author`, `language` and `url`
    are what the document says of itself, or empty. `blocks` are in order and do not overlap.
    """

    kind: str
    text: str
    blocks: tuple[Block, ...] = ()
    title: str = ""
    author: str = ""
    language: str = ""
    url: str = ""
    _starts: array[int] = field(default_factory=lambda: array("q", [0]), repr=False)
    _lines: array[int] = field(default_factory=lambda: array("q", [1]), repr=False)
    _pages: array[int] = field(default_factory=lambda: array("q", [0]), repr=False)

    def place(self, offset: int) -> Place:
        """Where the character at this offset of the text stands in the file."""
        if not self._starts:
            return Place(1)
        part = max(0, bisect_right(self._starts, offset) - 1)
        breaks = self._breaks_before(offset) - self._breaks_before(self._starts[part])
        return Place(self._lines[part] + breaks, self._pages[part])

    def _breaks_before(self, offset: int) -> int:
        return bisect_left(self._line_breaks, offset)

    @cached_property
    def _line_breaks(self) -> array[int]:
        return array("q", (match.start() for match in re.finditer("\n", self.text)))


class Traced:
    """A document's text that is being put together, each part with its line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._starts = array("q")
        self._lines = array("q")
        self._pages = array("q")
        self._blocks: list[tuple[int, Role]] = []
        self._ended = True

    def begin(self, role: Role) -> None:
        """What comes from now on is a new block; it begins on a new line."""
        if not self._ended:
            self._parts.append("\n")
            self._length += 1
        self._ended = True
        if self._blocks and self._blocks[-1][0] == self._length:
            self._blocks.pop()
        self._blocks.append((self._length, role))

    def add(self, text: str, line: int, page: int = 0) -> None:
        """Add a part that begins on this line of the file or page."""
        if not text:
            return
        self._starts.append(self._length)
        self._lines.append(line)
        self._pages.append(page)
        self._parts.append(text)
        self._length += len(text)
        self._ended = text.endswith("\n")

    def document(
        self, kind: str, *, title: str = "", author: str = "", language: str = "", url: str = ""
    ) -> DocumentText:
        """The document made of all parts."""
        text = "".join(self._parts)
        ends = [start for start, _role in self._blocks] + [len(text)]
        blocks = (
            Block(*_trimmed(text, start, end), role)
            for (start, role), end in zip(self._blocks, ends[1:], strict=True)
        )
        return DocumentText(
            kind,
            text,
            tuple(block for block in blocks if block.start < block.end),
            _one_line(title),
            _one_line(author),
            language.strip(),
            url.strip(),
            self._starts,
            self._lines,
            self._pages,
        )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _one_line(text: str) -> str:
    return " ".join(text.split())
