"""`query`: ask the graph in SPARQL."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import click

from .options import chosen_paths

if TYPE_CHECKING:
    from ..graph.corpus import Corpus
    from ..graph.errors import Finding
    from ..graph.querying.results import QueryResult
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
    if list_saved:
        _list_saved(saving.saved_queries(saving.query_folders(paths)))
        return
    if sum(given is not None for given in (sparql, file, saved)) > 1:
        raise click.UsageError("give the query once: as an argument, with -f or with --saved")
    if settings and not saved:
        raise click.UsageError("--set gives a parameter of a saved query: name one with --saved")

    from ..graph.deriving import speaks_of_link_nodes
    from ..graph.reading import read_corpus

    if sparql is None and not file and not saved:
        sparql = sys.stdin.read()
    given = given_query(paths, sparql, file, saved)
    corpus = read_corpus(paths, link_nodes=speaks_of_link_nodes(given.text))
    if corpus.errors:
        raise InputError(corpus.errors)
    result = answer(
        corpus,
        given,
        settings,
        asserted_only=asserted,
        allow_service=allow_service,
        timeout=timeout,
    )
    if output_format == "table":
        from ..graph.querying.table import write_table

        write_table(result, corpus.prefixes, sys.stdout)
    else:
        from ..graph.querying.formats import write_result

        write_result(result, output_format, sys.stdout.buffer, corpus.prefixes)


class GivenQuery(NamedTuple):
    """A query as it was given: its text, what to call it in errors, and the saved query it is."""

    text: str
    source: str
    kept: SavedQuery | None


def given_query(
    paths: Sequence[Path], sparql: str | None, file: TextIO | None, saved: str | None
) -> GivenQuery:
    """The query that was given as a text, in a file or by the name of a saved one."""
    from ..graph.querying import saved as saving

    if saved:
        kept = saving.saved_query(saved, saving.query_folders(paths))
        return GivenQuery(kept.text, str(kept.path) if kept.is_own else kept.name, kept)
    if file:
        return GivenQuery(file.read(), file.name, None)
    return GivenQuery(sparql or "", "query", None)


def answer(
    corpus: Corpus, given: GivenQuery, settings: Sequence[str], **options: Any
) -> QueryResult:
    """What the query answers over a corpus; `options` are those of `run_query`."""
    import signal

    from ..graph.querying import saved as saving
    from ..graph.querying.running import run_query
    from ..graph.querying.verdict_terms import NAMESPACE, PREFIX, speaks_of_verdicts

    if speaks_of_verdicts(given.text):
        if not options.get("asserted_only"):
            _add_verdicts(corpus, given.text)
        corpus.prefixes.setdefault(PREFIX, NAMESPACE)
    values, kept = saving.settings(settings), given.kept
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine hears of Ctrl-C too late
    try:
        return run_query(
            corpus.store,
            given.text,
            prefixes=corpus.prefixes,
            substitutions=kept
            and saving.substitutions(kept, values, corpus.store, corpus.prefixes),
            source=given.source,
            **options,
        )
    finally:
        signal.signal(signal.SIGINT, before)


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
