"""A query evaluated and written to a stream: what runs in a process of its own.

Started as a script it reads a request in JSON, a line, and the data as N-Quads from standard
input. It imports nothing of this package, so it needs no package to be found.
"""

from __future__ import annotations

import sys
from typing import IO, Any

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Variable,
    parse,
)

SYNTAX = "syntax"
FAILED = "failed"
"""The first line of a complaint: the query cannot be read, or it cannot be evaluated."""


def arguments(request: dict[str, Any]) -> dict[str, Any]:
    """The keyword arguments for `Store.query` that a request in plain values stands for."""
    keywords: dict[str, Any] = {"prefixes": request["prefixes"]}
    if request["substitutions"]:
        keywords["substitutions"] = {
            Variable(name): next(parse(f"<x:x> <x:x> {term} .", RdfFormat.N_TRIPLES)).object
            for name, term in request["substitutions"].items()
        }
    if request["union"]:
        keywords["use_default_graph_as_union"] = True
    if request["graphs"] is not None:
        graphs = [NamedNode(iri) for iri in request["graphs"]]
        keywords |= {"default_graph": graphs, "named_graphs": graphs}
    return keywords


def evaluate(store: Store, request: dict[str, Any], out: IO[bytes]) -> None:
    """Write what the query answers: a word on a line, then rows in JSON or triples."""
    results = store.query(request["query"], **arguments(request))
    if isinstance(results, QuerySolutions):
        out.write(b"solutions\n")
        results.serialize(out, QueryResultsFormat.JSON)
    elif isinstance(results, QueryBoolean):
        out.write(b"true\n" if results else b"false\n")
    else:
        out.write(b"graph\n")
        results.serialize(out, RdfFormat.N_TRIPLES)
    out.flush()


def complaint(error: Exception) -> bytes:
    """An error as it is told to the process that asked."""
    kind = SYNTAX if isinstance(error, SyntaxError) else FAILED
    return f"{kind}\n{error}".encode()


def main() -> int:
    """Answer the request on standard input; the exit status is 1 after a complaint."""
    import json

    source = sys.stdin.buffer
    request = json.loads(source.readline())
    store = Store()
    store.bulk_load(source, RdfFormat.N_QUADS)
    try:
        evaluate(store, request, sys.stdout.buffer)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        sys.stderr.buffer.write(complaint(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
