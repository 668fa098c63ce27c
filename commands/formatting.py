"""`fmt`: one layout for files of claims."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import chosen_paths

if TYPE_CHECKING:
    from ..graph.formatting.files import Formatted


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--check", is_flag=True, help="Write nothing; list what would change, and exit 1.")
@click.option("--diff", "show", is_flag=True, help="Write nothing; show what would change.")
@click.pass_context
def fmt(ctx: click.Context, paths: tuple[Path, ...], check: bool, show: bool) -> None:
    """Put Turtle files into one layout that makes small diffs; every comment is kept.

    PATH is a file, a folder, or - for standard input.

    \b
    Example:
      dissensus fmt
      dissensus fmt --check claims
      dissensus fmt - < claims/mine.ttl
    """
    from ..graph.errors import UsageError
    from ..graph.formatting.files import format_files, format_stream, write_formatted
    from ..graph.reading import claims_paths

    if Path("-") in paths:
        if len(paths) > 1:
            raise click.UsageError("- stands alone: give either - or files and folders")
        formatted = [format_stream(sys.stdin.buffer.read())]
        if not (check or show):
            sys.stdout.buffer.write(formatted[0].new)
            return
        ctx.exit(_report(formatted, check, show))
    if not paths and claims_paths(ctx.obj)[1]:
        raise UsageError("no ./claims here: name the files or folders to put into the layout")
    formatted, faults, others = format_files(chosen_paths(paths or ctx.obj))
    status = 0
    if check or show:
        status = _report(formatted, check, show)
    else:
        for name in write_formatted(formatted):
            click.echo(f"formatted {name}", err=True)
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        files = len({fault.file for fault in faults})
        click.echo(f"{_files(files)} with faults left alone", err=True)
    if others:
        click.echo(
            f"{_files(others)} in another syntax left alone: only *.ttl has a layout", err=True
        )
    ctx.exit(1 if faults else status)


def _report(formatted: Sequence[Formatted], check: bool, show: bool) -> int:
    """Print what would change; the exit status."""
    from ..graph.formatting.files import layout_diff

    changing = [one for one in formatted if one.changes]
    for one in changing:
        click.echo(layout_diff(one) if show else f"{one.name}\n", nl=False)
    return 1 if check and changing else 0


def _files(number: int) -> str:
    return f"{number} file" if number == 1 else f"{number} files"
