"""`solve`: problems of the argumentation competition."""

from __future__ import annotations

from pathlib import Path

import click

from .options import timeout_option


@click.command()
@click.option("-p", "--problem", metavar="PROBLEM", help="Task and semantics: DS-PR, SE-ST …")
@click.option("-f", "--file", "file", type=click.Path(path_type=Path), help="The framework.")
@click.option("-a", "--argument", metavar="NAME", help="The argument that DC and DS ask about.")
@click.option("-fo", "--file-format", metavar="FORMAT", help="i23, af, apx or tgf; else guessed.")
@click.option("--problems", is_flag=True, help="List the problems.")
@click.option("--formats", is_flag=True, help="List the formats.")
@timeout_option
def solve(
    problem: str | None,
    file: Path | None,
    argument: str | None,
    file_format: str | None,
    problems: bool,
    formats: bool,
    timeout: float | None,
) -> None:
    """Answer a problem of the argumentation competition (ICCMA) in its own format.

    \b
    Example:
      dissensus solve -p DS-PR -f framework.af -a 1
    """
    from ..graph.semantics import iccma
    from ..graph.semantics.framework_reading import FileFormat

    if problems or formats:
        click.echo(iccma.listing(iccma.PROBLEMS if problems else iccma.FORMATS))
        return
    if not (problem and file):
        raise click.UsageError("give the problem with -p and the file with -f")
    named = FileFormat.named(file_format) if file_format else None
    answer = iccma.solve(
        problem,
        file,
        argument,
        file_format=named,
        timeout=timeout,
        say=lambda line: click.echo(line, err=True),
    )
    click.echo(answer)
