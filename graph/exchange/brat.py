"""brat standoff annotation, as the argument annotated essays (version 2) use it.

``T`` lines are spans of the ``.txt`` file beside the ``.ann`` file: ``MajorClaim``, ``Claim``,
``Premise`` become claims with their words as quotes. ``R`` lines join them: ``supports`` and
``attacks``. The attribute ``Stance`` of a claim says whether it is for or against the major claims,
which are one position in several wordings.

Source: Stab and Gurevych, Parsing argumentation structures in persuasive essays (2017), and
https://brat.nlplab.org/standoff.html.
"""

from __future__ import annotations

import re
from typing import Final

from ..errors import InputError
from ..model import Quote
from ..terms import LinkKind
from .part import Part
from .source import Source

MAJOR: Final = "MajorClaim"
_SPAN: Final = re.compile(r"(T\d+)\t(\S+) (\d+) (\d+(?:;\d+ \d+)*)\t(.*)")
_RELATION: Final = re.compile(r"(R\d+)\t(\S+) \w+:(\S+) \w+:(\S+)\s*")
_ATTRIBUTE: Final = re.compile(r"([AM]\d+)\t(\S+) (\S+)(?: (.+))?")
_NOTE: Final = re.compile(r"#\d*\t\S+ (\S+)\t(.*)")
_KINDS: Final = {
    "supports": LinkKind.SUPPORT,
    "support": LinkKind.SUPPORT,
    "attacks": LinkKind.REBUTTAL,
    "attack": LinkKind.REBUTTAL,
}


def recognises(source: Source) -> bool:
    """Whether the file has a line as brat writes it."""
    lines = source.data[:4096].decode(errors="replace").splitlines()
    return any(_SPAN.match(line) or _RELATION.match(line) for line in lines[:20])


def read(source: Source, part: Part) -> None:
    """Read an annotation into the part.

    Raises:
        InputError: a line is none of brat's.
    """
    part.scope = part.title = source.stem
    annotation = _Annotation(source, part)
    for number, line in enumerate(source.text().split("\n"), 1):
        if line.strip():
            annotation.take(line, number)
    annotation.finish()


class _Annotation:
    def __init__(self, source: Source, part: Part) -> None:
        self.part = part
        self.source = source
        self.spans: dict[str, tuple[str, str]] = {}
        self.stances: dict[str, str] = {}
        self.notes: dict[str, list[str]] = {}
        self.relations: list[tuple[str, LinkKind, str, str]] = []

    def take(self, line: str, number: int) -> None:
        """Take in one line."""
        if match := _SPAN.match(line):
            self.spans[match[1]] = (match[2], match[5].strip())
        elif match := _RELATION.fullmatch(line):
            if match[2].lower() in _KINDS:
                self.relations.append((match[1], _KINDS[match[2].lower()], match[3], match[4]))
            else:
                self.part.note(f"relation {match[2]!r} has no counterpart: left out", line=number)
        elif match := _ATTRIBUTE.fullmatch(line):
            if match[2] == "Stance" and match[4] in ("For", "Against"):
                self.stances[match[3]] = match[4]
            else:
                self.part.note(f"attribute {match[2]!r} is left out", line=number)
        elif match := _NOTE.fullmatch(line):
            if note := match[2].strip():
                self.notes.setdefault(match[1], []).append(note)
        elif line[:1] in "EN*":
            what = line.split(maxsplit=1)[0]
            self.part.note(f"{what!r} has no counterpart: left out", line=number)
        else:
            self.source.fail("not a line of a brat annotation", line=number, column=1)

    def finish(self) -> None:
        """Add all that was taken in."""
        part = self.part
        document = part.document(self._title(), file_name=f"{self.source.stem}.txt")
        for name, (_kind, text) in self.spans.items():
            part.claim(
                name,
                text,
                quotes=(Quote(text, document=document),) if text else (),
                notes=tuple(self.notes.get(name, ())),
            )
        for name, kind, start, end in self.relations:
            part.link(kind, [part.claim_key(start)], part.claim_key(end), name)
        majors = [name for name, (kind, _) in self.spans.items() if kind == MAJOR]
        for other in majors[1:]:
            part.restatements.append((part.claim_key(other), part.claim_key(majors[0])))
        for name, stance in self.stances.items():
            if majors and name not in majors:
                kind = LinkKind.SUPPORT if stance == "For" else LinkKind.REBUTTAL
                part.link(kind, [part.claim_key(name)], part.claim_key(majors[0]), f"{name}-stance")

    def _title(self) -> str:
        """The first line of the text that was annotated, or the name of the file."""
        beside = self.source.beside(".txt")
        if beside is None:
            self.part.note(f"{self.source.stem}.txt is not beside it: its title is not known")
            return self.source.stem
        try:
            lines = beside.text().strip().split("\n")
        except InputError as error:
            self.part.notes.extend(error.findings)
            return self.source.stem
        self.part.title = lines[0].strip() or self.source.stem
        return self.part.title
