"""An abstract argumentation framework, held in integer arrays.

Arguments are numbered from 0; an attack is an ordered pair of arguments, and an argument may attack
itself. Attacks are a set: a pair given twice counts once. Both directions are kept as compressed
rows, so that attackers and attacked are found without a search.

Source: Dung, "On the acceptability of arguments and its fundamental role in nonmonotonic reasoning,
logic programming and n-person games", Artificial Intelligence 77, 1995, definition 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, Self, TypeAlias, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

IntArray: TypeAlias = NDArray[np.int32]
Starts: TypeAlias = NDArray[np.int64]
Labels: TypeAlias = NDArray[np.int8]
Mask: TypeAlias = NDArray[np.bool_]

_Integer = TypeVar("_Integer", bound=np.integer[Any])

IN: Final = 1
"""The label of an argument whose attackers are all out."""
OUT: Final = -1
"""The label of an argument with an attacker that is in."""
UNDECIDED: Final = 0
"""The label of every other argument."""
WORDS: Final = {IN: "in", OUT: "out", UNDECIDED: "undecided"}
"""The labels as a reader is told them."""

NARROW: Final = 200
"""Fewer arguments than this are gone through one by one, more of them as one array operation."""


class Semantics(StrEnum):
    """The semantics on offer; the value is the name, `code` the competition's abbreviation."""

    GROUNDED = "grounded"
    COMPLETE = "complete"
    PREFERRED = "preferred"
    STABLE = "stable"
    SEMI_STABLE = "semi-stable"
    STAGE = "stage"
    IDEAL = "ideal"
    EAGER = "eager"

    @property
    def code(self) -> str:
        """CO, PR, … as in the competition's problem names; EAGER, which it does not know."""
        return _CODES[self]

    @property
    def single(self) -> bool:
        """Whether every framework has exactly one extension."""
        return self in (Semantics.GROUNDED, Semantics.IDEAL, Semantics.EAGER)


_CODES: Final = {
    Semantics.GROUNDED: "GR",
    Semantics.COMPLETE: "CO",
    Semantics.PREFERRED: "PR",
    Semantics.STABLE: "ST",
    Semantics.SEMI_STABLE: "SST",
    Semantics.STAGE: "STG",
    Semantics.IDEAL: "ID",
    Semantics.EAGER: "EAGER",
}


class Framework:
    """Arguments ``0 … size - 1`` and the attacks among them; immutable.

    The arguments that ``a`` attacks are ``attacked[attacked_starts[a]:attacked_starts[a + 1]]``,
    ascending; likewise `attackers` and `attacker_starts`. `names` is empty, or has a name for each
    argument; without names argument 0 is called "1", as in the competition's format.

    Raises:
        ValueError: the columns differ in length, or a number is not that of an argument.
    """

    def __init__(
        self, size: int, sources: ArrayLike, targets: ArrayLike, names: Sequence[str] = ()
    ) -> None:
        source = np.asarray(sources, dtype=np.int64)
        target = np.asarray(targets, dtype=np.int64)
        if source.shape != target.shape or source.ndim != 1:
            raise ValueError("sources and targets are two columns of equal length")
        if not 0 <= size < 2**31:
            raise ValueError(f"a framework cannot have {size} arguments")
        for ends in (source, target):
            if ends.size and not 0 <= ends.min() <= ends.max() < size:
                raise ValueError(f"an attack leaves the {size} arguments")
        if names and len(names) != size:
            raise ValueError(f"{len(names)} names for {size} arguments")
        pairs = source * size + target
        if not (np.diff(pairs) > 0).all():
            pairs = distinct(pairs)
            source, target = np.divmod(pairs, size)
        self.size: Final = size
        self.names: Final = tuple(names)
        self.sources: Final[IntArray] = _frozen(source.astype(np.int32))
        self.attacked: Final[IntArray] = _frozen(target.astype(np.int32))
        self.attacked_starts: Final[Starts] = _starts(source, size)

    @classmethod
    def from_pairs(
        cls, size: int, attacks: Iterable[tuple[int, int]], names: Sequence[str] = ()
    ) -> Self:
        """A framework from pairs (attacker, attacked)."""
        ends = np.array(list(attacks), dtype=np.int64).reshape(-1, 2)
        return cls(size, ends[:, 0], ends[:, 1], names)

    def __len__(self) -> int:
        return self.size

    def __repr__(self) -> str:
        return f"<Framework: {self.size} arguments, {self.attack_count} attacks>"

    @property
    def attack_count(self) -> int:
        """The number of attacks."""
        return self.attacked.size

    @property
    def targets(self) -> IntArray:
        """The attacked argument of each attack, beside `sources`; ordered by source, target."""
        return self.attacked

    @cached_property
    def attacker_starts(self) -> Starts:
        """Where the attackers of each argument begin in `attackers`; one more entry at the end."""
        return _starts(self.targets, self.size)

    @cached_property
    def attackers(self) -> IntArray:
        """The attackers of every argument, argument by argument, ascending."""
        return _frozen(self.sources[np.argsort(self.targets, kind="stable")])

    def attacked_by(self, argument: int) -> IntArray:
        """The arguments that `argument` attacks, ascending."""
        return self.attacked[self.attacked_starts[argument] : self.attacked_starts[argument + 1]]

    def attackers_of(self, argument: int) -> IntArray:
        """The arguments that attack `argument`, ascending."""
        return self.attackers[self.attacker_starts[argument] : self.attacker_starts[argument + 1]]

    def pairs(self) -> Iterable[tuple[int, int]]:
        """The attacks as pairs (attacker, attacked), ascending."""
        return zip(self.sources.tolist(), self.targets.tolist(), strict=True)

    def name(self, argument: int) -> str:
        """What `argument` is called."""
        return self.names[argument] if self.names else str(argument + 1)

    def number(self, name: str) -> int | None:
        """The argument called `name`, or None."""
        if self.names:
            return self._numbers.get(name)
        number = int(name) - 1 if name.isascii() and name.isdigit() else -1
        return number if 0 <= number < self.size else None

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.names)}

    def restricted_to(self, arguments: IntArray) -> Framework:
        """The framework of `arguments` (ascending) and the attacks among them, without names.

        Argument ``i`` of the result is ``arguments[i]``. Linear in the whole framework.
        """
        local = np.full(self.size, -1, dtype=np.int64)
        local[arguments] = np.arange(len(arguments))
        source, target = local[self.sources], local[self.targets]
        kept = (source >= 0) & (target >= 0)
        return Framework(len(arguments), source[kept], target[kept])

    def attacked_from(self, members: Mask) -> Mask:
        """Which arguments some member of a set attacks; the set is a mask over the arguments."""
        hit = np.zeros(self.size, dtype=np.bool_)
        hit[self.targets[members[self.sources]]] = True
        return hit

    def ancestors(self, argument: int) -> IntArray:
        """`argument` and all from which a path of attacks leads to it, ascending.

        Linear in the part of the framework above it.
        """
        starts, attackers = self.attacker_starts, self.attackers
        found = np.zeros(self.size, dtype=np.bool_)
        found[argument] = True
        waiting = [argument]
        while waiting:
            if len(waiting) > NARROW:
                hit = attackers[rows_of(starts, np.array(waiting))]
                waiting = distinct(hit[~found[hit]]).tolist()
                found[waiting] = True
                continue
            following = []
            for current in waiting:
                for attacker in attackers.data[starts.data[current] : starts.data[current + 1]]:
                    if not found.data[attacker]:
                        found.data[attacker] = True
                        following.append(attacker)
            waiting = following
        return np.flatnonzero(found).astype(np.int32)


def distinct(numbers: NDArray[_Integer]) -> NDArray[_Integer]:
    """The numbers that occur, ascending, each once; far quicker than `numpy.unique`."""
    ordered = np.sort(numbers)
    first = np.ones(ordered.size, dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def rows_of(starts: Starts, rows: IntArray) -> Starts:
    """The positions of several compressed rows, one row after the other."""
    counts = starts[rows + 1] - starts[rows]
    ends = np.cumsum(counts)
    total = int(ends[-1]) if ends.size else 0
    positions: Starts = np.arange(total) + np.repeat(starts[rows] - ends + counts, counts)
    return positions


def _starts(rows: ArrayLike, count: int) -> Starts:
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return _frozen(starts)


def _frozen(column: NDArray[_Integer]) -> NDArray[_Integer]:
    column.flags.writeable = False
    return column
