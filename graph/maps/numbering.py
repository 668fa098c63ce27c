"""How the page names things: by their position in its own lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from ..terms import local_name
from .chart import CONTRADICTION, Chart

Plain = dict[str, Any]


class Named(Protocol):
    """What has an IRI."""

    @property
    def iri(self) -> str:
        """The IRI."""
        ...


class Numbers:
    """Positions in the page's list of what the scope uses of one kind of entity."""

    def __init__(self, used: Iterable[int]) -> None:
        self.order = tuple(dict.fromkeys(used))
        self._place = {number: place for place, number in enumerate(self.order)}

    def __call__(self, numbers: Iterable[int]) -> list[int]:
        """The positions of `numbers`, all of which the scope uses."""
        return [self._place[number] for number in numbers]

    def known(self, numbers: Iterable[int]) -> list[int]:
        """The positions of those that the scope uses."""
        return [self._place[number] for number in numbers if number in self._place]


@dataclass(frozen=True)
class Places:
    """Where the page has the speakers, topics, questions and values of a chart."""

    chart: Chart
    speakers: Numbers
    topics: Numbers
    questions: Numbers
    values: Numbers

    def nodes(self, claims: Iterable[int]) -> list[int]:
        """The nodes of those of the claims that the page shows."""
        node_of = self.chart.node_of
        return [node_of[claim] for claim in claims if claim in node_of]

    def lines(self, links: Iterable[int]) -> list[int]:
        """The lines that stand for those of the links that the page shows, each once."""
        found = [self._line_of.get(link, -1) for link in links]
        return list(dict.fromkeys(line for line in found if line >= 0))

    @cached_property
    def _line_of(self) -> dict[int, int]:
        """Link → its line; a rebuttal that is half of a contradiction has that one's line."""
        chart, debate = self.chart, self.chart.debate
        found = {line.link: number for number, line in enumerate(chart.lines) if line.link >= 0}
        halves = {
            frozenset((line.line.premises[0], line.line.node)): number
            for number, line in enumerate(chart.lines)
            if line.kind == CONTRADICTION
        }
        for link, target in enumerate(debate.link_conclusions):
            if link not in found and target in chart.node_of:
                ends = {chart.node_of.get(p, -1) for p in debate.link_premises[link]}
                half = halves.get(frozenset({*ends, chart.node_of[target]}))
                if half is not None:
                    found[link] = half
        return found


def filled(**fields: Any) -> Plain:
    """The fields that say something."""
    return {
        name: value
        for name, value in fields.items()
        if value is not None and value is not False and value not in ("", [])
    }


def ids(entities: Sequence[Named]) -> list[str]:
    """A name for each entity that no other of them has: its local name, or its IRI."""
    counts = Counter(local_name(entity.iri) for entity in entities)
    return [
        local_name(entity.iri) if counts[local_name(entity.iri)] == 1 else entity.iri
        for entity in entities
    ]
