"""An exercise is read whole or refused with file, place and what to do; its files are hostile until checked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import small_exercises as small
import workbench as wb
from workbench import errors


@pytest.mark.parametrize("kind", small.KINDS)
def test_an_exercise_of_kind(kind, tmp_path):
    exercise = wb.read_exercise(small.write(tmp_path, kind))
    assert (exercise.id, exercise.kind, exercise.languages) == (f"small-{kind}", kind, ("en", "es", "fr", "it"))
    assert set(exercise.items[0].raters) == {"P1", "P2", "P3"}


def test_any_change_of_a_letter_shows_in_the_version(tmp_path):
    folder = small.write(tmp_path)
    before = wb.read_exercise(folder).version
    path = folder / "fr.md"
    path.write_text(path.read_text("utf-8").replace("Plan of", "plan of"), "utf-8")
    assert before.startswith("1+")
    assert wb.read_exercise(folder).version != before


@pytest.mark.parametrize("kind", small.KINDS)
def test_nothing_of_the_panel_is_in_what_a_participant_may_see(kind, tmp_path):
    exercise = wb.read_exercise(small.write(tmp_path, kind))
    for language in small.LANGUAGES:
        shown = wb.training.public(exercise, language)
        said = json.dumps(shown)
        for secret in ("SECRET", "P1", "raters", "panel", "decides", "mistake", "First hint"):
            assert secret not in said
        assert shown["items"][0]["hints"] == 2


@pytest.mark.parametrize("exercise", wb.exercises(), ids=lambda exercise: exercise.id)
def test_no_line_of_a_french_exercise_begins_with_a_sign_that_belongs_to_the_word_before(exercise):
    words = exercise.words["fr"]
    texts = [words.title, *words.headings.values(), *words.sections.values()]
    assert [text for text in texts if re.search(r" [;:!?»%…]|« ", text)] == []


def test_a_language_that_is_not_there_is_said_and_the_first_one_stands_in(tmp_path):
    folder = small.write(tmp_path)
    small.keep(folder, {**small.structure(), "languages": ["es"]})
    for language in ("en", "fr", "it"):
        (folder / f"{language}.md").unlink()
    assert wb.training.public(wb.read_exercise(folder), "it")["language"] == "es"


def _at(*path: Any, value: Any) -> Callable[[dict], None]:
    def change(found: dict) -> None:
        for step in path[:-1]:
            found = found[step]
        found[path[-1]] = value

    return change


def _without(*path: Any) -> Callable[[dict], None]:
    def change(found: dict) -> None:
        for step in path[:-1]:
            found = found[step]
        del found[path[-1]]

    return change


_ITEM = ("items", 0)
_FIELD = (*_ITEM, "fields", 0)
BROKEN: list[tuple[Callable[[dict], None], str, str]] = [
    (_at("format", value="exercise-9"), "exercise.value", "format"),
    (_at("kind", value="guess"), "exercise.value", "kind"),
    (_at("level", value=4), "exercise.whole", "level"),
    (_at("level", value=True), "exercise.whole", "level"),
    (_at("minutes", value=31), "exercise.whole", "minutes"),
    (_at("version", value=1), "exercise.not_text", "version"),
    (_at("illustrative", value="yes"), "exercise.truth", "illustrative"),
    (_at("id", value="other"), "exercise.folder_name", "01-small-match"),
    (_at("colour", value="red"), "exercise.unknown", "colour"),
    (_without("minutes"), "exercise.missing", "minutes"),
    (_at("languages", value=["en", "de"]), "exercise.value", "languages[1]"),
    (_at("texts", value="n1"), "exercise.not_list", "texts"),
    (_at("texts", 1, "id", value="n1"), "exercise.twice_id", "texts"),
    (_at("texts", 1, "id", value="none"), "exercise.id", "texts"),
    (_at("texts", 0, "side", value="upper"), "exercise.value", "texts[0].side"),
    (_at("texts", 0, value="n1"), "exercise.not_mapping", "texts[0]"),
    (_at(*_ITEM, "id", value="../i1"), "exercise.id", "items[0].id"),
    (_at(*_ITEM, "texts", value=["l9"]), "exercise.value", "items[0].texts[0]"),
    (_at(*_ITEM, "hints", value=9), "exercise.whole", "items[0].hints"),
    (_at(*_ITEM, "decides", value={"text": "n2"}), "exercise.value", "items[0].decides.text"),
    (_without(*_ITEM, "decides"), "exercise.missing", "items[0].decides"),
    (_at(*_ITEM, "fields", value=[{"id": "reason", "kind": "words"}]), "exercise.only_words", "items[0].fields"),
    (_at(*_FIELD, "options", value=["n1"]), "exercise.count", "items[0].fields[0].options"),
    (_at(*_FIELD, "options", value=["n1", "n2", False]), "exercise.not_text", "items[0].fields[0].options[2]"),
    (_at(*_FIELD, "options", value=["n1", "n2", "gcm:99"]), "exercise.code", "items[0].fields[0].options[2]"),
    (_at(*_FIELD, "measure", value="interval"), "exercise.value", "items[0].fields[0].measure"),
    (_at(*_FIELD, "most", value=2), "exercise.unknown", "items[0].fields[0].most"),
    (_without(*_ITEM, "panel", "raters", "P3"), "exercise.count", "items[0].panel.raters"),
    (_at(*_ITEM, "panel", "raters", "P2", value={}), "exercise.missing", "items[0].panel.raters.P2.counterpart"),
    (_at(*_ITEM, "panel", "answer", "counterpart", value="n7"), "exercise.value", "items[0].panel.answer.counterpart"),
    (_at(*_ITEM, "mistakes", 0, "value", value="n1"), "exercise.no_mistake", "items[0].mistakes[0]"),
    (_at(*_ITEM, "mistakes", 0, "field", value="reason"), "exercise.value", "items[0].mistakes[0].field"),
    (_at("figures", value=[{"id": "A", "label": "A", "score": 4, "low": 3, "high": 5}]), "exercise.unknown", "figures"),
]


@pytest.mark.parametrize(("change", "key", "entry"), BROKEN, ids=[f"{key} {entry}" for _, key, entry in BROKEN])
def test_a_wrong_entry_is_named_with_file_place_and_what_to_do(change, key, entry, tmp_path):
    folder = small.write(tmp_path)
    found = small.structure()
    change(found)
    small.keep(folder, found)
    with pytest.raises(errors.TableError) as caught:
        wb.read_exercise(folder)
    error = caught.value
    assert (error.key, error.values["entry"]) == (key, entry)
    assert error.where.startswith("01-small-match")
    for language in small.LANGUAGES:
        assert error.sentence(language).count("{") == 0


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    folder = small.write(tmp_path)
    small.keep(folder, {**small.structure(), "level": 9, "minutes": 2, "case": "atlantis"})
    said = wb.check_exercise(folder)
    assert [error.values["entry"] for error in said] == ["level", "minutes", "case"]


@pytest.mark.parametrize(
    ("old", "new", "key", "entry"),
    [
        ("## goal\nSee what belongs together.\n", "", "exercise.section", "goal"),
        ("## notes\n", "## notes of mine\n", "exercise.section", "notes"),
        ("## goal\n", "## aim\n", "exercise.section", "goal"),
        ("## goal\n", "## extra\nMore\n## goal\n", "exercise.section_unknown", "extra"),
        ("## goal\nSee", "## goal\n## intro\nSee", "exercise.section_twice", "intro"),
        ("See what belongs together.", "", "exercise.section_empty", "goal"),
        ("# A small", "A small", "exercise.before", "A small exercise (en)"),
        ("# A small exercise (en)\n", "", "exercise.no_title", "#"),
        ("### Desk\n", "", "exercise.heading", "text l1"),
        ("Two levels", "<b>Two</b> levels", "exercise.markup", "intro"),
        ("Two levels", "Two [levels](x)", "exercise.markup", "intro"),
        ("Two levels", "Two \u202elevels", "exercise.markup", "intro"),
        ("## decides i1\nThe town opens", "## decides i1\nThe city opens", "exercise.decides", "decides i1"),
    ],
)
def test_wrong_words_are_named_with_file_and_section(old, new, key, entry, tmp_path):
    folder = small.write(tmp_path)
    path = folder / "en.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    found = [(error.key, error.where, error.values["entry"]) for error in wb.check_exercise(folder)]
    assert (key, "01-small-match/en.md", entry) in found


def test_a_missing_language_is_named(tmp_path):
    folder = small.write(tmp_path)
    (folder / "it.md").unlink()
    assert [(error.key, error.values["entry"]) for error in wb.check_exercise(folder)] == [
        ("exercise.language", "it.md")
    ]


HOSTILE = {
    "exercise.alias": "a: &x [1, 2]\nb: [*x, *x, *x]\n",
    "exercise.deep": "a: " + "[" * 50_000,
    "exercise.large": "a: " + "x" * 400_000,
    "exercise.yaml": "a: [1, 2\nb: }",
    "exercise.twice": "id: a\nid: b\n",
    "exercise.unreadable": b"\xff\xfe\x00bad",
}


@pytest.mark.parametrize("key", HOSTILE)
def test_a_hostile_file_is_refused_with(key, tmp_path):
    folder = small.write(tmp_path)
    said = HOSTILE[key]
    (folder / "exercise.yaml").write_bytes(said if isinstance(said, bytes) else said.encode())
    assert [error.key for error in wb.check_exercise(folder)] == [key]


@pytest.mark.parametrize(
    "text",
    ["!!python/object/apply:os.system [echo]", "a: 2026-99-99", "- a list", "", "a: " + "9" * 5000, "? [a]\n: b"],
)
def test_yaml_that_makes_objects_or_no_entries_is_refused(text, tmp_path):
    folder = small.write(tmp_path)
    (folder / "exercise.yaml").write_text(text, "utf-8")
    assert [error.key for error in wb.check_exercise(folder)] == ["exercise.yaml"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    folder = small.write(tmp_path)
    (tmp_path / "private").write_text((folder / "en.md").read_text("utf-8"), "utf-8")
    (folder / "en.md").unlink()
    (folder / "en.md").symlink_to(tmp_path / "private")
    assert [error.key for error in wb.check_exercise(folder)] == ["exercise.folder"]


def test_a_folder_without_exercise_says_what_an_exercise_is(tmp_path):
    with pytest.raises(errors.TableError, match=r"exercise\.yaml is not there"):
        wb.read_exercise(tmp_path / "nowhere")


def test_scripts_of_the_interface_are_found_by_path_and_nothing_else():
    from workbench.resources import interface

    assert interface("part.js").name == "part.js"
    for name in ("../README.md", "part.py", "nothing.js", "/etc/passwd", str(Path(__file__))):
        with pytest.raises(errors.UsageError):
            interface(name)
