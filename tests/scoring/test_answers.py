"""Scores from the questionnaire: an example worked out by hand, and what holds for any answers."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from workbench import model, scoring
from workbench.errors import TableError

SHORT = wb.questionnaire(form="short")
FULL = wb.questionnaire()
LEVEL_ITEMS = FULL.loc[FULL["kind"] == "level"]


def said(item: str, who: str, level: int | str, *, side: str = "local", **more: Any) -> dict[str, Any]:
    state = "level" if isinstance(level, int) else level
    evidence = bool(more.get("note") or more.get("link") or more.get("document_id"))
    return {
        "item": item, "territory_id": "t", "respondent": who, "side": side, "basis": "practice", "state": state,
        "level": level if state == "level" else None, "document_id": None, "provision_id": None, "page": None,
        "link": "", "note": "", "reason": "", "questionnaire": "1", "at": "2026-11-01T00:00:00.000Z", "version": 1,
        "lacks_evidence": state == "level" and int(level) >= 3 and not evidence, **more,
    }  # fmt: skip


def table(*answers: dict[str, Any]) -> pd.DataFrame:
    return model.ANSWERS.frame(list(answers))


# By hand, short form, in practice. C is asked of the local side alone, D of both.
# C4: 3 with evidence and 1: an even panel takes the lower of the two, 1 → 25.
# C6: 4 without evidence, 3 with: evidence goes up to 3, so both count 3 → 75.
# C8: one 2, one who does not know → 50, known by half.
# C = (25 + 75 + 50) / 3 = 50; coverage (1 + 1 + 1/2) / 3 = 5/6.
# D1: local 3 and 3 (evidence of one of them), national 1 → (3 + 1) / 2 = 2 → 50, known.
# D2: local 2 → 50; the national side does not know: known by half.
# D3: not applicable, says the only side that spoke: leaves the denominator.
# D4: nobody knows. D5: nobody answered.
# D = (50 + 50) / 2 = 50; coverage (1 + 1/2 + 0 + 0) / 4 = 3/8: greyed.
EXAMPLE = table(
    said("C4", "Ana", 3, note="presupuesto"), said("C4", "Luis", 1),
    said("C6", "Ana", 4), said("C6", "Luis", 3, link="https://example.org", provision_id="p#6", document_id="p"),
    said("C8", "Ana", "do_not_know"), said("C8", "Luis", 2),
    said("D1", "Ana", 3, note="acta"), said("D1", "Luis", 3), said("D1", "Ruth", 1, side="national"),
    said("D2", "Ana", 2), said("D2", "Ruth", "do_not_know", side="national"),
    said("D3", "Ana", "not_applicable"), said("D3", "Luis", "not_applicable"),
    said("D4", "Ana", "do_not_know"),
)  # fmt: skip


def test_the_example_worked_out_by_hand_comes_out_the_same():
    before = EXAMPLE.copy(deep=True)
    scores = scoring.score_answers(EXAMPLE, SHORT, basis="practice")
    items = {row.id: row for row in scores.indicators}
    expected = {"C4": 25, "C6": 75, "C8": 50, "D1": 50, "D2": 50, "D3": None, "D4": None, "D5": None}
    assert {name: items[name].score for name in expected} == expected
    assert items["D1"].value == 2
    assert {name: items[name].coverage for name in expected} == {
        "C4": 1, "C6": 1, "C8": 0.5, "D1": 1, "D2": 0.5, "D3": 0, "D4": 0, "D5": 0
    }  # fmt: skip
    assert [items[name].reason for name in ("D3", "D4", "D5")] == [
        "score.reason.not_applicable", "score.reason.do_not_know", "score.reason.unanswered",
    ]  # fmt: skip
    assert items["C6"].provisions == ("p#6",)
    assert (items["C4"].count, items["C8"].count, items["D1"].count) == (2, 1, 3)
    dimensions = {row.id: row for row in scores.dimensions}
    assert list(dimensions) == list("BCDEFGHI")
    assert dimensions["C"].score == 50
    assert dimensions["C"].coverage == pytest.approx(5 / 6)
    assert (dimensions["D"].score, dimensions["D"].coverage) == (50, 0.375)
    assert (dimensions["C"].is_greyed, dimensions["D"].is_greyed) == (False, True)
    assert (dimensions["B"].score, dimensions["B"].coverage) == (None, 0)
    assert sum(row.weight for row in scores.dimensions) == pytest.approx(1)
    assert (scores.respondents, scores.unproven) == (3, 1)
    pd.testing.assert_frame_equal(EXAMPLE, before)


def test_the_panel_shows_what_each_side_says_and_how_it_differs():
    panel = scoring.panel_answers(EXAMPLE, SHORT, basis="practice").set_index(["item", "side"])
    assert panel.loc[("C4", "local"), ["level", "counted", "respondents"]].tolist() == [1, (1, 3), 2]
    assert panel.loc[("C6", "local"), "counted"] == (3, 3)
    assert panel.loc[("D1", "local"), "level"] == 3
    assert panel.loc[("D1", "national"), "level"] == 1
    assert panel.loc[("C6", "local"), "unproven"] == 1
    states = [panel.loc[(item, "local"), "state"] for item in ("C8", "D3", "D4", "D5")]
    assert states == ["level", "not_applicable", "do_not_know", "unanswered"]
    assert math.isnan(panel.loc[("D3", "local"), "coverage"])
    assert ("C4", "national") not in panel.index


def test_nothing_said_on_paper_is_missing_on_paper_and_no_zero():
    scores = scoring.score_answers(EXAMPLE, SHORT, basis="paper")
    assert {row.score for row in scores.dimensions} == {None}
    assert {row.coverage for row in scores.dimensions} == {0}
    assert scores.respondents == 0


def test_a_high_level_without_any_evidence_counts_as_two_and_is_counted_as_unproven():
    scores = scoring.score_answers(table(said("C4", "Ana", 4)), SHORT)
    assert next(row.value for row in scores.indicators if row.id == "C4") == 2
    assert scores.unproven == 1
    shown = scoring.score_answers(table(said("C4", "Ana", 4, note="budget, line 12")), SHORT)
    assert next(row.value for row in shown.indicators if row.id == "C4") == 4


def test_a_dimension_to_which_nothing_applies_leaves_with_its_weight():
    answers = [said(item, "Ana", "not_applicable") for item in ("I2", "I5")]
    scores = scoring.score_answers(table(*answers, said("C4", "Ana", 2)), SHORT)
    weights = {row.id: row.weight for row in scores.dimensions}
    assert weights["I"] == 0
    assert weights["C"] == pytest.approx(1 / 7)


def test_more_people_who_see_no_case_for_it_than_give_a_level_make_it_not_applicable():
    two_to_one = [
        said("G4", "Ana", 3, note="x"),
        said("G4", "Luis", "not_applicable"),
        said("G4", "Eva", "not_applicable"),
    ]
    draw = two_to_one[:2]
    for answers, expected in ((two_to_one, None), (draw, 75)):
        scores = scoring.score_answers(table(*answers), SHORT)
        assert next(row.score for row in scores.indicators if row.id == "G4") == expected


def test_what_is_said_of_the_nation_counts_for_its_territories_unless_the_same_person_said_more():
    answers = table(
        said("D1", "Ruth", 1, side="national", territory_id="n"), said("D1", "Ruth", 3, side="national"),
        said("D2", "Ruth", 2, side="national", territory_id="n"), said("D2", "Ana", 4, territory_id="other"),
        said("D3", "Ana", 1, version=1), said("D3", "Ana", 2, version=2),
    )  # fmt: skip
    found = scoring.answers_about(answers, "t", "n")
    assert [(row.item, row.level) for row in model.rows(found)] == [("D1", 3), ("D2", 2), ("D3", 2)]


def test_the_gap_of_perception_is_local_minus_national_with_its_interval():
    answers = table(
        said("D1", "a", 3), said("D1", "b", 4), said("D1", "c", 2), said("D1", "m", 1, side="national"),
        said("D1", "n", 0, side="national"), said("D2", "a", 2), said("D2", "b", 2),
        said("D2", "m", 2, side="national"), said("D3", "a", 1), said("D4", "m", "do_not_know", side="national"),
    )  # fmt: skip
    gaps = scoring.perception_gap(answers, FULL).set_index("item")
    # Local 3, 4, 2: mean 3, variance 1, over 3. National 1, 0: mean .5, variance .5, over 2.
    # Standard error √(1/3 + 1/4) = .7638; Welch's degrees (7/12)² / ((1/3)²/2 + (1/4)²/1) = 2.882; t(.95) = 2.3906.
    row = gaps.loc["D1"]
    assert (row["local"], row["national"], row["gap"]) == (3, 0.5, 2.5)
    assert (row["local_n"], row["national_n"]) == (3, 2)
    assert row["low"] == pytest.approx(2.5 - 2.3906 * 0.763763, abs=2e-3)
    assert row["high"] == 4  # no gap is wider than the scale
    sides = {"local": "national", "national": "local"}
    mirrored = scoring.perception_gap(answers.assign(side=answers["side"].map(sides)), FULL).set_index("item")
    assert (mirrored.loc["D1", "gap"], mirrored.loc["D1", "low"]) == (-2.5, -4)
    assert gaps.loc["D2", "gap"] == 0
    assert math.isnan(gaps.loc["D2", "low"])
    assert gaps.loc[["D3", "D4"], "gap"].isna().all()
    assert "C4" not in gaps.index
    assert len(gaps) == 27


def test_paper_and_practice_are_compared_on_the_items_that_have_both():
    answers = table(
        said("C4", "Ana", 2), said("C4", "Ana", 4, basis="paper", note="x"), said("C6", "Ana", 1),
        said("C8", "Ana", 2, basis="paper"),
    )  # fmt: skip
    both = [scoring.score_answers(answers, SHORT, basis=basis) for basis in ("paper", "practice")]
    found = scoring.implementation_gap(*both).set_index("dimension")
    assert found.loc["C"].tolist() == [100, 50, 50, 1]
    assert found.loc["B", "items"] == 0
    assert math.isnan(found.loc["B", "gap"])


def test_a_table_of_another_form_is_refused():
    with pytest.raises(TableError):
        scoring.score_answers(EXAMPLE.drop(columns="basis"), SHORT)
    with pytest.raises(TableError):
        scoring.score_answers(table(said("C4", "Ana", 7)), SHORT)


# For any answers

_ITEMS = st.sampled_from([(row.item, side) for row in model.rows(LEVEL_ITEMS) for side in row.sides][::3])
_LEVELS = st.one_of(st.integers(0, 4), st.sampled_from(["not_applicable", "do_not_know"]))


@st.composite
def panels(draw) -> list[dict[str, Any]]:
    keys = draw(st.lists(st.tuples(_ITEMS, st.sampled_from("abc")), min_size=1, max_size=25, unique=True))
    return [
        said(item, f"{who}-{side}", draw(_LEVELS), side=side, note=draw(st.sampled_from(["", "shown"])))
        for (item, side), who in keys
    ]


def scored(answers: list[dict[str, Any]]) -> dict[str, tuple[float | None, float]]:
    return {row.id: (row.score, row.coverage) for row in scoring.score_answers(table(*answers), FULL).dimensions}


@settings(max_examples=60, deadline=None)
@given(panels(), st.data())
def test_a_higher_level_never_lowers_a_score(answers, data):
    places = [n for n, one in enumerate(answers) if one["state"] == "level" and one["level"] < 4]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    one = answers[place]
    raised = said(
        one["item"], one["respondent"], data.draw(st.integers(one["level"], 4)), side=one["side"], note=one["note"]
    )
    before, after = scored(answers), scored([*answers[:place], raised, *answers[place + 1 :]])
    for name, (score, coverage) in before.items():
        assert (after[name][0] is None) == (score is None)
        assert score is None or after[name][0] >= score - 1e-9
        assert after[name][1] == coverage


@settings(max_examples=40, deadline=None)
@given(panels(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(answers, random):
    mixed = list(answers)
    random.shuffle(mixed)
    assert scored(mixed) == scored(answers)


@settings(max_examples=60, deadline=None)
@given(panels(), st.data())
def test_an_item_that_does_not_apply_moves_no_score_and_lowers_no_coverage(answers, data):
    spoken = {one["item"] for one in answers}
    free = [row for row in model.rows(LEVEL_ITEMS) if row.item not in spoken]
    question = data.draw(st.sampled_from(free))
    more = [said(question.item, f"z-{side}", "not_applicable", side=side) for side in question.sides]
    before, after = scored(answers), scored([*answers, *more])
    for name, (score, coverage) in before.items():
        assert after[name][0] == score
        assert after[name][1] >= coverage


@settings(max_examples=60, deadline=None)
@given(panels(), st.data())
def test_who_does_not_know_lowers_the_coverage_and_not_the_score(answers, data):
    one = data.draw(st.sampled_from(answers))
    more = said(one["item"], f"z-{one['side']}", "do_not_know", side=one["side"])
    before, after = scored(answers), scored([*answers, more])
    assert {name: score for name, (score, _) in after.items()} == {name: score for name, (score, _) in before.items()}
    name = one["item"][0]
    own = {
        row.item: row
        for row in model.rows(scoring.panel_answers(table(*answers), FULL, basis="practice"))
        if row.side == one["side"]
    }
    if own[one["item"]].state == "level":
        assert after[name][1] < before[name][1]
    else:
        assert after[name][1] <= before[name][1]


@settings(max_examples=40, deadline=None)
@given(panels())
def test_scores_stay_on_their_scale_and_a_score_of_nothing_is_missing(answers):
    for score, coverage in scored(answers).values():
        assert 0 <= coverage <= 1
        assert score is None or 0 <= score <= 100
