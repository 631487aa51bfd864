"""The published site in a real browser, opened as a file: no request outside, filters, languages, harmless texts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import workbench as wb
from report_projects import DAY, LONG, NAME, RATERS, REASON, SCRIPT, make_project
from workbench import messages
from workbench.errors import PublishError

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A site of a project whose texts mean harm, and its reports as files."""
    folder = tmp_path_factory.mktemp("site")
    with make_project(folder, 60) as project:
        project.enter("corridor", {"id": "c", "name": SCRIPT, "origin": "xx-t", "strength": "unchecked"})
        project.enter("practice", {"id": "p", "name": SCRIPT, "territory_id": "xx-t", "strength": "unchecked"})
        project.enter("practice_event", {"id": "e", "practice_id": "p", "event": "legislated", "territory_id": "xx",
                                         "what": LONG, "strength": "unchecked"})  # fmt: skip
        project.enter("mechanism", {"id": "m", "name": SCRIPT, "members": ["xx-t", "xx"],
                                    "flows": [["xx-t", "informs", "xx"]], "strength": "unchecked"})  # fmt: skip
        first = wb.publish(project, folder / "out", at=DAY)
        again = wb.publish(project, folder / "again", at=DAY)
        for kind in ("short", "full", "annex"):
            wb.report(project, folder / "out" / f"{kind}.html", kind=kind, at=DAY)
    return first, again


def faults(page):
    """What axe finds on a page that is serious or worse."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")]


def assert_only_files(page):
    asked = page.watched.requests
    assert asked
    assert {address.split(":")[0] for address in asked} == {"file"}


def test_the_site_opens_as_a_file_asks_for_nothing_and_runs_no_word_of_a_document(page, made):
    page.goto(made[0].as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Vertical coherence: harm")
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("img", name=re.compile("^Profile"))).to_be_visible()
    assert faults(page) == []
    page.get_by_text("The figures as a table").first.click()
    expect(page.get_by_role("rowheader", name="A Substantive alignment").first).to_be_visible()
    page.get_by_role("link", name="Side by side").click()
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^Results: \d+$"))
    page.get_by_label("Words in the text").fill("harmed")
    expect(page.locator("article")).to_have_count(2)  # without uptake, and without money
    assert SCRIPT in page.locator("article").first.inner_text()
    page.get_by_label("Words in the text").fill("no such words anywhere")
    expect(page.get_by_role("status")).to_have_text("Nothing fits. Choose less, or other words.")
    page.get_by_label("Words in the text").fill("")
    page.get_by_label("What was found").select_option("in_conflict")
    expect(page.locator("article").first).to_contain_text("conflict 2 of 3")
    assert faults(page) == []
    page.get_by_role("link", name="Dialogue, corridors, practices").click()
    expect(page.get_by_role("img", name=re.compile("^Dialogue between the levels"))).to_contain_text("pays (missing)")
    expect(page.get_by_role("heading", level=3).filter(has_text=SCRIPT)).to_have_count(2)
    expect(page.get_by_text("The project has no territory for the corner “destination (local)”")).to_be_visible()
    page.get_by_text("The figures as a table").first.click()
    expect(page.get_by_role("table", name="Links between the levels").get_by_role("row")).to_have_count(6)
    assert faults(page) == []
    page.get_by_role("link", name="All provisions").click()
    expect(page.get_by_role("status")).to_have_text("Results: 60")
    expect(page.locator("article")).to_have_count(25)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("article")).to_have_count(50)
    for language in messages.LANGUAGES:
        page.locator("#choose-language").select_option(language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("heading", level=2)).to_have_text(messages.text("site.texts", language))
    page.set_viewport_size({"width": 360, "height": 740})
    for view in ("overview", "territory", "together", "beyond", "texts"):
        page.goto(f"{made[0].as_uri()}#view={view}&language=fr")
        expect(page.locator("nav [aria-current]")).to_have_text(messages.text(f"site.{view}", "fr"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, view
    assert faults(page) == []
    expect(page).not_to_have_title("harmed")
    assert_only_files(page)
    page.watched.assert_quiet()


def test_every_kind_of_report_is_accessible_and_fits_a_telephone(page, made):
    for name in ("short", "full", "annex"):
        page.goto(made[0].with_name(f"{name}.html").as_uri())
        expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
        assert faults(page) == [], name
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    page.goto(made[0].as_uri() + "#view=territory&language=it")
    page.get_by_role("link", name=messages.text("site.report", "it")).click()
    expect(page.locator("html")).to_have_attribute("lang", "it")
    expect(page.get_by_role("heading", level=1)).to_have_text(messages.text("reports.title", "it", territory=NAME))
    assert_only_files(page)
    page.watched.assert_quiet()


def test_the_site_names_no_rater_and_is_the_same_every_time(made):
    first, again = ({path.relative_to(one.parent): path.read_bytes() for path in sorted(one.parent.rglob("*.html"))
                     if path.parent.name == "reports" or path.name == "index.html"} for one in made)  # fmt: skip
    assert first == again
    assert len(first) == 5
    held = b"".join(first.values())
    assert [word for word in (*RATERS, REASON) if word.encode() in held] == []


def test_a_page_of_somebody_else_is_never_replaced(tmp_path):
    other = tmp_path / "index.html"
    other.write_text("<h1>Our own page</h1>", "utf-8")
    with wb.Project.create(str(tmp_path / "p.sqlite"), name="p") as project:
        with pytest.raises(PublishError, match="not published from here"):
            wb.publish(project, tmp_path)
        assert other.read_text("utf-8") == "<h1>Our own page</h1>"
        first = wb.publish(project, tmp_path / "new")
        assert messages.text("site.none", "fr") in first.read_text("utf-8")
        with pytest.raises(PublishError, match="stopped"):
            wb.publish(project, tmp_path / "new", cancel=lambda: True)
