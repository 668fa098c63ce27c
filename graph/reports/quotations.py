"""Quotes that were found in a document: as Turtle to paste, and as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..describing import describe_document
from ..model import Document
from ..quoting import QuoteSearch
from ..writing import Names, description_turtle, quote_turtle


def quotes_text(search: QuoteSearch, prefixes: Mapping[str, str]) -> str:
    """A line of Turtle for each place; of several, each below a comment with its number."""
    lines = []
    for number, found in enumerate(search.found, 1):
        if len(search.found) > 1:
            lines.append(f"# {number}: {found.place}")
        lines.append(quote_turtle(found.quote, prefixes=prefixes))
    return "\n".join(lines)


def document_turtle(document: Document, prefixes: Mapping[str, str]) -> str:
    """The node of the document, as it stands in a file with these prefixes."""
    return description_turtle(describe_document(document), Names(prefixes))


def quotes_json(
    search: QuoteSearch | None, document: Document | None, prefixes: Mapping[str, str]
) -> dict[str, Any]:
    """``{"quotes": [{exact, prefix, suffix, source, line, page, match, turtle}], …}``.

    Beside them ``"nearest"``, null or ``{words, line, page, likeness}``, and, if a document is
    given, ``"document"``: ``{iri, title, url, digest, file_name, turtle}``. The page is null where
    there are no pages.
    """
    plain: dict[str, Any] = {
        "quotes": [
            {
                "exact": found.quote.exact,
                "prefix": found.quote.prefix,
                "suffix": found.quote.suffix,
                "source": found.quote.document,
                "line": found.place.line,
                "page": found.place.page or None,
                "match": found.match.value,
                "turtle": quote_turtle(found.quote, prefixes=prefixes),
            }
            for found in (search.found if search else ())
        ],
        "nearest": None,
    }
    if search and search.nearest:
        plain["nearest"] = {
            "words": search.nearest,
            "line": search.place.line,
            "page": search.place.page or None,
            "likeness": round(search.likeness, 4),
        }
    if document:
        plain["document"] = {
            "iri": document.iri,
            "title": document.title,
            "url": document.url,
            "digest": document.digest,
            "file_name": document.file_name,
            "turtle": document_turtle(document, prefixes),
        }
    return plain
