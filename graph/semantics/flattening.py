"""From a debate to an abstract framework: what attacks what, each link a node of its own.

Claims that restate each other are one node. For a claim ``x`` that is a premise there is a node
``~x`` ("x does not stand"), and for each link a node, so that links can be attacked::

    x → ~x          x stands or does not
    ~x → e          a link holds only if each of its premises stands
    e → y           an attacking link that holds attacks what it concludes in
    e → u → y       under a profile that asks for backing: u says "y is unbacked"

The size is linear in the debate. Rebuttals between claims of disjoint scopes are left out: they
answer different questions. Rival answers to an exclusive question attack each other. Under an
audience a rebuttal fails if the audience strictly prefers the best value of its target to the best
value of its premises (Bench-Capon 2003); a claim that promotes no value is a fact for this purpose:
what it attacks cannot appeal to a value, and no preference protects it. Undercuts never fail:
whether a step holds is no matter of taste.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import repeat
from typing import Final, NamedTuple

import numpy as np

from ..debate import Debate
from ..terms import ClaimKind, LinkKind
from .components import strong_components
from .effects import failing_rebuttals, links_across_scopes, premises_by_link, rival_pairs
from .framework import Framework, IntArray
from .grounded import grounded_labelling
from .preferences import ranking
from .profiles import Profile

_KINDS = tuple(ClaimKind)
_ATTACKING: Final = [kind for kind in LinkKind if kind.attacks]


@dataclass(frozen=True, slots=True)
class Changes:
    """A change of mind: claims given up, claims conceded, links dropped (numbers).

    A claim given up is out whatever speaks for it; one conceded is in whatever speaks against it.
    """

    rejected: frozenset[int] = frozenset()
    accepted: frozenset[int] = frozenset()
    dropped: frozenset[int] = frozenset()


class Part(Enum):
    """What a node says that is neither a claim nor a link."""

    NEGATION = auto()
    """The node `about` is out."""
    UNBACKED = auto()
    """No support of the claim `about` holds."""
    UNBACKED_IN_CIRCLE = auto()
    """No chain of support that holds leads to the claim `about` from outside its circle."""
    CHAIN_STEP = auto()
    """The link `link` holds as a step of such a chain."""
    CHAIN_CLAIM = auto()
    """The claim `about` stands as a premise in such a chain."""
    GUARD = auto()
    """The link `link` commits its premise `about` to a conclusion that is out."""
    UNFOUNDED = auto()
    """The claim `about` is in a circle of necessities."""
    GIVEN_UP = auto()
    """The claim `about` is given up."""


class Role(NamedTuple):
    """What a node is there for; `about` is a node, `link` a link's number where there is one."""

    part: Part
    about: int
    link: int = -1


@dataclass(frozen=True, slots=True)
class Flattening:
    """A framework, and where the debate's claims and links are in it.

    `claim_nodes` has the node of each claim, `link_nodes` that of each link. A link that takes no
    part (a rebuttal across scopes, a dropped link) has node -1. `negations` has for a claim's node
    the node that is in exactly when the claim is out. `roles` says of every node that is neither a
    claim nor a link what it is.
    """

    framework: Framework
    profile: Profile
    claim_nodes: array[int]
    link_nodes: array[int]
    negations: Mapping[int, int]
    roles: Mapping[int, Role]

    def grounded_labels(self) -> list[int]:
        """The grounded label of each claim."""
        labels = grounded_labelling(self.framework).tolist()
        return [labels[node] for node in self.claim_nodes]


def flatten(
    debate: Debate,
    profile: Profile = Profile.REASON,
    *,
    order: Sequence[int] | None = None,
    changes: Changes | None = None,
    negate_all: bool = False,
) -> Flattening:
    """The framework of a debate; `order` lists value numbers, the most preferred first.

    With `negate_all` every claim has a negation, not only those that are premises.

    Values that the order leaves out rank below those it lists, and equal to each other. Cost:
    linear in claims and links; support cycles of k claims under profiles that ask for backing cost
    k times their links.
    """
    builder = _Builder(debate, profile, order, changes or Changes())
    if negate_all:
        builder.negate(np.asarray(builder.claim_nodes))
    return builder.result()


class _Builder:
    def __init__(
        self, debate: Debate, profile: Profile, order: Sequence[int] | None, changes: Changes
    ) -> None:
        self.debate = debate
        self.profile = profile
        self.changes = changes
        self.order = order
        self.ranks = None if order is None else ranking(order)
        self.sources = array("i")
        self.targets = array("i")
        self.size = 0
        self.roles: dict[int, Role] = {}
        self.steps = _support_steps(debate, changes)
        self.circles = _support_circles(debate, self.steps)
        self.negations: dict[int, int] = {}
        self.claim_nodes = self._claim_nodes()
        self.link_nodes = array("i", [-1]) * len(debate.link_iris)

    def result(self) -> Flattening:
        self._add_links()
        self._add_rivals()
        self._add_support()
        self._apply_changes()
        return Flattening(
            Framework(self.size, self.sources, self.targets),
            self.profile,
            self.claim_nodes,
            self.link_nodes,
            self.negations,
            self.roles,
        )

    # -- nodes and attacks ------------------------------------------------------------------

    def node(self) -> int:
        self.size += 1
        return self.size - 1

    def part(self, part: Part, about: int, link: int = -1) -> int:
        """A new node that is neither a claim nor a link."""
        node = self.node()
        self.roles[node] = Role(part, about, link)
        return node

    def attack(self, source: int, target: int) -> None:
        self.sources.append(source)
        self.targets.append(target)

    def negation(self, node: int) -> int:
        """The node that is in exactly when `node` is out."""
        if node not in self.negations:
            self.negations[node] = self.part(Part.NEGATION, node)
            self.attack(node, self.negations[node])
        return self.negations[node]

    def attack_all(self, sources: IntArray, targets: IntArray) -> None:
        """Attacks from each source to the target beside it."""
        self.sources.frombytes(sources.astype(np.int32).tobytes())
        self.targets.frombytes(targets.astype(np.int32).tobytes())

    def negate(self, nodes: IntArray) -> None:
        """See to it that each of these nodes has a negation, made in this order."""
        missing = [node for node in dict.fromkeys(nodes.tolist()) if node not in self.negations]
        made = range(self.size, self.size + len(missing))
        self.size += len(missing)
        self.negations.update(zip(missing, made, strict=True))
        self.roles.update(zip(made, map(Role, repeat(Part.NEGATION), missing), strict=False))
        self.sources.extend(missing)
        self.targets.extend(made)

    def _claim_nodes(self) -> array[int]:
        """A node for each position; under the deductive profile one for each circle of support."""
        position = np.array(self.debate.positions, dtype=np.int64)
        if self.profile is Profile.DEDUCTIVE:
            for circle in self.circles:
                position[circle] = min(circle)
            position = position[position]
        first = position == np.arange(position.size)
        self.size = int(np.count_nonzero(first))
        return array("i", (np.cumsum(first, dtype=np.int32) - 1)[position].tobytes())

    # -- links ------------------------------------------------------------------------------

    def _add_links(self) -> None:
        debate, count = self.debate, len(self.debate)
        active = np.ones(len(debate.link_iris), dtype=np.bool_)
        active[[*self.changes.dropped, *links_across_scopes(debate)]] = False
        nodes = np.full(active.size, -1, dtype=np.int32)
        nodes[active] = np.arange(self.size, self.size + np.count_nonzero(active))
        self.size += int(np.count_nonzero(active))
        self.link_nodes = array("i", nodes.tobytes())

        claims = np.asarray(self.claim_nodes)
        link, premise = premises_by_link(debate)
        link, premise = link[active[link]], premise[active[link]]
        self.negate(claims[premise])
        negation = np.full(count + 1, -1, dtype=np.int32)
        negation[list(self.negations)] = list(self.negations.values())
        self.attack_all(negation[claims[premise]], nodes[link])

        attacking = np.flatnonzero(active & np.isin(debate.link_kinds, _ATTACKING))
        target = np.asarray(debate.link_conclusions)[attacking]
        on_links = nodes[target[target >= count] - count]
        self.attack_all(nodes[attacking[target >= count]][on_links >= 0], on_links[on_links >= 0])
        on_claims = attacking[target < count]
        if self.ranks is not None:
            failing = failing_rebuttals(debate, on_claims.tolist(), self.ranks)
            on_claims = np.setdiff1d(on_claims, failing)
        self.attack_all(nodes[on_claims], claims[np.asarray(debate.link_conclusions)[on_claims]])

    def _add_rivals(self) -> None:
        for one, other in rival_pairs(self.debate, self.order):
            if self.claim_nodes[one] != self.claim_nodes[other]:
                self.attack(self.claim_nodes[one], self.claim_nodes[other])

    # -- support ----------------------------------------------------------------------------

    def _add_support(self) -> None:
        if self.profile is Profile.NECESSARY:
            self._add_necessary()
        elif self.profile is Profile.DEDUCTIVE:
            self._add_deductive()
        self._add_backing()

    def _add_necessary(self) -> None:
        for link in self.steps:
            target = self.claim_nodes[self.debate.link_conclusions[link]]
            self.attack(self.negation(self.link_nodes[link]), target)
        for circle in self.circles:  # a circle of necessities has no foundation
            for position in sorted(circle):
                node = self.claim_nodes[position]
                self.attack(self.part(Part.UNFOUNDED, node), node)

    def _add_deductive(self) -> None:
        """For each step: a guard that is in when the conclusion is out and the step not undercut.

        The guard attacks each premise, unless another joint premise is out already.
        """
        debate, count = self.debate, len(self.debate)
        undercuts = defaultdict(list)
        for link, target in enumerate(debate.link_conclusions):
            if (
                target >= count
                and debate.link_kinds[link] == LinkKind.UNDERCUT
                and self.link_nodes[link] >= 0
            ):
                undercuts[target - count].append(self.link_nodes[link])
        for link in self.steps:
            conclusion = self.claim_nodes[debate.link_conclusions[link]]
            premises = sorted({self.claim_nodes[p] for p in debate.link_premises[link]})
            for premise in premises:
                if premise == conclusion:
                    continue
                guard = self.part(Part.GUARD, premise, link)
                self.attack(conclusion, guard)
                self.attack(guard, premise)
                for node in undercuts[link]:
                    self.attack(node, guard)
                for other in premises:
                    if other != premise:
                        self.attack(self.negation(other), guard)

    def _add_backing(self) -> None:
        needing = self._needing_backing()
        if not needing:
            return
        steps_to: dict[int, list[int]] = defaultdict(list)
        for link in self.steps:
            steps_to[self.claim_nodes[self.debate.link_conclusions[link]]].append(link)
        circle_of = {self.claim_nodes[p]: circle for circle in self.circles for p in circle}
        levels = _Levels(self, steps_to)
        for node in sorted(needing):
            if node in circle_of:
                levels.add(node, circle_of[node])
                continue
            unbacked = self.part(Part.UNBACKED, node)
            self.attack(unbacked, node)
            for link in steps_to[node]:
                self.attack(self.link_nodes[link], unbacked)

    def _needing_backing(self) -> set[int]:
        debate = self.debate
        asking = np.flatnonzero(np.frombuffer(debate.claim_needs_backing, dtype=np.bool_))
        asked = {self.claim_nodes[claim] for claim in asking.tolist()}
        if self.profile is Profile.EVIDENTIAL:
            evidence = {
                self.claim_nodes[c]
                for c in range(len(debate))
                if _KINDS[debate.claim_kinds[c]] is ClaimKind.EVIDENCE
            }
            asked |= set(self.claim_nodes) - evidence
        return asked

    # -- changes of mind --------------------------------------------------------------------

    def _apply_changes(self) -> None:
        accepted = {self.claim_nodes[claim] for claim in self.changes.accepted}
        if accepted:
            sources, targets = np.asarray(self.sources), np.asarray(self.targets)
            kept = ~np.isin(targets, sorted(accepted))
            self.sources = array("i", sources[kept].tobytes())
            self.targets = array("i", targets[kept].tobytes())
        for claim in sorted(self.changes.rejected):
            node = self.claim_nodes[claim]
            self.attack(self.part(Part.GIVEN_UP, node), node)


class _Levels:
    """Backing inside a circle of supports, counted in steps from outside the circle.

    Claims that only support each other have no foundation. So each claim ``y`` of a circle of k
    claims gets copies y₁ … yₖ: copy i stands if y's attackers are out and y is backed from outside,
    or by a copy i - 1 of another claim of the circle. The claim itself is backed if its k-th copy
    would be: a chain of support that never visits a claim twice is no longer than the circle.
    """

    def __init__(self, builder: _Builder, steps_to: dict[int, list[int]]) -> None:
        self.builder = builder
        self.steps_to = steps_to
        self.unbacked: dict[tuple[int, int], int] = {}
        self.attackers: dict[int, list[int]] | None = None

    def add(self, node: int, circle: Collection[int]) -> None:
        members = {self.builder.claim_nodes[position] for position in circle}
        self.builder.attack(self._unbacked(node, len(members), members), node)

    def _unbacked(self, node: int, level: int, members: set[int]) -> int:
        key = node, level
        if key in self.unbacked:
            return self.unbacked[key]
        waiting = [(n, i) for i in range(1, level + 1) for n in sorted(members)]
        for n, i in waiting:
            if (n, i) not in self.unbacked:
                self.unbacked[n, i] = self._unbacked_at(n, i, members)
        return self.unbacked[key]

    def _unbacked_at(self, node: int, level: int, members: set[int]) -> int:
        builder = self.builder
        unbacked = builder.part(Part.UNBACKED_IN_CIRCLE, node)
        for link in self.steps_to[node]:
            premises = {builder.claim_nodes[p] for p in builder.debate.link_premises[link]}
            inside = premises & members
            if not inside:
                builder.attack(builder.link_nodes[link], unbacked)
            elif level > 1:
                step = builder.part(Part.CHAIN_STEP, node, link)
                for attacker in self._undercutting(builder.link_nodes[link]):
                    builder.attack(attacker, step)
                for premise in sorted(premises - members):
                    builder.attack(builder.negation(premise), step)
                for premise in sorted(inside):
                    copy = self._copy(premise, level - 1)
                    builder.attack(builder.negation(copy), step)
                builder.attack(step, unbacked)
        return unbacked

    def _copy(self, node: int, level: int) -> int:
        """A node with the attackers of `node`, which stands if `node` is backed within `level`."""
        key = -node - 1, level
        if key not in self.unbacked:
            copy = self.builder.part(Part.CHAIN_CLAIM, node)
            for attacker in self._attackers_of(node):
                self.builder.attack(attacker, copy)
            self.builder.attack(self.unbacked[node, level], copy)
            self.unbacked[key] = copy
        return self.unbacked[key]

    def _undercutting(self, link_node: int) -> list[int]:
        negations = set(self.builder.negations.values())
        return [node for node in self._attackers_of(link_node) if node not in negations]

    def _attackers_of(self, node: int) -> list[int]:
        """Who attacks a node apart from want of backing: known before backing is added."""
        if self.attackers is None:
            self.attackers = defaultdict(list)
            for source, target in zip(self.builder.sources, self.builder.targets, strict=True):
                self.attackers[target].append(source)
        return self.attackers.get(node, [])


def _support_steps(debate: Debate, changes: Changes) -> list[int]:
    """The links that support a claim and are not dropped."""
    support = ~np.isin(debate.link_kinds, _ATTACKING)
    support &= np.asarray(debate.link_conclusions) < len(debate)
    support[list(changes.dropped)] = False
    found: list[int] = np.flatnonzero(support).tolist()
    return found


def _support_circles(debate: Debate, steps: Sequence[int]) -> list[list[int]]:
    """The positions that support each other in a circle, each circle ascending."""
    position = np.asarray(debate.positions)
    link, premise = premises_by_link(debate)
    taken = np.zeros(len(debate.link_iris), dtype=np.bool_)
    taken[steps] = True
    source = position[premise[taken[link]]]
    target = position[np.asarray(debate.link_conclusions)[link[taken[link]]]]
    component, count = strong_components(Framework(len(debate), source, target))
    circular = np.bincount(component, minlength=count) > 1
    circular[component[source[source == target]]] = True
    members = defaultdict(list)
    for claim in np.flatnonzero(circular[component]).tolist():
        members[int(component[claim])].append(claim)
    return sorted(members.values())
