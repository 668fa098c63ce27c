"""`diff`: what changed between two versions of a debate."""

from __future__ import annotations

import sys

import click

from .options import (
    audience_option,
    profile_option,
    refuse,
    semantics_option,
    strength_option,
    timeout_option,
)


@click.command()
@click.argument("versions", nargs=-1, metavar="[OLD [NEW]]")
@semantics_option
@profile_option
@audience_option
@strength_option
@click.option(
    "--moved",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="STEP",
    help="List the claims whose strength moved by at least this much.",
)
@timeout_option
@click.option("--exit-code", is_flag=True, help="Exit 1 if anything changed.")
@click.option(
    "--driver", is_flag=True, help="For git, as diff.<driver>.command: one file by itself."
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json", "md"]),
    default="table",
    show_default=True,
    help="How to print the result.",
)
@click.pass_context
def diff(
    ctx: click.Context,
    versions: tuple[str, ...],
    semantics: str,
    profile: str,
    audience: str | None,
    strength: str,
    moved: float | None,
    timeout: float | None,
    exit_code: bool,
    driver: bool,
    output_format: str,
) -> None:
    """Say what changed in the debate: claims, links, positions, disagreements, verdicts.

    OLD and NEW are each a file, a folder, a git revision (REV, or REV:PATH). NEW is the claims as
    they are in the files if it is left out, and OLD is HEAD.

    \b
    Example:
      dissensus diff
      dissensus diff HEAD~3 --audience "Research lab at the frontier"
      dissensus diff v1.0:claims claims --format md
    """
    from ..graph.reports.changes import write_diff, write_diff_markdown
    from ..graph.semantics.framework import Semantics
    from ..graph.semantics.gradual import GradualSemantics
    from ..graph.semantics.profiles import Profile
    from ..graph.versions.comparing import diff as find
    from ..graph.versions.plain import diff_json
    from ..graph.versions.revisions import read_versions

    if driver:
        for option in ("semantics", "profile", "audience", "strength", "moved", "timeout"):
            refuse(option, "one file has no verdicts of its own")
        for option in ("exit-code", "format"):
            refuse(option, "git reads what --driver prints")
        _drive(versions)
        return
    old, new = read_versions(versions, ctx.obj)
    found = find(
        old.debate,
        new.debate,
        semantics=Semantics(semantics),
        profile=Profile(profile),
        audience=audience,
        strength=GradualSemantics(strength),
        threshold=moved,
        timeout=timeout,
    )
    if output_format == "json":
        import json

        plain = diff_json(found, old.name, new.name)
        sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")
    elif found:
        write = write_diff if output_format == "table" else write_diff_markdown
        write(found, old.name, new.name, sys.stdout)
    if not found:
        click.echo("nothing changed in the debate", err=True)
    ctx.exit(1 if exit_code and found else 0)


def _drive(arguments: tuple[str, ...]) -> None:
    """Print what git shows for one file; never a failure, which would end the whole of its diff."""
    from ..graph.reports.changes import write_diff
    from ..graph.versions.driver import diff_file

    if len(arguments) == 1:  # git tells the path of a file that is not merged yet, and no more
        click.echo(f"* unmerged: {arguments[0]}")
        return
    found = diff_file(arguments)
    if found.changes:
        write_diff(found.changes, found.old, found.new, sys.stdout)
    elif found.findings:
        for finding in found.findings:
            click.echo(str(finding))
        click.echo("cannot be compared as claims; the lines that changed:")
        click.echo(found.lines, nl=False)
    else:
        click.echo(f"{found.old} → {found.new}: nothing changed in what is said")
