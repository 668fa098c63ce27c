"""What a claim really rests on: the sources under it, and the ones it cannot do without.

Two speakers quoted from one document are one source, not two: who reads only that document has
only its author's word for both. So documents are counted beside speakers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..debate import Debate
from .reach import SUPPORTING, backing_of


@dataclass(frozen=True, slots=True)
class Source:
    """A document or speaker under a claim: its number, and how many of the claims come from it."""

    number: int
    claims: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The support of a claim, all by number.

    `backing` are the claims that support it, directly or through others; `foundations` those of
    them that nothing supports. `documents` and `speakers` are the sources of the foundations, the
    most used first; `reporters` those by whom they were reported. The failure points are the
    documents, speakers, claims and links without which no chain of support is left; they are empty
    where there is no support to lose.
    """

    claim: int
    backing: tuple[int, ...]
    foundations: tuple[int, ...]
    documents: tuple[Source, ...]
    speakers: tuple[Source, ...]
    reporters: tuple[Source, ...]
    failing_documents: tuple[int, ...]
    failing_speakers: tuple[int, ...]
    failing_claims: tuple[int, ...]
    failing_links: tuple[int, ...]

    @property
    def independent_sources(self) -> int:
        """How many sources there are once shared documents are counted as one."""
        counts = [len(sources) for sources in (self.documents, self.speakers) if sources]
        return min(counts, default=0)


def evidence(debate: Debate, claim: int) -> Evidence:
    """What claim number `claim` rests on. Cost: the size of its backing, squared at the worst.

    A claim quoted from several documents is lost only with all of them, one asserted by several
    speakers only with all of them; joint premises are all needed.
    """
    backing = sorted(backing_of(debate, [claim]))
    support = _Support(debate, claim, backing)
    foundations = foundations_of(debate, backing)
    documents = Counter(d for n in foundations for d in documents_of(debate, n))
    speakers = Counter(s for n in foundations for s in debate.claim_speakers[n])
    reporters = Counter(s for n in foundations for s in debate.claim_reporters[n])

    def lost_with(source: int, of: Callable[[int], set[int]]) -> bool:
        return not support.holds_without({n for n in backing if of(n) == {source}})

    supported = bool(support.steps_to[claim])
    return Evidence(
        claim=claim,
        backing=tuple(backing),
        foundations=tuple(foundations),
        documents=_ranked(documents),
        speakers=_ranked(speakers),
        reporters=_ranked(reporters),
        failing_documents=tuple(
            d for d in _sources(debate, backing, documents_of)
            if supported and lost_with(d, lambda n: documents_of(debate, n))
        ),
        failing_speakers=tuple(
            s for s in _sources(debate, backing, _speakers)
            if supported and lost_with(s, lambda n: _speakers(debate, n))
        ),
        failing_claims=tuple(
            n for n in backing if supported and not support.holds_without({n})
        ),
        failing_links=tuple(
            link for link in support.links if supported and not support.holds_without(set(), {link})
        ),
    )  # fmt: skip


class _Support:
    """The supporting links at and below a claim."""

    def __init__(self, debate: Debate, claim: int, backing: list[int]) -> None:
        self.claim = claim
        self.premises = debate.link_premises
        self.steps_to = {number: _steps_to(debate, number) for number in (claim, *backing)}
        self.conclusions = debate.link_conclusions
        self.links = sorted(link for steps in self.steps_to.values() for link in steps)

    def holds_without(self, claims: set[int], links: set[int] | None = None) -> bool:
        """Whether a chain of support from a foundation still reaches the claim.

        Chains are followed upwards from the foundations, so claims that only support each other
        back nothing.
        """
        gone = links or set()
        held = {n for n, steps in self.steps_to.items() if not steps and n not in claims}
        waiting = [link for link in self.links if link not in gone]
        while True:
            left = []
            for link in waiting:
                target = self.conclusions[link]
                if target in held or target in claims:
                    continue
                if held.issuperset(self.premises[link]):
                    held.add(target)
                else:
                    left.append(link)
            if self.claim in held or len(left) == len(waiting):
                return self.claim in held
            waiting = left


def foundations_of(debate: Debate, backing: Iterable[int]) -> list[int]:
    """Those of the claims that nothing supports, in the order given."""
    return [n for n in backing if not _steps_to(debate, n)]


def _steps_to(debate: Debate, claim: int) -> list[int]:
    return [n for n in debate.links_to[claim] if debate.link_kinds[n] in SUPPORTING]


def documents_of(debate: Debate, claim: int) -> set[int]:
    """The documents from which the claim is quoted."""
    quotes = debate.quotes_at(claim)
    return {debate.document_numbers[q.document] for q in quotes if q.document}


def _speakers(debate: Debate, claim: int) -> set[int]:
    return set(debate.claim_speakers[claim])


def _sources(debate: Debate, claims: list[int], of: Callable[[Debate, int], set[int]]) -> list[int]:
    return sorted({source for claim in claims for source in of(debate, claim)})


def _ranked(counts: Counter[int]) -> tuple[Source, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Source(number, count) for number, count in ordered)
