"""Which box of the map each claim and question lies in, and the order of the boxes.

A claim lies in the box of its most specific topic. A question lies where most of its answers do,
and draws to itself those rival answers that are about its topic or a narrower one. A topic with
few cards shares the box of the broader topic, so that a map is not all boxes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..debate import Debate

if TYPE_CHECKING:
    from .chart import Chart

NO_TOPIC = -1

LEAST_IN_BOX = 3
MOST_LEAST = 10
"""A topic with fewer cards shares the box of the broader one; between these, by size of map."""


def boxes_of(chart: Chart) -> tuple[list[int], list[int]]:
    """The topic of each box in reading order, and the box of each node.

    Around a focus there is one box without a topic.
    """
    if chart.scope.focus >= 0:
        return [NO_TOPIC], [0] * (len(chart.claims) + len(chart.questions))
    topics = _Topics(chart.debate)
    homes = [_claim_home(chart.debate, topics, claim) for claim in chart.claims]
    homes += [_question_home(chart, topics, homes, question) for question in chart.questions]
    least = max(LEAST_IN_BOX, min(MOST_LEAST, len(chart.claims) // 12))
    shared = topics.rolled_up(Counter(homes), least)
    homes = [shared[home] for home in homes]
    for question in reversed(chart.questions):
        home = homes[chart.question_node(question)]
        for claim in chart.rivals[question]:
            if home in topics.with_broader(chart.debate.claim_topics[claim]):
                homes[chart.node_of[claim]] = home
    order = _reading_order(chart, homes)
    place = {topic: number for number, topic in enumerate(order)}
    return order, [place[home] for home in homes]


def _claim_home(debate: Debate, topics: _Topics, claim: int) -> int:
    """The most specific topic; of several, the one that most claims it is joined to share."""
    narrowest = topics.narrowest(debate.claim_topics[claim])
    if len(narrowest) < 2:
        return narrowest[0] if narrowest else NO_TOPIC
    near: Counter[int] = Counter()
    for link in (*debate.links_from[claim], *debate.links_to[claim]):
        for other in (*debate.link_premises[link], debate.link_conclusions[link]):
            if other < len(debate) and other != claim:
                near.update(debate.claim_topics[other])
    return max(narrowest, key=lambda topic: (near[topic], -topic))


def _question_home(chart: Chart, topics: _Topics, homes: Sequence[int], question: int) -> int:
    """Of the question's topics, or else of its answers', the one that suits most answers."""
    debate = chart.debate
    votes: Counter[int] = Counter()
    for claim in chart.rivals[question]:
        votes.update(topics.with_broader([homes[chart.node_of[claim]]]))
    own = [debate.topic_numbers[iri] for iri in debate.questions[question].topics]
    candidates = own or sorted(votes)
    if not candidates:
        return NO_TOPIC
    return max(candidates, key=lambda t: (votes[t], topics.depth(t), -t))


def _reading_order(chart: Chart, homes: Sequence[int]) -> list[int]:
    """Boxes by what they have to do with those before, beginning where the map opens."""
    joined: dict[int, Counter[int]] = {home: Counter() for home in homes}
    for line in chart.lines:
        goal = line.line.node
        for premise in line.line.premises:
            if goal >= 0 and homes[premise] != homes[goal]:
                joined[homes[premise]][homes[goal]] += 1
                joined[homes[goal]][homes[premise]] += 1
    sizes = Counter(homes)
    left = sorted(sizes, key=lambda topic: (topic == NO_TOPIC, -sizes[topic], topic))
    pull = Counter([homes[chart.start]]) if chart.start >= 0 else Counter[int]()
    order: list[int] = []
    while left:
        order.append(max(left, key=lambda topic: pull[topic]))
        left.remove(order[-1])
        pull.update(joined[order[-1]])
    return order


class _Topics:
    """The hierarchy of topics, by number."""

    def __init__(self, debate: Debate) -> None:
        self._broader = [
            [debate.topic_numbers[iri] for iri in topic.broader] for topic in debate.topics
        ]
        self._lineages: dict[int, frozenset[int]] = {NO_TOPIC: frozenset()}

    def lineage(self, topic: int) -> frozenset[int]:
        """A topic and all above it."""
        if topic not in self._lineages:
            found = {topic}
            work = [topic]
            while work:
                for broader in self._broader[work.pop()]:
                    if broader not in found:
                        found.add(broader)
                        work.append(broader)
            self._lineages[topic] = frozenset(found)
        return self._lineages[topic]

    def depth(self, topic: int) -> int:
        """How many topics are above it."""
        return len(self.lineage(topic)) - 1

    def with_broader(self, topics: Iterable[int]) -> frozenset[int]:
        """The topics and all above them."""
        return frozenset().union(*(self.lineage(topic) for topic in topics))

    def rolled_up(self, sizes: Counter[int], least: int) -> dict[int, int]:
        """For each topic, the one whose box it shares: itself, or a broader one if it is small."""
        sizes = Counter(sizes)
        into = {NO_TOPIC: NO_TOPIC}
        deepest_first = sorted(self.with_broader(sizes), key=lambda t: (-self.depth(t), t))
        for topic in deepest_first:
            above = [b for b in self._broader[topic] if self.depth(b) < self.depth(topic)]
            into[topic] = topic
            if sizes[topic] < least and above:
                into[topic] = min(above, key=lambda broader: (-sizes[broader], broader))
                sizes[into[topic]] += sizes[topic]
        for topic in reversed(deepest_first):
            into[topic] = into[into[topic]]
        return into

    def narrowest(self, topics: Sequence[int]) -> list[int]:
        """Those of the topics that are not above another of them, the deepest first."""
        above = {b for topic in topics for b in self.lineage(topic) - {topic}}
        kept = [topic for topic in topics if topic not in above] or list(topics)
        deepest = max((self.depth(topic) for topic in kept), default=0)
        return [topic for topic in kept if self.depth(topic) == deepest]
