"""The vocabulary: the dictionary, its alignments, its JSON spelling, and the page made of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Store, parse, serialize
from rdflib.compare import isomorphic

from dissensus.graph import terms as t
from dissensus.graph.checking import check
from dissensus.graph.reading import read
from dissensus.graph.reports.vocabulary import COMMAND, ONTOLOGY, vocabulary_page

TERMS = (*t.CLASSES, *t.PROPERTIES)
PREFIXES = {
    **{prefix: t.COMMON_PREFIXES[prefix] for prefix in ("d", "rdfs", "xsd")},
    "": "https://w3id.org/dissensus/debates/ai-compute#",
}
PROLOGUE = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
ALIGNING = {
    *(t.RDFS + name for name in ("subClassOf", "subPropertyOf")),
    *(t.SKOS + f"{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
}


def store_of(name: str) -> Store:
    store = Store()
    store.load(path=ONTOLOGY / name)
    return store


@pytest.fixture(scope="module")
def dictionary() -> Store:
    return store_of("dissensus.ttl")


@pytest.fixture(scope="module")
def alignments() -> Store:
    return store_of("alignments.ttl")


@pytest.fixture(scope="module")
def context() -> dict[str, object]:
    return json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]


def examples(dictionary: Store) -> str:
    """All examples, one after the other, as a file of claims."""
    return "\n".join([PROLOGUE, *(objects(dictionary, x, t.SKOS + "example")[0] for x in TERMS)])


def objects(store: Store, subject: str, predicate: str) -> list[str]:
    quads = store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)
    return [quad.object.value for quad in quads]


def subjects(store: Store, predicate: str, object_: str) -> set[str]:
    quads = store.quads_for_pattern(None, NamedNode(predicate), NamedNode(object_))
    return {quad.subject.value for quad in quads}


def graph_of(data: str, rdf_format: RdfFormat) -> rdflib.Graph:
    """What pyoxigraph reads, as an rdflib graph."""
    triples = serialize(
        (quad.triple for quad in parse(data, rdf_format)), format=RdfFormat.N_TRIPLES
    )
    return rdflib.Graph().parse(data=triples, format="nt")


# -- the dictionary ---------------------------------------------------------------------------


def test_dictionary_and_code_have_the_same_terms(dictionary: Store) -> None:
    described = {q.subject.value for q in dictionary if isinstance(q.subject, NamedNode)}
    assert {iri for iri in described if iri.startswith(t.NAMESPACE)} == set(TERMS)
    for kind in (t.OWL, t.RDFS):
        assert subjects(dictionary, t.TYPE, kind + "Class") >= set(t.CLASSES)
    properties = [
        subjects(dictionary, t.TYPE, f"{t.OWL}{kind}Property") for kind in ("Object", "Datatype")
    ]
    assert sorted([*properties[0], *properties[1]]) == sorted(t.PROPERTIES)


@pytest.mark.parametrize("iri", TERMS, ids=t.local_name)
def test_each_term_is_explained(dictionary: Store, iri: str) -> None:
    for predicate in (t.LABEL, t.COMMENT):
        quads = dictionary.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None)
        assert [quad.object.language for quad in quads] == ["en"], predicate
    assert len(objects(dictionary, iri, t.SKOS + "example")) == 1
    assert objects(dictionary, iri, t.RDFS + "isDefinedBy") == [t.NAMESPACE.rstrip("#")]
    if iri in t.PROPERTIES:
        assert len(objects(dictionary, iri, t.RDFS + "domain")) == 1
        assert len(objects(dictionary, iri, t.RDFS + "range")) == 1


def test_subclasses_are_those_of_the_code(dictionary: Store) -> None:
    stated = {
        (quad.subject.value, quad.object.value)
        for quad in dictionary.quads_for_pattern(None, NamedNode(t.RDFS + "subClassOf"), None)
    }
    assert stated == set(t.SUPERCLASSES.items())


def test_domains_and_ranges_are_known(dictionary: Store) -> None:
    data_types = {t.RDFS + "Literal", t.RDF + "langString", t.RDF + "List"}
    ends = dictionary.query(
        """PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT DISTINCT ?end { ?p rdfs:domain|rdfs:range ?node
          OPTIONAL { ?node owl:unionOf/rdf:rest*/rdf:first ?part }
          BIND(COALESCE(?part, ?node) AS ?end) }"""
    )
    for end in (row["end"].value for row in ends):
        assert end in t.CLASSES or end in data_types or end.startswith(t.XSD)


@pytest.mark.parametrize("iri", TERMS, ids=t.local_name)
def test_example_is_turtle_in_known_terms_and_shows_its_term(dictionary: Store, iri: str) -> None:
    (example,) = objects(dictionary, iri, t.SKOS + "example")
    used = {
        part.value
        for quad in parse(PROLOGUE + example, RdfFormat.TURTLE)
        for part in (quad.subject, quad.predicate, quad.object)
        if isinstance(part, NamedNode) and part.value.startswith(t.NAMESPACE)
    }
    assert used <= set(TERMS)
    kinds = {child for child, parent in t.SUPERCLASSES.items() if parent == iri}
    assert used & {iri, *kinds}


def test_the_examples_make_up_a_debate(dictionary: Store, tmp_path: Path) -> None:
    file = tmp_path / "examples.ttl"
    file.write_text(examples(dictionary), encoding="utf-8")
    assert check([file]) == ()
    debate = read(file)
    assert debate.title == "Chips, China and the future of AI compute"
    assert set(debate.link_kinds) == set(t.LinkKind)
    for relation in (debate.stances, debate.audiences, debate.restatements, debate.contradictions):
        assert relation


def test_quotes_of_the_examples_are_in_the_documents(
    dictionary: Store, sample_data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "examples.ttl"
    file.write_text(examples(dictionary), encoding="utf-8")
    assert check([file], sources=sample_data / "seeds") == ()


@pytest.mark.parametrize("name", ["dissensus.ttl", "alignments.ttl"])
def test_rdflib_reads_the_same(name: str) -> None:
    text = (ONTOLOGY / name).read_text(encoding="utf-8")
    assert isomorphic(rdflib.Graph().parse(data=text), graph_of(text, RdfFormat.TURTLE))


# -- alignments -------------------------------------------------------------------------------


def test_alignments_lead_from_our_terms_to_those_of_others(alignments: Store) -> None:
    stated = [quad for quad in alignments if isinstance(quad.subject, NamedNode)]
    assert {quad.subject.value for quad in stated} <= set(TERMS)
    assert {quad.predicate.value for quad in stated} <= ALIGNING
    assert not [quad for quad in stated if quad.object.value.startswith(t.NAMESPACE)]


def test_each_alignment_says_how_close_it_is(alignments: Store) -> None:
    commented = alignments.query(
        """PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?source ?property ?target { [] a owl:Axiom ; owl:annotatedSource ?source ;
          owl:annotatedProperty ?property ; owl:annotatedTarget ?target ; rdfs:comment ?text }"""
    )
    annotated = [tuple(row) for row in commented]
    stated = {
        (quad.subject, quad.predicate, quad.object)
        for quad in alignments
        if isinstance(quad.subject, NamedNode)
    }
    assert len(annotated) == len(set(annotated))
    assert set(annotated) == stated


def test_classes_are_aligned_with_classes(alignments: Store) -> None:
    for quad in alignments.quads_for_pattern(None, NamedNode(t.RDFS + "subClassOf"), None):
        assert quad.subject.value in t.CLASSES
    for quad in alignments.quads_for_pattern(None, NamedNode(t.RDFS + "subPropertyOf"), None):
        assert quad.subject.value in t.PROPERTIES


def test_terms_of_the_great_vocabularies_exist(alignments: Store) -> None:
    """A misspelt term of these is found out by the closed namespaces of rdflib."""
    closed = {
        t.PROV: rdflib.PROV,
        t.SKOS: rdflib.SKOS,
        t.SCHEMA: rdflib.SDO,
        str(rdflib.FOAF): rdflib.FOAF,
        str(rdflib.DCTERMS): rdflib.DCTERMS,
    }
    found = set()
    for quad in alignments:
        for namespace, terms in closed.items():
            if isinstance(quad.subject, NamedNode) and quad.object.value.startswith(namespace):
                known = {t.local_name(term) for term in dir(terms)}
                assert quad.object.value.removeprefix(namespace) in known
                found.add(namespace)
    assert found == set(closed)


# -- JSON -------------------------------------------------------------------------------------


def test_context_names_each_term_by_its_local_name(
    context: dict[str, object], dictionary: Store
) -> None:
    for iri in TERMS:
        entry = context[t.local_name(iri)]
        entry = entry if isinstance(entry, dict) else {"@id": entry}
        assert entry["@id"] == f"{t.PREFIX}:{t.local_name(iri)}"
        is_object = iri in subjects(dictionary, t.TYPE, t.OWL + "ObjectProperty")
        assert (entry.get("@type") == "@id") is is_object


DEBATE = {
    "graph": [
        {"id": "#debate", "type": "Debate", "label": "Chips", "note": {"de": "Zwei Meinungen"}},
        {"id": "#gin", "type": "Speaker", "label": "Aaron Gin", "rejects": "#mistake"},
        {"id": "#performance", "type": "Value", "label": {"en": "performance"}},
        {"id": "#founders", "type": "Audience", "valueOrder": ["#impact", "#performance"]},
        {
            "id": "#recap",
            "type": "Document",
            "title": "A recap",
            "url": "https://example.org/recap",
            "saidOn": "2025-12-01",
            "fileName": "recap.txt",
        },
        {
            "id": "#pivot",
            "type": ["Claim"],
            "text": {"en": "A change of course.", "de": "Ein Kurswechsel."},
            "assertedBy": "#gin",
            "promotes": ["#impact"],
            "needsBacking": True,
            "strength": 0.75,
            "quote": {"exact": "deliberate pivot", "prefix": "a ", "source": "#recap"},
            "rebuts": "#mistake",
        },
        {"id": "#mistake", "type": "Claim", "text": "A mistake.", "assertedBy": "#baker"},
        {
            "type": "Support",
            "premise": ["#pivot", "#mistake"],
            "conclusion": "#pivot",
            "scheme": "argument from example",
        },
    ]
}

THE_SAME_IN_TURTLE = """
:debate a d:Debate ; rdfs:label "Chips"@en ; rdfs:comment "Zwei Meinungen"@de .
:gin a d:Speaker ; rdfs:label "Aaron Gin"@en ; d:rejects :mistake .
:performance a d:Value ; rdfs:label "performance"@en .
:founders a d:Audience ; d:valueOrder ( :impact :performance ) .
:recap a d:Document ; d:title "A recap"@en ; d:fileName "recap.txt" ;
    d:url "https://example.org/recap"^^xsd:anyURI ; d:saidOn "2025-12-01"^^xsd:date .
:pivot a d:Claim ; d:text "A change of course."@en , "Ein Kurswechsel."@de ;
    d:assertedBy :gin ; d:promotes :impact ; d:needsBacking true ; d:strength 7.5E-1 ;
    d:quote [ d:exact "deliberate pivot" ; d:prefix "a " ; d:source :recap ] ;
    d:rebuts :mistake .
:mistake a d:Claim ; d:text "A mistake."@en ; d:assertedBy :baker .
[] a d:Support ; d:premise :pivot , :mistake ; d:conclusion :pivot ;
    d:scheme "argument from example" .
"""


def test_json_says_the_same_as_turtle(context: dict[str, object]) -> None:
    base = {"@base": PREFIXES[""].rstrip("#")}
    spelt = graph_of(json.dumps({"@context": [context, base]} | DEBATE), RdfFormat.JSON_LD)
    assert isomorphic(spelt, graph_of(PROLOGUE + THE_SAME_IN_TURTLE, RdfFormat.TURTLE))


def test_a_misspelt_key_becomes_an_unknown_term(context: dict[str, object]) -> None:
    """JSON-LD drops a key that the context does not know; here it must not get lost."""
    text = json.dumps({"@context": context, "id": "urn:x:a", "suports": "urn:x:b"})
    (quad,) = parse(text, RdfFormat.JSON_LD)
    assert quad.predicate.value == t.NAMESPACE + "suports"


def test_the_json_of_the_page_is_read(context: dict[str, object], tmp_path: Path) -> None:
    (block,) = re.findall(r"```json\n(.*?)```", vocabulary_page(), re.DOTALL)
    document = json.loads(block)
    address, base = document["@context"]
    assert address.endswith("/context.jsonld")
    document["@context"] = [context, base]
    document["graph"].append({"id": "#terrible-mistake", "type": "Claim", "text": "A mistake."})
    file = tmp_path / "claims.jsonld"
    file.write_text(json.dumps(document), encoding="utf-8")
    debate = read(file)
    claim = debate.claim("deliberate-pivot")
    assert claim.speakers == (PREFIXES[""] + "gin",)
    assert claim.strength == 0.6
    assert [link.kind for link in debate.links] == [t.LinkKind.REBUTTAL]


# -- the page ---------------------------------------------------------------------------------


def test_the_page_in_docs_is_up_to_date(root: Path) -> None:
    written = (root / "docs" / "vocabulary.md").read_bytes()
    assert written == vocabulary_page().encode(), f"write it anew: {COMMAND}"


def test_each_term_has_a_section_that_links_lead_to() -> None:
    page = vocabulary_page()
    anchors = re.findall(r'<a id="(\w+)"></a>', page)
    assert anchors == [t.local_name(iri) for iri in TERMS]
    headings = {h.lower().replace(" ", "-") for h in re.findall(r"^## (.+)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", page)) <= {*anchors, *headings}


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix d: <https://w3id.org/dissensus#> .

d:ClaimShape a sh:NodeShape ;
    sh:targetClass d:Claim ;
    sh:property [ sh:path d:text ; sh:minCount 1 ; sh:message "a claim without a text"@en ] ;
    sh:property [ sh:path [ sh:inversePath d:accepts ] ; sh:maxCount 9 ;
        sh:severity sh:Warning ; sh:message "too popular" , "zu beliebt"@de ] ;
    sh:property d:AuthorShape ;
    sh:sparql [ sh:message "it rebuts itself" ] .
d:AuthorShape sh:path ( d:quote d:source [ sh:zeroOrMorePath d:author ] ) ;
    sh:message "a source without an author" .
d:TopicShape sh:targetClass d:Topic ; sh:message "a topic above itself" ;
    sh:property [ sh:path [ sh:alternativePath ( d:broader d:scope ) ] ; sh:message "odd" ] .
d:broader sh:targetSubjectsOf d:broader ; sh:severity sh:Warning ;
    sh:message "only a topic has one" .
"""


def test_the_rules_of_the_shapes_are_on_the_page(tmp_path: Path) -> None:
    text = (ONTOLOGY / "dissensus.ttl").read_text(encoding="utf-8")
    (tmp_path / "dissensus.ttl").write_text(text, encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    page = vocabulary_page(tmp_path)
    rules = re.findall(r"^- Rules:\n((?:    - .*\n)+)", page, re.MULTILINE)
    assert rules == [
        "    - [`d:text`](#text): a claim without a text\n"
        "    - ^[`d:accepts`](#accepts): too popular (a warning)\n"
        "    - [`d:quote`](#quote) / [`d:source`](#source) / [`d:author`](#author)*: "
        "a source without an author (`AuthorShape`)\n"
        "    - it rebuts itself\n",
        "    - a topic above itself (`TopicShape`)\n"
        "    - [`d:broader`](#broader) or [`d:scope`](#scope): odd\n",
        "    - a claim without a text\n",
        "    - only a topic has one (`broader`, a warning)\n",
    ]
