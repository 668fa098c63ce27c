"""What several commands share: their claims, their options, how they print a result."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from ..graph.debate import Debate
    from ..graph.reports.tables import Table

_F = TypeVar("_F", bound=Callable[..., Any])


def chosen_paths(given: Sequence[Path]) -> list[Path]:
    """The claims to work on; says so on standard error if the shipped debate stands in."""
    from ..graph.reading import claims_paths

    paths, shipped = claims_paths(given)
    if shipped:
        click.echo("no ./claims here: using the debate that ships with dissensus", err=True)
    return paths


def chosen_debate(given: Sequence[Path]) -> Debate:
    """The debate to work on."""
    from ..graph.reading import read

    return read(*chosen_paths(given))


def format_option(command: _F) -> _F:
    """The option ``--format`` of a command that prints findings."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(["table", "json", "csv", "md"]),
        default="table",
        show_default=True,
        help="How to print the result.",
    )(command)


def print_result(
    output_format: str,
    plain: Callable[[], dict[str, Any]],
    table: Callable[[], Table],
    read_out: Callable[[TextIO], None] | None = None,
) -> None:
    """Print a result in the format asked for; `read_out` replaces the table in a terminal."""
    out = sys.stdout
    if output_format == "json":
        import json

        out.write(json.dumps(plain(), ensure_ascii=False, indent=2) + "\n")
    elif output_format == "csv":
        table().write_csv(out)
    elif output_format == "md":
        table().write_markdown(out)
    elif read_out:
        read_out(out)
    else:
        table().write_terminal(out)


def between_pair(
    _ctx: click.Context, _param: click.Parameter, value: Any
) -> tuple[str, str] | None:
    """The two names of ``--between``, or None where it is not given."""
    return (value[0], value[1]) if value else None


between_option = click.option(
    "--between",
    nargs=2,
    metavar="A B",
    callback=between_pair,
    help="Only between these two speakers.",
)
topic_option = click.option("--topic", metavar="NAME", help="Only on this topic and those below.")
question_option = click.option("--question", metavar="NAME", help="Only on this question.")
speaker_option = click.option("--speaker", metavar="NAME", help="Only claims of this speaker.")
_SEMANTICS = [
    "grounded", "complete", "preferred", "stable", "semi-stable", "stage", "ideal", "eager",
]  # fmt: skip
_STRENGTHS = ["quadratic-energy", "df-quad", "euler", "euler-top", "mlp", "h-categoriser"]

strength_option = click.option(
    "--strength",
    type=click.Choice(_STRENGTHS),
    default="quadratic-energy",
    show_default=True,
    help="The gradual semantics of the strengths.",
)
semantics_option = click.option(
    "--semantics", type=click.Choice(_SEMANTICS), default="grounded", show_default=True
)
profile_option = click.option(
    "--profile",
    type=click.Choice(["reason", "evidential", "necessary", "deductive"]),
    default="reason",
    show_default=True,
    help="How support is read.",
)
audience_option = click.option(
    "--audience", metavar="NAME", help="For this audience's order of the values."
)
timeout_option = click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
    help="After this time, say “unknown” for what is not decided.",
)  # fmt: skip


def refuse(option: str, why: str) -> None:
    """Say so if an option was given that would be ignored here."""
    from click.core import ParameterSource

    if click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE:
        raise click.UsageError(f"--{option} has no effect here: {why}")


def say_if_none(found: Sequence[object]) -> None:
    """Tell a person that nothing was found, where an empty result would be all he sees."""
    if not found:
        click.echo("none found", err=True)


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Shows on standard error how far work has come: call with what is done and what there is.

    Nothing is shown where standard error is no terminal.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
