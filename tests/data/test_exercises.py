"""The shipped exercises say the same in four languages, are marked as illustrative, and teach at every question."""

from __future__ import annotations

import re
from functools import cache

import pytest

from workbench import training

LANGUAGES = ("en", "es", "fr", "it")
ILLUSTRATIVE = {
    "en": "(illustrative text)",
    "es": "(texto ilustrativo)",
    "fr": "(texte illustratif)",
    "it": "(testo illustrativo)",
}


@cache
def shipped():
    return {exercise.id: exercise for exercise in training.exercises()}


def numbers(text):
    grouped = re.sub(r"(?<=\d)[.,\u202f\u00a0 ](?=\d{3}\b)", "", text)
    return sorted(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(\d),(\d)", r"\1.\2", grouped)))


def each():
    return pytest.mark.parametrize("exercise", list(shipped().values()), ids=list(shipped()))


def test_there_are_exercises_of_all_kinds_levels_and_cases():
    found = list(shipped().values())
    assert len(found) >= 6
    assert {exercise.kind for exercise in found} == {"find", "code", "match", "judge", "choose"}
    assert {exercise.case for exercise in found} >= {"naga", "tuscany-kasserine", "pichincha"}


@each()
def test_an_exercise_is_there_in_four_languages_and_every_document_says_that_it_is_illustrative(exercise):
    assert exercise.languages == LANGUAGES
    assert exercise.illustrative
    for language in LANGUAGES:
        said = exercise.words[language].sections
        for text in exercise.texts:
            assert said[f"document {text.document}"].endswith(ILLUSTRATIVE[language])


@each()
def test_the_four_languages_name_the_same_numbers(exercise):
    for key in exercise.words["en"].sections.keys() - {"notes"}:
        said = {language: numbers(exercise.words[language].sections[key]) for language in LANGUAGES}
        assert all(found == said["en"] for found in said.values()), (key, said)


@each()
def test_deciding_words_stand_once_in_their_text(exercise):
    for item in exercise.items:
        for language in LANGUAGES if item.decides else ():
            said = exercise.words[language].sections
            assert said[f"text {item.decides}"].count(said[f"decides {item.id}"]) == 1, (item.id, language)


@each()
def test_every_question_has_hints_and_words_for_another_reading_and_the_panel_differs_somewhere(exercise):
    assert all(item.hints and item.mistakes for item in exercise.items)
    assert any(values != item.answer for item in exercise.items for values in item.raters.values())


@each()
def test_the_settled_answer_of_a_scale_is_the_median_of_the_panel(exercise):
    for item in exercise.items:
        for field in item.fields:
            if field.kind == "scale":
                said = sorted(int(str(values[field.id])) for values in item.raters.values())
                low, high = said[(len(said) - 1) // 2], said[len(said) // 2]
                assert low <= int(str(item.answer[field.id])) <= high, item.id


@each()
def test_every_typical_other_answer_is_recognised_and_the_panels_own_is_not(exercise):
    for item in exercise.items:
        settled = {name: list(value) if isinstance(value, tuple) else value for name, value in item.answer.items()}
        free = {field.id: "because" for field in item.fields if field.kind == "words"}
        assert not training.feedback(exercise, item.id, settled | free)["mistakes"]
        for mistake in item.mistakes:
            field = next(field for field in item.fields if field.id == mistake.field)
            if field.kind != "several":
                given = settled | free | {mistake.field: mistake.value}
                assert [said["field"] for said in training.feedback(exercise, item.id, given)["mistakes"]] == [field.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_alone_lead_to_the_decoys_of_the_exercise_about_wording(language):
    said = shipped()["match-wording"].words[language].sections

    def shared(one, other):
        mine, theirs = (set(re.findall(r"\w{4,}", said[f"text {name}"].lower())) for name in (one, other))
        return len(mine & theirs)

    for local, decoy, counterpart in (("l2", "n2", "n3"), ("l5", "n4", "n5")):
        assert shared(local, decoy) > shared(local, counterpart)
