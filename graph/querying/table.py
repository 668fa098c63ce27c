"""Answers for people: IRIs by their prefixed names, literals by their values.

In a terminal a table is fitted to its width and long cells are wrapped; where the columns would
be too narrow to read, each row becomes a list of its own. Elsewhere (a file, a pipe) columns are
aligned and nothing is wrapped. No cell is ever cut. Text from a claim cannot move the cursor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TextIO

from pyoxigraph import BlankNode, Literal, NamedNode

from ..printable import printable
from ..terms import XSD
from .results import Boolean, Graph, QueryResult, Term

NARROWEST = 12
"""A table whose columns would have fewer characters than this is written as lists."""

_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))


def write_table(
    result: QueryResult,
    prefixes: Mapping[str, str],
    file: TextIO,
    width: int | None = None,
) -> None:
    """Write an answer for reading; `width` in columns, else that of the terminal if it is one."""
    if isinstance(result, Boolean):
        file.write("true\n" if result else "false\n")
        return
    rows: Sequence[Sequence[Term | None]]
    if isinstance(result, Graph):
        columns: Sequence[str] = ("subject", "predicate", "object")
        rows = [(t.subject, t.predicate, t.object) for t in result.triples]
    else:
        columns, rows = result.variables, result.rows
    cells = [[readable(term, prefixes) for term in row] for row in rows]
    right = [all(_is_number(row[n]) for row in rows) for n in range(len(columns))]
    if not rows:
        file.write("nothing found\n")
    elif not columns:
        file.write(f"found {len(rows)} times, with no variable to show\n")
    elif width is None and not file.isatty():
        _write_aligned(columns, cells, right, file)
    else:
        _write_fitted(columns, cells, right, file, width)


def readable(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """A term for people: a prefixed name where a prefix fits, a value, or nothing if unbound."""
    if term is None:
        return ""
    if isinstance(term, Literal):
        return term.value
    if isinstance(term, BlankNode):
        return str(term)
    if not isinstance(term, NamedNode):
        parts = (term.subject, term.predicate, term.object)
        return f"<<( {' '.join(readable(part, prefixes) for part in parts)} )>>"
    iri = term.value
    fitting = [(len(ns), name) for name, ns in prefixes.items() if ns and iri.startswith(ns)]
    if not fitting:
        return iri
    length, name = max(fitting)
    return f"{name}:{iri[length:]}"


def _is_number(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS


def _write_aligned(
    columns: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool], file: TextIO
) -> None:
    from rich.cells import cell_len

    lines = [list(columns), *([printable(cell) for cell in row] for row in cells)]
    widths = [max(cell_len(line[n]) for line in lines) for n in range(len(columns))]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        padded = []
        for cell, width, to_right in zip(line, widths, right, strict=True):
            gap = " " * (width - cell_len(cell))
            padded.append(gap + cell if to_right else cell + gap)
        file.write("  ".join(padded).rstrip() + "\n")


def _write_fitted(
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    right: Sequence[bool],
    file: TextIO,
    width: int | None,
) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    console = Console(file=file, width=width, highlight=False, markup=False, emoji=False)
    texts = [[Text(printable(cell, lines=True)) for cell in row] for row in cells]
    if len(columns) > 1 and len(columns) * (NARROWEST + 2) > console.width:
        grid = Table.grid("", Column(overflow="fold"), padding=(0, 2, 0, 0))
        for row in texts:
            for column, text in zip(columns, row, strict=True):
                grid.add_row(Text(column, style="bold"), text)
            grid.add_row()
    else:
        grid = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for column, to_right in zip(columns, right, strict=True):
            grid.add_column(Text(column), justify="right" if to_right else "left", overflow="fold")
        for row in texts:
            grid.add_row(*row)
    console.print(grid)
