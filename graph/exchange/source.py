"""A file to import, and its faults told with their place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ..errors import Finding, InputError, Severity
from ..printable import printable

if TYPE_CHECKING:
    from lxml.etree import _Element

RULE = "import"
"""The rule that findings of an import bear."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of another tool: where it is, how the user named it, and its bytes."""

    path: Path
    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The name of the file without folder and ending."""
        return self.path.stem

    def beside(self, ending: str) -> Source | None:
        """The file of the same name with another ending (``.txt``), if there is one."""
        path = self.path.with_suffix(ending)
        if not path.is_file():
            return None
        return Source(path, str(Path(self.name).with_suffix(ending)), path.read_bytes())

    def finding(
        self,
        message: str,
        *,
        line: int = 0,
        column: int = 0,
        remedy: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        """A finding about this file; places count from 1, and 0 means unknown."""
        return Finding(
            self.name, line, column, severity, RULE, "", printable(message), printable(remedy)
        )

    def fail(self, message: str, *, line: int = 0, column: int = 0, remedy: str = "") -> NoReturn:
        """Raises the `InputError` that says what is wrong with this file."""
        raise InputError([self.finding(message, line=line, column=column, remedy=remedy)])

    def text(self) -> str:
        """The text of the file, in UTF-8, or UTF-16 if it starts with its byte order mark.

        Line ends are those of Unix.

        Raises:
            InputError: the bytes are no such text.
        """
        encoding = "utf-8-sig"
        if self.data.startswith((b"\xff\xfe", b"\xfe\xff")):
            encoding = "utf-16"
        try:
            text = self.data.decode(encoding)
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            column = error.start - self.data.rfind(b"\n", 0, error.start)
            wanted = encoding.removesuffix("-sig").upper()
            self.fail(
                f"byte 0x{self.data[error.start]:02X} is not {wanted}",
                line=line,
                column=column,
                remedy="save the file as UTF-8",
            )
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def json(self) -> Any:
        """The value of a JSON file; control characters may stand in its texts as they are.

        Raises:
            InputError: it is no JSON, or nested too deeply.
        """
        text = self.text()
        try:
            return json.loads(text, parse_constant=self._no_number, strict=False)
        except json.JSONDecodeError as error:
            self.fail(f"not JSON: {error.msg}", line=error.lineno, column=error.colno)
        except ValueError:  # Python reads no whole number of more than 4,300 digits
            self.fail("a number has too many digits")
        except RecursionError:
            self.fail("brackets are nested too deeply for an argument graph")

    def _no_number(self, name: str) -> NoReturn:
        self.fail(f"not JSON: {name} is no number")

    def xml(self) -> _Element:
        """The root element of an XML file; entities are not expanded, nothing else is loaded.

        Raises:
            InputError: it is not well-formed, or declares entities.
        """
        from lxml import etree

        if b"<!ENTITY" in self.data:
            line = self.data.count(b"\n", 0, self.data.index(b"<!ENTITY")) + 1
            self.fail("declares XML entities, which are not expanded here", line=line, column=1)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root = etree.fromstring(self.data, parser)
        except etree.XMLSyntaxError as error:
            line, column = error.position
            self.fail(f"not XML: {error.msg}", line=line, column=column)
        return root


def files_below(paths: Iterable[Path]) -> list[Path]:
    """Each file that is no hidden one, and each below each folder, in order of its path.

    Files named by themselves come whatever they are called, and whether they exist or not.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            below = (file for file in sorted(path.rglob("*")) if file.is_file())
            found.update((file, None) for file in below if not _hidden(file.relative_to(path)))
        else:
            found[path] = None
    return list(found)


def source_at(path: Path) -> Source:
    """The file there; raises `InputError` if it cannot be read."""
    try:
        return Source(path, str(path), path.read_bytes())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        finding = Finding(str(path), 0, 0, Severity.ERROR, RULE, "", f"cannot be read: {reason}")
        raise InputError([finding]) from error


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
