"""The live page and the query pane in a real Chromium, over a server in this process."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import threading
import time

import pytest

from dissensus.graph.server.following import Live
from dissensus.graph.server.running import Server

pytestmark = pytest.mark.browser

TOKEN = "a-token-for-tests"
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"

TRAMS = """
:free-trams a d:ExclusiveQuestion ; rdfs:label "Should trams be free?" ; d:about :fares .
:fares a d:Topic ; rdfs:label "Fares" .
:ana a d:Speaker ; rdfs:label "Ana Ruiz" .
:ben a d:Speaker ; rdfs:label "Ben Okafor" .
:yes a d:Claim ; d:text "Trams should be free." ; d:assertedBy :ana ;
    d:about :fares ; d:answers :free-trams .
:no a d:Claim ; d:text "Trams should cost what they cost." ; d:assertedBy :ben ;
    d:about :fares ; d:answers :free-trams ; d:rebuts :yes .
:fair a d:Claim ; d:text "Free trams are fair." ; d:assertedBy :ana ; d:about :fares ;
    d:supports :yes .
:cars a d:Claim ; d:text "Free trams take cars off the road." ; d:assertedBy :ana ;
    d:about :fares ; d:supports :yes .
"""
NEW = """
:walk a d:Claim ; d:text "It is walkers who would ride." ; d:assertedBy :ben ; d:about :fares ;
    d:rebuts :cars .
"""


@pytest.fixture
def home(claims):
    """Serves a folder of claims; returns the address of the page."""
    with contextlib.ExitStack() as stack:

        def start(*texts, write=False):
            listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            live = Live([claims(*(texts or (TRAMS,)))], write=write)
            token = TOKEN if write else None
            server = Server(live, listener, "127.0.0.1", token=token, timeout=20)
            thread = threading.Thread(target=server.start)
            thread.start()
            stack.callback(thread.join, 30)
            stack.callback(setattr, server, "should_exit", True)
            for _wait in range(200):
                if server.started:
                    return server.home
                time.sleep(0.05)
            return pytest.fail("the server does not start")

        yield start


@pytest.fixture
def opened(browser):
    """Opens a page; a script error, a warning or a request elsewhere fails the test."""
    contexts, problems = [], []

    def open_page(address, *, expected="$nothing", **options):
        context = browser.new_context(viewport={"width": 1400, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15000)
        home = re.match(r"http://[^/]*/", address)[0]
        page.on(
            "console",
            lambda message: (
                None if re.search(expected, message.text) else problems.append(message.text)
            ),
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((home, "data:", "blob:"))
                else problems.append(f"request: {request.url}")
            ),
        )
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


def settle(page):
    page.evaluate("() => new Promise(r => setTimeout(() => requestAnimationFrame(r), 150))")


def save(file, text):
    """As many editors do it: another file takes the place of the old one."""
    draft = file.with_suffix(".tmp")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, file)


def place(page, text):
    """Where on the screen a card begins, and how wide it is."""
    box = page.locator(".card", has_text=text).bounding_box()
    return box["x"], box["y"], box["width"]


def near(one, other):
    return all(abs(a - b) <= 2 for a, b in zip(one, other, strict=True))


# -- the live page --------------------------------------------------------------------------------


def test_a_save_is_shown_where_the_reader_is(home, opened, claims):
    page = opened(f"{home()}#claim=cars&theme=dark")
    page.wait_for_selector("body.ready")
    page.mouse.move(600, 450)
    page.mouse.wheel(0, 240)
    settle(page)
    page.mouse.down()
    page.mouse.move(540, 420, steps=4)
    page.mouse.up()
    settle(page)
    before, address = place(page, "cars off the road"), page.url
    assert page.locator(".card", has_text="walkers").count() == 0

    file = claims() / "file0.ttl"
    save(file, file.read_text(encoding="utf-8") + NEW)
    note = page.locator(".live-note", has_text="1 new claim")
    note.wait_for()
    settle(page)
    assert page.locator(".card", has_text="walkers").count() == 1
    assert near(place(page, "cars off the road"), before)
    assert page.url == address
    assert page.locator(".card.chosen .text").inner_text() == "Free trams take cars off the road."
    assert page.locator("html").get_attribute("data-theme") == "dark"

    note.get_by_role("button").click()
    assert page.locator(".card.chosen .text").inner_text() == "It is walkers who would ride."
    page.go_back()
    page.locator(".card.chosen", has_text="cars off the road").wait_for()


def test_search_outline_and_scrolling_are_kept(home, opened, claims):
    many = "".join(
        f":c{n} a d:Claim ; d:text 'Number {n}.' ; d:assertedBy :ben ; d:about :fares ;\n"
        f"    d:supports :{'yes' if n == 0 else f'c{n - 1}' if n % 5 else 'fair'} .\n"
        for n in range(60)
    )
    page = opened(f"{home(TRAMS, many)}#view=outline")
    page.wait_for_selector("body.ready")
    page.locator("#outline .fold").nth(1).click()
    folded = page.locator("#outline li.folded").first.inner_text()
    page.locator("#outline").evaluate("element => element.scrollTo(0, 500)")
    page.fill("#search input", "number 1")
    file = claims() / "file0.ttl"
    save(file, file.read_text(encoding="utf-8").replace("are fair", "are only fair"))
    page.locator(".live-note", has_text="Updated").wait_for()
    assert page.locator("#outline", has_text="are only fair").count() == 1
    assert page.input_value("#search input") == "number 1"
    assert page.evaluate("document.activeElement.closest('#search') !== null")
    assert page.locator("#outline li.folded").first.inner_text() == folded
    assert abs(page.locator("#outline").evaluate("element => element.scrollTop") - 500) < 40


def many(count, topics):
    """Claims in topics, each of which says no to the one before it in its topic."""
    yield "".join(
        f":t{n} a d:Topic ; rdfs:label 'Topic {n}' .\n"
        f":s{n} a d:Speaker ; rdfs:label 'Speaker {n}' .\n"
        for n in range(topics)
    )
    yield "".join(
        f":c{n} a d:Claim ; d:text 'Number {n} is said.' ; d:about :t{n % topics} ;\n"
        f"    d:assertedBy :s{n // topics % topics}"
        + (f" ; d:rebuts :c{n - topics} .\n" if n >= topics else " .\n")
        for n in range(count)
    )


def renewed(page, claims):
    """Saves a change, and waits until it is on the page."""
    file = claims() / "file1.ttl"
    text = file.read_text(encoding="utf-8")
    save(file, text + ":new a d:Claim ; d:text 'It is new.' ; d:assertedBy :s0 ; d:about :t0 .")
    page.locator(".live-note", has_text="1 new claim").wait_for()
    settle(page)


def test_unfolded_topics_and_points_stay_as_they_were(home, opened, claims):
    page = opened(f"{home(*many(330, 6))}#open=t1&claim=c1")
    page.wait_for_selector("body.ready")
    settle(page)
    before = place(page, "Number 1 is")
    renewed(page, claims)
    assert near(place(page, "Number 1 is"), before)
    assert page.locator(".card", has_text="Number 2 is").count() == 0

    page.get_by_role("button", name="Disagreements").click()
    page.locator("#disagreements .more").click()
    count = page.locator(".point").count()
    point = page.locator(".point").nth(40)
    name = point.locator("[data-point]").get_attribute("data-point")
    point.locator("summary").click()
    point.locator("[data-point]").focus()
    top = page.locator("#disagreements").evaluate("element => element.scrollTop")
    file = claims() / "file1.ttl"
    save(file, file.read_text(encoding="utf-8").replace("It is new", "It was new"))
    page.locator(".live-note", has_text="Updated").wait_for()
    settle(page)
    assert page.locator(".point").count() == count
    focused = page.evaluate("document.activeElement.dataset.point")
    assert focused == name
    opened_there = page.locator(".point:has(details[open]) [data-point]")
    assert [e.get_attribute("data-point") for e in opened_there.all()] == [name]
    assert abs(page.locator("#disagreements").evaluate("e => e.scrollTop") - top) < 4


def test_the_overview_of_a_big_debate_stays_as_it_was(home, opened, claims):
    page = opened(f"{home(*many(2100, 7))}#colour=status")
    page.wait_for_selector("body.ready", timeout=60000)
    settle(page)
    page.evaluate("dissensus.showBox(3)")
    settle(page)
    where = "dissensus.viewport.pointOf(dissensus.ids.claim.get('c3'))"
    before = page.evaluate(where)
    page.set_default_timeout(60000)
    renewed(page, claims)
    after = page.evaluate(where)
    assert near(before.values(), after.values())
    assert page.evaluate("dissensus.state.colour") == "status"

    page.get_by_role("button", name="Outline").click()
    page.locator("#outline .entry .fold").nth(3).click()
    rows = page.locator("#outline .entry .words").all_inner_texts()
    file = claims() / "file1.ttl"
    save(file, file.read_text(encoding="utf-8").replace("It is new", "It was new"))
    page.locator(".live-note", has_text="Updated").wait_for()
    settle(page)
    shown = page.locator("#outline .entry .words").all_inner_texts()
    assert [row.replace("It was new", "It is new") for row in shown] == rows


def test_a_fault_is_shown_as_text_and_the_map_stays(home, opened, claims):
    page = opened(home())
    page.wait_for_selector("body.ready")
    panel = page.locator(".live-faults")
    assert panel.is_hidden()
    file = claims() / "file0.ttl"
    sound = file.read_text(encoding="utf-8")
    save(file, sound.replace("d:supports :yes", "d:suports :yes", 1))
    panel.wait_for()
    assert "1 fault: the map shows the last sound state" in panel.inner_text()
    assert re.search(r"file0\.ttl:\d+:\d+", panel.locator("code").inner_text())
    assert "d:suports" in panel.inner_text()
    assert "Mend: did you mean d:supports?" in panel.inner_text()
    assert page.locator(".card", has_text="Free trams are fair").is_visible()
    panel.get_by_role("button", name="Hide").click()
    assert panel.locator("ol").is_hidden()

    save(file, sound)
    panel.wait_for(state="hidden")
    hostile = file.with_name("<img src=x onerror=alert(1)>.ttl")
    save(hostile, "this is no Turtle")
    panel.locator("ol").wait_for()
    assert "/<img src=x onerror=alert(1)>.ttl:1:1" in panel.inner_text()
    assert panel.locator("img").count() == 0
    hostile.unlink()
    panel.wait_for(state="hidden")


def test_faults_from_the_start_then_a_map(home, opened, claims):
    page = opened(home(TRAMS.replace("d:rebuts", "d:rebutts")))
    panel = page.locator(".live-faults")
    panel.wait_for()
    assert "mend it, and the map appears" in panel.inner_text()
    assert page.locator("h1").inner_text() == "No map"
    file = claims() / "file0.ttl"
    save(file, file.read_text(encoding="utf-8").replace("rebutts", "rebuts"))
    page.wait_for_selector("body.ready")
    assert page.locator(".card", has_text="Free trams are fair").count() == 1
    assert panel.is_hidden()


def test_many_saves_end_with_the_last(home, opened, claims):
    page = opened(home())
    page.wait_for_selector("body.ready")
    file = claims() / "file0.ttl"
    text = file.read_text(encoding="utf-8")
    for number in range(40):
        save(file, text.replace("are fair", f"are fair, said {number} times"))
        time.sleep(0.05)
    page.locator(".card", has_text="are fair, said 39 times").wait_for()


def test_hostile_text_runs_nothing(home, opened):
    text = HOSTILE.replace('"', '\\"')
    hostile = TRAMS.replace("Free trams are fair.", text).replace("Fares", text)
    address = home(hostile, write=True)
    page = opened(address)
    page.wait_for_selector("body.ready")
    page.get_by_role("button", name="Add a claim").click()
    settle(page)
    pane = opened(f"{address}query#saved=claims-by-topic")
    pane.locator("#result td").first.wait_for()
    assert HOSTILE in pane.locator("#result").inner_text()
    assert pane.locator("#result img, #result script").count() == 0


def test_a_claim_is_added_on_the_page(home, opened, claims):
    page = opened(f"{home(write=True)}#token={TOKEN}", expected="status of (400|422)")
    page.wait_for_selector("body.ready")
    assert TOKEN not in page.url
    page.get_by_role("button", name="Add a claim").click()
    form = page.get_by_role("dialog")
    form.get_by_label("What is claimed").fill("Buses should be free too.")
    form.get_by_label("Who says so").select_option(label="Ana Ruiz")
    form.get_by_label("The exact words").fill("free too")
    form.get_by_role("button", name="Check and add").click()
    error = form.get_by_role("alert")
    error.wait_for()
    assert "a quote needs the document" in error.inner_text()
    form.get_by_label("The exact words").fill("")
    form.get_by_label("What it is about").select_option(label="Fares")
    form.get_by_label("To another claim").select_option(label="it supports")
    form.get_by_label("Which claim").select_option(label="Trams should be free.")
    form.get_by_role("button", name="Check and add").click()
    page.locator(".card", has_text="Buses should be free too.").wait_for()
    text = (claims() / "file0.ttl").read_text(encoding="utf-8")
    assert text.endswith(
        ':buses-should-free-too a d:Claim ;\n    d:text "Buses should be free too."@en ;\n'
        "    d:assertedBy :ana ;\n    d:about :fares ;\n    d:supports :yes .\n"
    )


def test_the_page_waits_while_a_claim_is_written(home, opened, claims):
    page = opened(home(write=True))
    page.wait_for_selector("body.ready")
    page.get_by_role("button", name="Add a claim").click()
    text = page.get_by_label("What is claimed")
    text.fill("Half a sent")
    file = claims() / "file0.ttl"
    save(file, file.read_text(encoding="utf-8") + NEW)
    page.locator(".live-note", has_text="The claims have changed").wait_for()
    assert text.input_value() == "Half a sent"
    page.get_by_role("button", name="Cancel").click()
    page.locator(".card", has_text="walkers").wait_for()


def test_without_writing_there_is_no_form(home, opened):
    page = opened(home())
    page.wait_for_selector("body.ready")
    assert page.get_by_role("button", name="Add a claim").count() == 0


def test_another_page_cannot_read_it(home, opened):
    """A page of another server (of another port, so of the same site) gets nothing."""
    ours, theirs = home(), home()
    page = opened(f"{theirs}check", expected="CORS|Failed to load|Content Security|Refused")
    read = """async (address) => {
      try { return await (await fetch(address)).text(); } catch { return "refused"; }
    }"""
    assert page.evaluate(read, f"{ours}check") == "refused"


# -- the query pane -------------------------------------------------------------------------------


def test_a_saved_query_is_one_click_away(home, opened):
    address = home()
    page = opened(address)
    page.wait_for_selector("body.ready")
    page.get_by_role("link", name="Query").click()
    page.get_by_role("button", name="Claims of each speaker").click()
    page.locator("#result td").first.wait_for()
    assert page.locator("#status").inner_text().startswith("4 rows")
    assert page.locator("#text").input_value().startswith("PREFIX d:")
    assert page.locator("#result th").all_inner_texts() == ["speaker", "claim", "text"]
    page.get_by_role("button", name="text", exact=True).click()
    assert page.locator("#result tbody tr").first.locator("td").last.inner_text().startswith("Free")
    page.get_by_label("Rows with").fill("cost")
    assert page.locator("#result tbody tr").count() == 1
    page.locator("#result a").click()
    page.wait_for_selector("body.ready")
    assert page.url == f"{address}#claim=no"
    assert page.locator(".card.chosen").inner_text().startswith("Ben Okafor")


def test_a_fault_in_a_query_is_shown_at_its_line(home, opened):
    page = opened(f"{home()}query", expected="status of 400")
    page.fill("#text", "SELECT ?t {\n  ?c d:text ?t ;\n    zz:what ?x }")
    page.keyboard.press("Control+Enter")
    page.locator("#error").wait_for()
    assert "Line 3, column 5: the prefix zz: is not declared" in page.locator("#error").inner_text()
    assert page.locator("#lines .bad").inner_text() == "3"
    assert page.evaluate("document.getElementById('text').selectionStart") == 33


def test_yes_or_no_graphs_and_downloads(home, opened):
    page = opened(f"{home()}query")
    for query, said in (("ASK { :no d:rebuts :yes }", "Yes"), ("ASK { :yes d:rebuts :no }", "No")):
        page.fill("#text", query)
        page.get_by_role("button", name="Run").click()
        page.locator(".boolean", has_text=said).wait_for()
    page.fill("#text", "CONSTRUCT WHERE { ?c d:rebuts ?b }")
    page.get_by_role("button", name="Run").click()
    page.locator("#result pre").wait_for()
    assert ":no d:rebuts :yes ." in page.locator("#result pre").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="N-Triples").click()
    assert download.value.suggested_filename == "answer.nt"
    assert "/dissensus#rebuts>" in download.value.path().read_text(encoding="utf-8")
    page.go_back()
    assert page.locator("#text").input_value() == "ASK { :yes d:rebuts :no }"


def test_a_link_to_a_query_and_news_of_a_change(home, opened, claims):
    page = opened(f"{home()}query#query=SELECT%20*%20%7B%20%3Fs%20d%3Arebuts%20%3Fo%20%7D")
    page.locator("#result td").first.wait_for()
    assert page.locator("#status").inner_text().startswith("1 row,")
    assert page.locator("#stale").is_hidden()
    file = claims() / "file0.ttl"
    save(file, file.read_text(encoding="utf-8") + NEW)
    page.locator("#stale").wait_for()
    page.keyboard.press("Control+Enter")
    page.locator("#status", has_text="2 rows").wait_for()
    assert page.get_by_role("link", name="walk").count() == 1


def test_the_user_s_own_queries_are_listed(home, opened, claims):
    folder = claims(TRAMS) / "queries"
    folder.mkdir()
    head = "# title: Short claims\n# meaning: Claims of few words.\n# column: t - the text\n"
    (folder / "short.rq").write_text(
        head + "SELECT ?t { ?c d:text ?t FILTER(STRLEN(?t) < 22) }", encoding="utf-8"
    )
    (folder / "broken.rq").write_text("SELECT", encoding="utf-8")
    page = opened(f"{home()}query")
    page.fill("#find", "few words")
    page.get_by_role("button", name="Short claims · your own").click()
    page.locator("#status", has_text="2 rows").wait_for()
    assert "broken.rq:1" in page.locator("#saved-faults").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_on_the_live_page_and_the_pane(home, opened, claims, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    def faults():
        found = Axe().run(page).response["violations"]
        return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]

    address = home(write=True)
    page = opened(address, color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.wait_for_selector("body.ready")
    assert faults() == []
    file = claims() / "file0.ttl"
    save(file, file.read_text(encoding="utf-8") + ":x a ;")
    page.locator(".live-faults .head").wait_for()
    assert faults() == []
    page.get_by_role("button", name="Add a claim").click()
    assert faults() == []
    page.goto(f"{address}query")
    assert faults() == []
    page.locator("#saved button").first.click()
    page.locator("#answer").wait_for()
    assert faults() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pane_is_used_by_keyboard_and_can_be_read(home, opened, scheme):
    page = opened(f"{home()}query", color_scheme=scheme)
    page.locator("#saved button").first.focus()
    page.keyboard.press("Enter")
    page.locator("#answer").wait_for()
    ratios = page.evaluate(
        """() => {
          const light = (c) => {
            const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
              .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const behind = (e) => {
            for (; e; e = e.parentElement) {
              const c = getComputedStyle(e).backgroundColor;
              if (!/, 0\\)$/.test(c)) return c;
            }
            return "rgb(255, 255, 255)";
          };
          return [...document.querySelectorAll("#paint span, .hint, button, th, td, a, label, h1")]
            .filter((e) => e.offsetParent && e.innerText)
            .map((e) => {
              const style = getComputedStyle(e);
              const [a, b] = [light(style.color), light(behind(e))];
              return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            });
        }"""
    )
    assert len(ratios) > 50
    assert min(ratios) >= 4.5
