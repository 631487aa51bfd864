"""The main job on two real laws, from files to score, in a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

import workbench as wb
from serving import serving

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "md"
NATIONAL, LOCAL = SHARED / "es_lo_4-2000_extranjeria.md", SHARED / "es-ct_ley_10-2010_acogida.md"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not NATIONAL.is_file(), reason="the real laws in ../shared are not at hand"),
]
SECONDS = 60_000


def test_two_real_laws_are_added_compared_judged_and_scored(page, tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    wb.new_named("pair").close()
    with serving(str(tmp_path / "projects" / "pair.sqlite"), language="es", WORKBENCH_HOME=str(tmp_path)) as address:
        add_documents(page, address)
        judged = judge_six(page, address)
        printed = json.loads(workbench("score", "pair", "--territory", "es-cataluna", "--json", home=tmp_path))
        page.goto(f"{address}/scorecard")
        expect(page.locator(".wb-big")).to_contain_text(f"{printed['index']:.1f}".replace(".", ","), timeout=SECONDS)
        low, high = (f"{value:.1f}".replace(".", ",") for value in printed["interval"])
        expect(page.locator(".wb-facts")).to_contain_text(f"{low} – {high}")
        expect(page.locator(".wb-facts")).to_contain_text(f"{printed['coverage'] * 100:.0f} %")
    assert printed["status"] == "tentative"  # one rater
    uptake = next(row for row in printed["indicators"] if row["id"] == "A1")
    assert len(judged) == 6
    assert 0.35 < uptake["coverage"] < 0.6  # six of about fourteen
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def add_documents(page, address: str) -> None:
    """Add both territories and both laws as an official would."""
    page.goto(f"{address}/documents")
    for name, level, file, count in (("España", "national", NATIONAL, "117"), ("Cataluña", "regional", LOCAL, "45")):
        expect(page.locator("#wb-country")).to_be_attached(timeout=SECONDS)
        if not page.locator("#wb-country").is_visible():
            page.locator("summary.wb-more").click()
        page.locator("#wb-name").fill(name)
        page.locator("#wb-country").fill("ES")
        page.locator("#wb-level").select_option(level)
        page.get_by_role("button", name="Añadir territorio").click()
        expect(page.locator("#wb-whose option", has_text=name)).to_be_attached(timeout=SECONDS)
        page.locator("#wb-whose").select_option(label=f"{name} ({'nacional' if level == 'national' else 'regional'})")
        page.locator("#wb-files").set_input_files(str(file))
        expect(page.get_by_text(f"Disposiciones encontradas: {count}.")).to_be_visible(timeout=SECONDS)


def judge_six(page, address: str) -> set[str]:
    """Judge six commitments by key, taking the first candidate as carrier where there is one."""
    page.goto(f"{address}/compare")
    expect(page.locator(".wb-chosen")).to_be_visible(timeout=SECONDS)
    numbers = page.locator(".wb-list .wb-item .wb-number").all_text_contents()
    assert {"9", "12"} <= set(numbers)  # education and health ask for local action
    judged = set()
    for uptake in (2, 1, 2, 0, 3, 1):
        number = page.locator(".wb-chosen > .wb-title .wb-number").text_content() or ""
        judged.add(number)
        page.locator(f"#wb-uptake-{uptake}").click()
        expect(page.locator(f"#wb-uptake-{uptake}")).to_have_attribute("aria-pressed", "true")
        if uptake and page.locator(".wb-check input").count():
            page.locator(".wb-check input").first.check()
        page.locator("#wb-next").click()
        expect(page.locator(".wb-chosen > .wb-title .wb-number")).not_to_have_text(number)
    expect(page.locator("#wb-done")).to_contain_text("6 de")
    return judged


def workbench(*arguments: str, home: Path) -> str:
    """Run the command line on the same projects."""
    environment = {**os.environ, "WORKBENCH_HOME": str(home)}
    command = [sys.executable, "-m", "workbench.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
