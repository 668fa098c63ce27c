"""Who stands where: stances on questions and topics, and pairs of speakers."""

from __future__ import annotations

import pytest

import dissensus
from dissensus.graph.analysis.agreements import agreements
from dissensus.graph.analysis.disagreements import disagreements
from dissensus.graph.analysis.stances import (
    attackers_of,
    question_stances,
    speaker_pairs,
    topic_stances,
)

QUARREL = """
:q a d:ExclusiveQuestion ; rdfs:label "Trams?" . :open a d:Question ; rdfs:label "How?" .
:fares a d:Topic ; rdfs:label "Fares" . :roads a d:Topic ; rdfs:label "Roads" .
:ana a d:Speaker . :ben a d:Speaker . :cy a d:Speaker . :dan a d:Speaker .

:yes a d:Claim ; d:text "Yes." ; d:assertedBy :ana ; d:answers :q ; d:about :fares .
:yes-again a d:Claim ; d:text "Indeed." ; d:assertedBy :cy ; d:restates :yes ; d:about :roads .
:no a d:Claim ; d:text "No." ; d:assertedBy :ben ; d:answers :q ; d:about :roads ;
    d:rebuts :yes .
:slowly a d:Claim ; d:text "Slowly." ; d:assertedBy :ana ; d:answers :open .
:quickly a d:Claim ; d:text "Quickly." ; d:assertedBy :ben ; d:answers :open .
:fair a d:Claim ; d:text "It is fair." ; d:assertedBy :ana ; d:about :fares .
:step a d:Support ; d:premise :fair ; d:conclusion :yes .
:whose a d:Claim ; d:text "Fair to whom?" ; d:assertedBy :ben .
:cut a d:Undercut ; d:premise :whose ; d:conclusion :step ; d:assertedBy :dan .
:dan d:accepts :no ; d:rejects :yes .
"""


@pytest.fixture
def quarrel(claims):
    return dissensus.read(claims(QUARREL))


def names(debate, numbers):
    return [debate.name(debate.claim_iris[number]) for number in numbers]


def on_question(debate, question):
    return {
        debate.name(debate.speakers[stance.speaker].iri): {
            field: names(debate, getattr(stance, field))
            for field in ("asserted", "accepted", "rejected", "rebutted", "contested")
            if getattr(stance, field)
        }
        for stance in question_stances(debate)
        if stance.question == debate.question_number(question)
    }


def test_a_stance_is_what_a_speaker_asserts_accepts_rejects_or_rebuts(quarrel) -> None:
    assert on_question(quarrel, "q") == {
        "ana": {"asserted": ["yes"], "contested": ["yes"]},
        "ben": {"asserted": ["no"], "rebutted": ["yes"], "contested": ["no"]},
        "cy": {"asserted": ["yes"], "contested": ["yes"]},
        "dan": {"accepted": ["no"], "rejected": ["yes"], "contested": ["no"]},
    }, "cy asserts the answer in other words"


def test_answers_that_may_all_be_true_contest_nothing(quarrel) -> None:
    assert on_question(quarrel, "open") == {
        "ana": {"asserted": ["slowly"]},
        "ben": {"asserted": ["quickly"]},
    }


def test_nobody_contests_himself(claims) -> None:
    debate = dissensus.read(
        claims(
            """
            :q a d:ExclusiveQuestion ; rdfs:label "Q?" . :ana a d:Speaker .
            :a a d:Claim ; d:text "A." ; d:assertedBy :ana ; d:answers :q .
            :b a d:Claim ; d:text "B." ; d:assertedBy :ana ; d:answers :q ; d:rebuts :a .
            """
        )
    )
    assert on_question(debate, "q") == {"ana": {"asserted": ["a", "b"], "rebutted": ["a"]}}


def test_attacks_belong_to_the_topics_of_what_they_hit(quarrel) -> None:
    found = {
        (quarrel.topics[s.topic].label, quarrel.name(quarrel.speakers[s.speaker].iri)): (
            names(quarrel, s.claims),
            len(s.made),
            len(s.received),
        )
        for s in topic_stances(quarrel)
    }
    assert found == {
        ("Fares", "ana"): (["fair", "yes"], 0, 2),
        ("Fares", "ben"): ([], 1, 0),
        ("Fares", "dan"): ([], 1, 0),
        ("Roads", "ben"): (["no"], 0, 0),
        ("Roads", "cy"): (["yes-again"], 0, 0),
    }


def test_an_attack_is_made_by_who_draws_it_else_by_who_asserts_its_premises(quarrel) -> None:
    rebuttal = quarrel.links_to[quarrel.claim_number("yes")]
    makers = {
        quarrel.name(quarrel.speakers[s].iri)
        for link in rebuttal
        if quarrel.link_at(link).kind.attacks
        for s in attackers_of(quarrel, link)
    }
    assert makers == {"ben"}
    (cut,) = attackers_of(quarrel, quarrel.link_number("cut"))
    assert quarrel.name(quarrel.speakers[cut].iri) == "dan"


def test_pairs_meet_and_part_where_the_points_say_so(quarrel) -> None:
    pairs = {
        tuple(quarrel.name(quarrel.speakers[s].iri) for s in (pair.first, pair.second)): pair
        for pair in speaker_pairs(agreements(quarrel), disagreements(quarrel), quarrel)
    }
    assert [p.kind.value for p in pairs["ana", "cy"].agreements] == ["same position"]
    assert pairs["ana", "cy"].disagreements == ()
    assert {p.kind.value for p in pairs["ana", "ben"].disagreements} >= {"rival answers"}
    assert pairs["ben", "dan"].agreements
    assert ("cy", "dan") in pairs


def test_each_pair_of_the_shipped_debate_is_what_between_finds(shipped) -> None:
    pairs = speaker_pairs(agreements(shipped), disagreements(shipped), shipped)
    assert pairs
    for pair in pairs:
        between = (shipped.speakers[pair.first].iri, shipped.speakers[pair.second].iri)
        assert pair.agreements == agreements(shipped, between=between)
        assert pair.disagreements == disagreements(shipped, between=between)


def test_a_side_that_has_replied_is_told_from_one_that_has_not(quarrel) -> None:
    for point in disagreements(quarrel):
        replied = [side.replied for side in point.sides]
        assert sum(replied) / len(replied) == point.parts.answered
    undercut = next(p for p in disagreements(quarrel) if p.kind.value == "undercut")
    assert [side.replied for side in undercut.sides] == [False, True]
