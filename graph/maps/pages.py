"""A debate as a folder of maps: a page for each topic, and an index that links them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from ..debate import Debate
from ..errors import DissensusError, UsageError
from ..terms import local_name
from ..writing import write_text
from .boxes import NO_TOPIC
from .judging import Judge
from .page import draw_scope, index_page
from .scope import MOST_CLAIMS, Scope

INDEX = "index.html"
MOST_TOP = 3
TOP_TEXT = 160
LONGEST_NAME = 80

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One page: its file, its topic (or `NO_TOPIC`), its claims, and which part of how many."""

    file: str
    topic: int
    claims: tuple[int, ...]
    part: int = 1
    parts: int = 1


def write_pages(
    debate: Debate, folder: Path | str, *, told: Callable[[int, int], None] | None = None
) -> list[Path]:
    """Writes a map for each topic of a debate and, last, an index; returns the files, index first.

    A page has the claims that are about the topic itself; those about a narrower one are on its
    own page, and those about none on one of their own. A topic of more claims than a page can
    show takes several. `told` hears how many pages of how many are written. The same debate gives
    the same files, each written whole or not at all.

    Raises:
        UsageError: the debate has no claims.
        DissensusError: a file cannot be written.
    """
    folder = Path(folder)
    pages = topic_pages(debate)
    if not pages:
        raise UsageError("there are no claims to write pages of")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DissensusError(f"{folder}: cannot be made: {error.strerror}") from error
    judge = Judge(debate)
    for number, page in enumerate(pages):
        if told is not None:
            told(number, len(pages))
        scope = Scope(page.claims, topic=page.topic)
        html = draw_scope(debate, scope, judge=judge, beside={"index": INDEX})
        write_text(folder / page.file, html)
    write_text(folder / INDEX, index_page(debate.title, _index_data(debate, pages)))
    if told is not None:
        told(len(pages), len(pages))
    return [folder / INDEX, *(folder / page.file for page in pages)]


def topic_pages(debate: Debate) -> list[TopicPage]:
    """The pages of a debate: topics by name in their hierarchy, claims without a topic last."""
    claims: dict[int, list[int]] = {}
    for claim in range(len(debate)):
        for topic in debate.claim_topics[claim] or (NO_TOPIC,):
            claims.setdefault(topic, []).append(claim)
    order = sorted(
        claims,
        key=lambda topic: (
            topic == NO_TOPIC,
            [*_path(debate, topic), _label(debate, topic)],
            topic,
        ),
    )
    taken = {INDEX}
    pages: list[TopicPage] = []
    for topic in order:
        own = claims[topic]
        parts = [tuple(own[n : n + MOST_CLAIMS]) for n in range(0, len(own), MOST_CLAIMS)]
        for part, chosen in enumerate(parts, 1):
            file = _file_name(debate, topic, part if len(parts) > 1 else 0, taken)
            taken.add(file.lower())
            pages.append(TopicPage(file, topic, chosen, part, len(parts)))
    return pages


def _label(debate: Debate, topic: int) -> str:
    return debate.topics[topic].label if topic != NO_TOPIC else ""


def _path(debate: Debate, topic: int) -> list[str]:
    """The labels of the topics above one, the broadest first."""
    path: list[str] = []
    seen = {topic}
    while topic != NO_TOPIC:
        broader = sorted(debate.topic_numbers[iri] for iri in debate.topics[topic].broader)
        topic = next((b for b in broader if b not in seen), NO_TOPIC)
        seen.add(topic)
        if topic != NO_TOPIC:
            path.insert(0, debate.topics[topic].label)
    return path


def _file_name(debate: Debate, topic: int, part: int, taken: set[str]) -> str:
    """A name for a topic's file that no other has, also where letters' case does not count."""
    name = local_name(debate.topics[topic].iri) if topic != NO_TOPIC else "no-topic"
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:LONGEST_NAME] or "topic"
    plain += f"-{part}" if part else ""
    file, again = f"{plain}.html", 1
    while file.lower() in taken:
        again += 1
        file = f"{plain}-{again}.html"
    return file


def _index_data(debate: Debate, pages: Sequence[TopicPage]) -> Plain:
    return {
        "description": debate.description,
        "claims": len(debate),
        "speakers": len(debate.speakers),
        "pages": [_entry(debate, page) for page in pages],
    }


def _entry(debate: Debate, page: TopicPage) -> Plain:
    """What the index says of a page."""
    own = set(page.claims)
    within = out = 0
    for link in {n for c in page.claims for n in (*debate.links_from[c], *debate.links_to[c])}:
        ends = {*debate.link_premises[link]}
        if debate.link_conclusions[link] < len(debate):
            ends.add(debate.link_conclusions[link])
        if ends <= own:
            within += 1
        else:
            out += 1
    replies = {claim: len(debate.links_to[claim]) for claim in page.claims}
    top = sorted((c for c in page.claims if replies[c]), key=lambda c: (-replies[c], c))[:MOST_TOP]
    return {
        "file": page.file,
        "label": _label(debate, page.topic),
        "path": _path(debate, page.topic),
        "part": f"{page.part}/{page.parts}" if page.parts > 1 else "",
        "claims": len(page.claims),
        "within": within,
        "out": out,
        "top": [
            {
                "address": f"{page.file}#{urlencode({'claim': debate.name(debate.claim_iris[c])})}",
                "speakers": [debate.speakers[s].label for s in debate.claim_speakers[c]],
                "text": _short(debate.claim_texts[c]),
            }
            for c in top
        ],
    }


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= TOP_TEXT else plain[:TOP_TEXT].rsplit(" ", 1)[0] + "…"
