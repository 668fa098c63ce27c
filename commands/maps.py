"""`map` and `serve`: the debate in a browser."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from .options import chosen_paths, progress_bar, speaker_option, topic_option

if TYPE_CHECKING:
    from ..graph.corpus import Corpus
    from ..graph.debate import Debate


@click.command("map")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default=Path("exports/debate.html"),
    show_default=True,
    help="The file to write; - for standard output.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["html", "svg", "png", "pdf"]),
    help="A page, a drawing, a picture or paper. Default: by the file's ending.",
)
@click.option("--theme", type=click.Choice(["light", "dark"]), help="The colours of a picture.")
@click.option(
    "--scale",
    type=click.FloatRange(min=0, min_open=True),
    metavar="FACTOR",
    help="How much larger a PNG is than the drawing. Default: 2 if that is small, else 1.",
)
@click.option("--focus", metavar="CLAIM", help="Only this claim and what is near it.")
@click.option(
    "--query", "sparql", metavar="SPARQL", help="Only the claims found, and what is near."
)
@click.option(
    "--query-file", "file", type=click.File(encoding="utf-8"), help="Read the query here."
)
@click.option("--saved", metavar="NAME", help="The claims that this saved query finds.")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A parameter of a saved query."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Stop the query after this time.",
)
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    help="How near, in links. Default: 2 with --focus, 1 with a query.",
)
@topic_option
@speaker_option
@click.option(
    "--pages",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write a page for each topic, and an index, into this folder instead.",
)
@click.option("--open", "open_it", is_flag=True, help="Open the map in the browser.")
@click.pass_obj
def map_command(
    claims: tuple[Path, ...],
    output: Path,
    output_format: str | None,
    theme: str | None,
    scale: float | None,
    pages: Path | None,
    focus: str | None,
    sparql: str | None,
    file: TextIO | None,
    saved: str | None,
    settings: tuple[str, ...],
    timeout: float | None,
    depth: int | None,
    topic: str | None,
    speaker: str | None,
    open_it: bool,
) -> None:
    """Draw the debate as one HTML file that opens in any browser, or as a picture of it.

    \b
    Example:
      dissensus map --focus deliberate-pivot -o exports/pivot.html --open
      dissensus map --saved rebuttals-across-speakers -o exports/rebuttals.svg
      dissensus map --pages exports/topics --open
    """
    queries = [given for given in (sparql, file, saved) if given is not None]
    if len(queries) > 1:
        raise click.UsageError("give one query: --query, --query-file or --saved")
    if queries and focus is not None:
        raise click.UsageError("--focus and a query each choose the claims: leave one out")
    if settings and not saved:
        raise click.UsageError("--set gives a parameter of a saved query: name one with --saved")
    if timeout is not None and not queries:
        raise click.UsageError("--timeout is for a query: there is none")
    if depth is not None and not queries and focus is None:
        raise click.UsageError(
            "--depth counts from a claim: name one with --focus, or give a query"
        )
    to_stdout = str(output) == "-"
    if open_it and to_stdout:
        raise click.UsageError("--open needs a file: name one with -o")
    chosen = [*queries, focus, topic, speaker, output_format, theme, scale]
    if pages is not None and any(given is not None for given in chosen):
        raise click.UsageError(
            "--pages writes pages of the whole debate: leave out what narrows or formats it"
        )

    from ..graph.maps.formats import format_of, map_bytes
    from ..graph.reading import debate_of
    from ..graph.writing import write_bytes

    named = output_format or ("html" if to_stdout or pages else format_of(output))
    paths = chosen_paths(claims)
    corpus = _sound_corpus(paths, link_nodes=bool(queries))
    debate = debate_of(corpus)
    if pages is not None:
        _write_pages(debate, pages, open_it=open_it)
        return
    found = None
    if queries:
        from ..graph.querying.mentions import mentioned
        from .querying import answer, given_query

        given = given_query(paths, sparql, file, saved)
        found = mentioned(answer(corpus, given, settings, timeout=timeout), debate)
    data = map_bytes(
        debate,
        named,
        theme=theme,
        scale=scale,
        focus=focus,
        claims=found,
        depth=depth,
        topic=topic,
        speaker=speaker,
    )
    if to_stdout:
        sys.stdout.buffer.write(data)
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(output, data)
    click.echo(f"wrote {output}", err=True)
    if open_it:
        click.launch(output.resolve().as_uri())


def _sound_corpus(paths: Sequence[Path], *, link_nodes: bool) -> Corpus:
    """What the files say, if `check` finds no error in it."""
    from ..graph.checking import check_corpus
    from ..graph.errors import InputError, Severity
    from ..graph.reading import read_corpus

    corpus = read_corpus(paths, link_nodes=link_nodes)
    faults = [f for f in check_corpus(corpus) if f.severity is Severity.ERROR]
    if faults:
        raise InputError(faults)
    return corpus


def _write_pages(debate: Debate, folder: Path, *, open_it: bool) -> None:
    from ..graph.maps import write_pages

    with progress_bar("writing pages") as told:
        index, *others = write_pages(debate, folder, told=told)
    click.echo(f"wrote {index} and the {len(others)} maps that it links", err=True)
    if open_it:
        click.launch(index.resolve().as_uri())


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=8484, show_default=True)
@click.option("--write", is_flag=True, help="Let the page add claims, with a token.")
@click.option("--token", metavar="TEXT", help="The token; otherwise one is made and told.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop a query after this time.",
)
@click.option("--open", "open_it", is_flag=True, help="Open the page in the browser.")
@click.pass_obj
def serve(
    claims: tuple[Path, ...],
    host: str,
    port: int,
    write: bool,
    token: str | None,
    timeout: float,
    open_it: bool,
) -> None:
    """Serve a live map that follows the files, and a SPARQL endpoint, on this machine only.

    \b
    Example:
      dissensus serve --open
    """
    from ..graph.reading import claims_paths
    from ..graph.server import serve as run_server

    if write and claims_paths(claims)[1]:
        raise click.UsageError("there is no ./claims to add to: name a folder with --claims")
    run_server(
        chosen_paths(claims),
        host=host,
        port=port,
        write=write,
        token=token,
        timeout=timeout,
        open_browser=open_it,
        say=lambda line: click.echo(line, err=True),
    )
