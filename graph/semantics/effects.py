"""Which links of a debate have an effect, and which claims are rivals.

A rebuttal across disjoint scopes has none, nor has one that an audience's preference lets fail
(Bench-Capon 2003). Rival answers to an exclusive question attack each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from ..debate import Debate
from ..terms import LinkKind
from .framework import IntArray
from .preferences import ranking, rebuttal_fails


def _is_across_scopes(debate: Debate, link: int) -> bool:
    """Whether this link is one of `links_across_scopes`."""
    target = debate.link_conclusions[link]
    if debate.link_kinds[link] != LinkKind.REBUTTAL or target >= len(debate):
        return False
    theirs = _scope(debate, target)
    return bool(theirs) and all(
        (ours := _scope(debate, premise)) and not ours & theirs
        for premise in debate.link_premises[link]
    )


def links_across_scopes(debate: Debate) -> list[int]:
    """The rebuttals whose premises and target speak of disjoint domains."""
    scoped = np.diff(np.asarray(debate.claim_scopes.starts)) > 0
    target = np.asarray(debate.link_conclusions)
    doubtful = np.flatnonzero(target < len(debate))
    doubtful = doubtful[scoped[target[doubtful]]]
    return [link for link in doubtful.tolist() if _is_across_scopes(debate, link)]


def _scope(debate: Debate, claim: int) -> set[int]:
    return {t for scope in debate.claim_scopes[claim] for t in debate.topics_under(scope)}


def active_links(debate: Debate, order: Sequence[int] | None = None) -> list[int]:
    """The links that take part: none across scopes, none that the audience lets fail.

    A link that ends on one that takes no part takes none either.
    """
    ranks = None if order is None else ranking(order)
    count = len(debate)
    out = set(links_across_scopes(debate))
    if ranks is not None:
        rebuttals = [
            link
            for link, target in enumerate(debate.link_conclusions)
            if debate.link_kinds[link] == LinkKind.REBUTTAL and target < count
        ]
        out.update(failing_rebuttals(debate, rebuttals, ranks))
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
    exclusive = [n for n, question in enumerate(debate.questions) if question.exclusive]
    known = _rebutting_pairs(debate, {c for n in exclusive for c in debate.answers_to[n]})
    found = []
    for number in exclusive:
        answers = debate.answers_to[number]
        for one in answers:
            for other in answers:
                pair = positions[one], positions[other]
                if pair[0] == pair[1] or pair in known:
                    continue
                if ranks is None or not rebuttal_fails(debate, [one], other, ranks):
                    known.add(pair)
                    found.append((one, other))
    return found


def _rebutting_pairs(debate: Debate, claims: Collection[int]) -> set[tuple[int, int]]:
    """The positions of claims, and of others among these that they rebut on their own."""
    position = np.asarray(debate.positions)
    among = np.zeros(len(debate) + len(debate.link_iris), dtype=np.bool_)
    among[: len(debate)] = np.isin(position, position[sorted(claims)])
    link, premise = premises_by_link(debate)
    target = np.asarray(debate.link_conclusions)[link]
    alone = np.bincount(link, minlength=len(debate.link_iris)) == 1
    rebuttal = np.asarray(debate.link_kinds) == LinkKind.REBUTTAL
    kept = among[premise] & among[target] & (alone & rebuttal)[link]
    pairs = zip(position[premise[kept]].tolist(), position[target[kept]].tolist(), strict=True)
    return set(pairs)


def failing_rebuttals(debate: Debate, links: Iterable[int], ranks: Mapping[int, int]) -> list[int]:
    """Those of some links to claims that the audience's preference lets fail."""
    valued = np.diff(np.asarray(debate.claim_values.starts)) > 0
    return [
        link
        for link in links
        if valued[target := debate.link_conclusions[link]]
        and rebuttal_fails(debate, debate.link_premises[link], target, ranks)
    ]


def premises_by_link(debate: Debate) -> tuple[IntArray, IntArray]:
    """Each link as often as it has premises, ascending, and the premise beside it."""
    counts = np.diff(np.asarray(debate.link_premises.starts))
    links = np.repeat(np.arange(counts.size, dtype=np.int32), counts)
    return links, np.asarray(debate.link_premises.values)
