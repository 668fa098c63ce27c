"""Strengths and gradients, beside what one would write first: ``bench_gradual.py [NODES …]``.

The same debate-like frameworks go through a loop over a networkx graph, a loop over nodes with
numpy, and this package; all must agree. Each cell is the median of `ROUNDS` runs in seconds; the
ratios are to the networkx loop. Gradients stand beside finite differences: an evaluation for each
node.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import networkx as nx
import numpy as np

from dissensus.graph.semantics.bipolar import BipolarFramework
from dissensus.graph.semantics.gradients import gradient
from dissensus.graph.semantics.gradual import GradualSemantics, strengths

ROUNDS = 3
LARGEST_LOOP = 100_000
QE = GradualSemantics.QUADRATIC_ENERGY
DFQ = GradualSemantics.DF_QUAD


def debate(nodes: int, mutual: float) -> BipolarFramework:
    """Replies to earlier nodes, older ones answered more; a share of nodes has a mutual attack."""
    random = np.random.default_rng(nodes)
    source = np.arange(1, nodes)
    target = (random.random(nodes - 1) ** 2 * source).astype(np.int64)
    sign = random.choice([-1, 1], nodes - 1)
    one, other = random.integers(0, nodes, (2, int(mutual * nodes)))
    return BipolarFramework(
        random.uniform(0.1, 0.9, nodes),
        np.concatenate([source, one, other]),
        np.concatenate([target, other, one]),
        np.concatenate([sign, np.full(2 * one.size, -1)]),
    )


def networkx_loop(graph: nx.MultiDiGraph, initial: np.ndarray) -> np.ndarray:
    """Quadratic energy over dictionaries, in topological order."""
    found: dict[int, float] = {}
    for node in nx.topological_sort(graph):
        energy = sum(data["sign"] * found[end] for end, _, data in graph.in_edges(node, data=True))
        square = energy * energy
        share = square / (1 + square)
        w = float(initial[node])
        found[node] = w + (1 - w) * share if energy > 0 else w - w * share
    return np.array([found[node] for node in range(initial.size)])


def numpy_loop(framework: BipolarFramework) -> np.ndarray:
    """Quadratic energy node after node; in these debates every reply has a higher number."""
    by_target = np.argsort(framework.target, kind="stable")
    source, sign = framework.source[by_target], framework.sign[by_target]
    start = np.searchsorted(framework.target[by_target], np.arange(len(framework) + 1))
    found = framework.initial.copy()
    for node in range(len(framework) - 1, -1, -1):
        slots = slice(start[node], start[node + 1])
        energy = np.dot(sign[slots], found[source[slots]])
        share = energy * energy / (1 + energy * energy)
        found[node] += ((energy > 0) - found[node]) * share
    return found


def timed(work: Callable[[], object]) -> float:
    """The median time of some runs."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def fresh(framework: BipolarFramework) -> BipolarFramework:
    """The same framework, its order of evaluation forgotten."""
    return BipolarFramework(
        framework.initial, framework.source, framework.target, framework.sign, framework.weight
    )


def without_cycles(nodes: int) -> None:
    """One table row: all ways of computing strengths, and gradients."""
    framework = debate(nodes, 0)
    found = strengths(framework, QE)
    ours = timed(lambda: strengths(fresh(framework), QE))
    again = timed(lambda: strengths(framework, QE))
    adjoint = timed(lambda: gradient(framework, QE, 0, at=found))
    loops = "— | —"
    ratios = "—"
    if nodes <= LARGEST_LOOP:
        graph = nx.MultiDiGraph()
        graph.add_nodes_from(range(nodes))
        columns = (framework.source, framework.target, framework.sign)
        for one, other, sign in zip(*(column.tolist() for column in columns), strict=True):
            graph.add_edge(one, other, sign=sign)
        expected = networkx_loop(graph, framework.initial)
        assert np.allclose(expected, found.values, atol=1e-12)
        assert np.allclose(numpy_loop(framework), found.values, atol=1e-12)
        dictionaries = timed(lambda: networkx_loop(graph, framework.initial))
        looped = timed(lambda: numpy_loop(framework))
        loops = f"{dictionaries:.4f} | {looped:.4f}"
        ratios = f"{dictionaries / ours:.0f}× / {dictionaries / again:.0f}×"
    print(
        f"| {nodes:,} | {loops} | {ours:.4f} | {again:.4f} | {ratios} |"
        f" {adjoint:.4f} | {again * nodes:,.0f} |"
    )


def with_cycles(nodes: int) -> None:
    """One table row: sweeps and seconds for two semantics, and gradients."""
    framework = debate(nodes, 0.1)
    cells = [f"{timed(lambda: fresh(framework).order):.4f}"]
    for semantics in (QE, DFQ):
        found = strengths(framework, semantics)
        plain = strengths(framework, semantics, damping=False)
        seconds = timed(lambda chosen=semantics: strengths(framework, chosen))
        cells.append(f"{seconds:.4f}")
        cells += [f"{run.sweeps}{'' if run.converged else ' (no rest)'}" for run in (found, plain)]
    at = strengths(framework, QE)
    cells.append(f"{timed(lambda: gradient(framework, QE, 0, at=at)):.4f}")
    print(f"| {nodes:,} | {' | '.join(cells)} |")


def main(sizes: list[int]) -> None:
    """Print two Markdown tables."""
    print("Without cycles, quadratic energy\n")
    print(
        "| nodes | networkx loop | numpy loop | here | here, order known | ratios |"
        " all gradients | by finite differences |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for size in sizes:
        without_cycles(size)
    print("\nOne node in ten in a mutual attack\n")
    print(
        "| nodes | order | QE | sweeps | sweeps, whole steps | DF-QuAD | sweeps |"
        " sweeps, whole steps | all gradients, QE |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for size in sizes:
        with_cycles(size)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000, 1_000_000])
