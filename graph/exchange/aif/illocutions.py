"""Illocutions: what YA-nodes tell about who says what.

A YA-node leads from a locution, or from the transition to one, to what is done by it. The force
decides: asserting, arguing, disagreeing and most others put something forward; agreeing and
conceding accept what another put forward, disagreeing with a claim rejects it; pure questions
and pure challenges put nothing forward.
"""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import Final, NamedTuple

from .locutions import Locutions
from .nodes import (
    CONFLICT,
    ILLOCUTION,
    INFERENCE,
    INFORMATION,
    LOCUTION,
    TRANSITION,
    Node,
    NodeSet,
    Saying,
    decoded,
    folded,
)


class Force(Enum):
    """What a locution does to its content."""

    PUTS_FORWARD = "puts forward"
    ACCEPTS = "accepts"
    REJECTS = "rejects"
    ASKS = "asks"
    CHALLENGES = "challenges"
    WITHDRAWS = "withdraws"
    OTHER = "other"


_FORCES: Final = {
    "agreeing": Force.ACCEPTS, "agree": Force.ACCEPTS, "conceding": Force.ACCEPTS,
    "popularconceding": Force.ACCEPTS, "conceded": Force.ACCEPTS, "accepting": Force.ACCEPTS,
    "endorsing": Force.ACCEPTS, "disagreeing": Force.REJECTS, "disagree": Force.REJECTS,
    "rejecting": Force.REJECTS, "denying": Force.REJECTS, "purequestioning": Force.ASKS,
    "questioning": Force.ASKS, "asking": Force.ASKS, "purechallenging": Force.CHALLENGES,
    "challenging": Force.CHALLENGES, "retracting": Force.WITHDRAWS,
    "withdrawing": Force.WITHDRAWS,
    **dict.fromkeys(
        ("", "ya", "asserting", "asserted", "assert", "stating", "arguing", "defaultillocuting",
         "illocuting", "assertivequestioning", "rhetoricalquestioning", "assertivechallenging",
         "rhetoricalchallenging", "restating", "rephrasing", "reporting", "quoting",
         "reportedspeech"),
        Force.PUTS_FORWARD,
    ),
}  # fmt: skip


_UNKNOWN: Final = [Saying()]


class Voice(NamedTuple):
    """Someone who says something; what is unknown is empty."""

    speaker: str
    words: str = ""
    said_on: str = ""
    document: str = ""
    reporters: tuple[str, ...] = ()


class Illocutions:
    """Who does what to which node, by the ids of nodes.

    `sources` and `targets` are the nodes before and after each node. `odd` has the ids of
    illocutions that were read with a grain of salt, or not, by what is odd about them; `idle` the
    locutions by which nothing is done.
    """

    def __init__(
        self, nodes: NodeSet, sources: dict[str, list[Node]], targets: dict[str, list[Node]]
    ) -> None:
        self.nodes = nodes
        self.sources = sources
        self.targets = targets
        self.by_force: dict[Force, dict[str, list[Voice]]] = {f: defaultdict(list) for f in Force}
        self.odd: dict[str, list[str]] = defaultdict(list)
        every = nodes.nodes.values()
        self._texts = {node.id: decoded(node.text) for node in every if node.kind == LOCUTION}
        self._names = Locutions(
            self._texts.values(),
            (one.speaker for many in nodes.sayings.values() for one in many if one.speaker),
        )
        self._spoken: dict[str, Voice] = {}
        self._reporters: dict[str, dict[str, None]] = defaultdict(dict)
        self.idle = dict.fromkeys(self._texts)
        acts = [node for node in every if node.kind == ILLOCUTION]
        for act in acts:
            self._find_reporters(act)
        for act in acts:
            self._read(act)

    def voices(self, force: Force, node: str) -> list[Voice]:
        """Those who do this to the node."""
        return self.by_force[force].get(node, [])

    def contents(self, locution: str) -> list[Node]:
        """The information that a locution puts forward, accepts or asks for."""
        return [
            target
            for act in self.targets.get(locution, ())
            if act.kind == ILLOCUTION
            for target in self.targets.get(act.id, ())
            if target.kind == INFORMATION
        ]

    def spoken(self, locution: str) -> Voice:
        """The speaker and the words of a locution."""
        if locution not in self._spoken:
            self._spoken[locution] = self._split(locution)
        voice, reporters = self._spoken[locution], self._reporters.get(locution)
        return voice._replace(reporters=tuple(reporters)) if reporters else voice

    def _split(self, locution: str) -> Voice:
        sayings = self.nodes.sayings.get(locution, _UNKNOWN)
        named = next((saying.speaker for saying in sayings if saying.speaker), "")
        speaker, words = self._names.split(self._texts[locution], named)
        return Voice(
            speaker or sayings[0].person,
            words,
            next((saying.said_on for saying in sayings if saying.said_on), ""),
            next((saying.document for saying in sayings if saying.document), ""),
        )

    def _find_reporters(self, act: Node) -> None:
        """Who reports the locutions to which the act leads."""
        for reported in self.targets.get(act.id, ()):
            if reported.kind != LOCUTION or not self._speaks_for_itself(reported.id):
                continue
            for reporting in self._locutions(act):
                if reporting == reported.id:
                    continue
                text = self._texts[reporting]
                named = next((s.speaker for s in self.nodes.sayings.get(reporting, ())), "")
                if name := self._names.reporter(text, named):
                    self._reporters[reported.id][name] = None

    def _speaks_for_itself(self, locution: str) -> bool:
        """Whether a locution says something, rather than being said by another."""
        return bool(self.spoken(locution).speaker) or any(
            target.kind != LOCUTION
            for act in self.targets.get(locution, ())
            if act.kind == ILLOCUTION
            for target in self.targets.get(act.id, ())
        )

    def _read(self, act: Node) -> None:
        force = _FORCES.get(folded(act.scheme), Force.OTHER)
        locutions = self._locutions(act)
        self._active(locutions)
        targets = self.targets.get(act.id, [])
        if not locutions or not targets:
            missing = "locution" if targets else "content"
            self.odd[f"illocutions (YA) without a {missing}, left out"].append(act.id)
            return
        if force is Force.OTHER:
            self.odd[f"illocutions {act.scheme!r}, read as putting something forward"].append(
                act.id
            )
            force = Force.PUTS_FORWARD
        for target in targets:
            meant = force
            if target.kind in (INFERENCE, CONFLICT) and force is Force.ACCEPTS:
                meant = Force.PUTS_FORWARD  # whoever agrees with a step makes it too
            elif target.kind == CONFLICT and force is Force.REJECTS:
                meant = Force.PUTS_FORWARD  # to disagree is to put forward a conflict
            elif target.kind == LOCUTION and self._speaks_for_itself(target.id):
                continue  # reported speech
            voices = [self.spoken(locution) for locution in locutions]
            self.by_force[meant][target.id] += voices
            self._active([target.id])

    def _active(self, locutions: list[str]) -> None:
        for locution in locutions:
            self.idle.pop(locution, None)

    def _locutions(self, act: Node) -> list[str]:
        """The locutions by which something is done: of a transition, the one it leads to."""
        found: dict[str, None] = {}
        for source in self.sources.get(act.id, ()):
            if source.kind == LOCUTION:
                found[source.id] = None
            elif source.kind == TRANSITION:
                ends = [n for n in self.targets.get(source.id, ()) if n.kind == LOCUTION]
                starts = [n for n in self.sources.get(source.id, ()) if n.kind == LOCUTION]
                found.update((node.id, None) for node in ends or starts)
        return list(found)
