"""What a map says of where claims stand, for everyone and for each audience, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ..analysis.reach import is_attacked
from ..debate import Debate
from ..model import Audience
from ..semantics.explaining import explanations
from ..semantics.flattening import Flattening, flatten
from ..semantics.preferences import value_order
from ..semantics.verdicts import Status, Verdict, verdicts
from .numbering import Plain

MOST_EXPLAINED = 200
"""A map of more contested claims says where they stand, and leaves the reasons to ``verdict``."""


class Judge:
    """Where the claims of a debate stand, found once for all its maps.

    Under grounded semantics and the reason profile.
    """

    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self._of_audience: dict[str, Sequence[Verdict]] = {}

    @cached_property
    def common(self) -> Sequence[Verdict]:
        """The verdict on each claim where nothing is preferred to anything."""
        return verdicts(self.debate).verdicts

    @cached_property
    def flat(self) -> Flattening:
        """The framework in which `common` is found."""
        return flatten(self.debate)

    def for_audience(self, audience: Audience) -> Sequence[Verdict]:
        """The verdict on each claim for who prefers what the audience prefers."""
        if audience.iri not in self._of_audience:
            self._of_audience[audience.iri] = verdicts(self.debate, audience=audience).verdicts
        return self._of_audience[audience.iri]

    def judgements(self, claims: Sequence[int]) -> list[Plain]:
        """For each claim its `status`, its `degree` in [0, 1] and, where it is contested, `why`.

        The degree is the claim's strength after all replies, `why` is made of [depth, sentence]
        pairs.
        """
        reasons = self._reasons(self.contested(claims), None)
        return [_judgement(self.common[claim], reasons.get(claim)) for claim in claims]

    def audience_judgements(self, claims: Sequence[int]) -> list[Plain]:
        """For each declared audience its `changed`: [place, judgement] where that differs.

        It is compared with `judgements`; places are those in `claims`.
        """
        if not self.debate.audiences:
            return []
        common = self.judgements(claims)
        found = []
        for audience in self.debate.audiences:
            judged = self.for_audience(audience)
            reasons = self._reasons(self._contested(claims, judged), audience)
            own = [_judgement(judged[claim], reasons.get(claim)) for claim in claims]
            changed = [[place, now] for place, now in enumerate(own) if now != common[place]]
            found.append({"changed": changed})
        return found

    def contested(self, claims: Iterable[int]) -> list[int]:
        """The claims that do not stand, or are attacked."""
        return self._contested(claims, self.common)

    def _contested(self, claims: Iterable[int], found: Sequence[Verdict]) -> list[int]:
        return [
            claim
            for claim in claims
            if found[claim].status is not Status.IN or is_attacked(self.debate, claim)
        ]

    def _reasons(
        self, claims: Sequence[int], audience: Audience | None
    ) -> dict[int, list[list[int | str]]]:
        if not claims or len(claims) > MOST_EXPLAINED:
            return {}
        order = value_order(self.debate, audience) if audience else None
        flat = flatten(self.debate, order=order) if audience else self.flat
        reasons = explanations(self.debate, flat, claims, order=order)
        return {
            claim: [list(line) for line in reason.lines()]
            for claim, reason in zip(claims, reasons, strict=True)
        }


def _judgement(verdict: Verdict, why: list[list[int | str]] | None) -> Plain:
    judged = {"status": verdict.status.value, "degree": round(verdict.strength, 2)}
    return {**judged, "why": why} if why else judged
