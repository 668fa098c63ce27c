"""`quote` and `draft`: from a document to claims."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from .options import progress_bar


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.argument("words", required=False)
@click.option("--nth", type=click.IntRange(min=1), help="Only the place with this number.")
@click.option("--ignore-case", is_flag=True, help="Find the words in small or capital letters.")
@click.option("--source", metavar="NAME", help="The name of the document in the claims.")
@click.option("--document-node", is_flag=True, help="Print the node of the document, too.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["turtle", "json"]),
    default="turtle",
    show_default=True,
)
@click.pass_context
def quote(
    ctx: click.Context,
    document: Path,
    words: str | None,
    nth: int | None,
    ignore_case: bool,
    source: str | None,
    document_node: bool,
    output_format: str,
) -> None:
    """Find WORDS in DOCUMENT (text, HTML, Markdown, PDF) and print the quote to paste.

    Without WORDS they are read from standard input; with --document-node they may be left out.
    Line breaks, hyphens at line ends, and the kinds of quotation marks and dashes don't matter.
    Exit status 1 if the words are not there.

    \b
    Example:
      dissensus quote recap.txt "terrible mistake"
      dissensus quote paper.pdf "scaling laws" --nth 2 --format json
    """
    import json

    from ..graph.errors import UnknownNameError
    from ..graph.quoting import quote as find
    from ..graph.quoting import source_document
    from ..graph.reading import claims_paths
    from ..graph.reports.quotations import document_turtle, quotes_json, quotes_text

    if words is None and not (document_node and sys.stdin.isatty()):
        words = sys.stdin.read()
    node, prefixes = source_document(document, claims_paths(ctx.obj)[0], source)
    search = None
    if not document_node or (words or "").strip():
        search = find(document, words or "", ignore_case=ignore_case, source=node.iri)
    if search and nth:
        if search.found and nth > len(search.found):
            raise UnknownNameError("place", str(nth), [str(len(search.found))])
        search = replace(search, found=search.found[nth - 1 : nth])
    if output_format == "json":
        shown = quotes_json(search, node if document_node else None, prefixes)
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        if document_node:
            click.echo(document_turtle(node, prefixes), nl=search is not None)
        if search and search.found:
            click.echo(quotes_text(search, prefixes))
    if search and not search.found:
        click.echo(f"{document}: {search.reason}", err=True)
        ctx.exit(1)


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write."
)
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@click.option("--namespace", metavar="IRI", default="", help="Where the new names go.")
@click.option("--language", metavar="TAG", default="", help="The language of the document.")
@click.option("--model", metavar="NAME", default="", help="Ask this model of the package llm.")
def draft(
    document: Path,
    output: Path | None,
    force: bool,
    namespace: str,
    language: str,
    model: str,
) -> None:
    """Draft a file of claims from DOCUMENT (text, HTML, Markdown, PDF), for a person to edit.

    Each sentence that asserts something becomes a claim with its quote, its line, and a guess at
    who says it.

    \b
    Example:
      dissensus draft recap.txt -o claims/recap.ttl
    """
    from ..graph.drafting import draft as make
    from ..graph.errors import DissensusError
    from ..graph.writing import write_text

    if output and output.exists() and not force:
        raise DissensusError(f"{output}: exists already; --force writes over it")
    with progress_bar("asking the model" if model else "drafting") as tell:
        drafted = make(document, namespace=namespace, language=language, model=model, progress=tell)
    for note in drafted.notes:
        click.echo(note, err=True)
    if output:
        write_text(output, drafted.turtle)
        click.echo(f"{output}: {len(drafted.claims)} claims to edit", err=True)
    else:
        click.echo(drafted.turtle, nl=False)
