"""What changed in one file, for ``git diff``: the file by itself, without those it refers to.

Git calls ``diff.<driver>.command`` with a path and, for both sides, a file, a hash and a mode; a
side that is not there is ``/dev/null`` (gitattributes(5), "Defining an external diff driver"; the
arguments are those of ``GIT_EXTERNAL_DIFF`` in git(1)).
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store, Triple

from .. import terms as t
from ..assembling import assemble
from ..debate import Debate
from ..errors import Finding, UsageError
from ..printable import printable
from ..reading import read_corpus
from .changes import Change, R
from .comparing import DebateDiff, diff

_OF_CLAIMS = frozenset(
    {
        t.SUPPORTS,
        t.REBUTS,
        t.EVIDENCE_FOR,
        t.UNDERCUTS,
        t.RESTATES,
        t.CONTRADICTS,
        t.QUALIFIES,
    }
)
_TO_CLAIMS = _OF_CLAIMS | {t.ACCEPTS, t.REJECTS, t.PREMISE, t.CONCLUSION}
_ELSEWHERE = NamedNode(t.FILE_GRAPH + "elsewhere")


@dataclass(frozen=True, slots=True)
class FileDiff:
    """What changed in a file, or nothing and the lines that did, where a side has faults."""

    old: str
    new: str
    changes: DebateDiff | None
    findings: tuple[Finding, ...] = ()
    lines: str = ""


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of the file: what it says, and the IRIs that are described in it."""

    debate: Debate
    described: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


def diff_file(arguments: Sequence[str]) -> FileDiff:
    """What changed in the file, by the arguments that git gives to a diff driver.

    These are 7, or 9 for a file that was renamed. What other files describe is known by its name
    only, so there are no verdicts here. A file that cannot be read as claims is compared as text.

    Raises:
        UsageError: the arguments are not those of git.
    """
    if len(arguments) not in (7, 9):
        raise UsageError("--driver is for git, which gives 7 or 9 arguments to a diff driver")
    path, old_file, _, _, new_file = arguments[:5]
    names = f"a/{path}", f"b/{arguments[7] if len(arguments) == 9 else path}"
    old, new = (
        _side(Path(file), name) for file, name in zip((old_file, new_file), names, strict=True)
    )
    findings = (*old.findings, *new.findings)
    if findings:
        lines = unified_diff(_text(Path(old_file)), _text(Path(new_file)), *names)
        return FileDiff(*names, None, findings, "".join(lines))
    found = diff(old.debate, new.debate, outcomes=False)
    return FileDiff(
        *names,
        replace(
            found,
            claims=tuple(_in_file(found.claims, old, new)),
            setting=tuple(_in_file(found.setting, old, new)),
            positions=tuple(
                position
                for position in found.positions
                if (position.claim in old.described) == (position.claim in new.described)
            ),
        ),
    )


def _in_file(changes: Iterable[Change[R]], old: _Side, new: _Side) -> Iterator[Change[R]]:
    """The changes of what the file describes: what only the one side describes came or went."""
    for change in changes:
        before = change.old if change.old and change.old.iri in old.described else None
        after = change.new if change.new and change.new.iri in new.described else None
        if before and after:
            yield change
        elif before or after:
            yield Change(change.what, before, after)


def _side(file: Path, shown: str) -> _Side:
    """One side, its errors under the name by which git knows the file."""
    if str(file) == os.devnull:
        return _Side(Debate())
    corpus = read_corpus([file], link_nodes=False)
    if corpus.errors:
        errors = tuple(replace(finding, file=shown) for finding in corpus.errors)
        return _Side(Debate(), findings=errors)
    described = {
        quad.subject for quad in corpus.store.quads_for_pattern(None, NamedNode(t.TYPE), None)
    }
    elsewhere = _claims_named(corpus.store) - described
    corpus.store.extend(
        Quad(node, NamedNode(t.TYPE), NamedNode(t.CLAIM), _ELSEWHERE) for node in elsewhere
    )
    debate, _faults = assemble(corpus.store, corpus.prefixes)
    iris = frozenset(node.value for node in described if isinstance(node, NamedNode))
    return _Side(debate, iris)


def _claims_named(store: Store) -> set[NamedNode]:
    """What the file speaks of as a claim or a link, described in it or not."""
    named: set[object] = set()
    for quad in store:
        said: Quad | Triple = quad.object if isinstance(quad.object, Triple) else quad
        predicate = said.predicate.value
        if predicate in _OF_CLAIMS:
            named.add(said.subject)
        if predicate in _TO_CLAIMS:
            named.add(said.object)
    return {node for node in named if isinstance(node, NamedNode)}


def _text(file: Path) -> list[str]:
    if str(file) == os.devnull:
        return []
    text = file.read_bytes().removeprefix(codecs.BOM_UTF8).decode(errors="replace")
    return [printable(line, lines=True) + "\n" for line in text.splitlines()]
