"""For whom does a claim stand? Verdicts over the declared audiences and over all orders of values.

Objective, subjective and indefensible are Bench-Capon's (2003): accepted by every audience, by
some, by none. Of the claims that no audience accepts, those are called undecided here, and not
indefensible, that some audience does not defeat either. Where every cycle of attacks meets two
values an audience has one preferred extension, the grounded one; where not, a claim may stay
undecided for it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations, permutations

from ..debate import Debate
from ..model import Audience, Label
from ..terms import LinkKind
from .flattening import flatten
from .framework import IN, UNDECIDED, WORDS
from .preferences import ranking, rebuttal_fails, value_order
from .profiles import Profile

MOST_VALUES = 7
"""With more values in play the orders are sampled: 8 values have 40 320 orders."""

SAMPLES = 2000


class Acceptance(StrEnum):
    """How widely a claim is accepted over all orders of the values."""

    OBJECTIVE = "objective"
    SUBJECTIVE = "subjective"
    UNDECIDED = "undecided"
    INDEFENSIBLE = "indefensible"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A pairwise comparison of values: `better` is preferred to `worse`."""

    better: Label
    worse: Label

    def __str__(self) -> str:
        return f"{self.better.label} is preferred to {self.worse.label}"


@dataclass(frozen=True, slots=True)
class AudienceVerdicts:
    """A claim before every audience.

    `declared` has the label of the claim (in, out, undecided) for each audience of the debate.
    `accepted` of `orders` orders of the values in play let the claim stand, `undecided` of them
    leave it undecided; `exact` is false where the orders were sampled. `pivot` is a small set of
    conditions, each a conjunction of comparisons, such that the claim stands exactly when one of
    them holds; it is empty if the claim stands always or never, or if no conjunction of up to three
    comparisons decides.
    """

    claim: int
    declared: tuple[tuple[Audience, str], ...]
    acceptance: Acceptance
    accepted: int
    undecided: int
    orders: int
    exact: bool
    pivot: tuple[tuple[Comparison, ...], ...]

    @property
    def sentence(self) -> str:
        """When the claim stands, in words."""
        if self.acceptance is Acceptance.OBJECTIVE:
            return "stands whatever is preferred"
        if self.acceptance is Acceptance.INDEFENSIBLE:
            return "stands under no preference"
        if self.acceptance is Acceptance.UNDECIDED:
            part = "all" if self.undecided == self.orders else "some"
            return f"stands under no preference, and is undecided under {part}"
        if not self.pivot:
            return f"stands under {self.accepted} of {self.orders} orders of the values"
        conditions = " or ".join(" and ".join(map(str, part)) for part in self.pivot)
        return f"stands exactly when {conditions}"


def audience_verdicts(
    debate: Debate, claims: Sequence[int], profile: Profile = Profile.REASON
) -> tuple[AudienceVerdicts, ...]:
    """The claims `claims` before every audience, in the order given.

    Cost: one grounded labelling for each set of rebuttals that some order lets fail.
    """
    table = _Table(debate, profile)
    return tuple(_verdicts(table, claim) for claim in claims)


def values_in_play(debate: Debate) -> tuple[int, ...]:
    """The values that some attack sets against another claim's, by number.

    Only their order decides anything; the cost of `audience_verdicts` grows with the number of
    their orders.
    """
    return tuple(
        sorted({v for ends in _contests(debate) for c in ends for v in _values(debate, c)})
    )


def divided_verdicts(
    debate: Debate, profile: Profile = Profile.REASON
) -> tuple[AudienceVerdicts, ...]:
    """The claims whose label hangs on what is preferred, before every audience, by number.

    They are those that two orders of the values, or two declared audiences, label differently.
    """
    table = _Table(debate, profile)
    labellings = {*table.labellings, *(table.before(audience) for audience in debate.audiences)}
    divided = [c for c in range(len(debate)) if len({labels[c] for labels in labellings}) > 1]
    return tuple(_verdicts(table, claim) for claim in divided)


def shared_ground(debate: Debate, profile: Profile = Profile.REASON) -> tuple[int, ...]:
    """The claims that stand before every audience, by number."""
    table = _Table(debate, profile)
    standing = [table.standing(order) for order in table.orders]
    return tuple(sorted(frozenset.intersection(*standing)))


class _Table:
    """Labels for each order of the values in play, each needed labelling made once."""

    def __init__(self, debate: Debate, profile: Profile) -> None:
        self.debate = debate
        self.profile = profile
        self.contests = _contests(debate)
        self.values = values_in_play(debate)
        self.exact = len(self.values) <= MOST_VALUES
        self.orders = list(self._orders())
        self._labels: dict[frozenset[tuple[tuple[int, ...], int]], tuple[int, ...]] = {}

    def _orders(self) -> Iterator[tuple[int, ...]]:
        if self.exact:
            yield from permutations(self.values)
            return
        chance = random.Random(0)  # noqa: S311 - a sample, not a secret
        for _ in range(SAMPLES):
            yield tuple(chance.sample(self.values, len(self.values)))

    def labels(self, order: Sequence[int]) -> tuple[int, ...]:
        """The grounded label of each claim for an audience with this order."""
        ranks = ranking(order)
        failing = frozenset(
            ends for ends in self.contests if rebuttal_fails(self.debate, *ends, ranks)
        )
        if failing not in self._labels:
            flat = flatten(self.debate, self.profile, order=order)
            self._labels[failing] = tuple(flat.grounded_labels())
        return self._labels[failing]

    def before(self, audience: Audience) -> tuple[int, ...]:
        """The grounded label of each claim for a declared audience."""
        return self.labels(value_order(self.debate, audience))

    @cached_property
    def labellings(self) -> list[tuple[int, ...]]:
        """The labels of all claims for each of `orders`."""
        return [self.labels(order) for order in self.orders]

    def standing(self, order: Sequence[int]) -> frozenset[int]:
        return frozenset(c for c, label in enumerate(self.labels(order)) if label == IN)


def _values(debate: Debate, end: int | tuple[int, ...]) -> set[int]:
    claims = (end,) if isinstance(end, int) else end
    return {value for claim in claims for value in debate.claim_values[claim]}


def _contests(debate: Debate) -> list[tuple[tuple[int, ...], int]]:
    """The attacks that a preference may decide: premises and target, all with values."""
    found = {
        (debate.link_premises[link], target)
        for link, target in enumerate(debate.link_conclusions)
        if debate.link_kinds[link] == LinkKind.REBUTTAL and target < len(debate)
    }
    for number, question in enumerate(debate.questions):
        if question.exclusive:
            answers = debate.answers_to[number]
            found |= {((a,), b) for a in answers for b in answers if a != b}
    return sorted(
        (premises, target)
        for premises, target in found
        if all(debate.claim_values[claim] for claim in (*premises, target))
    )


def _verdicts(table: _Table, claim: int) -> AudienceVerdicts:
    debate = table.debate
    declared = tuple(
        (audience, WORDS[table.before(audience)[claim]]) for audience in debate.audiences
    )
    labels = [labelling[claim] for labelling in table.labellings]
    standing = [label == IN for label in labels]
    accepted, undecided = sum(standing), labels.count(UNDECIDED)
    if accepted:
        all_accept = accepted == len(labels)
        acceptance = Acceptance.OBJECTIVE if all_accept else Acceptance.SUBJECTIVE
    else:
        acceptance = Acceptance.UNDECIDED if undecided else Acceptance.INDEFENSIBLE
    return AudienceVerdicts(
        claim=claim,
        declared=declared,
        acceptance=acceptance,
        accepted=accepted,
        undecided=undecided,
        orders=len(standing),
        exact=table.exact,
        pivot=_pivot(table, standing) if acceptance is Acceptance.SUBJECTIVE else (),
    )


def _pivot(table: _Table, standing: Sequence[bool]) -> tuple[tuple[Comparison, ...], ...]:
    """A small disjunction of conjunctions of comparisons that holds exactly where it stands.

    The prime implicants of up to three comparisons are found by trying; a greedy cover picks among
    them, the shortest first.
    """
    places = [ranking(order) for order in table.orders]
    holds = {
        pair: frozenset(n for n, place in enumerate(places) if place[pair[0]] < place[pair[1]])
        for pair in permutations(table.values, 2)
    }
    wanted = frozenset(n for n, stands in enumerate(standing) if stands)
    relevant = [pair for pair in sorted(holds) if _matters(pair, table)]
    implicants: dict[tuple[tuple[int, int], ...], frozenset[int]] = {}
    for size in range(1, 4):
        for pairs in combinations(relevant, size):
            if any(set(known) <= set(pairs) for known in implicants):
                continue
            where = frozenset.intersection(*(holds[pair] for pair in pairs))
            if where and where <= wanted:
                implicants[pairs] = where
    chosen = []
    left = wanted
    while left and implicants:
        best = max(implicants, key=lambda pairs: (len(implicants[pairs] & left), -len(pairs)))
        if not implicants[best] & left:
            return ()
        chosen.append(best)
        left -= implicants[best]
    if left:
        return ()
    values = table.debate.values
    return tuple(tuple(Comparison(values[a], values[b]) for a, b in pairs) for pairs in chosen)


def _matters(pair: tuple[int, int], table: _Table) -> bool:
    """Whether some contest sets these two values against each other, either way round."""
    return any(
        (pair[0] in one and pair[1] in other) or (pair[1] in one and pair[0] in other)
        for one, other in (
            (_values(table.debate, premises), _values(table.debate, target))
            for premises, target in table.contests
        )
    )
