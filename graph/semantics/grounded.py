"""The grounded labelling, in linear time, and the labelling that a given set induces.

A label is `IN` (1), `OUT` (-1) or `UNDECIDED` (0). The grounded labelling accepts what nobody
attacks, rejects what that attacks, and so on: it says only what must be said.

Source: Dung 1995, definition 20; labellings: Caminada, "On the issue of reinstatement in
argumentation", JELIA 2006; the algorithm is that of Modgil and Caminada, "Proof theories and
algorithms for abstract argumentation frameworks", 2009, with counters instead of scans.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import run_loop, worth_compiling
from .framework import (
    IN,
    NARROW,
    OUT,
    UNDECIDED,
    Framework,
    IntArray,
    Labels,
    Mask,
    distinct,
    rows_of,
)


def grounded_labelling(framework: Framework, assumed: IntArray | None = None) -> Labels:
    """The grounded label of every argument.

    With `assumed`, an admissible set: the least complete labelling that accepts that set.
    O(arguments + attacks); chains of any length.
    """
    labels: Labels = np.zeros(framework.size, dtype=np.int8)
    open_attackers = np.bincount(framework.targets, minlength=framework.size).astype(np.int32)
    first = open_attackers == 0
    if assumed is not None:
        first[assumed] = True
    queue = np.empty(framework.size, dtype=np.int32)
    tail = int(np.count_nonzero(first))
    queue[:tail] = np.flatnonzero(first)
    labels[first] = IN

    work = framework.size + framework.attack_count
    widest = framework.size if worth_compiling(work) else NARROW
    rows = (framework.attacked_starts, framework.attacked)
    state = (open_attackers, labels, queue)
    head = 0
    while head < tail:
        if tail - head <= widest:
            head, tail = run_loop(_label_one_by_one, rows, state, head, tail, widest, work=work)
        else:
            found = _label_together(framework, open_attackers, labels, queue[head:tail])
            head, tail = tail, tail + found.size
            queue[head:tail] = found
    return labels


def labelling_of(framework: Framework, members: IntArray) -> Labels:
    """The labelling that a conflict-free set induces: IN the set, OUT what it attacks."""
    labels: Labels = np.zeros(framework.size, dtype=np.int8)
    accepted: Mask = np.zeros(framework.size, dtype=np.bool_)
    accepted[members] = True
    labels[framework.attacked_from(accepted)] = OUT
    labels[accepted] = IN
    return labels


def _label_together(
    framework: Framework, open_attackers: IntArray, labels: Labels, accepted: IntArray
) -> IntArray:
    """Label what follows from newly accepted arguments; returns those accepted next."""
    starts, attacked = framework.attacked_starts, framework.attacked
    hit = attacked[rows_of(starts, accepted)]
    rejected = distinct(hit[labels[hit] == UNDECIDED])
    labels[rejected] = OUT
    relieved = attacked[rows_of(starts, rejected)]
    np.subtract.at(open_attackers, relieved, 1)
    free = distinct(relieved[(open_attackers[relieved] == 0) & (labels[relieved] == UNDECIDED)])
    labels[free] = IN
    return free


def _label_one_by_one(rows: Any, state: Any, head: int, tail: int, widest: int) -> tuple[int, int]:
    """Drain the queue of accepted arguments; stop when more than `widest` are waiting."""
    starts, attacked = rows
    open_attackers, labels, queue = state
    while head < tail and tail - head <= widest:
        accepted = queue[head]
        head += 1
        for i in range(starts[accepted], starts[accepted + 1]):
            rejected = attacked[i]
            if labels[rejected] == UNDECIDED:
                labels[rejected] = OUT
                for j in range(starts[rejected], starts[rejected + 1]):
                    relieved = attacked[j]
                    open_attackers[relieved] -= 1
                    if open_attackers[relieved] == 0 and labels[relieved] == UNDECIDED:
                        labels[relieved] = IN
                        queue[tail] = relieved
                        tail += 1
    return head, tail
