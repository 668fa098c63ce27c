"""Which claims of a debate a map shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..debate import Debate
from ..errors import UnknownNameError, UsageError

FOCUS_DEPTH = 2
MATCH_DEPTH = 1
"""How far a map reaches around one claim, and around claims that were found."""

MOST_UNFOLDED = 300
"""With more claims than this, topics are folded at first."""

MOST_CARDS = 2000
"""With more claims than this, claims are dots, and cards only what is near the chosen one."""

MOST_CLAIMS = 100_000
"""More claims than this are refused: one page would no longer answer at once."""

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """The claims to show, ascending; `focus` is the one around which they lie, or -1.

    `matches` are those that were named, which the map marks.
    """

    claims: tuple[int, ...]
    focus: int = -1
    depth: int = 0
    topic: int = -1
    speaker: int = -1
    matches: tuple[int, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing was left out."""
        narrowed = self.focus >= 0 or self.topic >= 0 or self.speaker >= 0
        return not narrowed and not self.matches


def scope_of(
    debate: Debate,
    *,
    focus: str | None = None,
    claims: Iterable[str] | None = None,
    depth: int | None = None,
    topic: str | None = None,
    speaker: str | None = None,
) -> Scope:
    """The claims asked for; see `dissensus.graph.maps.draw` for what the words mean.

    Raises:
        UnknownNameError: no such claim, link, topic or speaker.
        UsageError: a negative depth, both a focus and claims, nothing left to show, or more than
            `MOST_CLAIMS` claims.
    """
    if focus is not None and claims is not None:
        raise UsageError("name one claim to lie in the middle, or claims to be marked; not both")
    if depth is None:
        depth = FOCUS_DEPTH if claims is None else MATCH_DEPTH
    if depth < 0:
        raise UsageError(f"depth is {depth}; it counts steps from the claim and cannot be negative")
    shown: Iterable[int] = range(len(debate))
    topic_number = speaker_number = focus_number = -1
    near = _Neighbours(debate)
    if topic is not None:
        topic_number = debate.topic_number(topic)
        about = narrower_topics(debate, topic_number)
        shown = [c for c in shown if about.intersection(debate.claim_topics[c])]
    if speaker is not None:
        speaker_number = debate.speaker_number(speaker)
        said = {c for c in shown if speaker_number in debate.claim_speakers[c]}
        beside = {other for claim in said for other in near.of(claim)}
        shown = [c for c in shown if c in said or c in beside]
    if focus is not None:
        focus_number = debate.claim_number(focus)
        around = near.around([focus_number], depth)
        shown = [c for c in shown if c in around or c == focus_number]
        if focus_number not in shown:
            shown = sorted([*shown, focus_number])
    matches: tuple[int, ...] = ()
    if claims is not None:
        named = named_claims(debate, claims)
        matches = tuple(c for c in shown if c in named)
        around = near.around(matches, depth)
        shown = [c for c in shown if c in around]
    numbers = tuple(shown)
    if len(numbers) > MOST_CLAIMS:
        raise UsageError(_too_many(debate, numbers))
    if not numbers and not (topic is None and speaker is None and claims is None):
        raise UsageError("no claim fits; leave out the topic or the speaker, or name another")
    return Scope(numbers, focus_number, depth, topic_number, speaker_number, matches)


def named_claims(debate: Debate, names: Iterable[str]) -> set[int]:
    """The claims of these names; a link's name stands for what it joins.

    Raises:
        UnknownNameError: neither a claim nor a link has such a name.
    """
    near, found = _Neighbours(debate), set[int]()
    for name in names:
        try:
            found.add(debate.claim_number(name))
        except UnknownNameError:
            link = debate.link_numbers.get(debate.expanded(name))
            if link is None:
                raise
            found |= near.joined(link)
    return found


def narrower_topics(debate: Debate, topic: int) -> set[int]:
    """The topic and all below it."""
    below: dict[str, list[int]] = {}
    for number, record in enumerate(debate.topics):
        for broader in record.broader:
            below.setdefault(broader, []).append(number)
    found = {topic}
    work = [topic]
    while work:
        for number in below.get(debate.topics[work.pop()].iri, ()):
            if number not in found:
                found.add(number)
                work.append(number)
    return found


class _Neighbours:
    """What a claim is directly joined to, by a link of any kind or by what both say."""

    def __init__(self, debate: Debate) -> None:
        self._debate = debate
        self._logical: dict[int, set[int]] = {}
        for first, second in (
            *debate.restatements,
            *debate.contradictions,
            *debate.qualifications,
        ):
            self._logical.setdefault(first, set()).add(second)
            self._logical.setdefault(second, set()).add(first)

    def of(self, claim: int) -> set[int]:
        debate = self._debate
        found = set(self._logical.get(claim, ()))
        for link in (*debate.links_from[claim], *debate.links_to[claim]):
            found |= self._ends(link)
        return found - {claim}

    def around(self, claims: Iterable[int], depth: int) -> set[int]:
        """The claims within `depth` steps of any of these."""
        found = set(claims)
        edge = set(found)
        for _ in range(depth):
            edge = {other for near in edge for other in self.of(near)} - found
            found |= edge
        return found

    def joined(self, link: int) -> set[int]:
        """The claims that a link joins, with those that a link it undercuts joins."""
        debate, count = self._debate, len(self._debate)
        found = set(debate.link_premises[link])
        for _ in range(len(debate.link_iris)):
            conclusion = debate.link_conclusions[link]
            if conclusion < count:
                found.add(conclusion)
                break
            link = conclusion - count
            found.update(debate.link_premises[link])
        return found

    def _ends(self, link: int) -> set[int]:
        """The claims that a link joins, with those that undercut it."""
        found = self.joined(link)
        for undercut in self._debate.links_to[len(self._debate) + link]:
            found.update(self._debate.link_premises[undercut])
        return found


def _too_many(debate: Debate, claims: tuple[int, ...]) -> str:
    """What is wrong, and three ways out of it, each with names of this debate and their counts."""
    topics = Counter(topic for claim in claims for topic in debate.claim_topics[claim])
    speakers = Counter(speaker for claim in claims for speaker in debate.claim_speakers[claim])
    links = Counter(
        conclusion
        for link in range(len(debate.link_iris))
        if (conclusion := debate.link_conclusions[link]) < len(debate)
    )
    shown = set(claims)
    answered = [claim for claim, _n in sorted(links.items(), key=_most) if claim in shown]
    ways = [
        ("--topic", [(debate.topics[t].label, n) for t, n in _fitting(topics)], "claims"),
        ("--speaker", [(debate.speakers[s].label, n) for s, n in _fitting(speakers)], "claims"),
        (
            "--focus",
            [(debate.name(debate.claim_iris[c]), links[c]) for c in answered[:1]],
            "replies",
        ),
    ]
    hints = [
        f"{option} ({', '.join(f'{name!r}: {n:,} {noun}' for name, n in examples)})"
        for option, examples, noun in ways
        if examples
    ]
    narrower = f"narrow it by {' or '.join(hints)}, or " if hints else ""
    return (
        f"{len(claims):,} claims are more than one page can show ({MOST_CLAIMS:,}); "
        f"{narrower}write a page for each topic with --pages FOLDER"
    )


def _fitting(counts: Counter[int]) -> list[tuple[int, int]]:
    """Those with most claims that still fit on a page."""
    return sorted(((k, n) for k, n in counts.items() if n <= MOST_CLAIMS), key=_most)[:_EXAMPLES]


def _most(counted: tuple[int, int]) -> tuple[int, int]:
    number, count = counted
    return -count, number
