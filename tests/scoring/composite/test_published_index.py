"""A published index of 51 countries, 49 indicators and three levels, step by step, and its variants B to F."""

from __future__ import annotations

import numpy as np
import pytest

import workbench as wb
from asem import assert_close, by_unit, case_a, needs_reference, table, weights

pytestmark = needs_reference
rules = wb.composites


@pytest.fixture(scope="module")
def index():
    return case_a()


@pytest.mark.parametrize(
    ("step", "name"),
    [("denominated", "A_1_denominated"), ("imputed", "A_2_imputed"), ("treated", "A_3_treated"),
     ("normalised", "A_4_normalised"), ("aggregated", "A_5_aggregated")],
)  # fmt: skip
def test_every_step_is_that_of_the_published_index(index, step, name):
    assert_close(getattr(index.steps, step), by_unit(name))


def test_the_same_columns_are_treated_for_outliers_with_as_many_points(index):
    wanted, found = table("A_3_treatment_decisions").set_index("iCode"), index.steps.decisions.set_index("code")
    assert found["is_passed"].to_dict() == wanted["check_SkewKurt0.Pass"].to_dict()
    assert found["points"].to_dict() == wanted["winsorise.nwin"].fillna(0).to_dict()
    for ours, theirs in (
        ("skew", "Skew0"),
        ("kurtosis", "Kurt0"),
        ("skew_after", "Skew1"),
        ("kurtosis_after", "Kurt1"),
    ):
        kind, time = theirs[:4], theirs[4]
        column = wanted[f"check_SkewKurt{time}.{kind}"].dropna()
        np.testing.assert_allclose(found.loc[column.index, ours], column, rtol=1e-9)


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("A_result", {}),
        ("B_result", {"normalise": rules.MinMax(1, 100), "aggregate": "geometric"}),
        ("C_result", {"weights": "C_weights"}),
        ("D_result", {"impute": None, "treat": None, "missing": rules.Available(children=0.75)}),
        ("D2_result", {"impute": None, "treat": None}),
        ("E_result", {"normalise": rules.ZScore()}),
    ],
)
def test_scores_of_every_group_and_ranks_are_those_of_the_published_case(index, name, choices):
    given = dict(choices)
    if isinstance(given.get("weights"), str):
        given["weights"] = weights(given["weights"])
    found, wanted = index.changed(**given), by_unit(name)
    assert_close(found.scores[list(wanted.columns.drop("Rank"))], wanted.drop(columns="Rank"))
    assert found.ranks["Index"].reindex(wanted.index).astype(float).equals(wanted["Rank"].astype(float))


def test_a_group_with_too_few_children_is_withheld_with_its_share(index):
    found = index.changed(impute=None, treat=None, missing=rules.Available(children=0.75)).withheld
    groups = found[found["reason"] == "children"]
    assert len(groups) == by_unit("D_result").drop(columns="Rank").isna().to_numpy().sum()
    assert (groups["share"] < 0.75).all()
    assert set(groups["least"]) == {0.75}


@pytest.mark.parametrize(("name", "codes"), [
    ("F_copeland_pillar", ["Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin"]),
    ("F_copeland_subindex", ["Conn", "Sust"]),
])  # fmt: skip
def test_copeland_scores_are_the_published_ones(index, name, codes):
    wanted = by_unit(name)
    values = index.scores.reindex(wanted.index)[codes].to_numpy()
    for column, weight in (("copeland_equal", np.ones(len(codes))), ("copeland_w123", np.arange(1.0, len(codes) + 1))):
        assert rules.copeland(values, weight).tolist() == wanted[column].tolist()
    flat = wb.composite(index.scores[codes], {"All": codes}, normalise=rules.AsGiven(), aggregate="copeland")
    assert flat.index.reindex(wanted.index).tolist() == wanted["copeland_equal"].tolist()


def test_the_outranking_matrix_is_the_published_one(index):
    wanted = by_unit("F_outrank_matrix_pillar")
    values = index.scores.reindex(wanted.index)[list(index.structure.at(2))].to_numpy()
    np.testing.assert_allclose(rules.outranking(values, np.ones(8)), wanted[list(wanted.index)], rtol=1e-12)


def test_the_sixty_complete_runs_have_the_published_scores_and_ranks(index):
    runs = table("asem_full_factorial_runs", "sensitivity")
    scores, ranks = (by_unit(f"asem_full_factorial_{what}", "sensitivity") for what in ("scores", "ranks"))
    sets = {"equal": None} | {
        name: weights(f"asem_ff_weights_{name}", "sensitivity") for name in ("expertA", "expertB")
    }
    ways = {"minmax": rules.MinMax(1, 100), "zscore": rules.ZScore(10, 2)}
    plans = {}
    for run in runs.itertuples(index=False):
        key = run.winmax, run.norm
        if key not in plans:
            way = next(way for name, way in ways.items() if run.norm.startswith(name))
            plans[key] = index.plan.changed(treat=rules.Outliers(winsorise=run.winmax), normalise=way)
        mean = {"a_amean": "arithmetic", "a_gmean": "geometric"}[run.agg]
        found = plans[key].scores(weights=sets[run.weights], aggregate=mean)[:, 0]
        ordered = dict(zip(plans[key].units, found, strict=True))
        # The published scores are printed with twelve digits.
        np.testing.assert_allclose([ordered[unit] for unit in scores.index], scores[f"run{run.run}"], rtol=1e-9)
        by_rank = dict(zip(plans[key].units, rules.ranked(found), strict=True))
        assert [by_rank[unit] for unit in ranks.index] == ranks[f"run{run.run}"].tolist(), run
