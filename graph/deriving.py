"""The other spelling of what the files say, so that a query may use either.

A link may be written as a triple (``:a d:rebuts :b``), as a node (``:l a d:Rebuttal``), or as a
triple with an RDF 1.2 annotation. The updates below add what is missing to `DERIVED_GRAPH`:
nothing that a file asserts is added again, so the union of all graphs counts each triple once.
"""

from __future__ import annotations

import re

from pyoxigraph import Store

from .terms import (
    COMMON_PREFIXES,
    DERIVED_GRAPH,
    LINK_CLASSES,
    LINK_IRI,
    LINK_PROPERTIES,
    SUPERCLASSES,
    LinkKind,
)

_PROLOGUE = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in COMMON_PREFIXES.items())
_CLASS_OF = {kind: iri for iri, kind in LINK_CLASSES.items()}
_PROPERTY_OF = {kind: iri for iri, kind in LINK_PROPERTIES.items()}
_KINDS = (
    "VALUES (?cls ?prop ?word) { "
    + " ".join(f'(<{_CLASS_OF[kind]}> <{_PROPERTY_OF[kind]}> "{kind.word}")' for kind in LinkKind)
    + " }"
)
_PARENTS = (
    "VALUES (?child ?parent) { "
    + " ".join(f"(<{child}> <{parent}>)" for child, parent in SUPERCLASSES.items())
    + " }"
)
_REIFIED = """
GRAPH ?g { ?l rdf:reifies ?triple }
BIND(SUBJECT(?triple) AS ?a) BIND(PREDICATE(?triple) AS ?prop) BIND(OBJECT(?triple) AS ?b)
"""

_DERIVATIONS = (
    ("?b d:contradicts ?a", "GRAPH ?g { ?a d:contradicts ?b }"),
    ("?a d:rebuts ?b", "GRAPH ?g { ?a d:contradicts ?b }"),
    ("?b d:restates ?a", "GRAPH ?g { ?a d:restates ?b }"),
    ("?l a ?cls", _REIFIED + _KINDS),
    ("?l d:premise ?a", _REIFIED + _KINDS),
    ("?l d:conclusion ?b", _REIFIED + _KINDS),
    ("?a ?prop ?b", _REIFIED + _KINDS),
    (
        "?a ?prop ?b",
        _KINDS + "GRAPH ?g { ?l a ?cls ; d:premise ?a } GRAPH ?k { ?l d:conclusion ?b }",
    ),
    ("?x a ?parent", _PARENTS + "GRAPH ?g { ?x a ?child }"),
)
"""What is added, and where: a triple, and the pattern that binds it."""

_INSERT = """
INSERT {{ GRAPH <{graph}> {{ {head} }} }}
WHERE {{ {body} FILTER NOT EXISTS {{ GRAPH ?already {{ {head} }} }} }}
"""

_LINK_NODES = """
INSERT {{ GRAPH <{graph}> {{ ?l a ?cls, d:Link ; d:premise ?a ; d:conclusion ?b }} }}
WHERE {{
  {kinds}
  GRAPH ?g {{ ?a ?prop ?b }}
  FILTER(ISIRI(?a))
  FILTER NOT EXISTS {{
    GRAPH ?h {{ ?known d:conclusion ?b }} GRAPH ?i {{ ?known d:premise ?a }}
    FILTER NOT EXISTS {{ GRAPH ?j {{ ?known d:premise ?other }} FILTER(?other != ?a) }}
    FILTER EXISTS {{ GRAPH ?k {{ ?known a ?cls }} }}
  }}
  FILTER(?g != <{graph}> || NOT EXISTS {{ GRAPH ?m {{ ?joint d:premise ?a ; d:conclusion ?b }} }})
  BIND(IRI(CONCAT("{stem}",
    SUBSTR(SHA256(CONCAT(?word, "\\n", STR(?b), "\\n", STR(?a))), 1, 16))) AS ?l)
}}
"""

_SPEAKS_OF_NODES = re.compile(
    r"premise|conclusion|\b(?:Link|Support|Rebuttal|Undercut|EvidenceLink)\b|urn:dissensus"
    r"|\bDESCRIBE\b",
    re.IGNORECASE,
)
_PROJECTION = re.compile(r"\bSELECT\b[^{]*", re.IGNORECASE)
_VARIABLE_PREDICATE = re.compile(
    r"""(?:[?$]\w+|[\w-]*:[\w.-]*|<[^>\s]*>|\]|;)\s*[?$]\w+\s+(?:[?$"'<\[_(\d+-]|[\w-]*:|true|false)"""
)


def add_derived(store: Store) -> None:
    """Fill `DERIVED_GRAPH`: superclasses, symmetric relations, the triple of each link node."""
    for head, body in _DERIVATIONS:
        store.update(_PROLOGUE + _INSERT.format(graph=DERIVED_GRAPH, head=head, body=body))


def add_link_nodes(store: Store) -> None:
    """Add to `DERIVED_GRAPH` a node for each link that is written as a triple alone.

    Its IRI is the one that `model.link_iri` makes. `add_derived` comes first.
    """
    store.update(_PROLOGUE + _LINK_NODES.format(graph=DERIVED_GRAPH, kinds=_KINDS, stem=LINK_IRI))


def speaks_of_link_nodes(query: str) -> bool:
    """Whether a query may find link nodes, so that it needs `add_link_nodes`.

    It does if it names one of their terms, describes things, or has a variable for a property. To
    say yes without need costs time and changes no answer.
    """
    if _SPEAKS_OF_NODES.search(query):
        return True
    return bool(_VARIABLE_PREDICATE.search(_PROJECTION.sub(" ", query)))
