"""Export: a debate in a format of other tools, and what that format cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..debate import Debate
from ..errors import DissensusError
from ..writing import write_bytes
from .formats import format_named, writable


@dataclass(frozen=True, slots=True)
class Export:
    """A debate in another format: file name → bytes, and a sentence for each thing it cannot say.

    A format of one file has it under the empty name.
    """

    files: Mapping[str, bytes]
    losses: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The text of a format of one file."""
        return self.files[""].decode()


def export_debate(debate: Debate, format: str) -> Export:  # noqa: A002 - as in `import_debate`
    """The debate in the format of this name.

    Raises:
        UnknownNameError: no format that can be written has this name.
        DissensusError: the debate holds what the format has no way to write at all.
    """
    export: Export = format_named(format, writable()).home.write(debate)
    return export


def write_export(export: Export, path: Path | str) -> None:
    """Write an export to a file, or its several files into a folder, each whole or not at all.

    Raises:
        DissensusError: a file cannot be written.
    """
    path = Path(path)
    if set(export.files) == {""}:
        write_bytes(path, export.files[""])
        return
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DissensusError(f"{path}: no folder can be made here: {error.strerror}") from error
    for name, data in sorted(export.files.items()):
        write_bytes(path / name, data)
