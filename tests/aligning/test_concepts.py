"""The concept catalogue is whole and reviewable, and its terms are found where they stand."""

from __future__ import annotations

import csv

import pytest

from workbench import coding, lexicon, resources
from workbench.language import fold, plain_words
from workbench.lexicon.concepts import LANGUAGES
from workbench.model import SECTORS


def named(text: str, language: str) -> set[str]:
    return {lexicon.concepts()[hit.concept].name for hit in lexicon.find_concepts(plain_words(text), language)}


def test_there_are_five_hundred_concepts_each_whole_in_four_languages() -> None:
    known = lexicon.concepts()
    assert len(known) >= 500
    assert len({concept.name for concept in known}) == len(known)
    for concept in known:
        assert concept.sector in SECTORS, concept.name
        assert concept.codes, concept.name
        for language in LANGUAGES:
            terms = concept.terms[language]
            assert all(terms), (concept.name, language)
            assert len(set(terms)) == len(terms), (concept.name, language)
            assert all(fold(term) == term for term in terms), (concept.name, language)


def test_the_migration_items_that_concepts_name_are_in_the_catalogues() -> None:
    known = set(coding.frameworks(include_unverified=True)["code"])
    of_migration = {code for concept in lexicon.concepts() for code in concept.codes if not code.startswith("sdg:")}
    assert of_migration <= known
    assert {f"gcm:{number}" for number in range(1, 24)} <= of_migration


def test_the_file_is_in_the_order_of_its_names_so_that_changes_are_easy_to_review() -> None:
    with (resources.shipped("data/lexicon") / "concepts.csv").open(encoding="utf-8", newline="") as stream:
        names = [row["concept"] for row in csv.DictReader(stream)]
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("reduce the maternal mortality ratio", "en"),
        ("reducir la razón de mortalidad materna", "es"),
        ("réduire le taux de mortalité maternelle", "fr"),
        ("ridurre il tasso di mortalità materna", "it"),
    ],
)
def test_one_concept_is_found_in_four_languages(text: str, language: str) -> None:
    assert "health.maternal-mortality" in named(text, language)


def test_grammar_words_between_the_words_of_a_term_do_not_hide_it() -> None:
    assert "governance.services-for-migrants" in named("el acceso de los migrantes a los servicios", "es")
    assert "social_protection.poverty-reduction" in named("la erradicación de la pobreza", "es")


def test_a_negation_is_part_of_a_term() -> None:
    assert "social_protection.vulnerable-migrants" in named("minori stranieri non accompagnati", "it")
    assert "social_protection.vulnerable-migrants" not in named("minori accompagnati dai genitori", "it")


def test_the_longest_term_of_a_concept_counts() -> None:
    hits = lexicon.find_concepts(plain_words("safely managed drinking water"), "en")
    water = [hit for hit in hits if lexicon.concepts()[hit.concept].name == "housing.drinking-water"]
    assert max(hit.length for hit in water) == 3


def test_a_language_without_terms_has_no_hits() -> None:
    assert lexicon.find_concepts(["maji", "safi"], "sw") == []
    assert lexicon.find_concepts(["water"], None) == []
