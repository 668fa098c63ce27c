"""What the page knows: the debate in scope as plain data for its script.

Everything refers to everything by its position in the lists here. Fields that would be empty are
left out. `docs/maps.md` lists the fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from ..model import DEFAULT_STRENGTH, Document, Quote, Stance
from ..terms import LINK_IRI, LinkKind, local_name
from .boxes import NO_TOPIC
from .chart import CONTRADICTION, QUALIFICATION, RESTATEMENT, Chart
from .findings import audiences, claim_findings
from .judging import Judge
from .numbering import Numbers, Places, Plain, filled, ids
from .palette import SPEAKER_COLOURS
from .points import points_and_meetings, stance_tables

_E = TypeVar("_E")


def page_data(chart: Chart, judge: Judge | None = None) -> Plain:
    """Claims, links, speakers, questions, topics, documents and the rest, ready for JSON."""
    return PageData(chart, judge).made()


class PageData:
    """The data of a page, part by part."""

    def __init__(self, chart: Chart, judge: Judge | None = None) -> None:
        self.chart = chart
        self.debate = debate = chart.debate
        self.judge = judge or Judge(debate)
        self.links = [line.link for line in chart.lines if line.link >= 0]
        self.link_place = {link: place for place, link in enumerate(self.links)}
        self.stances = [
            stance
            for stance in debate.stances
            if debate.claim_numbers.get(stance.claim, -1) in chart.node_of
        ]
        self.ranking = sorted(
            range(len(debate.speakers)), key=lambda s: (-len(debate.claims_of_speaker[s]), s)
        )
        """Speakers by how much they say in the whole debate: the order of their colours."""
        self.speakers = Numbers(self._speakers_used())
        self.topics = Numbers(self._topics_used())
        self.questions = Numbers(chart.questions)
        self.values = Numbers(self._used(debate.claim_values))
        self.options = Numbers(self._used(debate.claim_options))
        self.criteria = Numbers(self._used(debate.claim_criteria))
        self.documents = Numbers(self._documents_used())
        self.places = Places(chart, self.speakers, self.topics, self.questions, self.values)

    def made(self) -> Plain:
        """All of it, with what the analyses found."""
        found = claim_findings(self.places, self.judge)
        return {
            **self.surroundings(),
            "claims": [{**one, **more} for one, more in zip(self.claims(), found, strict=True)],
            "links": self.link_records(),
            "audiences": audiences(self.places, self.judge),
            **points_and_meetings(self.places),
            **stance_tables(self.places),
        }

    def claims(self) -> list[Plain]:
        """The claims, each with where it stands."""
        judged = self.judge.judgements(self.chart.claims)
        return [
            {**self._claim(claim), **standing}
            for claim, standing in zip(self.chart.claims, judged, strict=True)
        ]

    def link_records(self) -> list[Plain]:
        """The links, in the order of the lines of the chart."""
        return [self._link(link) for link in self.links]

    def surroundings(self) -> Plain:
        """All but the claims, the links and what the analyses found."""
        chart, debate = self.chart, self.debate
        pairs: dict[str, list[list[int]]] = {}
        for line in chart.lines:
            if line.kind in (CONTRADICTION, QUALIFICATION, RESTATEMENT):
                ends = [line.line.premises[0], line.line.node]
                pairs.setdefault(line.kind, []).append(ends)
        return {
            "title": debate.title,
            "description": debate.description,
            "scope": self._scope(),
            "start": chart.start,
            "total": len(debate),
            "pairs": pairs,
            "speakers": self._speakers(),
            "topics": self._topics(),
            "questions": self._questions(),
            "documents": [self._document(d) for d in _chosen(self.documents, debate.documents)],
            "values": [v.label for v in _chosen(self.values, debate.values)],
            "options": [o.label for o in _chosen(self.options, debate.options)],
            "criteria": [c.label for c in _chosen(self.criteria, debate.criteria)],
            "stances": [self._stance(stance) for stance in self.stances],
        }

    # -- what is used -----------------------------------------------------------------------

    def _used(self, rows: Any) -> list[int]:
        return sorted({number for claim in self.chart.claims for number in rows[claim]})

    def _speakers_used(self) -> list[int]:
        """Those whose claims are shown and those named beside them, in the order of `ranking`."""
        debate = self.debate
        used = set(self._used(debate.claim_speakers)) | set(self._used(debate.claim_reporters))
        for link in self.links:
            used.update(debate.link_speakers[link], debate.link_reporters[link])
        used.update(debate.speaker_numbers[stance.speaker] for stance in self.stances)
        return [speaker for speaker in self.ranking if speaker in used]

    def _topics_used(self) -> list[int]:
        """Topics of the boxes in reading order, then others, and all that are broader."""
        debate = self.debate
        used = [topic for topic in self.chart.topics if topic != NO_TOPIC]
        used += self._used(debate.claim_topics) + self._used(debate.claim_scopes)
        used = list(dict.fromkeys(used))
        known = set(used)
        for topic in used:
            broader = {debate.topic_numbers[iri] for iri in debate.topics[topic].broader}
            used.extend(sorted(broader - known))
            known |= broader
        return used

    def _documents_used(self) -> list[int]:
        if not self.debate.documents:
            return []
        quotes = [q for claim in self.chart.claims for q in self.debate.quotes_at(claim)]
        quotes += [q for link in self.links for q in self.debate.link_at(link).quotes]
        quotes += [q for stance in self.stances for q in stance.quotes]
        numbers = self.debate.document_numbers
        return sorted({numbers[q.document] for q in quotes if q.document in numbers})

    # -- records ----------------------------------------------------------------------------

    def _speakers(self) -> list[Plain]:
        speakers = _chosen(self.speakers, self.debate.speakers)
        rank = {number: place for place, number in enumerate(self.ranking)}
        return [
            filled(
                id=name,
                label=speaker.label or name,
                note=speaker.note,
                colour=rank[number] % len(SPEAKER_COLOURS),
            )
            for name, speaker, number in zip(
                ids(speakers), speakers, self.speakers.order, strict=True
            )
        ]

    def _topics(self) -> list[Plain]:
        topics, numbers = _chosen(self.topics, self.debate.topics), self.debate.topic_numbers
        return [
            filled(
                id=name,
                label=topic.label,
                broader=self.topics(numbers[iri] for iri in topic.broader),
            )
            for name, topic in zip(ids(topics), topics, strict=True)
        ]

    def _questions(self) -> list[Plain]:
        chart = self.chart
        records = _chosen(self.questions, self.debate.questions)
        return [
            filled(
                id=name,
                label=record.label,
                exclusive=record.exclusive,
                attacks=chart.contested[number][1],
                rivals=[chart.node_of[claim] for claim in chart.rivals[number]],
            )
            for name, record, number in zip(
                ids(records), records, self.questions.order, strict=True
            )
        ]

    def _stance(self, stance: Stance) -> Plain:
        debate = self.debate
        return filled(
            speaker=self.speakers([debate.speaker_numbers[stance.speaker]])[0],
            claim=self.chart.node_of[debate.claim_numbers[stance.claim]],
            accepts=stance.accepts,
            saidOn=stance.said_on,
            confidence=stance.confidence,
            quotes=self._quotes(stance.quotes),
        )

    def _scope(self) -> Plain:
        scope, debate = self.chart.scope, self.debate
        return filled(
            focus=self.chart.node_of[scope.focus] if scope.focus >= 0 else None,
            depth=scope.depth,
            matches=[self.chart.node_of[claim] for claim in scope.matches],
            topic=debate.topics[scope.topic].label if scope.topic >= 0 else "",
            speaker=debate.speakers[scope.speaker].label if scope.speaker >= 0 else "",
        )

    def _claim(self, number: int) -> Plain:
        debate = self.debate
        claim = debate.claim_at(number)
        return filled(
            id=debate.name(claim.iri),
            iri=claim.iri,
            text=claim.text,
            kind=claim.kind.value,
            speakers=self.speakers(debate.claim_speakers[number]),
            reporters=self.speakers(debate.claim_reporters[number]),
            topics=self.topics(debate.claim_topics[number]),
            questions=self.questions(debate.claim_questions[number]),
            values=self.values(debate.claim_values[number]),
            scopes=self.topics(debate.claim_scopes[number]),
            options=self.options(debate.claim_options[number]),
            criteria=self.criteria(debate.claim_criteria[number]),
            quotes=self._quotes(claim.quotes),
            strength=None if claim.strength == DEFAULT_STRENGTH else claim.strength,
            needsBacking=claim.needs_backing,
            saidOn=claim.said_on,
            language=claim.language,
            translations=[list(pair) for pair in claim.translations],
            notes=list(claim.notes),
        )

    def _link(self, number: int) -> Plain:
        debate, count = self.debate, len(self.debate)
        link = debate.link_at(number)
        conclusion = debate.link_conclusions[number]
        return filled(
            id=debate.name(link.iri),
            unnamed=link.iri.startswith(LINK_IRI),
            kind=LinkKind(link.kind).word,
            premises=[self.chart.node_of[p] for p in debate.link_premises[number]],
            claim=self.chart.node_of[conclusion] if conclusion < count else None,
            link=self.link_place[conclusion - count] if conclusion >= count else None,
            speakers=self.speakers(debate.link_speakers[number]),
            reporters=self.speakers(debate.link_reporters[number]),
            strength=None if link.strength == DEFAULT_STRENGTH else link.strength,
            scheme=link.scheme,
            saidOn=link.said_on,
            quotes=self._quotes(link.quotes),
        )

    def _quotes(self, quotes: Iterable[Quote]) -> list[Plain]:
        numbers = self.debate.document_numbers
        return [
            filled(
                exact=quote.exact,
                prefix=quote.prefix,
                suffix=quote.suffix,
                document=self.documents([numbers[quote.document]])[0]
                if quote.document in numbers
                else None,
            )
            for quote in quotes
        ]

    def _document(self, document: Document) -> Plain:
        debate = self.debate
        authors = [
            debate.speakers[debate.speaker_numbers[iri]].label
            if iri in debate.speaker_numbers
            else local_name(iri)
            for iri in document.authors
        ]
        return filled(
            title=document.title or document.file_name or local_name(document.iri),
            authors=authors,
            date=document.date,
            url=safe_url(document.url),
            fileName=document.file_name,
            digest=document.digest,
        )


def safe_url(url: str) -> str:
    """The address if a reader may follow it (http or https, with a host), else an empty string."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


def _chosen(numbers: Numbers, entities: tuple[_E, ...]) -> list[_E]:
    return [entities[number] for number in numbers.order]
