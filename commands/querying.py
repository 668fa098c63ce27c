"""`query`: ask the graph in SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from .options import chosen_paths

if TYPE_CHECKING:
    from ..graph.corpus import Corpus
    from ..graph.errors import Finding
    from ..graph.querying.saved import SavedQuery


_QUERY_FORMATS = ["table", "csv", "tsv", "json", "xml", "turtle", "ntriples"]


@click.command()
@click.argument("sparql", required=False)
@click.option(
    "-f", "--file", "file", type=click.File(encoding="utf-8"), help="Read the query here."
)
@click.option("--saved", metavar="NAME", help="Run this saved query.")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A parameter of a saved query."
)
@click.option("--list", "list_saved", is_flag=True, help="List the saved queries.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(_QUERY_FORMATS),
    default="table",
    show_default=True,
    help="A table to read, or a W3C format.",
)
@click.option("--timeout", type=float, metavar="SECONDS", help="Stop the query after this time.")
@click.option("--asserted", is_flag=True, help="Ask only what the files say, nothing derived.")
@click.option("--allow-service", is_flag=True, help="Let SERVICE ask other servers.")
@click.pass_obj
def query(
    claims: tuple[Path, ...],
    sparql: str | None,
    file: TextIO | None,
    saved: str | None,
    settings: tuple[str, ...],
    list_saved: bool,
    output_format: str,
    timeout: float | None,
    asserted: bool,
    allow_service: bool,
) -> None:
    """Ask the graph in SPARQL: the query as an argument, a file, a saved name or standard input.

    \b
    Example:
      dissensus query "SELECT ?text { ?c d:assertedBy :gin ; d:text ?text }"
      dissensus query --saved who-rebuts-whom
    """
    from ..graph.errors import InputError
    from ..graph.querying import saved as saving

    paths = chosen_paths(claims)
    folders = saving.query_folders(paths)
    if list_saved:
        _list_saved(saving.saved_queries(folders))
        return
    if sum(given is not None for given in (sparql, file, saved)) > 1:
        raise click.UsageError("give the query once: as an argument, with -f or with --saved")
    if settings and not saved:
        raise click.UsageError("--set gives a parameter of a saved query: name one with --saved")

    import signal

    from ..graph.deriving import speaks_of_link_nodes
    from ..graph.querying.running import run_query
    from ..graph.querying.verdict_terms import NAMESPACE, PREFIX, speaks_of_verdicts
    from ..graph.reading import read_corpus

    kept = saving.saved_query(saved, folders) if saved else None
    if kept:
        text, source = kept.text, str(kept.path) if kept.is_own else kept.name
    elif file:
        text, source = file.read(), file.name
    else:
        text, source = sparql or sys.stdin.read(), "query"
    corpus = read_corpus(paths, link_nodes=speaks_of_link_nodes(text))
    if corpus.errors:
        raise InputError(corpus.errors)
    if not asserted and speaks_of_verdicts(text):
        _add_verdicts(corpus, text)
    if speaks_of_verdicts(text):
        corpus.prefixes.setdefault(PREFIX, NAMESPACE)
    values = saving.settings(settings)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine does not return before it is done
    result = run_query(
        corpus.store,
        text,
        prefixes=corpus.prefixes,
        substitutions=kept and saving.substitutions(kept, values, corpus.store, corpus.prefixes),
        asserted_only=asserted,
        allow_service=allow_service,
        timeout=timeout,
        source=source,
    )
    if output_format == "table":
        from ..graph.querying.table import write_table

        write_table(result, corpus.prefixes, sys.stdout)
    else:
        from ..graph.querying.formats import write_result

        write_result(result, output_format, sys.stdout.buffer, corpus.prefixes)


def _add_verdicts(corpus: Corpus, text: str) -> None:
    from ..graph.reading import debate_of
    from ..graph.semantics.publishing import add_verdicts

    add_verdicts(corpus.store, debate_of(corpus), text)


def _list_saved(found: tuple[tuple[SavedQuery, ...], tuple[Finding, ...]]) -> None:
    from ..graph.errors import InputError
    from ..graph.reports.tables import Table

    queries, findings = found
    rows = tuple(
        (query.name, query.title, ", ".join(p.name for p in query.parameters)) for query in queries
    )
    Table(("name", "what it answers", "parameters"), rows).write_terminal(sys.stdout)
    if findings:
        raise InputError(findings)
