"""What the page of a big debate knows: the same as that of a smaller one, as columns, and areas."""

from __future__ import annotations

from typing import Any

from .areas import areas_of
from .boxes import NO_TOPIC
from .chart import Chart
from .columns import columns
from .data import PageData
from .judging import Judge
from .palette import link_styles

Plain = dict[str, Any]


def overview_data(chart: Chart, judge: Judge | None = None) -> Plain:
    """The data of the page, ready for JSON.

    Links without a name of their own have no ``id``; the page calls them by their kind and ends.
    Lines are the links, then the pairs, then the answers, in this order.
    """
    parts = PageData(chart, judge)
    claims = [
        {name: value for name, value in record.items() if name != "iri"}
        for record in parts.claims()
    ]
    links = [
        {n: v for n, v in record.items() if n != "unnamed" and not (n == "id" and unnamed)}
        for record in parts.link_records()
        for unnamed in [record.get("unnamed", False)]
    ]
    places = {topic: n for n, topic in enumerate(t for t in chart.topics if t != NO_TOPIC)}
    areas, sheet = areas_of(chart)
    return {
        **parts.surroundings(),
        "claimColumns": columns(claims),
        "linkColumns": columns(links),
        "pairLines": [
            [line.kind, line.line.premises[0], line.line.node]
            for line in chart.lines
            if line.link < 0
        ],
        "pairs": {},
        "styles": link_styles(),
        "sheet": list(sheet),
        "areas": [
            [places.get(a.topic, -1), a.left, a.top, a.width, a.height, a.rows] for a in areas
        ],
    }
