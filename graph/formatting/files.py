"""Turtle files put into the one layout, and held against the parser before they are written."""

from __future__ import annotations

import codecs
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple

from ..errors import DissensusError, Finding, InputError, UsageError
from ..printable import printable
from ..reading import claim_files
from ..syntax import parse_tolerantly
from ..writing import write_bytes
from .layout import laid_out
from .statements import document_of

STEPS_AROUND = 32
"""How far around a blank node a difference is looked for before a file is written."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file as it is and as it is to be; both are the same where nothing changes."""

    name: str
    path: Path
    old: bytes
    new: bytes

    @property
    def changes(self) -> bool:
        """Whether the layout of the file is to change."""
        return self.old != self.new


def format_turtle(data: bytes | str, name: str = "<text>") -> bytes:
    """The same Turtle in the one layout, as UTF-8; what has it already comes back as it is.

    The graph stays the same and every comment is kept. Lines end as they did if all of them ended
    in CRLF, else in LF; a byte order mark goes. Linear in the size of the text. `name` is what the
    file is called in errors.

    Raises:
        InputError: the text has syntax errors; it lists all.
        DissensusError: the text cannot be laid out without a change of meaning.
    """
    data = data.encode() if isinstance(data, str) else data
    data = data.removeprefix(codecs.BOM_UTF8)
    quads = _parsed(data, name)
    text = data.decode()
    is_crlf = text.count("\r\n") == text.count("\n") == text.count("\r") > 0
    if is_crlf:
        text = text.replace("\r\n", "\n")
    try:
        text = laid_out(document_of(text))
    except RecursionError:
        raise DissensusError(f"{name}: brackets are nested too deeply to be laid out") from None
    except ValueError as error:
        raise DissensusError(f"{name}: cannot be laid out: {error}") from error
    result = (text.replace("\n", "\r\n") if is_crlf else text).encode()
    if _fingerprint(quads) != _fingerprint(_parsed(result, name)):
        raise DissensusError(f"{name}: left alone: laying it out would change what it says")
    return result


def format_files(paths: Sequence[Path | str]) -> tuple[list[Formatted], list[Finding], int]:
    """The Turtle files that `paths` stand for, the faults of others, and how many are left out.

    A folder stands for every ``*.ttl`` below it; files in the other syntaxes are left out. Nothing
    is written.

    Raises:
        UsageError: a file that was named is no Turtle.
    """
    named = [Path(path) for path in paths if not Path(path).is_dir()]
    for path in named:
        if path.suffix.lower() != ".ttl":
            raise UsageError(f"{path}: only Turtle (*.ttl) has a layout to be put into")
    findings: list[Finding] = []
    files = claim_files(paths, findings)
    turtle = [file for file in files if file.format is RdfFormat.TURTLE]
    found = []
    for file in turtle:
        try:
            data = file.path.read_bytes()
            found.append(Formatted(file.name, file.path, data, format_turtle(data, file.name)))
        except OSError as error:
            raise DissensusError(
                f"{file.name}: cannot be read: {(error.strerror or str(error)).lower()}"
            ) from error
        except InputError as error:
            findings += error.findings
    return found, sorted(findings), len(files) - len(turtle)


def write_formatted(formatted: Iterable[Formatted]) -> list[str]:
    """Write those files that change, each whole or not at all; returns their names.

    Raises:
        DissensusError: a file cannot be written, or was changed meanwhile.
    """
    names = []
    for one in formatted:
        if one.changes:
            write_bytes(one.path, one.new, replacing=one.old)
            names.append(one.name)
    return names


def format_stream(data: bytes) -> Formatted:
    """What comes from standard input, as it is and as it is to be; raises as `format_turtle`."""
    return Formatted("<stdin>", Path("-"), data, format_turtle(data, "<stdin>"))


def layout_diff(formatted: Formatted) -> str:
    """The change as a unified diff, made safe for a terminal."""
    old, new = (
        [printable(line, lines=True) for line in data.decode().splitlines(keepends=True)]
        for data in (formatted.old, formatted.new)
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(old, new, formatted.name, formatted.name)
    )


def _parsed(data: bytes, name: str) -> list[Quad]:
    quads, findings = parse_tolerantly(data, name, RdfFormat.TURTLE)
    if findings:
        raise InputError(sorted(findings))
    return quads


# -- the same graph -----------------------------------------------------------------------------


def _fingerprint(quads: Sequence[Quad]) -> Counter[str]:
    """What the graph says, whatever its blank nodes are called, seen from `STEPS_AROUND` away."""
    triples = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    names: dict[BlankNode, str] = {
        node: "_:" for triple in triples for term in triple for node in _blank_nodes(term)
    }
    about: dict[BlankNode, list[tuple[object, ...]]] = defaultdict(list)
    for triple in triples:
        for node in {node for term in triple for node in _blank_nodes(term)}:
            about[node].append(triple)
    kinds = 0
    for _step in range(STEPS_AROUND):
        names = {
            node: _digest(sorted(_named(triple, names, node) for triple in about[node]))
            for node in names
        }
        before, kinds = kinds, len(set(names.values()))
        if kinds == before:
            break
    return Counter(_named(triple, names) for triple in triples)


def _blank_nodes(term: object) -> Iterator[BlankNode]:
    if isinstance(term, BlankNode):
        yield term
    elif isinstance(term, Triple):
        for part in (term.subject, term.predicate, term.object):
            yield from _blank_nodes(part)


def _named(
    triple: tuple[object, ...], names: dict[BlankNode, str], here: BlankNode | None = None
) -> str:
    """The triple with the names of its blank nodes, the one it is seen from called ``here``."""

    def shown(term: object) -> str:
        if isinstance(term, BlankNode):
            return "here" if term == here else names[term]
        if isinstance(term, Triple):
            return f"<<{_named((term.subject, term.predicate, term.object), names, here)}>>"
        return str(term)

    return " ".join(map(shown, triple))


def _digest(parts: Sequence[str]) -> str:
    return "_:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
