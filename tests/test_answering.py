"""Answers joined with a project: suggestions accepted, scores, gaps and agreement of the sample panels."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from workbench import model, scoring
from workbench.errors import StaleWrite, UsageError
from workbench.sample import build


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "sample.pcw"
    build(path)
    with wb.Project.open(path) as project:
        yield project


@pytest.fixture
def project(sample, tmp_path: Path):
    """A copy of the sample project to write to."""
    with wb.Project.restore(sample.backup(tmp_path / "copy.sqlite"), tmp_path / "own.sqlite") as opened:
        yield opened


def test_the_sample_panels_answer_in_all_four_territories_on_both_sides(sample):
    answers = sample.answers()
    assert set(answers["territory_id"]) == {"ph-naga-city", "ec-p", "it-52", "tn-42"}
    assert set(answers["state"]) == set(model.ANSWER_STATES)
    assert sample.check() == []
    for territory in set(answers["territory_id"]):
        for basis in model.BASES:
            scores = wb.score_answers(sample, territory, basis=basis, form="short")
            known = [row.score for row in scores.dimensions if row.score is not None]
            assert len(known) >= 4
            assert all(0 <= score <= 100 for score in known)


def test_a_suggestion_counts_for_nothing_until_a_person_accepts_it(project):
    project.undo("respondent-local-planning", "q:C6@ph-naga-city:paper")
    before = wb.score_answers(project, "ph-naga-city", basis="paper")
    found = wb.suggest_answers(project, "ph-naga-city", top=1)
    assert wb.score_answers(project, "ph-naga-city", basis="paper") == before
    row = found.loc[found["item"] == "C6"].iloc[0]
    assert wb.accept_answer(project, row, respondent="Ana", side="local") == 1
    answer = project.answers("ph-naga-city").query("respondent == 'Ana'").iloc[0]
    assert (answer["basis"], answer["level"], answer["note"]) == ("paper", row["low"], row["sentence"])
    assert (answer["document_id"], answer["provision_id"]) == (row["document_id"], row["provision_id"])
    after = {one.id: one for one in wb.score_answers(project, "ph-naga-city", basis="paper").indicators}
    assert after["C6"].score == 25 * row["low"]
    assert after["C6"].provisions == (row["provision_id"],)
    with pytest.raises(StaleWrite):
        wb.accept_answer(project, row, respondent="Ana", side="local", level=3)
    assert wb.accept_answer(project, row.to_dict(), respondent="Ana", side="local", level=3, expected_version=1) == 2
    listed = next(found.query("item == 'D1'").itertuples(index=False))
    assert wb.accept_answer(project, listed, respondent="Ruth", side="national", level=2) == 1
    assert project.answers().query("respondent == 'Ruth'")["page"].tolist() == [listed.page]


def test_scores_of_a_project_are_those_of_its_tables(sample):
    questions = wb.questionnaire("it", form="short")
    about = wb.answers_about(sample, "ec-p")
    assert wb.score_answers(sample, "ec-p", form="short") == scoring.score_answers(about, questions)
    panel = wb.panel_answers(sample, "ec-p", form="short")
    pd.testing.assert_frame_equal(panel, scoring.panel_answers(about, questions, basis="practice"))


def test_what_the_ministry_says_of_all_territories_reaches_one_of_which_it_said_nothing(project):
    project.answer("E4", territory="ec", respondent="respondent-national-rector", side="national", level=2)
    for territory in ("ec-p", "ec-quito"):
        found = {row.id: row for row in wb.score_answers(project, territory).indicators}
        assert (found["E4"].value, found["E4"].coverage) == (2, 0.5)
    assert {row.id: row for row in wb.score_answers(project, "it-52").indicators}["E4"].value is None


def test_the_two_sides_see_the_dialogue_differently_in_pichincha(sample):
    gaps = wb.perception_gap(sample, "ec-p", form="short").set_index("item")
    # D4: local 1 and 1, national 3 and 2.
    assert gaps.loc["D4", ["local", "national", "gap", "local_n", "national_n"]].tolist() == [1, 2.5, -1.5, 2, 2]
    assert gaps.loc["D4", "low"] < -1.5 < gaps.loc["D4", "high"]
    assert math.isnan(gaps.loc["I5", "gap"])


def test_practice_falls_behind_paper_where_both_are_known(sample):
    gaps = wb.implementation_gap(sample, "ec-p", form="short").set_index("dimension")
    # F, on paper F3 3, F4 3, F5 4; in practice F3 3 and 2 → 2, F4 3 and 3, F5 4 and 3 → 3.
    assert gaps.loc["F"].tolist() == pytest.approx([250 / 3, 200 / 3, 50 / 3, 3])
    assert math.isnan(gaps.loc["I", "gap"])


def test_agreement_is_told_for_each_side_and_basis(sample):
    found = wb.answer_agreement(sample, "ec-p", bootstrap=100).set_index(["basis", "side"])
    local = found.loc[("practice", "local")]
    assert (local["respondents"], local["items"]) == (2, 20)
    assert local["low"] <= local["alpha"] <= local["high"]
    assert math.isnan(found.loc[("paper", "national"), "alpha"])


def test_a_nation_has_no_score_of_its_own(sample):
    for verb in (wb.score_answers, wb.suggest_answers, wb.perception_gap, wb.answer_agreement):
        with pytest.raises(UsageError):
            verb(sample, "ec")
        with pytest.raises(UsageError):
            verb(sample, "nowhere")
