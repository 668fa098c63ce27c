"""Labellings of a framework as models of a propositional formula, found by a SAT solver.

Argument ``a`` of ``n`` has the variable ``a + 1``, true if it is in. Where arguments may be
undecided, it has also ``n + a + 1``, true if it is out; if neither is true it is undecided. No more
is demanded than a question needs, which saves about half of the clauses.

Source: the labelling conditions of Caminada (JELIA 2006) clause by clause, as in Besnard, Doutre,
"Checking the acceptability of a set of arguments", NMR 2004; the solver is CaDiCaL 1.5.3 (Biere),
through python-sat.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import Final

from ..errors import DissensusError
from .framework import Framework

CONFLICTS: Final = 1_000_000
"""Conflicts, times arguments, between two looks at the clock: about a second's work at worst.

A fixed number rather than a measured one, so that the same question always takes the same course.
"""
ROWS: Final = 4096
"""Arguments whose clauses are written between two looks at the clock."""


TIME_UP: Final = "the time given was up before the question was decided"


class SolverTimeoutError(DissensusError):
    """The time given was up before the question was decided."""


class Deadline:
    """A moment after which no more work is begun; never, for a timeout of None.

    `timeout` is in seconds from now.
    """

    def __init__(self, timeout: float | None = None) -> None:
        self._end = None if timeout is None else time.monotonic() + timeout

    @property
    def never(self) -> bool:
        """Whether there is all the time in the world."""
        return self._end is None

    def check(self) -> None:
        """Raise `SolverTimeoutError` if the moment has passed."""
        if self._end is not None and time.monotonic() >= self._end:
            raise SolverTimeoutError(TIME_UP)

    def share(self, parts: int) -> Deadline:
        """A deadline for the first of `parts` equal pieces of work."""
        if self._end is None:
            return self
        return Deadline((self._end - time.monotonic()) / parts)


class Condition(Enum):
    """What a labelling must satisfy; in each, an argument that is out is attacked by one in."""

    CONFLICT_FREE = auto()
    """And an argument that one in attacks is out, and not in."""
    ADMISSIBLE = auto()
    """And the attackers of an argument that is in are out; others may be left undecided."""
    COMPLETE = auto()
    """And an argument is in iff all its attackers are out, and out iff one of them is in."""
    STABLE = auto()
    """And an argument is out iff it is not in."""


class LabellingSolver:
    """A SAT solver over the labellings of one framework that satisfy `condition`.

    After `solve` found a model, `members` and `holds` read it, until the next model is found. Close
    it, or use it as a context, to give back the solver's memory. `deadline` may be changed.

    Raises:
        SolverTimeoutError: from any method, once the deadline has passed.
    """

    def __init__(self, framework: Framework, condition: Condition, deadline: Deadline) -> None:
        from pysat.solvers import Solver

        self.size: Final = framework.size
        self.deadline = deadline
        self._rejected = 0 if condition is Condition.STABLE else framework.size
        self._variables = framework.size + self._rejected
        self._model: Sequence[int] = ()
        self._solver = Solver(name="cadical153")
        try:
            for number, clause in enumerate(_clauses(framework, condition)):
                self._solver.add_clause(clause)
                if number % ROWS == 0:
                    deadline.check()
        except SolverTimeoutError:
            self.close()
            raise
        # Labels before indecision: the first model found is then large.
        self._solver.set_phases(list(range(1, self._variables + 1)))

    def __enter__(self) -> LabellingSolver:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back the solver's memory."""
        self._solver.delete()

    def accepted(self, argument: int) -> int:
        """The literal: the argument is in."""
        return argument + 1

    def rejected(self, argument: int) -> int:
        """The literal: the argument is out."""
        return self._rejected + argument + 1 if self._rejected else -(argument + 1)

    def new_variable(self) -> int:
        """A variable that no clause holds yet."""
        self._variables += 1
        return self._variables

    def add(self, clause: Iterable[int]) -> None:
        """Demand that one of these literals holds, from now on."""
        self._solver.add_clause(list(clause))

    def solve(self, assumptions: Sequence[int] = ()) -> bool:
        """Whether some labelling satisfies all clauses and these literals."""
        literals = list(assumptions)
        if self.deadline.never:
            found = self._solver.solve(literals)
        else:
            found = None
            budget = min(2000, max(200, CONFLICTS // self.size))
            while found is None:
                self.deadline.check()
                self._solver.conf_budget(budget)
                found = self._solver.solve_limited(literals)
        if found:
            self._model = self._solver.get_model()
        return bool(found)

    def holds(self, literal: int) -> bool:
        """Whether a literal holds in the last model."""
        return (self._model[abs(literal) - 1] > 0) == (literal > 0)

    def members(self) -> tuple[int, ...]:
        """The arguments that are in, in the last model, ascending."""
        return tuple(argument for argument in range(self.size) if self._model[argument] > 0)


def _clauses(framework: Framework, condition: Condition) -> Iterator[list[int]]:
    size = framework.size
    starts = framework.attacker_starts.tolist()
    attackers = framework.attackers.tolist()
    for argument in range(size):
        accepted, rejected = argument + 1, size + argument + 1
        row = attackers[starts[argument] : starts[argument + 1]]
        if condition is Condition.STABLE:
            yield [accepted, *(attacker + 1 for attacker in row)]
            for attacker in row:
                yield [-accepted, -(attacker + 1)]
            continue
        yield [-accepted, -rejected]
        yield [-rejected, *(attacker + 1 for attacker in row)]
        if condition is not Condition.ADMISSIBLE:
            for attacker in row:
                yield [-(attacker + 1), rejected]
        if condition is not Condition.CONFLICT_FREE:
            for attacker in row:
                yield [-accepted, size + attacker + 1]
        if condition is Condition.COMPLETE:
            yield [accepted, *(-(size + attacker + 1) for attacker in row)]
