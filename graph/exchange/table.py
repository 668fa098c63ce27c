"""A plain table: a row for a claim, for people who start from a spreadsheet.

The first row names the columns; only ``text`` is needed. ``relation`` and ``target`` say what the
claim is to another: a row more with the same ``id`` says more of it. ``with`` names the joint
premises of the relation. Several speakers, topics and so on are parted by semicolons. Comma,
semicolon and tab may part the cells. Writing such a table and reading it again keeps the columns.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ..debate import Debate, nearest
from ..model import DEFAULT_STRENGTH, Claim, Link, Quote
from ..terms import ClaimKind, LinkKind
from .exporting import Export
from .losses import lost
from .moments import read_moment
from .part import Part
from .source import Source

if TYPE_CHECKING:
    import _csv

COLUMNS: Final = (
    "id", "text", "speaker", "relation", "target", "with", "kind", "reporter", "topic", "question",
    "value", "quote", "document", "date", "strength", "language",
)  # fmt: skip
"""Every column that is read, in the order in which they are written."""

_OTHER_NAMES: Final = {
    "name": "id", "claim": "text", "statement": "text", "speakers": "speaker", "author": "speaker",
    "who": "speaker", "type": "kind", "reporters": "reporter", "topics": "topic",
    "questions": "question", "values": "value", "source": "document", "lang": "language",
}  # fmt: skip
_LINKS: Final = {
    "supports": LinkKind.SUPPORT, "support": LinkKind.SUPPORT, "pro": LinkKind.SUPPORT,
    "rebuts": LinkKind.REBUTTAL, "attacks": LinkKind.REBUTTAL, "attack": LinkKind.REBUTTAL,
    "con": LinkKind.REBUTTAL, "evidence for": LinkKind.EVIDENCE,
    "is evidence for": LinkKind.EVIDENCE, "undercuts": LinkKind.UNDERCUT,
}  # fmt: skip
_PAIRS: Final = {
    "restates": "restatements", "contradicts": "contradictions", "qualifies": "qualifications",
}  # fmt: skip
_ARROW: Final = " -> "


@dataclass(frozen=True)
class _Row:
    """A row: where it stands, and its cells by column."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def several(self, column: str) -> list[str]:
        return [cell.strip() for cell in self[column].split(";") if cell.strip()]


def recognises(source: Source) -> bool:
    """Whether the first row has a column of texts."""
    try:
        header = next(_reader(source.data[:65536].decode("utf-8-sig", "replace")), [])
    except csv.Error:
        return False
    return "text" in _columns(header)


def read(source: Source, part: Part) -> None:
    """Read a table into the part.

    Raises:
        InputError: there is no column of texts, or a row names what does not exist.
    """
    part.scope = "" if part.alone else source.stem
    part.title = source.stem
    rows = _rows(source, part)
    names = _named(source, rows)
    reading = _Table(source, part, names)
    for name, row in names:
        reading.claim(name, row)
    for name, row in names:
        if row["relation"] or row["target"]:
            reading.relation(name, row)


def _rows(source: Source, part: Part) -> list[_Row]:
    reader = _reader(source.text())
    found: list[_Row] = []
    try:
        header = next(reader, [])
        columns = _columns(header)
        if "text" not in columns:
            source.fail(
                f"no column named 'text' among {', '.join(filter(None, columns)) or 'none'}",
                line=1, column=1, remedy="name the columns in the first row",
            )  # fmt: skip
        if odd := [column for column in columns if column and column not in COLUMNS]:
            part.note(f"columns without a counterpart: {', '.join(odd)}", line=1)
        start = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(_Row(start, dict(zip(columns, cells, strict=False))))
            start = reader.line_num + 1
    except csv.Error as error:
        source.fail(f"not a table: {error}", line=reader.line_num)
    return found


def _reader(text: str) -> _csv.Reader:
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _columns(header: list[str]) -> list[str]:
    plain = [cell.strip().casefold() for cell in header]
    return [_OTHER_NAMES.get(cell, cell) for cell in plain]


def _named(source: Source, rows: list[_Row]) -> list[tuple[str, _Row]]:
    """Each row with the name of its claim: its id, that of the row with its text, or its number."""
    ids = {row["id"] for row in rows if row["id"]}
    by_text: dict[str, str] = {}
    found = []
    for number, row in enumerate(rows, 1):
        name = row["id"] or by_text.get(row["text"], "")
        if not name:
            name = str(number) if str(number) not in ids else f"row-{number}"
        if row["text"]:
            by_text.setdefault(row["text"], name)
        elif name not in by_text.values():
            source.fail("a row without a text", line=row.line, remedy="write what is claimed")
        found.append((name, row))
    return found


class _Table:
    def __init__(self, source: Source, part: Part, rows: list[tuple[str, _Row]]) -> None:
        self.source = source
        self.part = part
        self.names = {name for name, _ in rows}
        self.by_text = {row["text"]: name for name, row in reversed(rows) if row["text"]}
        self.links: Counter[str] = Counter()

    def claim(self, name: str, row: _Row) -> None:
        if not row["text"]:
            return
        part = self.part
        document = part.document(row["document"]) if row["document"] else ""
        quotes = (Quote(row["quote"], document=document),) if row["quote"] else ()
        if document and not quotes:
            part.note(f"{name!r} names a document and quotes nothing of it", line=row.line)
        part.claim(
            name,
            row["text"],
            kind=self._kind(row),
            speakers=tuple(map(part.speaker, row.several("speaker"))),
            reporters=tuple(map(part.speaker, row.several("reporter"))),
            topics=tuple(map(part.topic, row.several("topic"))),
            questions=tuple(map(part.question, row.several("question"))),
            values=tuple(map(part.value, row.several("value"))),
            quotes=quotes,
            said_on=self._date(row),
            strength=self._strength(row),
            language=row["language"],
        )

    def relation(self, name: str, row: _Row) -> None:
        word = row["relation"].casefold().replace("_", " ")
        if not (word and row["target"]):
            missing = "target" if word else "relation"
            self.source.fail(
                f"a row with only one of relation and target: no {missing}", line=row.line
            )
        if word in _PAIRS:
            pair = self.part.claim_key(name), self.part.claim_key(self._target(row, row["target"]))
            getattr(self.part, _PAIRS[word]).append(pair)
            return
        if word not in _LINKS:
            known = [*_LINKS, *_PAIRS]
            self.source.fail(
                f"no such relation: {row['relation']!r}", line=row.line,
                remedy=f"take one of {', '.join(nearest(word, known) or known)}",
            )  # fmt: skip
        kind = _LINKS[word]
        premises = [name, *(self._target(row, other) for other in row.several("with"))]
        keys = [self.part.claim_key(premise) for premise in premises]
        if kind is LinkKind.UNDERCUT:
            start, arrow, end = row["target"].partition(_ARROW.strip())
            if not arrow:
                self.source.fail(
                    f"{row['target']!r} is no step", line=row.line,
                    remedy="name the two claims that the step joins: premise -> conclusion",
                )  # fmt: skip
            step = _step(self._target(row, start.strip()), self._target(row, end.strip()))
            self.part.link(kind, keys, self.part.link_key(step), f"{name} undercuts {step}")
            return
        target = self._target(row, row["target"])
        self.part.link(kind, keys, self.part.claim_key(target), self._step_name(name, target))

    def _step_name(self, start: str, end: str) -> str:
        """The name of a step, numbered where the same two claims are joined again."""
        name = _step(start, end)
        self.links[name] += 1
        return name if self.links[name] == 1 else f"{name} ({self.links[name]})"

    def _target(self, row: _Row, name: str) -> str:
        if name not in self.names and name not in self.by_text:
            close = nearest(name, [*self.names, *self.by_text])
            hint = f"did you mean {close[0]!r}?" if close else "name a claim by its id, text or row"
            self.source.fail(f"there is no claim {name!r}", line=row.line, remedy=hint)
        return name if name in self.names else self.by_text[name]

    def _kind(self, row: _Row) -> ClaimKind:
        try:
            return ClaimKind(row["kind"].casefold() or "claim")
        except ValueError:
            kinds = ", ".join(kind.value for kind in ClaimKind)
            self.source.fail(
                f"no such kind: {row['kind']!r}", line=row.line, remedy=f"take one of {kinds}"
            )

    def _date(self, row: _Row) -> str:
        moment = read_moment(row["date"])
        if row["date"] and not moment:
            self.part.note(
                f"{row['date']!r} is no date: left out", line=row.line,
                remedy="write it like 2025-12-09, 2025-12 or 2025",
            )  # fmt: skip
        return moment

    def _strength(self, row: _Row) -> float:
        if not row["strength"]:
            return DEFAULT_STRENGTH
        try:
            strength = float(row["strength"].replace(",", "."))
        except ValueError:
            strength = -1.0
        if not 0 <= strength <= 1:
            self.source.fail(f"{row['strength']!r} is no number from 0 to 1", line=row.line)
        return strength


def _step(start: str, end: str) -> str:
    return f"{start}{_ARROW}{end}"


# -- writing --------------------------------------------------------------------------------------


def write(debate: Debate) -> Export:
    """The debate as one table that can be read again."""
    return Export({"": table(_rows_of(debate), COLUMNS)}, _losses(debate))


def table(rows: Iterable[dict[str, str]], columns: tuple[str, ...]) -> bytes:
    """Rows as CSV (RFC 4180) with a header."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _rows_of(debate: Debate) -> Iterator[dict[str, str]]:
    """A row for each claim with its first relation, and one for each further relation."""
    relations: dict[str, list[dict[str, str]]] = {}
    for name, row in _relations(debate):
        relations.setdefault(name, []).append(row)
    for claim in debate.claims:
        name = debate.name(claim.iri)
        first, *others = relations.get(name, [{}])
        yield {**_claim_row(debate, claim), **first}
        yield from ({"id": name, **other} for other in others)


def _claim_row(debate: Debate, claim: Claim) -> dict[str, str]:
    number = debate.claim_numbers[claim.iri]
    quote = claim.quotes[0] if claim.quotes else Quote("")
    documents = debate.document_numbers

    def labels(numbers: Iterable[int], entities: Sequence[Any]) -> str:
        return "; ".join(entities[each].label for each in numbers)

    return {
        "id": debate.name(claim.iri),
        "text": claim.text,
        "kind": "" if claim.kind is ClaimKind.CLAIM else claim.kind.value,
        "speaker": labels(debate.claim_speakers[number], debate.speakers),
        "reporter": labels(debate.claim_reporters[number], debate.speakers),
        "topic": labels(debate.claim_topics[number], debate.topics),
        "question": labels(debate.claim_questions[number], debate.questions),
        "value": labels(debate.claim_values[number], debate.values),
        "quote": quote.exact,
        "document": debate.documents[documents[quote.document]].title if quote.document else "",
        "date": claim.said_on,
        "strength": "" if claim.strength == DEFAULT_STRENGTH else repr(claim.strength),
        "language": claim.language,
    }


def _relations(debate: Debate) -> Iterator[tuple[str, dict[str, str]]]:
    """The name of the claim that a relation starts from, and the cells of the relation."""
    opposed = {frozenset(pair) for pair in debate.contradictions}
    for number, link in enumerate(debate.links):
        first, *others = [debate.name(premise) for premise in link.premises]
        ends = {*debate.link_premises[number], debate.link_conclusions[number]}
        said_already = link.kind is LinkKind.REBUTTAL and ends in opposed
        if (target := _end(debate, link)) and not said_already:
            verb = link.kind.verb.removeprefix("is ")
            yield first, {"relation": verb, "target": target, "with": "; ".join(others)}
    for word, field in _PAIRS.items():
        for start, end in getattr(debate, field):
            name = debate.name(debate.claim_iris[start])
            yield name, {"relation": word, "target": debate.name(debate.claim_iris[end])}


def _end(debate: Debate, link: Link) -> str | None:
    """What a link ends on: a claim, or a step between two claims; None for an undercut."""
    if link.conclusion in debate.claim_numbers:
        return debate.name(link.conclusion)
    step = debate.link_at(debate.link_numbers[link.conclusion])
    if step.conclusion not in debate.claim_numbers:
        return None
    return _step(debate.name(step.premises[0]), debate.name(step.conclusion))


def _losses(debate: Debate) -> tuple[str, ...]:
    kept = (
        "speakers", "questions", "topics", "values", "texts of claims", "dates of claims",
        "restatements", "contradictions", "qualifications", "strengths of claims",
        "that a claim is evidence", "that a claim is a recommendation",
        "that a support is one by evidence", "languages of claims", "reporters",
    )  # fmt: skip
    more = sum(max(0, len(debate.quotes_at(claim)) - 1) for claim in range(len(debate)))
    counter = sum(_end(debate, link) is None for link in debate.links)
    return (
        *lost(debate, *kept, "quotes", "documents"),
        *([f"further quotes of a claim: {more}"] if more else []),
        *([f"undercuts of undercuts: {counter}"] if counter else []),
    )
