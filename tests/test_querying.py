"""Queries: what they answer, what is refused, how they are stopped, and how answers are written."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import select
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)
from rich.cells import cell_len

from dissensus.graph.errors import InputError, QueryError, QueryTimeoutError, UsageError
from dissensus.graph.querying import Boolean, Graph, Solutions, isolated, query, run_query, running
from dissensus.graph.querying.formats import write_result
from dissensus.graph.querying.table import write_table
from dissensus.graph.querying.tokens import laid_out, service_call, tokens_of
from dissensus.graph.reading import read_corpus
from dissensus.graph.terms import XSD

EX = "https://example.org/debate#"
PREFIXES = {"": EX, "d": "https://w3id.org/dissensus#"}
DATA = """
:a a d:Evidence ; d:text "A"@en ; d:assertedBy :ann ; d:rebuts :b .
:b a d:Claim ; d:text "B"@en ; d:assertedBy :bob ; d:quote [ d:exact "bee" ] .
"""
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def corpus(claims):
    return read_corpus([claims(DATA)])


@pytest.fixture(scope="module")
def large() -> Store:
    """A store of which a product of four patterns has 25 billion rows."""
    store = Store()
    edges = ((i, i * 7 % 400) for i in range(400))
    store.extend(
        Quad(NamedNode(f"{EX}{a}"), NamedNode(f"{EX}p"), NamedNode(f"{EX}{b}"), NamedNode("urn:g"))
        for a, b in edges
    )
    return store


def iri(name: str) -> NamedNode:
    return NamedNode(EX + name)


def written(result, output_format: str, **keywords) -> str:
    file = io.BytesIO()
    write_result(result, output_format, file, **keywords)
    return file.getvalue().decode()


# -- what a query answers -----------------------------------------------------------------------


@pytest.mark.parametrize("timeout", [None, 30, math.inf])
def test_the_four_forms(corpus, timeout) -> None:
    def ask(text: str):
        return query(corpus, text, timeout=timeout)

    assert ask("SELECT ?claim ?who { ?claim a d:Claim ; d:assertedBy ?who }") == Solutions(
        ("claim", "who"), ((iri("a"), iri("ann")), (iri("b"), iri("bob")))
    )
    assert ask("ASK { :a d:rebuts :b }") == Boolean(True)
    assert not ask("ASK { :b d:rebuts :a }")
    rebuts = NamedNode(PREFIXES["d"] + "rebuts")
    construct = ask("CONSTRUCT { ?y d:rebuts ?x } WHERE { ?x d:rebuts ?y }")
    assert construct == Graph((Triple(iri("b"), rebuts, iri("a")),))
    described = written(ask("DESCRIBE :b"), "ntriples")
    assert f"<{EX}b> <{PREFIXES['d']}quote> _:b0 ." in described
    assert f'_:b0 <{PREFIXES["d"]}exact> "bee" .' in described
    assert ask("SELECT * {}") == Solutions((), ((),))
    assert ask("SELECT ?x { ?x d:rebuts ?x }") == Solutions(("x",), ())


def test_paths_of_claims_are_read(claims) -> None:
    folder = claims(DATA)
    assert len(query(folder, "SELECT ?c { ?c a d:Claim }").rows) == 2
    assert len(query(str(folder / "file0.ttl"), "SELECT ?c { ?c a d:Claim }").rows) == 2
    (folder / "broken.ttl").write_text(":a :b", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.ttl"):
        query(folder, "ASK {}")


def test_a_query_sees_what_was_derived_unless_told_not_to(corpus) -> None:
    claims = "SELECT ?claim { ?claim a d:Claim }"
    assert len(query(corpus, claims).rows) == 2  # a d:Evidence is a d:Claim
    assert query(corpus, claims, asserted_only=True).rows == ((iri("b"),),)
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?x ?y ?z } }"
    assert [row[0].value for row in query(corpus, graphs, asserted_only=True).rows] == [
        corpus.files[0].graph
    ]
    assert len(query(corpus, graphs).rows) == 2


def test_a_triple_that_two_files_hold_counts_once(claims) -> None:
    same = ":ann a d:Speaker ."
    corpus = read_corpus([claims(same + ":a d:assertedBy :ann .", same + ":b d:assertedBy :ann .")])
    count = "SELECT (COUNT(*) AS ?n) { ?who a d:Speaker . ?claim d:assertedBy ?who }"
    for timeout in (None, 30):
        for asserted_only in (False, True):
            answer = query(corpus, count, asserted_only=asserted_only, timeout=timeout)
            assert answer.rows[0][0].value == "2"
    files = "SELECT ?file { GRAPH ?file { :ann a d:Speaker } }"
    assert len(query(corpus, files).rows) == 2
    assert len(query(corpus, files, asserted_only=True).rows) == 2


def test_from_names_a_file_and_nothing_else(claims) -> None:
    corpus = read_corpus([claims(":a d:about :x .", ":b d:about :y .")])
    first = corpus.files[0].graph
    assert len(query(corpus, f"SELECT * FROM <{first}> {{ ?s ?p ?o }}").rows) == 1
    assert (
        len(query(corpus, f"SELECT * FROM NAMED <{first}> {{ GRAPH ?g {{ ?s ?p ?o }} }}").rows) == 1
    )
    with pytest.raises(QueryError, match=r"^query:1:15: no file here is the graph <https://web"):
        query(corpus, "SELECT * FROM <https://web.example/data> { ?s ?p ?o }")
    with pytest.raises(QueryError, match="nothing is fetched"):
        query(corpus, "SELECT * FROM NAMED d:data { GRAPH ?g { ?s ?p ?o } }")


def test_a_store_with_a_default_graph_is_asked_as_it_is() -> None:
    store = Store()
    store.add(Quad(iri("a"), iri("p"), iri("b")))
    store.add(Quad(iri("c"), iri("p"), iri("d"), iri("graph")))
    assert len(run_query(store, "SELECT * { ?s ?p ?o }").rows) == 1


def test_prefixes_of_the_files_are_known_and_those_of_the_query_win(corpus) -> None:
    assert query(corpus, "ASK { :a a d:Claim }")
    assert not query(corpus, f"PREFIX d: <{EX}> ASK {{ :a a d:Claim }}")
    answer = run_query(Store(), "SELECT (x:y AS ?z) {}", prefixes={"x": EX, "bad": "no iri …"})
    assert answer.rows == ((iri("y"),),)


def test_a_variable_may_be_held_to_a_value(corpus) -> None:
    text = "SELECT ?who ?claim { ?claim d:assertedBy ?who }"
    held = {"who": iri("bob")}
    for timeout in (None, 30):
        answer = query(corpus, text, substitutions=held, timeout=timeout)
        assert answer.rows == ((iri("bob"), iri("b")),)
    word = {"word": Literal('a "b"\n')}
    answer = query(corpus, "SELECT ?word {}", substitutions=word, timeout=30)
    assert answer.rows == ((word["word"],),)
    with pytest.raises(UsageError, match=r"^\?who is no variable that the query selects"):
        query(corpus, "SELECT ?claim { ?claim d:assertedBy ?who }", substitutions=held)


def test_a_store_is_not_changed(corpus) -> None:
    before = corpus.store.dump(format=RdfFormat.N_QUADS)
    query(corpus, "CONSTRUCT { ?s d:new ?o } WHERE { ?s ?p ?o }")
    assert corpus.store.dump(format=RdfFormat.N_QUADS) == before


# -- order --------------------------------------------------------------------------------------


def test_rows_are_sorted_unless_the_query_orders_them(corpus) -> None:
    def names(text: str) -> str:
        return "".join(row[0].value for row in query(corpus, text).rows)

    values = 'VALUES ?x { "b" "c" "a" }'
    assert names(f"SELECT ?x {{ {values} }}") == "abc"
    assert names(f"SELECT ?x {{ {values} }} ORDER BY DESC(?x)") == "cba"
    assert names(f"SELECT ?x {{ {{ SELECT ?x {{ {values} }} ORDER BY DESC(?x) }} }}") == "abc"
    assert names(f'SELECT ?x {{ {values} FILTER(?x != "ORDER BY") }} # ORDER BY') == "abc"
    mixed = "SELECT ?x { VALUES ?x { d:a _x: 1 UNDEF 'z' } }".replace("_x:", "")
    kinds = [type(row[0]) for row in query(corpus, mixed).rows]
    assert kinds == [type(None), Literal, Literal, NamedNode]


def test_the_bytes_are_the_same_whatever_the_parser_called_blank_nodes(claims) -> None:
    quotes = [f':c{n} d:quote [ d:exact "{n}" ; d:source [ d:title "{n}" ] ] .' for n in range(9)]
    text = "SELECT ?quote ?words ?source { ?quote d:exact ?words ; d:source ?source }"
    graph = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    seen = set()
    for order in (quotes, quotes[::-1], quotes):
        corpus = read_corpus([claims("\n".join(order))])
        table = written(query(corpus, text), "tsv")
        seen.add(table + written(query(corpus, graph), "turtle", prefixes=PREFIXES))
    assert len(seen) == 1
    assert '_:b0\t"0"\t_:b1\n' in table


def test_a_graph_has_each_triple_once_and_keeps_the_triples_of_a_blank_node_together() -> None:
    store = Store()
    store.load(
        '@prefix : <https://example.org/debate#> . [] :p "1" ; :q "3" . [] :p "2" ; :q "4" .',
        RdfFormat.TURTLE,
    )
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . ?t ?q ?r }"
    assert [str(triple)[:4] for triple in run_query(store, text).triples] == ["_:b0"] * 2 + [
        "_:b1"
    ] * 2


# -- updates, SERVICE, faults ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { :a :b :c }",
        "delete where { ?s ?p ?o }",
        "LOAD <https://example.org/x>",
        "CLEAR ALL",
        "DROP GRAPH :g",
        "CREATE GRAPH :g",
        "ADD :g TO :h",
        "MOVE :g TO :h",
        "COPY :g TO :h",
        "WITH :g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "# SELECT\nBASE <https://x.org/> PREFIX x: <x#>\nINSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(corpus, update) -> None:
    before = len(corpus.store)
    with pytest.raises(QueryError, match=r"^query:\d+:1: [A-Z]+ would change the claims, .*add"):
        query(corpus, update)
    assert len(corpus.store) == before


def test_words_of_updates_are_words_like_others_elsewhere(corpus) -> None:
    text = """
        PREFIX insert: <https://example.org/debate#>  # DELETE
        SELECT ?insert ?load WHERE { ?insert d:rebuts ?load FILTER(?load != "DROP ALL") }
    """
    assert len(query(corpus, text).rows) == 1


@pytest.fixture
def server():
    """The address of a server, and a function that tells whether anybody has called it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield (
            f"http://127.0.0.1:{listening.getsockname()[1]}/",
            lambda: bool(select.select([listening], [], [], 0)[0]),
        )


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { service silent <URL> { ?s ?p ?o } }",
        "ASK { SERVICE <URL> {} }",
        "SELECT * { { SELECT * { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } } } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
        "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE\n# comment\n<URL> { ?s ?p ?o } }",
        # The engine reads without word boundaries.
        "SELECT * { SERVICE<URL>{} }",
        "SELECT * { SERVICESILENT<URL>{} }",
        "SELECT * { :a a true.trueSERVICE<URL>{} }",
        "SELECT * { VALUES ?x { 1 } ?s ?p 1SERVICE<URL>{} }",
        "SELECT * { SERVICE:{} }",
        "SELECT * { SERVICEurl:{} }",
        "SELECT * { SERVICESILENTurl:{} }",
        # What looks like an IRI, a comment or a text may be a comparison.
        "SELECT * { FILTER(1<2)SERVICE#>\n<URL>{} }",
        "SELECT * { BIND(3 AS ?b) FILTER(1<?b&&?b='>')SERVICE<URL>{}#'\n }",
        # Escapes are none outside texts and IRIs.
        "SELECT * { \\u0053ERVICE <URL> {} }",
    ],
)
def test_service_calls_nobody_unless_it_is_allowed(server, text) -> None:
    url, was_called = server
    prefixes = {"": url, "url": url}
    with pytest.raises(QueryError, match=r"^query:"):
        run_query(Store(), text.replace("URL", url), prefixes=prefixes)
    assert not was_called()


def test_service_is_named_with_its_place() -> None:
    with pytest.raises(QueryError) as error:
        run_query(Store(), "SELECT * {\n  SERVICE <http://x.example/> { ?s ?p ?o }\n}")
    assert str(error.value) == (
        "query:2:3: SERVICE sends part of the query to another server; allow it with "
        "--allow-service\n    SERVICE <http://x.example/> { ?s ?p ?o }\n    ^"
    )


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT $SERVICE { VALUES $SERVICE { 1 } }",
        'SELECT ("SERVICE <http://x>" AS ?x) {}',
        "SELECT ('''it's a \"SERVICE\" ''' AS ?x) {}",
        "SELECT (<http://SERVICE> AS ?x) {}",
        "SELECT (<http://x/(a)/service#b> AS ?x) {}",
        "SELECT ?x { ?x ?p ?o } # SERVICE <http://x> {}",
        "PREFIX service: <https://example.org/> SELECT * { ?x service:x service: }",
        "SELECT * { ?x :SERVICE :a.service }",
        'SELECT * { _:service ?p "x"@service }',
        "SELECT * { GRAPH :service { ?s ?p ?o } FILTER(1 < 2 && ?s > 3) }",
    ],
)
def test_the_letters_of_service_are_no_call(text) -> None:
    run_query(Store(), text, prefixes=PREFIXES)


def test_an_allowed_service_that_fails_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    text = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
    for timeout in (None, 30):
        with pytest.raises(QueryError, match=r"^query: connection refused"):
            run_query(Store(), text, allow_service=True, timeout=timeout)


_PIECES = st.sampled_from(
    [
        "SELECT",
        "ASK",
        "WHERE",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ".",
        ";",
        ",",
        "*",
        "?x",
        "?service",
        "<http://x/service>",
        "<",
        ">",
        "<=",
        "&&",
        "||",
        "!",
        "=",
        "'it'",
        '"a\n',
        "",
        "",
        "",
        '"SERVICE"',
        "service:",
        "d:service",
        "SERVICE",
        "true",
        "1",
        "1.5e3",
        ".5",
        "@en",
        "^^",
        "_:b",
        "a",
        "FILTER",
        "?a<?b",
        "#",
        "\n",
        "'''",
        "\\u0053\n",
        "",
        "",
        "",
        "UNION",
        "OPTIONAL",
        "GRAPH",
        "<<(",
        ")>>",
        "<urn:a(b>",
        "PREFIX",
        ":",
        "IN",
        "VALUES",
        "é",
        "'",
        "{|",
        "|}",
        "/",
        "^",
        "?",
    ]
)


@given(st.lists(_PIECES, max_size=20), st.lists(st.sampled_from(["", " "]), min_size=20))
def test_a_laid_out_query_has_the_same_tokens(pieces, gaps) -> None:
    """So the engine cannot read a SERVICE that we have not read."""
    text = "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=False))
    tokens = tokens_of(text)
    assume(all(token.kind != "stray" for token in tokens))  # those are refused
    again = tokens_of(laid_out(tokens, {**PREFIXES, "service": EX})[0])
    kinds = [("iri" if t.kind == "name" else t.kind) for t in tokens]
    assert [("iri" if t.kind == "name" else t.kind) for t in again] == kinds
    assert (service_call(tokens) is None) == (service_call(again) is None)


@given(st.lists(_PIECES, max_size=12).map(" ".join))
@settings(max_examples=200)
def test_whatever_is_written_ends_in_an_answer_or_a_sentence(text) -> None:
    try:
        run_query(Store(), text, prefixes=PREFIXES)
    except QueryError as error:
        told = str(error)
    else:
        told = "query:"
    assert told.startswith("query:")


def test_white_space_may_stand_before_any_bracket() -> None:
    text = 'SELECT (CONCAT ("a", COALESCE\n(?x, "service")) AS ?y) (BNODE # b\n () AS ?z) {}'
    for allowed in (False, True):
        row = run_query(Store(), text, allow_service=allowed).rows[0]
        assert row == (Literal("aservice"), BlankNode("b0"))


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", "1:1", "the query is empty; write for example SELECT"),
        ("# only a comment", "1:17", "the query is empty"),
        ("SELEKT * {}", "1:1", "a query begins with SELECT, .*; did you mean SELECT?"),
        ("SELECT ?s { ?s dd:text ?o }", "1:16", "the prefix dd: is not declared; did you mean d:?"),
        (
            "SELECT ?s { ?s foaf:name ?o }",
            "1:16",
            "declare it with PREFIX foaf: <…>; known are : d:",
        ),
        ("SELECT ?s {\n  ?s <a> ?o }", "2:6", "<a> is no whole IRI"),
        ("SELECT ?s {\r\n\t?s ?p ?o ?x }", "2:11", "“[?]x” is not expected here"),
        ("SELECT ?s { ?s ?p ?o ", "1:11", "the bracket { is never closed"),
        ("SELECT ?s { ?s ?p ?o }}", "1:23", "the bracket } closes nothing"),
        ("SELECT ?s { ?s ?p 'o }", "1:19", "the text that begins here is never closed"),
        ("SELECT ?s { ?s ?p “o” }", "1:19", 'write the text between " and "'),
        ("SELECT ?s, ?p { ?s ?p ?o }", "1:10", "no comma between variables"),
        ("SELECT s { ?s ?p ?o }", "1:8", r"a variable begins with a question mark: \?s"),
        ("SELECT (COUNT(?s) AS n) { ?s ?p ?o }", "1:22", r"question mark: \?n"),
        ("SELECT ?s { ?s ?p ?o FILTER ?o > 3 }", "1:29", r"FILTER\( … \)"),
        ("SELECT ?s { ?s ?p ?o FILTER(?o == 3) }", "1:33", "write one equals sign"),
        ("SELECT ?s { ?s ?p ?o } LIMIT 5 ORDER BY ?s", "1:32", "LIMIT and OFFSET come last"),
        ("SELECT ?s { ?s ?p ?o } LIMIT ten", "1:30", "“ten” is not expected here"),
        ("CONSTRUCT { ?s ?p ?o }", "1:23", "the query ends too early"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", r"1:\d+", "GROUP BY; name the variables"),
        ("SELECT * { FILTER(:f(1)) }", "", "the custom function .* is not supported"),
    ],
)
def test_a_fault_has_its_place_and_a_mend(text, place, message) -> None:
    for timeout in (None, 30):
        with pytest.raises(QueryError, match=f"^query:{place}.*{message}".replace("?;", "[?];")):
            run_query(Store(), text, prefixes=PREFIXES, timeout=timeout)


def test_the_source_line_is_shown_with_a_caret_and_without_escapes() -> None:
    with pytest.raises(QueryError) as error:
        run_query(Store(), "SELECT *\n{ ?s ?p '\x1b[2J' x:y }", prefixes=PREFIXES, source="a.rq")
    first, second, third = str(error.value).split("\n")
    assert first.startswith("a.rq:2:16: the prefix x: is not declared")
    assert second[third.index("^") :].startswith("x:y")
    assert "\x1b" not in str(error.value)
    long = "SELECT * { " + "?s ?p ?o . " * 500 + "x:y }"
    with pytest.raises(QueryError) as error:
        run_query(Store(), long, prefixes=PREFIXES)
    first, second, third = str(error.value).split("\n")
    assert len(second) < 110
    assert second[third.index("^") :].startswith("x:y")


def test_deep_nesting_is_refused_before_the_engine_runs_out_of_stack() -> None:
    run_query(Store(), "SELECT * " + "{" * 100 + "}" * 100)
    with pytest.raises(QueryError, match="more than 100 deep"):
        run_query(Store(), "SELECT * " + "{" * 100_000 + "}" * 100_000)


def test_an_answer_that_would_fill_the_memory_is_refused(large, monkeypatch) -> None:
    monkeypatch.setattr(running, "MOST_CELLS", 1000)
    for timeout in (None, 30):
        for text in ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "CONSTRUCT WHERE { ?a ?b ?c . ?d ?e ?f }"):
            with pytest.raises(QueryError, match="more than 1,000 cells; add LIMIT"):
                run_query(large, text, timeout=timeout)
    assert_no_process_is_left()


# -- time ---------------------------------------------------------------------------------------


def assert_no_process_is_left() -> None:
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.fixture(params=["copy", "new process"])
def way(request):
    """Both ways to run a query in a process of its own: a second thread forbids a copy."""
    if request.param == "copy":
        yield
        return
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    yield
    release.set()
    thread.join()


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("text", [RUNAWAY, RUNAWAY.replace("(COUNT(*) AS ?n)", "*")])
def test_a_runaway_query_is_stopped_in_time(large, text) -> None:
    started = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"stopped after 0\.5 seconds; add LIMIT"):
        run_query(large, text, timeout=0.5)
    assert 0.5 <= time.monotonic() - started < 5
    assert_no_process_is_left()


@pytest.mark.usefixtures("way")
def test_a_process_of_its_own_answers_the_same(large) -> None:
    for text in (
        "SELECT * { ?s ?p ?o }",
        "SELECT ?o ?none { ?s ?p ?o } ORDER BY DESC(?o) LIMIT 5",
        "ASK { ?s ?p ?o }",
        "CONSTRUCT { ?o ?p [] } WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 20",
        'SELECT ("a\\n\\"é\\u0007"@en AS ?x) (1.50 AS ?y) (<<( :a :b "c" )>> AS ?z) {}',
    ):
        here = run_query(large, text, prefixes=PREFIXES)
        assert run_query(large, text, prefixes=PREFIXES, timeout=30) == here
    with pytest.raises(QueryError, match=r"^query:1:10: “,” is not expected"):
        run_query(large, "SELECT ?s, ?p {}", timeout=30)
    with pytest.raises(QueryError, match="custom function"):
        run_query(large, f"SELECT (<{EX}f>(1) AS ?x) {{}}", timeout=30)
    assert_no_process_is_left()


@pytest.mark.parametrize("timeout", [0, -1, math.nan])
def test_a_time_has_to_be_positive(timeout) -> None:
    with pytest.raises(UsageError, match="above 0"):
        run_query(Store(), "ASK {}", timeout=timeout)


def test_the_death_of_the_engine_is_told_in_a_sentence(monkeypatch) -> None:
    def die(*_arguments: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(isolated.child, "evaluate", die)
    # only a copy of this process dies so, and none is made while threads of other tests run
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    with pytest.raises(QueryError, match=r"^query: the engine died of the query"):
        run_query(Store(), "ASK {}", timeout=30)
    assert_no_process_is_left()


_INTERRUPTED = f"""
import math, sys
from pyoxigraph import *
from dissensus.graph.querying import run_query
store = Store()
for i in range(400):
    store.add(Quad(NamedNode(f"urn:{{i}}"), NamedNode("urn:p"), Literal(i), NamedNode("urn:g")))
print("ready", flush=True)
run_query(store, {RUNAWAY!r}, timeout=float(sys.argv[1]))
"""


@pytest.mark.parametrize(("sent", "timeout"), [(signal.SIGINT, "inf"), (signal.SIGKILL, "2")])
def test_no_process_outlives_the_one_that_asked(sent, timeout) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _INTERRUPTED, timeout],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdout
    with process.stdout:
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.5)
        os.kill(process.pid, sent)
        process.wait(10)
    until = time.monotonic() + 10
    while is_alive(group=process.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_alive(group=process.pid)


def is_alive(*, group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


# -- W3C formats ----------------------------------------------------------------------------------

#: The example of "SPARQL 1.1 Query Results CSV and TSV Formats", sections 3.3 and 4.3.
EXAMPLE = Solutions(
    ("x", "literal"),
    (
        (NamedNode("http://example/x"), Literal("String")),
        (NamedNode("http://example/x"), Literal('String-with-dquote"')),
        (BlankNode("b0"), Literal("Blank node")),
        (None, Literal("Missing 'x'")),
        (None, None),
        (NamedNode("http://example/x"), None),
        (BlankNode("b1"), Literal("String-with-lang", language="en")),
        (BlankNode("b1"), Literal("123", datatype=NamedNode(XSD + "integer"))),
    ),
)


def test_csv_is_that_of_the_standard() -> None:
    assert written(EXAMPLE, "csv") == (
        "x,literal\r\n"
        "http://example/x,String\r\n"
        'http://example/x,"String-with-dquote"""\r\n'
        "_:b0,Blank node\r\n"
        ",Missing 'x'\r\n"
        ",\r\n"
        "http://example/x,\r\n"
        "_:b1,String-with-lang\r\n"
        "_:b1,123\r\n"
    )


def test_tsv_is_that_of_the_standard() -> None:
    assert written(EXAMPLE, "tsv") == (
        "?x\t?literal\n"
        '<http://example/x>\t"String"\n'
        '<http://example/x>\t"String-with-dquote\\""\n'
        '_:b0\t"Blank node"\n'
        "\t\"Missing 'x'\"\n"
        "\t\n"
        "<http://example/x>\t\n"
        '_:b1\t"String-with-lang"@en\n'
        "_:b1\t123\n"
    )


def test_fields_of_csv_are_quoted_where_they_must_be() -> None:
    """RFC 4180, section 2, rules 5 to 7: for comma, quote, CR and LF, and for nothing else."""
    texts = ["a,b", 'a"b', "a\rb", "a\nb", " a\tb;'", ""]
    row = tuple(Literal(text) for text in texts)
    expected = '"a,b","a""b","a\rb","a\nb", a\tb;\',\r\n'
    assert written(Solutions(tuple("uvwxyz"), (row,)), "csv") == f"u,v,w,x,y,z\r\n{expected}"


def test_numbers_are_abbreviated_in_tsv_where_turtle_would_read_them_back() -> None:
    def tsv(value: str, datatype: str) -> str:
        term = Literal(value, datatype=NamedNode(XSD + datatype))
        return written(Solutions(("x",), ((term,),)), "tsv").split("\n")[1]

    assert tsv("-5", "integer") == "-5"
    assert tsv("1.50", "decimal") == "1.50"
    assert tsv("1.5e3", "double") == "1.5e3"
    assert tsv("true", "boolean") == "true"
    assert tsv("1", "decimal") == f'"1"^^<{XSD}decimal>'
    assert tsv("1.5", "double") == f'"1.5"^^<{XSD}double>'
    assert tsv("INF", "double") == f'"INF"^^<{XSD}double>'
    assert tsv("x", "integer") == f'"x"^^<{XSD}integer>'
    assert tsv("1", "boolean") == f'"1"^^<{XSD}boolean>'
    assert tsv("1", "int") == f'"1"^^<{XSD}int>'


def test_json_is_that_of_the_standard() -> None:
    """SPARQL 1.1 Query Results JSON Format, sections 3.1, 3.2 and 4."""
    assert json.loads(written(EXAMPLE, "json"))["head"] == {"vars": ["x", "literal"]}
    bindings = json.loads(written(EXAMPLE, "json"))["results"]["bindings"]
    assert bindings[0] == {
        "x": {"type": "uri", "value": "http://example/x"},
        "literal": {"type": "literal", "value": "String"},
    }
    assert bindings[4] == {}
    assert bindings[6]["x"] == {"type": "bnode", "value": "b1"}
    assert bindings[6]["literal"]["xml:lang"] == "en"
    assert bindings[7]["literal"]["datatype"] == XSD + "integer"
    assert written(Solutions(("x",), ((Literal('"é\x01\n'),),)), "json") == (
        '{"head":{"vars":["x"]},"results":{"bindings":[\n'
        '{"x":{"type":"literal","value":"\\"é\\u0001\\n"}}\n]}}\n'
    )
    assert written(Boolean(True), "json") == '{"head":{},"boolean":true}\n'


def test_xml_is_that_of_the_standard() -> None:
    """SPARQL Query Results XML Format, sections 2.2 and 2.3."""
    result = Solutions(
        ("x", "y"),
        ((NamedNode("http://x/?a&b"), None), (BlankNode("b0"), Literal("<a>\r\n", language="en"))),
    )
    head = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
    assert written(result, "xml") == (
        f'{head}<head><variable name="x"/><variable name="y"/></head>\n<results>\n'
        '<result><binding name="x"><uri>http://x/?a&amp;b</uri></binding></result>\n'
        '<result><binding name="x"><bnode>b0</bnode></binding><binding name="y">'
        '<literal xml:lang="en">&lt;a&gt;&#13;&#10;</literal></binding></result>\n'
        "</results>\n</sparql>\n"
    )
    assert written(Boolean(False), "xml") == (
        f"{head}<head/>\n<boolean>false</boolean>\n</sparql>\n"
    )
    with pytest.raises(QueryError, match=r"U\+0001, which XML cannot hold; use json"):
        written(Solutions(("x",), ((Literal("\x01"),),)), "xml")


def test_graphs_are_turtle_and_canonical_n_triples(corpus) -> None:
    graph = query(corpus, 'CONSTRUCT { ?s a d:Claim ; d:text "x\\n" } WHERE { ?s a d:Claim }')
    claim, text = f"<{PREFIXES['d']}Claim>", f"<{PREFIXES['d']}text>"
    lines = [
        line
        for name in "ab"
        for line in (
            f"<{EX}{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {claim} .\n",
            f'<{EX}{name}> {text} "x\\n" .\n',
        )
    ]
    assert written(graph, "ntriples") == "".join(lines)
    turtle = written(graph, "turtle", prefixes=corpus.prefixes)
    assert set(parse(turtle, RdfFormat.TURTLE)) == set(parse("".join(lines), RdfFormat.N_TRIPLES))
    assert turtle.startswith(f"@prefix : <{EX}> .\n@prefix d: <{PREFIXES['d']}> .\n:a ")
    assert "skos:" not in turtle


@pytest.mark.parametrize(
    ("text", "unfit", "fit"),
    [
        ("SELECT ?s { ?s ?p ?o }", ["turtle", "ntriples"], "table, csv, tsv, json, xml"),
        ("ASK {}", ["csv", "tsv", "turtle", "ntriples"], "table, json, xml"),
        ("DESCRIBE :a", ["csv", "tsv", "json", "xml"], "table, turtle, ntriples"),
    ],
)
def test_an_answer_is_written_in_no_format_that_cannot_hold_it(corpus, text, unfit, fit) -> None:
    for output_format in unfit:
        with pytest.raises(UsageError, match=f"which {output_format} cannot hold; use {fit}"):
            written(query(corpus, text), output_format)


# RDF has no surrogates; XML has no control characters; the engine drops what is not normal.
_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r"))
_PLAIN = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]))
_LANGUAGES = st.sampled_from(["en", "de-ch", "ar"])


def _terms(texts: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    return st.one_of(
        st.none(),
        st.sampled_from([NamedNode("https://example.org/é?a=1&b#c"), NamedNode("urn:x:'()")]),
        st.sampled_from([BlankNode("b0"), BlankNode("b1")]),
        texts.map(Literal),
        st.builds(lambda text, tag: Literal(text, language=tag), texts, _LANGUAGES),
        st.integers().map(Literal),
        st.sampled_from(["1.5", "0.25"]).map(
            lambda n: Literal(n, datatype=NamedNode(XSD + "decimal"))
        ),
        st.builds(lambda text: Literal(text, datatype=NamedNode("urn:type")), texts),
    )


def _solutions(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Solutions]:
    row = st.tuples(_terms(texts), _terms(texts))
    return st.lists(row, max_size=4).map(lambda rows: Solutions(("a", "é"), tuple(rows)))


@given(_solutions(_TEXTS))
@settings(max_examples=60)
def test_what_is_written_is_read_back_by_the_engine(result) -> None:
    for output_format, results_format in (
        ("tsv", QueryResultsFormat.TSV),
        ("json", QueryResultsFormat.JSON),
        ("xml", QueryResultsFormat.XML),
    ):
        answer = parse_query_results(written(result, output_format), results_format)
        assert [variable.value for variable in answer.variables] == list(result.variables)
        assert [tuple(row) for row in answer] == list(result.rows)
        ours, theirs = written(result, output_format), _written_by_engine(result, results_format)
        assert ours.replace("\n", "") == theirs.replace("\n", "") or output_format == "xml"


def _written_by_engine(result: Solutions, results_format: QueryResultsFormat) -> str:
    answer = parse_query_results(written(result, "json"), QueryResultsFormat.JSON)
    return answer.serialize(format=results_format).decode()


@given(_solutions(_TEXTS))
@settings(max_examples=60)
def test_csv_and_tsv_are_byte_for_byte_those_of_the_engine(result) -> None:
    assert written(result, "csv") == _written_by_engine(result, QueryResultsFormat.CSV)
    assert written(result, "tsv") == _written_by_engine(result, QueryResultsFormat.TSV)


@given(_solutions(_TEXTS))
@settings(max_examples=60)
def test_csv_is_read_back_by_the_csv_module(result) -> None:
    rows = list(csv.reader(io.StringIO(written(result, "csv"), newline="")))
    expected = [
        ["" if t is None else f"_:{t.value}" if isinstance(t, BlankNode) else t.value for t in row]
        for row in result.rows
    ]
    assert rows == [list(result.variables), *expected]


@given(_solutions(_PLAIN))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back_by_rdflib(result) -> None:
    """A second reader. Its TSV has no row without values, and its lines end at odd characters."""
    from rdflib import URIRef
    from rdflib.query import Result
    from rdflib.term import BNode
    from rdflib.term import Literal as RdflibLiteral

    def same(term, other) -> bool:
        if term is None or other is None:
            return term is other
        if isinstance(term, NamedNode):
            return other == URIRef(term.value)
        if isinstance(term, BlankNode):
            return isinstance(other, BNode)
        datatype = None if term.language else term.datatype.value
        return (
            isinstance(other, RdflibLiteral)
            and str(other) == term.value
            and (other.language or None) == term.language
            and str(other.datatype or XSD + "string") == (datatype or XSD + "string")
        )

    for output_format in ("json", "xml", "tsv"):
        data = io.BytesIO(written(result, output_format).encode())
        read = Result.parse(data, format=output_format)
        names = [str(name) for name in read.vars]
        assert names == list(result.variables)
        rows = [[row.get(variable) for variable in read.vars] for row in read.bindings]
        assert len(rows) == len(result.rows)
        for row, others in zip(result.rows, rows, strict=True):
            assert all(same(*pair) for pair in zip(row, others, strict=True)), (row, others)


def test_what_rdf_1_2_adds_is_written() -> None:
    triple = Triple(iri("a"), iri("b"), Literal("c"))
    towards = Literal("d", language="ar", direction=BaseDirection.RTL)
    result = Solutions(("x", "y"), ((triple, towards),))
    inner = f'<<( <{EX}a> <{EX}b> "c" )>>'
    assert written(result, "tsv") == f'?x\t?y\n{inner}\t"d"@ar--rtl\n'
    answer = parse_query_results(written(result, "json"), QueryResultsFormat.JSON)
    assert [tuple(row) for row in answer] == [(triple, towards)]
    answer = parse_query_results(written(result, "xml"), QueryResultsFormat.XML)
    assert [tuple(row) for row in answer] == [(triple, towards)]


# -- tables ---------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(result, width: int | None = None, file: io.StringIO | None = None) -> str:
    file = file or io.StringIO()
    write_table(result, PREFIXES, file, width)
    return file.getvalue()


def test_a_table_in_a_file_is_aligned_and_unwrapped(corpus) -> None:
    text = "SELECT ?claim ?text (STRLEN(?text) AS ?letters) { ?claim d:text ?text }"
    assert shown(query(corpus, text)) == textwrap.dedent(
        """\
        claim  text  letters
        -----  ----  -------
        :a     A           1
        :b     B           1
        """
    )
    assert shown(query(corpus, "SELECT ?x { ?x d:rebuts ?x }")) == "nothing found\n"
    assert shown(query(corpus, "SELECT * {}")) == "found 1 times, with no variable to show\n"
    assert shown(query(corpus, "ASK { :a d:rebuts :b }")) == "true\n"
    described = shown(query(corpus, "DESCRIBE :a")).splitlines()
    assert described[0].split() == ["subject", "predicate", "object"]
    assert [":a", "d:assertedBy", ":ann"] in [line.split() for line in described]


LONG = "A claim of many words that has to be wrapped somewhere, but none of them may be lost."


@pytest.mark.parametrize("width", [20, 30, 40, 80, 200])
def test_nothing_is_cut_in_a_terminal(width) -> None:
    row = (iri("a-long-name-of-a-claim"), Literal(LONG), Literal("中" * 30), None)
    result = Solutions(("claim", "text", "wide", "empty"), (row, row[::-1]))
    table = shown(result, width)
    assert all(cell_len(line) <= width for line in table.splitlines())
    cells = "".join(f":a-long-name-of-a-claim{LONG}{'中' * 30}" * 2).replace(" ", "")
    assert not Counter(cells) - Counter(table)


def test_a_narrow_terminal_gets_lists() -> None:
    result = Solutions(("claim", "text"), ((iri("a"), Literal(LONG)), (iri("b"), Literal("B"))))
    table = shown(result, 24)
    assert table.splitlines()[0].split() == ["claim", ":a"]
    assert "".join(LONG.split()) in "".join(table.replace("text", "", 1).split())


@pytest.mark.parametrize("width", [None, 100])
def test_text_of_claims_is_shown_and_not_obeyed(width) -> None:
    evil = "\x1b[2J[red]no[/red] :smile: \x9b31m \u202eright to left\x07"
    table = shown(Solutions(("x",), ((Literal(evil),),)), width)
    assert r"\x1b[2J[red]no[/red] :smile: \x9b31m \u202eright to left\x07" in table


def test_a_real_terminal_gets_the_table_of_rich(monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    table = shown(Solutions(("x",), ((Literal(LONG),),)), file=Terminal())
    assert len(table.splitlines()) > 3
    assert "─" in table


# -- start-up -------------------------------------------------------------------------------------


def test_a_query_loads_no_heavy_library(claims) -> None:
    code = """
        import io, sys
        from dissensus.graph.querying import query
        from dissensus.graph.querying.formats import write_result
        from dissensus.graph.querying.saved import saved_query
        result = query(sys.argv[1], saved_query("claims-by-speaker").text, timeout=30)
        write_result(result, "json", io.BytesIO())
        heavy = {"rich", "rdflib", "numpy", "networkx", "jinja2", "pyshacl", "pyvis", "threading"}
        print(heavy & set(sys.modules), len(result.rows))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(claims(DATA))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "set() 2\n"


def test_the_script_of_the_other_process_needs_no_package() -> None:
    path = Path(isolated.child.__file__)
    request = {
        "query": "ASK {}",
        "prefixes": {},
        "substitutions": {},
        "union": True,
        "graphs": None,
    }
    done = subprocess.run(
        [sys.executable, "-P", str(path)],
        input=json.dumps(request).encode() + b"\n",
        capture_output=True,
        check=True,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        cwd=path.anchor,
    )
    assert done.stdout == b"true\n"
