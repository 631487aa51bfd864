"""The sample cases: marked on every page, complete, and of one piece with their documents."""

from __future__ import annotations

import importlib.util
import itertools
import re
import sys
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import pandas as pd
import pypdfium2
import pytest

import workbench as wb
from workbench import competences, model
from workbench.model import rows

CASES = wb.shipped("data/cases")
FOLDERS = sorted(path for path in CASES.iterdir() if (path / "documents.csv").is_file())
EACH = pytest.mark.parametrize("case", FOLDERS, ids=lambda path: path.name)
COLUMNS = {
    "territories": list(model.TERRITORIES.columns),
    "documents": ["file", "territory_id", "level", "title", "kind", "language", "adopted", "is_illustrative"],
    "commitments": ["national_file", "number", "part", "modality", "calls_for_local", "importance", "sector"],
    "verdicts": ["national_file", "national_number", "local_territory", "rater", "uptake", "conflict", "carried_by",
                 "confidence", "reason"],
    "judgements": ["local_file", "local_number", "national_file", "national_number", "rater", "relation_type",
                   "relation", "confidence", "reason", "evidence"],
    "answers": ["local_territory", "respondent", "side", "item", "basis", "level", "file", "number", "note", "reason"],
    "facts": ["fact", "source", "strength"],
    "competences": list(competences.COLUMNS),
    "kinds": list(model.TERRITORY_KINDS.columns),
}  # fmt: skip
RATERS = {"rater-local", "rater-national", "rater-third"}
TITLE = re.compile(r"\((illustrative text|texto ilustrativo|testo illustrativo|texte illustratif)\)", re.IGNORECASE)
MARK = re.compile(r"illustrative text|texto ilustrativo|testo illustrativo|texte illustratif", re.IGNORECASE)
SENTENCE = re.compile(rf"({MARK.pattern}) (written|escrito|scritto|rédigé|r&eacute;dig)", re.IGNORECASE)
PAGE = 6000  # characters: no longer stretch of a file without pages goes unmarked


@cache
def table(case: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(case / f"{name}.csv", dtype=str, keep_default_na=False)


@cache
def provisions(path: Path) -> pd.DataFrame:
    return wb.segment(wb.read(path)).provisions


@cache
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_documents", CASES / "make_documents.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by name while they are made
    spec.loader.exec_module(module)
    return module


def numbers(case: Path, file: str) -> set[str]:
    return set(provisions(case / "documents" / file)["number"])


def local_references(case: Path) -> list[tuple[str, str]]:
    """File and number of every local provision that a verdict or a judgement names."""
    carried = [part.strip() for cell in table(case, "verdicts")["carried_by"] for part in cell.split(";") if part]
    pairs = table(case, "judgements")
    return [
        *((file.strip(), number.strip()) for file, _, number in (one.partition("#") for one in carried)),
        *zip(pairs["local_file"], pairs["local_number"], strict=True),
    ]


def plain(text: str) -> str:
    return " ".join(text.split())


def test_there_are_cases():
    assert "naga" in {path.name for path in FOLDERS}


@EACH
@pytest.mark.parametrize("name", COLUMNS)
def test_every_table_has_the_columns_of_the_readme(case, name):
    assert list(table(case, name).columns) == COLUMNS[name]
    assert len(table(case, name)) > 0


@EACH
def test_documents_and_files_are_the_same(case):
    listed = list(table(case, "documents")["file"])
    assert sorted(listed) == sorted(path.name for path in (case / "documents").iterdir())


@EACH
def test_documents_are_declared_as_illustrative_and_of_known_kinds(case):
    documents = table(case, "documents")
    assert set(documents["is_illustrative"]) == {"true"}
    assert [title for title in documents["title"] if not TITLE.search(title)] == []
    assert set(documents["kind"]) <= set(model.DOCUMENT_KINDS)
    assert set(documents["level"]) <= set(model.LEVELS)
    assert "national" in set(documents["level"])
    assert [day for day in documents["adopted"] if day and not re.fullmatch(r"\d{4}-\d\d-\d\d", day)] == []


@EACH
def test_territories_hang_together(case):
    territories = table(case, "territories")
    assert territories["id"].is_unique
    assert set(territories["level"]) <= set(model.LEVELS)
    assert set(filter(None, territories["parent"])) <= set(territories["id"])
    level = dict(zip(territories["id"], territories["level"], strict=True))
    for row in rows(table(case, "documents")):
        assert level[row.territory_id] == row.level, row.file


@EACH
def test_the_title_in_the_list_is_the_title_in_the_file(case):
    for row in rows(table(case, "documents")):
        assert plain(wb.read(case / "documents" / row.file).title) == row.title


@EACH
def test_every_page_or_part_is_marked_as_illustrative(case):
    for path in (case / "documents").iterdir():
        if path.suffix == ".pdf":
            with pypdfium2.PdfDocument(path) as document:
                unmarked = [n + 1 for n in range(len(document)) if not SENTENCE.search(_page(document, n))]
            assert unmarked == [], f"pages of {path.name}"
        elif path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                body = _bare(archive.read("word/document.xml").decode())
                feet = [_bare(archive.read(name).decode()) for name in archive.namelist() if "word/footer" in name]
            assert SENTENCE.search(body[:400]), path.name
            assert feet, path.name
            assert all(SENTENCE.search(foot) for foot in feet), path.name
        else:
            text = _bare(path.read_text("utf-8"))
            places = [0, *(match.start() for match in MARK.finditer(text)), len(text)]
            if path.suffix in (".html", ".htm"):
                assert min(places[1], len(text) - places[-2]) < 1000, path.name
                assert places[1] < places[-2], path.name
            else:
                assert max(b - a for a, b in itertools.pairwise(places)) < PAGE, path.name
            assert SENTENCE.search(text), path.name


def _page(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index].get_textpage()
    try:
        return page.get_text_range()
    finally:
        page.close()


def _bare(text: str) -> str:
    return plain(re.sub(r"<[^>]{0,2000}>", " ", text))


@EACH
def test_the_mark_is_no_provision_and_no_part_of_one(case):
    for path in (case / "documents").iterdir():
        marked = [row.number for row in rows(provisions(path)) if SENTENCE.search(f"{row.heading} {row.text}")]
        assert marked == [], path.name


@EACH
def test_documents_are_as_long_as_real_ones(case):
    for row in rows(table(case, "documents")):
        found = provisions(case / "documents" / row.file)
        assert len(found) >= (6 if row.kind in ("budget", "agreement") else 25), row.file


@EACH
def test_provisions_are_neither_scraps_nor_chapters(case):
    for path in (case / "documents").iterdir():
        words = provisions(path)["text"].str.split().str.len()
        assert 30 <= words.median() <= 90, path.name


@EACH
def test_every_number_in_the_tables_is_in_its_document(case):
    commitments, verdicts, pairs = (table(case, name) for name in ("commitments", "verdicts", "judgements"))
    named = [
        *zip(commitments["national_file"], commitments["number"], strict=True),
        *zip(verdicts["national_file"], verdicts["national_number"], strict=True),
        *zip(pairs["national_file"], pairs["national_number"], strict=True),
        *local_references(case),
    ]
    assert [one for one in named if one[1] not in numbers(case, one[0])] == []


@EACH
def test_commitments_are_coded_once_within_the_code_lists(case):
    commitments = table(case, "commitments")
    assert not commitments.duplicated(["national_file", "number", "part"]).any()
    assert set(commitments["modality"]) <= {"duty", "promise", "aspiration"}
    assert set(commitments["calls_for_local"]) <= set(model.CALLS)
    assert set(commitments["importance"]) <= {"1", "2", "3"}
    assert set(commitments["sector"]) <= set(model.SECTORS)


@EACH
def test_the_national_side_asks_enough_of_the_local_one_to_be_scored(case):
    commitments = table(case, "commitments")
    asked = commitments[commitments["calls_for_local"] == "yes"]
    assert len(asked) >= 9
    assert len(set(asked["sector"])) >= 7
    assert set(commitments["calls_for_local"]) >= {"yes", "no"}


@EACH
def test_verdicts_are_in_range_and_by_at_least_two_of_the_panel(case):
    verdicts = table(case, "verdicts")
    assert set(verdicts["rater"]) <= RATERS
    assert set(verdicts["uptake"]) <= {"0", "1", "2", "3"}
    assert set(verdicts["conflict"]) <= {"0", "1", "2", "3"}
    assert set(verdicts["confidence"]) <= set(model.CONFIDENCES)
    assert all(verdicts["reason"])
    card = ["national_file", "national_number", "local_territory"]
    assert not verdicts.duplicated([*card, "rater"]).any()
    judged = Counter(zip(*(verdicts[name] for name in card), strict=True))
    assert min(judged.values()) >= 2


@EACH
def test_verdicts_are_on_commitments_that_call_for_local_action(case):
    commitments = table(case, "commitments")
    asked = commitments[commitments["calls_for_local"] != "no"]
    known = set(zip(asked["national_file"], asked["number"], strict=True))
    verdicts = table(case, "verdicts")
    assert set(zip(verdicts["national_file"], verdicts["national_number"], strict=True)) <= known
    assert set(verdicts["local_territory"]) <= set(table(case, "documents")["territory_id"])


@EACH
def test_a_verdict_is_carried_by_provisions_of_the_territory_judged(case):
    owner = dict(zip(table(case, "documents")["file"], table(case, "documents")["territory_id"], strict=True))
    for row in rows(table(case, "verdicts")):
        files = {part.partition("#")[0].strip() for part in row.carried_by.split(";") if part}
        assert {owner[file] for file in files} <= {row.local_territory}, row
        if int(row.uptake) or int(row.conflict):
            assert files, f"nothing carries {row.national_number} by {row.rater}"


@EACH
def test_some_commitments_are_left_to_the_reader(case):
    commitments, verdicts = table(case, "commitments"), table(case, "verdicts")
    asked = commitments[commitments["calls_for_local"] == "yes"]
    judged = set(zip(verdicts["national_file"], verdicts["national_number"], strict=True))
    share = sum(key in judged for key in zip(asked["national_file"], asked["number"], strict=True)) / len(asked)
    assert 0.6 <= share <= 0.9


@EACH
def test_the_case_holds_full_uptake_no_uptake_and_conflict(case):
    verdicts = table(case, "verdicts")
    assert {"0", "3"} <= set(verdicts["uptake"])
    assert set(verdicts["conflict"]) > {"0"}
    relations = [int(value) for value in table(case, "judgements")["relation"]]
    assert max(relations) == 3
    assert -3 <= min(relations) <= -1


@EACH
def test_judgements_quote_one_of_the_two_provisions(case):
    pairs = table(case, "judgements")
    assert set(pairs["relation_type"]) <= set(model.RELATION_TYPES)
    assert set(pairs["rater"]) <= RATERS
    assert set(pairs["confidence"]) <= set(model.CONFIDENCES)
    for row in rows(pairs):
        texts = [
            plain(" ".join(found[found["number"] == number]["text"]))
            for file, number in ((row.local_file, row.local_number), (row.national_file, row.national_number))
            for found in [provisions(case / "documents" / file)]
        ]
        assert any(plain(row.evidence) in text for text in texts), (row.local_number, row.evidence)


@EACH
def test_answers_are_of_an_invented_panel_of_both_sides_in_the_range_of_the_questionnaire(case):
    answers = table(case, "answers")
    sides = {row.item: row.sides for row in rows(wb.questionnaire())}
    assert all(row.side in sides[row.item] for row in rows(answers))
    assert set(answers["basis"]) == set(model.BASES)
    assert set(answers["level"]) == {"0", "1", "2", "3", "4", "NA", "?"} | (
        {""} if "O1" in set(answers["item"]) else set()
    )
    assert not answers.duplicated(["local_territory", "respondent", "item", "basis"]).any()
    assert all(
        who.startswith(f"respondent-{side}-") for who, side in zip(answers["respondent"], answers["side"], strict=True)
    )
    for territory, own in answers.groupby("local_territory"):
        assert territory in set(table(case, "territories")["id"])
        assert set(own["side"]) == {"local", "national"}
    named = [(row.file, row.number) for row in rows(answers) if row.file]
    assert [one for one in named if one[1] not in numbers(case, one[0])] == []


@EACH
def test_high_levels_are_mostly_shown_and_some_are_not_so_that_the_flag_can_be_seen(case):
    answers = table(case, "answers")
    high = answers[answers["level"].isin(["3", "4"])]
    bare = high[(high["file"] == "") & (high["note"] == "")]
    assert 0 < len(bare) / len(high) < 0.2


@EACH
def test_facts_say_how_strong_they_are_and_where_they_come_from(case):
    facts = table(case, "facts")
    assert set(facts["strength"]) <= {"verified", "self-claim", "illustrative"}
    assert "verified" in set(facts["strength"])
    assert all(facts[facts["strength"] != "illustrative"]["source"])
    assert not facts["source"].str.contains("://").any()


@EACH
def test_the_register_of_competences_is_of_one_piece_with_the_territories(case):
    territories = table(case, "territories")
    register = competences.read_competences(case / "competences.csv")
    kinds = competences.read_kinds(case / "kinds.csv")
    assert set(kinds["territory_id"]) == set(territories["id"])
    assert set(register["country"]) <= set(territories["country"])
    assert set(register["territory_id"].dropna()) <= set(territories["id"])
    own = register["source"].str.contains(r"this case|este caso|questo caso|ce cas")
    assert set(register.loc[own, "strength"]) == {"illustrative"}
    assert not register["source"].str.contains("://").any()


@EACH
def test_what_a_territory_is_asked_leaves_enough_to_be_scored_and_no_rule_in_doubt(case):
    register = competences.read_competences(case / "competences.csv")
    kinds = competences.read_kinds(case / "kinds.csv")
    commitments = table(case, "commitments")
    for row in rows(table(case, "territories")):
        if row.level == "national" or row.id not in set(table(case, "documents")["territory_id"]):
            continue
        place = model.Territory(row.id, row.name, row.country, row.level)
        applied = competences.applying(place, register, kinds, at="2026-11-01")
        assert applied.kind is not None
        assert applied.conflicts.empty
        own = commitments[commitments["national_file"].str.startswith(row.country.lower())]
        coded = [
            {"id": f"c{n}", "provision_id": one.number, "modality": one.modality, "importance": int(one.importance),
             "calls_for_local": one.calls_for_local, "sector": one.sector, "origin": "panel"}
            for n, one in enumerate(rows(own))
        ]  # fmt: skip
        asked = competences.asked(model.COMMITMENTS.frame(coded), applied)
        assert asked["is_asked"].sum() >= 9
        known = asked[asked["is_asked"]]["reason"].eq("").mean()
        assert known >= 0.7, f"the register says too little about {row.id}"


def test_receiving_people_is_asked_of_quito_and_not_of_the_provinces():
    case = CASES / "pichincha"
    register = competences.read_competences(case / "competences.csv")
    kinds = competences.read_kinds(case / "kinds.csv")
    housing = {}
    for row in rows(table(case, "territories")):
        applied = competences.applying(
            model.Territory(row.id, row.name, row.country, row.level), register, kinds, at="2026-11-01"
        )
        housing[row.id] = competences.competence(applied, "housing").state
    assert (housing["ec-quito"], housing["ec-p"], housing["ec-i"]) == ("held", "not_held", "not_held")


@EACH
def test_the_committed_files_say_what_their_masters_say(case, tmp_path):
    for document, master in maker().masters(case).items():
        made = tmp_path / document.name
        made.write_bytes(maker().make(document, master))
        assert wb.read(made).text == wb.read(document).text


def test_making_a_document_twice_gives_the_same_bytes():
    for document, master in maker().masters(CASES / "naga").items():
        assert maker().make(document, master) == maker().make(document, master)


@pytest.mark.parametrize(
    "text", ["# A law\n\n### Section 1. Scope\n\nText.", "# A (illustrative text)\n\n| a | b |\n|---|---|\n"]
)
def test_a_master_without_mark_or_with_a_table_is_refused(text):
    with pytest.raises(ValueError, match=r"a\.pdf\.md"):
        maker().read_master(text, "a.pdf.md")
