"""One visit of a page in Chromium, and what it took: for `apps.py` and the benchmarks of single pages."""

from __future__ import annotations

import os
import statistics
import time
from typing import Any

from serving import private_mb

KERNEL = "JSON.parse(document.getElementById('jupyter-config-data')?.textContent ?? '{}').kernelId ?? null"
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


def visit(
    context: Any, url: str, ready: str, click: str = "", change: str = "", times: int = 0
) -> dict[str, float | None]:
    """Open a page once and return what was measured; it is shown when `ready`, a CSS selector, is seen."""
    page = context.new_page()
    asked: list[str] = []
    received = {"bytes": 0, "socket": 0}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: _add(received, "bytes", event["encodedDataLength"]))
    session.on(
        "Network.webSocketFrameReceived",
        lambda event: _add(received, "socket", _size(event["response"])),
    )
    page.on("request", lambda request: asked.append(request.url))
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(ready).first.wait_for(state="visible", timeout=120_000)
    shown = time.perf_counter() - start
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    took = page.evaluate(CLICK, [click, change, times]) if click else None
    kernel = page.evaluate(KERNEL)
    own = ("data:", "blob:", url[: url.index("/", len("http://"))])
    measured = {
        "shown_s": round(shown, 2),
        "first_paint_s": None if painted is None else round(painted / 1000, 2),
        "click_ms": round(statistics.median(took), 1) if took else None,
        "session_mb": private_mb(kernel) if kernel and os.name == "posix" else None,
        "bytes_mb": round((received["bytes"] + received["socket"]) / 1e6, 2),
        "requests": float(len(asked)),
        "other_hosts": float(sum(not request.startswith(own) for request in asked)),
    }
    page.close()
    return measured


def middle(runs: list[dict[str, float | None]], key: str) -> float | None:
    """Return the median of what several visits measured, None where none did."""
    values = [value for run in runs if (value := run[key]) is not None]
    return round(statistics.median(values), 2) if values else None


def _add(where: dict[str, int], key: str, amount: int) -> None:
    where[key] += amount


def _size(frame: dict[str, Any]) -> int:
    """Return the bytes of a message as it is unpacked (on its way it is smaller); binary ones are told in base64."""
    return len(frame["payloadData"]) * 3 // 4 if frame["opcode"] == 2 else len(frame["payloadData"])
