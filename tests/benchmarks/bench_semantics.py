"""Dung's semantics, beside other packages: ``python tests/benchmarks/bench_semantics.py``.

Each task of each package runs in a process of its own, `ROUNDS` times, for at most `LIMIT` seconds;
the tables give the median seconds, without imports and without building the package's own
framework. A package that is not installed is left out; μ-toksia is run if it is on the path, and
its time includes reading the file. Answers are compared: a wrong one stops the run.

``--quick`` leaves out the largest frameworks.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from dissensus.graph.semantics.framework import UNDECIDED, Framework
from dissensus.graph.semantics.framework_writing import write_framework
from dissensus.graph.semantics.grounded import grounded_labelling

ROUNDS = 3
LIMIT = 20.0

FRAME = """
import json, sys, time
import numpy as np
ends = np.load(sys.argv[1])
size, argument = int(sys.argv[2]), int(sys.argv[3])
{setup}
start = time.perf_counter()
answer = {call}
print(json.dumps([time.perf_counter() - start, answer]))
"""

OURS = """
from dissensus.graph.semantics.framework import Framework, Semantics as S
from dissensus.graph.semantics.grounded import grounded_labelling
from dissensus.graph.semantics import acceptance as A, extensions as E
import pysat.solvers
af = Framework(size, *ends)
af.attackers, af.attacker_starts
"""
WARM = "import numba\ngrounded_labelling(af)"
PLAIN_SAT = """
from pysat.solvers import Solver
attackers = [[] for _ in range(size)]
for a, b in ends.T.tolist(): attackers[b].append(a)
def solver(stable):
    s = Solver("cadical153")
    for a, row in enumerate(attackers):
        s.add_clause([-(a + 1), -(size + a + 1)])
        s.add_clause([-(size + a + 1)] + [b + 1 for b in row])
        s.add_clause([a + 1] + [-(size + b + 1) for b in row])
        if stable: s.add_clause([a + 1, size + a + 1])
        for b in row:
            s.add_clause([-(b + 1), size + a + 1])
            s.add_clause([-(a + 1), size + b + 1])
    return s
def stable(): return solver(True).solve()
def credulous(): return solver(False).solve(assumptions=[argument + 1])
def grow(s, top, fixed):
    model = s.get_model()
    while True:
        top += 1
        inside = [a + 1 for a in range(size) if model[a] > 0]
        s.add_clause([-top] + [a + 1 for a in range(size) if model[a] < 0])
        if not s.solve(assumptions=inside + fixed + [top]): return model, inside, top
        model = s.get_model()
def sceptical():
    s, top = solver(False), 2 * size
    while s.solve(assumptions=[-(argument + 1)]):
        model, inside, top = grow(s, top, [-(argument + 1)])
        if not s.solve(assumptions=inside + [argument + 1]): return False
        model, inside, top = grow(s, top, [])
        s.add_clause([a + 1 for a in range(size) if model[a] < 0])
    return True
def count():
    s, top, found = solver(False), 2 * size, 0
    while s.solve():
        model, inside, top = grow(s, top, [])
        found += 1
        s.add_clause([a + 1 for a in range(size) if model[a] < 0])
    return found
"""
PYGARG = """
from pygarg.dung import solver as P
names = [str(a) for a in range(size)]
attacks = [[str(a), str(b)] for a, b in ends.T.tolist()]
"""
FORMAL = """
from argumentation.core.dung import ArgumentationFramework, grounded_extension
af = ArgumentationFramework(arguments=frozenset(str(a) for a in range(size)),
                            defeats=frozenset((str(a), str(b)) for a, b in ends.T.tolist()))
"""
PYARG = """
from py_arg.abstract_argumentation_classes.abstract_argumentation_framework import \\
    AbstractArgumentationFramework
from py_arg.abstract_argumentation_classes.argument import Argument
from py_arg.abstract_argumentation_classes.defeat import Defeat
from py_arg.algorithms.semantics.get_grounded_extension import get_grounded_extension
names = [Argument(str(a)) for a in range(size)]
af = AbstractArgumentationFramework("", names, [Defeat(names[a], names[b])
                                                for a, b in ends.T.tolist()])
"""
CLINGO = """
import clingo
facts = "".join(f"arg({a})." for a in range(size))
facts += "".join(f"att({a},{b})." for a, b in ends.T.tolist())
rules = "{in(X)} :- arg(X). out(Y) :- in(X), att(X,Y). :- in(X), out(X). "
def ask(goal):
    control = clingo.Control()
    control.add("base", [], facts + rules + goal)
    control.ground([("base", [])])
    return bool(control.solve().satisfiable)
STABLE = ":- arg(X), not in(X), not out(X)."
ADMISSIBLE = f":- in(X), att(Y,X), not out(Y). :- not in({argument})."
"""

TASKS = {
    "grounded extension": {
        "dissensus, numba warm": (OURS + WARM, "int((grounded_labelling(af) == 1).sum())"),
        "dissensus, no numba": (
            "sys.modules['numba'] = None\n" + OURS,
            "int((grounded_labelling(af) == 1).sum())",
        ),
        "formal-argumentation": (FORMAL, "len(grounded_extension(af))"),
        "PyArg": (PYARG, "len(get_grounded_extension(af))"),
        "pygarg": (PYGARG, "len(P.compute_grounded_extension(names, attacks))"),
    },
    "is there a stable extension?": {
        "dissensus": (OURS, "E.some_extension(af, S.STABLE) is not None"),
        "python-sat alone": (PLAIN_SAT, "stable()"),
        "clingo": (CLINGO, "ask(STABLE)"),
        "pygarg": (PYGARG, "P.compute_some_extension(names, attacks, 'ST') != 'NO'"),
    },
    "in some preferred extension?": {
        "dissensus": (OURS, "A.credulously_accepted(af, S.PREFERRED, argument)"),
        "python-sat alone": (PLAIN_SAT, "credulous()"),
        "clingo": (CLINGO, "ask(ADMISSIBLE)"),
        "pygarg": (
            PYGARG,
            "bool(P.credulous_acceptability(names, attacks, str(argument), 'PR')[0])",
        ),
        "μ-toksia": ("DC-PR", ""),
    },
    "in every preferred extension?": {
        "dissensus": (OURS, "A.sceptically_accepted(af, S.PREFERRED, argument)"),
        "python-sat alone": (PLAIN_SAT, "sceptical()"),
        "pygarg": (
            PYGARG,
            "bool(P.skeptical_acceptability(names, attacks, str(argument), 'PR')[0])",
        ),
        "μ-toksia": ("DS-PR", ""),
    },
    "how many preferred extensions? (its digits)": {
        "dissensus": (OURS, "E.all_extensions(af, S.PREFERRED).count.bit_length()"),
        "python-sat alone": (PLAIN_SAT, "count().bit_length()"),
        "pygarg": (
            PYGARG,
            "len(P.extension_enumeration(names, attacks, 'PR')).bit_length()",
        ),
    },
    "acceptance of every argument, preferred": {
        "dissensus": (OURS, "int(A.acceptance(af, S.PREFERRED).sceptical.sum())"),
    },
}


def uniform(size: int, degree: int, seed: int = 1) -> Framework:
    """Attacks between arguments drawn at random, `degree` for each argument."""
    return Framework(size, *np.random.default_rng(seed).integers(0, size, (2, size * degree)))


def debate(size: int) -> Framework:
    """A tree of replies, to popular claims rather; a tenth is answered back, a few cross over."""
    numbers = np.random.default_rng(1)
    replies = np.arange(1, size)
    draw = numbers.random((3, size - 1))
    parents = (draw[0] * replies).astype(np.int64)
    for reply in np.flatnonzero(draw[1] < 0.7).tolist():
        other = parents[reply]  # what a random earlier reply answers is popular
        parents[reply] = parents[other - 1] if other else 0
    back = draw[2] < 0.1
    cross = draw[2] > 0.95
    targets = numbers.integers(0, replies[cross])
    sources = np.concatenate([replies, parents[back], replies[cross]])
    return Framework(size, sources, np.concatenate([parents, replies[back], targets]))


def run(way: tuple[str, str], ends: Path, file: Path, af: Framework, argument: int) -> object:
    """Seconds and answer; or None if the package is absent, "—" if it took too long."""
    if not way[1]:
        return run_command(way[0], file, argument)
    code = FRAME.format(setup=way[0], call=way[1])
    command = [sys.executable, "-c", code, str(ends), str(af.size), str(argument)]
    try:
        # Imports and the package's own framework get time of their own.
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=2 * LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return "—"
    if done.returncode:
        if "ModuleNotFoundError" in done.stderr:
            return None
        return "fails"
    seconds, answer = json.loads(done.stdout)
    return (seconds, answer) if seconds < LIMIT else "—"


def run_command(problem: str, file: Path, argument: int) -> object:
    """As `run`, for a solver on the path that obeys the competition's rules."""
    command = [shutil.which("mu-toksia") or "", "-p", problem, "-f", str(file)]
    if not command[0]:
        return None
    start = time.perf_counter()
    try:
        command += ["-a", str(argument + 1)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return "—"
    return time.perf_counter() - start, done.stdout.startswith("YES")


def measure(frameworks: dict[str, Framework], task: str) -> None:
    """Print a Markdown table of one task."""
    rows: dict[str, list[str]] = {}
    for af in frameworks.values():
        undecided = np.flatnonzero(grounded_labelling(af) == UNDECIDED)
        argument = int(undecided[undecided.size // 2]) if undecided.size else 0
        answers: dict[object, list[str]] = {}
        with tempfile.TemporaryDirectory() as folder:
            ends, file = Path(folder) / "ends.npy", Path(folder) / "framework.af"
            np.save(ends, np.array([af.sources, af.targets]))
            write_framework(af, file)
            for name, way in TASKS[task].items():
                row = rows.setdefault(name, [])
                times: list[float] = []
                found: object = ""  # where a smaller one of the kind took too long
                while len(times) < ROUNDS and not (row and row[-1] in ("—", "fails", "")):
                    found = run(way, ends, file, af, argument)
                    if not isinstance(found, tuple):
                        break
                    times.append(found[0])
                    answers.setdefault(found[1], []).append(name)
                done = len(times) == ROUNDS
                row.append(f"{statistics.median(times):.4f}" if done else str(found))
        if len(answers) > 1:
            raise SystemExit(f"{task}: the packages disagree: {answers}")
    print(f"\n**{task}**\n\n| package | {' | '.join(frameworks)} |")
    print("| --- |" + " ---: |" * len(frameworks))
    for name, row in rows.items():
        if set(row) != {"None"}:
            print(f"| {name} | {' | '.join(row)} |", flush=True)


def main(quick: bool) -> None:
    """Print a table for each task."""
    sizes = [1_000, 10_000] if quick else [1_000, 10_000, 100_000, 1_000_000]
    debates = {f"debate {size:,}": debate(size) for size in sizes}
    sparse = {f"random·2 {size:,}": uniform(size, 2) for size in sizes[:3]}
    dense = {f"random·4 {size:,}": uniform(size, 4) for size in (100, 300, 1_000)}
    for task in TASKS:
        for kind in (debates, sparse, dense):
            measure(kind, task)


if __name__ == "__main__":
    main("--quick" in sys.argv[1:])
