"""Measures served pages in a real Chromium: first useful screen, click, memory, bytes, requests.

    python tests/bench/apps.py                         a page with one small widget, then the shipped apps
    python tests/bench/apps.py --page compare --click ".wb-row" --change ".wb-detail"
    python tests/bench/apps.py --quick

The first useful screen is the moment the page's first widget is drawn (or `--ready`, a CSS selector);
a click lasts until the element `--change` has changed and been painted.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import _apps_compare

import browser
from serving import PAGES, kernels, serving

TARGETS = {"preheated_s": 2.5, "click_ms": 100, "session_mb": 150, "other_hosts": 0}
# Seconds until the next kernel is heated.
REFILL = 7
DRAWN = "main.is-ready"
# Resolves when the element has changed and the change has been painted, or to null after five seconds.
CLICK = """
async ([click, change, times]) => {
  const took = [];
  for (let turn = 0; turn < times; turn++) {
    const target = document.querySelector(change);
    const button = document.querySelector(click);
    if (!target || !button) return null;
    const start = performance.now();
    const changed = new Promise((done) => {
      const observer = new MutationObserver(() => { observer.disconnect(); done(true); });
      observer.observe(target, { childList: true, characterData: true, attributes: true, subtree: true });
      setTimeout(() => done(false), 5000);
    });
    button.click();
    if (!(await changed)) return null;
    await new Promise(requestAnimationFrame);
    took.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 150));
  }
  return took;
}
"""


def visit(context: Any, url: str, ready: str, click: str, change: str, times: int) -> dict[str, float | None]:
    """Open a page once and return what was measured."""
    page = context.new_page()
    asked: list[str] = []
    received = {"bytes": 0, "socket": 0}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: _add(received, "bytes", event["encodedDataLength"]))
    session.on(
        "Network.webSocketFrameReceived",
        lambda event: _add(received, "socket", len(event["response"]["payloadData"])),
    )
    page.on("request", lambda request: asked.append(request.url))
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(ready).first.wait_for(state="visible", timeout=120_000)
    shown = time.perf_counter() - start
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    took = page.evaluate(CLICK, [click, change, times]) if click else None
    kernel = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    own = ("data:", "blob:", url[: url.index("/", len("http://"))])
    measured = {
        "shown_s": round(shown, 2),
        "first_paint_s": None if painted is None else round(painted / 1000, 2),
        "click_ms": round(statistics.median(took), 1) if took else None,
        "session_mb": kernels()[kernel][1] if os.name == "posix" else None,
        "bytes_mb": round((received["bytes"] + received["socket"]) / 1e6, 2),
        "requests": float(len(asked)),
        "other_hosts": float(sum(not request.startswith(own) for request in asked)),
    }
    page.close()
    return measured


def _add(where: dict[str, int], key: str, amount: int) -> None:
    where[key] += amount


def measure(
    name: str, folder: Path | None, project: str, ready: str, click: str, change: str, visits: int, times: int
) -> dict[str, Any]:
    """Measure one page: preheated visits by new visitors, one repeated visit, one cold visit."""
    from playwright.sync_api import sync_playwright

    figures: dict[str, Any] = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.FLAGS)
        with serving(project, folder=folder, preheat=True) as address:
            time.sleep(18 if folder is None else 8)  # until every page's kernel stands ready
            runs, again = [], {}
            for _ in range(visits):
                context = chromium.new_context()
                runs.append(visit(context, f"{address}/{name}", ready, click, change, times))
                time.sleep(REFILL)
                if not again:
                    again = visit(context, f"{address}/{name}", ready, "", "", 0)
                    time.sleep(REFILL if visits > 1 else 0)
                context.close()
            figures["preheated_s"] = statistics.median(run["shown_s"] for run in runs)
            for key in ("first_paint_s", "click_ms", "session_mb", "bytes_mb", "requests", "other_hosts"):
                values = [run[key] for run in runs if run[key] is not None]
                figures[key] = statistics.median(values) if values else None
            figures["repeat_s"], figures["repeat_mb"] = again["shown_s"], again["bytes_mb"]
        with serving(project, folder=folder, preheat=False) as address:
            context = chromium.new_context()
            figures["cold_s"] = visit(context, f"{address}/{name}", ready, "", "", 0)["shown_s"]
            context.close()
        chromium.close()
    return figures


def main() -> int:
    """Measure, print a table and the closing line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--page", action="append", help="a shipped app, e.g. compare; may be given again")
    options.add_argument("--project", default="sample")
    options.add_argument("--ready", default=DRAWN, help="CSS selector of the first useful screen")
    options.add_argument("--click", default="", help="CSS selector of what is clicked")
    options.add_argument("--change", default="", help="CSS selector of what then changes")
    options.add_argument("--quick", action="store_true", help="one visit of the small page, under 45 s")
    chosen = options.parse_args()
    if browser.find() is None:
        print(browser.ADVICE, file=sys.stderr)
        return 1

    visits, times = (1, 15) if chosen.quick else (3, 25)
    results: dict[str, dict[str, Any]] = {}
    if not chosen.page:
        counter = "button.counter"
        results["widget"] = measure("start", PAGES, "", counter, counter, counter, visits, times)
    pages = chosen.page or ([] if chosen.quick else ["start", "documents", "compare", "panel", "scorecard"])
    for name in pages:
        change = chosen.change or chosen.click
        results[name] = measure(name, None, chosen.project, chosen.ready, chosen.click, change, visits, times)

    print(f"{'':<14}" + "".join(f"{name:>14}" for name in results))
    for key in next(iter(results.values())):
        shown = ("-" if result[key] is None else result[key] for result in results.values())
        print(f"{key:<14}" + "".join(f"{value:>14}" for value in shown))
    missed = [
        f"{name}.{key}"
        for name, result in results.items()
        for key, most in TARGETS.items()
        if result[key] is not None and result[key] > most
    ]
    if (
        not chosen.page and not chosen.quick
    ):  # 2 x 2,000 provisions; quick and alone: python tests/bench/_apps_compare.py
        results["long_documents"] = _apps_compare.measure(2000, times)
        missed += [f"long_documents.{name}" for name in _apps_compare.missed(results["long_documents"])]
        print(f"\n{_apps_compare.table(results['long_documents'])}")
    print(json.dumps({"bench": "apps", "figures": results, "targets": TARGETS, "missed": missed}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
