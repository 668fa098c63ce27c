"""Text out: Turtle as a person would write it, and files that are written whole or not at all.

Turtle is set by the grammar of https://www.w3.org/TR/turtle/#sec-grammar. A node is a block, a
property is a line of it, and everything is sorted, so that a change of one fact is a change of
one line.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from . import terms as t
from .debate import Debate
from .describing import (
    Collection,
    Description,
    Relations,
    Term,
    describe,
    describe_claim,
    describe_quote,
)
from .errors import DissensusError
from .model import Claim, Quote

WIDTH = 100
"""Objects that would make a line longer than this stand on a line each."""

_NEXT_PROPERTY = " ;\n    "
_AROUND = len("    " + " ;")
_NEXT_OBJECT = ",\n        "
_PREFIX_START = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_START = _PREFIX_START + "_"
_CHARACTER = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040-"
_PERCENT = "%[0-9A-Fa-f]{2}"
_LOCAL = re.compile(
    f"(?:[{_START}:0-9]|{_PERCENT})(?:(?:[{_CHARACTER}.:]|{_PERCENT})*(?:[{_CHARACTER}:]|{_PERCENT}))?"
)
_PREFIX = re.compile(f"(?:[{_PREFIX_START}](?:[{_CHARACTER}.]*[{_CHARACTER}])?)?")
_BARE = {
    t.XSD + "boolean": re.compile("true|false"),
    t.XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}
"""Datatypes whose literals may stand without quotes, and what they then look like."""

_UNPRINTABLE = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]')
"""What has to be escaped, and what nobody could see or what would turn the line around."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


# -- Turtle -------------------------------------------------------------------------------------


class Names:
    """How IRIs are written in a file with these prefixes; `used` collects those that were needed.

    An IRI is abbreviated by the longest namespace that leaves a legal local name, else written
    in full.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.used: set[str] = set()
        self._known: dict[str, str] = {}
        self._namespaces = sorted(
            (
                (namespace, prefix)
                for prefix, namespace in prefixes.items()
                if namespace and _PREFIX.fullmatch(prefix)
            ),
            key=lambda item: (-len(item[0]), item[1]),
        )

    def __call__(self, iri: str) -> str:
        """The IRI as it stands in the file."""
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = self._abbreviated(iri)
        return known

    def _abbreviated(self, iri: str) -> str:
        for namespace, prefix in self._namespaces:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"


def debate_turtle(debate: Debate) -> str:
    """The whole debate as Turtle, under those of its prefixes that it uses.

    Reading the text gives an equal debate, and the same debate always gives the same text.
    Linear in the size of the debate.

    Raises:
        ValueError: something that has to be an IRI is none, or a text holds half a surrogate pair.
    """
    prefixes = {**t.COMMON_PREFIXES, **debate.prefixes}
    names = Names(prefixes)
    blocks = [description_turtle(description, names) for description in describe(debate)]
    head = prefix_turtle({prefix: prefixes[prefix] for prefix in names.used})
    return "\n".join([head, *blocks])


def claim_turtle(
    claim: Claim, relations: Relations | None = None, *, prefixes: Mapping[str, str]
) -> str:
    """A claim and what it is to others, as the lines that a person would write.

    `prefixes` are those of the file in which the lines are to stand; what they do not abbreviate
    is written as a full IRI. Raises `ValueError` as `debate_turtle` does.

    >>> claim = Claim("urn:x:a", "Chips are heat.", speakers=("urn:x:gin",))
    >>> print(claim_turtle(claim, prefixes={"d": t.NAMESPACE, "": "urn:x:"}), end="")
    :a a d:Claim ;
        d:text "Chips are heat." ;
        d:assertedBy :gin .
    """
    return description_turtle(describe_claim(claim, relations), Names(prefixes))


def quote_turtle(quote: Quote, *, prefixes: Mapping[str, str]) -> str:
    """The property of a claim that is this quote, without a line end; see `claim_turtle`.

    >>> quote_turtle(Quote("a plan", document="urn:x:recap"), prefixes={"d": t.NAMESPACE})
    'd:quote [ d:exact "a plan" ; d:source <urn:x:recap> ]'
    """
    return _property(t.QUOTE, (describe_quote(quote),), Names(prefixes))


def description_turtle(description: Description, names: Names) -> str:
    """The lines of one node: its class, a line for each property, a dot at the end."""
    subject = names(description.node.value) if description.node else "[]"
    lines = [_property(predicate, terms, names) for predicate, terms in description.properties]
    return f"{subject} {_NEXT_PROPERTY.join(lines)} .\n"


def prefix_turtle(prefixes: Mapping[str, str]) -> str:
    """The declarations of these prefixes: ours first, the empty prefix last."""
    ordered = sorted(prefixes, key=prefix_order)
    return "".join(f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in ordered)


def prefix_order(prefix: str) -> tuple[bool, bool, str]:
    """What prefixes are sorted by: ours first, the empty prefix last."""
    return prefix != t.PREFIX, not prefix, prefix


def _property(predicate: str, terms: tuple[Term, ...], names: Names) -> str:
    verb = "a" if predicate == t.TYPE else names(predicate)
    objects = sorted({_term(term, names) for term in terms})
    line = f"{verb} {', '.join(objects)}"
    whole = len(line) + _AROUND <= WIDTH
    if whole and all(isinstance(term, NamedNode) for term in terms):
        return line
    return f"{verb} {_NEXT_OBJECT.join(objects)}"


def _term(term: Term, names: Names) -> str:
    if isinstance(term, NamedNode):
        return names(term.value)
    if isinstance(term, Literal):
        return _literal(term, names)
    if isinstance(term, Collection):
        return f"( {' '.join(names(member.value) for member in term.members)} )"
    return f"[ {' ; '.join(_property(p, terms, names) for p, terms in term.properties)} ]"


def _literal(literal: Literal, names: Names) -> str:
    value, datatype = literal.value, literal.datatype.value
    if datatype in _BARE and _BARE[datatype].fullmatch(value):
        return value
    quoted = quoted_text(value)
    if literal.language:
        return f"{quoted}@{literal.language}"
    return quoted if datatype == t.XSD + "string" else f"{quoted}^^{names(datatype)}"


def quoted_text(value: str) -> str:
    """The text in double quotes, with escapes for what nobody could see."""
    return f'"{_UNPRINTABLE.sub(escaped, value)}"'


def escaped(match: re.Match[str]) -> str:
    """The character that was matched as an escape."""
    character = match[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def is_local_name(text: str) -> bool:
    """Whether the text may follow the colon of a prefixed name without an escape."""
    return _LOCAL.fullmatch(text) is not None


@cache
def language_tag(text: str) -> str:
    """The tag of a language (BCP 47) as it reads in RDF, in lower case; empty if it is none.

    >>> language_tag("pt-BR"), language_tag("Portuguese, of Brazil")
    ('pt-br', '')
    """
    try:
        return Literal("", language=text).language or ""
    except ValueError:
        return ""


# -- files --------------------------------------------------------------------------------------


def write_text(path: Path | str, text: str) -> None:
    """Write a file as UTF-8 so that it is whole or untouched; raises as `write_bytes` does."""
    write_bytes(path, text.encode())


def write_bytes(path: Path | str, data: bytes, *, replacing: bytes | None = None) -> None:
    """Write a file so that it is whole or untouched, whatever happens meanwhile.

    The bytes go to a temporary file in the same folder, which then takes the place of the old
    one and has its mode. A symbolic link is followed. What is no regular file (``/dev/stdout``)
    is written to directly. With `replacing`, the file must still hold these bytes just before it
    is replaced; a file that does not exist counts as empty.

    Raises:
        DissensusError: the file cannot be written, or exists and cannot be read, or has changed.
    """
    path = Path(path)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data, replacing)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DissensusError(f"{path}: cannot be written: {reason}") from error


def _replace(path: Path, data: bytes, replacing: bytes | None) -> None:
    mode = None
    if path.exists():
        with path.open("r+b"):  # refuses a folder, and a file that may not be read or changed
            mode = stat.S_IMODE(path.stat().st_mode)
    temporary = path.with_name(f".dissensus-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
        if mode is not None:
            temporary.chmod(mode)
        if replacing is not None and (path.read_bytes() if path.exists() else b"") != replacing:
            raise DissensusError(f"{path}: changed by someone else meanwhile; nothing was written")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
