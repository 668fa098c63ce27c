"""Reading Turtle, beside rdflib: ``python tests/benchmarks/bench_reading.py [CLAIMS …]``.

Each way of reading runs in a process of its own, the ways in turn, `ROUNDS` times; the table gives
the median seconds and the ratio to rdflib's own parser and memory store.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from generated import write_debate

ROUNDS = 3
WAYS = {
    "rdflib: parse into its memory store": (
        "import rdflib; g = rdflib.Graph(); start(); g.parse(path, format='turtle')"
    ),
    "rdflib over oxrdflib: parse as ox-turtle": (
        "import rdflib; g = rdflib.Graph(store='Oxigraph'); start(); "
        "g.parse(path, format='ox-turtle')"
    ),
    "pyoxigraph: load alone": (
        "import pyoxigraph as ox; s = ox.Store(); start(); s.load(path=path)"
    ),
    "dissensus: read, ready to query": (
        "from dissensus.graph.reading import read_corpus; start(); "
        "read_corpus([path], link_nodes=False)"
    ),
    "dissensus: the same, with a node for each link": (
        "from dissensus.graph.reading import read_corpus; start(); read_corpus([path])"
    ),
    "dissensus: read into a Debate": (
        "from dissensus.graph.reading import read; start(); read(path)"
    ),
}
FRAME = """
import sys, time
path = sys.argv[1]
begun = 0.0
def start():
    global begun
    begun = time.perf_counter()
{way}
print(time.perf_counter() - begun)
"""


def seconds(way: str, path: Path) -> float:
    """How long one way of reading takes, in a process of its own."""
    code = FRAME.format(way=way)
    output = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    return float(output.stdout)


def main(sizes: list[int]) -> None:
    """Print a Markdown table for each size."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = write_debate(Path(folder) / "generated.ttl", size)
            times: dict[str, list[float]] = {name: [] for name in WAYS}
            for _ in range(ROUNDS):
                for name, way in WAYS.items():
                    times[name].append(seconds(way, path))
        base = statistics.median(times["rdflib: parse into its memory store"])
        print(f"\n{size:,} claims, median of {ROUNDS}\n")
        print("| way | seconds | times faster than rdflib |\n| --- | ---: | ---: |")
        for name, values in times.items():
            median = statistics.median(values)
            print(f"| {name} | {median:.3f} | {base / median:.1f} |")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000])
