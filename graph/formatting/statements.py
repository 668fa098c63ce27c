"""Turtle tokens made into statements, each comment hung on what it stands by.

The grammar is that of https://www.w3.org/TR/rdf12-turtle/#sec-grammar, and the text is known to be
sound. A comment at the end of a line belongs to the object or statement that ends there; one on a
line of its own to what follows it. A comment where none can be kept, such as between a predicate
and its object, goes to the line above.
"""

from __future__ import annotations

import re

from .. import terms as t
from .ordering import in_order
from .texts import normal_text
from .tokens import Comment, Token, tokens_of
from .trees import Atom, Directive, Document, Entry, Members, Object, Properties, Statement, Term


def document_of(text: str) -> Document:
    """The statements of a sound Turtle document.

    Raises:
        ValueError: the text isn't cut as the parser cuts it.
    """
    return _Reader(tokens_of(text)).document()


_TERM_KINDS = ("iri", "name", "blank", "number")
_ARGUMENTS = {"prefix": 2, "base": 1, "version": 1}
_ESCAPED = re.compile(r"\\(.)")


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._loose: list[str] = []  # comments passed and not yet hung on anything
        self._prefixes: dict[str, str] = {}

    # -- tokens and comments ----------------------------------------------------------------

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        """The next token; its comments are loose."""
        token = self._token
        self._loose += self._above()
        if token.after:
            self._loose.append(token.after.text)
        self._next += 1
        return token

    def _above(self) -> list[str]:
        comments = [comment.text for comment in self._token.before]
        self._token.before = []
        return comments

    def _caught(self) -> list[str]:
        """The loose comments and those above the next token, which nothing else has then."""
        comments = self._loose + self._above()
        self._loose = []
        return comments

    def _is(self, mark: str) -> bool:
        return self._token.kind == "mark" and self._token.text == mark

    def _take_mark(self, mark: str) -> Token:
        if not self._is(mark):
            raise ValueError(f"{self._token.text!r} where {mark!r} was expected")
        return self._take()

    # -- statements -------------------------------------------------------------------------

    def document(self) -> Document:
        statements: list[Statement | Directive] = []
        while self._token.kind != "end":
            statements.append(self._directive() if self._is_directive() else self._statement())
        return Document(statements, self._token.before)

    def _is_directive(self) -> bool:
        token = self._token
        if token.kind == "at":
            return token.text[1:] in _ARGUMENTS
        return token.is_word("PREFIX", "BASE", "VERSION")

    def _head(self) -> tuple[bool, list[Comment]]:
        token = self._token
        above, token.before = token.before, []
        return token.gap, above

    def _directive(self) -> Directive:
        gap, above = self._head()
        first = self._take()
        word = first.text.lstrip("@").lower()
        arguments = tuple(self._take().text for _ in range(_ARGUMENTS[word]))
        if first.kind == "at":
            self._take_mark(".")
        if word == "prefix":
            self._prefixes[arguments[0][:-1]] = arguments[1][1:-1]
        after = self._last_of_line(above)
        return Directive(word, arguments, gap, above, after)

    def _last_of_line(self, above: list[Comment]) -> str:
        """The last of the loose comments; the others go `above`."""
        comments, self._loose = self._loose, []
        above += [Comment(comment) for comment in comments[:-1]]
        return comments[-1] if comments else ""

    def _statement(self) -> Statement:
        gap, above = self._head()
        subject = self._term()
        entries, end = self._entries(".")
        self._take_mark(".")
        last = entries[-1].objects[-1] if entries else None
        after = self._last_of_line(above)
        if last and not end and after:
            if last.after:
                above.append(Comment(after))
            else:
                last.after = after
            after = ""
        return Statement(subject, entries, gap, above, end, after)

    def _entries(self, closing: str) -> tuple[list[Entry], list[str]]:
        """The properties up to the closing mark, in order, and the comments before it."""
        entries: list[Entry] = []
        while True:
            before = self._caught()
            if self._is(closing):
                return in_order(entries), before
            if self._is(";"):
                self._loose += before
                self._take()
                continue
            verb = self._take()
            entry = Entry(*self._verb(verb), [], before)
            self._objects(entry)
            entries.append(entry)

    def _verb(self, token: Token) -> tuple[str, str]:
        if token.kind == "word":
            return token.text, t.TYPE
        if token.kind == "iri":
            iri = token.text[1:-1]
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            iri = self._prefixes.get(prefix, "") + _ESCAPED.sub(r"\1", local)
        else:
            raise ValueError(f"{token.text!r} where a predicate was expected")
        return ("a" if iri == t.TYPE else token.text), iri

    def _objects(self, entry: Entry) -> None:
        while True:
            obj = self._object()
            if not entry.objects:
                entry.before += obj.before
                obj.before = []
            entry.objects.append(obj)
            if not (self._is(",") or self._is(";")):
                return
            more = self._is(",")
            later = self._above()
            self._take()
            comments, self._loose = self._loose, []
            if comments and not obj.after and not later:
                obj.after = comments.pop()
            self._loose = [*later, *comments]
            if not more:
                return

    def _object(self) -> Object:
        before = self._caught()
        obj = Object(self._term())
        while self._is("~") or self._is("{|"):
            obj.notes.append(self._note())
        comments, self._loose = self._loose, []
        obj.before = before + comments[1:]
        obj.after = comments[0] if comments else ""
        return obj

    def _note(self) -> Atom | Properties:
        if self._is("{|"):
            return self._properties()
        self._take()
        return Atom(f"~ {self._take().text}" if self._token.kind in _TERM_KINDS else "~")

    # -- terms ------------------------------------------------------------------------------

    def _term(self) -> Term:
        token = self._token
        if token.kind == "string":
            return self._text()
        if token.kind in _TERM_KINDS or token.is_word("TRUE", "FALSE", "A"):
            return Atom(self._take().text)
        if self._is("["):
            return self._properties()
        if token.kind == "mark" and token.text in ("(", "<<", "<<("):
            return self._members()
        raise ValueError(f"{token.text!r} where a term was expected")

    def _text(self) -> Atom:
        text = normal_text(self._take().text)
        if self._token.kind == "at":
            text += self._take().text
        elif self._is("^^"):
            self._take()
            text += "^^" + self._take().text
        return Atom(text, is_text=True)

    def _properties(self) -> Properties:
        found = Properties(self._take().text)
        found.entries, found.end = self._entries(found.closing)
        self._take_mark(found.closing)
        return found

    def _members(self) -> Members:
        found = Members(self._take().text)
        while True:
            before = self._caught()
            if self._is(found.closing):
                found.end = before
                self._take()
                return found
            self._loose = before
            found.members.append(self._object())
