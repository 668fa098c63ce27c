"""Why a claim stands or falls: the shortest chain of attack and defence, in sentences.

Grounded labels are given in rounds: a claim without attackers in the first, and each other claim or
link as soon as its label is settled. An explanation follows the rounds downwards, so it never goes
in a circle, and of several reasons it takes the one settled first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..debate import Debate
from ..terms import LinkKind
from .flattening import Changes, Flattening, flatten
from .framework import IN, OUT, UNDECIDED
from .grounded import grounded_labelling
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
    return _Explainer(debate, flat).of_node(flat.claim_nodes[claim])


class _Explainer:
    def __init__(self, debate: Debate, flat: Flattening) -> None:
        self.debate = debate
        self.framework = flat.framework
        self.labels = grounded_labelling(flat.framework).tolist()
        self.rounds = settling_rounds(flat.framework, self.labels)
        self.claim_of: dict[int, int] = {}
        for number, node in enumerate(flat.claim_nodes):
            self.claim_of.setdefault(node, number)
        self.link_of = {node: n for n, node in enumerate(flat.link_nodes) if node >= 0}
        self.negated = self._negations()
        self.told: set[int] = set()
        self.depth = 0

    def _negations(self) -> dict[int, int]:
        """Node of ``~x`` → x, for the nodes that are neither claim nor link."""
        found = {}
        for node in range(self.framework.size):
            attackers = self.framework.attackers_of(node)
            if node in self.claim_of or node in self.link_of or len(attackers) != 1:
                continue
            found[node] = int(attackers[0])
        return found

    def of_node(self, node: int) -> Reason:
        if node in self.link_of:
            return self._of_link(node)
        if node in self.claim_of:
            return self._of_claim(node)
        return self._of_want_of_backing(node)

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
        attackers = [int(a) for a in self.framework.attackers_of(node)]
        if self.labels[node] == IN:
            if not attackers:
                return Reason(f"{name} stands: nothing attacks it.", claim)
            because = tuple(self._why_out(a) for a in self._by_round(attackers))
            return Reason(f"{name} stands: every attack on it fails.", claim, because)
        if self.labels[node] == OUT:
            winner = self._by_round(a for a in attackers if self.labels[a] == IN)[0]
            return Reason(f"{name} falls.", claim, (self._why_in(winner),))
        open_attackers = [a for a in attackers if self.labels[a] == UNDECIDED]
        rivals = " and ".join(sorted({self._source(a) for a in open_attackers}))
        return Reason(
            f"{name} is undecided: it is attacked by {rivals}, and neither side prevails.", claim
        )

    def _why_in(self, node: int) -> Reason:
        """Why something that attacks prevails."""
        if node in self.link_of:
            return self._of_link(node)
        if node in self.claim_of:
            rival = self._of_claim(node)
            return Reason("A rival answer to the same question prevails.", None, (rival,))
        return self._of_want_of_backing(node)

    def _why_out(self, node: int) -> Reason:
        """Why something that attacks fails."""
        if node in self.link_of or node in self.claim_of:
            return self.of_node(node)
        backing = self._by_round(
            int(a) for a in self.framework.attackers_of(node) if self.labels[int(a)] == IN
        )
        return Reason("It is backed.", None, tuple(self._why_in(a) for a in backing[:1]))

    def _of_want_of_backing(self, node: int) -> Reason:
        steps = [int(a) for a in self.framework.attackers_of(node)]
        if not steps:
            return Reason("It needs backing, and nothing backs it.", None)
        because = tuple(self.of_node(a) for a in self._by_round(steps) if a in self.link_of)
        return Reason("It needs backing, and no support of it holds.", None, because)

    # -- links ------------------------------------------------------------------------------

    def _of_link(self, node: int) -> Reason:
        what = self._step(self.link_of[node])
        attackers = [int(a) for a in self.framework.attackers_of(node)]
        if self.labels[node] == IN:
            premises = [self.negated[a] for a in attackers if a in self.negated]
            undercuts = [a for a in attackers if a in self.link_of]
            because = [self._of_claim(p) for p in self._by_round(premises)]
            because += [self._of_link(a) for a in self._by_round(undercuts)]
            return Reason(f"{what}.", None, tuple(because))
        if self.labels[node] == UNDECIDED:
            return Reason(f"It is undecided whether {what[0].lower()}{what[1:]}.", None)
        winner = self._by_round(a for a in attackers if self.labels[a] == IN)[0]
        if winner in self.negated:
            fallen = self._of_claim(self.negated[winner])
            return Reason(f"{what}, but its premise falls.", None, (fallen,))
        return Reason(f"{what}, but the step is undercut.", None, (self._of_link(winner),))

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
        if node in self.claim_of:
            return self._named(self.claim_of[node])
        if node in self.link_of:
            premises = self.debate.link_premises[self.link_of[node]]
            return " and ".join(self._named(p) for p in premises)
        return "want of backing"

    def _named(self, claim: int) -> str:
        return f"“{self.debate.name(self.debate.claim_iris[claim])}”"

    def _by_round(self, nodes: Sequence[int] | Iterator[int]) -> list[int]:
        return sorted(nodes, key=lambda node: (self.rounds[node], node))


_VERBS = {IN: "stands", OUT: "falls", UNDECIDED: "is undecided"}
