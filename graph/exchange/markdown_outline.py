"""A Markdown outline: questions, their answers, and under each claim what speaks to it.

Texts are escaped, so that a reader of CommonMark shows them letter for letter.
Source: https://spec.commonmark.org/0.31.2/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from ..debate import Debate
from ..printable import printable
from ..terms import LinkKind
from .exporting import Export
from .losses import lost

DEEPEST: Final = 12
"""Replies are indented no further than this many levels."""

_INLINE: Final = re.compile(r"[\\`*_\[\]<>~|&]")
_LEADING: Final = re.compile(r"(?:[#+=-]|\d+(?=[.)]))")
"""What begins a heading, a list or a rule where a line starts with it."""
_KEPT: Final = (
    "quotes", "speakers", "questions", "texts of claims", "titles of the debate",
    "that a support is one by evidence",
)  # fmt: skip
_Item: TypeAlias = tuple[int, str, int]
"""Depth, relation to what stands above, claim."""


def write(debate: Debate) -> Export:
    """The debate as an outline; each claim is told once, and referred to after that."""
    return Export({"": "\n".join(_Outline(debate).lines()).encode() + b"\n"}, lost(debate, *_KEPT))


class _Outline:
    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.told: set[int] = set()

    def lines(self) -> Iterator[str]:
        debate = self.debate
        yield f"# {_escaped(debate.title or 'Debate')}"
        if debate.description:
            yield f"\n{_escaped(debate.description)}"
        for number, question in enumerate(debate.questions):
            if answers := debate.answers_to[number]:
                yield f"\n## {_escaped(question.label)}\n"
                yield from self._claims(answers)
        rest = [claim for claim in range(len(debate)) if not debate.claim_questions[claim]]
        tops = [claim for claim in rest if not debate.links_from[claim]]
        for title, claims in (("Further claims", tops), ("Claims that only reply", rest)):
            untold = [claim for claim in claims if claim not in self.told]
            if untold:
                yield f"\n## {title}\n"
                yield from self._claims(untold)

    def _claims(self, claims: Iterable[int]) -> Iterator[str]:
        """Each claim and, below it, what speaks to it, as items of nested lists."""
        waiting: list[_Item] = [(0, "", claim) for claim in reversed(list(claims))]
        while waiting:
            depth, relation, claim = waiting.pop()
            again = claim in self.told
            yield "  " * min(depth, DEEPEST) + f"- {relation}{self._claim(claim, again)}"
            if not again:
                self.told.add(claim)
                waiting += reversed(list(self._replies(claim, depth + 1)))

    def _replies(self, claim: int, depth: int) -> Iterator[_Item]:
        """What ends on a claim, and what undercuts that."""
        debate = self.debate
        for link in debate.links_to[claim]:
            yield from self._step(link, LinkKind(debate.link_kinds[link]).verb, depth)
            name = self._name(debate.link_premises[link][0])
            for undercut in debate.links_to[len(debate) + link]:
                yield from self._step(undercut, f"undercuts the step from {name}", depth + 1)

    def _step(self, link: int, verb: str, depth: int) -> Iterator[_Item]:
        first, *others = self.debate.link_premises[link]
        yield depth, f"*{verb}:* ", first
        for other in others:
            yield depth, f"*together with {self._name(first)}:* ", other

    def _claim(self, claim: int, again: bool) -> str:
        debate = self.debate
        speakers = ", ".join(
            _escaped(debate.speakers[speaker].label) for speaker in debate.claim_speakers[claim]
        )
        who = f"**{speakers}**: " if speakers else ""
        if again:
            return f"{who}see {self._name(claim)} above"
        quotes = "".join(
            f" “{_escaped(quote.exact)}”" for quote in debate.quotes_at(claim) if quote.exact
        )
        return f"{who}{_escaped(debate.claim_texts[claim])} ({self._name(claim)}){quotes}"

    def _name(self, claim: int) -> str:
        return _escaped(self.debate.name(self.debate.claim_iris[claim]))


def _escaped(text: str) -> str:
    plain = _INLINE.sub(r"\\\g<0>", printable(" ".join(text.split())))
    if start := _LEADING.match(plain):
        end = start.end() if start[0].isdigit() else 0
        return f"{plain[:end]}\\{plain[end:]}"
    return plain
