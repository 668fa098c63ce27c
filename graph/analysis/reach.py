"""Which claims bear on which, along the links of a debate."""

from __future__ import annotations

from collections.abc import Iterable

from ..debate import Debate
from ..terms import LinkKind

SUPPORTING = frozenset({LinkKind.SUPPORT, LinkKind.EVIDENCE})


def is_attacked(debate: Debate, claim: int) -> bool:
    """Whether a rebuttal ends on the claim."""
    return any(LinkKind(debate.link_kinds[link]).attacks for link in debate.links_to[claim])


def bearing_on(debate: Debate, claims: Iterable[int]) -> frozenset[int]:
    """Every claim from which a chain of links, of any kind, leads to one of `claims`.

    The claims themselves are left out. A claim that undercuts a step on the way bears on it too.
    """
    count = len(debate)
    start = set(claims)
    waiting = list(start)
    seen = set(start)
    while waiting:
        node = waiting.pop()
        for link in debate.links_to[node]:
            for before in (*debate.link_premises[link], count + link):
                if before not in seen:
                    seen.add(before)
                    waiting.append(before)
    return frozenset(node for node in seen if node < count) - start


def hanging_on(debate: Debate, claims: Iterable[int]) -> frozenset[int]:
    """Every claim to which a chain of links, of any kind, leads from one of `claims`."""
    count = len(debate)
    start = set(claims)
    waiting = list(start)
    seen = set(start)
    while waiting:
        claim = waiting.pop()
        for link in debate.links_from[claim]:
            node = debate.link_conclusions[link]
            while node >= count:  # an undercut hangs on what the undercut link leads to
                node = debate.link_conclusions[node - count]
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return frozenset(seen) - start


class Backing:
    """What backs the claims of a debate; for many questions about one debate.

    `supporters` has for each claim the premises of its supports and of the evidence for it.
    """

    def __init__(self, debate: Debate) -> None:
        self.supporters: list[list[int]] = [[] for _ in range(len(debate))]
        for link, kind in enumerate(debate.link_kinds):
            conclusion = debate.link_conclusions[link]
            if kind in SUPPORTING and conclusion < len(debate):
                self.supporters[conclusion].extend(debate.link_premises[link])

    def of(self, claims: Iterable[int]) -> frozenset[int]:
        """Every claim that supports `claims` or is evidence for them, at once or through others."""
        start = set(claims)
        waiting = list(start)
        seen = set(start)
        while waiting:
            for premise in self.supporters[waiting.pop()]:
                if premise not in seen:
                    seen.add(premise)
                    waiting.append(premise)
        return frozenset(seen - start)


def backing_of(debate: Debate, claims: Iterable[int]) -> frozenset[int]:
    """Every claim that supports `claims` or is evidence for them, directly or through others."""
    return Backing(debate).of(claims)
