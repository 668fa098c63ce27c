"""The debate as one speaker sees it, and as it would be without a source.

A view is a set of changes to the debate: what the speaker holds is conceded, what he rejects is
given up. Stances that he stated and labels that follow from them are kept apart: only the former
are changes, the latter are computed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ..debate import Debate
from ..terms import LinkKind
from .effects import rival_pairs
from .flattening import Changes
from .framework import UNDECIDED


def view_of(debate: Debate, speaker: int, *, leaving_open: int | None = None) -> Changes:
    """What `speaker` takes for granted: what he asserts or accepts is in, what he rejects is out.

    Of his own claims that rebut each other, or are rival answers to one question, none is taken for
    granted. The claim `leaving_open`, and whatever restates it, is left to be decided by the rest.
    """
    positions = debate.positions
    held, rejected = _said(debate, speaker)
    own = {positions[claim] for claim in held}
    torn: set[int] = set()
    for premises, target in _clashes(debate):
        if target in own and premises <= own:
            torn |= {target, *premises}
    if leaving_open is not None:
        torn.add(positions[leaving_open])
    return Changes(
        rejected=frozenset(c for c in rejected if positions[c] not in torn),
        accepted=frozenset(c for c in held - rejected if positions[c] not in torn),
    )


def spoken_of(debate: Debate, speaker: int) -> frozenset[int]:
    """The claims that `speaker` asserts, accepts, rejects or attacks by a claim that he holds.

    It goes by position: who speaks of a claim speaks of whatever restates it.
    """
    positions = debate.positions
    held, rejected = _said(debate, speaker)
    own = {positions[claim] for claim in held}
    spoken = own | {positions[claim] for claim in rejected}
    spoken |= {target for premises, target in _clashes(debate) if premises <= own}
    return frozenset(c for c in range(len(debate)) if positions[c] in spoken)


def really_differ(
    debate: Debate, claim: int, labels: tuple[int, int], spoken: Sequence[Collection[int]]
) -> bool:
    """Whether two speakers' labels of a claim differ, and not just because one of them is silent.

    In against out is a difference. In or out against undecided is one only if each of the two spoke
    of the claim (`spoken_of`), or of one that bears on it directly: silence is no disagreement.
    """
    if labels[0] == labels[1]:
        return False
    near = directly_below(debate, claim) | {claim}
    return UNDECIDED not in labels or all(near & set(claims) for claims in spoken)


def directly_below(debate: Debate, claim: int) -> set[int]:
    """The premises of the links that end on the claim, and of those that undercut such a link."""
    count = len(debate)
    links = list(debate.links_to[claim])
    links += [undercut for link in links for undercut in debate.links_to[count + link]]
    return {premise for link in links for premise in debate.link_premises[link]} - {claim}


def _said(debate: Debate, speaker: int) -> tuple[set[int], set[int]]:
    """The claims that a speaker asserts or accepts, and those that he rejects."""
    iri = debate.speakers[speaker].iri
    stances = [stance for stance in debate.stances if stance.speaker == iri]
    held = {c for c in range(len(debate)) if speaker in debate.claim_speakers[c]}
    held |= {debate.claim_numbers[s.claim] for s in stances if s.accepts}
    return held, {debate.claim_numbers[s.claim] for s in stances if not s.accepts}


def _clashes(debate: Debate) -> Iterator[tuple[set[int], int]]:
    """The positions that rebut a position together, rival answers included."""
    positions = debate.positions
    for link, target in enumerate(debate.link_conclusions):
        if debate.link_kinds[link] == LinkKind.REBUTTAL and target < len(debate):
            yield {positions[premise] for premise in debate.link_premises[link]}, positions[target]
    for one, other in rival_pairs(debate):
        yield {positions[one]}, positions[other]


def said_by(debate: Debate, speaker: int) -> frozenset[int]:
    """The claims that `speaker` alone asserts."""
    return frozenset(c for c in range(len(debate)) if debate.claim_speakers[c] == (speaker,))


def quoted_from(debate: Debate, document: int) -> frozenset[int]:
    """The claims that are quoted from `document` and from nowhere else."""
    iri = debate.documents[document].iri
    return frozenset(
        claim
        for claim in range(len(debate))
        if (quotes := debate.quotes_at(claim)) and all(q.document == iri for q in quotes)
    )


def without_speaker(debate: Debate, speaker: int) -> Changes:
    """The debate had `speaker` said nothing: claims and links that are his alone are withdrawn."""
    links = [n for n in range(len(debate.link_iris)) if debate.link_speakers[n] == (speaker,)]
    return _without(debate, said_by(debate, speaker), links)


def without_document(debate: Debate, document: int) -> Changes:
    """The debate had `document` not been written: claims quoted from nowhere else are withdrawn."""
    return _without(debate, quoted_from(debate, document))


def _without(debate: Debate, claims: frozenset[int], links: Iterable[int] = ()) -> Changes:
    """A claim that was never said is refuted by nothing, and nothing hangs on it.

    So the links that begin or end at it go with it, whatever the profile. A position is gone only
    when nobody is left who states it.
    """
    positions = debate.positions
    kept = {positions[claim] for claim in range(len(debate)) if claim not in claims}
    dropped = set(links)
    for claim in claims:
        dropped.update(debate.links_from[claim], debate.links_to[claim])
    return Changes(
        rejected=frozenset(claim for claim in claims if positions[claim] not in kept),
        dropped=frozenset(dropped),
    )


def combined(*changes: Changes) -> Changes:
    """Several changes made together; what is conceded anywhere is not given up."""
    accepted = frozenset().union(*(change.accepted for change in changes))
    return Changes(
        rejected=frozenset().union(*(change.rejected for change in changes)) - accepted,
        accepted=accepted,
        dropped=frozenset().union(*(change.dropped for change in changes)),
    )
