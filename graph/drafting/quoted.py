"""Sentences of a document with their quotes, each looked up in the document."""

from __future__ import annotations

from dataclasses import dataclass

from ..documents import DocumentText, Place
from ..model import Quote
from ..quotes import SearchableText, Span
from ..quoting import quotation


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a document asserts somewhere, before it has a name.

    `speaker` is a label, empty for the author of the document; `heading` may be empty.
    """

    text: str
    quote: Quote
    place: Place
    speaker: str = ""
    heading: str = ""
    remark: str = ""


def sentence_at(
    text: DocumentText,
    searchable: SearchableText,
    span: Span,
    *,
    claimed: str = "",
    speaker: str = "",
    heading: str = "",
    remark: str = "",
) -> Sentence | None:
    """The words at a place as a sentence with its quote; nothing if a check would not find them.

    Its text is what is `claimed`, else the words themselves.
    """
    words = text.text[span[0] : span[1]]
    spans = searchable.spans(words)
    found = quotation(text, searchable, span, spans)
    quote = found.quote
    if span not in searchable.passage(quote.exact, quote.prefix, quote.suffix).spans:
        return None
    return Sentence(claimed or quote.exact, quote, found.place, speaker, heading, remark)
