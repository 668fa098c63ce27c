"""Values and audiences: published examples, and what each audience makes of the shipped debate.

V1 is figure 2 of Bench-Capon (2003); V2 to V4 are the case of Hal and Carla (Coleman; Christie),
told there too; V5 is a small debate over impact and performance.
"""

from __future__ import annotations

import pytest

from dissensus.graph.debate import Debate
from dissensus.graph.model import Audience, Claim, Label, Link
from dissensus.graph.semantics.audiences import (
    audience_verdicts,
    divided_verdicts,
    shared_ground,
)
from dissensus.graph.semantics.flattening import flatten
from dissensus.graph.semantics.framework import IN
from dissensus.graph.semantics.grounded import grounded_labelling
from dissensus.graph.semantics.verdicts import verdicts
from dissensus.graph.terms import LinkKind


def debate(claims: str, attacks: str, *orders: str) -> Debate:
    """``A:red B`` are claims with or without a value, ``A-B`` attacks, ``red>blue`` audiences."""
    records = [(text.partition(":")[0], text.partition(":")[2]) for text in claims.split()]
    return Debate(
        [Claim(name, name, values=(value,) if value else ()) for name, value in records],
        [Link(LinkKind.REBUTTAL, (pair[0],), pair[2]) for pair in attacks.split()],
        audiences=[Audience(order, order, tuple(order.split(">"))) for order in orders],
        values=[Label(value, value) for value in {v for _, v in records if v}],
    )


def standing(debate: Debate, order: str) -> str:
    numbers = [debate.value_numbers[value] for value in order.split(">")]
    flat = flatten(debate, order=numbers)
    found = grounded_labelling(flat.framework)
    return "".join(debate.claim_iris[c] for c, n in enumerate(flat.claim_nodes) if found[n] == IN)


def acceptance(debate: Debate) -> dict[str, str]:
    verdicts = audience_verdicts(debate, range(len(debate)))
    return {debate.claim_iris[v.claim]: v.acceptance.value for v in verdicts}


V3 = ("A:life B:prop C:prop D:life", "C-B B-A D-C")


@pytest.mark.parametrize(
    ("claims", "attacks", "expected"),
    [
        ("A:red B:blue C:blue", "A-B B-C", {"red>blue": "AC", "blue>red": "AB"}),
        ("A:life B:prop C:prop", "C-B B-A", {"life>prop": "AC", "prop>life": "AC"}),
        (*V3, {"life>prop": "ABD", "prop>life": "ACD"}),
        (
            V3[0] + " F:life G",
            V3[1] + " F-C G-F",
            {"life>prop": "ABDG", "prop>life": "ACDG"},
        ),
        (
            "N:impact T:perf K:impact L:perf F",
            "N-T T-N K-T L-K F-L",
            {"impact>perf": "FKN", "perf>impact": "FKT"},
        ),
    ],
    ids=["V1", "V2", "V3", "V4", "V5"],
)
def test_who_stands_for_each_order(claims: str, attacks: str, expected: dict[str, str]) -> None:
    for order, names in expected.items():
        assert standing(debate(claims, attacks), order) == names


def test_v1_objective_and_subjective() -> None:
    found = acceptance(debate("A:red B:blue C:blue", "A-B B-C"))
    assert found == {"A": "objective", "B": "subjective", "C": "subjective"}


def test_v2_indefensible() -> None:
    found = acceptance(debate("A:life B:prop C:prop", "C-B B-A"))
    assert found == {"A": "objective", "B": "indefensible", "C": "objective"}


def test_what_no_audience_defeats_is_undecided_and_not_indefensible() -> None:
    """Facts that attack each other: no preference decides. X is defeated where B prevails."""
    quarrel = debate("F G B:b X:a", "F-G G-F F-X B-X")
    found = {quarrel.claim_iris[v.claim]: v for v in audience_verdicts(quarrel, range(4))}
    assert found["F"].acceptance.value == found["X"].acceptance.value == "undecided"
    assert found["F"].sentence == "stands under no preference, and is undecided under all"
    assert found["X"].sentence == "stands under no preference, and is undecided under some"
    assert (found["X"].accepted, found["X"].undecided, found["X"].orders) == (0, 1, 2)


def test_v5_the_pivot() -> None:
    both_right = debate(
        "N:impact T:perf K:impact L:perf F", "N-T T-N K-T L-K F-L", "impact>perf", "perf>impact"
    )
    found = {both_right.claim_iris[v.claim]: v for v in audience_verdicts(both_right, range(5))}
    assert found["L"].acceptance.value == "indefensible"
    assert found["T"].sentence == "stands exactly when perf is preferred to impact"
    assert found["N"].sentence == "stands exactly when impact is preferred to perf"
    assert [label for _, label in found["T"].declared] == ["out", "in"]
    assert [both_right.claim_iris[c] for c in shared_ground(both_right)] == ["F", "K"]


def test_a_pivot_of_two_comparisons() -> None:
    """A stands if its value outranks that of both attackers."""
    three = debate("A:a B:b C:c", "B-A C-A")
    (found,) = audience_verdicts(three, [0])
    assert (found.accepted, found.orders) == (2, 6)
    assert found.sentence == "stands exactly when a is preferred to b and a is preferred to c"


def test_many_values_are_sampled_and_it_says_so() -> None:
    names = [chr(ord("A") + n) for n in range(9)]
    many = debate(
        " ".join(f"{n}:{n.lower()}" for n in names), " ".join(f"{n}-A" for n in names[1:])
    )
    (found,) = audience_verdicts(many, [0])
    assert not found.exact
    assert 0 < found.accepted < found.orders


def test_baker_and_gin_are_each_right_by_his_own_yardstick(shipped: Debate) -> None:
    """What the second article says in words comes out by computation."""
    mistake, pivot = (
        shipped.claim_number("terrible-mistake"),
        shipped.claim_number("deliberate-pivot"),
    )
    baker, gin = audience_verdicts(shipped, [mistake, pivot])
    assert baker.acceptance.value == gin.acceptance.value == "subjective"
    assert "theoretical maximum performance is preferred to real-world impact" in baker.sentence
    assert "real-world impact is preferred to theoretical maximum performance" in gin.sentence
    by_audience = {
        a.label: (b, g) for (a, b), (_, g) in zip(baker.declared, gin.declared, strict=True)
    }
    assert {("in", "out"), ("out", "in")} <= set(by_audience.values())


def test_the_bull_case_is_undecided_and_not_indefensible(shipped: Debate) -> None:
    (bull,) = audience_verdicts(shipped, [shipped.claim_number("scaling-sustains-demand")])
    assert bull.acceptance.value == "undecided"


def test_divided_are_the_claims_whose_label_hangs_on_what_is_preferred(shipped) -> None:
    every = audience_verdicts(shipped, range(len(shipped)))
    divided = divided_verdicts(shipped)
    assert divided
    assert divided == tuple(
        verdict
        for verdict in every
        if 0 < verdict.accepted < verdict.orders
        or 0 < verdict.undecided < verdict.orders
        or len({label for _audience, label in verdict.declared}) > 1
    )


def test_a_verdict_may_be_asked_for_an_audience_itself(shipped) -> None:
    for audience in shipped.audiences:
        assert verdicts(shipped, audience=audience) == verdicts(shipped, audience=audience.label)
