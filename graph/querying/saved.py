"""Saved queries: ``.rq`` files that say in comments at their head what they answer.

::

    # title: Claims of each speaker
    # meaning: Who asserts what, in plain words; one row for each claim and each of its speakers.
    #   A line that begins with two more spaces goes on with the one before.
    # column: speaker - who asserts it
    # column: text - what it says
    # parameter: speaker (speaker) - whose claims

The name of a query is that of its file. Those that ship with dissensus are in ``graph/queries``,
the user's own in a folder ``queries`` inside that of the claims; one of the user's with the name
of a shipped one takes its place. A parameter is a column that may be held to one value; without a
value the answer covers all. In brackets stands what sort of thing it is, one of `KINDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from ..errors import Finding, InputError, Severity, UnknownNameError, UsageError
from ..terms import COMMON_PREFIXES
from .tokens import laid_out, service_call, tokens_of

SHIPPED = Path(__file__).resolve().parents[1] / "queries"
"""The folder of the queries that ship with dissensus."""

KINDS = {
    "claim": "?node a d:Claim",
    "speaker": "{ ?node a d:Speaker } UNION { ?x d:assertedBy|d:reportedBy|d:author ?node }",
    "topic": "{ ?node a d:Topic } UNION { ?x d:about|d:scope|d:broader ?node }",
    "question": "{ ?node a d:Question } UNION { ?x d:answers ?node }",
    "text": "",
}
"""What the value of a parameter can be, and where in the claims a thing of that kind is found.

A thing is given by IRI, prefixed name, unique ending or label; a text is taken as it is.
"""

_FIELDS = ("title", "meaning", "column", "parameter")


class Column(NamedTuple):
    """A variable that the query answers, and what it is."""

    name: str
    meaning: str


class Parameter(NamedTuple):
    """A column that may be held to one value; `kind` is one of `KINDS`."""

    name: str
    kind: str
    meaning: str


class SavedQuery(NamedTuple):
    """A query with its description; `is_own` if it is the user's, not one that ships.

    `replaces` tells that it took the place of a shipped query of the same name.
    """

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    parameters: tuple[Parameter, ...]
    text: str
    path: Path
    is_own: bool = False
    replaces: bool = False


class _Entry(NamedTuple):
    line: int
    field: str
    text: str


# -- finding them -------------------------------------------------------------------------------


def query_folders(claims: Iterable[Path]) -> list[Path]:
    """Where the user's own queries are: ``queries`` inside each folder of claims.

    For a file of claims it is the folder ``queries`` beside it. Folders that do not exist are
    left out.
    """
    homes = dict.fromkeys(path if path.is_dir() else path.parent for path in claims)
    return [folder for home in homes if (folder := home / "queries").is_dir()]


def saved_queries(
    folders: Iterable[Path] = (),
) -> tuple[tuple[SavedQuery, ...], tuple[Finding, ...]]:
    """The shipped queries and those in `folders`, by name, and what is wrong with the latter.

    A query with a fault is left out. A fault is a head that is not as it has to be, columns that
    are not those of the query, a text that is no SPARQL query, and a name that two of the user's
    queries have. Prefixes are taken to be declared: the claims may do so.
    """
    queries: dict[str, SavedQuery] = {}
    findings: list[Finding] = []
    for path in sorted(SHIPPED.glob("*.rq")):
        query, _faults = _read(path)
        queries[query.name] = query
    own: dict[str, Path] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.rq"))):
        query, faults = _read(path, is_own=True, replaces=path.stem in queries)
        if path.stem in own:
            mend = "give one of them another name"
            faults = [_finding(path, 1, f"there is a query of this name in {own[path.stem]}", mend)]
        faults = faults or _text_faults(query)
        own.setdefault(path.stem, path)
        findings += faults
        if not faults:
            queries[query.name] = query
    return tuple(queries[name] for name in sorted(queries)), tuple(findings)


def saved_query(name: str, folders: Iterable[Path] = ()) -> SavedQuery:
    """The saved query of this name, the user's own before a shipped one.

    Its text is not checked: running it does that.

    Raises:
        UnknownNameError: there is none; suggests the nearest.
        InputError: its head is not as it has to be.
    """
    places = [*folders, SHIPPED]
    is_plain = Path(name).name == name
    found = [path for folder in places if is_plain and (path := folder / f"{name}.rq").is_file()]
    if not found:
        from ..debate import nearest

        known = {path.stem for folder in places for path in folder.glob("*.rq")}
        raise UnknownNameError("saved query", name, nearest(name, known))
    is_own = found[0].parent != SHIPPED
    query, findings = _read(
        found[0], is_own=is_own, replaces=is_own and found[-1].parent == SHIPPED
    )
    if findings:
        raise InputError(findings)
    return query


# -- reading one --------------------------------------------------------------------------------


def _read(
    path: Path, *, is_own: bool = False, replaces: bool = False
) -> tuple[SavedQuery, list[Finding]]:
    """The query in a file, and what is wrong with its head."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, ValueError) else str(error.strerror).lower()
        empty = SavedQuery(path.stem, "", "", (), (), "", path)
        return empty, [_finding(path, 0, f"cannot be read: {reason}", "save it as UTF-8 text")]
    entries, findings = _entries(path, text)
    texts = {entry.field: entry.text for entry in entries}
    for name in ("title", "meaning"):
        if not texts.get(name):
            findings.append(_finding(path, 1, f"it has no {name}", f'write "# {name}: …" on top'))
    columns, parameters = [], []
    for entry in entries:
        if entry.field == "column":
            if match := re.fullmatch(r"(\w+)\s+-\s+(\S.*)", entry.text):
                columns.append(Column(match[1], match[2]))
            else:
                mend = "write # column: name - what it is"
                findings.append(_finding(path, entry.line, "this column has no meaning", mend))
        elif entry.field == "parameter":
            match = re.fullmatch(r"(\w+)\s+\((\w+)\)\s+-\s+(\S.*)", entry.text)
            if match and match[2] in KINDS:
                parameters.append(Parameter(*match.groups()))
            else:
                mend = f"write # parameter: name (kind) - what it is; kinds are {', '.join(KINDS)}"
                findings.append(_finding(path, entry.line, "this parameter has no kind", mend))
    names = {column.name for column in columns}
    findings += [
        _finding(path, 1, f"the parameter {parameter.name} is not among the columns")
        for parameter in parameters
        if parameter.name not in names
    ]
    query = SavedQuery(
        name=path.stem,
        title=texts.get("title", ""),
        meaning=texts.get("meaning", ""),
        columns=tuple(columns),
        parameters=tuple(parameters),
        text=text,
        path=path,
        is_own=is_own,
        replaces=replaces,
    )
    return query, findings


def _entries(path: Path, text: str) -> tuple[list[_Entry], list[Finding]]:
    """The fields in the comments before the query."""
    entries: list[_Entry] = []
    findings: list[Finding] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            break
        if entries and (match := re.fullmatch(r"#\s{2,}(\S.*?)\s*", line)):
            entries[-1] = entries[-1]._replace(text=f"{entries[-1].text} {match[1]}")
        elif match := re.fullmatch(r"#\s*(\w+)\s*:\s*(.*?)\s*", line):
            name, value = match[1].lower(), match[2]
            if name not in _FIELDS:
                mend = f"the head of a query has {', '.join(_FIELDS)}"
                findings.append(_finding(path, number, f"{name} is unknown here", mend))
            elif name in ("title", "meaning") and any(e.field == name for e in entries):
                findings.append(_finding(path, number, f"a second {name}", "keep one of them"))
            else:
                entries.append(_Entry(number, name, value))
    return entries, findings


def _text_faults(query: SavedQuery) -> list[Finding]:
    """What is wrong with the query itself: it is read over an empty store, so nothing is run.

    SERVICE would be called even there; GRAPH has the same grammar and stands in for it.
    """
    from .faults import syntax_fault

    tokens = tokens_of(query.text)
    prefixes = {
        token.text.partition(":")[0]: "urn:any:" for token in tokens if token.kind == "name"
    }
    local = [
        token._replace(text="GRAPH") if service_call([token]) else token
        for token in tokens
        if not token.is_word("SILENT")
    ]
    try:
        answer = Store().query(laid_out(local, prefixes)[0], prefixes=prefixes)
    except SyntaxError as error:
        fault = syntax_fault(query.text, tokens, str(error), prefixes)
        return [_finding(query.path, fault.line, fault.message, fault.mend, fault.column)]
    except (RuntimeError, ValueError, OSError):
        return []  # it can be read, and running it will tell
    if not isinstance(answer, QuerySolutions):
        return []
    selected = [variable.value for variable in answer.variables]
    described = [column.name for column in query.columns]
    if selected == described:
        return []
    message = (
        f"the columns are not those of the query: {' '.join(described) or 'none'} here, "
        f"{' '.join(selected)} there"
    )
    return [_finding(query.path, 1, message, "describe each variable, in the order of SELECT")]


def _finding(path: Path, line: int, message: str, mend: str = "", column: int = 0) -> Finding:
    return Finding(
        file=path.as_posix(),
        line=line,
        column=column,
        severity=Severity.ERROR,
        rule="saved-query",
        node="",
        message=message,
        remedy=mend,
    )


# -- parameters ---------------------------------------------------------------------------------


def settings(pairs: Iterable[str]) -> dict[str, str]:
    """``NAME=VALUE`` texts as a mapping; raises `UsageError` for another form or a second value."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name or not value:
            raise UsageError(f"{pair!r} is not of the form NAME=VALUE")
        if name in values:
            raise UsageError(f"{name} is set twice")
        values[name] = value
    return values


def substitutions(
    query: SavedQuery, values: Mapping[str, str], store: Store, prefixes: Mapping[str, str]
) -> dict[str, NamedNode | Literal]:
    """What `run_query` needs for these values of parameters.

    Raises:
        UsageError: the query has no such parameter.
        UnknownNameError: the claims have no such thing, or several.
    """
    parameters = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in parameters:
            known = f"it has {', '.join(parameters)}" if parameters else "it has none"
            raise UsageError(f"the query {query.name} has no parameter {name}; {known}")
    return {
        name: Literal(value)
        if parameters[name].kind == "text"
        else NamedNode(_resolved(parameters[name].kind, value, store, prefixes))
        for name, value in values.items()
    }


def _resolved(kind: str, name: str, store: Store, prefixes: Mapping[str, str]) -> str:
    """The IRI of the claim, speaker … of this name, found as everywhere else: by `Debate`."""
    from ..debate import Debate
    from ..model import Claim, Question, Speaker, Topic

    text = (
        f"SELECT ?node (MIN(?labels) AS ?label) WHERE {{ {KINDS[kind]} FILTER(ISIRI(?node)) "
        "OPTIONAL { ?node rdfs:label ?labels } } GROUP BY ?node"
    )
    answer = store.query(text, prefixes=COMMON_PREFIXES, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    labels = {
        node.value: label.value if isinstance(label, Literal) else ""
        for node, label in answer
        if isinstance(node, NamedNode)
    }
    if kind == "claim":
        debate = Debate([Claim(iri, "") for iri in labels], prefixes=prefixes)
        return debate.claim_iris[debate.claim_number(name)]
    if kind == "speaker":
        debate = Debate(speakers=[Speaker(*item) for item in labels.items()], prefixes=prefixes)
        return debate.speakers[debate.speaker_number(name)].iri
    if kind == "topic":
        debate = Debate(topics=[Topic(*item) for item in labels.items()], prefixes=prefixes)
        return debate.topics[debate.topic_number(name)].iri
    debate = Debate(questions=[Question(*item) for item in labels.items()], prefixes=prefixes)
    return debate.questions[debate.question_number(name)].iri


# -- description --------------------------------------------------------------------------------


def saved_queries_markdown(queries: Sequence[SavedQuery]) -> str:
    """A table of the queries in Markdown, then a section for each: meaning, columns, parameters."""
    pieces = ["| query | what it answers | `--set` |\n|---|---|---|"]
    for query in queries:
        names = ", ".join(f"`{parameter.name}`" for parameter in query.parameters)
        pieces[0] += f"\n| [`{query.name}`](#{query.name}) | {query.title} | {names} |"
        lines = [f"### `{query.name}`", "", query.meaning, ""]
        lines += [f"- `{column.name}`: {column.meaning}" for column in query.columns]
        lines += [
            f"- `--set {parameter.name}=…`: {parameter.meaning} (a {parameter.kind})"
            for parameter in query.parameters
        ]
        pieces.append("\n".join(lines))
    return "\n\n".join(pieces) + "\n"
