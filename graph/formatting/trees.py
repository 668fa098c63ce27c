"""The parts of a Turtle document, each with the comments that stand by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from .tokens import Comment

_CLOSING = {"[": "]", "{|": "|}", "(": ")", "<<": ">>", "<<(": ")>>"}


@dataclass(slots=True)
class Atom:
    """A name, an IRI, a number or a text, as it is written."""

    text: str
    is_text: bool = False


@dataclass(slots=True)
class Properties:
    """A blank node in brackets, or an annotation: what is said of it."""

    opening: str
    entries: list[Entry] = field(default_factory=list)
    end: list[str] = field(default_factory=list)

    @property
    def closing(self) -> str:
        """The mark that closes it."""
        return _CLOSING[self.opening]


@dataclass(slots=True)
class Members:
    """A collection, whose members stand in an order; or a triple as a term, which is one too."""

    opening: str
    members: list[Object] = field(default_factory=list)
    end: list[str] = field(default_factory=list)

    @property
    def closing(self) -> str:
        """The mark that closes it."""
        return _CLOSING[self.opening]


Term: TypeAlias = Atom | Properties | Members


@dataclass(slots=True)
class Object:
    """A term and what is said of the triple that it ends: reifiers (``~ :r``) and annotations."""

    term: Term
    notes: list[Atom | Properties] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: str = ""


@dataclass(slots=True)
class Entry:
    """A predicate and its objects; `iri` is the predicate's, where it can be told."""

    verb: str
    iri: str
    objects: list[Object]
    before: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Statement:
    """A subject and what is said of it. `end` are comments before the closing dot."""

    subject: Term
    entries: list[Entry]
    gap: bool
    above: list[Comment]
    end: list[str]
    after: str


@dataclass(slots=True)
class Directive:
    """A declaration of a prefix, of the base, or of the version of the syntax.

    `word` is ``prefix``, ``base`` or ``version``; `arguments` are what follows it.
    """

    word: str
    arguments: tuple[str, ...]
    gap: bool
    above: list[Comment]
    after: str


@dataclass(slots=True)
class Document:
    """The statements of a file, and the comments below the last of them."""

    statements: list[Statement | Directive]
    below: list[Comment]
