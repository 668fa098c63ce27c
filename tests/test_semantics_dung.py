"""Dung's semantics, held against a search over all subsets and against the laws they obey."""

from __future__ import annotations

import random
import time
from functools import lru_cache
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dissensus.graph.semantics.acceptance import (
    NO,
    UNKNOWN,
    YES,
    acceptance,
    credulously_accepted,
    extension_with,
    extension_without,
    sceptically_accepted,
)
from dissensus.graph.semantics.components import split, strong_components, weak_components
from dissensus.graph.semantics.extensions import all_extensions, some_extension
from dissensus.graph.semantics.framework import IN, OUT, UNDECIDED, Framework, Semantics
from dissensus.graph.semantics.grounded import grounded_labelling, labelling_of
from dissensus.graph.semantics.rounds import settling_rounds
from dissensus.graph.semantics.satisfying import SolverTimeoutError

Sets = frozenset[frozenset[int]]


# -- the oracle: every subset, by the definitions -----------------------------------------------


@lru_cache(maxsize=2000)
def by_definition(size: int, attacks: frozenset[tuple[int, int]]) -> dict[Semantics, Sets]:
    """All extensions under each semantics, straight from the definitions."""
    everything = range(size)
    subsets = [
        frozenset(s)
        for s in chain.from_iterable(combinations(everything, k) for k in range(size + 1))
    ]

    def attacked(s):
        return frozenset(b for a, b in attacks if a in s)

    def defended(s):
        out = attacked(s)
        return frozenset(b for b in everything if all(a in out for a, t in attacks if t == b))

    def largest(sets, measure=lambda s: s):
        return frozenset(s for s in sets if not any(measure(s) < measure(t) for t in sets))

    free = [s for s in subsets if not s & attacked(s)]
    admissible = [s for s in free if s <= defended(s)]
    complete = [s for s in admissible if s == defended(s)]
    preferred = largest(complete)
    semi_stable = largest(complete, lambda s: s | attacked(s))

    def boldest_within(sets):
        common = frozenset.intersection(*sets)
        return largest([s for s in admissible if s <= common])

    return {
        Semantics.COMPLETE: frozenset(complete),
        Semantics.GROUNDED: frozenset(s for s in complete if all(s <= t for t in complete)),
        Semantics.PREFERRED: preferred,
        Semantics.STABLE: frozenset(s for s in free if len(s | attacked(s)) == size),
        Semantics.SEMI_STABLE: semi_stable,
        Semantics.STAGE: largest(free, lambda s: s | attacked(s)),
        Semantics.IDEAL: boldest_within(preferred),
        Semantics.EAGER: boldest_within(semi_stable),
    }


def framework(size, attacks):
    return Framework.from_pairs(size, attacks)


def as_sets(extensions) -> Sets:
    return frozenset(frozenset(extension.tolist()) for extension in extensions)


def random_frameworks(count, largest=7):
    numbers = random.Random(20261123)
    for _ in range(count):
        size = numbers.randint(0, largest)
        density = numbers.choice((0.1, 0.2, 0.3, 0.5, 0.9))
        own = numbers.choice((0, 0, 0.2, 0.6))
        yield (
            size,
            frozenset(
                (a, b)
                for a in range(size)
                for b in range(size)
                if numbers.random() < (own if a == b else density)
            ),
        )


@pytest.mark.parametrize("semantics", Semantics)
def test_every_task_agrees_with_a_search_over_all_subsets(semantics):
    for size, attacks in random_frameworks(300):
        af = framework(size, attacks)
        expected = by_definition(size, attacks)[semantics]
        found = all_extensions(af, semantics)
        listed = list(found)
        assert as_sets(listed) == expected, (size, sorted(attacks))
        assert found.count == len(expected) == len(listed)

        one = some_extension(af, semantics)
        assert (one is None) == (not expected)
        assert one is None or frozenset(one.tolist()) in expected

        every = acceptance(af, semantics)
        assert every.known
        assert every.exists == bool(expected)
        for argument in range(size):
            some = any(argument in s for s in expected)
            all_ = all(argument in s for s in expected)
            assert every.credulous[argument] == (YES if some else NO)
            assert every.sceptical[argument] == (YES if all_ else NO)
            assert credulously_accepted(af, semantics, argument) == some
            assert sceptically_accepted(af, semantics, argument) == all_
            witness = extension_with(af, semantics, argument)
            assert (witness is not None) == some
            assert witness is None or (
                argument in witness and frozenset(witness.tolist()) in expected
            )
            witness = extension_without(af, semantics, argument)
            assert (witness is None) == all_
            assert witness is None or (
                argument not in witness and frozenset(witness.tolist()) in expected
            )


# -- laws ---------------------------------------------------------------------------------------

small = st.integers(0, 7).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.frozensets(
            st.tuples(st.integers(0, max(size - 1, 0)), st.integers(0, max(size - 1, 0))),
            max_size=2 * size,
        ),
    )
)
laws = settings(max_examples=60, deadline=None)


def every(af, semantics) -> Sets:
    return as_sets(all_extensions(af, semantics))


@given(small)
@laws
def test_the_semantics_lie_inside_one_another(case):
    af = framework(*case)
    sets = {semantics: every(af, semantics) for semantics in Semantics}
    assert (
        sets[Semantics.STABLE]
        <= sets[Semantics.SEMI_STABLE]
        <= sets[Semantics.PREFERRED]
        <= sets[Semantics.COMPLETE]
    )
    assert sets[Semantics.STABLE] <= sets[Semantics.STAGE]
    if sets[Semantics.STABLE]:
        assert sets[Semantics.STABLE] == sets[Semantics.STAGE] == sets[Semantics.SEMI_STABLE]
    (grounded,) = sets[Semantics.GROUNDED]
    (ideal,) = sets[Semantics.IDEAL]
    (eager,) = sets[Semantics.EAGER]
    assert grounded <= ideal <= eager
    assert all(grounded <= extension for extension in sets[Semantics.COMPLETE])
    assert all(ideal <= extension for extension in sets[Semantics.PREFERRED])
    assert all(eager <= extension for extension in sets[Semantics.SEMI_STABLE])
    assert {grounded, ideal, eager} <= sets[Semantics.COMPLETE]


@given(small, st.randoms(use_true_random=False))
@laws
def test_new_names_change_nothing_else(case, numbers):
    size, attacks = case
    new = list(range(size))
    numbers.shuffle(new)
    renamed = framework(size, {(new[a], new[b]) for a, b in attacks})
    for semantics in Semantics:
        expected = frozenset(
            frozenset(new[argument] for argument in extension)
            for extension in every(framework(size, attacks), semantics)
        )
        assert every(renamed, semantics) == expected


@given(small)
@laws
def test_complete_labellings_obey_the_reinstatement_conditions(case):
    af = framework(*case)
    for extension in all_extensions(af, Semantics.COMPLETE):
        labels = labelling_of(af, extension)
        for argument in range(af.size):
            attackers = labels[af.attackers_of(argument)]
            assert (labels[argument] == IN) == (attackers == OUT).all()
            assert (labels[argument] == OUT) == (attackers == IN).any()


@given(small)
@laws
def test_the_grounded_labelling_is_that_of_the_grounded_extension(case):
    af = framework(*case)
    (extension,) = all_extensions(af, Semantics.GROUNDED)
    assert grounded_labelling(af).tolist() == labelling_of(af, extension).tolist()


@given(st.lists(small, min_size=2, max_size=4))
@settings(max_examples=30, deadline=None)
def test_frameworks_side_by_side_multiply(cases):
    size, attacks = 0, []
    counts = dict.fromkeys(Semantics, 1)
    for part, (part_size, part_attacks) in enumerate(cases):
        attacks += [(a + size, b + size) for a, b in part_attacks]
        size += part_size
        for semantics in Semantics:
            counts[semantics] *= len(by_definition(part_size, part_attacks)[semantics])
        assert part < len(cases)
    af = framework(size, attacks)
    for semantics in Semantics:
        assert all_extensions(af, semantics).count == counts[semantics]


# -- worked examples ----------------------------------------------------------------------------


def labels_of(af) -> str:
    return "".join({IN: "+", OUT: "-", UNDECIDED: "?"}[int(x)] for x in grounded_labelling(af))


def test_floating_reinstatement():
    # SEMANTICS, section 7: a and b attack each other and c, c attacks d.
    af = framework(4, [(0, 1), (1, 0), (0, 2), (1, 2), (2, 3)])
    assert every(af, Semantics.COMPLETE) == {frozenset(), frozenset({0, 3}), frozenset({1, 3})}
    assert labels_of(af) == "????"
    assert acceptance(af, Semantics.PREFERRED).sceptical.tolist() == [NO, NO, NO, YES]
    assert every(af, Semantics.IDEAL) == {frozenset()}


def test_what_is_beyond_attack_by_the_accepted_may_still_be_undecided():
    # 1 attacks itself and 0; 2 and 3 attack each other; only 2 answers 1.
    af = framework(4, [(1, 1), (1, 0), (2, 1), (2, 3), (3, 2)])
    assert every(af, Semantics.PREFERRED) == {frozenset({0, 2}), frozenset({3})}
    assert acceptance(af, Semantics.PREFERRED).sceptical.tolist() == [NO] * 4
    assert extension_without(af, Semantics.PREFERRED, 0).tolist() == [3]


def test_stage_need_not_hold_the_grounded_extension():
    # 0 → 1 → 2, and 2 attacks itself: {1} covers as much as {0} does, but something else.
    af = framework(3, [(0, 1), (1, 2), (2, 2)])
    assert every(af, Semantics.GROUNDED) == {frozenset({0})}
    assert every(af, Semantics.STAGE) == {frozenset({0}), frozenset({1})}


def test_an_odd_cycle_has_no_stable_extension():
    af = framework(3, [(0, 1), (1, 2), (2, 0)])
    assert some_extension(af, Semantics.STABLE) is None
    answer = acceptance(af, Semantics.STABLE)
    assert answer.exists is False
    assert answer.credulous.tolist() == [NO] * 3
    assert answer.sceptical.tolist() == [YES] * 3
    assert every(af, Semantics.STAGE) == {frozenset({0}), frozenset({1}), frozenset({2})}
    assert every(af, Semantics.PREFERRED) == {frozenset()}


@pytest.mark.parametrize("semantics", Semantics)
def test_nothing_to_argue_about(semantics):
    af = framework(0, [])
    assert [extension.tolist() for extension in all_extensions(af, semantics)] == [[]]
    assert acceptance(af, semantics).exists is True


def test_a_second_component_without_stable_extension_spoils_all():
    af = framework(3, [(0, 1), (1, 0), (2, 2)])
    assert all_extensions(af, Semantics.STABLE).count == 0
    assert list(all_extensions(af, Semantics.STABLE)) == []
    assert sceptically_accepted(af, Semantics.STABLE, 0)
    assert not credulously_accepted(af, Semantics.STABLE, 0)
    assert every(af, Semantics.SEMI_STABLE) == {frozenset({0}), frozenset({1})}


def test_extensions_stay_factored_beyond_all_counting():
    pairs = 10_000
    af = framework(
        2 * pairs, [e for i in range(pairs) for e in ((2 * i, 2 * i + 1), (2 * i + 1, 2 * i))]
    )
    found = all_extensions(af, Semantics.PREFERRED)
    assert found.count == 2**pairs
    assert all_extensions(af, Semantics.COMPLETE).count == 3**pairs
    first = next(iter(found))
    assert first.tolist() == list(range(0, 2 * pairs, 2))


# -- size and shape -----------------------------------------------------------------------------


@pytest.mark.parametrize("length", [10_000, 300_000])
def test_a_long_chain(length):
    af = Framework(length, np.arange(length - 1), np.arange(1, length))
    expected = np.where(np.arange(length) % 2 == 0, IN, OUT)
    assert (grounded_labelling(af) == expected).all()
    component, count = strong_components(af)
    assert count == length
    assert (component == np.arange(length)).all()
    assert weak_components(af)[1] == 1
    answer = acceptance(af, Semantics.STAGE)
    assert (answer.sceptical == expected).all()


def test_a_long_cycle_is_one_piece():
    length = 10_000
    af = Framework(length, np.arange(length), (np.arange(length) + 1) % length)
    assert strong_components(af)[1] == 1
    assert [len(piece.arguments) for piece in split(af)] == [length]
    assert all_extensions(af, Semantics.PREFERRED).count == 2
    assert acceptance(af, Semantics.IDEAL).credulous.tolist() == [NO] * length
    odd = framework(101, [(i, (i + 1) % 101) for i in range(101)])
    assert every(odd, Semantics.PREFERRED) == {frozenset()}
    assert all_extensions(odd, Semantics.STAGE).count == 101


def test_wide_and_narrow_frontiers_label_alike():
    # A fan of 1000 chains: wide at first, so labelled together, then one by one, then wide again.
    width, length = 1000, 7
    chains = [(c * length + i, c * length + i + 1) for c in range(width) for i in range(length - 1)]
    hub = width * length
    ends = [(c * length + length - 1, hub) for c in range(width)]
    tail = [(hub, hub + 1)] + [(hub + 1, hub + 2 + i) for i in range(500)]
    af = framework(hub + 502, chains + ends + tail)
    labels = grounded_labelling(af)
    assert labels[:hub].reshape(width, length).tolist() == [[IN, OUT, IN, OUT, IN, OUT, IN]] * width
    assert labels[hub] == OUT
    assert labels[hub + 1] == IN
    assert (labels[hub + 2 :] == OUT).all()


def test_compiled_and_plain_loops_agree(monkeypatch):
    pytest.importorskip("numba")
    from dissensus.graph.semantics import compiling

    numbers = np.random.default_rng(5)
    af = Framework(3000, numbers.integers(0, 3000, 5000), numbers.integers(0, 3000, 5000))
    monkeypatch.setattr(compiling, "WORTH_A_CALL", 10**9)
    monkeypatch.setattr(compiling, "WORTH_AN_IMPORT", 10**9)
    plain = grounded_labelling(af), *strong_components(af)
    monkeypatch.setattr(compiling, "WORTH_A_CALL", 0)
    monkeypatch.setattr(compiling, "WORTH_AN_IMPORT", 0)
    compiled = grounded_labelling(af), *strong_components(af)
    assert (plain[0] == compiled[0]).all()
    assert (plain[1] == compiled[1]).all()
    assert plain[2] == compiled[2]


def test_components_agree_with_networkx():
    import networkx as nx

    numbers = random.Random(3)
    for _ in range(40):
        size = numbers.randint(1, 40)
        attacks = {
            (numbers.randrange(size), numbers.randrange(size))
            for _ in range(numbers.randint(0, 60))
        }
        graph = nx.DiGraph()
        graph.add_nodes_from(range(size))
        graph.add_edges_from(attacks)
        af = framework(size, attacks)
        for (component, count), expected in (
            (strong_components(af), nx.strongly_connected_components(graph)),
            (weak_components(af), nx.weakly_connected_components(graph)),
        ):
            found = {frozenset(np.flatnonzero(component == i).tolist()) for i in range(count)}
            assert found == set(map(frozenset, expected))
        component, _ = strong_components(af)
        assert all(component[a] <= component[b] for a, b in attacks)


def crowd(seed: int, size: int = 3000) -> Framework:
    """Replies to earlier arguments, rather to the first few, and some attacks back."""
    numbers = random.Random(seed)
    pairs = {(a, numbers.randrange(min(a, numbers.choice((5, size))))) for a in range(1, size)}
    pairs |= {(b, a) for a, b in pairs if numbers.random() < 0.02}
    return Framework.from_pairs(size, sorted(pairs))


@pytest.mark.parametrize("seed", range(5))
def test_crowds_have_the_components_and_ancestors_that_networkx_finds(seed):
    import networkx as nx

    af = crowd(seed)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(af.size))
    graph.add_edges_from(af.pairs())
    component, count = strong_components(af)
    found = {frozenset(np.flatnonzero(component == i).tolist()) for i in range(count)}
    assert found == set(map(frozenset, nx.strongly_connected_components(graph)))
    assert (component[af.sources] <= component[af.targets]).all()
    for argument in (0, 7, af.size - 1):
        above = nx.ancestors(graph, argument) | {argument}
        assert af.ancestors(argument).tolist() == sorted(above)


@pytest.mark.parametrize("seed", range(5))
def test_rounds_in_a_crowd_follow_from_those_of_the_attackers(seed):
    af = crowd(seed)
    labels = grounded_labelling(af).tolist()
    rounds = settling_rounds(af, labels)
    for argument in range(af.size):
        attackers = af.attackers_of(argument).tolist()
        if labels[argument] == IN:
            assert rounds[argument] == max((rounds[a] + 1 for a in attackers), default=0)
        elif labels[argument] == OUT:
            assert rounds[argument] == min(rounds[a] + 1 for a in attackers if labels[a] == IN)
        else:
            assert rounds[argument] == af.size


def test_a_star_is_one_component():
    leaves = 100_000
    af = Framework(leaves + 1, np.arange(leaves), np.full(leaves, leaves))
    assert weak_components(af)[1] == 1
    assert strong_components(af)[1] == leaves + 1


def test_pieces_of_equal_structure_are_one_framework():
    af = framework(6, [(0, 1), (1, 0), (2, 2), (4, 5), (5, 4)])
    pieces = split(af, np.array([True, True, True, False, True, True]))
    assert [piece.arguments.tolist() for piece in pieces] == [[0, 1], [2], [4, 5]]
    assert pieces[0].framework is pieces[2].framework
    assert list(pieces[0].framework.pairs()) == [(0, 1), (1, 0)]


def hard(size=4000, degree=4):
    """A random framework whose undecided rest no solver decides in seconds."""
    numbers = np.random.default_rng(1)
    ends = numbers.integers(0, size, (2, size * degree))
    return Framework(size, *ends)


@pytest.mark.parametrize("semantics", [Semantics.PREFERRED, Semantics.STABLE, Semantics.STAGE])
def test_a_timeout_ends_in_an_honest_unknown(semantics):
    af = hard()
    labels = grounded_labelling(af)
    start = time.monotonic()
    answer = acceptance(af, semantics, timeout=0.5)
    assert time.monotonic() - start < 10
    assert not answer.known
    open_arguments = np.flatnonzero(labels == UNDECIDED)
    assert (answer.sceptical[open_arguments] == UNKNOWN).any()
    if semantics is Semantics.PREFERRED:
        assert (answer.sceptical[labels == IN] == YES).all()
        assert (answer.credulous[labels == OUT] == NO).all()
    extensions = all_extensions(af, semantics, timeout=0.2)
    assert extensions.count is None
    with pytest.raises(SolverTimeoutError):
        next(iter(extensions))
    with pytest.raises(SolverTimeoutError, match="time"):
        some_extension(af, semantics, timeout=0.2)
    with pytest.raises(SolverTimeoutError):
        sceptically_accepted(af, semantics, int(open_arguments[0]), timeout=0.0)


def test_small_components_are_decided_before_a_hard_one_takes_the_time():
    af = hard()
    attacks = [*af.pairs(), (4000, 4001), (4001, 4000), (4002, 4003), (4003, 4002)]
    both = framework(4004, attacks)
    answer = acceptance(both, Semantics.PREFERRED, timeout=1.0)
    assert answer.credulous[4000:].tolist() == [YES] * 4
    assert answer.sceptical[4000:].tolist() == [NO] * 4
    assert not answer.known


def test_a_stable_extension_missing_anywhere_decides_even_when_time_is_up():
    both = framework(4001, [*hard().pairs(), (4000, 4000)])
    answer = acceptance(both, Semantics.STABLE, timeout=1.0)
    assert answer.exists is False
    assert (answer.sceptical == YES).all()


def test_the_same_question_gets_the_same_answer():
    af = hard(300, 3)
    for semantics in (Semantics.PREFERRED, Semantics.SEMI_STABLE):
        first, second, timed = (
            some_extension(af, semantics),
            some_extension(af, semantics),
            some_extension(af, semantics, timeout=60),
        )
        assert first.tolist() == second.tolist()
        assert timed.tolist() in [extension.tolist() for extension in all_extensions(af, semantics)]


@pytest.mark.parametrize(
    ("size", "sources", "targets", "names"),
    [(2, [0], [2], ()), (2, [-1], [0], ()), (2, [0, 1], [1], ()), (2, [0], [1], ("a",))],
)
def test_a_framework_refuses_what_it_is_not(size, sources, targets, names):
    with pytest.raises(ValueError, match=r"argument|columns"):
        Framework(size, sources, targets, names)


def test_a_framework_reads_both_ways_and_keeps_each_attack_once():
    af = Framework(3, [2, 0, 2, 2], [1, 1, 0, 1], names=("a", "b", "c"))
    assert af.attack_count == 3
    assert list(af.pairs()) == [(0, 1), (2, 0), (2, 1)]
    assert af.attackers_of(1).tolist() == [0, 2]
    assert af.attacked_by(2).tolist() == [0, 1]
    assert af.ancestors(1).tolist() == [0, 1, 2]
    assert (af.name(2), af.number("c"), af.number("d")) == ("c", 2, None)
    part = af.restricted_to(np.array([1, 2], dtype=np.int32))
    assert list(part.pairs()) == [(1, 0)]
