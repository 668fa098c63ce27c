"""From violations of the law to faults that say in plain words what is wrong with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from .. import terms as t
from ..assembling import Fault
from ..places import key_of, stated
from .law import Shape, Violation, law, violations
from .names import Names, Term, words

Node: TypeAlias = NamedNode | BlankNode

_REFERENCES = ("Class", "Or")
_TEXTS = (t.XSD + "string", t.XSD + "anyURI")


def faults_before_the_law(names: Names, engine: str) -> set[Fault]:
    """Every fault that the shapes find, each once."""
    return set(_Court(names).faults(violations(names, engine)))


class _Court:
    """Judges violations one by one; holds what all judgements need."""

    def __init__(self, names: Names) -> None:
        self._store = names.store
        self._names = names
        self._without_class: dict[str, list[Shape]] = defaultdict(list)

    def faults(self, found: Iterable[Violation]) -> Iterator[Fault]:
        for violation in found:
            shape, focus = law()[violation.shape], violation.focus
            if not isinstance(focus, NamedNode | BlankNode):
                continue  # a text in the place of a node, which is a fault where it is stated
            if not (shape.classes and violation.component in _REFERENCES):
                yield from self._plain(shape, violation.component, focus, violation.value)
            elif shape.path:
                assert violation.value is not None
                yield from self._reference(shape, focus, violation.value)
            elif self._is_untyped(focus):
                self._without_class[key_of(focus)].append(shape)
            elif not self._is_misspelt(focus):
                yield self._misplaced(shape, focus)
        for node, shapes in self._without_class.items():
            yield self._classless(node, shapes)

    # -- one kind of fault each -------------------------------------------------------------

    def _plain(
        self, shape: Shape, component: str, focus: Node, value: Term | None
    ) -> Iterator[Fault]:
        """A value that is wrong, missing, or one too many."""
        path = self._names.shown(shape.path)
        faulty: Sequence[Term] = ()
        if not shape.path:
            fact = ""
        elif component == "MinCount":
            fact = f"has no {path}"
        elif component == "MaxCount":
            values = self._values(focus, shape.path)
            named = [value for value in values if not isinstance(value, BlankNode)]
            faulty, fact = named[-1:], f"has {len(values)} {path}"
        elif component in ("UniqueLang", "QualifiedMaxCount"):
            faulty, fact = self._repeated(focus, shape.path), f"has two {path} in one language"
        else:
            assert value is not None
            faulty, fact = [value], f"has {path} {self._names.shown(value)}"
        node = key_of(focus)
        message = f"{shape.message}: {self._names.shown(node)} {fact}".rstrip()
        for obj in [key_of(term) for term in faulty] or [""]:
            yield Fault(shape.name, node, message, shape.remedy, shape.path, obj)

    def _reference(self, shape: Shape, focus: Node, value: Term) -> Iterator[Fault]:
        """A value that is not of the class it should be of, or that does not exist."""
        shown, wanted = self._names.shown(value), words(shape.classes)
        node, predicate = self._statement(shape, focus, value)
        if isinstance(value, Literal):
            is_a = "a text" if value.language or value.datatype.value in _TEXTS else "a plain value"
            rule, message = "wrong-class", f"{shape.message}, and {shown} is {is_a}"
            remedy = f"name {wanted} instead"
        elif self._is_misspelt(value):
            return
        elif not self._is_untyped(value):
            is_a = words(sorted(self._names.types[key_of(value)]))
            rule, message = "wrong-class", f"{shape.message}, and {shown} is {is_a}"
            confused = self._names.classes(key_of(value)) & {t.CLAIM, t.LINK}
            remedy = shape.remedy if confused else self._guess(value, shape)
            remedy = remedy or f"name {wanted} instead"
        elif not isinstance(value, Triple) and any(stated(self._store, value, None, None)):
            self._without_class[key_of(value)].append(shape)
            return
        elif isinstance(value, BlankNode):
            rule, message = "wrong-class", f"{shape.message}, and [] says nothing"
            remedy = f"name {wanted} instead"
        else:
            kind = wanted.partition(" ")[2]
            rule, message = "unknown-target", f"there is no {kind} {shown}"
            describe = f"describe it ({shown} a d:{t.local_name(shape.classes[0])} ; …)"
            remedy = self._guess(value, shape) or describe
        yield Fault(rule, node, message, remedy, predicate, key_of(value))

    def _misplaced(self, shape: Shape, node: Node) -> Fault:
        """A property on something that cannot have it."""
        said = {quad.predicate.value for quad in stated(self._store, node, None, None)}
        used = sorted(said.intersection(shape.subjects_of))
        shown = ", ".join(map(self._names.shown, used))
        is_a = words(sorted(self._names.types[key_of(node)]))
        message = f"{shape.message}: {self._names.shown(node)} has {shown}, but is {is_a}"
        remedy = "take it out, or mend the class"
        return Fault("wrong-class", key_of(node), message, remedy, used[0])

    def _classless(self, node: str, shapes: Iterable[Shape]) -> Fault:
        """A node that is used as if it had a class."""
        names = self._names
        choices = [
            shape.classes for shape in sorted(shapes, key=lambda s: (len(s.classes), s.name))
        ]
        common = [cls for cls in choices[0] if all(cls in other for other in choices)]
        cls = names.shown((common or choices[0])[0])
        message = f"{names.shown(node)} is described, but has no class"
        return Fault("no-class", node, message, f'add "a {cls}" to it, or what else it is')

    # -- looking things up ------------------------------------------------------------------

    def _is_untyped(self, term: Term) -> bool:
        return key_of(term) not in self._names.types

    def _is_misspelt(self, term: Term) -> bool:
        """Whether the term has a class that does not exist: a fault of its own."""
        return any(cls not in t.CLASSES for cls in self._names.types.get(key_of(term), ()))

    def _guess(self, value: Term, shape: Shape) -> str:
        near = self._names.nearest(key_of(value), shape.classes)
        return f"did you mean {self._names.shown(near)}?" if near else ""

    def _values(self, node: Node, predicate: str) -> list[Term]:
        quads = stated(self._store, node, NamedNode(predicate), None)
        return sorted({quad.object for quad in quads}, key=key_of)

    def _repeated(self, node: Node, predicate: str) -> list[Term]:
        """For each language with several texts the last of them."""
        by_language: dict[str, list[Term]] = defaultdict(list)
        for value in self._values(node, predicate):
            if isinstance(value, Literal):
                by_language[(value.language or "").lower()].append(value)
        return [texts[-1] for texts in by_language.values() if len(texts) > 1]

    def _statement(self, shape: Shape, focus: Node, value: Term) -> tuple[str, str]:
        """Subject and predicate of the triple with the faulty value: it may stand in a list."""
        if not any(stated(self._store, focus, NamedNode(shape.path), value)):
            for quad in stated(self._store, None, NamedNode(t.FIRST), value):
                cell = key_of(quad.subject)
                if self._names.owners[cell] == key_of(focus):
                    return cell, t.FIRST
        return key_of(focus), shape.path
