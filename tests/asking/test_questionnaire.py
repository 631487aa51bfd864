"""The questionnaire as it ships: whole in four languages, one scale, and a check that names what is wrong."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

import workbench as wb
from workbench import asking, messages, model
from workbench.errors import TableError, UsageError

SHIPPED = wb.shipped("data/questionnaire")
SHORT = re.findall(r"\w+", "B1 B3 C4 C6 C8 D1 D2 D3 D4 D5 E3 F3 F4 F5 G2 G4 G6 H2 H3 H5 I2 I5")
LOCAL_ONLY = re.findall(r"\w+", "B5 C4 C6 C8 E3 E6 F3 F4 F5 F6 F8 G6 G7 H4 I2 I3 I4 I6 I7")
EACH = pytest.mark.parametrize("language", messages.LANGUAGES)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the shipped questionnaire, to be spoilt."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "own"))


def test_the_shipped_questionnaire_is_whole():
    assert wb.check_questionnaire() == []


@EACH
def test_there_are_47_items_of_which_46_have_levels_in_the_same_order_in_every_language(language):
    questions = wb.questionnaire(language)
    model.QUESTIONS.check(questions)
    assert list(questions["item"]) == list(wb.questionnaire("en")["item"])
    counts = questions["dimension"].value_counts().to_dict()
    assert counts == {"B": 6, "C": 5, "D": 7, "E": 4, "F": 6, "G": 7, "H": 5, "I": 6, "O": 1}
    assert questions.loc[questions["kind"] == "open", "item"].tolist() == ["O1"]
    assert not any(questions["question"].str.strip() == "")
    assert all(question.rstrip().endswith("?") for question in questions["question"])


@EACH
def test_every_item_with_levels_has_five_different_anchors_and_an_explanation(language):
    questions = wb.questionnaire(language).query("kind == 'level'")
    anchors = questions[[f"level_{number}" for number in range(5)]]
    assert not anchors.isna().any(axis=None)
    assert [len(set(row)) for row in anchors.itertuples(index=False)] == [5] * 46
    assert all(len(text) > 10 for text in questions["explanation"])
    assert all(text.endswith(".") for text in anchors.to_numpy().ravel())


@EACH
def test_no_text_of_one_language_is_left_in_another(language):
    words, english = asking.questionnaire_words(language), asking.questionnaire_words("en")
    if language == "en":
        return
    for item, own in words.items.items():
        assert own["question"] != english.items[item]["question"]
        for mine, theirs in zip(own.get("anchors", ()), english.items[item].get("anchors", ()), strict=True):
            assert mine != theirs, item
    assert set(words.answers) == set(english.answers)
    assert len(words.ladder) == 5


def test_the_short_form_is_22_of_the_same_items_on_the_same_scale():
    short, full = wb.questionnaire(form="short"), wb.questionnaire()
    assert short["item"].tolist() == SHORT
    same = full[full["item"].isin(SHORT)].reset_index(drop=True)
    assert short.equals(same)
    assert set(short["dimension"]) == set("BCDEFGHI")


def test_items_for_both_levels_are_marked_and_each_side_gets_its_own():
    questions = wb.questionnaire()
    local = questions.loc[[sides == ("local",) for sides in questions["sides"]], "item"].tolist()
    assert local == LOCAL_ONLY
    both = [item for item, sides in zip(questions["item"], questions["sides"], strict=True) if len(sides) == 2]
    assert len(both) == 47 - len(LOCAL_ONLY)
    assert [item for item in both if item[0] == "D"] == ["D1", "D2", "D3", "D4", "D5", "D6", "D7"]
    assert wb.questionnaire(side="national")["item"].tolist() == both
    assert len(wb.questionnaire(side="local")) == 47


def test_what_documents_can_speak_for_is_marked_with_the_codings_that_do():
    questions = wb.questionnaire()
    marked = questions.loc[questions["from_documents"].astype(bool)]
    assert len(marked) == 23
    assert all(marked["codings"])
    assert not any(questions.loc[~questions["from_documents"].astype(bool), "codings"])


def test_every_source_is_named_in_full():
    found = yaml.safe_load((SHIPPED / "items.yaml").read_text("utf-8"))
    named = {source for entry in found["items"].values() for source in entry["sources"]}
    assert named == set(found["sources"])
    assert {entry["seen"] for entry in found["sources"].values()} <= {"yes", "partly", "no"}
    assert all(entry["sources"] for name, entry in found["items"].items() if name != "O1")


def test_the_version_shows_any_change_of_a_letter_and_not_of_line_ends(folder):
    before = asking.version(folder)
    assert before == asking.version()
    assert before.startswith("1+")
    path = folder / "it.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert asking.version(folder) == before
    path.write_text(path.read_text("utf-8").replace("sportello", "banco", 1), encoding="utf-8")
    assert asking.version(folder) != before


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("fr.yaml", "  B4:\n    question:", "  B99:\n    question:", ("fr.yaml", "B4", "missing")),
        ("es.yaml", "      - No está escrito en ninguna parte.\n", "", ("es.yaml", "B1.anchors", "five texts")),
        ("es.yaml", "- No está escrito en ninguna parte.", "- ''", ("es.yaml", "B1.anchors.0", "not empty")),
        ("it.yaml", "  practice: nella", "  practise: nella", ("it.yaml", "answers.practice", "missing")),
        ("en.yaml", "      - It met once.", "      - It did not meet.", ("en.yaml", "D2.anchors.1", "lower level")),
        ("items.yaml", "B1: {dimension: B", "B1: {dimension: C", ("items.yaml", "B1.dimension", "letter")),
        ("items.yaml", "sources: [LAI, RAI]", "sources: [LAY]", ("items.yaml", "B2.sources", "not listed")),
        ("items.yaml", 'version: "1"', "version: 1", ("items.yaml", "version", "plus sign")),
        ("items.yaml", "asked: L,", "asked: all,", ("items.yaml", "B5.asked", "L, N or LN")),
        ("items.yaml", '"sector"]', '"colour"]', ("items.yaml", "B1.codings", "facet")),
        ("items.yaml", "  B2: {", "  B1: {", ("items.yaml", "B1", "twice")),
        ("items.yaml", "items:\n", "items: [\n", ("items.yaml", "YAML", "line")),
    ],
)
def test_what_is_wrong_is_named_with_its_file_and_place(folder, file, old, new, says):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = wb.check_questionnaire(folder)
    assert found
    assert all(part in " ".join(found) for part in says)
    language = "en" if file == "items.yaml" else path.stem
    with pytest.raises(TableError):
        wb.questionnaire(language, folder=folder)


def test_a_language_of_ones_own_that_is_not_there_and_unknown_options_are_refused_in_words(folder):
    (folder / "fr.yaml").unlink()
    with pytest.raises(UsageError) as refused:
        wb.questionnaire("fr", folder=folder)
    assert "en, es, it" in str(refused.value)
    for wrong in ({"form": "tiny"}, {"side": "third"}):
        with pytest.raises(UsageError):
            wb.questionnaire(**wrong)
    with pytest.raises(UsageError) as refused:
        asking.item_of("B11")
    assert "B1" in str(refused.value)


def test_a_folder_without_a_language_or_without_items_is_named_as_such(folder):
    for path in folder.glob("??.yaml"):
        path.unlink()
    assert "no file of a language" in " ".join(wb.check_questionnaire(folder))
    (folder / "items.yaml").unlink()
    assert "items.yaml" in " ".join(wb.check_questionnaire(folder))
