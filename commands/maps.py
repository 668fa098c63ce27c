"""`map` and `serve`: the debate in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from .options import chosen_paths, speaker_option, topic_option


@click.command("map")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("exports/debate.html"),
    show_default=True,
    help="The file to write.",
)
@click.option("--focus", metavar="CLAIM", help="Only this claim and what is near it.")
@click.option(
    "--depth", type=click.IntRange(min=1), default=2, show_default=True, help="How near, in links."
)
@topic_option
@speaker_option
@click.option("--open", "open_it", is_flag=True, help="Open the map in the browser.")
@click.pass_obj
def map_command(
    claims: tuple[Path, ...],
    output: Path,
    focus: str | None,
    depth: int,
    topic: str | None,
    speaker: str | None,
    open_it: bool,
) -> None:
    """Draw the debate as one HTML file that opens in any browser, without a network.

    \b
    Example:
      dissensus map --focus deliberate-pivot -o exports/pivot.html --open
    """
    from ..graph.checking import check_corpus
    from ..graph.errors import InputError, Severity
    from ..graph.maps import write_map
    from ..graph.reading import debate_of, read_corpus

    corpus = read_corpus(chosen_paths(claims))
    faults = [f for f in check_corpus(corpus) if f.severity is Severity.ERROR]
    if faults:
        raise InputError(faults)
    output.parent.mkdir(parents=True, exist_ok=True)
    write_map(debate_of(corpus), output, focus=focus, depth=depth, topic=topic, speaker=speaker)
    click.echo(f"wrote {output}", err=True)
    if open_it:
        click.launch(output.resolve().as_uri())


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
