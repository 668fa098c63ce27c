"""How one node's strength answers to every initial strength and every edge weight.

All derivatives of one strength come out of a single backward pass (the adjoint method): at a node
on no cycle the chain rule is applied once, targets before sources; on cycles the strengths are
given by equations, so theirs is a system of linear equations (implicit differentiation).

Gradients rank; they do not decide. A gradient of 0 does not mean that a node has no bearing: see
`contributions`. DF-QuAD has a kink where the aggregate is exactly 0, EULER_TOP where two sources
are equally strong; the slope taken there is the one towards a stronger source.

Sources: Yin, Potyka, Toni, "Argument Attribution Explanations in Quantitative Bipolar
Argumentation Frameworks", ECAI 2023, arXiv:2307.13582 (nodes); Yin, Potyka, Rago, Kampik, Toni,
arXiv:2507.11323 (edges).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from .bipolar import BipolarFramework, FloatArray
from .evaluation_order import NARROW, EvaluationOrder, IntArray, Stage
from .gradual import MODULES, GradualSemantics, Strengths, strengths

LARGEST_DIRECT: Final = 2000
"""Components of up to so many nodes are solved by elimination, larger ones by iteration."""


@dataclass(frozen=True, slots=True, eq=False)
class Gradient:
    """The derivatives of the strength of `target`.

    Attributes:
        by_initial: by the initial strength of each node; 0 where the node cannot reach `target`.
        by_weight: by the weight of each edge, in the sequence of the framework's edges.
        converged: whether the strengths above `target` came to rest and have a derivative. If not,
            the numbers mean nothing.
    """

    target: int
    by_initial: FloatArray
    by_weight: FloatArray
    converged: bool


def gradient(
    framework: BipolarFramework,
    semantics: GradualSemantics,
    target: int,
    *,
    at: Strengths | None = None,
) -> Gradient:
    """All derivatives of the strength of `target`.

    `at` are the framework's strengths under the semantics, if known already. Deterministic.

    Cost: O(n + m), and for what lies on cycles a sparse linear system.

    Raises:
        UsageError: there is no such node; or as for `strengths`.
    """
    framework.require_node(target)
    if at is None:
        at = strengths(framework, semantics)
    order = framework.order
    values = at.values[order.nodes]
    slopes = _Slopes(framework, semantics, values)
    reach = np.zeros(len(framework))
    reach[order.row[target]] = 1.0
    solved = True
    for stage in reversed(order.stages):
        if not reach[stage.first : stage.last].any():
            continue
        if stage.component is not None:
            solved &= _solve_cycles(order, stage, slopes.by_source, reach)
        _pass_on(order, stage, slopes.by_source, reach)
    by_initial = np.empty(len(framework))
    by_initial[order.nodes] = reach * slopes.by_initial
    by_weight = np.empty(framework.source.size)
    by_weight[order.edge] = np.repeat(reach, np.diff(order.start)) * slopes.by_weight
    settled = at.converged or not np.isin(at.unsettled, framework.ancestors(target)).any()
    return Gradient(target, by_initial, by_weight, solved and settled)


class _Slopes:
    """How each strength answers to what goes straight into it.

    `by_initial`: to its own initial strength, by row. `by_source` and `by_weight`: to the strength
    of the source and to the weight of each incoming edge, by slot.
    """

    def __init__(
        self, framework: BipolarFramework, semantics: GradualSemantics, values: FloatArray
    ) -> None:
        order = framework.order
        aggregation, influence = MODULES[semantics]
        sign, weight = framework.sign[order.edge], framework.weight[order.edge]
        initial = framework.initial[order.nodes]
        degree = np.diff(order.start)
        fed = np.flatnonzero(degree)
        pulls = sign * weight * values[order.source]
        self.by_initial = np.ones(len(framework))
        self.by_source = self.by_weight = np.zeros(0)
        if not fed.size:
            return
        start = order.start[fed]
        energy = aggregation.of_rows(pulls, start)
        upwards = np.ones(fed.size, dtype=bool)
        rising, self.by_initial[fed] = influence.slopes(initial[fed], energy, upwards)
        falling, _ = influence.slopes(initial[fed], energy, ~upwards)
        by_energy = np.where(
            sign > 0, np.repeat(rising, degree[fed]), np.repeat(falling, degree[fed])
        )
        by_pull = by_energy * aggregation.slopes(pulls, start, sign) * sign
        self.by_source = by_pull * weight
        self.by_weight = by_pull * values[order.source]


def _pass_on(
    order: EvaluationOrder, stage: Stage, by_source: FloatArray, reach: FloatArray
) -> None:
    """Hand the reach of a stage's rows on to the sources that lie before the stage."""
    slots = slice(int(order.start[stage.first]), int(order.start[stage.last]))
    if slots.stop - slots.start <= NARROW:
        starts, sources, passes = order.start.data, order.source.data, by_source.data
        reaches = reach.data
        for row in range(stage.first, stage.last):
            for slot in range(starts[row], starts[row + 1]):
                if sources[slot] < stage.first:
                    reaches[sources[slot]] += reaches[row] * passes[slot]
        return
    earlier = order.source[slots] < stage.first
    passed = reach[_targets(order, stage)] * by_source[slots]
    np.add.at(reach, order.source[slots][earlier], passed[earlier])


def _targets(order: EvaluationOrder, stage: Stage) -> IntArray:
    """The row of each slot of a stage."""
    counts = np.diff(order.start[stage.first : stage.last + 1])
    return np.repeat(np.arange(stage.first, stage.last), counts)


def _solve_cycles(
    order: EvaluationOrder, stage: Stage, by_source: FloatArray, reach: FloatArray
) -> bool:
    """Let a stage's rows share their reach around their cycles; whether there is a solution."""
    from scipy.sparse import coo_array, eye_array

    assert stage.component is not None
    touched = np.unique(stage.component[reach[stage.first : stage.last] != 0])
    concerned = np.isin(stage.component, touched)
    rows = np.flatnonzero(concerned) + stage.first
    local = np.full(order.nodes.size, -1, dtype=np.int64)
    local[rows] = np.arange(rows.size)
    slots = slice(int(order.start[stage.first]), int(order.start[stage.last]))
    targets, sources = local[_targets(order, stage)], local[order.source[slots]]
    inside = (targets >= 0) & (sources >= 0)
    ends = (sources[inside], targets[inside])
    around = coo_array((by_source[slots][inside], ends), shape=(rows.size, rows.size))
    largest = int(np.bincount(stage.component[concerned]).max())
    shared = _solution((eye_array(rows.size) - around).tocsc(), reach[rows], largest)
    if shared is None or not np.isfinite(shared).all():
        return False
    reach[rows] = shared
    return True


def _solution(system: Any, right: FloatArray, largest: int) -> FloatArray | None:
    """The solution of a sparse linear system, or None if none was found."""
    from scipy.sparse.linalg import gmres, splu

    if largest > LARGEST_DIRECT:
        found, failure = gmres(system, right, rtol=1e-12, restart=50, maxiter=100)
        return None if failure else found
    try:
        solved: FloatArray = splu(system).solve(right)
    except RuntimeError:  # exactly singular: several resting points meet here
        return None
    return solved
