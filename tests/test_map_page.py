"""The page of a map: what is in it, that it is safe, and that it is the same each time."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from dissensus.graph.analysis.disagreements import disagreements
from dissensus.graph.analysis.gaps import GapKind, gaps
from dissensus.graph.debate import Debate
from dissensus.graph.errors import DissensusError, UnknownNameError, UsageError
from dissensus.graph.maps import draw, write_map
from dissensus.graph.maps.data import safe_url
from dissensus.graph.maps.findings import MOST_FLIPS, MOST_ORDERED
from dissensus.graph.maps.judging import MOST_EXPLAINED, Judge
from dissensus.graph.maps.palette import LINK_STYLES, SPEAKER_COLOURS, THEMES
from dissensus.graph.maps.points import MOST_SETTLED, MOST_WORK
from dissensus.graph.model import (
    Audience,
    Claim,
    Document,
    Label,
    Link,
    Question,
    Quote,
    Speaker,
    Stance,
    Topic,
)
from dissensus.graph.semantics.audiences import audience_verdicts
from dissensus.graph.semantics.cruxes import cruxes
from dissensus.graph.terms import ClaimKind, LinkKind

N = "https://example.org/debate#"
HOSTILE = (
    "</script><script>window.ran=1</script><!--<img src=x onerror=window.ran=1>"
    "\"'`{{ 7*7 }}<style>*{display:none}</style>\u202egnp\u2028]]>&lt;href"
)


def iri(name):
    return N + name


def small_debate():
    """A question with two rival answers, a joint support, an undercut of it, and evidence."""
    return Debate(
        [
            Claim(
                iri("yes"), "Trams should be free.", speakers=(iri("ana"),), questions=(iri("q"),)
            ),
            Claim(iri("no"), "Trams should cost.", speakers=(iri("ben"),), questions=(iri("q"),)),
            Claim(
                iri("cheap"),
                "Fares pay a fifth.",
                ClaimKind.EVIDENCE,
                (iri("chen"),),
                topics=(iri("cost"),),
                quotes=(Quote("a fifth", "fares pay ", " of it", iri("report")),),
                notes=("Figures of 2025.",),
            ),
            Claim(iri("fair"), "Free is fair.", speakers=(iri("ana"),), topics=(iri("cost"),)),
            Claim(iri("wrong"), "Fair to whom?", speakers=(iri("ben"),), topics=(iri("cost"),)),
        ],
        [
            Link(LinkKind.REBUTTAL, (iri("no"),), iri("yes")),
            Link(LinkKind.SUPPORT, (iri("cheap"), iri("fair")), iri("yes"), iri("both")),
            Link(LinkKind.UNDERCUT, (iri("wrong"),), iri("both")),
        ],
        questions=[Question(iri("q"), "Should trams be free?", exclusive=True)],
        documents=[Document(iri("report"), "Report", url="https://example.org/r")],
        topics=[Topic(iri("cost"), "Cost")],
        title="Trams",
    )


def page_json(html, name="debate"):
    match = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.S)
    return json.loads(match[1])


def hostile_debate():
    """Each text of each record is the worst that we can think of."""
    bad = HOSTILE
    claims = [
        Claim(
            iri(f"c{n}"),
            bad,
            kind,
            speakers=(iri("s"),),
            reporters=(iri("s"),),
            topics=(iri("t"),),
            questions=(iri("q"),),
            values=(iri("v"),),
            scopes=(iri("t"),),
            options=(iri("o"),),
            criteria=(iri("k"),),
            quotes=(Quote(bad, bad, bad, iri("d")),),
            said_on=bad,
            language=bad,
            translations=((bad, bad),),
            notes=(bad,),
        )
        for n, kind in enumerate(ClaimKind)
    ]
    link = Link(
        LinkKind.SUPPORT,
        (iri("c0"), iri("c2")),
        iri("c1"),
        iri("link" + bad),
        speakers=(iri("s"),),
        scheme=bad,
        said_on=bad,
        quotes=(Quote(bad, document=iri("d")),),
    )
    return Debate(
        [*claims, Claim(iri(bad), bad)],
        [link, Link(LinkKind.UNDERCUT, (iri(bad),), link.iri)],
        speakers=[Speaker(iri("s"), bad, bad)],
        documents=[Document(iri("d"), bad, (bad,), bad, "javascript:window.ran=1", bad, bad)],
        questions=[Question(iri("q"), bad, exclusive=True)],
        topics=[Topic(iri("t"), bad, (iri("t2"),)), Topic(iri("t2"), bad)],
        values=[Label(iri("v"), bad)],
        audiences=[Audience(iri("a"), bad, (iri("v"),))],
        options=[Label(iri("o"), bad)],
        criteria=[Label(iri("k"), bad)],
        stances=[Stance(iri("s"), iri("c0"), True, bad)],
        restatements=[(iri("c0"), iri("c1"))],
        title=bad,
        description=bad,
    )


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


# -- safety ---------------------------------------------------------------------------------


@pytest.mark.parametrize("debate", [small_debate(), hostile_debate()], ids=["plain", "hostile"])
def test_the_page_has_just_our_tags_and_loads_nothing(debate):
    html = draw(debate)
    tags = Tags(html).tags
    names = [tag for tag, _attributes in tags]
    assert names.count("script") == html.count("</script") == 5
    assert "img" not in names
    assert "link" not in names
    assert "iframe" not in names
    for tag, attributes in tags:
        assert not {"src", "style", "srcset", "data", "action"} & attributes.keys(), tag
        assert not any(name.startswith("on") for name in attributes), tag
        assert attributes.get("href", "#").startswith("#"), tag
    assert not re.search(r"url\(['\"]?(?!#)", html.split("<script", 1)[0])
    assert "@import" not in html
    assert "sourceMappingURL" not in html


def test_the_content_policy_allows_our_scripts_and_styles_and_nothing_else():
    html = draw(hostile_debate())
    tags = Tags(html).tags
    head = [(tag, attributes) for tag, attributes in tags if tag not in ("html", "head")]
    assert head[0] == ("meta", {"charset": "utf-8"})
    assert head[1][1]["http-equiv"] == "Content-Security-Policy"
    policy = dict(part.strip().split(" ", 1) for part in head[1][1]["content"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in head[1][1]["content"]
    scripts = re.findall(r"<script>(.*?)</script>", html, re.S)
    styles = re.findall(r"<style>(.*?)</style>", html, re.S)
    assert policy["script-src"].split() == [digest(script) for script in scripts]
    assert policy["style-src"].split() == [digest(style) for style in styles]


def digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_hostile_text_is_kept_letter_for_letter():
    data = page_json(draw(hostile_debate()))
    assert data["claims"][0]["text"] == data["title"] == data["speakers"][0]["label"] == HOSTILE


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/x", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://[bad", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_followed(url, safe):
    assert safe_url(url) == (url if safe else "")


def test_the_scripts_build_no_html_and_run_no_text(root):
    for script in sorted((root / "graph" / "maps" / "page").glob("*.js")):
        text = script.read_text(encoding="utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            "Function(",
        ):
            assert word not in text, f"{script.name} uses {word}"


# -- always the same ------------------------------------------------------------------------


def test_the_order_of_the_records_does_not_matter():
    debate = small_debate()
    claims, links = list(debate.claims), list(debate.links)
    for seed in range(5):
        random.Random(seed).shuffle(claims)
        random.Random(seed).shuffle(links)
        again = Debate(
            claims,
            [replace(link, premises=link.premises[::-1]) for link in links],
            questions=debate.questions,
            documents=debate.documents,
            topics=debate.topics,
            speakers=debate.speakers,
            title=debate.title,
        )
        assert draw(again) == draw(debate)


def test_the_same_bytes_in_two_processes(root):
    code = (
        "import sys, hashlib, dissensus; from dissensus.graph.maps import draw;"
        "page = draw(dissensus.read(sys.argv[1]));"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(root / "claims")],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            cwd=root.parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "7")
    }
    assert len(digests) == 1


# -- what is in it --------------------------------------------------------------------------


def test_pyvis_makes_the_network_with_our_places_and_no_physics():
    network = page_json(draw(small_debate()), "network")
    options = json.loads(network["options"])
    assert options["physics"]["enabled"] is False
    cards = [node for node in network["nodes"] if node["shape"] == "box"]
    assert len(cards) == 6
    assert all(isinstance(node[axis], int) for node in network["nodes"] for axis in "xy")
    ends = {(edge["from"], edge["to"]) for edge in network["edges"]}
    data = page_json(draw(small_debate()))
    names = [claim["id"] for claim in data["claims"]]
    lead, branch, undercut = (names.index(name) for name in ("cheap", "fair", "wrong"))
    joint = next(n for n, line in enumerate(data["lines"]) if line[0] == "support")
    assert {(lead, names.index("yes")), (branch, f"line{joint}")} <= ends or {
        (branch, names.index("yes")),
        (lead, f"line{joint}"),
    } <= ends
    assert (undercut, f"line{joint}") in ends


def test_the_page_knows_who_says_what_and_where():
    data = page_json(draw(small_debate()))
    claim = next(claim for claim in data["claims"] if claim["id"] == "cheap")
    assert data["speakers"][claim["speakers"][0]]["label"] == "chen"
    assert data["topics"][claim["topics"][0]]["label"] == "Cost"
    quote = claim["quotes"][0]
    assert (quote["prefix"], quote["exact"], quote["suffix"]) == ("fares pay ", "a fifth", " of it")
    assert data["documents"][quote["document"]] == {
        "title": "Report",
        "url": "https://example.org/r",
    }
    assert data["questions"][0]["exclusive"] is True
    assert [data["claims"][node]["id"] for node in data["questions"][0]["rivals"]] == ["no", "yes"]
    assert data["start"] == len(data["claims"]), "opens on the question"


def test_a_contradiction_is_one_line_with_two_heads():
    debate = Debate(
        [Claim(iri("a"), "A."), Claim(iri("b"), "B.")],
        [
            Link(LinkKind.REBUTTAL, (iri("a"),), iri("b")),
            Link(LinkKind.REBUTTAL, (iri("b"),), iri("a")),
        ],
        contradictions=[(iri("a"), iri("b")), (iri("b"), iri("a"))],
    )
    assert page_json(draw(debate))["lines"] == [["contradiction", -1]]


def test_small_topics_share_the_box_of_the_broader_one():
    topics = [
        Topic(iri("top"), "Top"),
        *(Topic(iri(f"t{n}"), f"T{n}", (iri("top"),)) for n in (1, 2)),
    ]
    claims = [Claim(iri(f"a{n}"), "A.", topics=(iri("t1"),)) for n in range(5)]
    claims += [Claim(iri("b"), "B.", topics=(iri("t2"),)), Claim(iri("c"), "C.")]
    data = page_json(draw(Debate(claims, topics=topics)))
    labels = [data["topics"][box[0]]["label"] if box[0] >= 0 else "" for box in data["boxes"]]
    assert sorted(labels) == ["", "T1", "Top"]


def test_it_opens_on_the_most_contested_question(shipped):
    data = page_json(draw(shipped))
    question = data["questions"][data["start"] - len(data["claims"])]
    assert question == data["questions"][0]
    speakers = {tuple(data["claims"][node]["speakers"]) for node in question["rivals"]}
    assert len(speakers) > 1


def test_the_shipped_debate_is_all_there_in_less_than_a_megabyte(shipped):
    html = draw(shipped)
    data = page_json(html)
    assert {claim["iri"] for claim in data["claims"]} == set(shipped.claim_iris)
    assert len(data["links"]) + 2 * len(data["pairs"].get("contradiction", [])) >= len(
        shipped.links
    )
    assert len(html.encode()) < 1_000_000


def test_an_empty_debate_has_a_page_too():
    assert page_json(draw(Debate()))["claims"] == []


# -- what is asked for ----------------------------------------------------------------------


def shown(debate, **scope):
    return {claim["id"] for claim in page_json(draw(debate, **scope))["claims"]}


def test_focus_shows_the_surroundings_in_one_drawing():
    debate = small_debate()
    assert shown(debate, focus="wrong", depth=0) == {"wrong"}
    assert shown(debate, focus="wrong", depth=1) == {"wrong", "cheap", "fair", "yes"}
    assert shown(debate, focus="no", depth=1) == {"no", "yes"}
    assert shown(debate, focus="no", depth=3) == {"no", "yes", "cheap", "fair", "wrong"}
    data = page_json(draw(debate, focus="no"))
    assert data["boxes"] == []
    assert data["claims"][data["start"]]["id"] == "no"


def test_topic_and_speaker_narrow_the_map():
    debate = small_debate()
    assert shown(debate, topic="Cost") == {"cheap", "fair", "wrong"}
    assert shown(debate, speaker="chen") == {"cheap", "fair", "wrong", "yes"}
    assert shown(debate, topic="Cost", speaker="chen") == {"cheap", "fair", "wrong"}


@pytest.mark.parametrize(
    ("scope", "error"),
    [
        ({"focus": "nobody"}, UnknownNameError),
        ({"topic": "nothing"}, UnknownNameError),
        ({"speaker": "noone"}, UnknownNameError),
        ({"focus": "yes", "depth": -1}, UsageError),
    ],
)
def test_what_does_not_exist_is_an_error(scope, error):
    with pytest.raises(error):
        draw(small_debate(), **scope)


def test_nothing_to_show_is_an_error():
    debate = Debate([Claim(iri("a"), "A.")], topics=[Topic(iri("t"), "Empty")])
    with pytest.raises(UsageError, match="no claim fits"):
        draw(debate, topic="Empty")


def test_too_many_claims_say_how_to_narrow_the_map(monkeypatch):
    monkeypatch.setattr("dissensus.graph.maps.scope.MOST_CLAIMS", 20)
    few = [
        Claim(iri(f"few{n}"), "A.", topics=(iri("few"),), speakers=(iri("ana"),)) for n in range(9)
    ]
    many = [Claim(iri(f"many{n}"), "A.", topics=(iri("many"),)) for n in range(1200)]
    debate = Debate(
        [*few, *many],
        [Link(LinkKind.SUPPORT, (iri(f"few{n}"),), iri("few0")) for n in range(1, 9)],
        topics=[Topic(iri("few"), "A few"), Topic(iri("many"), "Many")],
        speakers=[Speaker(iri("ana"), "Ana")],
    )
    with pytest.raises(UsageError) as raised:
        draw(debate)
    assert str(raised.value) == (
        "1,209 claims are more than one page can show (20); narrow it by "
        "--topic ('A few': 9 claims) or --speaker ('Ana': 9 claims) or "
        "--focus ('few0': 8 replies), or write a page for each topic with --pages FOLDER"
    )
    assert len(shown(debate, topic="A few")) == 9


def test_a_line_knows_its_step_on_a_narrowed_map_too():
    debate = Debate(
        [Claim(iri(c), c, topics=(iri("t"),) if c in "yz" else ()) for c in "wxyz"],
        [
            Link(LinkKind.SUPPORT, (iri("x"),), iri("w"), iri("l1")),
            Link(LinkKind.SUPPORT, (iri("z"),), iri("y"), iri("l2")),
        ],
        topics=[Topic(iri("t"), "T")],
    )
    data = page_json(draw(debate, topic="T"))
    assert [data["links"][link]["id"] for _kind, link in data["lines"]] == ["l2"]


def test_a_map_is_written_whole(tmp_path):
    path = tmp_path / "map.html"
    write_map(small_debate(), path)
    assert path.read_text(encoding="utf-8") == draw(small_debate())
    assert [file.name for file in tmp_path.iterdir()] == ["map.html"]
    with pytest.raises(DissensusError):
        write_map(small_debate(), tmp_path / "no" / "such" / "map.html")


# -- colours --------------------------------------------------------------------------------


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_texts_and_lines_can_be_told_from_their_backgrounds():
    for theme, colours in enumerate(THEMES.values()):
        for background in ("page", "surface", "box"):
            ground = colours[background]
            assert contrast(colours["ink"], ground) >= 7
            assert contrast(colours["soft"], ground) >= 4.5
            assert contrast(colours["accent"], ground) >= 4.5
            for style in LINK_STYLES:
                assert contrast(style.dark if theme else style.light, ground) >= 4.5, style.kind
        for pair in SPEAKER_COLOURS:
            assert contrast(pair[theme], colours["surface"]) >= 3
            assert contrast(colours["match"], ground) >= 3
        assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
        assert contrast(colours["ink"], colours["found"]) >= 4.5


def test_no_two_kinds_of_link_differ_by_colour_alone():
    forms = [(style.dash, style.head) for style in LINK_STYLES if style.kind != "contradiction"]
    assert len(set(forms)) == len(forms)
    assert len({style.glyph for style in LINK_STYLES}) == len(LINK_STYLES)


def test_each_claim_says_whether_it_stands_and_why() -> None:
    """The data of the page carries the grounded status, and reasons where a claim is contested."""
    debate = Debate(
        [Claim("a", "A"), Claim("b", "B"), Claim("c", "C")],
        [Link(LinkKind.REBUTTAL, ("a",), "b"), Link(LinkKind.REBUTTAL, ("b",), "c")],
    )
    found = dict(zip(debate.claim_iris, Judge(debate).judgements(range(3)), strict=True))
    assert [found[name]["status"] for name in "abc"] == ["in", "out", "in"]
    assert "why" not in found["a"]
    assert found["b"]["why"][0] == [0, "“b” falls."]
    assert '"status":"out"' in draw(debate)


# -- what the analyses found ----------------------------------------------------------------


def by_name(data, field):
    return {claim["id"]: claim[field] for claim in data["claims"] if field in claim}


def test_points_are_those_of_the_library_and_have_names_that_stay(shipped):
    data = page_json(draw(shipped))
    points = disagreements(shipped)
    assert [point["rank"] for point in data["points"]] == [point.rank for point in points]
    assert data["points"][0]["id"] == "was-refusing-us-chips-a-mistake"
    names = [point["id"] for point in data["points"]]
    assert len(set(names)) == len(names)
    for point, found in zip(data["points"], points, strict=True):
        assert point["score"] == found.score
        assert [side["cases"] for side in point["sides"]] == [
            len(side.claims) + side.backing for side in found.sides
        ]
        lines = [data["lines"][number] for number in point["lines"]]
        assert len(lines) == len(found.links)
    rest = Debate(shipped.claims, shipped.links, topics=shipped.topics, speakers=shipped.speakers)
    left = {point["id"] for point in page_json(draw(rest))["points"]}
    assert {name for name in names if "~" in name} <= left
    assert "chinese-chips-insufficient~does-it-matter" in left


def test_points_that_have_the_same_claims_are_told_apart():
    debate = Debate(
        [Claim(iri("a"), "A."), Claim(iri("b"), "B.")],
        [
            Link(LinkKind.REBUTTAL, (iri("b"),), iri("a"), iri("x"), speakers=(iri("s"),)),
            Link(LinkKind.SUPPORT, (iri("a"),), iri("b"), iri("y")),
            Link(LinkKind.UNDERCUT, (iri("b"),), iri("y")),
        ],
    )
    assert sorted(point["id"] for point in page_json(draw(debate))["points"]) == ["a~b", "a~b~2"]


def test_a_contradiction_is_the_line_of_its_point():
    debate = Debate(
        [Claim(iri("a"), "A."), Claim(iri("b"), "B.")],
        [
            Link(LinkKind.REBUTTAL, (iri("a"),), iri("b")),
            Link(LinkKind.REBUTTAL, (iri("b"),), iri("a")),
        ],
        contradictions=[(iri("a"), iri("b"))],
    )
    data = page_json(draw(debate))
    (point,) = data["points"]
    assert [data["lines"][line] for line in point["lines"]] == [["contradiction", -1]]


def test_a_narrowed_map_keeps_ranks_and_drops_points_that_lost_a_side(shipped):
    whole = {point["id"]: point["rank"] for point in page_json(draw(shipped))["points"]}
    focus = page_json(draw(shipped, focus="barrier-hobbles-china", depth=1))
    shown = {point["id"]: point["rank"] for point in focus["points"]}
    assert shown.items() <= whole.items()
    assert len(shown) < len(whole)
    for point in focus["points"]:
        assert all(node < len(focus["claims"]) for s in point["sides"] for node in s["claims"])


def test_flips_are_the_single_cruxes_and_say_how_many_are_left_out():
    star = Debate(
        [Claim(iri("t"), "T."), *(Claim(iri(f"a{n}"), "A.") for n in range(12))],
        [Link(LinkKind.SUPPORT, (iri(f"a{n}"),), iri("t"), iri(f"s{n}")) for n in range(11)]
        + [Link(LinkKind.REBUTTAL, (iri("a11"),), iri("t"), iri("r"))],
    )
    assert by_name(page_json(draw(star)), "flips")["t"] == [
        ["give up", nodes_of(star)["a11"], "in"],
        ["drop", line_of(star, "r"), "in"],
    ]
    chain = Debate(
        [Claim(iri(f"c{n:02}"), "C.") for n in range(20)],
        [
            Link(LinkKind.REBUTTAL, (iri(f"c{n + 1:02}"),), iri(f"c{n:02}"), iri(f"l{n:02}"))
            for n in range(19)
        ],
    )
    data = page_json(draw(chain))
    found = cruxes(chain, chain.claim_number("c00")).cruxes
    assert len(by_name(data, "flips")["c00"]) == MOST_FLIPS
    assert by_name(data, "moreFlips")["c00"] == len(found) - MOST_FLIPS


def nodes_of(debate):
    return {claim["id"]: n for n, claim in enumerate(page_json(draw(debate))["claims"])}


def line_of(debate, name):
    data = page_json(draw(debate))
    place = next(n for n, link in enumerate(data["links"]) if link["id"] == name)
    return next(n for n, line in enumerate(data["lines"]) if line[1] == place)


def test_gaps_of_claims_are_those_of_the_library(shipped):
    data = page_json(draw(shipped))
    kinds = {
        "unanswered": GapKind.UNANSWERED,
        "no-support": GapKind.NO_EVIDENCE,
        "single-source": GapKind.SINGLE_SOURCE,
    }
    for word, kind in kinds.items():
        found = [
            name
            for name, lacking in by_name(data, "gaps").items()
            for gap in lacking
            if gap["kind"] == word
        ]
        expected = [shipped.name(shipped.claim_iris[g.subject]) for g in gaps(shipped, kind=kind)]
        assert sorted(found) == sorted(expected)


def test_only_claims_that_hang_on_values_say_for_whom_they_stand(shipped):
    data = page_json(draw(shipped))
    found = by_name(data, "acceptance")
    assert found["terrible-mistake"]["kind"] == "subjective"
    labels = [audience["label"] for audience in data["audiences"]]
    declared = dict(zip(labels, found["terrible-mistake"]["declared"], strict=True))
    assert declared["Research lab at the frontier"] == "in"
    every = audience_verdicts(shipped, range(len(shipped)))
    divided = {
        shipped.name(shipped.claim_iris[v.claim])
        for v in every
        if len({label for _audience, label in v.declared}) > 1 or 0 < v.accepted < v.orders
    }
    assert set(found) == divided


def test_a_page_of_many_contested_claims_leaves_the_reasons_out():
    claims = [Claim(iri(f"c{n:04}"), "C.") for n in range(MOST_EXPLAINED + 2)]
    links = [
        Link(LinkKind.REBUTTAL, (claims[n + 1].iri,), claims[n].iri)
        for n in range(MOST_EXPLAINED + 1)
    ]
    data = page_json(draw(Debate(claims, links)))
    assert by_name(data, "flips") == by_name(data, "why") == {}
    assert sum("unsettled" in point for point in data["points"]) == len(data["points"]) - min(
        MOST_SETTLED, MOST_WORK // len(claims)
    )


def test_with_many_values_only_the_declared_audiences_are_asked():
    def quarrel(values):
        claims = [
            Claim(iri(f"c{n}"), "C.", values=(iri(f"v{n}"),), speakers=(iri("s"),))
            for n in range(values)
        ]
        links = [
            Link(LinkKind.REBUTTAL, (claims[n].iri,), claims[n - 1].iri) for n in range(values)
        ]
        order = tuple(iri(f"v{n}") for n in range(values))
        return Debate(
            claims,
            links,
            values=[Label(value, value) for value in order],
            audiences=[
                Audience(iri("up"), "Up", order),
                Audience(iri("down"), "Down", order[::-1]),
            ],
        )

    few = by_name(page_json(draw(quarrel(MOST_ORDERED))), "acceptance")
    many = by_name(page_json(draw(quarrel(MOST_ORDERED + 1))), "acceptance")
    assert few
    assert all("sentence" in acceptance for acceptance in few.values())
    assert many
    assert all(acceptance.keys() == {"declared"} for acceptance in many.values())
    for acceptance in many.values():
        assert len(set(acceptance["declared"])) > 1
