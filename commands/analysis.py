"""`disagreements`, `agreements`, `evidence`, `gaps` and `compare`: what the debate amounts to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import (
    audience_option,
    between_option,
    chosen_debate,
    format_option,
    print_result,
    question_option,
    refuse,
    say_if_none,
    speaker_option,
    topic_option,
)

if TYPE_CHECKING:
    from ..graph.analysis.disagreements import Disagreement
    from ..graph.debate import Debate
    from ..graph.model import Claim


@click.command()
@between_option
@topic_option
@question_option
@click.option("--limit", type=click.IntRange(min=1), help="Print only so many points.")
@click.option(
    "--induced",
    is_flag=True,
    help="With --between: where the views of the two differ, given what each accepts.",
)
@click.option("--cruxes", "settle", is_flag=True, help="Add what both sides of a point turn on.")
@format_option
@click.pass_obj
def disagreements(
    claims: tuple[Path, ...],
    between: tuple[str, str] | None,
    topic: str | None,
    question: str | None,
    limit: int | None,
    induced: bool,
    settle: bool,
    output_format: str,
) -> None:
    """Rank the points where speakers part ways, and say why.

    \b
    Example:
      dissensus disagreements --between Baker Gin
    """
    from ..graph.analysis.disagreements import disagreements as find
    from ..graph.analysis.plain import disagreements_json
    from ..graph.reports.listings import disagreements_table, write_disagreements

    if induced:
        for option in ("topic", "question", "limit"):
            refuse(option, "--induced lists every difference between two views")
        if settle:
            raise click.UsageError("choose one of --induced and --cruxes")
    debate = chosen_debate(claims)
    if induced:
        _induced(debate, between, output_format)
        return
    points = find(debate, between=between, topic=topic, question=question)[:limit]
    say_if_none(points)
    turning = _turning_points(debate, points) if settle else {}
    print_result(
        output_format,
        lambda: disagreements_json(debate, points, turning),
        lambda: disagreements_table(debate, points, turning),
        lambda out: write_disagreements(debate, points, out, turning),
    )


def _turning_points(debate: Debate, points: Sequence[Disagreement]) -> dict[int, tuple[Claim, ...]]:
    from ..graph.analysis.settling import double_cruxes_of

    return {
        point.rank: tuple(
            debate.claim_at(double.claim) for double in double_cruxes_of(debate, point)
        )
        for point in points
    }


def _induced(debate: Debate, between: tuple[str, str] | None, output_format: str) -> None:
    from ..graph.analysis.plain_verdicts import views_json
    from ..graph.analysis.views import view_differences
    from ..graph.reports.judgements import reading, views_table
    from ..graph.semantics.profiles import Profile

    if not between:
        raise click.UsageError("--induced compares two views: name the speakers with --between")
    first, second = (debate.speaker_number(name) for name in between)
    found = view_differences(debate, first, second)
    labels = [debate.speakers[speaker].label for speaker in (first, second)]
    click.echo(f"grounded semantics, {reading(Profile.REASON)}", err=True)
    say_if_none(found)
    print_result(
        output_format,
        lambda: views_json(debate, found),
        lambda: views_table(debate, found, labels),
    )


@click.command()
@between_option
@topic_option
@click.option("--limit", type=click.IntRange(min=1), help="Print only so many points.")
@click.option(
    "--shared", is_flag=True, help="The claims that stand in every view, before every audience."
)
@format_option
@click.pass_obj
def agreements(
    claims: tuple[Path, ...],
    between: tuple[str, str] | None,
    topic: str | None,
    limit: int | None,
    shared: bool,
    output_format: str,
) -> None:
    """Rank the points where speakers meet: the same position, or support for each other.

    \b
    Example:
      dissensus agreements --between Cohen Baker
    """
    from ..graph.analysis.agreements import agreements as find
    from ..graph.analysis.plain import agreements_json
    from ..graph.reports.listings import agreements_table

    if shared:
        for option in ("between", "topic", "limit"):
            refuse(option, "--shared lists what stands for everybody")
        _shared_ground(chosen_debate(claims), output_format)
        return
    debate = chosen_debate(claims)
    points = find(debate, between=between, topic=topic)[:limit]
    say_if_none(points)
    print_result(
        output_format,
        lambda: agreements_json(debate, points),
        lambda: agreements_table(debate, points),
    )


def _shared_ground(debate: Debate, output_format: str) -> None:
    from ..graph.analysis.plain_verdicts import shared_ground_json
    from ..graph.analysis.views import shared_ground
    from ..graph.reports.judgements import reading
    from ..graph.reports.listings import shared_ground_table
    from ..graph.semantics.profiles import Profile

    found = shared_ground(debate)
    click.echo(f"grounded semantics, {reading(Profile.REASON)}", err=True)
    say_if_none(found)
    print_result(
        output_format,
        lambda: shared_ground_json(debate, found),
        lambda: shared_ground_table(debate, found),
    )


@click.command()
@click.argument("claim")
@format_option
@click.pass_obj
def evidence(claims: tuple[Path, ...], claim: str, output_format: str) -> None:
    """Say what CLAIM really rests on: independent sources, and single points of failure.

    \b
    Example:
      dissensus evidence terrible-mistake
    """
    from ..graph.analysis.evidence import evidence as find
    from ..graph.analysis.plain_verdicts import evidence_json
    from ..graph.reports.judgements import evidence_table

    debate = chosen_debate(claims)
    found = find(debate, debate.claim_number(claim))
    print_result(
        output_format,
        lambda: evidence_json(debate, found),
        lambda: evidence_table(debate, found),
    )


_GAPS = [
    "unanswered attack", "never addressed", "one answer only", "single source", "no support",
]  # fmt: skip


@click.command()
@speaker_option
@click.option("--kind", type=click.Choice(_GAPS), help="Only gaps of this kind.")
@format_option
@click.pass_obj
def gaps(
    claims: tuple[Path, ...], speaker: str | None, kind: str | None, output_format: str
) -> None:
    """List what nobody answered, what lacks evidence, what a speaker never addressed.

    \b
    Example:
      dissensus gaps --speaker Baker --kind "never addressed"
    """
    from ..graph.analysis.gaps import GapKind
    from ..graph.analysis.gaps import gaps as find
    from ..graph.analysis.plain_verdicts import gaps_json
    from ..graph.reports.judgements import gaps_table

    debate = chosen_debate(claims)
    found = find(debate, speaker=speaker, kind=GapKind(kind) if kind else None)
    say_if_none(found)
    print_result(output_format, lambda: gaps_json(debate, found), lambda: gaps_table(debate, found))


_DIMENSIONS = click.Choice(["option", "criterion", "speaker", "topic", "question", "value"])


@click.command()
@click.option(
    "--by",
    nargs=2,
    type=_DIMENSIONS,
    default=("option", "criterion"),
    show_default=True,
    metavar="ROWS COLUMNS",
    help="Option, criterion, speaker, topic, question or value.",
)
@audience_option
@format_option
@click.pass_obj
def compare(
    claims: tuple[Path, ...], by: tuple[str, str], audience: str | None, output_format: str
) -> None:
    """Compare options by criteria, claim by claim, each with its status.

    \b
    Example:
      dissensus compare --format md
      dissensus compare --by speaker question
    """
    from ..graph.analysis.comparison import Dimension
    from ..graph.analysis.comparison import compare as find
    from ..graph.analysis.plain_verdicts import comparison_json
    from ..graph.reports.judgements import comparison_table, conditions, write_comparison
    from ..graph.semantics.verdicts import verdicts

    debate = chosen_debate(claims)
    found = find(debate, Dimension(by[0]), Dimension(by[1]))
    judged = verdicts(debate, audience=audience)
    click.echo(conditions(judged), err=True)
    print_result(
        output_format,
        lambda: {
            "profile": judged.profile.value,
            "audience": judged.audience.label if judged.audience else None,
            **comparison_json(debate, found, judged),
        },
        lambda: comparison_table(debate, found, judged),
        lambda out: write_comparison(debate, found, judged, out),
    )
