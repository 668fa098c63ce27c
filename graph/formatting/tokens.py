"""Turtle text cut into tokens that know their comments.

The terminals are those of https://www.w3.org/TR/rdf12-turtle/#sec-grammar. Only text that the
parser has accepted is cut, so names are taken wider than the standard has them, by every character
outside ASCII.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CHAR = r"[^\x00-,./:-@\[-\^`{-\x7f]"
_LETTER = r"[^\x00-@\[-`{-\x7f]"
_LOCAL = r"(?:[^\x00-$&-,./;-@\[-\^`{-\x7f]|\\[^A-Za-z0-9\s])"
_BREAK = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(
    rf"""
      (?P<space> [ \t\r\n]+ )
    | (?P<comment> \#[^\r\n]* )
    | (?P<string>
          \"\"\" (?: "{{0,2}} (?: [^"\\] | \\. ) )* \"\"\"
        | '''    (?: '{{0,2}} (?: [^'\\] | \\. ) )* '''
        | " (?: [^"\\\r\n] | \\. )* "
        | ' (?: [^'\\\r\n] | \\. )* ' )
    | (?P<iri> < (?: [^<>"{{}}|^`\\\x00-\x20] | \\u[0-9A-Fa-f]{{4}} | \\U[0-9A-Fa-f]{{8}} )* > )
    | (?P<at> @ [A-Za-z]+ (?: -{{1,2}} [A-Za-z0-9]+ )* )
    | (?P<blank> _: {_CHAR}+ (?: \.+ {_CHAR}+ )* )
    | (?P<name> (?: {_LETTER} {_CHAR}* (?: \.+ {_CHAR}+ )* )? :
          (?: {_LOCAL}+ (?: \.+ {_LOCAL}+ )* )? )
    | (?P<number> [+-]? (?: (?: [0-9]+ \.? [0-9]* | \.[0-9]+ ) [eE] [+-]? [0-9]+
          | [0-9]* \.[0-9]+ | [0-9]+ ) )
    | (?P<word> [A-Za-z]+ )
    | (?P<mark> \^\^ | <<\( | \)>> | << | >> | \{{\| | \|\}} | [()\[\].;,~] )
    | (?P<stray> . )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class Comment:
    """A comment, its ``#`` included; `gap` says whether an empty line stands before it."""

    text: str
    gap: bool = False


@dataclass(slots=True)
class Token:
    """A piece of Turtle and the comments around it.

    `kind` is string, iri, at (a language tag or ``@prefix``), blank, name, number, word, mark, end
    after the last token, or stray for what fits nothing. `before` are the comments on lines of
    their own above it, `after` is the one that follows on its line; `gap` says whether an empty
    line stands before it.
    """

    kind: str
    text: str
    gap: bool = False
    before: list[Comment] = field(default_factory=list)
    after: Comment | None = None

    def is_word(self, *words: str) -> bool:
        """Whether the token is one of these keywords, which are given in capitals."""
        return self.kind == "word" and self.text.upper() in words


def tokens_of(text: str) -> list[Token]:
    """The tokens of a Turtle document; the last one has the kind ``end`` and no text."""
    tokens: list[Token] = []
    waiting: list[Comment] = []
    breaks = 1
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == "space":
            breaks += len(_BREAK.findall(piece))
        elif kind == "comment":
            comment = Comment(piece.rstrip(), breaks > 1)
            if breaks or not tokens:
                waiting.append(comment)
            else:
                tokens[-1].after = comment
            breaks = 0
        else:
            tokens.append(Token(str(kind), piece, breaks > 1, waiting))
            waiting, breaks = [], 0
    tokens.append(Token("end", "", breaks > 1, waiting))
    return tokens
