"""Replies: which side of a quarrel has attacked what another side says."""

from __future__ import annotations

from collections.abc import Sequence

from ..debate import Debate
from ..terms import LinkKind


class Replies:
    """The attacks of a debate by the claim they start from; for many quarrels of one debate."""

    def __init__(self, debate: Debate) -> None:
        count = len(debate)
        self._hit: dict[int, list[frozenset[int]]] = {}
        """Claim → for each of its attacks the claim it ends on, or the premises of the step."""
        for link, kind in enumerate(debate.link_kinds):
            if LinkKind(kind).attacks:
                node = debate.link_conclusions[link]
                hit = {node} if node < count else debate.link_premises[node - count]
                for premise in debate.link_premises[link]:
                    self._hit.setdefault(premise, []).append(frozenset(hit))
        self._attackers = frozenset(self._hit)

    def among(self, cases: Sequence[frozenset[int]]) -> frozenset[int]:
        """The places of those cases from which an attack goes to a claim or a step of another."""
        return frozenset(n for n in range(len(cases)) if self._replies(n, cases))

    def _replies(self, number: int, cases: Sequence[frozenset[int]]) -> bool:
        case = cases[number]
        others = frozenset().union(*(other for n, other in enumerate(cases) if n != number)) - case
        attackers = case & self._attackers
        return any(hit & others for claim in attackers for hit in self._hit[claim])
