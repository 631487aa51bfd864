"""Measures the page of a whole country in a real Chromium: 5,570 territories with a map of as many shapes.

    python tests/bench/apps.py --part country, or python tests/bench/portfolio.py --page

`shown_s`: from a new visitor's request to a map with all its shapes and a ranking, on a page whose kernel was heated;
`slider_ms`: from a weight that is moved to the painted map of the new numbers; `scores_kb`: bytes of the largest
message that the move brings.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from _country_page import write_run

from serving import serving

TARGETS = {"shown_s": 2.0, "slider_ms": 150.0, "scores_kb": 200.0}
HEATED = 24  # seconds until the kernel of every page stands ready
MOVE = """
async (turns) => {
  const took = [];
  const root = document.querySelector(".wb-portfolio");
  const slider = document.getElementById("wb-weight-A");
  const frame = () => new Promise(requestAnimationFrame);
  for (let turn = 0; turn < turns; turn++) {
    const before = root.dataset.round;
    const start = performance.now();
    // No value twice in a row: the same weight brings no new numbers.
    slider.value = turn % 2 ? 1 : 0.2 + (turn % 7) * 0.1;
    slider.dispatchEvent(new Event("input"));
    while (root.dataset.round === before) {
      if (performance.now() - start > 20000) throw new Error(`turn ${turn} brought no new numbers`);
      await new Promise((done) => setTimeout(done, 1));
    }
    await frame();
    await frame();
    took.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 200));
  }
  return took;
}
"""


def measure(chromium: Any, territories: int = 5570, visits: int = 3, turns: int = 15) -> dict[str, float]:
    """Measure visits to a made-up country; return the figures (medians)."""
    from playwright.sync_api import expect

    shown, moved, sizes = [], [], [0]
    with tempfile.TemporaryDirectory() as folder:
        write_run(Path(folder), territories)
        with serving("sample", country=Path(folder), preheat=True) as address:
            for _ in range(visits):
                time.sleep(HEATED)
                page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
                session = page.context.new_cdp_session(page)
                session.send("Network.enable")
                start = time.perf_counter()
                page.goto(f"{address}/portfolio", wait_until="commit")
                page.locator(".wb-ranks-body .wb-rank").first.wait_for(state="visible", timeout=120_000)
                # Not `wait_for_function`: the pages forbid the evaluation of text as code.
                expect(page.locator(".wb-map path[data-id]")).to_have_count(territories, timeout=60_000)
                page.evaluate("() => new Promise(requestAnimationFrame)")
                shown.append(time.perf_counter() - start)
                session.on("Network.webSocketFrameReceived", lambda event: sizes.append(_size(event["response"])))
                moved += page.evaluate(MOVE, turns)
                page.context.close()
    return {
        "territories": float(territories),
        "shown_s": round(statistics.median(shown), 2),
        "slider_ms": round(statistics.median(moved), 1),
        "slider_most_ms": round(max(moved), 1),
        "scores_kb": round(max(sizes) / 1000, 1),
    }


def _size(frame: dict[str, Any]) -> int:
    return len(frame["payloadData"]) * 3 // 4 if frame["opcode"] == 2 else len(frame["payloadData"])


def missed(figures: dict[str, float]) -> list[str]:
    """Return the targets that were not met."""
    return [name for name, most in TARGETS.items() if figures[name] > most]
