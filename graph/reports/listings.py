"""What is in a debate, as tables and as texts for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from ..analysis.plain import claim_json, speaker_labels
from ..debate import Debate
from ..errors import Finding, UnknownNameError
from ..model import Claim, Link, Quote
from ..printable import printable
from ..terms import LinkKind
from .tables import Table, console

if TYPE_CHECKING:
    from ..analysis.agreements import Agreement
    from ..analysis.disagreements import Disagreement


def claims_table(debate: Debate, numbers: Iterable[int]) -> Table:
    """The claims `numbers`: name, kind, speakers, topics, text."""
    rows = []
    for number in numbers:
        claim = debate.claim_at(number)
        topics = [debate.topics[n].label for n in debate.claim_topics[number]]
        speakers = speaker_labels(debate, claim.speakers)
        rows.append(
            (
                debate.name(claim.iri),
                claim.kind.value,
                ", ".join(speakers),
                ", ".join(topics),
                claim.text,
            )
        )
    return Table(("name", "kind", "speakers", "topics", "text"), tuple(rows))


def matching_claims(
    debate: Debate,
    *,
    speaker: str | None = None,
    topic: str | None = None,
    question: str | None = None,
) -> list[int]:
    """The numbers of the claims of a speaker, on a topic or below it, that answer a question.

    Raises:
        UnknownNameError: the debate has no such speaker, topic or question.
    """
    by = debate.speaker_number(speaker) if speaker else None
    about = debate.topics_under(debate.topic_number(topic)) if topic else None
    answering = debate.question_number(question) if question else None
    return [
        number
        for number in range(len(debate))
        if (by is None or by in debate.claim_speakers[number])
        and (about is None or about & set(debate.claim_topics[number]))
        and (answering is None or answering in debate.claim_questions[number])
    ]


def _speakers(debate: Debate) -> Table:
    rows = [
        (debate.name(s.iri), s.label, len(debate.claims_of_speaker[n]), s.note)
        for n, s in enumerate(debate.speakers)
    ]
    return Table(("name", "label", "claims", "note"), tuple(rows))


def _documents(debate: Debate) -> Table:
    rows = [
        (
            debate.name(d.iri),
            d.title,
            ", ".join(debate.speakers[debate.speaker_numbers[iri]].label for iri in d.authors
                      if iri in debate.speaker_numbers),
            d.date,
            d.file_name,
        )
        for d in debate.documents
    ]  # fmt: skip
    return Table(("name", "title", "authors", "date", "file"), tuple(rows))


def _questions(debate: Debate) -> Table:
    rows = [
        (debate.name(q.iri), q.label, "yes" if q.exclusive else "no", len(debate.answers_to[n]))
        for n, q in enumerate(debate.questions)
    ]
    return Table(("name", "question", "exclusive", "answers"), tuple(rows))


def _topics(debate: Debate) -> Table:
    counts = debate.claim_topics.transposed(len(debate.topics))
    rows = [
        (
            debate.name(t.iri),
            t.label,
            ", ".join(debate.topics[debate.topic_numbers[iri]].label for iri in t.broader),
            len(counts[n]),
        )
        for n, t in enumerate(debate.topics)
    ]
    return Table(("name", "label", "part of", "claims"), tuple(rows))


def _values(debate: Debate) -> Table:
    counts = debate.claim_values.transposed(len(debate.values))
    rows = [(debate.name(v.iri), v.label, len(counts[n])) for n, v in enumerate(debate.values)]
    return Table(("name", "label", "claims"), tuple(rows))


def _audiences(debate: Debate) -> Table:
    rows = [
        (
            debate.name(a.iri),
            a.label,
            " > ".join(debate.values[debate.value_numbers[iri]].label for iri in a.order
                       if iri in debate.value_numbers),
        )
        for a in debate.audiences
    ]  # fmt: skip
    return Table(("name", "label", "order of values"), tuple(rows))


def _links(debate: Debate) -> Table:
    rows = [
        (
            LinkKind(debate.link_kinds[n]).word,
            ", ".join(debate.name(iri) for iri in link.premises),
            debate.name(link.conclusion),
            ", ".join(speaker_labels(debate, link.speakers)),
            debate.name(link.iri),
        )
        for n, link in enumerate(debate.links)
    ]
    return Table(("kind", "from", "to", "speakers", "name"), tuple(rows))


LISTINGS: dict[str, Callable[[Debate], Table]] = {
    "claims": lambda debate: claims_table(debate, range(len(debate))),
    "speakers": _speakers,
    "questions": _questions,
    "topics": _topics,
    "documents": _documents,
    "values": _values,
    "audiences": _audiences,
    "links": _links,
}
"""What can be listed, and the function that does it."""


def statistics(debate: Debate) -> dict[str, int]:
    """How much there is of everything, in a fixed order."""
    kinds = [LinkKind(kind) for kind in debate.link_kinds]
    attacked = {n for n, k in zip(debate.link_conclusions, kinds, strict=True) if k.attacks}
    quoted = sum(1 for number in range(len(debate)) if debate.quotes_at(number))
    return {
        "claims": len(debate),
        "of them evidence": sum(1 for c in debate.claims if c.kind == "evidence"),
        "of them recommendations": sum(1 for c in debate.claims if c.kind == "recommendation"),
        "claims with a quote": quoted,
        "claims attacked": sum(1 for node in attacked if node < len(debate)),
        "links": len(kinds),
        **{f"links: {kind.word}": kinds.count(kind) for kind in LinkKind},
        "restatements": len(debate.restatements),
        "qualifications": len(debate.qualifications),
        "speakers": len(debate.speakers),
        "questions": len(debate.questions),
        "topics": len(debate.topics),
        "documents": len(debate.documents),
        "values": len(debate.values),
        "audiences": len(debate.audiences),
    }


def findings_table(findings: Iterable[Finding]) -> Table:
    """One row per finding of `check`."""
    rows = [
        (f.file, f.line, f.column, f.severity.value, f.rule, f.node, f.message, f.remedy)
        for f in findings
    ]
    columns = ("file", "line", "column", "severity", "rule", "node", "message", "remedy")
    return Table(columns, tuple(rows))


def disagreements_table(
    debate: Debate,
    points: Iterable[Disagreement],
    turning: Mapping[int, Sequence[Claim]] | None = None,
) -> Table:
    """One row per point; the sides of a point are joined by “vs”.

    With `turning` (rank → claims) there is a column for what both sides would turn on.
    """
    rows = [
        (
            point.rank,
            point.kind.value,
            point.score,
            point.parts.stakes,
            point.parts.balance,
            point.parts.answered,
            point.contention,
            point.question.label if point.question else "",
            ", ".join(topic.label for topic in point.topics),
            " vs ".join(", ".join(s.label for s in side.speakers) for side in point.sides),
            " vs ".join(
                " / ".join(debate.name(c.iri) for c in side.claims) or "(rejects it)"
                for side in point.sides
            ),
            *([" / ".join(debate.name(c.iri) for c in turning[point.rank])] if turning else []),
        )
        for point in points
    ]
    columns = (
        "rank", "kind", "score", "stakes", "balance", "answered", "contention", "question",
        "topics", "speakers", "claims",
    )  # fmt: skip
    return Table((*columns, "both turn on") if turning else columns, tuple(rows))


def write_disagreements(
    debate: Debate,
    points: Iterable[Disagreement],
    file: TextIO,
    turning: Mapping[int, Sequence[Claim]] | None = None,
) -> None:
    """The points as a list to read: kind, measure, question, and each side with its claims."""
    from rich.padding import Padding
    from rich.text import Text

    screen = console(file)
    for point in points:
        kinds = " · ".join(kind.value for kind in point.kinds)
        parts = point.parts
        head = Text()
        head.append(f"{point.rank:>3}. ", style="bold")
        subject = _subject(debate, point)
        head.append(printable(subject), style="bold")
        screen.print(head, soft_wrap=False)
        measure = (
            f"{kinds}   score {point.score:.2f} = stakes {parts.stakes:.2f}, "
            f"balance {parts.balance:.2f}, answered {parts.answered:.2f}"
        )
        if parts.weight != 1:
            measure += f", weight {parts.weight:g}"
        screen.print(Padding(Text(measure, style="dim"), (0, 0, 0, 5), expand=False))
        for side in point.sides:
            who = ", ".join(printable(speaker.label) for speaker in side.speakers) or "nobody"
            if not side.claims:
                screen.print(
                    Padding(Text(f"{who} rejects it", style="cyan"), (0, 0, 0, 5), expand=False)
                )
            for claim in side.claims:
                line = Text()
                line.append(who, style="cyan")
                line.append(f": {printable(claim.text)}")
                line.append(f"  ({debate.name(claim.iri)})", style="dim")
                screen.print(Padding(line, (0, 0, 0, 5), expand=False))
        for claim in (turning or {}).get(point.rank, ()):
            crux = Text(f"both would turn on: {printable(claim.text)}", style="green")
            screen.print(Padding(crux, (0, 0, 0, 5), expand=False))
        screen.print()


def _subject(debate: Debate, point: Disagreement) -> str:
    """What a point is about: its question, else its topics, else the claim disputed.

    A claim goes by its name, or by its text where the name is only a number of another tool.
    """
    if point.question:
        return point.question.label
    if point.topics:
        return ", ".join(topic.label for topic in point.topics)
    claim = point.sides[0].claims[0]
    name = debate.name(claim.iri)
    return claim.text if name.replace("-", "").isdecimal() else name


def agreements_table(debate: Debate, points: Iterable[Agreement]) -> Table:
    """One row per point of agreement."""
    rows = [
        (
            point.rank,
            point.kind.value,
            point.score,
            ", ".join(speaker.label for speaker in point.speakers),
            ", ".join(topic.label for topic in point.topics),
            " / ".join(debate.name(claim.iri) for claim in point.claims),
            " / ".join(claim.text for claim in point.claims),
        )
        for point in points
    ]
    return Table(("rank", "kind", "score", "speakers", "topics", "claims", "text"), tuple(rows))


def shared_ground_table(debate: Debate, numbers: Iterable[int]) -> Table:
    """One row per claim that stands in every view and before every audience."""
    rows = [
        (
            debate.name(debate.claim_iris[number]),
            ", ".join(debate.speakers[s].label for s in debate.claim_speakers[number]),
            debate.claim_texts[number],
        )
        for number in numbers
    ]
    return Table(("name", "speakers", "text"), tuple(rows))


def write_claim(debate: Debate, claim: Claim, file: TextIO) -> None:
    """Everything about one claim, to read in a terminal."""
    from rich.padding import Padding
    from rich.text import Text

    screen = console(file)
    screen.print(Text(printable(claim.text), style="bold"))
    facts = claim_json(debate, claim)
    about = [
        ("name", debate.name(claim.iri)),
        ("iri", claim.iri),
        ("kind", claim.kind.value),
        ("asserted by", ", ".join(facts["speakers"])),
        ("reported by", ", ".join(facts["reporters"])),
        ("topics", ", ".join(facts["topics"])),
        ("answers", ", ".join(facts["questions"])),
        ("promotes", ", ".join(facts["values"])),
        ("rates", ", ".join(facts["options"])),
        ("by", ", ".join(facts["criteria"])),
        ("scope", ", ".join(facts["scopes"])),
        ("strength", f"{claim.strength:g}"),
        ("said on", claim.said_on),
        ("called", claim.identifier),
    ]
    for label, value in about:
        if value:
            screen.print(Text(f"{label:<12} {printable(value)}"))
    for quote in claim.quotes:
        screen.print(
            Padding(Text(_quoted(debate, quote), style="italic"), (0, 0, 0, 2), expand=False)
        )
    for note in claim.notes:
        screen.print(Padding(Text(f"Note: {printable(note)}"), (0, 0, 0, 2), expand=False))
    number = debate.claim_numbers[claim.iri]
    for link in debate.links_from[number]:
        screen.print(Text(_link_line(debate, debate.link_at(link), outgoing=True)))
    for link in debate.links_to[number]:
        screen.print(Text(_link_line(debate, debate.link_at(link), outgoing=False)))


def _quoted(debate: Debate, quote: Quote) -> str:
    document = debate.document_numbers.get(quote.document)
    title = "" if document is None else f" ({debate.documents[document].title})"
    return f"“{printable(quote.exact)}”{printable(title)}"


def _link_line(debate: Debate, link: Link, *, outgoing: bool) -> str:
    def shown(iri: str) -> str:
        try:
            return printable(f"{debate.claim(iri).text} ({debate.name(iri)})")
        except UnknownNameError:
            return f"the step {debate.name(iri)}"

    premises = " and ".join(shown(iri) for iri in link.premises)
    if outgoing:
        return f"→ {link.kind.verb}: {shown(link.conclusion)}"
    return f"← {premises} {link.kind.verb} it"
