"""The law: `ontology/shapes.ttl`, and the two engines that can apply it.

The Rust engine `shacl` takes a third of a second where pySHACL takes a minute. pySHACL is the
reference: it is used on request, and where there is no wheel of the other. Both give the same
violations; a test holds them together.

Source: W3C Shapes Constraint Language (SHACL), 2017, core constraints.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from .. import terms as t
from ..errors import UsageError
from .names import Names, Term

SHAPES = "https://w3id.org/dissensus/shapes#"
SHACL = "http://www.w3.org/ns/shacl#"
ENGINES = ("fast", "reference")

_KINDS = frozenset({NamedNode(SHACL + "NodeShape"), NamedNode(SHACL + "PropertyShape")})

_BLANK = "urn:dissensus:blank:"
_MASK = re.compile(_BLANK + "([0-9A-Za-z]+)")
_SUBJECT_LABEL = re.compile(r"^_:(\S+)", re.MULTILINE)
_OBJECT_LABEL = re.compile(r" _:(\S+) \.$", re.MULTILINE)
_REIFIER = re.compile(r"^\S+ \S+ <<\(.*\n", re.MULTILINE)
_DIRECTION = re.compile(r'("@[A-Za-z0-9-]+?)--(?:ltr|rtl)(?= \.$)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the law says in one place.

    `classes` are those of which a value must have one; `subjects_of` the properties whose subjects
    the shape is for; `demands` tells whether something has to be there at all.
    """

    name: str
    message: str
    remedy: str
    path: str
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    warns: bool
    demands: bool


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks the law: by which shape and constraint, and with which value."""

    shape: str
    component: str
    focus: Term
    value: Term | None


@cache
def law() -> dict[str, Shape]:
    """The named shapes, by name."""
    said: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(_law_text(), RdfFormat.TURTLE):
        said[quad.subject][quad.predicate.value].append(quad.object)
    return {
        shape.name: shape
        for node in list(said)
        if isinstance(node, NamedNode) and _KINDS.intersection(said[node][t.TYPE])
        for shape in [_shape(node, said)]
    }


def violations(names: Names, engine: str = "fast") -> set[Violation]:
    """What in the corpus breaks the law.

    Raises:
        UsageError: there is no such engine.
    """
    if engine not in ENGINES:
        raise UsageError(f"no such engine: {engine!r}; take one of {', '.join(ENGINES)}")
    data = _data(names)
    if engine == "fast":
        try:
            from shacl import Shapes
        except ImportError:
            pass
        else:
            shapes = Shapes.from_text(_law_without_nested_classes(), format="ntriples")
            report = shapes.validate_text(data, format="ntriples")
            return set(_fast_violations(report))
    return set(_reference_violations(data))


def _law_text() -> str:
    path = Path(__file__).resolve().parents[2] / "ontology" / "shapes.ttl"
    return path.read_text(encoding="utf-8")


def _law_without_nested_classes() -> str:
    """The law as N-Triples, the same for every node, but linear in the fast engine.

    For a ``sh:class`` inside of ``sh:or`` or ``sh:xone`` that engine goes through all things of the
    class again at each node. The path that defines it (SHACL 4.1.1) it follows at once.
    """
    quads = list(parse(_law_text(), RdfFormat.TURTLE))
    with_path = {quad.subject for quad in quads if quad.predicate.value == SHACL + "path"}
    lines = []
    for quad in quads:
        subject, predicate, obj = quad.subject, quad.predicate.value, quad.object
        nested = isinstance(subject, BlankNode) and subject not in with_path
        if nested and predicate == SHACL + "class":
            first, last, up = BlankNode(), BlankNode(), BlankNode()
            lines += [
                f"{subject} <{SHACL}hasValue> {obj} .\n",
                f"{subject} <{SHACL}path> {first} .\n",
                f"{first} <{t.FIRST}> <{t.TYPE}> .\n{first} <{t.REST}> {last} .\n",
                f"{last} <{t.FIRST}> {up} .\n{last} <{t.REST}> <{t.NIL}> .\n",
                f"{up} <{SHACL}zeroOrMorePath> <{t.RDFS}subClassOf> .\n",
            ]
        else:
            lines.append(f"{subject} <{predicate}> {obj} .\n")
    return "".join(lines)


def _shape(node: NamedNode, said: dict[Term, dict[str, list[Term]]]) -> Shape:
    about = said[node]

    def text(predicate: str) -> str:
        return next((o.value for o in about[predicate] if isinstance(o, Literal)), "")

    def members(cell: Term) -> Iterator[Term]:
        while cell != NamedNode(t.NIL):
            yield said[cell][t.FIRST][0]
            cell = said[cell][t.REST][0]

    alternatives = [said[member] for cell in about[SHACL + "or"] for member in members(cell)]
    only_classes = all(one[SHACL + "class"] for one in alternatives)
    classes = [o for one in [about, *alternatives] for o in one[SHACL + "class"] if only_classes]
    path = next(iter(about[SHACL + "path"]), None)
    while isinstance(path, BlankNode):  # of a complex path, its first property
        inner = said[path][t.FIRST] or said[path][SHACL + "alternativePath"]
        path = inner[0]
    return Shape(
        name=node.value.removeprefix(SHAPES),
        message=text(SHACL + "message"),
        remedy=text(SHAPES + "remedy"),
        path=path.value if isinstance(path, NamedNode) else "",
        classes=_iris(classes),
        subjects_of=_iris(about[SHACL + "targetSubjectsOf"]),
        warns=NamedNode(SHACL + "Warning") in about[SHACL + "severity"],
        demands=bool(about[SHACL + "minCount"]),
    )


def _iris(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(term.value for term in terms if isinstance(term, NamedNode))


# -- what is judged -----------------------------------------------------------------------------


def _data(names: Names) -> str:
    """What the files state, as N-Triples for either engine.

    Subclasses are added as triples of the ontology, annotations of RDF 1.2 as link nodes. Blank
    nodes become IRIs, because an engine gives them labels of its own.
    """
    out = BytesIO()
    for graph in names.store.named_graphs():
        if graph != NamedNode(t.DERIVED_GRAPH):
            names.store.dump(out, RdfFormat.N_TRIPLES, from_graph=graph)
    parts = [out.getvalue().decode()]
    parts += [_triple(sub, t.RDFS + "subClassOf", top) for sub, top in t.SUPERCLASSES.items()]
    for link, cls, premise, conclusion in names.reified_links():
        parts.append(f"{link} <{t.TYPE}> <{cls}> .\n")
        parts.append(f"{link} <{t.PREMISE}> {premise} .\n")
        parts.append(f"{link} <{t.CONCLUSION}> {conclusion} .\n")
    data = _REIFIER.sub("", "".join(parts))
    data = _DIRECTION.sub(r"\1", data)
    data = _SUBJECT_LABEL.sub(rf"<{_BLANK}\1>", data)
    return _OBJECT_LABEL.sub(rf" <{_BLANK}\1> .", data)


def _triple(subject: str, predicate: str, obj: str) -> str:
    return f"<{subject}> <{predicate}> <{obj}> .\n"


def _unmasked(term: Term) -> Term:
    masked = isinstance(term, NamedNode) and _MASK.fullmatch(term.value)
    return BlankNode(masked[1]) if masked else term


# -- the engines --------------------------------------------------------------------------------


def _fast_violations(report: Any) -> Iterator[Violation]:
    results = list(report.results)
    terms = _parsed(
        text for result in results for text in (result.focus_node, result.value) if text
    )
    for result in results:
        yield Violation(
            shape=result.root_shape.strip("<>").removeprefix(SHAPES),
            component=result.component.removesuffix("ConstraintComponent"),
            focus=terms[result.focus_node],
            value=terms[result.value] if result.value else None,
        )


def _parsed(texts: Iterable[str]) -> dict[str, Term]:
    """The terms that these N-Triples spellings stand for."""
    distinct = list(dict.fromkeys(texts))
    lines = "".join(f"<urn:x:{n}> <urn:x> {text} .\n" for n, text in enumerate(distinct))
    return {
        distinct[int(quad.subject.value.rpartition(":")[2])]: _unmasked(quad.object)
        for quad in parse(lines, RdfFormat.N_TRIPLES)
        if isinstance(quad.subject, NamedNode)
    }


def _reference_violations(data: str) -> Iterator[Violation]:
    import pyshacl
    import rdflib

    with _silent_about_literals():
        graph = rdflib.Graph()
        for quad in parse(data, RdfFormat.N_TRIPLES):
            triple = (quad.subject, quad.predicate, quad.object)
            graph.add(tuple(_rdflib_term(term) for term in triple))
        shapes = rdflib.Graph().parse(data=_law_text(), format="turtle")
        _conforms, report, _text = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    sh = rdflib.Namespace(SHACL)
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        value = report.value(result, sh.value)
        component = str(report.value(result, sh.sourceConstraintComponent))
        yield Violation(
            shape=str(report.value(result, sh.sourceShape)).removeprefix(SHAPES),
            component=component.removeprefix(SHACL).removesuffix("ConstraintComponent"),
            focus=_oxigraph_term(report.value(result, sh.focusNode)),
            value=None if value is None else _oxigraph_term(value),
        )


@contextmanager
def _silent_about_literals() -> Iterator[None]:
    """Keep rdflib from printing a traceback for each literal that is no number or date."""
    logger = logging.getLogger("rdflib.term")
    before = logger.disabled
    logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.disabled = before


def _rdflib_term(term: Term) -> Any:
    import rdflib

    if isinstance(term, Literal):
        datatype = None if term.language else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, term.language, datatype, normalize=False)
    return rdflib.URIRef(str(term).strip("<>"))


def _oxigraph_term(term: Any) -> Term:
    if hasattr(term, "datatype"):
        if term.language:
            return Literal(str(term), language=term.language)
        return Literal(str(term), datatype=NamedNode(str(term.datatype or t.XSD + "string")))
    return _unmasked(NamedNode(str(term)))
