"""Answers to the questionnaire are kept as verdicts are: added, never overwritten, with what shows them."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench import asking, model
from workbench.errors import StaleWrite, StoreError, UsageError
from workbench.store import Project, answer_id

ANA = {"territory": "ec-p", "respondent": "Ana", "side": "local"}
RUTH = {"territory": "ec-p", "respondent": "Ruth", "side": "national"}


def levels(project: Project, **more: object) -> list[tuple[object, ...]]:
    return [(row.item, row.respondent, row.basis, row.state, row.level) for row in model.rows(project.answers(**more))]


def test_people_of_both_sides_answer_the_same_item_and_stand_beside_each_other(project, plan):
    assert project.answer("D1", **ANA, level=3, document=plan.id, page=2, reason="mesa anual") == 1
    assert project.answer("D1", **{**ANA, "respondent": " Luis "}, level=2) == 1
    assert project.answer("D1", **RUTH, level="do_not_know") == 1
    answers = project.answers("ec-p")
    model.ANSWERS.check(answers)
    assert list(answers.columns) == list(model.ANSWERS.columns)
    assert answers["respondent"].tolist() == ["Ana", "Luis", "Ruth"]
    assert answers["side"].tolist() == ["local", "local", "national"]
    assert answers["level"].tolist() == [3, 2, pd.NA]
    assert answers["questionnaire"].unique().tolist() == [asking.version()]
    assert project.answers("ec").empty


def test_not_applicable_and_do_not_know_are_never_the_same_and_never_a_zero(project):
    for item, level in (("G2", "not_applicable"), ("G3", "do_not_know"), ("G4", 0)):
        project.answer(item, **ANA, level=level)
    found = project.answers()
    assert found["state"].tolist() == ["not_applicable", "do_not_know", "level"]
    assert found["level"].isna().tolist() == [True, True, False]


def test_on_paper_and_in_practice_are_two_answers_each_with_its_versions(project):
    project.answer("C4", **ANA, level=3, basis="paper", note="presupuesto 2026")
    project.answer("C4", **ANA, level=1)
    project.answer("C4", **ANA, level=2, expected_version=1)
    assert levels(project) == [("C4", "Ana", "paper", "level", 3), ("C4", "Ana", "practice", "level", 2)]
    assert [level for *_, level in levels(project, latest=False)] == [3, 1, 2]
    assert project.history(answer_id("C4", "ec-p"))["version"].tolist() == [1, 2]


def test_a_high_level_without_evidence_is_kept_and_flagged(project, plan):
    project.answer("C4", **ANA, level=4)
    project.answer("C6", **ANA, level=3, note="  ")
    project.answer("D1", **ANA, level=3, link="https://example.org/acta")
    project.answer("D2", **ANA, level=2)
    project.answer("D6", **ANA, level=4, provision=f"{plan.id}#1")
    found = project.answers().set_index("item")
    assert found["lacks_evidence"].to_dict() == {"C4": True, "C6": True, "D1": False, "D2": False, "D6": False}
    assert found.loc["D6", "document_id"] == plan.id
    assert found.loc["C4", "level"] == 4


def test_evidence_that_left_the_project_stands_no_more_and_the_answer_stays(project, plan):
    project.answer("D1", **ANA, level=4, document=plan.id)
    assert project.answers()["lacks_evidence"].tolist() == [False]
    project.remove_document(plan.id)
    assert project.answers()[["level", "lacks_evidence"]].values.tolist() == [[4, True]]
    assert list(project.check()) == []


def test_an_open_item_takes_words_and_nothing_else(project):
    project.answer("O1", **ANA, level=None, reason="Enviar los datos a tiempo.")
    assert levels(project) == [("O1", "Ana", "practice", "words", pd.NA)]
    for wrong in ({"level": 2, "reason": "x"}, {"level": None}, {"level": "do_not_know", "reason": "x"}):
        with pytest.raises(UsageError):
            project.answer("O1", **RUTH, **wrong)


def test_a_stale_answer_is_refused_with_both_values(project):
    project.answer("D3", **ANA, level=1)
    with pytest.raises(StaleWrite) as refused:
        project.answer("D3", **ANA, level=2)
    values = refused.value.values
    assert (values["mine"]["level"], values["theirs"]["level"]) == (2, 1)
    assert (values["expected"], values["current"]) == (0, 1)
    assert [level for *_, level in levels(project)] == [1]


def test_the_same_token_counts_once(project):
    for _ in range(3):
        assert project.answer("D3", **ANA, level=1, token="click-1") == 1
    with pytest.raises(StoreError):
        project.answer("D4", **ANA, level=1, token="click-1")
    assert len(project.answers(latest=False)) == 1


def test_undoing_brings_back_what_was_answered_before(project, plan):
    item = answer_id("D3", "ec-p")
    project.answer("D3", **ANA, level=1)
    project.answer("D3", **ANA, level=4, provision=f"{plan.id}#1", expected_version=1, token="t2")
    assert project.undo("Ana", "t2") == 3
    assert [level for *_, level in levels(project)] == [1]
    assert project.undo("Ana", item) == 4
    assert project.answers().empty
    with pytest.raises(StoreError):
        project.undo("Ana", item)
    assert project.answer("D3", **ANA, level=2) == 5


def test_what_is_out_of_range_is_refused_with_its_place_and_nothing_is_written(project, plan, law):
    version = project.version
    wrong = (
        {"level": 5}, {"level": -1}, {"level": 2.5}, {"level": True}, {"level": "3"}, {"level": "none"},
        {"level": None}, {"level": 1, "basis": "theory"}, {"level": 1, "side": "third"}, {"level": 1, "page": 0},
        {"level": 3, "link": "javascript:alert(1)"}, {"level": 1, "respondent": " "},
    )  # fmt: skip
    for values in wrong:
        with pytest.raises(UsageError) as refused:
            project.answer("D3", **{**ANA, **values})
        assert refused.value.where
    with pytest.raises(UsageError) as refused:
        project.answer("D33", **ANA, level=1)
    assert "D3" in refused.value.todo("it")
    with pytest.raises(UsageError):
        project.answer("C4", **RUTH, level=1)
    for unknown in (
        {"territory": "ec-x"}, {"document": "none"}, {"provision": "none#1"},
        {"provision": f"{plan.id}#1", "document": law.id}, {"territory": "ec"},
    ):  # fmt: skip
        with pytest.raises(StoreError):
            project.answer("D3", **{**ANA, **unknown}, level=1)
    assert project.version == version


def test_a_nation_may_be_answered_for_by_its_own_people(project):
    assert project.answer("H5", territory="ec", respondent="Ruth", side="national", level=2) == 1
    assert levels(project, territory_id="ec") == [("H5", "Ruth", "practice", "level", 2)]


def test_from_the_first_person_on_only_people_answer_each_for_their_own_side(project):
    project.set_person("Ana", side="local")
    project.set_person("Teo", side="third")
    project.set_person("Eva", role="viewer", side="local")
    with pytest.raises(StoreError):
        project.answer("D3", **RUTH, level=1)
    with pytest.raises(StoreError) as refused:
        project.answer("D3", **{**ANA, "side": "national"}, level=1)
    assert refused.value.key == "answer.other_side"
    with pytest.raises(StoreError):
        project.answer("D3", **{**ANA, "respondent": "Eva"}, level=1)
    project.answer("D3", **{**ANA, "respondent": "Teo", "side": "national"}, level=1)
    project.answer("D3", **ANA, level=1)


def test_many_answers_are_saved_together_or_not_at_all_and_stale_ones_are_named(project):
    project.answer("D3", **ANA, level=1)
    given = [model.Answer(item, "ec-p", "local", 2) for item in ("D2", "D3", "D4")]
    made = project.answer_all(given, respondent="Ana", expected_versions=[0, 0, 0])
    assert (made[0], made[2]) == (1, 1)
    assert isinstance(made[1], StaleWrite)
    assert [(item, level) for item, *_, level in levels(project)] == [("D3", 1), ("D2", 2), ("D4", 2)]
    version = project.version
    bad = [model.Answer("D5", "ec-p", "local", 2), model.Answer("D6", "ec-p", "local", 2, document_id="none")]
    with pytest.raises(StoreError):
        project.answer_all(bad, respondent="Ana", expected_versions=[0, 0])
    assert project.version == version


def test_answers_survive_export_and_backup(project, tmp_path, plan):
    project.answer("D1", **ANA, level=3, provision=f"{plan.id}#2", page=2, note="=acta «n.º 1»")
    project.answer("G2", **RUTH, level="not_applicable")
    project.answer("O1", **RUTH, level=None, reason="-datos")
    before = project.answers()
    with Project.bring_in(project.export(tmp_path / "all.zip"), tmp_path / "again.sqlite") as again:
        pd.testing.assert_frame_equal(again.answers(), before)
        assert again.check() == []
    with Project.restore(project.backup(tmp_path / "copy.sqlite"), tmp_path / "third.sqlite") as third:
        pd.testing.assert_frame_equal(third.answers(), before)
