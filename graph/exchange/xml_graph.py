"""The debate as a networkx graph that XML can hold: what GraphML and GEXF are written from.

The graph is that of `conversion.to_networkx`. Lists become texts joined by semicolons, and
characters that XML 1.0 cannot write become replacement characters.
"""

from __future__ import annotations

import re
from typing import Any, Final

from ..conversion import to_networkx
from ..debate import Debate

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""

KEPT: Final = (
    "speakers", "questions", "topics", "texts of claims", "strengths of claims",
    "strengths of links", "schemes", "speakers of links", "restatements", "contradictions",
    "qualifications", "titles of the debate",
    "that a claim is evidence", "that a claim is a recommendation", "that a claim needs backing",
    "that a support is one by evidence",
)  # fmt: skip
"""What the graph says of a debate, in the words of `losses`."""


def document(text: str) -> bytes:
    """The bytes of an XML document whose root element is this text."""
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n".encode()


def plain_graph(debate: Debate) -> Any:
    """The networkx graph with values that XML can hold; a label on each node for the viewers."""
    graph = to_networkx(debate)
    graph.graph = {name: _text(value) for name, value in graph.graph.items()}
    for iri, attributes in graph.nodes(data=True):
        attributes["label"] = attributes["name"]
        attributes.update({name: _text(value) for name, value in attributes.items()})
        assert not _NO_XML.search(iri)
    for _start, _end, attributes in graph.edges(data=True):
        attributes["label"] = attributes["kind"]
        attributes.update({name: _text(value) for name, value in attributes.items()})
    return graph


def _text(value: Any) -> Any:
    if isinstance(value, tuple):
        value = "; ".join(value)
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
