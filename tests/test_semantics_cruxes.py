"""Cruxes and what-ifs: every flip is real, and every real flip is found."""

from __future__ import annotations

import random
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dissensus.graph.debate import Debate
from dissensus.graph.model import Claim, Link, Question, Quote, Stance
from dissensus.graph.semantics.cruxes import Change, Move, cruxes, double_cruxes
from dissensus.graph.semantics.flattening import Changes, flatten
from dissensus.graph.semantics.flips import Labels
from dissensus.graph.semantics.framework import IN, OUT, UNDECIDED, WORDS, Framework
from dissensus.graph.semantics.grounded import grounded_labelling
from dissensus.graph.semantics.profiles import Profile
from dissensus.graph.semantics.reliance import relied_on
from dissensus.graph.semantics.views import view_of, without_document, without_speaker
from dissensus.graph.terms import LinkKind

ATTACKS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=24, unique=True)


def recomputed(size: int, attacks, forced: dict[int, int]) -> list[int]:
    """Labels with some arguments forced, the plain way: cut what attacks them, then force."""
    kept = [(a, b) for a, b in attacks if b not in forced]
    extra = size
    for node, label in forced.items():
        if label == OUT:
            kept.append((extra, node))
            extra += 1
        elif label == UNDECIDED:
            kept.append((node, node))
    return grounded_labelling(Framework.from_pairs(extra, kept)).tolist()[:size]


@given(ATTACKS, st.dictionaries(st.integers(0, 7), st.sampled_from([IN, OUT]), max_size=3))
def test_labels_after_a_change_are_those_of_labelling_again(attacks, forced) -> None:
    """Law: following a change gives the labels that starting over gives."""
    labels = Labels(Framework.from_pairs(8, attacks))
    after = list(labels.labels)
    for node, label in labels.after(forced).items():
        after[node] = label
    assert after == recomputed(8, attacks, forced)


def debate(claims: str, *links: str, backing: str = "") -> Debate:
    """``a-b`` rebuts, ``a+b`` supports; each link is named by what it says."""
    kinds = {"-": LinkKind.REBUTTAL, "+": LinkKind.SUPPORT}
    return Debate(
        [Claim(n, n, speakers=(f"s{n}",), needs_backing=n in backing) for n in claims],
        [Link(kinds[k[1]], (k[0],), k[2], iri=k) for k in links],
    )


def told(debate: Debate, found) -> set[str]:
    """Each crux as ``give up a & drop a-b → in``."""

    def name(change) -> str:
        iris = debate.link_iris if change.move is Move.DROP else debate.claim_iris
        return f"{change.move.value} {iris[change.number]}"

    return {
        " & ".join(sorted(name(change) for change in crux.changes)) + f" → {crux.after}"
        for crux in found.cruxes
    }


def test_every_single_change_of_mind_that_flips_a_chain() -> None:
    chain = debate("abc", "a-b", "b-c")
    assert told(chain, cruxes(chain, 2)) == {
        "give up a → out", "concede b → out", "drop a-b → out",
    }  # fmt: skip


def test_redundant_defence_has_no_single_crux_but_pairs() -> None:
    """Two attackers that stand: neither matters alone."""
    doubly = debate("abt", "a-t", "b-t")
    assert not cruxes(doubly, 2).cruxes
    pairs = told(doubly, cruxes(doubly, 2, size=2))
    assert "give up a & give up b → in" in pairs
    assert "drop a-t & drop b-t → in" in pairs
    assert len(pairs) == 4


def test_support_is_a_crux_only_where_backing_is_needed() -> None:
    assert not cruxes(debate("at", "a+t"), 1).cruxes
    needy = debate("at", "a+t", backing="t")
    assert told(needy, cruxes(needy, 1)) == {"give up a → out", "drop a+t → out"}


DEBATES = st.builds(
    lambda links: debate("abcdef", *links),
    st.lists(
        st.sampled_from([f"{a}{s}{b}" for a in "abcdef" for b in "abcdef" for s in "-+" if a != b]),
        max_size=9,
        unique=True,
    ),
)


@given(DEBATES, st.sampled_from([Profile.REASON, Profile.NECESSARY]))
def test_a_crux_flips_and_a_non_crux_does_not(debate: Debate, profile: Profile) -> None:
    """Law: the single cruxes are exactly the claims and links whose change flips the label."""

    def label(changes: Changes) -> int:
        flat = flatten(debate, profile, changes=changes)
        return grounded_labelling(flat.framework)[flat.claim_nodes[5]]

    before = label(Changes())
    expected = set()
    for claim in range(5):
        if label(Changes(rejected=frozenset({claim}))) != before:
            expected.add((Move.GIVE_UP, claim))
        if label(Changes(accepted=frozenset({claim}))) != before:
            expected.add((Move.CONCEDE, claim))
    if profile is Profile.REASON:
        for link in range(len(debate.link_iris)):
            if label(Changes(dropped=frozenset({link}))) != before:
                expected.add((Move.DROP, link))
    found = {
        (c.changes[0].move, c.changes[0].number) for c in cruxes(debate, 5, profile=profile).cruxes
    }
    if profile is Profile.NECESSARY:  # dropping a necessary support link is not defeating it
        found = {pair for pair in found if pair[0] is not Move.DROP}
    assert found == expected


def tried_one_by_one(debate: Debate, claim: int, size: int, profile: Profile) -> set:
    """All minimal sets of changes that flip a claim, with the label after, by trying every set."""
    flat = flatten(debate, profile)
    attacks = list(flat.framework.pairs())

    def label(forced: dict[int, int]) -> int:
        return recomputed(flat.framework.size, attacks, forced)[flat.claim_nodes[claim]]

    labels = recomputed(flat.framework.size, attacks, {})
    first_of = {node: number for number, node in reversed(list(enumerate(flat.claim_nodes)))}
    moves = [
        (Change(move, number), node, forced)
        for node, number in first_of.items()
        for move, forced in ((Move.GIVE_UP, OUT), (Move.CONCEDE, IN))
        if node != flat.claim_nodes[claim] and labels[node] != forced
    ]
    moves += [
        (Change(Move.DROP, number), node, OUT)
        for number, node in enumerate(flat.link_nodes)
        if node >= 0 and labels[node] != OUT
    ]
    found: dict[frozenset[Change], int] = {}
    for count in range(1, size + 1):
        for chosen in combinations(moves, count):
            changes = frozenset(change for change, _, _ in chosen)
            forced = {node: label for _, node, label in chosen}
            if len(forced) < count or any(smaller <= changes for smaller in found):
                continue
            if (after := label(forced)) != labels[flat.claim_nodes[claim]]:
                found[changes] = after
    return {(changes, WORDS[after]) for changes, after in found.items()}


CIRCULAR = st.builds(
    lambda links, backing: debate("abcdefgh", *links, backing=backing),
    st.lists(
        st.sampled_from(
            [f"{a}{s}{b}" for a in "abcdefgh" for b in "abcdefgh" for s in "--+" if a != b]
        ),
        min_size=8,
        max_size=26,
        unique=True,
    ),
    st.sampled_from(["", "h", "aceg", "abcdefgh"]),
)
"""Debates in which nearly every claim is in some circle of attacks."""


@given(CIRCULAR, st.sampled_from(Profile))
def test_cruxes_in_circles_are_those_found_by_trying_everything(
    debate: Debate, profile: Profile
) -> None:
    for claim in (0, 7):
        found = cruxes(debate, claim, profile=profile)
        told = {(frozenset(crux.changes), crux.after) for crux in found.cruxes}
        assert told == tried_one_by_one(debate, claim, 1, profile)


@settings(max_examples=30)
@given(CIRCULAR)
def test_pairs_in_circles_are_those_found_by_trying_everything(debate: Debate) -> None:
    found = cruxes(debate, 7, size=2)
    assert found.complete
    told = {(frozenset(crux.changes), crux.after) for crux in found.cruxes}
    assert told == tried_one_by_one(debate, 7, 2, Profile.REASON)


@pytest.mark.parametrize("seed", range(6))
def test_cruxes_of_popular_claims_in_a_crowd(seed: int) -> None:
    """A hundred claims, replies mostly to the first few, one in ten answered back."""
    numbers = random.Random(seed)
    names = [f"c{n:02}" for n in range(100)]
    links = []
    for n, name in enumerate(names[1:], start=1):
        other = names[numbers.randrange(min(n, numbers.choice((4, 100))))]
        kind = numbers.choice((LinkKind.REBUTTAL, LinkKind.REBUTTAL, LinkKind.SUPPORT))
        links.append(Link(kind, (name,), other, iri=f"{name}-{other}"))
        if numbers.random() < 0.1:
            links.append(Link(LinkKind.REBUTTAL, (other,), name, iri=f"{other}-{name}"))
    made = Debate(
        [Claim(name, name, needs_backing=numbers.random() < 0.1) for name in names], links
    )
    for claim in range(3):
        told = {(frozenset(c.changes), c.after) for c in cruxes(made, claim).cruxes}
        assert told == tried_one_by_one(made, claim, 1, Profile.REASON)


@settings(max_examples=300)
@given(ATTACKS, st.dictionaries(st.integers(0, 7), st.sampled_from([IN, OUT]), max_size=2))
def test_what_a_label_does_not_rely_on_cannot_change_it(attacks, before) -> None:
    """Law: a flip, also after some changes, forces one of the pairs that the label relies on."""
    labels = Labels(Framework.from_pairs(8, attacks))
    relied = relied_on(labels, 0, labels.shift(before))
    label = recomputed(8, attacks, before)[0]
    free = [pair for pair in product(range(1, 8), (IN, OUT)) if pair[0] not in before]
    for pair in free:
        if recomputed(8, attacks, before | dict([pair]))[0] != label:
            assert pair in relied
    unrelated = [pair for pair in free if pair not in relied]
    for pairs in combinations(unrelated, 2):
        assert recomputed(8, attacks, before | dict(pairs))[0] == label


@given(DEBATES)
def test_sets_are_minimal(debate: Debate) -> None:
    found = [frozenset(crux.changes) for crux in cruxes(debate, 5, size=2).cruxes]
    assert not any(one < other for one, other in combinations(found, 2))
    assert len(found) == len(set(found))


def test_a_double_crux_is_where_both_would_turn() -> None:
    """t is disputed; ann holds that p fails, bob asserts it, and p decides t for both.

    n is no double crux: bob, who takes p for granted, would not be moved by it.
    """
    claims = [
        Claim("t", "t", speakers=("ann",)),
        Claim("p", "p", speakers=("bob",)),
        Claim("n", "n", speakers=("ann",)),
    ]
    links = [Link(LinkKind.REBUTTAL, ("p",), "t"), Link(LinkKind.REBUTTAL, ("n",), "p")]
    quarrel = Debate(claims, links, stances=[Stance("bob", "n", False)])
    ann, bob = quarrel.speaker_number("ann"), quarrel.speaker_number("bob")
    found = double_cruxes(quarrel, quarrel.claim_number("t"), ann, bob)
    assert {quarrel.claim_iris[crux.claim] for crux in found} == {"p"}
    for crux in found:
        assert (crux.first.before, crux.second.before) == ("in", "out")


def test_a_view_leaves_self_contradiction_open() -> None:
    torn = debate("ab", "a-b", "b-a")
    claims = [Claim(n, n, speakers=("ann",)) for n in "abc"]
    torn = Debate(claims, torn.links)
    assert view_of(torn, 0).accepted == {torn.claim_number("c")}


def test_a_view_leaves_rival_answers_of_one_speaker_open() -> None:
    claims = [Claim(n, n, speakers=("ann",), questions=("q",)) for n in "ab"]
    torn = Debate(claims, questions=[Question("q", "?", exclusive=True)])
    assert not view_of(torn, 0).accepted
    open_question = Debate(claims, questions=[Question("q", "?")])
    assert len(view_of(open_question, 0).accepted) == 2


def test_withdrawing_a_speaker_or_a_document() -> None:
    claims = [
        Claim("a", "a", speakers=("ann",), quotes=(Quote("x", document="one"),)),
        Claim("b", "b", speakers=("ann", "bob"), quotes=(Quote("x", document="two"),)),
        Claim("c", "c", quotes=(Quote("x", document="one"), Quote("y", document="two"))),
    ]
    made = Debate(claims, [Link(LinkKind.SUPPORT, ("b",), "c", speakers=("ann",))])
    ann = made.speaker_number("ann")
    assert without_speaker(made, ann) == Changes(rejected=frozenset({0}), dropped=frozenset({0}))
    assert without_document(made, 0).rejected == {0}


@pytest.mark.parametrize("length", [10_000])
def test_long_chains(length: int) -> None:
    names = [f"c{n:05}" for n in range(length)]
    chain = Debate(
        [Claim(name, name) for name in names],
        [Link(LinkKind.REBUTTAL, (a,), b) for a, b in pairwise(names)],
    )
    found = cruxes(chain, length - 1)
    assert found.before == "out"
    assert len(found.cruxes) > length
