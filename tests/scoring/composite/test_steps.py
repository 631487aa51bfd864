"""Single steps by hand: reading a structure, dividing, filling, treating outliers, putting on one scale."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import workbench as wb
from workbench.scoring.composite.treating import excess_kurtosis, skewness

rules = wb.composites


def scaled(values, way, direction=1):
    """One indicator on its new scale."""
    data = pd.DataFrame({"x": values})
    return wb.composite(data, {"I": {"x": direction}}, normalise=way).steps.normalised["x"].tolist()


def test_a_dict_and_a_table_say_the_same_tree():
    table = pd.DataFrame({
        "code": ["books", "deaths", "doctors", "Health", "School", "Index"],
        "parent": ["School", "Health", "Health", "Index", "Index", None], "direction": [1, -1, 1, 1, 1, 1],
        "weight": [1, 2, 1, 1, 1, 1],
    })  # fmt: skip
    tree = {"Index": {"Health": {"deaths": rules.Indicator(-1, 2), "doctors": 1}, "School": ["books"]}}
    one, other = rules.read_structure(table), rules.read_structure(tree)
    assert one.root == other.root == "Index"
    assert set(one.nodes) == set(other.nodes)
    assert {node.code: node.level for node in one.nodes} == {
        "Index": 3, "Health": 2, "School": 2, "books": 1, "deaths": 1, "doctors": 1,
    }  # fmt: skip
    assert one.leaves("Index") == ("deaths", "doctors", "books")
    assert one.ancestors("deaths") == ("Health", "Index")


def test_minmax_uses_the_ends_of_the_data_or_fixed_ones_and_turns_with_the_direction():
    assert scaled([2.0, 4, 6], rules.MinMax()) == [0, 50, 100]
    assert scaled([2.0, 4, 6], rules.MinMax(1, 11), -1) == [11, 6, 1]
    assert scaled([2.0, 4, 12], rules.MinMax(bounds=(0, 10))) == [20, 40, 100]
    assert scaled([2.0, 4, 12], rules.MinMax(bounds={"x": (0, 10)}), -1) == [80, 60, 0]


def test_zscores_use_the_deviation_of_a_sample():
    assert scaled([1.0, 2, 3], rules.ZScore(50, 10)) == [40, 50, 60]
    assert scaled([1.0, 2, 3], rules.ZScore(), -1) == [1, 0, -1]


def test_ranks_and_percentiles_give_ties_the_lower_place():
    assert scaled([5.0, 1, 5, 9], rules.Rank()) == [2, 1, 2, 4]
    assert scaled([5.0, 1, 5, 9], rules.Rank(), -1) == [2, 4, 2, 1]
    assert scaled([5.0, 1, 5, 9], rules.Percentile()) == pytest.approx([100 / 3, 0, 100 / 3, 100])


def test_the_distance_to_a_target_counts_how_much_of_the_way_is_done():
    assert scaled([0.0, 5, 20], rules.DistanceToTarget({"x": 10})) == [0, 50, 100]
    assert scaled([30.0, 15, 0], rules.DistanceToTarget({"x": 10}), -1) == [0, 75, 100]
    assert scaled([0.0, 5, 20], rules.DistanceToTarget({"x": 10}, worst={"x": 5})) == [0, 0, 100]


def test_a_power_transform_takes_the_likeliest_power_and_keeps_the_order():
    values = np.random.default_rng(0).lognormal(size=200)
    found = np.array(scaled(values.tolist(), rules.BoxCox()))
    power = stats.boxcox_normmax(values, method="mle")
    wanted = stats.boxcox(values, power)
    np.testing.assert_allclose(found, (wanted - wanted.min()) / np.ptp(wanted) * 100, atol=1e-4)
    assert (np.argsort(found) == np.argsort(values)).all()
    assert scaled([1.0, 10, 100], rules.BoxCox(0)) == pytest.approx([0, 50, 100])
    assert scaled([1.0, 3, 5], rules.BoxCox(1), -1) == pytest.approx([100, 50, 0])
    assert scaled([-5.0, 0, 5], rules.BoxCox(1)) == pytest.approx([0, 50, 100])


def test_scores_that_are_given_are_only_turned_round():
    assert scaled([20.0, 70], rules.AsGiven()) == [20, 70]
    assert scaled([20.0, 70], rules.AsGiven(), -1) == [80, 30]


def test_indicators_may_be_put_on_the_scale_in_different_ways():
    data = pd.DataFrame({"a": [1.0, 3.0], "b": [1.0, 3.0], "c": [10.0, 20.0]})
    tree = {"I": {"P": ["a", "b"], "c": None}}
    ways = {"P": rules.Rank(), "b": rules.MinMax(0, 1), "c": rules.AsGiven()}
    found = wb.composite(data, tree, normalise=ways).steps.normalised
    assert found.to_dict("list") == {"a": [1, 2], "b": [0, 1], "c": [10, 20]}


def test_figures_are_divided_by_a_column_and_a_missing_one_leaves_a_gap():
    data = pd.DataFrame({"x": [10.0, 20, 30], "people": [2.0, 5, None]})
    index = wb.composite(data, {"I": ["x"]}, denominators={"x": "people"})
    np.testing.assert_array_equal(index.steps.denominated["x"], [5, 4, np.nan])
    named = wb.composite(data, {"I": {"x": rules.Indicator(denominator="people")}})
    np.testing.assert_array_equal(named.steps.denominated["x"], [5, 4, np.nan])


def test_gaps_are_filled_by_the_group_only_when_asked():
    data = pd.DataFrame({"x": [1.0, 2, 6, None, 50, None, None], "land": ["a", "a", "a", "a", "b", "b", "c"]})
    plain = wb.composite(data, {"I": ["x"]})
    assert plain.steps.imputed["x"].isna().sum() == 3
    mean = plain.changed(impute=rules.GroupMean("land")).steps.imputed["x"]
    np.testing.assert_array_equal(mean, [1, 2, 6, 3, 50, 50, np.nan])
    median = plain.changed(impute=rules.GroupMedian("land")).steps.imputed["x"]
    np.testing.assert_array_equal(median, [1, 2, 6, 2, 50, 50, np.nan])
    both = plain.changed(impute=[rules.GroupMedian("land"), rules.GroupMedian()]).steps.imputed["x"]
    np.testing.assert_array_equal(both, [1, 2, 6, 2, 50, 50, 4])


def test_a_panel_takes_the_last_value_not_older_than_asked_whatever_the_order_of_its_rows():
    panel = pd.DataFrame({
        "town": ["A", "B", "A", "B", "A", "B"], "year": [2020, 2020, 2021, 2021, 2022, 2022],
        "x": [1.0, 10, 2, None, None, 30], "y": [7.0, 8, None, None, None, 9],
    })  # fmt: skip
    for rows in (panel, panel.iloc[::-1]):
        index = wb.composite(rows, {"I": ["x", "y"]}, unit="town", impute=rules.LastValue("year"),
                             normalise=rules.AsGiven())  # fmt: skip
        assert index.steps.imputed.loc[["A", "B"]].values.tolist() == [[2, 7], [30, 9]]
        near = index.changed(impute=rules.LastValue("year", within=1)).steps.imputed
        np.testing.assert_array_equal(near.loc[["A", "B"]], [[2, np.nan], [30, 9]])
        early = index.changed(impute=rules.LastValue("year", at=2021)).steps.imputed
        assert early.loc[["A", "B"]].values.tolist() == [[2, 7], [10, 8]]


def test_skewness_and_kurtosis_are_the_bias_corrected_ones():
    values = np.random.default_rng(0).gamma(1, size=50)
    assert skewness(values) == pytest.approx(stats.skew(values, bias=False), rel=1e-12)
    assert excess_kurtosis(values) == pytest.approx(stats.kurtosis(values, bias=False), rel=1e-12)
    assert skewness(np.array([1.0, 1, 1])) == 0


def test_an_outlier_becomes_the_next_value_and_a_hopeless_column_is_logged():
    mild = [*np.linspace(0, 1, 30), 40.0]
    index = wb.composite(pd.DataFrame({"x": mild}), {"I": ["x"]}, treat=rules.Outliers())
    assert index.steps.treated["x"].max() == 1.0
    assert index.steps.decisions.loc[0, ["treatment", "points"]].tolist() == ["winsorised", 1]
    wild = [*np.linspace(0, 1, 30), *(10.0 ** np.arange(2, 9))]
    index = wb.composite(pd.DataFrame({"x": wild}), {"I": ["x"]}, treat=rules.Outliers(winsorise=3))
    assert index.steps.decisions.loc[0, ["treatment", "points"]].tolist() == ["logged", 0]
    np.testing.assert_allclose(index.steps.treated["x"], np.log(np.array(wild) + 1e6), rtol=1e-12)
    untouched = wb.composite(pd.DataFrame({"x": wild}), {"I": ["x"]})
    assert untouched.steps.treated["x"].tolist() == wild
    assert untouched.steps.decisions.empty


def test_an_outlier_on_the_low_side_is_raised_with_its_ties():
    low = [*np.linspace(10, 11, 30), -90.0, -90.0]
    index = wb.composite(pd.DataFrame({"x": low}), {"I": ["x"]}, treat=rules.Outliers())
    assert index.steps.treated["x"].min() == 10.0
    assert index.steps.decisions.loc[0, "points"] == 1
