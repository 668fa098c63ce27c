"""From triples to a `Debate`: the one module that knows both.

The three spellings of a link (triple, node, RDF 1.2 annotation) become one kind of record here.
What cannot become part of a debate, such as a link to a claim that does not exist, is left out
and reported as a `Fault`; `dissensus.graph.places` finds the line it stands on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from . import terms as t
from .debate import Debate, nearest
from .model import (
    DEFAULT_STRENGTH,
    Audience,
    Claim,
    Document,
    Label,
    Link,
    Question,
    Quote,
    Speaker,
    Stance,
    Topic,
    link_iri,
)

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Descriptions: TypeAlias = dict[str, dict[str, list[Term]]]
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something that cannot be part of a debate, not yet located in a file.

    `node` is the subject of the faulty statement, `predicate` and `object` the rest of it.
    """

    rule: str
    node: str
    message: str
    remedy: str = ""
    predicate: str = ""
    object: str = ""


def assemble(store: Store, prefixes: Mapping[str, str]) -> tuple[Debate, tuple[Fault, ...]]:
    """The debate that the named graphs of `store` describe, and what had to be left out.

    The derived graph is not read: assembling makes the spellings of a link one by itself.
    """
    return _Assembly(_descriptions(store), prefixes).result()


def _descriptions(store: Store) -> Descriptions:
    """Subject → predicate → objects, each distinct; blank nodes are named ``_:…``."""
    found: Descriptions = defaultdict(dict)
    for quad in store:
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and graph.value == t.DERIVED_GRAPH:
            continue
        subject = quad.subject
        key = subject.value if isinstance(subject, NamedNode) else str(subject)
        objects = found[key].setdefault(quad.predicate.value, [])
        if quad.object not in objects:
            objects.append(quad.object)
    return found


def _key(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


class _Assembly:
    """One pass over the descriptions; holds what the parts share."""

    def __init__(self, nodes: Descriptions, prefixes: Mapping[str, str]) -> None:
        self.nodes = nodes
        self.prefixes = prefixes
        self.faults: list[Fault] = []
        self.types: dict[str, set[str]] = {
            node: {_key(o) for o in said[t.TYPE]} for node, said in nodes.items() if t.TYPE in said
        }
        self.claims = self._named(set(t.CLAIM_CLASSES))
        self.link_nodes = self._link_nodes()

    def result(self) -> tuple[Debate, tuple[Fault, ...]]:
        links = self._links()
        debate_node = min(self._of(t.DEBATE), default="")
        debate = Debate(
            [self._claim(iri) for iri in sorted(self.claims)],
            links,
            speakers=self._records(t.SPEAKER, self._speaker),
            documents=self._records(t.DOCUMENT, self._document),
            questions=self._records(t.QUESTION, self._question, t.EXCLUSIVE_QUESTION),
            topics=self._records(t.TOPIC, self._topic),
            values=self._records(t.VALUE, self._label_of),
            audiences=self._records(t.AUDIENCE, self._audience),
            options=self._records(t.OPTION, self._label_of),
            criteria=self._records(t.CRITERION, self._label_of),
            stances=self._stances(),
            restatements=self._pairs(t.RESTATES),
            contradictions=self._pairs(t.CONTRADICTS),
            qualifications=self._pairs(t.QUALIFIES),
            title=self._label(debate_node) if debate_node else "",
            description=self._text(debate_node, t.COMMENT),
            prefixes=self.prefixes,
        )
        return debate, tuple(sorted(set(self.faults)))

    # -- looking things up ------------------------------------------------------------------

    def _of(self, *classes: str) -> list[str]:
        wanted = set(classes)
        return sorted(node for node, types in self.types.items() if types & wanted)

    def _named(self, classes: set[str]) -> set[str]:
        nodes = set(self._of(*classes))
        for node in sorted(nodes):
            if node.startswith("_:"):
                nodes.discard(node)
                self._fault("unnamed-claim", node, "a claim without a name", "give it an IRI")
        return nodes

    def _iris(self, node: str, predicate: str) -> tuple[str, ...]:
        objects = self.nodes.get(node, {}).get(predicate)
        if not objects:
            return ()
        return tuple(sorted([o.value for o in objects if isinstance(o, NamedNode)]))

    def _literals(self, node: str, predicate: str) -> list[Literal]:
        objects = self.nodes.get(node, {}).get(predicate)
        if not objects:
            return []
        return sorted([o for o in objects if isinstance(o, Literal)], key=_language_order)

    def _text(self, node: str, predicate: str) -> str:
        literals = self._literals(node, predicate)
        return literals[0].value if literals else ""

    def _label(self, node: str) -> str:
        return self._text(node, t.LABEL) or t.local_name(node)

    def _number(self, node: str, predicate: str, default: float) -> float:
        try:
            return float(self._text(node, predicate) or default)
        except ValueError:
            return default

    def _list(self, node: str, predicate: str) -> tuple[str, ...]:
        """The IRIs of an RDF collection, in order; a circular one ends where it closes."""
        members: list[str] = []
        seen: set[str] = set()
        cells = self.nodes.get(node, {}).get(predicate, [])
        cell = _key(cells[0]) if cells else t.NIL
        while cell != t.NIL and cell not in seen:
            seen.add(cell)
            members.extend(self._iris(cell, t.FIRST))
            rest = self.nodes.get(cell, {}).get(t.REST, [])
            cell = _key(rest[0]) if rest else t.NIL
        return tuple(members)

    def _records(self, cls: str, make: Callable[[str], _R], *more: str) -> list[_R]:
        return [make(node) for node in self._of(cls, *more) if not node.startswith("_:")]

    def _fault(self, rule: str, node: str, message: str, remedy: str = "") -> None:
        self.faults.append(Fault(rule, node, message, remedy))

    # -- entities ---------------------------------------------------------------------------

    def _claim(self, iri: str) -> Claim:
        kinds = [t.CLAIM_CLASSES[c] for c in sorted(self.types[iri] & set(t.CLAIM_CLASSES))]
        texts = self._literals(iri, t.TEXT)
        first = texts[0] if texts else Literal(t.local_name(iri))
        return Claim(
            iri=iri,
            text=first.value,
            kind=next((k for k in kinds if k is not t.ClaimKind.CLAIM), t.ClaimKind.CLAIM),
            speakers=self._iris(iri, t.ASSERTED_BY),
            reporters=self._iris(iri, t.REPORTED_BY),
            topics=self._iris(iri, t.ABOUT),
            questions=self._iris(iri, t.ANSWERS),
            values=self._iris(iri, t.PROMOTES),
            scopes=self._iris(iri, t.SCOPE),
            options=self._iris(iri, t.RATES),
            criteria=self._iris(iri, t.BY),
            quotes=self._quotes(iri),
            strength=self._number(iri, t.STRENGTH, DEFAULT_STRENGTH),
            needs_backing=self._text(iri, t.NEEDS_BACKING) in ("true", "1"),
            said_on=self._text(iri, t.SAID_ON),
            language=first.language or "",
            translations=tuple((x.language or "", x.value) for x in texts[1:]),
            notes=tuple(sorted(x.value for x in self._literals(iri, t.COMMENT))),
            identifier=self._text(iri, t.IDENTIFIER),
        )

    def _quotes(self, node: str) -> tuple[Quote, ...]:
        quotes = {
            Quote(
                exact=self._text(key, t.EXACT),
                prefix=self._text(key, t.QUOTE_PREFIX),
                suffix=self._text(key, t.QUOTE_SUFFIX),
                document=next(iter(self._iris(key, t.SOURCE)), ""),
            )
            for key in map(_key, self.nodes.get(node, {}).get(t.QUOTE, ()))
            if key in self.nodes
        }
        return tuple(sorted(quotes))

    def _label_of(self, node: str) -> Label:
        return Label(node, self._label(node))

    def _speaker(self, node: str) -> Speaker:
        return Speaker(node, self._label(node), self._text(node, t.COMMENT))

    def _document(self, node: str) -> Document:
        return Document(
            iri=node,
            title=self._text(node, t.TITLE) or self._label(node),
            authors=self._iris(node, t.AUTHOR),
            date=self._text(node, t.SAID_ON),
            url=self._text(node, t.URL) or next(iter(self._iris(node, t.URL)), ""),
            digest=self._text(node, t.DIGEST),
            file_name=self._text(node, t.FILE_NAME),
        )

    def _question(self, node: str) -> Question:
        exclusive = t.EXCLUSIVE_QUESTION in self.types[node]
        return Question(node, self._label(node), exclusive, self._iris(node, t.ABOUT))

    def _topic(self, node: str) -> Topic:
        return Topic(node, self._label(node), self._iris(node, t.BROADER))

    def _audience(self, node: str) -> Audience:
        return Audience(node, self._label(node), self._list(node, t.VALUE_ORDER))

    # -- relations --------------------------------------------------------------------------

    def _link_nodes(self) -> dict[str, str]:
        """Link node → the IRI of its link: its own, or one made from content if it is blank."""
        found = {}
        for node in self._of(*t.LINK_CLASSES):
            found[node] = node
        for node, said in self.nodes.items():
            for triple in said.get(t.REIFIES, ()):
                if isinstance(triple, Triple) and triple.predicate.value in t.LINK_PROPERTIES:
                    found[node] = node
        for node in list(found):
            self._name_blank_link(node, found, ())
        return found

    def _name_blank_link(self, node: str, found: dict[str, str], way: tuple[str, ...]) -> None:
        """Give a blank link an IRI made from its content, the link it ends on first."""
        parts = self._parts(node)
        if not node.startswith("_:") or found[node] != node or parts is None or node in way:
            return
        kind, premises, conclusion = parts
        if conclusion in found:
            self._name_blank_link(conclusion, found, (*way, node))
        found[node] = link_iri(kind, premises, found.get(conclusion, conclusion))

    def _parts(self, node: str) -> tuple[t.LinkKind, tuple[str, ...], str] | None:
        """Kind, premises and conclusion of a link node or reifier, or nothing if it lacks one."""
        for triple in self.nodes[node].get(t.REIFIES, ()):
            if isinstance(triple, Triple) and triple.predicate.value in t.LINK_PROPERTIES:
                kind = t.LINK_PROPERTIES[triple.predicate.value]
                return kind, (_key(triple.subject),), _key(triple.object)
        kinds = self.types.get(node, set()) & set(t.LINK_CLASSES)
        premises = self._iris(node, t.PREMISE)
        conclusions = sorted(map(_key, self.nodes[node].get(t.CONCLUSION, ())))
        if not (kinds and premises and conclusions):
            return None
        return t.LINK_CLASSES[min(kinds)], premises, conclusions[0]

    def _links(self) -> list[Link]:
        links = [*self._links_of_nodes(), *self._links_of_triples()]
        for first, second in self._pairs(t.CONTRADICTS):
            links.append(Link(t.LinkKind.REBUTTAL, (first,), second))
            links.append(Link(t.LinkKind.REBUTTAL, (second,), first))
        return self._with_conclusions(links)

    def _links_of_nodes(self) -> Iterator[Link]:
        for node, iri in sorted(self.link_nodes.items()):
            parts = self._parts(node)
            if parts is None:
                missing = t.CONCLUSION if self._iris(node, t.PREMISE) else t.PREMISE
                what = t.local_name(missing)
                mend = f"add d:{what} and the claim"
                self.faults.append(Fault("incomplete-link", node, f"a link without a {what}", mend))
                continue
            kind, premises, conclusion = parts
            if any(self._unknown_claim(node, t.PREMISE, premise) for premise in premises):
                continue
            yield Link(
                kind=kind,
                premises=premises,
                conclusion=self.link_nodes.get(conclusion, conclusion),
                iri=iri,
                speakers=self._iris(node, t.ASSERTED_BY),
                reporters=self._iris(node, t.REPORTED_BY),
                strength=self._number(node, t.STRENGTH, DEFAULT_STRENGTH),
                scheme=self._text(node, t.SCHEME),
                said_on=self._text(node, t.SAID_ON),
                quotes=self._quotes(node),
                identifier=self._text(node, t.IDENTIFIER),
            )

    def _links_of_triples(self) -> Iterator[Link]:
        for subject, said in sorted(self.nodes.items()):
            for predicate, kind in t.LINK_PROPERTIES.items():
                for target in map(_key, said.get(predicate, ())):
                    if not self._unknown_subject(subject, predicate, target):
                        yield Link(kind, (subject,), self.link_nodes.get(target, target))

    def _with_conclusions(self, links: list[Link]) -> list[Link]:
        """The links whose conclusions exist; taking one away may take others with it."""
        while True:
            known = self.claims | {
                link.iri or link_iri(link.kind, link.premises, link.conclusion) for link in links
            }
            sound = [link for link in links if link.conclusion in known]
            if len(sound) == len(links):
                return list({(k.iri, k.kind, k.premises, k.conclusion): k for k in links}.values())
            for link in links:
                if link.conclusion not in known:
                    named = link.iri and not link.iri.startswith(t.LINK_IRI)
                    node, predicate = (
                        (link.iri, t.CONCLUSION)
                        if named
                        else (link.premises[0], _property_of(link.kind))
                    )
                    self._unknown_target(node, predicate, link.conclusion)
            links = sound

    def _pairs(self, predicate: str) -> list[tuple[str, str]]:
        pairs = []
        for subject, said in sorted(self.nodes.items()):
            for target in map(_key, said.get(predicate, ())):
                if self._unknown_subject(subject, predicate, target):
                    continue
                if not self._unknown_claim(subject, predicate, target):
                    pairs.append((subject, target))
        return pairs

    def _stances(self) -> list[Stance]:
        stances = []
        for predicate, accepts in ((t.ACCEPTS, True), (t.REJECTS, False)):
            for holder, said in sorted(self.nodes.items()):
                for claim in map(_key, said.get(predicate, ())):
                    if self._unknown_claim(holder, predicate, claim):
                        continue
                    is_node = t.STANCE in self.types.get(holder, ())
                    speakers = self._iris(holder, t.ASSERTED_BY) if is_node else (holder,)
                    confidence = self._text(holder, t.CONFIDENCE) if is_node else ""
                    stances += [
                        Stance(
                            speaker=speaker,
                            claim=claim,
                            accepts=accepts,
                            said_on=self._text(holder, t.SAID_ON) if is_node else "",
                            confidence=self._number(holder, t.CONFIDENCE, 0.5)
                            if confidence
                            else None,
                            quotes=self._quotes(holder) if is_node else (),
                        )
                        for speaker in speakers
                    ]
        return stances

    # -- references to nothing --------------------------------------------------------------

    def _unknown_subject(self, subject: str, predicate: str, target: str) -> bool:
        if subject in self.claims:
            return False
        if not subject.startswith("_:") or t.CLAIM not in self.types.get(subject, ()):
            name = t.local_name(predicate)
            message = f"d:{name} said of {self._shown(subject)}, which is not a claim"
            mend = f"add “a d:Claim” to {self._shown(subject)}"
            self.faults.append(Fault("not-a-claim", subject, message, mend, predicate, target))
        return True

    def _unknown_claim(self, subject: str, predicate: str, target: str) -> bool:
        if target in self.claims:
            return False
        self._unknown_target(subject, predicate, target)
        return True

    def _unknown_target(self, subject: str, predicate: str, target: str) -> None:
        shown = self._shown(target)
        known = {t.local_name(iri): iri for iri in (*self.claims, *self.link_nodes.values())}
        alike = nearest(t.local_name(target), known, limit=1)
        if target in self.types:
            kinds = " and ".join(sorted(t.local_name(c) for c in self.types[target]))
            message, mend = f"{shown} is no claim but a {kinds}", ""
        else:
            message, mend = (
                f"there is no claim {shown}",
                f"write it, or take d:{t.local_name(predicate)} out",
            )
        if alike:
            mend = f"did you mean {self._shown(known[alike[0]])}?"
        self.faults.append(Fault("unknown-target", subject, message, mend, predicate, target))

    def _shown(self, iri: str) -> str:
        for prefix, namespace in sorted(self.prefixes.items(), key=lambda item: -len(item[1])):
            if namespace and iri.startswith(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return "a blank node" if iri.startswith("_:") else f"<{iri}>"


def _property_of(kind: t.LinkKind) -> str:
    return next(iri for iri, other in t.LINK_PROPERTIES.items() if other is kind)


def _language_order(literal: Literal) -> tuple[bool, str, str]:
    """English first, then no language, then the others by tag."""
    language = literal.language or ""
    return not language.startswith("en"), language, literal.value
