"""The law itself: that it is well written, and says no more and no less than the vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from dissensus.graph import terms as t
from dissensus.graph.checking.law import SHACL, law

ONTOLOGY = Path(__file__).resolve().parents[1] / "ontology"


@pytest.fixture(scope="module")
def store() -> Store:
    found = Store()
    for name in ("dissensus", "shapes"):
        found.load((ONTOLOGY / f"{name}.ttl").read_bytes(), RdfFormat.TURTLE)
    return found


def objects(store: Store, subject: str | None, predicate: str) -> set[str]:
    node = NamedNode(subject) if subject else None
    quads = store.quads_for_pattern(node, NamedNode(predicate), None, None)
    return {quad.object.value for quad in quads}


def test_every_property_is_under_the_law(store: Store) -> None:
    """Each has a shape for its subjects and one for its values."""
    subjects = objects(store, None, SHACL + "targetSubjectsOf")
    paths = {shape.path for shape in law().values() if shape.path}
    assert set(t.PROPERTIES) - subjects == set()
    assert set(t.PROPERTIES) - paths == set()


def test_every_class_is_under_the_law(store: Store) -> None:
    targets = objects(store, None, SHACL + "targetClass")
    assert {t.SUPERCLASSES.get(cls, cls) for cls in t.CLASSES} <= targets


def test_the_law_speaks_only_of_terms_that_exist(store: Store) -> None:
    named = set()
    for predicate in ("path", "class", "targetClass", "targetSubjectsOf", "targetObjectsOf"):
        named |= objects(store, None, SHACL + predicate)
    ours = {iri for iri in named if iri.startswith(t.NAMESPACE)}
    assert ours <= {*t.CLASSES, *t.PROPERTIES}


def test_classes_of_values_are_those_of_the_dictionary(store: Store) -> None:
    for name, shape in law().items():
        if shape.path.startswith(t.NAMESPACE) and shape.classes and name != "value-order":
            ranges = objects(store, shape.path, t.RDFS + "range")
            if set(shape.classes) != ranges:  # a union, of which the law says which goes where
                assert shape.path == t.CONCLUSION
                assert set(shape.classes) <= {t.CLAIM, t.LINK}


def test_every_shape_that_finds_something_says_so() -> None:
    grouping = {name for name in law() if name[0].isupper()}
    for name, shape in law().items():
        assert bool(shape.message) == (name not in grouping), name
        if shape.message and not shape.classes:
            assert shape.remedy, name
        assert not shape.message.endswith(".")


def test_the_shapes_are_valid_shacl() -> None:
    """pySHACL holds them against the shapes for shapes of the specification."""
    import pyshacl
    import rdflib

    shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")
    conforms, _report, text = pyshacl.validate(
        rdflib.Graph(), shacl_graph=shapes, meta_shacl=True, inference="none"
    )
    assert conforms, text


def test_the_law_stands_without_us() -> None:
    """Any SHACL engine can apply it, with the dictionary beside it for the subclasses."""
    import pyshacl
    import rdflib

    data = rdflib.Graph().parse(
        data="""@prefix d: <https://w3id.org/dissensus#> . @prefix : <https://example.org/> .
        :gin a d:Speaker ; <http://www.w3.org/2000/01/rdf-schema#label> "Gin" .
        :e a d:Evidence ; d:text "e" ; d:assertedBy :gin ; d:evidenceFor :e2 .
        :e2 a d:Evidence ; d:text "e2" .""",
        format="turtle",
    )
    shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")
    dictionary = rdflib.Graph().parse(ONTOLOGY / "dissensus.ttl")
    _conforms, report, _text = pyshacl.validate(data, shacl_graph=shapes, ont_graph=dictionary)
    sh = rdflib.Namespace(SHACL)
    assert [str(node).rpartition("#")[2] for node in report.objects(None, sh.sourceShape)] == [
        "unasserted-claim"
    ]
