"""Framework references: found by name and number in every language, by likeness only with care."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench import coding, messages, model


def coded(text: str, language: str | None = "en", heading: str = "", **options) -> pd.DataFrame:
    """Code one provision."""
    provision = pd.DataFrame({"id": ["d#1"], "text": [text], "heading": [heading], "language": [language]})
    return coding.code(provision, **options)


def references(text: str, language: str | None = "en", origin: str = "citation-1") -> list[str]:
    found = coded(text, language)
    return list(found[(found["facet"] == "framework") & (found["origin"] == origin)]["code"])


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("en", "The plan follows SDG target 10.7 and objective 16 of the Global Compact.", ["sdg:10.7", "gcm:16"]),
        ("en", "Global Compact objective 16 and New Urban Agenda paragraph 28 apply.", ["gcm:16", "nua:28"]),
        ("es", "Contribuye a la meta 10.7 de los ODS y al objetivo 16 del Pacto Mundial.", ["sdg:10.7", "gcm:16"]),
        ("es", "Atiende las metas 10.3 y 10.c de los Objetivos de Desarrollo Sostenible.", ["sdg:10.3", "sdg:10.c"]),
        ("fr", "Il suit la cible 10.7 des ODD et l’objectif 16 du Pacte mondial.", ["sdg:10.7", "gcm:16"]),
        ("fr", "Le paragraphe 28 du Nouveau Programme pour les villes l’inspire.", ["nua:28"]),
        ("it", "Attua il target 10.7 degli OSS e l’obiettivo 16 del Patto globale.", ["sdg:10.7", "gcm:16"]),
        ("it", "Il paragrafo 28 della Nuova Agenda Urbana è la base.", ["nua:28"]),
        ("pt", "Segue a meta 10.7 dos ODS e o objetivo 15 do Pacto Global.", ["sdg:10.7", "gcm:15"]),
        ("xx", "Objectives 1, 15 and 23 of the Global Compact.", ["gcm:1", "gcm:15", "gcm:23"]),
    ],
)
def test_a_cited_item_is_found_in_every_language(language, text, codes):
    assert sorted(references(text, language)) == sorted(codes)


def test_the_number_of_a_citation_is_where_its_span_says():
    text = "La Ley atiende la meta 10.7 de los Objetivos de Desarrollo Sostenible."
    row = coded(text, "es").query("facet == 'framework'").iloc[0]
    start, end = row["span"]
    assert text[start:end] == "10.7"
    assert row["confidence"] == 1


def test_two_frameworks_in_one_sentence_keep_their_numbers_apart():
    text = (
        "Contribuye a las metas 10.3 y 10.7 de los ODS, al párrafo 28 de la Nueva Agenda Urbana "
        "y al objetivo 16 del Pacto Mundial."
    )
    assert sorted(references(text, "es")) == ["gcm:16", "nua:28", "sdg:10.3", "sdg:10.7"]


@pytest.mark.parametrize(
    "text",
    [
        "Section 10.7 of this Act applies to objective 3 of the plan.",
        "The Sustainable Development Goals inspire this ordinance.",
        "The target of 10.7 million pesos is met.",
    ],
)
def test_a_number_without_a_framework_and_a_framework_without_a_number_are_no_reference(text):
    assert references(text) == []


def test_the_mayors_text_is_cited_by_name_alone():
    assert references("Hace suya la Agenda Local de Quito sobre Migración y Desarrollo.", "es") == ["qla:agenda"]
    assert references("Elle fait sienne l’Agenda locale de Quito.", "fr") == ["qla:agenda"]


def test_an_item_nobody_has_verified_is_neither_listed_nor_cited_unless_asked_for():
    assert "gcm:11" not in set(coding.frameworks()["code"])
    assert "gcm:11" in set(coding.frameworks(include_unverified=True)["code"])
    text = "Objective 11 of the Global Compact guides the border service."
    assert references(text) == []
    every = coded(text, frameworks=coding.frameworks(include_unverified=True))
    assert list(every[every["facet"] == "framework"]["code"]) == ["gcm:11"]


def test_a_provision_that_says_what_an_item_says_is_matched_below_certainty():
    text = "The council works for faster, safer and cheaper remittances and for the financial inclusion of migrants."
    found = coded(text).query("facet == 'framework'")
    assert list(found["code"]) == ["gcm:20"]
    assert list(found["origin"]) == ["catalogue-1"]
    assert 0 < found["confidence"].iloc[0] < 1


def test_a_provision_on_another_matter_is_not_matched_to_any_item():
    assert (
        references("The market opens at six and closes at noon; stalls are let by the day.", origin="catalogue-1") == []
    )


def test_the_catalogue_is_complete_in_four_languages():
    items = coding.frameworks(include_unverified=True)
    assert len(items) == 41 + 25 + 17 + 15
    assert items["code"].is_unique
    assert set(items["framework"]) == set(model.FRAMEWORKS)
    assert set(items["local_relevance"]) <= set(model.CALLS)
    for language in messages.LANGUAGES:
        texts = items[f"text_{language}"]
        assert texts.str.len().between(15, 200).all()
        assert texts.is_unique
    assert (items["code"] == items["framework"] + ":" + items["code"].str.split(":").str[1]).all()


def test_every_family_sector_and_modality_has_a_name_in_four_languages():
    keys = [f"framework.{family}" for family in model.FRAMEWORKS]
    keys += [f"sector.{sector}" for sector in model.SECTORS]
    keys += [f"modality.{modality}" for modality in model.MODALITIES] + [f"facet.{facet}" for facet in model.FACETS]
    for language in messages.LANGUAGES:
        assert [key for key in keys if key not in messages.catalogue(language)] == []
