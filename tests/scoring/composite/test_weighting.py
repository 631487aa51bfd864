"""Weights that people give: pairwise comparison with its consistency, points of a panel, shares that must sum."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from asem import REFERENCE, needs_reference
from workbench.errors import ScoreError
from workbench.scoring.composite.components import varimax

rules = wb.composites
TREE = {"Index": {"Health": ["doctors", "beds"], "School": ["teachers", "books", "rooms"]}}
UNITS = pd.DataFrame(
    np.array([[1.0, 2, 3, 4, 5], [2, 1, 5, 3, 9], [3, 3, 4, 1, 7]]),
    columns=["doctors", "beds", "teachers", "books", "rooms"],
    index=["A", "B", "C"],
)


@needs_reference
@pytest.mark.parametrize("number", range(4))
def test_a_published_comparison_has_the_published_weights_and_consistency(number):
    case = json.loads((REFERENCE / "composite_asem" / "ahp_cases.json").read_text("utf-8"))["cases"][number]
    found = rules.ahp(case["matrix"])
    np.testing.assert_allclose(found.weights, case["eigenvector"], atol=1e-9)
    np.testing.assert_allclose(found.geometric, case["geometric_mean"], atol=1e-9)
    ours = (found.lambda_max, found.consistency_index, found.random_index, found.consistency_ratio,
            found.geometric_consistency)  # fmt: skip
    np.testing.assert_allclose(ours, [case[key] for key in ("lambda_max", "CI", "RI", "CR", "GCI")], atol=1e-9)
    assert found.is_consistent == (case["CR"] <= 0.1)


def test_a_comparison_of_two_is_always_consistent():
    found = rules.ahp([[1, 4], [0.25, 1]])
    assert found.weights == pytest.approx([0.8, 0.2])
    assert found.consistency_ratio == 0.0


def test_pairwise_weights_count_in_the_index_by_name_in_any_order():
    names = ["rooms", "teachers", "books"]
    matrix = pd.DataFrame([[1, 1 / 2, 1 / 4], [2, 1, 1 / 2], [4, 2, 1]], index=names, columns=names)
    found = wb.composite(UNITS, TREE, weights=rules.Pairwise({"School": matrix}))
    share = found.weights.set_index("code")["share"]
    assert share[["rooms", "teachers", "books"]].tolist() == pytest.approx([1 / 7, 2 / 7, 4 / 7])
    assert share[["doctors", "beds"]].tolist() == [0.5, 0.5]
    assert found.notices == ()


def test_an_inconsistent_comparison_still_counts_and_is_said_in_every_language():
    matrix = [[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]]
    found = wb.composite(UNITS, TREE, weights=rules.Pairwise({"School": matrix}))
    (notice,) = found.notices
    assert notice.where == "School"
    said = {notice.sentence(language) for language in ("en", "es", "fr", "it")}
    assert len(said) == 4
    assert all("6.13" in sentence for sentence in said)


def test_a_panel_shares_out_points_and_the_mean_counts():
    points = pd.DataFrame({"teachers": [50, 30], "books": [20, 30], "rooms": [30, 40]}, index=["ana", "ben"])
    found = wb.composite(UNITS, TREE, weights=rules.BudgetAllocation(points)).weights.set_index("code")
    assert found["share"][["teachers", "books", "rooms"]].tolist() == pytest.approx([0.40, 0.25, 0.35])


def test_an_expert_whose_points_do_not_sum_is_named_with_the_group_and_the_sum():
    points = pd.DataFrame({"teachers": [50, 30], "books": [20, 30], "rooms": [30, 30]}, index=["ana", "ben"])
    with pytest.raises(ScoreError, match=r"ben · School: The weights sum to 90 instead of 100\."):
        wb.composite(UNITS, TREE, weights=rules.BudgetAllocation(points))


def test_weights_are_relative_unless_a_total_is_declared():
    double = wb.composite(UNITS, TREE, weights={"Health": 2, "School": 6})
    same = wb.composite(UNITS, TREE, weights=rules.Given({"Health": 0.25, "School": 0.75}, total=1))
    np.testing.assert_allclose(double.index, same.index, rtol=1e-12)
    with pytest.raises(ScoreError, match=r"Index: The weights sum to 0\.9 instead of 1\."):
        wb.composite(UNITS, TREE, weights=rules.Given({"Health": 0.3, "School": 0.6}, total=1))


def test_equal_weights_put_the_structures_own_aside():
    tree = {"Index": {"doctors": rules.Indicator(weight=3), "beds": None}}
    assert wb.composite(UNITS, tree).weights.set_index("code")["share"]["doctors"] == 0.75
    assert wb.composite(UNITS, tree, weights=rules.Equal()).weights.set_index("code")["share"]["doctors"] == 0.5


def test_weights_by_components_are_never_negative_and_share_between_what_is_measured():
    random = np.random.default_rng(3)
    one, other = random.normal(size=(2, 400))
    noise = 0.1 * random.normal(size=(5, 400))
    data = pd.DataFrame({"a": one + noise[0], "b": -one + noise[1], "c": other + noise[2], "d": other + noise[3]})
    found = wb.composite(data, {"Index": list(data)}, weights=rules.PrincipalComponents()).weights
    # Two things are measured, each by two columns; a loading below zero counts like one above.
    assert found["share"].iloc[1:].tolist() == pytest.approx([0.25] * 4, abs=0.01)
    data["e"] = random.normal(size=400)
    found = wb.composite(data, {"Index": list(data)}, weights=rules.PrincipalComponents()).weights
    assert (found["share"] >= 0).all()
    assert found["share"].iloc[5] < 0.05


def test_a_rotation_makes_the_squares_of_the_loadings_differ_most():
    loadings = np.random.default_rng(1).normal(size=(7, 2))
    spread = lambda table: ((table**4).sum(axis=0) - (table**2).sum(axis=0) ** 2 / 7).sum()  # noqa: E731
    angles = np.linspace(0, np.pi / 2, 20_001)
    turns = [np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]) for a in angles]
    assert spread(varimax(loadings)) == pytest.approx(max(spread(loadings @ turn) for turn in turns), rel=1e-6)


def test_principal_components_of_two_equal_columns_are_one_thing():
    table = pd.DataFrame({"a": [1.0, 2, 3, 4, 5], "b": [2.0, 4, 6, 8, 10]})
    found = rules.principal_components(table)
    assert found.eigenvalues["eigenvalue"].tolist() == pytest.approx([2.0, 0.0], abs=1e-12)
    assert found.eigenvalues["explained"][0] == pytest.approx(1.0)
    assert found.eigenvalues["is_kept"].tolist() == [True, False]
    assert found.loadings["PC1"].tolist() == pytest.approx([1.0, 1.0])


def test_the_eigenvalues_of_components_sum_to_the_number_of_columns():
    table = pd.DataFrame(np.random.default_rng(0).normal(size=(60, 5)), columns=list("abcde"))
    table.iloc[0, 0] = np.nan
    found = rules.principal_components(table)
    assert found.units == 59
    assert found.eigenvalues["eigenvalue"].sum() == pytest.approx(5)
    np.testing.assert_allclose((found.loadings**2).sum(axis=1), 1.0, rtol=1e-9)
    np.testing.assert_allclose(found.scores.var(ddof=1), found.eigenvalues["eigenvalue"], rtol=1e-9)
