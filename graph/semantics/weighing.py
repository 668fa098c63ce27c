"""From a debate to a bipolar framework: what raises and what lowers which strength.

A link is an edge; it passes on its premise's strength, times its own where the files give it one.
Joint premises share the weight of their link equally. Where a step is undercut, its premise has a
copy for it: whatever bears on the premise bears on the copy, and the undercut attacks the copy
alone, so that the step loses and the premise does not. Claims that restate each other are one node,
as strong to begin with as the strongest of them. Rival answers to
an exclusive question attack each other; rebuttals across disjoint scopes and those that an audience
lets fail are left out, as in `flattening`.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..debate import Debate
from ..model import DEFAULT_STRENGTH
from ..terms import LinkKind
from .bipolar import ATTACK, SUPPORT, BipolarFramework
from .effects import active_links, rival_pairs
from .gradual import GradualSemantics, Strengths, strengths


@dataclass(frozen=True, slots=True)
class Weighing:
    """A bipolar framework, and the node of each claim of the debate in it."""

    framework: BipolarFramework
    claim_nodes: array[int]

    def of_claims(self, found: Strengths) -> list[float]:
        """The strength of each claim."""
        return [float(found.values[node]) for node in self.claim_nodes]


def weigh(
    debate: Debate,
    semantics: GradualSemantics = GradualSemantics.QUADRATIC_ENERGY,
    *,
    order: Sequence[int] | None = None,
) -> Weighing:
    """The bipolar framework of a debate; `order` lists value numbers, the most preferred first.

    The h-categoriser knows attacks alone: for it supports are left out.
    """
    places: dict[int, int] = {}
    for position in debate.positions:
        places.setdefault(position, len(places))
    claim_nodes = array("i", (places[position] for position in debate.positions))
    initial = [0.0] * len(places)
    for claim, node in enumerate(claim_nodes):
        initial[node] = max(initial[node], debate.claim_strengths[claim])

    links = active_links(debate, order)
    count = len(debate)
    steps = {debate.link_conclusions[link] - count for link in links} & set(links)
    copies: dict[tuple[int, int], int] = {}
    for link in sorted(steps):
        for premise in debate.link_premises[link]:
            copies[link, claim_nodes[premise]] = len(initial)
            initial.append(initial[claim_nodes[premise]])

    edges: list[tuple[int, int, int, float]] = []
    for link in links:
        target = debate.link_conclusions[link]
        if target < count:
            ends = [claim_nodes[target]]
        else:
            step = target - count
            ends = [copies[step, claim_nodes[p]] for p in debate.link_premises[step]]
        starts = [claim_nodes[premise] for premise in debate.link_premises[link]]
        sign = ATTACK if LinkKind(debate.link_kinds[link]).attacks else SUPPORT
        weight = _weight(debate.link_strengths[link]) / len(starts)
        edges += [
            (copies.get((link, start), start), end, sign, weight)
            for start in starts
            for end in ends
        ]
    edges += [
        (claim_nodes[one], claim_nodes[other], ATTACK, 1.0)
        for one, other in rival_pairs(debate, order)
    ]
    into = defaultdict(list)
    for edge in edges:
        into[edge[1]].append(edge)
    for (_link, premise), copy in copies.items():
        edges += [(source, copy, sign, weight) for source, _, sign, weight in into[premise]]
    if semantics is GradualSemantics.H_CATEGORISER:
        edges = [edge for edge in edges if edge[2] == ATTACK]
    sources, targets, signs, weights = zip(*edges, strict=True) if edges else ((), (), (), ())
    return Weighing(BipolarFramework(initial, sources, targets, signs, weights), claim_nodes)


def _weight(stated: float) -> float:
    return 1.0 if stated == DEFAULT_STRENGTH else stated


def claim_strengths(
    debate: Debate,
    semantics: GradualSemantics = GradualSemantics.QUADRATIC_ENERGY,
    *,
    order: Sequence[int] | None = None,
) -> tuple[list[float], Strengths]:
    """The strength of each claim, and the whole result with what it says of convergence."""
    weighing = weigh(debate, semantics, order=order)
    found = strengths(weighing.framework, semantics)
    return weighing.of_claims(found), found
