"""What is wrong with a query, told to the person who wrote it: line, column, source line, a mend.

The engine's own report names the place where its longest attempt ended, which may be a dozen
characters further on. So the faults that tokens show are looked for first, and for the rest the
engine reads the query again with wide gaps between the tokens: then the place it names lies
behind the token it could not take, and before the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Store

from ..debate import nearest
from ..errors import QueryError
from ..printable import printable
from .tokens import (
    FORMS,
    Token,
    after_prologue,
    declared_prefixes,
    laid_out,
    unmatched,
)

_GAP = 64
"""Wider than any keyword: the engine looks no further ahead than the length of a keyword."""

_SHOWN = 100
"""The longest piece of a source line that is shown."""

_PLACE = re.compile(r"error at (\d+):(\d+): ")
_SENTENCES = (
    "The SELECT contains a variable that is unbound",
    "The SELECT contains an expression with a variable that is unbound",
    "Duplicated variable name in SELECT",
    "The SELECT overrides an existing variable using an expression",
    "SELECT * is not authorized with GROUP BY",
    "BIND is overriding an existing variable",
    "Unexpected aggregate",
    "Repeated variables are not allowed in VALUES clauses",
)
"""What the engine says of faults that are not faults of grammar."""

_MENDS = {
    "The SELECT contains": "name it after GROUP BY, or put it in an aggregate such as SAMPLE()",
    "SELECT * is not": "name the variables",
    "BIND is overriding": "give the new variable another name",
}


class Fault(NamedTuple):
    """What is wrong, where (from 1), how to mend it, and the source line with a caret below."""

    line: int
    column: int
    message: str
    mend: str
    excerpt: str

    def error(self, source: str) -> QueryError:
        """The error that tells it; `source` is what the text is called."""
        mend = f"; {self.mend}" if self.mend else ""
        place = f"{source}:{self.line}:{self.column}"
        return QueryError(f"{place}: {self.message}{mend}\n{self.excerpt}")


def fault(text: str, token: Token, message: str, mend: str = "") -> Fault:
    """A fault at a token of the text."""
    line = text.count("\n", 0, token.start) + 1
    start = text.rfind("\n", 0, token.start) + 1
    column = token.start - start + 1
    shown = text[start:].split("\n", 1)[0].rstrip("\r")
    left = max(0, column - 1 - _SHOWN * 2 // 3)
    excerpt = printable(shown[left : left + _SHOWN])
    indent = " " * len(printable(shown[left : column - 1]))
    return Fault(line, column, message, mend, f"  {excerpt}\n  {indent}^")


def syntax_fault(
    text: str, tokens: Sequence[Token], complaint: str, prefixes: Mapping[str, str]
) -> Fault:
    """The fault of a query that the engine could not read; `complaint` is what it said."""
    found = (
        _form_fault(text, tokens)
        or word_fault(text, tokens, prefixes)
        or _bracket_fault(text, tokens)
    )
    if found:
        return found
    token, complaint = _culprit(text, tokens, complaint, prefixes)
    sentence = next((s for s in _SENTENCES if s in complaint), "")
    if sentence:
        mend = next((m for start, m in _MENDS.items() if sentence.startswith(start)), "")
        return fault(text, token, sentence, mend)
    if not token.text:
        return fault(text, token, "the query ends too early")
    message = f"“{printable(token.text[:_SHOWN])}” is not expected here"
    return fault(text, token, message, _mend(tokens, token))


def _end(text: str) -> Token:
    return Token("end", "", len(text.rstrip()))


def _form_fault(text: str, tokens: Sequence[Token]) -> Fault | None:
    index = after_prologue(tokens)
    if index >= len(tokens):
        mend = "write for example SELECT ?claim WHERE { ?claim a d:Claim }"
        return fault(text, _end(text), "the query is empty", mend)
    first = tokens[index]
    if first.is_word(*FORMS):
        return None
    likely = nearest(first.text.upper(), FORMS, limit=1)
    guess = f"did you mean {likely[0]}?" if likely else ""
    message = f"a query begins with {', '.join(FORMS[:-1])} or {FORMS[-1]}"
    return fault(text, first, message, guess)


def word_fault(text: str, tokens: Sequence[Token], prefixes: Mapping[str, str]) -> Fault | None:
    """The first token that is wrong by itself: a stray character, an unknown prefix, no base."""
    body = after_prologue(tokens)
    known = {**prefixes, **declared_prefixes(tokens)}
    has_base = any(token.is_word("BASE") for token in tokens[:body])
    for index, token in enumerate(tokens):
        if token.kind == "stray":
            return fault(text, token, *_stray(token.text))
        if token.kind == "name" and index >= body:
            prefix = token.text.partition(":")[0]
            if prefix not in known:
                message = f"the prefix {prefix}: is not declared"
                return fault(text, token, message, _prefix_mend(prefix, known))
        if token.kind == "iri" and not has_base and not re.match(r"<[A-Za-z][^:/?#]*:", token.text):
            mend = "write the whole IRI, or a prefixed name such as d:Claim"
            return fault(text, token, f"{token.text} is no whole IRI", mend)
    return None


def _stray(character: str) -> tuple[str, str]:
    if character in "\"'":
        return "the text that begins here is never closed", f"close it with {character}"
    if character in "“”„‘’«»":
        return f"“{character}” does not begin a text", 'write the text between " and "'
    shown = printable(character) if not character.isspace() else f"U+{ord(character):04X}"
    return f"“{shown}” means nothing in SPARQL", ""


def _prefix_mend(prefix: str, known: Mapping[str, str]) -> str:
    alike = nearest(prefix, known, limit=1)
    names = " ".join(f"{name}:" for name in sorted(known))
    guess = f"did you mean {alike[0]}:? " if alike and alike[0] else ""
    return f"{guess}declare it with PREFIX {prefix}: <…>; known are {names}"


def _bracket_fault(text: str, tokens: Sequence[Token]) -> Fault | None:
    token = unmatched(tokens)
    if token is None:
        return None
    if token.text in ("{", "(", "[", "<<", "<<(", "{|"):
        return fault(text, token, f"the bracket {token.text} is never closed")
    return fault(text, token, f"the bracket {token.text} closes nothing")


def _culprit(
    text: str, tokens: Sequence[Token], complaint: str, prefixes: Mapping[str, str]
) -> tuple[Token, str]:
    """The token that the engine could not take (an empty one for the end), and its complaint."""
    end = _end(text)
    wide, starts = laid_out(tokens, prefixes, _GAP)
    try:
        Store().query(wide, prefixes=dict(prefixes))
    except SyntaxError as error:
        offset = _offset(wide, str(error))
        index = bisect_right(starts, offset) - 1
        return (end if offset >= len(wide) else tokens[index]), str(error)
    except (ValueError, RuntimeError, OSError):
        pass
    # The gaps have mended the query: take the engine's first word for the place.
    offset = _offset(text, complaint)
    return next((t for t in reversed(tokens) if t.start <= offset), end), complaint


def _offset(text: str, complaint: str) -> int:
    """The place that the engine names, as an index into the text."""
    place = _PLACE.search(complaint)
    if place is None:
        return len(text)
    line, column = int(place[1]), int(place[2])
    return sum(len(above) + 1 for above in text.split("\n")[: line - 1]) + column - 1


def _mend(tokens: Sequence[Token], token: Token) -> str:
    """What to do about the common slips, else nothing."""
    body, index = after_prologue(tokens), tokens.index(token)
    before = tokens[index - 1] if index else token
    if token.text == "," and all(t.kind in ("word", "variable") for t in tokens[body:index]):
        return "put a space and no comma between variables"
    if token.kind == "word" and before.is_word("SELECT", "DISTINCT", "BY", "AS"):
        return f"a variable begins with a question mark: ?{token.text}"
    if before.is_word("FILTER"):
        return "put the condition in brackets: FILTER( … )"
    if token.is_word("ORDER", "GROUP", "HAVING") and any(
        t.is_word("LIMIT", "OFFSET") for t in tokens[:index]
    ):
        return "LIMIT and OFFSET come last"
    if token.text == before.text == "=":
        return "write one equals sign"
    return ""
