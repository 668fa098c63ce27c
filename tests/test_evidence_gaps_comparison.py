"""What claims rest on, what is missing, and what is set side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dissensus.graph.analysis.comparison import Dimension, compare
from dissensus.graph.analysis.evidence import evidence
from dissensus.graph.analysis.gaps import GapKind, gaps
from dissensus.graph.analysis.plain_verdicts import evidence_json
from dissensus.graph.analysis.reach import backing_of, bearing_on
from dissensus.graph.debate import Debate
from dissensus.graph.model import Claim, Document, Link, Question, Quote, Topic
from dissensus.graph.reports.judgements import gaps_table
from dissensus.graph.terms import ClaimKind, LinkKind


def said(name: str, speaker: str, *documents: str, **more) -> Claim:
    quotes = tuple(Quote(name, document=document) for document in documents)
    return Claim(name, name, speakers=(speaker,), quotes=quotes, **more)


def supports(*premises_and_conclusion: str) -> Link:
    *premises, conclusion = premises_and_conclusion
    return Link(
        LinkKind.SUPPORT, tuple(premises), conclusion, iri=">".join(premises_and_conclusion)
    )


def rebuts(a: str, b: str) -> Link:
    return Link(LinkKind.REBUTTAL, (a,), b)


def names(debate: Debate, numbers) -> list[str]:
    return [debate.claim_iris[number] for number in numbers]


def test_two_speakers_in_one_document_are_one_source() -> None:
    debate = Debate(
        [said("t", "ann"), said("a", "bob", "recap"), said("b", "cat", "recap")],
        [supports("a", "t"), supports("b", "t")],
    )
    found = evidence(debate, debate.claim_number("t"))
    assert names(debate, found.foundations) == ["a", "b"]
    assert len(found.speakers) == 2
    assert [source.claims for source in found.documents] == [2]
    assert found.independent_sources == 1
    assert [debate.documents[d].iri for d in found.failing_documents] == ["recap"]
    assert not found.failing_speakers
    assert not found.failing_claims


def test_joint_premises_are_each_a_point_of_failure() -> None:
    debate = Debate(
        [said("t", "ann"), said("a", "bob", "one"), said("b", "cat", "two")],
        [supports("a", "b", "t")],
    )
    found = evidence(debate, debate.claim_number("t"))
    assert names(debate, found.failing_claims) == ["a", "b"]
    assert len(found.failing_documents) == 2
    assert [debate.link_iris[n] for n in found.failing_links] == ["a>b>t"]


def test_a_claim_with_two_sources_survives_the_loss_of_one() -> None:
    debate = Debate([said("t", "ann"), said("a", "bob", "one", "two")], [supports("a", "t")])
    found = evidence(debate, debate.claim_number("t"))
    assert not found.failing_documents
    assert names(debate, found.failing_claims) == ["a"]


def test_claims_that_only_support_each_other_rest_on_nothing() -> None:
    debate = Debate([said("t", "ann"), said("a", "bob")], [supports("a", "t"), supports("t", "a")])
    found = evidence(debate, debate.claim_number("t"))
    assert found.foundations == ()


def test_nothing_under_a_claim() -> None:
    found = evidence(Debate([said("t", "ann")]), 0)
    assert (found.backing, found.independent_sources) == ((), 0)


def of_kind(debate: Debate, kind: GapKind) -> list[str]:
    return names(debate, [gap.subject for gap in gaps(debate, kind=kind)])


def test_an_attack_is_unanswered_until_someone_replies_to_it_or_to_its_step() -> None:
    claims = [said(n, n) for n in "abcdu"]
    rebuttal = Link(LinkKind.REBUTTAL, ("a",), "b", iri="r")
    replies = {
        "none": ([], ["b"]),
        "to the attacker": ([rebuts("c", "a")], ["a"]),
        "to the step, and nobody answers that": ([Link(LinkKind.UNDERCUT, ("u",), "r")], ["a"]),
    }
    for links, expected in replies.values():
        assert of_kind(Debate(claims, [rebuttal, *links]), GapKind.UNANSWERED) == expected


def test_who_makes_a_step_owes_an_answer_to_its_undercut() -> None:
    step = Link(LinkKind.SUPPORT, ("a", "b"), "c", speakers=("zoe",), iri="s")
    undercut = Link(LinkKind.UNDERCUT, ("u",), "s", iri="x")
    debate = Debate([said(n, n) for n in "abcu"], [step, undercut])
    found = gaps(debate, kind=GapKind.UNANSWERED)
    assert names(debate, [gap.subject for gap in found]) == ["a", "b"]
    for gap in found:
        assert debate.link_iris[gap.step] == "s"
        assert [debate.speakers[s].label for s in gap.speakers] == ["zoe"]
        assert [debate.speakers[s].label for s in gap.raised_by] == ["u"]
    assert [row[2] for row in gaps_table(debate, found).rows] == [
        "a (the step from it to c)",
        "b (the step from it to c)",
    ]
    answered = Debate([said(n, n) for n in "abcuk"], [step, undercut, rebuts("k", "u")])
    assert of_kind(answered, GapKind.UNANSWERED) == ["u"]


def test_unanswered_attacks_are_those_of_the_saved_query(shipped: Debate) -> None:
    attackers = {claim for gap in gaps(shipped, kind=GapKind.UNANSWERED) for claim in gap.claims}
    assert set(names(shipped, attackers)) >= {
        shipped.claim_iris[shipped.claim_number(name)]
        for name in ("does-it-matter", "efficient-designs-could-disrupt")
    }


def test_sources_and_speakers_are_told_apart_in_json(shipped: Debate) -> None:
    found = evidence_json(shipped, evidence(shipped, shipped.claim_number("gap-widens")))
    assert found["evidence"]["speakers"] == ["Gavin Baker"]
    assert [s["label"] for s in found["evidence"]["source_speakers"]] == ["Paul Cohen"]
    assert len(found["evidence"]["source_documents"]) == 1


def test_claims_without_support() -> None:
    debate = Debate(
        [said("a", "ann"), said("b", "ann"), said("e", "ann", kind=ClaimKind.EVIDENCE)],
        [Link(LinkKind.EVIDENCE, ("e",), "a")],
    )
    assert of_kind(debate, GapKind.NO_EVIDENCE) == ["b"]


def test_claims_from_a_single_source() -> None:
    debate = Debate(
        [said("a", "ann"), said("b", "ann"), said("x", "bob", "one"), said("y", "bob", "two")],
        [supports("x", "a"), supports("x", "b"), supports("y", "b")],
        documents=[Document("one", "One"), Document("two", "Two")],
    )
    assert of_kind(debate, GapKind.SINGLE_SOURCE) == ["a"]


def test_questions_with_one_answer_and_who_is_silent() -> None:
    debate = Debate(
        [said("a", "ann", questions=("q",)), said("b", "bob")], questions=[Question("q", "Why?")]
    )
    (gap,) = gaps(debate, kind=GapKind.ONE_ANSWER)
    assert [debate.speakers[s].label for s in gap.speakers] == ["bob"]


def test_a_topic_below_addresses_the_topic_above() -> None:
    debate = Debate(
        [said("a", "ann", topics=("chips",)), said("b", "bob", topics=("hbm",))],
        topics=[Topic("chips", "chips"), Topic("hbm", "HBM", ("chips",))],
    )
    (gap,) = gaps(debate, kind=GapKind.NOT_ADDRESSED)
    assert debate.topics[gap.subject].label == "HBM"
    assert [debate.speakers[s].label for s in gap.speakers] == ["ann"]


def test_gaps_of_one_speaker() -> None:
    debate = Debate([said("a", "ann"), said("b", "bob")], [rebuts("a", "b")])
    assert {gap.kind for gap in gaps(debate, speaker="ann")} == {GapKind.NO_EVIDENCE}


def test_a_comparison_has_only_rows_and_columns_in_use() -> None:
    debate = Debate(
        [
            said("fast", "ann", options=("x",), criteria=("speed",)),
            said("dear", "bob", options=("x",), criteria=("price",)),
            said("other", "bob", options=("y",)),
        ]
    )
    table = compare(debate)
    assert (table.rows, table.columns) == (("x",), ("price", "speed"))
    assert names(debate, table.cells[0, 0]) == ["dear"]
    by_speaker = compare(debate, Dimension.SPEAKER, Dimension.OPTION)
    assert by_speaker.rows == ("ann", "bob")
    assert (0, 1) not in by_speaker.cells


def test_what_cohen_says_baker_left_out_comes_out(shipped: Debate) -> None:
    left_out = {
        shipped.topics[gap.subject].label
        for gap in gaps(shipped, speaker="Gavin Baker", kind=GapKind.NOT_ADDRESSED)
        if shipped.speaker_number("Paul Cohen") in gap.raised_by
    }
    assert "alternative compute paradigms" in left_out
    assert "distributed resiliency" in left_out


def test_the_comparison_of_gpu_positions_is_complete(shipped: Debate) -> None:
    gpus = compare(shipped)
    filled = {
        (gpus.rows[row], gpus.columns[column]): claims
        for (row, column), claims in gpus.cells.items()
    }
    assert sum(1 for row, _ in filled if "Blackwell" in row) >= 5
    assert len(filled) >= 15 + 6


LINKS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12, unique=True)


@given(LINKS, st.integers(0, 6))
def test_among_supports_what_bears_on_a_claim_backs_it(pairs, claim: int) -> None:
    debate = Debate(
        [Claim(f"c{n}", "") for n in range(7)], [supports(f"c{a}", f"c{b}") for a, b in pairs]
    )
    assert bearing_on(debate, [claim]) == backing_of(debate, [claim])
