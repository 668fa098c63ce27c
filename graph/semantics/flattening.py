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
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ..debate import Debate
from ..terms import ClaimKind, LinkKind
from .components import strong_components
from .framework import Framework
from .grounded import grounded_labelling
from .preferences import ranking, rebuttal_fails
from .profiles import Profile

_KINDS = tuple(ClaimKind)


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


@dataclass(frozen=True, slots=True)
class Role:
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
        for node in sorted(set(builder.claim_nodes)):
            builder.negation(node)
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
        self.position = self._merged_positions()
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

    def _merged_positions(self) -> array[int]:
        """Positions; under the deductive profile claims that support each other in a circle too."""
        positions = array("i", self.debate.positions)
        if self.profile is Profile.DEDUCTIVE:
            for circle in self.circles:
                low = min(circle)
                for position in circle:
                    positions[position] = low
            positions = array("i", (positions[p] for p in positions))
        return positions

    def _claim_nodes(self) -> array[int]:
        nodes: dict[int, int] = {}
        for position in self.position:
            if position not in nodes:
                nodes[position] = self.node()
        return array("i", (nodes[position] for position in self.position))

    # -- links ------------------------------------------------------------------------------

    def _add_links(self) -> None:
        debate, count = self.debate, len(self.debate)
        for link in range(len(debate.link_iris)):
            if link not in self.changes.dropped and not across_scopes(debate, link):
                self.link_nodes[link] = self.node()
        for link, node in enumerate(self.link_nodes):
            if node < 0:
                continue
            for premise in debate.link_premises[link]:
                self.attack(self.negation(self.claim_nodes[premise]), node)
            if not LinkKind(debate.link_kinds[link]).attacks:
                continue
            target = debate.link_conclusions[link]
            if target < count:
                if not self._fails(debate.link_premises[link], target):
                    self.attack(node, self.claim_nodes[target])
            elif (hit := self.link_nodes[target - count]) >= 0:
                self.attack(node, hit)

    def _fails(self, premises: Iterable[int], target: int) -> bool:
        """Whether the audience's preference lets a rebuttal fail."""
        return self.ranks is not None and rebuttal_fails(self.debate, premises, target, self.ranks)

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
        steps_to: dict[int, list[int]] = defaultdict(list)
        for link in self.steps:
            steps_to[self.claim_nodes[self.debate.link_conclusions[link]]].append(link)
        circle_of = {self.claim_nodes[p]: circle for circle in self.circles for p in circle}
        levels = _Levels(self, steps_to)
        for node in sorted(self._needing_backing()):
            if node in circle_of:
                levels.add(node, circle_of[node])
                continue
            unbacked = self.part(Part.UNBACKED, node)
            self.attack(unbacked, node)
            for link in steps_to[node]:
                self.attack(self.link_nodes[link], unbacked)

    def _needing_backing(self) -> set[int]:
        debate = self.debate
        asked = {self.claim_nodes[c] for c in range(len(debate)) if debate.claim_needs_backing[c]}
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
            kept = [n for n, target in enumerate(self.targets) if target not in accepted]
            self.sources = array("i", (self.sources[n] for n in kept))
            self.targets = array("i", (self.targets[n] for n in kept))
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


def across_scopes(debate: Debate, link: int) -> bool:
    """Whether a link is a rebuttal whose premises and target speak of disjoint domains."""
    target = debate.link_conclusions[link]
    if debate.link_kinds[link] != LinkKind.REBUTTAL or target >= len(debate):
        return False
    theirs = _scope(debate, target)
    return bool(theirs) and all(
        (ours := _scope(debate, premise)) and not ours & theirs
        for premise in debate.link_premises[link]
    )


def _scope(debate: Debate, claim: int) -> set[int]:
    return {t for scope in debate.claim_scopes[claim] for t in debate.topics_under(scope)}


def active_links(debate: Debate, order: Sequence[int] | None = None) -> list[int]:
    """The links that take part: none across scopes, none that the audience lets fail.

    A link that ends on one that takes no part takes none either.
    """
    ranks = None if order is None else ranking(order)
    count = len(debate)
    out = {
        link
        for link, target in enumerate(debate.link_conclusions)
        if across_scopes(debate, link)
        or (
            ranks is not None
            and debate.link_kinds[link] == LinkKind.REBUTTAL
            and target < count
            and rebuttal_fails(debate, debate.link_premises[link], target, ranks)
        )
    }
    waiting = list(out)
    while waiting:
        for link in debate.links_to[count + waiting.pop()]:
            if link not in out:
                out.add(link)
                waiting.append(link)
    return [link for link in range(len(debate.link_iris)) if link not in out]


def rival_pairs(debate: Debate, order: Sequence[int] | None = None) -> list[tuple[int, int]]:
    """Claims that attack each other as rival answers, without a rebuttal that says so already.

    Each pair is (attacker, attacked); pairs that the audience lets fail are left out.
    """
    ranks = None if order is None else ranking(order)
    positions = debate.positions
    known = {
        (positions[debate.link_premises[link][0]], positions[target])
        for link, target in enumerate(debate.link_conclusions)
        if debate.link_kinds[link] == LinkKind.REBUTTAL
        and target < len(debate)
        and len(debate.link_premises[link]) == 1
    }
    found = []
    for number, question in enumerate(debate.questions):
        answers = debate.answers_to[number] if question.exclusive else ()
        for one in answers:
            for other in answers:
                pair = positions[one], positions[other]
                if pair[0] == pair[1] or pair in known:
                    continue
                if ranks is None or not rebuttal_fails(debate, [one], other, ranks):
                    known.add(pair)
                    found.append((one, other))
    return found


def _support_steps(debate: Debate, changes: Changes) -> list[int]:
    """The links that support a claim and are not dropped."""
    return [
        link
        for link, kind in enumerate(debate.link_kinds)
        if not LinkKind(kind).attacks
        and debate.link_conclusions[link] < len(debate)
        and link not in changes.dropped
    ]


def _support_circles(debate: Debate, steps: Sequence[int]) -> list[list[int]]:
    """The positions that support each other in a circle, each circle ascending."""
    positions = debate.positions
    edges = sorted(
        {
            (positions[premise], positions[debate.link_conclusions[link]])
            for link in steps
            for premise in debate.link_premises[link]
        }
    )
    if not edges:
        return []
    labels, _count = strong_components(Framework.from_pairs(len(debate), edges))
    members = defaultdict(set)
    loops = {a for a, b in edges if a == b}
    for position in {p for edge in edges for p in edge}:
        members[int(labels[position])].add(position)
    return sorted(
        sorted(circle) for circle in members.values() if len(circle) > 1 or circle & loops
    )
