"""Gradients: the published ones, and all of them against finite differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dissensus.graph.errors import UsageError
from dissensus.graph.semantics import gradients
from dissensus.graph.semantics.bipolar import BipolarFramework
from dissensus.graph.semantics.gradients import gradient
from dissensus.graph.semantics.gradual import GradualSemantics, strengths

QE = GradualSemantics.QUADRATIC_ENERGY
DFQ = GradualSemantics.DF_QUAD
EBT = GradualSemantics.EULER_TOP
HCAT = GradualSemantics.H_CATEGORISER

CHAIN = BipolarFramework.from_pairs([0.5] * 3, attacks=[(1, 0)], supports=[(2, 1)])
"""K3.1 of SEMANTICS: c supports b, b attacks a."""
KAMPIK = BipolarFramework.from_pairs(
    [0.5, 0, 0, 0, 0.5], attacks=[(2, 0), (3, 0)], supports=[(4, 1), (4, 2), (4, 3), (1, 0)]
)
"""e supports b, c and d; b supports a, c and d attack it."""


def strength_of(framework, semantics, target, *, initial=None, weight=None):
    changed = BipolarFramework(
        framework.initial if initial is None else initial,
        framework.source,
        framework.target,
        framework.sign,
        framework.weight if weight is None else weight,
    )
    return strengths(changed, semantics, tolerance=1e-13).values[target]


def differences(framework, semantics, target, what):
    """Central differences of the target's strength by each initial strength or edge weight."""
    step = 1e-5
    numbers = getattr(framework, what)
    found = np.empty(numbers.size)
    for place in range(numbers.size):
        up, down = numbers.copy(), numbers.copy()
        up[place] += step
        down[place] -= step
        high = strength_of(framework, semantics, target, **{what: up})
        low = strength_of(framework, semantics, target, **{what: down})
        found[place] = (high - low) / (2 * step)
    return found


@st.composite
def smooth_frameworks(draw, semantics, *, acyclic):
    """Frameworks whose numbers lie inside their ranges, away from the kinks."""
    seed = draw(st.integers(0, 10_000))
    random = np.random.default_rng(seed)
    size = int(random.integers(2, 8))
    count = int(random.integers(1, 3 * size))
    source, target = random.integers(0, size, (2, count))
    if acyclic:
        source, target = np.maximum(source, target), np.minimum(source, target)
        kept = source != target
        source, target = source[kept], target[kept]
    sign = random.choice([-1, 1], source.size)
    if semantics is HCAT:
        sign = -np.ones(source.size, dtype=int)
    initial, weight = random.uniform(0.1, 0.9, size), random.uniform(0.2, 0.9, source.size)
    return BipolarFramework(initial, source, target, sign, weight)


@pytest.mark.parametrize("acyclic", [True, False], ids=["acyclic", "cyclic"])
@pytest.mark.parametrize("semantics", GradualSemantics)
@given(data=st.data())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_gradients_agree_with_finite_differences(semantics, acyclic, data):
    framework = data.draw(smooth_frameworks(semantics, acyclic=acyclic))
    at = strengths(framework, semantics, tolerance=1e-13)
    assume(at.converged)
    found = gradient(framework, semantics, 0, at=at)
    assert found.converged
    expected = differences(framework, semantics, 0, "initial")
    assert found.by_initial == pytest.approx(expected, abs=2e-7, rel=1e-5)
    expected = differences(framework, semantics, 0, "weight")
    assert found.by_weight == pytest.approx(expected, abs=2e-7, rel=1e-5)


def test_published_gradients():
    assert gradient(CHAIN, DFQ, 0).by_initial[1:].tolist() == [-0.25, -0.25]
    assert gradient(CHAIN, QE, 0).by_initial[1] == pytest.approx(-0.25952, abs=5e-6)
    found = gradient(KAMPIK, DFQ, 0).by_initial
    assert found[[1, 2, 4]] == pytest.approx([0.25, -0.125, 0], abs=1e-12)


def test_what_does_not_reach_the_target_has_no_gradient():
    found = gradient(CHAIN, QE, 1)
    assert found.by_initial[0] == 0
    assert found.by_weight.tolist()[0] == 0
    assert found.by_initial[1] > 0


def test_sources_of_strength_one_do_not_divide_by_nought():
    """Two full attacks: neither matters alone. One: it alone decides."""
    both = BipolarFramework.from_pairs([0.5, 1, 1, 0.5], attacks=[(1, 0), (2, 0), (3, 0)])
    assert gradient(both, DFQ, 0).by_initial[1:].tolist() == [0, 0, 0]
    one = BipolarFramework.from_pairs([0.5, 1, 0.25], attacks=[(1, 0), (2, 0)])
    assert gradient(one, DFQ, 0).by_initial[1:].tolist() == [-0.375, 0]


class TestKinks:
    def test_df_quad_takes_the_slope_towards_a_stronger_source(self):
        framework = BipolarFramework.from_pairs([0.8, 0, 0], attacks=[(1, 0)], supports=[(2, 0)])
        found = gradient(framework, DFQ, 0).by_initial
        assert found[1:].tolist() == pytest.approx([-0.8, 0.2])
        for node in (1, 2):
            raised = framework.initial.copy()
            raised[node] = 1e-6
            rise = strength_of(framework, DFQ, 0, initial=raised) - 0.8
            assert found[node] == pytest.approx(rise / 1e-6, abs=1e-6)

    def test_quadratic_energy_is_smooth_there(self):
        framework = BipolarFramework.from_pairs(
            [0.8, 0.5, 0.5], attacks=[(1, 0)], supports=[(2, 0)]
        )
        assert gradient(framework, QE, 0).by_initial.tolist() == [1, 0, 0]

    def test_of_two_equally_strong_supporters_the_top_variant_looks_at_one(self):
        framework = BipolarFramework.from_pairs([0.5] * 3, supports=[(1, 0), (2, 0)])
        first, second = gradient(framework, EBT, 0).by_initial[1:]
        assert first > 0
        assert second == 0


class TestCycles:
    def test_large_components_are_solved_by_iteration_as_small_ones_by_elimination(
        self, monkeypatch
    ):
        random = np.random.default_rng(3)
        ends = random.integers(0, 300, (2, 900))
        framework = BipolarFramework(random.random(300), *ends, random.choice([-1, 1], 900))
        direct = gradient(framework, QE, 5)
        monkeypatch.setattr(gradients, "LARGEST_DIRECT", 0)
        iterated = gradient(framework, QE, 5)
        assert direct.converged
        assert iterated.converged
        assert np.count_nonzero(direct.by_initial) > 100
        assert iterated.by_initial == pytest.approx(direct.by_initial, abs=1e-9)
        assert iterated.by_weight == pytest.approx(direct.by_weight, abs=1e-9)

    def test_without_rest_there_is_no_gradient(self):
        framework = BipolarFramework.from_pairs(
            [0.9] * 4, attacks=[(0, 2), (1, 0), (2, 1)], supports=[(2, 0)]
        )
        restless = strengths(framework, DFQ, damping=False)
        assert not gradient(framework, DFQ, 0, at=restless).converged
        assert gradient(framework, DFQ, 3, at=restless).converged
        assert gradient(framework, DFQ, 0).converged

    def test_nor_where_resting_points_form_a_line(self):
        """Under DF-QuAD two certain claims that attack each other may share a strength of 1."""
        framework = BipolarFramework.from_pairs([1, 1], attacks=[(0, 1), (1, 0)])
        assert strengths(framework, DFQ).values.tolist() == [0.5, 0.5]
        assert not gradient(framework, DFQ, 0).converged


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_chain_of_ten_thousand(sign):
    n = 10_000
    framework = BipolarFramework(
        np.full(n, 0.5), np.arange(1, n), np.arange(n - 1), np.full(n - 1, sign)
    )
    found = gradient(framework, GradualSemantics.MLP, 0).by_initial
    assert np.sign(found[:4]).tolist() == [1, sign, 1, sign]
    assert np.isfinite(found).all()


def test_there_is_no_such_node():
    with pytest.raises(UsageError, match="no node 3"):
        gradient(CHAIN, QE, 3)
