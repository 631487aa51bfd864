"""Means by hand, gaps, floors, weights of zero, and outranking against a plain count over all pairs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import workbench as wb
from workbench.errors import ScoreError
from workbench.scoring.composite.aggregating import median

rules = wb.composites


def one(values, aggregate, *, weights=None, **choices):
    """The index of one unit whose scores are given."""
    codes = [f"i{k}" for k in range(len(values))]
    data = pd.DataFrame([values], columns=codes, index=["X"])
    given = None if weights is None else dict(zip(codes, weights, strict=True))
    index = wb.composite(
        data, {"Index": codes}, normalise=rules.AsGiven(), aggregate=aggregate, weights=given, **choices
    )
    return float(index.index.iloc[0])


def test_each_mean_is_that_of_the_school_book():
    assert one([20, 80], "arithmetic") == 50
    assert one([20, 80], "geometric") == pytest.approx(40)
    assert one([20, 80], "harmonic") == pytest.approx(32)
    assert one([20, 80, 90], "median") == 80
    assert one([20, 80], "median") == 50


def test_weights_count_in_each_mean():
    assert one([20, 80], "arithmetic", weights=[3, 1]) == 35
    assert one([20, 80], "geometric", weights=[3, 1]) == pytest.approx(20**0.75 * 80**0.25)
    assert one([20, 80], "harmonic", weights=[3, 1]) == pytest.approx(4 / (3 / 20 + 1 / 80))
    assert one([20, 80, 90], "median", weights=[3, 1, 1]) == 20
    assert one([20, 80, 90], "median", weights=[1, 1, 2]) == 85


def test_what_is_missing_leaves_the_mean():
    table = pd.DataFrame({"a": [20.0, 1.0], "b": [None, 1.0], "c": [80.0, 1.0]}, index=["X", "Y"])
    tree = {"Index": ["a", "b", "c"]}
    for mean, wanted in (("arithmetic", 50), ("geometric", 40), ("harmonic", 32), ("median", 50)):
        index = wb.composite(table, tree, normalise=rules.AsGiven(), aggregate=mean)
        assert index.index["X"] == pytest.approx(wanted), mean


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_a_zero_needs_a_floor_and_is_named(mean):
    with pytest.raises(ScoreError, match=r"Index · i1 · X: The value is 0, .* Stat?e a floor"):
        one([20, 0], mean)
    assert one([20, 0], mean, floor=5) == pytest.approx({"geometric": 10, "harmonic": 8}[mean])


@pytest.mark.parametrize("mean", ["geometric", "harmonic", "arithmetic", "median"])
def test_a_child_of_weight_zero_does_not_count_not_even_its_zero(mean):
    assert one([30, 0], mean, weights=[1, 0]) == pytest.approx(30)


def test_a_mean_may_differ_by_level_and_by_group():
    data = pd.DataFrame([[10.0, 40, 30, 70]], columns=list("abcd"), index=["X"])
    tree = {"Index": {"P": ["a", "b"], "Q": ["c", "d"]}}
    index = wb.composite(
        data, tree, normalise=rules.AsGiven(), aggregate={2: "arithmetic", 3: "geometric", "P": "geometric"}
    )
    assert index.scores.loc["X", ["P", "Q"]].tolist() == pytest.approx([20, 50])
    assert index.index["X"] == pytest.approx(np.sqrt(20 * 50))


def test_a_tree_may_be_of_any_depth_with_indicators_beside_groups():
    data = pd.DataFrame([[10.0, 20, 30, 40]], columns=list("abcd"), index=["X"])
    tree = {"I": {"a": None, "P": {"b": None, "Q": {"c": None, "R": ["d"]}}}}
    index = wb.composite(data, tree, normalise=rules.AsGiven())
    assert index.scores.loc["X", ["R", "Q", "P", "I"]].tolist() == [40, 35, 27.5, 18.75]
    assert index.weights.set_index("code")["effective"][["a", "b", "c", "d"]].tolist() == [0.5, 0.25, 0.125, 0.125]


def test_coverage_counts_weights_and_withholds_with_the_reason():
    data = pd.DataFrame({"a": [1.0, 5.0], "b": [None, 5.0], "c": [3.0, 5.0]}, index=["X", "Y"])
    tree = {"I": {"P": ["a", "b"], "c": None}}
    plain = wb.composite(data, tree, normalise=rules.AsGiven(), weights={"b": 3})
    assert plain.coverage.loc["X", ["I", "P", "a", "b"]].tolist() == [0.625, 0.25, 1.0, 0.0]
    assert plain.index["X"] == 2.0
    strict = plain.changed(missing=rules.Available(coverage=0.6))
    assert strict.withheld.to_dict("records") == [
        {"unit": "X", "code": "P", "reason": "coverage", "share": 0.25, "least": 0.6}
    ]
    assert strict.index["X"] == 3.0
    stricter = plain.changed(missing=rules.Available(children=0.6, coverage=0.7))
    assert stricter.withheld["code"].tolist() == ["I", "P"]
    assert stricter.ranks["I"].isna().tolist() == [True, False]


def test_a_child_of_weight_zero_is_not_missed():
    data = pd.DataFrame({"a": [1.0, 5.0], "b": [None, 5.0], "c": [3.0, 5.0], "d": [None, 5.0]}, index=["X", "Y"])
    tree = {"I": {"P": ["a", "b"], "Q": ["d"], "c": None}}
    strict = wb.composite(data, tree, normalise=rules.AsGiven(), weights={"b": 0, "Q": 0},
                          missing=rules.Available(children=1.0, coverage=1.0))  # fmt: skip
    assert strict.scores.loc["X", ["I", "P"]].tolist() == [2.0, 1.0]
    assert strict.withheld[["code", "reason"]].values.tolist() == [["Q", "nothing"]]


def test_nobody_is_ever_shown_a_nan():
    data = pd.DataFrame({"a": [None, 5.0], "b": [None, 5.0], "c": [3.0, 5.0]}, index=["X", "Y"])
    index = wb.composite(data, {"I": {"P": ["a", "b"], "c": None}}, normalise=rules.AsGiven(),
                         missing=rules.Available(children=1.0))  # fmt: skip
    for language, words in (("en", "nothing known"), ("fr", "rien de connu")):
        shown = index.shown(language)
        assert shown.loc["X", "P"] == words
        assert not shown.isin(["nan", "NaN", "<NA>"]).any().any()
    assert index.shown().index.tolist() == ["Y", "X"]


def naive_lead(values, weights):
    """Units × units × children, all at once: what the tiles must equal."""
    first, second = values[:, None, :], values[None, :, :]
    both = ~np.isnan(first) & ~np.isnan(second)
    lead = (np.where(both, np.sign(first - second), 0.0) * weights).sum(axis=2)
    lead[np.abs(lead) < 1e-12 * weights.sum()] = 0
    return lead, (both * weights).sum(axis=2)


some_values = arrays.arrays(
    float, st.tuples(st.integers(1, 12), st.integers(1, 5)), elements=st.sampled_from([0.0, 1.0, 2.5, 3.0, np.nan])
)


@settings(max_examples=60, deadline=None)
@given(some_values, st.data())
def test_copeland_equals_a_count_over_all_pairs_in_any_order_of_rows_with_gaps(values, data):
    weights = np.array(data.draw(st.lists(st.sampled_from([0.1, 0.2, 0.3, 1.0]), min_size=values.shape[1],
                                          max_size=values.shape[1])))  # fmt: skip
    lead, shared = naive_lead(values, weights)
    wanted = np.where(np.isnan(values).all(axis=1), np.nan, np.sign(lead).sum(axis=1))
    np.testing.assert_array_equal(rules.copeland(values, weights), wanted)
    order = np.array(data.draw(st.permutations(range(len(values)))))
    np.testing.assert_array_equal(rules.copeland(values[order], weights), wanted[order])
    share = np.full_like(lead, np.nan)
    np.divide(lead, shared, out=share, where=shared > 0)
    share = share / 2 + 0.5
    np.fill_diagonal(share, 0)
    np.testing.assert_allclose(rules.outranking(values, weights), share, atol=1e-12)


def test_copeland_over_several_tiles_equals_the_count_over_all_pairs():
    random = np.random.default_rng(0)
    values = np.round(random.random((1_100, 6)), 1)
    values[random.random(values.shape) < 0.1] = np.nan
    for weights in (np.ones(6), random.random(6)):
        lead, _ = naive_lead(values, weights)
        np.testing.assert_array_equal(rules.copeland(values, weights), np.sign(lead).sum(axis=1))


@settings(max_examples=60, deadline=None)
@given(arrays.arrays(float, (4, 5), elements=st.sampled_from([1.0, 2.0, 4.0, 8.0, np.nan])))
def test_the_weighted_median_of_equal_weights_is_the_usual_one_and_of_whole_weights_that_of_repeats(values):
    np.testing.assert_array_equal(median(values, np.ones(5))[~np.isnan(values).all(axis=1)],
                                  [np.nanmedian(row) for row in values if not np.isnan(row).all()])  # fmt: skip
    repeats = np.array([1, 2, 0, 3, 1])
    for row, found in zip(values, median(values, repeats.astype(float)), strict=True):
        again = np.repeat(row, repeats)
        assert np.isnan(again).all() or found == np.nanmedian(again)
