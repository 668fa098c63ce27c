"""Planning an Argdown document: what is a statement, an argument or a line, and where it stands.

A link is a line below its conclusion where that says all of it. One with joint premises, a
scheme, a name or a speaker of its own, and one that is undercut, is an argument with premises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from ...debate import Debate
from ...model import Link, link_iri
from ...terms import LinkKind, local_name
from ..joining import slug
from .building import name_of_line
from .escaping import plain_text, title_text

SIGNS: Final = {
    LinkKind.SUPPORT: "+",
    LinkKind.EVIDENCE: "+",
    LinkKind.REBUTTAL: "-",
    LinkKind.UNDERCUT: "_",
}
"""The sign of a line by the kind of the link."""


class Plan:
    """How a debate is laid out in Argdown; everything is known by its IRI."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.claims = {claim.iri: claim for claim in debate.claims}
        self.undercut = {link.conclusion for link in debate.links if link.kind is LinkKind.UNDERCUT}
        implied = self._implied()
        self.links = {
            link.iri: link
            for link in debate.links
            if link.conclusion not in link.premises and link.iri not in implied
        }
        self.misplaced = self._without_misplaced()
        self.endless = self._without_ends()
        self.sketched = self._sketched()
        self.structured = {iri: link for iri, link in self.links.items() if not self._is_line(link)}
        self.changed_titles = 0
        self.titles = self._titled()

    def _without_misplaced(self) -> int:
        """How many links were left out since `check` would refuse what they end on.

        Only an undercut ends on a link, and it ends on nothing else.
        """
        misplaced = [
            iri
            for iri, link in self.links.items()
            if (link.kind is LinkKind.UNDERCUT) is (link.conclusion in self.claims)
        ]
        for iri in misplaced:
            del self.links[iri]
        return len(misplaced)

    def _without_ends(self) -> int:
        """How many undercuts were left out since what they end on is: it leads to itself."""
        before = len(self.links)
        while lost := [
            iri
            for iri, link in self.links.items()
            if link.conclusion not in self.links and link.conclusion not in self.claims
        ]:
            for iri in lost:
                del self.links[iri]
        return before - len(self.links)

    def _implied(self) -> set[str]:
        """The rebuttals both ways that a contradiction is, where no more is said of them."""
        return {
            link_iri(LinkKind.REBUTTAL, (premise,), conclusion)
            for pair in self.contradictions
            for premise, conclusion in (pair, pair[::-1])
        } - self.undercut

    # -- what is what -------------------------------------------------------------------------

    def _sketched(self) -> set[str]:
        """The claims that were arguments without premises, and can be written as such."""
        found = {iri for iri, claim in self.claims.items() if _is_argument(claim.identifier)}
        for one, other in self.contradictions:
            if one in found and other in found:
                found.discard(one)
        from_claim: dict[str, list[Link]] = {}
        for link in self.links.values():
            for premise in link.premises:
                from_claim.setdefault(premise, []).append(link)
        undercuts: dict[str, set[tuple[str, ...]]] = {}
        joint: set[str] = set()
        for link in self.links.values():
            if link.kind is LinkKind.UNDERCUT:
                undercuts.setdefault(link.conclusion, set()).add(link.premises)
                if not _is_bare(link):
                    joint.add(link.conclusion)
        while True:
            kept = {
                iri
                for iri in found
                if self._stays_sketched(from_claim.get(iri, []), undercuts, joint, found)
            }
            concluded = {
                link.conclusion
                for link in self.links.values()
                if not (link.kind in (LinkKind.REBUTTAL, LinkKind.UNDERCUT) or _is_bare(link))
                and not self._is_line_of_sketch(link, kept)
            }
            kept -= concluded
            if kept == found:
                return found
            found = kept

    def _stays_sketched(
        self,
        links: list[Link],
        undercuts: dict[str, set[tuple[str, ...]]],
        joint: set[str],
        sketched: set[str],
    ) -> bool:
        """Whether nothing but lines start from it, undercut all alike or not at all."""
        attacked = [link for link in links if link.iri in undercuts]
        if not attacked:
            return all(_is_bare(link) for link in links)
        return all(
            link.iri not in joint
            and undercuts.get(link.iri) == undercuts[attacked[0].iri]
            and self._is_line_of_sketch(link, sketched)
            for link in links
            if link.kind is not LinkKind.UNDERCUT
        ) and all(
            _is_bare(link) and link.iri not in undercuts
            for link in links
            if link.kind is LinkKind.UNDERCUT
        )

    def _is_line_of_sketch(self, link: Link, sketched: set[str]) -> bool:
        """Whether it is an undercut line, named as a reader of Argdown names it."""
        if link.premises[0] not in sketched or link.conclusion not in self.claims:
            return False
        start, end = self.claims[link.premises[0]], self.claims[link.conclusion]
        end_name = end.identifier or local_name(end.iri)
        name = name_of_line(start.identifier, SIGNS[link.kind], end_name)
        plain = Link(link.kind, link.premises[:1], link.conclusion, link.iri, identifier=name)
        return (
            link.kind in (LinkKind.SUPPORT, LinkKind.REBUTTAL)
            and link.identifier == name
            and link == plain
        )

    def _is_line(self, link: Link) -> bool:
        if link.iri in self.undercut:
            return self._is_line_of_sketch(link, self.sketched)
        return _is_bare(link)

    @cached_property
    def contradictions(self) -> list[tuple[str, str]]:
        """The claims that contradict each other."""
        iris = self.debate.claim_iris
        pairs = ((iris[one], iris[other]) for one, other in self.debate.contradictions)
        return sorted({(min(pair), max(pair)) for pair in pairs})

    # -- titles -------------------------------------------------------------------------------

    def _titled(self) -> dict[str, str]:
        taken: set[str] = set()
        titles = {
            iri: self._title(claim.identifier, self.debate.name(iri), iri in self.sketched, taken)
            for iri, claim in self.claims.items()
        }
        for iri, link in self.structured.items():
            name = self.debate.name(iri)
            if not link.identifier and _is_minted(link):
                ends = [titles[premise][1:-1] for premise in link.premises]
                end = titles.get(link.conclusion, "[a step]")[1:-1]
                name = f"{' and '.join(ends)} {SIGNS[link.kind]} {end}"
            titles[iri] = self._title(link.identifier, name, True, taken)
        return titles

    def _title(self, identifier: str, name: str, argument: bool, taken: set[str]) -> str:
        bare = identifier[1:-1] if _is_bracketed(identifier) else identifier
        wanted = title_text(bare) or title_text(name) or "untitled"
        inside, number = wanted, 1
        if _title(inside, argument) in taken:
            inside = title_text(name) or inside
        while (title := _title(inside, argument)) in taken:
            number += 1
            inside = f"{wanted} ({number})"
        taken.add(title)
        self.changed_titles += inside != (bare or name)
        return title

    @cached_property
    def _mentions(self) -> Counter[str]:
        """How often the title of each claim is needed, the lines below it aside."""
        found: Counter[str] = Counter()
        for iri, link in self.links.items():
            found.update(link.premises)
            if iri in self.structured:
                found[link.conclusion] += 1
        for pair in self.contradictions:
            found.update(pair)
        return found

    @cached_property
    def home(self) -> dict[str, str]:
        """The argument in which a claim is written out: the only place that needs it."""
        return {
            premise: iri
            for iri, link in self.structured.items()
            for premise in link.premises
            if self._mentions[premise] == 1
        }

    @cached_property
    def untitled(self) -> set[str]:
        """The claims that are named by their words, and needed in one place only."""
        lines = {
            link.premises[0]
            for iri, link in self.links.items()
            if iri not in self.structured and link.conclusion in self.claims
        }
        return {
            iri
            for iri, claim in self.claims.items()
            if (iri in lines or iri in self.home)
            and not claim.identifier
            and self._mentions[iri] == 1
            and local_name(iri) == self.titles[iri][1:-1] == slug(plain_text(claim.text))
        }

    def lower(self, members: Sequence[str]) -> set[str]:
        """Those of the claims below one heading that are written out below another of them."""
        here = set(members)
        found = {
            link.premises[0]
            for end in members
            for link in self.below.get(end, ())
            if link.premises[0] in here and link.premises[0] != end
        }
        for end in members:
            for link in self.arguments_about.get(end, ()):
                found.update(p for p in link.premises if self.home.get(p) == link.iri and p != end)
        return found

    # -- places -------------------------------------------------------------------------------

    @cached_property
    def below(self) -> dict[str, list[Link]]:
        """The lines below each claim, and below each argument."""
        found: dict[str, list[Link]] = {}
        for iri, link in self.links.items():
            if iri not in self.structured:
                end = link.conclusion
                if end in self.links and end not in self.structured:
                    end = self.links[end].premises[0]
                found.setdefault(end, []).append(link)
        return found

    @cached_property
    def arguments_about(self) -> dict[str, list[Link]]:
        """The arguments that are written after each claim: those that end on it, or on these."""
        found: dict[str, list[Link]] = {}
        for link in self.structured.values():
            end, seen = link.conclusion, {link.iri}
            while end in self.links and end not in seen:
                seen.add(end)
                end = self.links[end].conclusion
            found.setdefault(end if end in self.claims else link.premises[0], []).append(link)
        return found

    @cached_property
    def contradicted(self) -> dict[str, list[str]]:
        """The claims that each contradicts, of which only a statement can stand below it."""
        found: dict[str, list[str]] = {}
        for one, other in self.contradictions:
            first, second = (other, one) if other in self.sketched else (one, other)
            found.setdefault(first, []).append(second)
        return found

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The topics that are headings: those of a hierarchy, and those that no line crosses."""
        topics = self.debate.topics
        tree = {topic.iri for topic in topics if topic.broader}
        tree.update(above for topic in topics for above in topic.broader)
        first = {iri: claim.topics[0] for iri, claim in self.claims.items() if claim.topics}
        crossed: set[str | None] = set()
        for link in self.links.values():
            ends = {
                first.get(end) for end in (*link.premises, link.conclusion) if end in self.claims
            }
            if len(ends) > 1:
                crossed |= ends
        used = set(first.values()) - crossed
        return tuple(topic.iri for topic in topics if topic.iri in tree or topic.iri in used)

    @cached_property
    def section(self) -> dict[str, str]:
        """The heading below which each claim stands; empty for those above the first."""
        known = set(self.headings)
        return {
            iri: next((topic for topic in claim.topics if topic in known), "")
            for iri, claim in self.claims.items()
        }

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """The claims below each heading."""
        found: dict[str, list[str]] = {}
        for iri, section in self.section.items():
            found.setdefault(section, []).append(iri)
        return found

    def outline(self) -> Iterator[tuple[int, str]]:
        """Each heading with its depth, those below it right after it."""
        broader = {topic.iri: topic.broader for topic in self.debate.topics}
        below: dict[str, list[str]] = {}
        for iri in self.headings:
            below.setdefault(broader[iri][0] if broader[iri] else "", []).append(iri)
        seen: set[str] = set()
        for root in (*below.get("", []), *self.headings):
            waiting = [(0, root)]
            while waiting:
                depth, topic = waiting.pop()
                if topic not in seen:
                    seen.add(topic)
                    yield depth, topic
                    waiting.extend((depth + 1, each) for each in reversed(below.get(topic, [])))

    # -- losses -------------------------------------------------------------------------------

    def losses(self) -> Iterator[tuple[int, str]]:
        """How often, and what, this plan leaves out."""
        topics, links = self.debate.topics, self.links
        mentioned = {topic for claim in self.claims.values() for topic in claim.topics}
        lines = [link for iri, link in links.items() if iri not in self.structured]
        yield self.changed_titles, "{} names as they are: titles know no brackets, and are unique"
        yield (
            sum(link.kind is LinkKind.EVIDENCE for link in lines),
            "that {} links give evidence: they are written as supports",
        )
        yield (
            sum(link.conclusion in link.premises for link in self.debate.links),
            "{} links of a claim to itself",
        )
        yield self.misplaced, "{} links that end on what their kind cannot end on"
        yield self.endless, "{} undercuts of links that are left out"
        yield (
            sum(max(len(topic.broader) - 1, 0) for topic in topics),
            "that topics lie below more than one other ({})",
        )
        yield (
            len({topic.iri for topic in topics} - mentioned - set(self.headings)),
            "{} topics without a claim",
        )


def _is_minted(link: Link) -> bool:
    return link.iri == link_iri(link.kind, link.premises, link.conclusion)


def _is_bare(link: Link) -> bool:
    """Whether there is nothing more to a link than its two ends."""
    return (
        len(link.premises) == 1
        and _is_minted(link)
        and link == Link(link.kind, link.premises, link.conclusion, link.iri)
    )


def _is_argument(identifier: str) -> bool:
    return len(identifier) > 2 and identifier[0] == "<" and identifier[-1] == ">"


def _is_bracketed(identifier: str) -> bool:
    return len(identifier) > 2 and identifier[0] + identifier[-1] in ("<>", "[]")


def _title(inside: str, argument: bool) -> str:
    return f"<{inside}>" if argument else f"[{inside}]"
