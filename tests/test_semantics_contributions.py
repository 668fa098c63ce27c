"""Contributions of one node to another's strength, and the weight at which it tips."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dissensus.graph.errors import UsageError
from dissensus.graph.semantics import contributions
from dissensus.graph.semantics.bipolar import BipolarFramework
from dissensus.graph.semantics.contributions import (
    intrinsic_removal,
    removal,
    shapley,
    tipping_weight,
)
from dissensus.graph.semantics.gradients import gradient
from dissensus.graph.semantics.gradual import GradualSemantics, strengths

QE = GradualSemantics.QUADRATIC_ENERGY
DFQ = GradualSemantics.DF_QUAD

CHAIN = BipolarFramework.from_pairs([0.5] * 3, attacks=[(1, 0)], supports=[(2, 1)])
"""K3.1 of SEMANTICS: c supports b, b attacks a."""
KAMPIK = BipolarFramework.from_pairs(
    [0.5, 0, 0, 0, 0.5], attacks=[(2, 0), (3, 0)], supports=[(4, 1), (4, 2), (4, 3), (1, 0)]
)
"""e supports b, c and d; b supports a, c and d attack it: example 1.1 of Kampik and others."""


@pytest.mark.parametrize(
    ("contribution", "expected"),
    [
        (removal, [-0.375, -0.125]),
        (intrinsic_removal, [-0.25, -0.125]),
        (shapley, [-0.3125, -0.0625]),
    ],
)
def test_a_supported_attacker(contribution, expected):
    found = contribution(CHAIN, DFQ, 0)
    assert found.nodes.tolist() == [1, 2]
    assert found.values == pytest.approx(expected, abs=1e-12)
    assert found.converged


@pytest.mark.parametrize(
    ("contribution", "expected"),
    [(removal, -0.13235), (intrinsic_removal, -0.1), (shapley, -0.11618)],
)
def test_a_supported_attacker_under_quadratic_energy(contribution, expected):
    assert strengths(CHAIN, QE).values[0] == pytest.approx(0.36765, abs=5e-6)
    assert contribution(CHAIN, QE, 0).values[0] == pytest.approx(expected, abs=5e-6)


@pytest.mark.parametrize(
    ("contribution", "expected"),
    [
        (removal, [0.25, -0.125, -0.125, -0.125]),
        (intrinsic_removal, [0, 0, 0, -0.125]),
        (shapley, [0.125, -0.08333, -0.08333, -0.08333]),
    ],
)
def test_one_source_for_both_sides(contribution, expected):
    assert contribution(KAMPIK, DFQ, 0).values == pytest.approx(expected, abs=5e-6)


def test_a_gradient_of_nought_does_not_mean_that_a_node_has_no_bearing():
    """Without e, a goes from .375 to .5, and yet a's slope in e is 0."""
    assert gradient(KAMPIK, DFQ, 0).by_initial[4] == pytest.approx(0, abs=1e-12)
    assert removal(KAMPIK, DFQ, 0, np.array([4])).values == pytest.approx([-0.125])
    without = KAMPIK.restricted_to(np.arange(4))
    assert strengths(KAMPIK, DFQ).values[0] == pytest.approx(0.375)
    assert strengths(without, DFQ).values[0] == pytest.approx(0.5)


def random_framework(seed, size, edges):
    random = np.random.default_rng(seed)
    ends = random.integers(0, size, (2, edges))
    return BipolarFramework(random.random(size), *ends, random.choice([-1, 1], edges))


laws = settings(max_examples=20, deadline=None, derandomize=True)


@pytest.mark.parametrize("semantics", [QE, DFQ])
@laws
@given(seed=st.integers(0, 999))
def test_removal_is_what_taking_the_node_out_does(semantics, seed):
    framework = random_framework(seed, 7, 10)
    found = removal(framework, semantics, 0, np.arange(1, 7))
    before = strengths(framework, semantics).values[0]
    for node, value in zip(found.nodes, found.values, strict=True):
        rest = np.delete(np.arange(7), node)
        after = strengths(framework.restricted_to(rest), semantics).values[0]
        assert value == pytest.approx(before - after, abs=1e-7)
        if node not in framework.ancestors(0):
            assert value == 0


@pytest.mark.parametrize("semantics", [QE, DFQ])
@pytest.mark.parametrize("exact_up_to", [12, 0], ids=["exact", "sampled"])
@laws
@given(seed=st.integers(0, 999))
def test_shapley_values_add_up(semantics, exact_up_to, seed):
    framework = random_framework(seed, 6, 10)
    found = shapley(framework, semantics, 0, permutations=5, exact_up_to=exact_up_to)
    alone = strengths(framework.restricted_to(np.array([0])), semantics).values[0]
    gained = strengths(framework, semantics).values[0] - alone
    assert found.values.sum() == pytest.approx(gained, abs=1e-7)


def test_sampled_shapley_values_come_with_their_error():
    framework = random_framework(4, 9, 18)
    exact = shapley(framework, QE, 0)
    assert exact.permutations == 0
    assert exact.standard_error.tolist() == [0] * exact.nodes.size
    sampled = shapley(framework, QE, 0, permutations=400, exact_up_to=0)
    assert sampled.permutations == 400
    assert (sampled.nodes == exact.nodes).all()
    assert sampled.standard_error.max() > 0
    deviation = np.abs(sampled.values - exact.values)
    assert (deviation <= 4 * sampled.standard_error + 1e-12).all()
    more = shapley(framework, QE, 0, permutations=1600, exact_up_to=0)
    ratio = more.standard_error.sum() / sampled.standard_error.sum()
    assert ratio == pytest.approx(0.5, abs=0.1)


def test_sampling_depends_on_the_seed_alone():
    framework = random_framework(4, 9, 18)
    one, same = (shapley(framework, QE, 0, permutations=9, exact_up_to=0) for _ in range(2))
    other = shapley(framework, QE, 0, permutations=9, exact_up_to=0, seed=1)
    assert (one.values == same.values).all()
    assert (one.values != other.values).any()


def test_more_nodes_than_are_computed_exactly_are_sampled():
    n = contributions.EXACT_UP_TO + 2
    framework = BipolarFramework(np.full(n, 0.5), np.arange(1, n), np.zeros(n - 1), np.ones(n - 1))
    found = shapley(framework, QE, 0, permutations=20)
    assert found.permutations == 20
    assert (found.values > 0).all()


def test_batches_give_the_same(monkeypatch):
    framework = random_framework(4, 9, 18)

    def all_of_them():
        sampled = shapley(framework, QE, 0, permutations=9, exact_up_to=0)
        exact = shapley(framework, QE, 0)
        return removal(framework, QE, 0), intrinsic_removal(framework, QE, 0), exact, sampled

    whole = all_of_them()
    monkeypatch.setattr(contributions, "_LARGEST_BATCH", 50)
    for one, other in zip(whole, all_of_them(), strict=True):
        assert one.values == pytest.approx(other.values, abs=1e-8)


def test_what_does_not_rest_is_reported():
    """Here DF-QuAD nears its resting point ever more slowly; quadratic energy is soon there."""
    slow = BipolarFramework.from_pairs(
        [0.99, 0.99, 0.5, 0.9, 1],
        attacks=[(1, 0), (0, 4)],
        supports=[(1, 2), (2, 2), (0, 0), (4, 1)],
    )
    assert strengths(slow, QE).converged
    assert removal(slow, QE, 2).converged
    assert not strengths(slow, DFQ).converged
    assert not removal(slow, DFQ, 2).converged
    assert removal(slow, DFQ, 3).converged


class TestTippingWeight:
    @pytest.mark.parametrize("semantics", GradualSemantics)
    def test_an_attacker_strong_enough_brings_the_topic_down(self, semantics):
        framework = BipolarFramework.from_pairs([0.7, 0.1], attacks=[(1, 0)])
        at = tipping_weight(framework, semantics, 1, 0, 0.6)
        assert 0.1 < at < 1
        over = BipolarFramework.from_pairs([0.7, at], attacks=[(1, 0)])
        under = BipolarFramework.from_pairs([0.7, at - 2e-9], attacks=[(1, 0)])
        assert strengths(over, semantics).values[0] < 0.6
        assert strengths(under, semantics).values[0] >= 0.6

    def test_in_closed_form(self):
        framework = BipolarFramework.from_pairs([0.8, 0.1], attacks=[(1, 0)])
        assert tipping_weight(framework, DFQ, 1, 0, 0.6) == pytest.approx(0.25, abs=1e-8)

    def test_a_node_can_tip_itself(self):
        assert tipping_weight(CHAIN, DFQ, 0, 0, 0.25) == pytest.approx(1.0, abs=1e-8)

    def test_no_weight_tips_it(self):
        assert tipping_weight(CHAIN, DFQ, 2, 0, 0.9) is None
        assert tipping_weight(CHAIN, DFQ, 0, 2, 0.1) is None

    def test_of_two_tipping_weights_the_nearer_one(self):
        """a is .5 + .5 (e² - e): above .4 for e below .2764 and above .7236."""
        for present, nearer in [(0.4, 0.276393), (0.6, 0.723607)]:
            initial = KAMPIK.initial.copy()
            initial[4] = present
            framework = BipolarFramework(initial, KAMPIK.source, KAMPIK.target, KAMPIK.sign)
            assert tipping_weight(framework, DFQ, 4, 0, 0.4) == pytest.approx(nearer, abs=1e-6)

    @laws
    @given(seed=st.integers(0, 999), node=st.integers(0, 5), threshold=st.floats(0.1, 0.9))
    def test_at_the_tipping_weight_the_topic_is_on_the_other_side(self, seed, node, threshold):
        framework = random_framework(seed, 6, 9)
        at = tipping_weight(framework, QE, node, 0, threshold)
        if at is not None:
            initial = framework.initial.copy()
            initial[node] = at
            changed = BipolarFramework(initial, framework.source, framework.target, framework.sign)
            before, after = strengths(framework, QE), strengths(changed, QE)
            assert before.converged
            assert after.converged
            margin = 1e-7
            if before.values[0] >= threshold:
                assert after.values[0] < threshold + margin
            else:
                assert after.values[0] >= threshold - margin


def test_nodes_that_do_not_exist():
    for ask in (removal, intrinsic_removal, shapley):
        with pytest.raises(UsageError, match="no node"):
            ask(CHAIN, QE, 5)
    with pytest.raises(UsageError, match="no node"):
        tipping_weight(CHAIN, QE, 5, 0, 0.5)
    with pytest.raises(UsageError, match="two permutations"):
        shapley(CHAIN, QE, 0, permutations=1)
