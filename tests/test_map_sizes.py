"""Big maps in a real Chromium: folded topics, the overview, the long outline."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.maps.pages import write_pages
from dissensus.graph.model import Claim, Link, Question, Speaker, Topic
from dissensus.graph.terms import LinkKind

pytestmark = pytest.mark.browser

N = "https://example.org/debate#"
KINDS = (LinkKind.SUPPORT, LinkKind.REBUTTAL, LinkKind.EVIDENCE)
HOSTILE = "</script><script>window.ran=1</script><img src=x onerror=window.ran=1>"


def sized(count, topics=0, *, label="Topic {}", text="Claim {} says something."):
    """A debate of topics of fifty claims; claim n replies to n - topics, some also to n - 1."""
    topics = topics or max(1, count // 50)
    claims = [
        Claim(
            f"{N}c{n}",
            text.format(n),
            speakers=(f"{N}s{n % 7}",),
            topics=(f"{N}t{n % topics}",),
            questions=(f"{N}q",) if n in (0, topics) else (),
        )
        for n in range(count)
    ]
    links = [
        Link(KINDS[n % 3], (f"{N}c{n}",), f"{N}c{n - topics}") for n in range(2 * topics, count)
    ]
    links += [
        Link(LinkKind.REBUTTAL, (f"{N}c{n}",), f"{N}c{n - 1}")
        for n in range(9, count, 9)
        if n % topics
    ]
    return Debate(
        claims,
        links,
        topics=[Topic(f"{N}t{n}", label.format(n)) for n in range(topics)],
        speakers=[Speaker(f"{N}s{n}", f"Speaker {n}") for n in range(7)],
        questions=[Question(f"{N}q", "Which is it?", exclusive=True)],
        title="Any size",
    )


@pytest.fixture(scope="module")
def middle():
    return sized(400)


@pytest.fixture(scope="module")
def big():
    return sized(2500)


def address(page):
    return page.evaluate("decodeURIComponent(location.hash.slice(1))")


def heading(page):
    return page.locator("#details h2").inner_text()


def box(page, name):
    return page.locator(".folded-box", has=page.get_by_text(name, exact=True))


# -- folded topics --------------------------------------------------------------------------


def test_many_cards_open_as_folded_topics_that_can_be_read(opened, middle):
    page = opened(middle)
    assert page.locator(".folded-box").count() == 8
    assert page.locator(".card").count() == 0
    told = box(page, "Topic 3").inner_text()
    assert "50 claims" in told
    assert re.search(r"▲ \d+ for", told)
    assert re.search(r"\d+ against ✖", told)
    assert re.search(r"Speaker \d Claim \d+ says something\.", told)


def test_a_click_unfolds_a_topic_and_folds_it_again(opened, middle):
    page = opened(middle)
    box(page, "Topic 3").click()
    assert page.locator(".card").count() == 50
    assert address(page) == "open=t3"
    box(page, "Topic 4").dispatch_event("click")
    assert page.locator(".card").count() == 100
    assert address(page) == "open=t3&open=t4"
    page.get_by_role("button", name="Fold Topic 3").dispatch_event("click")
    assert page.locator(".card").count() == 50
    assert box(page, "Topic 3").get_attribute("aria-expanded") == "false"
    page.go_back()
    assert page.locator(".card").count() == 100


def test_unfolded_cards_do_not_overlap_other_boxes(opened, middle):
    page = opened(middle, "#open=t3&open=t5")
    overlaps = page.evaluate(
        """() => {
          const rectangles = [...document.querySelectorAll('.box, .folded-box')]
            .map((element) => element.getBoundingClientRect());
          const inside = [...document.querySelectorAll('.card')].every((card) => {
            const c = card.getBoundingClientRect();
            return rectangles.filter((r) => r.left <= c.left + 1 && r.right >= c.right - 1
              && r.top <= c.top + 1 && r.bottom >= c.bottom - 1).length === 1;
          });
          const apart = rectangles.every((a, n) => rectangles.every((b, m) => n === m ||
            a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top));
          return [inside, apart];
        }"""
    )
    assert overlaps == [True, True]


def test_lines_end_on_their_cards_wherever_the_boxes_go(opened, middle):
    page = opened(middle, "#open=t3&open=t4")
    off = page.evaluate(
        """() => {
          const D = dissensus;
          const near = (x, y, card) => x >= card.left - 3 && x <= card.left + card.width + 3
            && y >= card.top - 3 && y <= card.top + card.height + 3;
          return [...document.querySelectorAll('#map .line[data-line]')].map((group) => {
            const line = D.lines[Number(group.dataset.line)];
            const path = group.querySelector('.stroke').getAttribute('d');
            const n = path.match(/-?[0-9.]+/g).map(Number);
            return near(n[0], n[1], D.cards[line.premises[0]])
              && near(n[n.length - 2], n[n.length - 1], D.cards[line.goal]);
          }).filter((right) => !right).length;
        }"""
    )
    assert page.locator("#map .line.across").count() > 0
    assert off == 0


def test_lines_between_folded_boxes_are_bundled_by_kind(opened, middle):
    page = opened(middle)
    rebuttals = {
        (link.premises[0], link.conclusion)
        for link in middle.links
        if link.kind is LinkKind.REBUTTAL
    }
    homes = {claim.iri: claim.topics[0] for claim in middle.claims}
    expected = sum(homes[a] == f"{N}t1" and homes[b] == f"{N}t0" for a, b in rebuttals)
    places = page.evaluate("dissensus.page.topics.map((topic) => topic.id)")
    bundle = page.locator(
        f'.bundle.rebuttal[data-from="{places.index("t1")}"][data-to="{places.index("t0")}"]'
    )
    assert bundle.first.get_attribute("data-n") == str(expected)
    page.get_by_role("checkbox", name="rebuts").uncheck()
    assert page.locator(".bundle.rebuttal").count() == 0


def test_an_address_unfolds_the_topic_of_its_claim(opened, middle):
    page = opened(middle, "#claim=c207")
    assert page.locator(".card.chosen .text").inner_text() == "Claim 207 says something."
    assert page.locator(".card").count() == 50
    page.locator("#details .walk[data-goto]", has_text="Claim 206").first.click()
    assert page.locator(".card.chosen .text").inner_text() == "Claim 206 says something."
    assert page.locator(".card").count() == 100


def test_folded_boxes_by_keyboard(opened, middle):
    page = opened(middle)
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.dataset.topic")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.dataset.topic")
    assert first is not None
    assert second not in (None, first)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.topic") == first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "fold-box"
    page.keyboard.press("Tab")
    assert "card" in page.evaluate("document.activeElement.className")
    page.locator(f'.fold-box[data-topic="{first}"]').focus()
    page.keyboard.press("Enter")
    assert page.locator(".card").count() == 0
    assert page.evaluate("document.activeElement.className") == "folded-box"


def test_pointing_at_a_box_shows_all_its_bundles(opened, middle):
    page = opened(middle)
    box(page, "Topic 3").hover()
    ends = page.locator(".own .bundle").evaluate_all(
        "(all) => all.map((g) => [g.dataset.from, g.dataset.to])"
    )
    at = box(page, "Topic 3").get_attribute("data-topic")
    assert ends
    assert all(at in pair for pair in ends)


def test_a_search_marks_the_boxes_that_hold_what_it_found(opened, middle):
    page = opened(middle)
    page.locator("#search input").fill("claim 203 ")
    assert page.locator(".folded-box.found").count() == 1
    page.keyboard.press("Enter")
    assert heading(page) == "Claim 203 says something."
    assert page.evaluate("document.activeElement.dataset.node") is not None


# -- the overview ---------------------------------------------------------------------------


def pixels(page):
    """How many colours the canvas has."""
    return page.evaluate(
        """() => {
          const canvas = document.querySelector('#map canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        }"""
    )


def point_of(page, name):
    return page.evaluate(
        "(name) => dissensus.viewport.pointOf(dissensus.ids.claim.get(name))", name
    )


def test_a_big_debate_opens_as_dots(opened, big):
    page = opened(big)
    assert page.evaluate("typeof vis") == "undefined"
    assert "2500 claims, a dot each" in page.locator("#filters").inner_text()
    assert pixels(page) > 8
    assert page.locator("#map .card").count() == 0


def test_a_click_on_a_dot_shows_the_cards_around_it(opened, big):
    page = opened(big)
    spot = point_of(page, "c1203")
    page.mouse.click(spot["x"], spot["y"])
    assert heading(page) == "Claim 1203 says something."
    assert address(page) == "claim=c1203"
    assert page.locator("#near .card.chosen .text").inner_text() == "Claim 1203 says something."
    around = page.locator("#near .card .text").all_inner_texts()
    assert {"Claim 1153 says something.", "Claim 1253 says something."} <= set(around)
    verbs = page.locator("#near .card", has_text="Claim 1253").locator(".verb").inner_text()
    assert "evidence" in verbs


def test_records_made_from_columns_are_those_of_a_smaller_page(opened, big):
    page = opened(big)
    verdict = dissensus.verdicts(big).verdicts[big.claim_number("c1203")]
    assert page.evaluate("dissensus.claim(dissensus.ids.claim.get('c1203'))") == {
        "degree": round(verdict.strength, 2),
        "id": "c1203",
        "iri": f"{N}c1203",
        "kind": "claim",
        "speakers": [page.evaluate("dissensus.page.speakers.findIndex((s) => s.id === 's6')")],
        "status": verdict.status.value,
        "text": "Claim 1203 says something.",
        "topics": [page.evaluate("dissensus.page.topics.findIndex((t) => t.id === 't3')")],
    }


def test_two_steps_show_more_cards(opened, big):
    page = opened(big, "#claim=c1203")
    one = page.locator("#near .card").count()
    page.get_by_role("button", name="2 steps").click()
    assert page.locator("#near .card").count() > one
    assert "Claim 1303 says" in page.locator("#near").inner_text()
    assert address(page) == "claim=c1203&near=2"


def test_cards_of_the_neighbourhood_stand_in_reading_order(opened, big):
    page = opened(big, "#claim=c1203")
    tops = {
        name: page.locator("#near .card", has_text=f"Claim {name} ").bounding_box()["y"]
        for name in (1153, 1203, 1253)
    }
    assert tops[1153] < tops[1203] < tops[1253]


def test_the_argument_is_walked_by_keyboard(opened, big):
    page = opened(big, "#claim=c1203")
    page.locator("#map canvas").focus()
    page.keyboard.press("ArrowDown")
    assert heading(page) in ("Claim 1253 says something.", "Claim 1204 says something.")
    page.keyboard.press("ArrowUp")
    assert heading(page) == "Claim 1203 says something."
    assert "chosen" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Escape")
    assert page.locator("#details").is_hidden()
    assert page.locator("#near").is_hidden()


def test_dragging_pans_and_keys_zoom(opened, big):
    page = opened(big)
    page.keyboard.press("+")
    before = page.evaluate("dissensus.viewport.at")
    page.mouse.move(700, 500)
    page.mouse.down()
    page.mouse.move(600, 450, steps=4)
    page.mouse.up()
    after = page.evaluate("dissensus.viewport.at")
    assert after["unit"] == before["unit"]
    assert round((after["x"] - before["x"]) * after["unit"]) == 100
    assert round((after["y"] - before["y"]) * after["unit"]) == 50
    page.locator("#map canvas").focus()
    page.keyboard.press("Shift+ArrowLeft")
    assert page.evaluate("dissensus.viewport.at.x") < after["x"]
    page.mouse.wheel(0, -300)
    assert page.evaluate("dissensus.viewport.at.unit") > after["unit"]
    page.keyboard.press("0")
    assert page.evaluate("dissensus.viewport.at.unit") < before["unit"]


def test_colour_by_standing_is_told_in_the_guide(opened, big):
    page = opened(big)
    page.get_by_label("standing").check()
    assert address(page) == "colour=status"
    assert page.locator("#filters .states").inner_text().split() == ["Stands", "Falls", "Undecided"]
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("html[data-theme=dark]")
    assert pixels(page) > 5


def test_a_hidden_speaker_has_no_dots_to_click(opened, big):
    page = opened(big, "#without-speakers=s6")
    number = next(n for n in range(1200, 1300) if n % 7 == 6)
    spot = point_of(page, f"c{number}")
    page.mouse.click(spot["x"], spot["y"])
    assert f"claim=c{number}" not in address(page)
    assert "claims shown" in page.locator("#filters .shown").inner_text()


def test_a_search_in_many_claims(opened, big):
    page = opened(big)
    page.keyboard.press("/")
    page.keyboard.type("claim 2499 ")
    page.locator("#results .n", has_text=re.compile(r"^1 claim$")).wait_for()
    page.keyboard.press("Enter")
    assert heading(page) == "Claim 2499 says something."


def test_links_without_a_name_have_an_address(opened, big):
    page = opened(big, "#link=evidence+c1253+c1203")
    assert "Claim 1253" in page.locator("#details").inner_text()
    assert page.locator("#near .card").count() == 2


def test_a_question_of_a_big_debate(opened, big):
    page = opened(big, "#question=q")
    assert heading(page) == "Which is it?"
    assert page.locator("#near .card.question.chosen").count() == 1
    assert page.locator("#near .card").count() == 3


# -- the long outline -----------------------------------------------------------------------


def entries(page):
    return page.locator("#outline .entry")


def test_only_what_is_seen_of_the_outline_is_in_the_document(opened, big):
    page = opened(big, "#view=outline")
    page.get_by_role("button", name="Unfold all").click()
    assert page.evaluate("document.querySelector('#outline .rows').offsetHeight") > 2500 * 40
    assert entries(page).count() < 80
    page.locator("#outline").evaluate("(outline) => { outline.scrollTop = 60000; }")
    page.locator("#row-1270").wait_for()
    assert entries(page).count() < 80


def test_each_row_says_where_it_stands(opened, big):
    page = opened(big, "#view=outline")
    first = entries(page).first
    assert first.get_attribute("aria-level") == "1"
    assert first.get_attribute("aria-setsize") == "50"
    assert first.get_attribute("aria-posinset") == "1"
    assert first.get_attribute("aria-expanded") == "true"
    below = page.locator('#outline .entry[aria-level="2"]').first
    assert "Which is it?" in below.inner_text()
    assert below.get_attribute("aria-expanded") == "false"
    assert page.locator('#outline .entry[aria-posinset="50"]').count() <= 1


def active(page):
    return page.evaluate(
        """() => {
          const tree = document.querySelector('#outline .rows');
          return document.getElementById(tree.getAttribute('aria-activedescendant')).innerText;
        }"""
    )


def test_the_outline_is_gone_through_by_keyboard(opened, big):
    page = opened(big, "#view=outline")
    page.locator("#outline .rows").focus()
    assert "Topic" in active(page)
    page.keyboard.press("ArrowDown")
    assert "Which is it?" in active(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "Claim 0 " in active(page)
    page.keyboard.press("Enter")
    assert heading(page) == "Claim 0 says something."
    page.keyboard.press("ArrowLeft")
    assert "Which is it?" in active(page)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    assert "Claim 0 " not in active(page)
    page.keyboard.press("End")
    last = active(page)
    page.keyboard.press("PageUp")
    assert active(page) != last
    page.keyboard.press("Home")
    assert "Topic" in active(page)


def test_each_claim_is_told_once_in_full(opened, big):
    page = opened(big, "#view=outline")
    page.get_by_role("button", name="Unfold all").click()
    told = set()
    height = page.evaluate("document.querySelector('#outline .rows').offsetHeight")
    for top in range(0, height, 700):
        page.locator("#outline").evaluate("(outline, top) => { outline.scrollTop = top; }", top)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        page.evaluate("() => new Promise(requestAnimationFrame)")
        told.update(
            page.locator("#outline .entry[data-node]:not(.again)").evaluate_all(
                "(rows) => rows.map((row) => row.dataset.node)"
            )
        )
    assert len(told) == 2501


def test_an_address_opens_the_outline_on_its_claim(opened, big):
    page = opened(big, "#view=outline&claim=c1203")
    row = page.locator("#outline .entry.chosen")
    assert row.inner_text().count("Claim 1203") == 1
    assert row.bounding_box()["y"] < 900
    assert row.get_attribute("aria-selected") == "true"


def test_a_phone_gets_the_outline_of_a_big_debate(opened, big):
    page = opened(big, size=(390, 780))
    assert page.locator("#outline").is_visible()
    page.locator("#outline .entry[data-node]").first.click()
    assert page.locator("#details").is_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


def test_paper_says_where_the_outline_was_cut(opened, big):
    page = opened(big, "#view=outline")
    page.get_by_role("button", name="Unfold all").click()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert entries(page).count() == 2000
    assert "The first 2000 of" in page.locator("#outline .cut").inner_text()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert entries(page).count() < 80


# -- safety ---------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [400, 2100])
@pytest.mark.parametrize("view", ["map", "outline"])
def test_hostile_text_runs_nothing(opened, count, view):
    debate = sized(count, label=HOSTILE + "{}", text=HOSTILE + "{}")
    page = opened(debate, f"#view={view}&claim=c90", bypass_csp=True)
    assert HOSTILE in heading(page)
    page.locator("#search input").fill("script")
    page.wait_for_selector("#results button")
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("bypass", [False, True], ids=["with the policy", "without it"])
def test_hostile_text_runs_nothing_on_the_index(browser, tmp_path, bypass):
    broad, narrow = (Topic(f"{N}{name}{HOSTILE}", f"{name} {HOSTILE}") for name in "ab")
    speaker = Speaker(f"{N}s{HOSTILE}", HOSTILE)
    claims = [
        Claim(f"{N}c{n}{HOSTILE}", HOSTILE, speakers=(speaker.iri,), topics=(topic.iri,))
        for n, topic in enumerate((broad, narrow, narrow))
    ]
    links = [Link(LinkKind.REBUTTAL, (claims[1].iri,), claims[2].iri)]
    narrow = replace(narrow, broader=(broad.iri,))
    debate = Debate(
        claims,
        links,
        topics=[broad, narrow],
        speakers=[speaker],
        title=HOSTILE,
        description=HOSTILE,
    )
    index, *_pages = write_pages(debate, tmp_path)
    context = browser.new_context(bypass_csp=bypass, offline=True)
    page = context.new_page()
    page.goto(index.as_uri())
    assert page.locator("h1").inner_text() == HOSTILE
    assert page.locator("h2").first.inner_text() == f"a {HOSTILE}"
    assert page.locator("script, img").count() == 0
    page.locator("ol a").click()
    page.wait_for_selector("body.ready")
    assert HOSTILE in heading(page)
    assert page.evaluate("window.ran") is None
    context.close()


def test_nonsense_in_the_address_is_ignored(opened, big, middle):
    for debate in (big, middle):
        page = opened(debate, "#claim=nobody&open=nowhere&near=9&colour=pink&link=a+b+c")
        assert page.locator("#details").is_hidden()


def test_twenty_thousand_claims(opened):
    page = opened(sized(20_000), "#claim=c12345")
    assert heading(page) == "Claim 12345 says something."
    page.keyboard.press("/")
    page.keyboard.type("19999")
    page.locator("#results .n", has_text=re.compile(r"^1 claim$")).wait_for()
    page.keyboard.press("Enter")
    assert heading(page) == "Claim 19999 says something."
    page.get_by_role("button", name="Outline", exact=True).click()
    assert page.locator("#outline .entry.chosen").is_visible()
    assert entries(page).count() < 80


def test_the_details_of_a_claim_of_many_replies_are_cut(opened):
    claims = [Claim(f"{N}c{n}", f"Claim {n}.") for n in range(2101)]
    links = [Link(LinkKind.SUPPORT, (claim.iri,), f"{N}c0") for claim in claims[1:]]
    page = opened(Debate(claims, links), "#claim=c0")
    assert page.locator("#details .relations .walk").count() == 100
    assert "Supported by 2100" in page.locator("#details").inner_text()
    assert "and 2000 more" in page.locator("#details").inner_text()
    assert page.locator("#near .card").count() == 19
    assert "2082 more are not drawn" in page.locator("#near").inner_text()
