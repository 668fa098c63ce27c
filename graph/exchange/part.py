"""A part: what one file contributes to a debate, before anything in it has an IRI.

Claims and links are known here by what their file calls them, so that the files of a corpus can
be joined on those names; speakers, topics and the rest are known by their labels. `joining` gives
everything its IRI at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..errors import Finding, Severity
from ..model import Audience, Claim, Document, Label, Link, Question, Quote, Speaker, Stance, Topic
from ..terms import LinkKind
from ..writing import language_tag
from .source import Source

NO_TEXT: Final = "[no text]"
"""The text of a claim that has none where it comes from."""

_ADDRESS: Final = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_SEPARATOR: Final = "\x1f"


@dataclass
class Part:
    """What one file says; filled by the reader of its format.

    `alone` tells whether it is the only file of the import. `scope` is put before the names of
    claims, links and documents: left empty where the format's names hold for a whole corpus
    (files are then joined on them), set to the name of the file where they hold for one. Records
    refer to each other by keys: a method that adds something returns its key, `claim_key` and
    `link_key` are the keys of what is still to be added. Adding the same thing again adds what
    is new about it.
    """

    source: Source
    alone: bool = True
    scope: str = ""
    title: str = ""
    description: str = ""
    claims: list[Claim] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    values: list[Label] = field(default_factory=list)
    audiences: list[Audience] = field(default_factory=list)
    options: list[Label] = field(default_factory=list)
    criteria: list[Label] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)
    restatements: list[tuple[str, str]] = field(default_factory=list)
    contradictions: list[tuple[str, str]] = field(default_factory=list)
    qualifications: list[tuple[str, str]] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    tallies: dict[str, tuple[int, int]] = field(default_factory=dict)

    def claim_key(self, name: str) -> str:
        """The key of the claim that the file calls `name`."""
        return _SEPARATOR.join(("claim", self.scope, name))

    def link_key(self, name: str) -> str:
        """The key of the link that the file calls `name`."""
        return _SEPARATOR.join(("link", self.scope, name))

    def claim(self, name: str, text: str, **fields: Any) -> str:
        """Add a claim; `fields` are those of `Claim`, references are keys. Returns its key."""
        key = self.claim_key(name)
        if not text.strip():
            self.note(f"claim {name!r} has no text")
        if language := fields.get("language", ""):
            fields["language"] = language_tag(language)
            if not fields["language"]:
                self.note(f"claim {name!r}: {language!r} is no tag of a language like 'en'")
        if quotes := fields.get("quotes", ()):
            fields["quotes"] = tuple(map(self._sourced, quotes))
        self.claims.append(Claim(key, text if text.strip() else NO_TEXT, **fields))
        return key

    def _sourced(self, quote: Quote) -> Quote:
        """The quote with the document that it is of: the file itself, where that names none."""
        if quote.document:
            return quote
        self.tally("quotes of no document, kept as quotes of the file")
        document = self.document(self.title or self.source.stem, file_name=self.source.path.name)
        return replace(quote, document=document)

    def link(
        self,
        kind: LinkKind,
        premises: tuple[str, ...] | list[str],
        conclusion: str,
        name: str = "",
        **fields: Any,
    ) -> str:
        """Add a link between keys; `fields` are those of `Link`. Returns its key.

        A link on which others end must have a name; the key of one without a name is empty.
        """
        key = self.link_key(name) if name else ""
        self.links.append(Link(kind, tuple(dict.fromkeys(premises)), conclusion, key, **fields))
        return key

    def speaker(self, label: str, note: str = "") -> str:
        """Add a speaker; returns his key."""
        self.speakers.append(Speaker(_labelled("speaker", label), label, note))
        return self.speakers[-1].iri

    def topic(self, label: str, broader: tuple[str, ...] = ()) -> str:
        """Add a topic below those with the keys `broader`; returns its key."""
        self.topics.append(Topic(_labelled("topic", label), label, broader))
        return self.topics[-1].iri

    def value(self, label: str) -> str:
        """Add a value; returns its key."""
        self.values.append(Label(_labelled("value", label), label))
        return self.values[-1].iri

    def question(self, label: str, *, exclusive: bool = False, topics: tuple[str, ...] = ()) -> str:
        """Add a question; returns its key."""
        self.questions.append(Question(_labelled("question", label), label, exclusive, topics))
        return self.questions[-1].iri

    def document(self, title: str, **fields: Any) -> str:
        """Add a document; `fields` are those of `Document`. Returns its key."""
        key = _SEPARATOR.join(("document", self.scope, title))
        if (url := fields.get("url", "")) and not _ADDRESS.fullmatch(url):
            self.note(f"{url!r} is no address of a document: left out")
            fields["url"] = ""
        self.documents.append(Document(key, title, **fields))
        return key

    def tally(self, what: str, *, line: int = 0, number: int = 1) -> None:
        """Count something that is the same in many places, and is reported once for all files.

        `what` is a phrase to which a number can be added: "transitions without a counterpart".
        The place that is told is the first.
        """
        count, first = self.tallies.get(what, (0, line))
        self.tallies[what] = (count + number, first)

    def note(self, message: str, *, line: int = 0, column: int = 0, remedy: str = "") -> None:
        """Report something of the file that has no counterpart here, or was read with a grain."""
        self.notes.append(
            self.source.finding(
                message, line=line, column=column, remedy=remedy, severity=Severity.WARNING
            )
        )


def tallied(parts: Iterable[Part]) -> list[Finding]:
    """What the parts counted: a finding for each kind, where it first came up."""
    found: dict[str, tuple[Part, int, int, int]] = {}
    for part in parts:
        for what, (count, line) in part.tallies.items():
            first, first_line, total, files = found.get(what, (part, line, 0, 0))
            found[what] = (first, first_line, total + count, files + 1)
    return [
        part.source.finding(
            f"{what}: {total}" + (f" in {files} files, first here" if files > 1 else ""),
            line=line,
            severity=Severity.WARNING,
        )
        for what, (part, line, total, files) in found.items()
    ]


def name_in(key: str) -> tuple[str, str, str]:
    """The kind, the scope and the name that a key is made of."""
    kind, scope, name = key.split(_SEPARATOR, 2)
    return kind, scope, name


def _labelled(kind: str, label: str) -> str:
    return _SEPARATOR.join((kind, "", label))
