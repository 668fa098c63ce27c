"""Writing: a debate as an Argdown document that reads as if a person had written it.

A topic is a heading where it has topics above or below it, or where what is said under it keeps
to itself; else it is a tag. Each claim is written out once, what supports or attacks it indented
below it, and the arguments with premises after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any, Final

from ...debate import Debate
from ...model import DEFAULT_STRENGTH, Claim, Link, Quote
from ...terms import ClaimKind, LinkKind
from ..exporting import Export
from .escaping import escaped, escaped_rules, tag, yaml_value
from .planning import SIGNS, Plan

_DEPTH: Final = 6
"""How deep relations are nested; what lies deeper is written out by itself."""


def write(debate: Debate) -> Export:
    """The debate as an Argdown text."""
    writer = _Writer(debate)
    return Export({"": writer.text().encode()}, tuple(writer.losses()))


class _Writer:
    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.plan = Plan(debate)
        self.lines: list[str] = []
        self.defined: set[str] = set()
        self.labels = {speaker.iri: speaker.label for speaker in debate.speakers}
        self.labels |= {topic.iri: topic.label for topic in debate.topics}
        self.labels |= {question.iri: question.label for question in debate.questions}
        self.documents = {document.iri: document.title for document in debate.documents}
        self.home = next((d for d in debate.documents if d.title == debate.title), None)
        languages = {claim.language for claim in self.plan.claims.values()}
        self.language = languages.pop() if len(languages) == 1 else ""
        self.authors = [self.labels[iri] for iri in self.home.authors] if self.home else []

    def text(self) -> str:
        """The whole document."""
        self._front_matter()
        self._section("")
        for depth, topic in self.plan.outline():
            self.lines += [f"{'#' * (depth + 1)} {escaped(self.labels[topic])}", ""]
            self._section(topic)
        return "\n".join(self.lines).rstrip("\n") + "\n"

    def _front_matter(self) -> None:
        debate = self.debate
        self.lines.append("===")
        if debate.title:
            self.lines.append(f"title: {yaml_value(debate.title)}")
        if debate.description:
            self.lines.append(f"subTitle: {yaml_value(debate.description)}")
        if self.authors:
            self.lines.append(f"author: {yaml_value(_one_or_all(self.authors))}")
        if self.home and self.home.date:
            self.lines.append(f"date: {yaml_value(self.home.date)}")
        if self.language:
            self.lines.append(f"language: {yaml_value(self.language)}")
        self.lines += ["model:", "    removeTagsFromText: true", "===", ""]

    # -- claims and the lines below them ------------------------------------------------------

    def _section(self, topic: str) -> None:
        members = self.plan.members.get(topic, [])
        here = set(members)
        lower = self.plan.lower(members)
        for iri in (*(each for each in members if each not in lower), *members):
            if iri not in self.defined:
                self._block(iri, here)

    def _block(self, root: str, here: Set[str]) -> None:
        """A claim with what leads to it, and then the arguments about these, however deep."""
        about = self.plan.arguments_about
        written = self._tree("", root, here)
        self.lines.append("")
        waiting = [link for iri in reversed(written) for link in reversed(about.get(iri, ()))]
        while waiting:
            written = self._argument(waiting.pop(), here)
            waiting.extend(
                link for iri in reversed(written) for link in reversed(about.get(iri, ()))
            )

    def _tree(self, start: str, root: str, here: Set[str]) -> list[str]:
        """Writes a claim with the lines below it; returns the claims that were written out."""
        plan = self.plan
        written: list[str] = []
        waiting: list[tuple[int, str, str]] = [(0, "", root)]
        while waiting:
            depth, sign, iri = waiting.pop()
            line = "  " * depth + f"{sign} " if depth else start
            deep = depth >= _DEPTH and iri in plan.below
            if iri in self.defined or iri not in here or deep:
                self.lines.append(line + plan.titles[iri])
                continue
            self.defined.add(iri)
            written.append(iri)
            titled = not (start or depth) or iri not in plan.untitled
            self.lines.append(line + self._definition(plan.claims[iri], titled=titled))
            self.lines.extend(
                "  " * (depth + 1) + f">< {plan.titles[other]}"
                for other in plan.contradicted.get(iri, ())
            )
            nested = [(depth + 1, *line) for line in dict.fromkeys(_lines(plan.below.get(iri, ())))]
            waiting.extend(reversed(nested))
        return written

    def _definition(self, claim: Claim, *, titled: bool) -> str:
        title, text = self.plan.titles[claim.iri], escaped(claim.text)
        if not text:
            text = title
        elif titled:
            text = f"{title}: {text}"
        section = self.plan.section[claim.iri]
        tags = [tag(self.labels[topic]) for topic in claim.topics if topic != section]
        return " ".join((text, *tags, *self._data(self._claim_data(claim))))

    # -- arguments ----------------------------------------------------------------------------

    def _argument(self, link: Link, here: Set[str]) -> list[str]:
        """Writes a link as an argument; returns the premises that were written out with it."""
        titles = self.plan.titles
        gist, quotes = self._gist(link.quotes)
        data = self._said(link) | self._quotes(quotes)
        if link.speakers:
            data = {"speaker": self._names(link.speakers)} | data
        head = f"{titles[link.iri]}: {escaped(gist)}" if gist else titles[link.iri]
        self.lines.append(" ".join((head, *self._data(data))))
        self.lines.extend(
            f"  {sign} {titles[iri]}"
            for sign, iri in dict.fromkeys(_lines(self.plan.below.get(link.iri, ())))
        )
        self.lines.append("")
        written: list[str] = []
        for number, premise in enumerate(link.premises, 1):
            own = here if self.plan.home.get(premise) == link.iri else frozenset[str]()
            written += self._tree(f"({number}) ", premise, own)
        self.lines.append(self._inference(link))
        number = len(link.premises) + 1
        conclusion = titles[link.conclusion]
        if link.kind is LinkKind.REBUTTAL:
            text = escaped(self.plan.claims[link.conclusion].text) or escaped(conclusion[1:-1])
            self.lines += [f"({number}) It is not the case: {text}", f"  -> {conclusion}"]
        elif link.kind is LinkKind.UNDERCUT:
            text = escaped(f"The step “{conclusion[1:-1]}” does not hold.")
            self.lines += [f"({number}) {text}", f"  _> {conclusion}"]
        else:
            self.lines.append(f"({number}) {conclusion}")
        self.lines.append("")
        return written

    def _inference(self, link: Link) -> str:
        parts = [escaped_rules(link.scheme)] if link.scheme.strip() else []
        if link.kind is not LinkKind.SUPPORT:
            parts += self._data({"kind": link.kind.word})
        return " ".join(("--", *parts, "--")) if parts else "----"

    def _gist(self, quotes: tuple[Quote, ...]) -> tuple[str, tuple[Quote, ...]]:
        """The argument in the words of this document, and the other quotes."""
        if quotes and self.home and quotes[0] == Quote(quotes[0].exact, document=self.home.iri):
            return quotes[0].exact, quotes[1:]
        return "", quotes

    # -- data ---------------------------------------------------------------------------------

    def _data(self, data: dict[str, Any]) -> list[str]:
        return [yaml_value(data)] if data else []

    def _claim_data(self, claim: Claim) -> dict[str, Any]:
        data: dict[str, Any] = {}
        speakers = [self.labels[iri] for iri in claim.speakers]
        if sorted(speakers) != sorted(self.authors or [f"Unnamed author of {self.debate.title}"]):
            data["speaker"] = _one_or_all(speakers)
        data |= self._said(claim)
        if claim.kind is not ClaimKind.CLAIM:
            data["kind"] = claim.kind.value
        if claim.language != self.language:
            data["language"] = claim.language
        if claim.needs_backing:
            data["needsBacking"] = True
        if claim.questions:
            data["question"] = _one_or_all([self.labels[iri] for iri in claim.questions])
        data |= self._quotes(claim.quotes)
        if claim.notes:
            data["note"] = _one_or_all(claim.notes)
        return data

    def _said(self, record: Claim | Link) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if record.reporters:
            data["reporter"] = self._names(record.reporters)
        if record.said_on:
            data["date"] = record.said_on
        if record.strength != DEFAULT_STRENGTH:
            data["strength"] = record.strength
        return data

    def _names(self, speakers: Iterable[str]) -> Any:
        return _one_or_all([self.labels[iri] for iri in speakers])

    def _quotes(self, quotes: tuple[Quote, ...]) -> dict[str, Any]:
        found = [self._quote(quote) for quote in quotes]
        return {"quote": _one_or_all(found)} if found else {}

    def _quote(self, quote: Quote) -> Any:
        parts = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
        if quote.document and not (self.home and quote.document == self.home.iri):
            parts["source"] = self.documents[quote.document]
        found = {key: value for key, value in parts.items() if value}
        return quote.exact if len(found) == 1 else found

    # -- losses -------------------------------------------------------------------------------

    def losses(self) -> Iterator[str]:
        """What Argdown cannot say, in a sentence each."""
        debate, claims = self.debate, self.plan.claims.values()
        texts = [claim.text for claim in claims]
        for count, loss in (
            *self.plan.losses(),
            (
                sum(text != " ".join(text.split()) for text in texts),
                "line breaks and runs of spaces in {} texts",
            ),
            (sum(len(claim.translations) for claim in claims), "{} translations"),
            (sum(len(claim.values) for claim in claims), "which values claims promote ({})"),
            (sum(len(claim.scopes) for claim in claims), "for which topics claims are meant ({})"),
            (
                sum(bool(claim.options or claim.criteria) for claim in claims),
                "which options {} claims rate by which criteria",
            ),
            (len(debate.audiences), "{} audiences"),
            (len(debate.stances), "{} stances: who accepts or rejects a claim of somebody else"),
            (len(debate.restatements), "{} restatements: that two claims say the same"),
            (len(debate.qualifications), "{} qualifications of one claim by another"),
            (sum(q.exclusive for q in debate.questions), "that {} questions have one answer only"),
            (sum(bool(q.topics) for q in debate.questions), "the topics of {} questions"),
            (sum(bool(speaker.note) for speaker in debate.speakers), "notes about {} speakers"),
            (
                sum(
                    bool(d.url or d.digest or (d is not self.home and (d.authors or d.date)))
                    for d in debate.documents
                ),
                "address, digest, author or date of {} documents",
            ),
        ):
            if count:
                yield loss.format(count)


def _lines(links: Iterable[Link]) -> Iterator[tuple[str, str]]:
    for link in links:
        yield SIGNS[link.kind], link.premises[0]


def _one_or_all(values: Any) -> Any:
    return values[0] if len(values) == 1 else list(values)
