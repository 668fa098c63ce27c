"""SADFace JSON: atoms joined by inferences and conflicts, with the resources they come from.

Its graph is that of AIF: an atom is an I-node, an inference an RA-node, a conflict a CA-node. Older
files call both kinds of step ``scheme`` and tell them apart by name. The passages that an atom was
taken from become quotes; nobody is named but the analyst, who only drew the graph.
Source: https://github.com/Open-Argumentation/SADFace.
"""

from __future__ import annotations

from typing import Any, Final

from ..model import Quote
from .aif.nodes import CONFLICT, INFERENCE, INFORMATION, Node, NodeSet, folded, scheme_of
from .aif.reading import read_nodes
from .part import Part
from .source import Source

_KINDS: Final = {"atom": INFORMATION, "inference": INFERENCE, "conflict": CONFLICT}
_CONFLICTS: Final = frozenset({"attack", "conflict", "disagree", "defeat", "rebut", "undercut"})


def recognises(source: Source) -> bool:
    """Whether the file has nodes of type atom and edges as SADFace calls them."""
    return b'"atom"' in source.data and b'"source_id"' in source.data


def read(source: Source, part: Part) -> None:
    """Read a document into the part.

    Raises:
        InputError: it is no JSON, or no SADFace document.
    """
    document = source.json()
    if not isinstance(document, dict) or not isinstance(document.get("nodes"), list):
        source.fail("a SADFace document is an object with a list of nodes", line=1, column=1)
    part.title = _core(document).get("title") or source.stem
    part.description = _core(document).get("description") or ""
    nodes = NodeSet()
    atoms = [node for node in _records(document, "nodes", part) if _add(nodes, node, part)]
    for edge in _records(document, "edges", part):
        nodes.edges[_text(edge, "source_id"), _text(edge, "target_id")] = None
    read_nodes(nodes, part)
    resources = {_text(each, "id"): each for each in _records(document, "resources", part)}
    for atom in atoms:
        _quote(atom, resources, part)


def _core(record: dict[str, Any]) -> dict[str, str]:
    """The strings of ``metadata.core``."""
    metadata = record.get("metadata")
    core = metadata.get("core") if isinstance(metadata, dict) else None
    found = core if isinstance(core, dict) else {}
    return {key: value for key, value in found.items() if isinstance(value, str)}


def _records(document: dict[str, Any], name: str, part: Part) -> list[dict[str, Any]]:
    rows = document.get(name)
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if isinstance(rows, list) and len(found) < len(rows):
        part.note(f"entries of {name!r} that are no objects are left out: {len(rows) - len(found)}")
    return found


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else "" if value is None else str(value)


def _add(nodes: NodeSet, record: dict[str, Any], part: Part) -> bool:
    """Add a node; returns whether it is an atom."""
    name, sort = _text(record, "name"), folded(_text(record, "type"))
    kind = _KINDS.get(sort)
    if sort == "scheme":
        kind = CONFLICT if folded(name) in _CONFLICTS else INFERENCE
    if kind is None or not _text(record, "id"):
        part.note(f"a node of type {_text(record, 'type')!r} is left out")
        return False
    scheme = "" if kind == INFORMATION or folded(name) in _CONFLICTS else scheme_of(kind, name)
    nodes.add(Node(_text(record, "id"), kind, _text(record, "text"), scheme))
    return kind == INFORMATION


def _quote(atom: dict[str, Any], resources: dict[str, dict[str, Any]], part: Part) -> None:
    """Add the passages that an atom was taken from."""
    quotes = []
    for passage in _records(atom, "sources", part):
        resource = resources.get(_text(passage, "resource_id"), {})
        core = _core(resource)
        title = core.get("title") or _text(passage, "resource_id")
        if words := _text(passage, "text").strip():
            document = part.document(title, url=core.get("url", "")) if title else ""
            quotes.append(Quote(words, document=document))
    if quotes:
        part.claim(_text(atom, "id"), _text(atom, "text").strip(), quotes=tuple(quotes))
