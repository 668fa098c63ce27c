"""Makes the pictures of the documentation from the shipped debate: ``python docs/pictures.py``.

Pictures of the page need Playwright and a Chromium, drawings need nothing. Names of pictures as
arguments make only these. The same debate and browser give the same files.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

import dissensus

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DISPUTED = "deliberate-pivot"


class Shot(NamedTuple):
    """A picture of the page: its name, what stands behind # in the address, and the theme."""

    name: str
    address: str
    theme: str = "light"


SHOTS = (
    Shot("map", f"claim={DISPUTED}"),
    Shot("map-dark", f"claim={DISPUTED}", "dark"),
    Shot("disagreements", f"view=disagreements&claim={DISPUTED}"),
)
DRAWINGS = {"focus": {"focus": DISPUTED, "depth": 1}}
"""Name → what `write_map` draws as SVG."""


def picture(page: Page, shot: Shot, url: str, *, width: int = 1400, height: int = 860) -> None:
    """Save what the page shows there as ``docs/images/NAME.png``."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto("about:blank")
    page.goto(f"{url}#{shot.address}")
    page.wait_for_selector("body.ready")
    page.wait_for_timeout(1000)
    page.screenshot(path=IMAGES / f"{shot.name}.png")


def main(names: list[str]) -> None:
    """Draw the shipped debate and photograph it."""
    known = [*DRAWINGS, *(shot.name for shot in SHOTS)]
    if unknown := set(names) - set(known):
        sys.exit(f"no picture named {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    wanted = names or known
    debate = dissensus.read(ROOT / "claims")
    IMAGES.mkdir(exist_ok=True)
    for name in wanted:
        if name in DRAWINGS:
            dissensus.write_map(debate, IMAGES / f"{name}.svg", **DRAWINGS[name])
    shots = [shot for shot in SHOTS if shot.name in wanted]
    if not shots:
        return
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        whole = Path(folder) / "map.html"
        dissensus.write_map(debate, whole)
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        for shot in shots:
            page = browser.new_context(color_scheme=shot.theme, reduced_motion="reduce").new_page()
            picture(page, shot, whole.as_uri())
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
