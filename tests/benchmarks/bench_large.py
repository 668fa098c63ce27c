"""Large debates: ``python tests/benchmarks/bench_large.py [CLAIMS …]``.

Processor time of the library functions behind ``check``, ``map``, ``disagreements`` and
``agreements``, each step in a process of its own; for up to `MOST_FOR_REFERENCE` claims also a
check with pySHACL. Making the map is the drawing alone, after check and reading.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from generated import write_debate

MOST_FOR_REFERENCE = 1_000
CHECK = "from dissensus.graph.checking import check; start(); check([path]{engine})"
READ = "import dissensus; debate = dissensus.read(path); "
STEPS = {
    "check": CHECK.format(engine=""),
    "check with pySHACL": CHECK.format(engine=", engine='reference'"),
    "read": "import dissensus.graph.reading as r; start(); r.read(path)",
    "map": READ + "start(); dissensus.draw(debate)",
    "disagreements": READ + "start(); dissensus.disagreements(debate)",
    "agreements": READ + "start(); dissensus.agreements(debate)",
}
FRAME = """
import sys, time
path = sys.argv[1]
begun = 0.0
def start():
    global begun
    begun = time.process_time()
{step}
print(time.process_time() - begun)
"""


def seconds(step: str, path: Path) -> float:
    """Processor time of one step, in a process of its own."""
    code = FRAME.format(step=step)
    output = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    return float(output.stdout)


def main(sizes: list[int]) -> None:
    """Print a Markdown table with a row for each size."""
    print("| claims | " + " | ".join(f"{name}, s" for name in STEPS) + " |")
    print("| ---: |" + " ---: |" * len(STEPS))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = write_debate(Path(folder) / "generated.ttl", size)
            times = [
                "–"
                if "pySHACL" in name and size > MOST_FOR_REFERENCE
                else f"{seconds(step, path):.2f}"
                for name, step in STEPS.items()
            ]
        print(f"| {size:,} | " + " | ".join(times) + " |", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
