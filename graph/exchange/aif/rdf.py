"""AIF in RDF, under either namespace of its ontology, as AIFdb writes it and as the ontology says.

A node is a resource with a class (``aif:I-node``, ``aif:RA-node`` …). Properties join it to its
neighbours; AIFdb writes many of them at both ends, so their direction is told by the nodes. What
AIF has no term for is said in Dublin Core: the day and the document of a locution.

Source: http://www.arg.dundee.ac.uk/aif and the RDF of AIFdb, http://www.aifdb.org.
"""

from __future__ import annotations

import codecs
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import quote, unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat

from ...debate import Debate
from ...describing import Description, Term
from ...errors import InputError
from ...syntax import entity_bomb, parse_tolerantly
from ...terms import LABEL, LINK_IRI, TYPE, local_name
from ...writing import Names, description_turtle, prefix_turtle
from ..exporting import Export
from ..moments import read_moment, written_moment
from ..part import Part
from ..source import Source
from .composing import composed
from .nodes import (
    CONFLICT,
    ILLOCUTION,
    INFERENCE,
    LOCUTION,
    REPHRASE,
    SCHEME_NODES,
    TRANSITION,
    Node,
    NodeSet,
    Saying,
    decoded,
    encoded,
    folded,
    kind_of,
    scheme_of,
)
from .reading import read_nodes

NAMESPACE: Final = "http://www.arg.tech/aif#"
"""The namespace in which AIFdb writes, and we do."""

NAMESPACES: Final = (NAMESPACE, "http://www.arg.dundee.ac.uk/aif#")
_DCTERMS: Final = "http://purl.org/dc/terms/"
_SAID_ON: Final = _DCTERMS + "date"
_DOCUMENT: Final = _DCTERMS + "source"
_IDENTIFIER: Final = _DCTERMS + "identifier"

_SYNTAXES: Final = {
    ".nt": RdfFormat.N_TRIPLES, ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML, ".xml": RdfFormat.RDF_XML, ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}  # fmt: skip
_TEXTS: Final = ("claimtext", "text", "content")
_SCHEMES: Final = ("scheme", "schemename", "fulfils", "fulfilsscheme", "form", "appliesscheme")
_INTO: Final = frozenset(
    {"premise", "presumption", "exception", "conflicting", "conflict", "preferred", "rephrasing"}
)
_OUT_OF: Final = frozenset({"conclusion", "conflicted", "dispreferred", "rephrased"})
_BETWEEN: Final = {
    "locution": (LOCUTION, ILLOCUTION),
    "anchor": (TRANSITION, ILLOCUTION),
    "startlocution": (LOCUTION, TRANSITION),
    "endlocution": (TRANSITION, LOCUTION),
}
_WRITTEN: Final = {
    (INFERENCE, True): "Premise", (INFERENCE, False): "Conclusion",
    (CONFLICT, True): "Premise", (CONFLICT, False): "Conclusion",
    (REPHRASE, True): "Premise", (REPHRASE, False): "Conclusion",
    (ILLOCUTION, True): "Locution", (ILLOCUTION, False): "IllocutionaryContent",
}  # fmt: skip
"""The property of a node of this kind to one that it comes after (True) or before (False)."""

_GENERAL: Final = frozenset({"snode", "node", "form", "scheme", "statement", "argument"})
"""Classes of AIF that tell neither the kind of a node nor its scheme."""


def recognises(source: Source) -> bool:
    """Whether the file is RDF that speaks of AIF."""
    if source.path.suffix.lower() == ".json" and b'"@' not in source.data:
        return False
    return b"arg.tech/aif#" in source.data or b"arg.dundee.ac.uk/aif#" in source.data


def read(source: Source, part: Part) -> None:
    """Read the nodes of AIF in an RDF file into the part.

    Raises:
        InputError: it does not parse, or its XML entities expand without end.
    """
    part.title = source.stem
    syntax = _SYNTAXES.get(source.path.suffix.lower(), RdfFormat.TURTLE)
    if bomb := entity_bomb(source.data, source.name):
        raise InputError([bomb])
    data = source.data.removeprefix(codecs.BOM_UTF8)
    quads, findings = parse_tolerantly(data, source.name, syntax)
    if findings:
        raise InputError(findings)
    nodes = _Graph(quads, part).node_set()
    if not nodes.nodes:
        part.note("no node of AIF is in it")
    read_nodes(nodes, part)


def write(debate: Debate) -> Export:
    """The debate as AIF in Turtle; claims and links keep their IRIs."""
    nodes, losses = composed(debate, languages=True)
    prefixes = {**debate.prefixes, "aif": NAMESPACE, "dct": _DCTERMS}
    names = Names(prefixes)
    blocks = [
        description_turtle(description, names)
        for description in _described(nodes, debate.prefixes.get("", "urn:aif:"))
    ]
    head = prefix_turtle({prefix: prefixes[prefix] for prefix in names.used})
    return Export({"": "\n".join([head, *blocks]).encode()}, losses)


def _described(nodes: NodeSet, namespace: str) -> Iterator[Description]:
    iris = {
        name: NamedNode(nodes.iris.get(name) or namespace + quote(name, safe=""))
        for name in nodes.nodes
    }
    neighbours: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for start, end in nodes.edges:
        first, second = nodes.nodes[start].kind, nodes.nodes[end].kind
        if first in SCHEME_NODES:  # an undercut starts on the conflict, not on the step
            neighbours[start, _WRITTEN[first, False]].append(iris[end])
        else:
            neighbours[end, _WRITTEN[second, True]].append(iris[start])
    for node in nodes.nodes.values():
        iri = iris[node.id]
        saying = next(iter(nodes.sayings.get(node.id, ())), Saying())
        literals = (
            (NAMESPACE + "claimText", node.text, node.language),
            (NAMESPACE + "scheme", node.scheme, ""),
            (NAMESPACE + "source", encoded(saying.speaker), ""),
            (_SAID_ON, saying.said_on, ""),
            (_DOCUMENT, encoded(saying.document), ""),
            (_IDENTIFIER, node.id if node.id not in (local_name(iri.value), iri.value) else "", ""),
        )
        said: list[tuple[str, tuple[Term, ...]]] = [
            (TYPE, (NamedNode(f"{NAMESPACE}{node.kind}-node"),))
        ]
        said += [
            (predicate, (Literal(text, language=language or None),))
            for predicate, text, language in literals
            if text
        ]
        said += [
            (NAMESPACE + name, tuple(terms))
            for name in dict.fromkeys(_WRITTEN.values())
            if (terms := neighbours.get((node.id, name)))
        ]
        yield Description(iri, tuple(said))


class _Graph:
    """The nodes of AIF in the triples of a file."""

    def __init__(self, quads: Iterable[Quad], part: Part) -> None:
        self.part = part
        self.classes: dict[str, list[str]] = defaultdict(list)
        self.said: dict[str, dict[str, list[Literal]]] = defaultdict(lambda: defaultdict(list))
        self.joins: list[tuple[str, str, str]] = []
        self.blank: dict[str, str] = {}
        for quad in quads:
            self._take(quad)
        self.kinds = {
            node: kind for node, names in self.classes.items() if (kind := self._kind(names))
        }
        self.ids = self._ids()

    def node_set(self) -> NodeSet:
        """The nodes, their edges told by the properties that join them."""
        nodes = NodeSet(line_of=self._line)
        for node, kind in self.kinds.items():
            self._add(nodes, node, kind)
        for start, name, end in self.joins:
            first, last = self._directed(start, name, end) or ("", "")
            if first and first != last:
                edge = self.ids.get(first, first), self.ids.get(last, last)
                nodes.edges[edge] = None
            elif first:
                self.part.note(f"an edge from {self.ids.get(first, first)!r} to itself is left out")
            else:
                self.part.tally(f"properties {name!r}, left out")
        return nodes

    def _take(self, quad: Quad) -> None:
        subject, predicate, target = self._name(quad.subject), quad.predicate.value, quad.object
        if predicate == TYPE and isinstance(target, NamedNode):
            if name := _term(target.value):
                self.classes[subject].append(name)
            return
        name = _term(predicate)
        if isinstance(target, Literal):
            self.said[subject][folded(name).removeprefix("has") if name else predicate].append(
                target
            )
        elif name and isinstance(target, NamedNode | BlankNode):
            plain = folded(name).removeprefix("has")
            if plain in _SCHEMES:
                scheme = unquote(local_name(self._name(target)))
                self.said[subject][plain].append(Literal(scheme))
            else:
                self.joins.append((subject, plain.removesuffix("element"), self._name(target)))

    def _name(self, term: object) -> str:
        """The IRI of a node; a blank node is numbered in the order of the file."""
        if isinstance(term, NamedNode):
            return term.value
        label = str(term)
        return self.blank.setdefault(label, f"_:{self.part.source.stem}-{len(self.blank) + 1}")

    @staticmethod
    def _kind(classes: list[str]) -> str:
        return next((kind for name in classes if (kind := kind_of(name))), "")

    def _ids(self) -> dict[str, str]:
        """What the nodes are called: their local names, in the namespace of most of them."""
        spaces = Counter(_namespace(node) for node in self.kinds)
        main = max(sorted(spaces), key=lambda space: spaces[space], default="")
        if not (self.part.alone or "aifdb.org/" in main):
            self.part.scope = main
        found: dict[str, str] = {}
        for node in self.kinds:
            name = node
            if node.startswith(main) and not node.startswith(LINK_IRI):
                name = node[len(main) :]
            if identifiers := self.said[node].get(_IDENTIFIER):
                name = identifiers[0].value
            found[node] = name
        return found

    def _add(self, nodes: NodeSet, node: str, kind: str) -> None:
        said = self.said[node]
        texts = [text for name in (*_TEXTS, LABEL) for text in said.get(name, ())]
        if len({text.value for text in texts}) > 1:
            self.part.tally("nodes with several texts, of which the first is taken")
        text = texts[0].value if texts else ""
        language = (texts[0].language or "") if texts else ""
        scheme, saying = "", Saying()
        if kind in SCHEME_NODES:
            classes = [name for name in self.classes[node] if not kind_of(name)]
            named = [name.replace("_", " ") for name in classes if folded(name) not in _GENERAL]
            named += [text.value for name in _SCHEMES for text in said.get(name, ())]
            scheme, text, language = scheme_of(kind, *named), "", ""
        elif kind == LOCUTION:
            saying, text = self._saying(said, text)
        nodes.nodes[self.ids[node]] = Node(self.ids[node], kind, text, scheme, language)
        if saying != Saying():
            nodes.sayings[self.ids[node]] = [saying]

    @staticmethod
    def _saying(said: Mapping[str, list[Literal]], text: str) -> tuple[Saying, str]:
        """Who speaks when and where; AIFdb takes what stands before "says" for the speaker."""
        values = {name: decoded(texts[0].value) for name, texts in said.items()}
        speaker = values.get("source", "")
        if speaker and text.startswith(f"{speaker} says "):
            text = f"{speaker} : {text[len(speaker) + 6 :]}"
        if speaker == decoded(text):
            speaker = ""
        said_on = read_moment(written_moment(values.get(_SAID_ON, "")))
        return Saying(speaker, said_on, values.get(_DOCUMENT, "")), text

    def _directed(self, start: str, name: str, end: str) -> tuple[str, str] | None:
        """The edge that a property means, whichever of its ends it is written at."""
        first, last = self.kinds.get(start, ""), self.kinds.get(end, "")
        if name in _BETWEEN:
            return (end, start) if (last, first) == _BETWEEN[name] else (start, end)
        if name == "illocutionarycontent":
            return (end, start) if last == ILLOCUTION else (start, end)
        at_step = first in SCHEME_NODES or last not in SCHEME_NODES
        if name in _INTO:
            return (end, start) if at_step else (start, end)
        if name in _OUT_OF:
            return (start, end) if at_step else (end, start)
        return None

    def _line(self, node: str) -> int:
        place = self.part.source.data.find(node.rpartition(":")[2].encode())
        return self.part.source.data.count(b"\n", 0, place) + 1 if place >= 0 else 0


def _term(iri: str) -> str:
    """The name of a term of AIF under either namespace; empty for other IRIs."""
    return next((iri[len(space) :] for space in NAMESPACES if iri.startswith(space)), "")


def _namespace(iri: str) -> str:
    return iri[: len(iri) - len(local_name(iri))]
