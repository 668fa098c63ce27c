"""Hard random frameworks, beside python-sat alone: ``python tests/benchmarks/bench_hard.py``.

For each size, number of attacks and question: `SEEDS` frameworks drawn at random, both ways in
turns in one process, the better of two runs each. Printed are the median seconds of both ways and
the median, least and largest of the ratios, ours to theirs. Times are those of the processor, so
that other work on the machine disturbs them less. Answers are compared.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from bench_semantics import PLAIN_SAT, uniform

from dissensus.graph.semantics.acceptance import credulously_accepted, sceptically_accepted
from dissensus.graph.semantics.extensions import some_extension
from dissensus.graph.semantics.framework import UNDECIDED, Framework, Semantics
from dissensus.graph.semantics.grounded import grounded_labelling

SEEDS = 8
SIZES = [(200, 8), (300, 7), (500, 5), (800, 4), (1_000, 4)]


def ours(question: str, af: Framework, argument: int) -> bool:
    """Our answer."""
    if question == "stable":
        return some_extension(af, Semantics.STABLE) is not None
    ask = credulously_accepted if question == "credulous" else sceptically_accepted
    return ask(af, Semantics.PREFERRED, argument)


def seconds_of(ask: Callable[[], bool]) -> tuple[float, bool]:
    """Processor seconds, and the answer."""
    begun = time.process_time()
    answer = ask()
    return time.process_time() - begun, answer


def compare(question: str, size: int, degree: int, seed: int) -> tuple[float, float]:
    """Seconds of ours and of python-sat alone, the better of two runs each."""
    drawn = uniform(size, degree, seed)
    undecided = np.flatnonzero(grounded_labelling(drawn) == UNDECIDED)
    argument = int(undecided[undecided.size // 2])
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    answers = set()
    for way in ("ours", "theirs", "theirs", "ours"):
        if way == "ours":
            af = Framework(size, drawn.sources, drawn.targets)
            seconds, answer = seconds_of(lambda af=af: ours(question, af, argument))
        else:
            space: dict[str, Any] = {
                "size": size,
                "argument": argument,
                "ends": np.array([drawn.sources, drawn.targets]),
            }
            exec(PLAIN_SAT, space)
            seconds, answer = seconds_of(space[question])
        times[way].append(seconds)
        answers.add(answer)
    if len(answers) > 1:
        raise SystemExit(f"{question}, {size}, {degree}, seed {seed}: the answers differ")
    return min(times["ours"]), min(times["theirs"])


def main() -> None:
    """Print a Markdown table."""
    print("| arguments | attacks each | question | dissensus, s | python-sat alone, s |"
          " ratio, median | least | largest |")  # fmt: skip
    print("| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for size, degree in SIZES:
        for question in ("stable", "credulous", "sceptical"):
            pairs = [compare(question, size, degree, seed) for seed in range(SEEDS)]
            mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratios = sorted(a / b for a, b in pairs)
            print(f"| {size:,} | {degree} | {question} | {mine:.3f} | {theirs:.3f} |"
                  f" {statistics.median(ratios):.2f} | {ratios[0]:.2f} | {ratios[-1]:.2f} |",
                  flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
