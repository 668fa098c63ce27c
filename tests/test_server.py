"""`dissensus serve` without a browser: the protocol, who may ask, following the files, writing."""

from __future__ import annotations

import contextlib
import html
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from dissensus.graph.errors import DissensusError, UsageError
from dissensus.graph.querying.running import run_query
from dissensus.graph.querying.saved import SHIPPED, saved_query
from dissensus.graph.reading import read_corpus
from dissensus.graph.server import serve
from dissensus.graph.server.asking import written
from dissensus.graph.server.dataset import query_form, with_dataset
from dissensus.graph.server.following import Live
from dissensus.graph.server.guarding import MOST_BYTES
from dissensus.graph.server.live_page import live_page
from dissensus.graph.server.negotiation import GRAPHS, OFFERS, SOLUTIONS, best_offer
from dissensus.graph.server.running import Server

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
PLAIN = "text/plain; charset=utf-8"
TURTLE = "text/turtle; charset=utf-8"
FORM = "application/x-www-form-urlencoded"
SPARQL = "application/sparql-query"
TOKEN = "a-token-for-tests"

PROLOGUE = """\
@prefix d: <https://w3id.org/dissensus#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/debate#> .
"""
ONE = ':ann a d:Speaker ; rdfs:label "Ann" . :yes a d:Claim ; d:text "Yes." ; d:assertedBy :ann .'
TWO = ':no a d:Claim ; d:text "No." ; d:assertedBy :ann ; d:rebuts :yes .'
FAULTY = TWO.replace("d:rebuts", "d:rebutts")
MANY = (ONE, *(f":c{n} a d:Claim ; d:text 'C {n}' ; d:assertedBy :ann ." for n in range(30)))
TEXTS = "SELECT ?t { ?c d:text ?t }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


@contextlib.contextmanager
def client_of(*paths: Path, timeout: float = 20.0, write: bool = False):
    """A client of a server that runs in a thread of this process."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        live = Live(paths, write=write)
        token = TOKEN if write else None
        server = Server(live, listener, "127.0.0.1", token=token, timeout=timeout)
        thread = threading.Thread(target=server.start)
        thread.start()
        try:
            until(lambda: server.started)
            with httpx.Client(base_url=server.home, timeout=60) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(30)
    assert not thread.is_alive()


@pytest.fixture
def asked(claims):
    """Starts a server over a small debate; with ``write`` it has a token."""
    with contextlib.ExitStack() as stack:

        def start(*texts: str, **options):
            folder = claims(*(texts or (ONE, TWO)))
            return stack.enter_context(client_of(folder, **options))

        yield start


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """A client of a server that is there for many tests; they only read."""
    folder = tmp_path_factory.mktemp("claims")
    for number, text in enumerate((ONE, TWO)):
        (folder / f"file{number}.ttl").write_text(PROLOGUE + text, encoding="utf-8")
    with client_of(folder) as client:
        yield client


class Process:
    """`serve` in a process of its own, on a free port."""

    def __init__(self, folder: Path, **options: object) -> None:
        code = (
            "import sys, json\n"
            "from dissensus.graph.server import serve\n"
            "say = lambda line: print(line, file=sys.stderr, flush=True)\n"
            "serve([sys.argv[1]], port=0, say=say, **json.loads(sys.argv[2]))\n"
            "say('ended well')\n"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(folder), json.dumps(options)],
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said = [self.process.stderr.readline(), self.process.stderr.readline()]
        self.home = re.search(r"http://\S+?(?=/ )", self.said[1])[0]
        for _attempt in range(100):
            with contextlib.suppress(httpx.TransportError):
                self.get("/health")
                return
            time.sleep(0.05)
        pytest.fail("the server does not answer")

    def get(self, path: str, **options) -> httpx.Response:
        return httpx.get(self.home + path, timeout=60, **options)

    def ask(self, query: str, accept: str = JSON) -> httpx.Response:
        return self.get("/sparql", params={"query": query}, headers={"Accept": accept})

    def texts(self) -> set[str]:
        return {row["t"]["value"] for row in self.ask(TEXTS).json()["results"]["bindings"]}

    def end(self) -> str:
        """Ctrl-C; what was said until the end."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.communicate(timeout=30)[1]
        finally:
            self.process.kill()


@pytest.fixture
def running(claims):
    servers = []

    def start(*texts: str, folder: Path | None = None, **options: object) -> Process:
        servers.append(Process(folder or claims(*(texts or (ONE, TWO))), **options))
        return servers[-1]

    yield start
    for server in servers:
        if server.process.poll() is None:
            server.end()


def until(condition, seconds: float = 20.0):
    """Waits until something is so, and returns it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.03)
    pytest.fail(f"not within {seconds} seconds")


# -- what a client gets ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("", "json"),
        ("*/*", "json"),
        (JSON, "json"),
        (XML, "xml"),
        ("text/csv", "csv"),
        ("text/*", "csv"),
        ("text/tab-separated-values;q=1.0, text/csv;q=0.9", "tsv"),
        ("application/*;q=0.1, text/csv;q=0.2", "csv"),
        (f"*/*;q=0.1, {XML}", "xml"),
        (f"{JSON};q=0, */*", "xml"),  # the closest range counts, though it is the least
        (f"{JSON};q=0.5, {XML};q=0.5", "json"),
        ("TEXT/CSV; Q=1", "csv"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "json"),
        ("application/xml", "xml"),
        ("text/csv; header=present; q=0.3, application/json;q=0.2", "csv"),
        ("text/csv;q=nonsense, application/xml;q=0.1", "xml"),
        ("nonsense, text/csv", "csv"),
        ("text/html", None),
        ("text/turtle", None),
        ("*/*;q=0", None),
        (",", None),
    ],
)
def test_negotiation(accept, format_):
    offer = best_offer(accept, SOLUTIONS)
    assert (offer and offer.format) == format_


@pytest.mark.parametrize(
    ("query", "default", "named", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", [], [], "SELECT * { ?s ?p ?o }"),
        ("SELECT * { ?s ?p ?o }", ["u:a"], [], "SELECT *  FROM <u:a> { ?s ?p ?o }"),
        ("SELECT * WHERE {}", ["u:a"], ["u:b"], "SELECT *  FROM <u:a> FROM NAMED <u:b> WHERE {}"),
        ("ASK {}", [], ["u:b"], "ASK  FROM NAMED <u:b> {}"),
        ("DESCRIBE <u:x>", ["u:a"], [], "DESCRIBE <u:x>\nFROM <u:a> "),
        ("DESCRIBE <u:x> # who", ["u:a"], [], "DESCRIBE <u:x> # who\nFROM <u:a> "),
        ("DESCRIBE <u:x> LIMIT 1", ["u:a"], [], "DESCRIBE <u:x>  FROM <u:a> LIMIT 1"),
        (
            "CONSTRUCT { ?s ?p [] } { ?s ?p ?o }",
            ["u:a"],
            [],
            "CONSTRUCT { ?s ?p [] }  FROM <u:a> { ?s ?p ?o }",
        ),
        ("CONSTRUCT WHERE { ?s ?p ?o }", ["u:a"], [], "CONSTRUCT  FROM <u:a> WHERE { ?s ?p ?o }"),
        (
            "SELECT (EXISTS { ?a ?b ?c } AS ?x)\nFROM <u:b> FROM NAMED <u:c>\n{}",
            ["u:a"],
            [],
            "SELECT (EXISTS { ?a ?b ?c } AS ?x)\n                           \n FROM <u:a> {}",
        ),
        (
            "PREFIX where: <u:w> SELECT ?where ('{' AS ?x) { }",
            ["u:a"],
            [],
            "PREFIX where: <u:w> SELECT ?where ('{' AS ?x)  FROM <u:a> { }",
        ),
    ],
)
def test_dataset_of_a_request_takes_the_place_of_that_of_the_query(query, default, named, expected):
    assert with_dataset(query, default, named) == expected


def test_forms_of_a_query():
    assert query_form("# SELECT\nPREFIX ask: <u:x> BASE <u:y> describe <x>") == "DESCRIBE"
    assert query_form("?x") == query_form("") == query_form("INSERT DATA {}") == ""
    assert set(OFFERS) == {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


# -- the protocol ---------------------------------------------------------------------------------


def get(query: str, accept: str = "", **fields) -> dict:
    headers = {"Accept": accept} if accept else {}
    return {"params": {"query": query, **fields}, "headers": headers}


def form(**fields) -> dict:
    return {"content": urlencode(fields), "headers": {"Content-Type": FORM}}


def body(query, kind=SPARQL) -> dict:
    return {"content": query, "headers": {"Content-Type": kind}}


ASK_YES = "ASK { ?c d:text 'Yes.' }"
ALL = "CONSTRUCT WHERE { ?c d:text ?t }"
SERVICE = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
NOT_IN_XML = "SELECT ('\\u0001' AS ?x) {}"


@pytest.mark.parametrize(
    ("method", "request_", "kind"),
    [
        ("GET", get(TEXTS), JSON),
        ("HEAD", get(TEXTS), JSON),
        ("GET", get(ASK_YES), JSON),
        ("GET", get(ALL), TURTLE),
        ("GET", get("DESCRIBE ?c { ?c d:text 'Yes.' }"), TURTLE),
        ("POST", form(query=TEXTS), JSON),
        ("POST", body(TEXTS), JSON),
        ("POST", body(TEXTS, "Application/SPARQL-query ; charset=UTF-8"), JSON),
        ("GET", get(TEXTS, format="json", output="json"), JSON),
        ("GET", get(TEXTS, XML), XML),
        ("GET", get(TEXTS, "text/csv"), "text/csv; charset=utf-8"),
        ("GET", get(ALL, "application/n-triples"), "application/n-triples"),
        ("GET", get(ALL, "application/rdf+xml"), "application/rdf+xml"),
        ("GET", {}, TURTLE),
        ("GET", {"headers": {"Accept": "application/n-triples"}}, "application/n-triples"),
        ("GET", {"headers": {"Accept": "text/html"}}, TURTLE),
    ],
)
def test_what_the_protocol_takes(reader, method, request_, kind):
    response = reader.request(method, "/sparql", **request_)
    assert (response.status_code, response.headers["content-type"]) == (200, kind)
    assert bool(response.content) == (method != "HEAD")


@pytest.mark.parametrize(
    ("method", "request_", "status"),
    [
        # what is wrong with the request
        ("GET", get(""), 400),
        ("GET", {"params": [("query", TEXTS), ("query", TEXTS)]}, 400),
        ("GET", {"params": "query=%ff%fe"}, 400),
        ("POST", form(), 400),
        ("POST", body(""), 400),
        ("POST", body(b"SELECT '\xff' {}"), 400),
        ("POST", {**body(TEXTS), "params": {"query": TEXTS}}, 400),
        ("POST", form(**{f"f{n}": "" for n in range(1001)}), 400),
        ("GET", get(TEXTS, **{"default-graph-uri": "no iri"}), 400),
        ("GET", get(TEXTS, **{"named-graph-uri": "urn:x> {} #"}), 400),
        ("GET", get(TEXTS, **{"default-graph-uri": "urn:x:none"}), 400),
        # what is wrong with the query
        ("GET", get("SELECT ?t {"), 400),
        ("GET", get("nonsense"), 400),
        ("GET", get(SERVICE), 400),
        ("GET", get("INSERT DATA { <u:a> <u:b> <u:c> }"), 400),
        ("POST", body("INSERT DATA { <u:a> <u:b> <u:c> }"), 400),
        ("POST", form(query="DROP ALL"), 400),
        # updates, other methods, other forms of answer, other sorts of body
        ("POST", form(update="DROP ALL"), 403),
        ("POST", body("DROP ALL", "application/sparql-update"), 403),
        ("GET", {"params": {"update": "DROP ALL"}}, 403),
        ("PUT", body(TEXTS), 405),
        ("DELETE", {}, 405),
        ("GET", get(TEXTS, "text/html"), 406),
        ("GET", get(ASK_YES, "text/csv"), 406),
        ("GET", get(ALL, JSON), 406),
        ("GET", get(NOT_IN_XML, XML), 406),
        ("POST", body(TEXTS, "text/plain"), 415),
        ("POST", {"content": TEXTS}, 415),
        ("POST", body(TEXTS, f"{SPARQL}; charset=latin-1"), 415),
    ],
)
def test_what_the_protocol_refuses(reader, method, request_, status):
    response = reader.request(method, "/sparql", **request_)
    assert (response.status_code, response.headers["content-type"]) == (status, PLAIN)
    assert response.text.strip()
    if status == 405:
        assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_options_say_what_is_taken_and_allow_no_other_origin(reader):
    response = reader.options("/sparql")
    assert response.status_code == 204
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert response.headers["accept-post"] == f"{FORM}, {SPARQL}"
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize("accept", [offer.media for offer in OFFERS["SELECT"]])
def test_answer_is_that_of_the_library_in_every_format(reader, claims, accept):
    corpus = read_corpus([claims(ONE, TWO)])
    format_ = next(offer.format for offer in OFFERS["SELECT"] if offer.media == accept)
    expected = written(run_query(corpus.store, TEXTS, prefixes=corpus.prefixes), format_, {})
    answer = reader.get("/sparql", params={"query": TEXTS}, headers={"Accept": accept})
    assert answer.content == expected
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.format)
def test_a_graph_is_the_same_in_every_format(reader, offer):
    formats = {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "rdfxml": RdfFormat.RDF_XML,
    }
    answer = reader.get("/sparql", params={"query": ALL}, headers={"Accept": offer.media})
    found = {quad.object.value for quad in parse(answer.content, formats[offer.format])}
    assert found == {"Yes.", "No."}


def test_graphs_of_the_request_are_honoured(asked, claims):
    client = asked()
    one, two = (file.graph for file in read_corpus([claims()]).files)

    def texts(query=TEXTS, **graphs):
        fields = [("query", query)] + [
            (f"{name}-graph-uri", iri) for name, iris in graphs.items() for iri in iris
        ]
        by_get = client.get("/sparql", params=fields)
        by_form = client.post("/sparql", content=urlencode(fields), headers={"Content-Type": FORM})
        direct = client.post("/sparql", params=fields[1:], **body(query))
        assert by_get.text == by_form.text == direct.text
        return [row["t"]["value"] for row in by_get.json()["results"]["bindings"]]

    assert texts() == ["No.", "Yes."]
    assert texts(default=[one]) == ["Yes."]
    assert texts(default=[one, two]) == ["No.", "Yes."]
    assert texts(f"SELECT ?t FROM <{one}> {{ ?c d:text ?t }}", default=[two]) == ["No."]
    assert texts(named=[one]) == []  # the default graph is empty then
    assert texts("SELECT ?t { GRAPH ?g { ?c d:text ?t } }", default=[one], named=[two]) == ["No."]


def test_a_faulty_query_is_told_with_line_and_column(reader):
    answer = reader.get("/sparql", params={"query": "SELECT ?t {\n  ?c d:text ?t ?x }"})
    assert answer.text.startswith("query:2:16: “?x” is not expected here\n")


def test_prefixes_of_the_files_are_declared(reader):
    answer = reader.get("/sparql", params={"query": "ASK { :no d:rebuts :yes }"})
    assert answer.json()["boolean"] is True


def test_verdicts_are_there_for_a_query_that_speaks_of_them(asked):
    client = asked()
    query = "SELECT ?t ?s { ?c d:text ?t ; v:status ?s }"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert {(row["t"]["value"], row["s"]["value"]) for row in rows} == {
        ("No.", "in"),
        ("Yes.", "out"),
    }
    crux = client.get("/sparql", params={"query": "ASK { :yes v:crux :no }"})
    assert crux.json()["boolean"] is True
    every = client.get("/sparql", params={"query": "SELECT ?p { ?s ?p ?o }"}).text
    assert "verdict#" not in every


def test_description_of_the_service(reader):
    answer = reader.get("/sparql").content
    said = [quad.triple for quad in parse(answer, RdfFormat.TURTLE)]
    space = "http://www.w3.org/ns/sparql-service-description#"

    def values(name: str) -> set[str]:
        return {triple.object.value for triple in said if triple.predicate.value == space + name}

    assert values("endpoint") == {str(reader.base_url.join("/sparql"))}
    assert values("supportedLanguage") == {f"{space}SPARQL11Query"}
    assert values("feature") == {f"{space}UnionDefaultGraph"}
    assert len([name for name in values("name") if name.startswith("urn:dissensus:file:")]) == 2
    assert "http://www.w3.org/ns/formats/SPARQL_Results_JSON" in values("resultFormat")


def test_a_slow_query_is_stopped_and_the_server_answers_meanwhile(running):
    server = running(*MANY, timeout=2)
    with ThreadPoolExecutor() as pool:
        started = time.monotonic()
        slow = [pool.submit(server.ask, SLOW) for _query in range(2)]
        time.sleep(0.5)
        assert server.get("/health").json()["sound"]
        assert len(server.texts()) == 31
        assert not any(answer.done() for answer in slow)
        for answer in slow:
            assert answer.result().status_code == 503
            assert "was stopped after 2 seconds" in answer.result().text
        assert time.monotonic() - started < 15
    assert len(server.texts()) == 31


def test_no_more_than_four_queries_run_at_once(asked, monkeypatch):
    monkeypatch.setattr("dissensus.graph.server.asking.LONGEST_WAIT", 0.3)
    client = asked(*MANY, timeout=3)
    with ThreadPoolExecutor() as pool:
        slow = [pool.submit(client.get, "/sparql", params={"query": SLOW}) for _ in range(5)]
        answers = [answer.result() for answer in slow]
    assert [answer.status_code for answer in answers] == [503] * 5
    refused = [answer for answer in answers if "retry-after" in answer.headers]
    assert len(refused) == 1
    assert "4 queries are running" in refused[0].text


def test_fifty_readers_at_once(running):
    server = running()
    page = server.get("/").text

    def read(number: int) -> bool:
        if number % 2:
            return server.get("/").text == page
        return server.texts() == {"Yes.", "No."}

    with ThreadPoolExecutor(50) as pool:
        assert list(pool.map(read, range(100))) == [True] * 100


@pytest.fixture
def comunica(root):
    """Runs queries through Comunica; skipped where it is not installed (see tests/comunica)."""
    folder = root / "tests" / "comunica"
    if not (folder / "node_modules").is_dir() or not shutil.which("node"):
        if os.environ.get("DISSENSUS_REQUIRE_COMUNICA"):
            pytest.fail("Comunica is not installed, and DISSENSUS_REQUIRE_COMUNICA is set")
        pytest.skip("Comunica is not installed: npm install --prefix tests/comunica")

    def ask(endpoint, queries):
        done = subprocess.run(
            ["node", "ask.js", endpoint], cwd=folder, input=json.dumps(queries), text=True,
            capture_output=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def test_sparqlwrapper_and_sparqlstore_agree_with_the_command_line(running, root):
    from rdflib import Literal as RdflibLiteral
    from rdflib import URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLStore
    from SPARQLWrapper import SPARQLWrapper

    server = running(folder=root / "claims")
    corpus = read_corpus([root / "claims"])

    def rdflib_term(term):
        if isinstance(term, NamedNode):
            return URIRef(term.value)
        if isinstance(term, Literal):
            plain = term.language or term.datatype.value.endswith("#string")
            datatype = None if plain else URIRef(term.datatype.value)
            return RdflibLiteral(term.value, lang=term.language, datatype=datatype)
        assert term is None
        return None

    store = SPARQLStore(f"{server.home}/sparql")
    compared = 0
    for path in sorted(SHIPPED.glob("*.rq")):
        text = saved_query(path.stem).text
        if "v:" in text:
            continue  # the verdicts have a test of their own
        result = run_query(corpus.store, text, prefixes=corpus.prefixes)
        wrapper = SPARQLWrapper(f"{server.home}/sparql")
        wrapper.setQuery(text)
        wrapper.setReturnFormat("json")
        assert wrapper.query().convert() == json.loads(written(result, "json", {})), path.stem
        rows = [tuple(map(rdflib_term, row)) for row in result.rows]
        assert [tuple(row) for row in store.query(text)] == rows, path.stem
        compared += 1
    assert compared > 20

    wrapper = SPARQLWrapper(f"{server.home}/sparql")
    wrapper.setQuery(f"PREFIX d: <https://w3id.org/dissensus#> {ALL}")
    wrapper.setMethod("POST")
    answer = wrapper.query().response
    assert answer.headers["content-type"] == "application/rdf+xml"
    assert len(list(parse(answer.read(), RdfFormat.RDF_XML))) == 95


def test_comunica_agrees_with_the_command_line_on_every_saved_query(running, root, comunica):
    """Comunica asks patterns of its own and joins them itself: each answer must still be ours."""
    server = running(folder=root / "claims")
    corpus = read_corpus([root / "claims"])
    queries = {path.stem: saved_query(path.stem).text for path in sorted(SHIPPED.glob("*.rq"))}
    queries = {name: text for name, text in queries.items() if "v:" not in text}

    answers = comunica(f"{server.home}/sparql", queries)

    def plain(term):
        kind = "NamedNode" if isinstance(term, NamedNode) else "Literal"
        return [kind, term.value]

    for name, text in queries.items():
        result = run_query(corpus.store, text, prefixes=corpus.prefixes)
        rows = [
            {
                variable: plain(term)
                for variable, term in zip(result.variables, row, strict=True)
                if term
            }
            for row in result.rows
        ]
        assert sorted(map(repr, map(sorted_items, answers[name]))) == sorted(
            map(repr, map(sorted_items, rows))
        ), name
    assert len(queries) > 20


def sorted_items(row):
    return sorted(row.items())


# -- who may ask ----------------------------------------------------------------------------------

PATHS = ("/", "/events", "/query", "/assets/query.js", "/queries", "/names", "/check", "/health",
         "/sparql", "/nothing")  # fmt: skip


def with_port(headers, client):
    port = str(client.base_url.port)
    return {name: value.replace("PORT", port) for name, value in headers.items()}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:PORT"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": "127.0.0.1:80"}, 421),
        ({"Host": "127.0.0.1.evil.example:PORT"}, 421),
        ({"Host": ""}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://127.0.0.1:PORT"}, 403),
        ({"Origin": "http://localhost:PORT"}, 403),  # not the origin of this Host
        ({"Origin": "http://127.0.0.1:8000"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_foreign_pages_are_refused(reader, path, headers, status):
    answer = reader.get(path, headers=with_port(headers, reader))
    assert answer.status_code == status
    assert "Yes." not in answer.text
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "localhost:PORT"},
        {"Host": "LocalHost:PORT", "Origin": "http://localhost:PORT"},
        {"Host": "[::1]:PORT"},
        {"Origin": "http://127.0.0.1:PORT", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_our_own_pages_may_ask(reader, headers):
    assert reader.get("/health", headers=with_port(headers, reader)).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_fenced_in(reader, path):
    for headers in ({}, {"Host": "evil.example"}):
        with reader.stream("GET", path, headers=headers) as answer:
            pass
        policy = dict(
            part.strip().partition(" ")[::2]
            for part in answer.headers["content-security-policy"].split(";")
        )
        assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
        assert "server" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/assets/", "/assets/live.js", "/assets/../application.py", "/assets/..%2fapplication.py",
     "/page/query.js", "/file0.ttl", "/claims/file0.ttl", "/.git/config", "/%2e%2e/etc/passwd"],
)  # fmt: skip
def test_no_path_is_a_file(reader, path):
    assert reader.get(path).status_code == 404


def test_large_requests_are_refused(asked):
    client = asked()
    query = TEXTS + " " * MOST_BYTES

    def pieces():
        for start in range(0, len(query), 65536):
            yield query[start : start + 65536].encode()

    assert client.post("/sparql", **body(query)).status_code == 413
    assert client.post("/sparql", **body(pieces())).status_code == 413
    fits = TEXTS + " " * (MOST_BYTES - len(TEXTS))
    assert client.post("/sparql", **body(fits)).status_code == 200


def test_a_request_that_never_comes_is_not_waited_for(asked, monkeypatch):
    monkeypatch.setattr("dissensus.graph.server.guarding.MOST_SECONDS", 0.3)
    client = asked()

    def slowly():
        yield b"SELECT"
        time.sleep(1)
        yield b" * {}"

    assert client.post("/sparql", **body(slowly())).status_code == 408


# -- following the files --------------------------------------------------------------------------


class Events:
    """The news that a server sends, as they come."""

    def __init__(self, server: Process) -> None:
        place = urlsplit(server.home)
        self._connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
        self._connection.request("GET", "/events")
        self._response = self._connection.getresponse()
        assert self._response.headers["content-type"].startswith("text/event-stream")
        self.seen: list[dict] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        until(lambda: self.seen)

    def _read(self) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            for line in self._response:
                if line.startswith(b"data: "):
                    self.seen.append(json.loads(line[6:]))

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._response.close()
        self._connection.close()

    def ended(self) -> bool:
        self._thread.join(10)
        return not self._thread.is_alive()


def test_of_200_saves_in_a_row_none_is_lost(running, claims):
    server = running(ONE, "")
    file = claims() / "file1.ttl"
    events = Events(server)
    prologue = file.read_text(encoding="utf-8")
    for number in range(200):
        text = f':c a d:Claim ; d:text "Save {number}." ; d:assertedBy :ann .\n'
        if number % 3 == 2:
            text += ":broken a"
        if number % 2:  # some editors write the file, some put another in its place
            file.write_text(prologue + text, encoding="utf-8")
        else:
            draft = file.with_suffix(".tmp")
            draft.write_text(prologue + text, encoding="utf-8")
            os.replace(draft, file)
        time.sleep(0.01)
    until(lambda: "Save 199." in server.texts())
    until(lambda: not events.seen[-1]["faults"])
    assert "Save 199." in server.get("/").text
    versions = [news["version"] for news in events.seen]
    assert versions == sorted(set(versions))
    assert json.dumps(events.seen[-1]["page"]) in server.get("/").text
    events.close()


def test_each_of_many_saves_is_shown_when_there_is_time(running, claims):
    server = running()
    file = claims() / "file1.ttl"
    events = Events(server)
    prologue = file.read_text(encoding="utf-8")
    for number in range(6):
        before = len(events.seen)
        file.write_text(
            f'{prologue}:c a d:Claim ; d:text "Now {number}." ; d:assertedBy :ann .\n',
            encoding="utf-8",
        )
        until(lambda seen=before: len(events.seen) > seen)
        until(lambda said=f"Now {number}.": said in server.texts())
    assert len({news["page"] for news in events.seen}) == 7
    events.close()


def test_a_fault_is_told_and_the_last_sound_state_stays(running, claims):
    server = running()
    events = Events(server)
    page = server.get("/").content
    file = claims() / "file1.ttl"
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace("d:rebuts", "d:rebutts"), encoding="utf-8")
    (fault,) = until(lambda: events.seen[-1]["faults"])
    assert (fault["line"], fault["remedy"]) == (4, "did you mean d:rebuts?")
    assert fault["file"].endswith("file1.ttl")
    assert "d:rebutts" in fault["message"]
    assert server.get("/").content == page
    assert server.texts() == {"Yes.", "No."}
    assert fault in server.get("/check").json()["findings"]
    assert server.get("/health").json() == {"version": 2, "sound": False, "claims": 2}

    file.write_text(sound, encoding="utf-8")
    until(lambda: not events.seen[-1]["faults"])
    assert events.seen[-1]["page"] == events.seen[0]["page"]
    events.close()


def test_files_that_come_and_go(running, claims):
    folder = claims(ONE)
    server = running(folder=folder)
    prologue = (folder / "file0.ttl").read_text(encoding="utf-8").removesuffix(ONE)
    below = folder / "below"
    below.mkdir()
    (below / "two.ttl").write_text(prologue + TWO, encoding="utf-8")
    until(lambda: server.texts() == {"Yes.", "No."})
    (below / "two.ttl").rename(folder / "three.ttl")
    until(lambda: "three.ttl" in server.get("/sparql").text)
    assert server.texts() == {"Yes.", "No."}
    (folder / "three.ttl").unlink()
    until(lambda: server.texts() == {"Yes."})
    (folder / "notes.txt").write_text("no claims", encoding="utf-8")
    (folder / ".hidden.ttl").write_text("no claims", encoding="utf-8")
    time.sleep(0.7)
    assert server.get("/health").json()["sound"]


def test_a_single_file_is_followed(running, claims):
    file = claims(ONE) / "file0.ttl"
    server = running(folder=file)
    draft = file.with_suffix(".part")
    draft.write_text(file.read_text(encoding="utf-8").replace("Yes.", "Perhaps."), encoding="utf-8")
    os.replace(draft, file)
    until(lambda: server.texts() == {"Perhaps."})


def test_faults_from_the_start(running, claims):
    server = running(ONE, FAULTY)
    assert "1 faults" in server.said[0]
    assert "The claims have faults" in server.get("/").text
    assert server.ask(TEXTS).status_code == 503
    assert server.get("/names").json() == {"claims": {}}
    assert server.get("/sparql").status_code == 200
    file = claims() / "file1.ttl"
    file.write_text(file.read_text(encoding="utf-8").replace("rebutts", "rebuts"), encoding="utf-8")
    until(lambda: server.get("/health").json()["sound"])
    assert "The claims have faults" not in server.get("/").text
    assert server.texts() == {"Yes.", "No."}


def test_claims_that_no_map_can_show_are_served_all_the_same(asked, monkeypatch):
    monkeypatch.setattr("dissensus.graph.maps.scope.MOST_CLAIMS", 1)
    client = asked()
    assert "<h1>No map</h1><p>2 claims" in client.get("/").text
    assert client.get("/sparql", params={"query": ASK_YES}).json()["boolean"] is True


def test_the_same_page_for_the_same_files(asked):
    first, second = asked(), asked()
    assert first.get("/").content == second.get("/").content


def test_what_the_live_page_allows(shipped):
    from dissensus.graph.maps import draw

    text = draw(shipped)
    page = live_page(text, write=False)
    assert b"Content-Security-Policy" not in page.body
    before = re.search("script-src ([^;]*);", html.unescape(text))[1].split()
    after = re.search("script-src ([^;]*);", page.policy)[1].split()
    assert after[:-1] == before
    assert "connect-src 'self'" in page.policy
    assert live_page(text, write=True).digest != page.digest == live_page(text, write=False).digest


def test_ctrl_c_ends_the_server_and_lets_readers_go(running):
    server = running()
    events = Events(server)
    started = time.monotonic()
    said = server.end()
    assert said == "ended well\n"
    assert server.process.returncode == 0
    assert time.monotonic() - started < 10
    assert events.ended()
    events.close()


def test_ctrl_c_ends_a_running_query_with_an_answer(running):
    server = running(*MANY, timeout=4)
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(server.ask, SLOW)
        time.sleep(0.8)
        assert server.end() == "ended well\n"
        assert (slow.result().status_code, slow.result().text) == (
            503,
            "the server has been stopped\n",
        )


# -- writing --------------------------------------------------------------------------------------

CLAIM = {"text": "Perhaps.", "speaker": "Ann", "rebuts": ["yes"], "name": "perhaps"}


def bearer(token=TOKEN) -> dict:
    return {"Authorization": f"Bearer {token}"}


def test_a_claim_is_added_with_the_token(asked, claims):
    client = asked(write=True)
    answer = client.post("/claims", json=CLAIM, headers=bearer())
    assert answer.status_code == 201
    added = answer.json()
    assert added["iri"] == "https://example.org/debate#perhaps"
    assert 'd:text "Perhaps."@en' in added["text"]
    assert added["text"] in Path(added["file"]).read_text(encoding="utf-8")
    query = {"query": "ASK { :perhaps d:rebuts :yes }"}
    until(lambda: client.get("/sparql", params=query).json()["boolean"])


@pytest.mark.parametrize(
    ("write", "headers", "status"),
    [
        (False, bearer(), 403),
        (False, {}, 403),
        (True, {}, 401),
        (True, {"Authorization": "Bearer"}, 401),
        (True, {"Authorization": f"Basic {TOKEN}"}, 401),
        (True, bearer("another"), 403),
        (True, bearer("é".encode().decode("latin-1")), 403),
        (True, {**bearer(), "Origin": "https://evil.example"}, 403),
        (True, {**bearer(), "Content-Type": "text/plain"}, 415),
    ],
)
def test_who_may_not_write(asked, claims, write, headers, status):
    client = asked(write=write)
    before = (claims() / "file1.ttl").read_bytes()
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = client.post(
        "/claims", content=json.dumps(CLAIM), headers={"Content-Type": "application/json", **raw}
    )
    assert answer.status_code == status
    assert ("www-authenticate" in answer.headers) == (status == 401)
    assert (claims() / "file1.ttl").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        ("{", 400, "the body is no JSON"),
        ("[" * 100_000, 400, "the body is no JSON"),
        ("[]", 400, "a claim is a JSON object"),
        ("{}", 400, "a claim needs a text"),
        ('{"text": " "}', 400, "a claim needs a text"),
        ('{"text": 3}', 400, "text is a text"),
        ('{"text": "\\ud800"}', 400, "text is a text"),
        ('{"text": "A", "speaker": {}}', 400, "speaker is a name, or a list of names"),
        ('{"text": "A", "topics": []}', 400, "a claim has no field 'topics'; did you mean topic?"),
        ('{"text": "A", "kind": "guess"}', 400, "kind is one of claim, evidence, recommendation"),
        ('{"text": "A", "quote": "B"}', 400, "a quote needs the document"),
        ('{"text": "A", "speaker": "Anne"}', 400, "no speaker named 'Anne'; did you mean Ann?"),
        ('{"text": "A", "file": "/etc/passwd"}', 400, "a claim has no field 'file'"),
        ('{"text": "A", "speaker": "Ann", "language": "no language"}', 400, ""),
    ],
)
def test_what_is_no_claim(asked, claims, content, status, said):
    client = asked(write=True)
    before = [path.read_bytes() for path in sorted(claims().iterdir())]
    headers = {"Content-Type": "application/json", **bearer()}
    answer = client.post("/claims", content=content, headers=headers)
    assert answer.status_code == status
    assert answer.text.startswith(said)
    assert [path.read_bytes() for path in sorted(claims().iterdir())] == before


def test_nothing_is_added_to_claims_with_faults(asked):
    client = asked(ONE, FAULTY, write=True)
    answer = client.post("/claims", json=CLAIM, headers=bearer())
    assert answer.status_code == 422
    assert answer.json()["findings"][0]["line"] > 0


def test_claims_added_at_once_are_all_there(asked):
    client = asked(write=True)

    def add(number: int) -> int:
        fields = {"text": f"Claim {number}.", "speaker": "Ann", "supports": "yes"}
        return client.post("/claims", json=fields, headers=bearer()).status_code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(add, range(8))) == [201] * 8
    count = {"query": "SELECT (COUNT(?c) AS ?n) { ?c d:supports :yes }"}
    until(lambda: '"value":"8"' in client.get("/sparql", params=count).text)


def test_the_token_is_told_to_who_starts_the_server(running):
    server = running(write=True)
    link = server.process.stderr.readline()
    token = re.search(r"#token=(\S{32})", link)[1]
    assert token not in server.get("/").text
    headers = {"Authorization": f"Bearer {token}"}
    answer = httpx.post(f"{server.home}/claims", json=CLAIM, headers=headers, timeout=30)
    assert answer.status_code == 201
    until(lambda: "Perhaps." in server.texts())


# -- starting -------------------------------------------------------------------------------------


def test_a_port_that_is_taken(claims):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DissensusError, match=f"127.0.0.1:{port}: cannot listen there"):
            serve([claims(ONE)], port=port)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"host": "0.0.0.0"}, "0.0.0.0 can be reached from other machines; use 127.0.0.1"),
        ({"timeout": 0}, "a query needs a time above 0 seconds, not 0"),
        ({"token": "x"}, "a token is for writing: use it with --write"),
        ({"token": "ü", "write": True}, "a token is made of printable ASCII characters"),
    ],
)
def test_what_cannot_be_served(claims, options, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        serve([claims(ONE)], port=0, **options)


def test_without_the_extra_the_command_to_install_it_is_told(claims, monkeypatch):
    monkeypatch.delitem(sys.modules, "dissensus.graph.server.running")
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(UsageError, match=re.escape("pip install 'dissensus[serve]'")):
        serve([claims(ONE)])
