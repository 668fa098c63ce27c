"""From a debate to the diagram of its map: cards, questions, boxes, and the lines between them.

Answers that argue for no other answer to the same question are rivals and stand side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..debate import Debate
from ..model import link_iri
from ..terms import ClaimKind, LinkKind
from .boxes import boxes_of
from .cards import card_size, question_size
from .layout import Diagram, Line
from .scope import MOST_CARDS, Scope

CONTRADICTION = "contradiction"
QUALIFICATION = "qualification"
RESTATEMENT = "restatement"
ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line of the map: its kind, the link that it stands for (or -1), and its ends as nodes."""

    kind: str
    link: int
    line: Line


class Chart:
    """What the map of a scope shows, as nodes and lines.

    `claims` are the numbers of the claims in the order of their nodes; the nodes of `questions`
    follow, the most contested first. `topics[g]` is the topic of box g, or `NO_TOPIC`; `groups`
    gives each node's box.
    """

    def __init__(self, debate: Debate, scope: Scope) -> None:
        self.debate = debate
        self.scope = scope
        self.claims: tuple[int, ...] = tuple(
            sorted(
                scope.claims,
                key=lambda c: (debate.claim_criteria[c], debate.claim_options[c], c),
            )
        )
        self.node_of = {claim: node for node, claim in enumerate(self.claims)}
        answers = self._answers_in_scope()
        self.rivals = {q: self._rivals(among) for q, among in answers.items()}
        self.lines = self._lines()
        self.questions: tuple[int, ...] = tuple(
            sorted(answers, key=lambda q: (self.contested[q], -q), reverse=True)
        )
        self._question_nodes = {q: len(self.claims) + n for n, q in enumerate(self.questions)}
        self.lines += self._answer_lines()
        self.topics, self.groups = boxes_of(self)

    def question_node(self, question: int) -> int:
        """The node of a question's card."""
        return self._question_nodes[question]

    @cached_property
    def footed(self) -> tuple[bool, ...]:
        """For each claim node, whether its card has marks below the text."""
        marked = {line.line.node for line in self.lines if line.kind != ANSWER}
        for line in self.lines:
            if line.kind in (RESTATEMENT, CONTRADICTION):
                marked.update(line.line.premises)
        plain = list(ClaimKind).index(ClaimKind.CLAIM)
        return tuple(
            node in marked or self.debate.claim_kinds[claim] != plain
            for node, claim in enumerate(self.claims)
        )

    @cached_property
    def contested(self) -> dict[int, tuple[bool, int, int]]:
        """How contested each question is: greater is more.

        Whether rival answers come from different speakers; how many attacks there are on the
        answers and on all that argues for them (of very many claims: on the answers alone); how
        many rivals there are.
        """
        below = len(self.claims) <= MOST_CARDS
        return {
            question: (
                len({self.debate.claim_speakers[claim] for claim in rivals}) > 1,
                self._attacks_on((self.node_of[claim] for claim in rivals), below=below),
                len(rivals),
            )
            for question, rivals in self.rivals.items()
        }

    def _attacks_on(self, nodes: Iterable[int], *, below: bool) -> int:
        """The attacks on nodes and, if wished, on all `below` them that argues for them."""
        found: set[int] = set()
        seen = set(nodes)
        work = list(seen)
        while work:
            lines = list(self._lines_to.get(work.pop(), ()))
            for number in lines:
                if number in found:
                    continue
                found.add(number)
                lines.extend(self._lines_onto.get(number, ()))
                fresh = set(self.lines[number].line.premises) - seen if below else set[int]()
                seen |= fresh
                work.extend(fresh)
        return sum(not self.lines[number].line.strict for number in found)

    @cached_property
    def _lines_to(self) -> dict[int, list[int]]:
        """For each node, the lines that end on it; floating ones say nothing about it."""
        return _grouped((n, k.line.node) for n, k in enumerate(self.lines) if not k.line.floating)

    @cached_property
    def _lines_onto(self) -> dict[int, list[int]]:
        """For each line, the lines that undercut it."""
        return _grouped(
            (number, chart_line.line.line) for number, chart_line in enumerate(self.lines)
        )

    @cached_property
    def start(self) -> int:
        """The node to open the map on.

        The focus; of claims that were found, the one most argued about; the most contested
        question; or the claim most argued about.
        """
        if self.scope.focus >= 0:
            return self.node_of[self.scope.focus]
        if self.questions and not self.scope.matches:
            return self.question_node(self.questions[0])
        weight = Counter(line.line.node for line in self.lines)
        nodes = [self.node_of[c] for c in self.scope.matches] or range(len(self.claims))
        return max(nodes, key=lambda node: (weight[node], -node), default=-1)

    def diagram(self) -> Diagram:
        """The diagram to lay out."""
        debate = self.debate
        sizes = [
            card_size(debate.claim_texts[claim], footed=footed)
            for claim, footed in zip(self.claims, self.footed, strict=True)
        ]
        sizes += [question_size(debate.questions[q].label) for q in self.questions]
        rows = [tuple(self.node_of[c] for c in rivals) for rivals in self.rivals.values()]
        rows += [
            (*line.line.premises, line.line.node)
            for line in self.lines
            if line.kind == CONTRADICTION
        ]
        return Diagram(
            sizes=sizes,
            lines=[line.line for line in self.lines],
            groups=self.groups,
            headers=frozenset(range(len(self.claims), len(sizes))),
            rows=[row for row in rows if len(row) > 1],
            columns=self._columns(),
            framed=self.scope.focus < 0,
        )

    # -- questions --------------------------------------------------------------------------

    def _answers_in_scope(self) -> dict[int, list[int]]:
        """The questions to show, each with its answers in scope.

        A question that nobody answers is shown where the whole debate is.
        """
        answers: dict[int, list[int]] = {}
        if self.scope.whole:
            answers = {question: [] for question in range(len(self.debate.questions))}
        for claim in self.claims:
            for question in self.debate.claim_questions[claim]:
                answers.setdefault(question, []).append(claim)
        return dict(sorted(answers.items()))

    def _rivals(self, answers: Sequence[int]) -> list[int]:
        """The answers that argue for no other one, or all if they argue in a circle."""
        debate = self.debate
        among = set(answers)
        top = [
            claim
            for claim in answers
            if not any(
                debate.link_conclusions[link] in among
                for link in debate.links_from[claim]
                if not LinkKind(debate.link_kinds[link]).attacks
            )
        ]
        return top or list(answers)

    # -- lines ------------------------------------------------------------------------------

    def _lines(self) -> list[ChartLine]:
        node_of = self.node_of
        lines = self._link_lines()
        for kind, pairs in (
            (CONTRADICTION, self.debate.contradictions),
            (QUALIFICATION, self.debate.qualifications),
            (RESTATEMENT, self.debate.restatements),
        ):
            seen: set[frozenset[int]] = set()
            for first, second in pairs:
                ends = frozenset((first, second))
                if first == second or not ends <= node_of.keys():
                    continue
                if kind != QUALIFICATION and ends in seen:
                    continue
                seen.add(ends)
                line = Line(
                    (node_of[first],),
                    node_of[second],
                    strict=kind == QUALIFICATION,
                    floating=kind == RESTATEMENT,
                )
                lines.append(ChartLine(kind, -1, line))
        return lines

    def _answer_lines(self) -> list[ChartLine]:
        return [
            ChartLine(ANSWER, -1, Line((self.node_of[claim],), self.question_node(question)))
            for question in self.questions
            for claim in self.rivals[question]
        ]

    def _link_lines(self) -> list[ChartLine]:
        debate, count = self.debate, len(self.debate)
        leaving = sorted({link for claim in self.claims for link in debate.links_from[claim]})
        shown = [link for link in leaving if self._shows(link) and link not in self._implied]
        place = {link: number for number, link in enumerate(shown)}
        lines: list[ChartLine] = []
        for link in shown:
            kind = LinkKind(debate.link_kinds[link])
            conclusion = debate.link_conclusions[link]
            premises = tuple(self.node_of[p] for p in debate.link_premises[link])
            if conclusion < count:
                line = Line(premises, self.node_of[conclusion], strict=not kind.attacks)
            else:
                line = Line(premises, line=place[conclusion - count], strict=False)
            lines.append(ChartLine(kind.word, link, line))
        return lines

    def _shows(self, link: int) -> bool:
        """Whether all that a link joins is in scope."""
        debate, count = self.debate, len(self.debate)
        for _ in range(len(debate.link_iris)):
            if not all(premise in self.node_of for premise in debate.link_premises[link]):
                return False
            conclusion = debate.link_conclusions[link]
            if conclusion < count:
                return conclusion in self.node_of
            link = conclusion - count
        return False

    @cached_property
    def _implied(self) -> frozenset[int]:
        """Rebuttals that say no more than a contradiction does, and are not attacked."""
        debate, count = self.debate, len(self.debate)
        found: set[int] = set()
        for pair in debate.contradictions:
            for premise, conclusion in (pair, pair[::-1]):
                iris = debate.claim_iris[premise], debate.claim_iris[conclusion]
                link = debate.link_numbers.get(link_iri(LinkKind.REBUTTAL, iris[:1], iris[1]))
                if link is not None and not debate.links_to[count + link]:
                    found.add(link)
        return frozenset(found)

    # -- boxes ------------------------------------------------------------------------------

    def _columns(self) -> dict[int, int]:
        """For boxes with cells of a comparison: as many columns as there are options."""
        options: dict[int, set[int]] = {}
        for node, claim in enumerate(self.claims):
            rated = self.debate.claim_options[claim]
            if rated and self.debate.claim_criteria[claim]:
                options.setdefault(self.groups[node], set()).update(rated)
        return {group: max(2, len(rated)) for group, rated in options.items()}


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """The first numbers of the pairs by the second."""
    groups: dict[int, list[int]] = {}
    for first, second in pairs:
        groups.setdefault(second, []).append(first)
    return groups
