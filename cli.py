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
    from dissensus.graph.errors import Finding
    from dissensus.graph.querying.saved import SavedQuery
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


@dissensus.command()
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
@_format_option
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
    from dissensus.graph.analysis.plain import findings_json
    from dissensus.graph.checking import check as find
    from dissensus.graph.errors import Severity
    from dissensus.graph.reports.listings import findings_table

    findings = find(_paths(paths or ctx.obj), sources=sources, engine=engine)
    _print(
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


_QUERY_FORMATS = ["table", "csv", "tsv", "json", "xml", "turtle", "ntriples"]


@dissensus.command()
@click.argument("sparql", required=False)
@click.option(
    "-f", "--file", "file", type=click.File(encoding="utf-8"), help="Read the query here."
)
@click.option("--saved", metavar="NAME", help="Run this saved query.")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A parameter of a saved query."
)
@click.option("--list", "list_saved", is_flag=True, help="List the saved queries.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(_QUERY_FORMATS),
    default="table",
    show_default=True,
    help="A table to read, or a W3C format.",
)
@click.option("--timeout", type=float, metavar="SECONDS", help="Stop the query after this time.")
@click.option("--asserted", is_flag=True, help="Ask only what the files say, nothing derived.")
@click.option("--allow-service", is_flag=True, help="Let SERVICE ask other servers.")
@click.pass_obj
def query(
    claims: tuple[Path, ...],
    sparql: str | None,
    file: TextIO | None,
    saved: str | None,
    settings: tuple[str, ...],
    list_saved: bool,
    output_format: str,
    timeout: float | None,
    asserted: bool,
    allow_service: bool,
) -> None:
    """Ask the graph in SPARQL: the query as an argument, a file, a saved name or standard input.

    \b
    Example:
      dissensus query "SELECT ?text { ?c d:assertedBy :gin ; d:text ?text }"
      dissensus query --saved who-rebuts-whom
    """
    from dissensus.graph.errors import InputError
    from dissensus.graph.querying import saved as saving

    paths = _paths(claims)
    folders = saving.query_folders(paths)
    if list_saved:
        _list_saved(saving.saved_queries(folders))
        return
    if sum(given is not None for given in (sparql, file, saved)) > 1:
        raise click.UsageError("give the query once: as an argument, with -f or with --saved")
    if settings and not saved:
        raise click.UsageError("--set gives a parameter of a saved query: name one with --saved")

    from dissensus.graph.deriving import speaks_of_link_nodes
    from dissensus.graph.querying.running import run_query
    from dissensus.graph.reading import read_corpus

    kept = saving.saved_query(saved, folders) if saved else None
    if kept:
        text, source = kept.text, str(kept.path) if kept.is_own else kept.name
    elif file:
        text, source = file.read(), file.name
    else:
        text, source = sparql or sys.stdin.read(), "query"
    corpus = read_corpus(paths, link_nodes=speaks_of_link_nodes(text))
    if corpus.errors:
        raise InputError(corpus.errors)
    values = saving.settings(settings)
    result = run_query(
        corpus.store,
        text,
        prefixes=corpus.prefixes,
        substitutions=kept and saving.substitutions(kept, values, corpus.store, corpus.prefixes),
        asserted_only=asserted,
        allow_service=allow_service,
        timeout=timeout,
        source=source,
    )
    if output_format == "table":
        from dissensus.graph.querying.table import write_table

        write_table(result, corpus.prefixes, sys.stdout)
    else:
        from dissensus.graph.querying.formats import write_result

        write_result(result, output_format, sys.stdout.buffer, corpus.prefixes)


def _list_saved(found: tuple[tuple[SavedQuery, ...], tuple[Finding, ...]]) -> None:
    from dissensus.graph.errors import InputError
    from dissensus.graph.reports.tables import Table

    queries, findings = found
    rows = tuple(
        (query.name, query.title, ", ".join(p.name for p in query.parameters)) for query in queries
    )
    Table(("name", "what it answers", "parameters"), rows).write_terminal(sys.stdout)
    if findings:
        raise InputError(findings)


def _names(flag: str, text: str) -> Callable[[_F], _F]:
    return click.option(flag, multiple=True, metavar="NAME", help=text)


@dissensus.command()
@click.argument("text", required=False)
@click.option("--speaker", "speakers", multiple=True, metavar="NAME", help="Who asserts it.")
@click.option("--new-speaker", metavar="LABEL", help="Who asserts it, described here first.")
@click.option("--name", metavar="NAME", help="Its name; otherwise made from the text.")
@click.option(
    "--kind",
    type=click.Choice(["claim", "evidence", "recommendation"]),
    default="claim",
    show_default=True,
)
@_names("--reported-by", "Who reports that it was said.")
@_names("--topic", "What it is about.")
@_names("--question", "The question that it answers.")
@_names("--value", "The value that it promotes.")
@click.option("--quote", metavar="WORDS", help="The exact words in the document.")
@click.option("--document", metavar="NAME", help="The document that is quoted.")
@_names("--supports", "A claim that it supports.")
@_names("--evidence-for", "A claim for which it is evidence.")
@_names("--rebuts", "A claim that it rebuts.")
@_names("--undercuts", "A link whose step it denies: its name, or A->B.")
@_names("--restates", "A claim that says the same.")
@_names("--contradicts", "A claim with which it cannot stand.")
@_names("--qualifies", "A claim whose scope it limits.")
@click.option("--file", type=click.Path(path_type=Path), help="The file to add it to.")
@click.option("--dry-run", is_flag=True, help="Print the lines, and write nothing.")
@click.pass_obj
def add(claims: tuple[Path, ...], text: str | None, dry_run: bool, **given: Any) -> None:
    """Add a claim: by options, or question by question where TEXT is not given.

    The debate is checked with the new claim in it before anything is written.

    \b
    Example:
      dissensus add "Power, not chips, is the limit." --speaker Cohen --topic "AI compute"
    """
    from dissensus.graph.adding import Addition, prepare_claim
    from dissensus.graph.describing import Relations
    from dissensus.graph.model import Claim, Quote, Speaker
    from dissensus.graph.reading import claims_paths
    from dissensus.graph.terms import ClaimKind

    paths, shipped = claims_paths(claims)
    if shipped:
        raise click.UsageError("there is no ./claims to add to: name a folder with --claims")
    if text is None:
        text = _ask(given)
    if given["quote"] and not given["document"]:
        raise click.UsageError("say with --document where the words are quoted from")
    new = [Speaker("", given["new_speaker"])] if given["new_speaker"] else []
    addition: Addition = prepare_claim(
        Claim(
            iri=given["name"] or "",
            text=text,
            language="en",
            kind=ClaimKind(given["kind"]),
            speakers=(*given["speakers"], *(speaker.label for speaker in new)),
            reporters=given["reported_by"],
            topics=given["topic"],
            questions=given["question"],
            values=given["value"],
            quotes=(Quote(given["quote"], document=given["document"]),) if given["quote"] else (),
        ),
        Relations(
            **{
                relation: given[relation]
                for relation in (
                    "supports", "evidence_for", "rebuts", "undercuts", "restates", "contradicts",
                    "qualifies",
                )
            }
        ),
        paths=paths,
        file=given["file"],
        new=new,
    )  # fmt: skip
    for warning in addition.warnings:
        click.echo(str(warning), err=True)
    click.echo(addition.text.rstrip("\n"))
    if not dry_run:
        click.echo(f"added to {addition.write()}", err=True)


def _ask(given: dict[str, Any]) -> str:
    """Ask for what a claim needs, on standard error; an empty answer leaves a field out."""

    def ask(question: str, **more: Any) -> str:
        answer: str = click.prompt(question, err=True, show_default=False, **more)
        return answer.strip()

    text = ask("What is claimed, in one sentence")
    for field, question in (
        ("speakers", "Who says so"),
        ("topic", "What is it about (a topic)"),
        ("question", "Which question does it answer (or nothing)"),
        ("supports", "Which claim does it support (or nothing)"),
        ("rebuts", "Which claim does it rebut (or nothing)"),
    ):
        if not given[field] and not (field == "speakers" and given["new_speaker"]):
            answer = ask(question, default="")
            given[field] = (answer,) if answer else ()
    if not given["quote"]:
        given["quote"] = ask("The exact words, from a document (or nothing)", default="")
    if given["quote"] and not given["document"]:
        given["document"] = ask("Which document")
    return text


@dissensus.command("map")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("exports/debate.html"),
    show_default=True,
    help="The file to write.",
)
@click.option("--focus", metavar="CLAIM", help="Only this claim and what is near it.")
@click.option(
    "--depth", type=click.IntRange(min=1), default=2, show_default=True, help="How near, in links."
)
@_topic_option
@_speaker_option
@click.option("--open", "open_it", is_flag=True, help="Open the map in the browser.")
@click.pass_obj
def map_command(
    claims: tuple[Path, ...],
    output: Path,
    focus: str | None,
    depth: int,
    topic: str | None,
    speaker: str | None,
    open_it: bool,
) -> None:
    """Draw the debate as one HTML file that opens in any browser, without a network.

    \b
    Example:
      dissensus map --focus deliberate-pivot -o exports/pivot.html --open
    """
    from dissensus.graph.checking import check_corpus
    from dissensus.graph.errors import InputError, Severity
    from dissensus.graph.maps import write_map
    from dissensus.graph.reading import debate_of, read_corpus

    corpus = read_corpus(_paths(claims))
    faults = [f for f in check_corpus(corpus) if f.severity is Severity.ERROR]
    if faults:
        raise InputError(faults)
    output.parent.mkdir(parents=True, exist_ok=True)
    write_map(debate_of(corpus), output, focus=focus, depth=depth, topic=topic, speaker=speaker)
    click.echo(f"wrote {output}", err=True)
    if open_it:
        click.launch(output.resolve().as_uri())


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
