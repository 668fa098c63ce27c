"""DOT: the debate for Graphviz and everything that reads its language.

Topics are clusters, claims are boxes, a link with joint premises or an undercut on it is a point
where its lines meet. Source: https://graphviz.org/doc/info/lang.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Final

from ..debate import Debate
from ..maps.palette import LINK_STYLES
from ..printable import printable
from ..terms import LinkKind
from .exporting import Export
from .losses import lost

WIDTH: Final = 32
"""Letters in a line of a card."""

_COLOURS: Final = {style.kind: style.light for style in LINK_STYLES}
_HEADS: Final = {
    LinkKind.SUPPORT: "normal",
    LinkKind.EVIDENCE: "dot",
    LinkKind.REBUTTAL: "tee",
    LinkKind.UNDERCUT: "diamond",
}
_DASHES: Final = {
    LinkKind.SUPPORT: "solid",
    LinkKind.EVIDENCE: "dashed",
    LinkKind.REBUTTAL: "dashed",
    LinkKind.UNDERCUT: "dotted",
}
_KEPT: Final = (
    "speakers", "questions", "topics", "texts of claims", "restatements", "contradictions",
    "qualifications", "titles of the debate", "that a support is one by evidence",
)  # fmt: skip


def write(debate: Debate) -> Export:
    """The debate as a directed graph, what is argued for above what argues for it."""
    lines = [
        f"digraph {_quoted(debate.title or 'debate')} {{",
        "  rankdir=BT; node [shape=box, style=rounded, fontname=Helvetica, fontsize=11];",
        "  edge [fontname=Helvetica, fontsize=9]; compound=true;",
        *_clusters(debate),
        *_questions(debate),
        *_links(debate),
        *_pairs(debate),
        "}",
    ]
    return Export({"": ("\n".join(lines) + "\n").encode()}, lost(debate, *_KEPT))


def _clusters(debate: Debate) -> Iterator[str]:
    """Claims, those of one (first) topic in a cluster."""
    by_topic: dict[int, list[int]] = {}
    for claim in range(len(debate)):
        topics = debate.claim_topics[claim]
        by_topic.setdefault(topics[0] if topics else -1, []).append(claim)
    for topic, claims in sorted(by_topic.items()):
        cards = [f"c{claim} [label={_card(debate, claim)}];" for claim in claims]
        if topic < 0:
            yield from (f"  {card}" for card in cards)
            continue
        yield f"  subgraph cluster_{topic} {{"
        yield f"    label={_quoted(debate.topics[topic].label)}; color=gray70;"
        yield from (f"    {card}" for card in cards)
        yield "  }"


def _questions(debate: Debate) -> Iterator[str]:
    for number, question in enumerate(debate.questions):
        if answers := debate.answers_to[number]:
            label = _lines(question.label)
            yield f"  q{number} [label={label}, shape=box, style=filled, fillcolor=gray90];"
            yield from (f"  c{claim} -> q{number} [arrowhead=none];" for claim in answers)


def _links(debate: Debate) -> Iterator[str]:
    count = len(debate)
    for link in range(len(debate.link_iris)):
        kind = LinkKind(debate.link_kinds[link])
        conclusion = debate.link_conclusions[link]
        end = f"c{conclusion}" if conclusion < count else f"l{conclusion - count}"
        style = f"color={_quoted(_COLOURS[kind.word])}, style={_DASHES[kind]}"
        drawn = f"{style}, arrowhead={_HEADS[kind]}, tooltip={_quoted(kind.verb)}"
        premises = debate.link_premises[link]
        if len(premises) == 1 and not debate.links_to[count + link]:
            yield f"  c{premises[0]} -> {end} [{drawn}];"
            continue
        yield f"  l{link} [shape=point, width=0.07, color={_quoted(_COLOURS[kind.word])}];"
        yield from (f"  c{premise} -> l{link} [{style}, arrowhead=none];" for premise in premises)
        yield f"  l{link} -> {end} [{drawn}];"


def _pairs(debate: Debate) -> Iterator[str]:
    for word, pairs, arrow in (
        ("restates", debate.restatements, "none"),
        ("contradicts", debate.contradictions, "none"),
        ("qualifies", debate.qualifications, "vee"),
    ):
        for first, second in pairs:
            yield (
                f"  c{first} -> c{second} [label={word}, style=dotted, color=gray40, "
                f"arrowhead={arrow}, constraint=false];"
            )


def _card(debate: Debate, claim: int) -> str:
    speakers = ", ".join(debate.speakers[s].label for s in debate.claim_speakers[claim])
    return _lines(debate.claim_texts[claim], speakers)


def _lines(text: str, above: str = "") -> str:
    """A label of wrapped lines."""
    parts: Iterable[str] = [*([above] if above else []), *wrap(printable(text), WIDTH)]
    return '"' + "\\n".join(_escaped(part) for part in parts) + '"'


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return printable(text).replace("\\", "\\\\").replace('"', '\\"')
