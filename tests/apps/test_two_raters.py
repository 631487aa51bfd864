"""Two browsers judge the same card: blind first, then each sees what the other said, and what was settled."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

import workbench as wb
from serving import serving
from workbench import model

SECONDS = 30_000
PLAN = """# National plan (illustrative text)

## Goal 1. Reception
Local governments shall open reception centres for returning migrants in every province.

## Goal 2. Schools
Local governments shall enrol the children of migrants in school without delay.
"""
TOWN = """# Town plan (illustrative text)

## Article 1. Centre
The town opens a reception centre for returning migrants and pays two counsellors.
"""


@pytest.fixture(scope="module", params=["file", pytest.param("server", marks=pytest.mark.database)])
def shared(request, tmp_path_factory):
    """Serve a project, in a file and on a database server; return the address and what opens the project."""
    home = tmp_path_factory.mktemp("raters")
    url = f"sqlite:///{home / 'plan.pcw'}"
    if request.param == "server":
        url = request.getfixturevalue("server").new_database("two_raters")
    with wb.Project.create(url, name="plan") as project:
        project.add_territory(model.Territory("xx", "Nation", "XX", "national"))
        project.add_territory(model.Territory("xx-town", "Town", "XX", "local", parent="xx"))
        for name, text, place in (("nation", PLAN, "xx"), ("town", TOWN, "xx-town")):
            (home / f"{name}.md").write_text(text, "utf-8")
            wb.add(project, home / f"{name}.md", territory=place, kind="plan", language="en")
        wb.suggest(project, "xx-town")
        address = project.address
    with serving(address, WORKBENCH_HOME=str(home)) as served:
        yield served, address


def rater(chromium, address: str, name: str):
    """Open the compare app in a browser of its own, under a name."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    # The name given on the first page is kept by the browser.
    context.add_init_script(f"localStorage.setItem('workbench.rater', {json.dumps(name)})")
    page = context.new_page()
    page.goto(f"{address}/compare?territory=xx-town")
    page.locator("#wb-uptake-2").wait_for(timeout=SECONDS)
    return page


def test_the_other_verdict_is_seen_only_after_ones_own_and_the_settled_one_beside_it(chromium, shared):
    served, address = shared
    ana, ben = rater(chromium, served, "Ana"), rater(chromium, served, "Ben <b>")
    ana.locator("#wb-uptake-2").click()
    expect(ana.locator("#wb-uptake-2")).to_have_attribute("aria-pressed", "true")
    expect(ana.get_by_text("Saved.").first).to_be_visible()
    ben.reload()
    ben.locator("#wb-uptake-0").wait_for(timeout=SECONDS)
    expect(ben.locator(".wb-others")).to_have_count(0)
    ben.locator("#wb-uptake-0").click()
    expect(ben.locator(".wb-others li")).to_have_count(1)
    expect(ben.locator(".wb-others")).to_contain_text("Ana:")
    ana.locator("#wb-next").click()
    ana.reload()
    ana.locator("#wb-filter").select_option("all", timeout=SECONDS)
    ana.locator(".wb-pane").first.get_by_role("button", name="Reception").first.click()
    expect(ana.locator(".wb-others")).to_contain_text("Ben <b>:")
    with wb.Project.open(address) as project:
        assert set(project.verdicts()["rater"]) == {"Ana", "Ben <b>"}
        card = project.verdicts()["card_id"][0]
        project.adjudicate(card, rater="Ada", uptake=1, conflict=0, reason="One centre, not in every province.")
    ana.reload()
    ana.locator("#wb-filter").select_option("all", timeout=SECONDS)
    ana.locator(".wb-pane").first.get_by_role("button", name="Reception").first.click()
    expect(ana.locator(".wb-others")).to_contain_text("Settled by Ada")
    ana.context.close()
    ben.context.close()
