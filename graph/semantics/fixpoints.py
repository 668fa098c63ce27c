"""Strengths as the solution of one equation for each node.

What lies on no cycle is solved by putting in, once, sources first. What lies on cycles is swept
until it rests: all strengths of a component move together towards what their equations ask for,
starting from the initial strengths. If each sweep goes the whole way, this is the iteration by
which the semantics are defined, and it may swing for ever. So the length of the step is chosen
anew after each sweep (damping; Aitken's formula for vectors): a swing shortens it, a drift
lengthens it. Short steps approach the continuous semantics, which rests more often, at the same
points.

Moving together matters. Gauss-Seidel sweeps, node after node, are no faster here, and where two
camps of five attack each other they let the numbering decide which camp wins.

Sources: Mossakowski, Neuhaus, arXiv:1807.06685 (convergence and divergence); Potyka, "Continuous
Dynamical Systems for Weighted Bipolar Argumentation", KR 2018, and arXiv:1809.07133 (continuous
semantics); Irons, Tuck, "A version of the Aitken accelerator for computer iteration", Int. J.
Numerical Methods in Engineering 1, 1969 (length of step).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from .bipolar import BipolarFramework, FloatArray
from .evaluation_order import NARROW, IntArray, Stage, bounds_of, slots_of
from .modular import Modules, exponential, exponential_of_one

SHORTEST_STEP: Final = 1 / 1024
LONGEST_STEP: Final = 16.0
PATIENCE: Final = 200


@dataclass(frozen=True, slots=True)
class Sweeping:
    """When the sweeps over a cycle end.

    `tolerance`: the cycle rests once no strength is farther from what its equation asks for.
    `max_sweeps`: it is given up after so many. `damping`: whether the length of steps may change.
    """

    tolerance: float = 1e-9
    max_sweeps: int = 3000
    damping: bool = True

    def __post_init__(self) -> None:
        if not (self.tolerance > 0 and self.max_sweeps >= 1):
            raise UsageError("sweeps need a tolerance above 0 and max_sweeps of 1 or more")


DEFAULT_SWEEPING: Final = Sweeping()


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The strengths by row of the evaluation order, and by scenario if there are several.

    `residual` is the largest distance of a strength from what its equation asks for, in each
    scenario; `unsettled` are the rows of components that did not rest (in some scenario).
    """

    strengths: FloatArray
    sweeps: int
    residual: FloatArray
    unsettled: IntArray


def solve(
    framework: BipolarFramework,
    modules: Modules,
    initial: FloatArray,
    held: FloatArray | None,
    sweeping: Sweeping,
) -> Solution:
    """The strengths of all nodes.

    `initial` has one entry for each node, or a row for each node and a column for each scenario;
    so has `held`, which fixes strengths where it is not nan, and asks for scenarios. Either may
    have one column for all scenarios.
    """
    order = framework.order
    initial = initial[order.nodes]
    strengths = initial.copy()
    if held is not None:
        held = held[order.nodes]
        strengths = np.where(np.isnan(held), initial, held)
    effect = (framework.sign * framework.weight)[order.edge]
    equations = _Equations(
        modules,
        np.arange(len(framework)),
        order.start,
        order.source,
        effect if initial.ndim == 1 else effect[:, np.newaxis],
        initial,
        held,
    )
    sweeps = 0
    residual = np.zeros(strengths.shape[1:])
    unsettled = [np.zeros(0, dtype=np.int64)]
    for stage in order.stages:
        if stage.component is None:
            equations.solve(stage.first, stage.last, strengths)
        else:
            taken, left, rows = _sweep(equations, stage, strengths, sweeping)
            sweeps = max(sweeps, taken)
            residual = np.maximum(residual, left)
            unsettled.append(rows)
    return Solution(strengths, sweeps, residual, np.concatenate(unsettled))


@dataclass(eq=False)
class _Equations:
    """Equations, each of which gives the strength of one row from those of others.

    `rows` are the rows they belong to; equation ``i`` has the slots ``start[i]`` to
    ``start[i + 1]``, each with the row of its source and its effect (sign times weight).
    """

    modules: Modules
    rows: IntArray
    start: IntArray
    source: IntArray
    effect: FloatArray
    initial: FloatArray
    held: FloatArray | None

    def __post_init__(self) -> None:
        self._row: memoryview[Any] = self.rows.data
        self._start: memoryview[Any] = self.start.data
        self._source: memoryview[Any] = self.source.data
        self._effect: memoryview[Any] = self.effect.data
        self._initial: memoryview[Any] = self.initial.data

    def selected(self, numbers: IntArray) -> _Equations:
        """Some of the equations, in the sequence given."""
        slots = slots_of(self.start, numbers)
        counts = self.start[numbers + 1] - self.start[numbers]
        return _Equations(
            self.modules,
            self.rows[numbers],
            np.concatenate([[0], np.cumsum(counts)]),
            self.source[slots],
            self.effect[slots],
            self.initial[numbers],
            None if self.held is None else self.held[numbers],
        )

    def solve(self, first: int, last: int, strengths: FloatArray) -> None:
        """Put equations `first` to `last` into effect; none of them depends on another."""
        if self.start[first] == self.start[last]:
            return
        if self._is_narrow(first, last):
            values: memoryview[Any] = strengths.data
            for number in range(first, last):
                values[self._row[number]] = self._wanted_by_one(number, values)
        else:
            strengths[self.rows[first:last]] = self.wanted(first, last, strengths)

    def _is_narrow(self, first: int, last: int) -> bool:
        return self.initial.ndim == 1 and self._start[last] - self._start[first] <= NARROW

    def wanted(self, first: int, last: int, strengths: FloatArray) -> FloatArray:
        """What equations `first` to `last` ask for, given all strengths."""
        slots = slice(self._start[first], self._start[last])
        pulls = self.effect[slots] * strengths[self.source[slots]]
        energy = self.modules.aggregation.of_rows(
            pulls, self.start[first:last] - self._start[first]
        )
        value: FloatArray = self.modules.influence.value(
            self.initial[first:last], energy, exponential
        )
        if self.held is None:
            return value
        held = self.held[first:last]
        return np.where(np.isnan(held), value, held)

    def _wanted_by_one(self, number: int, strengths: memoryview[Any]) -> float:
        slots = range(self._start[number], self._start[number + 1])
        pulls = [self._effect[slot] * strengths[self._source[slot]] for slot in slots]
        energy = self.modules.aggregation.of_row(pulls)
        value: float = self.modules.influence.value(
            self._initial[number], energy, exponential_of_one
        )
        return value


def _sweep(
    equations: _Equations, stage: Stage, strengths: FloatArray, sweeping: Sweeping
) -> tuple[int, FloatArray, IntArray]:
    """Sweep the cycles of a stage: sweeps taken, residual by scenario, rows left unsettled."""
    assert stage.component is not None
    rows = np.arange(stage.first, stage.last)
    cycles = equations.selected(rows)
    pace = _Pace(stage.component, strengths.shape[1:], sweeping)
    for sweep in range(sweeping.max_sweeps + 1):
        before = strengths[cycles.rows]
        wanted = cycles.wanted(0, cycles.rows.size, strengths)
        pace.set(wanted - before)
        going = pace.going
        if sweep == sweeping.max_sweeps or not going.any():
            break
        share = pace.step[pace.component]
        strengths[cycles.rows] = np.clip((1 - share) * before + share * wanted, 0, 1)
        if np.count_nonzero(going) * 2 < going.size:
            cycles = cycles.selected(np.flatnonzero(going))
            pace.keep(going)
    unsettled = _any_scenario(pace.residual > sweeping.tolerance)[stage.component]
    return sweep, pace.residual.max(axis=0), rows[unsettled]


class _Pace:
    """How far each component goes in a sweep, in each scenario; 0 once it rests.

    Components know nothing of one another. The length of a step is what would have left as little
    to ask for as can be, had it been that of the last step and were the equations linear. It is 1
    while a component drifts away from where it was, and never more than `longest`, which is
    halved, down from 1, for a component that has come no nearer to rest in `PATIENCE` sweeps.

    Attributes:
        component: the component of each row that is still swept.
        step, residual: for each component, and scenario if there are several.
    """

    def __init__(self, component: IntArray, scenarios: tuple[int, ...], sweeping: Sweeping) -> None:
        shape = (int(component.max()) + 1, *scenarios)
        self.step, self.residual = np.ones(shape), np.full(shape, np.inf)
        self._sweeping = sweeping
        self._sweeps = 0
        self._longest = np.full(shape, LONGEST_STEP)
        self._lowest, self._lowest_before = np.full(shape, np.inf), np.full(shape, np.inf)
        self._asked: FloatArray | None = None
        self._group(component)

    @property
    def going(self) -> NDArray[np.bool_]:
        """Which rows have yet to move, in some scenario."""
        return _any_scenario(self.step > 0)[self.component]

    def keep(self, rows: NDArray[np.bool_]) -> None:
        """Forget all other rows; they make up whole components, at rest."""
        if self._asked is not None:
            self._asked = self._asked[rows]
        self._group(self.component[rows])

    def set(self, asked: FloatArray) -> None:
        """Set residuals and steps, given by how much each row's equation asks it to change."""
        present = self._present
        moving = self.step[present] > 0
        distance = self._each(np.maximum, np.abs(asked))
        self.residual[present] = np.where(moving, distance, self.residual[present])
        if self._sweeping.damping:
            share = np.minimum(self._suggested(asked), self._limit()[present])
        else:
            share = np.ones_like(distance)
        resting = distance <= self._sweeping.tolerance
        self.step[present] = np.where(moving & ~resting, share, 0.0)
        self._asked = asked

    def _suggested(self, asked: FloatArray) -> FloatArray:
        step = self.step[self._present]
        if self._asked is None:
            return step
        change = self._asked - asked
        useful = self._each(np.add, change * self._asked)
        size = self._each(np.add, change * change)
        measured = (useful > 0) & (size > 0)
        share = np.divide(step * useful, size, out=np.ones_like(step), where=measured)
        return np.maximum(share, SHORTEST_STEP)

    def _limit(self) -> FloatArray:
        self._lowest = np.minimum(self._lowest, self.residual)
        self._sweeps += 1
        if self._sweeps % PATIENCE == 0:
            tired = self._lowest >= self._lowest_before
            self._longest = np.where(tired, np.minimum(self._longest, 1) / 2, self._longest)
            self._lowest, self._lowest_before = np.full_like(self._lowest, np.inf), self._lowest
        return self._longest

    def _group(self, component: IntArray) -> None:
        self.component = component
        self._grouped = np.argsort(component, kind="stable")
        by_component = component[self._grouped]
        self._heads = np.array(bounds_of(by_component)[:-1])
        self._present: IntArray = by_component[self._heads]

    def _each(self, operation: np.ufunc, numbers: FloatArray) -> FloatArray:
        """The sum, the maximum … of each component's rows."""
        reduced: FloatArray = operation.reduceat(numbers[self._grouped], self._heads)
        return reduced


def _any_scenario(holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return holds if holds.ndim == 1 else np.logical_or.reduce(holds, axis=1)
