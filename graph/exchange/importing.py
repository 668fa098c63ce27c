"""Import: files of other tools become a debate that can be written as Turtle and checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..debate import Debate
from ..errors import Finding, InputError, UsageError
from .formats import Format, format_named, format_of, readable
from .joining import joined, slug
from .part import Part
from .source import Source, sources

DEBATES = "https://w3id.org/dissensus/debates/"
"""Where the namespaces of imported debates lie, unless another is asked for."""


@dataclass(frozen=True, slots=True)
class Import:
    """What an import brought: the debate, what has no counterpart in it, and faulty files.

    `formats` counts the files that were read by the name of their format.
    """

    debate: Debate
    notes: tuple[Finding, ...]
    faults: tuple[Finding, ...]
    formats: tuple[tuple[str, int], ...]


def import_debate(
    paths: Sequence[Path | str],
    *,
    format: str | None = None,  # noqa: A002 - what the command calls it
    namespace: str | None = None,
    keep_going: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Import:
    """The debate that files of other tools make up, with a report of what had no counterpart.

    A folder is read whole. Without `format` each file's is told from its ending and a look into
    it; files of a folder in no known format are noted and passed over. `namespace` is where the
    new names go, by default one made from the name of the first path. With `keep_going`, faulty
    files are left out. `progress` is called with the number of files read and of all.

    Raises:
        InputError: a file is faulty and `keep_going` is not set, or there is nothing to read.
        UnknownNameError: no format has this name.
        UsageError: the namespace is no IRI that ends on ``#`` or ``/``.
    """
    named = format_named(format, readable()) if format else None
    where = [Path(path) for path in paths]
    if not where:
        raise UsageError("name a file or a folder to import")
    if namespace is None:
        namespace = f"{DEBATES}{slug(where[0].resolve().stem) or 'imported'}#"
    elif not namespace.endswith(("#", "/")) or ":" not in namespace:
        raise UsageError(f"{namespace!r} is no namespace: it is an IRI that ends on # or /")
    reading = _Reading(where, named)
    reading.read(progress)
    if reading.faults and not keep_going:
        raise InputError(reading.faults)
    if not reading.parts and not reading.faults:
        raise InputError([_nothing(where[0], reading.skipped)])
    title, description = _titles(reading.parts, where)
    debate, notes = joined(reading.parts, namespace=namespace, title=title, description=description)
    return Import(
        debate,
        (*reading.skipped, *notes),
        tuple(reading.faults),
        tuple(sorted(reading.formats.items())),
    )


class _Reading:
    def __init__(self, paths: list[Path], named: Format | None) -> None:
        self.named = named
        self.paths = paths
        self.parts: list[Part] = []
        self.faults: list[Finding] = []
        self.skipped: list[Finding] = []
        self.formats: dict[str, int] = {}

    def read(self, progress: Callable[[int, int], None] | None) -> None:
        """Read every file; faults are gathered."""
        asked_for = {path for path in self.paths if not path.is_dir()}
        try:
            files = list(sources(self.paths, self._wanted))
        except InputError as error:
            self.faults.extend(error.findings)
            return
        for number, source in enumerate(files, 1):
            try:
                self._read_one(source, asked_for, alone=len(files) == 1)
            except InputError as error:
                self.faults.extend(error.findings)
            if progress:
                progress(number, len(files))

    def _wanted(self, path: Path) -> bool:
        formats = [self.named] if self.named else readable()
        return any(path.suffix.lower() in known.endings for known in formats)

    def _read_one(self, source: Source, asked_for: set[Path], *, alone: bool) -> None:
        known = self.named or format_of(source)
        if known is None:
            names = ", ".join(each.name for each in readable())
            if source.path in asked_for:
                source.fail("in no known format", remedy=f"name it with --from: {names}")
            part = Part(source)
            part.note("passed over: in no known format")
            self.skipped.extend(part.notes)
            return
        part = Part(source, alone)
        known.home.read(source, part)
        self.parts.append(part)
        self.formats[known.name] = self.formats.get(known.name, 0) + 1


def _titles(parts: Sequence[Part], paths: Sequence[Path]) -> tuple[str, str]:
    """Title and description: those of the one file that has any, else the name of the path."""
    titles = list(dict.fromkeys((part.title, part.description) for part in parts if part.title))
    return titles[0] if len(titles) == 1 else (paths[0].resolve().stem, "")


def _nothing(path: Path, skipped: Sequence[Finding]) -> Finding:
    source = Source(path, str(path), b"")
    endings = ", ".join(sorted({ending for known in readable() for ending in known.endings}))
    why = f"{len(skipped)} files in no known format" if skipped else f"no file ends on {endings}"
    return source.finding(f"nothing to import: {why}")
