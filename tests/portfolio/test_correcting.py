"""What people found corrects the country, its regions and every territory; sheets carry the cards out and back."""

from __future__ import annotations

import csv
import dataclasses
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

import workbench as wb
from countries import go
from workbench import portfolio
from workbench.errors import TableError, UsageError

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
from _country_page import write_run


def test_a_part_of_the_country_has_the_share_worked_by_hand():
    strata = pd.DataFrame(
        [("n1", "north", 100, 0.2, 4), ("n2", "north", 300, 0.6, 5), ("s1", "south", 600, 0.5, 5)],
        columns=["stratum", "part", "size", "probability", "drawn"],
    )
    cards = pd.DataFrame(
        [(f"t{n}", "c", stratum) for n, stratum in enumerate(["n1"] * 4 + ["n2"] * 5 + ["s1"] * 5)],
        columns=["territory_id", "commitment_id", "stratum"],
    )
    judged = cards.assign(uptake=[0, 0, 2, 0, 1, 1, 3, 0, 1, 0, 0, 0, 0, None])
    found = portfolio.corrected(portfolio.Plan(cards, strata, 0.05, 0.9), judged)
    # north: .25·.25 + .75·.8 = .6625; south: 0 of 4; whole: .4·.6625
    parts = found.parts.set_index("part")
    assert parts["share"].to_dict() == {"north": pytest.approx(0.6625), "south": 0.0}
    assert parts["judged"].to_dict() == {"north": 9, "south": 4}
    assert parts["before"].to_dict() == {"north": pytest.approx(0.25 * 0.2 + 0.75 * 0.6), "south": pytest.approx(0.5)}
    assert found.share == pytest.approx(0.265)
    # Variance in the north: (1/4)²·.96·.25·.75/3 + (3/4)²·(295/300)·.8·.2/4
    variance = 0.0625 * 0.96 * 0.1875 / 3 + 0.5625 * (295 / 300) * 0.16 / 4
    assert parts.loc["north", "high"] == pytest.approx(0.6625 + 1.6448536 * variance**0.5)
    assert found.strata["share"].tolist() == [0.25, 0.8, 0.0]
    # Missing is missing, however a table says it.
    same = portfolio.corrected(portfolio.Plan(cards, strata, 0.05, 0.9), judged.astype({"uptake": "Int64"}))
    assert (same.share, same.judged) == (found.share, 13)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """A country of 300 territories and 60 commitments whose suggestions promise too much, and what is true of it."""
    folder = tmp_path_factory.mktemp("country")
    write_run(folder, 300)
    run = portfolio.Manifest.open(folder)
    covers = run.covers()
    rng = np.random.default_rng(11)
    true = rng.random(len(covers)) < 0.4 * covers["probability"]
    known = dict(zip(zip(covers["territory_id"], covers["commitment_id"], strict=True), true.astype(int), strict=True))
    return run, known


def judge(plan: portfolio.Plan, known: dict[tuple[str, str], int]) -> pd.DataFrame:
    cards = plan.cards[["territory_id", "commitment_id"]]
    return cards.assign(uptake=[known.get(card, 0) for card in cards.itertuples(index=False, name=None)])


def test_territories_are_corrected_though_few_of_their_cards_were_judged(made_up):
    run, known = made_up
    plan = portfolio.sample(run, within=0.02, by="level", seed=2)
    found = portfolio.corrected_estimates(run, plan, judge(plan, known)).set_index("territory_id")
    before = run.estimates().set_index("territory_id")
    commitments = list(run.commitments()["commitment_id"])  # all of one importance
    true = pd.Series({t: np.mean([known.get((t, c), 0) for c in commitments]) for t in before.index})
    has_text = before["provisions"] > 0
    assert found.loc[~has_text, "A"].isna().all()
    true, found, before = true[has_text], found[has_text], before[has_text]
    covered = (found["A_low"] <= true) & (true <= found["A_high"])
    assert covered.mean() >= 0.87
    assert ((before["A_low"] <= true) & (true <= before["A_high"])).mean() < 0.6
    assert (found["A"] - true).abs().mean() < 0.5 * (before["A"] - true).abs().mean()
    assert found["judged"].sum() == len(plan.cards)
    # With equal weights the territories add up to the country.
    whole = portfolio.corrected(plan, judge(plan, known))
    assert found["A"].mean() == pytest.approx(whole.share, abs=0.005)
    assert found["C2"].equals(before["C2"])


def test_a_correction_is_kept_with_its_run_and_forgotten_when_the_documents_change(made_up, tmp_path):
    run, known = made_up
    assert portfolio.kept_correction(run) is None
    plan = portfolio.sample(run, within=0.05)
    kept = portfolio.keep_corrected(run, plan, judge(plan, known))
    again = portfolio.kept_correction(portfolio.Manifest.open(run.folder))
    assert again is not None
    assert (again.share, again.low, again.high, again.judged) == (kept.share, kept.low, kept.high, len(plan.cards))
    pd.testing.assert_series_equal(again.estimates["A"], kept.estimates["A"])
    assert set(again.parts["part"]) == {f"Region {n}" for n in range(1, 28)}
    changed = dataclasses.replace(run, result_hash="other")
    assert portfolio.kept_correction(changed) is None
    assert len(portfolio.kept_answers(run, plan.id)) == len(plan.cards)
    with pytest.raises(UsageError) as told:
        portfolio.corrected_estimates(changed, plan, judge(plan, known))
    assert told.value.key == "portfolio.plan_old"


def test_the_interval_is_as_narrow_as_was_planned_where_people_find_what_was_suggested(made_up):
    run, _ = made_up
    covers = run.covers()
    rng = np.random.default_rng(5)
    found = rng.random(len(covers)) < covers["probability"]
    cards = zip(covers["territory_id"], covers["commitment_id"], strict=True)
    as_suggested = dict(zip(cards, found.astype(int), strict=True))
    for within in (0.1, 0.05, 0.02):
        plan = portfolio.sample(run, within=within, by="level")
        told = portfolio.corrected(plan, judge(plan, as_suggested))
        assert (told.high - told.low) / 2 <= 1.1 * within
    # A few rows from the top are a sample as well: they stand in no order.
    few = portfolio.corrected(plan, judge(plan, as_suggested).head(len(plan.cards) // 2))
    assert abs(few.share - told.share) < 0.06


def test_another_table_of_territories_makes_another_country_to_draw_from(country):
    run = go(country, "out")
    plan = portfolio.sample(run, within=0.2)
    kept = portfolio.keep_corrected(run, plan, plan.cards.assign(uptake=1))
    table = country / "territories.csv"
    table.write_text(table.read_text("utf-8").replace("Alto", "Alto Nuevo"), "utf-8")
    renamed = go(country, "out")
    again = portfolio.kept_correction(renamed)
    assert again is not None  # a name moves no number
    assert again.estimates["name"].iloc[0] == "Alto Nuevo"
    assert again.estimates["A"].tolist()[:5] == kept.estimates["A"].tolist()[:5]
    table.write_text(table.read_text("utf-8").replace("north", "west"), "utf-8")
    moved = go(country, "out")
    assert portfolio.kept_correction(moved) is None
    with pytest.raises(UsageError) as told:
        portfolio.keep_corrected(moved, plan, plan.cards.assign(uptake=1))
    assert told.value.key == "portfolio.plan_old"


def test_a_country_whose_texts_have_nothing_in_common_has_a_sheet_without_texts_beside(country):
    for path in (country / "towns").rglob("plan.md"):
        path.write_text("# Xxxx\n\nZzzz qqqq wwww kkkk.\n", "utf-8")
    run = go(country, "out")
    path = wb.write_sample(run, portfolio.sample(run, within=0.2), country / "cards.csv")
    assert {row[6] for row in cells(path)[1:]} == {""}
    nobody = run.table("provisions", None, run.parts_of("feria"))
    assert nobody.empty
    assert "text" in nobody.columns


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_sheet_shows_both_texts_and_no_probability_and_comes_back_judged(country, ending):
    plan_path = country / "towns" / "alto" / "plan.md"
    plan_path.write_text(plan_path.read_text("utf-8") + "\n## Article 3. =1+1\n=2+2 reception centres open.\n", "utf-8")
    run = go(country, "out")
    plan = portfolio.sample(run, within=0.2)
    path = country / f"cards.{ending}"
    wb.write_sample(run, plan, path)
    rows = cells(path)
    assert rows[0][3:] == ["territory", "commitment", "national_text", "candidates", "uptake", "reason"]
    assert len(rows) == 1 + len(plan.cards)
    one = next(row for row in rows if row[1] == "centro" and "Reception" in row[4])
    assert "shall open reception centres" in one[5]
    assert one[6].startswith("A) The town shall open a reception centre")
    assert "[Plan of Centro (illustrative text), Article 1" in one[6]
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    nothing, asked = wb.read_sample(run, path)
    assert asked.empty  # nobody has judged yet
    assert nothing.id == plan.id
    with pytest.raises(UsageError) as told:
        portfolio.keep_corrected(run, nothing, asked)
    assert told.value.key == "portfolio.unjudged"
    fill(path, ["2" if number % 2 else "?" for number in range(len(plan.cards))])
    again, judged = wb.read_sample(run, path)
    assert again.id == plan.id
    pd.testing.assert_frame_equal(again.cards, plan.cards, check_dtype=False)
    assert judged["uptake"].fillna(-1).tolist() == [2.0 if number % 2 else -1.0 for number in range(len(plan.cards))]
    assert portfolio.corrected(again, judged).judged == len(plan.cards) // 2


def test_sheets_of_two_people_are_put_together_and_what_they_disagree_on_is_named(country):
    run = go(country, "out")
    plan = portfolio.sample(run, within=0.2)
    count = len(plan.cards)
    for name, said in (("one", ["1", *[""] * (count - 1)]), ("two", ["", *["0"] * (count - 1)])):
        wb.write_sample(run, plan, country / f"{name}.xlsx")
        fill(country / f"{name}.xlsx", said)
    assert len(wb.read_sample(run, country / "one.xlsx", country / "two.xlsx")[1]) == count
    fill(country / "two.xlsx", ["3", *[""] * (count - 1)])
    with pytest.raises(TableError) as told:
        wb.read_sample(run, country / "one.xlsx", country / "two.xlsx")
    assert (told.value.key, told.value.values["count"]) == ("portfolio.two_ways", 1)
    assert "(2)" in told.value.values["cards"]  # its row
    fill(country / "two.xlsx", ["7"])
    with pytest.raises(TableError, match="7"):
        wb.read_sample(run, country / "two.xlsx")
    other = portfolio.sample(run, within=0.3)
    wb.write_sample(run, other, country / "two.xlsx")
    with pytest.raises(UsageError) as told:
        wb.read_sample(run, country / "one.xlsx", country / "two.xlsx")
    assert told.value.key == "portfolio.plans"


@pytest.mark.parametrize("name", ["../../etc/passwd", "0123456789", "", "corrected"])
def test_a_sheet_of_no_plan_of_this_run_is_refused(country, name):
    run = go(country, "out")
    path = wb.write_sample(run, portfolio.sample(run, within=0.2), country / "cards.csv")
    rows = cells(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *([name, *row[1:]] for row in rows[1:])])
    with pytest.raises(UsageError) as told:
        wb.read_sample(run, path)
    assert told.value.key == "portfolio.plan"


def cells(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def fill(path: Path, said: list[str]) -> None:
    """Enter an uptake in each row, as a person would."""
    if path.suffix == ".csv":
        rows = cells(path)
        for row, value in zip(rows[1:], said, strict=False):
            row[7] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return
    book = load_workbook(path)
    for number, value in enumerate(said, 2):
        book.worksheets[0].cell(number, 8).value = value
    book.save(path)
