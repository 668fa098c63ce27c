"""GEXF, the format of Gephi. Source: https://gexf.net."""

from __future__ import annotations

import re
from typing import Final

from ..debate import Debate
from .exporting import Export
from .losses import lost
from .xml_graph import KEPT, document, plain_graph

_CLOCK: Final = re.compile(' lastmodifieddate="[^"]*"')


def write(debate: Debate) -> Export:
    """The debate as GEXF 1.2, written by networkx, without the time of writing."""
    import networkx

    lines = networkx.generate_gexf(plain_graph(debate))
    return Export({"": document(_CLOCK.sub("", "\n".join(lines)))}, lost(debate, *KEPT))
