"""Which sentences of a document assert something, and under which heading they stand.

By rules: a sentence ends with its mark, is no question, has four words or more, is no bare list of
things, and stands in the running text or in a list: not in a heading, a caption, a cell of a
table, code, or what surrounds a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..documents import Block, DocumentText, Role
from .sentences import sentences

LONGEST = 800
"""Characters; what goes on for longer without a full stop is no sentence."""

_BULLET = re.compile(r"\s*(?:[•‣◦▪●○*+–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+")
_LABEL = re.compile(
    r"(?:[^\s:.!?“\"][^:.!?]{0,60}|[“\"][^“”\"]{1,60}[”\"]):\s+(?=[^\W\d_a-z]|[\d“\"'‘(])"
)
_SPEAKS = re.compile(
    r"(?!(?i:note|example|update|tip|warning|source|answer|question|summary|conclusion|q|a)\b)"
    r"(?P<name>[^\W\d_a-z][\w.'’-]*(?:\s+[^\W\d_a-z][\w.'’-]*){0,3})\s*(?:\([^)]{1,40}\))?:\s"
)
_CLOSED = re.compile(r"[.!…。！]+[\"'”’»)\]]*\Z")
_HEADING_LETTERS = 100
_HEADING_WORDS = 14
_WRAPPED = 110
"""A text whose lines are no longer than this has its paragraphs broken into lines."""
_SHORT_LINE = 0.6
"""A line shorter than this share of the longest ends a paragraph that is broken into lines, unless
the next begins with a small letter."""
_VERBS = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being|has|have|had|do|does|did|will|would|can|could|shall"
    r"|should|may|might|must|cannot|need|needs|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|won['’]t"
    r"|don['’]t|doesn['’]t|didn['’]t|can['’]t|\w+(?:['’](?:re|ve|ll|s)))\b",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"all rights reserved|©|\bcookies?\b.{0,80}\b(?:accept|consent|use|policy)|privacy policy"
    r"|terms of (?:use|service)|\bsubscribe\b|\bsign up\b|\bnewsletter\b|\bclick here\b"
    r"|\bshare (?:this|on)\b|\bread more\b|\bpin it\b|\bfollow us\b"
    r"|^(?:written )?by [^.]{1,60}\.?$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:written\s+)?by[:\s]\s*(?P<name>[^\W\d_][\w.'’-]*(?:\s+[\w.'’-]+){1,3})$", re.I
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that asserts something: its stretch of the text, and the heading above it.

    `block` numbers the paragraph in which it stands, from 0; `label` is the name with a colon that
    the paragraph begins with, or empty.
    """

    start: int
    end: int
    heading: str
    block: int
    label: str = ""


def candidates(document: DocumentText) -> Iterator[Candidate]:
    """The sentences that assert something, in order. Linear in the length of the document."""
    heading = ""
    for number, unit in enumerate(_units(document)):
        text = document.text[unit.start : unit.end]
        if unit.role is Role.HEADING:
            heading = _name_of(text)
        elif unit.role in (Role.TEXT, Role.ITEM):
            if _is_heading(text, unit.role):
                heading = _name_of(text)
                continue
            speaks = _SPEAKS.match(text)
            label = " ".join(speaks["name"].split()) if speaks else ""
            for start, end in _asserting(text):
                yield Candidate(unit.start + start, unit.start + end, heading, number, label)


def byline(document: DocumentText) -> str:
    """Who wrote the document, as a line of it says (“Written by …”), or nothing."""
    for unit in _units(document):
        text = document.text[unit.start : unit.end]
        if len(text) < _HEADING_LETTERS and (found := _BYLINE.match(" ".join(text.split()))):
            words = found["name"].split()
            if all(word[0].isupper() for word in words):
                return " ".join(words)
    return ""


def _units(document: DocumentText) -> Iterator[Block]:
    """The blocks, with those of a text without mark-up taken apart into paragraphs and items."""
    if document.kind in ("html", "markdown"):
        yield from document.blocks
        return
    running = [block for block in document.blocks if block.role is Role.TEXT]
    lengths = [
        len(line)
        for block in running
        for line in document.text[block.start : block.end].split("\n")
    ]
    width = max(lengths, default=0)
    for block in document.blocks:
        if block.role is Role.TEXT:
            yield from _paragraphs(document.text, block, width)
        else:
            yield block


def _paragraphs(text: str, block: Block, width: int) -> Iterator[Block]:
    """The paragraphs and items of a stretch of plain text whose longest line is so wide."""
    start = previous = block.start
    shortest = width * _SHORT_LINE if width <= _WRAPPED else None
    for match in re.finditer("\n", text[block.start : block.end]):
        place = block.start + match.start()
        following = text[place + 1 : place + 20].lstrip()[:1]
        ends = shortest is None or (place - previous < shortest and not following.islower())
        if ends or _BULLET.match(text, place + 1, min(block.end, place + 20)):
            yield _paragraph(text, start, place)
            start = place + 1
        previous = place + 1
    yield _paragraph(text, start, block.end)


def _paragraph(text: str, start: int, end: int) -> Block:
    bullet = _BULLET.match(text, start, min(end, start + 20))
    if bullet:
        return Block(bullet.end(), end, Role.ITEM)
    return Block(start, end, Role.TEXT)


def _is_heading(text: str, role: Role) -> bool:
    """Whether a paragraph is one short line without a full stop."""
    bare = text.strip()
    return (
        role is Role.TEXT
        and len(bare) <= _HEADING_LETTERS
        and len(bare.split()) <= _HEADING_WORDS
        and not _CLOSED.search(bare)
        and not bare.endswith((",", ";", ":", "?"))
        and any(character.isalpha() for character in bare)
    )


def _name_of(heading: str) -> str:
    """A heading without the signs before it and what closes it."""
    bare = re.sub(r"^[^\w“\"'‘(]+", "", " ".join(heading.split()))
    return bare.rstrip(" :.") or bare


def _asserting(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph that assert something."""
    for first, end in sentences(text):
        bullet = _BULLET.match(text, first, end)
        begin = bullet.end() if bullet else first
        label = _LABEL.match(text, begin, end)
        start = label.end() if label else begin
        if _asserts(text[start:end]):
            yield start, end


def _asserts(sentence: str) -> bool:
    bare = " ".join(sentence.split())
    if not _CLOSED.search(bare) or len(sentence) > LONGEST or _BOILERPLATE.search(bare):
        return False
    if "?" in bare[-3:]:
        return False
    words = re.findall(r"[^\W\d_][\w'’-]*", bare)
    if len(words) < 4 and not re.search(
        r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]", bare
    ):
        return False
    return not _is_list_of_things(bare)


def _is_list_of_things(bare: str) -> bool:
    """Whether it names short things between commas, without a verb: no assertion."""
    parts = re.split(r"[,;]", bare)
    return (
        len(parts) > 1
        and all(len(part.split()) <= 5 for part in parts)
        and not _VERBS.search(bare)
        and not re.match(r"(?:I|we|you|they|he|she|it|this|that|who)\b", bare, re.IGNORECASE)
        and not re.search(r"\b(?:said|says|\w{3,}ed)\b", bare)
    )
