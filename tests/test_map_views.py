"""The views of disagreements, stances and comparisons in a real Chromium."""

from __future__ import annotations

import re

import pytest

import dissensus
from dissensus.graph.analysis.comparison import Dimension, compare
from dissensus.graph.analysis.disagreements import disagreements
from dissensus.graph.analysis.gaps import GapKind, gaps
from dissensus.graph.debate import Debate
from dissensus.graph.model import (
    Audience,
    Claim,
    Label,
    Link,
    Question,
    Speaker,
    Stance,
    Topic,
)
from dissensus.graph.semantics.verdicts import verdicts
from dissensus.graph.terms import LinkKind

pytestmark = pytest.mark.browser

TRAMS = """
:q a d:Question ; rdfs:label "Should trams be free?" .
:fares a d:Topic ; rdfs:label "Fares" . :roads a d:Topic ; rdfs:label "Roads" .
:ana a d:Speaker ; rdfs:label "Ana Ruiz" . :ben a d:Speaker ; rdfs:label "Ben Okafor" .
:cy a d:Speaker ; rdfs:label "Cy Lund" .
:thrift a d:Value ; rdfs:label "thrift" . :fairness a d:Value ; rdfs:label "fairness" .
:misers a d:Audience ; rdfs:label "Misers" ; d:valueOrder ( :thrift :fairness ) .
:saints a d:Audience ; rdfs:label "Saints" ; d:valueOrder ( :fairness :thrift ) .
:tram a d:Option ; rdfs:label "Tram" . :bus a d:Option ; rdfs:label "Bus" .
:cost a d:Criterion ; rdfs:label "Cost" . :speed a d:Criterion ; rdfs:label "Speed" .
:walking a d:Option ; rdfs:label "Walking" . :health a d:Criterion ; rdfs:label "Health" .

:yes a d:Claim ; d:text "Trams should be free." ; d:assertedBy :ana ; d:answers :q ;
    d:about :fares ; d:promotes :fairness .
:no a d:Claim ; d:text "Trams should cost something." ; d:assertedBy :ben ; d:answers :q ;
    d:about :fares ; d:promotes :thrift .
:attack a d:Rebuttal ; d:premise :no ; d:conclusion :yes .
:gift a d:Claim ; d:text "A gift costs nobody anything." ; d:assertedBy :ana ; d:about :roads .
:cut a d:Undercut ; d:premise :gift ; d:conclusion :attack .
:ben d:rejects :gift .
:cy d:accepts :yes .
:cars a d:Claim ; d:text "Free trams empty the roads." ; d:assertedBy :cy ; d:about :roads ;
    d:supports :yes .

:tram-cost a d:Claim ; d:text "Trams are dear." ; d:assertedBy :ben ; d:rates :tram ; d:by :cost .
:tram-speed a d:Claim ; d:text "Trams are quick." ; d:assertedBy :ana ; d:rates :tram ;
    d:by :speed .
:bus-cost a d:Claim ; d:text "Buses are cheap." ; d:assertedBy :ben ; d:rates :bus ; d:by :cost .
:not-cheap a d:Claim ; d:text "Not with drivers' wages." ; d:assertedBy :ana ;
    d:rebuts :bus-cost .
:walk-health a d:Claim ; d:text "Walking is healthy." ; d:assertedBy :cy ; d:rates :walking ;
    d:by :health .
"""


@pytest.fixture
def trams(claims):
    return dissensus.read(claims(TRAMS))


def address(page):
    return page.evaluate("decodeURIComponent(location.hash.slice(1))")


def texts(page, selector):
    return [re.sub(r"\s+", " ", text).strip() for text in page.locator(selector).all_inner_texts()]


def focused(page):
    return page.evaluate("document.activeElement.innerText.replace(/\\s+/g, ' ').trim()")


def point(page, subject):
    return page.locator(".point", has=page.locator("h3", has_text=subject))


# -- disagreements --------------------------------------------------------------------------


def test_the_points_are_those_that_were_computed_in_their_order(opened, shipped):
    page = opened(shipped, "#view=disagreements")
    points = disagreements(shipped)
    blocks = page.locator(".point").all()
    assert len(blocks) == len(points)
    assert page.locator("#disagreements h2").inner_text() == f"{len(points)} points of disagreement"
    for block, found in zip(blocks, points, strict=True):
        assert block.locator(".rank").inner_text().split()[-1] == str(found.rank)
        for side, shown in zip(found.sides, block.locator(".side").all(), strict=True):
            sayers = shown.locator(".sayers").inner_text()
            assert all(speaker.label in sayers for speaker in side.speakers)
            shown_texts = shown.locator(".mention .what").all_inner_texts()
            assert sorted(shown_texts) == sorted(claim.text for claim in side.claims)
            assert ("has not replied" in shown.inner_text()) is not side.replied
        assert block.locator(".between").count() == len(found.links)
        assert f"score {found.score:.2f}" in block.inner_text()


def test_a_link_between_the_sides_names_its_kind_and_opens(opened, trams):
    page = opened(trams, "#view=disagreements")
    block = point(page, "Should trams be free?")
    between = block.locator(".between")
    assert "rebuts" in between.inner_text()
    between.click()
    assert address(page) == "view=disagreements&link=attack"
    assert between.get_attribute("aria-pressed") == "true"
    assert "Undercut by 1" in page.locator("#details").inner_text()


def test_the_score_is_told_in_words(opened, trams):
    page = opened(trams, "#view=disagreements")
    block = point(page, "Should trams be free?")
    found = next(p for p in disagreements(trams) if p.question and p.kind.value != "within")
    summary = block.locator(".summary").inner_text()
    cases = " : ".join(str(len(side.claims) + side.backing) for side in found.sides)
    assert f"({cases})" in summary
    reasons = block.locator(".reasons")
    reasons.locator("summary").click()
    assert f"stakes {found.parts.stakes:.2f}" in reasons.inner_text()
    assert f"balance {found.parts.balance:.2f}" in reasons.inner_text()


def test_a_double_crux_says_what_each_would_do(opened, trams):
    page = opened(trams, "#view=disagreements")
    turning = point(page, "Should trams be free?").locator(".turning")
    assert "Both would turn on" in turning.inner_text()
    assert turning.locator(".what").inner_text() == "A gift costs nobody anything."
    marks = turning.locator(".marks").inner_text()
    assert "Ana Ruiz, Cy Lund: by giving it up" in marks
    assert "Ben Okafor: by conceding it" in marks


def test_a_rejected_claim_stands_against_nothing_but_the_rejection(opened, trams):
    page = opened(trams, "#view=disagreements")
    block = point(page, "A gift costs nobody anything.")
    assert "Ben Okafor rejects it" in block.inner_text()
    assert "no link between them" in block.inner_text()


def test_an_address_opens_on_a_point_and_comes_back_to_it(opened, shipped):
    point_id = "chinese-chips-insufficient~does-it-matter"
    page = opened(shipped, f"#view=disagreements&point={point_id}")
    addressed = page.locator(".point.addressed")
    assert addressed.count() == 1
    assert "Does it follow from" in addressed.locator("h3").inner_text()
    box = addressed.bounding_box()
    assert 0 <= box["y"] < 200
    page.locator(".point .subject").last.click()
    assert point_id not in address(page)
    page.go_back()
    page.wait_for_function(
        "document.querySelector('.point.addressed h3').innerText.includes('Does it')"
    )
    assert address(page) == f"view=disagreements&point={point_id}"


@pytest.mark.parametrize("gap", ["unreplied", "unanswered"])
def test_gaps_filter_the_points(opened, shipped, gap):
    page = opened(shipped, "#view=disagreements")
    points = disagreements(shipped)
    lacking = {g.subject for g in gaps(shipped, kind=GapKind.UNANSWERED)}
    expected = [
        point.rank
        for point in points
        if (
            not all(side.replied for side in point.sides)
            if gap == "unreplied"
            else lacking & {shipped.claim_numbers[c.iri] for s in point.sides for c in s.claims}
        )
    ]
    assert 0 < len(expected) < len(points)
    page.locator("#disagreements select").select_option(gap)
    assert address(page) == f"view=disagreements&gap={gap}"
    assert [int(t.split()[-1]) for t in texts(page, ".point .rank")] == expected
    page.reload()
    page.wait_for_selector("body.ready")
    assert page.locator(".point").count() == len(expected)


def test_filters_of_speakers_and_links_hold_here_too(opened, trams):
    page = opened(trams, "#view=disagreements")
    assert page.locator(".between.rebuttal").count() > 0
    page.locator("#filters .kinds li", has_text="rebuts").locator("input").uncheck()
    assert page.locator(".between.rebuttal").count() == 0
    page.locator("#filters .speakers li", has_text="Ben").locator("input").uncheck()
    assert page.locator(".point").count() == 0
    assert "No point of disagreement" in page.locator("#disagreements h2").inner_text()


def test_a_search_marks_what_it_finds_in_the_view(opened, trams):
    page = opened(trams, "#view=disagreements")
    page.keyboard.press("/")
    page.keyboard.type("gift")
    assert set(texts(page, ".mention.found .what")) == {"A gift costs nobody anything."}
    page.keyboard.press("Enter")
    assert address(page) == "view=disagreements&claim=gift"
    assert page.locator(".mention.chosen").first.is_visible()


def test_arrows_walk_the_points_and_enter_chooses(opened, trams):
    page = opened(trams, "#view=disagreements")
    page.locator("#main").focus()
    page.keyboard.press("ArrowDown")
    first = focused(page)
    page.keyboard.press("ArrowDown")
    assert focused(page) != first
    page.keyboard.press("ArrowUp")
    assert focused(page) == first
    page.keyboard.press("ArrowDown")
    while "mention" not in page.evaluate("document.activeElement.className"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#details").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#details").is_hidden()


def test_more_points_come_when_they_are_asked_for(opened):
    claims = [Claim(f"urn:x:c{n}", f"C{n}.", speakers=(f"urn:x:s{n % 2}",)) for n in range(100)]
    links = [Link(LinkKind.REBUTTAL, (claims[n].iri,), claims[n + 1].iri) for n in range(0, 100, 2)]
    page = opened(Debate(claims, links), "#view=disagreements")
    assert page.locator(".point").count() == 40
    page.get_by_role("button", name="Show 10 more").click()
    assert page.locator(".point").count() == 50
    assert page.locator(".point", has_text="for the first points only").count() == 30


# -- who stands where -----------------------------------------------------------------------


def cell(page, row, column):
    """The text of a cell of the first table, by its row and column."""
    frame = page.locator("#stances .frame").first
    columns = frame.locator("thead th").all_inner_texts()
    rows = frame.locator("tbody > tr:not(.opened)", has_text=row)
    place = next(n for n, label in enumerate(columns) if column in label)
    return rows.first.locator("td").nth(place - 1)


def test_each_speaker_has_a_stance_on_each_question(opened, trams):
    page = opened(trams, "#view=stances")
    assert "1 for · contested" in cell(page, "free?", "Ana").inner_text()
    assert "1 for · 1 against" in cell(page, "free?", "Ben").inner_text()
    assert "accepts: Trams should be free." in cell(page, "free?", "Cy").inner_text()


def test_a_cell_opens_its_claims_below_and_the_address_holds_it(opened, trams):
    page = opened(trams, "#view=stances")
    button = cell(page, "free?", "Ben").locator("button")
    button.focus()
    page.keyboard.press("Enter")
    assert address(page) == "view=stances&cell=q&cell=ben"
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    opened_row = page.locator("#stances .opened")
    assert texts(page, "#stances .opened h3") == ["Asserts", "Rebuts"]
    assert texts(page, "#stances .opened .what") == [
        "Trams should cost something.",
        "Trams should be free.",
    ]
    page.keyboard.press("ArrowDown")
    assert "Trams should cost something." in focused(page)
    page.keyboard.press("Enter")
    assert address(page) == "view=stances&claim=no&cell=q&cell=ben"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert opened_row.count() == 0
    assert address(page) == "view=stances"
    page.go_back()
    page.wait_for_selector("#stances .opened")


def test_arrows_go_through_the_table_by_row_and_column(opened, trams):
    page = opened(trams, "#view=stances&by=topics")
    cell(page, "Fares", "Ana").locator("button").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Ben")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label.startswith("Ana Ruiz, Roads")


def test_topics_count_claims_and_attacks(opened, trams):
    page = opened(trams, "#view=stances")
    page.get_by_role("button", name="By topic").click()
    assert address(page) == "view=stances&by=topics"
    assert cell(page, "Fares", "Ana").inner_text().split("\n") == [
        "1 claim",
        "1 attack made",
        "1 attack received",
    ]
    cell(page, "Fares", "Ana").locator("button").click()
    page.locator("#stances .opened .walk", has_text="the step from").last.click()
    assert "link=attack" in address(page)


def test_pairs_of_speakers_count_where_they_meet_and_part(opened, trams):
    page = opened(trams, "#view=stances")
    pairs = page.locator("#stances .pairs")
    both = pairs.locator("button", has_text="agreement")
    ana_cy = next(b for b in both.all() if "Ana Ruiz, Cy" in b.get_attribute("aria-label"))
    assert "0 disagreements" in ana_cy.inner_text()
    ana_cy.click()
    assert address(page).startswith("view=stances&pair=")
    assert "Same position" in texts(page, "#stances .opened h3")
    ana_ben = next(b for b in both.all() if "Ana Ruiz, Ben" in b.get_attribute("aria-label"))
    ana_ben.click()
    page.locator("#stances .opened [data-point]").first.click()
    assert page.locator(".point.addressed").count() == 1


def test_hidden_speakers_and_topics_leave_the_tables(opened, trams):
    page = opened(trams, "#view=stances&by=topics&without-speakers=cy&without-topics=roads")
    assert texts(page, "#stances .topics thead th") == ["Topic", "Ana Ruiz", "Ben Okafor"]
    assert texts(page, "#stances .topics tbody th") == ["Fares"]


def test_the_shipped_debate_has_everyone_and_every_question(opened, shipped):
    page = opened(shipped, "#view=stances")
    labels = {speaker.label for speaker in shipped.speakers}
    assert set(texts(page, "#stances .questions thead th")[1:]) == labels
    heads = {re.sub(" admits one answer$", "", t) for t in texts(page, ".questions tbody th")}
    assert heads == {question.label for question in shipped.questions}


# -- compare --------------------------------------------------------------------------------

TABLE = """(frame) => {
    const clean = (element) => element.innerText.replace(/\\s+/g, ' ').trim();
    const columns = [...frame.querySelectorAll('thead th')].slice(1).map(clean);
    return [...frame.querySelectorAll('tbody > tr')].flatMap((row) => {
        const head = clean(row.querySelector('th'));
        return [...row.querySelectorAll('td')].flatMap((cell, n) =>
            [...cell.querySelectorAll(':scope > ul > li > .mention .what')].map((what) =>
                [head, columns[n], clean(what)]));
    });
}"""


def shown_cells(page):
    return [
        tuple(entry)
        for frame in page.locator("#compare .frame").all()
        for entry in frame.evaluate(TABLE)
    ]


@pytest.mark.parametrize(
    ("rows", "columns"), [("option", "criterion"), ("speaker", "topic"), ("question", "value")]
)
def test_the_tables_have_the_cells_of_the_library(opened, shipped, rows, columns):
    page = opened(shipped, f"#view=compare&rows={rows}&columns={columns}")
    found = compare(shipped, Dimension(rows), Dimension(columns))
    expected = {
        frozenset((found.rows[row], found.columns[column], re.sub(r"\s+", " ", text)))
        for (row, column), numbers in found.cells.items()
        for text in (shipped.claim_texts[n] for n in numbers)
    }
    assert {frozenset(entry) for entry in shown_cells(page)} == expected


def test_what_has_nothing_in_common_is_a_table_apart(opened, trams):
    page = opened(trams, "#view=compare")
    captions = texts(page, "#compare caption")
    assert captions == ["2 options by 2 criteria: 3 claims", "1 option by 1 criterion: 1 claim"]
    assert shown_cells(page) == [
        ("Bus", "Cost", "Buses are cheap."),
        ("Tram", "Cost", "Trams are dear."),
        ("Tram", "Speed", "Trams are quick."),
        ("Walking", "Health", "Walking is healthy."),
    ]


def test_a_cell_has_verdict_strength_and_rebuttals_and_walks_to_the_claim(opened, trams):
    page = opened(trams, "#view=compare")
    bus = trams.claim_number("bus-cost")
    verdict = verdicts(trams).verdicts[bus]
    item = page.locator("#compare .comparison li", has_text="Buses are cheap.").first
    assert f"strength {verdict.strength:.2f}" in item.inner_text()
    assert item.locator(".status.out").first.text_content().strip().endswith("Falls")
    item.locator("summary").click()
    item.locator(".against .mention", has_text="wages").click()
    assert address(page) == "view=compare&claim=not-cheap"
    item.locator(".mention").first.click()
    assert page.locator("#details h2").inner_text() == "Buses are cheap."


def test_the_dimensions_are_switched_and_swapped(opened, trams):
    page = opened(trams, "#view=compare")
    offered = page.locator("#compare .rows option").all_inner_texts()
    assert offered == ["Option", "Criterion", "Speaker", "Topic", "Question", "Value"]
    page.locator("#compare .rows select").focus()
    page.locator("#compare .rows select").select_option("speaker")
    assert address(page) == "view=compare&rows=speaker"
    assert page.evaluate("document.activeElement.parentElement.className") == "rows"
    page.locator("#compare .columns select").select_option("speaker")
    assert address(page) == "view=compare&rows=criterion&columns=speaker"
    page.get_by_role("button", name="Swap").click()
    assert address(page) == "view=compare&rows=speaker"
    assert ("Ben Okafor", "Cost", "Trams are dear.") in shown_cells(page)
    page.go_back()
    page.wait_for_function("document.querySelector('#compare .rows select').value === 'criterion'")


def test_a_long_single_row_is_set_upright(opened):
    claims = [
        Claim(f"urn:x:c{n}", f"C{n}.", options=("urn:x:o",), criteria=(f"urn:x:k{n}",))
        for n in range(5)
    ]
    debate = Debate(
        claims,
        options=[Label("urn:x:o", "The one")],
        criteria=[Label(f"urn:x:k{n}", f"K{n}") for n in range(5)],
    )
    page = opened(debate, "#view=compare")
    assert texts(page, "#compare thead th") == ["Criterion", "The one"]
    assert texts(page, "#compare tbody th") == [f"K{n}" for n in range(5)]


# -- audiences, gaps, changes of mind --------------------------------------------------------


def test_an_audience_changes_every_mark(opened, trams):
    page = opened(trams, "#claim=yes")
    mark = page.locator(".card", has_text="Trams should be free.").locator(".status")
    before = mark.get_attribute("title")
    page.locator("#filters .audiences label", has_text="Misers").click()
    assert address(page) == "claim=yes&audience=misers"
    yes = trams.claim_number("yes")
    for audience, label in (("misers", "Misers"), ("saints", "Saints")):
        page.locator("#filters .audiences label", has_text=label).click()
        status = verdicts(trams, audience=audience).verdicts[yes].status.value
        for view in ("map", "outline", "disagreements"):
            page.evaluate(f"dissensus.go({{ view: '{view}' }})")
            marks = page.locator(f"#{view} [data-status='{node(page, 'yes')}']")
            assert marks.count() >= 1
            for one in marks.all():
                assert status in one.get_attribute("class").split()
        assert f"for {label}" in page.locator("#details .standing").inner_text()
    page.locator("#bar .audience").click()
    page.evaluate("dissensus.go({ view: 'map' })")
    assert mark.get_attribute("title") == before
    assert "audience" not in address(page)


def node(page, name):
    return page.evaluate("(name) => dissensus.ids.claim.get(name)", name)


@pytest.mark.parametrize(
    "audience", ["industrial-builder", "infrastructure-planner", "research-lab"]
)
def test_marks_and_strengths_are_those_of_the_verdicts(opened, shipped, audience):
    page = opened(shipped, f"#view=compare&rows=speaker&columns=topic&audience={audience}")
    judged = verdicts(shipped, audience=audience).verdicts
    shown = page.evaluate(
        """() => Object.fromEntries(dissensus.page.claims.map((claim, node) => {
            const { status, degree } = dissensus.judgement(node);
            return [claim.iri, [status, degree]];
        }))"""
    )
    assert shown == {
        shipped.claim_iris[verdict.claim]: [verdict.status.value, round(verdict.strength, 2)]
        for verdict in judged
    }
    gap = page.locator("#compare .mention", has_text="China gets where it wants").first
    at = next(v for v in judged if "China gets where" in shipped.claim_texts[v.claim])
    assert f"strength {at.strength:.2f}" in gap.inner_text()


def test_the_details_say_for_whom_and_when_a_claim_stands(opened, shipped):
    page = opened(shipped, "#claim=terrible-mistake")
    words = page.locator("#details .for-whom").inner_text()
    assert "Stands for: Research lab at the frontier" in words
    assert "Falls for: Builder of AI products" in words
    assert "Undecided for: Planner of AI infrastructure" in words
    assert "stands exactly when theoretical maximum performance is preferred" in words


def test_the_details_list_what_would_flip_a_claim(opened, trams):
    page = opened(trams, "#claim=yes")
    flips = page.locator("#details .flips")
    found = dissensus.cruxes(trams, trams.claim_number("yes")).cruxes
    assert flips.locator("li").count() == len(found)
    flips.locator("li", has_text="given up").first.locator(".walk").click()
    assert address(page) != "claim=yes"


def test_the_details_say_what_is_missing_and_where_it_is_disputed(opened, trams):
    page = opened(trams, "#claim=bus-cost")
    panel = page.locator("#details")
    assert "Nobody has replied to this attack on it" in panel.locator(".gaps").inner_text()
    assert "Nothing supports it." in panel.locator(".gaps").inner_text()
    panel.locator(".disputes .walk").click()
    assert page.locator("#disagreements").is_visible()
    assert page.locator(".point.addressed", has_text="Buses are cheap.").count() == 1
    page.get_by_role("button", name="Show in the outline").click()
    assert page.locator("#outline .pick.chosen").is_visible()


# -- odd debates, narrow screens, paper ------------------------------------------------------

VIEWS = ("disagreements", "stances", "compare")


@pytest.mark.parametrize("view", VIEWS)
def test_a_debate_with_nothing_in_it_says_so(opened, view):
    page = opened(Debate(), f"#view={view}")
    assert page.locator(f"#{view}").inner_text().strip()
    assert page.locator(f"#{view} table").count() == 0


def test_what_is_missing_for_a_table_is_said(opened):
    page = opened(Debate([Claim("urn:x:a", "A.")]), "#view=stances")
    assert "Nobody is named as a speaker" in page.locator("#stances").inner_text()
    ana = Speaker("urn:x:ana", "Ana")
    page = opened(Debate([Claim("urn:x:a", "A.", speakers=(ana.iri,))], speakers=[ana]))
    page.get_by_role("button", name="Who stands where").click()
    assert "No claim answers a question" in page.locator("#stances").inner_text()
    page.get_by_role("button", name="By topic").click()
    assert "No claim is about a topic" in page.locator("#stances").inner_text()
    page.get_by_role("button", name="Compare").click()
    assert "have only one: speaker." in page.locator("#compare").inner_text()


@pytest.mark.parametrize("view", VIEWS)
def test_nonsense_in_the_address_is_ignored(opened, trams, view):
    page = opened(
        trams,
        f"#view={view}&point=constructor&gap=x&by=__proto__&cell=q&cell=nobody&pair=ana"
        "&rows=%3Cimg%3E&columns=toString&audience=__proto__",
    )
    assert page.locator(f"#{view}").is_visible()
    assert page.locator(".addressed, .opened").count() == 0
    page.evaluate("dissensus.go({ theme: 'dark' })")
    assert address(page) == f"view={view}&theme=dark"


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_scrolls_only_tables_sideways_and_their_first_column_stays(opened, shipped, view):
    page = opened(shipped, f"#view={view}", size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    scroller = page.locator(f"#{view}")
    assert scroller.evaluate("view => view.scrollWidth") <= 390
    if view == "disagreements":
        return
    frame = scroller.locator(".frame").first
    head = frame.locator("tbody th").first
    before = head.bounding_box()["x"]
    frame.evaluate("frame => { frame.scrollLeft = 200; }")
    assert frame.evaluate("frame => frame.scrollLeft") > 0
    assert head.bounding_box()["x"] == pytest.approx(before, abs=1)


@pytest.mark.parametrize("view", VIEWS)
def test_paper_gets_the_view_whole(opened, shipped, view):
    page = opened(shipped, f"#view={view}")
    assert len(page.pdf()) > 10_000
    page.emulate_media(media="print")
    assert page.locator(f"#{view}").is_visible()
    assert page.locator("#outline").is_hidden()
    assert page.locator("#filters").is_hidden()
    cut = page.locator(f"#{view}, #{view} .frame").evaluate_all(
        """(boxes) => boxes
            .filter((box) => getComputedStyle(box).overflowY !== 'visible'
                || box.scrollHeight > box.clientHeight + 1)
            .map((box) => box.className)"""
    )
    assert cut == []
    ends = page.locator(f"#{view} :is(.walk, .cell)").last.evaluate(
        "e => e.getBoundingClientRect().bottom"
    )
    assert ends <= page.evaluate("document.documentElement.scrollHeight")
    assert ends > 900, "longer than the window"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1400


def test_paper_unfolds_and_folds_again(opened, shipped):
    page = opened(shipped, "#view=disagreements")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".reasons:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".reasons[open]").count() == 0


# -- hostile text ---------------------------------------------------------------------------

PAYLOADS = (
    "</script><script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    '"><svg onload=window.ran=1>',
    "javascript:window.ran=1",
)


@pytest.mark.parametrize("bypass", [False, True], ids=["with policy", "without policy"])
@pytest.mark.parametrize("bad", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_text_runs_nothing_in_any_view(opened, bad, bypass):
    speakers = [f"urn:x:s1{bad}", f"urn:x:s2{bad}"]
    claims = [
        Claim(
            f"urn:x:c{n}{bad}",
            f"{n} {bad}",
            speakers=(speakers[n % 2],),
            topics=("urn:x:t",),
            questions=("urn:x:q",),
            values=(f"urn:x:v{n % 2}",),
            options=("urn:x:o",),
            criteria=("urn:x:k",),
            language=bad,
        )
        for n in range(4)
    ]
    iris = [claim.iri for claim in claims]
    debate = Debate(
        claims,
        [
            Link(LinkKind.REBUTTAL, (iris[0],), iris[1], f"urn:x:l{bad}", scheme=bad),
            Link(LinkKind.UNDERCUT, (iris[2],), f"urn:x:l{bad}"),
            Link(LinkKind.SUPPORT, (iris[2],), iris[1]),
        ],
        speakers=[Speaker(iri, bad, bad) for iri in speakers],
        questions=[Question("urn:x:q", bad, exclusive=True)],
        topics=[Topic("urn:x:t", bad)],
        values=[Label(f"urn:x:v{n}", f"{bad}{n}") for n in range(2)],
        audiences=[Audience(f"urn:x:a{bad}", bad, ("urn:x:v0", "urn:x:v1"))],
        options=[Label("urn:x:o", bad)],
        criteria=[Label("urn:x:k", bad)],
        stances=[Stance(speakers[0], iris[3], False, bad), Stance(speakers[1], iris[2], True)],
        title=bad,
    )
    page = opened(debate, "#view=disagreements", bypass_csp=bypass)
    page.locator("#filters .audiences input").last.check()
    assert bad in page.locator("#bar .audience").inner_text()
    page.locator(".reasons summary").first.click()
    page.locator(".point .subject").last.click()
    for mention in page.locator(".point .side .mention").all():
        mention.click()
    for by in ("questions", "topics"):
        page.evaluate(f"dissensus.go({{ view: 'stances', by: '{by}' }})")
        for place in range(page.locator("#stances .cell").count()):
            page.locator("#stances .cell").nth(place).click()
    page.evaluate("dissensus.go({ view: 'compare' })")
    for rows, columns in (("speaker", "value"), ("topic", "question"), ("option", "criterion")):
        page.evaluate(f"dissensus.go({{ rows: '{rows}', columns: '{columns}' }})")
        assert bad in page.locator("#compare th").last.inner_text()
    page.keyboard.press("/")
    page.keyboard.type("r")
    page.reload()
    page.wait_for_selector("body.ready")
    assert page.evaluate("window.ran") is None
    assert page.locator("img, iframe, .lists svg, .lists script").count() == 0
