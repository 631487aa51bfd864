"""A small town worked out by hand; every number below can be followed with a pencil."""

from __future__ import annotations

import json

import pytest

from scoring_tables import CODED, IMPORTANCE, WORKED, project
from workbench.model import DimensionScore, IndicatorScore, Scorecard
from workbench.scoring import contributions, score_tables, scorecard_json


@pytest.fixture(scope="module")
def card():
    tables = project(WORKED, importance=IMPORTANCE, codings=CODED, with_budget=True, candidates={6: ("L#3",)})
    return score_tables(**tables, agreement=0.9, draws=500)


@pytest.fixture(scope="module")
def found(card):
    return {row.id: row for row in card.indicators}


def test_uptake_is_the_importance_weighted_mean_of_the_judged_commitments(found):
    # (3·3/3 + 2·1/3 + 0 + 1·2/3 + 0) / (3+2+1+1+1) = (3 + .667 + .667) / 8
    assert found["A1"].value == pytest.approx((3 + 2 / 3 + 2 / 3) / 8)
    assert found["A1"].coverage == pytest.approx(8 / 10)
    assert found["A1"].count == 6


def test_conflict_burden_is_scored_as_its_absence(found):
    # only no. 4: 1·(1/3) / 8
    assert found["A2"].value == pytest.approx(1 / 24)
    assert found["A2"].score == pytest.approx(100 * (1 - 1 / 24))
    assert found["A2"].provisions == ("N#4", "L#4")


def test_anchoring_counts_local_provisions_that_meet_national_ones(found):
    # L#1 and L#2 anchored, L#4 conflicting
    assert found["A3"].value == pytest.approx(2 / 3)


def test_strength_is_the_mean_of_what_is_taken_up(found):
    # no. 1: 3/3, no. 2: 1/3, no. 4: 2/3
    assert found["A4"].value == pytest.approx(2 / 3)


def test_means_are_shares_of_the_four_local_duties(found):
    assert (found["C1"].value, found["C2"].value, found["C3"].value) == (0.25, 0.5, 0.25)


def test_references_are_contained_not_compared(found):
    # the nation cites two items, the town one of them and another one that does not count against it
    assert found["E1"].value == 0.5


def test_breadth_is_over_the_sectors_the_nation_asks_for(found):
    # six sectors; the town has migration measures in health, education and housing (employment: not on migration)
    assert found["F1"].value == 0.5


def test_the_index_is_the_geometric_mean_of_the_dimensions(card, found):
    # A4 is shown without weight
    a = sum(found[key].score for key in ("A1", "A2", "A3")) / 3
    c = (25 + 50 + 25) / 3
    assert card.index == pytest.approx((a * c * 50 * 50) ** 0.25)
    assert card.arithmetic == pytest.approx((a + c + 50 + 50) / 4)
    assert card.status == "published"


def test_coverage_is_that_of_the_indicators_behind_it(card):
    # A: A1 .8, A2 8/10, A3 .8, A4 .8; the others 1
    assert card.coverage == pytest.approx((0.8 + 1 + 1 + 1) / 4)


def test_contributions_sum_to_the_index(card):
    assert contributions(card)["points"].sum() == pytest.approx(card.index)
    assert card.contributions().equals(contributions(card))


def test_two_dimensions_share_the_index_as_shapley_says():
    # E = 100 and F = 25, weight 1/2 each, floor 1: the index is √(100·25) = 50.
    # √(x·y) with the other at the floor: E alone √(100·1) = 10, F alone √(1·25) = 5, none 1.
    # E: half of (10 − 1) and of (50 − 5) = 27, F: half of (5 − 1) and of (50 − 10) = 22, and half of the floor each.
    dimensions = tuple(
        DimensionScore(name, score, None, 1.0, 0.5, False) for name, score in (("E", 100.0), ("F", 25.0))
    )
    indicators = tuple(
        IndicatorScore(name, name[0], score / 100, score, None, 1.0, 1) for name, score in (("E1", 100.0), ("F1", 25.0))
    )
    card = Scorecard(
        "town", "documents-1", 50.0, None, 62.5, 1.0, 1.0, 0.9, None, 2, "published", "", dimensions, indicators, 0, 0
    )
    points = contributions(card).set_index("indicator")["points"]
    assert points["E1"] == pytest.approx(27.5)
    assert points["F1"] == pytest.approx(22.5)


def test_every_interval_holds_its_point(card):
    for row in (*card.indicators, *card.dimensions):
        assert row.interval[0] <= row.score <= row.interval[1]
    assert 0 <= card.interval[0] <= card.index <= card.interval[1] <= 100


def test_the_export_is_plain_and_speaks_the_language(card):
    data = scorecard_json(card, "es")
    assert data["index"] == card.index
    assert data["dimensions"][0]["name"] == "Alineación sustantiva"
    assert "NaN" not in json.dumps(data)
