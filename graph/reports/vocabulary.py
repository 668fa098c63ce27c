"""The page of the vocabulary: each term with its meaning, its rules, its kin, and an example.

It is made from the files of `ontology/` alone: the dictionary (`dissensus.ttl`), the law
(`shapes.ttl`, SHACL) and the way to other vocabularies (`alignments.ttl`). To write it anew::

    python -m dissensus.graph.reports.vocabulary > docs/vocabulary.md

An anchor of the page is the local name of the term, so that an IRI of the vocabulary that is
resolved to the page ends on its term.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, parse

from .. import terms as t

ONTOLOGY: Final = Path(__file__).resolve().parents[2] / "ontology"
COMMAND: Final = "python -m dissensus.graph.reports.vocabulary > docs/vocabulary.md"

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

_SH: Final = "http://www.w3.org/ns/shacl#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_ANNOTATED: Final = t.OWL + "annotated"
_KINSHIP: Final = {
    t.RDFS + "subClassOf": "a kind of",
    t.RDFS + "subPropertyOf": "a kind of",
    t.SKOS + "exactMatch": "the same as",
    t.SKOS + "closeMatch": "close to",
    t.SKOS + "broadMatch": "narrower than",
    t.SKOS + "narrowMatch": "wider than",
    t.SKOS + "relatedMatch": "akin to",
}
_NATURE: Final = {
    t.OWL + "SymmetricProperty": "holds both ways",
    t.OWL + "TransitiveProperty": "carries on from one to the next",
    t.OWL + "IrreflexiveProperty": "never holds between a thing and itself",
}
_OURS: Final = re.compile(rf"\b{t.PREFIX}:(\w+)")
_PATHS: Final = {
    _SH + "inversePath": "^{}",
    _SH + "zeroOrMorePath": "{}*",
    _SH + "oneOrMorePath": "{}+",
    _SH + "zeroOrOnePath": "{}?",
}

_FILES: Final = f"""\
The namespace is `{t.NAMESPACE}`, its prefix `{t.PREFIX}:`. The dictionary is \
`ontology/dissensus.ttl`; the law is `ontology/shapes.ttl`, in SHACL; how the terms relate to \
those of other vocabularies is in `ontology/alignments.ttl`. The examples on this page make up one \
small debate; its numbers, dates and addresses are invented.
"""

_JSON: Final = """\
## A debate as JSON

`ontology/context.jsonld` lets a debate be written as plain JSON, in files that end on `.jsonld`. \
The keys are the local names of the terms; `id`, `type`, `graph`, `label` and `note` stand for \
`@id`, `@type`, `@graph`, `rdfs:label` and `rdfs:comment`. A text without a language is English; \
for others write `{"en": "…", "de": "…"}`. A date is a day; a month is \
`{"@value": "2025-12", "@type": "xsd:gYearMonth"}`. A key that is misspelt is not dropped, as \
JSON-LD would do, but becomes a term of ours that does not exist, so that `check` finds it.

```json
{
  "@context": [
    "https://w3id.org/dissensus/context.jsonld",
    {"@base": "https://w3id.org/dissensus/debates/ai-compute"}
  ],
  "graph": [
    {"id": "#gin", "type": "Speaker", "label": "Aaron Gin"},
    {
      "id": "#deliberate-pivot",
      "type": "Claim",
      "text": "China's chip policy is a chosen change of course, not a blunder.",
      "assertedBy": "#gin",
      "strength": 0.6,
      "quote": {"exact": "deliberate pivot", "source": "#tbpn-recap"},
      "rebuts": "#terrible-mistake"
    }
  ]
}
```

Reading fetches nothing from the web: put the object that `ontology/context.jsonld` has under \
`@context` in the place of its address.
"""


class _File:
    """What one Turtle file says: subject → predicate → objects, in the order of the file."""

    def __init__(self, path: Path) -> None:
        self.said: dict[Term, dict[str, list[Term]]] = {}
        self.prefixes: dict[str, str] = {}
        if path.exists():
            statements = parse(path=path)
            for quad in statements:
                said = self.said.setdefault(quad.subject, {})
                said.setdefault(quad.predicate.value, []).append(quad.object)
            self.prefixes = statements.prefixes

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        return self.said.get(subject, {}).get(predicate, [])

    def iris(self, subject: Term, predicate: str) -> list[str]:
        return [o.value for o in self.objects(subject, predicate) if isinstance(o, NamedNode)]

    def texts(self, subject: Term, predicate: str) -> list[str]:
        """The English texts, and those without a language."""
        literals = [o for o in self.objects(subject, predicate) if isinstance(o, Literal)]
        return [o.value for o in literals if o.language in (None, "en")]

    def subjects(self, predicate: str, object_: str) -> list[Term]:
        """In the order of the file."""
        return [s for s in self.said if object_ in self.iris(s, predicate)]

    def members(self, cell: Term) -> list[Term]:
        """The members of an RDF collection, in order."""
        members: list[Term] = []
        while first := self.objects(cell, t.FIRST):
            members += first
            cell = self.objects(cell, t.REST)[0]
        return members


def vocabulary_page(ontology: Path = ONTOLOGY) -> str:
    """The page as Markdown; the same files give the same bytes.

    `ontology` is the folder of the three files; shapes and alignments may be missing.
    """
    return "\n".join(_Page(ontology).lines()) + "\n"


class _Page:
    def __init__(self, ontology: Path) -> None:
        self.dictionary = _File(ontology / "dissensus.ttl")
        self.shapes = _File(ontology / "shapes.ttl")
        self.alignments = _File(ontology / "alignments.ttl")
        self.prefixes = self.shapes.prefixes | self.alignments.prefixes | self.dictionary.prefixes
        self.domains = self._ends(t.RDFS + "domain")
        self.ranges = self._ends(t.RDFS + "range")

    def _ends(self, predicate: str) -> dict[str, list[str]]:
        """Property → the classes, or data types, at this end of it."""
        ends = {}
        for prop in t.PROPERTIES:
            classes: list[Term] = []
            for node in self.dictionary.objects(NamedNode(prop), predicate):
                union = self.dictionary.objects(node, t.OWL + "unionOf")
                classes += self.dictionary.members(union[0]) if union else [node]
            ends[prop] = [c.value for c in classes if isinstance(c, NamedNode)]
        return ends

    # -- the page, from top to bottom ---------------------------------------------------------

    def lines(self) -> Iterator[str]:
        ontology = self.dictionary.subjects(t.TYPE, t.OWL + "Ontology")[0]
        (title,) = self.dictionary.texts(ontology, _DCTERMS + "title")
        (description,) = self.dictionary.texts(ontology, _DCTERMS + "description")
        yield f"<!-- Made from the files of ontology/ by: {COMMAND} -->"
        yield f"# {title}\n"
        yield description + "\n"
        yield _FILES
        yield "## Contents\n"
        for name, iris in (("Classes", t.CLASSES), ("Properties", t.PROPERTIES)):
            yield f"- [{name}](#{name.lower()}): {', '.join(map(self._shown, iris))}"
        yield "- [A debate as JSON](#a-debate-as-json)"
        yield "- [Other vocabularies](#other-vocabularies)"
        yield "\n## Classes\n"
        for iri in t.CLASSES:
            yield from self._term(iri, self._class_facts(iri))
        yield "## Properties\n"
        for iri in t.PROPERTIES:
            yield from self._term(iri, self._property_facts(iri))
        yield _JSON
        yield "## Other vocabularies\n"
        for prefix, namespace in sorted(self.alignments.prefixes.items()):
            yield f"- `{prefix}:` `{namespace}`"

    def _term(self, iri: str, facts: Iterable[str]) -> Iterator[str]:
        term = NamedNode(iri)
        yield f'### <a id="{t.local_name(iri)}"></a>`{self._short(iri)}`\n'
        for text in (t.COMMENT, t.SKOS + "note"):
            for paragraph in self.dictionary.texts(term, text):
                yield _OURS.sub(lambda name: self._shown(t.NAMESPACE + name[1]), paragraph) + "\n"
        related = self.dictionary.iris(term, t.RDFS + "seeAlso")
        see_also = [f"- See also: {self._all(related)}"] if related else []
        if facts := [*facts, *see_also, *self._elsewhere(iri)]:
            yield "\n".join(facts) + "\n"
        for example in self.dictionary.texts(term, t.SKOS + "example"):
            yield f"```turtle\n{example}\n```\n"

    def _class_facts(self, iri: str) -> Iterator[str]:
        if parents := self.dictionary.iris(NamedNode(iri), t.RDFS + "subClassOf"):
            yield f"- A kind of: {self._all(parents)}"
        if kinds := self.dictionary.subjects(t.RDFS + "subClassOf", iri):
            yield f"- Its kinds: {self._all(k.value for k in kinds if isinstance(k, NamedNode))}"
        if leaving := [prop for prop, classes in self.domains.items() if iri in classes]:
            yield f"- Has: {self._all(leaving)}"
        if arriving := [prop for prop, classes in self.ranges.items() if iri in classes]:
            yield f"- Is the object of: {self._all(arriving)}"
        if rules := list(self._class_rules(iri)):
            yield "\n".join(["- Rules:", *rules])

    def _property_facts(self, iri: str) -> Iterator[str]:
        yield f"- From: {self._all(self.domains[iri], ' or ')}"
        yield f"- To: {self._all(self.ranges[iri], ' or ')}"
        types = self.dictionary.iris(NamedNode(iri), t.TYPE)
        if nature := [_NATURE[kind] for kind in types if kind in _NATURE]:
            yield f"- It {' and '.join(nature)}."
        if rules := list(self._property_rules(iri)):
            yield "\n".join(["- Rules:", *rules])

    def _elsewhere(self, iri: str) -> Iterator[str]:
        """The kin of a term in other vocabularies; each is an annotated statement."""
        axioms = self.alignments.subjects(_ANNOTATED + "Source", iri)
        if axioms:
            yield "- Elsewhere:"
        for axiom in axioms:
            (kinship,) = self.alignments.iris(axiom, _ANNOTATED + "Property")
            (other,) = self.alignments.iris(axiom, _ANNOTATED + "Target")
            (comment,) = self.alignments.texts(axiom, t.COMMENT)
            yield f"    - {_KINSHIP[kinship]} {self._shown(other)}. {comment}"

    # -- the law ------------------------------------------------------------------------------

    def _class_rules(self, cls: str) -> Iterator[str]:
        """What the shapes demand of a thing of a class, each as a line of a list."""
        for shape in self.shapes.subjects(_SH + "targetClass", cls):
            yield from self._messages(shape)
            for part in self.shapes.objects(shape, _SH + "property"):
                for path in self.shapes.objects(part, _SH + "path"):
                    yield from self._messages(part, f"{self._path(path)}: ")
            for part in self.shapes.objects(shape, _SH + "sparql"):
                yield from self._messages(part)

    def _property_rules(self, prop: str) -> Iterator[str]:
        """What the shapes demand of those that have a property, and of what it leads to."""
        for predicate in ("targetSubjectsOf", "targetObjectsOf", "path"):
            for shape in self.shapes.subjects(_SH + predicate, prop):
                yield from self._messages(shape)

    def _messages(self, shape: Term, subject: str = "") -> Iterator[str]:
        """The messages of a shape, with its name, which is that of the rule where it has one."""
        remarks = [f"`{t.local_name(shape.value)}`"] if isinstance(shape, NamedNode) else []
        if _SH + "Warning" in self.shapes.iris(shape, _SH + "severity"):
            remarks.append("a warning")
        for message in self.shapes.texts(shape, _SH + "message"):
            yield f"    - {subject}{message}" + (f" ({', '.join(remarks)})" if remarks else "")

    def _path(self, path: Term) -> str:
        """A SHACL property path, written as SPARQL does."""
        if isinstance(path, NamedNode):
            return self._shown(path.value)
        if steps := self.shapes.members(path):
            return " / ".join(map(self._path, steps))
        ((operator, (inner, *_)),) = self.shapes.said[path].items()
        if operator == _SH + "alternativePath":
            return " or ".join(map(self._path, self.shapes.members(inner)))
        return _PATHS[operator].format(self._path(inner))

    # -- names --------------------------------------------------------------------------------

    def _short(self, iri: str) -> str:
        """The IRI as a prefixed name."""
        prefix = max(
            (p for p, namespace in self.prefixes.items() if iri.startswith(namespace)),
            key=lambda p: len(self.prefixes[p]),
        )
        return f"{prefix}:{iri.removeprefix(self.prefixes[prefix])}"

    def _shown(self, iri: str) -> str:
        """The prefixed name as code; a term of ours leads to its section."""
        code = f"`{self._short(iri)}`"
        return f"[{code}](#{t.local_name(iri)})" if iri.startswith(t.NAMESPACE) else code

    def _all(self, iris: Iterable[str], between: str = ", ") -> str:
        return between.join(map(self._shown, iris))


def main() -> None:
    """Write the page to standard output, as UTF-8 wherever it runs."""
    sys.stdout.buffer.write(vocabulary_page().encode())


if __name__ == "__main__":
    main()
