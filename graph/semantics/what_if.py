"""What if: the verdicts as they would be after a change of mind, or without a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..debate import Debate
from ..errors import UnknownNameError, UsageError
from ..terms import local_name
from .flattening import Changes
from .framework import Semantics
from .profiles import Profile
from .verdicts import Status, verdicts
from .views import combined, quoted_from, said_by, without_document, without_speaker


@dataclass(frozen=True, slots=True)
class Shift:
    """A claim whose status changes."""

    claim: int
    before: Status
    after: Status


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A source that is withdrawn, by its label, and the claims that go with it."""

    label: str
    claims: frozenset[int]
    changes: Changes


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The difference that a change makes: what was changed, and the claims that shift with it.

    Claims that were given up, conceded or withdrawn are in `changes`, not among the shifts.
    `rejected` and `accepted` are those that were named, `withdrawn` has the sources withdrawn.
    """

    changes: Changes
    rejected: frozenset[int]
    accepted: frozenset[int]
    withdrawn: tuple[Withdrawal, ...]
    shifts: tuple[Shift, ...]


def what_if(
    debate: Debate,
    *,
    reject: Sequence[str] = (),
    accept: Sequence[str] = (),
    without: Sequence[str] = (),
    semantics: Semantics = Semantics.GROUNDED,
    profile: Profile = Profile.REASON,
    audience: str | None = None,
    timeout: float | None = None,
) -> WhatIf:
    """What shifts if claims are rejected or accepted, or documents or speakers withdrawn.

    Raises:
        UnknownNameError: a name is not that of a claim, or of a document or speaker.
        UsageError: a claim is both rejected and accepted, or a name fits both a speaker and a
            document, and is the exact name of neither or of both.
    """
    rejected, accepted = (
        frozenset(debate.claim_number(name) for name in names) for names in (reject, accept)
    )
    held = {debate.positions[claim] for claim in accepted}
    for claim in sorted(rejected):
        if debate.positions[claim] in held:
            name = debate.name(debate.claim_iris[claim])
            raise UsageError(f"{name} cannot be both rejected and accepted")
    withdrawn = tuple(_withdrawal(debate, name) for name in without)
    changes = combined(
        Changes(rejected=rejected, accepted=accepted),
        *(withdrawal.changes for withdrawal in withdrawn),
    )
    before, after = (
        verdicts(
            debate,
            semantics,
            profile=profile,
            audience=audience,
            changes=made,
            timeout=timeout,
        ).verdicts
        for made in (None, changes)
    )
    touched = {debate.positions[c] for c in changes.rejected | changes.accepted}
    return WhatIf(
        changes,
        rejected,
        accepted,
        withdrawn,
        tuple(
            Shift(old.claim, old.status, new.status)
            for old, new in zip(before, after, strict=True)
            if old.status is not new.status and debate.positions[old.claim] not in touched
        ),
    )


def _withdrawal(debate: Debate, name: str) -> Withdrawal:
    found: list[Withdrawal] = []
    exact: list[Withdrawal] = []
    hints: list[str] = []
    for number_of, withdrawal_of in (
        (debate.speaker_number, _speaker_withdrawn),
        (debate.document_number, _document_withdrawn),
    ):
        try:
            number = number_of(name)
        except UnknownNameError as unknown:
            hints += unknown.suggestions
            continue
        iri, withdrawal = withdrawal_of(debate, number)
        found.append(withdrawal)
        names = (local_name(iri).casefold(), withdrawal.label.casefold())
        if debate.expanded(name) == iri or name.casefold() in names:
            exact.append(withdrawal)
    if not found:
        raise UnknownNameError("speaker or document", name, hints)
    chosen = exact if len(exact) == 1 else found
    if len(chosen) > 1:
        speaker, document = (withdrawal.label for withdrawal in chosen)
        raise UsageError(
            f"{name!r} fits the speaker “{speaker}” and the document “{document}”: give a full name"
        )
    return chosen[0]


def _speaker_withdrawn(debate: Debate, number: int) -> tuple[str, Withdrawal]:
    speaker = debate.speakers[number]
    changes = without_speaker(debate, number)
    return speaker.iri, Withdrawal(speaker.label, said_by(debate, number), changes)


def _document_withdrawn(debate: Debate, number: int) -> tuple[str, Withdrawal]:
    document = debate.documents[number]
    changes = without_document(debate, number)
    return document.iri, Withdrawal(document.title, quoted_from(debate, number), changes)
