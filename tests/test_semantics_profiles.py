"""From a debate to a framework: the acceptance tests of the profiles, under grounded semantics.

The cases W and B are those by which Pollock's undercuts and the rival readings of support are told
apart: T "X is better", P "it scored higher in the benchmark", R "the benchmark is contaminated",
Q "an audit found no contamination", C "it fails often in deployment", D "hardware caused that".
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dissensus.graph.debate import Debate
from dissensus.graph.model import Claim, Link, Question, Topic
from dissensus.graph.semantics.flattening import Changes, flatten
from dissensus.graph.semantics.framework import Framework
from dissensus.graph.semantics.grounded import grounded_labelling
from dissensus.graph.semantics.profiles import Profile
from dissensus.graph.terms import ClaimKind, LinkKind

WORDS = {1: "in", -1: "out", 0: "undecided"}


def debate(claims: str, *links: str, backing: str = "", **more) -> Debate:
    """A debate in shorthand: ``e: P + T`` supports, ``u: R - e`` attacks a claim or a link."""
    records = []
    names = set(claims.split())
    for text in links:
        iri, _, rest = text.partition(":")
        *premises, sign, target = rest.split()
        attack = LinkKind.REBUTTAL if target in names else LinkKind.UNDERCUT
        kind = LinkKind.SUPPORT if sign == "+" else attack
        records.append(Link(kind, tuple(premises), target, iri=iri))
    return Debate(
        [Claim(name, name, needs_backing=name in backing.split()) for name in sorted(names)],
        records,
        **more,
    )


def labels(flat, debate: Debate) -> dict[str, str]:
    """The grounded label of every claim and link."""
    found = grounded_labelling(flat.framework)
    claims = {
        iri: WORDS[found[n]] for iri, n in zip(debate.claim_iris, flat.claim_nodes, strict=True)
    }
    return claims | {
        iri: WORDS[found[n]] if n >= 0 else "absent"
        for iri, n in zip(debate.link_iris, flat.link_nodes, strict=True)
    }


def grounded(debate: Debate, profile: Profile = Profile.REASON, **more) -> dict[str, str]:
    return labels(flatten(debate, profile, **more), debate)


W1 = ("e1: P + T", "u1: R - e1", "a1: Q - R", "a2: C - T")


def test_w1_an_undercutter_that_falls_restores_the_step_but_a_rebuttal_stands() -> None:
    found = grounded(debate("T P R Q C", *W1, backing="T"))
    assert found == {
        "Q": "in", "P": "in", "C": "in", "R": "out", "u1": "out", "e1": "in", "a1": "in",
        "a2": "in", "T": "out",
    }  # fmt: skip


def test_w2_an_undercut_rebuttal_lets_the_claim_stand() -> None:
    found = grounded(debate("T P R Q C D", *W1, "u2: D - a2", backing="T"))
    assert (found["a2"], found["u2"], found["T"], found["C"]) == ("out", "in", "in", "in")


def test_w3_without_its_step_a_claim_stands_unless_it_needs_backing() -> None:
    links = ("e1: P + T", "u1: R - e1", "a2: C - T", "u2: D - a2")
    for backing, expected in (("T", "out"), ("", "in")):
        found = grounded(debate("T P R C D", *links, backing=backing))
        assert (found["e1"], found["T"]) == ("out", expected)


@pytest.mark.parametrize(
    ("profile", "a"),
    [(Profile.REASON, "in"), (Profile.NECESSARY, "in"), (Profile.DEDUCTIVE, "out")],
)
def test_b1_an_attack_on_the_conclusion(profile: Profile, a: str) -> None:
    found = grounded(debate("a b c", "e: a + b", "x: c - b"), profile)
    assert (found["b"], found["a"]) == ("out", a)


@pytest.mark.parametrize(
    ("profile", "backing", "b"),
    [
        (Profile.REASON, "", "in"),
        (Profile.DEDUCTIVE, "", "in"),
        (Profile.NECESSARY, "", "out"),
        (Profile.REASON, "b", "out"),
    ],
)
def test_b2_an_attack_on_the_premise(profile: Profile, backing: str, b: str) -> None:
    found = grounded(debate("a b c", "e: a + b", "x: c - a", backing=backing), profile)
    assert (found["a"], found["b"]) == ("out", b)


def test_b3_a_second_reason() -> None:
    links = ("e: a + b", "f: d + b", "x: c - a")
    assert grounded(debate("a b c d", *links, backing="b"))["b"] == "in"
    assert grounded(debate("a b c d", *links), Profile.NECESSARY)["b"] == "out"


@pytest.mark.parametrize("profile", [Profile.REASON, Profile.NECESSARY, Profile.DEDUCTIVE])
def test_b4_a_supported_claim_attacks(profile: Profile) -> None:
    found = grounded(debate("a b c", "e: a + b", "x: b - c"), profile)
    assert (found["a"], found["b"], found["c"]) == ("in", "in", "out")


def test_evidential_chains_start_from_evidence() -> None:
    def chain(kind: ClaimKind) -> str:
        claims = [Claim("a", "a", kind=kind), Claim("b", "b"), Claim("c", "c")]
        links = [Link(LinkKind.SUPPORT, ("a",), "b"), Link(LinkKind.SUPPORT, ("b",), "c")]
        return grounded(Debate(claims, links), Profile.EVIDENTIAL)["c"]

    assert chain(ClaimKind.EVIDENCE) == "in"
    assert chain(ClaimKind.CLAIM) == "out"


def test_joint_premises_are_all_needed() -> None:
    links = ("e: a b + c", "x: k - a")
    assert grounded(debate("a b c k", *links, backing="c"))["c"] == "out"
    assert grounded(debate("a b c k", links[0], backing="c"))["c"] == "in"
    assert grounded(debate("a b c k", "e: a b - c"))["c"] == "out"
    assert grounded(debate("a b c k", "e: a b - c", "x: k - a"))["c"] == "in"


CIRCLE = ("e: a + b", "f: b + a")


def test_a_circle_of_support_has_no_foundation() -> None:
    found = grounded(debate("a b", *CIRCLE, backing="a b"))
    assert (found["a"], found["b"]) == ("out", "out")
    found = grounded(debate("a b", *CIRCLE), Profile.NECESSARY)
    assert (found["a"], found["b"]) == ("out", "out")


def test_a_circle_backed_from_outside_stands_and_falls_with_what_backs_it() -> None:
    links = (*CIRCLE, "g: c + a")
    assert grounded(debate("a b c", *links, backing="a b"))["b"] == "in"
    found = grounded(debate("a b c k", *links, "x: k - c", backing="a b"))
    assert (found["a"], found["b"]) == ("out", "out")


def test_either_entrance_backs_the_whole_circle() -> None:
    links = (*CIRCLE, "g: c + a", "h: d + b", "x: k - c")
    found = grounded(debate("a b c d k", *links, backing="a b"))
    assert (found["a"], found["b"]) == ("in", "in")


def test_deductive_circles_are_one_claim() -> None:
    assert grounded(debate("a b", *CIRCLE), Profile.DEDUCTIVE)["a"] == "in"
    found = grounded(debate("a b c", *CIRCLE, "x: c - a"), Profile.DEDUCTIVE)
    assert (found["a"], found["b"]) == ("out", "out")


def test_restated_claims_stand_or_fall_together() -> None:
    found = grounded(debate("a a2 b", "x: b - a2", restatements=[("a", "a2")]))
    assert (found["a"], found["a2"]) == ("out", "out")


def test_rival_answers_exclude_each_other() -> None:
    claims = [Claim("a", "a", questions=("q",)), Claim("b", "b", questions=("q",))]
    rivals = Debate(claims, questions=[Question("q", "?", exclusive=True)])
    assert grounded(rivals) == {"a": "undecided", "b": "undecided"}
    assert grounded(Debate(claims, questions=[Question("q", "?")])) == {"a": "in", "b": "in"}


def test_claims_of_disjoint_scopes_do_not_collide() -> None:
    topics = [Topic("lab", "lab"), Topic("field", "field")]
    claims = [Claim("a", "a", scopes=("lab",)), Claim("b", "b", scopes=("field",))]
    apart = Debate(claims, [Link(LinkKind.REBUTTAL, ("a",), "b", iri="x")], topics=topics)
    assert grounded(apart) == {"a": "in", "b": "in", "x": "absent"}


def test_changes_of_mind() -> None:
    chain = debate("a b c", "x: a - b", "y: b - c")
    number = {iri: n for n, iri in enumerate(chain.claim_iris)}
    assert grounded(chain)["c"] == "in"
    for changes in (
        Changes(rejected=frozenset({number["a"]})),
        Changes(accepted=frozenset({number["b"]})),
        Changes(dropped=frozenset({chain.link_numbers["x"]})),
    ):
        assert grounded(chain, changes=changes)["c"] == "out"


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14, unique=True),
    st.sampled_from([Profile.REASON, Profile.NECESSARY, Profile.DEDUCTIVE]),
)
def test_without_support_every_profile_is_dung(attacks, profile: Profile) -> None:
    """Law: on a debate of attacks alone the labels are those of the plain framework."""
    plain = grounded_labelling(Framework.from_pairs(7, attacks))
    found = grounded(
        Debate(
            [Claim(f"c{n}", "") for n in range(7)],
            [Link(LinkKind.REBUTTAL, (f"c{a}",), f"c{b}") for a, b in attacks],
        ),
        profile,
    )
    assert [found[f"c{n}"] for n in range(7)] == [WORDS[label] for label in plain]
