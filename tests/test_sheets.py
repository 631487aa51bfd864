"""Cards go out as a spreadsheet and come back judged; a bad row is named and nothing is half saved."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import workbench as wb
from towns import town
from workbench import model
from workbench.errors import UsageError

LAW = """# Migration Act (illustrative)

## Article 1. Health
Local governments shall give migrants access to clinics.

## Article 2. Schools
Local governments shall enrol every child of migrants in school.
"""
PLAN = """# Plan of the town (illustrative)

## Article 1. =HYPERLINK("http://x")
The town opens its clinics to migrants.

## Article 2. Pupils
The town enrols every child of migrants in school.
"""


@pytest.fixture
def project(tmp_path: Path):
    """Return a project with two cards."""
    with town(tmp_path, LAW, PLAN) as opened:
        wb.suggest(opened, "xx-town")
        yield opened


def fill(path: Path, changes: dict[int, dict[str, object]]) -> None:
    """Fill cells in, by the row of the sheet and the name of the column, as a person would."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.reader(file))
        for row, values in changes.items():
            for name, value in values.items():
                table[row - 1][table[0].index(name)] = str(value)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(table)
        return
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heading = [cell.value for cell in sheet[1]]
    for row, values in changes.items():
        for name, value in values.items():
            sheet.cell(row, heading.index(name) + 1).value = value
    book.save(path)


def card_of(project: wb.Project, heading: str) -> str:
    texts = project.provisions(territory_id="xx").set_index("heading")["id"]
    return f"c:{texts[heading]}@xx-town"


def test_a_filled_in_sheet_becomes_verdicts_and_the_same_sheet_again_changes_nothing(project, tmp_path, ending):
    path = wb.write_sheet(project, tmp_path / f"cards.{ending}", rater="Ana", territory="xx-town")
    fill(path, {2: {"uptake": 2, "conflict": 0, "carried_by": "a, B", "reason": "=clinics"}, 3: {"uptake": "?"}})
    assert wb.read_sheet(project, path, rater="Ana")["status"].tolist() == ["saved", "saved"]
    found = project.verdicts().set_index("card_id")
    health = found.loc[card_of(project, "Health")]
    candidates = project.cards("xx-town").set_index("id").loc[card_of(project, "Health"), "candidates"]
    assert (health["uptake"], health["conflict"], health["reason"]) == (2, 0, "=clinics")
    assert health["carried_by"] == candidates[:2]
    assert pd.isna(found.loc[card_of(project, "Schools"), "uptake"])
    again = wb.write_sheet(project, tmp_path / f"again.{ending}", rater="Ana", territory="xx-town")
    assert wb.read_sheet(project, again, rater="Ana")["status"].tolist() == ["unchanged", "unchanged"]
    assert len(project.verdicts(latest=False)) == 2


def test_ids_and_texts_are_locked_choices_drop_down_and_no_cell_is_a_formula(project, tmp_path):
    path = wb.write_sheet(project, tmp_path / "cards.xlsx", rater="Ana", territory="xx-town")
    sheet = load_workbook(path).worksheets[0]
    heading = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.protection.sheet
    for name, column in heading.items():
        assert sheet.cell(2, column).protection.locked is (
            name not in ("uptake", "conflict", "carried_by", "confidence", "reason")
        )
    assert {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation} == {
        "F2:F3": '"0,1,2,3,?"', "G2:G3": '"0,1,2,3,?"', "I2:I3": '"low,medium,high"',
    }  # fmt: skip
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    text = wb.write_sheet(project, tmp_path / "cards.csv", rater="Ana", territory="xx-town")
    cells = [cell for row in csv.reader(text.read_text("utf-8-sig").splitlines()) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"card_id": "c:other", "uptake": 1}, "no such card"),
        ({"uptake": 4}, "0 1 2 3"),
        ({"uptake": 1, "conflict": "much"}, "0 1 2 3"),
        ({"uptake": 1, "carried_by": "Z"}, "carried_by"),
        ({"uptake": 1, "confidence": "sure"}, "confidence"),
        ({"uptake": 1, "version": "new"}, "version"),
    ],
)
def test_one_bad_row_is_named_and_nothing_is_saved(project, tmp_path, ending, row, says):
    path = wb.write_sheet(project, tmp_path / f"cards.{ending}", rater="Ana", territory="xx-town")
    fill(path, {2: {"uptake": 1, "conflict": 0}, 3: row})
    report = wb.read_sheet(project, path, rater="Ana")
    assert report["row"].tolist() == [2, 3]
    assert report["status"].tolist() == ["waiting", "refused"]
    assert says in report["reason"][1]
    assert project.verdicts().empty


def test_a_card_twice_is_refused(project, tmp_path, ending):
    path = wb.write_sheet(project, tmp_path / f"cards.{ending}", rater="Ana", territory="xx-town")
    fill(path, {2: {"uptake": 1}, 3: {"uptake": 2, "card_id": card_of(project, "Health")}})
    report = wb.read_sheet(project, path, rater="Ana")
    assert "refused" in set(report["status"])
    assert project.verdicts().empty


def test_what_was_changed_in_the_meantime_stays_and_is_reported_with_the_rest_saved(project, tmp_path, ending):
    path = wb.write_sheet(project, tmp_path / f"cards.{ending}", rater="Ana", territory="xx-town")
    fill(path, {2: {"uptake": 1, "conflict": 0}, 3: {"uptake": 3, "conflict": 0}})
    project.judge_card(card_of(project, "Health"), rater="Ana", uptake=0, conflict=2)
    report = wb.read_sheet(project, path, rater="Ana").set_index("card_id")
    assert report.loc[card_of(project, "Health"), "status"] == "conflict"
    assert report.loc[card_of(project, "Schools"), "status"] == "saved"
    found = project.verdicts().set_index("card_id")["uptake"]
    assert (found[card_of(project, "Health")], found[card_of(project, "Schools")]) == (0, 3)


def test_a_queue_decides_which_cards_go_out(project, tmp_path, ending):
    project.assign(wb.judging.assign([card_of(project, "Schools")], ["Ana"]))
    path = wb.write_sheet(project, tmp_path / f"cards.{ending}", rater="Ana", territory="xx-town")
    fill(path, {2: {"uptake": 1, "conflict": 0}})
    assert wb.read_sheet(project, path, rater="Ana")["card_id"].tolist() == [card_of(project, "Schools")]


def test_what_is_no_sheet_of_cards_is_refused_in_words(project, tmp_path):
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "no.csv").write_text("a,b\n1,2\n")
    (tmp_path / "empty.csv").write_text("")
    good = wb.write_sheet(project, tmp_path / "cards.xlsx", rater="Ana", territory="xx-town")
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as after:
        for info in before.infolist():
            data = before.read(info)
            if info.filename.endswith("sheet1.xml"):
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
            after.writestr(info.filename, data)
    for name in ("no.xlsx", "no.csv", "empty.csv", "bomb.xlsx", "none.xlsx", "none.csv"):
        with pytest.raises(UsageError):
            wb.read_sheet(project, tmp_path / name, rater="Ana")
    with pytest.raises(UsageError):
        wb.write_sheet(project, tmp_path / "cards.ods", rater="Ana")
    assert project.verdicts().empty


# Pairs


def pairs_of(report: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(report["local_id"], report["national_id"], strict=True))


def test_filled_in_pairs_become_judgements_and_the_same_sheet_again_changes_nothing(project, tmp_path, ending):
    path = wb.write_pairs(project, tmp_path / f"pairs.{ending}", rater="Ana", territory="xx-town")
    fill(path, {2: {"relation_type": "limits", "relation": -3, "reason": "=no"}})
    fill(path, {3: {"relation_type": "implements", "relation": "+2", "confidence": "high", "evidence": "opens"}})
    report = wb.read_pairs(project, path, rater="Ana")
    assert report["status"].tolist()[:2] == ["saved", "saved"]
    assert set(report["status"][2:]) <= {"empty"}
    found = project.judgements().set_index(["local_id", "national_id"])
    first, second = pairs_of(report)[:2]
    assert found.loc[first, ["relation_type", "relation", "reason"]].tolist() == ["limits", -3, "=no"]
    assert found.loc[second, ["relation", "confidence", "evidence"]].tolist() == [2, "high", "opens"]
    again = wb.write_pairs(project, tmp_path / f"again.{ending}", rater="Ana", territory="xx-town")
    assert wb.read_pairs(project, again, rater="Ana")["status"].tolist()[:2] == ["unchanged", "unchanged"]
    assert len(project.judgements(latest=False)) == 2


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"local_id": "other#1", "relation_type": "cites", "relation": 1}, "no such provision"),
        ({"national_id": "other#1", "relation_type": "cites", "relation": 1}, "no such provision"),
        ({"relation_type": "cites", "relation": 4}, "-3"),
        ({"relation_type": "cites", "relation": -4}, "-3"),
        ({"relation_type": "cites"}, "-3"),
        ({"relation_type": "likes", "relation": 1}, "implements"),
        ({"relation_type": "cites", "relation": 1, "confidence": "sure"}, "medium"),
        ({"relation_type": "cites", "relation": 1, "version": "x"}, "version"),
    ],
)
def test_one_bad_pair_is_named_and_nothing_is_saved(project, tmp_path, ending, row, says):
    path = wb.write_pairs(project, tmp_path / f"pairs.{ending}", rater="Ana", territory="xx-town")
    fill(path, {2: {"relation_type": "cites", "relation": 0}, 3: row})
    report = wb.read_pairs(project, path, rater="Ana")
    assert report["status"].tolist()[:2] == ["waiting", "refused"]
    assert says in report["reason"][1]
    assert project.judgements().empty


def test_a_pair_judged_in_the_meantime_is_reported_and_stays(project, tmp_path, ending):
    path = wb.write_pairs(project, tmp_path / f"pairs.{ending}", rater="Ana", territory="xx-town")
    fill(path, {2: {"relation_type": "cites", "relation": 1}, 3: {"relation_type": "cites", "relation": 1}})
    (local, national) = pairs_of(wb.read_pairs(project, path, rater="Ben"))[0]
    project.judge_pair(local, national, rater="Ana", relation_type="limits", relation=-1)
    report = wb.read_pairs(project, path, rater="Ana")
    assert report["status"].tolist()[:2] == ["conflict", "saved"]
    found = project.judgements()
    assert found[(found["rater"] == "Ana") & (found["local_id"] == local)]["relation"].tolist()[0] == -1


def test_pairs_have_drop_downs_and_locked_ids(project, tmp_path):
    sheet = load_workbook(
        wb.write_pairs(project, tmp_path / "pairs.xlsx", rater="Ana", territory="xx-town")
    ).worksheets[0]
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[2]] == [True] * 5 + [False] * 6
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation][1] == '"-3,-2,-1,0,1,2,3"'
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_codebook_names_every_code_in_four_languages_without_a_formula(tmp_path):
    found = wb.codebook()
    assert list(found.columns) == ["facet", "code", "name_en", "name_es", "name_fr", "name_it", "definition", "source"]
    assert set(found["facet"]) == {*model.FACETS, "relation_type"}
    assert not found.duplicated(["facet", "code"]).any()
    assert (found[["name_en", "name_es", "name_fr", "name_it"]] != "").all(axis=None)
    health = found[(found["facet"] == "sector") & (found["code"] == "health")].iloc[0]
    assert (health["name_en"], health["name_es"]) == ("Health", "Salud")
    goal = found[found["code"] == "gcm:1"].iloc[0]
    assert goal["source"] == "Global Compact for Migration, A/RES/73/195"
    written = pd.read_csv(wb.write_codebook(tmp_path / "codes.csv"), keep_default_na=False)
    assert len(written) == len(found)
    assert not written.map(lambda cell: cell.startswith(("=", "+", "-", "@"))).any(axis=None)
