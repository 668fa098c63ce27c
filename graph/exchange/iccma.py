"""Frameworks of the argumentation competition (ICCMA): ``.af``, ``.apx``, ``.tgf``.

An argument becomes a claim whose text is its name, an attack a rebuttal. Written is the framework
to which `semantics.flattening` takes the debate under the profile *reason*: an argument for each
claim and link, and those that say what support means. The formats are described in
`semantics.framework_reading`.
"""

from __future__ import annotations

from typing import Final

from ..debate import Debate
from ..errors import Severity
from ..semantics.flattening import flatten
from ..semantics.framework_reading import FileFormat, parse_framework
from ..semantics.framework_writing import format_framework
from ..terms import LinkKind
from .exporting import Export
from .losses import lost
from .part import Part
from .source import Source

ENDINGS: Final = (".af", ".apx", ".tgf")


def recognises(source: Source) -> bool:
    """Whether the ending is one of the competition's: the formats have no other mark."""
    return source.path.suffix.lower() in ENDINGS


def read(source: Source, part: Part) -> None:
    """Read a framework into the part.

    Raises:
        InputError: the file has faults, each with line and column.
    """
    ending = source.path.suffix.lower()
    named = FileFormat.named(ending.removeprefix(".")) if ending in ENDINGS else None
    found = parse_framework(source.text(), source.name, named)
    framework = found.framework
    part.scope = "" if part.alone else source.stem
    part.title = source.stem
    part.notes.extend(note for note in found.warnings if note.severity is Severity.WARNING)
    claims = [
        part.claim(framework.name(argument), framework.name(argument))
        for argument in range(framework.size)
    ]
    for attacker, attacked in framework.pairs():
        part.link(LinkKind.REBUTTAL, [claims[attacker]], claims[attacked])


def write(debate: Debate) -> Export:
    """The debate's framework as an ``.af`` file, with the names of its claims as remarks."""
    flat = flatten(debate)
    names = [
        f"# {node + 1} {' '.join(debate.name(iri).split())}\n"
        for node, iri in zip(flat.claim_nodes, debate.claim_iris, strict=True)
    ]
    header, _, attacks = format_framework(flat.framework, FileFormat.AF).partition("\n")
    return Export({"": f"{header}\n{''.join(names)}{attacks}".encode()}, lost(debate))
