"""Where nodes and triples stand in a file: from faults to findings with line and column.

No RDF parser tells the place of a triple. It can be had all the same: the parser is fed one token
at a time, and when a triple comes out, its object is the term that was fed last. So the file is
parsed once more, but only if something is wrong in it. Turtle, TriG and N-Triples give exact lines
and columns; the other syntaxes are fed line by line.

A blank node is called differently each time a file is parsed. It is known again by its owner, the
node that leads to it, and by what is said of it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import IO, TypeAlias, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from .assembling import Fault
from .corpus import Corpus, SourceFile
from .errors import Finding, Severity
from .terms import DERIVED_GRAPH, TYPE, XSD

Place: TypeAlias = tuple[int, int]
"""Line and column, from 1; a column counts characters."""

Identity: TypeAlias = str
"""What a term is known by in any parse of its file; of a named node, its IRI."""

NOWHERE: Place = (0, 0)

_DERIVED = NamedNode(DERIVED_GRAPH)
_TYPE = NamedNode(TYPE)
DATASETS = (RdfFormat.TRIG, RdfFormat.N_QUADS, RdfFormat.JSON_LD)
"""Syntaxes whose files may name graphs of their own."""

_TOKENWISE = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_TRIPLES)
_TOKEN = re.compile(
    rb"""(?:(?P<gap>[ \t\r\n]+|\#[^\r\n]*+)
    |(?P<term>
        <[^<>"{}|^`\\\x00-\x20]*+>
      | (?:"{3}(?>[^"\\]++|\\.|"{1,2}(?!"))*+"{3} | '{3}(?>[^'\\]++|\\.|'{1,2}(?!'))*+'{3}
          | "(?>[^"\\\r\n]++|\\.)*+" | '(?>[^'\\\r\n]++|\\.)*+')
        (?:@[A-Za-z0-9-]++|\^\^(?:<[^<>\s]*+>|[^\s<>"'()\[\]{},;]+(?<!\.)))?
      | (?:[^\s<>"'()\[\]{},;~^|\#.\\]|\\.|\.(?=[0-9]))
        (?:[^\s<>"'()\[\]{},;~^|\#.\\]|\\.|\.(?=[\w:%\\.\x80-\xff-]))*+)
    |(?P<mark>\{\||\|\}|<<\(?|\)?>>|.)
    )(?:[ \t\r\n]+|\#[^\r\n]*+)*+""",
    re.VERBOSE | re.DOTALL,
)
_TRUTH = {"true": "1", "false": "0"}
_DIRECTIVES = {b"prefix": 2, b"base": 1, b"version": 1}
"""SPARQL-style directives, which no dot ends, and the number of terms that follow."""


class _Tokens:
    """A file object that gives the parser one token at a time and knows where it is.

    The gap after a token comes with it.
    """

    def __init__(self, data: bytes) -> None:
        self._tokens = _TOKEN.finditer(data)
        self._open: list[int] = []
        self._begins = True
        self._directive = 0
        self._term = 0
        self._bracket: int | None = None  # where the one opened that was closed after the term
        self._rest = b""
        self.statement = 0

    def place_of(self, obj: object) -> int:
        """Where the object of the triple stands that has just come out of the parser."""
        if isinstance(obj, BlankNode) and self._bracket is not None:
            return self._bracket
        return self._term

    def read(self, size: int = -1) -> bytes:
        """The next token, or the next piece of one that is longer than the parser asks for."""
        if not self._rest:
            self._rest = self._next()
        piece = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(piece) :]
        return piece

    def _next(self) -> bytes:
        match = next(self._tokens, None)
        if match is None:
            return b""
        if match.lastgroup == "term":
            self._pass_term(match["term"], match.start())
        elif match.lastgroup == "mark":
            self._pass_mark(match["mark"], match.start())
        return match[0]

    def _pass_term(self, token: bytes, start: int) -> None:
        self._term = start
        self._bracket = None
        if self._begins:
            self.statement = start
            self._begins = False
            self._directive = _DIRECTIVES.get(token.lower(), 0)
        elif self._directive:
            self._directive -= 1
            self._begins = not self._directive

    def _pass_mark(self, token: bytes, start: int) -> None:
        if token in b"[(":
            if self._begins:
                self.statement = start
                self._begins = False
            self._open.append(start)
        elif token in b"])" and self._open:
            self._bracket = self._open.pop()
        elif token in b".{}":
            self._open.clear()
            self._begins = True


class _Lines:
    """The same for syntaxes that are not made of statements: a line at a time."""

    def __init__(self, data: bytes) -> None:
        self._lines = iter(data.splitlines(keepends=True))
        self._line = b""
        self._rest = b""
        self._start = 0

    @property
    def statement(self) -> int:
        return self._start + len(self._line) - len(self._line.lstrip())

    def place_of(self, _obj: object) -> int:
        return self.statement

    def read(self, size: int = -1) -> bytes:
        """The next line, or the next piece of one that is longer than the parser asks for."""
        if not self._rest:
            self._start += len(self._line)
            self._line = self._rest = next(self._lines, b"")
        piece = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(piece) :]
        return piece


def quads_with_places(data: bytes, rdf_format: RdfFormat) -> Iterator[tuple[Quad, int, int]]:
    """Every sound quad of a file, with the offsets of its statement and of its object.

    A blank node in brackets stands where they open.
    """
    reader = _Tokens(data) if rdf_format in _TOKENWISE else _Lines(data)
    quads = parse(cast(IO[bytes], reader), rdf_format)
    while True:
        try:
            quad = next(quads)
        except (StopIteration, MemoryError):
            return
        except SyntaxError:
            continue  # the parser goes on with the next statement, as in reading
        yield quad, reader.statement, reader.place_of(quad.object)


class Places:
    """The places in one file of the nodes in `wanted`, and of what is said of them.

    Costs one parse of the file, about a hundred thousand triples a second.
    """

    def __init__(self, data: bytes, rdf_format: RdfFormat, wanted: Collection[Identity]) -> None:
        self._data = data
        self._statements: dict[Identity, int] = {}
        self._typings: dict[Identity, int] = {}
        self._triples: dict[tuple[Identity, str, Identity], int] = {}
        self._predicates: dict[tuple[Identity, str], int] = {}
        self._objects: dict[Identity, int] = {}
        found = list(quads_with_places(data, rdf_format))
        identities = _Identities(quad for quad, _statement, _place in found)
        for quad, statement, place in found:
            subject, obj = identities[quad.subject], identities[quad.object]
            if obj in wanted:
                self._objects.setdefault(obj, place)
            if subject in wanted:
                self._triples.setdefault((subject, quad.predicate.value, obj), place)
                self._predicates.setdefault((subject, quad.predicate.value), place)
                self._statements.setdefault(subject, statement)
                if quad.predicate == _TYPE:
                    self._typings.setdefault(subject, statement)

    def of_triple(self, subject: Identity, predicate: str, obj: Identity) -> Place:
        """Where the object of this triple stands, or `NOWHERE`."""
        return self._place(self._triples.get((subject, predicate, obj)))

    def of_property(self, subject: Identity, predicate: str) -> Place:
        """Where the first object of this property of the node stands, or `NOWHERE`."""
        return self._place(self._predicates.get((subject, predicate)))

    def of_node(self, node: Identity) -> Place:
        """Where the node is described, its type before all; else where it is named; or `NOWHERE`.

        A blank node stands where its bracket opens.
        """
        named = self._objects.get(node)
        described = self._typings.get(node, self._statements.get(node))
        if node.startswith("_:"):
            return self._place(described if named is None else named)
        return self._place(named if described is None else described)

    def _place(self, offset: int | None) -> Place:
        if offset is None:
            return NOWHERE
        line = bisect_right(self._lines, offset)
        start = self._lines[line - 1]
        if self._is_ascii:
            return line, offset - start + 1
        return line, len(self._data[start:offset].decode(errors="replace")) + 1

    @cached_property
    def _is_ascii(self) -> bool:
        return self._data.isascii()

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(match.end() for match in re.finditer(b"\n", self._data))]


def identity_of(term: object) -> Identity:
    """What a term that is not blank is known by.

    A store writes numbers, dates and language tags its own way: ``1.70`` becomes ``1.7``. So
    numbers count by value, and of dates only the type.
    """
    if isinstance(term, Triple):
        parts = (term.subject, term.predicate, term.object)
        return " ".join("" if isinstance(p, BlankNode) else identity_of(p) for p in parts)
    if not isinstance(term, Literal):
        return key_of(term)
    datatype = term.datatype.value
    if term.language or not datatype.startswith(XSD) or datatype == XSD + "string":
        return f'"{term.value}"@{(term.language or "").lower()}^^{datatype}'
    try:
        return f"{float(_TRUTH.get(term.value, term.value))}^^{datatype}"
    except ValueError:
        return f"^^{datatype}"


class _Identities:
    """What each term is known by in any parse of its file; see `Identity`."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._about: dict[BlankNode, set[str]] = defaultdict(set)
        self._above: dict[BlankNode, set[BlankNode]] = defaultdict(set)
        self._known: dict[BlankNode, Identity] = {}
        for quad in quads:
            subject, predicate, obj = quad.subject, quad.predicate.value, quad.object
            if isinstance(subject, BlankNode):
                what = "" if isinstance(obj, BlankNode) else identity_of(obj)
                self._about[subject].add(f"{predicate} {what}")
            if isinstance(obj, BlankNode):
                owner = "" if isinstance(subject, BlankNode) else str(subject)
                self._about[obj].add(f"{owner} {predicate}")
                if isinstance(subject, BlankNode):
                    self._above[obj].add(subject)

    def __getitem__(self, term: object) -> Identity:
        return self._of_blank(term) if isinstance(term, BlankNode) else identity_of(term)

    def _of_blank(self, node: BlankNode) -> Identity:
        """What leads to the node and what is said of it, up to where owners are no longer one."""
        way: dict[BlankNode, None] = {}  # from the node up; no recursion, as nesting may be deep
        above = node
        while above not in self._known and above not in way:
            way[above] = None
            owners = self._above.get(above, ())
            if len(owners) == 1:
                (above,) = owners
        nodes = list(way)
        circle = nodes.index(above) if above in way else len(nodes)
        for blank in nodes[circle:]:
            self._known[blank] = self._digest("", blank)
        identity = self._known[above]
        for blank in reversed(nodes[:circle]):
            identity = self._known[blank] = self._digest(identity, blank)
        return self._known[node]

    def _digest(self, owner: Identity, blank: BlankNode) -> Identity:
        content = "\n".join([owner, *sorted(self._about.get(blank, ()))])
        return "_:" + hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:24]


def located(
    faults: Iterable[Fault], corpus: Corpus, warnings: Collection[str] = ()
) -> list[Finding]:
    """The faults as findings with file, line and column, sorted by place, each once.

    A faulty triple that several files state is found in each of them. A fault whose rule is in
    `warnings` becomes a warning. Parses again the files that have faults, and no others.
    """
    by_file: dict[SourceFile, list[Fault]] = defaultdict(list)
    places: dict[Fault, dict[str, Place]] = {}
    for fault in faults:
        places[fault] = {}
        for file in _files_of(fault, corpus):
            by_file[file].append(fault)
    for file, its_faults in by_file.items():
        finder = _Finder(file, its_faults, corpus.store)
        for fault in its_faults:
            places[fault][file.name] = finder.of_fault(fault)
    owners = Owners(corpus.store)
    return sorted(
        {
            _finding(fault, file, place, owners, warnings)
            for fault, found in places.items()
            for file, place in (_somewhere(found) or {"": NOWHERE}).items()
        }
    )


def _somewhere(places: dict[str, Place]) -> dict[str, Place]:
    """The places without those that are nowhere, if there are others."""
    return {file: place for file, place in places.items() if place != NOWHERE} or places


class Owners:
    """The named nodes that blank nodes hang on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}

    def __getitem__(self, node: str) -> str:
        """The IRI of the node itself, or of the nearest one that leads to it, or ``""``.

        `node` is an IRI, or ``_:`` and the label that the blank node has in the store.
        """
        way: list[str] = []
        level, seen = {node}, {node}
        while level:
            if named := [key for key in level if not key.startswith("_:")]:
                owner = min(named)
                break
            if len(level) == 1:
                (only,) = level
                if only in self._known:
                    owner = self._known[only]
                    break
                way.append(only)
            level = {
                key_of(quad.subject)
                for key in level
                for quad in stated(self._store, None, None, term_of(key))
            } - seen
            seen |= level
        else:
            owner = ""
        self._known.update(dict.fromkeys(way, owner))
        return owner


def key_of(term: object) -> str:
    """A term as faults name it: a bare IRI, ``_:label``, or a literal in N-Triples syntax."""
    return term.value if isinstance(term, NamedNode) else str(term)


def term_of(key: str) -> NamedNode | BlankNode:
    """The node that a fault names by this key."""
    return BlankNode(key[2:]) if key.startswith("_:") else NamedNode(key)


class _Finder:
    """Finds faults in one file."""

    def __init__(self, file: SourceFile, faults: Iterable[Fault], store: Store) -> None:
        keys = {key for fault in faults for key in (fault.node, fault.object) if key}
        blank = any(key.startswith("_:") for key in keys)
        graph = NamedNode(file.graph)
        identities = _Identities(stated(store, None, None, None, graph) if blank else ())
        self._identities = {key: identities[_term_of(key)] for key in keys}
        self._places = Places(_bytes(file), file.format, set(self._identities.values()))

    def of_fault(self, fault: Fault) -> Place:
        node, place = self._identities[fault.node], NOWHERE
        if fault.object:
            obj = self._identities[fault.object]
            place = self._places.of_triple(node, fault.predicate, obj)
        if place == NOWHERE and fault.predicate:
            place = self._places.of_property(node, fault.predicate)
        return self._places.of_node(node) if place == NOWHERE else place


def _files_of(fault: Fault, corpus: Corpus) -> list[SourceFile]:
    """The files that state the faulty triple, or else the first that describes the node.

    A graph that is none of a file's was named in a dataset file: it may be any of these.
    """
    node = term_of(fault.node)
    predicate = NamedNode(fault.predicate) if fault.predicate else None
    graphs = []
    if fault.object:
        graphs = _graphs(corpus, node, predicate, _term_of(fault.object))
    patterns = [
        (node, predicate, None),
        (node, _TYPE, None),
        (node, None, None),
        (None, None, node),
    ]
    for pattern in patterns if predicate else patterns[1:]:
        graphs = graphs or _graphs(corpus, *pattern)[:1]
    named = [file for file in corpus.files if file.graph in graphs]
    return named or [file for file in corpus.files if file.format in DATASETS]


def _graphs(
    corpus: Corpus,
    subject: NamedNode | BlankNode | None,
    predicate: NamedNode | None,
    obj: NamedNode | BlankNode | Literal | Triple | None,
) -> list[str]:
    """The graphs that state triples of this pattern, sorted."""
    return sorted({key_of(q.graph_name) for q in stated(corpus.store, subject, predicate, obj)})


def _term_of(key: str) -> NamedNode | BlankNode | Literal | Triple:
    if key.startswith(('"', "<<")):
        quad: Quad = next(iter(parse(f"<urn:x> <urn:x> {key} .", RdfFormat.N_TRIPLES)))
        return quad.object
    return term_of(key)


def stated(
    store: Store,
    subject: NamedNode | BlankNode | None,
    predicate: NamedNode | None,
    obj: NamedNode | BlankNode | Literal | Triple | None,
    graph: NamedNode | None = None,
) -> Iterator[Quad]:
    """The quads of this pattern that files state: all but the derived ones."""
    for quad in store.quads_for_pattern(subject, predicate, obj, graph):
        if quad.graph_name != _DERIVED:
            yield quad


def _bytes(file: SourceFile) -> bytes:
    try:
        return file.path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError:  # gone since it was read
        return b""


def _finding(
    fault: Fault, file: str, place: Place, owners: Owners, warnings: Collection[str]
) -> Finding:
    return Finding(
        file=file,
        line=place[0],
        column=place[1],
        severity=Severity.WARNING if fault.rule in warnings else Severity.ERROR,
        rule=fault.rule,
        node=owners[fault.node],
        message=fault.message,
        remedy=fault.remedy,
    )
