"""Pairs of claims that probably say the same, or the contrary: suggestions for a person to judge.

How alike two texts are is measured on their words and letters (`similarity`), on request also on
what they mean to a model (`embeddings`); what speaks for a contradiction is found by `contrasts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from ..debate import Debate
from ..errors import UsageError
from ..model import Claim
from .contrasts import contrasts

THRESHOLD = 0.4
"""The least score that is worth a look; see `docs/matching.md` for how it was chosen."""

Progress = Callable[[int, int], None]
"""Told how many of how many claims are compared."""


class Relation(StrEnum):
    """What two claims may be to each other."""

    RESTATES = "restates"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two claims that are alike, and what may join them.

    All numbers are in [0, 1]: `words` and `order` compare the words, whatever their order and by
    their letters in order; `letters` compares runs of three to five letters; `meaning` is the
    cosine of the embeddings, None without a model. `score` is their mean, the meaning counting
    for half. `contrasts` says why the claims may contradict each other; without one they may
    restate each other.
    """

    first: Claim
    second: Claim
    relation: Relation
    score: float
    words: float
    letters: float
    order: float
    meaning: float | None
    contrasts: tuple[str, ...]


def match(
    debate: Debate,
    other: Debate | None = None,
    *,
    threshold: float = THRESHOLD,
    limit: int | None = None,
    embeddings: str = "",
    progress: Progress | None = None,
) -> tuple[Suggestion, ...]:
    """Pairs of claims that may say the same or the contrary, the likeliest first.

    The pairs are within `debate`, or with `other` between the two. Those that are joined already,
    by a link in either direction or as restatement, contradiction or qualification, are left out.
    `embeddings` names a model or the folder of one; see `embeddings.encoder`.

    Deterministic. Up to 2,000 claims all pairs are compared; above that those whose rarer words
    meet, which costs about the number of claims times 200.

    Raises:
        UsageError: the threshold is not in [0, 1].
        DissensusError: a package or the model is missing.
    """
    from .similarity import compared

    if not 0 <= threshold <= 1:
        raise UsageError(f"a threshold is a number from 0 to 1, not {threshold:g}")
    claims = [debate.claim_at(number) for number in range(len(debate))]
    border = 0
    if other is not None:
        border = len(claims)
        claims += [other.claim_at(number) for number in range(len(other))]
    if len(claims) < 2:
        return ()
    joined = {*_joined(debate), *(_joined(other) if other else ())}
    found = []
    texts = [claim.text for claim in claims]
    for likeness in compared(texts, border, threshold, embeddings=embeddings, progress=progress):
        first, second = claims[likeness.first], claims[likeness.second]
        if first.iri == second.iri or _pair(first.iri, second.iri) in joined:
            continue
        reasons = contrasts(first.text, second.text, likeness.letters)
        found.append(
            Suggestion(
                first,
                second,
                Relation.CONTRADICTS if reasons else Relation.RESTATES,
                round(likeness.score, 6),
                round(likeness.words, 6),
                round(likeness.letters, 6),
                round(likeness.order, 6),
                None if likeness.meaning is None else round(likeness.meaning, 6),
                reasons,
            )
        )
    found.sort(key=lambda pair: (-pair.score, pair.first.iri, pair.second.iri))
    return tuple(found[:limit])


def _joined(debate: Debate) -> Iterator[tuple[str, str]]:
    """The pairs of claims that something joins already, each as `_pair` has it."""
    for link in map(debate.link_at, range(len(debate.link_iris))):
        for premise in link.premises:
            yield _pair(premise, link.conclusion)
    iris = debate.claim_iris
    for first, second in (*debate.contradictions, *debate.qualifications):
        yield _pair(iris[first], iris[second])
    positions: dict[int, list[str]] = {}
    for iri, position in zip(iris, debate.positions, strict=True):
        positions.setdefault(position, []).append(iri)
    for same in positions.values():
        yield from (_pair(first, second) for first, second in combinations(same, 2))


def _pair(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)
