"""Rows and columns for people and for spreadsheets: terminal, CSV and Markdown."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TextIO

from ..printable import printable

if TYPE_CHECKING:
    from rich.console import Console

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A named table; each row has a cell for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def write_csv(self, file: TextIO) -> None:
        """RFC 4180 with a header row and CRLF line ends, numbers unrounded."""
        writer = csv.writer(file)
        writer.writerow(self.columns)
        writer.writerows([["" if cell is None else cell for cell in row] for row in self.rows])

    def write_markdown(self, file: TextIO) -> None:
        """A pipe table (GitHub Flavored Markdown 4.10), its cells escaped."""
        lines = [self.columns, tuple("---" for _ in self.columns)]
        lines += [tuple(markdown(cell) for cell in row) for row in self.rows]
        for line in lines:
            file.write(f"| {' | '.join(line)} |\n")

    def write_terminal(self, file: TextIO, width: int | None = None) -> None:
        """A table fitted to the terminal's width, long cells wrapped."""
        from rich import box
        from rich.table import Table as RichTable
        from rich.text import Text

        grid = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
        for number, column in enumerate(self.columns):
            numeric = all(isinstance(row[number], int | float) for row in self.rows)
            justify: Literal["left", "right"] = "right" if numeric and self.rows else "left"
            copied = column == "name"  # a name that is broken over two lines cannot be copied
            grid.add_column(column, justify=justify, overflow="fold", no_wrap=copied)
        for row in self.rows:
            grid.add_row(*(Text(_shown(cell)) for cell in row))
        console(file, width).print(grid)


def console(file: TextIO, width: int | None = None) -> Console:
    """A rich console on `file`, 100 columns wide where it is no terminal and none is asked for."""
    from rich.console import Console

    if width is None and not file.isatty():
        width = 100
    return Console(file=file, width=width, highlight=False, markup=False, emoji=False)


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.2f}" if isinstance(cell, float) else printable(str(cell))


def markdown(cell: Cell) -> str:
    """The cell as text in which Markdown sees no marks."""
    text = _shown(cell)
    for character in ("\\", "`", "*", "_", "[", "]", "<", ">", "|", "#"):
        text = text.replace(character, "\\" + character)
    return text
