"""Composing: a debate as a node set of AIF, and what AIF cannot say of it.

What a claim or link is called is its id. Who says it becomes locutions, "Name : words", with an
illocution of asserting, arguing, agreeing or disagreeing; who reports it, locutions that put
forward the locution. The same debate always gives the same nodes in the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

from ...debate import Debate
from ...describing import is_plain
from ...model import Claim, Link, Quote
from ...terms import LINK_IRI, LinkKind, local_name
from ..losses import lost
from .nodes import (
    CONFLICT,
    ILLOCUTION,
    INFERENCE,
    INFORMATION,
    LOCUTION,
    LOGICAL_CONFLICT,
    REPHRASE,
    Node,
    NodeSet,
    Saying,
    encoded,
)

_ASSERTING: Final = "Asserting"
_ARGUING: Final = {INFERENCE: "Arguing", CONFLICT: "Disagreeing"}
_STANCES: Final = {True: "Agreeing", False: "Disagreeing"}
_KEPT: Final = (
    "quotes", "documents", "speakers", "questions", "stances", "texts of claims",
    "dates of claims", "dates of links", "schemes", "speakers of links", "restatements",
    "contradictions", "dates of stances", "quotes of stances", "reporters",
)  # fmt: skip


def composed(debate: Debate, *, languages: bool = False) -> tuple[NodeSet, tuple[str, ...]]:
    """The node set, and a sentence with a number for each sort of thing that it cannot say.

    `languages` tells whether the notation can say the language of a text.
    """
    composing = _Composing(debate)
    composing.compose()
    return composing.nodes, lost(debate, *_KEPT, *(("languages of claims",) if languages else ()))


class _Composing:
    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.ids = _ids(debate)
        self.nodes = NodeSet(iris={name: iri for iri, name in self.ids.items()})
        self.taken = set(self.ids.values())
        self.numbers: Counter[str] = Counter()
        self.labels = {speaker.iri: speaker.label for speaker in debate.speakers}
        self.titles = {document.iri: document.title for document in debate.documents}

        self.texts = dict(zip(debate.claim_iris, debate.claim_texts, strict=True))
        self.opposed = {
            frozenset(debate.claim_iris[number] for number in pair)
            for pair in debate.contradictions
        }

    def compose(self) -> None:
        """Make every node, claims first."""
        debate = self.debate
        questions = {
            question.iri: self._question(question.label, local_name(question.iri))
            for question in debate.questions
        }
        for claim in debate.claims:
            self._claim(claim)
            for question in claim.questions:
                self._add(REPHRASE, self.ids[claim.iri], "answers", targets=[questions[question]],
                          sources=[self.ids[claim.iri]])  # fmt: skip
        for number, link in enumerate(debate.links):
            if not self._is_implied(number, link):
                self._link(link)
        for first, second in debate.restatements:
            start, end = self._pair(first, second)
            self._add(REPHRASE, start, "restates", sources=[start], targets=[end])
        for first, second in sorted({tuple(sorted(pair)) for pair in debate.contradictions}):
            ends = self._pair(first, second)
            for start, end in (ends, ends[::-1]):
                self._add(CONFLICT, start, "contradicts", LOGICAL_CONFLICT, sources=[start],
                          targets=[end])  # fmt: skip
        for stance in debate.stances:
            for quote in stance.quotes or (Quote(self.texts[stance.claim]),):
                self._locution(
                    self.ids[stance.claim],
                    self.labels[stance.speaker],
                    quote,
                    stance.said_on,
                    _STANCES[stance.accepts],
                )

    def _claim(self, claim: Claim) -> None:
        node = self.ids[claim.iri]
        self.nodes.add(Node(node, INFORMATION, encoded(claim.text), language=claim.language))
        self._said(node, claim, claim.quotes, claim.text, _ASSERTING)

    def _link(self, link: Link) -> None:
        kind = CONFLICT if link.kind.attacks else INFERENCE
        node = self.ids[link.iri]
        self.nodes.add(
            Node(node, kind, scheme=link.scheme),
            [self.ids[premise] for premise in link.premises],
            [self.ids[link.conclusion]],
        )
        words = "; ".join(self.texts[premise] for premise in link.premises)
        self._said(node, link, (), words, _ARGUING[kind])

    def _is_implied(self, number: int, link: Link) -> bool:
        """Whether the link is a rebuttal that a contradiction says already."""
        return (
            link.kind is LinkKind.REBUTTAL
            and is_plain(link)
            and frozenset((*link.premises, link.conclusion)) in self.opposed
            and not self.debate.links_to[len(self.debate) + number]
        )

    def _question(self, label: str, name: str) -> str:
        node = self._fresh(name, "")
        self.nodes.add(Node(node, INFORMATION, encoded(label)))
        self._locution(node, "", Quote(label), "", "Pure Questioning")
        return node

    def _said(
        self, node: str, one: Claim | Link, quotes: Sequence[Quote], text: str, force: str
    ) -> None:
        """A locution for each speaker and each quote; the reporters report the first."""
        if not (one.speakers or quotes or one.reporters or one.said_on):
            return
        speakers = [self.labels[speaker] for speaker in one.speakers] or [""]
        first = ""
        for speaker, quote in zip_longest(speakers, quotes or (Quote(text),)):
            locution = self._locution(
                node,
                speakers[-1] if speaker is None else speaker,
                quote or Quote(text),
                one.said_on,
                force,
            )
            first = first or locution
        said = self.nodes.nodes[first].text
        for reporter in one.reporters:
            self._locution(first, self.labels[reporter], Quote(said), "", _ASSERTING, plain=True)

    def _locution(
        self, about: str, speaker: str, quote: Quote, said_on: str, force: str, *,
        plain: bool = False,
    ) -> str:  # fmt: skip
        """Someone's words, and what they do to a node; `plain` words are encoded already."""
        words = quote.exact if plain else encoded(quote.exact)
        locution = self._add(LOCUTION, about, "said", f"{encoded(speaker)} : {words}")
        saying = Saying(speaker, said_on, self.titles.get(quote.document, ""))
        if saying != Saying():
            self.nodes.sayings[locution] = [saying]
        self._add(ILLOCUTION, about, "act", force, sources=[locution], targets=[about])
        return locution

    def _add(
        self, kind: str, about: str, what: str, text: str = "", *,
        sources: Iterable[str] = (), targets: Iterable[str] = (),
    ) -> str:  # fmt: skip
        node = self._fresh(about, what)
        if kind == LOCUTION:
            return self.nodes.add(Node(node, kind, text))
        return self.nodes.add(Node(node, kind, scheme=text), sources, targets)

    def _pair(self, first: int, second: int) -> tuple[str, str]:
        iris = self.debate.claim_iris
        return self.ids[iris[first]], self.ids[iris[second]]

    def _fresh(self, about: str, what: str) -> str:
        """An id that no other node has, made from that of the node it is about."""
        wanted = f"{about}-{what}" if what else about
        name = wanted
        while name in self.taken:
            self.numbers[wanted] += 1
            name = f"{wanted}-{self.numbers[wanted] + 1}"
        self.taken.add(name)
        return name


def _ids(debate: Debate) -> dict[str, str]:
    """The id of each claim and link: what it was called where it comes from, else its name."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    counts = Counter(map(local_name, (*debate.claim_iris, *debate.link_iris)))
    records: tuple[Claim | Link, ...] = (*debate.claims, *debate.links)
    for record in records:
        short = local_name(record.iri)
        name = record.identifier or short
        if name in taken or record.iri.startswith(LINK_IRI) or counts[short] > 1:
            name = record.iri
        taken.add(name)
        found[record.iri] = name
    return found
