"""Cruxes and what-ifs: ``python tests/benchmarks/bench_cruxes.py [CLAIMS …]``.

For a generated debate: all single cruxes of a claim (median and slowest of `SAMPLE` claims that
something attacks, the slowest of the `SAMPLE` most argued ones, and the most argued one), and the
labels after one change (median and slowest of `CHANGES`), beside labelling the whole debate again.
Times are those of the processor, so that other work on the machine disturbs them less.

``--compiled`` imports numba first, so that loops over large frameworks run compiled.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import tempfile
import time
from pathlib import Path

from generated import write_debate

from dissensus.graph.reading import read
from dissensus.graph.semantics.cruxes import cruxes_in
from dissensus.graph.semantics.flattening import Flattening, flatten
from dissensus.graph.semantics.flips import Labels
from dissensus.graph.semantics.framework import IN, OUT
from dissensus.graph.semantics.grounded import grounded_labelling
from dissensus.graph.terms import LinkKind

CHANGES = 200
SAMPLE = 25


def main(sizes: list[int]) -> None:
    """Print a Markdown table."""
    columns = [
        "claims", "flattening, s", "cruxes of a claim, s", "slowest, s",
        "slowest of the most argued, s", "most argued, s", "after one change, µs", "slowest, ms",
        "all labels again, ms",
    ]  # fmt: skip
    print(f"| {' | '.join(columns)} |")
    print("|" + " ---: |" * len(columns))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            debate = read(write_debate(Path(folder) / "generated.ttl", size))
        begun = time.process_time()
        flat = flatten(debate)
        flattening = time.process_time() - begun
        attacked = [c for c in range(size) if any(
            LinkKind(debate.link_kinds[n]).attacks for n in debate.links_to[c])]  # fmt: skip
        sample = attacked[:: max(1, len(attacked) // SAMPLE)][:SAMPLE]
        times = [seconds_for(claim, flat) for claim in sample]
        argued = sorted(range(size), key=lambda claim: (-len(debate.links_to[claim]), claim))
        popular = [seconds_for(claim, flat) for claim in argued[:SAMPLE]]
        begun = time.process_time()
        grounded_labelling(flat.framework)
        again = time.process_time() - begun
        labels = Labels(flat.framework)
        single = []
        for claim in range(0, size, max(1, size // CHANGES)):
            node = flat.claim_nodes[claim]
            forced = {node: IN if labels.labels[node] == OUT else OUT}
            begun = time.process_time()
            labels.after(forced)
            single.append(time.process_time() - begun)
        print(
            f"| {size:,} | {flattening:.2f} | {statistics.median(times):.4f} | {max(times):.2f} | "
            f"{max(popular):.2f} | {popular[0]:.2f} | {statistics.median(single) * 1e6:.0f} | "
            f"{max(single) * 1e3:.2f} | {again * 1e3:.1f} |"
        )


def seconds_for(claim: int, flat: Flattening) -> float:
    """How long all single cruxes of a claim take, the framework being at hand."""
    begun = time.process_time()
    cruxes_in(flat, claim)
    return time.process_time() - begun


if __name__ == "__main__":
    if "--compiled" in sys.argv[1:]:
        importlib.import_module("numba")
    main([int(a) for a in sys.argv[1:] if a.isdigit()] or [1_000, 10_000, 100_000])
