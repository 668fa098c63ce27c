"""What an Argdown document says: its statements, arguments, relations and sections.

This is the model that Argdown itself makes of a text (and puts into its JSON export): statements
with the same title are one, a relation that starts at an argument with a premise-conclusion
structure starts at its main conclusion, and an undercut of it ends on its last inference.

Source: https://argdown.org/syntax/ and the ModelPlugin of @argdown/core 1.7.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, NamedTuple

UNTITLED: Final = "Untitled "
"""How the titles of what has none begin; a number follows."""


class Kind(StrEnum):
    """What a relation says, named as in Argdown's JSON."""

    SUPPORT = "support"
    ATTACK = "attack"
    UNDERCUT = "undercut"
    CONTRADICTORY = "contradictory"
    ENTAILS = "entails"
    CONTRARY = "contrary"

    @property
    def symmetric(self) -> bool:
        """Whether it says the same the other way round."""
        return self in (Kind.CONTRADICTORY, Kind.CONTRARY)


_STRICTLY: Final = {Kind.SUPPORT: Kind.ENTAILS, Kind.ATTACK: Kind.CONTRARY}
"""What relations between statements say in a document whose mode is strict."""


class End(NamedTuple):
    """One end of a relation: a statement, an argument, or an inference of an argument.

    `line` is the place of an inference's conclusion among the lines of the argument, from 0.
    """

    argument: bool
    title: str
    line: int = -1


@dataclass(slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    level: int
    parent: Section | None = None


class Wording(NamedTuple):
    """A text that a statement or an argument was given, with the addresses it links to."""

    text: str
    line: int
    links: tuple[str, ...] = ()


@dataclass(slots=True)
class Node:
    """A statement, or an argument. `number` is 0 if it has a title of its own.

    `canonical` is the place among the wordings of the one that counts, by default the last.
    """

    title: str
    line: int
    number: int = 0
    wordings: list[Wording] = field(default_factory=list)
    canonical: int = -1
    tags: dict[str, None] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    section: Section | None = None


@dataclass(slots=True)
class Inference:
    """The step to a conclusion."""

    line: int
    rules: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


class Line(NamedTuple):
    """A line of a premise-conclusion structure; a premise has no inference."""

    statement: str
    inference: Inference | None = None


@dataclass(slots=True)
class Argument(Node):
    """An argument: a sketch if there are no `lines`, else a premise-conclusion structure."""

    lines: list[Line] = field(default_factory=list)

    @property
    def conclusion(self) -> str:
        """The title of the main conclusion."""
        return self.lines[-1].statement

    @property
    def premises(self) -> set[str]:
        """The titles of the premises, conclusions of earlier steps not among them."""
        return {line.statement for line in self.lines if line.inference is None}


class Relation(NamedTuple):
    """A relation from one end to another."""

    kind: Kind
    source: End
    target: End
    line: int


@dataclass(slots=True)
class Document:
    """What an Argdown document says; statements and arguments by their titles."""

    statements: dict[str, Node] = field(default_factory=dict)
    arguments: dict[str, Argument] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    front_matter: dict[str, Any] = field(default_factory=dict)
    strict: bool = False

    def settled_relations(self) -> list[Relation]:
        """The relations as Argdown settles them once the whole document is known, each once."""
        found: dict[tuple[Kind, End, End], Relation] = {}
        for relation in map(self._settled, self.relations):
            key = (relation.kind, relation.source, relation.target)
            if relation.kind.symmetric and (key[0], key[2], key[1]) in found:
                continue
            found.setdefault(key, relation)
        attacked: dict[End, set[str]] = {}
        for relation in found.values():
            for one, other in self._statement_attacks(relation):
                attacked.setdefault(one, set()).add(other.title)
        return [each for each in found.values() if not self._implied(each, attacked)]

    def _settled(self, relation: Relation) -> Relation:
        kind, source, target, line = relation
        if source.argument and (lines := self.arguments[source.title].lines):
            source = End(False, lines[-1].statement)
        if target.argument and target.line < 0 and kind is Kind.UNDERCUT:
            lines = self.arguments[target.title].lines
            target = End(True, target.title, len(lines) - 1)  # still -1 for a sketch
        if self.strict and not source.argument and not target.argument:
            kind = _STRICTLY.get(kind, kind)
        return Relation(kind, source, target, line)

    def _statement_attacks(self, relation: Relation) -> Iterator[tuple[End, End]]:
        kind, source, target, _ = relation
        if source.argument or target.argument or kind in (Kind.SUPPORT, Kind.ENTAILS):
            return
        yield source, target
        if kind.symmetric:
            yield target, source

    def _implied(self, relation: Relation, attacked: dict[End, set[str]]) -> bool:
        """Whether the structures of arguments already say it.

        An attack on an argument is one on a premise, and a support of it is one by way of a
        premise, where the statement stands in that relation to a premise of the argument.
        """
        kind, source, target, _ = relation
        if source.argument:
            return False
        if not target.argument:
            return (
                kind in (Kind.SUPPORT, Kind.ENTAILS)
                and source == target
                and any(a.lines and a.conclusion == source.title for a in self.arguments.values())
            )
        argument = self.arguments[target.title]
        if not argument.lines:
            return False
        if kind is Kind.ATTACK:
            return not argument.premises.isdisjoint(attacked.get(source, ()))
        return kind is Kind.SUPPORT and source.title in argument.premises
