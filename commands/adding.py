"""`add`: a new claim."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_F = TypeVar("_F", bound=Callable[..., Any])


def _names(flag: str, text: str) -> Callable[[_F], _F]:
    return click.option(flag, multiple=True, metavar="NAME", help=text)


@click.command()
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
    from ..graph.adding import Addition, prepare_claim
    from ..graph.describing import Relations
    from ..graph.model import Claim, Quote, Speaker
    from ..graph.reading import claims_paths
    from ..graph.terms import ClaimKind

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
