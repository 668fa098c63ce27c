"""Why a claim stands or falls: the shortest chain of attack and defence, in sentences.

Grounded labels are given in rounds: a claim without attackers in the first, and each other claim or
link as soon as its label is settled. An explanation follows the rounds downwards, so it never goes
in a circle, and of several reasons it takes the one settled first.
"""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from ..debate import Debate
from ..terms import LinkKind
from .effects import rival_pairs
from .flattening import Changes, Flattening, Part, flatten
from .framework import IN, OUT, UNDECIDED
from .grounded import grounded_labelling
from .preferences import ranking, rebuttal_fails
from .profiles import Profile
from .rounds import settling_rounds

MOST_STEPS = 60
"""How deep an explanation goes; beyond, it says that there are further reasons."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence about a claim or a step, and the sentences that say why.

    `claim` is the number of the claim it is about, or nothing where it is about a step.
    """

    sentence: str
    claim: int | None
    because: tuple[Reason, ...] = ()

    def lines(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        """Depth and sentence of this reason and all below it, in reading order."""
        waiting = [(depth, self)]
        while waiting:
            level, reason = waiting.pop()
            yield level, reason.sentence
            waiting += [(level + 1, below) for below in reversed(reason.because)]


def explain(
    debate: Debate,
    claim: int,
    profile: Profile = Profile.REASON,
    *,
    order: Sequence[int] | None = None,
    changes: Changes | None = None,
) -> Reason:
    """Why claim number `claim` is in, out or undecided under grounded semantics.

    A reason already given is not given again: it is referred to by its claim's name.
    """
    flat = flatten(debate, profile, order=order, changes=changes)
    (reason,) = explanations(debate, flat, [claim], order=order, changes=changes)
    return reason


def explanations(
    debate: Debate,
    flat: Flattening,
    claims: Iterable[int],
    *,
    order: Sequence[int] | None = None,
    changes: Changes | None = None,
) -> Iterator[Reason]:
    """The same for several claims, in a framework that was made with `order` and `changes`."""
    conceded = {flat.claim_nodes[accepted] for accepted in changes.accepted} if changes else set()
    explainer = _Explainer(debate, flat, conceded, _without_effect(debate, flat, order))
    return map(explainer.of_claim, claims)


def _without_effect(
    debate: Debate, flat: Flattening, order: Sequence[int] | None
) -> Mapping[int, list[tuple[int, ...]]]:
    """Node of a claim → the premises of each attack on it that the audience lets fail."""
    found: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    if order is None:
        return found
    ranks = ranking(order)
    attacks = [
        (tuple(debate.link_premises[link]), target)
        for link, target in enumerate(debate.link_conclusions)
        if debate.link_kinds[link] == LinkKind.REBUTTAL
        and target < len(debate)
        and flat.link_nodes[link] >= 0
    ]
    attacks += [((rival,), target) for rival, target in rival_pairs(debate)]
    for premises, target in attacks:
        if rebuttal_fails(debate, premises, target, ranks):
            found[flat.claim_nodes[target]].append(premises)
    return found


class _Explainer:
    def __init__(
        self,
        debate: Debate,
        flat: Flattening,
        conceded: Collection[int],
        without_effect: Mapping[int, Sequence[tuple[int, ...]]],
    ) -> None:
        self.debate = debate
        self.framework = flat.framework
        self.claim_nodes = flat.claim_nodes
        self.link_nodes = flat.link_nodes
        self.roles = flat.roles
        self.conceded = conceded
        self.without_effect = without_effect
        self.labels = grounded_labelling(flat.framework).tolist()
        self.rounds = settling_rounds(flat.framework, self.labels)
        self.first_of: dict[int, int] = {}
        for number, node in enumerate(flat.claim_nodes):
            self.first_of.setdefault(node, number)
        self.claim_of: MutableMapping[int, int] = self.first_of
        self.link_of = {node: n for n, node in enumerate(flat.link_nodes) if node >= 0}
        self.told: set[int] = set()
        self.depth = 0

    def of_claim(self, claim: int) -> Reason:
        """The reason for the label of a claim, told from the beginning."""
        node = self.claim_nodes[claim]
        # of claims that restate each other, the one asked about stands for all
        self.claim_of = ChainMap({node: claim}, self.first_of)
        self.told = set()
        return self._of_claim(node)

    def of_node(self, node: int) -> Reason:
        """The reason for the label of a claim or a link."""
        return self._of_link(node) if node in self.link_of else self._of_claim(node)

    # -- claims -----------------------------------------------------------------------------

    def _of_claim(self, node: int) -> Reason:
        claim = self.claim_of[node]
        name = self._named(claim)
        if node in self.told:
            return Reason(f"{name} {_VERBS[self.labels[node]]}, as said above.", claim)
        if self.depth == MOST_STEPS:
            return Reason(f"{name} {_VERBS[self.labels[node]]}, for reasons further off.", claim)
        self.told.add(node)
        self.depth += 1
        reason = self._with_reasons(node, claim, name)
        self.depth -= 1
        return reason

    def _with_reasons(self, node: int, claim: int, name: str) -> Reason:
        attackers = self._attackers(node)
        if self.labels[node] == IN:
            how = self._how_it_stands(node)
            because = [self._why_out(a) for a in self._by_round(attackers)]
            if how == _BACKED:
                because = [below for reason in because for below in reason.because]
            because += [
                Reason(f"{who} but {does_not} prevail for this audience.", None)
                for who, does_not in sorted(map(self._attack_of, self.without_effect.get(node, ())))
            ]
            return Reason(f"{name} stands: {how}.", claim, tuple(because))
        if self.labels[node] == OUT:
            winner = self._by_round(a for a in attackers if self.labels[a] == IN)[0]
            return Reason(f"{name} falls.", claim, (self._why_in(winner),))
        doubtful = [a for a in attackers if self.labels[a] == UNDECIDED]
        rivals = sorted({self._source(a) for a in doubtful if a not in self.roles})
        why = sorted({self._doubt(a) for a in doubtful if a in self.roles})
        if rivals:
            attacked = f"it is attacked by {' and '.join(rivals)}, and neither side prevails"
            why.insert(0, attacked)
        return Reason(f"{name} is undecided: {'; '.join(why)}.", claim)

    def _how_it_stands(self, node: int) -> str:
        if node in self.conceded:
            return "it is conceded"
        attackers = self._attackers(node)
        if node in self.without_effect or any(a not in self.roles for a in attackers):
            return "every attack on it fails"
        ways = sorted({_WAYS[self.roles[a].part] for a in attackers})
        return " and ".join(ways) or "nothing attacks it"

    def _attack_of(self, premises: Sequence[int]) -> tuple[str, str]:
        names = " and ".join(self._named(premise) for premise in premises)
        if len(premises) > 1:
            return f"{names} together attack it", "do not"
        return f"{names} attacks it", "does not"

    def _why_in(self, node: int) -> Reason:
        """Why something that attacks a claim prevails."""
        if node in self.link_of:
            return self._of_link(node)
        if node in self.claim_of:
            rival = self._of_claim(node)
            return Reason("A rival answer to the same question prevails.", None, (rival,))
        role = self.roles[node]
        match role.part:
            case Part.GIVEN_UP | Part.UNFOUNDED:
                return Reason(_GROUNDS[role.part], None)
            case Part.NEGATION:
                needs = "It needs every step that supports it, and one fails."
                return Reason(needs, None, (self.of_node(role.about),))
            case Part.GUARD:
                return self._commitment(node)
            case _:
                return self._want_of_backing(node)

    def _why_out(self, node: int) -> Reason:
        """Why something that attacks a claim fails."""
        if node not in self.roles:
            return self.of_node(node)
        role = self.roles[node]
        if role.part is Part.NEGATION:
            return self.of_node(role.about)
        winner = self._by_round(a for a in self._attackers(node) if self.labels[a] == IN)[0]
        if role.part is not Part.GUARD:
            return Reason("It is backed.", None, (self._of_link(self._as_link(winner)),))
        conclusion = self._named(self.debate.link_conclusions[role.link])
        if winner in self.link_of:
            undercut = f"The step from it to {conclusion} is undercut."
            return Reason(undercut, None, (self._of_link(winner),))
        if winner in self.claim_of:
            stands = f"It commits to {conclusion}, which stands."
            return Reason(stands, None, (self._of_claim(winner),))
        other = self.roles[winner].about
        apart = f"It commits to {conclusion} only together with {self._named(self.claim_of[other])}"
        return Reason(f"{apart}, which falls.", None, (self._of_claim(other),))

    def _commitment(self, guard: int) -> Reason:
        """Deductive support: the conclusion falls, and the other premises stand."""
        link = self.roles[guard].link
        premises = " and ".join(self._named(p) for p in self.debate.link_premises[link])
        conclusion = self.debate.link_conclusions[link]
        others = [
            self.roles[a].about for a in self._by_round(self._attackers(guard)) if a in self.roles
        ]
        because = [self._of_claim(n) for n in (self.claim_nodes[conclusion], *others)]
        must = f"Whoever accepts {premises} must accept {self._named(conclusion)}, which falls."
        return Reason(must, None, tuple(because))

    def _want_of_backing(self, node: int) -> Reason:
        attackers = self._attackers(node)
        failing = {self._as_link(a) for a in attackers}
        if self.roles[node].part is Part.UNBACKED_IN_CIRCLE:
            # what fails only because the circle does is no reason for it
            failing = {link for link in failing if self.rounds[link] < self.rounds[node]}
            what = "no chain of support that holds leads to it from outside its circle"
        else:
            what = "no support of it holds" if attackers else "nothing backs it"
        because = tuple(self._of_link(link) for link in self._by_round(failing))
        return Reason(f"It needs backing, and {what}.", None, because)

    def _doubt(self, node: int) -> str:
        """What is undecided about an attacker that is neither claim nor link."""
        role = self.roles[node]
        if role.part is Part.NEGATION:
            step = self._step_of(role.about)
            return f"it is open whether a step that it needs holds, that {step}"
        if role.part is Part.GUARD:
            conclusion = self._named(self.debate.link_conclusions[role.link])
            return f"it leads to {conclusion}, and it is open whether that counts against it"
        return "it is open whether it is backed"

    # -- links ------------------------------------------------------------------------------

    def _of_link(self, node: int) -> Reason:
        what = self._step_of(node)
        attackers = self._attackers(node)
        if self.labels[node] == IN:
            premises = [self.roles[a].about for a in attackers if a in self.roles]
            undercuts = [a for a in attackers if a in self.link_of]
            because = [self._of_claim(p) for p in self._by_round(premises)]
            because += [self._of_link(a) for a in self._by_round(undercuts)]
            return Reason(f"{what}.", None, tuple(because))
        if self.labels[node] == UNDECIDED:
            return Reason(f"It is undecided whether {what[0].lower()}{what[1:]}.", None)
        winner = self._by_round(a for a in attackers if self.labels[a] == IN)[0]
        if winner in self.roles:
            fallen = self._of_claim(self.roles[winner].about)
            return Reason(f"{what}, but its premise falls.", None, (fallen,))
        return Reason(f"{what}, but the step is undercut.", None, (self._of_link(winner),))

    def _as_link(self, node: int) -> int:
        """The node of a link, given that or the link's part in a chain."""
        return node if node in self.link_of else self.link_nodes[self.roles[node].link]

    def _step_of(self, node: int) -> str:
        return self._step(self.link_of[node])

    def _step(self, link: int) -> str:
        debate = self.debate
        premises = " and ".join(self._named(p) for p in debate.link_premises[link])
        several = len(debate.link_premises[link]) > 1
        verb = LinkKind(debate.link_kinds[link]).verb
        if several:
            verb = "together " + {"is evidence for": "are evidence for"}.get(verb, verb[:-1])
        target = debate.link_conclusions[link]
        if target < len(debate):
            return f"{premises} {verb} {self._named(target)}"
        step = self._step(target - len(debate))
        return f"{premises} {verb} the step that {step}"

    def _source(self, node: int) -> str:
        """Who attacks: the rival claim, or the premises of the link."""
        if node in self.claim_of:
            return self._named(self.claim_of[node])
        premises = self.debate.link_premises[self.link_of[node]]
        return " and ".join(self._named(p) for p in premises)

    def _named(self, claim: int) -> str:
        return f"“{self.debate.name(self.debate.claim_iris[claim])}”"

    def _attackers(self, node: int) -> list[int]:
        return [int(attacker) for attacker in self.framework.attackers_of(node)]

    def _by_round(self, nodes: Iterable[int]) -> list[int]:
        return sorted(nodes, key=lambda node: (self.rounds[node], node))


_VERBS = {IN: "stands", OUT: "falls", UNDECIDED: "is undecided"}
_BACKED = "it is backed"
_WAYS = {
    Part.UNBACKED: _BACKED,
    Part.UNBACKED_IN_CIRCLE: _BACKED,
    Part.NEGATION: "every step that supports it holds",
    Part.GUARD: "nothing that follows from it counts against it",
}
_GROUNDS = {
    Part.GIVEN_UP: "It is given up.",
    Part.UNFOUNDED: "It needs claims that need it in turn: such a circle has no foundation.",
}
