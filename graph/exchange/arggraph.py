"""arggraph XML: the format of the arg-microtexts corpora.

An ``adu`` is a claim whose words are those of the ``edu`` elements that ``seg`` edges lead to it:
together where they meet in a ``joint``, else each ``edu`` is another wording of the same claim, and
the first is its text. An ``edu`` that is ``implicit`` stands nowhere in the text, and is no quote.
The ``type`` of an ``adu`` is the voice that speaks it. The other edges are links:
``sup`` supports, ``exa`` supports by example, ``reb`` rebuts, ``und`` undercuts an edge, ``add``
adds a joint premise to an edge.

Source: Peldszus and Stede, An annotated corpus of argumentative microtexts (2015), and
http://angcl.ling.uni-potsdam.de/resources/argmicro.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..model import Quote
from ..terms import LinkKind
from .part import Part
from .source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

VOICES: Final = {"pro": "Proponent", "opp": "Opponent"}
"""The speaker of an ``adu`` by its type."""

EXAMPLE: Final = "argument from example"
_KINDS: Final = {
    "sup": LinkKind.SUPPORT,
    "exa": LinkKind.SUPPORT,
    "reb": LinkKind.REBUTTAL,
    "und": LinkKind.UNDERCUT,
}


def recognises(source: Source) -> bool:
    """Whether the file is an arggraph."""
    return b"<arggraph" in source.data[:4096]


def read(source: Source, part: Part) -> None:
    """Read an arggraph into the part.

    Raises:
        InputError: it is no XML, or no arggraph.
    """
    root = source.xml()
    if root.tag != "arggraph":
        source.fail(f"the root element is {root.tag!r}, not 'arggraph'", line=_line(root), column=1)
    _Graph(root, part).read()


class _Graph:
    def __init__(self, root: _Element, part: Part) -> None:
        self.root = root
        self.part = part
        part.scope = part.title = root.get("id") or part.source.stem
        self.edges = {self._attribute(edge, "id"): edge for edge in root.iter("edge")}
        self.joint: dict[str, list[str]] = {}
        """Edge → the further premises that edges of type ``add`` bring to it."""
        for edge in self.edges.values():
            if edge.get("type") == "add":
                premises = self.joint.setdefault(self._attribute(edge, "trg"), [])
                premises.append(self._attribute(edge, "src"))

    def read(self) -> None:
        self._claims()
        for name, edge in self.edges.items():
            kind = edge.get("type") or ""
            if kind in _KINDS:
                self._link(name, edge, _KINDS[kind])
            elif kind not in ("seg", "add"):
                self.part.note(
                    f"edge {name!r} of unknown type {kind!r} is left out", line=_line(edge)
                )

    def _claims(self) -> None:
        part = self.part
        topic = self.root.get("topic_id")
        topics = (part.topic(topic.replace("_", " ")),) if topic else ()
        document = part.document(part.title, file_name=part.source.path.name)
        segments = self._segments_of_claims()
        for adu in self.root.iter("adu"):
            name = self._attribute(adu, "id")
            voice = VOICES.get(adu.get("type") or "")
            wordings = segments.get(name, {})
            first = next(iter(wordings.values()), [])
            said = [edu for wording in wordings.values() for edu in wording if not _implicit(edu)]
            part.claim(
                name,
                " ".join(map(_words, first)),
                topics=topics,
                speakers=(part.speaker(voice),) if voice else (),
                quotes=tuple(Quote(_words(edu), document=document) for edu in said if _words(edu)),
            )
        if stance := self.root.get("stance"):
            part.description = f"The text is {stance} the motion."

    def _segments_of_claims(self) -> dict[str, dict[str, list[_Element]]]:
        """The edus that lead to each adu in the order of the text, by what leads there last.

        Those that meet in a joint make one wording.
        """
        towards: dict[str, list[str]] = {}
        for edge in self.edges.values():
            if edge.get("type") == "seg":
                start, end = self._attribute(edge, "src"), self._attribute(edge, "trg")
                towards.setdefault(start, []).append(end)
        claims = {adu.get("id") or "" for adu in self.root.iter("adu")}
        found: dict[str, dict[str, list[_Element]]] = {}
        for edu in self.root.iter("edu"):
            name = self._attribute(edu, "id")
            ends = [(last, end) for last, end in _reached(towards, name) if end in claims]
            if not ends:
                self.part.note(f"edu {name!r} belongs to no adu: left out", line=_line(edu))
            if _implicit(edu):
                self.part.tally("implicit segments, not quoted", line=_line(edu))
            for last, end in ends:
                found.setdefault(end, {}).setdefault(last, []).append(edu)
        return found

    def _link(self, name: str, edge: _Element, kind: LinkKind) -> None:
        start, target = self._attribute(edge, "src"), self._attribute(edge, "trg")
        if target in self.edges:
            if kind is not LinkKind.UNDERCUT:
                self.part.note(
                    f"edge {name!r} ends on an edge: read as an undercut"
                    if kind.attacks
                    else f"edge {name!r} supports an edge, which has no counterpart: left out",
                    line=_line(edge),
                )
            if kind.attacks:
                self._add(name, edge, LinkKind.UNDERCUT, self.part.link_key(target))
            return
        if kind is LinkKind.UNDERCUT:
            self.part.note(f"edge {name!r} undercuts no edge: read as a rebuttal", line=_line(edge))
            kind = LinkKind.REBUTTAL
        if start in self.edges:
            self.part.note(f"edge {name!r} starts on an edge: left out", line=_line(edge))
            return
        self._add(name, edge, kind, self.part.claim_key(target))

    def _add(self, name: str, edge: _Element, kind: LinkKind, conclusion: str) -> None:
        premises = [self._attribute(edge, "src"), *self.joint.get(name, ())]
        self.part.link(
            kind,
            [self.part.claim_key(premise) for premise in premises],
            conclusion,
            name,
            scheme=EXAMPLE if edge.get("type") == "exa" else "",
        )

    def _attribute(self, element: _Element, name: str) -> str:
        value: str | None = element.get(name)
        if not value:
            self.part.source.fail(
                f"an element {element.tag!r} without {name!r}", line=_line(element), column=1
            )
        return value


def _reached(towards: dict[str, list[str]], start: str) -> list[tuple[str, str]]:
    """The steps on the ways from there, each with where it starts."""
    found: dict[tuple[str, str], None] = {}
    waiting = [start]
    while waiting:
        last = waiting.pop()
        for step in ((last, end) for end in towards.get(last, ())):
            if step not in found:
                found[step] = None
                waiting.append(step[1])
    return list(found)


def _words(edu: _Element) -> str:
    return "".join(edu.itertext()).strip()


def _implicit(edu: _Element) -> bool:
    return bool(edu.get("implicit") == "true")


def _line(element: _Element) -> int:
    return int(element.sourceline or 0)
