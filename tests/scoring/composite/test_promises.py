"""What holds for every index: order, names and further units do not matter, more is never less, means are ordered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb

rules = wb.composites
TREE = {"Index": {"P": {"a": 1, "b": -1}, "Q": {"c": 1, "R": {"d": 1, "e": -1}}}}
CODES = list("abcde")
FIXED = rules.MinMax(1, 100, bounds=(0.0, 10.0))
SCALES = {"fixed": FIXED, "data": rules.MinMax(1, 100), "z": rules.ZScore(50, 10), "rank": rules.Rank(),
          "percentile": rules.Percentile()}  # fmt: skip
MEANS = ("arithmetic", "geometric", "harmonic", "median", "copeland")

quarters = st.integers(0, 40).map(lambda number: number / 4)


@st.composite
def figures(draw, gaps=True, least=3):
    """Units × a-e between 0 and 10 in quarters; every column varies, some cells are missing."""
    count = draw(st.integers(least, 8))
    rows = draw(st.lists(st.lists(quarters, min_size=5, max_size=5), min_size=count, max_size=count))
    table = pd.DataFrame(rows, columns=CODES, index=[f"u{k}" for k in range(count)])
    table.iloc[0], table.iloc[1] = 0.0, 10.0
    if gaps:
        holes = draw(st.sets(st.tuples(st.integers(2, count - 1), st.integers(0, 4)), max_size=4))
        for row, column in holes:
            table.iloc[row, column] = np.nan
    return table


weightings = st.fixed_dictionaries({code: st.sampled_from([0.5, 1.0, 2.0]) for code in [*CODES, "P", "Q", "R"]})
SETTING = settings(max_examples=40, deadline=None)


def scores(table, *, way=FIXED, mean="arithmetic", weights=None, tree=None):
    return wb.composite(table, tree or TREE, normalise=way, aggregate=mean, weights=weights, floor=1).scores


@SETTING
@given(figures(), st.sampled_from(sorted(SCALES)), st.sampled_from(MEANS), weightings, st.data())
def test_the_order_of_rows_and_columns_and_the_names_do_not_matter(table, scale, mean, weights, data):
    plain = scores(table, way=SCALES[scale], mean=mean, weights=weights)
    rows = data.draw(st.permutations(list(table.index)))
    columns = data.draw(st.permutations(CODES))
    names = {code: f"n{number}" for number, code in enumerate(data.draw(st.permutations([*weights, "Index"])))}
    other = {names["Index"]: {names["Q"]: {names["R"]: {names["e"]: -1, names["d"]: 1}, names["c"]: 1},
                              names["P"]: {names["b"]: -1, names["a"]: 1}}}  # fmt: skip
    renamed = {names[code]: weight for code, weight in weights.items()}
    found = scores(
        table.loc[rows, columns].rename(columns=names), way=SCALES[scale], mean=mean, weights=renamed, tree=other
    )
    found = found.rename(columns={new: old for old, new in names.items()}).loc[plain.index, plain.columns]
    np.testing.assert_allclose(found, plain, rtol=1e-9, atol=1e-9)


@SETTING
@given(figures(), st.sampled_from(MEANS[:4]), weightings)
def test_with_fixed_bounds_a_further_unit_moves_nobody(table, mean, weights):
    more = pd.concat([table, pd.DataFrame([[10, 0, 7, 3, 1]], columns=CODES, index=["new"])])
    found = scores(more, mean=mean, weights=weights).loc[table.index]
    np.testing.assert_allclose(found, scores(table, mean=mean, weights=weights), rtol=1e-12)


@SETTING
@given(
    figures(), st.sampled_from(sorted(SCALES)), st.sampled_from(MEANS), weightings, st.sampled_from(CODES), st.data()
)
def test_a_better_figure_never_lowers_the_units_index_nor_its_rank(table, scale, mean, weights, code, data):
    known = [unit for unit in table.index[2:] if not np.isnan(table.loc[unit, code])]
    if not known:
        return
    unit = data.draw(st.sampled_from(known))
    better = table.copy()
    better.loc[unit, code] = 0.0 if code in ("b", "e") else 10.0
    before, after = (wb.composite(one, TREE, normalise=SCALES[scale], aggregate=mean, weights=weights, floor=1)
                     for one in (table, better))  # fmt: skip
    if scale != "z":  # the mean and the deviation move with the figure, the order between units does not
        assert after.index[unit] >= before.index[unit] - 1e-9
    else:
        column = after.steps.normalised[code]
        assert column[unit] == pytest.approx(column.max())


@SETTING
@given(figures(), st.sampled_from(["fixed", "data", "rank", "percentile"]), weightings)
def test_harmonic_is_at_most_geometric_is_at_most_arithmetic(table, scale, weights):
    lowest, middle, highest = (
        scores(table, way=SCALES[scale], mean=mean, weights=weights)["Index"].to_numpy()
        for mean in ("harmonic", "geometric", "arithmetic")
    )
    assert (lowest <= middle + 1e-9).all()
    assert (middle <= highest + 1e-9).all()


@SETTING
@given(figures(), st.sampled_from(["data", "z", "rank", "percentile"]), st.sampled_from(MEANS), weightings)
def test_the_unit_in_which_a_figure_is_measured_does_not_matter(table, scale, mean, weights):
    other = table * [1000, 0.01, 3, 1, 7] + [5, -2, 0, 100, 1]
    one, two = (scores(each, way=SCALES[scale], mean=mean, weights=weights) for each in (table, other))
    np.testing.assert_allclose(two, one, rtol=1e-6, atol=1e-6)


@SETTING
@given(figures(), st.sampled_from(sorted(SCALES)), weightings)
def test_weights_are_relative_in_each_group(table, scale, weights):
    tenfold = {code: weight * (10 if code in "PQ" else 3 if code in "ab" else 1) for code, weight in weights.items()}
    one, two = (scores(table, way=SCALES[scale], weights=given, mean="geometric") for given in (weights, tenfold))
    np.testing.assert_allclose(two, one, rtol=1e-9)


@SETTING
@given(figures(gaps=False), st.sampled_from(MEANS), weightings)
def test_scores_stay_within_those_below_them(table, mean, weights):
    if mean == "copeland":
        return
    found = scores(table, mean=mean, weights=weights)
    children = found[["a", "b"]]
    assert (found["P"] <= children.max(axis=1) + 1e-9).all()
    assert (found["P"] >= children.min(axis=1) - 1e-9).all()


@SETTING
@given(figures(), st.floats(0, 1), st.sampled_from(MEANS))
def test_a_group_is_withheld_exactly_when_too_few_children_are_there(table, least, mean):
    index = wb.composite(table, TREE, normalise=FIXED, aggregate=mean, floor=1, missing=rules.Available(children=least))
    there = index.scores[["a", "b"]].notna().mean(axis=1)
    assert (index.scores["P"].isna() == ((there < least - 1e-12) | (there == 0))).all()
    assert set(index.withheld["unit"]) == set(
        index.scores.index[index.scores[["Index", "P", "Q", "R"]].isna().any(axis=1)]
    )
    assert index.coverage.to_numpy().min() >= 0
    assert index.coverage.to_numpy().max() <= 1 + 1e-12
