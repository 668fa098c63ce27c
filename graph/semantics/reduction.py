"""What is left to search once the grounded labelling is known, in independent pieces.

Under every semantics here except stage, an extension is the grounded extension together with an
extension of the undecided rest; and the extensions of a framework that falls apart are all
combinations of extensions of its weakly connected components. So only the components of the
undecided rest are searched, and two of the same structure once.

A stage extension need not hold the grounded extension: where ``a`` attacks ``b``, ``b`` attacks
``c`` and ``c`` itself, both ``{a}`` and ``{b}`` are one. So stage takes components of the whole
framework; but where a component has stable extensions these are its stage extensions, since no
range is larger than everything, and the first argument applies again.

Why: let G be the grounded extension. No attacker of an undecided argument is in G, and those that G
attacks cannot defend or be defended, so E is complete iff E is G and a set complete in the rest;
the range of E is that of G and the range in the rest. Conflict, defence and range concern one
component at a time. The tests compare with a search over all subsets.

Source: Baroni, Giacomin, Guida, "SCC-recursiveness: a general schema for argumentation semantics",
Artificial Intelligence 168, 2005; semi-stable and stable: Caminada, "Semi-stable semantics", COMMA
2006; stage: Verheij, "Two approaches to dialectical argumentation", NAIC 1996.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from .components import split, weak_components
from .framework import IN, UNDECIDED, Framework, IntArray, Labels, Mask, Semantics
from .grounded import grounded_labelling
from .satisfying import Deadline, SolverTimeoutError
from .search import ExtensionSearch, Members

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """An independent part of a framework, to be searched under `semantics`.

    Argument ``i`` of `framework` is ``arguments[i]``. Pieces of the same structure share one
    `framework`.
    """

    framework: Framework
    arguments: IntArray
    semantics: Semantics


@dataclass(frozen=True, slots=True, eq=False)
class Reduction:
    """The `labels` that are the same in every extension; what else there is, in `pieces`."""

    labels: Labels
    pieces: tuple[Piece, ...]

    def extension(self, members: Iterable[Members]) -> IntArray:
        """The extension, ascending, that takes these members of the pieces, in their order."""
        parts = [np.flatnonzero(self.labels == IN).astype(np.int32)]
        for piece, chosen in zip(self.pieces, members, strict=True):
            parts.append(piece.arguments[list(chosen)])
        return np.sort(np.concatenate(parts))

    def place(self, argument: int) -> tuple[Piece, int] | None:
        """The piece that holds `argument` and its number there; None if its label is known."""
        for piece in self.pieces:
            here = int(np.searchsorted(piece.arguments, argument))
            if here < piece.arguments.size and piece.arguments[here] == argument:
                return piece, here
        return None


def reduce(framework: Framework, semantics: Semantics, deadline: Deadline) -> Reduction:
    """What is to be searched for the extensions of `framework` under `semantics`.

    Linear, apart from sorting; stage also asks for stable extensions, and takes a component whole
    where time is up without an answer.
    """
    labels = grounded_labelling(framework)
    if semantics is Semantics.GROUNDED:
        return Reduction(labels, ())
    undecided = labels == UNDECIDED
    if semantics is not Semantics.STAGE:
        return Reduction(labels, _pieces(framework, undecided, semantics))
    pieces = _pieces(framework, undecided, Semantics.STABLE)
    stable = solve_pieces(pieces, has_stable, deadline)
    component, count = weak_components(framework)
    unstable = np.zeros(count, dtype=np.bool_)
    for piece, answer in zip(pieces, stable, strict=True):
        unstable[component[piece.arguments[0]]] |= not answer
    whole = unstable[component]
    labels[whole] = UNDECIDED
    settled = [piece for piece in pieces if not whole[piece.arguments[0]]]
    return Reduction(labels, (*settled, *_pieces(framework, whole, Semantics.STAGE)))


def solve_pieces(
    pieces: Sequence[Piece],
    solve: Callable[[Framework, Semantics, Deadline], _Answer],
    deadline: Deadline,
) -> list[_Answer | None]:
    """What `solve` returns for each piece, or None where time was up.

    Each structure is solved once, small ones first; each gets an equal share of the time that is
    left, and what it leaves over goes to those after it.
    """
    kinds = {(id(piece.framework), piece.semantics): piece for piece in pieces}
    answers: dict[tuple[int, Semantics], _Answer | None] = {}
    order = sorted(kinds, key=lambda kind: kinds[kind].framework.size)
    for done, kind in enumerate(order):
        framework, semantics = kinds[kind].framework, kinds[kind].semantics
        try:
            answers[kind] = solve(framework, semantics, deadline.share(len(order) - done))
        except SolverTimeoutError:
            answers[kind] = None
    return [answers[id(piece.framework), piece.semantics] for piece in pieces]


def has_stable(framework: Framework, _: Semantics, deadline: Deadline) -> bool:
    """Whether there is a stable extension."""
    with ExtensionSearch(framework, Semantics.STABLE, deadline) as search:
        return search.find() is not None


def open_search(framework: Framework, semantics: Semantics, deadline: Deadline) -> ExtensionSearch:
    """A search of a piece; semi-stable extensions are looked for among stable ones if there are."""
    if semantics is Semantics.SEMI_STABLE and has_stable(framework, semantics, deadline):
        semantics = Semantics.STABLE
    return ExtensionSearch(framework, semantics, deadline)


def _pieces(framework: Framework, kept: Mask, semantics: Semantics) -> tuple[Piece, ...]:
    return tuple(
        Piece(component.framework, component.arguments, semantics)
        for component in split(framework, kept)
    )
