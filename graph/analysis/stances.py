"""Who stands where: each speaker's stance on each question and topic, and who agrees with whom.

Only what was said counts: claims made, claims accepted or rejected, attacks made. What follows from
it is another matter (`dissensus.graph.analysis.views`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from ..debate import Debate
from ..terms import LinkKind
from .agreements import Agreement
from .disagreements import Disagreement


@dataclass(frozen=True, slots=True)
class QuestionStance:
    """What a speaker says to a question: its answers, by number.

    He asserts, accepts (without asserting) or rejects an answer if he does so with it or with a
    claim that restates it; he rebuts one by a claim or a link of his. `contested` are the answers
    he asserts or accepts that another speaker rejects or rebuts, or to which another speaker gives
    a rival, where the question admits only one.
    """

    speaker: int
    question: int
    asserted: tuple[int, ...]
    accepted: tuple[int, ...]
    rejected: tuple[int, ...]
    rebutted: tuple[int, ...]
    contested: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TopicStance:
    """What a speaker says about a topic: his claims about it, and attacks, as links, by number.

    An attack belongs to the topics of the claim that it hits, or of the premises whose step it
    undercuts. `made` are the attacks by a link of his or by premises of his, `received` those on
    his claims about the topic and on the steps from them.
    """

    speaker: int
    topic: int
    claims: tuple[int, ...]
    made: tuple[int, ...]
    received: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SpeakerPair:
    """Two speakers, by number, and the points at which they meet and at which they part."""

    first: int
    second: int
    agreements: tuple[Agreement, ...]
    disagreements: tuple[Disagreement, ...]


def question_stances(debate: Debate) -> tuple[QuestionStance, ...]:
    """The stances of speakers on questions, by question, then by speaker; silence is left out."""
    asserted = _holders(debate)
    accepted = _stated(debate, accepts=True)
    rejected = _stated(debate, accepts=False)
    rebutted: defaultdict[int, set[int]] = defaultdict(set)
    for link, target in enumerate(debate.link_conclusions):
        if debate.link_kinds[link] == LinkKind.REBUTTAL and target < len(debate):
            rebutted[debate.positions[target]].update(attackers_of(debate, link))
    found = []
    for number, question in enumerate(debate.questions):
        answers = debate.answers_to[number]
        positions = {answer: debate.positions[answer] for answer in answers}
        holders = {p: asserted[p] | accepted[p] for p in positions.values()}
        opponents = {
            position: rejected[position]
            | rebutted[position]
            | {
                speaker
                for other, speakers in holders.items()
                if question.exclusive and other != position
                for speaker in speakers
            }
            for position in holders
        }
        for speaker in range(len(debate.speakers)):
            stances = [
                tuple(answer for answer in answers if speaker in by[positions[answer]])
                for by in (asserted, accepted, rejected, rebutted)
            ]
            if not any(stances):
                continue
            accepts = tuple(answer for answer in stances[1] if answer not in stances[0])
            contested = tuple(
                answer
                for answer in sorted({*stances[0], *accepts})
                if opponents[positions[answer]] - {speaker}
            )
            found.append(
                QuestionStance(
                    speaker, number, stances[0], accepts, stances[2], stances[3], contested
                )
            )
    return tuple(found)


def topic_stances(debate: Debate) -> tuple[TopicStance, ...]:
    """The stances of speakers on topics, by topic, then by speaker; silence is left out.

    A claim counts for the topics that it names, not for broader ones.
    """
    count = len(debate)
    claims: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    made: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    received: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for claim in range(count):
        for topic in debate.claim_topics[claim]:
            for speaker in debate.claim_speakers[claim]:
                claims[topic, speaker].add(claim)
    for link, target in enumerate(debate.link_conclusions):
        if not LinkKind(debate.link_kinds[link]).attacks:
            continue
        for claim in (target,) if target < count else debate.link_premises[target - count]:
            for topic in debate.claim_topics[claim]:
                for speaker in attackers_of(debate, link):
                    made[topic, speaker].add(link)
                for speaker in debate.claim_speakers[claim]:
                    received[topic, speaker].add(link)
    return tuple(
        TopicStance(
            speaker,
            topic,
            *(tuple(sorted(cells.get((topic, speaker), ()))) for cells in (claims, made, received)),
        )
        for topic, speaker in sorted({*claims, *made, *received})
    )


def speaker_pairs(
    agreements: Iterable[Agreement], disagreements: Iterable[Disagreement], debate: Debate
) -> tuple[SpeakerPair, ...]:
    """The pairs of speakers who meet or part at some of these points, the first number the lower.

    They meet at a point of agreement that names both; they part at a point of disagreement where
    one is on a side and the other on another side.
    """
    meeting: dict[tuple[int, int], list[Agreement]] = defaultdict(list)
    parting: dict[tuple[int, int], list[Disagreement]] = defaultdict(list)
    for agreement in agreements:
        numbers = sorted(debate.speaker_numbers[s.iri] for s in agreement.speakers)
        for pair in combinations(numbers, 2):
            meeting[pair].append(agreement)
    for point in disagreements:
        sides = [{debate.speaker_numbers[s.iri] for s in side.speakers} for side in point.sides]
        pairs = {
            (min(one, other), max(one, other))
            for here, there in combinations(sides, 2)
            for one in here
            for other in there
            if one != other
        }
        for pair in pairs:
            parting[pair].append(point)
    return tuple(
        SpeakerPair(*pair, tuple(meeting.get(pair, ())), tuple(parting.get(pair, ())))
        for pair in sorted({*meeting, *parting})
    )


def attackers_of(debate: Debate, link: int) -> frozenset[int]:
    """Who makes an attack: those who draw the link, or else those who assert its premises."""
    own = frozenset(debate.link_speakers[link])
    return own or frozenset(
        s for premise in debate.link_premises[link] for s in debate.claim_speakers[premise]
    )


def _holders(debate: Debate) -> defaultdict[int, set[int]]:
    """Position → who asserts it."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for claim, position in enumerate(debate.positions):
        found[position].update(debate.claim_speakers[claim])
    return found


def _stated(debate: Debate, *, accepts: bool) -> defaultdict[int, set[int]]:
    """Position → who says that he accepts it, or that he rejects it."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for stance in debate.stances:
        if stance.accepts is accepts:
            position = debate.positions[debate.claim_numbers[stance.claim]]
            found[position].add(debate.speaker_numbers[stance.speaker])
    return found
