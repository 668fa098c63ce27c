"""The difference between two versions of a debate, to read in a terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from ..analysis.agreements import Agreement
from ..analysis.disagreements import Disagreement
from ..analysis.plain import speaker_labels
from ..debate import Debate
from ..model import Claim, Link
from ..printable import printable
from ..terms import LINK_IRI
from ..versions.changes import Change, ChangeKind, Entity, FieldChange
from ..versions.comparing import DebateDiff, Outcomes
from ..versions.outcomes import PointChange, PointKind
from ..versions.plain import field_values, label_of, speaker_label
from ..versions.wording import Fate, Piece, wording
from .judgements import counted, reading
from .tables import console, markdown

if TYPE_CHECKING:
    from rich.text import Text

_MARKS = {ChangeKind.ADDED: "+", ChangeKind.WITHDRAWN: "-"}
_POINT_MARKS = {PointKind.OPENED: "+", PointKind.CLOSED: "-", PointKind.MOVED: "~"}
_STYLES = {Fate.KEPT: "", Fate.REMOVED: "red", Fate.ADDED: "green"}
_MARK_STYLES = {"+": "bold green", "-": "bold red", "~": "bold yellow"}

Line = Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Item:
    """One change: ``+``, ``-`` or ``~``, what it is, and lines on it."""

    mark: str
    head: Line
    details: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Changes of one sort under a heading."""

    heading: str
    items: tuple[Item, ...]


def write_diff(found: DebateDiff, old: str, new: str, file: TextIO) -> None:
    """The difference to read in a terminal; `old` and `new` are what the versions are called.

    Where there is no colour, words that went are in ``[-…-]`` and new ones in ``{+…+}``.
    """
    from rich.padding import Padding
    from rich.text import Text

    screen = console(file)
    plain = screen.color_system is None
    screen.print(Text(f"{printable(old)} → {printable(new)}", style="bold"))
    for section in _sections(found):
        screen.print()
        screen.print(Text(section.heading, style="bold"))
        for item in section.items:
            line = Text(f"{item.mark} ", style=_MARK_STYLES[item.mark])
            line.append_text(_rich(item.head, plain))
            screen.print(Padding(line, (0, 0, 0, 2), expand=False))
            for detail in item.details:
                screen.print(Padding(_rich(detail, plain), (0, 0, 0, 6), expand=False))


def _rich(line: Line, plain: bool) -> Text:
    from rich.text import Text

    text = Text()
    for piece in line:
        shown = printable(piece.text)
        if plain and piece.fate is not Fate.KEPT:
            shown = f"[-{shown}-]" if piece.fate is Fate.REMOVED else f"{{+{shown}+}}"
        text.append(shown, style=_STYLES[piece.fate] or "default")
    return text


def write_diff_markdown(found: DebateDiff, old: str, new: str, file: TextIO) -> None:
    """The difference as Markdown, for a pull request: a list under each heading."""
    file.write(f"## {markdown(old)} → {markdown(new)}\n")
    for section in _sections(found):
        file.write(f"\n### {markdown(section.heading)}\n\n")
        for item in section.items:
            file.write(f"- {_SIGNS[item.mark]} {_markdown(item.head)}\n")
            file.writelines(f"  - {_markdown(detail)}\n" for detail in item.details)


_SIGNS = {"+": "➕", "-": "➖", "~": "✏️"}
_AROUND = {Fate.KEPT: "", Fate.REMOVED: "~~", Fate.ADDED: "**"}


def _markdown(line: Line) -> str:
    parts = []
    for piece in line:
        text, around = markdown(piece.text), _AROUND[piece.fate]
        inner = text.strip()
        if around and inner:  # a mark must touch a word, or it is no mark
            text = text.replace(inner, f"{around}{inner}{around}", 1)
        parts.append(text)
    return "".join(parts).strip()


# -- what there is to say -----------------------------------------------------------------------


def _sections(found: DebateDiff) -> Iterator[Section]:
    sections = [
        Section(_counts("Claims", found.claims), tuple(_claim(found, c) for c in found.claims)),
        Section(_counts("Links", found.links), tuple(_links(found))),
        Section("Positions", tuple(_positions(found))),
        Section("Setting", tuple(_entity(found, c) for c in found.setting)),
    ]
    if found.outcomes:
        sections += _outcomes(found, found.outcomes)
    return (section for section in sections if section.items)


def _counts(heading: str, changes: Sequence[Change[Any]]) -> str:
    counts = [(kind.value, sum(c.kind is kind for c in changes)) for kind in ChangeKind]
    told = ", ".join(f"{count} {word}" for word, count in counts if count)
    return f"{heading}: {told}" if told else heading


def _kept(text: str) -> Line:
    return (Piece(Fate.KEPT, text),)


def _claim(found: DebateDiff, change: Change[Claim]) -> Item:
    old, new = change.old, change.new
    if old is None or new is None:
        debate, claim = (found.new, new) if new else (found.old, old)
        assert claim is not None
        fate = Fate.ADDED if new else Fate.REMOVED
        detail = Piece(Fate.KEPT, claim.text)
        head = Piece(fate, debate.name(claim.iri)), Piece(Fate.KEPT, _by(debate, claim.speakers))
        return Item(_MARKS[change.kind], _bare(head), ((detail,),))
    details: list[Line] = []
    if change.is_reworded:
        details.append(wording(old.text, new.text))
    elif old.iri != new.iri:
        details.append(_kept(new.text))
    details += [_field(found, edit) for edit in change.fields if edit.field != "text"]
    name: Line = _kept(found.new.name(new.iri))
    if old.iri != new.iri:
        names = found.old.name(old.iri), found.new.name(new.iri)
        if names[0] == names[1]:
            names = old.iri, new.iri
        name = _kept(f"{names[0]} is now {names[1]}")
    return Item("~", (*name, Piece(Fate.KEPT, _by(found.new, new.speakers))), tuple(details))


def _bare(line: Iterable[Piece]) -> Line:
    """The line without marks of its own: the item has one."""
    return tuple(Piece(Fate.KEPT, piece.text) for piece in line)


def _by(debate: Debate, speakers: tuple[str, ...]) -> str:
    names = ", ".join(speaker_labels(debate, speakers))
    return f"  ({names})" if names else ""


def _field(found: DebateDiff, edit: FieldChange) -> Line:
    """``topics: - tea + milk``: what went and what came; what both have is left out."""
    old = [str(value) for value in field_values(found.old, edit.field, edit.old)]
    new = [str(value) for value in field_values(found.new, edit.field, edit.new)]
    pieces = [Piece(Fate.KEPT, f"{edit.field.replace('_', ' ')}: ")]
    if edit.field == "order":  # all of it, as the order is what changed
        gone, come = [" > ".join(old)], [" > ".join(new)]
    else:
        gone = [value for value in old if value not in new]
        come = [value for value in new if value not in old]
    for fate, values in ((Fate.REMOVED, gone), (Fate.ADDED, come)):
        for value in filter(None, values):
            pieces += [Piece(fate, value), Piece(Fate.KEPT, " ")]
    return tuple(pieces[:-1]) if len(pieces) > 1 else tuple(pieces)


def _links(found: DebateDiff) -> Iterator[Item]:
    for change in found.links:
        debate, link = (found.new, change.new) if change.new else (found.old, change.old)
        assert link is not None
        details = [_field(found, edit) for edit in change.fields]
        if change.old and change.new and change.old.iri != change.new.iri:
            names = (_link_name(found.old, change.old), _link_name(found.new, change.new))
            details.insert(0, _kept(f"{names[0]} is now {names[1]}"))
        yield Item(_MARKS.get(change.kind, "~"), _kept(_told_link(debate, link)), tuple(details))
    for relation in found.relations:
        debate = found.new if relation.added else found.old
        told = f"{debate.name(relation.first)} {relation.relation} {debate.name(relation.second)}"
        yield Item("+" if relation.added else "-", _kept(told))


def _link_name(debate: Debate, link: Link) -> str:
    return "a link without a name" if link.iri.startswith(LINK_IRI) else debate.name(link.iri)


def _told_link(debate: Debate, link: Link) -> str:
    premises = " and ".join(debate.name(iri) for iri in link.premises)
    target = debate.name(link.conclusion)
    step = debate.link_numbers.get(link.conclusion)
    if step is not None and link.conclusion.startswith(LINK_IRI):
        target = f"that {_told_link(debate, debate.link_at(step))}"
    return f"{premises} {link.kind.verb} {target}{_by(debate, link.speakers)}"


def _positions(found: DebateDiff) -> Iterator[Item]:
    for change in found.positions:
        before = " and ".join(change.before) or "silent"
        after = " and ".join(change.after) or "silent"
        mark = "~" if change.before and change.after else "+" if change.after else "-"
        name = found.new.name(change.claim)
        told = f"{speaker_label(found, change.speaker)} on {name}: {before} → {after}"
        if change.changed_sides:
            told += "  (changed sides)"
        yield Item(mark, _kept(told), tuple(_field(found, edit) for edit in change.fields))


def _entity(found: DebateDiff, change: Change[Entity]) -> Item:
    debate, entity = (found.new, change.new) if change.new else (found.old, change.old)
    assert entity is not None
    if change.what == "debate":
        name = "the debate itself"
    else:
        name = f"{change.what} {debate.name(entity.iri)}: {label_of(debate, entity.iri)}"
    details = tuple(_field(found, edit) for edit in change.fields)
    return Item(_MARKS.get(change.kind, "~"), _kept(name), details)


def _outcomes(found: DebateDiff, outcomes: Outcomes) -> Iterator[Section]:
    def disagreement(debate: Debate, point: Disagreement) -> str:
        return " against ".join(
            " and ".join(debate.name(claim.iri) for claim in side.claims)
            + _by(debate, tuple(speaker.iri for speaker in side.speakers))
            if side.claims
            else ", ".join(speaker.label for speaker in side.speakers)
            for side in point.sides
        )

    def agreement(debate: Debate, point: Agreement) -> str:
        claims = " and ".join(debate.name(claim.iri) for claim in point.claims)
        return f"{claims}  ({', '.join(speaker.label for speaker in point.speakers)})"

    under = f"{outcomes.semantics.value} semantics, {reading(outcomes.profile, outcomes.audience)}"
    yield Section(
        "Disagreements", tuple(_point(found, c, disagreement) for c in outcomes.disagreements)
    )
    yield Section("Agreements", tuple(_point(found, c, agreement) for c in outcomes.agreements))
    flipped = counted(len(outcomes.verdicts), "verdict")
    yield Section(
        f"{flipped} flipped ({under})",
        tuple(
            Item("~", _kept(f"{found.new.name(c.claim)}: {c.before.value} → {c.after.value}"))
            for c in outcomes.verdicts
        ),
    )
    yield Section(
        "Strengths",
        tuple(
            Item(
                "~",
                _kept(f"{found.new.name(c.claim)}: {c.old_strength:.2f} → {c.new_strength:.2f}"),
            )
            for c in outcomes.strengths
        ),
    )


def _point(found: DebateDiff, change: PointChange[Any], told: Any) -> Item:
    debate, point = (found.new, change.new) if change.new else (found.old, change.old)
    assert point is not None
    head = f"{change.kind.value}: {point.kind.value}, rank {point.rank}, score {point.score:.2f}"
    details = [_kept(told(debate, point))]
    old, new = change.old, change.new
    if old and new:
        shown = {
            "rank": f"rank {old.rank} → {new.rank}",
            "score": f"score {old.score:.2f} → {new.score:.2f}",
            "kind": f"{old.kind.value} → {new.kind.value}",
        }
        details += [_kept(shown[what]) for what in change.what if what in shown]
        if set(change.what) & {"sides", "speakers", "claims", "question"}:
            details.append(_kept(f"before: {told(found.old, old)}"))
    return Item(_POINT_MARKS[change.kind], _kept(head), tuple(details))
