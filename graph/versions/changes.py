"""What was said in one version and not in the other: claims, links, stances, and their setting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from ..debate import Debate
from ..describing import is_plain
from ..model import Audience, Claim, Document, Label, Link, Question, Quote, Speaker, Stance, Topic
from ..terms import LINK_IRI, LinkKind
from .pairing import Pairing

Entity: TypeAlias = Speaker | Document | Question | Topic | Label | Audience
Record: TypeAlias = Claim | Link | Entity
Value: TypeAlias = (
    str | float | bool | tuple[str, ...] | tuple[Quote, ...] | tuple[tuple[str, str], ...]
)
R = TypeVar("R", bound=Record)


class ChangeKind(StrEnum):
    """What became of a claim, a link or an entity; of several, the first names the change."""

    ADDED = "added"
    WITHDRAWN = "withdrawn"
    RENAMED = "renamed"
    REWORDED = "reworded"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a record (named as in `dissensus.graph.model`) before and after."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Change(Generic[R]):
    """A record before and after; one of them is missing where it was added or withdrawn.

    `fields` are those that differ, IRIs of the old version read as those of the new one. `what` is
    the sort of record: claim, link, speaker, question …
    """

    what: str
    old: R | None
    new: R | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def kind(self) -> ChangeKind:
        """What became of it."""
        if self.old is None:
            return ChangeKind.ADDED
        if self.new is None:
            return ChangeKind.WITHDRAWN
        if self.old.iri != self.new.iri:
            return ChangeKind.RENAMED
        if self.is_reworded:
            return ChangeKind.REWORDED
        return ChangeKind.CHANGED

    @property
    def is_reworded(self) -> bool:
        """Whether it is a claim with another text."""
        return any(change.field == "text" for change in self.fields)


@dataclass(frozen=True, slots=True)
class RelationChange:
    """A restatement, contradiction or qualification that is new or gone; `relation` is the verb."""

    relation: str
    first: str
    second: str
    added: bool


class Attitude(StrEnum):
    """How a speaker stands to a claim, by what is stated and by what he argues."""

    ASSERTS = "asserts"
    ACCEPTS = "accepts"
    REJECTS = "rejects"
    SUPPORTS = "supports"
    REBUTS = "rebuts"


_STATED = frozenset({Attitude.ASSERTS, Attitude.ACCEPTS, Attitude.REJECTS})
_AGAINST = frozenset({Attitude.REJECTS, Attitude.REBUTS})


@dataclass(frozen=True, slots=True)
class PositionChange:
    """A speaker whose attitude to a claim of both versions is another; both are new IRIs."""

    speaker: str
    claim: str
    before: tuple[Attitude, ...]
    after: tuple[Attitude, ...]
    fields: tuple[FieldChange, ...] = ()
    """What differs in his stances: date, confidence, quotes."""

    @property
    def changed_sides(self) -> bool:
        """Whether he was for the claim and is against it, or the other way round."""
        return bool(self.before and self.after) and _sides(self.before) != _sides(self.after)


def claim_changes(old: Debate, new: Debate, pairing: Pairing) -> tuple[Change[Claim], ...]:
    """The claims that were added, withdrawn or changed, by IRI."""
    return _changes("claim", old.claims, new.claims, pairing.claims, pairing)


def link_changes(old: Debate, new: Debate, pairing: Pairing) -> tuple[Change[Link], ...]:
    """The links that were added, withdrawn or changed; what a contradiction says is left to it."""
    return tuple(
        change
        for change in _changes("link", _own_links(old), _own_links(new), pairing.links, pairing)
        if change.kind is not ChangeKind.RENAMED or change.fields or not _is_minted(change)
    )


def _is_minted(change: Change[Link]) -> bool:
    """Whether the link has no name of its own, so that it was renamed with its claims only."""
    names = [link.iri for link in (change.old, change.new) if link]
    return all(name.startswith(LINK_IRI) for name in names)


def _own_links(debate: Debate) -> list[Link]:
    opposed = {
        frozenset((debate.claim_iris[a], debate.claim_iris[b])) for a, b in debate.contradictions
    }
    return [
        link
        for link in debate.links
        if not (
            link.kind is LinkKind.REBUTTAL
            and frozenset((*link.premises, link.conclusion)) in opposed
            and is_plain(link)
        )
    ]


def setting_changes(old: Debate, new: Debate, pairing: Pairing) -> tuple[Change[Entity], ...]:
    """The speakers, documents, questions … that were added, withdrawn or changed."""
    found: list[Change[Entity]] = []
    for what, name in (
        ("speaker", "speakers"),
        ("document", "documents"),
        ("question", "questions"),
        ("topic", "topics"),
        ("value", "values"),
        ("audience", "audiences"),
        ("option", "options"),
        ("criterion", "criteria"),
    ):
        before: Sequence[Entity] = getattr(old, name)
        after: Sequence[Entity] = getattr(new, name)
        same = {entity.iri: entity.iri for entity in before}
        found += _changes(what, before, after, same, pairing)
    if (old.title, old.description) != (new.title, new.description):
        found += _changes("debate", [_titled(old)], [_titled(new)], {"": ""}, pairing)
    return tuple(found)


def _titled(debate: Debate) -> Speaker:
    return Speaker("", debate.title, debate.description)


def relation_changes(old: Debate, new: Debate, pairing: Pairing) -> tuple[RelationChange, ...]:
    """The restatements, contradictions and qualifications that are new or gone."""
    found = []
    for relation, name, is_symmetric in (
        ("restates", "restatements", True),
        ("contradicts", "contradictions", True),
        ("qualifies", "qualifications", False),
    ):
        before = set(_pairs(old, name, is_symmetric, pairing))
        after = set(_pairs(new, name, is_symmetric, Pairing()))
        found += [RelationChange(relation, *ends, added=True) for ends in sorted(after - before)]
        found += [RelationChange(relation, *ends, added=False) for ends in sorted(before - after)]
    return tuple(found)


def _pairs(
    debate: Debate, name: str, is_symmetric: bool, pairing: Pairing
) -> Iterator[tuple[str, str]]:
    for pair in getattr(debate, name):
        first, second = (pairing.moved(debate.claim_iris[number]) for number in pair)
        yield (second, first) if is_symmetric and second < first else (first, second)


def _changes(
    what: str,
    before: Iterable[R],
    after: Iterable[R],
    same: dict[str, str],
    pairing: Pairing,
) -> tuple[Change[R], ...]:
    olds = {same.get(record.iri, record.iri): record for record in before}
    news = {record.iri: record for record in after}
    found: list[Change[R]] = []
    for iri in sorted(olds.keys() | news.keys()):
        old, new = olds.get(iri), news.get(iri)
        if old is None or new is None:
            found.append(Change(what, old, new))
        elif edits := _edits(old, new, pairing):
            found.append(Change(what, old, new, edits))
        elif old.iri != new.iri:
            found.append(Change(what, old, new))
    return tuple(found)


def _edits(old: Record, new: Record, pairing: Pairing) -> tuple[FieldChange, ...]:
    edits = []
    for one in fields(old):
        if one.name == "iri":
            continue
        before, after = getattr(old, one.name), getattr(new, one.name)
        if one.name == "premises":
            before, after = tuple(sorted(map(pairing.moved, before))), tuple(sorted(after))
        elif one.name == "conclusion":
            before = pairing.moved(before)
        if before != after:
            edits.append(FieldChange(one.name, before, after))
    return tuple(edits)


# -- positions ----------------------------------------------------------------------------------


def position_changes(old: Debate, new: Debate, pairing: Pairing) -> tuple[PositionChange, ...]:
    """Who stands otherwise to a claim that is in both versions, by speaker and claim.

    What a speaker asserts, accepts and rejects counts whenever it differs, and so do the details of
    his stances; what his claims support and rebut only if it puts him on the other side.
    """
    before, after = _attitudes(old, pairing), _attitudes(new, Pairing())
    stances, later = _stances(old, pairing), _stances(new, Pairing())
    kept = set(pairing.claims.values())
    found = []
    for speaker, claim in sorted(before.keys() | after.keys()):
        if claim not in kept:
            continue
        one, other = before.get((speaker, claim), set()), after.get((speaker, claim), set())
        change = PositionChange(
            speaker,
            claim,
            tuple(attitude for attitude in Attitude if attitude in one),
            tuple(attitude for attitude in Attitude if attitude in other),
            _details(stances[speaker, claim], later[speaker, claim]),
        )
        if one & _STATED != other & _STATED or change.changed_sides or change.fields:
            found.append(change)
    return tuple(found)


def _stances(debate: Debate, pairing: Pairing) -> dict[tuple[str, str], list[Stance]]:
    found: dict[tuple[str, str], list[Stance]] = defaultdict(list)
    for stance in debate.stances:
        found[stance.speaker, pairing.moved(stance.claim)].append(stance)
    return found


def _details(before: Iterable[Stance], after: Iterable[Stance]) -> tuple[FieldChange, ...]:
    """What differs in the stances of one speaker on one claim, beside accepting and rejecting."""

    def said(stances: Iterable[Stance]) -> dict[str, Value]:
        stances = tuple(stances)
        return {
            "said_on": tuple(sorted(stance.said_on for stance in stances if stance.said_on)),
            "confidence": tuple(
                sorted(
                    str(stance.confidence) for stance in stances if stance.confidence is not None
                )
            ),
            "quotes": tuple(sorted(quote for stance in stances for quote in stance.quotes)),
        }

    olds, news = said(before), said(after)
    return tuple(
        FieldChange(name, olds[name], news[name]) for name in olds if olds[name] != news[name]
    )


def _sides(attitudes: Iterable[Attitude]) -> set[bool]:
    return {attitude in _AGAINST for attitude in attitudes}


def _attitudes(debate: Debate, pairing: Pairing) -> dict[tuple[str, str], set[Attitude]]:
    found: dict[tuple[str, str], set[Attitude]] = defaultdict(set)
    speakers = [speaker.iri for speaker in debate.speakers]
    claims = [pairing.moved(iri) for iri in debate.claim_iris]
    for number, claim in enumerate(claims):
        for speaker in debate.claim_speakers[number]:
            found[speakers[speaker], claim].add(Attitude.ASSERTS)
    for stance in debate.stances:
        attitude = Attitude.ACCEPTS if stance.accepts else Attitude.REJECTS
        found[stance.speaker, pairing.moved(stance.claim)].add(attitude)
    for number, kind in enumerate(debate.link_kinds):
        target = debate.link_conclusions[number]
        if target >= len(claims) or kind == LinkKind.UNDERCUT:
            continue
        attitude = Attitude.REBUTS if kind == LinkKind.REBUTTAL else Attitude.SUPPORTS
        arguing = set(debate.link_speakers[number]) or {
            speaker
            for premise in debate.link_premises[number]
            for speaker in debate.claim_speakers[premise]
        }
        for speaker in arguing:
            found[speakers[speaker], claims[target]].add(attitude)
    return found
