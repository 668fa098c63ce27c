"""JSON-LD: a debate as JSON under the context that the vocabulary ships with.

The context stands in the file, so that any JSON-LD processor reads it without a network. `check`,
`query` and the rest read the file as it is. Source: https://www.w3.org/TR/json-ld11/.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from .. import terms as t
from ..debate import Debate
from ..describing import Collection, Description, Term, describe
from .exporting import Export

_FRAGMENT: Final = re.compile(r"[A-Za-z0-9._~-]+")
_WHOLE: Final = re.compile(r"-?[0-9]+\.0+")


def write(debate: Debate) -> Export:
    """The debate as JSON-LD; reading it gives the same debate. Nothing is lost."""
    names = _Names(debate.prefixes.get("", ""))
    context = [_shipped_context()]
    if names.base:
        context.append({"@base": names.base})
    document = {"@context": context, "graph": [_node(each, names) for each in describe(debate)]}
    return Export({"": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()})


class _Names:
    """IRIs as they stand in the file: relative to the debate's namespace where that is safe."""

    def __init__(self, namespace: str) -> None:
        self.base = namespace[:-1] if namespace.endswith("#") else ""

    def __call__(self, iri: str) -> str:
        local = iri.removeprefix(f"{self.base}#") if self.base else iri
        return f"#{local}" if local != iri and _FRAGMENT.fullmatch(local) else iri


@cache
def _shipped_context() -> dict[str, Any]:
    path = Path(__file__).resolve().parents[2] / "ontology" / "context.jsonld"
    context: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
    return context


@cache
def _keys() -> dict[str, str]:
    """Property IRI → the key that the context has for it."""
    context = _shipped_context()
    prefixes = {key: value for key, value in context.items() if str(value).endswith(("#", "/"))}

    def iri(entry: Any) -> str:
        name = str(entry["@id"] if isinstance(entry, dict) else entry)
        prefix, _, local = name.partition(":")
        return f"{prefixes.get(prefix, '')}{local}"

    return {iri(entry): key for key, entry in context.items() if not key.startswith("@")}


def _node(description: Description, names: _Names) -> dict[str, Any]:
    node: dict[str, Any] = {"id": names(description.node.value)} if description.node else {}
    for predicate, terms in description.properties:
        if predicate == t.TYPE:
            node["type"] = _one_or_all([_keys()[term.value] for term in _iris(terms)])
            continue
        key = _keys()[predicate]
        entry = _shipped_context()[key]
        if isinstance(entry, dict) and entry.get("@container") == "@language":
            node[key] = _by_language(terms)
        else:
            node[key] = _one_or_all([_value(term, entry, names) for term in terms])
    return node


def _iris(terms: tuple[Term, ...]) -> list[NamedNode]:
    return [term for term in terms if isinstance(term, NamedNode)]


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _by_language(terms: tuple[Term, ...]) -> dict[str, Any]:
    """Texts by their language; those without one under ``@none``."""
    found: dict[str, list[str]] = {}
    for term in terms:
        assert isinstance(term, Literal)
        found.setdefault(term.language or "@none", []).append(term.value)
    return {language: _one_or_all(texts) for language, texts in found.items()}


def _value(term: Term, entry: Any, names: _Names) -> Any:
    if isinstance(term, NamedNode):
        return names(term.value)
    if isinstance(term, Description):
        return _node(term, names)
    if isinstance(term, Collection):
        return [names(member.value) for member in term.members]
    return _literal(term, entry)


def _literal(literal: Literal, entry: Any) -> Any:
    """A plain value where the context gives it back as it was, else one with its type."""
    datatype = literal.datatype.value
    coerced = entry.get("@type", "") if isinstance(entry, dict) else ""
    if datatype == t.XSD + "string" and not coerced:
        return literal.value
    if datatype == t.XSD + coerced.removeprefix("xsd:"):
        return literal.value == "true" if datatype == t.XSD + "boolean" else literal.value
    if datatype == t.XSD + "decimal" and not _WHOLE.fullmatch(literal.value):
        number = float(literal.value)
        if float(f"{number:.15E}") == number:  # as JSON-LD writes numbers that are not whole
            return number
    return {"@value": literal.value, "@type": datatype}
