"""What the page of a big debate knows: the same as that of a smaller one, as columns, and areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from .areas import areas_of
from .boxes import NO_TOPIC
from .chart import Chart
from .columns import columns
from .data import PageData
from .judging import Judge
from .palette import HEADS, link_styles

Plain = dict[str, Any]


def overview_data(chart: Chart, judge: Judge | None = None) -> Plain:
    """The data of the page, ready for JSON.

    Claims whose IRI is the ``namespace`` and their ``id`` have no ``iri``. Links without a name of
    their own have no ``id``; the page calls them by their kind and ends. Lines are the links, then
    the pairs, then the answers, in this order. Points and audiences are for maps of fewer claims.
    """
    parts = PageData(chart, judge)
    records = parts.claims()
    base = _namespace(records)
    claims = [
        {n: v for n, v in record.items() if n != "iri" or v != base + record["id"]}
        for record in records
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
        "namespace": base,
        "claimColumns": columns(claims),
        "linkColumns": columns(links),
        "pairLines": [
            [line.kind, line.line.premises[0], line.line.node]
            for line in chart.lines
            if line.link < 0
        ],
        "pairs": {},
        "audiences": [],
        "points": [],
        "styles": link_styles(),
        "heads": HEADS,
        "sheet": list(sheet),
        "areas": [
            [places.get(a.topic, -1), a.left, a.top, a.width, a.height, a.rows] for a in areas
        ],
    }


def _namespace(records: Sequence[Plain]) -> str:
    """What stands before the name in most claims' IRIs."""
    starts = Counter(
        record["iri"].removesuffix(record["id"])
        for record in records
        if record["iri"].endswith(record["id"])
    )
    return min(starts, key=lambda start: (-starts[start], start), default="")
