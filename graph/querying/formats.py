"""Answers in the formats of the W3C, byte for byte.

- CSV and TSV: https://www.w3.org/TR/sparql11-results-csv-tsv/
- JSON: https://www.w3.org/TR/sparql11-results-json/
- XML: https://www.w3.org/TR/rdf-sparql-XMLres/
- Turtle: https://www.w3.org/TR/turtle/, N-Triples: https://www.w3.org/TR/n-triples/

What RDF 1.2 adds, triple terms and the direction of a text, is written as the SPARQL 1.2 drafts
have it. The engine's own writers take only the engine's results, in the engine's order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from ..errors import QueryError, UsageError
from ..terms import RDF, TYPE, XSD
from .results import Boolean, Graph, QueryResult, Solutions, Term

SOLUTION_FORMATS = ("csv", "tsv", "json", "xml")
"""For SELECT. JSON and XML are for ASK too: the standards give a boolean no CSV and no TSV."""

GRAPH_FORMATS = ("turtle", "ntriples")
"""For CONSTRUCT and DESCRIBE."""

_RDF_FORMATS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}
_NAMESPACE = "http://www.w3.org/2005/sparql-results#"
_ITS = "http://www.w3.org/2005/11/its"

_NOT_IN_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_XML_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_XML_SPACES = str.maketrans({" ": "&#32;", "\t": "&#9;", "\n": "&#10;"})
"""For texts that begin or end with space: some readers of XML would drop it."""

_TSV_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_BARE = {
    XSD + "integer": "[+-]?[0-9]+",
    XSD + "decimal": r"[+-]?[0-9]*\.[0-9]+",
    XSD + "double": r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+",
    XSD + "boolean": "true|false",
}
"""Datatypes that Turtle abbreviates, and the lexical forms for which it does."""


def write_result(
    result: QueryResult,
    output_format: str,
    file: IO[bytes],
    prefixes: Mapping[str, str] | None = None,
) -> None:
    """Write an answer to a binary file; `prefixes` shorten the IRIs of Turtle.

    Raises:
        UsageError: the format is not for this sort of answer.
        QueryError: a text has a character that XML cannot hold.
    """
    if isinstance(result, Graph) and output_format in GRAPH_FORMATS:
        _write_graph(result, output_format, file, prefixes or {})
    elif isinstance(result, Boolean) and output_format in ("json", "xml"):
        pieces = _json_boolean(result) if output_format == "json" else _xml_boolean(result)
        file.write(pieces.encode())
    elif isinstance(result, Solutions) and output_format in SOLUTION_FORMATS:
        writers = {"csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
        for piece in writers[output_format](result):
            file.write(piece.encode())
    else:
        raise UsageError(_mismatch(result, output_format))


def _mismatch(result: QueryResult, output_format: str) -> str:
    if isinstance(result, Graph):
        answer, formats = "a graph", ", ".join(GRAPH_FORMATS)
    elif isinstance(result, Boolean):
        answer, formats = "true or false", "json, xml"
    else:
        answer, formats = "rows", ", ".join(SOLUTION_FORMATS)
    return f"the answer is {answer}, which {output_format} cannot hold; use table, {formats}"


# -- CSV and TSV --------------------------------------------------------------------------------


def _csv(result: Solutions) -> Iterator[str]:
    """Section 3: RFC 4180, values without marks of their kind; unbound is empty."""
    yield ",".join(map(_csv_field, result.variables)) + "\r\n"
    for row in result.rows:
        yield ",".join(_csv_field(_csv_value(term)) for term in row) + "\r\n"


def _csv_value(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode | Literal):
        return term.value
    return _tsv_term(term)


def _csv_field(value: str) -> str:
    if any(character in value for character in '",\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _tsv(result: Solutions) -> Iterator[str]:
    """Section 4: terms as in Turtle, without prefixes; unbound is empty."""
    yield "\t".join(f"?{variable}" for variable in result.variables) + "\n"
    for row in result.rows:
        yield "\t".join("" if term is None else _tsv_term(term) for term in row) + "\n"


def _tsv_term(term: Term) -> str:
    if isinstance(term, Triple):
        parts = " ".join(map(_tsv_term, (term.subject, term.predicate, term.object)))
        return f"<<( {parts} )>>"
    if not isinstance(term, Literal):
        return str(term)
    bare = _BARE.get(term.datatype.value)
    if bare and re.fullmatch(bare, term.value):
        return term.value
    quoted = f'"{term.value.translate(_TSV_ESCAPES)}"'
    if term.language:
        return f"{quoted}@{term.language}" + (f"--{term.direction}" if term.direction else "")
    return quoted if term.datatype.value == XSD + "string" else f"{quoted}^^{term.datatype}"


# -- JSON ---------------------------------------------------------------------------------------


def _json_boolean(result: Boolean) -> str:
    """Section 4.1: an empty head and the boolean."""
    return f'{{"head":{{}},"boolean":{"true" if result else "false"}}}\n'


def _json(result: Solutions) -> Iterator[str]:
    """Section 3.2; a line for each solution. Unbound variables are left out."""
    from json.encoder import encode_basestring as text

    keys = [text(variable) for variable in result.variables]
    yield f'{{"head":{{"vars":[{",".join(keys)}]}},"results":{{"bindings":['
    separator = "\n"
    for row in result.rows:
        members = ",".join(
            f"{key}:{_json_term(term)}"
            for key, term in zip(keys, row, strict=True)
            if term is not None
        )
        yield f"{separator}{{{members}}}"
        separator = ",\n"
    yield "\n]}}\n"


def _json_term(term: Term) -> str:
    from json.encoder import encode_basestring as text

    if isinstance(term, NamedNode):
        return f'{{"type":"uri","value":{text(term.value)}}}'
    if isinstance(term, BlankNode):
        return f'{{"type":"bnode","value":{text(term.value)}}}'
    if isinstance(term, Triple):
        parts = ",".join(
            f'"{name}":{_json_term(part)}'
            for name, part in (
                ("subject", term.subject),
                ("predicate", term.predicate),
                ("object", term.object),
            )
        )
        return f'{{"type":"triple","value":{{{parts}}}}}'
    members = f'"type":"literal","value":{text(term.value)}'
    if term.language:
        members += f',"xml:lang":{text(term.language)}'
        if term.direction:
            members += f',"its:dir":{text(str(term.direction))}'
    elif term.datatype.value != XSD + "string":
        members += f',"datatype":{text(term.datatype.value)}'
    return f"{{{members}}}"


# -- XML ----------------------------------------------------------------------------------------

_XML_HEAD = f'<?xml version="1.0"?>\n<sparql xmlns="{_NAMESPACE}">\n'


def _xml_boolean(result: Boolean) -> str:
    """Section 2.3.2: an empty head and the boolean."""
    return f"{_XML_HEAD}<head/>\n<boolean>{'true' if result else 'false'}</boolean>\n</sparql>\n"


def _xml(result: Solutions) -> Iterator[str]:
    """Section 2.3.1; a line for each solution. Unbound variables are left out."""
    names = [_xml_text(variable) for variable in result.variables]
    variables = "".join(f'<variable name="{name}"/>' for name in names)
    yield f"{_XML_HEAD}<head>{variables}</head>\n<results>\n"
    for row in result.rows:
        bindings = "".join(
            f'<binding name="{name}">{_xml_term(term)}</binding>'
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        yield f"<result>{bindings}</result>\n"
    yield "</results>\n</sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, Triple):
        return (
            f"<triple><subject>{_xml_term(term.subject)}</subject>"
            f"<predicate>{_xml_term(term.predicate)}</predicate>"
            f"<object>{_xml_term(term.object)}</object></triple>"
        )
    attributes = ""
    if term.language:
        attributes = f' xml:lang="{term.language}"'
        if term.direction:
            attributes += f' its:dir="{term.direction}" xmlns:its="{_ITS}" its:version="2.0"'
    elif term.datatype.value != XSD + "string":
        attributes = f' datatype="{_xml_text(term.datatype.value)}"'
    return f"<literal{attributes}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    if bad := re.search(_NOT_IN_XML, text):
        raise QueryError(
            f"the answer has the character U+{ord(bad[0]):04X}, which XML cannot hold; use json"
        )
    escaped = text.translate(_XML_ESCAPES)
    return escaped if text == text.strip() else escaped.translate(_XML_SPACES)


# -- graphs -------------------------------------------------------------------------------------

_UNWRITTEN = {TYPE, *_BARE, XSD + "string", RDF + "langString", RDF + "dirLangString"}
"""What Turtle writes in short or leaves unsaid nearly always, so that it needs no prefix."""


def _write_graph(
    result: Graph, output_format: str, file: IO[bytes], prefixes: Mapping[str, str]
) -> None:
    rdf_format = _RDF_FORMATS[output_format]
    if rdf_format == RdfFormat.N_TRIPLES:
        serialize(result.triples, file, rdf_format)
        return
    iris = {iri for triple in result.triples for iri in _iris(triple)}
    used = {
        name: namespace
        for name, namespace in prefixes.items()
        if namespace and any(iri.startswith(namespace) for iri in iris)
    }
    serialize(result.triples, file, rdf_format, prefixes=used)


def _iris(triple: Triple) -> Iterator[str]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, NamedNode) and term.value not in _UNWRITTEN:
            yield term.value
        elif isinstance(term, Triple):
            yield from _iris(term)
        elif isinstance(term, Literal) and term.datatype.value not in _UNWRITTEN:
            yield term.datatype.value
