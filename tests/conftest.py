"""What several test files share: the shipped debate, the sample data, a way to run commands."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

# The same examples in every run, and no time limit for one: a busy machine is no fault.
settings.register_profile("dissensus", deadline=None, derandomize=True)
settings.load_profile("dissensus")

ROOT = Path(__file__).resolve().parents[1]
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PROLOGUE = """\
@prefix d: <https://w3id.org/dissensus#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/debate#> .
"""


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sample_data() -> Path:
    """The folder of sample data beside the checkout; the test is skipped where there is none."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the sample data is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def shipped():
    """The debate that ships with dissensus."""
    import dissensus

    return dissensus.read(ROOT / "claims")


@pytest.fixture
def claims(tmp_path: Path) -> Callable[..., Path]:
    """Writes files of claims, each with the usual prefixes on top; returns their folder."""

    def write(*texts: str, **files: str) -> Path:
        folder = tmp_path / "claims"
        folder.mkdir(exist_ok=True)
        for number, text in enumerate(texts):
            (folder / f"file{number}.ttl").write_text(PROLOGUE + text, encoding="utf-8")
        for name, text in files.items():
            (folder / f"{name}.ttl").write_text(PROLOGUE + text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs a command line in this process: ``run("list", "--speaker", "Gin", claims=folder)``."""
    from dissensus.cli import dissensus

    def call(*arguments: str, claims: Path | None = None, stdin: str | None = None) -> Result:
        start = ["--claims", str(claims)] if claims else []
        return CliRunner().invoke(dissensus, [*start, *arguments], input=stdin)

    return call


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the test is skipped, unless CI demands a browser."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    if os.environ.get("DISSENSUS_REQUIRE_BROWSER"):
        pytest.fail("no Chromium on this machine, and DISSENSUS_REQUIRE_BROWSER is set")
    pytest.skip("no Chromium on this machine")


BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SETTLED = "() => new Promise(r => setTimeout(() => requestAnimationFrame(r), 120))"
"""Waits until vis has drawn the view that was asked for."""


@pytest.fixture(scope="module")
def browser(chromium):
    """A Chromium for the tests of one file."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a debate's map from disk without a network; what goes wrong fails the test."""
    from dissensus.graph.maps import draw

    contexts, problems = [], []

    def open_map(debate, address="", *, size=(1400, 900), scope=None, **options):
        file = tmp_path / "map.html"
        file.write_text(draw(debate, **(scope or {})), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            offline=True,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda message: problems.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.split("#")[0] == file.as_uri() or request.url.startswith("blob:")
                else problems.append(f"request: {request.url}")
            ),
        )
        page.goto(file.as_uri() + address)
        page.wait_for_selector("body.ready")
        page.evaluate(SETTLED)
        return page

    yield open_map
    for context in contexts:
        context.close()
    assert not problems
