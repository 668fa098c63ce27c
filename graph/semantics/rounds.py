"""In which round the grounded labelling settles each argument.

Unattacked arguments are settled in round 0; an argument is *out* one round after its first attacker
that is *in*, and *in* one round after its last attacker that is *out*.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .framework import IN, NARROW, OUT, Framework, distinct, rows_of


def settling_rounds(framework: Framework, labels: Sequence[int]) -> list[int]:
    """The round of each argument; undecided ones get ``framework.size``, more than any round.

    `labels` are the grounded labels. O(arguments + attacks).
    """
    starts, attacked = framework.attacked_starts, framework.attacked
    label = np.array(labels, dtype=np.int8)
    left = np.diff(framework.attacker_starts)
    rounds = np.full(framework.size, framework.size, dtype=np.int64)
    rows = starts.data, attacked.data
    state = label.data, left.data, rounds.data
    current = np.flatnonzero(left == 0).tolist()
    number = 0
    rounds[current] = number
    while current:
        number += 1
        if len(current) <= NARROW:
            current = _following(rows, state, current, number)
            continue
        settled = np.array(current)
        hit = attacked[rows_of(starts, settled[label[settled] == IN])]
        relieved = attacked[rows_of(starts, settled[label[settled] == OUT])]
        np.subtract.at(left, relieved, 1)
        free = relieved[(left[relieved] == 0) & (label[relieved] == IN)]
        following = distinct(np.concatenate([hit, free]))
        current = following[rounds[following] > number].tolist()
        rounds[current] = number
    return rounds.tolist()


def _following(rows: Any, state: Any, current: list[int], number: int) -> list[int]:
    """The arguments settled in round `number`, because of those settled in the one before."""
    starts, attacked = rows
    label, left, rounds = state
    following = []
    for node in current:
        for target in attacked[starts[node] : starts[node + 1]]:
            if rounds[target] <= number:
                continue
            if label[node] == OUT:
                left[target] -= 1
                if left[target] or label[target] != IN:
                    continue
            rounds[target] = number
            following.append(target)
    return following
