"""Pairs of claims that may belong together: as a table, as plain data, as lines of Turtle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TextIO

from .. import terms as t
from ..analysis.plain import brief_claim, speaker_labels
from ..debate import Debate
from ..matching import Relation, Suggestion
from ..model import Claim
from ..printable import printable
from ..writing import Names, prefix_turtle
from .tables import Table

_PROPERTIES = {Relation.RESTATES: t.RESTATES, Relation.CONTRADICTS: t.CONTRADICTS}

_HOW_TO = (
    "# Uncomment what is true. Where one claim only speaks against the other, write d:rebuts.\n"
)


def matches_table(debate: Debate, other: Debate | None, pairs: Sequence[Suggestion]) -> Table:
    """Score, relation, and name, speakers and text of both claims, and what speaks for it."""
    rows = []
    for pair in pairs:
        sides = (debate, pair.first), (other or debate, pair.second)
        names = [home.name(claim.iri) for home, claim in sides]
        texts = [_spoken(home, claim) for home, claim in sides]
        reasons = "; ".join(pair.contrasts)
        rows.append((pair.score, pair.relation.value, *names, *texts, reasons))
    columns = ("score", "relation", "first", "second", "first text", "second text", "why")
    return Table(columns, tuple(rows))


def write_matches(
    debate: Debate, other: Debate | None, pairs: Sequence[Suggestion], file: TextIO
) -> None:
    """Three lines for each pair: score, relation and what speaks for it; then both claims."""
    for pair in pairs:
        reasons = f" ({printable('; '.join(pair.contrasts))})" if pair.contrasts else ""
        file.write(f"{pair.score:.2f} {pair.relation.value}?{reasons}\n")
        for home, claim in ((debate, pair.first), (other or debate, pair.second)):
            file.write(f"  {printable(f'{_spoken(home, claim)} ({home.name(claim.iri)})')}\n")


def matches_json(
    debate: Debate, other: Debate | None, pairs: Sequence[Suggestion]
) -> dict[str, Any]:
    """``{"matches": [{score, relation, first, second, parts, contrasts}]}``.

    The claims are ``{iri, name, text, speakers}``, the parts ``{words, letters, order, meaning}``.
    """
    return {
        "matches": [
            {
                "score": pair.score,
                "relation": pair.relation.value,
                "first": brief_claim(debate, pair.first),
                "second": brief_claim(other or debate, pair.second),
                "parts": {
                    "words": pair.words,
                    "letters": pair.letters,
                    "order": pair.order,
                    "meaning": pair.meaning,
                },
                "contrasts": list(pair.contrasts),
            }
            for pair in pairs
        ]
    }


def matches_turtle(debate: Debate, other: Debate | None, pairs: Sequence[Suggestion]) -> str:
    """A commented-out line for each pair, below what the two claims say.

    Uncommented, a line joins its claims. The file is sound Turtle either way.
    """
    prefixes = {**t.COMMON_PREFIXES, **debate.prefixes}
    names = Names(prefixes)
    blocks = []
    for pair in pairs:
        reasons = f" ({printable('; '.join(pair.contrasts))})" if pair.contrasts else ""
        subject, predicate, obj = (
            names(iri) for iri in (pair.first.iri, _PROPERTIES[pair.relation], pair.second.iri)
        )
        blocks.append(
            f"# {pair.score:.2f} {pair.relation.value}?{reasons}\n"
            f"#   {printable(_spoken(debate, pair.first))}\n"
            f"#   {printable(_spoken(other or debate, pair.second))}\n"
            f"# {subject} {predicate} {obj} .\n"
        )
    head = prefix_turtle({prefix: prefixes[prefix] for prefix in names.used})
    return "\n".join([_HOW_TO + head, *blocks]) if blocks else ""


def _spoken(debate: Debate, claim: Claim) -> str:
    speakers = ", ".join(speaker_labels(debate, claim.speakers))
    return f"{speakers}: {claim.text}" if speakers else claim.text
