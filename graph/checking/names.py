"""How findings speak of things: by prefixed names, and with a guess at what a slip meant."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from .. import terms as t
from ..corpus import Corpus
from ..debate import nearest
from ..places import Owners, key_of, stated, term_of
from ..printable import printable

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

_LONGEST_SHOWN = 60
_GUESSES = 20
_COMMON = 500
_BARE = frozenset(t.XSD + name for name in ("integer", "decimal", "double", "boolean"))


class Names:
    """A corpus seen as things with names and classes.

    `types` maps each node that has one of our classes (or a misspelt one) to the graphs that say
    so, by class; nodes are keys as in `dissensus.graph.assembling.Fault`.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.store = corpus.store
        self.owners = Owners(corpus.store)
        self._namespaces = sorted(
            ((space, prefix) for prefix, space in corpus.prefixes.items() if space),
            key=lambda item: (-len(item[0]), item[1]),
        )
        self.types: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for quad in stated(self.store, None, NamedNode(t.TYPE), None):
            cls = key_of(quad.object)
            if cls.startswith(t.NAMESPACE):
                graphs = self.types[key_of(quad.subject)].setdefault(cls, [])
                graphs.append(key_of(quad.graph_name))
        for node, cls, _premise, _conclusion in self.reified_links():
            self.types[key_of(node)].setdefault(cls, [])
        self._alike: dict[frozenset[str], _Alike] = {}

    def classes(self, node: str) -> set[str]:
        """The classes of ours that a node is said to have, superclasses included."""
        said = self.types.get(node, {})
        return {*said, *(t.SUPERCLASSES[cls] for cls in said if cls in t.SUPERCLASSES)}

    def of(self, classes: Iterable[str]) -> list[str]:
        """The nodes of any of these classes, subclasses included, sorted."""
        wanted = set(classes)
        return sorted(node for node in self.types if self.classes(node) & wanted)

    @cached_property
    def claims(self) -> list[str]:
        """The claims that have a name, sorted."""
        return [node for node in self.of([t.CLAIM]) if not node.startswith("_:")]

    def reified_links(self) -> Iterator[tuple[Term, str, Term, Term]]:
        """The links written as RDF 1.2 annotations: reifier, class, premise and conclusion."""
        for quad in stated(self.store, None, NamedNode(t.REIFIES), None):
            triple = quad.object
            if isinstance(triple, Triple) and triple.predicate.value in t.LINK_PROPERTIES:
                kind = t.LINK_PROPERTIES[triple.predicate.value]
                cls = next(iri for iri, other in t.LINK_CLASSES.items() if other is kind)
                yield quad.subject, cls, triple.subject, triple.object

    def nearest(self, iri: str, classes: Iterable[str]) -> str:
        """The thing of these classes with the name most like that of `iri`, or ``""``."""
        wanted = frozenset(classes)
        if wanted not in self._alike:
            named = (node for node in self.of(wanted) if not node.startswith("_:"))
            self._alike[wanted] = _Alike(named)
        return self._alike[wanted].nearest(iri)

    def shown(self, term: Term | str) -> str:
        """A node or literal as a person would write it, made safe for a terminal."""
        if isinstance(term, Literal):
            return _shown_literal(term)
        key = term if isinstance(term, str) else key_of(term)
        if key.startswith("_:"):
            return self._shown_blank(key)
        for namespace, prefix in self._namespaces:
            if key.startswith(namespace):
                return printable(f"{prefix}:{key[len(namespace) :]}")
        return printable(f"<{key}>")

    def _shown_blank(self, key: str) -> str:
        what = _with_article(next(iter(sorted(self.types.get(key, ()))), ""))
        owner = self.owners[key]
        if not owner:
            return f"{what} without a name"
        above = {quad.predicate.value for quad in stated(self.store, None, None, term_of(key))}
        if t.QUOTE in above:
            return f"a quote of {self.shown(owner)}"
        return f"{what} of {self.shown(owner)}"


class _Alike:
    """Finds the IRI with the most similar local name, fast among very many."""

    def __init__(self, iris: Iterable[str]) -> None:
        self._by_name: dict[str, str] = {}
        for iri in iris:
            self._by_name.setdefault(t.local_name(iri), iri)
        self._holders: dict[str, list[str]] = defaultdict(list)
        for name in self._by_name:
            for part in set(_trigrams(name)):
                self._holders[part].append(name)

    def nearest(self, iri: str) -> str:
        name = t.local_name(iri)
        shared: Counter[str] = Counter()
        for holders in sorted((self._holders[p] for p in set(_trigrams(name))), key=len):
            if shared and len(holders) > _COMMON:
                break  # what most names share tells nothing
            shared.update(holders)
        best = sorted(shared, key=lambda other: (-shared[other], len(other), other))[:_GUESSES]
        alike = nearest(name, best, limit=1)
        return self._by_name[alike[0]] if alike else ""


def _trigrams(name: str) -> Iterator[str]:
    padded = f"  {name.casefold()} "
    return (padded[at : at + 3] for at in range(len(padded) - 2))


def words(classes: Iterable[str]) -> str:
    """Classes in words: ``a claim, a link or a stance``."""
    named = [_with_article(cls) for cls in classes]
    return " or ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def _with_article(cls: str) -> str:
    if not cls.startswith(t.NAMESPACE):
        return "a node"
    word = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", t.local_name(cls)).lower()
    article = "" if word == "evidence" else "an " if word[0] in "aeiou" else "a "
    return article + word


def _shown_literal(literal: Literal) -> str:
    value = printable(literal.value)
    if len(value) > _LONGEST_SHOWN:
        value = value[:_LONGEST_SHOWN].rstrip() + "…"
    if literal.datatype.value in _BARE:
        return value
    if literal.language:
        return f"“{value}”@{literal.language}"
    if literal.datatype.value.startswith(t.XSD) and not literal.datatype.value.endswith("string"):
        return f"“{value}”^^xsd:{t.local_name(literal.datatype.value)}"
    return f"“{value}”"
