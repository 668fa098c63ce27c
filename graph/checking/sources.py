"""Quotes and digests against the documents themselves, in a folder that the user names."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from .. import terms as t
from ..assembling import Fault
from ..errors import UsageError
from ..places import key_of, stated, term_of
from ..printable import printable
from ..quotes import Match, SearchableText
from .names import Names

WARNINGS = frozenset({"quote-typography", "ambiguous-quote", "unquoted-claim", "unchecked-quotes"})
_LONGEST_SHOWN = 160
_INSIDE = re.compile(r"[^/\\:\0]+(/[^/\\:\0]+)*")


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quote of a document; `node` and `literal` are keys for faults."""

    node: str
    literal: str
    exact: str
    prefix: str
    suffix: str


def source_faults(names: Names, folder: Path) -> Iterator[Fault]:
    """What is wrong between the quotes and documents of a corpus and the files in `folder`.

    Each document is read once, however many quotes it has.

    Raises:
        UsageError: there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder of documents")
    quotes = _quotes(names)
    for document in names.of([t.DOCUMENT]):
        yield from _Document(document, names).faults(folder, quotes.get(document, []))
    quoted = {key_of(q.subject) for q in stated(names.store, None, NamedNode(t.QUOTE), None)}
    asserted = {
        key_of(q.subject) for q in stated(names.store, None, NamedNode(t.ASSERTED_BY), None)
    }
    for claim in names.claims:
        if claim in asserted and claim not in quoted:
            message = f"{names.shown(claim)} has no quote"
            mend = 'add d:quote [ d:exact "…" ; d:source … ]'
            yield Fault("unquoted-claim", claim, message, mend)


def _quotes(names: Names) -> dict[str, list[_Quote]]:
    """The quotes of each document that have words."""
    prefixes, suffixes = _literals(names, t.QUOTE_PREFIX), _literals(names, t.QUOTE_SUFFIX)
    words = _literals(names, t.EXACT)
    found = defaultdict(list)
    for quad in stated(names.store, None, NamedNode(t.SOURCE), None):
        node = key_of(quad.subject)
        if node in words:
            exact, literal = words[node]
            prefix, suffix = (side.get(node, ("", ""))[0] for side in (prefixes, suffixes))
            found[key_of(quad.object)].append(_Quote(node, literal, exact, prefix, suffix))
    return found


def _literals(names: Names, predicate: str) -> dict[str, tuple[str, str]]:
    """Node → value and key of its literal; of several, which is a fault, the least."""
    quads = stated(names.store, None, NamedNode(predicate), None)
    pairs = sorted(((key_of(q.subject), q.object) for q in quads), key=str, reverse=True)
    return {node: (getattr(obj, "value", ""), key_of(obj)) for node, obj in pairs}


class _Document:
    """One document of the debate and the file that should hold it."""

    def __init__(self, node: str, names: Names) -> None:
        self._node = node
        self._store = names.store
        self._shown = names.shown(node)

    def faults(self, folder: Path, quotes: list[_Quote]) -> Iterator[Fault]:
        name = self._value(t.FILE_NAME)
        if not name:
            if quotes:
                message = f"the quotes of {self._shown} are not checked: it names no file"
                yield Fault("unchecked-quotes", self._node, message, 'add d:fileName "…"')
            return
        if not _stays_inside(name):
            return  # the law says so already
        try:
            data = Path(folder, name).read_bytes()
            text = data.decode("utf-8-sig")
        except FileNotFoundError:
            mend = f"put it into {folder}, or mend the name"
            message = f"{self._shown} is not in the folder of documents: no {printable(name)}"
            yield self._fault("missing-document", message, mend, t.FILE_NAME)
            return
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
            message = f"{printable(name)} cannot be read: {reason}"
            yield self._fault("unreadable-document", message, "", t.FILE_NAME)
            return
        yield from self._digest_faults(data, name)
        if quotes:
            searchable = SearchableText(text)
            for quote in quotes:
                yield from self._quote_faults(quote, searchable, name)

    def _digest_faults(self, data: bytes, name: str) -> Iterator[Fault]:
        digest, stated_digest = f"sha256:{hashlib.sha256(data).hexdigest()}", self._value(t.DIGEST)
        if stated_digest and stated_digest != digest:
            message = f"{printable(name)} is not the file that {self._shown} was quoted from"
            mend = f'if it is the right one, write d:digest "{digest}"'
            yield self._fault("digest-mismatch", message, mend, t.DIGEST)

    def _quote_faults(self, quote: _Quote, text: SearchableText, name: str) -> Iterator[Fault]:
        passage = text.passage(quote.exact, quote.prefix, quote.suffix)
        words, theirs, name = _shown(quote.exact), _shown(passage.words), printable(name)
        rule, message, mend = "", "", ""
        if not quote.exact.strip():
            return  # the law says so already
        if passage.match is Match.MISSING:
            rule, message = "quote-not-found", f"“{words}” is not in {name}"
            mend = (
                f"nearest there: “{theirs}” ({passage.likeness:.0%} alike)"
                if passage.words
                else "nothing there is like it; is it from another document?"
            )
        elif passage.match is Match.CONTEXT:
            rule = "quote-not-found"
            message = f"“{words}” is in {name}, but not between the words before and after"
            mend = f"it stands in: “{theirs}”"
        elif passage.occurrences > 1:
            rule = "ambiguous-quote"
            message = f"“{words}” is in {name} {passage.occurrences} times"
            mend = 'add the words before or after it: d:prefix "…" or d:suffix "…"'
        elif passage.match is Match.TYPOGRAPHY:
            rule = "quote-typography"
            message, mend = f"“{words}” is not letter for letter in {name}", f"there: “{theirs}”"
        if rule:
            yield Fault(rule, quote.node, message, mend, t.EXACT, quote.literal)

    def _value(self, predicate: str) -> str:
        quads = stated(self._store, term_of(self._node), NamedNode(predicate), None)
        return min((getattr(quad.object, "value", "") for quad in quads), default="")

    def _fault(self, rule: str, message: str, remedy: str, predicate: str) -> Fault:
        return Fault(rule, self._node, message, remedy, predicate)


def _stays_inside(name: str) -> bool:
    """Whether a file name leads to a place below the folder it is looked for in, on any system."""
    return bool(_INSIDE.fullmatch(name)) and ".." not in name.split("/")


def _shown(words: str) -> str:
    text = printable(words)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN].rstrip() + "…"
