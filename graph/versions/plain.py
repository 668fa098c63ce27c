"""The difference between two versions as a plain dictionary: the JSON shape that is documented."""

from __future__ import annotations

from typing import Any

from ..analysis.agreements import Agreement
from ..analysis.disagreements import Disagreement
from ..analysis.plain import Plain, agreements_json, brief_claim, disagreements_json, link_json
from ..debate import Debate
from ..model import Claim, Link, Quote
from .changes import Change, Entity, FieldChange, PositionChange, RelationChange, Value
from .comparing import DebateDiff, Outcomes
from .outcomes import PointChange, VerdictChange
from .wording import wording

_REFERENCES = frozenset(
    {
        "speakers",
        "reporters",
        "topics",
        "questions",
        "values",
        "scopes",
        "options",
        "criteria",
        "premises",
        "conclusion",
        "authors",
        "broader",
        "order",
    }
)


def diff_json(found: DebateDiff, old: str, new: str) -> Plain:
    """``{"diff": {old, new, claims, links, relations, setting, positions, …}}``.

    With outcomes also ``semantics, profile, audience, disagreements, agreements, verdicts,
    strengths``. `old` and `new` are what the versions are called.
    """
    return {
        "diff": {
            "old": old,
            "new": new,
            "claims": [_claim(found, change) for change in found.claims],
            "links": [_link(found, change) for change in found.links],
            "relations": [_relation(found, change) for change in found.relations],
            "setting": [_entity(found, change) for change in found.setting],
            "positions": [_position(found, change) for change in found.positions],
            **(_outcomes(found, found.outcomes) if found.outcomes else {}),
        }
    }


def label_of(debate: Debate, iri: str) -> str:
    """What people call the thing with this IRI: its label, or the name of a claim or link."""
    for numbers, entities in (
        (debate.speaker_numbers, debate.speakers),
        (debate.topic_numbers, debate.topics),
        (debate.question_numbers, debate.questions),
        (debate.value_numbers, debate.values),
        (debate.option_numbers, debate.options),
        (debate.criterion_numbers, debate.criteria),
    ):
        if iri in numbers:
            return entities[numbers[iri]].label
    return debate.name(iri)


def field_values(debate: Debate, field: str, value: Value) -> list[str | float | bool]:
    """The values of a field as they are shown, each apart; an empty text is none."""
    if isinstance(value, tuple):
        return [_shown(debate, field, one) for one in value]
    if isinstance(value, str):
        return [_shown(debate, field, value)] if value else []
    return [value]


def _shown(debate: Debate, field: str, value: str | Quote | tuple[str, str]) -> str:
    if isinstance(value, Quote):
        return _quote(debate, value)
    if isinstance(value, tuple):
        language, text = value
        return f"{text} ({language})" if language else text
    return label_of(debate, value) if field in _REFERENCES else value


def _quote(debate: Debate, quote: Quote) -> str:
    around = [
        f"…{quote.prefix}" if quote.prefix else "",
        f"{quote.suffix}…" if quote.suffix else "",
    ]
    text = f"{around[0]}“{quote.exact}”{around[1]}"
    number = debate.document_numbers.get(quote.document)
    return text if number is None else f"{text} ({debate.documents[number].title})"


def _changed(change: Change[Any], old: Plain | None, new: Plain | None) -> Plain:
    return {"change": change.kind.value, "old": old, "new": new}


def _fields(found: DebateDiff, changes: tuple[FieldChange, ...]) -> list[Plain]:
    return [
        {
            "field": change.field,
            "old": field_values(found.old, change.field, change.old),
            "new": field_values(found.new, change.field, change.new),
        }
        for change in changes
    ]


def _claim(found: DebateDiff, change: Change[Claim]) -> Plain:
    old, new = change.old, change.new
    return {
        **_changed(
            change,
            brief_claim(found.old, old) if old else None,
            brief_claim(found.new, new) if new else None,
        ),
        "wording": [
            {"fate": piece.fate.value, "text": piece.text} for piece in wording(old.text, new.text)
        ]
        if old and new and change.is_reworded
        else None,
        "fields": _fields(found, change.fields),
    }


def _link(found: DebateDiff, change: Change[Link]) -> Plain:
    return {
        **_changed(
            change,
            link_json(found.old, change.old) if change.old else None,
            link_json(found.new, change.new) if change.new else None,
        ),
        "fields": _fields(found, change.fields),
    }


def _relation(found: DebateDiff, change: RelationChange) -> Plain:
    debate = found.new if change.added else found.old
    return {
        "change": "added" if change.added else "withdrawn",
        "relation": change.relation,
        "from": debate.name(change.first),
        "to": debate.name(change.second),
    }


def _entity(found: DebateDiff, change: Change[Entity]) -> Plain:
    entity, debate = (change.new, found.new) if change.new else (change.old, found.old)
    assert entity is not None
    return {
        "change": change.kind.value,
        "what": change.what,
        "iri": entity.iri,
        "name": debate.name(entity.iri),
        "fields": _fields(found, change.fields),
    }


def _position(found: DebateDiff, change: PositionChange) -> Plain:
    return {
        "speaker": speaker_label(found, change.speaker),
        "claim": brief_claim(found.new, found.new.claim(change.claim)),
        "before": [attitude.value for attitude in change.before],
        "after": [attitude.value for attitude in change.after],
        "changed_sides": change.changed_sides,
        "fields": _fields(found, change.fields),
    }


def speaker_label(found: DebateDiff, iri: str) -> str:
    """The readable name of a speaker of either version, the new one first."""
    debate = found.new if iri in found.new.speaker_numbers else found.old
    return label_of(debate, iri)


def _outcomes(found: DebateDiff, outcomes: Outcomes) -> Plain:
    def disagreement(debate: Debate, point: Disagreement | None) -> Plain | None:
        return disagreements_json(debate, [point])["disagreements"][0] if point else None

    def agreement(debate: Debate, point: Agreement | None) -> Plain | None:
        return agreements_json(debate, [point])["agreements"][0] if point else None

    def point(change: PointChange[Any], shown: Any) -> Plain:
        return {
            "change": change.kind.value,
            "what": list(change.what),
            "old": shown(found.old, change.old),
            "new": shown(found.new, change.new),
        }

    return {
        "semantics": outcomes.semantics.value,
        "profile": outcomes.profile.value,
        "audience": outcomes.audience.label if outcomes.audience else None,
        "disagreements": [point(change, disagreement) for change in outcomes.disagreements],
        "agreements": [point(change, agreement) for change in outcomes.agreements],
        "verdicts": [
            {
                **_judged(found, change),
                "before": change.before.value,
                "after": change.after.value,
            }
            for change in outcomes.verdicts
        ],
        "strengths": [
            {
                **_judged(found, change),
                "before": round(change.old_strength, 6),
                "after": round(change.new_strength, 6),
            }
            for change in outcomes.strengths
        ],
    }


def _judged(found: DebateDiff, change: VerdictChange) -> Plain:
    return brief_claim(found.new, found.new.claim(change.claim))
