"""xAIF: a node set under ``AIF``, beside what OVA and argument mining services keep with it.

Source: the xAIF documentation, https://github.com/arg-tech/xaif.
"""

from __future__ import annotations

import html

from ...debate import Debate
from ..exporting import Export
from ..part import Part
from ..source import Source
from . import database
from .composing import composed
from .nodes import LOCUTION, Node


def recognises(source: Source) -> bool:
    """Whether the file is JSON with a node set under ``AIF``."""
    return b'"AIF"' in source.data and database.recognises(source)


def read(source: Source, part: Part) -> None:
    """Read the node set into the part; raises as reading AIF JSON does."""
    database.read(source, part)


def write(debate: Debate) -> Export:
    """The debate as xAIF; its text is that of its locutions, each marked with their node."""
    nodes, losses = composed(debate)
    value = database.as_value(nodes) | {"schemefulfillments": None, "descriptorfulfillments": None}
    spoken = [node for node in nodes.nodes.values() if node.kind == LOCUTION]
    text = "<br><br>".join(_marked(node) for node in spoken)
    ova = {"firstname": "", "surname": "", "url": "", "nodes": [], "edges": []}
    whole = {"AIF": value, "OVA": ova, "dialog": bool(spoken), "text": {"txt": text}}
    return Export({"": database.as_bytes(whole)}, losses)


def _marked(node: Node) -> str:
    words, number = html.escape(html.unescape(node.text)), html.escape(node.id)
    return f'<span class="highlighted" id="{number}">{words}</span>'
