"""For whom a provision is, on what condition, to which rights it states access, and how many it counts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from workbench import coding, lexicon, messages, model
from workbench.reading import read
from workbench.segmenting import segment

SHARED = Path(__file__).resolve().parents[3] / "shared"
LAW = SHARED / "corpus" / "md" / "es_lo_4-2000_extranjeria.md"


def codes(text: str, language: str, facet: str, heading: str = "") -> list[str]:
    frame = pd.DataFrame({"id": ["1"], "text": [text], "heading": [heading], "language": [language]})
    found = model.CODINGS.check(coding.code(frame))
    return list(found[found["facet"] == facet]["code"])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The desk advises refugees and their families.", "en", ["refugees", "families"]),
        ("Returning migrants get a grant.", "en", ["returnees"]),
        ("Unaccompanied minors go to school.", "en", ["children"]),
        ("La oficina orienta a las personas retornadas.", "es", ["returnees"]),
        ("Las mujeres migrantes y sus hijas reciben apoyo.", "es", ["women", "migrants"]),
        ("Los menores ingresos no cuentan.", "es", []),
        ("Les demandeurs d’asile et les enfants sont reçus.", "fr", ["refugees", "children"]),
        ("Les Tunisiens résidant à l’étranger investissent.", "fr", ["emigrants"]),
        ("Les déplacements en langues étrangères.", "fr", []),
        ("I richiedenti asilo e i minori stranieri sono accolti.", "it", ["refugees", "children"]),
        ("I costi minori in lingua straniera.", "it", []),
        ("The diaspora invests.", "en", ["diaspora"]),
        ("Women and men from abroad learn about family planning.", "en", []),
    ],
)
def test_groups_are_named_in_four_languages_and_the_longest_term_wins(text, language, expected):
    assert codes(text, language, "group") == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Holders of a residence permit have access to housing.", "en", ["regular_status"]),
        ("Grants are reserved for citizens.", "en", ["citizenship"]),
        ("Clinics treat everybody regardless of their legal status.", "en", ["open"]),
        ("Clinics also treat those without being legally resident.", "en", []),
        ("Los extranjeros residentes tienen derecho a la vivienda.", "es", ["regular_status"]),
        ("Las ayudas son para quienes estén en situación regular.", "es", ["regular_status"]),
        ("Cualquiera que sea su situación administrativa, tienen derecho a la salud.", "es", ["open"]),
        ("Les étrangers en situation régulière accèdent au logement.", "fr", ["regular_status"]),
        ("Les soins sont ouverts à tous, quel que soit leur statut.", "fr", ["open"]),
        ("Gli stranieri regolarmente soggiornanti accedono agli alloggi.", "it", ["regular_status"]),
        ("Le cure sono garantite indipendentemente dalla regolarità.", "it", ["open"]),
        ("I servizi sono fruibili indipendentemente dalla condizione di disabilità.", "it", []),
        ("The office issues residence permits.", "en", []),
        ("La oficina tramita las autorizaciones de residencia.", "es", []),
    ],
)
def test_a_condition_is_who_has_access_not_every_word_of_permits(text, language, expected):
    assert codes(text, language, "condition") == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Migrants have access to health care, education and housing.", "en", ["health", "education", "housing"]),
        ("Migrants have no right to housing.", "en", []),
        ("Schools teach migrants.", "en", []),
        ("Los extranjeros tienen derecho a la asistencia sanitaria.", "es", ["health"]),
        ("Los extranjeros residentes tienen derecho a la vivienda.", "es", ["housing/regular_status"]),
        ("Les migrants ont droit à l’éducation.", "fr", ["education"]),
        ("I migranti hanno diritto alla salute, qualunque sia la loro condizione.", "it", ["health/open"]),
    ],
)
def test_a_right_is_a_matter_to_which_access_is_stated(text, language, expected):
    assert codes(text, language, "right") == expected


def test_a_condition_holds_for_its_own_sentence_alone():
    text = "Los extranjeros tienen derecho a la educación. Los extranjeros residentes tienen derecho a la vivienda."
    assert codes(text, "es", "right") == ["education", "housing/regular_status"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The city offers 40 reception places.", "en", ["place:40"]),
        ("The city trains 1,200 returning migrants.", "en", ["migrant:1200"]),
        ("Each municipality provides 20 places.", "en", ["place:20:each"]),
        ("Cada municipio ofrece 20 plazas.", "es", ["place:20:each"]),
        ("Se forman 1.200 personas.", "es", ["person:1200"]),
        ("Chaque commune ouvre 2 guichets.", "fr", ["centre:2:each"]),
        ("Ogni comune mette a disposizione 20 posti.", "it", ["place:20:each"]),
        ("The fund lends 80,000 pesos to migrants.", "en", []),
        ("Firms with less than 50 workers are exempt.", "en", []),
        ("Registered by 31 October 2014 Migrants and others.", "en", []),
        ("Article 5 persons and others; in 2025 persons came.", "en", []),
        ("1 Persons who come are received.", "en", []),
    ],
)
def test_a_quantity_is_a_number_right_before_what_it_counts(text, language, expected):
    assert codes(text, language, "quantity") == expected


def test_every_group_and_condition_has_terms_and_a_name_in_four_languages():
    for language in ("en", "es", "fr", "it"):
        spoken = lexicon.terms()[language]
        assert {term.code for term in spoken if term.facet == "group"} == {*model.GROUPS, "all"}
        assert {term.code for term in spoken if term.facet == "condition"} == set(model.CONDITIONS)
        known = messages.catalogue(language)
        wanted = [f"group.{code}" for code in model.GROUPS] + [f"condition.{code}" for code in model.CONDITIONS]
        assert [key for key in wanted if key not in known] == []


@pytest.mark.skipif(not LAW.exists(), reason="the corpus does not lie beside the repository")
def test_the_spanish_law_gives_health_to_all_and_housing_to_residents():
    provisions = segment(read(LAW)).provisions
    found = coding.code(provisions).merge(provisions[["id", "number"]], left_on="provision_id", right_on="id")
    rights = found[found["facet"] == "right"].groupby("number")["code"].agg(set)
    assert rights["12"] == {"health"}
    assert rights["13"] == {"housing/regular_status"}
    assert rights["14"] == {"social_protection/regular_status", "social_protection/open"}
    assert {"justice"} == rights["20"] == rights["22"]
