"""How strong each node of a bipolar framework is once all replies are weighed.

A semantics is an aggregation and an influence (see `modular`), ``w`` the initial strength:

====================  ===========  ==========================================================
semantics             aggregation  strength
====================  ===========  ==========================================================
QUADRATIC_ENERGY      sum          ``w + (1-w) h`` or ``w - w h`` with ``h = E² / (1 + E²)``
DF_QUAD               product      ``w + (1-w) E`` or ``w + w E``
EULER                 sum          ``1 - (1-w²) / (1 + w e^E)``
EULER_TOP             top          the same
MLP                   sum          ``sigmoid(ln(w / (1-w)) + E)``
H_CATEGORISER         sum          ``w / (1 - E)``; refuses supports
====================  ===========  ==========================================================

(first form where ``E > 0``, second elsewhere). A node that nothing attacks or supports keeps its
initial strength exactly.

Sources: QUADRATIC_ENERGY: Potyka, "Continuous Dynamical Systems for Weighted Bipolar
Argumentation", KR 2018. DF_QUAD: Rago, Toni, Aurisicchio, Baroni, "Discontinuity-Free Decision
Support with Quantitative Argumentation Debates", KR 2016. EULER: Amgoud, Ben-Naim, "Evaluation of
Arguments in Weighted Bipolar Graphs", ECSQARU 2017. EULER_TOP: Mossakowski, Neuhaus,
arXiv:1807.06685. MLP: Potyka, "Interpreting Neural Networks as Quantitative Argumentation
Frameworks", AAAI 2021. H_CATEGORISER: Besnard, Hunter, "A logic-based theory of deductive
arguments", AIJ 128, 2001; with weights: Amgoud, Ben-Naim, Doder, Vesic, "Acceptability Semantics
for Weighted Argumentation Frameworks", IJCAI 2017.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from .bipolar import SUPPORT, BipolarFramework, FloatArray
from .evaluation_order import IntArray
from .fixpoints import DEFAULT_SWEEPING, Solution, Sweeping, solve
from .modular import EULER, LINEAR, LOGISTIC, QUADRATIC, RECIPROCAL, Aggregation, Modules


class GradualSemantics(StrEnum):
    """The gradual semantics, by the names a user gives."""

    QUADRATIC_ENERGY = "quadratic-energy"
    DF_QUAD = "df-quad"
    EULER = "euler"
    EULER_TOP = "euler-top"
    MLP = "mlp"
    H_CATEGORISER = "h-categoriser"


MODULES: Final[dict[GradualSemantics, Modules]] = {
    GradualSemantics.QUADRATIC_ENERGY: Modules(Aggregation.SUM, QUADRATIC),
    GradualSemantics.DF_QUAD: Modules(Aggregation.PRODUCT, LINEAR),
    GradualSemantics.EULER: Modules(Aggregation.SUM, EULER),
    GradualSemantics.EULER_TOP: Modules(Aggregation.TOP, EULER),
    GradualSemantics.MLP: Modules(Aggregation.SUM, LOGISTIC),
    GradualSemantics.H_CATEGORISER: Modules(Aggregation.SUM, RECIPROCAL),
}


@dataclass(frozen=True, slots=True, eq=False)
class Strengths:
    """The strength of each node, and how far it can be trusted.

    Attributes:
        values: strengths in [0, 1], one for each node.
        converged: whether every cycle came to rest; always true without cycles.
        sweeps: the most sweeps that a cycle took; 0 without cycles.
        residual: the largest distance on a cycle between a strength and what its equation makes of
            the others; 0 without cycles.
        unsettled: the nodes, ascending, of cycles that did not come to rest. Their values, and
            the values of everything they reach, mean nothing.
    """

    values: FloatArray
    converged: bool
    sweeps: int
    residual: float
    unsettled: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class ScenarioStrengths:
    """Strengths in several scenarios: `values` has a row for each, `converged` an entry."""

    values: FloatArray
    converged: NDArray[np.bool_]


def strengths(
    framework: BipolarFramework,
    semantics: GradualSemantics = GradualSemantics.QUADRATIC_ENERGY,
    *,
    tolerance: float = DEFAULT_SWEEPING.tolerance,
    max_sweeps: int = DEFAULT_SWEEPING.max_sweeps,
    damping: bool = DEFAULT_SWEEPING.damping,
) -> Strengths:
    """The strength of every node.

    Nodes on no cycle are computed once, sources first. Each strongly connected component is swept
    from the initial strengths until it rests (see `Sweeping` for the three numbers); whether it
    did is reported, never assumed. How one component is swept has no bearing on another that it
    does not reach. Deterministic.

    Cost: O(n + m), times the sweeps for what lies on cycles.

    Raises:
        UsageError: there are supports, and the semantics is the h-categoriser.
    """
    sweeping = Sweeping(tolerance, max_sweeps, damping)
    solution = _solution(framework, semantics, framework.initial, None, sweeping)
    order = framework.order
    return Strengths(
        solution.strengths[order.row],
        solution.unsettled.size == 0,
        solution.sweeps,
        float(solution.residual),
        np.sort(order.nodes[solution.unsettled]),
    )


def strengths_in_scenarios(
    framework: BipolarFramework,
    semantics: GradualSemantics,
    *,
    initial: FloatArray | None = None,
    held: FloatArray | None = None,
    sweeping: Sweeping = DEFAULT_SWEEPING,
) -> ScenarioStrengths:
    """The strengths in several scenarios at once, one scenario a row, one node a column.

    `initial` replaces the initial strengths. `held` fixes strengths, whatever attacks or supports
    the node: 0 takes the node out of the debate, 1 concedes it, nan leaves it free. One of the two
    at least is given.

    Cost: as for `strengths`, times the scenarios, but an order of magnitude less than one by one
    on small frameworks. Memory: scenarios times edges.

    Raises:
        UsageError: as for `strengths`; or neither `initial` nor `held` is given.
    """
    if initial is None and held is None:
        raise UsageError("scenarios need initial strengths or held strengths")
    order = framework.order
    columns = framework.initial[:, np.newaxis] if initial is None else initial.T
    held_columns = None if held is None else held.T
    solution = _solution(framework, semantics, columns, held_columns, sweeping)
    return ScenarioStrengths(
        solution.strengths[order.row].T, solution.residual <= sweeping.tolerance
    )


def _solution(
    framework: BipolarFramework,
    semantics: GradualSemantics,
    initial: FloatArray,
    held: FloatArray | None,
    sweeping: Sweeping,
) -> Solution:
    if semantics is GradualSemantics.H_CATEGORISER and (framework.sign == SUPPORT).any():
        raise UsageError(
            "the h-categoriser knows attacks only, and there are supports;"
            f" choose {GradualSemantics.QUADRATIC_ENERGY}"
        )
    return solve(framework, MODULES[semantics], initial, held, sweeping)
