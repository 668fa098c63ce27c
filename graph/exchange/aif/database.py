"""AIF JSON, as AIFdb gives node sets and OVA saves its analyses.

A node set is an object with ``nodes``, ``edges`` and, if speakers are known, ``locutions`` and
``participants``. OVA puts it under ``AIF``; some exports put it under ``nodeset``, or list several.

Source: AIFdb, http://www.aifdb.org (the JSON of a node set), and http://ova.arg.tech.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final

from ...debate import Debate
from ..exporting import Export
from ..moments import read_moment, written_moment
from ..part import Part
from ..source import Source
from .composing import composed
from .nodes import DEFAULT_SCHEMES, Node, NodeSet, Saying, decoded, encoded, kind_of, scheme_of
from .reading import read_nodes

_WRAPPERS: Final = ("AIF", "aif", "nodeset", "nodeSet", "nodesets", "nodeSets", "graph")
_MARKS: Final = (b'"nodeID"', b'"fromID"', b'"locutions"', b'"AIF"', b'"analysis"')
_SCHEME_NUMBERS: Final = {
    "Default Inference": "72", "Default Conflict": "71", "Default Rephrase": "144",
    "Default Transition": "82", "Default Illocuting": "168", "Asserting": "74",
    "Agreeing": "77", "Arguing": "80", "Disagreeing": "78", "Pure Questioning": "91",
}  # fmt: skip
"""The numbers that AIFdb has for schemes that are written here."""

_MOST_SEARCHES: Final = 50
_ID: Final = re.compile(r'"(?:nodeID|id)"\s*:\s*("(?:[^"\\]|\\.)*"|[^\s,}]+)')


def recognises(source: Source) -> bool:
    """Whether the file holds a node set in JSON."""
    data = (
        source.data.replace(b"\0", b"")
        if source.data[:2] in (b"\xff\xfe", b"\xfe\xff")
        else (source.data)
    )
    return (
        data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in (b"{", b"[")
        and b'"nodes"' in data
        and any(mark in data for mark in _MARKS)
    )


def read(source: Source, part: Part) -> None:
    """Read one or several node sets into the part.

    Raises:
        InputError: it is no JSON, or holds no nodes.
    """
    part.title = source.stem
    line_of = _lines(source)
    found = False
    for value in _node_sets(source.json()):
        read_nodes(_Table(value, part, line_of).node_set(), part)
        found = True
    if not found:
        source.fail("holds no list 'nodes', so it is no node set of AIF", line=1, column=1)


def write(debate: Debate) -> Export:
    """The debate as a node set in the JSON of AIFdb; its losses are sentences."""
    nodes, losses = composed(debate)
    return Export({"": as_bytes(as_value(nodes))}, losses)


def as_bytes(value: Any) -> bytes:
    """A JSON value as the text of a file."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def as_value(nodes: NodeSet) -> dict[str, Any]:
    """A node set as AIFdb writes it; persons are numbered in the order of their names."""
    speakers = sorted({one.speaker for many in nodes.sayings.values() for one in many} - {""})
    persons = {speaker: str(number) for number, speaker in enumerate(speakers, 1)}
    return {
        "nodes": [_node_value(node) for node in nodes.nodes.values()],
        "edges": [
            {"edgeID": str(number), "fromID": source, "toID": target, "formEdgeID": None}
            for number, (source, target) in enumerate(nodes.edges, 1)
        ],
        "locutions": [
            {
                "nodeID": node,
                "personID": persons.get(saying.speaker),
                "start": written_moment(saying.said_on) or None,
                "end": None,
                "source": encoded(saying.document) or None,
            }
            for node, many in nodes.sayings.items()
            for saying in many
        ],
        "participants": [
            dict(
                zip(
                    ("participantID", "firstname", "surname"),
                    (number, *_parted(encoded(name))),
                    strict=True,
                )
            )
            for name, number in persons.items()
        ],
    }


def _node_value(node: Node) -> dict[str, Any]:
    value: dict[str, Any] = {"nodeID": node.id, "text": node.text, "type": node.kind}
    if node.kind in DEFAULT_SCHEMES:
        scheme = node.scheme or DEFAULT_SCHEMES[node.kind]
        value |= {"text": scheme, "scheme": scheme}
        if scheme in _SCHEME_NUMBERS:
            value["schemeID"] = _SCHEME_NUMBERS[scheme]
    return value


def _parted(name: str) -> tuple[str, str]:
    """First name and surname, which make up the name with a space between them."""
    first, _, last = name.rpartition(" ")
    return (first, last) if first and last else (name, "")


# -- JSON values ----------------------------------------------------------------------------


def _node_sets(value: Any) -> Iterator[dict[str, Any]]:
    """The objects with nodes in a JSON value, out of what they are wrapped in."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            if isinstance(one.get("nodes"), list):
                yield one
            else:
                waiting += [one[key] for key in reversed(_WRAPPERS) if key in one]


class _Table:
    """The rows of a node set in JSON, made a node set; odd ones are noted."""

    def __init__(self, value: dict[str, Any], part: Part, line_of: Callable[[str], int]) -> None:
        self.value = value
        self.part = part
        self.nodes = NodeSet(line_of=line_of)

    def node_set(self) -> NodeSet:
        """The node set."""
        for row in self._rows("nodes"):
            self._node(row)
        for row in self._rows("edges"):
            self._edge(row)
        names = self._names()
        for row in self._rows("locutions"):
            self._saying(row, names)
        return self.nodes

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        rows = self.value.get(name)
        if isinstance(rows, dict):
            rows = list(rows.values())
        if rows is not None and not isinstance(rows, list):
            self.part.note(f"{name!r} is no list: left out")
            rows = None
        for row in rows or ():
            if isinstance(row, dict):
                yield row
            else:
                self.part.tally(f"entries of {name!r} that are no objects, left out")

    def _node(self, row: dict[str, Any]) -> None:
        number = _text(row, "nodeID", "nodeId", "id")
        kind_name = _text(row, "type", "nodeType")
        if not number:
            self.part.tally("nodes without a 'nodeID', left out")
            return
        kind = kind_of(kind_name)
        if kind is None:
            what = f"of unknown type {kind_name!r}" if kind_name else "without a 'type'"
            self._tally(f"nodes {what}, left out", number)
            return
        text = _text(row, "text", "content")
        if kind in DEFAULT_SCHEMES:
            node = Node(number, kind, "", scheme_of(kind, _text(row, "scheme"), text))
        else:
            node = Node(number, kind, text)
        known = self.nodes.nodes.setdefault(number, node)
        if known is not node:
            same = "as before" if known == node else "with another content; the first one holds"
            self._tally(f"nodes that are listed again {same}", number)

    def _edge(self, row: dict[str, Any]) -> None:
        ends = (_text(row, "fromID", "fromId", "from", "source"),
                _text(row, "toID", "toId", "to", "target"))  # fmt: skip
        if not all(ends):
            self.part.tally("edges without 'fromID' or 'toID', left out")
        elif ends[0] == ends[1]:
            self.part.note(
                f"an edge from {ends[0]!r} to itself is left out",
                line=self.nodes.line_of(ends[0]),
            )
        elif ends in self.nodes.edges:
            self._tally("edges that are listed again", ends[0])
        else:
            self.nodes.edges[ends] = None

    def _names(self) -> dict[str, str]:
        """The name of each participant by his number."""
        found: dict[str, str] = {}
        for row in self._rows("participants"):
            number = _text(row, "participantID", "personID", "id")
            name = _name(row)
            if number and name:
                found[number] = name
        return found

    def _saying(self, row: dict[str, Any], names: dict[str, str]) -> None:
        number = _text(row, "nodeID", "nodeId")
        node = self.nodes.nodes.get(number)
        if node is None:
            self._tally("locutions of nodes that are not there, left out", number)
            return
        person = _text(row, "personID", "participantID")
        name = _name(row) or names.get(person, "")
        start, said_on = _text(row, "start"), ""
        if start and not (said_on := read_moment(start)):
            self._tally("starts of locutions that are no dates, left out", number)
        saying = Saying(name, said_on, decoded(_text(row, "source")), person)
        if saying != Saying():
            self.nodes.sayings.setdefault(number, []).append(saying)

    def _tally(self, what: str, node: str) -> None:
        known = what in self.part.tallies
        self.part.tally(what, line=0 if known else self.nodes.line_of(node))


def _text(row: dict[str, Any], *keys: str) -> str:
    """The text or number under the first key that has one, as text."""
    value = row.get(keys[0])
    if type(value) is str and value:
        return value
    for key in keys:
        value = row.get(key)
        if isinstance(value, dict):  # an edge of OVA holds its nodes whole
            value = value.get("nodeID", value.get("id"))
        if isinstance(value, str):
            if value:
                return value
        elif isinstance(value, float) and value.is_integer():
            return str(int(value))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def _name(row: dict[str, Any]) -> str:
    parts = (_text(row, "firstname", "firstName", "name"), _text(row, "surname", "lastname"))
    return decoded(" ".join(part for part in parts if part))


def _lines(source: Source) -> Callable[[str], int]:
    """A function that tells the line of a node.

    The file is searched for the first nodes that are asked for, and indexed if there are many.
    """

    @cache
    def lines() -> dict[str, int]:
        text = source.text()
        ends = [match.start() for match in re.finditer("\n", text)]
        found: dict[str, int] = {}
        for match in _ID.finditer(text):
            name = match[1]
            if name.startswith('"'):
                try:
                    name = json.loads(name, strict=False)
                except ValueError:
                    continue
            found.setdefault(name, bisect_right(ends, match.start()) + 1)
        return found

    asked = 0

    def line_of(node: str) -> int:
        nonlocal asked
        asked += 1
        if asked <= _MOST_SEARCHES:
            place = source.data.find(b'"nodeID": %b' % json.dumps(node).encode())
            if place >= 0:
                return source.data.count(b"\n", 0, place) + 1
        return lines().get(node, 0)

    return line_of
