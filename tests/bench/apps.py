"""Measures served pages in a real Chromium: first useful screen, click, memory, bytes, requests; and many people.

    python tests/bench/apps.py                         all of it, about ten minutes
    python tests/bench/apps.py --part pages --page compare --click "#wb-next" --change ".wb-compare"
    STREAMLIT=/tmp/streamlit/bin/python python tests/bench/apps.py --part streamlit
    python tests/bench/apps.py --part people --people 40
    python tests/bench/apps.py --quick                 one small page, under 45 s

The first useful screen is there when what people came for is drawn (READY below, or `--ready`), on a page whose kernel
was heated and on one whose was not; a click lasts until the element `--change` has changed and been painted; the memory
is what the kernel shares with no other process. Streamlit shows the same content as our first page, written beforehand,
in turns with ours; it is taken from the Python that STREAMLIT names (see _apps_streamlit.py). A part of a file
`_apps_NAME.py` that has a function `measure(chromium)` returning figures, and TARGETS, runs as `--part NAME`.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import _apps_people as crowds
import _apps_streamlit as streamlit
from _apps_visits import middle, visit

import browser
from serving import PAGES, free_port, kernels, private_mb, serving
from workbench import resources

HERE = Path(__file__).resolve().parent
TARGETS = {
    "preheated_s": 1.5, "cold_s": 4.0, "click_ms": 70, "session_mb": 110, "bytes_mb": 4.0, "repeat_mb": 0.4,
    "other_hosts": 0,
}  # fmt: skip
PEOPLE_TARGETS = {"click_p95_s": 1.0, "errors": 0}
# Seconds until the next kernel is heated.
REFILL = 7
DRAWN = "main.is-ready"
COUNTER = "button.counter"
READY = {
    "start": ".wb-place", "documents": ".wb-table", "compare": ".wb-match", "panel": "#wb-agreement",
    "scorecard": ".wb-headline", "assess": "#wb-q-start", "report": ".wb-holds", "matrix": ".wb-lattice .wb-cell",
    "practices": ".wb-finding", "corridor": ".wb-corridor svg", "portfolio": ".wb-portfolio :is(.wb-rank, .wb-empty)",
}  # fmt: skip


def measure(
    chromium: Any, name: str, folder: Path | None, project: str, chosen: dict[str, str], visits: int, times: int
) -> dict[str, Any]:
    """Measure one page: visits by new visitors to heated kernels, one repeated visit, cold visits."""
    figures: dict[str, Any] = {}
    ready, clicking = chosen["ready"], (chosen["click"], chosen["change"], times)
    with serving(project, folder=folder, preheat=True) as address:
        _heated(address, folder)
        runs, again = [], {}
        for _ in range(visits):
            context = chromium.new_context()
            runs.append(visit(context, f"{address}/{name}", ready, *clicking))
            time.sleep(REFILL)
            if not again:
                again = visit(context, f"{address}/{name}", ready)
                time.sleep(REFILL if visits > 1 else 0)
            context.close()
        figures["preheated_s"] = middle(runs, "shown_s")
        for key in ("first_paint_s", "click_ms", "session_mb", "bytes_mb", "requests", "other_hosts"):
            figures[key] = middle(runs, key)
        figures["repeat_s"], figures["repeat_mb"] = again["shown_s"], again["bytes_mb"]
    with serving(project, folder=folder, preheat=False) as address:
        runs = []
        for _ in range(visits):
            context = chromium.new_context()
            runs.append(visit(context, f"{address}/{name}", ready))
            context.close()
        figures["cold_s"] = middle(runs, "shown_s")
    return figures


def _heated(_address: str, folder: Path | None) -> None:
    """Wait until every page's kernel stands ready: heated one by one, see HEAT_EVERY."""
    time.sleep(8 if folder else 14 + 2 * len(_apps()))


def _apps() -> list[str]:
    return sorted(file.stem for file in resources.shipped("notebooks/apps").glob("*.ipynb"))


def against_streamlit(chromium: Any, visits: int, times: int) -> dict[str, Any] | None:
    """Measure our first page and Streamlit's in turns, and a counter's click in both; None without Streamlit."""
    python = streamlit.program()
    if python is None:
        return None
    ours, theirs, counter = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        file = streamlit.content(Path(folder) / "content.json", "sample")
        with (
            streamlit.running(python, free_port(), file) as other,
            serving("sample", preheat=True) as own,
            serving("", folder=PAGES, preheat=True) as small,
        ):
            _heated(own, None)
            for _ in range(visits):
                for address, ready, clicked, kept in (
                    (f"{own}/start", READY["start"], ("", "", 0), ours),
                    (f"{other}/", streamlit.READY, (streamlit.CLICK, streamlit.CHANGE, times), theirs),
                    (f"{small}/start", COUNTER, (COUNTER, COUNTER, times), counter),
                ):
                    context = chromium.new_context()
                    kept.append(visit(context, address, ready, *clicked))
                    context.close()
                time.sleep(REFILL)
    return {
        "ours_s": middle(ours, "shown_s"), "streamlit_s": middle(theirs, "shown_s"),
        "ours_click_ms": middle(counter, "click_ms"), "streamlit_click_ms": middle(theirs, "click_ms"),
        "ours_mb": middle(ours, "bytes_mb"), "streamlit_mb": middle(theirs, "bytes_mb"),
    }  # fmt: skip


def many(people: int, clicks: int) -> dict[str, Any]:
    """Measure many people judging in one project at once, each with a page and kernel of their own."""
    from workbench.home import sample_project

    with tempfile.TemporaryDirectory() as home:
        os.environ["WORKBENCH_HOME"], before = home, os.environ.get("WORKBENCH_HOME")
        try:
            sample_project().close()
            with serving("sample", preheat=False, people=people + 5) as address:
                start = time.perf_counter()
                everybody = asyncio.run(crowds.crowd(address, people, clicks, "ec-p"))
                took = sorted(second for person in everybody for second in person.clicks)
                own = [private_mb(person.kernel) for person in everybody if person.kernel in kernels()]
        finally:
            os.environ.pop("WORKBENCH_HOME") if before is None else os.environ.update(WORKBENCH_HOME=before)
    errors = [error for person in everybody for error in person.errors]
    print("\n".join(sorted(set(errors))), end="\n" if errors else "", file=sys.stderr)
    return {
        "people": people, "clicks": len(took), "errors": len(errors),
        "click_median_s": round(statistics.median(took), 3) if took else None,
        "click_p95_s": round(took[int(0.95 * (len(took) - 1))], 3) if took else None,
        "click_max_s": round(took[-1], 3) if took else None,
        "session_mb": round(statistics.median(own), 1) if own else None,
        "all_s": round(time.perf_counter() - start, 1),
    }  # fmt: skip


def _missed(part: str, figures: dict[str, Any], targets: dict[str, float]) -> list[str]:
    return [f"{part}.{key}" for key, most in targets.items() if figures.get(key) is not None and figures[key] > most]


def _parts() -> dict[str, Any]:
    """Return the benchmarks of single pages that lie beside this file, by name."""
    names = [file.stem.removeprefix("_apps_") for file in sorted(HERE.glob("_apps_*.py"))]
    return {
        name: importlib.import_module(f"_apps_{name}")
        for name in names
        if name not in ("people", "streamlit", "visits")
    }


def main() -> int:
    """Measure, print tables and the closing line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--part", action="append", help="pages, streamlit, people or one of _apps_*.py; default: all")
    options.add_argument("--page", action="append", help="a shipped app, e.g. compare; may be given again")
    options.add_argument("--project", default="sample")
    options.add_argument("--ready", default="", help="CSS selector of the first useful screen")
    options.add_argument("--click", default="", help="CSS selector of what is clicked")
    options.add_argument("--change", default="", help="CSS selector of what then changes")
    options.add_argument("--people", default=40, type=int)
    options.add_argument("--quick", action="store_true", help="one visit of the small page, under 45 s")
    chosen = options.parse_args()
    if browser.find() is None:
        print(browser.ADVICE, file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    further = _parts()
    wanted = chosen.part or (["pages"] if chosen.quick or chosen.page else ["pages", "streamlit", "people", *further])
    visits, times = (1, 15) if chosen.quick else (5, 25)
    load = [round(value, 1) for value in os.getloadavg()] if hasattr(os, "getloadavg") else []
    results: dict[str, dict[str, Any]] = {}
    missed: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.FLAGS)
        if "pages" in wanted:
            if not chosen.page:
                counter = dict.fromkeys(("ready", "click", "change"), COUNTER)
                results["widget"] = measure(chromium, "start", PAGES, "", counter, visits, times)
            for name in chosen.page or ([] if chosen.quick else _apps()):
                how = {
                    "ready": chosen.ready or READY.get(name, DRAWN),
                    "click": chosen.click,
                    "change": chosen.change or chosen.click,
                }
                results[name] = measure(chromium, name, None, chosen.project, how, visits, times)
            missed += [miss for name, figures in results.items() for miss in _missed(name, figures, TARGETS)]
            print(f"{'':<14}" + "".join(f"{name:>14}" for name in results))
            for key in next(iter(results.values())):
                shown = ("-" if result[key] is None else result[key] for result in results.values())
                print(f"{key:<14}" + "".join(f"{value:>14}" for value in shown))
        if "streamlit" in wanted:
            compared = against_streamlit(chromium, visits, times)
            if compared is None:
                print(
                    "Streamlit is not there: not compared. Name a Python that has it with STREAMLIT.", file=sys.stderr
                )
            else:
                results["streamlit"] = compared
                missed += [
                    f"streamlit.{key}"
                    for key in ("s", "click_ms")
                    if compared[f"ours_{key}"] > compared[f"streamlit_{key}"]
                ]
        for name, module in further.items():
            if name in wanted:
                results[name] = module.measure(chromium)
                missed += [f"{name}.{key}" for key in module.missed(results[name])]
        chromium.close()
    if "people" in wanted:
        results["people"] = many(chosen.people, 10)
        missed += _missed("people", results["people"], PEOPLE_TARGETS)
    for name in ("streamlit", "people", *further):
        if name in results:
            print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in results[name].items()))
    targets = {**TARGETS, **PEOPLE_TARGETS}
    after = [round(value, 1) for value in os.getloadavg()] if hasattr(os, "getloadavg") else []
    closing = {"bench": "apps", "figures": results, "targets": targets, "missed": missed}
    print(json.dumps({**closing, "load": {"before": load, "after": after, "cores": os.cpu_count()}}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
