"""Makes the pictures of the README's tour anew, from the sample project: python tests/bench/_pictures.py."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import browser
from serving import serving

OUT = Path(__file__).resolve().parents[2] / "data" / "tour"
# Page, what must be seen before the picture is taken, territory.
SHOWN = {
    "start": (".wb-place", "ph-naga-city"),
    "compare": (".wb-match", "ph-naga-city"),
    "assess": ("#wb-q-start", "ph-naga-city"),
    "scorecard": (".wb-headline", "ph-naga-city"),
    "practices": (".wb-finding", "ec-p"),
    "corridor": (".wb-corridor svg", "it-52"),
    "matrix": ("[role=grid]", "ph-naga-city"),
    "report": (".wb-holds", "ph-naga-city"),
}


def main() -> None:
    """Write one picture a page, 1280 pixels wide, as a browser shows it first."""
    from playwright.sync_api import sync_playwright

    OUT.mkdir(exist_ok=True)
    # A home of its own: the sample project as it ships, untouched.
    with (
        tempfile.TemporaryDirectory() as home,
        serving("sample", WORKBENCH_HOME=home) as address,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.FLAGS)
        for name, (ready, territory) in SHOWN.items():
            page = chromium.new_page(viewport={"width": 1280, "height": 820})
            page.goto(f"{address}/{name}?territory={territory}")
            page.locator(ready).first.wait_for(state="visible", timeout=120_000)
            page.screenshot(path=OUT / f"{name}.png")
            page.close()
        chromium.close()


if __name__ == "__main__":
    main()
