"""What is wrong with a country is said and counted on the command line, and the rest is right."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys

import pytest

from countries import bad_country
from workbench import portfolio


@pytest.fixture
def workbench(tmp_path):
    """Run `workbench portfolio` in a folder of its own."""

    def command(*arguments: object) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "workbench.cli", "portfolio", *map(str, arguments)]
        environment = {**os.environ, "WORKBENCH_LANGUAGE": "en"}
        return subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return command


def test_bad_input_is_said_counted_and_listed_and_the_rest_is_right(workbench, tmp_path):
    place = bad_country(tmp_path)
    asked = (place / "towns", place / "national", "-o", "out", "--territories", place / "territories.csv")
    done = workbench("run", *asked, "--language", "en", "--workers", 1, "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["documents"] == 11
    assert told["problems"] == 4
    assert not told["is_complete"]  # a partition is missing
    assert "4 problems" in done.stderr
    listed = list(csv.DictReader(workbench("show", "out", "--table", "problems").stdout.splitlines()))
    wrong = {row["key"]: row for row in listed}
    assert set(wrong) == {"portfolio.twice", "portfolio.unknown_territory", "portfolio.partition", "read.damaged"}
    assert wrong["portfolio.unknown_territory"]["source"] == "nowhere/plan.md"
    assert wrong["portfolio.partition"]["source"] == "rows.parquet"
    assert wrong["read.damaged"]["territory_id"] == "brisa"
    assert all(row["what"] and row["todo"] for row in listed)
    shown = {row["territory_id"]: row for row in csv.DictReader(workbench("show", "out").stdout.splitlines())}
    assert len(shown) == 12
    assert shown["alba"]["name"] == "Alba"
    assert (shown["lomas"]["provisions"], shown["lomas"]["A"]) == ("0", "")
    # What could be read is as if nothing had been wrong.
    (place / "towns" / "rows.parquet").unlink()
    (place / "towns" / "brisa" / "broken.pdf").unlink()
    mended = workbench("run", *asked, "--language", "en", "--workers", 1)
    assert "Territories without text: 1." in mended.stderr
    good = portfolio.Manifest.open(tmp_path / "out").estimates().set_index("territory_id")
    assert {name: str(round(value, 4)) for name, value in good["A"].dropna().items()} == {
        name: str(round(float(row["A"]), 4)) for name, row in shown.items() if row["A"]
    }


def test_a_sample_goes_out_as_a_spreadsheet_and_corrects_what_the_page_shows(workbench, country, tmp_path):
    titled = country / "towns" / "alto" / "plan.md"
    titled.write_text(titled.read_text("utf-8").replace("Centre", "=HYPERLINK"), "utf-8")
    asked = (country / "towns", country / "national", "-o", "out", "--territories", country / "territories.csv")
    assert workbench("run", *asked, "--language", "en", "--workers", 1).returncode == 0
    planned = workbench("sample", "out", "--within", 0.2)
    assert planned.stdout.splitlines()[0] == "stratum,part,size,probability,drawn"
    assert "± 20 points (90 % interval)" in planned.stderr
    assert workbench("sample", "out", "--within", 0.2, "-o", "cards.csv").returncode == 0
    unjudged = workbench("sample", "out", "--judged", "cards.csv")
    assert unjudged.returncode != 0
    assert "No card of this sample is judged yet" in unjudged.stderr
    rows = list(csv.reader((tmp_path / "cards.csv").read_text("utf-8-sig").splitlines()))
    for row in rows[1:]:
        row[7] = "2" if row[6] else "0"
    with (tmp_path / "judged.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    told = workbench("sample", "out", "--judged", "judged.csv")
    assert f"by {len(rows) - 1} cards judged" in told.stdout
    assert "north: " in told.stdout
    kept = portfolio.kept_correction(portfolio.Manifest.open(tmp_path / "out"))
    assert kept is not None
    assert kept.judged == len(rows) - 1
    # Another person's sheet adds to what was said; a sheet is never written over; results go where they are wanted.
    first = tmp_path / "first.csv"
    with first.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *([*row[:7], "0", ""] for row in rows[1:3])])
    added = workbench("sample", "out", "--judged", "first.csv", "-o", "estimates.csv")
    assert f"by {len(rows) - 1} cards judged" in added.stdout
    assert f"Together with {len(rows) - 1} judgements given before" in added.stderr
    assert (tmp_path / "estimates.csv").read_bytes().startswith(b"\xef\xbb\xbfterritory_id,name")
    alone = workbench("sample", "out", "--judged", "first.csv", "--anew")
    assert "by 2 cards judged" in alone.stdout
    assert f"nobody has judged yet: {len(rows) - 3}" in alone.stderr
    again = workbench("sample", "out", "-o", "judged.csv")
    assert "is there already" in again.stderr
    assert "corrected by 2 cards" in workbench("show", "out").stderr
    # Another document: the sheet still tells of the country as it was, and corrects nothing of today.
    (country / "towns" / "este" / "more.md").write_text("# More\n\nThe town helps migrants to learn.\n", "utf-8")
    assert workbench("run", *asked, "--language", "en", "--workers", 1).returncode == 0
    old = workbench("sample", "out", "--judged", "judged.csv")
    assert f"by {len(rows) - 1} cards judged" in old.stdout
    assert "have changed since this sample was drawn" in old.stderr
    assert portfolio.kept_correction(portfolio.Manifest.open(tmp_path / "out")) is None
    clusters = workbench("clusters", "out").stdout
    assert "'=HYPERLINK" in clusters
    assert ",=" not in clusters
