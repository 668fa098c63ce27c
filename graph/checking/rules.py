"""What shapes cannot say: rules across nodes and across files.

Each rule is a function from the names of a corpus to faults, and costs one look at the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, QuerySolutions

from .. import terms as t
from ..assembling import Fault
from ..debate import nearest
from ..places import key_of, stated
from .circles import circles
from .names import Names, words

Rule: TypeAlias = Callable[[Names], Iterable[Fault]]

_RELATIONS = (
    t.SUPPORTS,
    t.REBUTS,
    t.EVIDENCE_FOR,
    t.RESTATES,
    t.CONTRADICTS,
    t.QUALIFIES,
    t.CONCLUSION,
)
_CONNECTIONS = (*_RELATIONS, t.UNDERCUTS, t.PREMISE, t.ANSWERS, t.ABOUT, t.RATES)
_MAY_BE_BLANK = {t.LINK, *t.LINK_CLASSES, t.QUOTE_CLASS, t.STANCE, t.DEBATE}
_LONGEST_CIRCLE = 8


def unknown_term(names: Names) -> Iterator[Fault]:
    """A property or class that the vocabulary does not have, or one used for the other."""
    own = {node.removesuffix(t.local_name(node)) for node in names.types}
    for predicate in _distinct(names, "SELECT DISTINCT ?term { GRAPH ?g { ?s ?term ?o } }"):
        if verdict := _verdict(predicate, t.PROPERTIES, t.CLASSES, own):
            for quad in stated(names.store, None, NamedNode(predicate), None):
                subject, obj = key_of(quad.subject), key_of(quad.object)
                yield Fault("unknown-term", subject, *verdict, predicate, obj)
    for cls in _distinct(names, "SELECT DISTINCT ?term { GRAPH ?g { ?s a ?term } }"):
        if verdict := _verdict(cls, t.CLASSES, t.PROPERTIES, own):
            for quad in stated(names.store, None, NamedNode(t.TYPE), NamedNode(cls)):
                yield Fault("unknown-term", key_of(quad.subject), *verdict, t.TYPE, cls)


def _distinct(names: Names, query: str) -> list[str]:
    solutions = names.store.query(query)
    assert isinstance(solutions, QuerySolutions)
    terms = (solution["term"] for solution in solutions)
    return sorted({term.value for term in terms if isinstance(term, NamedNode)})


def _verdict(
    term: str, right: tuple[str, ...], other: tuple[str, ...], own: set[str]
) -> tuple[str, str] | None:
    """What is wrong with a term in its place, and the mend; or nothing."""
    kind, other_kind = ("property", "class") if t.TEXT in right else ("class", "property")
    local = t.local_name(term)
    namespace = term.removesuffix(local)
    known = {t.local_name(iri): iri for iri in right}
    if term in right:
        return None
    if term in other:
        use = f"write “a d:{local}”" if kind == "property" else f"write “d:{local} …”"
        return f"d:{local} is a {other_kind}, not a {kind}", use
    if namespace == t.NAMESPACE:
        alike = [name for name in known if name.lower() == local.lower()] or nearest(local, known)
        guess = f"did you mean d:{alike[0]}?" if alike else "see the list in docs/vocabulary.md"
        return f"the vocabulary has no {kind} d:{local}", guess
    if local in known and (namespace in own or "w3id.org/dissensus" in namespace.lower()):
        mend = f"did you mean d:{local}, with @prefix d: <{t.NAMESPACE}> .?"
        return f"<{term}> is not a {kind} of the vocabulary", mend
    return None


def duplicate_name(names: Names) -> Iterator[Fault]:
    """One name that two files describe."""
    files = {file.graph: file.name for file in names.corpus.files}
    for node, classes in names.types.items():
        graphs = {graph for stating in classes.values() for graph in stating}
        if len(graphs) > 1:
            where = " and in ".join(sorted(files.get(graph, graph) for graph in graphs))
            message = f"{names.shown(node)} is described in {where}"
            mend = "give one of the two another name, or say what it is in one file only"
            for cls in classes:
                yield Fault("duplicate-name", node, message, mend, t.TYPE, cls)


def two_classes(names: Names) -> Iterator[Fault]:
    """One name for a claim and a speaker, or two other things that have nothing in common."""
    for node in names.types:
        kinds = names.classes(node) & set(t.CLASSES) - set(t.SUPERCLASSES)
        if len(kinds) > 1:
            message = f"{names.shown(node)} is {words(sorted(kinds)).replace(' or ', ' and ')}"
            yield Fault("two-classes", node, message, "give each its own name")


def unnamed_node(names: Names) -> Iterator[Fault]:
    """A claim, speaker … that nothing can refer to."""
    for node, classes in names.types.items():
        if node.startswith("_:") and classes.keys() & set(t.CLASSES) - _MAY_BE_BLANK:
            message = f"{words(sorted(classes))} needs a name"
            mend = "write it as a statement of its own, :name a … , and refer to it by that name"
            yield Fault("unnamed-node", node, message, mend)


def self_link(names: Names) -> Iterator[Fault]:
    """A claim that supports, rebuts, restates … itself, at once or through a link node."""
    for relation in _RELATIONS:
        for quad in stated(names.store, None, NamedNode(relation), None):
            if quad.subject == quad.object:
                node = key_of(quad.subject)
                message = f"{names.shown(node)} {names.shown(relation)} itself"
                mend = "name the one that is meant, or take it out"
                yield Fault("self-link", node, message, mend, relation, node)
    conclusions = defaultdict(set)
    for quad in stated(names.store, None, NamedNode(t.CONCLUSION), None):
        conclusions[quad.subject].add(quad.object)
    for quad in stated(names.store, None, NamedNode(t.PREMISE), None):
        if quad.object in conclusions[quad.subject]:
            node, claim = key_of(quad.subject), key_of(quad.object)
            message = f"{names.shown(claim)} is the premise and the conclusion of one link"
            mend = "name another premise or conclusion"
            yield Fault("self-link", node, message, mend, t.CONCLUSION, claim)


def same_text(names: Names) -> Iterator[Fault]:
    """One text under two names that are not joined by d:restates."""
    holders: dict[str, dict[str, Literal]] = defaultdict(dict)
    for quad in stated(names.store, None, NamedNode(t.TEXT), None):
        if isinstance(quad.object, Literal):
            text = " ".join(quad.object.value.casefold().split()).rstrip(".!")
            holders[text].setdefault(key_of(quad.subject), quad.object)
    repeated = [nodes for text, nodes in holders.items() if text and len(nodes) > 1]
    if not repeated:
        return
    positions = _positions(names)
    for nodes in repeated:
        first, *others = sorted(nodes)
        for node in others:
            if positions.get(node, node) != positions.get(first, first):
                message = f"{names.shown(node)} has the text of {names.shown(first)}"
                mend = f"if two people say it, add d:restates {names.shown(first)}; else drop one"
                yield Fault("same-text", node, message, mend, t.TEXT, str(nodes[node]))


def _positions(names: Names) -> dict[str, str]:
    """Each claim that restates others or is restated → the least of those so joined."""
    joined = defaultdict(set)
    for quad in stated(names.store, None, NamedNode(t.RESTATES), None):
        subject, obj = key_of(quad.subject), key_of(quad.object)
        joined[subject].add(obj)
        joined[obj].add(subject)
    positions: dict[str, str] = {}
    for start in sorted(joined):
        waiting = [] if start in positions else [start]
        while waiting:
            node = waiting.pop()
            if node not in positions:
                positions[node] = start
                waiting.extend(joined[node])
    return positions


def support_circle(names: Names) -> Iterator[Fault]:
    """Claims that support each other in a circle, so that none has a ground outside."""
    relation: dict[tuple[str, str], str] = {}
    for predicate in (t.EVIDENCE_FOR, t.SUPPORTS):
        for quad in names.store.quads_for_pattern(None, NamedNode(predicate), None, None):
            if quad.subject != quad.object:
                relation[key_of(quad.subject), key_of(quad.object)] = predicate
    for circle in circles(relation):
        edge = (circle[0], circle[1])
        message = f"these claims support each other in a circle: {_way(circle, names)}"
        mend = "see whether one of the links goes the other way"
        yield Fault("support-circle", circle[0], message, mend, relation[edge], circle[1])


def topic_circle(names: Names) -> Iterator[Fault]:
    """Topics each of which is broader than the next, round in a circle."""
    quads = stated(names.store, None, NamedNode(t.BROADER), None)
    for circle in circles((key_of(quad.subject), key_of(quad.object)) for quad in quads):
        message = f"these topics are broader than each other: {_way(circle, names)}"
        mend = "take out one d:broader"
        yield Fault("topic-circle", circle[0], message, mend, t.BROADER, [*circle, circle[0]][1])


def _way(circle: list[str], names: Names) -> str:
    shown = [names.shown(node) for node in circle[:_LONGEST_CIRCLE]]
    if len(circle) > _LONGEST_CIRCLE:
        shown.append(f"… ({len(circle) - _LONGEST_CIRCLE} more)")
    return " → ".join([*shown, shown[0]])


def isolated_claim(names: Names) -> Iterator[Fault]:
    """A claim that has neither links nor questions nor topics."""
    if not names.claims:
        return
    connected = set()
    for predicate in (*_CONNECTIONS, t.ACCEPTS, t.REJECTS):
        for quad in stated(names.store, None, NamedNode(predicate), None):
            connected.add(key_of(quad.subject))
            connected.add(key_of(quad.object))
    for _link, _class, premise, conclusion in names.reified_links():
        connected.update((key_of(premise), key_of(conclusion)))
    for claim in names.claims:
        if claim not in connected:
            message = f"{names.shown(claim)} has neither links nor questions nor topics"
            mend = "say what it supports, rebuts, d:answers or is d:about"
            yield Fault("isolated-claim", claim, message, mend)


RULES: tuple[Rule, ...] = (
    unknown_term,
    duplicate_name,
    two_classes,
    unnamed_node,
    self_link,
    same_text,
    support_circle,
    topic_circle,
    isolated_claim,
)
WARNINGS = frozenset({"same-text", "support-circle", "isolated-claim"})
