"""Markdown with Argdown in it: what stands in its fenced blocks ``argdown``, as one document."""

from __future__ import annotations

import re
from typing import Final

from ..part import Part
from ..source import Source
from .building import build
from .parsing import parse

_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^\s`{]*)")
_BLOCK: Final = re.compile(rb"^ {0,3}(?:`{3,}|~{3,})[ \t]*argdown", re.MULTILINE)


def recognises(source: Source) -> bool:
    """Whether a block of Argdown begins somewhere in the file."""
    return _BLOCK.search(source.data) is not None


def read(source: Source, part: Part) -> None:
    """Read the Argdown of a Markdown file into the part.

    Raises:
        InputError: it breaks the syntax of Argdown; the place in the file is told.
    """
    build(parse(source, argdown_in(source.text())), part)


def argdown_in(text: str) -> str:
    r"""The text with an empty line for each that is not in a block of Argdown.

    >>> argdown_in("Hello\n```argdown\n[A]: a\n```\n")
    '\n\n[A]: a\n\n'
    """
    lines = []
    fence, wanted = "", False
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if not fence and match:
            fence, wanted = match.group(1), match.group(2).startswith("argdown")
            lines.append("")
        elif fence and match and match.group(1).startswith(fence) and not match.group(2):
            fence, wanted = "", False
            lines.append("")
        else:
            lines.append(line if wanted else "")
    return "\n".join(lines)
