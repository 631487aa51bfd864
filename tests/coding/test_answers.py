"""Answers suggested from documents: the sentence that speaks for an item, and silence where none does."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from workbench import coding, model
from workbench.asking.clues import clues

CASES = wb.shipped("data/cases")
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
REAL = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real documents is not here")


@cache
def read(path: Path, kind: str) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]:
    document = wb.read(path)
    provisions = wb.segment(document).provisions
    codings = wb.code(provisions, document_title=document.title)
    return provisions, codings, {"id": document.id, "kind": kind}


def suggested(local: list[tuple[Path, str]], national: list[tuple[Path, str]], top: int = 3) -> pd.DataFrame:
    sides = [[read(*one) for one in side] for side in (local, national)]
    tables = [
        pd.concat([one[0] for one in side], ignore_index=True) if side else model.PROVISIONS.empty() for side in sides
    ]
    codings = pd.concat([one[1] for side in sides for one in side], ignore_index=True)
    documents = pd.DataFrame([one[2] for side in sides for one in side])
    return coding.propose_answers(*tables, codings, documents, territory_id="t", top=top)


def case(folder: str, territory: str, nation: str) -> pd.DataFrame:
    documents = pd.read_csv(CASES / folder / "documents.csv", dtype=str)
    sides = [
        [
            (CASES / folder / "documents" / row.file, row.kind)
            for row in model.rows(documents)
            if row.territory_id == one
        ]
        for one in (territory, nation)
    ]
    return suggested(*sides)


def numbered(folder: str) -> dict[str, str]:
    """Return the number of each provision of a case by its id."""
    documents = pd.read_csv(CASES / folder / "documents.csv", dtype=str)
    found = [read(CASES / folder / "documents" / row.file, row.kind)[0] for row in model.rows(documents)]
    return {row.id: row.number for table in found for row in model.rows(table)}


# item → (provision number, lowest, highest level) of the first suggestion
NAGA = {
    "B3": ("15", 2, 3), "C4": ("11", 3, 3), "C6": ("11", 2, 3), "D1": ("16", 3, 3), "D6": ("8", 1, 2),
    "E3": ("4", 2, 2), "F5": ("11", 2, 3), "F7": ("12", 2, 2), "F8": ("2", 2, 3), "G6": ("6", 2, 3),
}  # fmt: skip
PICHINCHA = {
    "C4": ("1", 3, 3), "C6": ("5", 2, 3), "D1": ("14", 3, 3), "D7": ("14", 2, 2), "E3": ("4", 2, 3), "F5": ("5", 2, 3),
    "F7": ("11", 2, 2), "F8": ("2", 2, 3), "G6": ("28", 1, 2),
}  # fmt: skip
KASSERINE = {"B3": ("9", 2, 3), "D7": ("4", 3, 3), "E3": ("4", 2, 2), "F7": ("8", 2, 2)}
TUSCANY = {"E3": ("4", 2, 2), "F8": ("2", 2, 3), "G6": ("5", 2, 3)}


@pytest.mark.parametrize(
    ("folder", "territory", "nation", "expected"),
    [
        ("naga", "ph-naga-city", "ph", NAGA),
        ("pichincha", "ec-p", "ec", PICHINCHA),
        ("tuscany-kasserine", "tn-42", "tn", KASSERINE),
        ("tuscany-kasserine", "it-52", "it", TUSCANY),
    ],
)
def test_the_sample_cases_suggest_the_provisions_that_a_reader_would_name(folder, territory, nation, expected):
    found = case(folder, territory, nation)
    model.SUGGESTED_ANSWERS.check(found)
    first = found.drop_duplicates("item").set_index("item")
    assert set(expected) <= set(first.index)
    numbers = numbered(folder)
    assert {
        item: (numbers[first.loc[item, "provision_id"]], first.loc[item, "low"], first.loc[item, "high"])
        for item in expected
    } == expected


def test_a_suggestion_brings_its_sentence_and_place_and_is_never_sure():
    found = case("naga", "ph-naga-city", "ph")
    documents = pd.read_csv(CASES / "naga" / "documents.csv", dtype=str)
    kinds = dict(zip(documents["file"], documents["kind"], strict=True))
    found_in = [read(CASES / "naga" / "documents" / name, kind)[0] for name, kind in kinds.items()]
    texts = pd.concat(found_in).set_index("id")["text"]
    for row in model.rows(found):
        start, end = row.span
        assert " ".join(texts[row.provision_id][start:end].split()) == row.sentence
        assert 0 < row.confidence < 0.5
        assert row.low <= row.high <= 3
        assert row.origin == clues().version
    assert set(found["item"]) <= {row.item for row in model.rows(wb.questionnaire()) if row.from_documents}
    assert found.groupby("item").size().max() <= 3
    assert found.loc[found["item"] == "D1", "page"].notna().all()  # the act is a PDF with pages


def test_what_is_denied_defined_or_only_opens_a_list_suggests_nothing(tmp_path):
    text = """# Plan for migrants (illustrative)

## Article 1. Money
The budget of the town allocates 5,000 euros a year to the welcome of migrants.

## Article 2. Later
Money for refugees is not part of this budget, and the budget allocates no 100 euros a year to them.

## Article 4. List
The budget of the town allocates 900 euros a year to migrants for the following:

## Article 3. Definitions
Migrant means a refugee, a returnee, a foreign resident or a newcomer.
"""
    (tmp_path / "plan.md").write_text(text, encoding="utf-8")
    document = wb.read(tmp_path / "plan.md")
    provisions = wb.segment(document).provisions
    codings = wb.code(provisions, document_title=document.title)
    found = coding.propose_answers(
        provisions, model.PROVISIONS.empty(), codings, pd.DataFrame([{"id": document.id, "kind": "plan"}]),
        territory_id="t",
    )  # fmt: skip
    assert found["item"].tolist() == ["C4"]
    assert found["sentence"].tolist() == [
        "The budget of the town allocates 5,000 euros a year to the welcome of migrants."
    ]
    assert found[["low", "high"]].values.tolist() == [[3, 3]]


def test_tables_given_are_not_changed_and_no_document_gives_no_row():
    provisions, codings, about = read(CASES / "naga" / "documents" / "ph-naga_migration_budget_2025.md", "budget")
    before = provisions.copy(deep=True), codings.copy(deep=True)
    coding.propose_answers(provisions, model.PROVISIONS.empty(), codings, pd.DataFrame([about]), territory_id="t")
    pd.testing.assert_frame_equal(provisions, before[0])
    pd.testing.assert_frame_equal(codings, before[1])
    nothing = coding.propose_answers(
        model.PROVISIONS.empty(),
        model.PROVISIONS.empty(),
        model.CODINGS.empty(),
        pd.DataFrame([about]),
        territory_id="t",
    )
    assert nothing.empty


def test_the_rules_speak_only_of_items_that_documents_can_speak_for_in_four_languages():
    marked = {row.item for row in model.rows(wb.questionnaire()) if row.from_documents}
    assert {rule.item for rule in clues().rules} | {"E3"} == marked
    assert {language for _, language in clues().words} == {"en", "es", "fr", "it"}
    assert len({rule.name for rule in clues().rules}) == len(clues().rules)


@REAL
def test_the_catalan_reception_act_is_found_to_assign_the_service_to_local_authorities():
    found = suggested(
        [(CORPUS / "md" / "es-ct_ley_10-2010_acogida.md", "law")],
        [(CORPUS / "md" / "es_lo_4-2000_extranjeria.md", "law")],
    ).drop_duplicates("item").set_index("item")  # fmt: skip
    assert "corresponde a los entes locales" in found.loc["B1", "sentence"]
    assert (found.loc["B1", "low"], found.loc["B1", "high"]) == (2, 2)
    assert found.loc["F4", "low"] == 2


@REAL
@pytest.mark.parametrize("name", ["pdf/ph_naga_citizens_charter_2022.pdf", "pdf/gn_plan_quinquennal_2011-2015.pdf"])
def test_real_documents_about_other_things_suggest_nothing(name):
    assert suggested([(CORPUS / name, "other")], []).empty
