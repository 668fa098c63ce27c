"""What one node contributes to the strength of another, the topic.

Three answers, none of which is the only right one (Kampik and others prove that no contribution
function has all the properties one would wish for). *Removal*: the topic's strength minus its
strength in the framework without the node. *Intrinsic removal*: the same, but what the node owes
to its own attackers and supporters is not counted. *Shapley value*: the effect of adding the node,
averaged over all sequences in which the nodes could have joined the debate; over all nodes these
add up to the topic's strength minus its initial strength.

Only nodes that reach the topic have a part in it; the others contribute exactly 0.

Sources: Kampik, Potyka, Yin, Čyras, Toni, "Contribution Functions for Quantitative Bipolar
Argumentation Graphs: A Principle-based Analysis", IJAR, 2024, arXiv:2401.08879; Castro, Gómez,
Tejada, "Polynomial calculation of the Shapley value based on sampling", Computers & Operations
Research 36, 2009 (sampling).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from .bipolar import BipolarFramework, FloatArray
from .evaluation_order import IntArray
from .gradual import GradualSemantics, strengths_in_scenarios

EXACT_UP_TO: Final = 12
"""Shapley values of so many nodes are computed exactly; each more doubles the time."""
SCAN_POINTS: Final = 17

_LARGEST_BATCH: Final = 4_000_000
_TIPPING_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """What each of `nodes` contributes to the strength of `topic`.

    Attributes:
        nodes: the nodes asked for, or all that reach the topic, ascending, but for the topic.
        values: their contributions, in [-1, 1]; positive means that the topic is stronger for it.
        standard_error: of sampled values; all 0 if the values are exact.
        permutations: how many sequences were sampled; 0 if the values are exact.
        converged: whether every strength they rest on came to rest.
    """

    topic: int
    nodes: IntArray
    values: FloatArray
    standard_error: FloatArray
    permutations: int
    converged: bool


def removal(
    framework: BipolarFramework,
    semantics: GradualSemantics,
    topic: int,
    nodes: IntArray | None = None,
) -> Contributions:
    """The strength the topic has, minus the one it has without the node and its edges.

    Cost: for each node, an evaluation of what reaches the topic.

    Raises:
        UsageError: there is no such node; or as for `strengths`.
    """
    return _by_holding(_Cone(framework, semantics, topic), nodes, intrinsic=False)


def intrinsic_removal(
    framework: BipolarFramework,
    semantics: GradualSemantics,
    topic: int,
    nodes: IntArray | None = None,
) -> Contributions:
    """The same with the edges into the node cut first: what it contributes of its own.

    Cost and errors: as for `removal`, twice.
    """
    return _by_holding(_Cone(framework, semantics, topic), nodes, intrinsic=True)


def shapley(
    framework: BipolarFramework,
    semantics: GradualSemantics,
    topic: int,
    *,
    permutations: int = 200,
    seed: int = 0,
    exact_up_to: int = EXACT_UP_TO,
) -> Contributions:
    """The Shapley value of each node that reaches the topic.

    Exact if there are at most `exact_up_to` such nodes; otherwise estimated from random
    permutations, without bias, with the standard error of each estimate. The values add up to the
    topic's strength minus the one it has alone, either way. Deterministic for a given `seed`.

    Cost: evaluations of what reaches the topic; 2 to the number of nodes if exact, the
    permutations times the nodes if sampled.

    Raises:
        UsageError: there is no such node; fewer than two permutations; or as for `strengths`.
    """
    if permutations < 2:
        raise UsageError("a standard error needs two permutations or more")
    cone = _Cone(framework, semantics, topic)
    if cone.players.size <= exact_up_to:
        return _exact_shapley(cone)
    return _sampled_shapley(cone, permutations, seed)


def tipping_weight(
    framework: BipolarFramework,
    semantics: GradualSemantics,
    node: int,
    topic: int,
    threshold: float,
) -> float | None:
    """The initial strength of `node` at which the topic changes sides of `threshold`, if any.

    A topic stands if its strength is `threshold` or more. Returned is the nearest initial strength
    to the present one at which the topic is on the other side, to within 1e-9; None if there is
    none. A strength need not be monotonic in an initial strength, so 17 points from 0 to 1 are
    tried before the gap between two is narrowed down; a side that is taken between two of them
    only is not seen. Points at which the strengths don't come to rest count for nothing.

    Cost: some 150 evaluations of what reaches the topic.

    Raises:
        UsageError: there is no such node; or as for `strengths`.
    """
    framework.require_node(node)
    cone = _Cone(framework, semantics, topic)
    place = int(np.searchsorted(cone.nodes, node))
    if place == cone.nodes.size or cone.nodes[place] != node:
        return None
    present = float(framework.initial[node])

    def flips(points: FloatArray) -> NDArray[np.bool_]:
        initial = np.tile(cone.part.initial, (points.size + 1, 1))
        initial[1:, place] = points
        found = strengths_in_scenarios(cone.part, semantics, initial=initial)
        stands = found.values[:, cone.topic] >= threshold
        known = found.converged & found.converged[0]
        flipped: NDArray[np.bool_] = (known & (stands != stands[0]))[1:]
        return flipped

    points = np.linspace(0, 1, SCAN_POINTS)
    candidates = points[flips(points)]
    if not candidates.size:
        return None
    beyond = float(candidates[np.argmin(np.abs(candidates - present))])
    before = present
    while abs(beyond - before) > _TIPPING_TOLERANCE:
        points = np.linspace(before, beyond, SCAN_POINTS)
        first = int(np.argmax(flips(points)))
        before, beyond = float(points[max(first - 1, 0)]), float(points[first])
    return beyond


class _Cone:
    """The part of a framework that reaches the topic.

    `nodes` are its nodes in the framework, ascending, `players` all of them but the topic; `part`
    is the framework of them, in which `topic` and `seats` are the topic and the players.
    """

    def __init__(
        self, framework: BipolarFramework, semantics: GradualSemantics, topic: int
    ) -> None:
        self.semantics = semantics
        self.original_topic = topic
        self.nodes = framework.ancestors(topic)
        self.part = framework.restricted_to(self.nodes)
        self.topic = int(np.searchsorted(self.nodes, topic))
        self.seats = np.flatnonzero(self.nodes != topic)
        self.players = self.nodes[self.seats]
        self.converged = True

    def batches(self, count: int) -> Iterator[IntArray]:
        """The numbers below `count`, in portions for which there is memory."""
        size = max(1, _LARGEST_BATCH // (len(self.part) + self.part.source.size))
        for first in range(0, count, size):
            yield np.arange(first, min(first + size, count))

    def strengths_of_topic(self, held: FloatArray) -> FloatArray:
        """The topic's strength in each scenario; see `strengths_in_scenarios`."""
        found = strengths_in_scenarios(self.part, self.semantics, held=held)
        self.converged &= bool(found.converged.all())
        return found.values[:, self.topic]

    def contributions(
        self,
        nodes: IntArray,
        values: FloatArray,
        standard_error: FloatArray | None = None,
        permutations: int = 0,
    ) -> Contributions:
        if standard_error is None:
            standard_error = np.zeros(nodes.size)
        return Contributions(
            self.original_topic, nodes, values, standard_error, permutations, self.converged
        )


def _by_holding(cone: _Cone, nodes: IntArray | None, *, intrinsic: bool) -> Contributions:
    """Hold one node after another at 0, and look at the topic."""
    asked = cone.players if nodes is None else nodes
    seats = np.minimum(np.searchsorted(cone.nodes, asked), cone.nodes.size - 1)
    inside = np.flatnonzero((cone.nodes[seats] == asked) & (seats != cone.topic))
    values = np.zeros(asked.size)
    for batch in cone.batches(inside.size):
        chosen = seats[inside[batch]]
        held = np.full((batch.size + 1, len(cone.part)), np.nan)
        scenario = np.arange(batch.size)
        held[scenario, chosen] = 0.0
        without = cone.strengths_of_topic(held)
        if intrinsic:
            held[scenario, chosen] = cone.part.initial[chosen]
            values[inside[batch]] = cone.strengths_of_topic(held)[:-1] - without[:-1]
        else:
            values[inside[batch]] = without[-1] - without[:-1]
    return cone.contributions(asked, values)


def _exact_shapley(cone: _Cone) -> Contributions:
    count = cone.seats.size
    worth = np.empty(1 << count)
    for coalitions in cone.batches(worth.size):
        held = np.full((coalitions.size, len(cone.part)), np.nan)
        absent = (coalitions[:, np.newaxis] >> np.arange(count)) & 1 == 0
        held[:, cone.seats] = np.where(absent, 0.0, np.nan)
        worth[coalitions] = cone.strengths_of_topic(held)
    coalitions = np.arange(worth.size)
    sizes = (coalitions[:, np.newaxis] >> np.arange(count) & 1).sum(axis=1)
    share = np.array([1 / (count * math.comb(count - 1, size)) for size in range(count)])
    values = np.empty(count)
    for player in range(count):
        without = coalitions[coalitions >> player & 1 == 0]
        gain = worth[without | 1 << player] - worth[without]
        values[player] = share[sizes[without]] @ gain
    return cone.contributions(cone.players, values)


def _sampled_shapley(cone: _Cone, permutations: int, seed: int) -> Contributions:
    random = np.random.default_rng(seed)
    count = cone.seats.size
    position = np.full((permutations, len(cone.part)), -1)
    for row in position:
        row[cone.seats] = random.permutation(count)
    worth = np.empty(permutations * (count + 1))
    for scenarios in cone.batches(worth.size):
        permutation, joined = np.divmod(scenarios, count + 1)
        absent = position[permutation] >= joined[:, np.newaxis]
        worth[scenarios] = cone.strengths_of_topic(np.where(absent, 0.0, np.nan))
    by_position = np.diff(worth.reshape(permutations, count + 1))
    gains = np.take_along_axis(by_position, position[:, cone.seats], axis=1)
    error = gains.std(axis=0, ddof=1) / math.sqrt(permutations)
    return cone.contributions(cone.players, gains.mean(axis=0), error, permutations)
