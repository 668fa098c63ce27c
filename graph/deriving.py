"""The other spelling of what the files say, so that a query may use either.

A link may be written as a triple (``:a d:rebuts :b``), as a node (``:l a d:Rebuttal``), or as a
triple with an RDF 1.2 annotation. The updates below add what is missing to `DERIVED_GRAPH`:
nothing that a file asserts is added again, so the union of all graphs counts each triple once.
"""

from __future__ import annotations

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

_INSERT = """
INSERT {{ GRAPH <{derived}> {{ {head} }} }}
WHERE {{
  SELECT DISTINCT * WHERE {{
    {body}
    {absent}
  }}
}}
"""

_PLAIN_LINK = """
GRAPH ?g {{ ?a <{prop}> ?b }}
FILTER(ISIRI(?a))
FILTER NOT EXISTS {{
  GRAPH ?h {{ ?known a <{cls}> ; d:premise ?a ; d:conclusion ?b }}
  FILTER NOT EXISTS {{ GRAPH ?h {{ ?known d:premise ?other }} FILTER(?other != ?a) }}
}}
FILTER NOT EXISTS {{ GRAPH ?h {{ ?reifier rdf:reifies <<( ?a <{prop}> ?b )>> }} }}
BIND(IRI(CONCAT("{stem}",
  SUBSTR(SHA256(CONCAT("{word}\\n", STR(?b), "\\n", STR(?a))), 1, 16))) AS ?l)
"""


def add_derived(store: Store) -> None:
    """Fill `DERIVED_GRAPH` with superclasses, both spellings of links, and symmetric relations.

    The IRI of a link that the files give no name is the one that `model.link_iri` makes.
    """
    for update in _updates():
        store.update(_PROLOGUE + update)


def _updates() -> list[str]:
    kinds = {kind: iri for iri, kind in LINK_CLASSES.items()}
    properties = {kind: iri for iri, kind in LINK_PROPERTIES.items()}
    updates = [
        _insert("?b d:contradicts ?a", "GRAPH ?g { ?a d:contradicts ?b }"),
        _insert("?a d:rebuts ?b", "GRAPH ?g { ?a d:contradicts ?b }"),
        _insert("?b d:restates ?a", "GRAPH ?g { ?a d:restates ?b }"),
    ]
    for kind in LinkKind:
        reified = (
            f"GRAPH ?g {{ ?l rdf:reifies <<( ?a <{properties[kind]}> ?b )>> }} FILTER(ISIRI(?a))"
        )
        updates += [
            _insert(f"?l a <{kinds[kind]}>", reified),
            _insert("?l d:premise ?a", reified),
            _insert("?l d:conclusion ?b", reified),
            _insert(f"?a <{properties[kind]}> ?b", reified),
        ]
    for kind in LinkKind:
        plain = _PLAIN_LINK.format(
            prop=properties[kind], cls=kinds[kind], stem=LINK_IRI, word=kind.word
        )
        head = f"?l a <{kinds[kind]}> ; d:premise ?a ; d:conclusion ?b"
        updates.append(_INSERT.format(derived=DERIVED_GRAPH, head=head, body=plain, absent=""))
    for kind in LinkKind:
        node = (
            f"GRAPH ?g {{ ?l a <{kinds[kind]}> ; d:premise ?a }} GRAPH ?k {{ ?l d:conclusion ?b }}"
        )
        updates.append(_insert(f"?a <{properties[kind]}> ?b", node))
    updates += [
        _insert(f"?x a <{parent}>", f"GRAPH ?g {{ ?x a <{child}> }}")
        for child, parent in SUPERCLASSES.items()
    ]
    return updates


def _insert(head: str, body: str) -> str:
    absent = f"FILTER NOT EXISTS {{ GRAPH ?already {{ {head} }} }}"
    return _INSERT.format(derived=DERIVED_GRAPH, head=head, body=body, absent=absent)
