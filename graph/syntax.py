"""What a parser complains of, told to the person who wrote the file.

pyoxigraph's parser recovers after an error and goes on with the next statement, so one pass
finds every fault of a file, and every triple that is sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Quad, QuadParser, RdfFormat, parse

from .debate import nearest
from .errors import Finding, Severity
from .terms import COMMON_PREFIXES

MOST_FAULTS = 50
"""A file with more syntax errors than this is not the format it claims to be."""

MOST_BYTES_A_TOKEN = 16 * 1024 * 1024
"""The longest token that the parser takes."""

_PLACE = re.compile(r"^Parser error (?:at|between) line .*?: |\s\(line \d+\)$", re.DOTALL)
_UNDECLARED = re.compile(r"The prefix (\S*): has not been declared")
_MENDS = (
    ("No scheme found", 'write the whole IRI, or declare a base with "@base <https://…/> ."'),
    ("Invalid UTF-8", "save the file as UTF-8"),
    ("Line jumps are not allowed", 'close the text with ", or write long text between """ and """'),
    ("Unexpected end", "the last statement is not finished: close its text or bracket, add a dot"),
    ("A dot is expected", "end the statement with a dot, or go on with ; before a predicate"),
    ("Invalid IRI code point", "percent-encode the character in the IRI, a space as %20"),
    ("Unexpected escape", "write a backslash in a text as two"),
)


def parse_tolerantly(
    data: bytes, file: str, rdf_format: RdfFormat
) -> tuple[list[Quad], list[Finding]]:
    """Every sound quad of a file and every syntax error in it, in file order.

    At most `MOST_FAULTS` errors are listed.
    """
    quads: list[Quad] = []
    findings: list[Finding] = []
    prefixes: dict[str, str] = {}
    try:
        parser = parse(data, rdf_format, rename_blank_nodes=True)
        for item in _items(parser):
            if isinstance(item, Quad):
                quads.append(item)
                continue
            prefixes = parser.prefixes
            findings.append(_finding(item, file, prefixes))
            if len(findings) == MOST_FAULTS:
                break
    except MemoryError:
        findings.append(_too_long(data, file))
    return quads, findings


def _items(parser: QuadParser) -> Iterator[Quad | SyntaxError]:
    while True:
        try:
            yield next(parser)
        except StopIteration:
            return
        except SyntaxError as error:
            yield error


def _finding(error: SyntaxError, file: str, prefixes: dict[str, str]) -> Finding:
    message = _PLACE.sub("", _PLACE.sub("", str(error.msg))).strip()
    return Finding(
        file=file,
        line=error.lineno or 0,
        column=error.offset or 0,
        severity=Severity.ERROR,
        rule="syntax",
        node="",
        message=message[:1].lower() + message[1:],
        remedy=_remedy(message, prefixes),
    )


def _remedy(message: str, prefixes: dict[str, str]) -> str:
    undeclared = _UNDECLARED.search(message)
    if undeclared:
        return _prefix_remedy(undeclared[1], prefixes)
    return next((mend for sign, mend in _MENDS if sign in message), "")


def _prefix_remedy(prefix: str, declared: dict[str, str]) -> str:
    if prefix in COMMON_PREFIXES:
        return f'add "@prefix {prefix}: <{COMMON_PREFIXES[prefix]}> ." at the top of the file'
    alike = nearest(prefix, [p for p in declared if p], limit=1)
    guess = f'did you mean "{alike[0]}:"? Or ' if alike else ""
    return f'{guess}add "@prefix {prefix}: <…> ." with its namespace at the top of the file'


def _too_long(data: bytes, file: str) -> Finding:
    """The finding for a token longer than the parser takes, at the line that holds it."""
    longest, place = 0, 1
    for number, line in enumerate(data.split(b"\n"), start=1):
        if len(line) > longest:
            longest, place = len(line), number
    return Finding(
        file=file,
        line=place,
        column=1,
        severity=Severity.ERROR,
        rule="syntax",
        node="",
        message=f"a text or name longer than {MOST_BYTES_A_TOKEN // 2**20} MiB",
        remedy="keep the document outside, and quote a few words of it",
    )
