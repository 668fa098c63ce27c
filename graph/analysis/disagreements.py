"""Points of disagreement: where speakers part ways, what kind of quarrel it is, and how central.

The measure is defined in `disagreements`; each point carries its parts, so that a reader can see
why it stands where it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..debate import Debate
from ..model import Claim, Link, Question, Speaker, Topic
from .camps import Camps, Kind, find_camps
from .replies import Cases, cases_of
from .stakes import reached_counts


@dataclass(frozen=True, slots=True)
class Side:
    """One camp: who holds which claims. Restatements of a claim are listed with it."""

    speakers: tuple[Speaker, ...]
    claims: tuple[Claim, ...]
    backing: int
    """How many further claims support these or are evidence for them."""
    replied: bool
    """Whether an attack goes from it, or from its backing, to another side; see `disagreements`."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the score is made of; each in [0, 1]."""

    stakes: float
    """Share of the debate's claims that bear on the point or hang on it."""
    balance: float
    """How evenly matched the sides' cases are: 1 for equal numbers of claims, 0 for none."""
    answered: float
    """Share of the sides that have replied to another side's claims or steps."""
    weight: float
    """1; 0.5 where fewer than two speakers part; 0.25 where the sides' domains differ."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A ranked point at which camps part ways.

    `contention` in [0, 1] is how evenly the *speakers* are divided: ``(1 - Σ fᵢ²) · k / (k - 1)``
    over their shares fᵢ of the k sides, shrunk by ``n / (n + 2)`` for n speakers; 3 against 1 have
    0.75 before shrinking. It is None with fewer than two speakers.
    """

    rank: int
    kind: Kind
    kinds: tuple[Kind, ...]
    question: Question | None
    topics: tuple[Topic, ...]
    score: float
    parts: Parts
    contention: float | None
    sides: tuple[Side, ...]
    links: tuple[Link, ...]


def disagreements(
    debate: Debate,
    *,
    between: tuple[str, str] | None = None,
    topic: str | None = None,
    question: str | None = None,
) -> tuple[Disagreement, ...]:
    """The points of disagreement, the most central first.

    A point is a set of camps that cannot all be right: rival answers to an exclusive question; a
    rebuttal, or several between the same speakers against one position; an undercut against the
    step it hits; a speaker who rejects a claim. Claims that restate each other are one position,
    held by all their speakers.

    The score is ``weight · (2·stakes + balance + answered) / 4``, with

    - stakes: share of the debate's claims from which a chain of links leads to the point, or to
      which one leads from it;
    - balance: ``(1 - Σ fᵢ²) · k / (k - 1)`` over the k sides, where fᵢ is side i's share of the
      claims made and of those that back them (``4·f·(1 - f)`` for two sides);
    - answered: share of the sides from which, or from whose backing, an attack goes to a claim,
      a backing claim or a step of another side; in a quarrel over an exclusive question giving a
      rival answer alone does not count as a reply;
    - weight: see `Parts.weight`.

    Equal scores are ordered by contention, then by the IRIs of the claims. `between`, `topic` (with
    the topics below it) and `question` narrow the list and keep the ranks of the whole.

    Raises:
        UnknownNameError: a speaker, topic or question that the debate does not have.
    """
    wanted = _filter(debate, between, topic, question)
    everywhere = list(find_camps(debate))
    reached = reached_counts(debate, [frozenset().union(*camps.sides) for camps in everywhere])
    found = cases_of(debate, [camps.sides for camps in everywhere])
    points = [
        (_measured(debate, camps, count, cases), camps)
        for camps, count, cases in zip(everywhere, reached, found, strict=True)
    ]
    points.sort(key=lambda pair: _place(pair[0]))
    ranked = [(replace(point, rank=n), camps) for n, (point, camps) in enumerate(points, start=1)]
    return tuple(point for point, camps in ranked if wanted(camps))


def _place(point: Disagreement) -> tuple[float, float, list[str]]:
    claims = [claim.iri for side in point.sides for claim in side.claims]
    return -point.score, -(point.contention or 0.0), claims


# -- measuring ------------------------------------------------------------------------------


def _measured(debate: Debate, camps: Camps, reached: int, cases: Cases) -> Disagreement:
    """The point with its parts; `reached` counts the claims in it and those that it concerns."""
    kinds = _kinds(debate, camps)
    weight = _weight(camps, kinds)
    parts = Parts(
        stakes=reached / len(debate),
        balance=_balance(cases.sizes),
        answered=len(cases.replying) / len(cases.sizes),
        weight=weight,
    )
    question = camps.question if camps.question is not None else _shared_question(debate, camps)
    return Disagreement(
        rank=0,
        kind=kinds[0],
        kinds=kinds,
        question=None if question is None else debate.questions[question],
        topics=tuple(debate.topics[number] for number in _topics(debate, camps)),
        score=round(weight * (2 * parts.stakes + parts.balance + parts.answered) / 4, 6),
        parts=parts,
        contention=_contention([len(speakers) for speakers in camps.speakers]),
        sides=tuple(
            Side(
                tuple(debate.speakers[number] for number in sorted(speakers)),
                tuple(debate.claim_at(number) for number in sorted(side)),
                size - len(side),
                number in cases.replying,
            )
            for number, (side, speakers, size) in enumerate(
                zip(camps.sides, camps.speakers, cases.sizes, strict=True)
            )
        ),
        links=tuple(debate.link_at(number) for number in sorted(camps.links)),
    )


def _kinds(debate: Debate, camps: Camps) -> tuple[Kind, ...]:
    kinds = {camps.kind}
    everybody = frozenset().union(*camps.speakers)
    if len(everybody) == 1 and all(camps.speakers):
        kinds.add(Kind.WITHIN)
    if _scopes_apart(debate, camps.sides):
        kinds.add(Kind.SCOPE)
    if _values_apart(debate, camps.sides):
        kinds.add(Kind.VALUES)
    return tuple(kind for kind in Kind if kind in kinds)


def _weight(camps: Camps, kinds: tuple[Kind, ...]) -> float:
    if Kind.SCOPE in kinds:
        return 0.25
    return 1.0 if len(frozenset().union(*camps.speakers)) > 1 else 0.5


def _scopes_apart(debate: Debate, sides: tuple[frozenset[int], ...]) -> bool:
    """Whether each side limits its claims to a domain, and no two sides share one."""
    scopes = []
    for side in sides:
        limits = [debate.claim_scopes[claim] for claim in side]
        if not limits or not all(limits):
            return False
        scopes.append({t for row in limits for scope in row for t in debate.topics_under(scope)})
    return not any(a & b for n, a in enumerate(scopes) for b in scopes[:n])


def _values_apart(debate: Debate, sides: tuple[frozenset[int], ...]) -> bool:
    """Whether for each side there is an audience that ranks its best value above the others'."""
    values = [{v for claim in side for v in debate.claim_values[claim]} for side in sides]
    if not all(values):
        return False
    favoured = set()
    for audience in debate.audiences:
        places = {debate.value_numbers.get(iri): n for n, iri in enumerate(audience.order)}
        best = [min(places.get(v, len(places)) for v in side) for side in values]
        first = min(best)
        if best.count(first) == 1:
            favoured.add(best.index(first))
    return len(favoured) == len(sides)


def _balance(sizes: list[int]) -> float:
    total, sides = sum(sizes), len(sizes)
    shares = [size / total for size in sizes]
    return (1 - sum(share * share for share in shares)) * sides / (sides - 1)


def _contention(voices: list[int]) -> float | None:
    total = sum(voices)
    return _balance(voices) * total / (total + 2) if total > 1 else None


def _shared_question(debate: Debate, camps: Camps) -> int | None:
    """The question that claims of every side answer; the first of several."""
    answered = [
        {question for claim in side for question in debate.claim_questions[claim]}
        for side in camps.sides
        if side
    ]
    shared = set.intersection(*answered) if len(answered) == len(camps.sides) else set()
    return min(shared, default=None)


def _topics(debate: Debate, camps: Camps) -> list[int]:
    """The topics that every side is about; where there are none, those of any side."""
    about = [
        {t for claim in side for t in debate.claim_topics[claim]} for side in camps.sides if side
    ]
    return sorted(set.intersection(*about) or set.union(*about))


# -- narrowing ------------------------------------------------------------------------------


def _filter(
    debate: Debate, between: tuple[str, str] | None, topic: str | None, question: str | None
) -> Callable[[Camps], bool]:
    pair = tuple(debate.speaker_number(name) for name in between) if between else None
    topics = debate.topics_under(debate.topic_number(topic)) if topic else None
    number = debate.question_number(question) if question else None

    def wanted(camps: Camps) -> bool:
        claims = frozenset().union(*camps.sides)
        if pair and not _parted(camps.speakers, *pair):
            return False
        if topics and not any(topics & set(debate.claim_topics[claim]) for claim in claims):
            return False
        return number is None or any(number in debate.claim_questions[claim] for claim in claims)

    return wanted


def _parted(speakers: tuple[frozenset[int], ...], first: int, second: int) -> bool:
    return any(
        first in one and second in other
        for number, one in enumerate(speakers)
        for rank, other in enumerate(speakers)
        if number != rank
    )
