"""`list`, `show` and `stats`: what is here."""

from __future__ import annotations

from pathlib import Path

import click

from .options import (
    chosen_debate,
    format_option,
    print_result,
    question_option,
    speaker_option,
    topic_option,
)


@click.command("list")
@click.argument(
    "what",
    type=click.Choice(
        ["claims", "speakers", "questions", "topics", "documents", "values", "audiences", "links"]
    ),
    default="claims",
)
@speaker_option
@topic_option
@question_option
@format_option
@click.pass_obj
def list_command(
    claims: tuple[Path, ...],
    what: str,
    speaker: str | None,
    topic: str | None,
    question: str | None,
    output_format: str,
) -> None:
    """List claims, or speakers, questions, topics, documents, values, audiences, links.

    \b
    Example:
      dissensus list claims --speaker "Aaron Gin"
    """
    from ..graph.reports.listings import LISTINGS, claims_table, matching_claims

    narrowed = speaker or topic or question
    if narrowed and what != "claims":
        raise click.UsageError("--speaker, --topic and --question narrow a list of claims")
    debate = chosen_debate(claims)
    if narrowed:
        table = claims_table(
            debate, matching_claims(debate, speaker=speaker, topic=topic, question=question)
        )
    else:
        table = LISTINGS[what](debate)
    print_result(
        output_format,
        lambda: {what: [dict(zip(table.columns, row, strict=True)) for row in table.rows]},
        lambda: table,
    )


@click.command()
@click.argument("name")
@click.option("--format", "output_format", type=click.Choice(["table", "json"]), default="table")
@click.pass_obj
def show(claims: tuple[Path, ...], name: str, output_format: str) -> None:
    """Show all about the claim NAME: its text, who says it, the quote, its links.

    \b
    Example:
      dissensus show deliberate-pivot
    """
    from ..graph.analysis.plain import claim_json
    from ..graph.reports.listings import claims_table, write_claim

    debate = chosen_debate(claims)
    claim = debate.claim(name)
    print_result(
        output_format,
        lambda: {"claim": claim_json(debate, claim)},
        lambda: claims_table(debate, [debate.claim_numbers[claim.iri]]),
        lambda out: write_claim(debate, claim, out),
    )


@click.command()
@format_option
@click.pass_obj
def stats(claims: tuple[Path, ...], output_format: str) -> None:
    """Count what is in the debate.

    \b
    Example:
      dissensus stats --format json
    """
    from ..graph.reports.listings import statistics
    from ..graph.reports.tables import Table

    counts = statistics(chosen_debate(claims))
    print_result(
        output_format,
        lambda: {"stats": counts},
        lambda: Table(("what", "count"), tuple(counts.items())),
    )
