"""Maps of what a query finds, in its surroundings."""

from __future__ import annotations

import json
import re

import pytest

import dissensus
from dissensus.graph.errors import DissensusError, QueryError, UnknownNameError, UsageError
from dissensus.graph.maps import draw
from dissensus.graph.querying.mentions import mentioned
from dissensus.graph.reading import read_corpus

TRAMS = """
:fares a d:Topic ; rdfs:label "fares" . :traffic a d:Topic ; rdfs:label "traffic" .
:ana a d:Speaker ; rdfs:label "Ana" . :ben a d:Speaker ; rdfs:label "Ben" .
:yes a d:Claim ; d:text "Trams should be free." ; d:assertedBy :ana ; d:about :fares .
:no a d:Claim ; d:text "Trams should cost." ; d:assertedBy :ben ; d:about :fares ; d:rebuts :yes .
:fair a d:Claim ; d:text "Free trams are fair." ; d:assertedBy :ana ; d:about :fares .
:both a d:Support ; d:premise :fair ; d:conclusion :yes .
:whose a d:Claim ; d:text "Fair to those who walk?" ; d:assertedBy :ben ; d:about :fares ;
    d:undercuts :both .
:cars a d:Claim ; d:text "Free trams replace cars." ; d:assertedBy :ana ; d:about :traffic ;
    d:supports :yes .
:far a d:Claim ; d:text "Cars are loud." ; d:assertedBy :ana ; d:about :traffic ; d:supports :cars .
"""
PREFIXES = "PREFIX : <https://example.org/debate#> PREFIX d: <https://w3id.org/dissensus#> "


def page_of(html: str):
    data = json.loads(
        re.search(r'<script type="application/json" id="debate">(.*?)</script>', html, re.S)[1]
    )
    names = [claim["id"] for claim in data["claims"]]
    return set(names), {names[n] for n in data["scope"].get("matches", ())}, data


@pytest.fixture
def drawn(run, claims):
    """Draws what a query finds; returns the claims shown, those marked, and the page's data."""
    folder = claims(TRAMS)

    def draw_found(*options: str):
        result = run("map", "-o", "-", *options, claims=folder)
        assert result.exit_code == 0, result.output
        return page_of(result.stdout)

    draw_found.folder = folder
    return draw_found


def test_what_a_query_finds_is_marked_in_its_surroundings(drawn) -> None:
    shown, marked, data = drawn("--query", "SELECT ?c { ?c d:assertedBy :ben ; d:rebuts ?x }")
    assert marked == {"no"}
    assert shown == {"no", "yes"}
    assert data["scope"]["depth"] == 1
    assert data["claims"][data["start"]]["id"] == "no", "the map opens on it"


def test_depth_says_how_much_of_the_surroundings(drawn) -> None:
    query = ["--query", "SELECT ?c { ?c d:text 'Cars are loud.' }"]
    assert drawn(*query, "--depth", "0")[0] == {"far"}
    assert drawn(*query, "--depth", "2")[0] == {"far", "cars", "yes"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?c ?other { ?c d:rebuts ?other }",
        "CONSTRUCT { ?c d:rebuts ?other } WHERE { ?c d:rebuts ?other }",
        "SELECT ?link { ?link a d:Rebuttal }",
    ],
)
def test_every_claim_and_link_of_the_result_counts(drawn, query: str) -> None:
    shown, marked, _data = drawn("--query", query, "--depth", "0")
    assert shown == marked == {"no", "yes"}


def test_describe_finds_what_it_describes(drawn) -> None:
    assert "cars" in drawn("--query", "DESCRIBE :cars")[1]


def test_a_link_stands_for_what_it_joins_and_what_undercuts_it_is_not_found(drawn) -> None:
    shown, marked, _data = drawn("--query", "SELECT ?l { ?l a d:Support ; d:premise :fair }")
    assert marked == {"fair", "yes"}
    assert "whose" in shown


def test_queries_come_from_files_and_by_name(drawn, tmp_path) -> None:
    file = tmp_path / "query.rq"
    file.write_text("SELECT ?c { ?c d:rebuts ?other }", encoding="utf-8")
    assert drawn("--query-file", str(file))[1] == {"no"}
    assert drawn("--saved", "claims-by-speaker", "--set", "speaker=ben")[1] == {"no", "whose"}


def test_topic_and_speaker_narrow_what_was_found(drawn) -> None:
    every = ["--query", "SELECT ?c { ?c a d:Claim }"]
    shown, marked, data = drawn(*every, "--topic", "traffic")
    assert shown == marked == {"cars", "far"}
    assert data["scope"]["topic"] == "traffic"
    assert drawn("--query", "SELECT ?c { ?c d:rebuts ?x }", "--speaker", "ben")[0] == {"no", "yes"}


def test_verdicts_may_be_asked_for(drawn) -> None:
    _shown, marked, _data = drawn("--query", "SELECT ?c { ?c v:status 'out' }", "--depth", "0")
    assert marked == {"yes"}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?c { ?c a d:Nothing }", "the query found nothing"),
        ("SELECT ?s { ?c d:assertedBy ?s }", "no claim to draw"),
        ("ASK { ?c a d:Claim }", "ASK answers yes or no"),
        ("SELECT ?c { ?c a", "query:1"),
    ],
)
def test_nothing_found_is_one_clear_line(run, claims, tmp_path, query: str, message: str) -> None:
    target = tmp_path / "map.html"
    result = run("map", "-o", str(target), "--query", query, claims=claims(TRAMS))
    assert result.exit_code == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert not target.exists()


def test_the_library_names_claims_or_links(claims) -> None:
    debate = dissensus.read(claims(TRAMS))
    assert page_of(draw(debate, claims=["no"]))[1] == {"no"}
    assert page_of(draw(debate, claims=[":both", "far"]))[1] == {"fair", "yes", "far"}
    with pytest.raises(UnknownNameError):
        draw(debate, claims=["nobody"])
    with pytest.raises(UsageError, match="not both"):
        draw(debate, claims=["no"], focus="yes")
    with pytest.raises(UsageError, match="no claim fits"):
        draw(debate, claims=[])
    with pytest.raises(UsageError, match="no claim fits"):
        draw(debate, claims=["no"], topic="traffic")


def test_mentioned_keeps_the_order_of_the_result(claims) -> None:
    folder = claims(TRAMS)
    corpus, debate = read_corpus([folder]), dissensus.read(folder)

    def found(text: str):
        return [debate.name(iri) for iri in mentioned(dissensus.query(corpus, text), debate)]

    order = found(PREFIXES + "SELECT ?c { ?c a d:Claim ; d:text ?t } ORDER BY DESC(?t)")
    assert order == ["no", "yes", "cars", "fair", "whose", "far"]
    quoted = found(PREFIXES + "SELECT ?t { BIND(<<( :no d:rebuts :yes )>> AS ?t) }")
    assert quoted == ["no", "yes"]
    with pytest.raises(QueryError):
        found("ASK {}")
    with pytest.raises(DissensusError, match="2 results but no claim"):
        found(PREFIXES + "SELECT DISTINCT ?s { ?c d:assertedBy ?s }")
