"""Which arguments are accepted: credulously, in some extension; sceptically, in every one.

Where there is no extension (only stable knows this), nothing is accepted credulously and everything
sceptically.

Source: the problems DC and DS of the International Competition on Computational Models of
Argumentation, https://iccma2023.github.io/rules.html.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from .components import weak_components
from .extensions import first_extension, first_of_each
from .framework import IN, Framework, IntArray, Labels, Semantics
from .grounded import grounded_labelling
from .ideal import ideal_within
from .reduction import Piece, open_search, reduce, solve_pieces
from .satisfying import Deadline, SolverTimeoutError
from .search import ExtensionSearch, Members

YES: Final = 1
NO: Final = -1
UNKNOWN: Final = 0
"""Time was up before this was decided."""


_DIRECTIONAL: Final = frozenset({Semantics.COMPLETE, Semantics.PREFERRED})
"""Here the acceptance of an argument depends only on those from which attacks lead to it."""


@dataclass(frozen=True, slots=True, eq=False)
class Acceptance:
    """For each argument `YES` (1), `NO` (-1) or `UNKNOWN` (0), credulously and sceptically.

    `exists` says whether there is an extension at all; None if time was up.
    """

    semantics: Semantics
    credulous: Labels
    sceptical: Labels
    exists: bool | None

    @property
    def known(self) -> bool:
        """Whether every answer was found in time."""
        return bool(self.credulous.all() and self.sceptical.all())


@dataclass(slots=True)
class _Findings:
    """What is known of a piece; every statement is right, also when time is up.

    `some` are arguments of some extension: all of them, if `some_done`. Outside `every` are
    arguments that some extension lacks: all of them, if `every_done`; `certain` are in every one.
    """

    every: set[int]
    some: set[int] = field(default_factory=set)
    certain: frozenset[int] = frozenset()
    some_done: bool = False
    every_done: bool = False
    exists: bool | None = None


def acceptance(
    framework: Framework, semantics: Semantics, *, timeout: float | None = None
) -> Acceptance:
    """The acceptance of every argument; what is not decided in `timeout` seconds is unknown.

    Deterministic, except for what a timeout cuts off. Exponential in the largest component of what
    the grounded labelling leaves undecided, in the worst case; linear in the number of components.
    """
    deadline = Deadline(timeout)
    reduction = reduce(framework, semantics, deadline)
    credulous = np.where(reduction.labels == IN, YES, NO).astype(np.int8)
    sceptical = credulous.copy()
    found = solve_pieces(reduction.pieces, _findings, deadline)
    exists: list[bool | None] = []
    for piece, findings in zip(reduction.pieces, found, strict=True):
        known = findings or _Findings(every=set(range(piece.framework.size)))
        exists.append(known.exists)
        here = piece.arguments
        credulous[here] = NO if known.some_done else UNKNOWN
        credulous[here[list(known.some)]] = YES
        sceptical[here] = NO
        sceptical[here[list(known.every)]] = YES if known.every_done else UNKNOWN
        sceptical[here[list(known.certain)]] = YES
    if semantics is not Semantics.STABLE or all(exists):
        return Acceptance(semantics, credulous, sceptical, True)
    if False in exists:
        return Acceptance(
            semantics, np.full_like(credulous, NO), np.full_like(sceptical, YES), False
        )
    credulous[credulous == YES] = UNKNOWN
    sceptical[sceptical == NO] = UNKNOWN
    return Acceptance(semantics, credulous, sceptical, None)


def credulously_accepted(
    framework: Framework, semantics: Semantics, argument: int, *, timeout: float | None = None
) -> bool:
    """Whether some extension has the argument.

    Raises:
        SolverTimeoutError: `timeout` seconds were not enough.
    """
    if semantics is Semantics.PREFERRED:
        semantics = Semantics.COMPLETE  # a complete set lies inside a preferred one
    return _find(framework, semantics, argument, Deadline(timeout)) is not None


def sceptically_accepted(
    framework: Framework, semantics: Semantics, argument: int, *, timeout: float | None = None
) -> bool:
    """Whether every extension has the argument; true of all where there is no extension.

    Raises:
        SolverTimeoutError: `timeout` seconds were not enough.
    """
    return _find(framework, semantics, argument, Deadline(timeout), lacking=True) is None


def extension_with(
    framework: Framework, semantics: Semantics, argument: int, *, timeout: float | None = None
) -> IntArray | None:
    """An extension, ascending, that has the argument, or None: a proof of credulous acceptance.

    Raises:
        SolverTimeoutError: `timeout` seconds were not enough.
    """
    return _find(framework, semantics, argument, Deadline(timeout), whole=True)


def extension_without(
    framework: Framework, semantics: Semantics, argument: int, *, timeout: float | None = None
) -> IntArray | None:
    """An extension, ascending, that lacks it, or None: a disproof of sceptical acceptance.

    Raises:
        SolverTimeoutError: `timeout` seconds were not enough.
    """
    return _find(framework, semantics, argument, Deadline(timeout), lacking=True, whole=True)


def _find(
    framework: Framework,
    semantics: Semantics,
    argument: int,
    deadline: Deadline,
    *,
    lacking: bool = False,
    whole: bool = False,
) -> IntArray | None:
    """An extension that has the argument (or lacks it), or None if there is none.

    Unless `whole`, only as much of it as proves that there is one.
    """
    if semantics is Semantics.STAGE and not whole:
        component, _ = weak_components(framework)
        near = np.flatnonzero(component == component[argument]).astype(np.int32)
        framework, argument = framework.restricted_to(near), int(np.searchsorted(near, argument))
    reduction = reduce(framework, semantics, deadline)
    own: Piece | None = None
    found: Members | None = ()
    if (place := reduction.place(argument)) is not None:
        own, number = place
        found = _find_in_piece(own, number, deadline, lacking=lacking, whole=whole)
    elif (reduction.labels[argument] == IN) == lacking:
        found = None
    needed = whole or semantics is Semantics.STABLE
    others = [piece for piece in reduction.pieces if needed and piece is not own]
    if found is None or (members := first_of_each(others, deadline)) is None:
        return None
    rest = iter(members)
    parts = [found if piece is own else next(rest, ()) for piece in reduction.pieces]
    return reduction.extension(parts)


def _find_in_piece(
    piece: Piece, argument: int, deadline: Deadline, *, lacking: bool, whole: bool
) -> Members | None:
    """Members of a piece that some extension of it has, with (or lacking) the argument."""
    framework, semantics = piece.framework, piece.semantics
    if semantics is Semantics.COMPLETE and lacking:
        return ()
    if semantics.single:
        (members,) = first_extension(framework, semantics, deadline)
        return members if (argument in members) != lacking else None
    if semantics not in _DIRECTIONAL:
        with open_search(framework, semantics, deadline) as search:
            return search.find_lacking(argument) if lacking else search.find_having(argument)
    return _find_above(piece, argument, deadline, lacking=lacking, whole=whole)


def _find_above(
    piece: Piece, argument: int, deadline: Deadline, *, lacking: bool, whole: bool
) -> Members | None:
    """The same, from the arguments from which attacks lead to it."""
    framework, semantics = piece.framework, piece.semantics
    above = framework.ancestors(argument)
    number = int(np.searchsorted(above, argument))
    sought = None if semantics is Semantics.COMPLETE else semantics
    with ExtensionSearch(framework.restricted_to(above), sought, deadline) as search:
        found = search.find_lacking(number) if lacking else search.find_having(number)
    if found is None or not whole:
        return found
    held = above[list(found)]
    if sought is None:
        return tuple(np.flatnonzero(grounded_labelling(framework, held) == IN).tolist())
    if above.size == framework.size:
        return found
    with ExtensionSearch(framework, semantics, deadline) as search:
        return search.find_having(*held.tolist())


def _findings(framework: Framework, semantics: Semantics, deadline: Deadline) -> _Findings:
    """The acceptance of the arguments of a piece, as far as time allows."""
    if semantics.single:
        (only,) = first_extension(framework, semantics, deadline)
        return _Findings(set(only), set(only), some_done=True, every_done=True)
    findings = _Findings(every=set(range(framework.size)))
    ask = _ask_directional if semantics in _DIRECTIONAL else _ask_others
    with suppress(SolverTimeoutError):
        ask(framework, semantics, findings, deadline)
    return findings


def _ask_directional(
    framework: Framework, semantics: Semantics, findings: _Findings, deadline: Deadline
) -> None:
    """Complete and preferred accept the same credulously, and a piece's least complete set is ∅."""
    if semantics is Semantics.COMPLETE:
        findings.every, findings.every_done = set(), True
    with (
        suppress(SolverTimeoutError),
        ExtensionSearch(framework, None, deadline.share(2)) as search,
    ):
        search.union(findings.some)
        findings.some_done = True
    if semantics is Semantics.COMPLETE:
        return
    accepted = np.zeros(framework.size, dtype=np.bool_)
    accepted[list(findings.some)] = True
    findings.every.difference_update(np.flatnonzero(framework.attacked_from(accepted)).tolist())
    if findings.some_done:
        findings.every &= findings.some
        findings.certain = frozenset(ideal_within(framework, findings.some))
    with ExtensionSearch(framework, Semantics.PREFERRED, deadline) as search:
        findings.every.intersection_update(search.find() or ())
        search.intersection(findings.every, certain=findings.certain)
        findings.every_done = True


def _ask_others(
    framework: Framework, semantics: Semantics, findings: _Findings, deadline: Deadline
) -> None:
    with open_search(framework, semantics, deadline) as search:
        first = search.find()
        findings.exists = first is not None
        if first is None:
            findings.some_done = findings.every_done = True
            return
        findings.some.update(first)
        findings.every.intersection_update(first)
        with suppress(SolverTimeoutError):
            search.deadline = deadline.share(2)
            search.union(findings.some)
            findings.some_done = True
        search.deadline = deadline
        search.intersection(findings.every)
        findings.every_done = True
