"""Measures reports and the published site: time, memory, size, what the browser asks for, what other programs open.

    python tests/bench/reports.py [--quick]

A project of 500 provisions for the reports and of 1,000 for the site (made-up texts, three raters, every card judged).
LibreOffice converts document and spreadsheet to PDF where it is installed. The last line is JSON.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import browser
import workbench as wb
from report_projects import DAY, make_project

TARGETS = {
    **{f"{kind}_{ending}_seconds": 10.0 for kind in ("short", "full", "annex") for ending in ("html", "docx", "pdf")},
    "xlsx_seconds": 10.0,
    "zip_seconds": 10.0,
    "site_requests_outside": 0,
    "site_filter_seconds": 0.3,
    "axe_serious": 0,
}


def reports(folder: Path, provisions: int, figures: dict[str, float]) -> None:
    """Write every report once, each on its own project just opened."""
    with make_project(folder, provisions, judged=10_000) as project:
        figures["provisions"] = len(project.provisions())
        wb.report(project, folder / "warm.html", at=DAY)
        for kind in ("short", "full", "annex"):
            for ending in ("html", "docx", "pdf"):
                told: list[int] = []
                begun = time.perf_counter()
                path = wb.report(
                    project,
                    folder / f"{kind}.{ending}",
                    kind=kind,
                    at=DAY,
                    progress=lambda done, _, told=told: told.append(done),
                )
                figures[f"{kind}_{ending}_seconds"] = time.perf_counter() - begun
                figures[f"{kind}_{ending}_kb"] = path.stat().st_size / 1000
                assert told == list(range(1, len(told) + 1))
        for ending in ("xlsx", "zip"):
            begun = time.perf_counter()
            path = wb.report(project, folder / f"full.{ending}", kind="full", at=DAY)
            figures[f"{ending}_seconds"] = time.perf_counter() - begun
            figures[f"{ending}_kb"] = path.stat().st_size / 1000


def office(folder: Path, figures: dict[str, float]) -> None:
    """Let LibreOffice convert what it should open."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    for ending in ("docx", "xlsx"):
        out = folder / f"office-{ending}"
        subprocess.run(
            [*command, "--outdir", out, folder / f"full.{ending}"], check=True, capture_output=True, timeout=600
        )
        figures[f"libreoffice_{ending}_kb"] = (out / "full.pdf").stat().st_size / 1000


def site(folder: Path, provisions: int, figures: dict[str, float]) -> None:
    """Publish a site, open it as a file and use its filters."""
    folder.mkdir()
    with make_project(folder, provisions, judged=10_000) as project:
        begun = time.perf_counter()
        first = wb.publish(project, folder / "site", at=DAY)
        figures["site_publish_seconds"] = time.perf_counter() - begun
    figures["site_page_kb"] = first.stat().st_size / 1000
    path = browser.find()
    if path is None:
        return
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=browser.FLAGS)
        page = started.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        begun = time.perf_counter()
        page.goto(f"{first.as_uri()}#view=texts")
        page.locator("article").first.wait_for()
        figures["site_open_seconds"] = time.perf_counter() - begun
        figures["site_provisions_found"] = int(page.get_by_role("status").inner_text().split()[-1])
        begun = time.perf_counter()
        page.get_by_label("Words in the text").fill("district 17")
        page.get_by_text("district 17").first.wait_for()
        figures["site_filter_seconds"] = time.perf_counter() - begun
        serious = 0
        for view in ("overview", "territory", "together", "texts"):
            page.goto(f"{first.as_uri()}#view={view}")
            page.locator("nav [aria-current]").wait_for()
            found = Axe().run(page).response["violations"]
            serious += sum(one["impact"] in ("serious", "critical") for one in found)
        figures["axe_serious"] = serious
        figures["site_requests_outside"] = sum(not address.startswith("file:") for address in asked)
        started.close()


def main(arguments: Sequence[str]) -> None:
    """Measure, print the table and end with one line of JSON."""
    quick = "--quick" in arguments
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports(folder, 100 if quick else 500, figures)
        if not quick:
            office(folder, figures)
        site(folder / "site", 200 if quick else 1000, figures)
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    figures = {name: round(value, 3) for name, value in figures.items()}
    print(f"{'measure':28} {'found':>10} {'target':>8}")
    for name, value in figures.items():
        print(f"{name:28} {value:>10} {TARGETS.get(name, ''):>8}")
    missed = [name for name, most in TARGETS.items() if figures.get(name, 0) > most]
    print(json.dumps({"bench": "reports", "figures": figures, "targets": TARGETS, "missed": missed}))


if __name__ == "__main__":
    main(sys.argv[1:])
