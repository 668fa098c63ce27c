"""The map in a real Chromium without a network: read it, filter, search, walk, go back."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.model import Claim, Document, Label, Link, Question, Quote, Speaker, Topic
from dissensus.graph.terms import ClaimKind, LinkKind

pytestmark = pytest.mark.browser

TRAMS = """
:free-trams a d:ExclusiveQuestion ; rdfs:label "Should trams be free?" ; d:about :fares .
:fares a d:Topic ; rdfs:label "Fares" .
:traffic a d:Topic ; rdfs:label "Traffic" .
:ana rdfs:label "Ana Ruiz" . :ana a d:Speaker .
:ben rdfs:label "Ben Okafor" . :ben a d:Speaker .
:paper a d:Document ; d:title "The Paper" ; d:url <https://example.org/paper> .

:yes a d:Claim ; d:text "Trams should be free for everyone." ; d:assertedBy :ana ;
    d:reportedBy :ben ; d:about :fares ; d:answers :free-trams ;
    d:quote [ d:exact "free for everyone" ; d:prefix "trams, " ; d:source :paper ] .
:no a d:Claim ; d:text "Trams should cost what they cost." ; d:assertedBy :ben ;
    d:about :fares ; d:answers :free-trams ; d:rebuts :yes .
:fair a d:Claim ; d:text "Free trams are fair." ; d:assertedBy :ana ; d:about :fares .
:cheap a d:Evidence ; d:text "Fares pay only a fifth of the cost." ; d:assertedBy :ana ;
    d:about :fares .
:both a d:Support ; d:premise :fair , :cheap ; d:conclusion :yes .
:whose a d:Claim ; d:text "Fair to those who walk?" ; d:assertedBy :ben ; d:about :fares ;
    d:undercuts :both .
:cars a d:Claim ; d:text "Free trams take cars off the road." ; d:assertedBy :ana ;
    d:about :traffic ; d:supports :yes .
"""


@pytest.fixture
def trams(claims):
    return dissensus.read(claims(TRAMS))


def settle(page):
    """Waits until vis has drawn the view that was asked for."""
    page.evaluate("() => new Promise(r => setTimeout(() => requestAnimationFrame(r), 120))")


def card(page, text):
    return page.locator(".card", has_text=text)


def texts(page, selector):
    return page.locator(selector).all_inner_texts()


def address(page):
    return page.evaluate("decodeURIComponent(location.hash.slice(1))")


def chosen(page):
    return page.locator(".card.chosen .text").inner_text()


def shown_lines(page, kind):
    return page.locator(f"#map .line.{kind}:not(.gone)").count()


def letters(page, selector):
    """The size of letters as seen, in pixels."""
    return page.evaluate(
        """(selector) => Math.min(...[...document.querySelectorAll(selector)].map((text) =>
            parseFloat(getComputedStyle(text).fontSize)
            * text.getBoundingClientRect().height / text.offsetHeight))""",
        selector,
    )


# -- opening --------------------------------------------------------------------------------


def test_the_shipped_debate_opens_with_every_claim_in_both_views(opened, shipped):
    page = opened(shipped)
    expected = {re.sub(r"\s+", " ", text).strip() for text in shipped.claim_texts}
    on_cards = {re.sub(r"\s+", " ", t) for t in page.locator(".card .text").all_text_contents()}
    assert expected <= on_cards
    page.get_by_role("button", name="Outline").click()
    in_outline = set(page.locator("#outline li:not(.again) .pick .what").all_text_contents())
    assert expected <= {re.sub(r"\s+", " ", text).strip() for text in in_outline}


def test_it_opens_readable_on_the_most_contested_question(opened, shipped):
    page = opened(shipped)
    assert letters(page, ".card .text") >= 12
    question = page.locator(".card.question").nth(0)
    box = question.bounding_box()
    stage = page.locator("#map").bounding_box()
    assert stage["x"] <= box["x"]
    assert box["x"] + box["width"] <= stage["x"] + stage["width"]
    assert stage["y"] <= box["y"] < stage["y"] + stage["height"] / 2


@pytest.mark.parametrize("size", [(1600, 950), (1024, 700), (390, 844)])
def test_a_focus_map_is_legible_when_it_opens(opened, shipped, size):
    focus = max(range(len(shipped)), key=lambda n: len(shipped.links_to[n]))
    iri = shipped.claim_iris[focus]
    page = opened(shipped, "#view=map", size=size, scope={"focus": iri, "depth": 2})
    assert letters(page, ".card .text") >= 11
    box = page.locator(".card.focus").bounding_box()
    stage = page.locator("#map").bounding_box()
    assert stage["x"] <= box["x"]
    assert box["x"] + box["width"] <= stage["x"] + stage["width"]
    assert stage["y"] <= box["y"]
    assert box["y"] + box["height"] <= stage["y"] + stage["height"]


def test_no_text_is_cut_off(opened, shipped):
    page = opened(shipped)
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.card')].filter((card) => {
            const text = card.querySelector('.text');
            const last = card.lastElementChild;
            const foot = last.offsetTop + last.offsetHeight;
            return text.scrollHeight > text.clientHeight + 1 || foot > card.clientHeight - 2;
        }).map((card) => card.innerText)"""
    )
    assert cut == []


def test_a_wider_font_is_made_to_fit(opened, shipped):
    page = opened(shipped, "#view=outline")
    page.evaluate("document.documentElement.style.setProperty('--letters', 'monospace')")
    page.evaluate("document.querySelector('[data-view=map]').click()")
    settle(page)
    fit = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.world')).getPropertyValue('--font-fit'))"
    )
    assert 0.6 < fit < 0.95


def test_a_long_text_ends_with_an_ellipsis_and_is_whole_in_the_details(opened):
    text = "A long text has many words. " * 40
    page = opened(Debate([Claim("urn:x:long", text)]))
    clip = page.locator(".card .text")
    assert clip.evaluate("text => text.scrollHeight > text.clientHeight")
    page.locator(".card").click()
    assert page.locator("#details h2").inner_text() == text.strip()


# -- reading --------------------------------------------------------------------------------


def test_a_click_shows_quote_source_reporter_and_relations(opened, trams):
    page = opened(trams)
    card(page, "free for everyone").click()
    panel = page.locator("#details")
    assert panel.locator("h2").inner_text() == "Trams should be free for everyone."
    assert "Ana Ruiz" in panel.locator(".spoken").inner_text()
    assert "reported by Ben Okafor" in panel.locator(".spoken").inner_text()
    quote = panel.locator(".quote")
    assert quote.locator("q").inner_text() == "free for everyone"
    assert quote.locator(".context").inner_text().strip() == "trams,"
    link = quote.locator("a")
    assert link.get_attribute("href") == "https://example.org/paper"
    assert link.get_attribute("rel") == "noopener noreferrer"
    titles = [re.sub(r"[^\w ]", "", title).strip() for title in texts(page, "#details h3")]
    assert titles == [
        "In dispute 2",
        "What is missing",
        "Rebutted by 1",
        "Supported by 2",
        "Would flip if 3",
        "Answers 1",
    ]
    supported = panel.locator("section", has_text="Supported by").inner_text()
    assert "together with" in supported
    assert "Fair to those who walk?" in supported, "what undercuts the step stands with it"


def test_each_relation_is_a_link_to_walk_on_and_back(opened, trams):
    page = opened(trams)
    card(page, "free for everyone").click()
    page.locator("#details .rebuttal .walk", has_text="cost what they cost").click()
    assert chosen(page) == "Trams should cost what they cost."
    assert "Rebuts" in page.locator("#details").inner_text()
    page.go_back()
    page.wait_for_function("document.querySelector('#details h2').innerText.includes('everyone')")
    assert chosen(page) == "Trams should be free for everyone."
    page.go_forward()
    page.wait_for_function("document.querySelector('#details h2').innerText.includes('cost')")


def test_choosing_brings_out_the_neighbourhood(opened, trams):
    page = opened(trams)
    card(page, "cost what they cost").click()
    near = set(texts(page, ".card.near .text"))
    assert near == {
        "Trams should cost what they cost.",
        "Trams should be free for everyone.",
        "Should trams be free?",
    }
    opacity = "element => parseFloat(getComputedStyle(element).opacity)"
    assert card(page, "take cars off").evaluate(opacity) < 0.5
    assert card(page, "free for everyone").evaluate(opacity) == 1
    page.keyboard.press("Escape")
    assert card(page, "take cars off").evaluate(opacity) == 1
    assert page.locator("#details").is_hidden()
    assert address(page) == ""


def test_a_step_can_be_looked_at(opened, trams):
    page = opened(trams)
    card(page, "Fair to those who walk?").click()
    page.locator("#details .walk", has_text="the step from").click()
    panel = page.locator("#details")
    assert "From, all together 2" in panel.inner_text()
    assert "Undercut by 1" in panel.inner_text()
    assert address(page) == "link=both"
    assert page.locator(".line.chosen").count() == 1


def test_an_undercut_ends_on_the_line_that_it_attacks(opened, trams):
    page = opened(trams)
    distance = page.evaluate(
        """() => {
            const undercut = document.querySelector('#map .line.undercut .stroke');
            const end = undercut.getPointAtLength(undercut.getTotalLength());
            const joint = [...document.querySelectorAll('#map .line')]
                .find((line) => line.querySelector('.joint')).querySelector('.stroke');
            let least = Infinity;
            for (let at = 0; at <= joint.getTotalLength(); at += 1) {
                const point = joint.getPointAtLength(at);
                least = Math.min(least, Math.hypot(point.x - end.x, point.y - end.y));
            }
            return least;
        }"""
    )
    assert distance < 2


def test_lines_between_boxes_are_faint_until_they_are_chosen(opened, trams):
    page = opened(trams)
    across = page.locator("#map .line.across.support")
    opacity = "element => parseFloat(getComputedStyle(element).opacity)"
    assert across.evaluate(opacity) < 0.3
    card(page, "take cars off").click()
    assert across.evaluate(opacity) == 1


def test_a_question_shows_its_rival_answers(opened, trams):
    page = opened(trams)
    page.locator(".question-link").click()
    panel = page.locator("#details")
    assert "Question with rival answers" in panel.inner_text()
    assert panel.locator(".walk").count() == 2
    assert address(page) == "question=free-trams"


# -- filters --------------------------------------------------------------------------------


def test_the_legend_filters_by_kind_of_link(opened, trams):
    page = opened(trams)
    legend = page.locator("#filters .kinds li")
    counts = dict(zip(texts(page, ".kinds .name"), texts(page, ".kinds .n"), strict=True))
    assert counts == {"supports": "2", "rebuts": "1", "undercuts a step": "1", "answers": "2"}
    legend.filter(has_text="rebuts").locator("input").uncheck()
    assert shown_lines(page, "rebuttal") == 0
    assert shown_lines(page, "support") == 2
    assert address(page) == "without-kinds=rebuttal"
    page.reload()
    page.wait_for_selector("body.ready")
    assert shown_lines(page, "rebuttal") == 0
    page.locator("#filters .reset").click()
    assert shown_lines(page, "rebuttal") == 1
    assert address(page) == ""


def test_what_undercuts_a_hidden_line_is_hidden_too(opened, trams):
    page = opened(trams, "#without-kinds=support")
    assert shown_lines(page, "undercut") == 0


def test_speakers_and_topics_filter_the_cards(opened, trams):
    page = opened(trams)
    page.locator("#filters .speakers li", has_text="Ben").locator("input").uncheck()
    assert page.locator(".card:not(.question):visible").count() == 4
    assert "4 of 6 claims shown" in page.locator("#filters .shown").inner_text()
    assert shown_lines(page, "rebuttal") == 0
    page.locator("#filters .topics li", has_text="Fares").get_by_text("only").click(force=True)
    visible = [t.inner_text() for t in page.locator(".card .text").all() if t.is_visible()]
    assert "Free trams take cars off the road." not in visible
    assert "Free trams are fair." in visible


# -- search ---------------------------------------------------------------------------------


def test_slash_goes_to_the_search_and_enter_to_the_first_found(opened, trams):
    page = opened(trams)
    page.keyboard.press("/")
    page.keyboard.type("okafor COST")
    assert page.locator("#results .walk").count() == 1
    assert page.locator(".card.found .text").inner_text() == "Trams should cost what they cost."
    assert page.locator("#status").text_content() == "1 claim"
    page.keyboard.press("Enter")
    assert chosen(page) == "Trams should cost what they cost."
    assert page.locator("#results").is_hidden()
    page.keyboard.press("Escape")
    assert page.locator(".world.searching").count() == 0


def test_a_search_can_be_walked_by_keyboard_and_may_find_nothing(opened, trams):
    page = opened(trams)
    page.keyboard.press("/")
    page.keyboard.type("trams")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator("#results .walk .what").nth(1).inner_text()
    page.keyboard.press("Enter")
    assert chosen(page) == second
    page.keyboard.press("/")
    page.keyboard.type("zeppelin")
    assert page.locator("#results .n").inner_text() == "Nothing found"


# -- keyboard -------------------------------------------------------------------------------


def focused(page):
    return page.evaluate("document.activeElement.querySelector('.text')?.innerText")


def test_tab_reaches_every_card(opened, trams):
    page = opened(trams)
    page.locator(".theme").focus()
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        if text := focused(page):
            reached.add(text)
            settle(page)
            box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
            assert box["left"] >= 0
            assert box["right"] <= 1400
            assert box["top"] >= 0
            assert box["bottom"] <= 900
    assert reached == set(texts(page, ".card .text"))


def test_arrows_walk_the_argument(opened, trams):
    page = opened(trams)
    page.locator(".card.question").focus()
    page.keyboard.press("ArrowDown")
    first = focused(page)
    page.keyboard.press("ArrowRight")
    second = focused(page)
    assert {first, second} == {
        "Trams should be free for everyone.",
        "Trams should cost what they cost.",
    }
    page.keyboard.press("ArrowLeft")
    assert focused(page) == first
    card(page, "Fair to those who walk?").focus()
    page.keyboard.press("ArrowUp")
    assert focused(page) == "Trams should be free for everyone."
    page.keyboard.press("ArrowDown")
    assert focused(page) != "Trams should be free for everyone."
    page.keyboard.press("Enter")
    assert page.locator("#details").is_visible()
    now = chosen(page)
    page.keyboard.press("ArrowUp")
    assert chosen(page) != now, "with the details open, the arrows choose"


@pytest.mark.parametrize("view", ["map", "outline", "disagreements", "compare"])
def test_enter_goes_into_the_details_and_escape_back(opened, shipped, view):
    page = opened(shipped, f"#view={view}")
    entry = page.locator(f"#{view} button[data-node]").first
    entry.focus()
    page.keyboard.press("Enter")
    assert entry.evaluate("entry => entry === document.activeElement")
    page.keyboard.press("Enter")
    within = "document.activeElement.closest('#details') !== null"
    assert page.evaluate(within)
    node = entry.get_attribute("data-node")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.dataset.node !== undefined")
    assert page.evaluate("document.activeElement.dataset.node") == node
    assert page.evaluate("document.activeElement.closest('.view').id") == view
    assert page.locator("#details").is_hidden()


def test_arrows_with_nothing_in_focus_begin_at_the_start(opened, trams):
    page = opened(trams)
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Should trams be free?"


# -- addresses and themes -------------------------------------------------------------------


def test_an_address_opens_claim_view_filter_and_theme(opened, trams):
    address = "#view=outline&claim=fair&without-speakers=ben&theme=dark"
    page = opened(trams, address)
    assert page.locator("#outline").is_visible()
    assert page.locator("#details h2").inner_text() == "Free trams are fair."
    assert page.locator("#outline .pick.chosen .what").inner_text() == "Free trams are fair."
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("#outline .pick", has_text="cost what they cost").count() == 0


def test_an_address_of_nonsense_is_ignored(opened, trams):
    page = opened(
        trams, "#view=__proto__&claim=constructor&theme=x&without-kinds=%3Cimg%3E&without-topics=9"
    )
    assert page.locator("#map").is_visible()
    assert page.locator("#details").is_hidden()
    assert page.locator("#filters .shown").inner_text() == "6 claims"


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_theme_follows_the_system_until_it_is_set(opened, trams, system):
    page = opened(trams, color_scheme=system)
    theme = page.locator("html")
    background = "getComputedStyle(document.body).backgroundColor"
    assert theme.get_attribute("data-theme") == system
    before = page.evaluate(background)
    other = "dark" if system == "light" else "light"
    while theme.get_attribute("data-theme") == system:
        page.locator(".theme").click()
    assert address(page) == f"theme={other}"
    assert page.evaluate(background) != before


# -- moving about ---------------------------------------------------------------------------


def test_dragging_pans_and_the_wheel_zooms_over_a_card_too(opened, trams):
    page = opened(trams)
    start = card(page, "free for everyone").bounding_box()
    x, y = start["x"] + 50, start["y"] + 40
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=5)
    page.mouse.up()
    settle(page)
    moved = card(page, "free for everyone").bounding_box()
    assert moved["x"] - start["x"] == pytest.approx(60, abs=12)
    assert moved["y"] - start["y"] == pytest.approx(40, abs=12)
    assert page.locator("#details").is_hidden(), "the end of a drag is no click"
    page.mouse.wheel(0, -200)
    settle(page)
    assert card(page, "free for everyone").bounding_box()["width"] > moved["width"] * 1.05


def test_fit_shows_everything_and_the_overview_goes_there(opened, shipped):
    page = opened(shipped)
    page.locator("#zoom .fit").click()
    settle(page)
    stage = page.locator("#map").bounding_box()
    outside = page.evaluate(
        """([x, y, width, height]) => [...document.querySelectorAll('.card')].filter((card) => {
            const box = card.getBoundingClientRect();
            return box.left < x || box.top < y || box.right > x + width || box.bottom > y + height;
        }).length""",
        [stage["x"], stage["y"], stage["width"], stage["height"]],
    )
    assert outside == 0
    assert page.locator(".world.far").count() == 1
    page.keyboard.press("+")
    page.keyboard.press("+")
    settle(page)
    before = page.evaluate("dissensus.viewport.at.x")
    box = page.locator("#overview").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 5, box["y"] + box["height"] - 5)
    settle(page)
    assert page.evaluate("dissensus.viewport.at.x") > before


def test_letters_keep_their_size_when_the_window_changes(opened, trams):
    page = opened(trams)
    before = letters(page, ".card .text")
    page.set_viewport_size({"width": 900, "height": 640})
    settle(page)
    settle(page)
    assert letters(page, ".card .text") == pytest.approx(before, abs=0.1)


# -- saving ---------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"


def saved(page, name):
    """The file that the menu makes, and its bytes."""
    page.locator(".save summary").click()
    with page.expect_download() as download:
        page.locator(f".save [data-format={name}]").click()
    return download.value, Path(download.value.path()).read_bytes()


def of_class(root, word):
    return [element for element in root.iter() if word in element.get("class", "").split()]


def test_the_map_can_be_saved_as_a_drawing(opened, trams):
    page = opened(trams)
    file, data = saved(page, "svg")
    assert file.suggested_filename == "a-debate.svg"
    root = ET.fromstring(data)
    cards = of_class(root, "card")
    assert len(cards) == page.locator(".card").count() == 7
    assert len(of_class(root, "line")) == page.locator("#map .line").count()
    assert len(of_class(root, "box")) == 2
    assert len(of_class(root, "joint")) == 1
    words = [" ".join(t.text for t in card.iter(f"{SVG}text")) for card in cards]
    for text in texts(page, ".card .text"):
        assert any(text in card for card in words), text
    legend = " ".join(t.text for t in of_class(root, "legend")[0].iter(f"{SVG}text"))
    assert all(word in legend for word in ("supports", "undercuts", "Ana Ruiz", "Ben Okafor"))
    assert page.locator("#status").inner_text() == "Saved a-debate.svg"


def test_what_is_saved_has_the_filters_and_the_theme(opened, trams):
    page = opened(trams, "#without-speakers=ben&without-topics=traffic&theme=dark")
    root = ET.fromstring(saved(page, "svg")[1])
    assert len(of_class(root, "card")) == page.locator(".card:visible").count() == 4
    assert len(of_class(root, "line")) == page.locator("#map .line:not(.gone)").count()
    assert [t.text for t in of_class(root, "title")[0].iter(f"{SVG}text")] == ["Fares"]
    written = ET.tostring(root, encoding="unicode")
    assert "Ben Okafor" not in written
    assert "#0d1117" in written
    assert "#ffffff" not in written
    page.goto(page.url.partition("#")[0] + "#without-topics=traffic&without-topics=fares")
    settle(page)
    page.locator(".save summary").click()
    page.locator(".save [data-format=svg]").click()
    assert page.locator("#status").inner_text() == "There is nothing in the map to save"


def test_a_saved_picture_has_twice_the_size_of_the_drawing(opened, trams):
    from PIL import Image

    page = opened(trams)
    root = ET.fromstring(saved(page, "svg")[1])
    file, data = saved(page, "png")
    assert file.suggested_filename == "a-debate.png"
    image = Image.open(io.BytesIO(data))
    assert image.size == (2 * int(root.get("width")), 2 * int(root.get("height")))
    assert image.convert("RGB").getpixel((4, 4)) == (0xF6, 0xF8, 0xFA)
    assert len(image.convert("RGB").getcolors(maxcolors=1_000_000)) > 50


def test_the_menu_is_used_by_keyboard(opened, trams):
    page = opened(trams)
    page.locator(".save summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".save [data-format=svg]").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".save [data-format=svg]").is_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".svg")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.locator(".save [data-format=svg]").is_hidden(), "it closes behind one"


def test_claims_that_were_found_are_marked_and_explained(opened, trams):
    page = opened(trams, scope={"claims": ["no"]})
    assert texts(page, ".card.match .text") == ["Trams should cost what they cost."]
    assert (
        "Around 1 claim that was found, to depth 1; 2 of 6 claims"
        in page.locator("#filters .scope").inner_text()
    )
    assert page.locator("#filters .matches").inner_text() == "found"
    assert "found" in page.locator(".card.match").text_content()
    root = ET.fromstring(saved(page, "svg")[1])
    assert len(of_class(root, "ring")) == 1


# -- the outline ----------------------------------------------------------------------------


def test_the_outline_nests_replies_and_folds(opened, trams):
    page = opened(trams, "#view=outline")
    pick = page.locator("#outline li:not(.again) > .row .pick", has_text="free for everyone")
    yes = pick.locator("xpath=ancestor::li[1]")
    inside = yes.locator("> ul").first.inner_text()
    assert "supports" in inside
    assert "together" in inside
    assert "Fair to those who walk?" in inside
    yes.locator("> .row .fold").first.click()
    assert yes.locator("> ul").first.is_hidden()
    page.get_by_role("button", name="Unfold all").click()
    assert yes.locator("> ul").first.is_visible()


def test_arrows_go_through_the_outline(opened, trams):
    page = opened(trams, "#view=outline")
    picks = page.locator("#outline .pick")
    picks.nth(0).focus()
    page.keyboard.press("ArrowDown")
    assert picks.nth(1).evaluate("button => button === document.activeElement")
    page.keyboard.press("ArrowUp")
    count = page.locator("#outline .pick:visible").count()
    page.keyboard.press("ArrowLeft")
    folded = page.locator("#outline .pick:visible").count()
    page.keyboard.press("ArrowRight")
    assert page.locator("#outline .pick:visible").count() == count >= folded


def test_claims_that_argue_in_a_circle_are_told_once(opened):
    debate = Debate(
        [Claim("urn:x:a", "A."), Claim("urn:x:b", "B.")],
        [
            Link(LinkKind.SUPPORT, ("urn:x:a",), "urn:x:b"),
            Link(LinkKind.SUPPORT, ("urn:x:b",), "urn:x:a"),
        ],
    )
    page = opened(debate, "#view=outline")
    assert texts(page, "#outline .pick .what") == ["A.", "B.", "A."]
    assert page.locator("#outline li.again").count() == 1


def test_paper_gets_the_whole_outline(opened, trams):
    page = opened(trams)
    assert len(page.pdf()) > 10_000
    page.emulate_media(media="print")
    assert page.locator("#map").is_hidden()
    assert page.locator("#outline").is_visible()
    assert page.locator("#outline .pick:visible").count() >= 6


def test_a_phone_that_is_turned_still_goes_where_an_address_says(opened, trams):
    page = opened(trams, "#view=map", size=(844, 390))
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("location.hash = 'view=outline'")
    page.locator("#outline").wait_for()
    assert page.locator("#map").is_hidden()


def test_a_phone_gets_the_outline_and_the_details_from_below(opened, trams):
    page = opened(trams, size=(390, 844))
    assert page.locator("#outline").is_visible()
    assert page.locator("#filters").is_hidden()
    page.get_by_role("button", name="Guide").click()
    assert page.locator("#filters").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#filters").is_hidden()
    page.locator("#outline .pick").first.click()
    details = page.locator("#details").bounding_box()
    assert details["width"] >= 389
    assert details["y"] > 250
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# -- hostile text, many claims --------------------------------------------------------------

PAYLOADS = (
    "</script><script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    '"><svg onload=window.ran=1>',
    "javascript:window.ran=1",
    "{{constructor.constructor('window.ran=1')()}} ${window.ran=1}",
    "<!--<script>\x07\x1b[2J",
    "\u202eright to left\u2066 href=x",
)


@pytest.mark.parametrize("bypass", [False, True], ids=["with policy", "without policy"])
@pytest.mark.parametrize("bad", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_text_runs_nothing_and_is_shown(opened, bad, bypass):
    debate = Debate(
        [
            Claim(
                "urn:x:a",
                bad,
                ClaimKind.EVIDENCE,
                ("urn:x:s",),
                ("urn:x:s",),
                ("urn:x:t",),
                ("urn:x:q",),
                ("urn:x:v",),
                quotes=(Quote(bad, bad, bad, "urn:x:d"),),
                options=("urn:x:o",),
                criteria=("urn:x:o",),
                said_on=bad,
                language=bad,
                notes=(bad,),
                translations=((bad, bad),),
            ),
            Claim(f"urn:x:{bad}", bad),
        ],
        [Link(LinkKind.SUPPORT, (f"urn:x:{bad}",), "urn:x:a", f"urn:y:{bad}", scheme=bad)],
        speakers=[Speaker("urn:x:s", bad, bad)],
        documents=[Document("urn:x:d", bad, (bad,), bad, bad, bad, bad)],
        questions=[Question("urn:x:q", bad)],
        topics=[Topic("urn:x:t", bad)],
        values=[Label("urn:x:v", bad)],
        options=[Label("urn:x:o", bad)],
        criteria=[Label("urn:x:o", bad)],
        title=bad,
        description=bad,
    )
    page = opened(debate, bypass_csp=bypass)
    for chosen_card in page.locator(".card").all():
        chosen_card.click()
        settle(page)
    page.locator(".line .touch").first.dispatch_event("click")
    page.keyboard.press("/")
    page.keyboard.type("r")
    page.get_by_role("button", name="Outline").click()
    settle(page)
    drawing = ET.fromstring(saved(page, "svg")[1])
    assert len(of_class(drawing, "card")) == 3
    assert {element.tag.removeprefix(SVG) for element in drawing.iter()} <= {
        "svg", "title", "defs", "marker", "path", "circle", "rect", "g", "text",
    }  # fmt: skip
    assert not any(name.startswith("on") for element in drawing.iter() for name in element.attrib)
    assert saved(page, "png")[1].startswith(b"\x89PNG")
    assert page.evaluate("window.ran") is None
    assert page.locator("h1").text_content() == bad
    assert page.locator(".card .text").first.text_content() == bad
    assert page.locator("img, iframe, #details svg, #outline svg").count() == 0
    assert page.locator("#details a").count() == 0


def test_the_policy_stops_a_script_that_gets_in(opened, trams, browser, tmp_path):
    opened(trams)
    file = tmp_path / "map.html"
    html = file.read_text(encoding="utf-8")
    file.write_text(
        html.replace("</body>", "<script>window.ran=1</script><img src='https://example.org/x'>"),
        encoding="utf-8",
    )
    page = browser.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(file.as_uri())
    settle(page)
    assert page.evaluate("window.ran") is None
    assert len([text for text in refused if "Content Security Policy" in text]) >= 2
    page.close()


def test_right_to_left_text_does_not_turn_its_surroundings(opened):
    debate = Debate([Claim("urn:x:a", "\u202eabc", speakers=("urn:x:s",))])
    page = opened(debate)
    page.locator(".card").click()
    isolated = page.evaluate(
        """() => [...document.querySelectorAll('bdi')]
            .every((bdi) => getComputedStyle(bdi).unicodeBidi.includes('isolate'))"""
    )
    assert isolated
    assert page.locator(".card .text > bdi").count() == 1


def test_a_thousand_claims_open_readable(opened):
    topics = [Topic(f"urn:x:t{n}", f"Topic {n}") for n in range(25)]
    texts = [f"Claim {n} says something of middling length about its topic." for n in range(1000)]
    claims = [
        Claim(f"urn:x:c{n:04}", text, speakers=(f"urn:x:s{n % 5}",), topics=(topics[n // 40].iri,))
        for n, text in enumerate(texts)
    ]
    links = [
        Link(LinkKind(n % 4 % 2), (claims[n].iri,), claims[n - 1 - n % min(n % 40, 5)].iri)
        for n in range(1000)
        if n % 40
    ]
    page = opened(Debate(claims, links, topics=topics))
    assert page.locator(".folded-box").count() == 25
    assert letters(page, ".folded-box .top") >= 11.5
    ready = page.evaluate(
        "performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart"
    )
    assert ready < 5000, "measured: 0.6 s"
    page.get_by_role("button", name="Unfold all").first.click()
    assert page.locator(".card").count() == 1000
    page.locator('.card[data-node="999"]').dispatch_event("click")
    assert page.locator("#details h2").inner_text() == texts[999]
