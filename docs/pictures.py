"""Makes the pictures of the documentation from the shipped debate: ``python docs/pictures.py``.

Needs Playwright and a Chromium.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import dissensus

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DISPUTED = "deliberate-pivot"


def picture(page: Page, name: str, url: str, *, width: int = 1400, height: int = 860) -> None:
    """Save what the page shows at `url` as ``docs/images/NAME.png``."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto("about:blank")
    page.goto(url)
    page.wait_for_timeout(1000)
    page.screenshot(path=IMAGES / f"{name}.png")


def main() -> None:
    """Draw the shipped debate and photograph it."""
    debate = dissensus.read(ROOT / "claims")
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        whole = Path(folder) / "map.html"
        dissensus.write_map(debate, whole)
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        for scheme, name in (("light", "map"), ("dark", "map-dark")):
            page = browser.new_context(color_scheme=scheme).new_page()
            claim = debate.claim(DISPUTED)
            picture(page, name, f"{whole.as_uri()}#claim={debate.name(claim.iri)}")
        browser.close()


if __name__ == "__main__":
    main()
