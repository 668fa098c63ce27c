"""`check`: whether claims are sound."""

from __future__ import annotations

from pathlib import Path

import click

from .options import chosen_paths, format_option, print_result


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Check every quote and digest against the documents in this folder.",
)
@click.option(
    "--engine",
    type=click.Choice(["fast", "reference"]),
    default="fast",
    show_default=True,
    help="Who applies the shapes: the Rust engine, or pySHACL.",
)
@format_option
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[Path, ...],
    sources: Path | None,
    engine: str,
    output_format: str,
) -> None:
    """Check claims: every fault with file, line, column and how to mend it.

    \b
    Example:
      dissensus check claims --sources ../articles
    """
    from ..graph.analysis.plain import findings_json
    from ..graph.checking import check as find
    from ..graph.errors import Severity
    from ..graph.reports.listings import findings_table

    findings = find(chosen_paths(paths or ctx.obj), sources=sources, engine=engine)
    print_result(
        output_format,
        lambda: findings_json(findings),
        lambda: findings_table(findings),
        lambda out: out.writelines(f"{finding}\n" for finding in findings),
    )
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = len(findings) - errors
    if errors or warnings:
        click.echo(f"{errors} errors, {warnings} warnings", err=True)
    else:
        click.echo("sound: no fault found", err=True)
    ctx.exit(1 if errors else 0)
