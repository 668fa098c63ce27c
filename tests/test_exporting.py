"""Exporting in RDF: JSON-LD and nanopublications say the same debate, ClaimReview its verdicts."""

from __future__ import annotations

import json

import pytest
from drawn import debates, records
from hypothesis import given, settings
from pyoxigraph import RdfFormat, parse

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.exchange.nanopublication import NANOPUB
from dissensus.graph.model import Claim, Link
from dissensus.graph.terms import PROV, LinkKind
from dissensus.graph.writing import write_bytes

AI = "https://w3id.org/dissensus/debates/ai-compute#"


@pytest.mark.parametrize(("name", "ending"), [("json-ld", "jsonld"), ("nanopub", "trig")])
@settings(max_examples=15)
@given(debate=debates())
def test_reading_the_export_gives_the_same_debate(name, ending, tmp_path_factory, debate):
    path = tmp_path_factory.getbasetemp() / f"debate.{ending}"
    write_bytes(path, dissensus.export_debate(debate, name).files[""])

    assert records(dissensus.read(path)) == records(debate)


@pytest.mark.parametrize(("name", "ending"), [("json-ld", "jsonld"), ("nanopub", "trig")])
def test_the_shipped_debate_is_sound_and_the_same_in_every_spelling(
    shipped, run, tmp_path, name, ending
):
    path = tmp_path / f"debate.{ending}"

    result = run("export", "-o", str(path))

    assert (result.exit_code, result.stderr) == (0, f"wrote {path}\n")
    assert not dissensus.check([path])
    assert records(dissensus.read(path)) == records(shipped)


def test_json_ld_reads_like_json_that_a_person_would_write(shipped):
    document = json.loads(dissensus.export_debate(shipped, "json-ld").text)

    (pivot,) = (node for node in document["graph"] if node.get("id") == "#deliberate-pivot")
    assert pivot["type"] == "Claim"
    assert pivot["assertedBy"] == "#gin"
    assert pivot["text"] == {
        "en": "China's chip policy is a chosen change of course, not a blunder."
    }
    assert pivot["quote"]["source"] == "#tbpn-recap"
    assert pivot["quote"]["exact"].endswith("a deliberate pivot")


def test_a_nanopublication_has_its_four_graphs_and_its_author(shipped):
    text = dissensus.export_debate(shipped, "nanopub").text
    quads = list(parse(text, RdfFormat.TRIG))

    base = AI + "deliberate-pivot."
    graphs = {quad.graph_name.value for quad in quads if hasattr(quad.graph_name, "value")}
    assert {base + part for part in ("head", "assertion", "provenance", "pubinfo")} <= graphs
    heads = [quad for quad in quads if quad.predicate.value == NANOPUB + "hasAssertion"]
    assert len(heads) == len(shipped)
    said = {
        (quad.subject.value, quad.object.value)
        for quad in quads
        if quad.predicate.value == PROV + "wasAttributedTo"
    }
    assert (base + "assertion", AI + "gin") in said


def test_claim_reviews_say_of_contested_claims_whether_they_stand():
    debate = Debate(
        [Claim("urn:x:a", "A.", language="en"), Claim("urn:x:b", "B."), Claim("urn:x:c", "C.")],
        [
            Link(LinkKind.REBUTTAL, ("urn:x:b",), "urn:x:a"),
            Link(LinkKind.REBUTTAL, ("urn:x:c",), "urn:x:b"),
        ],
    )

    export = dissensus.export_debate(debate, "claimreview")

    reviews = json.loads(export.text)["@graph"]
    assert [(r["claimReviewed"], r["reviewRating"]["alternateName"]) for r in reviews] == [
        ("A.", "stands"),
        ("B.", "falls"),
    ]
    assert "“a” stands: every attack on it fails." in reviews[0]["reviewBody"]
    assert export.losses[0] == "claims that nobody attacked: 1"


def test_what_is_lost_is_told_and_the_result_goes_to_standard_output(run):
    result = run("export", "--to", "claimreview")

    assert json.loads(result.stdout)["@context"] == "https://schema.org"
    assert "claims that nobody attacked: 87; quotes: " in result.stderr


def test_a_format_must_be_named(run, tmp_path):
    assert run("export").exit_code == 2
    result = run("export", "-o", str(tmp_path / "x.unknown"))
    assert result.exit_code == 2
    assert "the ending does not tell the format; name one of " in result.stderr
    result = run("export", "--to", "json-dl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean json-ld?" in result.stderr
