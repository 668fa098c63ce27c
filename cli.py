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
    from dissensus.graph.analysis.disagreements import Disagreement
    from dissensus.graph.corpus import Corpus
    from dissensus.graph.debate import Debate
    from dissensus.graph.errors import Finding
    from dissensus.graph.model import Claim
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

    import signal

    from dissensus.graph.deriving import speaks_of_link_nodes
    from dissensus.graph.querying.running import run_query
    from dissensus.graph.querying.verdict_terms import NAMESPACE, PREFIX, speaks_of_verdicts
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
    if not asserted and speaks_of_verdicts(text):
        _add_verdicts(corpus, text)
    if speaks_of_verdicts(text):
        corpus.prefixes.setdefault(PREFIX, NAMESPACE)
    values = saving.settings(settings)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine does not return before it is done
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


def _add_verdicts(corpus: Corpus, text: str) -> None:
    from dissensus.graph.reading import debate_of
    from dissensus.graph.semantics.publishing import add_verdicts

    add_verdicts(corpus.store, debate_of(corpus), text)


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
def add(claims: tuple[Path, ...], /, text: str | None, dry_run: bool, **given: Any) -> None:
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
@click.option(
    "--induced",
    is_flag=True,
    help="With --between: where the views of the two differ, given what each accepts.",
)
@click.option("--cruxes", "settle", is_flag=True, help="Add what both sides of a point turn on.")
@_format_option
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
    from dissensus.graph.analysis.disagreements import disagreements as find
    from dissensus.graph.analysis.plain import disagreements_json
    from dissensus.graph.reports.listings import disagreements_table, write_disagreements

    if induced:
        for option in ("topic", "question", "limit"):
            _refuse(option, "--induced lists every difference between two views")
        if settle:
            raise click.UsageError("choose one of --induced and --cruxes")
    debate = _debate(claims)
    if induced:
        _induced(debate, between, output_format)
        return
    points = find(debate, between=between, topic=topic, question=question)[:limit]
    _say_if_none(points)
    turning = _turning_points(debate, points) if settle else {}
    _print(
        output_format,
        lambda: disagreements_json(debate, points, turning),
        lambda: disagreements_table(debate, points, turning),
        lambda out: write_disagreements(debate, points, out, turning),
    )


def _turning_points(debate: Debate, points: Sequence[Disagreement]) -> dict[int, tuple[Claim, ...]]:
    from dissensus.graph.analysis.settling import double_cruxes_of

    return {
        point.rank: tuple(
            debate.claim_at(double.claim) for double in double_cruxes_of(debate, point)
        )
        for point in points
    }


def _induced(debate: Debate, between: tuple[str, str] | None, output_format: str) -> None:
    from dissensus.graph.analysis.plain_verdicts import views_json
    from dissensus.graph.analysis.views import view_differences
    from dissensus.graph.reports.judgements import reading, views_table
    from dissensus.graph.semantics.profiles import Profile

    if not between:
        raise click.UsageError("--induced compares two views: name the speakers with --between")
    first, second = (debate.speaker_number(name) for name in between)
    found = view_differences(debate, first, second)
    labels = [debate.speakers[speaker].label for speaker in (first, second)]
    click.echo(f"grounded semantics, {reading(Profile.REASON)}", err=True)
    _say_if_none(found)
    _print(
        output_format,
        lambda: views_json(debate, found),
        lambda: views_table(debate, found, labels),
    )


@dissensus.command()
@_between_option
@_topic_option
@click.option("--limit", type=click.IntRange(min=1), help="Print only so many points.")
@click.option(
    "--shared", is_flag=True, help="The claims that stand in every view, before every audience."
)
@_format_option
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
    from dissensus.graph.analysis.agreements import agreements as find
    from dissensus.graph.analysis.plain import agreements_json
    from dissensus.graph.reports.listings import agreements_table

    if shared:
        for option in ("between", "topic", "limit"):
            _refuse(option, "--shared lists what stands for everybody")
        _shared_ground(_debate(claims), output_format)
        return
    debate = _debate(claims)
    points = find(debate, between=between, topic=topic)[:limit]
    _say_if_none(points)
    _print(
        output_format,
        lambda: agreements_json(debate, points),
        lambda: agreements_table(debate, points),
    )


def _shared_ground(debate: Debate, output_format: str) -> None:
    from dissensus.graph.analysis.plain_verdicts import shared_ground_json
    from dissensus.graph.analysis.views import shared_ground
    from dissensus.graph.reports.judgements import reading
    from dissensus.graph.reports.listings import shared_ground_table
    from dissensus.graph.semantics.profiles import Profile

    found = shared_ground(debate)
    click.echo(f"grounded semantics, {reading(Profile.REASON)}", err=True)
    _say_if_none(found)
    _print(
        output_format,
        lambda: shared_ground_json(debate, found),
        lambda: shared_ground_table(debate, found),
    )


_SEMANTICS = [
    "grounded", "complete", "preferred", "stable", "semi-stable", "stage", "ideal", "eager",
]  # fmt: skip
_STRENGTHS = ["quadratic-energy", "df-quad", "euler", "euler-top", "mlp", "h-categoriser"]
_semantics_option = click.option(
    "--semantics", type=click.Choice(_SEMANTICS), default="grounded", show_default=True
)
_profile_option = click.option(
    "--profile",
    type=click.Choice(["reason", "evidential", "necessary", "deductive"]),
    default="reason",
    show_default=True,
    help="How support is read.",
)
_audience_option = click.option(
    "--audience", metavar="NAME", help="For this audience's order of the values."
)
_timeout_option = click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
    help="After this time, say “unknown” for what is not decided.",
)  # fmt: skip


def _refuse(option: str, why: str) -> None:
    """Say so if an option was given that would be ignored here."""
    from click.core import ParameterSource

    if click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE:
        raise click.UsageError(f"--{option} has no effect here: {why}")


def _say_if_none(found: Sequence[object]) -> None:
    if not found:
        click.echo("none found", err=True)


@dissensus.command()
@click.argument("names", nargs=-1, metavar="[CLAIM]...")
@_semantics_option
@_profile_option
@_audience_option
@click.option(
    "--strength",
    type=click.Choice(_STRENGTHS),
    default="quadratic-energy",
    show_default=True,
    help="The gradual semantics of the strengths.",
)
@click.option("--explain", metavar="CLAIM", help="Why this claim stands or falls (grounded).")
@click.option("--extensions", is_flag=True, help="List the extensions, component by component.")
@_timeout_option
@_format_option
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
    from dissensus.graph.analysis.plain_verdicts import verdicts_json
    from dissensus.graph.reports.judgements import conditions, verdicts_table
    from dissensus.graph.semantics.framework import Semantics
    from dissensus.graph.semantics.gradual import GradualSemantics
    from dissensus.graph.semantics.profiles import Profile
    from dissensus.graph.semantics.verdicts import verdicts

    if explain and extensions:
        raise click.UsageError("choose one of --explain and --extensions")
    if names and (explain or extensions):
        what = "--explain names its claim itself" if explain else "--extensions lists all claims"
        raise click.UsageError(f"{what}: leave out {' '.join(names)}")
    if explain or extensions:
        _refuse("strength", "no strengths are printed")
    if explain:
        _refuse("timeout", "grounded labels take no time worth limiting")
    debate = _debate(claims)
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
    _print(
        output_format,
        lambda: verdicts_json(debate, found, wanted),
        lambda: verdicts_table(debate, found, wanted),
    )


def _explain(
    debate: Debate, name: str, profile: str, audience: str | None, output_format: str
) -> None:
    from dissensus.graph.analysis.plain_verdicts import reason_json
    from dissensus.graph.reports.judgements import reading, write_reason
    from dissensus.graph.reports.tables import Table
    from dissensus.graph.semantics.explaining import explain
    from dissensus.graph.semantics.preferences import chosen_audience
    from dissensus.graph.semantics.profiles import Profile

    chosen, order = chosen_audience(debate, audience)
    click.echo(f"grounded semantics, {reading(Profile(profile), chosen)}", err=True)
    reason = explain(debate, debate.claim_number(name), Profile(profile), order=order)
    _print(
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
    from dissensus.graph.analysis.plain_verdicts import extensions_json
    from dissensus.graph.reports.judgements import extensions_table, reading
    from dissensus.graph.semantics.framework import Semantics
    from dissensus.graph.semantics.preferences import chosen_audience
    from dissensus.graph.semantics.profiles import Profile
    from dissensus.graph.semantics.verdicts import extensions_of

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
    _print(
        output_format,
        lambda: {"extensions": extensions_json(debate, count, components)},
        lambda: extensions_table(debate, components),
    )


@dissensus.command()
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
    callback=_between,
    help="The double cruxes: claims on which both speakers would turn.",
)
@_profile_option
@_audience_option
@_format_option
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
    from dissensus.graph.analysis import plain_verdicts
    from dissensus.graph.reports import judgements
    from dissensus.graph.semantics.cruxes import cruxes as find
    from dissensus.graph.semantics.cruxes import double_cruxes
    from dissensus.graph.semantics.preferences import chosen_audience
    from dissensus.graph.semantics.profiles import Profile

    if between:
        _refuse("size", "double cruxes are single claims")
        _refuse("audience", "each of the two is asked in his own view")
    debate = _debate(claims)
    number = debate.claim_number(claim)
    if between:
        first, second = (debate.speaker_number(name) for name in between)
        doubles = double_cruxes(debate, number, first, second, Profile(profile))
        labels = [debate.speakers[speaker].label for speaker in (first, second)]
        click.echo(judgements.reading(Profile(profile)), err=True)
        _say_if_none(doubles)
        _print(
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
    _say_if_none(found.cruxes)
    _print(
        output_format,
        lambda: {
            "profile": profile,
            "audience": chosen.label if chosen else None,
            **plain_verdicts.cruxes_json(debate, found),
        },
        lambda: judgements.cruxes_table(debate, found),
    )


@dissensus.command()
@click.argument("claim")
@click.option(
    "--strength",
    type=click.Choice(_STRENGTHS),
    default="quadratic-energy",
    show_default=True,
    help="The gradual semantics of the strengths.",
)
@click.option("--shapley", is_flag=True, help="Add Shapley values, with their standard error.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="The strength at which the claim changes sides.",
)
@_audience_option
@_format_option
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
    from dissensus.graph.analysis.plain_verdicts import influences_json
    from dissensus.graph.reports.judgements import influences_table
    from dissensus.graph.semantics.gradual import GradualSemantics
    from dissensus.graph.semantics.influences import influences
    from dissensus.graph.semantics.preferences import chosen_audience

    debate = _debate(claims)
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
    _print(
        output_format,
        lambda: influences_json(debate, found),
        lambda: influences_table(debate, found),
    )


@dissensus.command("what-if")
@click.option("--reject", multiple=True, metavar="CLAIM", help="If this claim were given up.")
@click.option("--accept", multiple=True, metavar="CLAIM", help="If this claim were conceded.")
@click.option(
    "--without", multiple=True, metavar="SOURCE", help="If this document or speaker were withdrawn."
)
@_semantics_option
@_profile_option
@_audience_option
@_timeout_option
@_format_option
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
    from dissensus.graph.analysis.plain_verdicts import what_if_json
    from dissensus.graph.reports.judgements import reading, shifts_table, withdrawn_and_changed
    from dissensus.graph.semantics.framework import Semantics
    from dissensus.graph.semantics.preferences import chosen_audience
    from dissensus.graph.semantics.profiles import Profile
    from dissensus.graph.semantics.what_if import what_if as find

    if not (reject or accept or without):
        raise click.UsageError("say what would change, with --reject, --accept or --without")
    debate = _debate(claims)
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
    _print(
        output_format,
        lambda: {
            "semantics": semantics,
            "profile": profile,
            "audience": chosen.label if chosen else None,
            **what_if_json(debate, found),
        },
        lambda: shifts_table(debate, found),
    )


@dissensus.command()
@click.argument("names", nargs=-1, metavar="[CLAIM]...")
@_profile_option
@_format_option
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
    from dissensus.graph.analysis.plain_verdicts import audiences_json
    from dissensus.graph.reports.judgements import audiences_table, reading
    from dissensus.graph.semantics.audiences import Acceptance, audience_verdicts
    from dissensus.graph.semantics.profiles import Profile

    debate = _debate(claims)
    wanted = [debate.claim_number(name) for name in names] or range(len(debate))
    found = audience_verdicts(debate, wanted, Profile(profile))
    if not names:
        found = tuple(v for v in found if v.acceptance is Acceptance.SUBJECTIVE)
    click.echo(f"grounded semantics, {reading(Profile(profile))}", err=True)
    _say_if_none(found)
    _print(
        output_format,
        lambda: {"profile": profile, **audiences_json(debate, found)},
        lambda: audiences_table(debate, found),
    )


@dissensus.command()
@click.argument("claim")
@_format_option
@click.pass_obj
def evidence(claims: tuple[Path, ...], claim: str, output_format: str) -> None:
    """Say what CLAIM really rests on: independent sources, and single points of failure.

    \b
    Example:
      dissensus evidence terrible-mistake
    """
    from dissensus.graph.analysis.evidence import evidence as find
    from dissensus.graph.analysis.plain_verdicts import evidence_json
    from dissensus.graph.reports.judgements import evidence_table

    debate = _debate(claims)
    found = find(debate, debate.claim_number(claim))
    _print(
        output_format,
        lambda: evidence_json(debate, found),
        lambda: evidence_table(debate, found),
    )


_GAPS = [
    "unanswered attack", "never addressed", "one answer only", "single source", "no support",
]  # fmt: skip


@dissensus.command()
@_speaker_option
@click.option("--kind", type=click.Choice(_GAPS), help="Only gaps of this kind.")
@_format_option
@click.pass_obj
def gaps(
    claims: tuple[Path, ...], speaker: str | None, kind: str | None, output_format: str
) -> None:
    """List what nobody answered, what lacks evidence, what a speaker never addressed.

    \b
    Example:
      dissensus gaps --speaker Baker --kind "never addressed"
    """
    from dissensus.graph.analysis.gaps import GapKind
    from dissensus.graph.analysis.gaps import gaps as find
    from dissensus.graph.analysis.plain_verdicts import gaps_json
    from dissensus.graph.reports.judgements import gaps_table

    debate = _debate(claims)
    found = find(debate, speaker=speaker, kind=GapKind(kind) if kind else None)
    _say_if_none(found)
    _print(output_format, lambda: gaps_json(debate, found), lambda: gaps_table(debate, found))


_DIMENSIONS = click.Choice(["option", "criterion", "speaker", "topic", "question", "value"])


@dissensus.command()
@click.option(
    "--by",
    nargs=2,
    type=_DIMENSIONS,
    default=("option", "criterion"),
    show_default=True,
    metavar="ROWS COLUMNS",
    help="Option, criterion, speaker, topic, question or value.",
)
@_audience_option
@_format_option
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
    from dissensus.graph.analysis.comparison import Dimension
    from dissensus.graph.analysis.comparison import compare as find
    from dissensus.graph.analysis.plain_verdicts import comparison_json
    from dissensus.graph.reports.judgements import comparison_table, conditions, write_comparison
    from dissensus.graph.semantics.verdicts import verdicts

    debate = _debate(claims)
    found = find(debate, Dimension(by[0]), Dimension(by[1]))
    judged = verdicts(debate, audience=audience)
    click.echo(conditions(judged), err=True)
    _print(
        output_format,
        lambda: {
            "profile": judged.profile.value,
            "audience": judged.audience.label if judged.audience else None,
            **comparison_json(debate, found, judged),
        },
        lambda: comparison_table(debate, found, judged),
        lambda out: write_comparison(debate, found, judged, out),
    )


@dissensus.command()
@click.option("-p", "--problem", metavar="PROBLEM", help="Task and semantics: DS-PR, SE-ST …")
@click.option("-f", "--file", "file", type=click.Path(path_type=Path), help="The framework.")
@click.option("-a", "--argument", metavar="NAME", help="The argument that DC and DS ask about.")
@click.option("-fo", "--file-format", metavar="FORMAT", help="i23, af, apx or tgf; else guessed.")
@click.option("--problems", is_flag=True, help="List the problems.")
@click.option("--formats", is_flag=True, help="List the formats.")
@_timeout_option
def solve(
    problem: str | None,
    file: Path | None,
    argument: str | None,
    file_format: str | None,
    problems: bool,
    formats: bool,
    timeout: float | None,
) -> None:
    """Answer a problem of the argumentation competition (ICCMA) in its own format.

    \b
    Example:
      dissensus solve -p DS-PR -f framework.af -a 1
    """
    from dissensus.graph.semantics import iccma
    from dissensus.graph.semantics.framework_reading import FileFormat

    if problems or formats:
        click.echo(iccma.listing(iccma.PROBLEMS if problems else iccma.FORMATS))
        return
    if not (problem and file):
        raise click.UsageError("give the problem with -p and the file with -f")
    named = FileFormat.named(file_format) if file_format else None
    click.echo(iccma.solve(problem, file, argument, file_format=named, timeout=timeout))


@dissensus.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=8484, show_default=True)
@click.option("--write", is_flag=True, help="Let the page add claims, with a token.")
@click.option("--token", metavar="TEXT", help="The token; otherwise one is made and told.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop a query after this time.",
)
@click.option("--open", "open_it", is_flag=True, help="Open the page in the browser.")
@click.pass_obj
def serve(
    claims: tuple[Path, ...],
    host: str,
    port: int,
    write: bool,
    token: str | None,
    timeout: float,
    open_it: bool,
) -> None:
    """Serve a live map that follows the files, and a SPARQL endpoint, on this machine only.

    \b
    Example:
      dissensus serve --open
    """
    from dissensus.graph.reading import claims_paths
    from dissensus.graph.server import serve as run_server

    if write and claims_paths(claims)[1]:
        raise click.UsageError("there is no ./claims to add to: name a folder with --claims")
    run_server(
        _paths(claims),
        host=host,
        port=port,
        write=write,
        token=token,
        timeout=timeout,
        open_browser=open_it,
        say=lambda line: click.echo(line, err=True),
    )


def main() -> None:
    """Run the command line."""
    dissensus(prog_name="dissensus")


if __name__ == "__main__":
    main()
