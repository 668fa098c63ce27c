"""`verdict` and `audiences`: which claims stand, and for whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import (
    audience_option,
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

if TYPE_CHECKING:
    from ..graph.debate import Debate


@click.command()
@click.argument("names", nargs=-1, metavar="[CLAIM]...")
@semantics_option
@profile_option
@audience_option
@strength_option
@click.option("--explain", metavar="CLAIM", help="Why this claim stands or falls (grounded).")
@click.option("--extensions", is_flag=True, help="List the extensions, component by component.")
@timeout_option
@format_option
@click.pass_obj
def verdict(
    claims: tuple[Path, ...],
    names: tuple[str, ...],
    semantics: str,
    profile: str,
    audience: str | None,
    strength: str,
    explain: str | None,
    extensions: bool,
    timeout: float | None,
    output_format: str,
) -> None:
    """Say which claims stand after all that was said: in, out or undecided.

    \b
    Example:
      dissensus verdict --audience "research lab"
      dissensus verdict --explain terrible-mistake
    """
    from ..graph.analysis.plain_verdicts import verdicts_json
    from ..graph.reports.judgements import conditions, verdicts_table
    from ..graph.semantics.framework import Semantics
    from ..graph.semantics.gradual import GradualSemantics
    from ..graph.semantics.profiles import Profile
    from ..graph.semantics.verdicts import verdicts

    if explain and extensions:
        raise click.UsageError("choose one of --explain and --extensions")
    if names and (explain or extensions):
        what = "--explain names its claim itself" if explain else "--extensions lists all claims"
        raise click.UsageError(f"{what}: leave out {' '.join(names)}")
    if explain or extensions:
        refuse("strength", "no strengths are printed")
    if explain:
        refuse("timeout", "grounded labels take no time worth limiting")
    debate = chosen_debate(claims)
    if explain:
        if semantics != "grounded":
            raise click.UsageError("--explain tells why under grounded semantics")
        _explain(debate, explain, profile, audience, output_format)
        return
    if extensions:
        _extensions(debate, semantics, profile, audience, timeout, output_format)
        return
    wanted = [debate.claim_number(name) for name in names] or list(range(len(debate)))
    found = verdicts(
        debate,
        Semantics(semantics),
        profile=Profile(profile),
        audience=audience,
        strength=GradualSemantics(strength),
        timeout=timeout,
    )
    click.echo(conditions(found), err=True)
    print_result(
        output_format,
        lambda: verdicts_json(debate, found, wanted),
        lambda: verdicts_table(debate, found, wanted),
    )


def _explain(
    debate: Debate, name: str, profile: str, audience: str | None, output_format: str
) -> None:
    from ..graph.analysis.plain_verdicts import reason_json
    from ..graph.reports.judgements import reading, write_reason
    from ..graph.reports.tables import Table
    from ..graph.semantics.explaining import explain
    from ..graph.semantics.preferences import chosen_audience
    from ..graph.semantics.profiles import Profile

    chosen, order = chosen_audience(debate, audience)
    click.echo(f"grounded semantics, {reading(Profile(profile), chosen)}", err=True)
    reason = explain(debate, debate.claim_number(name), Profile(profile), order=order)
    print_result(
        output_format,
        lambda: {"explanation": reason_json(debate, reason)},
        lambda: Table(("depth", "sentence"), tuple(reason.lines())),
        lambda out: write_reason(reason.lines(), out),
    )


def _extensions(
    debate: Debate,
    semantics: str,
    profile: str,
    audience: str | None,
    timeout: float | None,
    output_format: str,
) -> None:
    from ..graph.analysis.plain_verdicts import extensions_json
    from ..graph.reports.judgements import extensions_table, reading
    from ..graph.semantics.framework import Semantics
    from ..graph.semantics.preferences import chosen_audience
    from ..graph.semantics.profiles import Profile
    from ..graph.semantics.verdicts import extensions_of

    chosen, order = chosen_audience(debate, audience)
    count, components = extensions_of(
        debate, Semantics(semantics), profile=Profile(profile), order=order, timeout=timeout
    )
    number = "not counted in time" if count is None else f"{count:,}"
    click.echo(
        f"{semantics} extensions: {number}; one alternative of each component "
        f"({reading(Profile(profile), chosen)})",
        err=True,
    )
    print_result(
        output_format,
        lambda: {"extensions": extensions_json(debate, count, components)},
        lambda: extensions_table(debate, components),
    )


@click.command()
@click.argument("names", nargs=-1, metavar="[CLAIM]...")
@profile_option
@format_option
@click.pass_obj
def audiences(
    claims: tuple[Path, ...], names: tuple[str, ...], profile: str, output_format: str
) -> None:
    """Say for whom a claim stands: for each audience, and over all orders of the values.

    Without a claim: those on which audiences differ.

    \b
    Example:
      dissensus audiences terrible-mistake deliberate-pivot
    """
    from ..graph.analysis.plain_verdicts import audiences_json
    from ..graph.reports.judgements import audiences_table, reading
    from ..graph.semantics.audiences import Acceptance, audience_verdicts
    from ..graph.semantics.profiles import Profile

    debate = chosen_debate(claims)
    wanted = [debate.claim_number(name) for name in names] or range(len(debate))
    found = audience_verdicts(debate, wanted, Profile(profile))
    if not names:
        found = tuple(v for v in found if v.acceptance is Acceptance.SUBJECTIVE)
    click.echo(f"grounded semantics, {reading(Profile(profile))}", err=True)
    say_if_none(found)
    print_result(
        output_format,
        lambda: {"profile": profile, **audiences_json(debate, found)},
        lambda: audiences_table(debate, found),
    )
