"""Joining: the parts of an import become one debate, and everything in it gets its IRI."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, Final, TypeVar

from ..debate import Debate
from ..errors import Finding
from ..model import Claim, Link, Stance, link_iri
from ..terms import LinkKind
from ..writing import is_local_name
from .part import Part, name_in, tallied

_R = TypeVar("_R")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LETTERS_IN_A_NAME: Final = 60
_KINDS: Final = (
    "claim", "link", "speaker", "document", "question", "topic", "value", "audience", "option",
    "criterion",
)  # fmt: skip
"""The order in which things get their names: of two that would have the same, the first has it."""
_ENTITIES: Final = (
    "speakers", "documents", "questions", "topics", "values", "audiences", "options", "criteria",
)  # fmt: skip


def joined(
    parts: Sequence[Part], *, namespace: str, title: str = "", description: str = ""
) -> tuple[Debate, tuple[Finding, ...]]:
    """The debate that the parts make up, and what had no place in it.

    Claims and links with the same key are one: what the second adds is added, and where it
    disagrees the first holds. A name that can stand in an IRI becomes the end of one; of any other
    the words do, and the name is kept as the identifier. A claim that nobody is said to make gets
    an unnamed author. The same parts give the same IRIs.
    """
    join = _Joining(parts)
    claims = join.attributed(join.merged(parts, "claims"))
    links = join.sound_links(claims)
    entities = {name: join.merged(parts, name) for name in _ENTITIES}
    pairs = {
        name: join.sound_pairs(claims, name)
        for name in ("restatements", "contradictions", "qualifications")
    }
    stances = join.sound_stances(claims)
    names = _Names(namespace)
    names.assign([*claims, *(link.iri for link in links if link.iri)])
    names.assign(iri for entity in entities.values() for iri in entity)
    renamed: dict[str, Any] = {
        name: [names.renamed(entity) for entity in found.values()]
        for name, found in entities.items()
    }
    renamed |= {
        name: [(names.iri[first], names.iri[second]) for first, second in found]
        for name, found in pairs.items()
    }
    debate = Debate(
        [names.renamed(claim) for claim in claims.values()],
        [*names.renamed_links(links), *_rebuttals(renamed["contradictions"])],
        stances=[names.renamed(stance) for stance in stances],
        title=_clean(title),
        description=_clean(description),
        prefixes={"": namespace},
        **renamed,
    )
    return debate, (*join.notes, *tallied(parts))


def _rebuttals(contradictions: Iterable[tuple[str, str]]) -> Iterator[Link]:
    """The rebuttals both ways that a contradiction is, as in reading."""
    for pair in contradictions:
        for premise, conclusion in (pair, pair[::-1]):
            iri = link_iri(LinkKind.REBUTTAL, (premise,), conclusion)
            yield Link(LinkKind.REBUTTAL, (premise,), conclusion, iri)


class _Joining:
    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.notes = [note for part in parts for note in part.notes]

    def merged(self, parts: Sequence[Part], what: str) -> dict[str, Any]:
        """The records of one kind by key, those with the same key made one."""
        found: dict[str, Any] = {}
        for part in parts:
            for record in getattr(part, what):
                known = found.get(record.iri)
                found[record.iri] = record if known is None else self._one(part, known, record)
        return found

    def attributed(self, claims: dict[str, Claim]) -> dict[str, Claim]:
        """The claims with a speaker each: where no file names one, the file's unnamed author."""
        found = dict(claims)
        for part in self.parts:
            for key in {claim.iri: None for claim in part.claims}:
                if not found[key].speakers:
                    author = part.speaker(f"Unnamed author of {part.title or part.source.stem}")
                    found[key] = replace(found[key], speakers=(author,))
        return found

    def sound_links(self, claims: dict[str, Claim]) -> list[Link]:
        """The links whose ends exist and that do not end where they start, others noted."""
        told = [(part, self._fitting(part, link)) for part in self.parts for link in part.links]
        names: dict[object, str] = {}
        for _, link in told:
            if link.iri:
                names.setdefault(_content(link), link.iri)
        known: dict[object, Link] = {}
        found: list[tuple[Part, Link]] = []
        for part, each in told:
            name = each.iri or names.get(_content(each), "")
            link = each if name == each.iri else replace(each, iri=name)
            one = known.setdefault(name or _content(link), link)
            if one is link:
                found.append((part, link))
                continue
            if _content(one) == _content(link):  # the order of premises says nothing
                link = replace(link, premises=one.premises)
            known[name or _content(link)] = self._one(part, one, link)
        while True:
            known_ends = {*claims, *(link.iri for _, link in found)}
            lasting = [
                (part, link) for part, link in found if self._stands(part, link, claims, known_ends)
            ]
            if len(lasting) == len(found):
                return [known[link.iri or _content(link)] for _, link in found]
            found = lasting

    def _fitting(self, part: Part, link: Link) -> Link:
        """The link as what can end there: an undercut ends on a link, every other on a claim."""
        on_a_link = name_in(link.conclusion)[0] == "link"
        if on_a_link is (link.kind is LinkKind.UNDERCUT) or not link.kind.attacks:
            return link
        kind = LinkKind.UNDERCUT if on_a_link else LinkKind.REBUTTAL
        article = "an" if on_a_link else "a"
        end = f"{'the link' if on_a_link else 'the claim'} {name_in(link.conclusion)[2]!r}"
        self._note(part, f"{_called(link)} ends on {end}: read as {article} {kind.word}")
        return replace(link, kind=kind)

    def _stands(
        self, part: Part, link: Link, claims: dict[str, Claim], ends: Iterable[str]
    ) -> bool:
        what = _called(link)
        missing = [p for p in link.premises if p not in claims]
        missing += [link.conclusion] if link.conclusion not in ends else []
        if missing:
            part_of = name_in(missing[0])
            self._note(part, f"{what} is left out: there is no {part_of[0]} {part_of[2]!r}")
        elif not link.premises:
            self._note(part, f"{what} is left out: it has no premise")
        elif not link.kind.attacks and name_in(link.conclusion)[0] == "link":
            end = name_in(link.conclusion)[2]
            self._note(part, f"{what} is left out: it ends on the link {end!r}, not on a claim")
        elif link.conclusion in (*link.premises, link.iri):
            itself = name_in(link.conclusion)[2]
            self._note(part, f"{what} is left out: it joins {itself!r} to itself")
        else:
            return True
        return False

    def sound_pairs(self, claims: dict[str, Claim], what: str) -> list[tuple[str, str]]:
        found: dict[tuple[str, str], None] = {}
        for part in self.parts:
            for first, second in getattr(part, what):
                if first in claims and second in claims and first != second:
                    found[first, second] = None
                else:
                    ends = " and ".join(repr(name_in(end)[2]) for end in (first, second))
                    self._note(
                        part,
                        f"{what[:-1]} of {ends} is left out: one is missing or both are the same",
                    )
        return list(found)

    def sound_stances(self, claims: dict[str, Claim]) -> list[Stance]:
        """The stances on claims that exist; how many others there are is noted for each file."""
        found: dict[Stance, None] = {}
        for part in self.parts:
            missing = [stance for stance in part.stances if stance.claim not in claims]
            found.update(dict.fromkeys(s for s in part.stances if s.claim in claims))
            if missing:
                names = sorted({name_in(stance.claim)[2] for stance in missing})
                first = f"{names[0]!r}{' and others' if len(names) > 1 else ''}"
                self._note(part, f"stances left out for want of claim {first}: {len(missing)}")
        return list(found)

    def _one(self, part: Part, known: Any, other: Any) -> Any:
        """The record with what the other adds to it; what they disagree on is noted."""
        changes: dict[str, Any] = {}
        for one in fields(known):
            mine, yours = getattr(known, one.name), getattr(other, one.name)
            if yours in (mine, one.default):
                continue
            if one.name in ("premises", "order"):  # joint premises and an order are one whole
                self._disagree(part, known, one.name)
            elif isinstance(mine, tuple):
                changes[one.name] = tuple(dict.fromkeys((*mine, *yours)))
            elif mine == one.default:
                changes[one.name] = yours
            else:
                self._disagree(part, known, one.name)
        return replace(known, **changes)

    def _disagree(self, part: Part, known: Any, what: str) -> None:
        kind, _, name = name_in(known.iri) if known.iri else ("", "", "")
        called = f"{kind} {name!r}" if kind else _called(known)
        self._note(part, f"{called} stands here with another {what}; the first one holds")

    def _note(self, part: Part, message: str) -> None:
        before = len(part.notes)
        part.note(message)
        self.notes.extend(part.notes[before:])


def _content(link: Link) -> object:
    """What a link without a name is known by: what it joins, and how."""
    return link.kind, frozenset(link.premises), link.conclusion


def _called(link: Link) -> str:
    """How a note calls a link that has a key or none."""
    return f"{link.kind.word} {name_in(link.iri)[2]!r}" if link.iri else f"a {link.kind.word}"


class _Names:
    """The IRI of everything that has a key."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace
        self.iri: dict[str, str] = {}
        self.identifier: dict[str, str] = {}
        self._taken: set[str] = set()

    def assign(self, keys: Iterable[str]) -> None:
        """Name what has these keys, in an order that depends on nothing but the keys."""
        ordered = sorted(keys, key=lambda key: (_KINDS.index(name_in(key)[0]), name_in(key)[1:]))
        legible = {key: _legible(key) for key in ordered}
        for key in sorted(ordered, key=lambda key: legible[key][1]):  # exact names go first
            wanted, changed = legible[key]
            name, number = wanted, 1
            while name in self._taken:
                number += 1
                name = f"{wanted}-{number}"
            self._taken.add(name)
            self.iri[key] = self.namespace + name
            identifier = _clean(name_in(key)[2])
            if (changed or number > 1) and identifier.strip():
                self.identifier[key] = identifier

    def renamed(self, record: _R) -> _R:
        """The record with IRIs for keys, its texts fit for Turtle."""
        changes: dict[str, Any] = {}
        kind: Any = type(record)
        names = _field_names(kind)
        for name in names:
            value = getattr(record, name)
            if value and (new := self._translated(value)) is not value:
                changes[name] = new
        if isinstance(record, Claim | Link) and record.iri in self.identifier:
            changes["identifier"] = record.identifier or self.identifier[record.iri]
        if not changes:
            return record
        return kind(*[changes[n] if n in changes else getattr(record, n) for n in names])  # type: ignore[no-any-return]

    def renamed_links(self, links: Sequence[Link]) -> Iterator[Link]:
        """The links with IRIs; one without a key is named by what it says."""
        for link in links:
            new = self.renamed(link)
            yield (
                new
                if new.iri
                else replace(new, iri=link_iri(new.kind, new.premises, new.conclusion))
            )

    def _translated(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.iri.get(value) or _clean(value)
        if isinstance(value, tuple):
            return tuple([self._translated(each) for each in value])
        if isinstance(value, float | int):
            return value
        if is_dataclass(value) and not isinstance(value, type):
            return self.renamed(value)
        return value


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _legible(key: str) -> tuple[str, bool]:
    """The end of the IRI for a key, and whether its name had to be changed for it."""
    kind, scope, name = name_in(key)
    whole = f"{scope}-{name}" if scope else name
    if kind in ("claim", "link") and is_local_name(whole):
        return whole, False
    return slug(whole) or kind, True


def slug(text: str) -> str:
    """The words of a text in lower case, joined by hyphens: a name that can end an IRI.

    >>> slug("Voice of the People (1.7)")
    'voice-of-the-people-1-7'
    """
    plain = unicodedata.normalize("NFC", re.sub("['\u2019]", "", text)).lower()
    words = [word for word in re.findall(r"[^\W_]+", plain) if is_local_name(word)]
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:_LETTERS_IN_A_NAME]
        if len(longer) > _LETTERS_IN_A_NAME:
            break
        name = longer
    return name


def _clean(text: str) -> str:
    """The text without halves of surrogate pairs, which no encoding can write."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text) if not text.isascii() else text
