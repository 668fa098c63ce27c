"""Maps of any size: what becomes of the data, where the dots go, and a folder of pages."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.errors import DissensusError, UsageError
from dissensus.graph.maps import draw, write_pages
from dissensus.graph.maps.areas import areas_of
from dissensus.graph.maps.chart import Chart
from dissensus.graph.maps.columns import columns
from dissensus.graph.maps.scope import MOST_CARDS, MOST_UNFOLDED, Scope
from dissensus.graph.model import Claim, Link, Question, Speaker, Topic
from dissensus.graph.terms import LinkKind

N = "https://example.org/debate#"
KINDS = (LinkKind.SUPPORT, LinkKind.REBUTTAL, LinkKind.EVIDENCE)


def iri(name):
    return N + name


def sized(count, topics=0):
    """A debate of topics of fifty claims; each claim replies to an earlier one of its topic."""
    topics = topics or max(1, count // 50)
    claims = [
        Claim(
            iri(f"c{n}"),
            f"Claim {n} says something of middling length.",
            speakers=(iri(f"s{n % 7}"),),
            topics=(iri(f"t{n % topics}"),),
            questions=(iri("q"),) if n < 2 else (),
        )
        for n in range(count)
    ]
    links = [
        Link(KINDS[n % 3], (iri(f"c{n}"),), iri(f"c{n - topics * (1 + n % 2)}"))
        for n in range(2 * topics, count)
    ]
    links += [
        Link(LinkKind.REBUTTAL, (iri(f"c{n}"),), iri(f"c{n - 1}")) for n in range(9, count, 9)
    ]
    return Debate(
        claims,
        links,
        topics=[Topic(iri(f"t{n}"), f"Topic {n}") for n in range(topics)],
        speakers=[Speaker(iri(f"s{n}"), f"Speaker {n}") for n in range(7)],
        questions=[Question(iri("q"), "Which is it?", exclusive=True)],
        title="Any size",
    )


def page_json(html):
    match = re.search(r'<script type="application/json" id="debate">(.*?)</script>', html, re.S)
    return json.loads(match[1])


def at(column, number):
    """What `columns.js` reads."""
    if "of" in column:
        return column["of"][int(column["is"][number])]
    place = number
    if "at" in column:
        if number not in column["at"]:
            return column["usual"]
        place = column["at"].index(number)
    value = column["is"][place]
    return [value] if column.get("lists") and isinstance(value, int) else value


# -- columns --------------------------------------------------------------------------------

KINDS_OF_FIELD = st.sampled_from(
    [
        st.text(max_size=2),
        st.integers(0, 3),
        st.just(True),
        st.lists(st.integers(0, 5), min_size=1, max_size=3),
        st.lists(st.dictionaries(st.sampled_from("ab"), st.text(max_size=1)), min_size=1),
    ]
)


@given(st.data())
def test_columns_say_what_the_records_said(data):
    fields = {name: data.draw(KINDS_OF_FIELD) for name in "pqr"}
    records = data.draw(st.lists(st.fixed_dictionaries({}, optional=fields), max_size=30))
    made = columns(records)
    again = [
        {
            name: value
            for name, column in made["fields"].items()
            if (value := at(column, number)) is not None
        }
        for number in range(made["n"])
    ]
    assert again == records


def test_a_column_takes_the_shortest_form():
    made = columns([{"kind": "ab"[n % 2], "text": str(n), "rare": 1} for n in range(99)] + [{}])
    assert made["fields"]["kind"]["is"][:4] == "0101"
    assert made["fields"]["rare"] == {"usual": 1, "at": [99], "is": [None]}
    assert made["fields"]["text"]["is"][:2] == ["0", "1"]


# -- areas ----------------------------------------------------------------------------------


def test_each_node_has_one_dot_in_the_area_of_its_topic():
    debate = sized(700)
    chart = Chart(debate, Scope(tuple(range(700))))
    areas, (width, height) = areas_of(chart)
    dots = {}
    for area in areas:
        assert min(area.left, area.top) >= 0
        assert area.left + area.width <= width
        assert area.top + area.height <= height
        assert len(area.rows) < area.height
        for down, row in enumerate(area.rows):
            assert len(row) < area.width
            for across, node in enumerate(row):
                assert node not in dots
                dots[node] = (area.left + across, area.top + down)
                assert chart.topics[chart.groups[node]] == area.topic
    assert len(dots) == 701
    for one, other in itertools.combinations(areas, 2):
        apart = (
            one.left + one.width <= other.left
            or other.left + other.width <= one.left
            or one.top + one.height <= other.top
            or other.top + other.height <= one.top
        )
        assert apart


def test_what_is_argued_for_stands_above_what_argues_for_it():
    debate = sized(60, topics=1)
    chart = Chart(debate, Scope(tuple(range(60))))
    (area,), _sheet = areas_of(chart)
    row = {node: number for number, nodes in enumerate(area.rows) for node in nodes}
    first = chart.node_of[debate.claim_number("c0")]
    replies = [debate.claim_number(name) for name in ("c2", "c3")]
    assert all(row[first] <= row[chart.node_of[reply]] for reply in replies)
    assert row[len(chart.claims)] == 0, "the question"


def test_a_long_chain_is_no_thread_of_dots():
    claims = [Claim(iri(f"c{n:03}"), "A.") for n in range(400)]
    links = [
        Link(LinkKind.SUPPORT, (claims[n].iri,), claims[n - 1].iri) for n in range(1, len(claims))
    ]
    (area,), _sheet = areas_of(Chart(Debate(claims, links), Scope(tuple(range(400)))))
    assert 0.5 < area.width / area.height < 2


# -- sizes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [MOST_UNFOLDED, MOST_UNFOLDED + 1])
def test_topics_are_folded_where_there_are_many_claims(count):
    assert page_json(draw(sized(count)))["folds"] is (count > MOST_UNFOLDED)


def test_one_topic_alone_is_not_folded():
    assert page_json(draw(sized(MOST_UNFOLDED + 1, topics=1)))["folds"] is False


def test_very_many_claims_are_dots_without_the_vis_network():
    debate = sized(MOST_CARDS + 1)
    html = draw(debate)
    data = page_json(html)
    assert "vis.Network" not in html
    assert 'id="network"' not in html
    assert data["claimColumns"]["n"] == MOST_CARDS + 1
    assert {at(data["claimColumns"]["fields"]["text"], n) for n in range(MOST_CARDS + 1)} == set(
        debate.claim_texts
    )
    assert draw(sized(MOST_CARDS + 1)) == html


def test_beyond_its_text_a_claim_takes_little_room():
    """Per claim of 2,000 further ones, with a link each; measured: 40 bytes."""
    small, big = draw(sized(3000)), draw(sized(5000))
    texts = sum(map(len, sized(5000).claim_texts)) - sum(map(len, sized(3000).claim_texts))
    assert (len(big) - len(small) - texts) / 2000 < 150


# -- pages ----------------------------------------------------------------------------------


def addresses(html):
    return re.findall(r'<a href="([^"]*)"', html)


def test_a_page_for_each_topic_and_an_index_that_links_them(tmp_path):
    debate = sized(150)
    told = []
    index, *pages = write_pages(debate, tmp_path / "maps", told=lambda *of: told.append(of))
    assert index.name == "index.html"
    assert [page.name for page in pages] == ["t0.html", "t1.html", "t2.html"]
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert sorted(tmp_path.rglob("*.*")) == sorted([index, *pages])
    html = index.read_text(encoding="utf-8")
    targets = addresses(html)
    assert {target.partition("#")[0] for target in targets} == {page.name for page in pages}
    assert "50 claims, 48 links within" in html
    assert "<script" not in html
    data = page_json(pages[1].read_text(encoding="utf-8"))
    assert data["index"] == "index.html"
    assert len(data["claims"]) == 50
    assert {claim["topics"][0] for claim in data["claims"]} == {0}
    assert any(target.startswith("t1.html#claim=") for target in targets)


def test_the_same_pages_again(tmp_path):
    one, other = (write_pages(sized(120), tmp_path / name) for name in ("a", "b"))
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in other]


def test_the_same_pages_and_overview_in_two_processes(root, tmp_path):
    code = (
        "import sys, hashlib, dissensus; from pathlib import Path;"
        "sys.path.insert(0, sys.argv[1]); from test_map_large import sized;"
        "pages = [dissensus.draw(sized(n)) for n in (400, 2100)];"
        "pages += [p.read_text('utf-8') for p in dissensus.write_pages(sized(120), sys.argv[2])];"
        "print(*(hashlib.sha256(page.encode()).hexdigest() for page in pages))"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(root / "tests"), str(tmp_path / seed)],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            cwd=root.parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "7")
    }
    assert len(digests) == 1
    assert len(set(digests.pop().split())) == 5


def test_names_of_topics_become_names_of_files(tmp_path):
    names = ["Index", "a/b", "A-b", "../../etc", "<x>", ""]
    topics = [Topic(f"{N}{name}", name or "Nameless") for name in names]
    claims = [Claim(iri(f"c{n}"), "A.", topics=(topic.iri,)) for n, topic in enumerate(topics)]
    pages = write_pages(Debate([*claims, Claim(iri("none"), "B.")], topics=topics), tmp_path)
    files = [page.name for page in pages]
    assert len({file.lower() for file in files}) == 8
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+\.html", file) for file in files)
    assert all(page.parent == tmp_path for page in pages)
    assert files[-1] == "no-topic.html"


def test_a_topic_of_very_many_claims_takes_several_pages(tmp_path, monkeypatch):
    monkeypatch.setattr("dissensus.graph.maps.pages.MOST_CLAIMS", 40)
    files = [page.name for page in write_pages(sized(100), tmp_path)]
    assert files == ["index.html", "t0-1.html", "t0-2.html", "t1-1.html", "t1-2.html"]
    assert "(2/2)" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_broader_topics_stand_before_the_name(tmp_path):
    topics = [Topic(iri("wide"), "Wide"), Topic(iri("deep"), "Deep", (iri("wide"),))]
    claims = [Claim(iri("a"), "<b>A</b>", topics=(iri("deep"),))]
    write_pages(Debate(claims, topics=topics, title="<i>T"), tmp_path)
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<bdi>Wide</bdi> › </span>" in html
    assert "<title>&lt;i&gt;T</title>" in html


def test_the_index_is_written_last(tmp_path):
    (tmp_path / "t1.html").mkdir()
    with pytest.raises(DissensusError, match=r"t1\.html"):
        write_pages(sized(150), tmp_path)
    assert (tmp_path / "t0.html").exists()
    assert not (tmp_path / "index.html").exists()
    with pytest.raises(DissensusError, match="cannot be made"):
        write_pages(sized(9), tmp_path / "t0.html")
    with pytest.raises(UsageError, match="no claims"):
        write_pages(Debate([], []), tmp_path)


def test_the_command_writes_pages(run, claims, tmp_path):
    folder = claims(
        ':a a d:Claim ; d:text "A." ; d:assertedBy :s ; d:about :t .\n'
        ':t a d:Topic ; rdfs:label "T" . :s a d:Speaker ; rdfs:label "S" .'
    )
    result = run("map", "--pages", str(tmp_path / "maps"), claims=folder)
    assert result.exit_code == 0
    assert f"wrote {tmp_path / 'maps' / 'index.html'}" in result.stderr
    assert page_json((tmp_path / "maps" / "t.html").read_text())["claims"][0]["text"] == "A."
    refused = run("map", "--pages", str(tmp_path), "--topic", "T", claims=folder)
    assert refused.exit_code == 2
    assert "leave out what narrows or formats it" in refused.stderr


def test_pages_are_in_the_library(tmp_path):
    assert dissensus.write_pages(sized(60), tmp_path)[0] == tmp_path / "index.html"
