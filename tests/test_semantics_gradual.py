"""Strengths: the published examples to their digits, and the laws they obey."""

from __future__ import annotations

import doctest
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dissensus.graph.errors import UsageError
from dissensus.graph.semantics.bipolar import ATTACK, SUPPORT, BipolarFramework
from dissensus.graph.semantics.fixpoints import Sweeping
from dissensus.graph.semantics.gradual import (
    GradualSemantics,
    strengths,
    strengths_in_scenarios,
)

QE = GradualSemantics.QUADRATIC_ENERGY
DFQ = GradualSemantics.DF_QUAD
EB = GradualSemantics.EULER
EBT = GradualSemantics.EULER_TOP
MLP = GradualSemantics.MLP
HCAT = GradualSemantics.H_CATEGORISER
BIPOLAR = (QE, DFQ, EB, EBT, MLP)


def named(weights, attacks=(), supports=()):
    """A framework of one-letter nodes; ``"ba"`` is the edge from b to a."""
    number = {name: index for index, name in enumerate(weights)}
    return BipolarFramework.from_pairs(
        list(weights.values()),
        attacks=[(number[edge[0]], number[edge[1]]) for edge in attacks],
        supports=[(number[edge[0]], number[edge[1]]) for edge in supports],
    )


T4 = named({"a": 0.7, "b": 0.8, "c": 0.6}, attacks=["ba", "ca"])
T5 = named({"a": 0.7, "b": 0.6, "c": 0.8}, attacks=["cb", "ba"])
T6 = named(
    {"a": 0.5, "b": 0, "c": 0, "d": 0, "e": 0.5},
    attacks=["ca", "da"],
    supports=["eb", "ec", "ed", "ba"],
)
# Buy, Sell and five reasons; two mutual attacks make it cyclic. The structure is that of the stock
# example of Uncertainpy (github.com/nicopotyka/Uncertainpy, examples/example.bag).
STOCK = named(
    {"B": 0.5, "S": 0.5, "1": 0.8, "2": 0.7, "3": 0.3, "4": 0.9, "5": 0.9},
    attacks=["BS", "SB", "21", "32", "43", "51"],
    supports=["1S", "2B", "42", "5B"],
)
# The e-democracy debate of Rago, Toni, Aurisicchio and Baroni (KR 2016), answers A and B; the
# structure is that of Uncertainpy's examples/gradual/BAG/RagoEtAlEDemocracy.bag.
E_DEMOCRACY = named(
    {"A": 0.5, "B": 0.5, "p": 0.7, "q": 0.5, "r": 0.9, "c": 0.2, "d": 0.2, "e": 0.6, "f": 0.5},
    attacks=["cB", "dq", "eq", "fq"],
    supports=["pA", "qA", "rB"],
)
SELF_ATTACK = named({"a": 0.9}, attacks=["aa"])
# Plain iteration of these two goes on for ever.
ROUNDABOUT = named(dict.fromkeys("abc", 0.9), attacks=["ac", "ba", "cb"], supports=["ca"])
TRIANGLE = named(dict.fromkeys("abc", 0.99), attacks=["ab", "ba", "ac", "ca", "bc", "cb"])

PUBLISHED = [
    ("T1", named({"a": 0.5, "b": 0.5}, ["ba"]), {0: (0.25, 0.4, 0.4245, 0.3775)}),
    ("T2", named({"a": 0.5, "b": 0.5}, [], ["ba"]), {0: (0.75, 0.6, 0.5889, 0.6225)}),
    ("T3", named(dict.fromkeys("abc", 0.5), ["ba"], ["ca"]), {0: (0.5, 0.5, 0.5, 0.5)}),
    ("T4", T4, {0: (0.056, 0.2365, 0.5651, 0.3652)}),
    ("T5", T5, {1: (0.12, 0.3659, 0.4959, 0.4026), 0: (0.616, 0.6174, 0.6424, 0.6094)}),
    ("T6", T6, {0: (0.375, 0.4808, 0.5, None)}),
    (
        "T7",
        STOCK,
        {0: (0.9964, 0.8216, 0.7171, 0.79), 1: (0.0034, 0.3622, 0.4949, 0.4072)},
    ),
    (
        "T8",
        E_DEMOCRACY,
        {
            0: (0.862, 0.7199, 0.6894, 0.7139),
            1: (0.85, 0.6644, 0.6263, 0.6682),
            3: (0.08, 0.1859, 0.3399, 0.2142),
        },
    ),
    ("self-attack", SELF_ATTACK, {0: (0.4737, 0.639, 0.8623, 0.8015)}),
]


@pytest.mark.parametrize(
    ("framework", "node", "semantics", "expected"),
    [
        pytest.param(framework, node, semantics, value, id=f"{name}-{node}-{semantics}")
        for name, framework, nodes in PUBLISHED
        for node, values in nodes.items()
        for semantics, value in zip((DFQ, QE, EB, MLP), values, strict=True)
        if value is not None
    ],
)
def test_published_values(framework, node, semantics, expected):
    found = strengths(framework, semantics)
    assert found.converged
    assert found.values[node] == pytest.approx(expected, abs=5.1e-5)


def test_a_dispute_tree():
    """Example 4.1 of Čyras, Kampik and Weng's dispute trees (github.com/kcyras/QDT)."""
    framework = named(
        {"a": 0.5, "b": 0.2, "c": 0.85, "d": 0.65, "e": 0.4, "f": 1},
        attacks=["ca", "eb", "fc"],
        supports=["ba", "da", "ec"],
    )
    expected = [0.519, 0.172, 0.625, 0.65, 0.4, 1]
    assert strengths(framework, QE).values == pytest.approx(expected, abs=5e-4)


def test_the_top_variant_of_the_euler_based_semantics():
    assert strengths(T4, EBT).values[0] == pytest.approx(0.6120, abs=5e-5)


@pytest.mark.parametrize(
    ("framework", "expected"),
    [
        (named({"a": 1, "b": 1}, ["ab", "ba"]), [0.6180, 0.6180]),
        (named({"a": 1, "b": 1, "c": 1}, ["cb", "ba"]), [0.6667, 0.5, 1]),
        (named({"a": 1, "b": 1, "c": 1}, ["ba", "ca"]), [0.3333, 1, 1]),
        (named({"a": 1}, ["aa"]), [0.6180]),
        (SELF_ATTACK, [0.5724]),
    ],
)
def test_h_categoriser(framework, expected):
    assert strengths(framework, HCAT).values == pytest.approx(expected, abs=5e-5)


def test_the_h_categoriser_refuses_supports():
    with pytest.raises(UsageError, match="attacks only"):
        strengths(STOCK, HCAT)


class TestConvergence:
    def test_plain_iteration_that_never_rests_is_reported(self):
        found = strengths(ROUNDABOUT, DFQ, damping=False)
        assert not found.converged
        assert found.residual > 0.3
        assert found.sweeps == 3000
        assert found.unsettled.tolist() == [0, 1, 2]

    def test_damping_brings_it_to_rest(self):
        found = strengths(ROUNDABOUT, DFQ)
        assert found.converged
        assert found.residual <= 1e-9
        assert found.values == pytest.approx([0.641591, 0.609689, 0.322568], abs=1e-6)
        assert found.unsettled.size == 0

    def test_the_triangle_too(self):
        undamped = strengths(TRIANGLE, QE, damping=False, max_sweeps=500)
        assert not undamped.converged
        assert undamped.residual == pytest.approx(0.011, abs=5e-4)
        assert strengths(TRIANGLE, QE).values == pytest.approx([0.497491] * 3, abs=1e-6)

    def test_a_swing_across_a_kink_is_brought_to_rest_too(self):
        framework = named({"a": 0.99, "b": 0.5, "c": 1}, ["ca", "bb", "bc", "bc"], ["aa", "ac"])
        found = strengths(framework, DFQ)
        assert found.converged
        assert found.values == pytest.approx([0.55, 1 / 3, 0.994444], abs=1e-6)

    def test_too_few_sweeps_are_not_passed_off_as_rest(self):
        found = strengths(STOCK, QE, max_sweeps=2)
        assert not found.converged
        assert found.unsettled.tolist() == [0, 1]
        assert found.residual > 1e-9

    def test_an_acyclic_framework_needs_no_sweep(self):
        found = strengths(E_DEMOCRACY, QE)
        assert (found.converged, found.sweeps, found.residual) == (True, 0, 0.0)

    @pytest.mark.parametrize("semantics", BIPOLAR)
    def test_two_equal_camps_stay_equal(self, semantics):
        """Sweeping node after node would let the numbering decide which camp wins."""
        left, right = range(5), range(5, 10)
        attacks = [(a, b) for a in left for b in right] + [(b, a) for a in left for b in right]
        found = strengths(BipolarFramework.from_pairs([0.5] * 10, attacks=attacks), semantics)
        assert found.converged
        assert np.ptp(found.values) < 1e-8

    @pytest.mark.parametrize("semantics", BIPOLAR)
    def test_it_is_where_the_continuous_semantics_rests(self, semantics):
        found = strengths(STOCK, semantics).values
        assert found == pytest.approx(drifted(STOCK, semantics), abs=1e-7)

    @pytest.mark.parametrize("semantics", [QE, DFQ, EB, MLP, EBT])
    def test_dense_random_frameworks_rest(self, semantics):
        random = np.random.default_rng(7)
        ends = random.integers(0, 200, (2, 4000))
        framework = BipolarFramework(random.random(200), *ends, random.choice([-1, 1], 4000))
        assert strengths(framework, semantics).converged

    def test_one_component_does_not_disturb_another(self):
        alone = strengths(STOCK, QE).values
        both = BipolarFramework(
            np.concatenate([STOCK.initial, ROUNDABOUT.initial]),
            np.concatenate([STOCK.source, ROUNDABOUT.source + 7]),
            np.concatenate([STOCK.target, ROUNDABOUT.target + 7]),
            np.concatenate([STOCK.sign, ROUNDABOUT.sign]),
        )
        assert strengths(both, QE).values[:7] == pytest.approx(alone, abs=1e-15)

    def test_settings_that_make_no_sense(self):
        with pytest.raises(UsageError, match="tolerance"):
            strengths(STOCK, QE, tolerance=0)
        with pytest.raises(UsageError, match="max_sweeps"):
            strengths(STOCK, QE, max_sweeps=0)


class TestExtremes:
    def test_no_nodes(self):
        assert strengths(BipolarFramework([], [], [], [])).values.size == 0

    @pytest.mark.parametrize("semantics", BIPOLAR)
    def test_what_nobody_answers_keeps_its_initial_strength_exactly(self, semantics):
        weights = [0.0, 0.1, 1 / 3, 0.7, 1.0]
        framework = BipolarFramework.from_pairs([*weights, 0.5], attacks=[(0, 5)])
        assert strengths(framework, semantics).values[:5].tolist() == weights

    def test_a_source_of_strength_one_settles_a_product(self):
        framework = named({"a": 0.5, "b": 1, "c": 0.5, "d": 1}, ["ba", "ca"], ["da"])
        assert strengths(framework, DFQ).values[0] == 0.5
        assert strengths(named({"a": 0.5, "b": 1}, ["ba"]), DFQ).values[0] == 0.0
        assert strengths(named({"a": 0.5, "b": 1}, [], ["ba"]), DFQ).values[0] == 1.0

    @pytest.mark.parametrize("semantics", [EB, EBT, MLP])
    def test_nought_and_one_stay_under_euler_and_mlp(self, semantics):
        framework = named({"a": 0, "b": 1, "c": 0.9, "d": 0.8}, ["ca", "cb"], ["da", "db"])
        assert strengths(framework, semantics).values[:2].tolist() == [0.0, 1.0]

    @pytest.mark.parametrize("semantics", [QE, DFQ])
    def test_nought_can_be_raised_and_one_lowered_under_the_others(self, semantics):
        framework = named({"a": 0, "b": 1, "c": 0.9}, ["cb"], ["ca"])
        raised, lowered, _ = strengths(framework, semantics).values
        assert 0 < raised < 1
        assert 0 < lowered < 1

    @pytest.mark.parametrize("semantics", BIPOLAR)
    def test_a_hundred_thousand_supporters_do_not_overflow(self, semantics):
        n = 100_000
        ones = np.ones(n)
        framework = BipolarFramework(
            np.concatenate([[0.3], ones]), np.arange(1, n + 1), np.zeros(n), ones
        )
        assert strengths(framework, semantics).values[0] > 0.44
        framework = BipolarFramework(
            np.concatenate([[0.3], ones]), np.arange(1, n + 1), np.zeros(n), -ones
        )
        assert 0 <= strengths(framework, semantics).values[0] < 0.2

    @pytest.mark.parametrize("kind", ["chain", "ring", "mutual"])
    def test_ten_thousand_in_a_row(self, kind):
        n = 10_000
        source, target = np.arange(n - 1), np.arange(1, n)
        if kind == "ring":
            source, target = np.arange(n), (np.arange(n) + 1) % n
        if kind == "mutual":
            source, target = np.concatenate([source, target]), np.concatenate([target, source])
        framework = BipolarFramework(np.full(n, 0.5), source, target, np.full(source.size, -1))
        found = strengths(framework, QE)
        assert found.converged
        if kind == "ring":
            assert np.ptp(found.values) < 1e-8
        if kind == "chain":
            assert found.values[-1] == pytest.approx(found.values[-2], abs=1e-12)

    def test_edge_weights_scale_what_the_source_passes_on(self):
        half = BipolarFramework([0.5, 0.8], [1], [0], [ATTACK], [0.5])
        weaker = named({"a": 0.5, "b": 0.4}, ["ba"])
        for semantics in GradualSemantics:
            expected = strengths(weaker, semantics).values[0]
            assert strengths(half, semantics).values[0] == pytest.approx(expected, abs=1e-15)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (([1.2], [], [], []), "initial strength"),
            (([math.nan], [], [], []), "initial strength"),
            (([0.5], [0], [1], [1]), "leaves"),
            (([0.5], [0], [0], [0]), "sign"),
            (([0.5], [0], [0], [1], [2.0]), "edge weight"),
            (([0.5], [0, 0], [0], [1]), "one entry"),
        ],
    )
    def test_what_is_no_framework(self, arguments, message):
        with pytest.raises(UsageError, match=message):
            BipolarFramework(*arguments)


class TestScenarios:
    @pytest.mark.parametrize("semantics", BIPOLAR)
    @pytest.mark.parametrize("framework", [STOCK, E_DEMOCRACY, T6])
    def test_each_is_as_if_computed_alone(self, framework, semantics):
        initial = np.random.default_rng(1).random((9, len(framework)))
        found = strengths_in_scenarios(framework, semantics, initial=initial)
        assert found.converged.all()
        for row, values in zip(initial, found.values, strict=True):
            alone = BipolarFramework(row, framework.source, framework.target, framework.sign)
            assert values == pytest.approx(strengths(alone, semantics).values, abs=1e-8)

    def test_a_node_held_at_nought_is_as_good_as_gone(self):
        held = np.full((2, 7), np.nan)
        held[1, 4] = 0.0
        whole, without = strengths_in_scenarios(STOCK, QE, held=held).values
        assert whole == pytest.approx(strengths(STOCK, QE).values, abs=1e-8)
        kept = np.array([0, 1, 2, 3, 5, 6])
        assert without[4] == 0.0
        gone = strengths(STOCK.restricted_to(kept), QE).values
        assert without[kept] == pytest.approx(gone, abs=1e-8)

    def test_each_scenario_says_for_itself_whether_it_rests(self):
        initial = np.array([[0.9] * 3, [0.0] * 3])
        found = strengths_in_scenarios(
            ROUNDABOUT, DFQ, initial=initial, sweeping=Sweeping(damping=False)
        )
        assert found.converged.tolist() == [False, True]

    def test_there_must_be_some(self):
        with pytest.raises(UsageError, match="scenarios"):
            strengths_in_scenarios(STOCK, QE)


def test_the_page_in_docs_tells_the_truth(root, monkeypatch):
    monkeypatch.chdir(root)
    page = root / "docs" / "strengths.md"
    outcome = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert outcome.attempted > 10
    assert outcome.failed == 0


# An oracle: the definitions, node by node, as the papers have them.


def moved(semantics, w, attacks, supports):
    """The strength of a node from its initial strength and what it is attacked and supported by."""
    energy = sum(supports) - sum(attacks)
    if semantics is DFQ:
        against = 1 - math.prod(1 - value for value in attacks)
        in_favour = 1 - math.prod(1 - value for value in supports)
        if against >= in_favour:
            return w - w * (against - in_favour)
        return w + (1 - w) * (in_favour - against)
    if semantics is QE:
        positive, negative = max(energy, 0) ** 2, max(-energy, 0) ** 2
        return w - w * negative / (1 + negative) + (1 - w) * positive / (1 + positive)
    if semantics is MLP:
        if w in (0, 1):
            return w
        return 1 / (1 + math.exp(-math.log(w / (1 - w)) - energy))
    if semantics is HCAT:
        return w / (1 + sum(attacks))
    if semantics is EBT:
        energy = max(supports, default=0) - max(attacks, default=0)
    return 1 - (1 - w**2) / (1 + w * math.exp(energy))


def asked(framework, semantics, values):
    """What the definitions make of the strengths."""
    found = []
    for node, w in enumerate(framework.initial):
        pulls = {ATTACK: [], SUPPORT: []}
        for edge in np.flatnonzero(framework.target == node):
            pull = framework.weight[edge] * values[framework.source[edge]]
            pulls[int(framework.sign[edge])].append(pull)
        found.append(moved(semantics, w, pulls[ATTACK], pulls[SUPPORT]))
    return np.array(found)


def drifted(framework, semantics, step=0.05, most=4000):
    """Where the continuous semantics of Potyka (2018) comes to, in small steps."""
    values = framework.initial.copy()
    for _ in range(most):
        change = asked(framework, semantics, values) - values
        if np.abs(change).max() < 1e-10:
            break
        values = values + step * change
    return values


@st.composite
def frameworks(draw, *, acyclic=False, signs=(ATTACK, SUPPORT)):
    size = draw(st.integers(1, 7))
    edges = draw(
        st.lists(
            st.tuples(
                st.integers(0, size - 1),
                st.integers(0, size - 1),
                st.sampled_from(signs),
                st.sampled_from([1.0, 0.5, 0.25, 0.0]),
            ),
            max_size=14,
        )
    )
    if acyclic:
        edges = [(max(a, b), min(a, b), *rest) for a, b, *rest in edges if a != b]
    weight = st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1))
    initial = draw(st.lists(weight, min_size=size, max_size=size))
    columns = list(zip(*edges, strict=True)) if edges else [(), (), (), ()]
    return BipolarFramework(initial, *columns)


def renamed(framework, names):
    initial = np.empty(len(framework))
    initial[names] = framework.initial
    ends = names[framework.source], names[framework.target]
    return BipolarFramework(initial, *ends, framework.sign, framework.weight)


laws = settings(max_examples=60, deadline=None, derandomize=True)


@pytest.mark.parametrize("semantics", GradualSemantics)
class TestLaws:
    @laws
    @given(data=st.data())
    def test_strengths_solve_the_equations_of_the_papers(self, semantics, data):
        signs = (ATTACK,) if semantics is HCAT else (ATTACK, SUPPORT)
        framework = data.draw(frameworks(signs=signs))
        found = strengths(framework, semantics)
        assert ((found.values >= 0) & (found.values <= 1)).all()
        if found.converged:
            expected = asked(framework, semantics, found.values)
            assert found.values == pytest.approx(expected, abs=1.1e-9)

    @laws
    @given(data=st.data())
    def test_names_and_the_order_of_edges_do_not_matter(self, semantics, data):
        signs = (ATTACK,) if semantics is HCAT else (ATTACK, SUPPORT)
        framework = data.draw(frameworks(signs=signs))
        names = np.array(data.draw(st.permutations(range(len(framework)))))
        edges = np.array(data.draw(st.permutations(range(framework.source.size))), dtype=int)
        columns = (framework.source, framework.target, framework.sign, framework.weight)
        shuffled = BipolarFramework(framework.initial, *(column[edges] for column in columns))
        found = strengths(framework, semantics)
        other = strengths(renamed(shuffled, names), semantics)
        assert found.converged == other.converged
        if found.converged:
            assert other.values[names] == pytest.approx(found.values, abs=1e-6)

    @laws
    @given(data=st.data())
    def test_on_acyclic_frameworks_the_order_makes_no_difference_at_all(self, semantics, data):
        signs = (ATTACK,) if semantics is HCAT else (ATTACK, SUPPORT)
        framework = data.draw(frameworks(acyclic=True, signs=signs))
        names = np.arange(len(framework))[::-1].copy()
        found = strengths(framework, semantics).values
        assert strengths(renamed(framework, names), semantics).values[names] == pytest.approx(
            found, abs=1e-14
        )

    @laws
    @given(data=st.data())
    def test_a_stronger_initial_strength_makes_a_node_no_weaker(self, semantics, data):
        signs = (ATTACK,) if semantics is HCAT else (ATTACK, SUPPORT)
        framework = data.draw(frameworks(acyclic=True, signs=signs))
        node = data.draw(st.integers(0, len(framework) - 1))
        stronger = framework.initial.copy()
        stronger[node] = data.draw(st.floats(stronger[node], 1))
        initial = np.stack([framework.initial, stronger])
        before, after = strengths_in_scenarios(framework, semantics, initial=initial).values
        assert after[node] >= before[node] - 1e-12

    @laws
    @given(data=st.data())
    def test_one_more_attack_never_helps_and_one_more_support_never_hurts(self, semantics, data):
        signs = (ATTACK,) if semantics is HCAT else (ATTACK, SUPPORT)
        framework = data.draw(frameworks(acyclic=True, signs=signs))
        sign = data.draw(st.sampled_from(signs))
        n = len(framework)
        target = data.draw(st.integers(0, n - 1))
        more = BipolarFramework(
            np.append(framework.initial, data.draw(st.floats(0, 1))),
            np.append(framework.source, n),
            np.append(framework.target, target),
            np.append(framework.sign, sign),
            np.append(framework.weight, 1.0),
        )
        before = strengths(framework, semantics).values[target]
        after = strengths(more, semantics).values[target]
        assert sign * (after - before) >= -1e-12


@pytest.mark.parametrize("semantics", GradualSemantics)
@given(w=st.floats(0.05, 0.95), other=st.floats(0.05, 1))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_lone_attack_lowers_and_a_lone_support_raises(semantics, w, other):
    assert strengths(named({"a": w, "b": other}, ["ba"]), semantics).values[0] < w
    if semantics is not HCAT:
        assert strengths(named({"a": w, "b": other}, [], ["ba"]), semantics).values[0] > w


@pytest.mark.parametrize("semantics", [QE, DFQ, MLP])
@given(w=st.floats(0, 1), others=st.lists(st.floats(0, 1), max_size=6), data=st.data())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_attack_and_support_mirror_each_other(semantics, w, others, data):
    """Duality: with attacks and supports exchanged and w as 1 - w, s is 1 - s."""
    signs = np.array([data.draw(st.sampled_from([1, -1])) for _ in others], dtype=int)
    ends = np.arange(1, len(others) + 1), np.zeros(len(others), dtype=int)
    one = BipolarFramework([w, *others], *ends, signs)
    mirror = BipolarFramework([1 - w, *others], *ends, -signs)
    total = strengths(one, semantics).values[0] + strengths(mirror, semantics).values[0]
    assert total == pytest.approx(1, abs=1e-12)
