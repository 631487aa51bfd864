"""Two long documents read side by side: virtual lists, ways to a place, ribbons, pairs by key, links, places beside."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import workbench as wb
from long_documents import make_project
from serving import serving
from workbench import model

pytestmark = pytest.mark.browser
SECONDS = 30_000
PROVISIONS = 120
PORT = """# Port plan (illustrative text)

## Article 1. \u0627\u0633\u062a\u0642\u0628\u0627\u0644
\u062a\u0641\u062a\u062d \u0627\u0644\u0628\u0644\u062f\u064a\u0629 \u0645\u0643\u062a\u0628\u0627.
"""
NATIONAL, LOCAL = '.wb-pane[data-side="national"]', '.wb-pane[data-side="local"]'


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """Serve a nation and a town with a long document each, and a port; return address, project file and ids."""
    home = tmp_path_factory.mktemp("long")
    file = make_project(home, PROVISIONS)
    with wb.Project.open(file) as project:
        project.add_territory(model.Territory("xx-port", "Port", "XX", "local", parent="xx"))
        (home / "port.md").write_text(PORT, "utf-8")
        port = wb.read(home / "port.md", language="ar")
        found = wb.segment(port)
        project.add_document(port, found, model.CODINGS.empty(), territory_id="xx-port", kind="plan")
        nation = project.provisions(territory_id="xx")["id"].tolist()
        town = project.provisions(territory_id="xx-town")["id"].tolist()
        card = {"id": f"c:{nation[0]}@xx-port", "commitment_id": f"c:{nation[0]}", "territory_id": "xx-port",
                "kind": "card", "candidates": (found.provisions["id"].iloc[0],)}  # fmt: skip
        project.save_cards(model.CARDS.frame([card]))
    with serving(str(file), WORKBENCH_HOME=str(home)) as address:
        yield address, file, nation, town


def visit(page, long, more: str = "") -> None:
    """Open the compare app and wait for the matches of what is chosen."""
    page.goto(f"{long[0]}/compare?territory=xx-town{more}")
    expect(page.locator(".wb-match .wb-text").first).to_be_visible(timeout=SECONDS)


def unfold(page, *names: str) -> None:
    """Show the tools of a side, or the filters above both ("above"), that are folded away until they are asked for."""
    for name in names:
        page.locator(f"#wb-fold-{name}[aria-expanded=false]").click()
        expect(page.locator(f"#wb-fold-{name}")).to_have_attribute("aria-expanded", "true")


def rows(page, pane: str):
    """Return the rows of a pane's list that are in the page."""
    return page.locator(f"{pane} .wb-scroller:not(.wb-scroller-matches) > .wb-list > li")


TOP_ROW = """(scroller) => { const top = scroller.getBoundingClientRect().top + 2;
  const all = [...scroller.querySelectorAll("li.wb-item")];
  const row = all.find((one) => one.getBoundingClientRect().bottom > top);
  return row ? Number(row.getAttribute("aria-posinset")) : 0; }"""


def first_in_sight(page, pane: str) -> int:
    """Return the place in the list of the row at the top of a pane."""
    return page.locator(f"{pane} .wb-scroller").first.evaluate(TOP_ROW)


def wait_until_level(page) -> None:
    """Wait until both panes, scrolled down, show the same row at the top, a row more or less."""
    for _ in range(400):
        left, right = first_in_sight(page, NATIONAL), first_in_sight(page, LOCAL)
        if left > 1 and abs(left - right) <= 1:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"national row {left}, local row {right}")


def test_only_rows_near_those_in_sight_are_in_the_page_and_keys_reach_every_one(page, long):
    visit(page, long)
    page.locator("#wb-filter").select_option("all")
    expect(rows(page, NATIONAL).first).to_have_attribute("aria-setsize", str(PROVISIONS))
    assert rows(page, NATIONAL).count() < 40
    page.locator(f"{NATIONAL} .wb-chosen .wb-title").focus()
    focused = page.locator(f"{NATIONAL} li:has(> .wb-title:focus)")
    for key, place in (("End", PROVISIONS), ("ArrowUp", PROVISIONS - 1), ("Home", 1), ("ArrowDown", 2)):
        page.keyboard.press(key)
        expect(focused).to_have_attribute("aria-posinset", str(place))
        expect(focused).to_be_in_viewport()
    assert rows(page, NATIONAL).count() < 40
    page.keyboard.press("Enter")
    expect(page.locator(f"{NATIONAL} .wb-chosen .wb-number")).to_have_text("2")
    # Places are found by article, by part, and by words; texts come only now.
    unfold(page, "national", "above")
    page.locator("#wb-go-national").fill("art. 77")
    page.keyboard.press("Enter")
    expect(focused.locator(".wb-number")).to_have_text("77")
    part = page.locator("#wb-contents-national option", has_text="Title 6.")
    page.locator("#wb-contents-national").select_option(value=part.get_attribute("value"))
    expect(rows(page, NATIONAL).filter(has=page.get_by_text("101", exact=True))).to_be_in_viewport()
    page.locator("#wb-go-national").fill("nonsense")
    page.keyboard.press("Enter")
    expect(page.locator(f"{NATIONAL} .wb-go-said")).to_contain_text("nonsense")
    page.locator("#wb-search-national").fill("art. 33")
    expect(page.locator(f"{NATIONAL} .wb-go-said")).to_have_text(f"Found in 1 of {PROVISIONS} provisions")
    page.locator("#wb-search-national").fill("")
    expect(page.locator(f"{NATIONAL} .wb-go-said")).to_be_empty()
    # The matter shows a third of both sides.
    page.locator("#wb-sector").select_option("health")
    page.get_by_role("button", name="Whole document").click()
    for pane in (NATIONAL, LOCAL):
        size = int(rows(page, pane).first.get_attribute("aria-setsize") or 0)
        assert PROVISIONS // 3 <= size <= PROVISIONS // 3 + 1  # and the chosen one
    page.watched.assert_quiet()


def test_words_searched_for_are_marked_and_the_address_keeps_filters_and_searches(page, long):
    def lists() -> list[str]:
        kept = ("#wb-filter", "#wb-sector", "#wb-search-national", "#wb-search-local")
        return [page.locator(one).input_value() for one in kept]

    def size(pane: str) -> str:
        return str(rows(page, pane).first.get_attribute("aria-setsize"))

    visit(page, long)
    unfold(page, "above", "national")
    page.locator("#wb-filter").select_option("all")
    page.locator("#wb-sector").select_option("housing")
    page.get_by_role("button", name="Whole document").click()
    page.locator("#wb-search-national").fill("REG\u00cdSTER desk")
    found = page.locator(f"{NATIONAL} .wb-go-said")
    expect(found).to_contain_text("Found in")
    # Marked without accents or case: in the line under a name, and in the text once it is open; on the other side too.
    line = rows(page, NATIONAL).locator(".wb-found-line").first
    expect(line.locator("mark.wb-hit").first).to_have_text(re.compile("^(register|desk)$"))
    hit = rows(page, NATIONAL).filter(has=page.locator(".wb-found-line")).first.locator(".wb-title")
    number = hit.locator(".wb-number").inner_text()
    hit.click()
    opened = page.locator(f"{NATIONAL} .wb-chosen .wb-text mark.wb-hit")
    expect(opened.filter(has_text="desk").first).to_be_visible()
    assert {text.lower() for text in opened.all_inner_texts()} == {"register", "desk"}
    page.get_by_role("button", name="Whole document").click()
    unfold(page, "local")
    page.locator("#wb-search-local").fill("diplomas")
    expect(page.locator(f"{LOCAL} mark.wb-hit").first).to_have_text("diplomas")
    expect(page.locator(f"{LOCAL} .wb-go-said")).to_contain_text("Found in")
    kept, sizes = lists(), (size(NATIONAL), size(LOCAL))
    assert kept == ["all", "housing", "REG\u00cdSTER desk", "diplomas"]
    # Reload, or a link sent to somebody else, and the way back and forward.
    page.reload()
    expect(page.locator(f"{LOCAL} mark.wb-hit").first).to_have_text("diplomas", timeout=SECONDS)
    expect(found).to_contain_text("Found in")
    assert (lists(), (size(NATIONAL), size(LOCAL))) == (kept, sizes)
    expect(page.locator(f"{NATIONAL} .wb-chosen .wb-number")).to_have_text(number)
    page.go_back()
    expect(page.locator("#wb-search-local")).to_have_value("")
    page.go_back()  # before the whole document was shown again
    page.go_back()  # before the search
    expect(page.locator("#wb-search-national")).to_have_value("")
    expect(page.locator("#wb-sector")).to_have_value("housing")
    page.go_forward()
    expect(found).to_contain_text("Found in")
    # What an address asks for wrongly is passed over.
    visit(page, long, "&show=nonsense&sector=%3Cb%3E&find=art.%2011&documents=no&beside=no&tab=x")
    expect(found).to_contain_text("Found in 1 of")
    assert lists()[:2] == ["calls", ""]
    expect(page.locator("mark.wb-hit")).to_have_count(0)  # a citation is a place, not words
    page.watched.assert_quiet()


def test_ribbons_join_the_chosen_provision_with_its_matches_and_pairs_are_rated_by_key(page, long):
    _, file, nation, town = long
    visit(page, long, f"&provision={town[10].replace('#', '%23')}")
    chips = page.locator(".wb-between-chip")
    expect(chips).to_have_count(5)
    assert [text.split()[-1] for text in chips.locator(".wb-likeness").all_text_contents()] == [
        "80",
        "65",
        "50",
        "35",
        "20",
    ]
    widths = page.locator(".wb-ribbon").evaluate_all(
        "(all) => all.map((one) => Number(one.getAttribute('stroke-width')))"
    )
    assert max(widths) == 10.0
    assert widths[0] == 10.0
    assert page.locator(".wb-ribbons").get_attribute("aria-hidden") == "true"
    page.locator(f"{LOCAL} .wb-chosen .wb-title").focus()
    page.keyboard.press("m")
    expect(chips.nth(1)).to_have_attribute("aria-current", "true")
    for key in "++-":
        page.keyboard.press(key)
    expect(chips.nth(1).locator(".wb-said")).to_have_text("+1")
    page.keyboard.press("m")
    page.keyboard.press("-")
    expect(chips.nth(2).locator(".wb-said")).to_have_text("−1")
    expect(page.locator(".wb-compare")).to_have_attribute("data-unsaved", "0")
    with wb.Project.open(file) as project:
        said = project.judgements().set_index("national_id")
        assert said.loc[nation[11], "relation"] == 1
        assert (said.loc[nation[12], "relation"], said.loc[nation[12], "relation_type"]) == (-1, "limits")
    # What works against each other is found by the filter, on both sides.
    page.locator("#wb-filter").select_option("conflict")
    expect(rows(page, LOCAL)).to_have_count(1)
    assert "with=" in page.url


def test_an_address_opens_any_pair_and_the_button_copies_it(page, long):
    address, _, nation, town = long
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    far, chosen = town[90].replace("#", "%23"), nation[0].replace("#", "%23")
    visit(page, long, f"&provision={chosen}&with={far}")
    expect(page.locator(".wb-match")).to_have_count(4)  # three candidates, and the one asked for
    linked = page.locator(".wb-match.wb-current")
    expect(linked).to_contain_text("chosen by you")
    expect(linked).to_be_in_viewport()
    linked.get_by_role("button", name="Copy the link to this pair").click()
    expect(linked.get_by_text("The link is copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}/compare?territory=xx-town&provision={quoted(nation[0])}&with={quoted(town[90])}"
    linked.get_by_role("button", name="+3").click()
    expect(page.locator(".wb-between-chip[aria-current] .wb-said")).to_have_text("+3")


def quoted(name: str) -> str:
    """Return an id as it stands in an address."""
    return name.replace("#", "%23").replace("/", "%2F")


def test_documents_of_one_structure_scroll_together_until_it_is_switched_off(page, long):
    visit(page, long)
    page.locator("#wb-filter").select_option("all")
    page.get_by_role("button", name="Whole document").click()
    expect(rows(page, LOCAL).first).to_be_visible()
    unfold(page, "above")
    together = page.locator("#wb-together")
    expect(together).not_to_be_checked()  # numbered alike, but with other headings
    together.check()
    page.locator(f"{NATIONAL} .wb-scroller").first.evaluate("(one) => { one.scrollTop = 3000; }")
    wait_until_level(page)
    together.uncheck()
    before = first_in_sight(page, LOCAL)
    page.locator(f"{NATIONAL} .wb-scroller").first.evaluate("(one) => { one.scrollTop = 0; }")
    expect(rows(page, NATIONAL).first).to_have_attribute("aria-posinset", "1")
    assert first_in_sight(page, LOCAL) == before


def test_another_place_is_read_beside_blind_and_its_arabic_runs_from_the_right(page, long):
    _, file, nation, _ = long
    with wb.Project.open(file) as project:
        project.judge_card(f"c:{nation[0]}@xx-port", rater="Olga", uptake=3, conflict=0)
    visit(page, long, f"&provision={nation[0].replace('#', '%23')}")
    unfold(page, "above")
    page.locator("#wb-beside summary").click()
    page.locator("#wb-beside-0").check()
    place = page.locator(".wb-place-beside")
    expect(place).to_contain_text("Port")
    assert "fully" not in place.inner_text()  # what Olga said of the port stays hidden
    place.locator("summary").click()
    text = place.locator(".wb-text")
    expect(text).to_contain_text("\u0627\u0644\u0628\u0644\u062f\u064a\u0629")
    assert text.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    place.get_by_role("link", name="Judge it for this place").click()
    expect(page.locator(f"{NATIONAL} .wb-chosen .wb-number")).to_have_text("1", timeout=SECONDS)
    expect(page.locator("#wb-territory")).to_have_value("xx-port")


def test_on_a_phone_one_side_is_shown_and_the_switch_shows_the_other(page, long):
    page.set_viewport_size({"width": 360, "height": 740})
    visit_small = f"{long[0]}/compare?territory=xx-town"
    page.goto(visit_small)
    expect(page.locator(f"{NATIONAL} .wb-chosen")).to_be_visible(timeout=SECONDS)
    expect(page.locator(LOCAL)).to_be_hidden()
    page.locator(".wb-between-chip").first.click()
    expect(page.locator(".wb-match.wb-current")).to_be_in_viewport()
    expect(page.locator(NATIONAL)).to_be_hidden()
    page.locator("#wb-switch-national").click()
    expect(page.locator(NATIONAL)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
