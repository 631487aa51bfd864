"""After an answer: how near it is, which words decide, where another reading comes from and what it implies."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import small_exercises as small
import workbench as wb
from workbench import errors
from workbench.training import agreement, checked, distribution, feedback, hint, main_field, overall


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("exercises")
    return {kind: wb.read_exercise(small.write(place, kind, items=4)) for kind in small.KINDS}


@pytest.mark.parametrize(
    ("kind", "answer", "kept"),
    [
        (
            "match",
            {"counterpart": "n1", "reason": " it\u202e is \r\n so "},
            {"counterpart": "n1", "reason": "it is \n so"},
        ),
        ("match", {"counterpart": "none", "reason": "  "}, {"counterpart": "none"}),
        ("find", {"promises": ["n2", "l1", "n2"]}, {"promises": ["l1", "n2"]}),
        ("judge", {"relation": "relation:limits", "strength": -3}, {"relation": "relation:limits", "strength": -3}),
    ],
)
def test_an_answer_comes_back_in_one_form(made, kind, answer, kept):
    assert checked(made[kind], "i1", answer) == kept


@pytest.mark.parametrize(
    ("kind", "item", "answer", "key"),
    [
        ("match", "i9", {"counterpart": "n1"}, "exercise.no_item"),
        ("match", "i1", "n1", "exercise.answer_form"),
        ("match", "i1", {}, "exercise.unanswered"),
        ("match", "i1", {"counterpart": "n7"}, "exercise.answer_value"),
        ("match", "i1", {"counterpart": ["n1"]}, "exercise.answer_value"),
        ("match", "i1", {"counterpart": "n1", "panel": "x"}, "exercise.no_field"),
        ("match", "i1", {"counterpart": "n1", "reason": "x" * 2001}, "exercise.answer_long"),
        ("match", "i1", {"counterpart": "n1", "reason": 7}, "exercise.answer_value"),
        ("find", "i1", {"promises": []}, "exercise.unanswered"),
        ("find", "i1", {"promises": "n1"}, "exercise.answer_value"),
        ("find", "i1", {"promises": [{"n1": 1}]}, "exercise.answer_value"),
        ("judge", "i1", {"relation": "relation:limits", "strength": 4}, "exercise.answer_value"),
        ("judge", "i1", {"relation": "relation:limits", "strength": True}, "exercise.answer_value"),
        ("judge", "i1", {"relation": "relation:limits", "strength": "3"}, "exercise.answer_value"),
        ("code", "i1", {"sector": "sector:data", "framework": "none", "means": ["none", "resource:staff"]},
         "exercise.answer_none"),
    ],
)  # fmt: skip
def test_a_bad_answer_is_refused_in_words(made, kind, item, answer, key):
    with pytest.raises(errors.UsageError) as caught:
        checked(made[kind], item, answer)
    assert caught.value.key == key
    assert caught.value.sentence("fr")


def test_hints_come_one_by_one_and_no_further_than_there_are(made):
    assert hint(made["match"], "i1", 2, "it") == "Second hint."
    for number in (0, 3, True, "1"):
        with pytest.raises(errors.UsageError, match="no hint"):
            hint(made["match"], "i1", number)


def test_feedback_of_another_reading_says_what_it_implies_and_which_words_decide(made):
    said = feedback(made["match"], "i2", {"counterpart": "n2"})
    field = said["fields"]["counterpart"]
    assert (field["agrees"], field["distance"], field["panel"], field["same"]) == (False, 1.0, "n1", 1)
    assert field["spread"] == [{"value": "n1", "count": 2}, {"value": "n2", "count": 1}]
    assert [each["implies"] for each in said["mistakes"]] == ["SECRET nobody would be served."]
    text = next(
        row["text"] for row in wb.training.public(made["match"])["texts"] if row["id"] == said["decides"]["text"]
    )
    assert text[said["decides"]["start"] : said["decides"]["end"]] == "The town opens a desk with two staff."
    assert json.loads(json.dumps(said)) == said


def test_distance_is_counted_in_steps_of_the_scale_of_an_order_or_in_what_two_sets_share(made):
    judged = feedback(made["judge"], "i1", {"relation": "relation:implements", "strength": -2})
    assert (judged["fields"]["strength"]["distance"], judged["fields"]["strength"]["most"]) == (4, 6)
    assert judged["fields"]["relation"]["agrees"] is True
    assert [each["field"] for each in judged["mistakes"]] == ["strength"]
    ordered = feedback(made["choose"], "i1", {"step": "staff"})
    assert (ordered["fields"]["step"]["distance"], ordered["decides"]) == (2, None)
    found = feedback(made["find"], "i1", {"promises": ["n1", "n2"]})
    assert found["fields"]["promises"]["distance"] == pytest.approx(2 / 3, abs=1e-4)
    assert [each["value"] for each in found["mistakes"]] == ["n2"]


def test_one_code_of_a_set_is_a_mistake_when_it_is_left_out_as_when_it_is_added(tmp_path):
    folder = small.write(tmp_path, "find")
    found = small.structure("find")
    found["items"][0]["mistakes"] = [{"field": "promises", "value": "n1"}]
    small.keep(folder, found)
    for path in folder.glob("*.md"):
        path.write_text(path.read_text("utf-8").replace("i1 promises n2", "i1 promises n1"), "utf-8")
    exercise = wb.read_exercise(folder)
    assert feedback(exercise, "i1", {"promises": ["l1", "n1"]})["mistakes"] == []
    assert len(feedback(exercise, "i1", {"promises": ["l1"]})["mistakes"]) == 1


def test_agreement_of_one_person_is_alpha_with_the_panels_answer(made):
    panel = {"relation": "relation:implements", "strength": 2}
    answers = {f"i{n}": {**panel, "strength": strength} for n, strength in enumerate((2, 2, 1, 3), start=1)}
    said = overall(made["judge"], answers)
    expected = wb.judging.krippendorff_alpha([[2, 2, 1, 3], [2, 2, 2, 2]], "interval")
    assert (said["field"], said["units"], said["few"]) == ("strength", 4, True)
    assert said["alpha"] == pytest.approx(expected.value)
    assert said["exact"] == 6 / 8
    assert said["steps"] == 0.5
    assert said["distance"] == pytest.approx(2 / 6 / 8)
    # All alike: agreement beyond chance is not defined, and that is said as None, not as a figure.
    assert overall(made["match"], {"i1": {"counterpart": "n1"}, "i2": {"counterpart": "n1"}})["alpha"] is None
    nothing = overall(made["match"], {})
    assert (nothing["n"], nothing["exact"], nothing["of"], nothing["units"]) == (0, None, 4, 0)


def _answers(rows: list[tuple[str, str, str, int, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"participant": who, "group": "", "exercise": "small-match", "item": item, "round": which,
             "number": number, "value": {"counterpart": value, "reason": "because"}}
            for who, item, which, number, value in rows
        ]
    )  # fmt: skip


def test_distribution_counts_the_first_try_of_each_person_in_each_round(made):
    frame = _answers(
        [
            ("ana", "i1", "alone", 2, "n1"), ("ana", "i1", "alone", 1, "n2"), ("ben", "i1", "alone", 1, "n1"),
            ("ana", "i1", "pairs", 1, "n1"), ("ben", "i9", "alone", 1, "n1"),
        ]
    )  # fmt: skip
    before = frame.copy(deep=True)
    counted = distribution(made["match"], frame)
    pd.testing.assert_frame_equal(frame, before)
    rows = {(row.value, row.round): (row.n, row.share) for row in counted.itertuples()}
    assert rows == {("n2", "alone"): (1, 0.5), ("n1", "alone"): (1, 0.5), ("n1", "pairs"): (1, 1.0)}
    last = distribution(made["match"], frame, tries="last")
    assert [(row.n, row.share) for row in last.itertuples() if row.round == "alone"] == [(2, 1.0)]
    assert distribution(made["match"], frame.iloc[:0]).empty


def test_agreement_rises_over_rounds_and_is_the_alpha_of_the_ratings(made):
    alone = [("ana", "n1 n2 n1 n2"), ("ben", "n1 n1 n2 none"), ("eva", "n2 n2 n1 n1")]
    pairs = [("ana", "n1 n1 n1 n2"), ("ben", "n1 n1 n1 n2"), ("eva", "n1 n1 n1 n1")]
    frame = _answers(
        [
            (who, f"i{n}", which, 1, value)
            for which, said in (("alone", alone), ("pairs", pairs))
            for who, values in said
            for n, value in enumerate(values.split(), start=1)
        ]
    )
    found = agreement(made["match"], frame).set_index("round")
    assert list(found.index) == ["alone", "pairs"]
    assert found.loc["alone", "people"] == 3
    for which, said in (("alone", alone), ("pairs", pairs)):
        ratings = [values.split() for _, values in said]
        among = wb.judging.krippendorff_alpha(ratings, "nominal")
        own = [value for row in ratings for value in row]
        panel = wb.judging.krippendorff_alpha([own, ["n1"] * len(own)], "nominal")
        assert found.loc[which, "alpha"] == pytest.approx(among.value)
        assert found.loc[which, "panel_alpha"] == pytest.approx(panel.value)
    assert found.loc["pairs", "alpha"] > found.loc["alone", "alpha"]
    assert found.loc["pairs", "low"] <= found.loc["pairs", "alpha"] <= found.loc["pairs", "high"]


def test_the_scale_speaks_for_an_exercise_that_has_one(made):
    assert main_field(made["judge"]) == "strength"
    assert main_field(made["match"]) == "counterpart"


def test_results_of_a_workshop_are_read_from_a_table_with_a_row_a_field(made, tmp_path):
    path = tmp_path / "answers.csv"
    head = "participant,group,exercise,item,round,try,before_reveal,field,value\r\n"
    rows = [
        "17,1,small-judge,i1,alone,1,true,relation,relation:implements",
        "17,1,small-judge,i1,alone,1,true,strength,-3",
        "17,1,small-judge,i1,alone,1,true,reason,'=1+1",
        "17,1,small-judge,i2,alone,1,true,relation,relation:nothing",
        "17,1,another,i1,alone,1,true,relation,x",
    ]
    path.write_text("\ufeff" + head + "\r\n".join(rows), "utf-8")
    frame = wb.training.read_results(path, made["judge"])
    assert frame["value"].tolist() == [{"relation": "relation:implements", "strength": -3, "reason": "'=1+1"}]
    assert frame.attrs["passed_over"] == 1
    sets = tmp_path / "sets.csv"
    sets.write_text(head + '3,,small-find,i1,pairs,2,true,promises,"[""n2"", ""n1""]"', "utf-8")
    assert wb.training.read_results(sets, made["find"])["value"].tolist() == [{"promises": ["n1", "n2"]}]
    for text in ("", "participant,value\n1,2\n"):
        path.write_text(text, "utf-8")
        with pytest.raises(errors.TableError, match="lacks"):
            wb.training.read_results(path, made["judge"])


def test_the_questions_that_divide_a_room_come_first(made):
    frame = _answers(
        [(who, "i1", "alone", 1, "n1") for who in "abc"]
        + [(who, "i2", "alone", 1, value) for who, value in zip("abc", ("n1", "n2", "none"), strict=True)]
    )
    first = wb.training.dividing(made["match"], frame).iloc[0]
    assert (first["item"], first["people"], first["panel"]) == ("i2", 3, "Art. 4 · Welcome")
    assert first["share"] == pytest.approx(1 / 3)


@pytest.mark.parametrize("name", ["match-city", "judge-corridor", "find-duties"])
def test_an_invented_workshop_has_answers_that_the_exercise_takes_and_agreement_that_rises(name):
    exercise = next(one for one in wb.exercises() if one.id == name)
    frame = wb.training.invented_results(exercise, people=12, seed=3)
    assert all(checked(exercise, row.item, row.value) == row.value for row in frame.itertuples())
    found = agreement(exercise, frame, draws=0)
    assert list(found["round"]) == ["alone", "pairs", "plenary"]
    assert found["alpha"].is_monotonic_increasing
    assert found["panel_alpha"].iloc[-1] > found["panel_alpha"].iloc[0]
