"""What a grounded label relies on; what happens elsewhere cannot change it.

That an argument is in follows from all its attackers being out, that it is out from one attacker
being in, and so on down to arguments that nobody attacks: the facts on the way are a derivation. It
holds whatever labels are forced on arguments outside it. That an argument is *undecided* means that
neither can be derived: it is not in, since one attacker is not out, and not out, since no attacker
is in, and so on, in a circle if need be. Facts of this kind that account for each other cannot be
upset from outside either (an unfounded set, after Van Gelder, Ross & Schlipf 1991).

So a change that shares nothing with one such set of facts need not be tried. In debates the sets
are small, however much bears on the claim.
"""

from __future__ import annotations

from .flips import Labels, Shift
from .framework import IN, OUT, UNDECIDED


def relied_on(labels: Labels, aim: int, shift: Shift | None = None) -> set[tuple[int, int]]:
    """Pairs (argument, label): whatever changes the label of `aim` forces one of these.

    What is forced is in or out. With `shift`, the label of `aim` after that change, which further
    changes leave as it is: pairs are then about arguments that are not forced yet. Time is linear
    in the arguments of the pairs and their attackers.
    """
    shift = shift or Shift()
    label = shift.changed.get(aim, labels.labels[aim])
    # a fact is noted as the argument and the label that would upset it
    start = {IN: [OUT], OUT: [IN], UNDECIDED: [IN, OUT]}[label]
    facts = {(aim, upsetting) for upsetting in start if aim not in shift.forced}
    waiting = sorted(facts)
    while waiting:
        argument, upsetting = waiting.pop()
        if upsetting == OUT:
            below = [(attacker, IN) for attacker in labels.attackers_of(argument)]
        else:
            below = [(_upholding(labels, argument, label, shift, facts), OUT)]
        for fact in below:
            if fact not in facts and fact[0] not in shift.forced:
                facts.add(fact)
                waiting.append(fact)
    return facts


def _upholding(
    labels: Labels, argument: int, label: int, shift: Shift, facts: set[tuple[int, int]]
) -> int:
    """The attacker because of which `argument` is out, or not in if the aim is undecided.

    Preferred are attackers that are relied on already, then those with few attackers themselves.
    """
    best, fewest = -1, -1
    for attacker in labels.attackers_of(argument):
        theirs = shift.changed.get(attacker, labels.labels[attacker])
        if theirs == OUT:
            continue
        if label != UNDECIDED and (theirs != IN or not labels.rests_on(argument, attacker, shift)):
            continue
        if (attacker, OUT) in facts or attacker in shift.forced:
            return attacker
        count = len(labels.attackers_of(attacker))
        if best < 0 or count < fewest:
            best, fewest = attacker, count
    return best
