"""The ideal and the eager extension of a piece: the boldest positions that nobody can fault.

The ideal extension is the largest admissible set inside every preferred extension, the eager one
the largest admissible set inside every semi-stable extension.

Source: Dung, Mancarella, Toni, "Computing ideal sceptical argumentation", Artificial Intelligence
171, 2007; a set is ideal iff it is admissible and no attacker of it is in any admissible set:
Dunne, "The computational complexity of ideal semantics", Artificial Intelligence 173, 2009; eager:
Caminada, "Comparing two unique extension semantics for formal argumentation", BNAIC 2007.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

import numpy as np

from .framework import Framework, Mask, Semantics
from .reduction import open_search
from .satisfying import Deadline
from .search import ExtensionSearch, Members


def ideal_members(framework: Framework, deadline: Deadline) -> Members:
    """The ideal extension, ascending; from one search for all that is credulously accepted."""
    credulous: set[int] = set()
    with ExtensionSearch(framework, None, deadline) as search:
        search.union(credulous)
    return ideal_within(framework, credulous)


def ideal_within(framework: Framework, credulous: AbstractSet[int]) -> Members:
    """The ideal extension, given all arguments that are in some admissible set."""
    accepted = _mask(framework, credulous)
    return largest_admissible(framework, accepted & ~framework.attacked_from(accepted))


def eager_members(framework: Framework, deadline: Deadline) -> Members:
    """The eager extension, ascending."""
    with open_search(framework, Semantics.SEMI_STABLE, deadline) as search:
        sceptical = set(search.find() or ())
        search.intersection(sceptical)
    return largest_admissible(framework, _mask(framework, sceptical))


def largest_admissible(framework: Framework, candidates: Mask) -> Members:
    """The largest admissible set inside a conflict-free one, ascending.

    What the rest does not defend is dropped, until all is defended. O(arguments + attacks).
    """
    kept = candidates.copy()
    starts, attacked = framework.attacked_starts.data, framework.attacked.data
    counter = np.bincount(framework.targets[kept[framework.sources]], minlength=framework.size)
    unanswered = np.flatnonzero(counter == 0).tolist()
    left, keeping = counter.data, kept.data
    while unanswered:
        foe = unanswered.pop()
        for place in range(starts[foe], starts[foe + 1]):
            dropped = attacked[place]
            if not keeping[dropped]:
                continue
            keeping[dropped] = False
            for other in range(starts[dropped], starts[dropped + 1]):
                left[attacked[other]] -= 1
                if not left[attacked[other]]:
                    unanswered.append(attacked[other])
    return tuple(np.flatnonzero(kept).tolist())


def _mask(framework: Framework, members: Iterable[int]) -> Mask:
    mask = np.zeros(framework.size, dtype=np.bool_)
    mask[list(members)] = True
    return mask
