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
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import IO, NamedTuple, TypeAlias, cast

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse

from .assembling import Fault
from .corpus import Corpus, SourceFile
from .errors import Finding, Severity
from .terms import DERIVED_GRAPH, TYPE

Place: TypeAlias = tuple[int, int]
"""Line and column, from 1; a column counts characters."""

Identity: TypeAlias = str
"""An IRI, a literal in N-Triples syntax, or what a blank node is known by in any parse."""

NOWHERE: Place = (0, 0)

_DERIVED = NamedNode(DERIVED_GRAPH)
_TOKENWISE = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_TRIPLES)
_TOKEN = re.compile(
    rb"""(?P<gap>[ \t\r\n]+|\#[^\r\n]*+)
    |(?P<term>
        <[^<>"{}|^`\\\x00-\x20]*+>
      | (?:"{3}(?>[^"\\]++|\\.|"{1,2}(?!"))*+"{3} | '{3}(?>[^'\\]++|\\.|'{1,2}(?!'))*+'{3}
          | "(?>[^"\\\r\n]++|\\.)*+" | '(?>[^'\\\r\n]++|\\.)*+')
        (?:@[A-Za-z0-9-]++|\^\^(?:<[^<>\s]*+>|[^\s<>"'()\[\]{},;]+(?<!\.)))?
      | (?:[^\s<>"'()\[\]{},;~^|\#.\\]|\\.|\.(?=[\w:%\\.\x80-\xff-]))++)
    |(?P<mark>\{\||\|\}|<<\(?|\)?>>|.)""",
    re.VERBOSE | re.DOTALL,
)
_DIRECTIVES = {b"prefix": 2, b"base": 1, b"version": 1}
"""SPARQL-style directives, which no dot ends, and the number of terms that follow."""


class _Where(NamedTuple):
    """Offsets in the file at the moment a triple comes out of the parser."""

    statement: int
    term: int


class _Tokens:
    """A file object that gives the parser one token at a time and knows where it is."""

    def __init__(self, data: bytes) -> None:
        self._tokens = _TOKEN.finditer(data)
        self._open: list[int] = []
        self._begins = True
        self._directive = 0
        self.statement = 0
        self.term = 0

    @property
    def where(self) -> _Where:
        return _Where(self.statement, self.term)

    def read(self, _size: int = -1) -> bytes:
        match = next(self._tokens, None)
        if match is None:
            return b""
        token = match[0]
        if match.lastgroup == "term":
            self._term(token, match.start())
        elif match.lastgroup == "mark":
            self._mark(token, match.start())
        return token

    def _term(self, token: bytes, start: int) -> None:
        self.term = start
        if self._begins:
            self.statement = start
            self._begins = False
            self._directive = _DIRECTIVES.get(token.lower(), 0)
        elif self._directive:
            self._directive -= 1
            self._begins = not self._directive

    def _mark(self, token: bytes, start: int) -> None:
        if token in b"[(":
            if self._begins:
                self.statement = start
                self._begins = False
            self._open.append(start)
        elif token in b"])" and self._open:
            self.term = self._open.pop()
        elif token in b".{}":
            self._open.clear()
            self._begins = True


class _Lines:
    """The same for syntaxes that are not made of statements: a line at a time."""

    def __init__(self, data: bytes) -> None:
        self._lines = iter(data.splitlines(keepends=True))
        self._line = b""
        self._start = 0

    @property
    def where(self) -> _Where:
        start = self._start + len(self._line) - len(self._line.lstrip())
        return _Where(start, start)

    def read(self, _size: int = -1) -> bytes:
        self._start += len(self._line)
        self._line = next(self._lines, b"")
        return self._line


def quads_with_places(data: bytes, rdf_format: RdfFormat) -> Iterator[tuple[Quad, _Where]]:
    """Every sound quad of a file, with the offsets of its statement and of its object."""
    reader = _Tokens(data) if rdf_format in _TOKENWISE else _Lines(data)
    quads = parse(cast(IO[bytes], reader), rdf_format)
    while True:
        try:
            quad = next(quads)
        except (StopIteration, MemoryError):
            return
        except SyntaxError:
            continue  # the parser goes on with the next statement, as in reading
        yield quad, reader.where


class Places:
    """The places in one file of the nodes in `wanted`, and of what is said of them.

    Costs one parse of the file, about a quarter of a million triples a second.
    """

    def __init__(self, data: bytes, rdf_format: RdfFormat, wanted: Collection[Identity]) -> None:
        self._data = data
        self._statements: dict[Identity, int] = {}
        self._typed: set[Identity] = set()
        self._triples: dict[tuple[Identity, str, Identity], int] = {}
        self._predicates: dict[tuple[Identity, str], int] = {}
        self._objects: dict[Identity, int] = {}
        found = list(quads_with_places(data, rdf_format))
        identities = _Identities(quad for quad, _where in found)
        for quad, where in found:
            subject, obj = identities[quad.subject], identities[quad.object]
            if obj in wanted:
                self._objects.setdefault(obj, where.term)
            if subject in wanted:
                self._add(subject, quad.predicate.value, obj, where)

    def _add(self, subject: Identity, predicate: str, obj: Identity, where: _Where) -> None:
        self._triples.setdefault((subject, predicate, obj), where.term)
        self._predicates.setdefault((subject, predicate), where.term)
        typing = predicate == TYPE and subject not in self._typed
        if typing:
            self._typed.add(subject)
        if typing or subject not in self._statements:
            self._statements[subject] = where.statement

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
        named, described = self._objects.get(node), self._statements.get(node)
        if isinstance(node, str):
            return self._place(named if described is None else described)
        return self._place(described if named is None else named)

    def _place(self, offset: int | None) -> Place:
        if offset is None:
            return NOWHERE
        start = self._data.rfind(b"\n", 0, offset) + 1
        column = len(self._data[start:offset].decode(errors="replace")) + 1
        return self._data.count(b"\n", 0, offset) + 1, column


class _Identities:
    """What each term is known by in any parse of its file; see `Identity`."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._said: dict[BlankNode, set[str]] = defaultdict(set)
        self._owners: dict[BlankNode, set[tuple[str, BlankNode | None]]] = defaultdict(set)
        self._known: dict[BlankNode, Identity] = {}
        for quad in quads:
            subject, predicate, obj = quad.subject, quad.predicate.value, quad.object
            if isinstance(subject, BlankNode):
                what = "" if isinstance(obj, BlankNode) else str(obj)
                self._said[subject].add(f"{predicate} {what}")
            if isinstance(obj, BlankNode):
                if isinstance(subject, BlankNode):
                    self._owners[obj].add((predicate, subject))
                else:
                    self._owners[obj].add((f"{predicate} {subject}", None))

    def __getitem__(self, term: object) -> Identity:
        if isinstance(term, BlankNode):
            return self._of_blank(term)
        return term.value if isinstance(term, NamedNode) else str(term)

    def _of_blank(self, node: BlankNode) -> Identity:
        way: list[tuple[BlankNode, str]] = []  # from the node up; a loop, as nesting may be deep
        above: BlankNode | None = node
        while above is not None and above not in self._known and len(way) <= len(self._said):
            owners = self._owners.get(above, ())
            step, owner = min(owners, key=lambda o: (o[1] is not None, o[0]), default=("", None))
            way.append((above, step))
            above = owner
        identity = self._known.get(above, "") if above is not None else ""
        for blank, step in reversed(way):
            content = "\n".join([identity, step, *sorted(self._said.get(blank, ()))])
            identity = "_:" + hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:24]
            self._known[blank] = identity
        return self._known[node]


def located(
    faults: Iterable[Fault], corpus: Corpus, warnings: Collection[str] = ()
) -> list[Finding]:
    """The faults as findings with file, line and column, sorted by place, each once.

    A faulty triple that several files state is found in each of them. A fault whose rule is in
    `warnings` becomes a warning. Parses again the files that have faults, and no others.
    """
    by_file: dict[SourceFile, list[Fault]] = defaultdict(list)
    findings: set[Finding] = set()
    for fault in faults:
        files = _files_of(fault, corpus)
        for file in files:
            by_file[file].append(fault)
        if not files:
            findings.add(_finding(fault, "", NOWHERE, corpus.store, warnings))
    for file, its_faults in by_file.items():
        places = _Finder(file, its_faults, corpus.store)
        for fault in its_faults:
            place = places.of_fault(fault)
            findings.add(_finding(fault, file.name, place, corpus.store, warnings))
    return sorted(findings)


def named_owner(node: str, store: Store) -> str:
    """The IRI of the node itself, or of the nearest one that leads to it if it is blank, or ``""``.

    `node` is an IRI, or ``_:`` and the label that the blank node has in the store.
    """
    seen: set[str] = set()
    while node.startswith("_:") and node not in seen:
        seen.add(node)
        above = (key_of(quad.subject) for quad in _stated(store, None, None, term_of(node)))
        node = min(above, default="", key=lambda key: (key.startswith("_:"), key))
    return "" if node.startswith("_:") else node


def key_of(term: object) -> str:
    """A term as faults name it: a bare IRI, ``_:label``, or a literal in N-Triples syntax."""
    return term.value if isinstance(term, NamedNode) else str(term)


def term_of(key: str) -> NamedNode | BlankNode:
    """The node that a fault names by this key."""
    return BlankNode(key[2:]) if key.startswith("_:") else NamedNode(key)


class _Finder:
    """Finds faults in one file."""

    def __init__(self, file: SourceFile, faults: Iterable[Fault], store: Store) -> None:
        keys = {key for fault in faults for key in (fault.node, fault.object)}
        self._identities = {key: key for key in keys}
        blank = {key for key in keys if key.startswith("_:")}
        if blank:
            identities = _Identities(_stated(store, None, None, None, NamedNode(file.graph)))
            self._identities |= {key: identities[term_of(key)] for key in blank}
        self._places = Places(_bytes(file), file.format, set(self._identities.values()))

    def of_fault(self, fault: Fault) -> Place:
        node, obj = self._identities[fault.node], self._identities[fault.object]
        place = NOWHERE
        if fault.object:
            place = self._places.of_triple(node, fault.predicate, obj)
        if place == NOWHERE and fault.predicate:
            place = self._places.of_property(node, fault.predicate)
        return self._places.of_node(node) if place == NOWHERE else place


def _files_of(fault: Fault, corpus: Corpus) -> list[SourceFile]:
    """The files that state the faulty triple, or else the first that describes the node."""
    files = {file.graph: file for file in corpus.files}
    node = term_of(fault.node)
    said = list(_stated(corpus.store, node, None, None))
    faulty = {
        key_of(quad.graph_name)
        for quad in said
        if quad.predicate.value == fault.predicate and key_of(quad.object) == fault.object
    }
    typed = [quad for quad in said if quad.predicate.value == TYPE]
    named = typed or said or _stated(corpus.store, None, None, node)
    graphs = sorted(faulty) or sorted({key_of(quad.graph_name) for quad in named})[:1]
    return [files[graph] for graph in graphs if graph in files]


def _stated(
    store: Store,
    subject: NamedNode | BlankNode | None,
    predicate: NamedNode | None,
    obj: NamedNode | BlankNode | None,
    graph: NamedNode | None = None,
) -> Iterator[Quad]:
    """The quads of this pattern that files state."""
    for quad in store.quads_for_pattern(subject, predicate, obj, graph):
        if quad.graph_name != _DERIVED:
            yield quad


def _bytes(file: SourceFile) -> bytes:
    try:
        return file.path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError:  # gone since it was read
        return b""


def _finding(
    fault: Fault, file: str, place: Place, store: Store, warnings: Collection[str]
) -> Finding:
    return Finding(
        file=file,
        line=place[0],
        column=place[1],
        severity=Severity.WARNING if fault.rule in warnings else Severity.ERROR,
        rule=fault.rule,
        node=named_owner(fault.node, store),
        message=fault.message,
        remedy=fault.remedy,
    )
