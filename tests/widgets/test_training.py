"""The exercise as an object: what its traits hold, what it keeps, what it refuses."""

from __future__ import annotations

import json

import pytest

import small_exercises as small
import workbench as wb
from widgets import TrainingApp, exercise_view
from widgets.guided import journey
from workbench import errors, messages


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    return tmp_path


def _send(view, **message):
    view._handle_custom_msg(message, [])


def _state(view) -> str:
    return json.dumps(
        {name: getattr(view, name) for name in view.trait_names(sync=True) if name != "layout"}, default=str
    )


def test_no_trait_holds_anything_of_the_panel_before_ones_own_answer_is_kept(home):
    view = exercise_view(small.write(home, "match", items=2))
    assert "SECRET" not in _state(view)
    _send(view, kind="hint", item="i1", number=1, id="h1")
    assert view.hints["i1"] == ["First hint."]
    _send(view, kind="answer", item="i1", value={"counterpart": "n9"}, id="a0")
    assert (view.refused["id"], view.feedback) == ("a0", {})
    _send(view, kind="retry", item="i1", id="r0")
    assert "SECRET" not in _state(view)
    _send(view, kind="answer", item="i1", value={"counterpart": "n2"}, id="a1")
    assert view.answers == {"i1": {"counterpart": "n2"}}
    assert set(view.feedback) == {"i1"}
    assert view.refused == {}


def test_the_same_submit_twice_counts_once_and_first_answers_count_for_agreement(home):
    folder = small.write(home, "match", items=2)
    view = exercise_view(folder, learner="ana")
    for number, value in (("a1", "n2"), ("a1", "n2"), ("a2", "n1")):
        _send(view, kind="answer", item="i1", value={"counterpart": value}, id=number)
    kept = wb.training.kept_progress(wb.training_home(), "ana")["small-match"]["tries"]
    assert [(one["number"], one["value"]["counterpart"]) for one in kept] == [(1, "n2"), (2, "n1")]
    assert view.answers["i1"] == {"counterpart": "n1"}
    assert view.feedback["i1"]["fields"]["counterpart"]["agrees"] is True
    assert view.overall["exact"] == 0.0
    again = exercise_view(folder, learner="ana", language="fr")
    assert again.answers == view.answers
    assert again.labels["training.send"] == messages.text("training.send", "fr")
    assert exercise_view(folder, learner="ben").answers == {}


def test_a_message_that_nobody_would_send_changes_nothing(home):
    view = exercise_view(small.write(home, "judge"))
    for message in (
        {"kind": "answer"}, {"kind": "answer", "item": "i9", "value": {}, "id": "x"}, {"kind": "hint", "item": "i1"},
        {"kind": "hint", "item": "i1", "number": 7}, {"kind": "answer", "item": ["i1"], "value": None, "id": {}},
        {"kind": "feedback"}, {"kind": "exercise"}, {"kind": None},
    ):  # fmt: skip
        _send(view, **message)
    assert (view.answers, view.feedback) == ({}, {})
    assert "SECRET" not in _state(view)


def test_progress_of_a_damaged_file_or_a_strange_number_hurts_nobody(home):
    place = wb.training_home()
    (place / "progress").mkdir()
    (place / "progress" / "ana.json").write_text('{"small-match": {"tries": 7}, "x": ', "utf-8")
    assert wb.training.kept_progress(place, "ana") == {}
    (place / "progress" / "ana.json").write_text('{"small-match": {"tries": 7}}', "utf-8")
    assert exercise_view(small.write(home), learner="ana").answers == {}
    for strange in ("../../x", "", "a b", "a" * 65, "a/b"):
        with pytest.raises(errors.UsageError):
            wb.training.kept_progress(place, strange)


def test_answers_to_an_older_version_that_no_longer_fit_are_passed_over(home):
    folder = small.write(home, "match")
    view = exercise_view(folder, learner="ana")
    _send(view, kind="answer", item="i1", value={"counterpart": "none"}, id="a1")
    found = small.structure()
    found["items"][0]["fields"][0]["options"] = ["n1", "n2"]
    small.keep(folder, found)
    assert exercise_view(folder, learner="ana").answers == {}


def test_a_faulty_exercise_of_ones_own_is_named_and_the_others_are_listed(home):
    place = wb.training_home() / "exercises"
    broken = small.write(place, "code")
    small.write(place, "match")
    (broken / "it.md").unlink()
    app = TrainingApp()
    app.show()
    listed = [row["id"] for row in app.view.catalogue]
    assert "small-match" in listed
    assert "small-code" not in listed
    assert "it.md" in app.steps.notice["text"]


def test_an_unknown_exercise_says_which_there_are(home):
    with pytest.raises(errors.UsageError, match="Give a folder, or one of"):
        exercise_view("no-such-exercise")


def test_the_first_page_leads_a_trainer_to_the_exercises():
    assert journey.exercises() == "training"
    assert "training" in journey.beside()
