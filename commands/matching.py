"""`match`: claims that may say the same, or the contrary."""

from __future__ import annotations

from pathlib import Path

import click

from .options import chosen_debate, print_result, progress_bar, say_if_none


@click.command()
@click.argument("other", required=False, type=click.Path(path_type=Path))
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.4,
    show_default=True,
    help="The least score.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Print only so many pairs.")
@click.option(
    "--embeddings", metavar="MODEL", default="", help="Compare what the texts mean to this model."
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json", "csv", "md", "turtle"]),
    default="table",
    show_default=True,
    help="How to print the result; turtle: lines to uncomment.",
)
@click.pass_obj
def match(
    claims: tuple[Path, ...],
    other: Path | None,
    threshold: float,
    limit: int | None,
    embeddings: str,
    output_format: str,
) -> None:
    """Suggest pairs of claims that say the same or contradict each other, the likeliest first.

    Within the debate, or between it and OTHER, a file or folder. Pairs that are joined already are
    left out. Nothing is written: you confirm a pair as d:restates, d:contradicts or d:rebuts.

    \b
    Example:
      dissensus match --limit 20
      dissensus match ../their-debate --format turtle
    """
    from ..graph.matching import match as find
    from ..graph.reading import claims_paths, read
    from ..graph.reports.matches import (
        matches_json,
        matches_table,
        matches_turtle,
        write_matches,
    )

    debate = chosen_debate(claims)
    theirs = read(*claims_paths([other])[0]) if other else None
    with progress_bar("comparing claims") as tell:
        pairs = find(
            debate, theirs, threshold=threshold, limit=limit, embeddings=embeddings, progress=tell
        )
    say_if_none(pairs)
    if output_format == "turtle":
        click.echo(matches_turtle(debate, theirs, pairs), nl=False)
        return
    print_result(
        output_format,
        lambda: matches_json(debate, theirs, pairs),
        lambda: matches_table(debate, theirs, pairs),
        lambda out: write_matches(debate, theirs, pairs, out),
    )
