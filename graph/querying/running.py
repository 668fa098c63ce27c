"""SPARQL 1.1 queries over a store (https://www.w3.org/TR/sparql11-query/), read-only.

The default graph is what all named graphs say together, each triple once; ``GRAPH ?file`` tells
which file says it. Nothing is written, and nothing is fetched unless SERVICE is allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from ..errors import DissensusError, InputError, QueryError, UsageError
from ..terms import COMMON_PREFIXES, DERIVED_GRAPH, VERDICT_GRAPH
from . import child
from .results import Boolean, QueryResult, Row, graph, solutions
from .tokens import (
    UPDATES,
    Token,
    after_prologue,
    dataset_iris,
    declared_prefixes,
    depth,
    expanded,
    has_gap_in_call,
    is_ordered,
    laid_out,
    mentions_service,
    service_call,
    tokens_of,
)

if TYPE_CHECKING:
    from ..corpus import Corpus

MOST_CELLS = 10_000_000
"""An answer with more cells (rows times columns) is refused: it would fill the memory."""

DEEPEST = 100
"""Brackets nested deeper than this are refused: the engine would run out of stack and die."""

_REPEATED = f"""
ASK {{
  GRAPH ?g {{ ?s ?p ?o }}
  GRAPH ?h {{ ?s ?p ?o }}
  FILTER(?g != ?h && ?g != <{DERIVED_GRAPH}> && ?h != <{DERIVED_GRAPH}>)
}}
"""


def query(
    claims: Corpus | Path | str,
    text: str,
    *,
    substitutions: Mapping[str, NamedNode | Literal] | None = None,
    asserted_only: bool = False,
    allow_service: bool = False,
    timeout: float | None = None,
) -> QueryResult:
    """What a SPARQL query answers over a file or folder of claims, or a corpus already read.

    The options, and what is raised, are those of `run_query`.

    Raises:
        InputError: a file cannot be read or has syntax errors; it lists all faults.
    """
    if isinstance(claims, str | Path):
        from ..deriving import speaks_of_link_nodes
        from ..reading import read_corpus

        claims = read_corpus([claims], link_nodes=speaks_of_link_nodes(text))
    if claims.errors:
        raise InputError(claims.errors)
    return run_query(
        claims.store,
        text,
        prefixes=claims.prefixes,
        substitutions=substitutions,
        asserted_only=asserted_only,
        allow_service=allow_service,
        timeout=timeout,
    )


def run_query(
    store: Store,
    text: str,
    *,
    prefixes: Mapping[str, str] = COMMON_PREFIXES,
    substitutions: Mapping[str, NamedNode | Literal] | None = None,
    asserted_only: bool = False,
    allow_service: bool = False,
    timeout: float | None = None,
    source: str = "query",
) -> QueryResult:
    """`Solutions` for SELECT, `Boolean` for ASK, `Graph` for CONSTRUCT and DESCRIBE.

    The same store and query give the same result, row by row (see `results`). The default graph
    is that of the store if it holds anything, else the union of all named graphs with repeated
    triples taken once.

    Args:
        store: Where the triples are; it is not changed.
        text: The query. Its own PREFIX wins over `prefixes`.
        prefixes: Prefix → namespace, declared beforehand; those that are no IRI are left out.
        substitutions: Variable (without the mark) → the only value it may take. It has to be a
            variable that SELECT names (SPARQL-dev SEP-0007).
        asserted_only: Look only at what the files say, not at what reading derived from it.
        allow_service: Let SERVICE send parts of the query to other servers.
        timeout: Seconds after which the query is stopped. It runs in a process of its own then,
            so that a crash or Ctrl-C ends only that; `math.inf` does this without a limit. With
            None it runs here, and nothing can stop it.
        source: What the text is called in errors: a file, or “query”.

    Raises:
        QueryError: it cannot be read (the text has line, column and a caret), it is an update,
            it uses SERVICE, it names a graph that is not there, or its answer is too large.
        QueryTimeoutError: the time was up.
        UsageError: `timeout` is not positive, or a substitution is not a variable of SELECT.
    """
    if timeout is not None and not timeout > 0:
        raise UsageError(f"a query needs a time above 0 seconds, not {timeout:g}")
    prefixes = {name: iri for name, iri in prefixes.items() if _is_iri(iri)}
    tokens = tokens_of(text)
    _refuse_update(text, tokens, source)
    _refuse_depth(tokens, source)
    _refuse_unknown_graph(store, text, tokens, prefixes, source)
    engine_text = text
    if not allow_service and mentions_service(text):
        _refuse_service(text, tokens, prefixes, source)
        engine_text, _starts = laid_out(tokens, prefixes)
    elif has_gap_in_call(tokens):
        engine_text, _starts = laid_out(tokens, prefixes)
    view, scope = _view(store, tokens, asserted_only)
    request = {
        "query": engine_text,
        "prefixes": prefixes,
        "substitutions": {name: str(term) for name, term in (substitutions or {}).items()},
        **scope,
    }
    ordered = is_ordered(tokens)
    try:
        if timeout is None:
            return _result(view.query(engine_text, **child.arguments(request)), ordered)
        from .isolated import answered_by_process

        return answered_by_process(view, request, timeout, lambda pipe: _received(pipe, ordered))
    except SyntaxError as error:
        from .faults import syntax_fault

        raise syntax_fault(text, tokens, str(error), prefixes).error(source) from None
    except (RuntimeError, OSError, ValueError) as error:
        raise _failure(str(error), source) from None


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


# -- what is refused ----------------------------------------------------------------------------


def _refuse_update(text: str, tokens: Sequence[Token], source: str) -> None:
    """Updates are told by the first word after the prologue: no query begins with one of theirs."""
    first = tokens[after_prologue(tokens) :][:1]
    if first and first[0].is_word(*UPDATES):
        from .faults import fault

        message = f"{first[0].text.upper()} would change the claims, and a query only reads them"
        mend = "to add a claim use dissensus add, or write it into a file of claims"
        raise fault(text, first[0], message, mend).error(source)


def _refuse_depth(tokens: Sequence[Token], source: str) -> None:
    if depth(tokens) > DEEPEST:
        raise QueryError(f"{source}: brackets are nested more than {DEEPEST} deep")


def _refuse_service(
    text: str, tokens: Sequence[Token], prefixes: Mapping[str, str], source: str
) -> None:
    from .faults import fault, word_fault

    call = service_call(tokens)
    if call:
        message = "SERVICE sends part of the query to another server"
        raise fault(text, call, message, "allow it with --allow-service").error(source)
    unclear = word_fault(text, tokens, prefixes)
    if unclear:
        raise unclear.error(source)


def _refuse_unknown_graph(
    store: Store, text: str, tokens: Sequence[Token], prefixes: Mapping[str, str], source: str
) -> None:
    """FROM a graph that is not there would silently find nothing."""
    named = dataset_iris(tokens)
    if not named:
        return
    from .faults import fault

    known = {**prefixes, **declared_prefixes(tokens)}
    graphs = {graph.value for graph in store.named_graphs()}
    for token in named:
        iri = token.text[1:-1] if token.kind == "iri" else expanded(token.text, known)
        if iri is not None and ":" in iri and iri not in graphs:
            message = f"no file here is the graph <{iri}>, and nothing is fetched from elsewhere"
            mend = "there is " + " ".join(f"<{name}>" for name in sorted(graphs))
            raise fault(text, token, message, mend if graphs else "").error(source)


# -- the dataset --------------------------------------------------------------------------------


def _view(
    store: Store, tokens: Sequence[Token], asserted_only: bool
) -> tuple[Store, dict[str, Any]]:
    """The store to ask, and how: with the union of which graphs as the default graph.

    The engine's union counts a triple once for each graph that holds it, where SPARQL's merge of
    graphs counts it once. So if files repeat each other, a copy with a merged graph is asked.
    """
    if dataset_iris(tokens):
        return store, {"union": False, "graphs": None}
    in_default = next(store.quads_for_pattern(None, None, None, DefaultGraph()), None)
    if in_default and not asserted_only:
        return store, {"union": False, "graphs": None}
    names = [name for name in store.named_graphs() if isinstance(name, NamedNode)]
    computed = (DERIVED_GRAPH, VERDICT_GRAPH)
    files = sorted(name.value for name in names if name.value not in computed)
    if len(files) > 1 and store.query(_REPEATED):
        return _merged(store, files if asserted_only else None), {"union": False, "graphs": None}
    return store, {"union": not asserted_only, "graphs": files if asserted_only else None}


def _merged(store: Store, graphs: Sequence[str] | None) -> Store:
    """A copy of these named graphs, or of all, whose default graph is their merge."""
    kept = None if graphs is None else set(graphs)
    copy = Store()
    copy.bulk_extend(q for q in store if kept is None or getattr(q.graph_name, "value", "") in kept)
    copy.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return copy


# -- the answer ---------------------------------------------------------------------------------


def _received(pipe: IO[bytes], ordered: bool) -> QueryResult:
    """What `child.evaluate` wrote; raises `EOFError` or `SyntaxError` if it broke off."""
    kind = pipe.readline()
    if kind == b"solutions\n":
        answer = parse_query_results(pipe, QueryResultsFormat.JSON)
        assert isinstance(answer, QuerySolutions)
        return _result(answer, ordered)
    if kind == b"graph\n":
        return graph(_few(quad.triple for quad in parse(pipe, RdfFormat.N_TRIPLES)))
    if kind in (b"true\n", b"false\n"):
        return Boolean(kind == b"true\n")
    raise EOFError


def _result(answer: QuerySolutions | QueryBoolean | QueryTriples, ordered: bool) -> QueryResult:
    if isinstance(answer, QueryBoolean):
        return Boolean(bool(answer))
    if isinstance(answer, QueryTriples):
        return graph(_few(answer))
    variables = [variable.value for variable in answer.variables]
    limit = MOST_CELLS // max(len(variables), 1)
    rows: list[Row] = []
    for solution in answer:
        rows.append(tuple(solution))
        if len(rows) > limit:
            raise _too_large()
    return solutions(variables, rows, ordered=ordered)


def _few(triples: Iterable[Any]) -> Iterable[Any]:
    for number, triple in enumerate(triples):
        if number > MOST_CELLS // 3:
            raise _too_large()
        yield triple


def _too_large() -> QueryError:
    return QueryError(f"the answer has more than {MOST_CELLS:,} cells; add LIMIT, or ask for less")


def _failure(reason: str, source: str) -> DissensusError:
    if "in its SELECT projection" in reason:
        name = reason.partition("?")[2].partition(" ")[0]
        return UsageError(f"?{name} is no variable that the query selects, so it can have no value")
    return QueryError(f"{source}: {reason[:1].lower()}{reason[1:]}")
