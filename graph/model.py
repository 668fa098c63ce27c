"""The records of a debate: claims, links, speakers, questions and what they refer to.

Records are immutable and refer to each other by IRI. They are what a reader makes, a writer
writes and a test spells out; `dissensus.graph.debate.Debate` numbers and indexes them.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .terms import LINK_IRI, ClaimKind, LinkKind

DEFAULT_STRENGTH = 0.5


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A few words of a document: an Open Annotation TextQuoteSelector and its source.

    `document` is an IRI, or empty where the file names none.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition that someone puts forward; every reference is an IRI.

    `strength` in [0, 1] is how strong the claim is before anyone replies. `text` is in the
    language `language` (a BCP 47 tag, or empty); `translations` are (language, text) pairs.
    `identifier` is what the claim was called where it comes from, if its IRI does not say it.
    """

    iri: str
    text: str
    kind: ClaimKind = ClaimKind.CLAIM
    speakers: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    strength: float = DEFAULT_STRENGTH
    needs_backing: bool = False
    said_on: str = ""
    language: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A step from premises to a conclusion; several premises are joint, all are needed.

    `conclusion` is the IRI of a claim, or of a link that is undercut. `iri` is made from the
    content by `link_iri` where the files give the link no name. `identifier` is what the link was
    called where it comes from, if its IRI does not say it.
    """

    kind: LinkKind
    premises: tuple[str, ...]
    conclusion: str
    iri: str = ""
    speakers: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    strength: float = DEFAULT_STRENGTH
    scheme: str = ""
    said_on: str = ""
    quotes: tuple[Quote, ...] = ()
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it: a person, an organisation, or an unnamed author."""

    iri: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Where it was said; `digest` is ``sha256:`` and 64 hexadecimal digits."""

    iri: str
    title: str
    authors: tuple[str, ...] = ()
    date: str = ""
    url: str = ""
    digest: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """An issue at stake; rival answers to an exclusive question exclude each other."""

    iri: str
    label: str
    exclusive: bool = False
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """What claims are about; `broader` are the topics directly above it."""

    iri: str
    label: str
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """Something with nothing but a name: a value, an option or a criterion."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Audience:
    """Who orders the values how: `order` lists value IRIs, the most preferred first."""

    iri: str
    label: str
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """A speaker's attitude to a claim that he need not have made himself."""

    speaker: str
    claim: str
    accepts: bool
    said_on: str = ""
    confidence: float | None = None
    quotes: tuple[Quote, ...] = ()


def link_iri(kind: LinkKind, premises: Iterable[str], conclusion: str) -> str:
    """The IRI of a link that has no name: the same content always gives the same IRI."""
    content = "\n".join([kind.word, conclusion, *sorted(premises)])
    return LINK_IRI + hashlib.sha256(content.encode()).hexdigest()[:16]


class IntRows:
    """Rows of integers of differing length, kept in two flat arrays (compressed rows).

    Row ``i`` is ``values[starts[i]:starts[i + 1]]``. `starts` is an ``array('q')`` and `values`
    an ``array('i')``, so numpy can view both without a copy.
    """

    __slots__ = ("starts", "values")

    def __init__(self, rows: Iterable[Iterable[int]] = ()) -> None:
        self.starts = array("q", [0])
        self.values = array("i")
        for row in rows:
            self.values.extend(row)
            self.starts.append(len(self.values))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> tuple[int, ...]:
        if index < 0:
            index += len(self)
        start, end = self.starts[index], self.starts[index + 1]
        if end - start == 1:  # most rows, and faster so
            return (self.values[start],)
        return tuple(self.values[start:end]) if start < end else ()

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        return (self[index] for index in range(len(self)))

    def transposed(self, width: int) -> IntRows:
        """The rows the other way round: row ``v`` lists, ascending, the rows that hold ``v``.

        `width` is the number of rows of the result, more than any value.
        """
        counts = array("q", bytes(8 * (width + 1)))
        for value in self.values:
            counts[value + 1] += 1
        for index in range(width):
            counts[index + 1] += counts[index]
        result = IntRows()
        result.starts = array("q", counts)
        result.values = array("i", bytes(4 * len(self.values)))
        for row in range(len(self)):
            for position in range(self.starts[row], self.starts[row + 1]):
                value = self.values[position]
                result.values[counts[value]] = row
                counts[value] += 1
        return result
