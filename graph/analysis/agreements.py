"""Points of agreement: positions that several speakers hold, and support across speakers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from ..debate import Debate
from ..model import Claim, Link, Speaker, Topic
from ..terms import LinkKind
from .reach import SUPPORTING
from .stakes import reached_counts


class AgreementKind(StrEnum):
    """How speakers agree."""

    SAME_POSITION = "same position"
    """They assert or accept the same claim, or claims that restate each other."""
    SUPPORT = "support"
    """A claim of one speaker supports a claim of another."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A point at which speakers meet.

    `stakes` is the share of the debate's claims that bear on it or hang on it.
    """

    rank: int
    kind: AgreementKind
    speakers: tuple[Speaker, ...]
    topics: tuple[Topic, ...]
    score: float
    stakes: float
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class _Shared:
    kind: AgreementKind
    speakers: frozenset[int]
    claims: tuple[int, ...]
    links: tuple[int, ...]


def agreements(
    debate: Debate, *, between: tuple[str, str] | None = None, topic: str | None = None
) -> tuple[Agreement, ...]:
    """Where speakers meet, the most central first: the mirror of `disagreements`.

    The score is ``(stakes + share of all speakers who agree) / 2``; a position that several hold
    comes before support of the same score, and IRIs decide after that. Silence counts for
    nothing. Support between claims of which one is held by the other's speakers already is not
    listed. `between` and `topic` narrow the list and keep the ranks of the whole.

    Raises:
        UnknownNameError: a speaker or topic that the debate does not have.
    """
    pair = {debate.speaker_number(name) for name in between} if between else set()
    topics = debate.topics_under(debate.topic_number(topic)) if topic else None
    everywhere = list(_all_shared(debate))
    reached = reached_counts(debate, [shared.claims for shared in everywhere])
    found = [
        (_measured(debate, shared, count), shared)
        for shared, count in zip(everywhere, reached, strict=True)
    ]
    found.sort(key=lambda item: (-item[0].score, item[0].kind, [c.iri for c in item[0].claims]))
    return tuple(
        replace(agreement, rank=rank)
        for rank, (agreement, shared) in enumerate(found, start=1)
        if pair <= shared.speakers
        and (topics is None or topics & {t for c in shared.claims for t in debate.claim_topics[c]})
    )


def _all_shared(debate: Debate) -> Iterator[_Shared]:
    holders: dict[int, set[int]] = defaultdict(set)
    members: dict[int, list[int]] = defaultdict(list)
    for claim, position in enumerate(debate.positions):
        holders[position].update(debate.claim_speakers[claim])
        members[position].append(claim)
    for stance in debate.stances:
        if stance.accepts:
            position = debate.positions[debate.claim_numbers[stance.claim]]
            holders[position].add(debate.speaker_numbers[stance.speaker])
    for position, speakers in sorted(holders.items()):
        if len(speakers) > 1:
            yield _Shared(
                AgreementKind.SAME_POSITION, frozenset(speakers), tuple(members[position]), ()
            )
    for link, kind in enumerate(debate.link_kinds):
        target = debate.link_conclusions[link]
        if LinkKind(kind) not in SUPPORTING or target >= len(debate):
            continue
        premises = debate.link_premises[link]
        supporting = {s for premise in premises for s in holders[debate.positions[premise]]}
        held = holders[debate.positions[target]]
        if supporting and held and not supporting & held:
            yield _Shared(
                AgreementKind.SUPPORT, frozenset(supporting | held), (*premises, target), (link,)
            )


def _measured(debate: Debate, shared: _Shared, reached: int) -> Agreement:
    stakes = reached / len(debate)
    about = [set(debate.claim_topics[claim]) for claim in shared.claims]
    topics = sorted(set.intersection(*about) or set.union(*about))
    return Agreement(
        rank=0,
        kind=shared.kind,
        speakers=tuple(debate.speakers[number] for number in sorted(shared.speakers)),
        topics=tuple(debate.topics[number] for number in topics),
        score=round((stakes + len(shared.speakers) / len(debate.speakers)) / 2, 6),
        stakes=stakes,
        claims=tuple(debate.claim_at(number) for number in shared.claims),
        links=tuple(debate.link_at(number) for number in shared.links),
    )
