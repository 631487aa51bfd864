"""Measures the compare app with two documents of 2,000 provisions each, in a real Chromium.

    python tests/bench/_apps_compare.py            2 x 2,000 provisions
    python tests/bench/_apps_compare.py --quick    2 x 300 provisions

`first_paint_s` begins when the browser has received the last large message with the rows and ends when the chosen
provision is on the screen; `scroll_fps` counts the frames that a trace shows while the list is scrolled by gesture;
`click_ms` ends when the matches of the provision clicked are painted, `judge_ms` when the server has kept a verdict.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import browser
from long_documents import make_project
from serving import serving

TARGETS = {"first_paint_s": 1.0, "scroll_fps": 50.0, "page_mb": 250.0, "click_ms": 70.0}
AT_LEAST = ("scroll_fps",)
LARGE = 50_000  # bytes of a message that holds rows
WATCH = """
const Real = window.WebSocket;
window.WebSocket = class extends Real {
  constructor(...of) {
    super(...of);
    this.addEventListener("message", (event) => {
      const size = event.data.size ?? event.data.byteLength ?? event.data.length;
      if (size > %d && !window.paintedAt) window.dataAt = performance.now();
    });
  }
};
const look = () => {
  if (document.querySelector(".wb-chosen")) requestAnimationFrame(() => { window.paintedAt = performance.now(); });
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
CLICK = """
async (times) => {
  const took = [];
  const frame = () => new Promise(requestAnimationFrame);
  for (let turn = 0; turn < times; turn++) {
    const chosen = document.querySelector(".wb-pane[data-side=national] .wb-chosen");
    const next = chosen.nextElementSibling.querySelector(".wb-title");
    const id = next.id;
    const start = performance.now();
    next.click();
    for (;;) {
      if (document.getElementById(id)?.closest(".wb-chosen") && document.querySelector(".wb-match .wb-text")) break;
      if (performance.now() - start > 5000) return null;
      await new Promise((done) => setTimeout(done, 1));
    }
    await frame();
    took.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 250));
  }
  return took;
}
"""
JUDGE = """
async (times) => {
  const took = [];
  const root = document.querySelector(".wb-compare");
  for (let turn = 0; turn < times; turn++) {
    const start = performance.now();
    document.getElementById(`wb-uptake-${turn % 4}`).click();
    while (root.dataset.unsaved !== "0") await new Promise((done) => setTimeout(done, 1));
    took.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 250));
  }
  return took;
}
"""


def frames_while_scrolling(chromium: Any, page: Any, distance: int) -> float:
    """Return the frames a second that the trace of a scroll by gesture shows."""
    box = page.locator(".wb-pane[data-side=national] .wb-scroller").first.bounding_box()
    session = page.context.new_cdp_session(page)
    chromium.start_tracing(page=page, categories=["disabled-by-default-devtools.timeline.frame", "devtools.timeline"])
    session.send(
        "Input.synthesizeScrollGesture",
        {"x": box["x"] + 100, "y": box["y"] + 200, "yDistance": -distance, "speed": 4000, "preventFling": True},
    )
    events = json.loads(chromium.stop_tracing())["traceEvents"]
    drawn = sorted(event["ts"] for event in events if event["name"] == "DrawFrame")
    moved = sorted(event["ts"] for event in events if _kind(event) == "scroll")
    first, last = moved[0], moved[-1]
    seen = [at for at in drawn if first <= at <= last]
    return (len(seen) - 1) / ((last - first) / 1e6)


def _kind(event: dict[str, Any]) -> str | None:
    return event.get("args", {}).get("data", {}).get("type") if event["name"] == "EventDispatch" else None


def page_memory(page: Any) -> dict[str, float]:
    """Return what the page's scripts hold and, on Linux, what its whole process keeps for itself, in MB."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    values = {row["name"]: row["value"] for row in session.send("Performance.getMetrics")["metrics"]}
    figures = {"heap_mb": round(values["JSHeapUsedSize"] / 1e6, 1), "nodes": values["Nodes"]}
    processes = page.context.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = []
    for process in processes:
        status = Path(f"/proc/{process['id']}/status")
        if process["type"] == "renderer" and status.is_file():
            kept = next(line for line in status.read_text().splitlines() if line.startswith("RssAnon"))
            sizes.append(int(kept.split()[1]) / 1000)
    figures["page_mb"] = round(max(sizes), 1) if sizes else figures["heap_mb"]
    return figures


def measure(chromium: Any, provisions: int = 2000, times: int = 25) -> dict[str, float | None]:
    """Measure the compare app once on a fresh project; return the figures."""
    figures: dict[str, float | None] = {"provisions": 2.0 * provisions}
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        file = make_project(Path(folder), provisions)
        figures["project_s"] = round(time.perf_counter() - start, 1)
        with serving(str(file), WORKBENCH_HOME=folder) as address:
            page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.add_init_script(WATCH % LARGE)
            start = time.perf_counter()
            page.goto(f"{address}/compare?territory=xx-town", wait_until="commit")
            page.locator(".wb-match").first.wait_for(state="visible", timeout=120_000)
            figures["cold_s"] = round(time.perf_counter() - start, 2)
            figures["first_paint_s"] = round(page.evaluate("(paintedAt - dataAt) / 1000"), 3)
            page.locator("#wb-filter").select_option("all")
            page.wait_for_timeout(1500)
            took = page.evaluate(CLICK, times)
            figures["click_ms"] = round(statistics.median(took), 1) if took else None
            page.locator("#wb-filter").select_option("calls")
            page.locator(".wb-pane[data-side=national] .wb-title").nth(2).click()
            page.locator("#wb-uptake-1").wait_for()
            figures["judge_ms"] = round(statistics.median(page.evaluate(JUDGE, times)), 1)
            page.locator("#wb-filter").select_option("all")
            page.get_by_role("button", name="Whole document").click()
            page.wait_for_timeout(1000)
            figures["scroll_fps"] = round(frames_while_scrolling(chromium, page, 12_000), 1)
            figures["rows_in_page"] = float(page.locator("li.wb-item").count())
            figures |= page_memory(page)
            page.context.close()
    return figures


def missed(figures: dict[str, float | None]) -> list[str]:
    """Return the targets that were not met."""
    return [
        name
        for name, wanted in TARGETS.items()
        if (value := figures.get(name)) is None or (value < wanted if name in AT_LEAST else value > wanted)
    ]


def table(figures: dict[str, float | None]) -> str:
    """Return the figures as lines: name, value, target."""
    return "\n".join(
        f"{name:<16}{'-' if value is None else value:>12}{TARGETS.get(name, ''):>10}" for name, value in figures.items()
    )


def main() -> int:
    """Measure, print a table and the closing line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="2 x 300 provisions")
    options.add_argument("--provisions", type=int, help="of each document")
    chosen = options.parse_args()
    if browser.find() is None:
        print(browser.ADVICE, file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    size, times = chosen.provisions or (300 if chosen.quick else 2000), 5 if chosen.quick else 25
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.FLAGS)
        figures = measure(chromium, size, times)
        chromium.close()
    print(table(figures))
    print(json.dumps({"bench": "apps_compare", "figures": figures, "targets": TARGETS, "missed": missed(figures)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
