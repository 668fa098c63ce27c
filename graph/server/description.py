"""What the endpoint says of itself: SPARQL 1.1 Service Description.

https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..querying.results import Graph, graph
from ..terms import COMMENT, TYPE

PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "format": "http://www.w3.org/ns/formats/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}

_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML",
)  # fmt: skip
"""https://www.w3.org/ns/formats/"""

_NOTE = "Read-only. The default graph is what all files say together; each file is a named graph."


def description(endpoint: str, graphs: Iterable[str]) -> Graph:
    """The description of the service at this address, over these named graphs."""
    service, dataset, default = BlankNode(), BlankNode(), BlankNode()
    triples = [
        Triple(service, NamedNode(TYPE), _sd("Service")),
        Triple(service, NamedNode(COMMENT), Literal(_NOTE, language="en")),
        Triple(service, _sd("endpoint"), NamedNode(endpoint)),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(dataset, NamedNode(TYPE), _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), default),
        Triple(default, NamedNode(TYPE), _sd("Graph")),
    ]
    triples += [
        Triple(service, _sd("resultFormat"), NamedNode(PREFIXES["format"] + name))
        for name in _RESULT_FORMATS
    ]
    for name in sorted(graphs):
        named = BlankNode()
        triples += [
            Triple(dataset, _sd("namedGraph"), named),
            Triple(named, NamedNode(TYPE), _sd("NamedGraph")),
            Triple(named, _sd("name"), NamedNode(name)),
        ]
    return graph(triples)


def _sd(name: str) -> NamedNode:
    return NamedNode(PREFIXES["sd"] + name)
