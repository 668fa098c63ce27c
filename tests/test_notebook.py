"""Debates in a notebook, run by a real kernel and looked at in a real browser."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import nbformat
import pytest

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.model import Claim, Link, Question, Speaker
from dissensus.graph.notebook import MOST_CLAIMS, debate_html, show, summary
from dissensus.graph.terms import LinkKind

HOSTILE = "</td></iframe><script>window.ran=1</script><img src=x onerror=window.ran=1>\"'&lt;\u202e"


@pytest.fixture(scope="module")
def notebook(root):
    """A notebook that was run: a debate, and a part of it."""
    from nbclient import NotebookClient

    cells = [
        f"import dissensus\ndebate = dissensus.read({str(root / 'claims')!r})\ndebate",
        "dissensus.show(debate, focus='deliberate-pivot', height=400)",
    ]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(book, timeout=120, kernel_name="python3").execute()
    return book


def htmls(book) -> list[str]:
    return [cell.outputs[0]["data"]["text/html"] for cell in book.cells]


def framed(html: str) -> str:
    """The page in the frame."""
    return unescape(re.search(r'srcdoc="([^"]*)"', html)[1])


def test_a_debate_shows_itself_as_its_map(notebook, shipped) -> None:
    whole, part = htmls(notebook)
    assert framed(whole) == dissensus.draw(shipped)
    assert framed(part) == dissensus.draw(shipped, focus="deliberate-pivot")
    assert 'height="400"' in part
    assert notebook.cells[0].outputs[0]["data"]["text/plain"] == repr(shipped)


def test_the_frame_can_reach_neither_the_notebook_nor_a_network(notebook) -> None:
    for html in htmls(notebook):
        (abilities,) = re.findall(r'sandbox="([^"]*)"', html)
        assert "allow-scripts" in abilities.split()
        assert "allow-same-origin" not in abilities
        assert "allow-top-navigation" not in abilities
        assert "default-src &#39;none&#39;" in framed(html)


def test_below_the_map_are_counts_disagreements_and_questions(notebook, shipped) -> None:
    below = htmls(notebook)[0].rpartition("</iframe>")[2]
    points = dissensus.disagreements(shipped)
    assert f"{len(shipped)} claims, {len(shipped.link_iris)} links" in below
    assert f"Disagreements: {len(points)}" in below
    assert points[0].question.label in unescape(below)
    assert "Paul Cohen" in below
    assert "<script" not in below


def test_a_large_debate_is_summed_up_without_a_script() -> None:
    claims = [Claim(f"urn:x:{n}", f"Claim {n}.") for n in range(MOST_CLAIMS + 1)]
    html = debate_html(Debate(claims, title="Large"))
    assert "<iframe" not in html
    assert "<details open>" in html
    assert f"{MOST_CLAIMS + 1} claims, 0 links" in html
    assert "narrow them" in html
    assert "<iframe" in debate_html(Debate(claims[:3]))
    assert "narrow them" not in debate_html(Debate(claims[:3]))


def test_an_empty_debate_is_one_line() -> None:
    assert re.sub("<[^>]*>", "", debate_html(Debate())) == (
        "A debate: 0 claims, 0 links, 0 speakers, 0 questions"
    )


def hostile_debate() -> Debate:
    bad = HOSTILE
    return Debate(
        [
            Claim("urn:x:a", bad, speakers=("urn:x:s",), questions=("urn:x:q",)),
            Claim("urn:x:b", bad, speakers=("urn:x:r",), questions=("urn:x:q",)),
        ],
        [Link(LinkKind.REBUTTAL, ("urn:x:a",), "urn:x:b")],
        speakers=[Speaker("urn:x:s", bad), Speaker("urn:x:r", bad)],
        questions=[Question("urn:x:q", bad, exclusive=True)],
        title=bad,
        description=bad,
    )


def test_hostile_text_is_escaped_around_the_frame_and_below_it() -> None:
    html = show(hostile_debate(), height=300).html
    outside = re.sub(r'srcdoc="[^"]*"', "", html)
    tags = set(re.findall(r"<(\w+)", outside))
    assert tags <= {"iframe", "details", "summary", "b", "bdi", "p", "table", "thead", "tbody",
                    "tr", "th", "td"}  # fmt: skip
    assert "onerror" not in re.sub(r"<bdi[^>]*>.*?</bdi>|title=\"[^\"]*\"", "", outside, flags=re.S)
    assert HOSTILE in unescape(summary(hostile_debate()))


def test_importing_without_ipython_registers_nothing_and_loads_nothing() -> None:
    code = (
        "import sys, dissensus; print([n for n in sys.modules if 'notebook' in n or n=='IPython'])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_ipython_without_a_shell_is_no_notebook() -> None:
    code = "import IPython, dissensus; print(dissensus.Debate())"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("<Debate")


@pytest.mark.browser
def test_the_map_in_an_exported_notebook_can_be_used(notebook, chromium, tmp_path) -> None:
    from nbconvert import HTMLExporter
    from playwright.sync_api import sync_playwright

    book = nbformat.v4.new_notebook(cells=notebook.cells[:1])
    bad = nbformat.v4.new_output("display_data", {"text/html": show(hostile_debate()).html})
    book.cells.append(nbformat.v4.new_code_cell("", outputs=[bad]))
    file = tmp_path / "notebook.html"
    file.write_text(HTMLExporter(template_name="basic").from_notebook_node(book)[0], "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(file.as_uri())
        frame = page.frame_locator("iframe").first
        frame.locator("body.ready").wait_for(timeout=20_000)
        frame.locator(".card", has_text="a chosen change of course").first.click()
        assert frame.locator("#details h2").inner_text().startswith("China's chip policy")
        with page.expect_download() as saved:
            frame.get_by_text("Save as").click()
            frame.get_by_text("SVG", exact=False).click()
        assert saved.value.suggested_filename.endswith(".svg")
        page.frame_locator("iframe").nth(1).locator("body.ready").wait_for(timeout=20_000)
        page.locator("details > summary").first.click()
        assert page.get_by_text("Disagreements: 7").is_visible()
        assert [f.evaluate("window.ran") for f in page.frames] == [None, None, None]
        assert not problems
        browser.close()
