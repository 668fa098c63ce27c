"""Is it sound? Files of claims checked against the law, against each other and their documents.

Three kinds of check make one list of findings: the shapes of `ontology/shapes.ttl` (`law`,
`judging`), the rules that shapes cannot say (`rules`), and quotes against the words of their
documents (`sources`). Each fault is told once, with its place and a mend. `docs/checking.md` has
every rule with an example.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode

from .. import terms as t
from ..assembling import Fault
from ..corpus import Corpus, SourceFile
from ..errors import Finding, Severity
from ..places import DATASETS, key_of, located, stated, term_of
from ..reading import read_corpus
from .judging import faults_before_the_law
from .law import ENGINES, law
from .names import Names
from .rules import RULES
from .rules import WARNINGS as RULE_WARNINGS
from .sources import WARNINGS as SOURCE_WARNINGS
from .sources import source_faults

__all__ = ["ENGINES", "check", "check_corpus"]

_BROKEN = ("syntax", "unreadable", "unknown-format")
_NAMES_ELSEWHERE = ("unknown-target", "no-class")


def check(
    paths: Sequence[Path | str], *, sources: Path | str | None = None, engine: str = "fast"
) -> tuple[Finding, ...]:
    """Everything that is wrong in these files and folders, by place; empty if all is sound.

    With `sources`, a folder of documents, every quote and digest is checked against them, and a
    claim without a quote is a finding. `engine` is who applies the shapes: ``"fast"`` (the Rust
    engine) or ``"reference"`` (pySHACL); both find the same. An unreadable file, a syntax error
    or a broken shape is a finding, never an exception.

    Deterministic; linear in the size of the files.

    Raises:
        UsageError: no such engine or folder of documents.
    """
    return check_corpus(read_corpus(paths, link_nodes=False), sources=sources, engine=engine)


def check_corpus(
    corpus: Corpus, *, sources: Path | str | None = None, engine: str = "fast"
) -> tuple[Finding, ...]:
    """The same for files that are already read; see `check`."""
    names = Names(corpus)
    faults = faults_before_the_law(names, engine)
    for rule in RULES:
        faults.update(rule(names))
    if sources is not None:
        faults.update(source_faults(names, Path(sources)))
    sure, doubtful = _sure(faults, corpus)
    warnings = {*RULE_WARNINGS, *SOURCE_WARNINGS, *(s.name for s in law().values() if s.warns)}
    findings = {*corpus.findings, *located(sure, corpus, warnings)}
    if doubtful:
        findings.add(_doubt(corpus, doubtful))
    findings.update(_silent_files(corpus, {finding.file for finding in findings}))
    return tuple(sorted(findings))


def _sure(faults: Iterable[Fault], corpus: Corpus) -> tuple[list[Fault], int]:
    """The faults that do not follow from a broken file, and how many names it may hold.

    What a broken file says is known in part. That something is missing may be due to the rest.
    """
    broken = {finding.file for finding in corpus.errors if finding.rule in _BROKEN}
    if not broken:
        return list(faults), 0
    graphs = [NamedNode(file.graph) for file in corpus.files if file.name in broken]
    demands = {shape.name for shape in law().values() if shape.demands} | {"unquoted-claim"}
    sure: list[Fault] = []
    elsewhere: Counter[str] = Counter()
    for fault in faults:
        node = term_of(fault.node)
        if fault.rule in _NAMES_ELSEWHERE:
            elsewhere[fault.object or fault.node] += 1
        elif fault.rule == "isolated-claim":
            continue
        elif fault.rule not in demands or not any(
            any(stated(corpus.store, node, None, None, graph)) for graph in graphs
        ):
            sure.append(fault)
    return sure, len(elsewhere)


def _doubt(corpus: Corpus, names: int) -> Finding:
    """The finding that so many names were not found, which a broken file may describe."""
    return replace(
        min(finding for finding in corpus.errors if finding.rule in _BROKEN),
        severity=Severity.WARNING,
        rule="names-not-checked",
        message=f"names not found so far, perhaps because this file is broken: {names}",
        remedy="mend the file and check again",
    )


def _silent_files(corpus: Corpus, known: set[str]) -> Iterator[Finding]:
    """Findings about the files that say nothing to us and have no other finding."""
    for file in corpus.files:
        if file.name not in known and _says_nothing(corpus, file):
            message = "nothing here is said in the vocabulary of dissensus"
            remedy = f"does it have @prefix d: <{t.NAMESPACE}> .?"
            yield Finding(file.name, 0, 0, Severity.WARNING, "nothing-said", "", message, remedy)


def _says_nothing(corpus: Corpus, file: SourceFile) -> bool:
    """Whether no triple of the file has a property or a class of ours."""
    empty = True
    for quad in stated(corpus.store, None, None, None, NamedNode(file.graph)):
        empty = False
        term = quad.object if quad.predicate.value == t.TYPE else quad.predicate
        if key_of(term).startswith(t.NAMESPACE):
            return False
    return not (empty and file.format in DATASETS)  # then graphs of its own say something
