"""Kialo's text export: a numbered tree of pros and cons.

::

    Discussion Title: Should trams be free?

    1. Trams should be free.
    1.1. Pro: Free trams take cars off the road.
    1.1.1. Con: -> See 1.2.

A pro supports what stands above it, a con rebuts it. ``-> See`` repeats a claim in another place.
Nobody is named in the export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..terms import LinkKind
from .part import Part
from .source import Source

_TITLE: Final = "Discussion Title:"
_ITEM: Final = re.compile(r"((?:\d+\.)+) (?:(Pro|Con): )?(.*)")
_REFERENCE: Final = re.compile(r"-> See (?:discussion )?((?:\d+\.)+)")
_ESCAPE: Final = re.compile(r"\\([\\\[\]()*_#>`~!.-])")
_LINK: Final = re.compile(r"\[((?:[^\]\\]|\\.)*)\]\(([^)\s]*)\)")
_KINDS: Final = {"Pro": LinkKind.SUPPORT, "Con": LinkKind.REBUTTAL}


@dataclass
class _Item:
    """A numbered item: its number without the last dot, what it is to its parent, its words."""

    number: str
    stance: str
    line: int
    words: list[str]

    @property
    def parent(self) -> str:
        return self.number.rpartition(".")[0]

    @property
    def text(self) -> str:
        return "\n".join(self.words).strip()


def recognises(source: Source) -> bool:
    """Whether the file begins as Kialo's exports do."""
    return source.data[:200].decode(errors="replace").lstrip("\ufeff \n\r").startswith(_TITLE)


def read(source: Source, part: Part) -> None:
    """Read an export into the part; a claim is called by its number.

    Raises:
        InputError: the file does not begin as an export does, or an item has no parent.
    """
    lines = source.text().lstrip("\n ").split("\n")
    if not lines[0].startswith(_TITLE):
        source.fail(
            f"a Kialo export begins with {_TITLE!r}", line=1, column=1,
            remedy="export the discussion as text",
        )  # fmt: skip
    part.scope = "" if part.alone else source.stem
    part.title = lines[0].removeprefix(_TITLE).strip()
    items = {item.number: item for item in _items(lines)}
    theses = [item for item in items.values() if not item.parent]
    asks = part.title.endswith("?") or len(theses) > 1
    questions = (part.question(part.title),) if asks and part.title else ()
    for item in items.values():
        if not _REFERENCE.match(item.text):
            text, notes = _plain(item.text)
            answers = questions if item in theses else ()
            part.claim(item.number, text, questions=answers, notes=notes)
        if item.parent:
            _join(part, items, item)


def _items(lines: list[str]) -> Iterator[_Item]:
    """The numbered items; a line that continues none that could stand here belongs to the last."""
    known: set[str] = set()
    item: _Item | None = None
    for number, line in enumerate(lines[1:], 2):
        match = _ITEM.match(line)
        name = match[1][:-1] if match else ""
        parent = name.rpartition(".")[0]
        if match and name not in known and (parent in known if match[2] else not parent):
            if item:
                yield item
            item = _Item(name, match[2] or "", number, [match[3]])
            known.add(name)
        elif item:
            item.words.append(line.strip())
    if item:
        yield item


def _join(part: Part, items: dict[str, _Item], item: _Item) -> None:
    parent = _origin(part, items, items[item.parent])
    child = _origin(part, items, item)
    if not (parent and child):
        return
    name = f"{item.number}-{'supports' if item.stance == 'Pro' else 'rebuts'}"
    premise, conclusion = part.claim_key(child.number), part.claim_key(parent.number)
    part.link(_KINDS[item.stance], [premise], conclusion, name)


def _origin(part: Part, items: dict[str, _Item], item: _Item) -> _Item | None:
    """The item that an item repeats, or the item itself."""
    seen: set[str] = set()
    while match := _REFERENCE.match(item.text):
        target = match[1][:-1]
        if target not in items or target in seen:
            part.note(f"{item.number} refers to {target}, which is not there", line=item.line)
            return None
        seen.add(target)
        item = items[target]
    return item


def _plain(text: str) -> tuple[str, tuple[str, ...]]:
    """The words without markup, and a note for each link that they held."""
    sources = [(_unescaped(match[1]).split(), match[2]) for match in _LINK.finditer(text)]
    notes = [" ".join(["Source:", *words, address]) for words, address in sources if address]
    return _unescaped(_LINK.sub(r"\1", text)), tuple(dict.fromkeys(notes))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)
