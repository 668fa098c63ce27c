"""In which round the grounded labelling settles each argument.

Unattacked arguments are settled in round 0; an argument is *out* one round after its first attacker
that is *in*, and *in* one round after its last attacker that is *out*.
"""

from __future__ import annotations

from collections.abc import Sequence

from .framework import IN, OUT, Framework


def settling_rounds(framework: Framework, labels: Sequence[int]) -> list[int]:
    """The round of each argument; undecided ones get ``framework.size``, more than any round.

    `labels` are the grounded labels. O(arguments + attacks).
    """
    size = framework.size
    starts: list[int] = framework.attacked_starts.tolist()
    attacked: list[int] = framework.attacked.tolist()
    ends: list[int] = framework.attacker_starts.tolist()
    left = [ends[node + 1] - ends[node] for node in range(size)]
    rounds = [size] * size
    current = [node for node in range(size) if not left[node]]
    number = 0
    while current:
        for node in current:
            rounds[node] = number
        number += 1
        following = []
        for node in current:
            for target in attacked[starts[node] : starts[node + 1]]:
                if rounds[target] <= number:
                    continue
                if labels[node] == IN:
                    rounds[target] = number
                    following.append(target)
                elif labels[node] == OUT:
                    left[target] -= 1
                    if not left[target] and labels[target] == IN:
                        rounds[target] = number
                        following.append(target)
        current = following
    return rounds
