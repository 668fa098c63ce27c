"""`quote` and `draft`: from a document to claims."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click


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
            click.echo(document_turtle(node, prefixes))
        if search and search.found:
            click.echo(quotes_text(search, prefixes))
    if search and not search.found:
        click.echo(f"{document}: {search.reason}", err=True)
        ctx.exit(1)
