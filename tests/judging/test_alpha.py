"""Krippendorff's alpha against published and machine-checked values, and by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.judging import card_agreement, krippendorff_alpha
from workbench.judging.alpha import LEVELS
from workbench.model import VERDICTS

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "refdata" / "agreement"
NA = None
few = settings(max_examples=40, deadline=None)

# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve units.
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
    [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
]


def verdict(card, rater, uptake, version=1):
    return {
        "card_id": card, "rater": rater, "uptake": uptake, "conflict": 0, "carried_by": (), "confidence": "high",
        "reason": "", "evidence": "", "at": "2026-01-01T00:00:00+00:00", "version": version,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_the_published_example_comes_out(level, published):
    assert krippendorff_alpha(FOUR_OBSERVERS, level).value == pytest.approx(published, abs=5e-4)


def test_two_observers_worked_by_hand():
    # Units: (a, a), (a, b), (b, b). Coincidences: aa 2, bb 2, ab and ba 1 each; six values, three of either kind.
    # observed 2/6; expected 2·3·3/(6·5) = 18/30; alpha = 1 − (1/3)/(3/5) = 4/9.
    assert krippendorff_alpha([["a", "a", "b"], ["a", "b", "b"]], "nominal").value == pytest.approx(4 / 9)


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="no reference values beside the repository")
def test_every_reference_case_is_met_to_ten_digits():
    cases = json.loads((REFERENCE / "expected_krippendorff.json").read_text("utf-8"))
    met = 0
    for case in cases:
        ratings = case.get("raters_by_units")
        if ratings is None:
            ratings = pd.read_csv(REFERENCE / case["file"]).T
        for level, expected in case["expected_full_precision"].items():
            found = krippendorff_alpha(ratings, level).value
            assert found == (None if expected is None else pytest.approx(expected, abs=1e-10)), (case["id"], level)
            met += 1
    assert met > 20


def test_ratings_all_alike_leave_agreement_undefined():
    found = krippendorff_alpha([[2, 2, 2], [2, 2, 2]])
    assert (found.value, found.interval, found.units) == (None, None, 3)


def test_units_with_one_rating_do_not_count():
    two = krippendorff_alpha([[1, 2, 3, 4], [1, 2, 4, 4]])
    more = krippendorff_alpha([[1, 2, 3, 4, 5, NA], [1, 2, 4, 4, NA, NA]])
    assert (more.value, more.units) == (pytest.approx(two.value), 4)


@pytest.mark.parametrize("blank", [None, float("nan"), pd.NA, "", "  "])
def test_a_blank_cell_is_missing_and_no_category(blank):
    found = krippendorff_alpha([["a", "a", "b", blank], ["a", "b", "b", blank]], "nominal")
    assert (found.value, found.units) == (pytest.approx(4 / 9), 3)


def test_the_ratio_metric_is_refused_below_zero():
    with pytest.raises(UsageError, match="zero"):
        krippendorff_alpha([[-3, 1], [2, 1]], "ratio")


def test_labels_are_refused_where_numbers_are_needed():
    with pytest.raises(UsageError, match="nominal"):
        krippendorff_alpha([["low", "high"], ["low", "low"]], "ordinal")


def test_an_infinite_rating_is_refused():
    with pytest.raises(UsageError, match="infinite"):
        krippendorff_alpha([[1, float("inf"), 2], [1, 2, 2]], "interval")


def test_an_unknown_level_names_the_known_ones():
    with pytest.raises(UsageError, match="ordinal"):
        krippendorff_alpha(FOUR_OBSERVERS, "cardinal")  # pyright: ignore[reportArgumentType]  # wrong on purpose


def test_the_bootstrap_holds_the_value_and_repeats_by_seed():
    first, again = (krippendorff_alpha(FOUR_OBSERVERS, bootstrap=300, seed=4) for _ in range(2))
    assert first.interval is not None
    assert first.value is not None
    assert first.interval == again.interval
    assert first.interval[0] <= first.value <= first.interval[1]


TABLES = st.lists(st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=3, max_size=3), min_size=2, max_size=9)


@few
@given(TABLES, st.sampled_from(LEVELS))
def test_alpha_is_the_disagreement_of_all_pairs_against_chance(units, level):
    """The definition itself, pair by pair, without a coincidence matrix."""
    ratings = [[unit[rater] for unit in units] for rater in range(3)]
    kept = [[value for value in unit if value is not None] for unit in units]
    kept = [unit for unit in kept if len(unit) > 1]
    values = [value for unit in kept for value in unit]

    def apart(one, other):
        if level == "nominal":
            return float(one != other)
        if level == "interval":
            return float(one - other) ** 2
        if level == "ratio":
            return ((one - other) / (one + other)) ** 2 if one + other else 0.0
        low, high = sorted((one, other))
        between = sum(low <= value <= high for value in values)
        return (between - (values.count(one) + values.count(other)) / 2) ** 2 if one != other else 0.0

    observed = sum(apart(a, b) / (len(unit) - 1) for unit in kept for a in unit for b in unit)
    expected = sum(apart(a, b) for a in values for b in values)
    found = krippendorff_alpha(ratings, level).value
    assert found == (pytest.approx(1 - (len(values) - 1) * observed / expected, abs=1e-9) if expected else None)


@few
@given(TABLES, st.sampled_from(LEVELS), st.randoms(use_true_random=False))
def test_alpha_knows_no_order_of_raters_or_units(units, level, random):
    shuffled = [random.sample(unit, len(unit)) for unit in random.sample(units, len(units))]
    before, after = (krippendorff_alpha(list(zip(*table, strict=True)), level).value for table in (units, shuffled))
    assert after == (None if before is None else pytest.approx(before, abs=1e-9))


@few
@given(TABLES, st.sampled_from(["nominal", "ordinal", "interval"]))
def test_alpha_does_not_depend_on_where_the_scale_begins_or_which_way_it_runs(units, level):
    turned = [[None if value is None else 10 - 2 * value for value in unit] for unit in units]
    before, after = (krippendorff_alpha(list(zip(*table, strict=True)), level).value for table in (units, turned))
    assert after == (None if before is None else pytest.approx(before, abs=1e-9))


def test_a_table_given_is_not_changed():
    table = np.array([[1.0, np.nan, 3.0], [1.0, 2.0, 3.0]])
    before = table.copy()
    krippendorff_alpha(table, bootstrap=10)
    assert np.array_equal(table, before, equal_nan=True)


def test_agreement_of_cards_takes_the_latest_verdict_of_each_rater():
    given_ = [verdict(f"card{n}", rater, n % 4) for n in range(8) for rater in ("ana", "ben")]
    table = VERDICTS.frame([*given_, verdict("card0", "ana", 3), verdict("card0", "ana", 0, version=2)])
    assert card_agreement(table).value == pytest.approx(1.0)


def test_one_rater_has_no_agreement():
    assert card_agreement(VERDICTS.frame([verdict(f"card{n}", "ana", n % 4) for n in range(6)])).value is None
    assert card_agreement(VERDICTS.empty()).value is None
