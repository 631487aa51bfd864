"""The questionnaire goes out as a sheet and comes back answered; a bad row is named and nothing is half saved."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import workbench as wb
from towns import town
from workbench import model
from workbench.asking.wording import SHEET
from workbench.errors import UsageError

LAW = """# Migration Act (illustrative)

## Article 1. Plans
Municipalities shall describe migration in their development plans.
"""
PLAN = """# Plan of the town for migrants (illustrative)

## Article 1. =HYPERLINK("http://x")
The budget of the town allocates 5,000 euros a year to the welcome of migrants.
"""
ANA = {"territory": "xx-town", "respondent": "Ana"}


@pytest.fixture
def project(tmp_path: Path):
    with town(tmp_path, LAW, PLAN) as opened:
        yield opened


def table(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    return [["" if cell is None else str(cell) for cell in row] for row in load_workbook(path).worksheets[0].values]


def fill(path: Path, changes: dict[str, dict[str, object]]) -> None:
    """Fill cells in, by item and the plain name of the column, as a person would."""
    found = table(path)
    places = {row[0]: number for number, row in enumerate(found)}
    names = SHEET
    if path.suffix == ".csv":
        for item, values in changes.items():
            for name, value in values.items():
                found[places[item]][names.index(name)] = str(value)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(found)
        return
    book = load_workbook(path)
    for item, values in changes.items():
        for name, value in values.items():
            book.worksheets[0].cell(places[item] + 1, names.index(name) + 1).value = value
    book.save(path)


def test_a_filled_in_sheet_becomes_answers_and_the_same_sheet_again_changes_nothing(project, tmp_path, ending):
    path = wb.write_questionnaire(project, tmp_path / f"q.{ending}", **ANA, form="short", language="es")
    assert len(table(path)) == 23
    fill(path, {
        "B1": {"practice": 2}, "B3": {"practice": "NA", "paper": "?"},
        "C4": {"paper": 3, "practice": "1", "note": "=line 12 of the budget", "reason": "-late"},
    })  # fmt: skip
    report = wb.read_questionnaire(project, path, **ANA).set_index("item")
    assert report["status"].value_counts().to_dict() == {"saved": 3, "empty": 19}
    found = {(row.item, row.basis): row for row in model.rows(project.answers("xx-town"))}
    assert {key: (row.state, row.level) for key, row in found.items()} == {
        ("B1", "practice"): ("level", 2), ("B3", "practice"): ("not_applicable", pd.NA),
        ("B3", "paper"): ("do_not_know", pd.NA), ("C4", "paper"): ("level", 3), ("C4", "practice"): ("level", 1),
    }  # fmt: skip
    assert found["C4", "paper"].note == "=line 12 of the budget"
    assert found["C4", "paper"].reason == "-late"
    assert not found["C4", "paper"].lacks_evidence
    again = wb.write_questionnaire(project, tmp_path / f"again.{ending}", **ANA, form="short")
    assert set(wb.read_questionnaire(project, again, **ANA)["status"]) == {"unchanged", "empty"}
    assert len(project.answers(latest=False)) == 5


def test_what_documents_suggest_stands_beside_the_item_with_its_sentence_and_counts_for_nothing(project, tmp_path):
    path = wb.write_questionnaire(project, tmp_path / "q.xlsx", **ANA)
    rows = {row[0]: dict(zip(SHEET, row, strict=True)) for row in table(path)}
    assert rows["C4"]["suggestion"].startswith("3: «The budget of the town allocates 5,000 euros a year")
    assert rows["F7"]["suggestion"].startswith("2: «Municipalities shall describe migration")
    assert rows["C8"]["suggestion"] == ""
    assert project.answers().empty
    assert set(wb.read_questionnaire(project, path, **ANA)["status"]) == {"empty"}
    assert project.answers().empty


def test_each_side_gets_its_own_items_in_its_language_and_a_sheet_is_read_in_any(project, tmp_path, ending):
    who = {"territory": "xx-town", "respondent": "Ruth", "side": "national"}
    path = wb.write_questionnaire(project, tmp_path / f"q.{ending}", **who, language="fr")
    found = table(path)
    assert [row[0] for row in found[1:]] == wb.questionnaire(side="national")["item"].tolist()
    assert found[0][1] == "question"
    assert found[0][9].startswith("sur le papier")
    fill(path, {"D1": {"practice": 4, "link": "https://example.org"}, "O1": {"reason": "Répondre aux courriers."}})
    report = wb.read_questionnaire(project, path, **who, language="it")
    assert report.query("status == 'saved'")["item"].tolist() == ["D1", "O1"]
    assert project.answers()["state"].tolist() == ["level", "words"]


def test_what_is_asked_is_locked_levels_drop_down_and_no_cell_is_a_formula(project, tmp_path):
    project.answer("C4", territory="xx-town", respondent="Ana", side="local", level=1, reason="=1+1")
    path = wb.write_questionnaire(project, tmp_path / "q.xlsx", **ANA)
    sheet = load_workbook(path).worksheets[0]
    assert sheet.protection.sheet
    open_columns = [name for place, name in enumerate(SHEET, 1) if not sheet.cell(2, place).protection.locked]
    assert open_columns == ["paper", "practice", "document", "provision", "page", "link", "note", "reason"]
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert set(rules.values()) == {'"0,1,2,3,4,NA,?"'}
    assert len(rules) == 2
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    text = wb.write_questionnaire(project, tmp_path / "q.csv", **ANA)
    assert not [cell for row in table(text) for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"practice": 5}, "0 1 2 3 4"),
        ({"practice": "yes"}, "0 1 2 3 4"),
        ({"note": "only a note"}, "level"),
        ({"practice": 3, "document": "none"}, "none"),
        ({"practice": 3, "provision": "none#1"}, "none#1"),
        ({"practice": 3, "page": "two"}, "two"),
        ({"practice": 3, "link": "javascript:alert(1)"}, "http"),
        ({"practice": 3, "practice_version": "new"}, "version"),
        ({"practice": 3, "territory": "xx"}, "xx"),
        ({"practice": 3, "item": "Z9"}, "Z9"),
        ({"practice": 3, "item": "B1"}, "twice"),
    ],
)
def test_one_bad_row_is_named_and_nothing_is_saved(project, tmp_path, ending, row, says):
    path = wb.write_questionnaire(project, tmp_path / f"q.{ending}", **ANA)
    fill(path, {"B1": {"practice": 1}, "C4": row})
    spoilt = table(path)[wb.questionnaire(side="local")["item"].tolist().index("C4") + 1]
    report = wb.read_questionnaire(project, path, **ANA)
    refused = report.query("status == 'refused'")
    assert refused["row"].tolist() == [table(path).index(spoilt) + 1]
    assert says in refused["reason"].iloc[0]
    assert report.query("item == 'B1' and status == 'waiting'").shape[0] == 1
    assert project.answers().empty


def test_what_was_changed_in_the_meantime_stays_and_is_reported_with_the_rest_saved(project, tmp_path, ending):
    path = wb.write_questionnaire(project, tmp_path / f"q.{ending}", **ANA)
    fill(path, {"B1": {"practice": 1}, "B2": {"practice": 2}})
    project.answer("B1", territory="xx-town", respondent="Ana", side="local", level=0)
    report = wb.read_questionnaire(project, path, **ANA).set_index("item")
    assert (report.loc["B1", "status"], report.loc["B2", "status"]) == ("conflict", "saved")
    assert project.answers().set_index("item")["level"].to_dict() == {"B1": 0, "B2": 2}


def test_a_sheet_of_another_version_of_the_questionnaire_or_of_other_columns_is_refused_in_words(project, tmp_path):
    path = wb.write_questionnaire(project, tmp_path / "q.csv", **ANA)
    fill(path, {"B1": {"questionnaire": "0+abc", "practice": 2}})
    with pytest.raises(UsageError) as refused:
        wb.read_questionnaire(project, path, **ANA)
    assert "0+abc" in str(refused.value)
    (tmp_path / "no.csv").write_text("a,b\n1,2\n")
    for name in ("no.csv", "none.xlsx"):
        with pytest.raises(UsageError):
            wb.read_questionnaire(project, tmp_path / name, **ANA)
    with pytest.raises(UsageError):
        wb.write_questionnaire(project, tmp_path / "q.ods", **ANA)
    with pytest.raises(UsageError):
        wb.write_questionnaire(project, tmp_path / "q.csv", territory="yy", respondent="Ana")
    assert project.answers().empty
