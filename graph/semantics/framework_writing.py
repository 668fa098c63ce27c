"""Frameworks written in the three file formats of the argumentation competition.

The formats are described in `framework_reading`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from .framework import Framework
from .framework_reading import FileFormat

_PLAIN: Final = re.compile(r"\w+", re.ASCII)
_FIT: Final = re.compile(r"[^\s#]+")


def format_framework(framework: Framework, file_format: FileFormat) -> str:
    """The text of a file with this framework; reading it back gives the framework again.

    The format af has no names: they are lost. A name that tgf cannot hold (it has a space, say) is
    kept as a remark after the argument's number. Arguments and attacks come in their order.
    """
    pairs = framework.pairs()
    if file_format is FileFormat.AF:
        return "".join([f"p af {framework.size}\n", *(f"{a + 1} {b + 1}\n" for a, b in pairs)])
    names = [framework.name(argument) for argument in range(framework.size)]
    if file_format is FileFormat.APX:
        names = [name if _PLAIN.fullmatch(name) else _quoted(name) for name in names]
        facts = [f"arg({name}).\n" for name in names]
        return "".join([*facts, *(f"att({names[a]},{names[b]}).\n" for a, b in pairs)])
    nodes = names
    if not all(_FIT.fullmatch(name) for name in names):
        nodes = [f"{number} {' '.join(name.split())}" for number, name in enumerate(names, 1)]
        names = [str(number) for number in range(1, framework.size + 1)]
    lines = [*nodes, "#", *(f"{names[a]} {names[b]}" for a, b in pairs)]
    return "\n".join(lines) + "\n"


def write_framework(
    framework: Framework, path: Path | str, file_format: FileFormat | None = None
) -> None:
    """Write a framework; without `file_format` the ending of the name decides. Atomic.

    Raises:
        UsageError: the ending names no format.
        DissensusError: the file cannot be written.
    """
    from ..writing import write_text

    chosen = file_format or FileFormat.named(Path(path).suffix.removeprefix("."))
    write_text(path, format_framework(framework, chosen))


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
