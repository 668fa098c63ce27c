"""CSV tables: one file for each kind of thing, for spreadsheets, pandas and databases.

Things refer to each other by IRI; several values stand in one cell, parted by spaces where they
are IRIs. Source: RFC 4180.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Final

from ..debate import Debate
from ..terms import LinkKind
from .exporting import Export
from .table import table

_RECORDS: Final = (
    "claims", "links", "speakers", "documents", "questions", "topics", "values", "audiences",
    "options", "criteria", "stances",
)  # fmt: skip
_RELATIONS: Final = ("restatements", "contradictions", "qualifications")
_SEPARATE: Final = {"quotes", "translations"}
"""Fields that are tables of their own."""

_Row = dict[str, str]


def write(debate: Debate) -> Export:
    """The debate as a folder of tables: ``claims.csv``, ``links.csv``, ``quotes.csv`` and so on.

    A table without rows is left out. Nothing is lost.
    """
    tables: dict[str, list[_Row]] = {
        name: [_row(record) for record in getattr(debate, name)] for name in _RECORDS
    }
    tables["quotes"] = list(_quotes(debate))
    tables["translations"] = [
        {"claim": claim.iri, "language": language, "text": text}
        for claim in debate.claims
        for language, text in claim.translations
    ]
    tables["relations"] = list(_relations(debate))
    files = {f"{name}.csv": table(rows, tuple(rows[0])) for name, rows in tables.items() if rows}
    return Export(files)


def _row(record: Any) -> _Row:
    assert is_dataclass(record)
    return {
        field.name: _cell(getattr(record, field.name))
        for field in fields(record)
        if field.name not in _SEPARATE
    }


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(map(_cell, value))
    if isinstance(value, LinkKind):
        return value.word
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _quotes(debate: Debate) -> Iterator[_Row]:
    owners: Iterable[Any] = (*debate.claims, *debate.links)
    for owner in owners:
        for quote in owner.quotes:
            yield {"of": owner.iri, **_row(quote)}


def _relations(debate: Debate) -> Iterator[_Row]:
    for name in _RELATIONS:
        for first, second in getattr(debate, name):
            ends = debate.claim_iris[first], debate.claim_iris[second]
            yield {"relation": name.removesuffix("s"), "from": ends[0], "to": ends[1]}
