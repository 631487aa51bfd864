"""Modality, addressee and means of a provision, in every language alike."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench import coding
from workbench.errors import TableError


def coded(text: str, language: str, heading: str = "") -> pd.DataFrame:
    """Code one provision."""
    return coding.code(pd.DataFrame({"id": ["1"], "text": [text], "heading": [heading], "language": [language]}))


def best(codings: pd.DataFrame, facet: str) -> dict[str, float]:
    return codings[codings["facet"] == facet].groupby("code")["confidence"].max().to_dict()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Each municipality shall keep a desk for migrants."),
        ("en", "The service shall be provided by the local government units."),
        ("es", "Los ayuntamientos deberán mantener una oficina para las personas migrantes."),
        ("es", "Corresponde a los municipios la primera acogida."),
        ("es", "La acogida será prestada por las entidades locales."),
        ("fr", "Les communes doivent tenir un guichet pour les migrants."),
        ("fr", "Il incombe aux communes d’assurer le premier accueil."),
        ("fr", "L’accueil est assuré par les collectivités territoriales, qui doivent en rendre compte."),
        ("it", "I comuni devono tenere uno sportello per i migranti."),
        ("it", "Spetta ai comuni la prima accoglienza."),
        ("it", "La prima accoglienza è svolta dai comuni, che devono darne conto."),
        ("pt", "Os municípios devem manter um balcão para os migrantes."),
        ("de", "Die Gemeinden müssen eine Stelle für Migranten einrichten."),
    ],
)
def test_a_local_authority_that_acts_is_recognised_in_every_language(language, text):
    found = coded(text, language)
    assert best(found, "addressee").get("local", 0) >= 0.75
    assert "duty" in best(found, "modality")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry shall send its report to the municipalities."),
        ("es", "El Ministerio enviará su informe a los ayuntamientos."),
        ("es", "Se reservarán plazas en los municipios de la costa."),
        ("fr", "Le ministère doit envoyer son rapport aux communes."),
        ("it", "Il ministero deve inviare la relazione ai comuni."),
    ],
)
def test_a_local_authority_that_receives_or_is_a_place_does_not_act(language, text):
    assert best(coded(text, language), "addressee").get("local", 0) < 0.75


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry shall set up centres in cooperation with the municipalities."),
        ("es", "El Ministerio creará centros en colaboración con los ayuntamientos."),
        ("fr", "Le ministère doit créer des centres en coopération avec les communes."),
        ("it", "Il ministero deve creare centri in collaborazione con i comuni."),
    ],
)
def test_a_local_authority_that_cooperates_has_a_part(language, text):
    found = best(coded(text, language), "addressee")
    assert found["local"] == 0.8
    assert found["national"] == 0.9


def test_who_receives_something_is_merely_mentioned():
    assert best(coded("Le ministère doit envoyer son rapport aux communes.", "fr"), "addressee")["local"] == 0.3
    assert best(coded("El Ministerio enviará su informe a los ayuntamientos.", "es"), "addressee")["local"] == 0.3


def test_authorities_in_a_row_act_together():
    text = "Las Comunidades Autónomas o, en su caso, los Ayuntamientos informarán sobre la vivienda."
    assert best(coded(text, "es"), "addressee") == {"local": 0.9, "regional": 0.9}


def test_a_line_broken_inside_a_sentence_does_not_cut_it():
    text = "Los gobiernos locales de la provincia\ndeberán abrir una oficina."
    assert best(coded(text, "es"), "addressee") == {"local": 0.9}


@pytest.mark.parametrize(
    ("language", "duty", "promise", "aspiration"),
    [
        ("en", "The office must answer.", "Everybody has the right to an answer.", "The office should answer."),
        ("es", "La oficina deberá responder.", "Todos tienen derecho a ello.", "La oficina procurará responder."),
        ("fr", "Le bureau doit répondre.", "Chacun a droit à une réponse.", "Le bureau s’efforce de répondre."),
        ("it", "L’ufficio deve rispondere.", "Ognuno ha diritto a una risposta.", "L’ufficio mira a rispondere."),
        ("pt", "O serviço deve responder.", "Toda a pessoa tem direito a resposta.", "O serviço deveria responder."),
        ("de", "Die Stelle muss antworten.", "Jede Person hat Anspruch darauf.", "Die Stelle soll antworten."),
    ],
)  # fmt: skip
def test_duty_promise_and_aspiration_are_told_apart(language, duty, promise, aspiration):
    for code, text in (("duty", duty), ("promise", promise), ("aspiration", aspiration)):
        found = best(coded(text, language), "modality")
        assert max(found, key=lambda name: found[name]) == code


def test_a_permission_is_no_duty():
    assert best(coded("El ayuntamiento podrá abrir una oficina.", "es"), "modality") == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The unit has a budget of 2,000 euros, two personnel, a deadline of 30 days and one indicator."),
        ("es", "La unidad tiene un presupuesto de 2.000 euros, personal propio, un plazo de 30 días y un indicador."),
        ("fr", "L’unité a un budget de 2 000 euros, du personnel, un délai de 30 jours et un indicateur."),
        ("it", "L’ufficio ha un bilancio di 2.000 euro, personale, un termine di 30 giorni e un indicatore."),
    ],
)
def test_means_are_found_where_they_are_named(language, text):
    found = coded(text, language)
    assert set(best(found, "resource")) == {"budget", "staff"}
    for facet in ("unit", "time_frame", "indicator"):
        assert set(best(found, facet)) == {"named"}, facet


def test_means_that_are_not_named_have_no_row():
    found = coded("Las personas migrantes tienen derecho a la salud.", "es")
    assert set(found["facet"]) == {"sector", "modality", "theme", "group", "right"}


def test_a_table_without_text_is_refused_with_the_column_named():
    with pytest.raises(TableError) as raised:
        coding.code(pd.DataFrame({"id": ["1"], "heading": [""], "language": ["en"]}))
    assert "“text”" in str(raised.value)
