"""The corridor's words: tokens with their places, and terms of the lexicon found in a text."""

from __future__ import annotations

import pytest

from workbench import lexicon
from workbench.language import stem, stems, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’État et l'école", ["etat", "et", "ecole"]),
        ("dell’immigrazione", ["immigrazione"]),
        ("Niñez, 3.º año", ["ninez", "o", "ano"]),
        ("today's plan", ["today", "plan"]),
        ("", []),
    ],
)
def test_tokens_are_plain_words(text, expected):
    assert [token.word for token in tokens(text)] == expected


def test_a_token_stands_where_it_says():
    text = "La niñez de l’école, hoy."
    assert [text[token.start : token.end] for token in tokens(text)] == ["La", "niñez", "de", "école", "hoy"]


def test_tokens_and_words_cut_a_text_alike():
    text = "Sull’accoglienza degli stranieri nell’anno; l’un l’altro."
    assert [token.word for token in tokens(text)] == words(text)


def test_stems_join_the_forms_of_a_word():
    assert stem("escuelas", "es") == stem("escuela", "es")
    assert stems("Las escuelas y las viviendas", "es") == stems("escuela vivienda", "es")
    assert stem("escuelas", None) == "escuelas"


def test_an_open_term_finds_any_ending_and_a_closed_one_only_itself():
    found = lexicon.find("Viviendas y viviendistas; visas.", "es", ("sector",))
    assert [hit.term.concept for hit in found] == ["housing.housing", "housing.housing", "governance.visa"]
    assert lexicon.find("visar", "es", ("sector",)) == []


def test_the_longest_term_wins_and_terms_of_a_facet_do_not_overlap():
    (hit,) = lexicon.find("centros de salud mental", "es", ("sector",))[:1]
    assert hit.term.words == ("centro", "de", "salud")
    found = lexicon.find("salud mental y centros de salud pública", "es", ("sector",))
    assert [" ".join(one.term.words) for one in found] == ["salud mental", "centro de salud"]


def test_one_concept_has_terms_in_four_languages():
    languages: dict[str, set[str]] = {}
    for language in ("en", "es", "fr", "it"):
        for term in lexicon.terms()[language]:
            if term.facet in ("sector", "theme"):
                languages.setdefault(term.concept, set()).add(language)
    assert len(languages) >= 270
    assert [concept for concept, known in languages.items() if len(known) < 4] == []


def test_a_language_without_terms_has_no_hits():
    assert lexicon.find("hospital", "bg") == []
    assert lexicon.find("hospital", None) == []
