"""Whether quoted words stand in a document: the Open Annotation TextQuoteSelector, checked.

Typography is set aside to find words: curly and straight quotation marks, dashes, an ellipsis,
ligatures, soft hyphens, white space and line breaks. What is found is then compared letter by
letter. Of words that cannot be found, the passage most like them is named.

Source: W3C Web Annotation Data Model (2017), section 4.2.4, Text Quote Selector.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from itertools import islice

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″〝〞", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    }
)
_SOFT_HYPHEN = re.compile(r"\u00ad\s*")
_PIECE = re.compile(r"(?:[^\s\u00ad]++|\u00ad\s*+)++")
_WORD = re.compile(r"\w+")

_PLAINLY_SCANNED = 256 * 1024 * 1024
"""Characters searched for the quotes of one document before an index of its words is used."""
_COMMON = 2000
"""A word that occurs more often than this says nothing about where a passage stands."""
_AROUND = 15
"""Characters shown on both sides of words that stand elsewhere than they should."""
_UNLIKE = 0.5
"""A passage that is no more like the words than this is not worth a word."""
_CANDIDATES = 4
"""Passages that are compared letter by letter with words that cannot be found."""


class Match(StrEnum):
    """How quoted words stand in their document.

    As they are; with other quotation marks, dashes or spaces; as they are, but not between the
    words that should surround them; or not at all.
    """

    VERBATIM = "verbatim"
    TYPOGRAPHY = "typography"
    CONTEXT = "context"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Passage:
    """What a document has for quoted words.

    `words` are the document's own; of missing words, the passage most like them, or nothing.
    `likeness` in [0, 1] is difflib's ratio, 1 for words that were found. `occurrences` counts
    the places that fit.
    """

    match: Match
    words: str
    likeness: float = 1.0
    occurrences: int = 1


class SearchableText:
    """The text of a document, prepared for many quotes.

    Preparing takes about a second for ten million characters. The first quotes are found by
    scanning; if there are so many that this would be slow, an index of words is made.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._piece_starts = array("q")
        self._plain_starts = array("q")
        pieces = []
        length = 0
        for match in _PIECE.finditer(text):
            if piece := plain(match[0]):
                self._piece_starts.append(match.start())
                self._plain_starts.append(length)
                pieces.append(piece)
                length += len(piece) + 1
        self._plain = " ".join(pieces)
        self._scanned = 0

    def passage(self, exact: str, prefix: str = "", suffix: str = "") -> Passage:
        """The passage for the words `exact` that stand between `prefix` and `suffix`.

        White space at the ends of the three does not count. An empty `exact` is missing.
        """
        words = plain(exact)
        before, after = plain(prefix), plain(suffix)
        starts = list(self._starts(words)) if words else []
        fitting = [
            start
            for start in starts
            if self._follows(before, start) and self._precedes(after, start + len(words))
        ]
        if fitting:
            found = [self._raw(start, start + len(words)) for start in fitting]
            if exact.strip() in found:
                return Passage(Match.VERBATIM, exact.strip(), occurrences=len(fitting))
            return Passage(Match.TYPOGRAPHY, found[0], occurrences=len(fitting))
        if starts:
            margin = max(len(before), len(after), _AROUND)
            around = self._widened(starts[0] - margin, starts[0] + len(words) + margin)
            return Passage(Match.CONTEXT, self._raw(*around), occurrences=len(starts))
        return self._nearest(words)

    def _follows(self, before: str, start: int) -> bool:
        text = self._plain
        return text.endswith(before, 0, start) or (
            text.endswith(" ", 0, start) and text.endswith(before, 0, start - 1)
        )

    def _precedes(self, after: str, end: int) -> bool:
        text = self._plain
        return text.startswith(after, end) or (
            text.startswith(" ", end) and text.startswith(after, end + 1)
        )

    def _starts(self, words: str) -> Iterator[int]:
        """Where the words stand in the plain text, ascending."""
        inner = list(_WORD.finditer(words))[1:-1]  # the outer ones may be parts of words
        if not inner or self._scanned < _PLAINLY_SCANNED:
            self._scanned += len(self._plain)
            start = self._plain.find(words)
            while start >= 0:
                yield start
                start = self._plain.find(words, start + 1)
            return
        anchor = min(inner, key=lambda word: len(self._index.get(word[0].casefold(), ())))
        for position in self._index.get(anchor[0].casefold(), ()):
            start = position - anchor.start()
            if start >= 0 and self._plain.startswith(words, start):
                yield start

    @cached_property
    def _index(self) -> dict[str, array[int]]:
        """Each word of the plain text, case folded, and where it stands."""
        index: dict[str, array[int]] = defaultdict(lambda: array("q"))
        for match in _WORD.finditer(self._plain):
            index[match[0].casefold()].append(match.start())
        return dict(index)

    def _raw(self, start: int, end: int) -> str:
        """The document's own characters for a stretch of the plain text."""
        return self.text[self._raw_offset(start) : self._raw_offset(end - 1, after=True)]

    def _raw_offset(self, offset: int, *, after: bool = False) -> int:
        """Where the character at `offset` of the plain text begins, or ends, in the raw text."""
        piece = bisect_right(self._plain_starts, offset) - 1
        start = self._piece_starts[piece]
        following = self._piece_starts[piece + 1 : piece + 2]
        end = following[0] if following else len(self.text)
        wanted = offset - self._plain_starts[piece] + after
        length = bisect_left(
            range(end - start), wanted, key=lambda size: len(plain(self.text[start : start + size]))
        )
        return start + length

    def _nearest(self, words: str) -> Passage:
        best = Passage(Match.MISSING, "", 0.0, 0)
        for start in self._candidates(words):
            left = max(0, start - len(words))
            region = self._plain[left : start + 2 * len(words)]
            blocks = SequenceMatcher(None, words, region, autojunk=False).get_matching_blocks()
            first, last = blocks[0], blocks[-2] if len(blocks) > 1 else blocks[0]
            longest = max(blocks, key=lambda block: block.size)
            begin = left + longest.b - longest.a
            spans = (
                (begin, begin + len(words)),
                (left + first.b - first.a, left + last.b + len(words) - last.a),
            )
            for begin, end in (self._widened(*span) for span in spans):
                passage = self._plain[begin:end]
                likeness = SequenceMatcher(None, words, passage, autojunk=False).ratio()
                if likeness > max(best.likeness, _UNLIKE):
                    best = Passage(Match.MISSING, self._raw(begin, end), likeness, 0)
        return best

    def _candidates(self, words: str) -> list[int]:
        """Where to look for a passage like `words`: the places that share most words with it."""
        positions = sorted(
            (position, word)
            for word in {match[0].casefold() for match in _WORD.finditer(words)}
            for position in self._places_like(word)
        )
        shared: Counter[str] = Counter()
        scores: list[tuple[int, int]] = []
        first = 0
        for position, word in positions:
            shared[word] += 1
            while positions[first][0] < position - len(words) * 5 // 4:
                shared[positions[first][1]] -= 1
                first += 1
            scores.append((-sum(map(bool, shared.values())), positions[first][0]))
        return [start for _score, start in sorted(set(scores))[:_CANDIDATES]]

    def _places_like(self, word: str) -> Iterator[int]:
        """Where a word stands; if nowhere, where words begin as it does; common ones count not."""
        known = self._index.get(word)
        if known is not None:
            return iter(known if len(known) <= _COMMON else ())
        stem = word[:4]
        alike = (self._index[other] for other in sorted(self._index) if other.startswith(stem))
        return islice((place for places in alike for place in places), _COMMON)

    def _widened(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the plain text, widened to whole words."""
        text = self._plain
        start, end = max(0, start), min(len(text), end)
        start = text.rfind(" ", 0, start + 1) + 1
        end = text.find(" ", max(start, end - 1))
        return start, len(text) if end < 0 else end


def plain(text: str) -> str:
    """The text without typography: straight quotes, plain dashes, single spaces, no soft hyphens.

    The compatibility form of Unicode (NFKC) undoes ligatures and the ellipsis.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _SOFT_HYPHEN.sub("", text).translate(_ALIKE))
    return " ".join(text.split())
