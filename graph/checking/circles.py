"""Circles in a relation that should have none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def circles(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Circles without a common node, as many as are needed to leave none; each from its least node.

    Deterministic. Linear in the number of edges, apart from sorting them.
    """
    after: dict[str, list[str]] = defaultdict(list)
    before: dict[str, list[str]] = defaultdict(list)
    for start, end in sorted(set(edges)):
        after[start].append(end)
        before[end].append(start)
    open_ends = {node: len(after[node]) for node in (*after, *before)}
    gone: set[str] = set()

    def remove(nodes: Iterable[str]) -> None:
        """Take nodes out, and then every node from which no way leads on."""
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node not in gone:
                gone.add(node)
                for earlier in before[node]:
                    open_ends[earlier] -= 1
                    if not open_ends[earlier]:
                        waiting.append(earlier)

    remove([node for node, count in open_ends.items() if not count])
    found = []
    for first in sorted(open_ends):
        if first in gone:
            continue
        way: dict[str, None] = {}
        node = first
        while node not in way:
            way[node] = None
            node = next(later for later in after[node] if later not in gone)
        walked = list(way)
        circle = walked[walked.index(node) :]
        least = circle.index(min(circle))
        found.append(circle[least:] + circle[:least])
        remove(circle)
    return sorted(found)
