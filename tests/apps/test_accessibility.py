"""Every app page, whatever pages there are: the rules of axe-core in each language, and no sideways scrolling."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accessible import AXE, RUN, WIDER
from quiet import Quiet
from workbench import messages, resources

pytestmark = pytest.mark.browser
PAGES = sorted(notebook.stem for notebook in resources.shipped("notebooks/apps").glob("*.ipynb"))
# A phone, and a screen of 1280 pixels enlarged to 200 %.
WIDTHS = (360, 640)


def test_there_are_pages_to_look_at():
    assert {"start", "documents", "compare", "panel", "scorecard"} <= set(PAGES)


# What a reader of paper cannot use: buttons (names of provisions apart), fields for files and searches, the steps.
CONTROLS = """
() => [...document.querySelectorAll(
  "button:not(.wb-title, .wb-link), .wb-button, [type=file], [type=search], nav, .wb-toast")]
  .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 120))
"""
# Of buttons in the reader's own colours, those whose letters have the colour of their ground.
UNSEEN = """
() => [...document.querySelectorAll(".wb-button, [aria-pressed=true], [aria-current]")]
  .filter((one) => one.checkVisibility() && getComputedStyle(one).color === getComputedStyle(one).backgroundColor)
  .map((one) => one.outerHTML.slice(0, 120))
"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_in_every_language_and_never_scrolls_sideways(page, apps, name):
    quiet = Quiet(page)
    page.goto(f"{apps}/{name}?territory=ph-naga-city")
    expect(page.locator("main.is-ready")).to_be_visible(timeout=60_000)
    quiet.wait()
    expect(page.locator("main").locator("h1, h2").first).to_be_visible()
    page.evaluate(AXE)
    found, scrolled = {}, {}
    for language in messages.LANGUAGES:
        page.locator("#wb-language").select_option(language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        quiet.wait()
        found[language] = page.evaluate(RUN)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                scrolled[language, width] = page.evaluate(WIDER)
        page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(media="print")
    assert page.evaluate(CONTROLS) == []
    page.emulate_media(media="screen", forced_colors="active")
    assert page.evaluate(UNSEEN) == []
    page.emulate_media(forced_colors="none")
    assert found == {language: [] for language in messages.LANGUAGES}
    assert scrolled == {}
    if name == PAGES[0]:
        _assert_a_phone_has_all_behind_one_line(page)
        _assert_the_rules_bite(page)
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()
    # Charts of the apps are drawn by their own scripts: none brings Vega, with every chart or at all.
    assert [url for url in page.watched.requests if "vega" in url.lower()] == []


def _assert_a_phone_has_all_behind_one_line(page) -> None:
    """Fail when the header is tall on a phone, or when its menu lacks something of the wide one."""
    ids = "() => [...document.querySelectorAll('header.wb-steps [id]')].map((one) => one.id).sort()"
    wide = set(page.evaluate(ids))
    page.set_viewport_size({"width": 360, "height": 740})
    line = page.locator("#wb-steps-here")
    assert page.locator("header.wb-steps").bounding_box()["height"] <= 160
    line.focus()
    page.keyboard.press("Enter")
    for one in ("language", "territory", "glossary-open", "contrast", *(f"to-{name}" for name in PAGES)):
        expect(page.locator(f"#wb-{one}")).to_be_visible()
    assert wide - set(page.evaluate(ids)) == set()
    assert page.evaluate(RUN) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 800})


def _assert_the_rules_bite(page) -> None:
    """Fail when a button without a name, pale words and a wide line would have gone unseen."""
    page.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML("beforeend",
        `<button></button><p style="color: #aaa; background: #fff; width: 2000px">pale and wide</p>`)"""
    )
    kinds = {violation.split(":")[0] for violation in page.evaluate(RUN)}
    assert {"button-name", "color-contrast"} <= kinds
    assert page.evaluate("document.documentElement.scrollWidth > innerWidth")
