"""GraphML, for yEd, Cytoscape, Gephi and the like. Source: http://graphml.graphdrawing.org."""

from __future__ import annotations

from ..debate import Debate
from .exporting import Export
from .losses import lost
from .xml_graph import KEPT, document, plain_graph


def write(debate: Debate) -> Export:
    """The debate as GraphML, written by networkx."""
    import networkx

    lines = networkx.generate_graphml(plain_graph(debate), named_key_ids=True)
    return Export({"": document("\n".join(lines))}, lost(debate, *KEPT))
