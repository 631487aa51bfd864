"""The page of a whole country: thousands of territories on a map and in a ranking, down to the sentence."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from serving import serving

pytestmark = pytest.mark.browser
SECONDS = 60_000
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
from _country_page import write_run  # noqa: E402


@pytest.fixture
def address(tmp_path):
    """Serve the pages beside a made-up country of 1,200 territories."""
    write_run(tmp_path, 1200)
    with serving("sample", country=tmp_path) as at:
        yield at


def test_a_country_is_mapped_ranked_weighed_and_opened_down_to_the_sentence(page, address):
    maps = []
    page.on("response", lambda answer: maps.append(answer) if "/country/" in answer.url else None)
    page.goto(f"{address}/portfolio")
    expect(page.locator(".wb-map path[data-id]")).to_have_count(1200, timeout=SECONDS)
    assert len(maps) == 1
    assert "immutable" in maps[0].headers["cache-control"]
    # Only what can be seen is in the page, and its place among all is told.
    rows = page.locator(".wb-ranks-body .wb-rank")
    assert rows.count() < 60
    expect(page.locator(".wb-ranks-scroll")).to_have_attribute("aria-rowcount", "1201")
    expect(page.get_by_text("Nobody has judged them")).to_be_visible()
    expect(page.locator(".wb-map path.wb-band-none").first).to_be_attached()  # territories without text are hatched
    # A weight moved by keyboard alone changes numbers and map.
    page.locator("#wb-weight-A").focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#wb-weight-told-A")).to_have_text("0.00")
    # (1/3) / (1/3 + 1/3 + 1 + 1/2): C2 is full, C3, E1 and F1 are 0; those who share it share their rank.
    for place in (0, 1):
        expect(rows.nth(place).get_by_role("cell").nth(2)).to_have_text("15.4 (15.4–15.4)")
    expect(rows.nth(1).get_by_role("cell").first).to_have_text(re.compile(r"^=1 \(1–\d+\)$"))
    # Find one, open it, read the sentence behind a number.
    page.locator("#wb-portfolio-find").fill("Town 77")
    expect(page.locator(".wb-ranks").get_by_role("status")).to_contain_text("11 of 1200")
    page.get_by_role("button", name="Town 77", exact=True).click()
    expect(page.locator("#wb-portfolio-detail")).to_have_text("Town 77")
    expect(page.locator(".wb-map path.wb-marked")).to_have_attribute("data-id", "t00077")
    one = page.locator(".wb-detail .wb-indicator").first
    one.locator("summary").click()
    expect(one).to_contain_text("Plan (illustrative) · Article 1 · p. 1")
    assert "territory=t00077" in page.url
    # In another language without loading again; the choice stays.
    page.locator("#wb-language").select_option("fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tous les territoires d'un pays")
    expect(page.locator("#wb-portfolio-detail")).to_have_text("Town 77")
    with page.expect_download() as saved:
        page.locator("#wb-portfolio-csv").click()
    lines = Path(saved.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0] == "territory_id,name,region,score,low,high,rank,rank_low,rank_high"
    assert len(lines) == 1 + 11  # what is seen, by the words searched for
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()
