"""The debate as one speaker sees it, and as it would be without a source.

A view is a set of changes to the debate: what the speaker holds is conceded, what he rejects is
given up. Stances that he stated and labels that follow from them are kept apart: only the former
are changes, the latter are computed.
"""

from __future__ import annotations

from ..debate import Debate
from ..terms import LinkKind
from .flattening import Changes


def view_of(debate: Debate, speaker: int, *, leaving_open: int | None = None) -> Changes:
    """What `speaker` takes for granted: what he asserts or accepts is in, what he rejects is out.

    Of his own claims that rebut each other none is taken for granted. The claim `leaving_open`, and
    whatever restates it, is left to be decided by the rest.
    """
    positions = debate.positions
    held = {c for c in range(len(debate)) if speaker in debate.claim_speakers[c]}
    iri = debate.speakers[speaker].iri
    stances = [stance for stance in debate.stances if stance.speaker == iri]
    held |= {debate.claim_numbers[s.claim] for s in stances if s.accepts}
    rejected = {debate.claim_numbers[s.claim] for s in stances if not s.accepts}
    own = {positions[claim] for claim in held}
    torn: set[int] = set()
    for link, target in enumerate(debate.link_conclusions):
        if debate.link_kinds[link] == LinkKind.REBUTTAL and target < len(debate):
            premises = {positions[premise] for premise in debate.link_premises[link]}
            if positions[target] in own and premises <= own:
                torn |= {positions[target], *premises}
    if leaving_open is not None:
        torn.add(positions[leaving_open])
    return Changes(
        rejected=frozenset(c for c in rejected if positions[c] not in torn),
        accepted=frozenset(c for c in held - rejected if positions[c] not in torn),
    )


def without_speaker(debate: Debate, speaker: int) -> Changes:
    """The debate had `speaker` said nothing: claims and links that are his alone are withdrawn."""
    claims = [c for c in range(len(debate)) if debate.claim_speakers[c] == (speaker,)]
    links = [n for n in range(len(debate.link_iris)) if debate.link_speakers[n] == (speaker,)]
    return Changes(rejected=frozenset(claims), dropped=frozenset(links))


def without_document(debate: Debate, document: int) -> Changes:
    """The debate had `document` not been written: claims quoted from nowhere else are withdrawn."""
    iri = debate.documents[document].iri
    claims = [
        claim
        for claim in range(len(debate))
        if (quotes := debate.quotes_at(claim)) and all(q.document == iri for q in quotes)
    ]
    return Changes(rejected=frozenset(claims))


def combined(*changes: Changes) -> Changes:
    """Several changes made together; what is conceded anywhere is not given up."""
    accepted = frozenset().union(*(change.accepted for change in changes))
    return Changes(
        rejected=frozenset().union(*(change.rejected for change in changes)) - accepted,
        accepted=accepted,
        dropped=frozenset().union(*(change.dropped for change in changes)),
    )
