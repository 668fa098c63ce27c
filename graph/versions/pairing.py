"""Which claim of the new version is which of the old, and which link.

A claim is the same if it has the same IRI. Of those that are left, a claim is the same under a new
name if its text is the same, or nearly so and a speaker too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..debate import Debate
from ..model import Claim, Link
from ..terms import LinkKind, local_name
from .wording import likeness, words

NEARLY = 0.8
"""How alike the texts of a claim that was renamed and reworded at once are at least."""


@dataclass(slots=True)
class Pairing:
    """Old IRI → new IRI, of the claims and of the links that are in both versions."""

    claims: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def moved(self, iri: str) -> str:
        """What this IRI of the old version is called in the new one."""
        return self.claims.get(iri) or self.links.get(iri) or iri


def pair(old: Debate, new: Debate) -> Pairing:
    """The claims and links of `old` that are in `new` as well.

    Linear in the debates, and in the number of claims left over times those that share a rare word.
    """
    found = Pairing({iri: iri for iri in old.claim_iris if iri in new.claim_numbers})
    gone = [old.claim(iri) for iri in old.claim_iris if iri not in new.claim_numbers]
    come = [new.claim(iri) for iri in new.claim_iris if iri not in old.claim_numbers]
    found.claims.update(_renamed(gone, come))
    found.links.update(_links(old, new, found))
    return found


def _renamed(gone: list[Claim], come: list[Claim]) -> dict[str, str]:
    candidates = [
        (-score, local_name(one.iri) != local_name(other.iri), one.iri, other.iri)
        for one, other, score in (*_with_the_same_text(gone, come), *_nearly_the_same(gone, come))
    ]
    renamed: dict[str, str] = {}
    taken: set[str] = set()
    for _score, _name, one, other in sorted(candidates):
        if one not in renamed and other not in taken:
            renamed[one] = other
            taken.add(other)
    return renamed


def _with_the_same_text(
    gone: Iterable[Claim], come: Iterable[Claim]
) -> Iterator[tuple[Claim, Claim, float]]:
    """Pairs with the same words; 2 where a speaker is the same as well, which is the best."""
    by_text: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in gone:
        by_text[tuple(words(claim.text))].append(claim)
    for claim in come:
        for other in by_text.get(tuple(words(claim.text)), ()):
            yield other, claim, 2.0 if _share_a_speaker(claim, other) else 1.5


def _nearly_the_same(
    gone: Iterable[Claim], come: Iterable[Claim]
) -> Iterator[tuple[Claim, Claim, float]]:
    """Pairs that share a speaker and most of their words.

    Of two texts so alike, the one lacks less than a third of the other's words: so they share one
    of any third of them, and the rarest are looked up.
    """
    old_words = {claim.iri: words(claim.text) for claim in gone}
    having: dict[str, list[Claim]] = defaultdict(list)
    for claim in gone:
        for word in set(old_words[claim.iri]):
            having[word].append(claim)
    counts = Counter({word: len(claims) for word, claims in having.items()})
    for claim in come:
        its_words = words(claim.text)
        rarest = sorted(set(its_words), key=lambda word: (counts[word], word))
        near = {
            other.iri: other
            for word in rarest[: len(rarest) // 3 + 1]
            for other in having.get(word, ())
            if _share_a_speaker(claim, other)
        }
        for other in near.values():
            score = likeness(old_words[other.iri], its_words)
            if score >= NEARLY:
                yield other, claim, score


def _share_a_speaker(one: Claim, other: Claim) -> bool:
    return bool(set(one.speakers) & set(other.speakers)) or not (one.speakers or other.speakers)


def _links(old: Debate, new: Debate, found: Pairing) -> dict[str, str]:
    """Links with the same IRI, and of the others those with the same kind and ends."""
    paired = {iri: iri for iri in old.link_iris if iri in new.link_numbers}
    by_content: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for link in new.links:
        if link.iri not in old.link_numbers:
            by_content[_content(link.kind, link.premises, link.conclusion)].append(link.iri)
    waiting = [link for link in old.links if link.iri not in paired]
    while waiting:  # a link that ends on a link waits until that one is paired
        left: list[Link] = []
        for link in waiting:
            conclusion = paired.get(link.conclusion) or found.moved(link.conclusion)
            premises = [found.moved(premise) for premise in link.premises]
            same = by_content.get(_content(link.kind, premises, conclusion))
            if same:
                paired[link.iri] = same.pop(0)
            else:
                left.append(link)
        if len(left) == len(waiting):
            break
        waiting = left
    return paired


def _content(kind: LinkKind, premises: Iterable[str], conclusion: str) -> tuple[object, ...]:
    return kind, frozenset(premises), conclusion
