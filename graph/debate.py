"""`Debate`: the claims, links and speakers of a debate, numbered and indexed.

A debate is columnar. Claims are numbered from 0 in the order of their IRIs, and so are links,
speakers, topics and the rest; what refers to what is kept in flat integer arrays. A *node* is a
claim or a link: claim ``c`` is node ``c``, link ``l`` is node ``len(claims) + l``, so that an
undercut can end on a link. `Claim` and `Link` records are made when asked for.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import cached_property
from itertools import pairwise
from typing import Protocol, TypeVar

from .errors import UnknownNameError
from .model import (
    Audience,
    Claim,
    Document,
    IntRows,
    Label,
    Link,
    Question,
    Quote,
    Speaker,
    Stance,
    Topic,
    link_iri,
)
from .terms import ClaimKind, LinkKind, local_name


class _Named(Protocol):
    @property
    def iri(self) -> str: ...


class _Labelled(_Named, Protocol):
    @property
    def label(self) -> str: ...


_N = TypeVar("_N", bound=_Named)
_KINDS = tuple(ClaimKind)
_LINK_KINDS = {int(kind): kind for kind in LinkKind}


class Debate:
    """A debate as numbered columns; immutable once made.

    Entities that records refer to but nobody described (a speaker without a node of his own, a
    topic) are added with their local name as label. A reference to a claim or link that does not
    exist raises `ValueError`: reading reports such faults with their place before they get here.
    """

    def __init__(
        self,
        claims: Iterable[Claim] = (),
        links: Iterable[Link] = (),
        *,
        speakers: Iterable[Speaker] = (),
        documents: Iterable[Document] = (),
        questions: Iterable[Question] = (),
        topics: Iterable[Topic] = (),
        values: Iterable[Label] = (),
        audiences: Iterable[Audience] = (),
        options: Iterable[Label] = (),
        criteria: Iterable[Label] = (),
        stances: Iterable[Stance] = (),
        restatements: Iterable[tuple[str, str]] = (),
        contradictions: Iterable[tuple[str, str]] = (),
        qualifications: Iterable[tuple[str, str]] = (),
        title: str = "",
        description: str = "",
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        claim_records = _by_iri(claims)
        link_records = _distinct_links(links)
        self.title = title
        self.description = description
        self.prefixes: dict[str, str] = dict(prefixes or {})
        self.stances: tuple[Stance, ...] = tuple(
            sorted(stances, key=lambda s: (s.claim, s.speaker, s.accepts, s.said_on, repr(s)))
        )

        self.claim_iris: tuple[str, ...] = tuple(claim.iri for claim in claim_records)
        self.claim_numbers: dict[str, int] = _numbers(self.claim_iris)
        self.link_iris: tuple[str, ...] = tuple(link.iri for link in link_records)
        self.link_numbers: dict[str, int] = _numbers(self.link_iris)

        self._add_entities(
            claim_records,
            link_records,
            speakers=speakers,
            documents=documents,
            questions=questions,
            topics=topics,
            values=values,
            options=options,
            criteria=criteria,
        )
        self.audiences: tuple[Audience, ...] = tuple(_by_iri(audiences))
        self._add_claim_columns(claim_records)
        self._add_link_columns(link_records)

        self.restatements = self._pairs(restatements)
        self.contradictions = self._pairs(contradictions)
        self.qualifications = self._pairs(qualifications)

    # -- building ---------------------------------------------------------------------------

    def _add_entities(
        self,
        claims: Sequence[Claim],
        links: Sequence[Link],
        *,
        speakers: Iterable[Speaker],
        documents: Iterable[Document],
        questions: Iterable[Question],
        topics: Iterable[Topic],
        values: Iterable[Label],
        options: Iterable[Label],
        criteria: Iterable[Label],
    ) -> None:
        questions = tuple(questions)
        topics = tuple(topics)
        named_speakers = {iri for c in claims for iri in (*c.speakers, *c.reporters)}
        named_speakers.update(iri for k in links for iri in (*k.speakers, *k.reporters))
        named_speakers.update(stance.speaker for stance in self.stances)
        named_topics = {iri for c in claims for iri in (*c.topics, *c.scopes)}
        named_topics.update(iri for q in questions for iri in q.topics)
        named_topics.update(iri for t in topics for iri in t.broader)
        documents = tuple(documents)
        named_speakers.update(iri for document in documents for iri in document.authors)
        quotes = [q for claim in claims for q in claim.quotes]
        quotes += [q for link in links for q in link.quotes]
        quotes += [q for stance in self.stances for q in stance.quotes]
        named_documents = {quote.document for quote in quotes if quote.document}

        self.speakers = _completed(speakers, named_speakers, Speaker)
        self.topics = _completed(topics, named_topics, Topic)
        self.questions = _completed(
            questions, {iri for c in claims for iri in c.questions}, Question
        )
        self.values = _completed(values, {iri for c in claims for iri in c.values}, Label)
        self.options = _completed(options, {iri for c in claims for iri in c.options}, Label)
        self.criteria = _completed(criteria, {iri for c in claims for iri in c.criteria}, Label)
        self.documents = _completed(documents, named_documents, Document)
        self.speaker_numbers = _numbers(s.iri for s in self.speakers)
        self.topic_numbers = _numbers(t.iri for t in self.topics)
        self.question_numbers = _numbers(q.iri for q in self.questions)
        self.value_numbers = _numbers(v.iri for v in self.values)
        self.option_numbers = _numbers(o.iri for o in self.options)
        self.criterion_numbers = _numbers(c.iri for c in self.criteria)
        self.document_numbers = _numbers(d.iri for d in self.documents)

    def _add_claim_columns(self, claims: Sequence[Claim]) -> None:
        def rows(of: Callable[[Claim], tuple[str, ...]], numbers: Mapping[str, int]) -> IntRows:
            every = map(of, claims)  # most claims have no value, scope, option …
            return IntRows(sorted({numbers[iri] for iri in iris}) if iris else () for iris in every)

        self.claim_texts: tuple[str, ...] = tuple(claim.text for claim in claims)
        self.claim_kinds = array("b", (_KINDS.index(claim.kind) for claim in claims))
        self.claim_strengths = array("d", (claim.strength for claim in claims))
        self.claim_needs_backing = bytes(claim.needs_backing for claim in claims)
        self.claim_speakers = rows(lambda c: c.speakers, self.speaker_numbers)
        self.claim_reporters = rows(lambda c: c.reporters, self.speaker_numbers)
        self.claim_topics = rows(lambda c: c.topics, self.topic_numbers)
        self.claim_questions = rows(lambda c: c.questions, self.question_numbers)
        self.claim_values = rows(lambda c: c.values, self.value_numbers)
        self.claim_scopes = rows(lambda c: c.scopes, self.topic_numbers)
        self.claim_options = rows(lambda c: c.options, self.option_numbers)
        self.claim_criteria = rows(lambda c: c.criteria, self.criterion_numbers)
        self._claim_quotes = {n: c.quotes for n, c in enumerate(claims) if c.quotes}
        self._claim_extras = {
            n: (c.said_on, c.language, c.translations, c.notes, c.identifier)
            for n, c in enumerate(claims)
            if c.said_on or c.language or c.translations or c.notes or c.identifier
        }

    def _add_link_columns(self, links: Sequence[Link]) -> None:
        count = len(self.claim_iris)

        def node(link: Link) -> int:
            number = self.claim_numbers.get(link.conclusion)
            if number is not None:
                return number
            if link.conclusion in self.link_numbers:
                return count + self.link_numbers[link.conclusion]
            raise ValueError(f"{link.iri}: its conclusion {link.conclusion} does not exist")

        def premises(link: Link) -> list[int]:
            missing = [iri for iri in link.premises if iri not in self.claim_numbers]
            if missing or not link.premises:
                what = f"its premise {missing[0]} does not exist" if missing else "no premise"
                raise ValueError(f"{link.iri}: {what}")
            return sorted({self.claim_numbers[iri] for iri in link.premises})

        def speakers(of: Callable[[Link], tuple[str, ...]]) -> IntRows:
            return IntRows(sorted({self.speaker_numbers[iri] for iri in of(k)}) for k in links)

        self.link_kinds = array("b", (int(link.kind) for link in links))
        self.link_premises = IntRows(premises(link) for link in links)
        self.link_conclusions = array("i", (node(link) for link in links))
        self.link_strengths = array("d", (link.strength for link in links))
        self.link_speakers = speakers(lambda link: link.speakers)
        self.link_reporters = speakers(lambda link: link.reporters)
        self._link_extras = {
            n: (k.scheme, k.said_on, k.quotes, k.identifier)
            for n, k in enumerate(links)
            if k.scheme or k.said_on or k.quotes or k.identifier
        }

    def _pairs(self, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[int, int], ...]:
        numbers = self.claim_numbers
        for first, second in (pairs := tuple(pairs)):
            for iri in (first, second):
                if iri not in numbers:
                    raise ValueError(f"claim {iri} does not exist")
        return tuple(sorted({(numbers[first], numbers[second]) for first, second in pairs}))

    # -- records ----------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.claim_iris)

    def __repr__(self) -> str:
        return (
            f"<Debate {self.title!r}: {len(self)} claims, {len(self.link_iris)} links, "
            f"{len(self.speakers)} speakers>"
        )

    def claim_at(self, number: int) -> Claim:
        """The record of claim `number`."""
        said_on, language, translations, notes, identifier = self._claim_extras.get(
            number, ("", "", (), (), "")
        )

        def iris(rows: IntRows, entities: Sequence[_Named]) -> tuple[str, ...]:
            row = rows[number]
            return tuple([entities[index].iri for index in row]) if row else ()

        return Claim(
            iri=self.claim_iris[number],
            text=self.claim_texts[number],
            kind=_KINDS[self.claim_kinds[number]],
            speakers=iris(self.claim_speakers, self.speakers),
            reporters=iris(self.claim_reporters, self.speakers),
            topics=iris(self.claim_topics, self.topics),
            questions=iris(self.claim_questions, self.questions),
            values=iris(self.claim_values, self.values),
            scopes=iris(self.claim_scopes, self.topics),
            options=iris(self.claim_options, self.options),
            criteria=iris(self.claim_criteria, self.criteria),
            quotes=self.quotes_at(number),
            strength=self.claim_strengths[number],
            needs_backing=bool(self.claim_needs_backing[number]),
            said_on=said_on,
            language=language,
            translations=translations,
            notes=notes,
            identifier=identifier,
        )

    def quotes_at(self, number: int) -> tuple[Quote, ...]:
        """The quotes of claim `number`."""
        return self._claim_quotes.get(number, ())

    def link_at(self, number: int) -> Link:
        """The record of link `number`."""
        scheme, said_on, quotes, identifier = self._link_extras.get(number, ("", "", (), ""))
        return Link(
            kind=_LINK_KINDS[self.link_kinds[number]],
            premises=tuple([self.claim_iris[p] for p in self.link_premises[number]]),
            conclusion=self.node_iri(self.link_conclusions[number]),
            iri=self.link_iris[number],
            speakers=tuple([self.speakers[s].iri for s in self.link_speakers[number]]),
            reporters=tuple([self.speakers[s].iri for s in self.link_reporters[number]]),
            strength=self.link_strengths[number],
            scheme=scheme,
            said_on=said_on,
            quotes=quotes,
            identifier=identifier,
        )

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim as a record, by IRI."""
        return tuple(self.claim_at(number) for number in range(len(self)))

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link as a record, by IRI."""
        return tuple(self.link_at(number) for number in range(len(self.link_iris)))

    def node_iri(self, node: int) -> str:
        """The IRI of a node: a claim's, or a link's."""
        count = len(self)
        return self.claim_iris[node] if node < count else self.link_iris[node - count]

    # -- indexes ----------------------------------------------------------------------------

    @cached_property
    def links_to(self) -> IntRows:
        """For each node, the links that conclude in it."""
        width = len(self) + len(self.link_iris)
        return IntRows((conclusion,) for conclusion in self.link_conclusions).transposed(width)

    @cached_property
    def links_from(self) -> IntRows:
        """For each claim, the links of which it is a premise."""
        return self.link_premises.transposed(len(self))

    @cached_property
    def claims_of_speaker(self) -> IntRows:
        """For each speaker, the claims he asserts."""
        return self.claim_speakers.transposed(len(self.speakers))

    @cached_property
    def answers_to(self) -> IntRows:
        """For each question, the claims that answer it."""
        return self.claim_questions.transposed(len(self.questions))

    @cached_property
    def positions(self) -> array[int]:
        """For each claim, the smallest number among the claims that restate it, itself included.

        Restatement is symmetric and transitive: claims so joined are one position.
        """
        parent = array("i", range(len(self)))

        def root(number: int) -> int:
            while parent[number] != number:
                parent[number] = parent[parent[number]]
                number = parent[number]
            return number

        for first, second in self.restatements:
            low, high = sorted((root(first), root(second)))
            parent[high] = low
        for number in {number for pair in self.restatements for number in pair}:
            parent[number] = root(number)
        return parent

    @cached_property
    def _narrower(self) -> IntRows:
        numbers = self.topic_numbers
        return IntRows(
            sorted(numbers[iri] for iri in topic.broader) for topic in self.topics
        ).transposed(len(self.topics))

    def topics_under(self, topic: int) -> frozenset[int]:
        """The topic itself and every topic below it, however deep."""
        found = {topic}
        waiting = [topic]
        while waiting:
            for narrower in self._narrower[waiting.pop()]:
                if narrower not in found:
                    found.add(narrower)
                    waiting.append(narrower)
        return frozenset(found)

    # -- names ------------------------------------------------------------------------------

    @cached_property
    def _local_name_counts(self) -> Counter[str]:
        return Counter(local_name(iri) for iri in (*self.claim_iris, *self.link_iris))

    def name(self, iri: str) -> str:
        """A readable name: the local name where it is unique, else prefixed, else the IRI."""
        short = local_name(iri)
        if self._local_name_counts[short] <= 1:
            return short
        return self.prefixed(iri)

    def prefixed(self, iri: str) -> str:
        """The IRI as ``prefix:local`` by the longest prefix that fits, or the IRI itself."""
        fitting = [(len(ns), p) for p, ns in self.prefixes.items() if ns and iri.startswith(ns)]
        if not fitting:
            return iri
        length, prefix = max(fitting)
        return f"{prefix}:{iri[length:]}"

    def expanded(self, name: str) -> str:
        """The IRI of a prefixed name, or the name itself where no prefix fits."""
        prefix, colon, rest = name.strip("<>").partition(":")
        if colon and prefix in self.prefixes and not rest.startswith("//"):
            return self.prefixes[prefix] + rest
        return name.strip("<>")

    def claim_number(self, name: str) -> int:
        """The number of the claim with this IRI, prefixed name or unique ending.

        Raises:
            UnknownNameError: nothing fits, or more than one claim does.
        """
        return self._resolve("claim", name, self.claim_iris)

    def claim(self, name: str) -> Claim:
        """The claim with this IRI, prefixed name or unique ending; raises `UnknownNameError`."""
        return self.claim_at(self.claim_number(name))

    def link_number(self, name: str) -> int:
        """The number of the link with this IRI, prefixed name or unique ending."""
        return self._resolve("link", name, self.link_iris)

    def speaker_number(self, name: str) -> int:
        """The number of the speaker with this IRI, name, label, word of the label or IRI ending."""
        return self.resolve_labelled("speaker", name, self.speakers)

    def topic_number(self, name: str) -> int:
        """The number of the topic with this IRI, name, label, word of the label or IRI ending."""
        return self.resolve_labelled("topic", name, self.topics)

    def question_number(self, name: str) -> int:
        """The number of the question with this IRI, name, label, word of it or IRI ending."""
        return self.resolve_labelled("question", name, self.questions)

    def document_number(self, name: str) -> int:
        """The number of the document with this IRI, name, title, word of it or IRI ending."""
        titles = [Label(document.iri, document.title) for document in self.documents]
        return self.resolve_labelled("document", name, titles)

    def resolve_labelled(self, kind: str, name: str, entities: Sequence[_Labelled]) -> int:
        """The place among `entities` of the one with this IRI, name, label or word of its label.

        Raises:
            UnknownNameError: nothing fits, or several do; `kind` says what was looked for.
        """
        folded = name.casefold()
        words = set(folded.split())
        for matches in (
            [n for n, e in enumerate(entities) if e.label.casefold() == folded],
            [
                n
                for n, e in enumerate(entities)
                if words and words <= set(e.label.casefold().split())
            ],
        ):
            if len(matches) == 1:
                return matches[0]
        labels = [entity.label for entity in entities]
        return self._resolve(kind, name, [entity.iri for entity in entities], labels)

    def _resolve(
        self, kind: str, name: str, iris: Sequence[str], labels: Sequence[str] = ()
    ) -> int:
        iri = self.expanded(name)
        for number, candidate in enumerate(iris):
            if candidate == iri:
                return number
        ending = iri.lstrip(":")
        exact = [n for n, candidate in enumerate(iris) if local_name(candidate) == ending]
        matches = exact or [
            n for n, candidate in enumerate(iris) if ending and candidate.endswith(ending)
        ]
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise UnknownNameError(
                f"single {kind}", name, [self.prefixed(iris[n]) for n in matches[:5]]
            )
        known = [local_name(candidate) for candidate in iris]
        raise UnknownNameError(kind, name, nearest(ending, [*known, *labels]))


def nearest(name: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known names most like `name`, best first; empty if none is much alike."""
    from difflib import get_close_matches

    return get_close_matches(name, sorted(set(known)), n=limit, cutoff=0.6)


def _numbers(iris: Iterable[str]) -> dict[str, int]:
    return {iri: number for number, iri in enumerate(iris)}


def _by_iri(records: Iterable[_N]) -> list[_N]:
    """The records in the order of their IRIs; raises `ValueError` if two share one."""
    ordered = sorted(records, key=lambda record: record.iri)
    for first, second in pairwise(ordered):
        if first.iri == second.iri:
            raise ValueError(f"{first.iri} stands for two different records")
    return ordered


def _distinct_links(links: Iterable[Link]) -> list[Link]:
    """Links with an IRI each, in IRI order.

    A link without a name is dropped where another has the same kind, premises and conclusion and
    is named or says more: the short spelling adds nothing to it.
    """
    named: list[Link] = []
    unnamed: dict[str, Link] = {}
    for link in links:
        minted = link_iri(link.kind, link.premises, link.conclusion)
        if link.iri and link.iri != minted:
            named.append(link)
        elif minted not in unnamed or _details(link) > _details(unnamed[minted]):
            unnamed[minted] = _renamed(link, minted)
    for link in named:
        unnamed.pop(link_iri(link.kind, link.premises, link.conclusion), None)
    return _by_iri([*named, *unnamed.values()])


def _details(link: Link) -> tuple[int, str]:
    """How much is said of a link beside its ends; the second part decides between equals."""
    plain = Link(link.kind, link.premises, link.conclusion, link.iri)
    said = [(f.name, getattr(link, f.name)) for f in fields(Link)]
    return sum(value != getattr(plain, name) for name, value in said), repr(said)


def _renamed(link: Link, iri: str) -> Link:
    return link if link.iri == iri else replace(link, iri=iri)


def _completed(
    records: Iterable[_N], named: set[str], make: Callable[[str, str], _N]
) -> tuple[_N, ...]:
    """The records, and one made from its local name for each IRI that has none; by IRI."""
    records = list(records)
    known = {record.iri for record in records}
    return tuple(_by_iri([*records, *(make(iri, local_name(iri)) for iri in named - known)]))
