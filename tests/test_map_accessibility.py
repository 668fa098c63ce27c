"""axe-core finds no fault in any view: both themes, wide and narrow, the shipped debate, odd ones.

What a choice on the map leaves aside is faded on purpose; so the map is looked at with nothing
chosen, the other views with a claim chosen and everything open.
https://www.deque.com/axe/core-documentation
"""

from __future__ import annotations

import pytest
from test_map_large import sized

from dissensus.graph.debate import Debate
from dissensus.graph.maps.pages import write_pages
from dissensus.graph.model import Claim, Link, Question, Speaker
from dissensus.graph.terms import LinkKind

pytestmark = pytest.mark.browser

VIEWS = ("map", "outline", "disagreements", "stances", "compare")
OPEN = {
    "outline": "&claim=terrible-mistake",
    "disagreements": "&claim=terrible-mistake&point=was-refusing-us-chips-a-mistake",
    "stances": "&claim=terrible-mistake&cell=was-refusing-us-chips-a-mistake&cell=gin",
    "compare": "&link=does-it-matter&rows=speaker&columns=topic",
}


def odd_debates():
    """Debates that lack what others have: claims, topics, speakers, labels, links."""
    bare = [Claim("urn:x:a", "A."), Claim("urn:x:b", "B.")]
    return {
        "empty": Debate(),
        "bare claims": Debate(bare),
        "no topics, no speakers": Debate(
            bare,
            [Link(LinkKind.REBUTTAL, ("urn:x:a",), "urn:x:b")],
            questions=[Question("urn:x:q", "Who?")],
        ),
        "one speaker, no text": Debate(
            [Claim("urn:x:a", "", speakers=("urn:x:s",)), Claim("urn:x:b", " ")],
            speakers=[Speaker("urn:x:s", "")],
        ),
    }


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


def faults(axe, page):
    """What axe finds in the page, briefly."""
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary']}"
        for rule in axe.run(page).response["violations"]
        for node in rule["nodes"]
    ]


def look(page, view, theme, rest=""):
    """Goes to an address in the page that is open."""
    page.evaluate(f"location.hash = 'view={view}&theme={theme}{rest}'")
    page.wait_for_function(
        "([view, theme]) => document.body.dataset.view === view"
        " && document.documentElement.dataset.theme === theme",
        arg=[view, theme],
    )
    page.evaluate("document.querySelectorAll('.view details').forEach((d) => { d.open = true; })")


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)], ids=["wide", "narrow"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_shipped_debate_has_no_fault_in_any_view(opened, shipped, axe, theme, size):
    page = opened(shipped, size=size)
    for view in VIEWS:
        look(page, view, theme, f"&audience=research-lab{OPEN.get(view, '')}")
        assert faults(axe, page) == [], view
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], view


@pytest.mark.parametrize("debate", odd_debates().values(), ids=odd_debates())
def test_odd_debates_have_no_fault_in_any_view(opened, axe, debate):
    page = opened(debate)
    for theme, width in (("light", 1400), ("dark", 1400), ("light", 390), ("dark", 390)):
        page.set_viewport_size({"width": width, "height": 844})
        for view in VIEWS:
            look(page, view, theme)
            assert faults(axe, page) == [], f"{view} {theme} {width}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, view


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_folded_topics_and_the_overview_have_no_fault(opened, axe, theme):
    looked_at = ((sized(310), ("",)), (sized(2100), ("", "&claim=c9&colour=status")))
    for debate, choices in looked_at:
        page = opened(debate)
        for rest in choices:
            for width in (1400, 390):
                page.set_viewport_size({"width": width, "height": 844})
                look(page, "map", theme, rest)
                assert faults(axe, page) == [], f"{len(debate)} {width} {rest}"
                assert page.evaluate("document.documentElement.scrollWidth") <= width
    look(page, "outline", theme)
    assert faults(axe, page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_index_of_pages_has_no_fault_and_has_the_colours_of_the_map(
    browser, axe, tmp_path, theme
):
    index, first, *_rest = write_pages(sized(150), tmp_path)
    context = browser.new_context(color_scheme=theme, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(first.as_uri())
    page.wait_for_selector("body.ready")
    colour = "getComputedStyle(document.body).backgroundColor"
    card = "getComputedStyle(document.querySelector('#bar')).backgroundColor"
    colours = page.evaluate(f"[{colour}, {card}]")
    page.locator("#tools .index").click()
    page.wait_for_url(index.as_uri())
    topic = "getComputedStyle(document.querySelector('main li')).backgroundColor"
    assert page.evaluate(f"[{colour}, {topic}]") == colours
    assert faults(axe, page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_the_panels_have_no_fault(opened, shipped, axe):
    page = opened(shipped, size=(390, 844))
    page.get_by_role("button", name="Guide").click()
    assert faults(axe, page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("chips")
    assert faults(axe, page) == []


@pytest.mark.parametrize("view", VIEWS)
def test_everything_that_can_be_pressed_is_reached_and_shows_focus(opened, shipped, view):
    page = opened(shipped, f"#view={view}&theme=dark")
    page.locator("#main").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement);
                return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    unreachable = page.evaluate(
        """() => [...document.querySelectorAll('.view [tabindex="-1"], .view [role=button]')]
            .map((element) => element.outerHTML.slice(0, 120))"""
    )
    assert unreachable == []
