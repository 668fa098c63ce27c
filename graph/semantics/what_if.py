"""What if: the verdicts as they would be after a change of mind, or without a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..debate import Debate
from ..errors import UnknownNameError
from .flattening import Changes
from .framework import Semantics
from .profiles import Profile
from .verdicts import Status, verdicts
from .views import combined, without_document, without_speaker


@dataclass(frozen=True, slots=True)
class Shift:
    """A claim whose status changes."""

    claim: int
    before: Status
    after: Status


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The difference that a change makes: what was changed, and the claims that shift with it.

    Claims that were given up, conceded or withdrawn are in `changes`, not among the shifts.
    """

    changes: Changes
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
    """
    changes = combined(
        Changes(rejected=frozenset(debate.claim_number(name) for name in reject)),
        Changes(accepted=frozenset(debate.claim_number(name) for name in accept)),
        *(_withdrawal(debate, name) for name in without),
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
        tuple(
            Shift(old.claim, old.status, new.status)
            for old, new in zip(before, after, strict=True)
            if old.status is not new.status and debate.positions[old.claim] not in touched
        ),
    )


def _withdrawal(debate: Debate, name: str) -> Changes:
    try:
        return without_speaker(debate, debate.speaker_number(name))
    except UnknownNameError as unknown:
        try:
            return without_document(debate, debate.document_number(name))
        except UnknownNameError as other:
            hints = (*unknown.suggestions, *other.suggestions)
            raise UnknownNameError("speaker or document", name, hints) from None
