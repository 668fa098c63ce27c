"""Quotes and digests against the documents themselves, in a folder that the user names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from .. import terms as t
from ..assembling import Fault
from ..documents import DocumentText, Place, digest_of, document_text
from ..errors import InputError, UsageError
from ..places import key_of, stated, term_of
from ..printable import printable
from ..quotes import Match, Passage, SearchableText
from .names import Names

WARNINGS = frozenset(
    {
        "quote-typography", "ambiguous-quote", "unquoted-claim", "unchecked-quotes",
        "quote-stands", "quote-moved",
    }
)  # fmt: skip
_LONGEST_SHOWN = 160
_RECOGNISABLE = 0.7
"""A passage of a changed document that is less like the words than this is not taken for them."""
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
            document = document_text(data, name)
        except FileNotFoundError:
            mend = f"put it into {folder}, or mend the name"
            message = f"{self._shown} is not in the folder of documents: no {printable(name)}"
            yield self._fault("missing-document", message, mend, t.FILE_NAME)
            return
        except OSError as error:
            message = f"{printable(name)} cannot be read: {error.strerror}"
            yield self._fault("unreadable-document", message, "", t.FILE_NAME)
            return
        except InputError as error:
            (finding,) = error.findings
            message = f"{printable(name)}: {finding.message}"
            yield self._fault("unreadable-document", message, finding.remedy, t.FILE_NAME)
            return
        changed = yield from self._digest_faults(data, name)
        if quotes:
            checked = _Quoted(document, printable(name), changed=changed)
            for quote in quotes:
                yield from checked.faults(quote)

    def _digest_faults(self, data: bytes, name: str) -> Generator[Fault, None, bool]:
        """Whether the document has another digest than is stated."""
        digest, stated_digest = digest_of(data), self._value(t.DIGEST)
        if not stated_digest or stated_digest == digest:
            return False
        message = f"{printable(name)} is not the file that {self._shown} was quoted from"
        mend = f'if it is the right one, write d:digest "{digest}"'
        yield self._fault("digest-mismatch", message, mend, t.DIGEST)
        return True

    def _value(self, predicate: str) -> str:
        quads = stated(self._store, term_of(self._node), NamedNode(predicate), None)
        return min((getattr(quad.object, "value", "") for quad in quads), default="")

    def _fault(self, rule: str, message: str, remedy: str, predicate: str) -> Fault:
        return Fault(rule, self._node, message, remedy, predicate)


class _Quoted:
    """The text of a document whose quotes are checked; `changed` if it is not the one quoted."""

    def __init__(self, document: DocumentText, name: str, *, changed: bool) -> None:
        self._document = document
        self._text = SearchableText(document.text)
        self._name = name
        self._changed = changed

    def faults(self, quote: _Quote) -> Iterator[Fault]:
        if not quote.exact.strip():
            return  # the law says so already
        passage = self._text.passage(quote.exact, quote.prefix, quote.suffix)
        judged = self._of_changed(quote, passage) if self._changed else self._judged(quote, passage)
        if judged:
            rule, message, mend = judged
            yield Fault(rule, quote.node, message, mend, t.EXACT, quote.literal)

    def _judged(self, quote: _Quote, passage: Passage) -> tuple[str, str, str] | None:
        words, theirs, name = _shown(quote.exact), _shown(passage.words), self._name
        if passage.match is Match.MISSING:
            mend = (
                f"nearest there: “{theirs}” ({self._place(passage)}, {passage.likeness:.0%} alike)"
                if passage.words
                else "nothing there is like it; is it from another document?"
            )
            return "quote-not-found", f"“{words}” is not in {name}", mend
        if passage.match is Match.CONTEXT:
            message = f"“{words}” is in {name}, but not between the words before and after"
            return "quote-not-found", message, f"it stands in: “{theirs}” ({self._place(passage)})"
        if passage.occurrences > 1:
            lines = ", ".join(str(self._document.place(start)) for start, _end in passage.spans[:5])
            message = f"“{words}” is in {name} {passage.occurrences} times ({lines})"
            mend = 'add the words before or after it: d:prefix "…" or d:suffix "…"'
            return "ambiguous-quote", message, mend
        if passage.match is Match.TYPOGRAPHY:
            message = f"“{words}” is not letter for letter in {name}"
            return "quote-typography", message, f"there: “{theirs}”"
        return None

    def _of_changed(self, quote: _Quote, passage: Passage) -> tuple[str, str, str]:
        """Where the words stand now that the document is another one."""
        words, theirs, place = _shown(quote.exact), _shown(passage.words), self._place(passage)
        if passage.match is Match.MISSING and passage.likeness >= _RECOGNISABLE:
            message = f"“{words}” is no longer in {self._name}"
            mend = f"changed to “{theirs}” ({place}, {passage.likeness:.0%} alike)?"
            return "quote-changed", message, mend
        if passage.match is Match.MISSING:
            message = f"“{words}” is gone from {self._name}, and so is anything like it"
            return "quote-gone", message, "withdraw the claim, or keep the document that was quoted"
        if passage.match is Match.CONTEXT:
            message = f"“{words}” has moved in {self._name}: other words are around it"
            return "quote-moved", message, f"it now stands in: “{theirs}” ({place})"
        times = f", and {passage.occurrences - 1} more times" if passage.occurrences > 1 else ""
        message = f"“{words}” now stands at {place} of {self._name}{times}"
        return "quote-stands", message, "read it again there, then write the new digest"

    def _place(self, passage: Passage) -> Place:
        return self._document.place(passage.start)


def _stays_inside(name: str) -> bool:
    """Whether a file name leads to a place below the folder it is looked for in, on any system."""
    return bool(_INSIDE.fullmatch(name)) and ".." not in name.split("/")


def _shown(words: str) -> str:
    text = printable(words)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN].rstrip() + "…"
