"""What a claim's strength owes to the others: gradient, removal, Shapley value, tipping weight.

The gradient ranks: it says where a small change of an initial strength would matter most. The rest
decides: what the strength would be without the claim, and the initial strength at which the claim
in question would change sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..debate import Debate
from .contributions import removal, shapley, tipping_weight
from .gradients import gradient
from .gradual import GradualSemantics, strengths
from .weighing import weigh


@dataclass(frozen=True, slots=True)
class Influence:
    """What `claim` does to the strength of the claim in question.

    `gradient` is the derivative by the claim's initial strength, `removal` the present strength
    minus the one without the claim. `shapley` has the Shapley value and its standard error (0 if
    exact) where it was asked for. `tipping` is the initial strength of `claim` nearest to its
    present one at which the claim in question crosses the threshold, or None if there is none.
    """

    claim: int
    gradient: float
    removal: float
    shapley: tuple[float, float] | None
    tipping: float | None


@dataclass(frozen=True, slots=True)
class Influences:
    """The claims that bear on the strength of `claim`, by falling size of gradient and removal."""

    claim: int
    strength: float
    threshold: float
    semantics: GradualSemantics
    converged: bool
    influences: tuple[Influence, ...]


def influences(
    debate: Debate,
    claim: int,
    semantics: GradualSemantics = GradualSemantics.QUADRATIC_ENERGY,
    *,
    order: Sequence[int] | None = None,
    threshold: float = 0.5,
    with_shapley: bool = False,
) -> Influences:
    """What bears on the strength of claim number `claim`, and how much.

    `order` lists the values of an audience. Claims that restate each other count as one, named by
    the first. Cost: one pass for all gradients; for removal and tipping weight an evaluation, or
    some forty, of what bears on the claim, for each claim there.
    """
    weighing = weigh(debate, semantics, order=order)
    framework, nodes = weighing.framework, weighing.claim_nodes
    target = nodes[claim]
    found = strengths(framework, semantics)
    slopes = gradient(framework, semantics, target, at=found)
    removed = removal(framework, semantics, target)
    without = dict(zip(removed.nodes.tolist(), removed.values.tolist(), strict=True))
    shares: dict[int, tuple[float, float]] = {}
    if with_shapley:
        by_chance = shapley(framework, semantics, target)
        shares = {
            int(node): (float(value), float(error))
            for node, value, error in zip(
                by_chance.nodes, by_chance.values, by_chance.standard_error, strict=True
            )
        }
    first: dict[int, int] = {}
    for number, node in enumerate(nodes):
        first.setdefault(node, number)
    listed = [
        Influence(
            claim=number,
            gradient=float(slopes.by_initial[node]),
            removal=without[node],
            shapley=shares.get(node),
            tipping=tipping_weight(framework, semantics, node, target, threshold),
        )
        for node, number in first.items()
        if node in without
    ]
    listed.sort(key=lambda i: (-abs(i.gradient), -abs(i.removal), i.claim))
    return Influences(
        claim,
        float(found.values[target]),
        threshold,
        semantics,
        bool(found.converged and slopes.converged and np.all(removed.converged)),
        tuple(listed),
    )
