"""Explanations: each sentence true, the shortest reason first, no circles."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dissensus.graph.debate import Debate
from dissensus.graph.model import Claim, Label, Link, Question
from dissensus.graph.semantics.explaining import explain
from dissensus.graph.semantics.flattening import Changes, flatten
from dissensus.graph.semantics.grounded import grounded_labelling
from dissensus.graph.semantics.profiles import Profile
from dissensus.graph.terms import LinkKind


def debate(claims: str, *links: str, backing: str = "") -> Debate:
    names = claims.split()
    records = []
    for text in links:
        iri, _, rest = text.partition(":")
        *premises, sign, target = rest.split()
        attack = LinkKind.REBUTTAL if target in names else LinkKind.UNDERCUT
        kind = LinkKind.SUPPORT if sign == "+" else attack
        records.append(Link(kind, tuple(premises), target, iri=iri))
    return Debate([Claim(n, n, needs_backing=n in backing.split()) for n in names], records)


def told(debate: Debate, name: str, profile: Profile = Profile.REASON, **more) -> list[str]:
    lines = explain(debate, debate.claim_number(name), profile, **more).lines()
    return ["  " * depth + sentence for depth, sentence in lines]


def test_a_defended_claim() -> None:
    assert told(debate("a b c", "x: b - c", "y: a - b"), "c") == [
        "“c” stands: every attack on it fails.",
        "  “b” rebuts “c”, but its premise falls.",
        "    “b” falls.",
        "      “a” rebuts “b”.",
        "        “a” stands: nothing attacks it.",
    ]


def test_an_undercut_step() -> None:
    lines = told(debate("a c u", "x: a - c", "y: u - x"), "c")
    assert "  “a” rebuts “c”, but the step is undercut." in lines
    assert "    “u” undercuts the step that “a” rebuts “c”." in lines


def test_want_of_backing() -> None:
    lines = told(debate("a k c", "e: a + c", "x: k - a", backing="c"), "c")
    assert lines[:3] == [
        "“c” falls.",
        "  It needs backing, and no support of it holds.",
        "    “a” supports “c”, but its premise falls.",
    ]
    assert told(debate("c", backing="c"), "c")[1] == "  It needs backing, and nothing backs it."


def test_a_backed_claim() -> None:
    assert told(debate("a c", "e: a + c", backing="c"), "c") == [
        "“c” stands: it is backed.",
        "  “a” supports “c”.",
        "    “a” stands: nothing attacks it.",
    ]


def test_a_circle_that_wants_backing_is_not_explained_by_itself() -> None:
    circle = ["x: a + b", "y: b + a"]
    assert told(debate("a b", *circle, backing="a b"), "a") == [
        "“a” falls.",
        "  It needs backing, and no chain of support that holds leads to it from outside its "
        "circle.",
    ]
    assert told(debate("a b e", *circle, "z: e + b", backing="a b"), "a")[:4] == [
        "“a” stands: it is backed.",
        "  “b” supports “a”.",
        "    “b” stands: it is backed.",
        "      “e” supports “b”.",
    ]


def test_who_accepts_the_premises_must_accept_the_conclusion() -> None:
    """Deductive support: a claim falls with what follows from it."""
    links = ["e: a b + c", "x: k - c"]
    assert told(debate("a b c k", "e: a + c", "x: k - c"), "a", Profile.DEDUCTIVE) == [
        "“a” falls.",
        "  Whoever accepts “a” must accept “c”, which falls.",
        "    “c” falls.",
        "      “k” rebuts “c”.",
        "        “k” stands: nothing attacks it.",
    ]
    assert told(debate("a c", "e: a + c"), "a", Profile.DEDUCTIVE) == [
        "“a” stands: nothing that follows from it counts against it.",
        "  It commits to “c”, which stands.",
        "    “c” stands: nothing attacks it.",
    ]
    assert told(debate("a b c k", *links), "a", Profile.DEDUCTIVE) == [
        "“a” is undecided: it leads to “c”, and it is open whether that counts against it."
    ]
    undercut = debate("a c k u", "e: a + c", "x: k - c", "v: u - e")
    assert told(undercut, "a", Profile.DEDUCTIVE)[1:3] == [
        "  The step from it to “c” is undercut.",
        "    “u” undercuts the step that “a” supports “c”.",
    ]
    fallen = debate("a b c k", *links, "w: k - b")
    assert told(fallen, "a", Profile.DEDUCTIVE)[1:3] == [
        "  It commits to “c” only together with “b”, which falls.",
        "    “b” falls.",
    ]


def test_a_claim_that_needs_every_step() -> None:
    made = debate("a c k", "e: a + c", "x: k - a")
    assert told(made, "c", Profile.NECESSARY)[:4] == [
        "“c” falls.",
        "  It needs every step that supports it, and one fails.",
        "    “a” supports “c”, but its premise falls.",
        "      “a” falls.",
    ]
    assert told(debate("a c", "e: a + c"), "c", Profile.NECESSARY)[0] == (
        "“c” stands: every step that supports it holds."
    )
    assert told(debate("a b", "x: a + b", "y: b + a"), "a", Profile.NECESSARY)[1] in {
        "  It needs claims that need it in turn: such a circle has no foundation."
    }


def test_changes_of_mind_are_reasons() -> None:
    pair = debate("a b", "x: a - b")
    given_up = Changes(rejected=frozenset({0}), accepted=frozenset({1}))
    assert told(pair, "a", changes=given_up) == ["“a” falls.", "  It is given up."]
    assert told(pair, "b", changes=given_up) == ["“b” stands: it is conceded."]


def test_a_preference_is_a_reason() -> None:
    made = Debate(
        [Claim("a", "a", values=("low",)), Claim("b", "b", values=("high",))],
        [Link(LinkKind.REBUTTAL, ("a",), "b")],
        values=[Label("high", "high"), Label("low", "low")],
    )
    high_first = [made.value_numbers["high"], made.value_numbers["low"]]
    assert told(made, "b", order=high_first) == [
        "“b” stands: every attack on it fails.",
        "  “a” attacks it but does not prevail for this audience.",
    ]


def test_an_undecided_quarrel_names_the_rival() -> None:
    assert told(debate("a b", "x: a - b", "y: b - a"), "a") == [
        "“a” is undecided: it is attacked by “b”, and neither side prevails."
    ]


def test_rival_answers() -> None:
    claims = [Claim(n, n, questions=("q",)) for n in ("a", "b")] + [Claim("k", "k")]
    made = Debate(
        claims,
        [Link(LinkKind.REBUTTAL, ("k",), "b")],
        questions=[Question("q", "?", exclusive=True)],
    )
    assert told(made, "a")[0] == "“a” stands: every attack on it fails."


def test_the_shortest_of_two_reasons() -> None:
    made = debate("far1 far2 near k c", "a: near - c", "b: k - c", "d: far1 - k", "e: far2 - far1")
    assert told(made, "c")[1] == "  “near” rebuts “c”."


def test_a_long_chain_ends() -> None:
    names = [f"c{n:05}" for n in range(5000)]
    links = [f"{a}{b}: {a} - {b}" for a, b in pairwise(names)]
    lines = told(debate(" ".join(names), *links), names[-1])
    assert "for reasons further off" in lines[-1]


NAMES = st.sampled_from("abcdef")
WORDS = {1: "stands", -1: "falls", 0: "is undecided"}


@given(
    st.lists(
        st.sampled_from(
            [f"{a}{s}{b}: {a} {s} {b}" for a in "abcdef" for b in "abcdef" for s in "-+"]
        ),
        max_size=10,
        unique=True,
    ),
    st.sampled_from(["", "a", "f c"]),
    st.sampled_from(list(Profile)),
)
def test_what_is_said_of_a_claim_is_its_label(
    links: list[str], backing: str, profile: Profile
) -> None:
    """Law: every sentence about a claim gives its grounded label, and explanations end."""
    made = debate("a b c d e f", *links, backing=backing)
    flat = flatten(made, profile)
    labels = grounded_labelling(flat.framework)
    waiting = [explain(made, claim, profile) for claim in range(6)]
    assert [reason.claim for reason in waiting] == list(range(6))
    while waiting:
        reason = waiting.pop()
        waiting += reason.because
        if reason.claim is not None:
            assert WORDS[int(labels[flat.claim_nodes[reason.claim]])] in reason.sentence
