"""The command line: each command calls one public function and prints what it returns.

Results go to standard output, talk goes to standard error. Exit status: 0 fine, 1 the input is at
fault, 2 the command was used wrongly.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

if __name__ == "__main__" and not __package__:  # python cli.py in a bare checkout
    from importlib.util import find_spec, module_from_spec, spec_from_file_location

    if find_spec("dissensus") is None:
        _root = Path(__file__).resolve().parent
        _spec = spec_from_file_location(
            "dissensus", _root / "__init__.py", submodule_search_locations=[str(_root)]
        )
        assert _spec is not None
        assert _spec.loader is not None
        sys.modules["dissensus"] = module_from_spec(_spec)
        _spec.loader.exec_module(sys.modules["dissensus"])

import click

from dissensus import __version__

if TYPE_CHECKING:
    from dissensus.graph.debate import Debate
    from dissensus.graph.reports.tables import Table

_F = TypeVar("_F", bound=Callable[..., Any])


class _Commands(click.Group):
    """A group that turns the library's errors into a line and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        from dissensus.graph.errors import DissensusError

        try:
            return super().invoke(ctx)
        except DissensusError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(str(error), err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()  # the reader of the pipe has gone; nothing to say
            ctx.exit(0)
        except OSError as error:
            if ctx.params.get("debug"):
                raise
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"{place}{error.strerror or error}", err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dissensus")
@click.option(
    "--claims",
    "claims",
    multiple=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="A file or folder of claims; may be repeated. Default: $DISSENSUS_CLAIMS, else ./claims, "
    "else the debate that ships with dissensus.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def dissensus(ctx: click.Context, claims: tuple[Path, ...], debug: bool) -> None:  # noqa: ARG001
    """Who disagrees with whom, about what, and why.

    \b
    Example:
      dissensus check
      dissensus disagreements
      dissensus map -o exports/debate.html --open
    """
    ctx.obj = claims


def _paths(given: Sequence[Path]) -> list[Path]:
    """The claims to work on; says so on standard error if the shipped debate stands in."""
    from dissensus.graph.reading import claims_paths

    paths, shipped = claims_paths(given)
    if shipped:
        click.echo("no ./claims here: using the debate that ships with dissensus", err=True)
    return paths


def _debate(given: Sequence[Path]) -> Debate:
    from dissensus.graph.reading import read

    return read(*_paths(given))


def _format_option(command: _F) -> _F:
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(["table", "json", "csv", "md"]),
        default="table",
        show_default=True,
        help="How to print the result.",
    )(command)


def _print(
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


def _between(_ctx: click.Context, _param: click.Parameter, value: Any) -> tuple[str, str] | None:
    return (value[0], value[1]) if value else None


_between_option = click.option(
    "--between",
    nargs=2,
    metavar="A B",
    callback=_between,
    help="Only between these two speakers.",
)
_topic_option = click.option("--topic", metavar="NAME", help="Only on this topic and those below.")
_question_option = click.option("--question", metavar="NAME", help="Only on this question.")
_speaker_option = click.option("--speaker", metavar="NAME", help="Only claims of this speaker.")


@dissensus.command("list")
@click.argument(
    "what",
    type=click.Choice(
        ["claims", "speakers", "questions", "topics", "documents", "values", "audiences", "links"]
    ),
    default="claims",
)
@_speaker_option
@_topic_option
@_question_option
@_format_option
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
    from dissensus.graph.reports.listings import LISTINGS, claims_table, matching_claims

    narrowed = speaker or topic or question
    if narrowed and what != "claims":
        raise click.UsageError("--speaker, --topic and --question narrow a list of claims")
    debate = _debate(claims)
    if narrowed:
        table = claims_table(
            debate, matching_claims(debate, speaker=speaker, topic=topic, question=question)
        )
    else:
        table = LISTINGS[what](debate)
    _print(
        output_format,
        lambda: {what: [dict(zip(table.columns, row, strict=True)) for row in table.rows]},
        lambda: table,
    )


@dissensus.command()
@click.argument("name")
@click.option("--format", "output_format", type=click.Choice(["table", "json"]), default="table")
@click.pass_obj
def show(claims: tuple[Path, ...], name: str, output_format: str) -> None:
    """Show all about the claim NAME: its text, who says it, the quote, its links.

    \b
    Example:
      dissensus show deliberate-pivot
    """
    from dissensus.graph.analysis.plain import claim_json
    from dissensus.graph.reports.listings import claims_table, write_claim

    debate = _debate(claims)
    claim = debate.claim(name)
    _print(
        output_format,
        lambda: {"claim": claim_json(debate, claim)},
        lambda: claims_table(debate, [debate.claim_numbers[claim.iri]]),
        lambda out: write_claim(debate, claim, out),
    )


@dissensus.command()
@_format_option
@click.pass_obj
def stats(claims: tuple[Path, ...], output_format: str) -> None:
    """Count what is in the debate.

    \b
    Example:
      dissensus stats --format json
    """
    from dissensus.graph.reports.listings import statistics
    from dissensus.graph.reports.tables import Table

    counts = statistics(_debate(claims))
    _print(
        output_format,
        lambda: {"stats": counts},
        lambda: Table(("what", "count"), tuple(counts.items())),
    )


@dissensus.command()
@_between_option
@_topic_option
@_question_option
@click.option("--limit", type=click.IntRange(min=1), help="Print only so many points.")
@_format_option
@click.pass_obj
def disagreements(
    claims: tuple[Path, ...],
    between: tuple[str, str] | None,
    topic: str | None,
    question: str | None,
    limit: int | None,
    output_format: str,
) -> None:
    """Rank the points where speakers part ways, and say why.

    \b
    Example:
      dissensus disagreements --between Baker Gin
    """
    from dissensus.graph.analysis.disagreements import disagreements as find
    from dissensus.graph.analysis.plain import disagreements_json
    from dissensus.graph.reports.listings import disagreements_table, write_disagreements

    debate = _debate(claims)
    points = find(debate, between=between, topic=topic, question=question)[:limit]
    _print(
        output_format,
        lambda: disagreements_json(debate, points),
        lambda: disagreements_table(debate, points),
        lambda out: write_disagreements(debate, points, out),
    )


@dissensus.command()
@_between_option
@_topic_option
@click.option("--limit", type=click.IntRange(min=1), help="Print only so many points.")
@_format_option
@click.pass_obj
def agreements(
    claims: tuple[Path, ...],
    between: tuple[str, str] | None,
    topic: str | None,
    limit: int | None,
    output_format: str,
) -> None:
    """Rank the points where speakers meet: the same position, or support for each other.

    \b
    Example:
      dissensus agreements --between Cohen Baker
    """
    from dissensus.graph.analysis.agreements import agreements as find
    from dissensus.graph.analysis.plain import agreements_json
    from dissensus.graph.reports.listings import agreements_table

    debate = _debate(claims)
    points = find(debate, between=between, topic=topic)[:limit]
    _print(
        output_format,
        lambda: agreements_json(debate, points),
        lambda: agreements_table(debate, points),
    )


def main() -> None:
    """Run the command line."""
    dissensus(prog_name="dissensus")


if __name__ == "__main__":
    main()
