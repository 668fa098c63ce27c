"""Names of new things, and what is meant by the names that a person writes for them to refer to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress

from pyoxigraph import NamedNode

from .debate import Debate, nearest
from .describing import is_plain
from .errors import UnknownNameError, UsageError
from .model import Label, Link
from .terms import LinkKind, local_name
from .writing import is_local_name

DEBATES = "https://w3id.org/dissensus/debates/"
"""Where the namespace of a debate begins that has none of its own; its name and ``#`` follow."""

_WORDS_IN_A_NAME = 5
_LETTERS_IN_A_NAME = 48
_EMPTY_WORDS = re.compile(
    "a|an|the|is|are|was|were|be|been|being|am|has|have|had|do|does|did|to|of|in|on|at|by|for|from"
    "|with|as|that|this|these|those|it|its|his|her|their|our|your|my|and|or|but|so|than|then|there"
    "|here|who|which|what"
)
_LINK_WORDS = {
    LinkKind.SUPPORT: "supports",
    LinkKind.REBUTTAL: "rebuts",
    LinkKind.UNDERCUT: "undercuts",
    LinkKind.EVIDENCE: "evidence-for",
}


def claim_name(text: str, taken: Collection[str] = ()) -> str:
    """A readable local name for a claim: its first words that mean something, joined by hyphens.

    Never one of the names `taken`: a number is added. Letters of all scripts stay, but Latin ones
    lose their accents.

    >>> claim_name("China's chip policy is a chosen change of course, not a blunder.")
    'chinas-chip-policy-chosen-change'
    """
    bare = re.sub("(?<=[A-Za-z])[\u0300-\u036f]+", "", unicodedata.normalize("NFD", text))
    plain = unicodedata.normalize("NFC", re.sub("['\u2019]", "", bare)).lower()
    words = [word for word in re.findall(r"[^\W_]+", plain) if is_local_name(word)]
    telling = [word for word in words if not _EMPTY_WORDS.fullmatch(word)] or words or ["claim"]
    name = telling[0][:_LETTERS_IN_A_NAME]
    for word in telling[1:_WORDS_IN_A_NAME]:
        if len(name) + 1 + len(word) <= _LETTERS_IN_A_NAME:
            name += f"-{word}"
    return _unique(name, taken)


def _unique(name: str, taken: Collection[str]) -> str:
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def link_number(debate: Debate, name: str) -> int:
    """The number of the link with this name, or between these ends (``premise -> conclusion``).

    Raises:
        UnknownNameError: there is no such link, or more than one.
    """
    premise, arrow, conclusion = name.partition("->")
    if not arrow:
        return _named_link(debate, name)
    start = debate.claim_number(premise.strip())
    end = _node_number(debate, conclusion.strip())
    found = [link for link in debate.links_from[start] if debate.link_conclusions[link] == end]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownNameError("single link", name, [debate.link_iris[link] for link in found])
    near = (*debate.links_from[start], *debate.links_to[end])
    raise UnknownNameError("link", name, _shown(debate, near))


def _named_link(debate: Debate, name: str) -> int:
    try:
        return debate.link_number(name)
    except UnknownNameError as error:
        unknown = error
        with suppress(UnknownNameError):  # a claim: its name may have been given for a link to it
            near = debate.links_to[debate.claim_number(name)]
            unknown = UnknownNameError("link", name, _shown(debate, near))
    raise unknown


def _node_number(debate: Debate, name: str) -> int:
    try:
        return debate.claim_number(name)
    except UnknownNameError:
        with suppress(UnknownNameError):
            return len(debate) + debate.link_number(name)
        raise


def _shown(debate: Debate, links: Iterable[int]) -> list[str]:
    """How some of these links can be named: by their ends, or by an own name if they have one."""
    shown = []
    for link in map(debate.link_at, links):
        ends = debate.name(link.premises[0]), debate.name(link.conclusion)
        shown.append(" -> ".join(ends) if is_plain(link) else debate.prefixed(link.iri))
    return shown[:3]


class Naming:
    """The names of a debate as seen from one file, and those that are added to it.

    `prefixes` are those of the file, before those of the debate; `namespace` is where new names
    go; `subjects` are the IRIs that stand for something already.
    """

    def __init__(
        self,
        debate: Debate,
        prefixes: Mapping[str, str],
        namespace: str,
        subjects: Iterable[str],
    ) -> None:
        self._debate = debate
        self._prefixes = {**debate.prefixes, "": namespace, **prefixes}
        self._namespace = namespace
        self._subjects = set(subjects)
        self._taken = {local_name(iri) for iri in self._subjects}
        self._entities: dict[str, list[Label]] = {
            "speaker": [Label(speaker.iri, speaker.label) for speaker in debate.speakers],
            "document": [Label(document.iri, document.title) for document in debate.documents],
            "question": [Label(question.iri, question.label) for question in debate.questions],
            "topic": [Label(topic.iri, topic.label) for topic in debate.topics],
            "value": list(debate.values),
            "option": list(debate.options),
            "criterion": list(debate.criteria),
        }

    def resolve(self, kind: str, name: str) -> str:
        """The IRI of the speaker, topic … with this name or label; raises `UnknownNameError`."""
        entities = self._entities[kind]
        return entities[self._debate.resolve_labelled(kind, name, entities)].iri

    def resolve_all(self, kind: str, names: Iterable[str]) -> tuple[str, ...]:
        """The IRIs of all of these."""
        return tuple(self.resolve(kind, name) for name in names)

    def introduce(self, kind: str, name: str, label: str) -> str:
        """The IRI of a new speaker, topic …, which from now on can be referred to.

        Raises:
            UsageError: there is one with this label or name already.
        """
        for known in self._entities[kind]:
            if known.label.casefold() == label.casefold():
                shown = self._debate.prefixed(known.iri)
                raise UsageError(f"there is a {kind} {label!r} already: {shown}")
        iri = self.new_iri(name, label)
        self._entities[kind].append(Label(iri, label))
        return iri

    def new_iri(self, name: str, text: str) -> str:
        """The IRI for something new with this name, or named after this text if `name` is empty.

        Raises:
            UsageError: the name stands for something already, or cannot be an IRI.
        """
        if not name:
            iri = self._namespace + claim_name(text, self._taken)
        else:
            iri = self._expanded(name)
            try:
                NamedNode(iri)
            except ValueError as error:
                raise UsageError(f"{name!r} cannot be a name: {error}") from error
        if iri in self._subjects:
            raise UsageError(f"there is a {self._debate.prefixed(iri)} already")
        self._taken.add(local_name(iri))
        self._subjects.add(iri)
        return iri

    def new_link_iri(self, link: Link) -> str:
        """The IRI for a link that had no name: what it does to what."""
        ends = local_name(link.premises[0]), local_name(link.conclusion)
        name = _unique(f"{ends[0]}-{_LINK_WORDS[link.kind]}-{ends[1]}", self._taken)
        return self.new_iri(f"<{self._namespace}{name}>", "")

    def _expanded(self, name: str) -> str:
        if name.startswith("<") and name.endswith(">"):
            return name[1:-1]
        prefix, colon, local = name.partition(":")
        if not colon:
            return self._namespace + name
        if prefix == "urn" or local.startswith("//"):
            return name
        if prefix not in self._prefixes:
            raise UnknownNameError("prefix", prefix, nearest(prefix, self._prefixes))
        return self._prefixes[prefix] + local
