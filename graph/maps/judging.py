"""What a map says of where claims stand: status, and why, for its cards and its details."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..debate import Debate
from ..semantics.explaining import explanations
from ..semantics.flattening import flatten
from ..semantics.verdicts import Status, verdicts

MOST_EXPLAINED = 200
"""A map of more contested claims says where they stand, and leaves the reasons to ``verdict``."""


def judgements(debate: Debate, claims: Iterable[int]) -> list[dict[str, Any]]:
    """For each claim its `status` and, where it is contested, `why`: [depth, sentence] pairs.

    Under grounded semantics and the reason profile.
    """
    claims = list(claims)
    found = verdicts(debate).verdicts
    contested = [
        claim
        for claim in claims
        if found[claim].status is not Status.IN or _is_attacked(debate, claim)
    ]
    explained = contested if len(contested) <= MOST_EXPLAINED else []
    reasons = dict(zip(explained, explanations(debate, flatten(debate), explained), strict=True))
    return [
        {
            "status": found[claim].status.value,
            **(
                {"why": [list(line) for line in reasons[claim].lines()]} if claim in reasons else {}
            ),
        }
        for claim in claims
    ]


def _is_attacked(debate: Debate, claim: int) -> bool:
    return any(debate.link_at(link).kind.attacks for link in debate.links_to[claim])
