"""Gaps: what nobody has answered, what has no evidence, and what a speaker never addressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ..debate import Debate
from ..terms import ClaimKind, LinkKind
from .evidence import documents_of, foundations_of
from .reach import SUPPORTING, Backing


class GapKind(StrEnum):
    """What is missing."""

    UNANSWERED = "unanswered attack"
    """A claim is rebutted, or a step from it undercut, and no reply goes to the attack.

    Neither is a premise of the attack attacked, nor the attacking step."""
    NO_EVIDENCE = "no support"
    """Nothing supports a claim that is not itself offered as evidence."""
    SINGLE_SOURCE = "single source"
    """All that a claim rests on comes from one document."""
    ONE_ANSWER = "one answer only"
    """A question has a single answer, or none."""
    NOT_ADDRESSED = "never addressed"
    """A topic that one speaker raises, and another never speaks of."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap, by number: the claim, question or topic concerned, and whom it concerns.

    `subject` numbers a claim, or a question (one answer only) or topic (never addressed). Where a
    step from the claim is attacked, and not the claim, `step` numbers that link. `claims`
    are the attackers, the answers or the claims that raise the topic. `speakers` are those who owe
    a reply, evidence or a word; `raised_by` those who raised the matter.
    """

    kind: GapKind
    subject: int
    claims: tuple[int, ...]
    speakers: tuple[int, ...]
    raised_by: tuple[int, ...]
    step: int | None = None


def gaps(
    debate: Debate, *, speaker: str | None = None, kind: GapKind | None = None
) -> tuple[Gap, ...]:
    """Every gap, by kind, those of one kind in the order of IRIs.

    `speaker` narrows the list to what that speaker owes, `kind` to one sort of gap.

    Raises:
        UnknownNameError: the debate has no such speaker.
    """
    owing = debate.speaker_number(speaker) if speaker else None
    return tuple(
        gap
        for finder_kind, find in _FINDERS.items()
        if kind in (None, finder_kind)
        for gap in find(debate)
        if owing is None or owing in gap.speakers
    )


def _unanswered(debate: Debate) -> Iterator[Gap]:
    count = len(debate)

    def attacked(node: int) -> bool:
        return any(LinkKind(debate.link_kinds[n]).attacks for n in debate.links_to[node])

    def attackers(node: int) -> list[int]:
        """The premises of the attacks on a claim or a link that nobody answers."""
        unanswered = [
            link
            for link in debate.links_to[node]
            if LinkKind(debate.link_kinds[link]).attacks
            and not attacked(count + link)
            and not any(attacked(premise) for premise in debate.link_premises[link])
        ]
        return sorted({p for link in unanswered for p in debate.link_premises[link]})

    for claim in range(count):
        for step in (None, *debate.links_from[claim]):
            found = attackers(claim if step is None else count + step)
            if not found:
                continue
            owing = debate.claim_speakers[claim]
            if step is not None:
                owing = debate.link_speakers[step] or owing
            heard = _speakers_of(debate, found)
            yield Gap(GapKind.UNANSWERED, claim, tuple(found), owing, heard, step)


def _without_support(debate: Debate) -> Iterator[Gap]:
    evidence_kind = tuple(ClaimKind).index(ClaimKind.EVIDENCE)
    for claim in range(len(debate)):
        supported = any(debate.link_kinds[n] in SUPPORTING for n in debate.links_to[claim])
        if not supported and debate.claim_kinds[claim] != evidence_kind:
            yield Gap(GapKind.NO_EVIDENCE, claim, (), debate.claim_speakers[claim], ())


def _single_source(debate: Debate) -> Iterator[Gap]:
    backing = Backing(debate)
    for claim in range(len(debate)):
        foundations = foundations_of(debate, sorted(backing.of([claim])))
        documents = {d for foundation in foundations for d in documents_of(debate, foundation)}
        if len(documents) == 1:
            owing = debate.claim_speakers[claim]
            yield Gap(GapKind.SINGLE_SOURCE, claim, tuple(foundations), owing, ())


def _one_answer(debate: Debate) -> Iterator[Gap]:
    everybody = range(len(debate.speakers))
    for question in range(len(debate.questions)):
        answers = debate.answers_to[question]
        if len({debate.positions[answer] for answer in answers}) <= 1:
            heard = _speakers_of(debate, answers)
            silent = tuple(s for s in everybody if s not in heard)
            yield Gap(GapKind.ONE_ANSWER, question, answers, silent, heard)


def _not_addressed(debate: Debate) -> Iterator[Gap]:
    """Topics by the narrowest that was raised; speaking of a topic below it addresses it too."""
    claims_about = debate.claim_topics.transposed(len(debate.topics))
    speaking = [s for s in range(len(debate.speakers)) if debate.claims_of_speaker[s]]
    for topic in range(len(debate.topics)):
        claims = sorted({c for t in debate.topics_under(topic) for c in claims_about[t]})
        heard = _speakers_of(debate, claims)
        silent = tuple(s for s in speaking if s not in heard)
        if claims_about[topic] and heard and silent:
            yield Gap(GapKind.NOT_ADDRESSED, topic, tuple(claims), silent, heard)


def _speakers_of(debate: Debate, claims: tuple[int, ...] | list[int]) -> tuple[int, ...]:
    return tuple(sorted({s for claim in claims for s in debate.claim_speakers[claim]}))


_FINDERS = {
    GapKind.UNANSWERED: _unanswered,
    GapKind.NOT_ADDRESSED: _not_addressed,
    GapKind.ONE_ANSWER: _one_answer,
    GapKind.SINGLE_SOURCE: _single_source,
    GapKind.NO_EVIDENCE: _without_support,
}
