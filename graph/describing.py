"""From a `Debate` to descriptions of its nodes: the way back from `dissensus.graph.assembling`.

A description is a subject with its properties, in the order in which a person would write them.
`writing` sets descriptions as Turtle, `conversion` takes them apart into triples.

A link is described in the shortest spelling that says it all:

- one premise and nothing else to say: a triple of the premise (``:a d:rebuts :b``);
- several premises, an author, a strength …: a node, blank where the link has no name;
- a link without a name on which another link ends: a node with the IRI that `link_iri` makes,
  because an undercut has to name its target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from . import terms as t
from .debate import Debate
from .model import (
    DEFAULT_STRENGTH,
    Audience,
    Claim,
    Document,
    Label,
    Link,
    Question,
    Quote,
    Speaker,
    Stance,
    Topic,
    link_iri,
)


@dataclass(frozen=True, slots=True)
class Description:
    """A node and what is said of it; `node` is nothing for a blank node."""

    node: NamedNode | None
    properties: tuple[tuple[str, tuple[Term, ...]], ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """An RDF list."""

    members: tuple[NamedNode, ...]


Term: TypeAlias = NamedNode | Literal | Description | Collection


@dataclass(frozen=True, slots=True)
class Relations:
    """What a claim is to others, as a person writes it beside the claim; all are IRIs.

    `undercuts` names links, the others name claims. Field names are the local names of the
    properties, in the order of writing.
    """

    restates: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    evidence_for: tuple[str, ...] = ()
    rebuts: tuple[str, ...] = ()
    undercuts: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    qualifies: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The IRI of each property and the targets."""
        return ((_RELATION_IRIS[f.name], getattr(self, f.name)) for f in fields(self))


_RELATION_IRIS = {
    "restates": t.RESTATES,
    "supports": t.SUPPORTS,
    "evidence_for": t.EVIDENCE_FOR,
    "rebuts": t.REBUTS,
    "undercuts": t.UNDERCUTS,
    "contradicts": t.CONTRADICTS,
    "qualifies": t.QUALIFIES,
}
_LINK_FIELDS = {
    t.LinkKind.SUPPORT: "supports",
    t.LinkKind.EVIDENCE: "evidence_for",
    t.LinkKind.REBUTTAL: "rebuts",
    t.LinkKind.UNDERCUT: "undercuts",
}
_CLAIM_CLASSES = {kind: iri for iri, kind in t.CLAIM_CLASSES.items()}
_LINK_CLASSES = {kind: iri for iri, kind in t.LINK_CLASSES.items()}
_ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})?"
_DATES = {
    "date": re.compile(f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_ZONE}"),
    "dateTime": re.compile(f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9:.]{{8,}}{_ZONE}"),
    "gYearMonth": re.compile(f"[0-9]{{4}}-[0-9]{{2}}{_ZONE}"),
    "gYear": re.compile(f"[0-9]{{4}}{_ZONE}"),
}


def describe(debate: Debate) -> Iterator[Description]:
    """Every node of the debate, in an order that depends on nothing but the debate.

    First the debate itself, then what claims refer to (documents, speakers, questions, topics,
    values, audiences, options, criteria), then claims, links and stances, each by IRI. Linear in
    the size of the debate.

    Raises:
        ValueError: something that has to be an IRI is none.
    """
    yield from _describe_setting(debate)
    relations = _Relating(debate)
    for number in range(len(debate)):
        yield describe_claim(debate.claim_at(number), relations.of(number))
    for number in range(len(debate.link_iris)):
        if not relations.brief[number]:
            yield describe_link(debate.link_at(number), named=relations.is_target(number))
    for stance in debate.stances:
        if not _is_bare(stance):
            yield _describe_stance(stance)


def _describe_setting(debate: Debate) -> Iterator[Description]:
    """The debate itself and all that its claims refer to."""
    if debate.title or debate.description:
        yield _described(
            debate.prefixes.get("", "").rstrip("#/"),
            _iris(t.TYPE, [t.DEBATE]),
            _texts(t.LABEL, [debate.title]),
            _texts(t.COMMENT, [debate.description]),
        )
    bare: dict[str, list[Stance]] = {}
    for stance in filter(_is_bare, debate.stances):
        bare.setdefault(stance.speaker, []).append(stance)
    yield from map(describe_document, debate.documents)
    for speaker in debate.speakers:
        yield describe_speaker(speaker, bare.get(speaker.iri, ()))
    yield from map(describe_question, debate.questions)
    yield from map(describe_topic, debate.topics)
    for value in debate.values:
        yield _describe_label(t.VALUE, value)
    yield from map(_describe_audience, debate.audiences)
    for option in debate.options:
        yield _describe_label(t.OPTION, option)
    for criterion in debate.criteria:
        yield _describe_label(t.CRITERION, criterion)


class _Relating:
    """Which relations stand beside which claim of a debate."""

    def __init__(self, debate: Debate) -> None:
        self._debate = debate
        self._count = len(debate)
        self._pairs: dict[tuple[str, int], list[int]] = {}
        for field, pairs in (
            ("restates", debate.restatements),
            ("contradicts", debate.contradictions),
            ("qualifies", debate.qualifications),
        ):
            for first, second in pairs:
                self._pairs.setdefault((field, first), []).append(second)
        self._opposed = {frozenset(pair) for pair in debate.contradictions}
        self.brief = [self._is_brief(number) for number in range(len(debate.link_iris))]

    def is_target(self, link: int) -> bool:
        """Whether another link ends on this one."""
        return bool(self._debate.links_to[self._count + link])

    def of(self, claim: int) -> Relations:
        """The relations that are said in the description of this claim."""
        debate = self._debate
        found: dict[str, set[str]] = {}
        for number in debate.links_from[claim]:
            conclusion = debate.link_conclusions[number]
            if self.brief[number] and not self._follows(number):
                field = _LINK_FIELDS[t.LinkKind(debate.link_kinds[number])]
                found.setdefault(field, set()).add(debate.node_iri(conclusion))
        for field in ("restates", "contradicts", "qualifies"):
            if others := self._pairs.get((field, claim)):
                found[field] = {debate.claim_iris[other] for other in others}
        return Relations(**{field: tuple(sorted(iris)) for field, iris in found.items()})

    def _is_brief(self, number: int) -> bool:
        return is_plain(self._debate.link_at(number)) and not self.is_target(number)

    def _follows(self, number: int) -> bool:
        """Whether the link is a rebuttal that a contradiction says already."""
        debate = self._debate
        ends = {*debate.link_premises[number], debate.link_conclusions[number]}
        return debate.link_kinds[number] == t.LinkKind.REBUTTAL and ends in self._opposed


def is_plain(link: Link) -> bool:
    """Whether a triple says all there is to say of the link: one premise and no name."""
    minted = link_iri(link.kind, link.premises, link.conclusion)
    bare = Link(link.kind, link.premises, link.conclusion, link.iri)
    return len(link.premises) == 1 and link.iri in ("", minted) and link == bare


# -- one record ---------------------------------------------------------------------------------


def describe_claim(claim: Claim, relations: Relations | None = None) -> Description:
    """The description of a claim and of what it is to others."""
    wordings = [(claim.language, claim.text), *claim.translations]
    return _described(
        claim.iri,
        _iris(t.TYPE, [_CLAIM_CLASSES[claim.kind]]),
        (t.TEXT, tuple(_worded(text, language) for language, text in wordings)),
        _iris(t.ASSERTED_BY, claim.speakers),
        _iris(t.REPORTED_BY, claim.reporters),
        _date(claim.said_on),
        _texts(t.IDENTIFIER, [claim.identifier]),
        _iris(t.ANSWERS, claim.questions),
        _iris(t.ABOUT, claim.topics),
        _iris(t.PROMOTES, claim.values),
        _iris(t.SCOPE, claim.scopes),
        _iris(t.RATES, claim.options),
        _iris(t.BY, claim.criteria),
        _strength(claim.strength),
        (t.NEEDS_BACKING, (_typed("true", "boolean"),) if claim.needs_backing else ()),
        _quotes(claim.quotes),
        _texts(t.COMMENT, claim.notes),
        *(_iris(predicate, targets) for predicate, targets in relations or ()),
    )


def describe_link(link: Link, *, named: bool) -> Description:
    """The description of a link as a node; blank if it has no name and is not to be `named`."""
    minted = link_iri(link.kind, link.premises, link.conclusion)
    iri = link.iri or minted
    return _described(
        iri if named or iri != minted else "",
        _iris(t.TYPE, [_LINK_CLASSES[link.kind]]),
        _iris(t.PREMISE, link.premises),
        _iris(t.CONCLUSION, [link.conclusion]),
        _iris(t.ASSERTED_BY, link.speakers),
        _iris(t.REPORTED_BY, link.reporters),
        _date(link.said_on),
        _texts(t.IDENTIFIER, [link.identifier]),
        _texts(t.SCHEME, [link.scheme]),
        _strength(link.strength),
        _quotes(link.quotes),
    )


def describe_speaker(speaker: Speaker, stances: Iterable[Stance] = ()) -> Description:
    """The description of a speaker and of the claims that he simply accepts or rejects."""
    stances = tuple(stances)
    return _described(
        speaker.iri,
        _iris(t.TYPE, [t.SPEAKER]),
        _texts(t.LABEL, [speaker.label]),
        _iris(t.ACCEPTS, [stance.claim for stance in stances if stance.accepts]),
        _iris(t.REJECTS, [stance.claim for stance in stances if not stance.accepts]),
        _texts(t.COMMENT, [speaker.note]),
    )


def describe_document(document: Document) -> Description:
    """The description of a document."""
    return _described(
        document.iri,
        _iris(t.TYPE, [t.DOCUMENT]),
        _texts(t.TITLE, [document.title]),
        _iris(t.AUTHOR, document.authors),
        _date(document.date),
        (t.URL, (_typed(document.url, "anyURI"),) if document.url else ()),
        _texts(t.DIGEST, [document.digest]),
        _texts(t.FILE_NAME, [document.file_name]),
    )


def describe_quote(quote: Quote) -> Description:
    """The description of a quote, a blank node."""
    return _described(
        "",
        _texts(t.QUOTE_PREFIX, [quote.prefix]),
        _texts(t.EXACT, [quote.exact]),
        _texts(t.QUOTE_SUFFIX, [quote.suffix]),
        _iris(t.SOURCE, [quote.document] if quote.document else []),
    )


def describe_question(question: Question) -> Description:
    """The description of a question."""
    return _described(
        question.iri,
        _iris(t.TYPE, [t.EXCLUSIVE_QUESTION if question.exclusive else t.QUESTION]),
        _texts(t.LABEL, [question.label]),
        _iris(t.ABOUT, question.topics),
    )


def describe_topic(topic: Topic) -> Description:
    """The description of a topic."""
    return _described(
        topic.iri,
        _iris(t.TYPE, [t.TOPIC]),
        _texts(t.LABEL, [topic.label]),
        _iris(t.BROADER, topic.broader),
    )


def _describe_label(cls: str, label: Label) -> Description:
    return _described(label.iri, _iris(t.TYPE, [cls]), _texts(t.LABEL, [label.label]))


def _describe_audience(audience: Audience) -> Description:
    order = tuple(map(NamedNode, audience.order))
    return _described(
        audience.iri,
        _iris(t.TYPE, [t.AUDIENCE]),
        _texts(t.LABEL, [audience.label]),
        (t.VALUE_ORDER, (Collection(order),) if order else ()),
    )


def _describe_stance(stance: Stance) -> Description:
    attitude = _iris(t.ACCEPTS if stance.accepts else t.REJECTS, [stance.claim])
    return _described(
        "",
        _iris(t.TYPE, [t.STANCE]),
        _iris(t.ASSERTED_BY, [stance.speaker]),
        attitude,
        _date(stance.said_on),
        (t.CONFIDENCE, () if stance.confidence is None else (_decimal(stance.confidence),)),
        _quotes(stance.quotes),
    )


def _is_bare(stance: Stance) -> bool:
    return stance == Stance(stance.speaker, stance.claim, stance.accepts)


# -- properties ---------------------------------------------------------------------------------

_Property: TypeAlias = tuple[str, tuple[Term, ...]]


def _described(iri: str, *properties: _Property) -> Description:
    node = NamedNode(iri) if iri else None
    return Description(node, tuple(said for said in properties if said[1]))


def _iris(predicate: str, iris: Iterable[str]) -> _Property:
    return predicate, tuple([NamedNode(iri) for iri in iris]) if iris else ()


def _texts(predicate: str, texts: Iterable[str]) -> _Property:
    return predicate, tuple(_worded(text) for text in texts if text)


def _quotes(quotes: Iterable[Quote]) -> _Property:
    return t.QUOTE, tuple(describe_quote(quote) for quote in quotes)


def _strength(strength: float) -> _Property:
    return t.STRENGTH, () if strength == DEFAULT_STRENGTH else (_decimal(strength),)


def _date(date: str) -> _Property:
    for datatype, pattern in _DATES.items():
        if pattern.fullmatch(date):
            return t.SAID_ON, (_typed(date, datatype),)
    return _texts(t.SAID_ON, [date])


def _worded(text: str, language: str = "") -> Literal:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ValueError(f"{text!r} holds half a surrogate pair") from error
    return Literal(text, language=language) if language else Literal(text)


def _decimal(number: float) -> Literal:
    """The number as ``xsd:decimal``, whose digits read back as the same number."""
    digits = format(Decimal(repr(number)), "f")
    return _typed(digits if "." in digits else digits + ".0", "decimal")


def _typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(t.XSD + datatype))
