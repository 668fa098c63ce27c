"""The points at which speakers part and meet, and who stands where, for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..analysis.agreements import agreements
from ..analysis.camps import Kind
from ..analysis.disagreements import Disagreement, disagreements
from ..analysis.reach import bearing_on, hanging_on
from ..analysis.settling import double_cruxes_of
from ..analysis.stances import question_stances, speaker_pairs, topic_stances
from ..debate import Debate
from ..model import Claim
from .numbering import Places, Plain, filled

MOST_SETTLED = 20
MOST_WORK = 4000
"""For how many points it is searched what both sides would turn on; the others say so.

In a large debate there are fewer: points times claims are no more than the work.
"""

MOST_HANGING = 40
"""How many of the claims that hang on a point are listed; it says how many there are."""


def points_and_meetings(places: Places) -> Plain:
    """``{points, agreements, meetings}``: of the whole debate, as far as the page shows them.

    A point is shown if a claim of each side that makes any is; it keeps its rank. `docs/maps.md`
    lists the fields.
    """
    debate = places.chart.debate
    parting = disagreements(debate)
    meeting = agreements(debate)
    names = _names(debate, parting)
    shown = [
        (point, name)
        for point, name in zip(parting, names, strict=True)
        if all(_nodes(places, side.claims) for side in point.sides if side.claims)
    ]
    agreed = [point for point in meeting if len(_nodes(places, point.claims)) == len(point.claims)]
    point_place = {point.rank: place for place, (point, _name) in enumerate(shown)}
    agreement_place = {point.rank: place for place, point in enumerate(agreed)}
    return {
        "points": [_point(places, point, name) for point, name in shown],
        "agreements": [
            {"kind": point.kind.value, "claims": _nodes(places, point.claims)} for point in agreed
        ],
        "meetings": [
            filled(
                speakers=places.speakers((pair.first, pair.second)),
                agreements=[
                    agreement_place[p.rank] for p in pair.agreements if p.rank in agreement_place
                ],
                points=[point_place[p.rank] for p in pair.disagreements if p.rank in point_place],
            )
            for pair in speaker_pairs(agreed, [point for point, _name in shown], debate)
            if len(places.speakers.known((pair.first, pair.second))) == 2
        ],
    }


def stance_tables(places: Places) -> Plain:
    """``{questionStances, topicStances}``: who says what to a question, and about a topic."""
    debate = places.chart.debate
    on_questions, on_topics = [], []
    for stance in question_stances(debate):
        row = _cell(places.questions.known([stance.question]), places, stance.speaker)
        answers = {
            name: places.nodes(getattr(stance, name))
            for name in ("asserted", "accepted", "rejected", "rebutted", "contested")
        }
        if row and any(answers.values()):
            on_questions.append(filled(question=row[0], speaker=row[1], **answers))
    for talk in topic_stances(debate):
        row = _cell(places.topics.known([talk.topic]), places, talk.speaker)
        said = {
            "claims": places.nodes(talk.claims),
            "made": places.lines(talk.made),
            "received": places.lines(talk.received),
        }
        if row and any(said.values()):
            on_topics.append(filled(topic=row[0], speaker=row[1], **said))
    return {"questionStances": on_questions, "topicStances": on_topics}


def _cell(row: list[int], places: Places, speaker: int) -> list[int]:
    column = places.speakers.known([speaker])
    return [*row, *column] if row and column else []


# -- points ---------------------------------------------------------------------------------


def _point(places: Places, point: Disagreement, name: str) -> Plain:
    debate = places.chart.debate
    numbers = debate.claim_numbers
    disputed = [numbers[claim.iri] for side in point.sides for claim in side.claims]
    hanging = hanging_on(debate, disputed) - set(disputed)
    bearing = bearing_on(debate, disputed) - hanging - set(disputed)
    parts = point.parts
    return filled(
        id=name,
        rank=point.rank,
        kinds=[kind.value for kind in point.kinds],
        question=_first(
            places.questions.known(
                [debate.question_numbers[point.question.iri]] if point.question else []
            )
        ),
        topics=places.topics.known(debate.topic_numbers[topic.iri] for topic in point.topics),
        score=point.score,
        parts=[round(x, 6) for x in (parts.stakes, parts.balance, parts.answered, parts.weight)],
        contention=None if point.contention is None else round(point.contention, 2),
        sides=[
            filled(
                speakers=places.speakers.known(
                    debate.speaker_numbers[speaker.iri] for speaker in side.speakers
                ),
                claims=_nodes(places, side.claims),
                cases=len(side.claims) + side.backing,
                replied=side.replied,
            )
            for side in point.sides
        ],
        lines=places.lines(debate.link_numbers[link.iri] for link in point.links),
        hanging=places.nodes(sorted(hanging))[:MOST_HANGING],
        hangs=len(hanging),
        bears=len(bearing),
        turning=_turning(places, point),
        unsettled=not _is_settled(places, point),
    )


def _turning(places: Places, point: Disagreement) -> list[Plain]:
    """The claims on which both sides would turn, with what each side would do about them."""
    if not _is_settled(places, point):
        return []
    return [
        {
            "claim": node,
            "moves": [double.first.changes[0].move.value, double.second.changes[0].move.value],
        }
        for double in double_cruxes_of(places.chart.debate, point)
        for node in places.nodes([double.claim])
    ]


def _is_settled(places: Places, point: Disagreement) -> bool:
    return point.rank <= min(MOST_SETTLED, MOST_WORK // len(places.chart.debate))


def _nodes(places: Places, claims: Iterable[Claim]) -> list[int]:
    numbers = places.chart.debate.claim_numbers
    return places.nodes(numbers[claim.iri] for claim in claims)


def _first(found: list[int]) -> int | None:
    return found[0] if found else None


def _names(debate: Debate, points: tuple[Disagreement, ...]) -> list[str]:
    """A name for each point that stays when others come and go: its question's, or its claims'.

    Points over one question other than that between its rival answers are named by their claims.
    """
    names = []
    taken: Counter[str] = Counter()
    for point in points:
        if point.question and Kind.RIVAL_ANSWERS in point.kinds:
            name = debate.name(point.question.iri)
        else:
            heads = [
                debate.name((side.claims or side.speakers)[0].iri)
                for side in point.sides
                if side.claims or side.speakers
            ]
            name = "~".join(heads)
        taken[name] += 1
        names.append(name if taken[name] == 1 else f"{name}~{taken[name]}")
    return names
