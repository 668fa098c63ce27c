"""SPARQL text cut into tokens, and what can be told from the tokens alone.

The terminals are those of https://www.w3.org/TR/sparql11-query/#sparqlGrammar (section 19.8) with
the marks that SPARQL 1.2 adds. The engine reads without word boundaries: it takes ``trueSERVICE``
and ``SERVICEex:x`` for a call of SERVICE. `laid_out` writes a query so that the engine can read
no token but ours; whatever forbids something on the strength of tokens has to run that text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

# Names are taken wider than the standard has them, by every character outside ASCII. A character
# that the standard does not allow in names is allowed nowhere else either, so no token is hidden.
# Classes are written by the ASCII characters they leave out: the others take long to compile.
_CHAR = r"[^\x00-,./:-@\[-\^`{-\x7f]"
_LETTER = r"[^\x00-@\[-`{-\x7f]"
_LOCAL = r"(?:[^\x00-$&-,./;-@\[-\^`{-\x7f]|\\[^A-Za-z0-9\s])"
_TOKEN = re.compile(
    rf"""
      (?P<space> (?: [ \t\r\n] | \#[^\r\n]* )+ )
    | (?P<iri> < (?: [^<>"{{}}|^`\\\x00-\x20] | \\u[0-9A-Fa-f]{{4}} | \\U[0-9A-Fa-f]{{8}} )* > )
    | (?P<string>
          \"\"\" (?: "{{0,2}} (?: [^"\\] | \\. ) )* \"\"\"
        | '''    (?: '{{0,2}} (?: [^'\\] | \\. ) )* '''
        | " (?: [^"\\\r\n] | \\. )* "
        | ' (?: [^'\\\r\n] | \\. )* ' )
    | (?P<variable> [?$] [^\x00-/:-@\[-\^`{{-\x7f]+ )
    | (?P<language> @ [A-Za-z]+ (?: -{{1,2}} [A-Za-z0-9]+ )* )
    | (?P<blank> _: {_CHAR}+ (?: \.+ {_CHAR}+ )* )
    | (?P<name> (?: {_LETTER} {_CHAR}* (?: \.+ {_CHAR}+ )* )? :
          (?: {_LOCAL}+ (?: \.+ {_LOCAL}+ )* )? )
    | (?P<number> (?: [0-9]+ \.? [0-9]* | \.[0-9]+ ) [eE] [+-]? [0-9]+ | [0-9]* \.[0-9]+ | [0-9]+ )
    | (?P<word> [A-Za-z] [A-Za-z0-9_]* )
    | (?P<mark> \^\^ | && | \|\| | != | <= | >= | <<\( | \)>> | << | >> | \{{\| | \|\}}
        | [{{}}()\[\].;,*/+\-!=<>|^?~] )
    | (?P<stray> . )
    """,
    re.VERBOSE | re.DOTALL,
)

_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OPENING = {"(": ")", "[": "]", "{": "}", "<<": ">>", "<<(": ")>>", "{|": "|}"}
_CLOSING = frozenset(_OPENING.values())

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
"""How a query begins, after its prologue."""

UPDATES = (
    "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH",
)  # fmt: skip
"""How an update begins (SPARQL 1.1 grammar, rule 30): with none of the words of a query."""

_GLUED = ("BNODE", "CONCAT", "COALESCE")
"""The engine takes no white space between these and their bracket, though the standard does."""


class Token(NamedTuple):
    """A piece of a query: what it is, how it reads, and where it starts.

    `kind` is iri, string, variable, language, blank, name, number, word, mark, or stray for what
    fits nothing.
    """

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Whether the token is one of these keywords, which are given in capitals."""
        return self.kind == "word" and self.text.upper() in words


def tokens_of(text: str) -> list[Token]:
    """The tokens of a query, white space and comments left out."""
    return [
        Token(match.lastgroup, match[0], match.start())
        for match in _TOKEN.finditer(text)
        if match.lastgroup and match.lastgroup != "space"
    ]


def after_prologue(tokens: Sequence[Token]) -> int:
    """The index of the first token after BASE, PREFIX and VERSION."""
    index = 0
    while index < len(tokens):
        if tokens[index].is_word("BASE", "VERSION"):
            index += 2
        elif tokens[index].is_word("PREFIX"):
            index += 3
        else:
            break
    return index


def declared_prefixes(tokens: Sequence[Token]) -> dict[str, str]:
    """Prefix → namespace, as the prologue of the query declares them."""
    prologue = tokens[: after_prologue(tokens)]
    return {
        name.text[:-1]: iri.text[1:-1]
        for word, name, iri in zip(prologue, prologue[1:], prologue[2:], strict=False)
        if word.is_word("PREFIX") and name.kind == "name" and iri.kind == "iri"
    }


def unmatched(tokens: Sequence[Token]) -> Token | None:
    """The first bracket that closes nothing, else the last that is never closed, else none."""
    open_ones: list[Token] = []
    for token in tokens:
        if token.kind != "mark":
            continue
        if token.text in _OPENING:
            open_ones.append(token)
        elif token.text in _CLOSING and (
            not open_ones or _OPENING[open_ones.pop().text] != token.text
        ):
            return token
    return open_ones[-1] if open_ones else None


def depth(tokens: Sequence[Token]) -> int:
    """How deep the brackets of the query are nested at most."""
    deepest = level = 0
    for token in tokens:
        if token.kind == "mark":
            level += (token.text in _OPENING) - (token.text in _CLOSING)
            deepest = max(deepest, level)
    return deepest


def is_ordered(tokens: Sequence[Token]) -> bool:
    """Whether the whole query, not just a part in brackets, has an ORDER BY."""
    level = 0
    for token, following in pairwise(tokens):
        if token.kind == "mark":
            level += (token.text in _OPENING) - (token.text in _CLOSING)
        elif not level and token.is_word("ORDER") and following.is_word("BY"):
            return True
    return False


def dataset_iris(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that name a graph in the FROM and FROM NAMED clauses."""
    found = []
    for index, token in enumerate(tokens):
        if token.is_word("FROM"):
            rest = tokens[index + 1 : index + 3]
            if rest and rest[0].is_word("NAMED"):
                rest = rest[1:]
            found += [name for name in rest[:1] if name.kind in ("iri", "name")]
    return found


def expanded(name: str, prefixes: Mapping[str, str]) -> str | None:
    """The IRI that a prefixed name stands for, or nothing if its prefix is not declared."""
    prefix, _, local = name.partition(":")
    if prefix not in prefixes:
        return None
    return prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)


def mentions_service(text: str) -> bool:
    """Whether the letters of SERVICE stand anywhere in the text, escaped or not."""
    return "service" in _CODE_POINT.sub(lambda m: chr(int(m[1] or m[2], 16)), text).lower()


def service_call(tokens: Sequence[Token]) -> Token | None:
    """The first keyword SERVICE, also where it runs into the word before or after it.

    Certain only for a text that is then run as `laid_out`.
    """
    return next((t for t in tokens if t.kind == "word" and "SERVICE" in t.text.upper()), None)


def has_gap_in_call(tokens: Sequence[Token]) -> bool:
    """Whether white space stands where the engine takes none, which `laid_out` mends."""
    return any(
        word.is_word(*_GLUED)
        and bracket.text == "("
        and bracket.start > word.start + len(word.text)
        for word, bracket in pairwise(tokens)
    )


def laid_out(
    tokens: Sequence[Token], prefixes: Mapping[str, str], gap: int = 1
) -> tuple[str, list[int]]:
    """The query in a form that has one reading only, and where each token starts in it.

    White space parts all tokens. An IRI begins with a code point escape, which no expression
    does, so that ``?a<?b`` is no IRI and ``<http:…>`` is no comparison. Prefixed names are
    written as IRIs, so that their letters are no keyword; one whose prefix is unknown stays as it
    is, and the text has to be refused for it.
    """
    known = {**prefixes, **declared_prefixes(tokens)}
    start_of_body = after_prologue(tokens)
    pieces: list[str] = []
    starts: list[int] = []
    position = 0
    for index, token in enumerate(tokens):
        piece = token.text
        if token.kind == "name" and index >= start_of_body:
            iri = expanded(piece, known)
            piece = piece if iri is None else f"<{iri}>"
        if piece.startswith("<") and len(piece) > 2 and token.kind in ("iri", "name"):
            first = piece[1]
            if first != "\\":
                piece = f"<\\U{ord(first):08X}{piece[2:]}"
        if piece == "(" and index and tokens[index - 1].is_word(*_GLUED):
            pieces.pop()
            position -= gap
        starts.append(position)
        pieces += [piece, " " * gap]
        position += len(piece) + gap
    return "".join(pieces), starts
