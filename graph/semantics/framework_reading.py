"""Frameworks in the three file formats of the argumentation competition, read.

======  ============================================================================
format  a file
======  ============================================================================
af      ``p af 3``, then an attack ``1 2`` a line; ``#`` begins a comment; since 2023
apx     facts ``arg(a).`` and ``att(a,b).``, in any order; ``%`` begins a comment
tgf     an argument a line, a line ``#``, then an attack ``a b`` a line
======  ============================================================================

Source: the rules of ICCMA 2023, https://iccma2023.github.io/rules.html, which call the first format
``i23``; Cerutti, Oren, Straß, Thimm, Vallati, Villata, "All you need to know to run your solver in
probo", 2014, for the other two. Reading is a little more tolerant than the rules: blank lines,
spaces and comments may stand anywhere, and a repeated argument or attack is a warning.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from ..errors import Finding, InputError, Severity, UsageError
from ..printable import printable
from .framework import Framework


class FileFormat(StrEnum):
    """A format of frameworks; the value is also the usual ending of a file name."""

    AF = "af"
    APX = "apx"
    TGF = "tgf"

    @classmethod
    def named(cls, name: str) -> FileFormat:
        """The format that a user calls `name`; ``i23`` is another name of ``af``.

        Raises:
            UsageError: there is no such format.
        """
        try:
            return cls(_ALIASES.get(name.lower(), name.lower()))
        except ValueError:
            raise UsageError(f"unknown format {name!r}: use af (or i23), apx or tgf") from None


_ALIASES: Final = {"i23": "af"}
MOST: Final = 100_000_000
"""More arguments than this are taken for a slip of the pen, before memory is asked for."""
RULE: Final = "framework-file"
"""The rule that the findings name."""
_WORD: Final = re.compile(r"[^\s#]+")
_NAME: Final = r'[^\s(),"%]+|"(?:[^"\\]|\\.)*"'
_BLANK: Final = r"(?:\s|%[^\n]*+)*+"
_FACT: Final = re.compile(rf"{_BLANK}(\w+)\s*\(\s*({_NAME})\s*(?:,\s*({_NAME})\s*)?\)\s*\.")
_NO_FACT: Final = re.compile(rf"{_BLANK}([^\s%](?:[^\n]*?\)\s*\.|[^\n]*))")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_HEADER: Final = 'begin the file with "p af" and the number of arguments'


@dataclass(frozen=True, slots=True)
class FrameworkFile:
    """What a file says: its framework, its format, and warnings of what is odd but harmless."""

    framework: Framework
    file_format: FileFormat
    warnings: tuple[Finding, ...]


def read_framework(path: Path | str, file_format: FileFormat | None = None) -> FrameworkFile:
    """The framework of a file.

    Without `file_format` the ending of the name decides, else the content. Linear in the file.

    Raises:
        InputError: the file cannot be read, or has faults; all of them, with line and column.
    """
    name = str(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        fault = Finding(name, 0, 0, Severity.ERROR, RULE, "", message)
        raise InputError([fault]) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reading = _Reading(data[: error.start].decode("utf-8-sig"), name)
        reading.fault(len(reading.text), "the file is not UTF-8 from here on", "save it as UTF-8")
        raise InputError(reading.findings) from None
    return parse_framework(text, name, file_format)


def parse_framework(
    text: str, name: str = "<text>", file_format: FileFormat | None = None
) -> FrameworkFile:
    """As `read_framework`, from the text of a file called `name`.

    Raises:
        InputError: the text has faults; all of them, with line and column.
    """
    reading = _Reading(text, name)
    readers = {FileFormat.AF: _read_af, FileFormat.APX: _read_apx, FileFormat.TGF: _read_tgf}
    chosen = file_format or _format_of(reading)
    framework = readers[chosen](reading)
    reading.findings.sort()
    if framework is None or any(f.severity is Severity.ERROR for f in reading.findings):
        raise InputError(reading.findings)
    return FrameworkFile(framework, chosen, tuple(reading.findings))


class _Reading:
    """A text that is being read, and what was found about it."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.findings: list[Finding] = []
        self._line_starts: list[int] = []

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """The words of each line that has any, after where the line begins; no comments."""
        start = 0
        for line in self.text.split("\n"):
            words = line.partition("#")[0].split()
            if words:
                yield start, words
            start += len(line) + 1

    def fault(self, offset: int, message: str, remedy: str) -> None:
        """What is wrong at a place of the text."""
        self._find(Severity.ERROR, offset, message, remedy)

    def oddity(self, offset: int, message: str) -> None:
        """What is odd at a place of the text, and harmless."""
        self._find(Severity.WARNING, offset, message, "it counts once")

    def word_at(self, start: int, number: int) -> int:
        """Where word `number` of the line that begins at `start` stands."""
        words = _WORD.finditer(self.text, start)
        return next(word.start() for index, word in enumerate(words) if index == number)

    def _find(self, severity: Severity, offset: int, message: str, remedy: str) -> None:
        if not self._line_starts:
            self._line_starts = [0, *(m.end() for m in re.finditer("\n", self.text))]
        line = bisect_right(self._line_starts, offset)
        column = offset - self._line_starts[line - 1] + 1
        said, mend = printable(message), printable(remedy)
        self.findings.append(Finding(self.name, line, column, severity, RULE, "", said, mend))


class _Names:
    """Arguments by name, and attacks between names, as a file gives them."""

    def __init__(self, reading: _Reading) -> None:
        self._reading = reading
        self._numbers: dict[str, int] = {}
        self._attacks: list[tuple[str, str, int]] = []

    def declare(self, name: str, offset: int) -> None:
        if name in self._numbers:
            self._reading.oddity(offset, f"the argument {name!r} is declared twice")
        else:
            self._numbers[name] = len(self._numbers)

    def attack(self, source: str, target: str, offset: int) -> None:
        self._attacks.append((source, target, offset))

    def framework(self, remedy: str) -> Framework:
        numbers = self._numbers
        attacks = _Attacks()
        for source, target, offset in self._attacks:
            try:
                attacks.add(numbers[source], numbers[target], offset)
            except KeyError:
                for name in dict.fromkeys((source, target)):
                    if name not in numbers:
                        message = f"the argument {name!r} is not declared"
                        self._reading.fault(offset, message, remedy.format(name))
        return attacks.framework(self._reading, len(numbers), tuple(numbers))


class _Attacks:
    """Attacks between numbered arguments, and where a file gives them."""

    def __init__(self) -> None:
        self._sources = array("q")
        self._targets = array("q")
        self._offsets = array("q")

    def add(self, source: int, target: int, offset: int) -> None:
        self._sources.append(source)
        self._targets.append(target)
        self._offsets.append(offset)

    def framework(self, reading: _Reading, size: int, names: tuple[str, ...] = ()) -> Framework:
        framework = Framework(size, self._sources, self._targets, names)
        if framework.attack_count < len(self._offsets):
            seen = set()
            for source, target, offset in zip(
                self._sources, self._targets, self._offsets, strict=True
            ):
                if (source, target) in seen:
                    reading.oddity(offset, "this attack is given twice")
                seen.add((source, target))
        return framework


def _read_af(reading: _Reading) -> Framework | None:
    size = -1
    attacks = _Attacks()
    for start, words in reading.lines():
        if size < 0:
            size = _read_header(reading, start, words)
            if size < 0:
                return None
        elif len(words) != 2:
            message = "this line is not an attack"
            reading.fault(start, message, "an attack is two numbers, as in 1 2")
        else:
            first, second = words
            source = int(first) if first.isdecimal() else 0
            target = int(second) if second.isdecimal() else 0
            if 1 <= source <= size and 1 <= target <= size:
                attacks.add(source - 1, target - 1, start)
                continue
            for place, number in enumerate((source, target)):
                if not 1 <= number <= size:
                    message = f"{words[place]!r} is not an argument"
                    remedy = f"arguments are the numbers from 1 to {size}"
                    reading.fault(reading.word_at(start, place), message, remedy)
    if size < 0:
        reading.fault(0, "the file has no first line", _HEADER)
        return None
    return attacks.framework(reading, size)


def _read_header(reading: _Reading, start: int, words: list[str]) -> int:
    """The number of arguments, or -1 if this is no header."""
    if len(words) == 3 and words[:2] == ["p", "af"] and words[2].isdecimal():
        if len(words[2]) < 15 and int(words[2]) <= MOST:
            return int(words[2])
        message, remedy = f"{words[2]} arguments are too many", f"there may be {MOST} of them"
        reading.fault(reading.word_at(start, 2), message, remedy)
    else:
        reading.fault(start, "this is not the first line of a framework", _HEADER)
    return -1


def _read_tgf(reading: _Reading) -> Framework | None:
    found = _Names(reading)
    start = 0
    in_attacks = False
    for line in reading.text.split("\n"):
        words = line.split()
        if words and words[0] == "#":
            if in_attacks:
                reading.fault(start, 'a second line "#"', 'one "#" parts arguments from attacks')
            in_attacks = True
        elif words and not in_attacks:
            found.declare(words[0], start)
        elif len(words) == 1:
            reading.fault(start, "this line is not an attack", "an attack names two arguments")
        elif words:
            found.attack(words[0], words[1], start)
        start += len(line) + 1
    if not in_attacks:
        reading.fault(
            len(reading.text), 'there is no line "#"', 'put "#" between arguments and attacks'
        )
    return found.framework('put {0} on a line of its own above the "#"')


def _read_apx(reading: _Reading) -> Framework | None:
    found = _Names(reading)
    text = reading.text
    position = 0
    while fact := _FACT.match(text, position) or _NO_FACT.match(text, position):
        kind, *names = fact.groups()
        if names and kind == "arg" and names[-1] is None:
            found.declare(_unquoted(names[0]), fact.start(1))
        elif names and kind == "att" and names[-1] is not None:
            found.attack(_unquoted(names[0]), _unquoted(names[1]), fact.start(1))
        else:
            remedy = "write arg(a). or att(a,b)."
            reading.fault(fact.start(1), "this is no fact about a framework", remedy)
        position = fact.end()
    return found.framework("add arg({0}).")


def _unquoted(name: str) -> str:
    if not name.startswith('"'):
        return name
    return _ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[1], name[1:-1])


def _format_of(reading: _Reading) -> FileFormat:
    """The format of a file, by the ending of its name or else by its content."""
    ending = Path(reading.name).suffix.removeprefix(".").lower()
    if ending in {*FileFormat, *_ALIASES}:
        return FileFormat.named(ending)
    if re.search(r"^[ \t]*p[ \t]+af\b", reading.text, re.MULTILINE):
        return FileFormat.AF
    if re.search(r"^\s*(arg|att)\s*\(", reading.text, re.MULTILINE):
        return FileFormat.APX
    if re.search(r"^\s*#\s*$", reading.text, re.MULTILINE):
        return FileFormat.TGF
    remedy = "end its name in .af, .apx or .tgf, or say which format it has"
    reading.fault(0, "the format of this file cannot be told", remedy)
    raise InputError(reading.findings)
