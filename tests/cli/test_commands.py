"""The command line as a person or a program uses it: data on stdout, sentences on stderr, honest exit codes."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import messages

NATIONAL = """# Framework law (illustrative text)

Section 1. Purpose. This law governs the inclusion of migrants.

Section 2. Health. Municipalities shall give migrants access to primary health care whatever their papers.

Section 3. Schools. Local governments shall enrol migrant children within ten days and report every year.
"""
LOCAL = """# Town plan (illustrative text)

Section 1. Clinic. The town health office shall treat migrants in its clinic, with a budget of 1,000 a year.

Section 2. School places. The town shall find a school place for each migrant child by 2027.
"""


def program(place: Path):
    """Return a function that runs `workbench` with the folder of projects in `place`."""
    environment = {**os.environ, "WORKBENCH_HOME": str(place / "home"), "WORKBENCH_LANGUAGE": "en"}

    def workbench(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "workbench.cli", *map(str, arguments)]
        return subprocess.run(command, env=environment, cwd=place, capture_output=True, text=True, check=False)

    return workbench


def write_texts(place: Path) -> tuple[Path, Path]:
    national, local = place / "law.md", place / "plan.md"
    national.write_text(NATIONAL, "utf-8")
    local.write_text(LOCAL, "utf-8")
    return national, local


@pytest.fixture
def run(tmp_path):
    """Run `workbench` with a fresh folder of projects."""
    return program(tmp_path)


@pytest.fixture
def texts(tmp_path):
    return write_texts(tmp_path)


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    """A folder of projects with one that the commands made and filled."""
    place = tmp_path_factory.mktemp("mine")
    run, (national, local) = program(place), write_texts(place)
    assert run("new", "mine").returncode == 0
    assert run("add", "mine", national, "--territory", "xx", "--level", "national", "--kind", "law").returncode == 0
    assert run("add", "mine", local, "--territory", "xx-town", "--level", "local", "--kind", "plan").returncode == 0
    return place / "home"


@pytest.fixture
def filled(run, texts, mine, tmp_path):
    """Run `workbench` with a copy of that folder."""
    shutil.copytree(mine, tmp_path / "home")
    return run


def test_a_project_is_made_filled_and_listed(filled):
    rows = json.loads(filled("list", "mine", "--json").stdout)
    assert [(row["territory_id"], row["level"], row["provisions"]) for row in rows] == [
        ("xx", "national", 3),
        ("xx-town", "local", 2),
    ]
    assert json.loads(filled("list", "--json").stdout) == ["sample", "mine"]
    assert filled("check", "mine").returncode == 0


def test_segment_prints_the_documented_form(run, texts):
    data = json.loads(run("segment", texts[0], "--json").stdout)
    assert set(data) == {"document", "provisions", "quality"}
    first = data["provisions"][1]
    own = {"id", "kind", "number", "label", "part", "heading", "text", "pages", "start", "end", "also"}
    assert set(first) == own | {"language", "is_ocr"}
    assert (first["kind"], first["number"], first["heading"]) == ("article", "2", "Health")


def test_align_finds_health_for_health_and_schools_for_schools(run, texts):
    national, local = texts
    rows = json.loads(run("align", local, national, "--top", 1, "--json").stdout)
    found = {row["local_id"].rpartition("#")[2]: row["national_id"].rpartition("#")[2] for row in rows}
    assert {local[-1]: national[-1] for local, national in found.items()} == {"1": "2", "2": "3"}


def test_align_takes_tables_and_writes_one(run, tmp_path):
    one, other = tmp_path / "a.csv", tmp_path / "b.jsonl"
    one.write_text("id,text,language\n1,clinics for migrants,en\n", "utf-8")
    other.write_text('{"id": "x", "text": "health care clinics for every migrant", "language": "en"}\n', "utf-8")
    done = run("align", one, other, "-o", tmp_path / "links.csv")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "links.csv").read_text("utf-8").splitlines()[1].startswith("1,x,1,")


def test_a_table_without_text_is_refused_by_column(run, tmp_path, texts):
    (tmp_path / "a.csv").write_text("id,words\n1,x\n", "utf-8")
    done = run("align", tmp_path / "a.csv", texts[0])
    assert (done.returncode, done.stdout) == (1, "")
    assert "“text” is missing" in done.stderr


def test_a_bad_file_is_named_the_others_go_on_and_the_exit_code_tells(run, tmp_path, texts):
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 no")
    run("new", "mine")
    bad = (tmp_path / "empty.txt", tmp_path / "broken.pdf", tmp_path / "missing.md")
    done = run("add", "mine", *bad, texts[0], "--territory", "xx", "--level", "national")
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["empty.txt", "broken.pdf", "missing.md"]
    assert "Traceback" not in done.stderr
    assert len(json.loads(run("list", "mine", "--json").stdout)) == 1


def test_the_same_file_twice_is_recognised(filled, texts):
    done = filled("add", "mine", texts[0], "--territory", "xx")
    assert done.returncode == 1
    assert "is in the project already" in done.stderr


def test_an_unknown_territory_is_wrong_use_and_names_the_known_ones(filled, texts):
    done = filled("score", "mine", "--territory", "xx-twon")
    assert done.returncode == 2
    assert "xx-town" in done.stderr


def test_a_national_territory_gets_no_score_against_itself(filled):
    done = filled("score", "mine", "--territory", "xx")
    assert done.returncode == 2
    assert "xx-town" in done.stderr


def test_a_territory_cannot_be_its_own_parent(filled, texts):
    done = filled("add", "mine", texts[0], "--territory", "xx-new", "--level", "local", "--parent", "xx-new")
    assert done.returncode == 2
    assert "cannot stand above itself" in done.stderr


def test_a_program_hears_of_a_project_that_cannot_be_opened(run, tmp_path, texts):
    (tmp_path / "foreign.sqlite").write_bytes(b"not a database")
    done = run("add", tmp_path / "foreign.sqlite", texts[0], "--territory", "xx", "--json")
    told = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, told["step"], told["key"]) == (1, "failed", "store.foreign")


def test_a_foreign_file_is_refused_and_left_as_it_was(run, tmp_path):
    foreign = tmp_path / "foreign.sqlite"
    foreign.write_bytes(b"not a database")
    done = run("list", foreign)
    assert (done.returncode, foreign.read_bytes()) == (1, b"not a database")
    assert "not a project of the workbench" in done.stderr


def test_a_project_without_judgements_gives_a_reason_instead_of_a_score(filled):
    data = json.loads(filled("score", "mine", "--json").stdout)
    assert (data["index"], data["interval"], data["reason_key"]) == (None, None, "score.reason.few")
    assert {"index", "interval", "coverage", "agreement", "dimensions", "indicators"} <= set(data)


def test_a_score_is_worked_out_by_the_scheme_that_is_named(filled):
    data = json.loads(filled("score", "mine", "--scheme", "documents-2", "--json").stdout)
    assert data["scheme"] == "documents-2"
    assert {"E2", "F2", "G1"} <= {row["id"] for row in data["indicators"]}
    assert "documents-2" in filled("score", "mine", "--scheme", "documents-9").stderr  # says which ones there are


def test_an_unknown_command_is_wrong_use(run):
    assert run("bogus").returncode == 2


def test_the_installation_is_whole(run):
    done = run("doctor")
    assert done.returncode == 0, done.stderr


def test_messages_come_in_the_language_asked_for(tmp_path):
    environment = {**os.environ, "WORKBENCH_LANGUAGE": "es", "WORKBENCH_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "workbench.cli", "list", "nothing"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "Ese proyecto no existe" in done.stderr


def test_the_questions_are_listed_for_people_and_for_programs(run):
    listed = run("questionnaire", "--form", "short", "--side", "national", "--language", "it")
    assert len(listed.stdout.splitlines()) == 13
    assert listed.stdout.startswith("B1   local/national")
    data = json.loads(run("questionnaire", "--json", "--language", "fr").stdout)
    assert len(data["items"]) == 47
    assert data["items"][0]["sides"] == ["local", "national"]
    assert data["items"][0]["level_4"].endswith(".")
    assert len(data["ladder"]) == 5
    assert data["questionnaire"].startswith("1+")


def test_a_questionnaire_goes_out_and_comes_back_answered(filled, tmp_path):
    sheet, heading = tmp_path / "q.csv", "en la práctica (0-4, NA, ?)"
    who = ("--territory", "xx-town", "--respondent", "Ana")
    assert filled("questionnaire", "mine", sheet, *who, "--form", "short", "--language", "es").returncode == 0

    def answer(row: int, level: str) -> None:
        with sheet.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        rows[row][rows[0].index(heading)] = level
        with sheet.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    answer(1, "2")
    assert "B1,saved" in filled("questionnaire", "mine", sheet, *who, "--read").stdout
    kept = json.loads(filled("questionnaire", "mine", "--json").stdout)["answers"]
    assert [(row["item"], row["level"], row["respondent"]) for row in kept] == [("B1", 2, "Ana")]
    answer(2, "9")
    refused = filled("questionnaire", "mine", sheet, *who, "--read")
    assert "B3,refused" in refused.stdout
    assert refused.returncode == 1
    without = filled("questionnaire", "mine", sheet)
    assert without.returncode == 2
    assert "--territory" in without.stderr


def test_help_and_numbers_come_in_the_language_asked_for(tmp_path, with_sample):
    environment = {**os.environ, "WORKBENCH_LANGUAGE": "fr", "WORKBENCH_HOME": str(with_sample(tmp_path))}
    command = [sys.executable, "-m", "workbench.cli", "score"]
    said = [
        subprocess.run([*command, *more], env=environment, capture_output=True, text=True, check=True).stdout
        for more in (["--help"], ["sample", "--territory", "ph-naga-city"])
    ]
    assert "Calcule la cohérence verticale" in said[0]
    assert "Affiche cette aide" in said[0]
    assert re.search(r"indice de cohérence verticale \d\d,\d sur 100 \(intervalle à 90\N{NO-BREAK SPACE}%", said[1])
    assert re.search(r"(?m)^A +\d\d,\d +\d+\N{NO-BREAK SPACE}% +Alignement de fond$", said[1])


def test_numbers_are_written_as_the_reader_does():
    assert [messages.number(0.714, language, 2) for language in messages.LANGUAGES] == ["0.71", "0,71", "0,71", "0,71"]
    assert messages.percent(0.075, "fr", 1) == "7,5\N{NO-BREAK SPACE}%"


def test_results_are_handed_on_as_report_and_as_site(filled, tmp_path):
    done = filled(
        "report", "mine", "-o", tmp_path / "r.html", "--kind", "full", "--language", "it", "--date", "2026-11-26"
    )
    assert done.stdout.strip() == str(tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert '<html lang="it">' in page
    assert "26 novembre 2026" in page
    done = filled("publish", "mine", "--static", tmp_path / "site", "--language", "es", "--date", "2026-11-26")
    assert done.stdout.strip() == str(tmp_path / "site" / "index.html")
    assert "26 de noviembre de 2026" in (tmp_path / "site" / "index.html").read_text("utf-8")
    refused = filled("report", "mine", "-o", tmp_path / "r.odt")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert ".docx" in refused.stderr


def test_what_changed_is_told_long_work_says_how_far_it_is_and_data_stay_alone(filled, texts, tmp_path):
    rows = json.loads(filled("list", "mine", "--json").stdout)
    document = next(row["id"] for row in rows if row["territory_id"] == "xx-town")
    later = tmp_path / "later.md"
    later.write_text(LOCAL.replace("1,000", "2,000").partition("Section 2")[0] + "Section 3. Desk. A desk.\n", "utf-8")
    assert filled("replace", "mine", document, later).returncode == 0
    told = filled("changes", "mine", document).stdout
    assert re.search(r"Section 1: .*\n.*- 1,000", told)
    assert "+ 2,000" in told
    found = json.loads(filled("changes", "mine", document, "--json").stdout)
    assert sorted(row["change"] for row in found["changes"] if row["change"] != "same") == ["changed", "gone", "new"]
    done = filled("changes", "mine")  # no score was kept
    assert done.returncode == 2
    done = filled("publish", "mine", "--static", tmp_path / "site")
    assert done.stderr.splitlines() == ["1 of 3", "2 of 3", "3 of 3"]
    assert Path(done.stdout.strip()).read_text("utf-8").startswith("<!doctype html>")
