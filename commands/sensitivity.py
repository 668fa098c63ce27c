"""`cruxes`, `influence` and `what-if`: what a verdict turns on."""

from __future__ import annotations

from pathlib import Path

import click

from .options import (
    audience_option,
    between_pair,
    chosen_debate,
    format_option,
    print_result,
    profile_option,
    refuse,
    say_if_none,
    semantics_option,
    strength_option,
    timeout_option,
)


@click.command()
@click.argument("claim")
@click.option(
    "--size",
    type=click.IntRange(1, 3),
    default=1,
    show_default=True,
    help="How many changes of mind may be needed together.",
)
@click.option(
    "--between",
    nargs=2,
    metavar="A B",
    callback=between_pair,
    help="The double cruxes: claims on which both speakers would turn.",
)
@profile_option
@audience_option
@format_option
@click.pass_obj
def cruxes(
    claims: tuple[Path, ...],
    claim: str,
    size: int,
    between: tuple[str, str] | None,
    profile: str,
    audience: str | None,
    output_format: str,
) -> None:
    """Find the smallest changes of mind that would flip the verdict on CLAIM.

    \b
    Example:
      dissensus cruxes terrible-mistake
      dissensus cruxes terrible-mistake --between Baker Gin
    """
    from ..graph.analysis import plain_verdicts
    from ..graph.reports import judgements
    from ..graph.semantics.cruxes import cruxes as find
    from ..graph.semantics.cruxes import double_cruxes
    from ..graph.semantics.preferences import chosen_audience
    from ..graph.semantics.profiles import Profile

    if between:
        refuse("size", "double cruxes are single claims")
        refuse("audience", "each of the two is asked in his own view")
    debate = chosen_debate(claims)
    number = debate.claim_number(claim)
    if between:
        first, second = (debate.speaker_number(name) for name in between)
        doubles = double_cruxes(debate, number, first, second, Profile(profile))
        labels = [debate.speakers[speaker].label for speaker in (first, second)]
        click.echo(judgements.reading(Profile(profile)), err=True)
        say_if_none(doubles)
        print_result(
            output_format,
            lambda: {
                "profile": profile,
                **plain_verdicts.double_cruxes_json(debate, number, doubles),
            },
            lambda: judgements.double_cruxes_table(debate, doubles, labels),
        )
        return
    chosen, order = chosen_audience(debate, audience)
    found = find(debate, number, size=size, profile=Profile(profile), order=order)
    name = debate.name(debate.claim_iris[number])
    note = "" if found.complete else "; the search was cut, there may be more"
    under = judgements.reading(Profile(profile), chosen)
    click.echo(f"“{name}” is {found.before}, {under}{note}", err=True)
    say_if_none(found.cruxes)
    print_result(
        output_format,
        lambda: {
            "profile": profile,
            "audience": chosen.label if chosen else None,
            **plain_verdicts.cruxes_json(debate, found),
        },
        lambda: judgements.cruxes_table(debate, found),
    )


@click.command()
@click.argument("claim")
@strength_option
@click.option("--shapley", is_flag=True, help="Add Shapley values, with their standard error.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="The strength at which the claim changes sides.",
)
@audience_option
@format_option
@click.pass_obj
def influence(
    claims: tuple[Path, ...],
    claim: str,
    strength: str,
    shapley: bool,
    threshold: float,
    audience: str | None,
    output_format: str,
) -> None:
    """Say what the strength of CLAIM owes to each other claim, and what would tip it.

    \b
    Example:
      dissensus influence terrible-mistake
    """
    from ..graph.analysis.plain_verdicts import influences_json
    from ..graph.reports.judgements import influences_table
    from ..graph.semantics.gradual import GradualSemantics
    from ..graph.semantics.influences import influences
    from ..graph.semantics.preferences import chosen_audience

    debate = chosen_debate(claims)
    _, order = chosen_audience(debate, audience)
    found = influences(
        debate,
        debate.claim_number(claim),
        GradualSemantics(strength),
        order=order,
        threshold=threshold,
        with_shapley=shapley,
    )
    rest = "" if found.converged else "; some strengths did not come to rest"
    click.echo(f"strength {found.strength:.3f} under {strength}{rest}", err=True)
    print_result(
        output_format,
        lambda: influences_json(debate, found),
        lambda: influences_table(debate, found),
    )


@click.command("what-if")
@click.option("--reject", multiple=True, metavar="CLAIM", help="If this claim were given up.")
@click.option("--accept", multiple=True, metavar="CLAIM", help="If this claim were conceded.")
@click.option(
    "--without", multiple=True, metavar="SOURCE", help="If this document or speaker were withdrawn."
)
@semantics_option
@profile_option
@audience_option
@timeout_option
@format_option
@click.pass_obj
def what_if(
    claims: tuple[Path, ...],
    reject: tuple[str, ...],
    accept: tuple[str, ...],
    without: tuple[str, ...],
    semantics: str,
    profile: str,
    audience: str | None,
    timeout: float | None,
    output_format: str,
) -> None:
    """Say what would change if minds changed, or a source were withdrawn.

    \b
    Example:
      dissensus what-if --reject deliberate-pivot
      dissensus what-if --without Gin
    """
    from ..graph.analysis.plain_verdicts import what_if_json
    from ..graph.reports.judgements import reading, shifts_table, withdrawn_and_changed
    from ..graph.semantics.framework import Semantics
    from ..graph.semantics.preferences import chosen_audience
    from ..graph.semantics.profiles import Profile
    from ..graph.semantics.what_if import what_if as find

    if not (reject or accept or without):
        raise click.UsageError("say what would change, with --reject, --accept or --without")
    debate = chosen_debate(claims)
    chosen, _ = chosen_audience(debate, audience)
    found = find(
        debate,
        reject=reject,
        accept=accept,
        without=without,
        semantics=Semantics(semantics),
        profile=Profile(profile),
        audience=audience,
        timeout=timeout,
    )
    under = f"{semantics} semantics, {reading(Profile(profile), chosen)}"
    click.echo(f"{withdrawn_and_changed(found)} ({under})", err=True)
    print_result(
        output_format,
        lambda: {
            "semantics": semantics,
            "profile": profile,
            "audience": chosen.label if chosen else None,
            **what_if_json(debate, found),
        },
        lambda: shifts_table(debate, found),
    )
