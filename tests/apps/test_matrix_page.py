"""The matrix page: by sector, and the grid of pairs by keyboard, filter, file and language; blind for who may judge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

import workbench as wb
from serving import serving

pytestmark = pytest.mark.browser
SECONDS = 60_000
PLACE = "ph-naga-city"
RATER = "rater-local"


@pytest.fixture(scope="module")
def home(tmp_path_factory, with_sample):
    return with_sample(tmp_path_factory.mktemp("matrix"))


@pytest.fixture(scope="module")
def apps(home):
    with serving("sample", WORKBENCH_HOME=str(home)) as address:
        yield address


def test_a_territory_is_read_by_sector_and_by_pair(page, apps, home, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    with wb.open_project("sample") as project:
        pairs = wb.matrix(project, PLACE, rater=RATER)
        nation = project.provisions(territory_id=wb.counterpart(project, PLACE)).set_index("id")
        across = list(project.provisions(territory_id=PLACE)["id"])
        hidden = wb.matrix(project, PLACE, rater="guest")
    page.goto(f"{apps}/matrix?territory={PLACE}")
    table, grid, said = page.locator("#wb-sectors"), page.locator("#wb-lattice"), page.locator("#wb-said")
    health = table.locator("tbody tr").nth(1)
    # A guest has judged nothing: nothing that others said is shown, and it is not shown as 0.
    expect(health).to_contain_text("Health", timeout=SECONDS)
    expect(health.locator("td").nth(2)).to_have_text("not known")
    expect(page.get_by_role("note")).to_contain_text("only where you have said something")
    assert set(hidden["state"]) == {"suggested"}
    page.locator("#wb-matrix-show").select_option("judged")
    expect(page.locator(".wb-matrix .wb-empty")).to_be_visible()
    expect(grid).to_be_hidden()

    # One of the panel sees what the panel said.
    page.add_init_script(f"localStorage.setItem('workbench.rater', {json.dumps(RATER)})")
    page.reload()
    expect(health.locator("td").nth(2)).to_have_text("0\u00a0%", timeout=SECONDS)
    expect(grid).to_have_attribute("aria-colcount", str(len(across) + 1))
    assert grid.get_by_role("gridcell").count() < 500 < len(across) * 31  # only what is near is in the page
    grid.focus()
    page.keyboard.press("Control+End")
    last = grid.get_attribute("aria-activedescendant")
    assert last.endswith(f"-{len(across) - 1}")
    expect(page.locator(f"#{last}")).to_be_in_viewport()
    page.keyboard.press("Control+Home")
    expect(grid).to_have_attribute("aria-activedescendant", "wb-cell-0-0")

    # Judged only: each sign and each sentence is that of the table.
    page.locator("#wb-matrix-show").select_option("judged")
    judged = pairs[pairs["state"] != "suggested"]
    expect(page.locator("#wb-count")).to_contain_text(
        f"{judged['national_id'].nunique()} national × {judged['local_id'].nunique()} local"
    )
    one = pairs[pairs["relation"].fillna(0) > 0].iloc[0]
    rows = [name for name in nation.index if name in set(judged["national_id"])]
    columns = [name for name in across if name in set(judged["local_id"])]
    row, column = rows.index(one["national_id"]), columns.index(one["local_id"])
    grid.focus()
    for _ in range(row):
        page.keyboard.press("ArrowDown")
    for _ in range(column):
        page.keyboard.press("ArrowRight")
    cell = page.locator(f"#wb-cell-{row}-{column}")
    expect(cell).to_have_text(f"+{one['relation']}")
    expect(cell).to_have_class("wb-cell wb-judged wb-here")
    expect(said).to_contain_text(nation.loc[one["national_id"], "heading"])
    expect(said).to_contain_text(f"judged +{one['relation']}")
    with page.expect_download() as saved:
        page.locator("#wb-matrix-csv").click()
    lines = Path(saved.value.path()).read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(judged)
    assert lines[0] == "national_id,national,local_id,local,state,relation,uptake,conflict,raters,score"
    page.locator("#wb-matrix-show").select_option("conflicts")
    against = (pairs["relation"].fillna(0) < 0) | (pairs["conflict"].fillna(0) > 0)
    if against.any():
        expect(grid.locator(".wb-against").first).to_be_visible()

    # Another language without loading again; a phone; then both texts.
    page.locator("#wb-matrix-show").select_option("judged")
    page.locator("#wb-language").select_option("es")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sectores y pares de un vistazo")
    expect(page.locator("#wb-matrix-show")).to_have_value("judged")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    grid.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?**")
    assert f"territory={PLACE}" in page.url
    assert {"provision=", "with="} <= {part.split("=")[0] + "=" for part in page.url.split("?")[1].split("&")}
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()
