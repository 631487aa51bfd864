"""The matrix page: by sector, and the grid of pairs by keyboard, filter, file and language; blind for who may judge."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

import workbench as wb
from widgets.matrix import MatrixView

pytestmark = pytest.mark.browser
SECONDS = 60_000
PLACE = "ph-naga-city"
RATER = "rater-local"


def test_a_territory_is_read_by_sector_and_by_pair(page, apps):
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
    page.locator("#wb-sectors-show").select_option("scores")
    whole = page.locator("#wb-scores .wb-whole td").first
    expect(whole).to_have_text("fewer than five judged", timeout=SECONDS)

    # One of the panel sees what the panel said.
    page.add_init_script(f"localStorage.setItem('workbench.rater', {json.dumps(RATER)})")
    page.reload()
    expect(whole).to_contain_text("A1", timeout=SECONDS)  # the address keeps that scores are shown
    with wb.open_project("sample") as project:
        scores = wb.sector_scores(project, PLACE, rater=RATER)
    told = scores[scores["sector"] == "employment"].set_index("dimension")
    cells = page.locator("#wb-scores tbody tr").nth(3).locator("td")
    expect(cells.nth(0)).to_have_text("fewer than five judged")
    expect(cells.nth(1)).to_contain_text(f"{told.loc['C', 'score']:.0f}C1")
    expect(page.locator("#wb-apart")).to_contain_text("B. Competences, D. ")
    page.locator("#wb-sectors-show").select_option("counts")
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


# A grid of the widget alone, as large as two long laws: no server, no kernel, no message.
ALONE = """async ({ code, size, each }) => {
  const name = (place) => (place === 7 ? '=HYPERLINK("x";"y")' : `Article, ${place}`);
  const side = (document) => [...Array(size).keys()].map((place) => (
    { id: `${document}#${place}`, number: String(place), name: name(place), document, language: "en", sectors: [] }));
  const cells = [];
  for (let row = size - 1; row >= 0; row--) {
    for (let one = 0; one < each; one++) {
      cells.push([row, (row * 7 + one) % size, "suggested", null, null, null, null, 0.25]);
    }
  }
  cells.push([0, size - 1, "judged", -2, null, null, 3, null]);
  const state = { labels: {}, sectors: [], scores: {}, names: {}, national: side("=law"), local: side("plan"), cells,
    value: {}, blind: "", is_ready: true };
  window.sent = [];
  const model = { get: (key) => state[key], set: (key, value) => { state[key] = value; }, save_changes: () => {},
    on: () => {}, send: (...message) => window.sent.push(message) };
  const view = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  view.default.render({ model, el: document.body });
}"""


def test_a_matrix_of_two_thousand_by_two_thousand_is_saved_from_the_page_itself_without_formulas(page):
    size, each = 2000, 10
    page.set_content("<!DOCTYPE html><title>grid</title>")
    page.add_style_tag(content=MatrixView._css)
    page.evaluate(ALONE, {"code": MatrixView._esm, "size": size, "each": each})
    assert page.locator("#wb-lattice").get_by_role("gridcell").count() < 500
    with page.expect_download() as saved:
        page.locator("#wb-matrix-csv").click()
    table = pd.read_csv(saved.value.path(), encoding="utf-8-sig", dtype={"score": float})
    assert len(table) == size * each + 1
    assert page.evaluate("window.sent") == []
    # Row by row, column by column; the one judged pair stands last in the first row, its number as it is.
    places = table[["national_id", "local_id"]].map(lambda name: int(name.split("#")[1]))
    assert places.sort_values(["national_id", "local_id"]).index.tolist() == table.index.tolist()
    judged = table.iloc[each]
    assert (judged["local_id"], judged["relation"], judged["raters"]) == ("plan#1999", -2, 3)
    assert table["relation"].notna().sum() == 1  # what nobody said is empty, not 0
    texts = table[["national_id", "national", "local_id", "local", "state"]].to_numpy().ravel()
    assert [text for text in texts if text.startswith(("=", "+", "-", "@"))] == []
    assert set(table.loc[places["national_id"] == 7, "national"]) == {'7 =HYPERLINK("x";"y")'}
    assert set(table["national_id"].str[:5]) == {"'=law"}
