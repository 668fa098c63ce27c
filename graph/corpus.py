"""A corpus: the files that were read, and the store that holds what they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from .errors import Finding, Severity


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of claims: where it is, how the user sees it, and the graph that holds it."""

    path: Path
    name: str
    graph: str
    format: RdfFormat


@dataclass
class Corpus:
    """What a set of files says: a store with one named graph per file, and every fault found."""

    files: tuple[SourceFile, ...]
    store: Store
    prefixes: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make the corpus unsound."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)
