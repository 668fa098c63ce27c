"""The command line: one group over the commands in `commands/`.

Exit status: 0 fine, 1 the input is at fault, 2 the command was used wrongly.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

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
from dissensus.commands import HOMES, command


class _Commands(click.Group):
    """A group that turns the library's errors into a line and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return command(cmd_name)

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


def main() -> None:
    """Run the command line."""
    dissensus(prog_name="dissensus")


if __name__ == "__main__":
    main()
