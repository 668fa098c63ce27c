"""The dataset of a request, which takes the place of the one that the query names.

https://www.w3.org/TR/sparql11-protocol/#dataset
"""

from __future__ import annotations

from collections.abc import Sequence

from ..querying.tokens import FORMS, Token, after_prologue, tokens_of

_AFTER_DATASET = ("WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_LEVELS = {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}


def query_form(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; empty if the query begins with none of them."""
    tokens = tokens_of(text)
    first = tokens[after_prologue(tokens) :][:1]
    return first[0].text.upper() if first and first[0].is_word(*FORMS) else ""


def with_dataset(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The query with FROM clauses for these graphs in place of its own; unchanged without any.

    Lines stay where they are, so that a fault is found where the client wrote it.
    """
    if not default and not named:
        return text
    tokens = tokens_of(text)
    clauses = [f"FROM <{iri}>" for iri in default] + [f"FROM NAMED <{iri}>" for iri in named]
    place = _place(text, tokens)
    for start, end in _clauses(tokens):
        text = text[:start] + _blank(text[start:end]) + text[end:]
    ending = "\n" if place == len(text) else " "  # the text may end in a comment
    return f"{text[:place]}{ending}{' '.join(clauses)} {text[place:]}"


def _clauses(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Where the FROM clauses of the query start and end."""
    found = []
    for index, token in enumerate(tokens):
        if token.is_word("FROM"):
            rest = tokens[index + 1 : index + 3]
            name = rest[1:] if rest and rest[0].is_word("NAMED") else rest[:1]
            if name and name[0].kind in ("iri", "name"):
                found.append((token.start, name[0].start + len(name[0].text)))
    return found


def _blank(text: str) -> str:
    return "".join(character if character in "\r\n" else " " for character in text)


def _place(text: str, tokens: Sequence[Token]) -> int:
    """Where FROM clauses may stand: behind what the query asks for, before its pattern."""
    index = after_prologue(tokens) + 1
    if tokens[index - 1 : index] and tokens[index - 1].is_word("CONSTRUCT"):
        index = _after_template(tokens, index)
    level = 0
    for token in tokens[index:]:
        if level == 0 and (token.text == "{" or token.is_word(*_AFTER_DATASET)):
            return token.start
        level += _LEVELS.get(token.text, 0) if token.kind == "mark" else 0
    return len(text)


def _after_template(tokens: Sequence[Token], index: int) -> int:
    """The index behind the template of a CONSTRUCT, if one begins here."""
    if not tokens[index : index + 1] or tokens[index].text != "{":
        return index
    level = 0
    for number, token in enumerate(tokens[index:], start=index):
        level += (token.text == "{") - (token.text == "}")
        if level == 0:
            return number + 1
    return index
