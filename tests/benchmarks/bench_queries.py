"""Five saved queries, beside rdflib: ``python tests/benchmarks/bench_queries.py [CLAIMS]``.

Both engines hold the same triples. A query is run `ROUNDS` times in turn and its rows are counted
on both sides; the table gives medians. rdflib's time includes the parsing of the query, as ours
does. A query that rdflib has not answered in `LIMIT` seconds is stopped.
"""

from __future__ import annotations

import multiprocessing
import statistics
import sys
import tempfile
import time
from pathlib import Path

from generated import write_debate

from dissensus.graph.querying.results import Solutions
from dissensus.graph.querying.running import run_query
from dissensus.graph.querying.saved import saved_query
from dissensus.graph.reading import read_corpus
from dissensus.graph.terms import COMMON_PREFIXES

ROUNDS = 3
LIMIT = 120.0
QUERIES = (
    "claims-by-speaker",
    "who-rebuts-whom",
    "most-attacked",
    "unanswered-attacks",
    "claims-without-backing",
)


def of_rdflib(
    path: str, text: str, answers: multiprocessing.SimpleQueue[tuple[float, int]]
) -> None:
    """Run the query over rdflib's memory store, `ROUNDS` times; gives seconds and rows."""
    import rdflib

    graph = rdflib.Graph()
    graph.parse(path, format="nt")
    for prefix, namespace in COMMON_PREFIXES.items():
        graph.bind(prefix, namespace)
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        rows = len(list(graph.query(text)))
        answers.put((time.perf_counter() - begun, rows))


def rdflib_seconds(path: Path, text: str) -> tuple[float | None, int]:
    """The median seconds and the rows, or None if the first run took longer than `LIMIT`."""
    context = multiprocessing.get_context("spawn")
    answers = context.SimpleQueue()
    process = context.Process(target=of_rdflib, args=(str(path), text, answers))
    process.start()
    process.join(LIMIT)
    if process.is_alive():
        process.terminate()
    found = []
    while not answers.empty():
        found.append(answers.get())
    if not found:
        return None, 0
    return statistics.median(seconds for seconds, _ in found), found[0][1]


def main(size: int) -> None:
    """Print a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = read_corpus([write_debate(Path(folder) / "generated.ttl", size)])
        dump = Path(folder) / "all.nt"
        triples = {f"{q.subject} {q.predicate} {q.object} ." for q in corpus.store}
        dump.write_text("\n".join(sorted(triples)) + "\n", encoding="utf-8")
        print(f"{size:,} claims, {len(triples):,} triples, median of {ROUNDS}\n")
        print("| query | rows | dissensus, s | rdflib, s | times faster |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for name in QUERIES:
            text = saved_query(name).text
            ours = []
            rows = 0
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                result = run_query(corpus.store, text, prefixes=corpus.prefixes)
                ours.append(time.perf_counter() - begun)
                rows = len(result.rows) if isinstance(result, Solutions) else 0
            seconds = statistics.median(ours)
            theirs, their_rows = rdflib_seconds(dump, text)
            if theirs is None:
                print(
                    f"| {name} | {rows} | {seconds:.3f} | > {LIMIT:.0f} | > {LIMIT / seconds:.0f} |"
                )
                continue
            assert rows == their_rows, f"{name}: {rows} rows here, {their_rows} there"
            print(f"| {name} | {rows} | {seconds:.3f} | {theirs:.2f} | {theirs / seconds:.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
