"""Import: files of other tools become a debate that can be written as Turtle and checked."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ..debate import Debate
from ..errors import Finding, InputError, Severity, UsageError
from .formats import Format, format_named, format_of, readable
from .joining import joined, slug
from .part import Part
from .source import Source, files_below, source_at

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
    with _collector_at_rest():
        return _imported(where, named, namespace, progress, keep_going=keep_going)


def _imported(
    paths: list[Path],
    named: Format | None,
    namespace: str,
    progress: Callable[[int, int], None] | None,
    *,
    keep_going: bool,
) -> Import:
    reading = _Reading(paths, named)
    reading.read(progress)
    if reading.faults and not keep_going:
        raise InputError(reading.faults)
    if not reading.parts and not reading.faults:
        raise InputError([_nothing(paths[0], reading.unknown)])
    title, description = _titles(reading.parts, paths)
    debate, notes = joined(reading.parts, namespace=namespace, title=title, description=description)
    return Import(
        debate,
        (*reading.skipped(), *notes),
        tuple(reading.faults),
        tuple(sorted(reading.formats.items())),
    )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Nothing is searched for garbage meanwhile: what an import makes is kept, and makes much."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Reading:
    def __init__(self, paths: list[Path], named: Format | None) -> None:
        self.named = named
        self.asked_for = {path for path in paths if not path.is_dir()}
        self.files = files_below(paths)
        self.parts: list[Part] = []
        self.faults: list[Finding] = []
        self.unknown: list[Path] = []
        self.repeated: list[Path] = []
        self.formats: dict[str, int] = {}

    def read(self, progress: Callable[[int, int], None] | None) -> None:
        """Read every file; faults are gathered."""
        wanted = [path for path in self.files if self._wanted(path)]
        self.unknown += [path for path in self.files if not self._wanted(path)]
        for number, path in enumerate(wanted, 1):
            try:
                self._read_one(source_at(path), alone=len(wanted) == 1)
            except InputError as error:
                self.faults.extend(error.findings)
            if progress:
                progress(number, len(wanted))

    def skipped(self) -> tuple[Finding, ...]:
        """A note on the files of folders that were passed over, for each reason to do so."""
        return (
            *_passed_over(self.unknown, "in no known format"),
            *_passed_over(self.repeated, "says what another file of its name says too"),
        )

    def _wanted(self, path: Path) -> bool:
        formats = [self.named] if self.named else readable()
        fits = any(path.suffix.lower() in known.endings for known in formats)
        return fits or path in self.asked_for

    def _read_one(self, source: Source, *, alone: bool) -> None:
        known = self.named or format_of(source)
        if known is None:
            names = ", ".join(each.name for each in readable())
            if source.path in self.asked_for:
                source.fail("in no known format", remedy=f"name it with --from: {names}")
            self.unknown.append(source.path)
            return
        if self._is_repeated(source.path, known):
            self.repeated.append(source.path)
            return
        part = Part(source, alone)
        known.home.read(source, part)
        part.source = replace(source, data=b"")
        self.parts.append(part)
        self.formats[known.name] = self.formats.get(known.name, 0) + 1

    def _is_repeated(self, path: Path, known: Format) -> bool:
        return path not in self.asked_for and any(
            ending != path.suffix.lower() and path.with_suffix(ending) in self._names
            for ending in known.same_as
        )

    @cached_property
    def _names(self) -> frozenset[Path]:
        return frozenset(self.files)


def _passed_over(paths: Sequence[Path], why: str) -> Iterator[Finding]:
    if not paths:
        return
    first, *more = sorted(paths)
    message = f"passed over: {why}"
    if more:
        endings = Counter(path.suffix.lower() or path.name for path in more)
        kinds = ", ".join(f"{ending} {count}" for ending, count in sorted(endings.items()))
        message += f"; so are {len(more)} more ({kinds})"
    yield Source(first, str(first), b"").finding(message, severity=Severity.WARNING)


def _titles(parts: Sequence[Part], paths: Sequence[Path]) -> tuple[str, str]:
    """Title and description: those of the one file that has any, else the name of the path."""
    titles = list(dict.fromkeys((part.title, part.description) for part in parts if part.title))
    return titles[0] if len(titles) == 1 else (paths[0].resolve().stem, "")


def _nothing(path: Path, unknown: Sequence[Path]) -> Finding:
    source = Source(path, str(path), b"")
    endings = {ending for known in readable() for ending in known.endings}
    wanted = [file for file in unknown if file.suffix.lower() in endings]
    why = f"no file ends on {', '.join(sorted(endings))}"
    if wanted:
        why = f"{len(wanted)} files in no known format"
    return source.finding(f"nothing to import: {why}")
