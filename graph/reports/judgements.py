"""Verdicts, cruxes, audiences, evidence and gaps as tables, and as texts for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from ..analysis.comparison import Comparison
from ..analysis.evidence import Evidence
from ..analysis.gaps import Gap
from ..analysis.plain import speaker_labels
from ..analysis.plain_verdicts import gap_subject
from ..analysis.views import ViewDifference
from ..debate import Debate
from ..model import Audience
from ..printable import printable
from ..semantics.audiences import AudienceVerdicts
from ..semantics.cruxes import Change, Crux, Cruxes, DoubleCrux, Move
from ..semantics.influences import Influence, Influences
from ..semantics.profiles import Profile
from ..semantics.verdicts import Verdicts
from ..semantics.what_if import WhatIf
from ..terms import LinkKind
from .tables import Table, console


def verdicts_table(debate: Debate, found: Verdicts, claims: Iterable[int]) -> Table:
    """One row per claim: name, status, strength, speakers, text."""
    rows = [
        (
            debate.name(debate.claim_iris[claim]),
            found.verdicts[claim].status.value,
            found.verdicts[claim].strength,
            _speakers(debate, claim),
            debate.claim_texts[claim],
        )
        for claim in claims
    ]
    return Table(("name", "status", "strength", "speakers", "text"), tuple(rows))


def conditions(found: Verdicts) -> str:
    """Under what the verdicts were reached, in a sentence or two."""
    text = f"{found.semantics.value} semantics, {reading(found.profile, found.audience)}."
    text += f" {found.profile.sentence}"
    if not found.converged:
        text += " Strengths on some cycles did not come to rest: take them for nothing."
    return text


def reading(profile: Profile, audience: Audience | None = None) -> str:
    """How support is read and for whom, as a phrase: “profile reason, for the audience …”."""
    whom = f", for the audience “{printable(audience.label)}”" if audience else ""
    return f"profile {profile.value}{whom}"


def withdrawn_and_changed(found: WhatIf) -> str:
    """What a what-if changed, as a phrase: “without Aaron Gin: 7 claims withdrawn; …”."""
    parts = [
        f"without {printable(w.label)}: {counted(len(w.claims), 'claim')} withdrawn"
        for w in found.withdrawn
    ]
    for claims, done in ((found.rejected, "given up"), (found.accepted, "conceded")):
        if claims:
            parts.append(f"{counted(len(claims), 'claim')} {done}")
    shifting = len(found.shifts)
    return "; ".join([*parts, f"{shifting} other{'s shift' if shifting != 1 else ' shifts'}"])


def counted(number: int, noun: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def extensions_table(debate: Debate, components: Sequence[Sequence[Sequence[int]]]) -> Table:
    """One row per alternative of each component of the debate."""
    rows = [
        (
            number,
            place if len(alternatives) > 1 else None,
            ", ".join(debate.name(debate.claim_iris[claim]) for claim in claims),
        )
        for number, alternatives in enumerate(components)
        for place, claims in enumerate(alternatives, start=1)
    ]
    return Table(("component", "alternative", "claims"), tuple(rows))


def cruxes_table(debate: Debate, found: Cruxes) -> Table:
    """One row per crux."""
    rows = [(told_changes(debate, c), c.before, c.after) for c in found.cruxes]
    return Table(("change of mind", "before", "after"), tuple(rows))


def double_cruxes_table(debate: Debate, found: Iterable[DoubleCrux], names: Sequence[str]) -> Table:
    """One row per double crux; `names` are the two speakers."""

    def told(crux: Crux) -> str:
        return f"{told_changes(debate, crux)}: {crux.before} → {crux.after}"

    rows = [
        (debate.claim_texts[double.claim], told(double.first), told(double.second))
        for double in found
    ]
    return Table(("both would turn on", names[0], names[1]), tuple(rows))


def told_changes(debate: Debate, crux: Crux) -> str:
    """The changes of a crux as a phrase: “give up x and concede y”."""
    return " and ".join(_told(debate, change) for change in crux.changes)


def _told(debate: Debate, change: Change) -> str:
    if change.move is not Move.DROP:
        return f"{change.move.value} “{debate.name(debate.claim_iris[change.number])}”"
    link = debate.link_at(change.number)
    premises = " and ".join(f"“{debate.name(iri)}”" for iri in link.premises)
    verb = LinkKind(debate.link_kinds[change.number]).verb
    return f"drop that {premises} {verb} “{debate.name(link.conclusion)}”"


def influences_table(debate: Debate, found: Influences) -> Table:
    """One row per claim that bears on the strength in question."""

    def told(influence: Influence) -> str | None:
        if influence.shapley is None:
            return None
        value, error = influence.shapley
        return f"{value:+.3f}" + (f" ± {error:.3f}" if error else "")

    rows = [
        (
            debate.name(debate.claim_iris[influence.claim]),
            influence.gradient,
            influence.removal,
            told(influence),
            influence.tipping,
            debate.claim_texts[influence.claim],
        )
        for influence in found.influences
    ]
    columns = ("name", "gradient", "removal", "Shapley", "tipping weight", "text")
    return Table(columns, tuple(rows))


def shifts_table(debate: Debate, found: WhatIf) -> Table:
    """One row per claim whose status shifts."""
    rows = [
        (
            debate.name(debate.claim_iris[shift.claim]),
            shift.before.value,
            shift.after.value,
            _speakers(debate, shift.claim),
            debate.claim_texts[shift.claim],
        )
        for shift in found.shifts
    ]
    return Table(("name", "before", "after", "speakers", "text"), tuple(rows))


def audiences_table(debate: Debate, found: Sequence[AudienceVerdicts]) -> Table:
    """One row per claim, with a column for each declared audience."""
    labels = tuple(audience.label for audience, _ in found[0].declared) if found else ()
    rows = [
        (
            debate.name(debate.claim_iris[verdict.claim]),
            verdict.acceptance.value,
            *(label for _, label in verdict.declared),
            verdict.sentence + ("" if verdict.exact else " (orders sampled)"),
        )
        for verdict in found
    ]
    return Table(("name", "acceptance", *labels, "when"), tuple(rows))


def evidence_table(debate: Debate, found: Evidence) -> Table:
    """What a claim rests on, a row for each finding."""
    speakers = [speaker.label for speaker in debate.speakers]
    documents = [document.title for document in debate.documents]

    def claims(numbers: Iterable[int]) -> str:
        return ", ".join(debate.name(debate.claim_iris[number]) for number in numbers)

    rows = [
        ("claims that back it", len(found.backing), claims(found.backing)),
        ("foundations", len(found.foundations), claims(found.foundations)),
        (
            "documents",
            len(found.documents),
            ", ".join(documents[s.number] for s in found.documents),
        ),
        ("speakers", len(found.speakers), ", ".join(speakers[s.number] for s in found.speakers)),
        ("reporters", len(found.reporters), ", ".join(speakers[s.number] for s in found.reporters)),
        ("independent sources", found.independent_sources, "documents shared count as one"),
        (
            "no support is left without this document",
            len(found.failing_documents),
            ", ".join(documents[number] for number in found.failing_documents),
        ),
        (
            "no support is left without this speaker",
            len(found.failing_speakers),
            ", ".join(speakers[number] for number in found.failing_speakers),
        ),
        (
            "no support is left without this claim",
            len(found.failing_claims),
            claims(found.failing_claims),
        ),
        (
            "no support is left without this link",
            len(found.failing_links),
            ", ".join(debate.name(debate.link_iris[number]) for number in found.failing_links),
        ),
    ]
    return Table(("what", "count", "which"), tuple(rows))


def gaps_table(debate: Debate, found: Iterable[Gap]) -> Table:
    """One row per gap."""
    rows = [
        (
            gap.kind.value,
            *_gap_subject(debate, gap),
            ", ".join(debate.speakers[s].label for s in gap.speakers),
            ", ".join(debate.speakers[s].label for s in gap.raised_by),
        )
        for gap in found
    ]
    return Table(("gap", "name", "what", "owed by", "raised by"), tuple(rows))


def _gap_subject(debate: Debate, gap: Gap) -> tuple[str, str]:
    name, text = gap_subject(debate, gap)
    if gap.step is not None:
        conclusion = debate.name(debate.node_iri(debate.link_conclusions[gap.step]))
        text += f" (the step from it to {conclusion})"
    return name, text


def comparison_table(debate: Debate, found: Comparison, judged: Verdicts) -> Table:
    """Rows by columns; each claim with its status in brackets."""
    rows = [
        (
            label,
            *(
                " / ".join(
                    f"{debate.claim_texts[claim]} ({judged.verdicts[claim].status.value})"
                    for claim in found.cells.get((row, column), ())
                )
                for column in range(len(found.columns))
            ),
        )
        for row, label in enumerate(found.rows)
    ]
    return Table(("", *found.columns), tuple(rows))


def write_comparison(debate: Debate, found: Comparison, judged: Verdicts, file: TextIO) -> None:
    """The comparison to read in a terminal: row by row, a line for each claim."""
    from rich.padding import Padding
    from rich.text import Text

    screen = console(file)
    for row, label in enumerate(found.rows):
        screen.print(Text(printable(label), style="bold"))
        for column, heading in enumerate(found.columns):
            for claim in found.cells.get((row, column), ()):
                line = Text(f"{printable(heading)}: ", style="cyan")
                line.append(printable(debate.claim_texts[claim]), style="default")
                line.append(f"  ({judged.verdicts[claim].status.value})", style="dim")
                screen.print(Padding(line, (0, 0, 0, 2), expand=False))
        screen.print()


def views_table(debate: Debate, found: Iterable[ViewDifference], names: Sequence[str]) -> Table:
    """One row per claim that two speakers see differently."""
    rows = [
        (
            debate.claim_texts[difference.claim],
            difference.first,
            difference.second,
            "stated" if difference.stated else "induced",
            "agreed below" if difference.frontier else "",
        )
        for difference in found
    ]
    return Table(("claim", names[0], names[1], "how", "frontier"), tuple(rows))


def write_reason(lines: Iterable[tuple[int, str]], file: TextIO) -> None:
    """An explanation, indented by depth."""
    for depth, sentence in lines:
        file.write("  " * depth + printable(sentence) + "\n")


def _speakers(debate: Debate, claim: int) -> str:
    return ", ".join(speaker_labels(debate, debate.claim_at(claim).speakers))
