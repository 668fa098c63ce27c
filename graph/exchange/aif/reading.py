"""Reading AIF: what a node set says, in claims, links, questions, stances and who holds them.

Information is a claim; a question, if locutions only ask for it. An inference is a support, a
conflict a rebuttal, or an undercut where it ends on a step; a rephrase is a restatement, or an
answer where it ends on a question.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Final

from ...model import Quote, Stance
from ...terms import LINK_IRI, LinkKind
from ..part import Part
from .illocutions import Force, Illocutions, Voice
from .nodes import (
    CONFLICT,
    ILLOCUTION,
    INFERENCE,
    INFORMATION,
    LOCUTION,
    LOGICAL_CONFLICT,
    PREFERENCE,
    REPHRASE,
    SCHEME_NODES,
    TRANSITION,
    Node,
    NodeSet,
    decoded,
    folded,
)

_STEPS: Final = {INFERENCE: LinkKind.SUPPORT, CONFLICT: LinkKind.REBUTTAL}
_WITHOUT_COUNTERPART: Final = {
    PREFERENCE: "preferences (PA), which have no counterpart",
    TRANSITION: "transitions between locutions (TA), which are not kept",
}
_NOT_KEPT: Final = {
    Force.ASKS: "pure questions about",
    Force.CHALLENGES: "pure challenges of",
    Force.WITHDRAWS: "withdrawals of",
    Force.REJECTS: "rejections of",
}
_SENSELESS: Final = frozenset(
    {
        (INFORMATION, ILLOCUTION),
        (INFORMATION, INFORMATION),
        (INFORMATION, LOCUTION),
        (INFORMATION, TRANSITION),
        (LOCUTION, INFORMATION),
        (LOCUTION, LOCUTION),
        (ILLOCUTION, ILLOCUTION),
        (ILLOCUTION, TRANSITION),
        (ILLOCUTION, PREFERENCE),
        (TRANSITION, INFORMATION),
    }
)
"""Edges that mean nothing; what others mean is told by the nodes they touch."""


def read_nodes(nodes: NodeSet, part: Part) -> None:
    """Read a node set into a part; nodes of the same id in several sets are one."""
    _Reading(nodes, part).read()


class _Reading:
    def __init__(self, nodes: NodeSet, part: Part) -> None:
        self.nodes = nodes
        self.part = part
        self.sources: dict[str, list[Node]] = defaultdict(list)
        self.targets: dict[str, list[Node]] = defaultdict(list)
        self._join()
        self.acts = Illocutions(nodes, self.sources, self.targets)
        self.steps = [node for node in nodes.nodes.values() if node.kind in _STEPS]
        self.rephrases = [node for node in nodes.nodes.values() if node.kind == REPHRASE]
        self.questions: dict[str, str] = {}
        self.answers: dict[str, dict[str, None]] = defaultdict(dict)
        self.claims: dict[str, Node] = {}
        self.speaker_keys: dict[str, str] = {}

    def read(self) -> None:
        """Read everything, questions before the claims that answer them."""
        self._claims_and_questions()
        for rephrase in self.rephrases:
            self._rephrase(rephrase)
        for claim in self.claims.values():
            self._claim(claim)
        contradictions = self._contradictions()
        for step in self.steps:
            if step.id not in contradictions:
                self._step(step)
        self._leftovers()

    # -- nodes ------------------------------------------------------------------------------

    def _join(self) -> None:
        """Find the nodes before and after each node."""
        nodes, sources, targets = self.nodes.nodes, self.sources, self.targets
        for source, target in self.nodes.edges:
            start, end = nodes.get(source), nodes.get(target)
            if start is None or end is None:
                missing = source if start is None else target
                self.part.note(
                    f"an edge from {source!r} to {target!r} is left out: there is no node "
                    f"{missing!r}",
                    line=self.nodes.line_of(source) or self.nodes.line_of(target),
                )
            elif (start.kind, end.kind) in _SENSELESS:
                self._tally(f"edges from {start.kind} to {end.kind} nodes, left out", source)
            else:
                sources[target].append(start)
                targets[source].append(end)

    def _claims_and_questions(self) -> None:
        """Sort the nodes with a text into claims and questions."""
        for node in self.nodes.nodes.values():
            if node.kind == INFORMATION:
                if self._is_only_asked(node):
                    self.questions[node.id] = self.part.question(decoded(node.text))
                    self._tally("who asks a question (pure questioning)", node.id)
                else:
                    self.claims[node.id] = node
        for force in (Force.PUTS_FORWARD, Force.ACCEPTS, Force.REJECTS):
            for content in self.acts.by_force[force]:
                if self.nodes.nodes[content].kind == LOCUTION:
                    self._add_claim(content)
        for step in (*self.steps, *self.rephrases):
            for ends in (self.sources[step.id], self.targets[step.id]):
                alone = not any(end.kind == INFORMATION for end in ends)
                for end in ends:
                    if end.kind == LOCUTION and alone and not self.acts.contents(end.id):
                        self._add_claim(end.id)

    def _add_claim(self, locution: str) -> None:
        """Take a locution that is argued about as the claim that it makes."""
        if locution not in self.claims:
            self.claims[locution] = self.nodes.nodes[locution]
            self._tally("locutions (L) that are argued about, read as claims", locution)

    def _is_only_asked(self, node: Node) -> bool:
        neighbours = (*self.sources[node.id], *self.targets[node.id])
        return (
            bool(self.acts.voices(Force.ASKS, node.id))
            and not any(
                self.acts.voices(force, node.id)
                for force in (Force.PUTS_FORWARD, Force.ACCEPTS, Force.REJECTS)
            )
            and not any(neighbour.kind in _STEPS for neighbour in neighbours)
            and bool(decoded(node.text))
            and node.id not in self.nodes.sayings
        )

    def _claim(self, node: Node) -> None:
        voices = list(self.acts.voices(Force.PUTS_FORWARD, node.id))
        text = decoded(node.text)
        if node.kind == LOCUTION:
            own = self.acts.spoken(node.id)
            text = own.words or text
            voices.append(own)
        elif sayings := self.nodes.sayings.get(node.id):
            voices += [Voice(saying.person, said_on=saying.said_on) for saying in sayings]
        key = self.part.claim(
            node.id,
            text,
            language=node.language,
            questions=tuple(self.answers.get(node.id, ())),
            quotes=tuple(dict.fromkeys(q for voice in voices for q in self._quotes(voice, text))),
            **self._said_by(voices),
        )
        for force in (Force.ACCEPTS, Force.REJECTS):
            for voice in self.acts.voices(force, node.id):
                if not voice.speaker:
                    self._tally("stances without a speaker, left out", node.id)
                    continue
                self.part.stances.append(
                    Stance(
                        self._speaker(voice.speaker),
                        key,
                        force is Force.ACCEPTS,
                        voice.said_on,
                        quotes=self._quotes(voice, text),
                    )
                )

    # -- steps ------------------------------------------------------------------------------

    def _step(self, step: Node) -> None:
        """A support, rebuttal or undercut for each thing that the step ends on."""
        premises = self._ends(step, self.sources[step.id])
        ends = [
            (_STEPS[step.kind], self.part.claim_key(end))
            for end in self._ends(step, self.targets[step.id])
        ]
        for end in self.targets[step.id]:
            if end.kind in _STEPS and step.kind == CONFLICT:
                ends.append((LinkKind.UNDERCUT, self.part.link_key(end.id)))
            elif end.kind in SCHEME_NODES:
                self._tally(f"ends of {step.kind} nodes on {end.kind} nodes, left out", step.id)
        if not premises or not ends:
            missing = "premise" if not premises else "conclusion"
            self.part.note(
                f"{step.kind} {step.id!r} is left out: it has no {missing}",
                line=self.nodes.line_of(step.id),
            )
            return
        said_by = self._said_by(self._step_voices(step))
        if len(ends) > 1:
            self._tally(f"{step.kind} nodes with several conclusions, a link for each", step.id)
        keys = [self.part.claim_key(premise) for premise in premises]
        for number, (kind, end_key) in enumerate(ends, 1):
            self.part.link(
                kind,
                keys,
                end_key,
                self._link_name(step, number),
                scheme=step.scheme,
                **said_by,
            )

    def _link_name(self, step: Node, number: int) -> str:
        """The name of a link; none for one that had none before it was exported from here."""
        if step.id.startswith(LINK_IRI) and not any(
            source.kind == CONFLICT for source in self.sources[step.id]
        ):
            return ""
        return step.id if number == 1 else f"{step.id}-{number}"

    def _step_voices(self, step: Node) -> list[Voice]:
        voices = list(self.acts.voices(Force.PUTS_FORWARD, step.id))
        sayings = self.nodes.sayings.get(step.id, ())
        return voices + [Voice(saying.person, said_on=saying.said_on) for saying in sayings]

    def _ends(self, step: Node, ends: list[Node]) -> list[str]:
        """The claims on which a step starts or ends."""
        found: dict[str, None] = {}
        for end in ends:
            if end.id in self.claims or end.id in self.questions:
                found[end.id] = None
            elif end.kind == LOCUTION:
                contents = [node.id for node in self.acts.contents(end.id)]
                found.update((content, None) for content in contents if content in self.claims)
                if not contents:
                    self._tally(
                        f"locutions (L) at an end of {step.kind} nodes beside claims, left out",
                        step.id,
                    )
        return list(found)

    def _contradictions(self) -> set[str]:
        """Join claims that are in logical conflict both ways; returns the nodes that say so."""
        waiting: dict[tuple[str, str], str] = {}
        found: set[str] = set()
        for step in self.steps:
            if folded(step.scheme) not in (folded(LOGICAL_CONFLICT), "contradiction"):
                continue
            ends = (*self.sources[step.id], *self.targets[step.id])
            if len(ends) != 2 or not all(end.id in self.claims for end in ends):
                continue
            first, second = (end.id for end in ends)
            if (second, first) in waiting:
                found |= {step.id, waiting.pop((second, first))}
                self.part.contradictions.append(
                    (self.part.claim_key(second), self.part.claim_key(first))
                )
            else:
                waiting[first, second] = step.id
        return found

    def _rephrase(self, rephrase: Node) -> None:
        starts = self._ends(rephrase, self.sources[rephrase.id])
        ends = self._ends(rephrase, self.targets[rephrase.id])
        if any(end.kind in SCHEME_NODES for end in self.targets[rephrase.id]):
            self._tally("ends of MA nodes on other scheme nodes, left out", rephrase.id)
        if not starts or not ends:
            missing = "nothing that rephrases" if not starts else "nothing that is rephrased"
            self.part.note(
                f"MA {rephrase.id!r} is left out: it has {missing}",
                line=self.nodes.line_of(rephrase.id),
            )
        if self.acts.voices(Force.PUTS_FORWARD, rephrase.id):
            self._tally("who makes a rephrase (MA)", rephrase.id)
        if rephrase.scheme:
            self._tally("schemes of rephrases (MA)", rephrase.id)
        for start in starts:
            for end in ends:
                asked = [node for node in (start, end) if node in self.questions]
                if len(asked) == 2:
                    self._tally("questions that rephrase a question", rephrase.id)
                elif asked:
                    answer = start if asked == [end] else end
                    self.answers[answer][self.questions[asked[0]]] = None
                else:
                    self.part.restatements.append(
                        (self.part.claim_key(start), self.part.claim_key(end))
                    )

    # -- who says it ------------------------------------------------------------------------

    def _said_by(self, voices: list[Voice]) -> dict[str, object]:
        """Who puts something forward, who reports it, and when it was first said."""
        days = sorted({voice.said_on for voice in voices if voice.said_on})
        return {
            "speakers": tuple(
                dict.fromkeys(self._speaker(voice.speaker) for voice in voices if voice.speaker)
            ),
            "reporters": tuple(
                dict.fromkeys(self._speaker(name) for voice in voices for name in voice.reporters)
            ),
            "said_on": days[0] if days else "",
        }

    def _speaker(self, label: str) -> str:
        if label not in self.speaker_keys:
            self.speaker_keys[label] = self.part.speaker(label)
        return self.speaker_keys[label]

    def _quotes(self, voice: Voice, text: str) -> tuple[Quote, ...]:
        """The words of a locution, unless they are those of the claim."""
        if not voice.words or voice.words == text:
            return ()
        named = voice.document and voice.document != self.part.source.stem
        document = self.part.document(voice.document) if named else self._document
        return (Quote(voice.words, document=document),)

    @cached_property
    def _document(self) -> str:
        """The analysed text, of which the node set is named; it may lie beside it."""
        text = self.part.source.path.with_suffix(".txt")
        return self.part.document(
            self.part.source.stem, file_name=text.name if text.is_file() else ""
        )

    # -- the rest ---------------------------------------------------------------------------

    def _tally(self, what: str, node: str) -> None:
        known = what in self.part.tallies
        self.part.tally(what, line=0 if known else self.nodes.line_of(node))

    def _leftovers(self) -> None:
        """Count what the nodes say that is not in the part."""
        for node in self.nodes.nodes.values():
            if node.kind in _WITHOUT_COUNTERPART:
                self._tally(_WITHOUT_COUNTERPART[node.kind], node.id)
        for what, acts in self.acts.odd.items():
            for act in acts:
                self._tally(what, act)
        for locution in self.acts.idle:
            if locution not in self.claims:
                self._tally("locutions (L) that put nothing forward, left out", locution)
        for force, what in _NOT_KEPT.items():
            for content in self.acts.by_force[force]:
                kind = self.nodes.nodes[content].kind
                if content not in self.questions and (force is not Force.REJECTS or kind in _STEPS):
                    self._tally(f"{what} {kind} nodes, which have no counterpart", content)
