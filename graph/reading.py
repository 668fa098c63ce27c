"""Files in: folders of Turtle and the other RDF syntaxes, read into a store and a `Debate`.

Each file has a named graph of its own, so that a query can ask where a triple stands. Reading
never stops at a fault: every unreadable file and every syntax error becomes a finding.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from .corpus import Corpus, SourceFile
from .deriving import add_derived, add_link_nodes
from .errors import Finding, InputError, Severity, UsageError
from .terms import COMMON_PREFIXES, FILE_GRAPH

if TYPE_CHECKING:
    from .debate import Debate

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}
"""File ending → syntax. A folder is searched for these."""

_DATASETS = (RdfFormat.TRIG, RdfFormat.N_QUADS, RdfFormat.JSON_LD)
_PREFIX = re.compile(rb"^\s*(?:@prefix|PREFIX)\s+([^\s:<>]*):\s*<([^<>\s]*)>", re.M | re.I)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read(*paths: Path | str) -> Debate:
    """The debate in these files and folders.

    Raises:
        InputError: a file cannot be read, has syntax errors, or a link has no end; it lists all.
    """
    return debate_of(read_corpus(paths, link_nodes=False))


def debate_of(corpus: Corpus) -> Debate:
    """The debate that a corpus describes; raises `InputError` like `read`."""
    from .assembling import assemble

    debate, faults = assemble(corpus.store, corpus.prefixes)
    if corpus.errors or faults:
        from .places import located

        raise InputError(sorted([*corpus.errors, *located(faults, corpus)]))
    return debate


def read_corpus(paths: Sequence[Path | str], *, link_nodes: bool = True) -> Corpus:
    """All that these files and folders say; faults are collected in `Corpus.findings`.

    A folder stands for every file below it with an ending of `FORMATS`, hidden ones left out. With
    `link_nodes` the store has a node for each link that is written as a triple.
    """
    corpus = Corpus(files=(), store=Store(), prefixes=dict(COMMON_PREFIXES))
    findings: list[Finding] = []
    files = claim_files(paths, findings)
    for file in files:
        data = _bytes_of(file, findings)
        if data is not None:
            _load(corpus, file, data, findings)
    corpus.files = tuple(files)
    corpus.findings = tuple(sorted(findings))
    add_derived(corpus.store)
    if link_nodes:
        add_link_nodes(corpus.store)
    return corpus


def claim_files(paths: Iterable[Path | str], findings: list[Finding]) -> list[SourceFile]:
    """The files that `paths` stand for, by name; what cannot be entered goes to `findings`."""
    found: dict[Path, SourceFile] = {}
    for path in map(Path, paths):
        if path.is_dir():
            members = _files_below(path, findings)
            if not members and not findings:
                endings = ", ".join(f"*{ending}" for ending in FORMATS)
                findings.append(_fault(path, "no-claims", f"no file of claims here ({endings})"))
        else:
            members = [path]
        for member in members:
            found.setdefault(member.resolve(), source_file(member))
    return sorted(found.values(), key=lambda file: file.name)


def source_file(path: Path) -> SourceFile:
    """How this file is known: its name is relative to the working directory where it is below."""
    name = _shown(path)
    rdf_format = FORMATS.get(path.suffix.lower(), RdfFormat.TURTLE)
    return SourceFile(path, name, FILE_GRAPH + quote(name), rdf_format)


def _shown(path: Path) -> str:
    absolute, here = Path(os.path.abspath(path)), Path.cwd()
    if absolute.is_relative_to(here):
        return absolute.relative_to(here).as_posix()
    return path.as_posix()


def _files_below(folder: Path, findings: list[Finding]) -> list[Path]:
    def refused(error: OSError) -> None:
        findings.append(_fault(Path(error.filename or folder), "unreadable", _reason(error)))

    members = []
    for root, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        members += [
            Path(root, name)
            for name in sorted(names)
            if not name.startswith(".") and Path(name).suffix.lower() in FORMATS
        ]
    return members


def _bytes_of(file: SourceFile, findings: list[Finding]) -> bytes | None:
    if file.path.exists() and file.path.suffix.lower() not in FORMATS:
        known = ", ".join(FORMATS)
        message = f"not a file of claims: its ending is none of {known}"
        findings.append(_fault(file.path, "unknown-format", message, "rename it by its syntax"))
        return None
    try:
        data = file.path.read_bytes().removeprefix(_BYTE_ORDER_MARK)
    except OSError as error:
        findings.append(_fault(file.path, "unreadable", _reason(error)))
        return None
    if not data.strip():
        mend = "write a claim in it, or delete it"
        findings.append(
            _fault(file.path, "empty-file", "the file is empty", mend, Severity.WARNING)
        )
    return data


def _load(corpus: Corpus, file: SourceFile, data: bytes, findings: list[Finding]) -> None:
    graph = NamedNode(file.graph)
    for prefix, namespace in _PREFIX.findall(data):
        corpus.prefixes[prefix.decode(errors="replace")] = namespace.decode(errors="replace")
    if file.format is RdfFormat.RDF_XML:
        from .syntax import entity_bomb

        if bomb := entity_bomb(data, file.name):
            findings.append(bomb)
            return
    if file.format not in _DATASETS:
        try:
            corpus.store.load(data, file.format, to_graph=graph)
            return
        except (SyntaxError, MemoryError):
            pass  # read again below, to find every fault and keep what is sound
    from .syntax import parse_tolerantly

    quads, faults = parse_tolerantly(data, file.name, file.format)
    findings += faults
    corpus.store.extend(_in_graph(quads, graph))


def _in_graph(quads: Iterable[Quad], graph: NamedNode) -> Iterable[Quad]:
    """The quads, those without a named graph of their own put into `graph`."""
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
        else:
            yield quad


def _reason(error: OSError) -> str:
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def _fault(
    path: Path, rule: str, message: str, remedy: str = "", severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(_shown(path), 0, 0, severity, rule, "", message, remedy)


def shipped_claims() -> Path:
    """The folder of the debate that comes with the package."""
    return Path(__file__).resolve().parents[1] / "claims"


def claims_paths(given: Sequence[Path | str] = ()) -> tuple[list[Path], bool]:
    """Where the claims are, and whether the shipped debate had to stand in.

    The paths given; else ``$DISSENSUS_CLAIMS`` (several joined as in ``$PATH``); else ``./claims``
    where there is such a folder; else the shipped debate.

    Raises:
        UsageError: a path given does not exist.
    """
    if given:
        paths = [Path(path) for path in given]
        missing = [path for path in paths if not path.exists() and not path.is_symlink()]
        if missing:
            raise UsageError(f"{missing[0]}: no such file or folder")
        return paths, False
    if named := os.environ.get("DISSENSUS_CLAIMS"):
        return claims_paths(named.split(os.pathsep))
    here = Path("claims")
    if here.is_dir():
        return [here], False
    return [shipped_claims()], True
