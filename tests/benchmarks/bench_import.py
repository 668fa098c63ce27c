"""Import: node sets of AIF, beside arguebuf.

Writes a folder of node sets as AIFdb gives them (generated, of the size and mix of the 2016
presidential debates: two locutions a claim, an illocution and a transition for most) and reads it
with dissensus, as a library and by the command, and with arguebuf, file by file, each in a process
of its own. The times are those of the processor; of the command, and of a script that does the
same with arguebuf, they include what it takes to start. arguebuf reads the argument alone and
leaves locutions, transitions and illocutions out; dissensus makes them speakers, quotes and
stances, joins the files and, by the command, writes them as Turtle.

    python tests/benchmarks/bench_import.py 1000

arguebuf is no dependency; where it is not installed beside dissensus, name the Python of an
environment that has it with ARGUEBUF_PYTHON.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import median

WORDS = [f"word{number}" for number in range(500)]
SPEAKERS = [f"{first} {last}" for first in ("Ana", "Ben", "Cem", "Dea") for last in "ABCDEFGH"]
ROUNDS = 3


def node_set(number: int, claims: int) -> dict[str, list[dict[str, object]]]:
    """A dialogue of `claims` claims, each said by someone, most of them argued about."""
    chance = random.Random(number)
    base = number * 1000
    nodes: list[dict[str, object]] = []
    edges: list[dict[str, object]] = []

    def node(kind: str, text: str, scheme: str = "") -> str:
        identifier = str(base + len(nodes))
        row: dict[str, object] = {
            "nodeID": identifier,
            "text": text,
            "type": kind,
            "timestamp": "2016-09-16 11:40:15",
        }
        nodes.append(row | ({"scheme": scheme, "schemeID": "72"} if scheme else {}))
        return identifier

    def join(*path: str) -> None:
        for start, end in pairwise(path):
            edges.append(
                {"edgeID": str(base + len(edges)), "fromID": start, "toID": end, "formEdgeID": None}
            )

    said: list[tuple[str, str]] = []
    for _ in range(claims):
        text = " ".join(chance.choices(WORDS, k=14))
        claim = node("I", text)
        locution = node("L", f"{chance.choice(SPEAKERS)} : {text} indeed")
        node("L", f"Annotator: {text}")
        join(locution, node("YA", "Asserting", "Asserting"), claim)
        if said:
            target, before = chance.choice(said)
            transition = node("TA", "Default Transition", "Default Transition")
            join(before, transition, locution)
            kind, scheme, force = chance.choices(
                [
                    ("RA", "Default Inference", "Arguing"),
                    ("CA", "Default Conflict", "Disagreeing"),
                    ("MA", "Default Rephrase", "Restating"),
                ],
                [15, 4, 3],
            )[0]
            if chance.random() < 0.6:
                step = node(kind, scheme, scheme)
                join(claim, step, target)
                join(transition, node("YA", force, force), step)
        said.append((claim, locution))
    return {"nodes": nodes, "edges": edges, "locutions": []}


def write_folder(folder: Path, count: int) -> tuple[int, int]:
    """Writes the node sets; returns how many nodes and edges they have."""
    chance = random.Random(0)
    nodes = edges = 0
    for number in range(1, count + 1):
        value = node_set(number, chance.randint(5, 30))
        (folder / f"nodeset{number}.json").write_text(json.dumps(value, indent=2))
        nodes += len(value["nodes"])
        edges += len(value["edges"])
    return nodes, edges


LOADING = (
    "from pathlib import Path; import arguebuf; {}"
    "found = [arguebuf.load.file(file) for file in sorted(Path(path).glob('*.json'))]; "
    "said = sum(len(graph.atom_nodes) for graph in found)"
)
WAYS = {
    "arguebuf: load.file of each": LOADING.format("start(); "),
    "dissensus: import into a Debate": (
        "import dissensus; from dissensus.graph.exchange.aif import database; start(); "
        "found = dissensus.import_debate([path]); said = len(found.debate)"
    ),
    "arguebuf: the same as a script": "start(); " + LOADING.format(""),
    "dissensus: the whole command, Turtle written": (
        "start(); import sys; sys.argv = ['dissensus', 'import', path, '-o', path + '.ttl']; "
        "from dissensus.cli import main; said = run(main)"
    ),
}
FRAME = """
import sys, time
path = sys.argv[1]
begun = 0.0
def start():
    global begun
    begun = time.process_time()
def run(main):
    try:
        main()
    except SystemExit as left:
        return left.code
    return 0
{way}
print(time.process_time() - begun, said)
"""


def seconds(way: str, folder: Path) -> tuple[float, int] | None:
    """Processor time of one way in a process of its own, and how much it found."""
    python = os.environ.get("ARGUEBUF_PYTHON", sys.executable) if "arguebuf" in way else None
    command = [python or sys.executable, "-W", "ignore", "-c", FRAME.format(way=way), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    taken, found = done.stdout.split()[-2:]
    return float(taken), int(found)


def main() -> None:
    """Prints a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "corpus")
        folder.mkdir()
        nodes, edges = write_folder(folder, count)
        print(f"{count} node sets, {nodes} nodes, {edges} edges")
        times: dict[str, list[float]] = {way: [] for way in WAYS}
        found: dict[str, int] = {}
        for _ in range(ROUNDS):
            for way, code in WAYS.items():
                if (result := seconds(code, folder)) is not None:
                    times[way].append(result[0])
                    found[way] = result[1]
        medians = {way: median(taken) for way, taken in times.items() if taken}
        print("| way | claims | seconds | times faster |")
        base = None
        for way, taken in medians.items():
            base = taken if "arguebuf" in way else base
            ratio = f"{base / taken:.1f}" if base else ""
            print(f"| {way} | {found[way] or ''} | {taken:.2f} | {ratio} |")
        if base is None:
            print("arguebuf is not installed: no comparison")


if __name__ == "__main__":
    main()
