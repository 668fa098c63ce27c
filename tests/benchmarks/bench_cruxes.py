"""Cruxes and what-ifs: ``python tests/benchmarks/bench_cruxes.py [CLAIMS …]``.

For a generated debate: all single cruxes of its most argued claim, and the labels after one change,
beside labelling the whole debate again.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from generated import write_debate

from dissensus.graph.analysis.reach import bearing_on
from dissensus.graph.reading import read
from dissensus.graph.semantics.cruxes import cruxes
from dissensus.graph.semantics.flattening import flatten
from dissensus.graph.semantics.flips import Labels
from dissensus.graph.semantics.framework import IN, OUT
from dissensus.graph.semantics.grounded import grounded_labelling

CHANGES = 200


def main(sizes: list[int]) -> None:
    """Print a Markdown table."""
    print("| claims | bear on it | flattening, s | all its single cruxes, s | cruxes |"
          " after one change, µs | all labels again, ms |")  # fmt: skip
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            debate = read(write_debate(Path(folder) / "generated.ttl", size))
        top = max(range(len(debate)), key=lambda claim: (len(debate.links_to[claim]), -claim))
        begun = time.perf_counter()
        flat = flatten(debate)
        flattening = time.perf_counter() - begun
        begun = time.perf_counter()
        found = cruxes(debate, top)
        searching = time.perf_counter() - begun - flattening
        begun = time.perf_counter()
        grounded_labelling(flat.framework)
        again = time.perf_counter() - begun
        labels = Labels(flat.framework)
        single = []
        for claim in range(0, size, max(1, size // CHANGES)):
            node = flat.claim_nodes[claim]
            forced = {node: IN if labels.labels[node] == OUT else OUT}
            begun = time.perf_counter()
            labels.after(forced)
            single.append(time.perf_counter() - begun)
        print(
            f"| {size:,} | {len(bearing_on(debate, [top])):,} | {flattening:.2f} | "
            f"{searching:.2f} | {len(found.cruxes)} | {statistics.median(single) * 1e6:.0f} | "
            f"{again * 1e3:.1f} |"
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
