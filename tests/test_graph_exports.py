"""Exporting to graph tools, an outline and the argumentation competition."""

from __future__ import annotations

import io
import shutil
import subprocess

import networkx
import pytest
from drawn import debates
from hypothesis import given, settings
from lxml import etree
from markdown_it import MarkdownIt

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.exchange.formats import writable
from dissensus.graph.exchange.losses import lost
from dissensus.graph.model import Claim, Link, Question, Speaker
from dissensus.graph.semantics.flattening import flatten
from dissensus.graph.semantics.framework_reading import parse_framework
from dissensus.graph.terms import LinkKind

NAMES = [known.name for known in writable()]


def exported(debate: Debate, name: str) -> str:
    return dissensus.export_debate(debate, name).text


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networkx_reads_the_graph_again(shipped, name):
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[name]

    graph = read(io.BytesIO(exported(shipped, name).encode()))

    expected = dissensus.to_networkx(shipped)
    assert set(graph.nodes) == set(expected.nodes)
    assert graph.number_of_edges() == expected.number_of_edges()
    gin = next(iri for iri in graph.nodes if iri.endswith("deliberate-pivot"))
    assert graph.nodes[gin]["speakers"] == "Aaron Gin"


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
def test_graphviz_draws_the_debate(shipped):
    drawn = subprocess.run(
        ["dot", "-Tsvg"], input=exported(shipped, "dot").encode(), capture_output=True, check=True
    )
    assert not drawn.stderr
    titles = etree.fromstring(drawn.stdout).iterfind(".//{*}g[@class='node']/{*}title")
    nodes = {title.text for title in titles}
    assert {f"c{claim}" for claim in range(len(shipped))} <= nodes


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=8)
@given(debate=debates())
def test_every_format_takes_hostile_text_and_gives_the_same_bytes(name, debate):
    first = dissensus.export_debate(debate, name)
    again = dissensus.export_debate(debate, name)
    assert first.files == again.files
    if name in ("graphml", "gexf"):
        etree.fromstring(first.files[""])


ANA, BEN = "urn:x:ana", "urn:x:ben"
TRAMS = Debate(
    [
        Claim(
            "urn:x:yes", "Trams *should* be [free].", speakers=(ANA,), questions=("urn:x:q",)
        ),
        Claim("urn:x:no", "1. No <b>money</b>", speakers=(BEN,), questions=("urn:x:q",)),
        Claim("urn:x:fair", "# Fair"),
        Claim("urn:x:cheap", "Cheap"),
        Claim("urn:x:odd", "Odd"),
    ],
    [
        Link(LinkKind.REBUTTAL, ("urn:x:no",), "urn:x:yes"),
        Link(LinkKind.REBUTTAL, ("urn:x:yes",), "urn:x:no"),
        Link(LinkKind.SUPPORT, ("urn:x:fair", "urn:x:cheap"), "urn:x:yes", "urn:x:step"),
        Link(LinkKind.UNDERCUT, ("urn:x:odd",), "urn:x:step"),
    ],
    speakers=[Speaker(ANA, "Ana"), Speaker(BEN, "Ben")],
    questions=[Question("urn:x:q", "Free trams?")],
    title="Trams",
)  # fmt: skip


def test_the_outline_nests_replies_and_shows_texts_letter_for_letter():
    text = exported(TRAMS, "markdown")

    assert text == (
        "# Trams\n"
        "\n## Free trams?\n\n"
        "- **Ben**: 1\\. No \\<b\\>money\\</b\\> (no)\n"
        "  - *rebuts:* **Ana**: Trams \\*should\\* be \\[free\\]. (yes)\n"
        "    - *rebuts:* **Ben**: see no above\n"
        "    - *supports:* Cheap (cheap)\n"
        "    - *together with cheap:* \\# Fair (fair)\n"
        "      - *undercuts the step from cheap:* Odd (odd)\n"
        "- **Ana**: see yes above\n"
    )
    html = MarkdownIt().render(text)
    assert "1. No &lt;b&gt;money&lt;/b&gt;" in html
    assert "# Fair" in html
    assert "<b>" not in html


def test_every_claim_is_in_the_outline(shipped):
    told = exported(shipped, "markdown")
    names = [shipped.name(iri) for iri in shipped.claim_iris]
    assert all(f"({name})" in told for name in names)


def test_a_chain_of_ten_thousand_replies_is_no_trouble():
    claims = [Claim(f"urn:x:{n:05}", "x") for n in range(10_000)]
    links = [
        Link(LinkKind.REBUTTAL, (claims[n].iri,), claims[n + 1].iri) for n in range(len(claims) - 1)
    ]
    lines = exported(Debate(claims, links), "markdown").splitlines()
    assert sum("urn:x" in line or "(0" in line for line in lines) == 10_000


def test_the_competition_gets_the_framework_with_the_names_as_remarks(shipped):
    text = exported(shipped, "iccma")

    framework = parse_framework(text).framework
    meant = flatten(shipped).framework
    assert (framework.size, list(framework.pairs())) == (meant.size, list(meant.pairs()))
    number = flatten(shipped).claim_nodes[shipped.claim_number("deliberate-pivot")] + 1
    assert f"# {number} deliberate-pivot\n" in text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f.af", "p af 3\n1 2\n2 3\n"),
        ("f.apx", "arg(1).\narg(2).\narg(3).\natt(1,2).\natt(2,3).\n"),
        ("f.tgf", "1\n2\n3\n#\n1 2\n2 3\n"),
    ],
)
def test_frameworks_are_imported_as_claims_that_rebut_each_other(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")

    debate = dissensus.import_debate([tmp_path / name]).debate

    assert [claim.text for claim in debate.claims] == ["1", "2", "3"]
    statuses = [verdict.status.value for verdict in dissensus.verdicts(debate).verdicts]
    assert statuses == ["in", "out", "in"]


def test_only_what_the_debate_has_is_reported_as_lost():
    kept = ("texts of claims", "questions", "titles of the debate")
    assert lost(TRAMS, *kept) == ("speakers: 2",)


def test_a_graph_and_a_table_tell_what_they_leave_out(shipped):
    for name in ("graphml", "table", "dot"):
        losses = dissensus.export_debate(shipped, name).losses
        reporters = sum(bool(claim.reporters) for claim in shipped.claims)
        assert (f"reporters: {reporters}" in losses) is (name != "table")
        assert any(loss.startswith("particulars of documents: ") for loss in losses)
        assert any(loss.startswith("that a topic lies below another: ") for loss in losses) is any(
            topic.broader for topic in shipped.topics
        )


def test_what_is_lost_is_told_and_bytes_go_to_standard_output(run):
    result = run("export", "--to", "dot")
    assert result.stdout.startswith('digraph "Chips, China')
    assert result.stderr.startswith("not in dot: quotes: 125; documents: 2; ")
