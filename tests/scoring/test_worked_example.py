"""A small town worked out by hand; every number below can be followed with a pencil."""

from __future__ import annotations

import math

import pytest

from scoring_tables import CODED, project, verdict
from workbench.scoring import contributions, score_tables, scorecard_json

# Six commitments of the nation, importance 3, 2, 1, 1, 1, 2. Five are judged, by two raters each.
#   no  w  uptake  panel  conflict panel  carried by
#   1   3  3, 3    3      0               L#1
#   2   2  2, 1    1      0               L#2     (even panel: the value nearer to zero)
#   3   1  0, 0    0      0               -
#   4   1  2, 2    2      1               L#4
#   5   1  0, 1    0      0               -
#   6   2  nobody
IMPORTANCE = {1: 3, 2: 2, 3: 1, 4: 1, 5: 1, 6: 2}
VERDICTS = [
    verdict(1, "ana", 3, 0, ("L#1",)), verdict(1, "ben", 3, 0, ("L#1",)),
    verdict(2, "ana", 2, 0, ("L#2",)), verdict(2, "ben", 1, 0, ("L#2",)),
    verdict(3, "ana", 0, 0), verdict(3, "ben", 0, 0),
    verdict(4, "ana", 2, 1, ("L#4",)), verdict(4, "ben", 2, 1, ("L#4",)),
    verdict(5, "ana", 0, 0), verdict(5, "ben", 1, 0),
]  # fmt: skip


@pytest.fixture(scope="module")
def card():
    tables = project(VERDICTS, importance=IMPORTANCE, codings=CODED, with_budget=True)
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
    a = sum(found[key].score for key in ("A1", "A2", "A3", "A4")) / 4
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


def test_every_interval_holds_its_point(card):
    for row in (*card.indicators, *card.dimensions):
        assert row.interval[0] <= row.score <= row.interval[1]
    assert 0 <= card.interval[0] <= card.index <= card.interval[1] <= 100


def test_the_export_is_plain_and_speaks_the_language(card):
    data = scorecard_json(card, "es")
    assert data["index"] == card.index
    assert data["dimensions"][0]["name"] == "Alineación sustantiva"
    assert not any(isinstance(value, float) and math.isnan(value) for value in data.values())
