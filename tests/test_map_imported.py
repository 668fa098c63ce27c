"""The page on real debates from elsewhere: every view opens, walks, filters, finds, prints."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import dissensus

pytestmark = pytest.mark.browser

SAMPLES = {
    "us-2016": "aif/us-2016",
    "araucaria": "aif/araucaria",
    "microtexts": "arggraph",
    "semmelweis": "argdown/semmelweis_betz.argdown",
    "censorship": "argdown/state-censorship.argdown",
}
VIEWS = ("map", "outline", "disagreements", "stances", "compare")
WALKED = {
    "map": ".card:visible, .folded-box",
    "outline": "#outline button",
    "disagreements": "#disagreements [data-stop], #disagreements .mention",
    "stances": "#stances [data-stop], #stances .mention",
    "compare": "#compare [data-stop], #compare .mention",
}


@pytest.fixture(scope="module", params=SAMPLES.values(), ids=SAMPLES)
def imported(request, sample_data):
    return dissensus.import_debate([sample_data / "data" / request.param]).debate


def test_every_view_opens_by_its_address_and_prints(opened, imported):
    page = opened(imported)
    for view in VIEWS:
        page.evaluate(f"location.hash = 'view={view}'")
        page.locator(f"#{view}").wait_for()
        assert page.locator(f"#{view}").inner_text().strip()
        for width in (1400, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, view
        assert len(page.pdf()) > 5_000
    for claim in (imported.claims[0], imported.claims[-1]):
        page.evaluate(f"location.hash = 'view=outline&claim={imported.name(claim.iri)}'")
        assert claim.text.split()[0] in page.locator("#details").inner_text()


@pytest.mark.parametrize("view", VIEWS)
def test_arrows_and_enter_go_through_each_view(opened, imported, view):
    page = opened(imported, f"#view={view}")
    entries = page.locator(WALKED[view])
    if not entries.count():
        assert page.locator(f"#{view} .note").is_visible()
        return
    entries.first.focus()
    seen = set()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.outerHTML"))
        assert page.evaluate("document.activeElement !== document.body")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert seen


def test_search_and_filters_hold_in_each_view(opened, imported):
    page = opened(imported)
    word = max((word for claim in imported.claims for word in claim.text.split()), key=len)
    page.keyboard.press("/")
    page.keyboard.type(word)
    assert page.locator("#results button").count() >= 1
    page.keyboard.press("Enter")
    assert word in page.locator("#details").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator("#details").is_hidden()
    page.locator("#filters .kinds input").first.uncheck()
    kind = page.evaluate("[...dissensus.state.without.kinds][0]")
    hidden = page.evaluate("dissensus.lines.filter((line) => !dissensus.showsLine(line)).length")
    assert hidden > 0
    for view in VIEWS:
        page.evaluate(f"dissensus.go({{ view: '{view}' }})")
        assert page.locator(f"#{view}").is_visible()
        assert f"without-kinds={kind}" in page.url


def test_the_drawing_that_is_saved_has_the_cards(opened, imported):
    page = opened(imported)
    page.locator(".save summary").click()
    with page.expect_download() as download:
        page.locator(".save [data-format=svg]").click()
    root = ET.fromstring(Path(download.value.path()).read_bytes())
    assert "".join(root.itertext()).strip()
