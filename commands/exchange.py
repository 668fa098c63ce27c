"""`import` and `export`: debates from other tools, and for them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .options import chosen_debate, progress_bar


@click.command("import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--from", "format_name", metavar="FORMAT", help="The format; otherwise guessed.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The Turtle file to write.")
@click.option("--namespace", metavar="IRI", help="Where the new names go; ends on # or /.")
@click.option("--keep-going", is_flag=True, help="Leave faulty files out, and read the rest.")
@click.option("--formats", "list_formats", is_flag=True, help="List the formats.")
@click.pass_context
def import_command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    format_name: str | None,
    output: Path | None,
    namespace: str | None,
    keep_going: bool,
    list_formats: bool,
) -> None:
    """Turn files of other tools into Turtle claims; a folder is read whole.

    What has no counterpart is told on standard error.

    \b
    Example:
      dissensus import corpus/ --from aif -o claims/corpus.ttl --keep-going
    """
    from ..graph.exchange.formats import readable
    from ..graph.exchange.importing import import_debate
    from ..graph.writing import debate_turtle, write_text

    if list_formats:
        for known in readable():
            click.echo(f"{known.name:<14} {known.title} ({', '.join(known.endings)})")
        return
    with progress_bar("reading") as progress:
        found = import_debate(
            paths,
            format=format_name,
            namespace=namespace,
            keep_going=keep_going,
            progress=progress,
        )
    turtle = debate_turtle(found.debate)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_text(output, turtle)
    else:
        click.echo(turtle, nl=False)
    for finding in (*found.faults, *found.notes):
        click.echo(str(finding), err=True)
    read = ", ".join(f"{count} {name}" for name, count in found.formats) or "none"
    debate = found.debate
    click.echo(
        f"files read: {read}; {len(debate)} claims, {len(debate.link_iris)} links, "
        f"{len(debate.speakers)} speakers",
        err=True,
    )
    ctx.exit(1 if found.faults else 0)


@click.command("export")
@click.option("--to", "format_name", metavar="FORMAT", help="The format; else by FILE's ending.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The file, or folder, to write."
)
@click.option("--formats", "list_formats", is_flag=True, help="List the formats.")
@click.pass_obj
def export_command(
    claims: tuple[Path, ...], format_name: str | None, output: Path | None, list_formats: bool
) -> None:
    """Write the debate in a format of other tools.

    What the format cannot say is told on standard error.

    \b
    Example:
      dissensus export --to argdown -o exports/debate.argdown
    """
    from ..graph.exchange.exporting import export_debate, write_export
    from ..graph.exchange.formats import format_for, writable

    if list_formats:
        for known in writable():
            click.echo(f"{known.name:<14} {known.title} ({', '.join(known.endings)})")
        return
    if not (format_name or output):
        raise click.UsageError("name the format with --to, or a file with -o")
    name = format_name or format_for(str(output)).name
    found = export_debate(chosen_debate(claims), name)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_export(found, output)
        click.echo(f"wrote {output}", err=True)
    elif set(found.files) == {""}:
        sys.stdout.buffer.write(found.files[""])
    else:
        raise click.UsageError(f"{name} is several files: name a folder for them with -o")
    if found.losses:
        click.echo(f"not in {name}: {'; '.join(found.losses)}", err=True)
