"""Extensions: one of them, or all of them as a product of independent factors.

A debate of a million claims has few undecided components but, multiplied out, more preferred
extensions than there are atoms. So they are kept factored: what is in all of them, and for each
component its alternatives; the number of extensions is the product, as an exact integer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from .framework import IN, Framework, IntArray, Semantics
from .ideal import eager_members, ideal_members
from .reduction import Piece, open_search, reduce, solve_pieces
from .satisfying import TIME_UP, Deadline, SolverTimeoutError
from .search import Members


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """The alternatives of one component; each extension takes one of them.

    An alternative lists, ascending, places in `arguments`. `alternatives` is sorted; it is None
    where time was up, and empty where the component has no (stable) extension.
    """

    arguments: IntArray
    alternatives: tuple[Members, ...] | None

    def members(self, alternative: int) -> IntArray:
        """The arguments that an alternative accepts, ascending."""
        if self.alternatives is None:
            raise SolverTimeoutError(TIME_UP)
        return self.arguments[list(self.alternatives[alternative])]


@dataclass(frozen=True, slots=True, eq=False)
class Extensions:
    """All extensions of a framework: `always` and one alternative of each factor.

    `always` are the arguments, ascending, that the grounded labelling (or a semantics with one
    extension) puts into every extension. Factors are ordered by their lowest argument; those of
    the same structure share their alternatives.
    """

    semantics: Semantics
    always: IntArray
    factors: tuple[Factor, ...]

    @property
    def known(self) -> bool:
        """Whether every factor was solved in time, or one that has no alternative was found."""
        return self.count is not None

    @property
    def count(self) -> int | None:
        """How many extensions there are, exactly; None if time was up."""
        sizes = [None if f.alternatives is None else len(f.alternatives) for f in self.factors]
        if 0 in sizes:
            return 0
        return prod(size for size in sizes if size) if None not in sizes else None

    def __iter__(self) -> Iterator[IntArray]:
        """Every extension, its arguments ascending; in lexicographic order of the alternatives.

        Raises:
            SolverTimeoutError: time was up before all were known.
        """
        count = self.count
        if count is None:
            raise SolverTimeoutError(TIME_UP)
        choice = [0] * len(self.factors)
        for _ in range(count):
            parts = [factor.members(c) for factor, c in zip(self.factors, choice, strict=True)]
            yield np.sort(np.concatenate([self.always, *parts]))
            _advance(choice, self.factors)


def some_extension(
    framework: Framework, semantics: Semantics, *, timeout: float | None = None
) -> IntArray | None:
    """An extension, its arguments ascending, or None if there is none (stable only).

    Which one of several it is, is left open, but it is always the same. `timeout` is in seconds.

    Raises:
        SolverTimeoutError: time was up.
    """
    if semantics is Semantics.COMPLETE:
        semantics = Semantics.GROUNDED
    deadline = Deadline(timeout)
    reduction = reduce(framework, semantics, deadline)
    members = first_of_each(reduction.pieces, deadline)
    return None if members is None else reduction.extension(members)


def all_extensions(
    framework: Framework, semantics: Semantics, *, timeout: float | None = None
) -> Extensions:
    """All extensions, factored; where `timeout` (seconds) is up, some factors are left unknown.

    Exponential in the largest component in the worst case; linear in the number of components.
    """
    deadline = Deadline(timeout)
    reduction = reduce(framework, semantics, deadline)
    found = solve_pieces(reduction.pieces, every_extension, deadline)
    factors = [
        Factor(piece.arguments, alternatives)
        for piece, alternatives in zip(reduction.pieces, found, strict=True)
    ]
    always = np.flatnonzero(reduction.labels == IN).astype(np.int32)
    factors.sort(key=lambda factor: int(factor.arguments[0]))
    return Extensions(semantics, always, tuple(factors))


def first_of_each(pieces: Sequence[Piece], deadline: Deadline) -> list[Members] | None:
    """An extension of each piece, or None if one of them has none.

    Raises:
        SolverTimeoutError: time was up.
    """
    found = solve_pieces(pieces, first_extension, deadline)
    if () in found:
        return None
    members = [alternatives[0] for alternatives in found if alternatives]
    if len(members) < len(pieces):
        raise SolverTimeoutError(TIME_UP)
    return members


def first_extension(
    framework: Framework, semantics: Semantics, deadline: Deadline
) -> tuple[Members, ...]:
    """An extension of a piece, alone in a tuple; the empty tuple if there is none."""
    if semantics is Semantics.COMPLETE:
        return ((),)
    if semantics is Semantics.IDEAL:
        return (ideal_members(framework, deadline),)
    if semantics is Semantics.EAGER:
        return (eager_members(framework, deadline),)
    with open_search(framework, semantics, deadline) as search:
        found = search.find()
    return () if found is None else (found,)


def every_extension(
    framework: Framework, semantics: Semantics, deadline: Deadline
) -> tuple[Members, ...]:
    """All extensions of a piece, sorted."""
    if semantics.single:
        return first_extension(framework, semantics, deadline)
    with open_search(framework, semantics, deadline) as search:
        return tuple(sorted(search.extensions()))


def _advance(choice: list[int], factors: tuple[Factor, ...]) -> None:
    """Go on to the next choice; the last factor changes fastest."""
    for place in reversed(range(len(choice))):
        choice[place] += 1
        if choice[place] < len(factors[place].alternatives or ()):
            return
        choice[place] = 0
