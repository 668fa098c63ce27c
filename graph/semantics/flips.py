"""Grounded labels after a small change, without labelling everything again.

Grounded labels follow the attacks from component to component: the label of a strongly connected
component depends on those before it alone (Baroni, Giacomin & Guida 2005, directionality). So a
forced label is followed through the components in topological order, and stops where nothing
changes. Inside a component only the arguments that the change may influence are labelled again
(in the manner of the influenced set of Alfano, Greco & Parisi 2017). The result is exact.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from .components import strong_components
from .framework import IN, OUT, UNDECIDED, Framework
from .grounded import grounded_labelling
from .rounds import settling_rounds


@dataclass(frozen=True, slots=True)
class Shift:
    """What follows from forced labels.

    `changed` has the labels that differ. `settled` has for every argument that was labelled again,
    changed or not, a number that is larger the later its label was settled in its component, and
    larger than all rounds of the framework as it was.
    """

    forced: Mapping[int, int] = field(default_factory=dict)
    changed: dict[int, int] = field(default_factory=dict)
    settled: dict[int, int] = field(default_factory=dict)


class Labels:
    """The grounded labels of a framework, ready for questions of the kind "and if this fell?"."""

    def __init__(self, framework: Framework) -> None:
        component, count = strong_components(framework)
        self.labels: list[int] = grounded_labelling(framework).tolist()
        self._rounds = settling_rounds(framework, self.labels)
        self._component: list[int] = component.tolist()
        self._attackers: list[int] = framework.attackers.tolist()
        self._attacker_starts: list[int] = framework.attacker_starts.tolist()
        self._attacked: list[int] = framework.attacked.tolist()
        self._attacked_starts: list[int] = framework.attacked_starts.tolist()
        self._sizes: list[int] = np.bincount(component, minlength=count).tolist()

    def after(self, forced: Mapping[int, int]) -> dict[int, int]:
        """The labels that differ once some arguments have the labels `forced`: node → label."""
        return self.shift(forced).changed

    def shift(self, forced: Mapping[int, int]) -> Shift:
        """All that follows once some arguments have the labels `forced`."""
        shift = Shift(forced)
        for _ in self._follow(shift):
            pass
        return shift

    def attackers_of(self, node: int) -> list[int]:
        """The arguments that attack `node`, ascending."""
        return self._attackers[self._attacker_starts[node] : self._attacker_starts[node + 1]]

    def rests_on(self, node: int, attacker: int, shift: Shift) -> bool:
        """Whether an attacker that is in was so before it was seen that `node` is out."""
        if self._component[attacker] != self._component[node]:
            return True
        theirs = shift.settled.get(attacker, self._rounds[attacker])
        return theirs <= shift.settled.get(node, self._rounds[node])

    def label_after(
        self, aim: int, forced: Mapping[int, int], memory: dict[tuple[int, int], int]
    ) -> int:
        """The label of `aim` once some arguments have the labels `forced`.

        Where the change runs through a single argument, what follows depends on that argument's
        new label alone. `memory` keeps what followed, for calls with the same `aim`; it makes all
        single changes along a chain cost as much as one.
        """
        shift = Shift(forced)
        changed = shift.changed
        passed: list[tuple[int, int]] = []
        result: int | None = None
        for narrow in self._follow(shift):
            if narrow is None or aim in changed:
                continue
            key = narrow, changed[narrow]
            if key in memory:
                result = memory[key]
                break
            passed.append(key)
        if result is None:
            result = changed.get(aim, self.labels[aim])
        memory.update(dict.fromkeys(passed, result))
        return result

    def _follow(self, shift: Shift) -> Iterator[int | None]:
        """Fill `shift`, component by component.

        Yields after each component that changed: the one argument on which all that follows
        depends, or nothing if there is more than one.
        """
        forced, changed = shift.forced, shift.changed
        first = len(self.labels) + 1
        seeds: dict[int, set[int]] = defaultdict(set)
        for node in forced:
            seeds[self._component[node]].add(node)
        waiting = sorted(seeds)
        while waiting:
            component = heapq.heappop(waiting)
            alone = not waiting
            last, count = -1, 0
            for node, label in self._relabelled(component, seeds[component], forced, changed):
                shift.settled[node] = first + len(shift.settled)
                if label == self.labels[node]:
                    continue
                changed[node] = label
                last, count = node, count + 1
                for target in self._attacked_by(node):
                    other = self._component[target]
                    if other == component:
                        continue
                    if other not in seeds:
                        heapq.heappush(waiting, other)
                    seeds[other].add(target)
            yield last if count == 1 and alone else None

    def _attacked_by(self, node: int) -> list[int]:
        return self._attacked[self._attacked_starts[node] : self._attacked_starts[node + 1]]

    def _relabelled(
        self,
        component: int,
        seeds: set[int],
        forced: Mapping[int, int],
        changed: Mapping[int, int],
    ) -> list[tuple[int, int]]:
        """New labels of the members of a component that the change may touch, through `seeds`.

        Those that are settled come in the order in which they are, before those that are undecided.
        """
        if self._sizes[component] == 1:
            (node,) = seeds
            return [(node, self._label_of(node, forced, changed))]
        inside = self._influenced(component, seeds, forced, changed)
        ready: list[tuple[int, int]] = []
        open_attackers: dict[int, int] = {}
        for node in sorted(inside):
            if node in forced:
                ready.append((node, forced[node]))
                continue
            attackers = self.attackers_of(node)
            outside = {changed.get(a, self.labels[a]) for a in attackers if a not in inside}
            if IN in outside:
                ready.append((node, OUT))
            # an attacker from outside that is not out never goes away: it keeps the count above 0
            open_attackers[node] = sum(a in inside for a in attackers) + bool(outside - {OUT})
            if not open_attackers[node]:
                ready.append((node, IN))
        return self._settled(sorted(inside), ready, open_attackers, forced)

    def _influenced(
        self,
        component: int,
        seeds: set[int],
        forced: Mapping[int, int],
        changed: Mapping[int, int],
    ) -> set[int]:
        """The members of a component whose labels the change may touch, among them any forced."""
        found = {s for s in seeds if s in forced or not self._holds(s, set(), changed)}
        waiting = list(found)
        while waiting:
            for target in self._attacked_by(waiting.pop()):
                if self._component[target] != component or target in found:
                    continue
                if not self._holds(target, found, changed):
                    found.add(target)
                    waiting.append(target)
        return found

    def _holds(self, node: int, influenced: set[int], changed: Mapping[int, int]) -> bool:
        """Whether a node keeps its label, whatever becomes of the influenced ones.

        It does if attackers that are not influenced account for the label: for *out*, one that is
        in and was settled no later, so that it does not depend on the node; for *in* and
        *undecided*, all of them.
        """
        attackers = self.attackers_of(node)
        if self.labels[node] == OUT:
            return any(
                changed.get(attacker, self.labels[attacker]) == IN
                and attacker not in influenced
                and (
                    self._component[attacker] != self._component[node]
                    or self._rounds[attacker] <= self._rounds[node]
                )
                for attacker in attackers
            )
        if any(attacker in influenced for attacker in attackers):
            return False
        labels = {changed.get(attacker, self.labels[attacker]) for attacker in attackers}
        return labels <= {OUT} if self.labels[node] == IN else max(labels, default=IN) == UNDECIDED

    def _settled(
        self,
        inside: list[int],
        ready: list[tuple[int, int]],
        open_attackers: dict[int, int],
        forced: Mapping[int, int],
    ) -> list[tuple[int, int]]:
        """The labels of a component once what is `ready` has been followed to the end."""
        labels = dict.fromkeys(inside, UNDECIDED)
        order: list[tuple[int, int]] = []
        while ready:
            node, label = ready.pop()
            if label == UNDECIDED or labels[node] != UNDECIDED:
                continue
            labels[node] = label
            order.append((node, label))
            for target in self._attacked_by(node):
                if target not in labels or target in forced or labels[target] != UNDECIDED:
                    continue
                if label == IN:
                    ready.append((target, OUT))
                    continue
                open_attackers[target] -= 1
                if not open_attackers[target]:
                    ready.append((target, IN))
        return order + [(node, UNDECIDED) for node in inside if labels[node] == UNDECIDED]

    def _label_of(self, node: int, forced: Mapping[int, int], changed: Mapping[int, int]) -> int:
        if node in forced:
            return forced[node]
        label = IN
        for attacker in self.attackers_of(node):
            theirs = changed.get(attacker, self.labels[attacker])
            if attacker == node:
                theirs = UNDECIDED  # a self-attacker is never in, and out only by another
            if theirs == IN:
                return OUT
            if theirs == UNDECIDED:
                label = UNDECIDED
        return label
