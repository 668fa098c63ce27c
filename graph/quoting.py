"""Words found in a document, as the quote that a person pastes into a claim."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import terms as t
from .assembling import assemble
from .documents import (
    DocumentText,
    Place,
    Role,
    digest_of,
    document_text,
    read_bytes,
    read_document,
)
from .errors import UsageError
from .model import Document, Quote
from .naming import DEBATES, claim_name
from .printable import printable
from .quotes import Match, SearchableText, Span
from .reading import read_corpus

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A place where words stand: the quote, the line and page, how the words match.

    `quote.exact` is on one line, as the document has it but for line ends; prefix and suffix are
    only there where the words stand more than once.
    """

    quote: Quote
    place: Place
    match: Match


@dataclass(frozen=True, slots=True)
class QuoteSearch:
    """What was found of some words; if nothing, `nearest` is the passage most like them, if any.

    `likeness` of the nearest is in [0, 1], and 0 where there is none.
    """

    found: tuple[Quotation, ...]
    nearest: str = ""
    place: Place = field(default_factory=lambda: Place(0))
    likeness: float = 0.0

    @property
    def reason(self) -> str:
        """Why nothing was found, with the nearest passage; empty if something was."""
        if self.found:
            return ""
        if not self.nearest:
            return "the words are not there, nor anything like them"
        near = f"“{printable(self.nearest)}” ({self.place}, {self.likeness:.0%} alike)"
        return f"the words are not there; nearest: {near}"


def quote(
    document: Path | str | DocumentText,
    words: str,
    *,
    ignore_case: bool = False,
    source: str = "",
) -> QuoteSearch:
    """Every place of these words in a document, in order, each as a quote of `source` (an IRI).

    Typography is set aside: quotation marks, dashes, white space, hyphens at line ends, ligatures;
    case too, if `ignore_case`. Prefix and suffix are as short as tells the places apart.

    Raises:
        InputError: the document cannot be read.
        UsageError: there are no words to look for.
    """
    if not words.strip():
        raise UsageError("there are no words to look for")
    text = document if isinstance(document, DocumentText) else read_document(document)
    searchable = SearchableText(text.text)
    passage = searchable.passage(words, ignore_case=ignore_case)
    if passage.match is Match.MISSING:
        place = text.place(passage.start) if passage.words else Place(0)
        return QuoteSearch((), " ".join(passage.words.split()), place, passage.likeness)
    return QuoteSearch(
        tuple(
            quotation(text, searchable, span, passage.spans, words=words, source=source)
            for span in passage.spans
        )
    )


def quotation(
    text: DocumentText,
    searchable: SearchableText,
    span: Span,
    spans: Sequence[Span],
    *,
    words: str = "",
    source: str = "",
) -> Quotation:
    """The place `span` of a document as a quote that tells it from the other `spans`.

    `words` are what was asked for: they decide whether a hyphen at a line end stays.
    """
    exact = searchable.quotable(span, words)
    prefix, suffix = searchable.surroundings(span, spans)
    match = searchable.match(words or exact, span)
    return Quotation(Quote(exact, prefix, suffix, source), text.place(span[0]), match)


def source_document(
    path: Path | str, claims: Sequence[Path | str], name: str | None = None
) -> tuple[Document, dict[str, str]]:
    """The document of a debate that this file is, and the prefixes of the debate.

    That with this `name` if there is one; else `known_document`; else a new one in the namespace
    of the empty prefix. What is faulty in the claims does not matter here.

    Raises:
        InputError: the document cannot be read.
        UnknownNameError: the debate has no document of that name.
    """
    corpus = read_corpus(claims, link_nodes=False)
    debate, _faults = assemble(corpus.store, corpus.prefixes)
    prefixes = dict(debate.prefixes)
    if name:
        return debate.documents[debate.document_number(name)], prefixes
    known = known_document(path, debate.documents)
    if known is None:
        taken = {t.local_name(iri) for iri in [*debate.claim_iris, *debate.speaker_numbers]}
        taken |= {t.local_name(document.iri) for document in debate.documents}
        known = new_document(path, prefixes.get("", ""), taken)
        prefixes.setdefault("", known.iri.removesuffix(t.local_name(known.iri)))
    return known, prefixes


def known_document(path: Path | str, documents: Sequence[Document]) -> Document | None:
    """Which of these documents this file is: by digest, else by file name, else nothing."""
    path = Path(path)
    digest = digest_of(read_bytes(path))
    for document in documents:
        if document.digest == digest:
            return document
    named = [d for d in documents if d.file_name and path.as_posix().endswith(f"/{d.file_name}")]
    named += [d for d in documents if d.file_name == path.as_posix()]
    return named[0] if named else None


def new_document(path: Path | str, namespace: str = "", taken: Collection[str] = ()) -> Document:
    """A record of the document in this file: title, address and digest, named after the title.

    The title is the document's own, else its first heading, else the name of the file. Without a
    namespace it gets one of its own. Authors are not filled in: they are speakers of a debate.

    Raises:
        InputError: the document cannot be read.
    """
    path = Path(path)
    data = read_bytes(path)
    text = document_text(data, str(path))
    title = title_of(text) or path.stem
    name = claim_name(title, taken)
    return Document(
        iri=f"{namespace or f'{DEBATES}{claim_name(title)}#'}{name}",
        title=title,
        url=text.url if _ADDRESS.fullmatch(text.url) else "",
        digest=digest_of(data),
        file_name=path.name,
    )


def title_of(text: DocumentText) -> str:
    """What a document is called: as it says itself, else its first heading, or nothing."""
    first = next((block for block in text.blocks if block.role is Role.HEADING), None)
    heading = text.text[first.start : first.end] if first else ""
    return text.title or " ".join(heading.split())
