"""The map as a drawing, a picture and paper: what is in it, that it is safe, always the same."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.errors import DissensusError, UsageError
from dissensus.graph.maps import draw_svg, map_bytes, write_map
from dissensus.graph.maps.chart import Chart
from dissensus.graph.maps.markup import SIGNS
from dissensus.graph.maps.measuring import shortened, text_width, wrapped
from dissensus.graph.maps.palette import HEADS, LINK_STYLES, colours_of
from dissensus.graph.maps.scope import scope_of
from dissensus.graph.maps.svg import drawing_of
from dissensus.graph.maps.typesetting import MOST_POINTS, png_of
from dissensus.graph.model import Claim, Document, Label, Link, Question, Quote, Speaker, Topic
from dissensus.graph.terms import ClaimKind, LinkKind

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "</text></svg><script>window.ran=1</script>]]><!--<a href='javascript:window.ran=1'>"
    "\"'`&amp;{{ 7*7 }} #eval(1)\x00\x07\x1b[2J\ud800\ufffe\u202egnp\u2028 url(https://e.org/x)"
)


def tree(svg: str) -> ET.Element:
    return ET.fromstring(svg.encode())


def of_class(root: ET.Element, word: str) -> list[ET.Element]:
    return [e for e in root.iter() if word in e.get("class", "").split()]


def words_in(element: ET.Element) -> str:
    return " ".join(text.text for text in element.iter(f"{SVG}text"))


def small_debate(**extra) -> Debate:
    claims = [
        Claim("urn:x:a", "Trams should be free.", speakers=("urn:x:ana",), questions=("urn:x:q",)),
        Claim("urn:x:b", "Trams should cost.", speakers=("urn:x:ben",), questions=("urn:x:q",)),
        Claim(
            "urn:x:c",
            "Fares pay a fifth.",
            ClaimKind.EVIDENCE,
            ("urn:x:ana", "urn:x:ben"),
            quotes=(Quote("a fifth", document="urn:x:report"),),
            language="en",
        ),
        Claim("urn:x:d", "Free is fair.", ClaimKind.RECOMMENDATION),
        Claim("urn:x:e", "Fair to whom?", speakers=("urn:x:ben",), topics=("urn:x:t",)),
    ]
    links = [
        Link(LinkKind.REBUTTAL, ("urn:x:b",), "urn:x:a"),
        Link(LinkKind.SUPPORT, ("urn:x:c", "urn:x:d"), "urn:x:a", "urn:x:both"),
        Link(LinkKind.UNDERCUT, ("urn:x:e",), "urn:x:both"),
    ]
    given = {
        "questions": [Question("urn:x:q", "Should trams be free?")],
        "documents": [Document("urn:x:report", "Report", url="https://example.org/r")],
        "topics": [Topic("urn:x:t", "Cost", ("urn:x:money",)), Topic("urn:x:money", "Money")],
        "title": "Trams",
        **extra,
    }
    return Debate(claims, links, **given)


def hostile_debate() -> Debate:
    bad = HOSTILE
    return Debate(
        [
            Claim(
                f"urn:x:{kind.value}",
                bad,
                kind,
                ("urn:x:s",),
                topics=("urn:x:t",),
                questions=("urn:x:q",),
                quotes=(Quote(bad, document="urn:x:d"),),
                language=bad,
            )
            for kind in ClaimKind
        ],
        [Link(LinkKind.SUPPORT, ("urn:x:evidence",), "urn:x:claim", "urn:x:l" + bad)],
        speakers=[Speaker("urn:x:s", bad)],
        documents=[Document("urn:x:d", bad, url=f"https://example.org/{bad}")],
        questions=[Question("urn:x:q", bad)],
        topics=[Topic("urn:x:t", bad, ("urn:x:u",)), Topic("urn:x:u", bad)],
        values=[Label("urn:x:v", bad)],
        title=bad,
        description=bad,
    )


# -- what is in a drawing -------------------------------------------------------------------


def test_a_drawing_has_each_card_line_and_box_of_the_map(shipped) -> None:
    chart = Chart(shipped, scope_of(shipped))
    root = tree(draw_svg(shipped))
    cards = Counter(card.get("class") for card in of_class(root, "card"))
    assert cards.pop("card question") == len(chart.questions)
    kinds = Counter(f"card {shipped.claim_at(claim).kind.value}" for claim in chart.claims)
    assert cards == kinds
    lines = Counter(line.get("class") for line in of_class(root, "line"))
    assert lines == Counter(f"line {line.kind}" for line in chart.lines)
    assert len(of_class(root, "box")) == len(of_class(root, "title")) == len(chart.topics)
    joints = sum(len(line.line.premises) - 1 for line in chart.lines)
    assert len(of_class(root, "joint")) == joints > 0


def test_every_text_and_name_can_be_read_in_full(shipped) -> None:
    root = tree(draw_svg(shipped))
    cards = of_class(root, "card")
    seen = {words_in(card) for card in cards}
    titles = {card.find(f"{SVG}title").text for card in cards}
    for claim in shipped.claims:
        text = " ".join(claim.text.split())
        assert any(text in title for title in titles)
        assert any(text in words for words in seen), text
    for question in shipped.questions:
        assert any(question.label in words for words in seen)
    legend = words_in(of_class(root, "legend")[0])
    assert all(speaker.label in legend for speaker in shipped.speakers)


def test_a_long_text_ends_with_an_ellipsis_and_is_whole_in_the_title() -> None:
    text = " ".join(f"word{n}" for n in range(200))
    (card,) = of_class(tree(draw_svg(Debate([Claim("urn:x:a", text)]))), "card")
    assert words_in(card).endswith("…")
    assert text in card.find(f"{SVG}title").text


def test_cards_show_who_speaks_what_ends_on_them_and_whether_they_stand() -> None:
    root = tree(draw_svg(small_debate()))
    colours = colours_of("light")
    by_text = {words_in(card): card for card in of_class(root, "card")}
    free = next(card for words, card in by_text.items() if "should be free." in words)
    assert words_in(free).startswith("ana Trams should be free.")
    tallies = [tally.find(f"{SVG}title").text for tally in of_class(free, "tally")]
    assert tallies == ["rebutted by 1", "supported by 1"], "from the right"
    assert "(Falls)" in free.find(f"{SVG}title").text
    assert SIGNS["out"] in {path.get("d") for path in free.iter(f"{SVG}path")}
    both = next(card for words, card in by_text.items() if words.startswith("ana, ben"))
    paints = [swatch.get("fill") for swatch in of_class(both, "swatch")]
    assert paints == [colours["speaker-1"], colours["speaker-0"]], "ben says more"
    assert words_in(both).endswith("Evidence")
    assert any(words.startswith("Nobody named") for words in by_text)


def test_lines_have_the_dashes_heads_and_colours_of_the_page() -> None:
    debate = small_debate(
        contradictions=[("urn:x:d", "urn:x:e")],
        qualifications=[("urn:x:d", "urn:x:b")],
        restatements=[("urn:x:c", "urn:x:e")],
    )
    root = tree(draw_svg(debate, theme="dark"))
    found = set()
    for style in LINK_STYLES:
        for line in of_class(root, style.kind):
            if "line" not in line.get("class"):
                continue
            found.add(style.kind)
            assert line.get("stroke") == style.dark
            assert line.get("stroke-dasharray") == (style.dash or None)
            paths = line.findall(f"{SVG}path")
            head = f"url(#head-{style.kind})" if style.head in HEADS else None
            assert [path.get("marker-end") for path in paths] == [head] + [None] * (len(paths) - 1)
            start = head if style.kind == "contradiction" else None
            assert paths[0].get("marker-start") == start
    assert found == {style.kind for style in LINK_STYLES} - {"evidence"}
    markers = {marker.get("id") for marker in root.iter(f"{SVG}marker")}
    assert markers == {f"head-{s.kind}" for s in LINK_STYLES if s.head in HEADS}


def test_the_legend_explains_just_what_is_drawn() -> None:
    legend = words_in(of_class(tree(draw_svg(small_debate())), "legend")[0])
    for words in ("supports", "rebuts", "undercuts a step", "answers", "ana", "ben", "Stands",
                  "Falls", "Nobody named", "Has a source on the web"):  # fmt: skip
        assert words in legend
    for words in ("is evidence for", "restates", "found"):
        assert words not in legend


def test_title_description_and_scope_are_said() -> None:
    whole = tree(draw_svg(small_debate(description="About fares.")))
    assert words_in(of_class(whole, "header")[0]) == "Trams About fares."
    assert whole.find(f"{SVG}title").text == "Trams"
    assert whole.find(f"{SVG}desc").text == "Map of 5 claims, 3 links."
    part = tree(draw_svg(small_debate(), focus="urn:x:b", depth=1))
    scope = "Around one claim, to depth 1; 2 of 5 claims"
    assert words_in(of_class(part, "header")[0]) == f"Trams {scope}"
    assert part.find(f"{SVG}desc").text.endswith(f"({scope}).")
    (ring,) = of_class(part, "ring")
    assert ring.get("stroke") == colours_of("light")["accent"]


def test_claims_that_were_found_have_a_ring() -> None:
    root = tree(draw_svg(small_debate(), claims=["urn:x:both"], depth=0))
    assert len(of_class(root, "card")) - len(of_class(root, "question")) == 3
    assert len(of_class(root, "ring")) == 3
    assert "found" in words_in(of_class(root, "legend")[0])


def test_a_text_from_right_to_left_begins_at_the_right() -> None:
    root = tree(draw_svg(Debate([Claim("urn:x:a", "שלום עולם")])))
    name, line = of_class(root, "card")[0].iter(f"{SVG}text")
    assert (name.text, name.get("direction")) == ("Nobody named", None)
    assert (line.text, line.get("direction")) == ("שלום עולם", "rtl")
    assert float(line.get("x")) > float(name.get("x")) + 200
    assert line.get("textLength") is None, "its width is a guess"
    assert name.get("textLength") is not None


def test_an_empty_debate_has_a_drawing_too() -> None:
    assert not of_class(tree(draw_svg(Debate())), "card")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_gives_the_colours(theme: str) -> None:
    svg = draw_svg(small_debate(), theme=theme)
    used = set(re.findall(r"#[0-9a-f]{6}\b", svg))
    assert used <= set(colours_of(theme).values())
    assert colours_of(theme)["page"] in used


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(UsageError, match="light or dark"):
        draw_svg(small_debate(), theme="pink")


# -- wrapping -------------------------------------------------------------------------------


def test_lines_of_text_are_no_wider_than_asked_and_lose_no_word() -> None:
    text = "Some words and anextraordinarilylongwordwithoutanyspace, then  more."
    for width in (40, 90, 200):
        lines = wrapped(text, 14, width)
        assert all(text_width(line, 14) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert wrapped("", 14, 90) == [""]
    assert wrapped("a\u200b b", 14, 90) == ["a\u200b b"]


def test_a_shortened_text_is_no_wider_than_asked() -> None:
    assert shortened("A few words", 14, 200) == "A few words"
    short = shortened("Quite a few words more than that", 14, 100)
    assert short.endswith("…")
    assert text_width(short, 14) <= 100


# -- safety ---------------------------------------------------------------------------------


def test_hostile_text_stays_text_in_a_drawing() -> None:
    svg = draw_svg(hostile_debate())
    root = tree(svg)
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names == {
        "svg", "title", "desc", "defs", "marker", "path", "circle", "rect", "g", "text", "a",
    }  # fmt: skip
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            if "href" in name:
                assert value.startswith("https://example.org/")
            elif "url(" in value:
                assert re.fullmatch(r"url\(#head-\w+\)", value)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", svg)
    assert all(element.get("lang") is None for element in root.iter())
    kept = re.sub("[\x00\x07\x1b\ud800\ufffe]", "", HOSTILE)
    assert kept in root.find(f"{SVG}title").text


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://example.org/r?a=1&b=2", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_sources_on_the_web_are_links(url: str, leads: bool) -> None:
    debate = small_debate(documents=[Document("urn:x:report", "Report", url=url)])
    drawing = drawing_of(debate)
    links = [a.get("href") for a in tree(drawing.svg).iter(f"{SVG}a")]
    assert links == [link.url for link in drawing.links] == ([url] if leads else [])


def test_the_same_bytes_in_two_processes(root: Path) -> None:
    code = (
        "import sys, hashlib, dissensus; from dissensus.graph.maps import map_bytes;"
        "debate = dissensus.read(sys.argv[1]);"
        "print(*(hashlib.sha256(map_bytes(debate, f, focus='deliberate-pivot')).hexdigest()"
        " for f in ('svg', 'png', 'pdf')))"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(root / "claims")],
            env={"PYTHONHASHSEED": seed, "PATH": "", "TZ": zone},
            cwd=root.parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("7", "Asia/Tokyo"))
    }
    assert len(digests) == 1


# -- pictures and paper ---------------------------------------------------------------------


def test_a_png_has_the_size_and_the_colours_of_the_drawing() -> None:
    from PIL import Image

    debate = small_debate()
    drawing = drawing_of(debate, theme="dark")
    for scale, given in ((2, None), (1, 1.0), (0.5, 0.5)):
        image = Image.open(io.BytesIO(map_bytes(debate, "png", theme="dark", scale=given)))
        wide, high = drawing.width * scale, drawing.height * scale
        assert abs(image.width - wide) <= 1
        assert abs(image.height - high) <= 1
    colours = colours_of("dark")
    ground = tuple(int(colours["page"][n : n + 2], 16) for n in (1, 3, 5))
    assert image.convert("RGB").getpixel((2, 2)) == ground
    assert len(image.convert("RGB").getcolors(maxcolors=100_000)) > 50, "there are letters in it"


def test_a_picture_too_large_says_what_to_do() -> None:
    with pytest.raises(DissensusError, match="write SVG or PDF"):
        map_bytes(small_debate(), "png", scale=50.0)
    with pytest.raises(UsageError, match="above 0"):
        png_of(drawing_of(small_debate()), 0.0)


def test_a_pdf_is_one_page_of_the_drawings_size_with_text_and_links(shipped) -> None:
    from pypdf import PdfReader

    drawing = drawing_of(shipped)
    reader = PdfReader(io.BytesIO(map_bytes(shipped, "pdf")))
    (page,) = reader.pages
    assert float(page.mediabox.width) == pytest.approx(drawing.width * 0.75, abs=1)
    assert float(page.mediabox.height) == pytest.approx(drawing.height * 0.75, abs=1)
    text = " ".join(page.extract_text().split())
    for claim in shipped.claims:
        assert " ".join(claim.text.split())[:30] in text
    assert reader.metadata.title == shipped.title
    (page,) = PdfReader(io.BytesIO(map_bytes(small_debate(), "pdf"))).pages
    (link,) = (a.get_object() for a in page["/Annots"])
    assert link["/A"]["/URI"] == "https://example.org/r"
    (place,) = drawing_of(small_debate()).links
    box = [float(n) for n in link["/Rect"]]
    assert box[0] == pytest.approx(place.left * 0.75, abs=1)
    assert box[2] - box[0] == pytest.approx(place.width * 0.75, abs=1)
    assert float(page.mediabox.height) - box[3] == pytest.approx(place.top * 0.75, abs=1)


def test_a_drawing_larger_than_a_page_is_made_smaller() -> None:
    from pypdf import PdfReader

    debate = Debate([Claim(f"urn:x:{n}", "A. " * 40) for n in range(2000)])
    drawing = drawing_of(debate)
    assert max(drawing.width, drawing.height) > MOST_POINTS / 0.75 / 1.6, "a large one"
    big = drawing._replace(width=drawing.width * 4, height=drawing.height * 4)
    from dissensus.graph.maps.typesetting import pdf_of

    (page,) = PdfReader(io.BytesIO(pdf_of(big))).pages
    assert max(page.mediabox.width, page.mediabox.height) == pytest.approx(MOST_POINTS, abs=1)


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_hostile_text_is_never_source_of_the_typesetter(form: str) -> None:
    data = map_bytes(hostile_debate(), form)
    assert data.startswith({"png": b"\x89PNG", "pdf": b"%PDF-"}[form])
    assert b"/JavaScript" not in data
    if form == "pdf":
        from pypdf import PdfReader

        (page,) = PdfReader(io.BytesIO(data)).pages
        actions = [a.get_object()["/A"] for a in page["/Annots"]]
        assert len(actions) == len(ClaimKind)
        assert all(action["/URI"].startswith("https://example.org/") for action in actions)


def test_without_the_library_one_line_says_how_to_get_it(monkeypatch, run, tmp_path) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    result = run("map", "-o", str(tmp_path / "map.png"))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        "PNG needs one library more: pip install 'dissensus[pictures]'"
    )
    assert not list(tmp_path.iterdir())


# -- formats and the command ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("m.html", b"<!doctype html>"),
        ("m.HTM", b"<!doctype html>"),
        ("m.svg", b"<?xml"),
        ("m.png", b"\x89PNG"),
        ("m.pdf", b"%PDF-"),
    ],
)
def test_the_ending_decides_the_format(tmp_path: Path, name: str, start: bytes) -> None:
    write_map(small_debate(), tmp_path / name, focus="urn:x:b")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_format_may_be_named_and_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    write_map(small_debate(), tmp_path / "map", format="svg")
    assert (tmp_path / "map").read_text("utf-8") == draw_svg(small_debate())
    with pytest.raises(UsageError, match="ending"):
        write_map(small_debate(), tmp_path / "map.docx")
    with pytest.raises(UsageError, match="no format 'gif'"):
        map_bytes(small_debate(), "gif")


@pytest.mark.parametrize(("form", "options"), [("html", {"theme": "dark"}), ("svg", {"scale": 2})])
def test_an_option_that_would_do_nothing_is_refused(form: str, options) -> None:
    with pytest.raises(UsageError):
        map_bytes(small_debate(), form, **options)


def test_the_command_writes_each_format_and_to_standard_output(run, root, tmp_path) -> None:
    claims = root / "claims"
    target = tmp_path / "new" / "map.svg"
    result = run("map", "-o", str(target), "--theme", "dark", "--topic", "Blackwell", claims=claims)
    assert (result.exit_code, result.stdout) == (0, "")
    debate = dissensus.read(claims)
    assert target.read_text("utf-8") == draw_svg(debate, theme="dark", topic="Blackwell")
    result = run("map", "-o", "-", "--format", "svg", "--focus", "deliberate-pivot", claims=claims)
    assert result.stdout == draw_svg(debate, focus="deliberate-pivot")
    result = run("map", "-o", "-", "--focus", "deliberate-pivot", claims=claims)
    assert result.stdout == dissensus.draw(debate, focus="deliberate-pivot")
    result = run("map", "-o", str(tmp_path / "m.png"), "--scale", "1", "--focus",
                 "deliberate-pivot", claims=claims)  # fmt: skip
    assert result.exit_code == 0
    assert (tmp_path / "m.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "options",
    [
        ["-o", "map.txt"],
        ["-o", "map.svg", "--scale", "2"],
        ["--theme", "dark"],
        ["-o", "-", "--open"],
        ["--depth", "2"],
        ["--timeout", "2"],
        ["--set", "a=b"],
        ["--query", "SELECT ?c {?c a d:Claim}", "--saved", "quotes"],
        ["--query", "SELECT ?c {?c a d:Claim}", "--focus", "deliberate-pivot"],
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_refused(run, root, tmp_path, monkeypatch, options):
    monkeypatch.chdir(tmp_path)
    result = run("map", *options, claims=root / "claims")
    assert result.exit_code == 2, result.output
    assert not list(tmp_path.iterdir())
