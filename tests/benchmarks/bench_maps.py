"""Maps in Chromium, beside pyvis's own page: ``python tests/benchmarks/bench_maps.py [CLAIMS]...``.

For each size one generated debate, most of whose replies stay in their topic, drawn three times:
by dissensus; by pyvis, its page with everything inlined, as it comes (physics on); and the same
with physics off and positions given. A page is ready when its first whole picture has been drawn:
ours says so, of pyvis it is when its network is, after its first stabilization. Then a claim is
chosen and the next picture awaited; then the sheet is dragged about for `DRAG` seconds and the
pictures are counted; then the memory of the scripts is read after a collection. A page that is
not ready after `LIMIT` seconds is left.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from generated import write_debate
from playwright.sync_api import Browser, Error, Page, sync_playwright

from dissensus.graph.debate import Debate
from dissensus.graph.maps import draw
from dissensus.graph.reading import read

SIZES = (100, 1_000, 10_000, 100_000)
KINSHIP = 0.85
LIMIT = 60.0
DRAG = 3.0
LABEL = 24

READY = {
    "dissensus": "document.body && document.body.classList.contains('ready')",
    "pyvis": "typeof network !== 'undefined' && network && network.physics.ready",
}
CHOOSE = {
    "dissensus": "dissensus.selectNode(0)",
    "pyvis": "network.selectNodes([network.body.data.nodes.getIds()[0]])",
}
SHOW_ALL = {
    "dissensus": "dissensus.select(null); dissensus.viewport.fit()",
    "pyvis": "network.fit({animation: false})",
}
WATCH = """
(() => {
  const look = () => {
    let ready = false;
    try { ready = Boolean(%s); } catch { ready = false; }
    if (ready) requestAnimationFrame(() => { window.readyAt = performance.now(); });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
FRAMES = """
() => {
  window.pictures = 0;
  const count = () => { window.pictures += 1; requestAnimationFrame(count); };
  requestAnimationFrame(count);
}
"""


@dataclass
class Figures:
    """What was measured of a page; what was not reached is None."""

    built: float
    megabytes: float
    ready: float | None = None
    answer: float | None = None
    frames: float | None = None
    heap: float | None = None


def pyvis_page(debate: Debate, *, physics: bool) -> str:
    """pyvis's own page; its lists are filled directly, because adding is quadratic."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    side = int(len(debate) ** 0.5) + 1
    for number, text in enumerate(debate.claim_texts):
        node = {"id": number, "label": text[:LABEL], "shape": "dot"}
        if not physics:
            node |= {"x": number % side * 60, "y": number // side * 60}
        network.nodes.append(node)
    for link, conclusion in enumerate(debate.link_conclusions):
        if conclusion < len(debate):
            edges = ({"from": p, "to": conclusion} for p in debate.link_premises[link])
            network.edges.extend({**edge, "arrows": "to"} for edge in edges)
    network.toggle_physics(physics)
    return str(network.generate_html())


def measured(browser: Browser, folder: Path, html: str, built: float, engine: str) -> Figures:
    """The figures of a page."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    figures = Figures(built, len(html.encode()) / 1e6)
    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, offline=True, bypass_csp=True
    )
    page = context.new_page()
    page.add_init_script(WATCH % READY[engine])
    try:
        page.goto(file.as_uri(), wait_until="commit", timeout=LIMIT * 1000)
        page.wait_for_function("window.readyAt", timeout=LIMIT * 1000)
        figures.ready = page.evaluate("window.readyAt") / 1000
        page.set_default_timeout(LIMIT * 1000)
        page.wait_for_timeout(400)
        figures.answer = page.evaluate(
            f"""async () => {{
              const start = performance.now();
              {CHOOSE[engine]};
              await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
              return performance.now() - start;
            }}"""
        )
        page.evaluate(SHOW_ALL[engine])
        page.wait_for_timeout(700)
        figures.frames = dragged(page)
        session = context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        session.send("Performance.enable")
        metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        figures.heap = metrics["JSHeapUsedSize"] / 1e6
    except Error as error:
        print(f"  {engine}: {str(error).splitlines()[0]}", file=sys.stderr)
    finally:
        context.close()
    return figures


def dragged(page: Page) -> float:
    """Pictures a second while the sheet is dragged to and fro."""
    page.mouse.move(800, 500)
    page.mouse.down()
    page.evaluate(FRAMES)
    start, step = time.perf_counter(), 0
    before = page.evaluate("[performance.now(), window.pictures]")
    while time.perf_counter() - start < DRAG:
        step += 1
        page.mouse.move(800 - 80 + abs(step % 40 - 20) * 8, 500 - 40 + abs(step % 20 - 10) * 8)
    after = page.evaluate("[performance.now(), window.pictures]")
    page.mouse.up()
    return float((after[1] - before[1]) / (after[0] - before[0]) * 1000)


def row(name: str, figures: Figures) -> str:
    def cell(value: float | None, form: str) -> str:
        return "–" if value is None else format(value, form)

    ready = f"not after {LIMIT:.0f} s" if figures.ready is None else f"{figures.ready:.2f}"
    return (
        f"| {name} | {figures.built:.1f} | {figures.megabytes:.1f} | {ready} | "
        f"{cell(figures.answer, '.0f')} | {cell(figures.frames, '.0f')} | "
        f"{cell(figures.heap, '.0f')} |"
    )


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    print("| claims | page | built, s | MB | ready, s | answer, ms | pictures/s | heap, MB |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    draw(read(write_debate(Path(tempfile.mkdtemp()) / "first.ttl", 30)))  # what is imported once
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            debate = read(write_debate(folder / "debate.ttl", size, kinship=KINSHIP))
            for title, engine, make in (
                ("dissensus", "dissensus", lambda debate=debate: draw(debate)),
                ("pyvis, physics off", "pyvis", lambda d=debate: pyvis_page(d, physics=False)),
                ("pyvis", "pyvis", lambda debate=debate: pyvis_page(debate, physics=True)),
            ):
                start = time.perf_counter()
                html = make()
                built = time.perf_counter() - start
                browser = playwright.chromium.launch(
                    executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
                )
                print(
                    f"| {size:,} " + row(title, measured(browser, folder, html, built, engine)),
                    flush=True,
                )
                browser.close()


if __name__ == "__main__":
    main()
