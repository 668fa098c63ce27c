"""CPU seconds of ``dissensus import`` and of ``argdown json`` for the same Argdown text.

    python tests/benchmarks/bench_argdown.py 10000 --argdown node_modules/.bin/argdown

The debate: statements of twelve words, each but the first leading to an earlier one, a tenth to
a second one. Whole processes, user and system time, the median of three.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

WORDS = ("people", "trams", "cars", "fair", "city", "money", "time", "clean", "air", "noise")


def argdown_text(statements: int) -> str:
    """A debate of so many statements."""
    chance = random.Random(1)
    lines = []
    for number in range(statements):
        lines.append(f"[s{number}]: {' '.join(chance.choices(WORDS, k=12))}.")
        ends = [n for n in range(4 * number + 1, 4 * number + 5) if n < statements]
        if chance.random() < 0.1:
            ends.append(chance.randrange(statements))
        lines += [f"  {'+' if chance.random() < 0.6 else '-'} [s{end}]" for end in ends]
        lines.append("")
    return "\n".join(lines)


def cpu_seconds(command: list[str]) -> float:
    """User and system time of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print both times, and how often the one goes into the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statements", type=int, nargs="*", default=[100, 1_000, 10_000])
    parser.add_argument("--argdown", default="argdown", help="the command line of Argdown")
    arguments = parser.parse_args()
    for statements in arguments.statements:
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder) / "debate.argdown"
            text.write_text(argdown_text(statements), encoding="utf-8")
            turtle = str(Path(folder) / "debate.ttl")
            ours = [sys.executable, "-m", "dissensus", "import", str(text), "-o", turtle]
            theirs = [arguments.argdown, "json", str(text), folder]
            times = [(cpu_seconds(ours), cpu_seconds(theirs)) for _ in range(3)]
        mine, other = (statistics.median(column) for column in zip(*times, strict=True))
        print(f"| {statements:,} | {mine:.2f} | {other:.2f} | {other / mine:.1f} |")


if __name__ == "__main__":
    main()
