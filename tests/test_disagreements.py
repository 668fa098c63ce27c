"""Points of disagreement and agreement, on debates small enough to see through."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from drawn import debates
from hypothesis import given, settings
from hypothesis import strategies as st

from dissensus.graph.analysis.agreements import AgreementKind, agreements
from dissensus.graph.analysis.camps import Kind
from dissensus.graph.analysis.disagreements import disagreements
from dissensus.graph.analysis.plain import disagreements_json
from dissensus.graph.analysis.reach import backing_of, bearing_on
from dissensus.graph.analysis.replies import cases_of
from dissensus.graph.analysis.stakes import reached_counts
from dissensus.graph.debate import Debate
from dissensus.graph.errors import UnknownNameError
from dissensus.graph.model import (
    Audience,
    Claim,
    Label,
    Link,
    Question,
    Speaker,
    Stance,
    Topic,
)
from dissensus.graph.terms import LinkKind


def claim(name: str, speaker: str = "", **more) -> Claim:
    return Claim(name, name.upper(), speakers=(speaker,) if speaker else (), **more)


def rebuts(a: str, b: str) -> Link:
    return Link(LinkKind.REBUTTAL, (a,), b)


def supports(a: str, b: str, iri: str = "") -> Link:
    return Link(LinkKind.SUPPORT, (a,), b, iri=iri)


def sides(point) -> list[tuple[list[str], list[str]]]:
    return [
        ([s.label for s in side.speakers], [c.iri for c in side.claims]) for side in point.sides
    ]


def test_a_rebuttal_parts_two_speakers() -> None:
    (point,) = disagreements(Debate([claim("a", "ann"), claim("b", "bob")], [rebuts("a", "b")]))
    assert point.kind is Kind.REBUTTAL
    assert sides(point) == [(["bob"], ["b"]), (["ann"], ["a"])]
    assert point.parts.answered == 0.5


def test_a_rebuttal_and_its_answer_are_one_quarrel() -> None:
    (point,) = disagreements(
        Debate([claim("a", "ann"), claim("b", "bob")], [rebuts("a", "b"), rebuts("b", "a")])
    )
    assert len(point.links) == 2
    assert point.parts.answered == 1


def test_several_rebuttals_by_one_speaker_against_one_claim_are_one_quarrel() -> None:
    debate = Debate(
        [claim("a", "ann"), claim("b", "bob"), claim("b2", "bob")],
        [rebuts("b", "a"), rebuts("b2", "a")],
    )
    (point,) = disagreements(debate)
    assert sides(point) == [(["ann"], ["a"]), (["bob"], ["b", "b2"])]


def test_rival_answers_to_an_exclusive_question_need_no_link() -> None:
    claims = [claim("a", "ann", questions=("q",)), claim("b", "bob", questions=("q",))]
    (point,) = disagreements(Debate(claims, questions=[Question("q", "Which?", exclusive=True)]))
    assert point.kind is Kind.RIVAL_ANSWERS
    assert point.question is not None
    assert point.question.label == "Which?"
    assert point.parts.answered == 0
    assert not disagreements(Debate(claims, questions=[Question("q", "Which?")]))


def test_restated_claims_are_one_position_with_all_their_speakers() -> None:
    debate = Debate(
        [claim("a", "ann"), claim("a2", "eve"), claim("b", "bob")],
        [rebuts("b", "a"), rebuts("b", "a2")],
        restatements=[("a", "a2")],
    )
    (point,) = disagreements(debate)
    assert sides(point) == [(["ann", "eve"], ["a", "a2"]), (["bob"], ["b"])]


def test_an_undercut_denies_the_step_and_leaves_the_facts() -> None:
    debate = Debate(
        [claim("fact", "ann"), claim("so", "ann"), claim("u", "bob")],
        [supports("fact", "so", "step"), Link(LinkKind.UNDERCUT, ("u",), "step")],
    )
    (point,) = disagreements(debate)
    assert point.kind is Kind.UNDERCUT
    assert sides(point) == [(["ann"], ["fact", "so"]), (["bob"], ["u"])]
    assert {link.kind for link in point.links} == {LinkKind.SUPPORT, LinkKind.UNDERCUT}


def test_one_speaker_against_himself_is_within_and_weighs_half() -> None:
    (point,) = disagreements(Debate([claim("a", "ann"), claim("b", "ann")], [rebuts("a", "b")]))
    assert point.kinds == (Kind.WITHIN, Kind.REBUTTAL)
    assert point.parts.weight == 0.5


def test_values_show_where_each_side_has_its_audience() -> None:
    claims = [claim("a", "ann", values=("speed",)), claim("b", "bob", values=("safety",))]
    audiences = [Audience("x", "X", ("speed", "safety")), Audience("y", "Y", ("safety", "speed"))]
    values = [Label("speed", "speed"), Label("safety", "safety")]
    both = Debate(claims, [rebuts("a", "b")], values=values, audiences=audiences)
    one = Debate(claims, [rebuts("a", "b")], values=values, audiences=audiences[:1])
    assert disagreements(both)[0].kind is Kind.VALUES
    assert disagreements(one)[0].kind is Kind.REBUTTAL


def test_claims_of_disjoint_scopes_answer_different_questions() -> None:
    def quarrel(first: str, second: str) -> Kind:
        debate = Debate(
            [claim("a", "ann", scopes=(first,)), claim("b", "bob", scopes=(second,))],
            [rebuts("a", "b")],
            topics=[Topic("lab", "lab", ("work",)), Topic("field", "field", ("work",))],
        )
        return disagreements(debate)[0].kind

    assert quarrel("lab", "field") is Kind.SCOPE
    assert quarrel("lab", "work") is Kind.REBUTTAL
    assert quarrel("lab", "lab") is Kind.REBUTTAL


def test_a_rejected_claim_is_a_quarrel_without_a_counterclaim() -> None:
    (point,) = disagreements(Debate([claim("a", "ann")], stances=[Stance("bob", "a", False)]))
    assert sides(point) == [(["ann"], ["a"]), (["bob"], [])]


def test_who_accepts_a_claim_stands_on_its_side() -> None:
    debate = Debate(
        [claim("a", "ann"), claim("b", "bob")],
        [rebuts("a", "b")],
        stances=[Stance("eve", "b", True)],
    )
    assert sides(disagreements(debate)[0])[0] == (["bob", "eve"], ["b"])


def test_what_more_hangs_on_and_is_better_matched_comes_first() -> None:
    claims = [claim(n, "ann") for n in ("a", "a1", "a2", "x")]
    claims += [claim(n, "bob") for n in ("b", "b1", "b2", "y")]
    links = [rebuts("a", "b"), rebuts("b", "a"), rebuts("y", "x")]
    links += [supports("a1", "a"), supports("a2", "a"), supports("b1", "b"), supports("b2", "b")]
    first, second = disagreements(Debate(claims, links))
    assert [c.iri for side in first.sides for c in side.claims] == ["a", "b"]
    assert first.parts.stakes == 6 / 8
    assert first.parts.balance == 1
    assert first.score == (2 * 0.75 + 1 + 1) / 4
    assert first.score > second.score


def test_narrowing_keeps_the_ranks() -> None:
    debate = Debate(
        [
            claim("a", "ann", topics=("t",)),
            claim("b", "bob", topics=("t",), questions=("q",)),
            claim("c", "cat", topics=("below",)),
        ],
        [rebuts("a", "b"), rebuts("b", "a"), rebuts("c", "b")],
        speakers=[Speaker("ann", "Ann"), Speaker("bob", "Bob"), Speaker("cat", "Cat")],
        topics=[Topic("t", "T"), Topic("below", "Below", ("t",))],
    )
    everything = disagreements(debate)
    assert [p.rank for p in everything] == [1, 2]
    assert [p.rank for p in disagreements(debate, between=("Bob", "Cat"))] == [2]
    assert [p.rank for p in disagreements(debate, topic="Below")] == [2]
    assert len(disagreements(debate, topic="T")) == 2
    assert len(disagreements(debate, question="q")) == 2
    with pytest.raises(UnknownNameError, match="no speaker named 'Dan'"):
        disagreements(debate, between=("Bob", "Dan"))


def test_agreement_is_the_same_position_or_support_across_speakers() -> None:
    debate = Debate(
        [claim("a", "ann"), claim("a2", "eve"), claim("r", "bob"), claim("own", "ann")],
        [supports("r", "a"), supports("own", "a")],
        restatements=[("a", "a2")],
        stances=[Stance("dan", "a2", True)],
    )
    found = {point.kind: point for point in agreements(debate)}
    assert len(agreements(debate)) == 2
    same = found[AgreementKind.SAME_POSITION]
    assert [s.label for s in same.speakers] == ["ann", "dan", "eve"]
    support = found[AgreementKind.SUPPORT]
    assert [c.iri for c in support.claims] == ["r", "a"]
    assert len(agreements(debate, between=("bob", "eve"))) == 1


NAMES = [f"c{n}" for n in range(7)]
DEBATES = st.builds(
    lambda speakers, links: Debate(
        [claim(n, s) for n, s in zip(NAMES, speakers, strict=True)],
        [Link(kind, (a,), b) for a, kind, b in links if a != b],
    ),
    st.lists(st.sampled_from(["ann", "bob", "cat"]), min_size=7, max_size=7),
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.sampled_from([LinkKind.SUPPORT, LinkKind.REBUTTAL]),
            st.sampled_from(NAMES),
        ),
        max_size=12,
        unique=True,
    ),
)


@given(DEBATES)
def test_every_rebuttal_is_in_exactly_one_point(debate: Debate) -> None:
    """Law: nothing contested is lost, nothing is listed twice."""
    listed = [link.iri for point in disagreements(debate) for link in point.links]
    contested = [link.iri for link in debate.links if link.kind is LinkKind.REBUTTAL]
    assert sorted(listed) == sorted(contested)


@given(DEBATES)
def test_scores_fall_and_parts_are_shares(debate: Debate) -> None:
    points = disagreements(debate)
    assert [p.score for p in points] == sorted((p.score for p in points), reverse=True)
    for point in points:
        assert all(0 <= part <= 1 for part in asdict(point.parts).values())
        assert len(point.sides) >= 2
        assert disagreements_json(debate, points)["disagreements"][point.rank - 1]["sides"]


def test_the_shipped_debate_parts_over_the_chips(shipped: Debate) -> None:
    """What a careful reader of both articles would put first."""
    first = disagreements(shipped)[0]
    assert first.question is not None
    assert "mistake" in first.question.label
    assert [[s.label for s in side.speakers] for side in first.sides] in (
        [["Gavin Baker"], ["Aaron Gin"]],
        [["Aaron Gin"], ["Gavin Baker"]],
    )
    by_speaker = {
        side.speakers[0].label: " ".join(c.text for c in side.claims) for side in first.sides
    }
    assert "mistake" in by_speaker["Gavin Baker"]
    assert {Kind.RIVAL_ANSWERS, Kind.VALUES} <= set(first.kinds)


def test_baker_is_at_odds_with_himself_over_central_compute(shipped: Debate) -> None:
    within = [p for p in disagreements(shipped) if p.kind is Kind.WITHIN]
    assert any([s.label for s in p.sides[0].speakers] == ["Gavin Baker"] for p in within)


def test_cohen_backs_bakers_bear_case(shipped: Debate) -> None:
    assert agreements(shipped, between=("Paul Cohen", "Gavin Baker"))


@settings(max_examples=40)
@given(debate=debates(), block=st.sampled_from([1, 3, 2048]))
def test_stakes_are_what_a_walk_from_the_point_would_reach(debate, block):
    groups = [{claim} for claim in range(len(debate))] + [set(range(0, len(debate), 2)), set()]

    def walked(group: set[int]) -> set[int]:
        hanging = {c for c in range(len(debate)) for g in group if g in bearing_on(debate, [c])}
        return group | bearing_on(debate, group) | hanging

    assert reached_counts(debate, groups, block=block) == [len(walked(group)) for group in groups]


@settings(max_examples=40)
@given(debate=debates(), block=st.sampled_from([1, 3, 4096]))
def test_cases_are_what_a_walk_from_each_side_finds(debate, block):
    count = len(debate)
    numbers = range(count)
    quarrels = [(frozenset({a}), frozenset({b})) for a in numbers for b in numbers if a < b]
    quarrels.append(tuple(frozenset(numbers[n::3]) for n in range(3)))
    attacks = [
        (set(debate.link_premises[link]), {node} if node < count else set(step))
        for link, node in enumerate(debate.link_conclusions)
        if LinkKind(debate.link_kinds[link]).attacks
        for step in [debate.link_premises[node - count] if node >= count else ()]
    ]
    for sides, found in zip(quarrels, cases_of(debate, quarrels, block=block), strict=True):
        cases = [side | backing_of(debate, side) for side in sides]
        others = [
            frozenset().union(*cases[:n], *cases[n + 1 :]) - case for n, case in enumerate(cases)
        ]
        assert found.sizes == [len(case) for case in cases]
        assert found.replying == {
            n
            for n, case in enumerate(cases)
            if any(attackers & case and hit & others[n] for attackers, hit in attacks)
        }
