"""Argdown text: statements and arguments as a person writes them.

https://argdown.org. The grammar is that of @argdown/core 1.7.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..part import Part
from ..source import Source

if TYPE_CHECKING:
    from ...debate import Debate
    from ..exporting import Export


def recognises(source: Source) -> bool:
    """Whether the file is Argdown: whatever has its ending is, since any text is Argdown."""
    del source
    return True


def read(source: Source, part: Part) -> None:
    """Read a text in Argdown into the part.

    Raises:
        InputError: it breaks the syntax of Argdown; the place is told.
    """
    from .building import build
    from .parsing import parse

    build(parse(source, source.text()), part)


def write(debate: Debate) -> Export:
    """The debate as an Argdown text, and what that cannot say."""
    from .writing import write as written

    return written(debate)
