"""What a map says of where claims stand: status, and why, for its cards and its details."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from ..debate import Debate
from ..semantics.explaining import Reason, explanations
from ..semantics.flattening import Flattening, flatten
from ..semantics.verdicts import Status, Verdict, verdicts
from ..terms import LinkKind

MOST_EXPLAINED = 200
"""A map of more contested claims says where they stand, and leaves the reasons to ``verdict``."""


class Judge:
    """Where the claims of a debate stand, found once for all its maps."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate

    @cached_property
    def _verdicts(self) -> Sequence[Verdict]:
        return verdicts(self.debate).verdicts

    @cached_property
    def _flat(self) -> Flattening:
        return flatten(self.debate)

    def judgements(self, claims: Iterable[int]) -> list[dict[str, Any]]:
        """For each claim its `status` and, where it is contested, `why`: [depth, sentence] pairs.

        Under grounded semantics and the reason profile.
        """
        claims = list(claims)
        found = self._verdicts
        contested = [
            claim
            for claim in claims
            if found[claim].status is not Status.IN or self._is_attacked(claim)
        ]
        reasons = dict(self._reasons(contested)) if len(contested) <= MOST_EXPLAINED else {}
        return [
            {
                "status": found[claim].status.value,
                **(
                    {"why": [list(line) for line in reasons[claim].lines()]}
                    if claim in reasons
                    else {}
                ),
            }
            for claim in claims
        ]

    def _reasons(self, contested: Sequence[int]) -> Iterable[tuple[int, Reason]]:
        if not contested:
            return ()
        return zip(contested, explanations(self.debate, self._flat, contested), strict=True)

    def _is_attacked(self, claim: int) -> bool:
        debate = self.debate
        return any(LinkKind(debate.link_kinds[link]).attacks for link in debate.links_to[claim])


def judgements(debate: Debate, claims: Iterable[int]) -> list[dict[str, Any]]:
    """What a map of these claims says of where they stand; see `Judge.judgements`."""
    return Judge(debate).judgements(claims)
