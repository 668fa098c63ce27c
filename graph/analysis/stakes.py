"""Stakes: how many claims bear on a point or hang on it, for all points of a debate at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from ..debate import Debate
from ..semantics.effects import premises_by_link
from .condensing import BLOCK, Condensed, joined


def reached_counts(
    debate: Debate, groups: Sequence[Collection[int]], *, block: int = BLOCK
) -> list[int]:
    """For each group of claims, how many claims are in it, bear on it, or hang on it.

    A claim bears on another if a chain of links, of any kind, leads from it there (see
    `reach.bearing_on`); the other then hangs on it. `block` is how many claims are carried at a
    time. O(claims · links / block) steps on numbers of `block` bits.
    """
    condensed = _links_condensed(debate)
    counts = [0] * len(groups)
    of_groups = [condensed.components_of(group) for group in groups]
    for start in range(0, len(debate), block):
        claims = range(start, min(start + block, len(debate)))
        own = condensed.marked((claim, bit) for bit, claim in enumerate(claims))
        before, after = condensed.before(own), condensed.after(own)
        for number, components in enumerate(of_groups):
            counts[number] += (joined(before, components) | joined(after, components)).bit_count()
    return counts


def _links_condensed(debate: Debate) -> Condensed:
    """What leads where: premises to conclusions, by way of the link where that is undercut."""
    count = len(debate)
    of_premise, premises = premises_by_link(debate)
    ends = np.asarray(debate.link_conclusions, dtype=np.int64)
    undercut = np.unique(ends[ends >= count]) - count
    ends = np.where(ends < count, ends, count + np.searchsorted(undercut, ends - count))
    nodes = count + np.arange(len(undercut))
    into = ends.copy()
    into[undercut] = nodes
    return Condensed(
        count + len(undercut),
        np.concatenate([premises, nodes]),
        np.concatenate([into[of_premise], ends[undercut]]),
    )
