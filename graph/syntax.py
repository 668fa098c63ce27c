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
from .printable import printable
from .terms import COMMON_PREFIXES

MOST_FAULTS = 50
"""A file with more syntax errors than this is not the format it claims to be."""

MOST_BYTES_A_TOKEN = 16 * 1024 * 1024
"""The longest token that the parser takes."""

MOST_EXPANSION = 16 * 1024 * 1024
"""How many bytes the entities of an XML file may expand to."""

_ENTITY = re.compile(rb"""<!ENTITY\s+([^\s%"']+)\s+(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(rb"&([^\s#&;]+);")
_PLACE = re.compile(r"^Parser error (?:at|between) line .*?: |\s\(line \d+\)$", re.DOTALL)
_UNDECLARED = re.compile(r"The prefix (\S*): has not been declared")
_MENDS = (
    ("No scheme found", 'write the whole IRI, or declare a base with "@base <https://…/> ."'),
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
    if wrong_bytes := _not_utf8(data, file):
        return [], [wrong_bytes]
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


def entity_bomb(data: bytes, file: str) -> Finding | None:
    """The finding for XML whose entities expand beyond `MOST_EXPANSION`, or nothing.

    pyoxigraph expands entities without a limit: a few nested ones fill the memory.
    """
    if b"<!ENTITY" not in data:
        return None
    values = {m[1]: m[2] or m[3] or b"" for m in _ENTITY.finditer(data)}
    sizes: dict[bytes, int] = {}
    for _ in values:  # an entity may name others: as many rounds as there are entities suffice
        sizes = {
            name: min(MOST_EXPANSION + 1, len(value) + _expanded(value, sizes))
            for name, value in values.items()
        }
    body = data[data.rfind(b"]>") :]
    if _expanded(body, sizes) <= MOST_EXPANSION:
        return None
    return Finding(
        file=file,
        line=data[: data.find(b"<!ENTITY")].count(b"\n") + 1,
        column=1,
        severity=Severity.ERROR,
        rule="syntax",
        node="",
        message=f"the file's entities expand to more than {MOST_EXPANSION // 2**20} MiB",
        remedy="write the text out in place of the entities",
    )


def _expanded(text: bytes, sizes: dict[bytes, int]) -> int:
    return sum(sizes.get(m[1], 0) for m in _REFERENCE.finditer(text))


def _not_utf8(data: bytes, file: str) -> Finding | None:
    """The finding for the first byte that is not UTF-8, or nothing."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        what = "the file is UTF-16" if wide else f"byte 0x{data[error.start]:02x} is not UTF-8"
        return Finding(
            file=file,
            line=before.count(b"\n") + 1,
            column=len(before) - before.rfind(b"\n"),
            severity=Severity.ERROR,
            rule="syntax",
            node="",
            message=what,
            remedy="save the file as UTF-8",
        )
    return None


def _items(parser: QuadParser) -> Iterator[Quad | SyntaxError]:
    while True:
        try:
            yield next(parser)
        except StopIteration:
            return
        except SyntaxError as error:
            yield error


def _finding(error: SyntaxError, file: str, prefixes: dict[str, str]) -> Finding:
    message = printable(_PLACE.sub("", _PLACE.sub("", str(error.msg))).strip())
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
