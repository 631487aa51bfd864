"""The compare page on a small desk: both texts and the question in sight at once, tools folded but never silent."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accessible import AXE, RUN
from quiet import Quiet
from workbench import messages

pytestmark = pytest.mark.browser
SECONDS = 60_000
# Whole lines of a text that have room between its first one and what ends it: its scroller, the bar, the window.
ROOM = """(selector) => {
  const text = document.querySelector(selector);
  const ends = [text.closest(".wb-scroller").getBoundingClientRect().bottom, innerHeight];
  const bar = document.querySelector(".wb-judge").getBoundingClientRect();
  const top = text.getBoundingClientRect().top;
  return Math.floor((Math.min(...ends, bar.top) - top) / parseFloat(getComputedStyle(text).lineHeight));
}"""
TOPS = "(all) => [...new Set(all.map((one) => Math.round(one.getBoundingClientRect().top)))]"


def visit(page, apps, more: str = "") -> None:
    """Open the page and wait for both texts."""
    page.goto(f"{apps}/compare?territory=ph-naga-city{more}")
    expect(page.locator(".wb-chosen .wb-text")).to_be_visible(timeout=SECONDS)
    expect(page.locator(".wb-match .wb-text").first).to_be_visible(timeout=SECONDS)
    expect(page.locator("#wb-missing a").first).to_be_visible(timeout=SECONDS)


def test_both_texts_and_the_question_are_in_sight_at_once_in_every_language(page, apps):
    quiet = Quiet(page)
    visit(page, apps)
    for language in messages.LANGUAGES:
        page.locator("#wb-language").select_option(language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        quiet.wait()
        for text in (".wb-chosen .wb-text", ".wb-match .wb-text"):
            assert page.evaluate(ROOM, text) >= 8, (language, text)
        for answer in ("uptake-0", "uptake-3", "conflict-0", "conflict-3"):
            expect(page.locator(f"#wb-{answer}")).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), language
        # The header has one line of steps and one of the pages beside them.
        assert len(page.locator(".wb-steps ol a").evaluate_all(TOPS)) == 1, language
        assert len(page.locator(".wb-steps-beside a").evaluate_all(TOPS)) == 1, language
        assert page.locator(".wb-steps-beside a").count() >= 6
    page.watched.assert_quiet()


def test_tools_are_folded_until_asked_for_and_say_what_they_hold(page, apps):
    visit(page, apps)
    find, above = page.locator("#wb-fold-national"), page.locator("#wb-fold-above")
    for fold, field, name in ((find, "#wb-search-national", "Find in the text"), (above, "#wb-sector", "More filters")):
        expect(page.locator(field)).to_be_hidden()
        expect(fold).to_have_accessible_name(name)
        fold.focus()
        page.keyboard.press("Enter")
        expect(fold).to_have_attribute("aria-expanded", "true")
        expect(fold).to_be_focused()
        shown = page.locator(f"#{fold.get_attribute('aria-controls')}")
        expect(shown.locator(field)).to_be_visible()
    page.locator("#wb-search-national").fill("migrant")
    expect(page.locator("#wb-search-national")).to_be_focused()
    expect(page.locator(".wb-go-said").first).to_contain_text("Found in")
    page.locator("#wb-sector").select_option(index=1)
    chosen = page.locator("#wb-sector option:checked").inner_text()
    page.evaluate(AXE)
    assert page.evaluate(RUN) == []
    # Folded again, the buttons tell what is at work, and the lists stay filtered.
    for fold, told in ((find, "Find in the text: \u201cmigrant\u201d"), (above, f"More filters: {chosen}")):
        fold.click()
        expect(fold).to_have_accessible_name(told)
        expect(fold).to_have_attribute("aria-expanded", "false")
    size = page.locator(".wb-pane[data-side=national] li.wb-item").first.get_attribute("aria-setsize")
    # An address that asks for something shows it where it was asked.
    page.reload()
    expect(page.locator("#wb-search-national")).to_be_visible(timeout=SECONDS)
    expect(page.locator("#wb-sector")).to_be_visible()
    expect(page.locator(".wb-pane[data-side=national] li.wb-item").first).to_have_attribute("aria-setsize", str(size))
    # Beside the matches there are no lists to search, only documents to choose.
    expect(page.locator("#wb-fold-local")).to_have_accessible_name("Documents")
    page.locator("#wb-fold-local").click()
    expect(page.locator("#wb-documents-local")).to_be_visible()
    expect(page.locator("#wb-search-local")).to_be_hidden()
    page.get_by_role("button", name="Whole document").click()
    expect(page.locator("#wb-search-local")).to_be_visible()
    page.locator("#wb-documents-local summary").click()
    page.locator("#wb-documents-local-0").uncheck()
    page.locator("#wb-fold-local").click()
    expect(page.locator("#wb-fold-local")).to_have_accessible_name("Find in the text: Local document: 2 of 3")
    page.watched.assert_quiet()
