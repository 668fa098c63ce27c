"""Building: an Argdown document becomes a part of a debate.

A statement is a claim, and so is an argument that is only sketched. A premise-conclusion structure
is a link for each of its steps, with joint premises. What attacks such an argument attacks, says
Argdown, one of its premises without saying which: it is read as an undercut of the last step, since
it brings down the argument and leaves its conclusion alone.

Source: https://argdown.org/syntax/#relations-between-arguments-and-statements and
https://argdown.org/guide/a-first-example.html.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

from ...model import Quote
from ...terms import ClaimKind, LinkKind
from ..joining import slug
from ..moments import read_moment
from ..part import Part
from .document import Argument, Document, End, Inference, Kind, Node, Relation, Section
from .metadata import text_of, texts, words_of

SPEAKER_KEYS: Final = ("speaker", "speakers", "proponent", "proponents", "author", "authors")
"""The data that say who asserts an element; `proponent` is that of Argdown's SaysWhoPlugin."""
REPORTER_KEYS: Final = ("reporter", "reporters")
NOTE_KEYS: Final = ("note", "notes")
SOURCE_KEYS: Final = ("source", "sources")
QUOTE_KEYS: Final = ("quote", "quotes")
QUESTION_KEYS: Final = ("question", "questions")
_READ: Final = frozenset(
    (
        *SPEAKER_KEYS, *REPORTER_KEYS, *NOTE_KEYS, *SOURCE_KEYS, *QUOTE_KEYS, *QUESTION_KEYS,
        "date", "strength", "kind", "language", "uses", "from", "isCanonical", "isInGroup",
        "needsBacking",
    )
)  # fmt: skip
_OWN_MARKS = re.compile(r"<.*>|\[.*\]", re.DOTALL)
_DAY_FIRST = re.compile(r"(\d\d?)[/.](\d\d?)[/.](\d{4})")


def statement_name(title: str) -> str:
    """What a statement is called: its title, in brackets if it could be taken for an argument."""
    return f"[{title}]" if _OWN_MARKS.fullmatch(title) else title


def argument_name(title: str) -> str:
    """What an argument is called: its title in angle brackets."""
    return f"<{title}>"


def name_of_line(start: str, sign: str, end: str) -> str:
    """What a link that is only an indented line is called if it is undercut."""
    return f"{start} {sign} {end}"


def build(document: Document, part: Part) -> None:
    """Add what the document says to the part, and notes of what has no counterpart."""
    _Builder(document, part).build()


class _Builder:
    def __init__(self, document: Document, part: Part) -> None:
        self.document = document
        self.part = part
        self.relations = document.settled_relations()
        self.authors: tuple[str, ...] = ()
        self.language = text_of(document.front_matter.get("language"))
        self.document_key = ""
        self.topics: dict[int, str] = {}
        self.names: dict[End, str] = {}
        self.steps: dict[End, str] = {}
        self.unread: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def build(self) -> None:
        self._front_matter()
        self._sections()
        denials = self._denials()
        self._name(denials)
        self._name_steps()
        for title, statement in self.document.statements.items():
            if (name := self.names.get(End(False, title))) is not None:
                self._claim(name, statement, f"[{title}]")
        for title, argument in self.document.arguments.items():
            if argument.lines:
                self._structure(argument, denials)
            else:
                self._claim(argument_name(title), argument, argument_name(title))
        self._relate(denials)
        self._tell()

    # -- the whole document -------------------------------------------------------------------

    def _front_matter(self) -> None:
        data, part = self.document.front_matter, self.part
        part.title = text_of(data.get("title"))
        part.description = text_of(data.get("subTitle"))
        title = part.title or part.source.stem
        names = [name for key in ("author", "authors") for name in texts(data.get(key))]
        self.authors = tuple(map(part.speaker, names))
        self.document_key = part.document(
            title,
            authors=self.authors,
            date=self._date(data.get("date")),
            file_name=part.source.path.name,
        )

    def _sections(self) -> None:
        parents: dict[str, set[str]] = {}
        for section in self.document.sections:
            above = section.parent.title if section.parent else ""
            parents.setdefault(section.title, set()).add(above)
        for section in self.document.sections:
            label = section.title
            if section.parent and len(parents[section.title]) > 1:
                label = f"{section.parent.title}: {label}"
            if label:
                above_key = self._topic_of(section.parent)
                key = self.part.topic(label, above_key)
                self.topics[id(section)] = key

    def _topic_of(self, section: Section | None) -> tuple[str, ...]:
        key = self.topics.get(id(section)) if section else None
        return (key,) if key else ()

    def _denials(self) -> dict[str, Relation]:
        """The conclusions that only deny what their argument attacks, with the relation.

        The data of an inference says so (``kind: rebuttal``, ``kind: undercut``): its premises
        attack jointly.
        """
        wanted: dict[str, LinkKind] = {}
        uses: Counter[str] = Counter()
        for argument in self.document.arguments.values():
            for line in argument.lines:
                uses[line.statement] += 1
                kind = text_of(line.inference.data.get("kind")) if line.inference else ""
                if kind in ("rebuttal", "undercut"):
                    wanted[line.statement] = LinkKind[kind.upper()]
        found: dict[str, Relation] = {}
        several: set[str] = set()
        for relation in self.relations:
            for end in (relation.source, relation.target):
                if not end.argument and end.title in wanted:
                    if end.title in found:
                        several.add(end.title)
                    found[end.title] = relation
        return {
            title: relation
            for title, relation in found.items()
            if title not in several
            and uses[title] == 1
            and self.document.statements[title].number
            and relation.source == End(False, title)
            and relation.kind
            is (Kind.ATTACK if wanted[title] is LinkKind.REBUTTAL else Kind.UNDERCUT)
        }

    def _name(self, denials: dict[str, Relation]) -> None:
        """Name every statement that is part of the debate: untitled ones by their words."""
        statements = self.document.statements
        used = {
            end.title for r in self.relations for end in (r.source, r.target) if not end.argument
        }
        used.update(
            line.statement
            for argument in self.document.arguments.values()
            for line in argument.lines
        )
        used.difference_update(denials)
        taken: set[str] = set()
        for title, statement in statements.items():
            if not statement.number:
                self.names[End(False, title)] = statement_name(title)
                taken.add(statement_name(title))
        untitled = [each for each in statements.values() if each.number]
        for statement in sorted(untitled, key=lambda each: each.number):
            if statement.title in used:
                text = statement.wordings[-1].text if statement.wordings else ""
                words = slug(text) or "untitled"
                name, number = words, 1
                while name in taken:
                    number += 1
                    name = f"{words}-{number}"
                taken.add(name)
                self.names[End(False, statement.title)] = name
            elif statement.title not in denials:
                self.counts["commentary"] += 1

    # -- claims -------------------------------------------------------------------------------

    def _claim(self, name: str, node: Node, shown: str) -> None:
        text, notes = self._text(node, shown)
        described: dict[str, Any] = {"speakers": self.authors, "language": self.language}
        if node.data:
            described |= self._described(node.data)
            notes += self._notes(node.data)
        topics = (*self._topic_of(node.section), *map(self.part.topic, node.tags))
        self.part.claim(
            name,
            text,
            topics=tuple(dict.fromkeys(topics)),
            notes=tuple(dict.fromkeys(notes)),
            **described,
        )

    def _described(self, data: dict[str, Any]) -> dict[str, Any]:
        """The fields of a claim that its data fill."""
        kind = text_of(data.get("kind"))
        self._count_unread(data)
        return {
            "kind": ClaimKind(kind) if kind in ("evidence", "recommendation") else ClaimKind.CLAIM,
            "speakers": self._speakers(data, SPEAKER_KEYS, self.authors),
            "reporters": self._speakers(data, REPORTER_KEYS, ()),
            "questions": tuple(
                self.part.question(label) for key in QUESTION_KEYS for label in texts(data.get(key))
            ),
            "quotes": self._quotes(data),
            "needs_backing": text_of(data.get("needsBacking")) == "true",
            "language": text_of(data.get("language", self.language)),
            **self._numbers(data),
        }

    def _notes(self, data: dict[str, Any]) -> list[str]:
        sources = [f"source: {each}" for key in SOURCE_KEYS for each in texts(data.get(key))]
        return [*sources, *(words for key in NOTE_KEYS for words in words_of(data.get(key)))]

    def _text(self, node: Node, shown: str) -> tuple[str, list[str]]:
        """The wording that counts, and notes with the others and what they link to."""
        if not node.wordings:
            self.part.note(
                f"{shown} is given no text: its title stands for it",
                line=node.line,
                remedy=f"write {shown}: and its text somewhere",
            )
            return node.title, []
        chosen = node.wordings[node.canonical]
        notes = [link for wording in node.wordings for link in wording.links]
        others = dict.fromkeys(w.text for w in node.wordings if w.text != chosen.text)
        if others:
            line = next(w.line for w in node.wordings if w.text != chosen.text)
            self.part.note(
                f"{shown} is given {len(others) + 1} different texts: that of line "
                f"{chosen.line} counts, the others are kept as notes",
                line=line,
            )
        return chosen.text, [*others, *notes]

    def _speakers(
        self, data: dict[str, Any], keys: tuple[str, ...], otherwise: tuple[str, ...]
    ) -> tuple[str, ...]:
        if not any(key in data for key in keys):
            return otherwise
        names = [name for key in keys for name in texts(data.get(key))]
        return tuple(dict.fromkeys(self.part.speaker(name) for name in names))

    def _quotes(self, data: dict[str, Any]) -> tuple[Quote, ...]:
        found = []
        for key in QUOTE_KEYS:
            value = data.get(key)
            for each in value if isinstance(value, list) else [value]:
                words = each if isinstance(each, dict) else {"exact": each}
                for exact in words_of(words.get("exact")):
                    title = text_of(words.get("source"))
                    found.append(
                        Quote(
                            exact,
                            "".join(words_of(words.get("prefix"))),
                            "".join(words_of(words.get("suffix"))),
                            self.part.document(title) if title else self.document_key,
                        )
                    )
        return tuple(found)

    def _numbers(self, data: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {"said_on": self._date(data.get("date"))}
        if text := text_of(data.get("strength")):
            try:
                strength = float(text)
            except ValueError:
                strength = -1.0
            if 0 <= strength <= 1:
                found["strength"] = strength
            else:
                self.counts["strength"] += 1
        return found

    def _date(self, value: Any) -> str:
        """The day, month, year or moment as XML Schema writes it; empty if it is none."""
        text = text_of(value).removesuffix("T00:00:00.000Z")  # a day, as JavaScript writes it
        moment = read_moment(_DAY_FIRST.sub(_day_last, text))
        self.counts["date"] += bool(text) and not moment
        return moment

    def _count_unread(self, data: dict[str, Any]) -> None:
        self.unread.update(key for key in data if key not in _READ)

    # -- links --------------------------------------------------------------------------------

    def _name_steps(self) -> None:
        for argument in self.document.arguments.values():
            for place, line in enumerate(argument.lines):
                if line.inference is not None:
                    name = argument_name(argument.title)
                    if place < len(argument.lines) - 1:
                        name = self._name_of_step(argument, place)
                    self.steps[End(True, argument.title, place)] = name

    def _structure(self, argument: Argument, denials: dict[str, Relation]) -> None:
        used: set[int] = set()
        for place, line in enumerate(argument.lines):
            if line.inference is None:
                continue
            end = End(True, argument.title, place)
            premises = self._premises(argument, place, line.inference)
            used.update(premises)
            kind, conclusion = LinkKind.SUPPORT, End(False, line.statement)
            if text_of(line.inference.data.get("kind")) == "evidence":
                kind = LinkKind.EVIDENCE
            key = self.names.get(conclusion)
            conclusion_key = self.part.claim_key(key) if key is not None else ""
            if (denial := denials.get(line.statement)) is not None:
                kind = LinkKind.UNDERCUT if denial.kind is Kind.UNDERCUT else LinkKind.REBUTTAL
                conclusion_key = self._target(denial)
            last = place == len(argument.lines) - 1
            self.part.link(
                kind,
                [self._key(End(False, argument.lines[number].statement)) for number in premises],
                conclusion_key,
                self.steps[end],
                scheme=", ".join(line.inference.rules),
                speakers=self._speakers(argument.data, SPEAKER_KEYS, ()),
                reporters=self._speakers(argument.data, REPORTER_KEYS, ()),
                quotes=self._link_quotes(argument) if last else (),
                **self._numbers(argument.data),
            )
            self._count_unread(line.inference.data)
        unused = [
            number
            for number, line in enumerate(argument.lines, 1)
            if line.inference is None and number - 1 not in used
        ]
        if unused:
            self.part.note(
                f"<{argument.title}> uses premise {', '.join(map(str, unused))} in no step",
                line=argument.line,
            )
        self._count_unread(argument.data)
        self.counts["tags"] += len(argument.tags)
        self.counts["sources"] += sum(key in argument.data for key in (*NOTE_KEYS, *SOURCE_KEYS))

    def _name_of_step(self, argument: Argument, place: int) -> str:
        """The name that Argdown gives to a step when it takes an argument apart."""
        number = sum(line.inference is not None for line in argument.lines[: place + 1])
        title = f"{argument.title} - {number}"
        while title in self.document.arguments:
            title += "*"
        return argument_name(title)

    def _link_quotes(self, argument: Argument) -> tuple[Quote, ...]:
        """What stands below the title of an argument: the argument in the words of its author."""
        gist = dict.fromkeys(wording.text for wording in argument.wordings)
        return (
            *(Quote(words, document=self.document_key) for words in gist),
            *self._quotes(argument.data),
        )

    def _premises(self, argument: Argument, place: int, inference: Inference) -> list[int]:
        """The places of what a step starts from: what its `uses` says, else all since the last."""
        data = dict(inference.data)
        node = self.document.statements[argument.lines[place].statement]
        uses = data.get("uses", data.get("from", node.data.get("uses", node.data.get("from"))))
        if isinstance(uses, list):
            numbers = [int(text) - 1 for text in texts(uses) if text.isdecimal()]
            valid = [number for number in numbers if 0 <= number < place]
            if len(valid) < len(uses):
                self.part.note(
                    f"an inference of <{argument.title}> uses what does not stand above it",
                    line=inference.line,
                )
            if valid:
                return list(dict.fromkeys(valid))
        start = place
        while start > 0:
            start -= 1
            if argument.lines[start].inference is not None:
                break
        return list(range(start, place))

    def _key(self, end: End) -> str:
        """The key of the claim that an end of a relation is, or of the link."""
        if end.line >= 0:
            return self.part.link_key(self.steps[end])
        if end.argument:
            argument = self.document.arguments[end.title]
            if argument.lines:
                return self._key(End(False, argument.conclusion))
            return self.part.claim_key(argument_name(end.title))
        return self.part.claim_key(self.names.get(end, ""))

    def _target(self, relation: Relation) -> str:
        """The key of what an attack ends on: the last step of an argument that has steps."""
        target = relation.target
        if target.argument and target.line < 0:
            lines = self.document.arguments[target.title].lines
            target = End(True, target.title, len(lines) - 1) if lines else target
        return self._key(target)

    def _relate(self, denials: dict[str, Relation]) -> None:
        relations = [r for r in self.relations if r not in denials.values()]
        undercut = {r.target for r in relations if r.kind is Kind.UNDERCUT and r.target.line < 0}
        undercut.update(
            r.target for r in denials.values() if r.kind is Kind.UNDERCUT and r.target.line < 0
        )
        named: dict[End, list[str]] = {}
        for relation in relations:
            if relation.kind is Kind.UNDERCUT:
                continue
            name = ""
            if relation.source in undercut and not relation.kind.symmetric:
                name = self._name_of_link(relation)
                named.setdefault(relation.source, []).append(name)
            self._link(relation, name)
        for relation in relations:
            if relation.kind is Kind.UNDERCUT:
                self._undercut(relation, named.get(relation.target, []))

    def _name_of_link(self, relation: Relation) -> str:
        """The name of a link that is undercut, made of those of its ends."""
        start, end = (
            argument_name(each.title) if each.argument else self.names[each]
            for each in (relation.source, relation.target)
        )
        sign = "-" if relation.kind is Kind.ATTACK else "+"
        name = name_of_line(start, sign, end)
        return name if relation.source.argument else argument_name(name)

    def _link(self, relation: Relation, name: str) -> None:
        kind, source, target, _ = relation
        structured = target.argument and bool(self.document.arguments[target.title].lines)
        if kind.symmetric:
            self.part.contradictions.append((self._key(source), self._key(target)))
        elif kind is Kind.ATTACK and structured:
            self.counts["attack"] += 1
            self.part.link(LinkKind.UNDERCUT, [self._key(source)], self._target(relation), name)
        else:
            self.counts["support"] += structured
            link_kind = LinkKind.REBUTTAL if kind is Kind.ATTACK else LinkKind.SUPPORT
            self.part.link(link_kind, [self._key(source)], self._key(target), name)

    def _undercut(self, relation: Relation, links: list[str]) -> None:
        """An undercut of a sketch, or of a statement, is one of all it supports or attacks."""
        premise = [self._key(relation.source)]
        if relation.target.line >= 0:
            self.part.link(LinkKind.UNDERCUT, premise, self._key(relation.target))
        elif links:
            for name in links:
                self.part.link(LinkKind.UNDERCUT, premise, self.part.link_key(name))
        else:
            self.part.note(
                f"{relation.target.title!r} is undercut, but leads nowhere: read as a rebuttal",
                line=relation.line,
            )
            self.part.link(LinkKind.REBUTTAL, premise, self._key(relation.target))

    # -- what has no counterpart --------------------------------------------------------------

    def _tell(self) -> None:
        counts = self.counts
        for what, message in (
            (
                "commentary",
                "{} paragraphs have no title and no relation: read as commentary, left out",
            ),
            (
                "attack",
                "{} attacks on an argument with premises are read as undercuts of its last step: "
                "Argdown does not say which premise is meant",
            ),
            (
                "support",
                "{} supports of an argument with premises are read as supports of its conclusion: "
                "Argdown does not say which premise is meant",
            ),
            ("tags", "{} tags of arguments with premises have no counterpart on a step"),
            ("sources", "{} sources and notes of arguments with premises have no counterpart"),
            ("date", "{} dates are none like 2018-10-27, 2018-10 or 27/10/2018: left out"),
            ("strength", "{} strengths are no number from 0 to 1: left out"),
        ):
            if counts[what]:
                self.part.note(message.format(counts[what]))
        if self.unread:
            keys = ", ".join(f"{key} ({n})" for key, n in sorted(self.unread.items()))
            self.part.note(f"data that have no counterpart are left out: {keys}")


def _day_last(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    return f"{year}-{int(month):02}-{int(day):02}"
