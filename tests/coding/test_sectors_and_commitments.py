"""Sectors, theme, and the commitments proposed from a national text."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from workbench import coding, lexicon, model, resources
from workbench.language import fold
from workbench.reading import read
from workbench.segmenting import segment

SHARED = Path(__file__).resolve().parents[3] / "shared"
LAW = SHARED / "corpus" / "md" / "es_lo_4-2000_extranjeria.md"
CASES = resources.shipped("data/cases")


def coded(text: str, language: str | None, heading: str = "", title: str = "") -> pd.DataFrame:
    """Code one provision."""
    frame = pd.DataFrame({"id": ["1"], "text": [text], "heading": [heading], "language": [language]})
    return coding.code(frame, document_title=title)


def sectors(codings: pd.DataFrame) -> list[str]:
    return list(codings[codings["facet"] == "sector"]["code"])


@pytest.mark.parametrize(
    ("sector", "language", "text"),
    [
        ("health", "en", "Hospitals vaccinate migrants."),
        ("health", "es", "Los hospitales vacunan."),
        ("health", "fr", "Les hôpitaux vaccinent."),
        ("health", "it", "Gli ospedali vaccinano."),
        ("education", "en", "Schools enrol pupils."),
        ("education", "es", "Las escuelas matriculan alumnos."),
        ("education", "fr", "Les écoles inscrivent les élèves."),
        ("education", "it", "Le scuole iscrivono gli alunni."),
        ("housing", "en", "Housing and rent."),
        ("housing", "es", "Vivienda y alquiler."),
        ("housing", "fr", "Logement et loyer."),
        ("housing", "it", "Alloggi e affitto."),
        ("remittances", "en", "Remittances of the diaspora."),
        ("remittances", "es", "Remesas de la diáspora."),
        ("remittances", "fr", "Envois de fonds de la diaspora."),
        ("remittances", "it", "Rimesse della diaspora."),
        ("environment", "en", "Floods and climate change."),
        ("environment", "es", "Inundaciones y cambio climático."),
        ("environment", "fr", "Inondations et changement climatique."),
        ("environment", "it", "Alluvioni e cambiamento climatico."),
        ("justice", "en", "Police and courts."),
        ("justice", "es", "Policía y tribunales."),
        ("justice", "fr", "Police et tribunaux."),
        ("justice", "it", "Polizia e tribunali."),
    ],
)
def test_a_sector_is_recognised_in_four_languages(sector, language, text):
    assert sectors(coded(text, language))[0] == sector


def test_the_span_of_a_sector_holds_the_word_that_speaks_for_it():
    text = "El municipio abrirá tres escuelas."
    row = coded(text, "es").query("facet == 'sector' and code == 'education'").iloc[0]
    assert text[slice(*row["span"])] == "escuelas"


def test_the_longest_term_wins_over_the_word_inside_it():
    assert sectors(coded("Los trabajadores sociales visitan.", "es")) == ["social_protection"]


def test_the_theme_comes_from_the_text_or_from_the_title_of_the_document():
    assert "theme" in set(coded("Les migrants sont reçus.", "fr")["facet"])
    assert "theme" not in set(coded("Le marché ouvre à midi.", "fr")["facet"])
    by_title = coded("Le marché ouvre à midi.", "fr", title="Plan pour l’accueil des migrants").query(
        "facet == 'theme'"
    )
    assert list(by_title["confidence"]) == [0.6]


def test_a_language_without_a_lexicon_yields_no_codes_and_no_error():
    assert coded("Всички хора имат право на здравеопазване.", "bg").empty
    assert coded("", None).empty


def test_coding_leaves_its_table_alone_and_is_the_same_twice():
    frame = pd.DataFrame({"id": ["1"], "text": ["Schools teach."], "heading": ["Schools"], "language": [None]})
    before = frame.copy(deep=True)
    first, second = coding.code(frame), coding.code(frame)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(first, second)
    model.CODINGS.check(first)


def test_every_sector_has_twenty_terms_in_every_language():
    counts = {}
    for language in ("en", "es", "fr", "it"):
        for term in lexicon.terms()[language]:
            if term.facet == "sector":
                counts[term.code, language] = counts.get((term.code, language), 0) + 1
    assert {sector for sector, _ in counts} == set(model.SECTORS)
    assert len(counts) == 4 * len(model.SECTORS)
    assert min(counts.values()) >= 20


def test_the_lexicon_is_written_in_plain_letters_and_says_each_term_once():
    seen = set()
    for name in lexicon.FILES:
        with (resources.shipped("data/lexicon") / name).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                key = (row["term"], row["language"], row["facet"])
                assert key not in seen, key
                assert row["term"] == fold(row["term"]), key
                assert "*" not in row["term"].replace("* ", " ").rstrip("*"), key
                seen.add(key)
    assert all(len(term.words[0]) >= 3 for terms in lexicon.terms().values() for term in terms if term.is_open[0])


def proposed(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a national document; return its provisions and the commitments proposed, joined."""
    document = read(path)
    provisions = segment(document).provisions
    codings = coding.code(provisions, document_title=document.title)
    commitments = model.COMMITMENTS.check(coding.propose_commitments(provisions, codings))
    named = provisions[["id", "number"]].rename(columns={"id": "provision_id"})
    return provisions, commitments.merge(named, on="provision_id")


@pytest.mark.skipif(not LAW.exists(), reason="the corpus does not lie beside the repository")
def test_the_spanish_law_calls_for_local_action_where_it_should():
    _, commitments = proposed(LAW)
    said = commitments.groupby("number")["calls_for_local"].first()
    for number in ("2 ter", "6", "9", "12", "13", "14", "18", "35", "68"):
        assert said[number] == "yes", number
    for number in ("25 bis", "26", "48", "53", "57", "62"):
        assert said[number] == "no", number
    assert 10 <= (commitments["calls_for_local"] == "yes").sum() <= 25


@pytest.mark.parametrize("case", sorted(path.parent.name for path in CASES.glob("*/commitments.csv")))
def test_the_rule_agrees_with_people_on_the_sample_laws_where_it_says_yes(case):
    people = pd.read_csv(CASES / case / "commitments.csv", dtype=str, keep_default_na=False)
    for name, coded_by_people in people.groupby("national_file"):
        path = CASES / case / "documents" / str(name)
        if not path.exists():
            pytest.skip(f"{name} is not built yet")
        _, commitments = proposed(path)
        both = commitments.merge(coded_by_people, on="number", suffixes=("", "_people"))
        says_yes = both["calls_for_local"] == "yes"
        meant = both["calls_for_local_people"] == "yes"
        assert (says_yes & meant).sum() >= 0.8 * meant.sum()
        assert (says_yes & ~meant).sum() <= 0.2 * says_yes.sum()


def test_a_duty_on_a_municipality_weighs_more_than_one_on_the_state():
    frame = pd.DataFrame(
        {
            "id": ["a", "b", "c"],
            "kind": "article",
            "heading": ["Reception", "Reports", "Words"],
            "text": [
                "Municipalities shall receive migrants.",
                "The ministry shall report on migration each year.",
                "Migration changes.",
            ],
            "language": "en",
        }
    )
    found = coding.propose_commitments(frame, coding.code(frame))
    assert list(found["provision_id"]) == ["a", "b"]
    assert list(found["calls_for_local"]) == ["yes", "no"]
    assert list(found["importance"]) == [3, 2]
    assert list(found["id"]) == ["c:a", "c:b"]


def test_an_action_of_a_plan_is_a_promise_though_no_verb_binds():
    frame = pd.DataFrame(
        {
            "id": ["a", "b"],
            "kind": ["action", "paragraph"],
            "heading": "",
            "text": ["Open three migrant resource centres.", "Migrant resource centres were opened."],
            "language": "en",
        }
    )
    found = coding.propose_commitments(frame, coding.code(frame))
    assert list(zip(found["provision_id"], found["modality"], strict=True)) == [("a", "promise")]
