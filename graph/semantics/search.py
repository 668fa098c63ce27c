"""Search for the extensions of one framework under the five semantics that need a SAT solver.

All five are one scheme: labellings under a condition, and a collection of literals of which an
extension makes as many true as can be (by inclusion).

=============  ==============  ==========================================
semantics      condition       made as large as can be
=============  ==============  ==========================================
complete       complete        nothing
stable         stable          nothing
preferred      admissible      the arguments that are in
semi-stable    complete        the arguments that are in or out (range)
stage          conflict-free   the arguments that are in or out (range)
=============  ==============  ==========================================

A labelling is *grown*: demand what holds and one more, until that is impossible. An extension with
a given property is found by counterexample: grow a labelling that has the property as far as the
property allows; if it can grow no further without the property either, it is the answer; if it can,
no labelling below the larger one is an answer, and a clause says so. More is known of preferred and
semi-stable extensions: one that lacks an argument attacks that argument or what the larger
labelling defends it with, or else it could be joined with them and be larger.

Source: Dvořák, Järvisalo, Wallner, Woltran, "Complexity-sensitive decision procedures for abstract
argumentation", KR 2012; semi-stable: Caminada, "Semi-stable semantics", COMMA 2006; stage: Verheij,
"Two approaches to dialectical argumentation", NAIC 1996.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from .framework import Framework, Semantics
from .satisfying import Condition, Deadline, LabellingSolver

Members: TypeAlias = tuple[int, ...]
"""The arguments of an extension, ascending."""

_CONDITIONS: Final = {
    None: Condition.ADMISSIBLE,
    Semantics.COMPLETE: Condition.COMPLETE,
    Semantics.STABLE: Condition.STABLE,
    Semantics.PREFERRED: Condition.ADMISSIBLE,
    Semantics.SEMI_STABLE: Condition.COMPLETE,
    Semantics.STAGE: Condition.CONFLICT_FREE,
}
_RANGE_MAXIMAL: Final = frozenset({Semantics.SEMI_STABLE, Semantics.STAGE})
_DEFENDING: Final = frozenset({Semantics.PREFERRED, Semantics.SEMI_STABLE})
"""An extension under these holds every admissible set that it does not attack."""


class ExtensionSearch:
    """The extensions of `framework` under one of the five semantics of this module.

    Without `semantics` any admissible set passes for an extension: they have the same arguments as
    the complete sets do, and one is easier to find.

    A search keeps what the solver learned from one question to the next, also when time was up for
    one. Use it as a context, to give back the solver's memory.

    Raises:
        SolverTimeoutError: from any method, once the deadline has passed.
    """

    def __init__(
        self, framework: Framework, semantics: Semantics | None, deadline: Deadline
    ) -> None:
        self._framework = framework
        self._semantics = semantics
        self._solver = LabellingSolver(framework, _CONDITIONS[semantics], deadline)
        self._targets: list[int] = []
        if semantics is Semantics.PREFERRED:
            self._targets = [self._solver.accepted(argument) for argument in range(framework.size)]
        elif semantics in _RANGE_MAXIMAL:
            self._targets = [self._in_range(argument) for argument in range(framework.size)]

    def __enter__(self) -> ExtensionSearch:
        return self

    def __exit__(self, *_: object) -> None:
        self._solver.close()

    @property
    def deadline(self) -> Deadline:
        """When to give up; may be changed between two questions."""
        return self._solver.deadline

    @deadline.setter
    def deadline(self, deadline: Deadline) -> None:
        self._solver.deadline = deadline

    def find(self) -> Members | None:
        """Some extension, or None if there is none."""
        return self._find_once([])

    def find_having(self, *arguments: int) -> Members | None:
        """Some extension with all these arguments, or None if there is none."""
        return self._find_once([self._solver.accepted(argument) for argument in arguments])

    def find_lacking(self, argument: int) -> Members | None:
        """Some extension without the argument, or None if there is none."""
        if self._semantics is Semantics.PREFERRED:
            # Most often an attacker can be accepted, which is easier to find out.
            attacking = self._find_once([self._solver.rejected(argument)])
            if attacking is not None:
                return attacking
        return self._find_once([-self._solver.accepted(argument)], lacked=[argument])

    def extensions(self) -> Iterator[Members]:
        """Every extension, once; the search is of no use for other questions afterwards."""
        solver = self._solver
        while solver.solve():
            self._grow([])
            held = self._holding()
            blocked = [target for target in self._targets if not solver.holds(target)]
            found = True
            while found:
                members = solver.members()
                yield members
                solver.add(self._other_than(members))
                found = solver.solve(held)
            if not blocked:
                return
            solver.add(blocked)

    def union(self, known: set[int]) -> None:
        """Add to `known` every argument of some extension.

        What is in `known` when time is up is right, if perhaps not all.
        """
        query = self._solver.new_variable()
        while missing := [a for a in range(self._solver.size) if a not in known]:
            goal = self._any_of(self._solver.accepted(argument) for argument in missing)
            members = self._find([goal], query)
            if members is None:
                return
            known.update(members)

    def intersection(self, known: set[int], *, certain: frozenset[int] = frozenset()) -> None:
        """Take from `known` every argument that some extension lacks.

        Arguments in `certain` are known to be in every extension. What is no longer in `known` when
        time is up is rightly gone.
        """
        query = self._solver.new_variable()
        while doubtful := sorted(known - certain):
            goal = self._any_of(-self._solver.accepted(argument) for argument in doubtful)
            members = self._find([goal], query, lacked=doubtful)
            if members is None:
                return
            known.intersection_update(members)

    def _find_once(self, goal: Sequence[int], lacked: Sequence[int] = ()) -> Members | None:
        query = self._solver.new_variable()
        found = self._find(goal, query, lacked)
        self._solver.add([-query])
        return found

    def _find(self, goal: Sequence[int], query: int, lacked: Sequence[int] = ()) -> Members | None:
        """Some extension in which all literals of `goal` hold, or None if there is none.

        What is learned about the goal is left out of account when `query` is not assumed. If the
        goal is to lack one of some arguments, these are `lacked`.
        """
        solver = self._solver
        wanted = [query, *goal]
        while solver.solve(wanted):
            self._grow(wanted)
            members = solver.members()
            if not goal or self._lasting(goal) or not self._grow([query]):
                return members
            larger = [target for target in self._targets if not solver.holds(target)]
            if self._semantics in _DEFENDING:
                for argument in sorted(set(lacked).difference(members)):
                    defended = self._defended(argument)
                    solver.add([solver.accepted(argument), *map(solver.rejected, defended)])
            if not lacked or self._semantics is not Semantics.PREFERRED:
                solver.add([-query, *larger])
        return None

    def _defended(self, argument: int) -> list[int]:
        """An admissible set of arguments that are in, with this one among them; rather small.

        Whatever attacks it is answered by the argument that has the fewest attackers unanswered
        itself: the smaller the set, the more the clause about it rules out.
        """
        starts, attackers = self._framework.attacker_starts.data, self._framework.attackers.data
        chosen: set[int] = set()
        answered: set[int] = set()
        waiting: list[int] = []

        def unanswered(argument: int) -> list[int]:
            row = attackers[starts[argument] : starts[argument + 1]]
            return [attacker for attacker in row if attacker not in answered]

        def choose(argument: int) -> None:
            chosen.add(argument)
            answered.update(self._framework.attacked_by(argument).tolist())
            waiting.append(argument)

        choose(argument)
        while waiting:
            for attacker in unanswered(waiting.pop()):
                if attacker not in answered:
                    row = attackers[starts[attacker] : starts[attacker + 1]]
                    answers = [a for a in row if self._solver.holds(self._solver.accepted(a))]
                    choose(min(answers, key=lambda a: len(unanswered(a))))
        return sorted(chosen)

    def _lasting(self, goal: Sequence[int]) -> bool:
        """Whether a labelling in which the goal holds keeps it, however it grows."""
        if not self._targets:
            return True
        labels = 2 * self._solver.size
        return self._semantics is Semantics.PREFERRED and all(0 < g <= labels for g in goal)

    def _grow(self, wanted: Sequence[int]) -> bool:
        """Make the current labelling as large as can be while `wanted` holds; whether it grew."""
        solver = self._solver
        grew = False
        while missing := [target for target in self._targets if not solver.holds(target)]:
            step = self._any_of(missing)
            larger = solver.solve([*wanted, *self._holding(), step])
            solver.add([-step])
            if not larger:
                break
            grew = True
        return grew

    def _holding(self) -> list[int]:
        return [target for target in self._targets if self._solver.holds(target)]

    def _any_of(self, literals: Iterator[int] | list[int]) -> int:
        """A literal that demands that one of these holds."""
        demand = self._solver.new_variable()
        self._solver.add([-demand, *literals])
        return demand

    def _in_range(self, argument: int) -> int:
        """A literal that holds iff the argument is in or out."""
        covered = self._solver.new_variable()
        accepted, rejected = self._solver.accepted(argument), self._solver.rejected(argument)
        self._solver.add([-covered, accepted, rejected])
        self._solver.add([covered, -accepted])
        self._solver.add([covered, -rejected])
        return covered

    def _other_than(self, members: Members) -> list[int]:
        """A clause that excludes just this extension.

        Under all semantics but complete no extension holds another, and the first half will do.
        """
        clause = [-self._solver.accepted(argument) for argument in members]
        if self._semantics in (None, Semantics.COMPLETE) or not members:
            inside = set(members)
            clause += [
                self._solver.accepted(a) for a in range(self._solver.size) if a not in inside
            ]
        return clause
