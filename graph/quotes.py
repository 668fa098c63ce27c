"""Whether and where quoted words stand in a document: the TextQuoteSelector, checked.

Typography is set aside to find words: curly and straight quotation marks, dashes, an ellipsis,
ligatures, soft hyphens, hyphens at line ends, white space and line breaks. What is found is then
compared letter by letter. Of words that cannot be found, the passage most like them is named.

Source: W3C Web Annotation Data Model (2017), section 4.2.4, Text Quote Selector.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from .typography import (
    LINE_END_HYPHEN,
    Form,
    one_line,
    same_but_for_hyphens,
    same_but_for_layout,
)

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
_WITH_LETTERS = re.compile(r"\S*\w\S*")
_CONTEXT_LETTERS = 40
"""Characters in which a word is looked for that tells a place from others."""
_CONTEXT_WORDS = 12
"""Words before and after a quote that may be needed to tell its place from others."""

Span: TypeAlias = tuple[int, int]
"""Start and end in the text of a document."""


class Match(StrEnum):
    """How quoted words stand in their document.

    As they are; with other line ends, spaces, hyphenation or ligatures; with other quotation
    marks or dashes; in other case, where that was allowed; as they are, but not between the words
    that should surround them; or not at all.
    """

    VERBATIM = "verbatim"
    LAYOUT = "layout"
    TYPOGRAPHY = "typography"
    CASE = "case"
    CONTEXT = "context"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Passage:
    """What a document has for quoted words.

    `words` are the document's own, `start` is where they begin; of missing words, the passage most
    like them, or nothing. `likeness` in [0, 1] is 1 for words that were found, else the share of
    letters in common, in order, case counting for a quarter. `spans` are the places that
    fit; of words in the wrong surroundings, those of the words.
    """

    match: Match
    words: str
    start: int = 0
    likeness: float = 1.0
    spans: tuple[Span, ...] = ()

    @property
    def occurrences(self) -> int:
        """How many places fit."""
        return len(self.spans)


class SearchableText:
    """The text of a document, prepared for many quotes.

    Preparing takes about a second for ten million characters. The first quotes are found by
    scanning; if there are so many that this would be slow, an index of words is made.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._forms: dict[tuple[bool, bool], _SearchableForm] = {}
        self._has_line_end_hyphens = LINE_END_HYPHEN.search(text) is not None

    def passage(
        self, exact: str, prefix: str = "", suffix: str = "", *, ignore_case: bool = False
    ) -> Passage:
        """The passage for the words `exact` that stand between `prefix` and `suffix`.

        White space at the ends of the three does not count. An empty `exact` is missing.
        """
        spans = self.spans(exact, ignore_case=ignore_case)
        fitting = tuple(span for span in spans if self._stands_between(span, prefix, suffix))
        if fitting:
            ranks = list(Match)
            matches = [(ranks.index(self.match(exact, span)), span) for span in fitting]
            rank, (start, end) = min(matches)
            return Passage(ranks[rank], self.text[start:end], start, spans=fitting)
        if spans:
            form = self._form(fold=ignore_case)
            margin = max(len(prefix), len(suffix), _AROUND)
            first, last = (form.offset(place) for place in spans[0])
            start, end = form.span(*form.widened(first - margin, last + margin))
            return Passage(Match.CONTEXT, self.text[start:end], start, spans=spans)
        return self._nearest(exact)

    def spans(self, exact: str, *, ignore_case: bool = False) -> tuple[Span, ...]:
        """Every place where these words stand, whatever surrounds them, ascending."""
        form = self._form(fold=ignore_case)
        words = Form(exact, fold=ignore_case).text.strip(" ")
        found = {form.span(start, start + len(words)) for start in form.starts(words)}
        if self._has_line_end_hyphens or LINE_END_HYPHEN.search(exact):
            found |= self._spans_across_lines(exact, ignore_case, found)
        return tuple(sorted(found))

    def _spans_across_lines(self, exact: str, fold: bool, known: set[Span]) -> set[Span]:
        """The places where the words stand if a hyphen at a line end is there or not."""
        form = self._form(fold=fold, skeleton=True)
        words = Form(exact, fold=fold, skeleton=True).text.strip(" ")
        found = set()
        for offset in form.starts(words):
            start, end = form.span(offset, offset + len(words))
            passage = self.text[start:end]
            if not (LINE_END_HYPHEN.search(passage) or LINE_END_HYPHEN.search(exact)):
                continue
            if any(first <= start and end <= last for first, last in known):
                continue
            if same_but_for_hyphens(exact, passage, fold=fold):
                found.add((start, end))
        return found

    def surroundings(self, span: Span, spans: Sequence[Span]) -> tuple[str, str]:
        """The words before and after that tell this place of a quote from the others.

        As few as will do: words before it if that is enough, else after it, else on both sides;
        each as `one_line` has it. Both are empty if there is no other place.
        """
        others = [other for other in spans if other != span]
        if not others:
            return "", ""
        for count in range(1, _CONTEXT_WORDS + 1):
            before, after = self._words_before(span[0], count), self._words_after(span[1], count)
            for prefix, suffix in ((before, ""), ("", after), (before, after)):
                if (prefix or suffix) and not any(
                    self._stands_between(other, prefix, suffix) for other in others
                ):
                    return prefix, suffix
        return before, after

    def quotable(self, span: Span, wanted: str = "") -> str:
        """The document's words at this place on one line; see `one_line`.

        A hyphen at a line end stays if `wanted` or another place of the document has it.
        """
        words = self.text[span[0] : span[1]]
        if not LINE_END_HYPHEN.search(words):
            return one_line(words)
        return one_line(words, f"{wanted}\n{self.text}")

    def _words_before(self, offset: int, count: int) -> str:
        left = max(0, offset - _CONTEXT_LETTERS * count)
        words = list(_WITH_LETTERS.finditer(self.text[left:offset]))
        start = words[-count].start() if count <= len(words) else 0
        return self.quotable((left + start, offset))

    def _words_after(self, offset: int, count: int) -> str:
        following = self.text[offset : offset + _CONTEXT_LETTERS * count]
        words = list(_WITH_LETTERS.finditer(following))
        end = words[count - 1].end() if count <= len(words) else len(following)
        return self.quotable((offset, offset + end))

    def _stands_between(self, span: Span, prefix: str, suffix: str) -> bool:
        """Whether these words are before and after a place, in one form or the other."""
        if not (prefix or suffix):
            return True
        return any(
            self._form(skeleton=skeleton).surrounds(
                span, *(Form(side, skeleton=skeleton).text.strip(" ") for side in (prefix, suffix))
            )
            for skeleton in ((False, True) if self._has_line_end_hyphens else (False,))
        )

    def match(self, exact: str, span: Span) -> Match:
        """How these words match those at a place where they stand."""
        words = self.text[span[0] : span[1]]
        if exact.strip() == words:
            return Match.VERBATIM
        if same_but_for_layout(exact, words):
            return Match.LAYOUT
        return Match.TYPOGRAPHY if same_but_for_hyphens(exact, words) else Match.CASE

    def _form(self, *, fold: bool = False, skeleton: bool = False) -> _SearchableForm:
        kind = fold, skeleton
        if kind not in self._forms:
            self._forms[kind] = _SearchableForm(self.text, fold=fold, skeleton=skeleton)
        return self._forms[kind]

    def _nearest(self, exact: str) -> Passage:
        form = self._form(fold=True)
        words, cased = Form(exact, fold=True).text.strip(" "), Form(exact).text.strip(" ")
        best = Passage(Match.MISSING, "", likeness=0.0)
        for first, last in form.alike(words):
            start, end = form.span(first, last)
            found = self.text[start:end]
            likeness = (
                3 * Indel.normalized_similarity(words, form.text[first:last])
                + Indel.normalized_similarity(cased, Form(found).text)
            ) / 4
            if likeness > max(best.likeness, _UNLIKE):
                best = Passage(Match.MISSING, found, start, likeness)
        return best


class _SearchableForm(Form):
    """A form of a document in which many words are looked for."""

    def __init__(self, text: str, *, fold: bool, skeleton: bool) -> None:
        super().__init__(text, fold=fold, skeleton=skeleton)
        self._scanned = 0

    def starts(self, words: str) -> Iterator[int]:
        """Where the words stand in the form, ascending."""
        if not words:
            return
        inner = list(_WORD.finditer(words))[1:-1]  # the outer ones may be parts of words
        if not inner or self._scanned < _PLAINLY_SCANNED:
            self._scanned += len(self.text)
            start = self.text.find(words)
            while start >= 0:
                yield start
                start = self.text.find(words, start + 1)
            return
        anchor = min(inner, key=lambda word: len(self._index.get(word[0].casefold(), ())))
        for position in self._index.get(anchor[0].casefold(), ()):
            start = position - anchor.start()
            if start >= 0 and self.text.startswith(words, start):
                yield start

    def surrounds(self, span: Span, before: str, after: str) -> bool:
        """Whether the form has these words right before and after a place of the text."""
        start, end = (self.offset(place) for place in span)
        text = self.text
        return (
            text.endswith(before, 0, start)
            or (text.endswith(" ", 0, start) and text.endswith(before, 0, start - 1))
        ) and (
            text.startswith(after, end)
            or (text.startswith(" ", end) and text.startswith(after, end + 1))
        )

    def alike(self, words: str) -> Iterator[Span]:
        """Stretches of whole words that may be the ones most like `words`."""
        for place in self._candidates(words):
            left = max(0, place - len(words))
            aligned = fuzz.partial_ratio_alignment(words, self.text[left : place + 2 * len(words)])
            if aligned is None or aligned.dest_start == aligned.dest_end:
                continue
            start, end = left + aligned.dest_start, left + aligned.dest_end
            for more_before, more_after in ((0, 0), (2, 0), (0, 2), (2, 2)):  # a word more
                yield self.widened(start - more_before, end + more_after)

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

    def widened(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the form, widened to whole words."""
        text = self.text
        start, end = max(0, start), min(len(text), end)
        start = text.rfind(" ", 0, start + 1) + 1
        end = text.find(" ", max(start, end - 1))
        return start, len(text) if end < 0 else end

    @cached_property
    def _index(self) -> dict[str, array[int]]:
        """Each word of the form, case folded, and where it stands."""
        index: dict[str, array[int]] = defaultdict(lambda: array("q"))
        for match in _WORD.finditer(self.text):
            index[match[0].casefold()].append(match.start())
        return dict(index)

    def _places_like(self, word: str) -> Iterator[int]:
        """Where a word stands; if nowhere, where words begin as it does; common ones count not."""
        known = self._index.get(word)
        if known is not None:
            return iter(known if len(known) <= _COMMON else ())
        stem = word[:4]
        alike = (self._index[other] for other in sorted(self._index) if other.startswith(stem))
        return islice((place for places in alike for place in places), _COMMON)
