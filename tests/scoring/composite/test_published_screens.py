"""The published screens of the ASEM index: statistics, correlations, alpha, weights, influence, what one part does."""

from __future__ import annotations

import numpy as np
import pytest

import workbench as wb
from asem import by_unit, case_a, needs_reference, structure, table, weights

pytestmark = needs_reference
rules = wb.composites


@pytest.fixture(scope="module")
def index():
    return case_a()


def test_effective_weights_are_the_products_of_shares(index):
    found = rules.effective_weights(index).set_index("code")["effective"]
    wanted = table("A_effective_weights").set_index("iCode")["EffWeight"]
    np.testing.assert_allclose(found[wanted.index], wanted, rtol=1e-9)


def test_cronbachs_alpha_is_the_published_one_below_zero_too(index):
    figures = by_unit("asem_raw")
    groups = {"Conn(pillars)": index.scores[list(index.structure.below["Conn"])],
              "Sust(pillars)": index.scores[list(index.structure.below["Sust"])],
              "Index(all indicators)": index.steps.normalised}  # fmt: skip
    for row in table("A_cronbach").itertuples(index=False):
        own = list(index.structure.below.get(row.group, ()))
        normalised = groups[row.group] if row.group in groups else index.steps.normalised[own]
        assert rules.cronbach_alpha(normalised) == pytest.approx(row.alpha_normalised, rel=1e-9)
        if own:
            assert rules.cronbach_alpha(figures[own]) == pytest.approx(row.alpha_raw, rel=1e-9)


def test_each_indicator_goes_with_the_groups_above_it_as_published(index):
    levels = {"Pillar": 2, "Sub-index": 3, "Index": 4}
    found = rules.correlations_upwards(index).set_index(["code", "level"])["correlation"]
    for row in table("A_corr_family").itertuples(index=False):
        assert found[row.Var2, levels[row.Var1]] == pytest.approx(row.Correlation, rel=1e-9)


def test_pillars_go_together_as_published(index):
    found = rules.correlations(index, 2)
    for row in table("A_corr_pillars").dropna().itertuples(index=False):
        assert found.loc[row.Var1, row.Var2] == pytest.approx(row.Correlation, rel=1e-9)


@pytest.mark.parametrize("flag", ["high", "low"])
def test_the_same_pairs_are_flagged(index, flag):
    found = rules.correlation_flags(index)
    found = {(row.group, *sorted((row.one, row.other))): round(row.correlation, 3)
             for row in found[found["flag"] == flag].itertuples(index=False)}  # fmt: skip
    wanted = table(f"A_corr_flags_{flag}").itertuples(index=False)
    assert found == {(row.Group, *sorted((row.Ind1, row.Ind2))): row.Corr for row in wanted}


def test_statistics_of_the_figures_are_the_published_ones():
    # One column is left out of the count of different values: its figures were printed with fifteen digits, and two
    # pairs that the original keeps apart look the same in the table.
    wanted = table("A_stats_raw").set_index("iCode")
    found = rules.statistics(by_unit("asem_raw")[list(wanted.index)]).set_index("code")
    assert found.loc["TolMin", "different"] == 40
    wanted.loc["TolMin", ["N.Unique", "Frc.Unique"]] = [40, 40 / 51]
    names = {"Min": "min", "Max": "max", "Mean": "mean", "Median": "median", "Std": "sd", "Skew": "skew",
             "Kurt": "kurtosis", "Frc.Avail": "available_share", "Frc.NonZero": "not_zero_share",
             "Frc.Unique": "different_share", "Frc.Same": "most_same_share"}  # fmt: skip
    for theirs, ours in names.items():
        np.testing.assert_allclose(found[ours], wanted[theirs], rtol=5.1e-3, atol=1e-12, err_msg=theirs)
    counts = {"N.Avail": "available", "N.NonZero": "not_zero", "N.Unique": "different", "N.Same": "most_same"}
    for theirs, ours in counts.items():
        assert found[ours].tolist() == wanted[theirs].tolist(), theirs
    flags = {"Flag.Avail": "is_sparse", "Flag.NonZero": "is_mostly_zero", "Flag.Unique": "is_repetitive",
             "Flag.SkewKurt": "is_skewed"}  # fmt: skip
    for theirs, ours in flags.items():
        assert found[ours].tolist() == (wanted[theirs] != "ok").tolist(), theirs


def test_removing_a_pillar_gives_the_published_ranks_and_changes(index):
    ranks, changes = rules.remove_one(index, 2)
    wanted = by_unit("A_remove_pillar_ranks").rename(columns={"Nominal": "nominal"})
    assert ranks.reindex(wanted.index)[list(wanted.columns)].astype(int).equals(wanted.astype(int))
    published = table("A_remove_pillar_mean_abs_rank_change").replace("Nominal", "nominal").set_index("removed")
    found = changes.set_index("removed")["mean_change"]
    np.testing.assert_allclose(found[published.index], published["mean_abs_rank_diff"], rtol=1e-9)


def test_strengths_and_weaknesses_of_a_country_are_the_published_ones(index):
    found = rules.strengths(index, "ESP", top=5)
    wanted = table("A_strengths_weaknesses_ESP").rename(columns={"Code": "code", "Pillar": "group", "Rank": "rank"})
    for kind in ("strength", "weakness"):
        own, published = (frame[frame["kind"] == kind].sort_values(["rank", "code"]) for frame in (found, wanted))
        assert own[["code", "group", "rank"]].values.tolist() == published[["code", "group", "rank"]].values.tolist()
        np.testing.assert_allclose(own["value"], published["Value"], rtol=5.1e-3)


def test_the_influence_of_the_published_weights_is_the_published_one(index):
    """Two of those weights are below zero, which `EqualInfluence` never gives; the measure itself agrees."""
    given = weights("A_optimised_weights_pillar")
    row = index.plan.weights.copy()
    for code in index.structure.at(2):
        row[index.structure.position[code]] = given[code]
    scores = index.plan.many(row[None, :])[0]
    pulls = {code: np.corrcoef(index.scores[code], scores)[0, 1] for code in index.structure.at(2)}
    found = sorted(pull / sum(pulls.values()) for pull in pulls.values())
    np.testing.assert_allclose(found, sorted(table("A_optimised_weights_corr")["Obtained"]), atol=1e-4)


def test_weights_for_equal_influence_come_nearer_than_any_others_that_are_not_negative(index):
    def distance(composite):
        return ((rules.influence(composite, 2)["share"] - 1 / 8) ** 2).sum()

    best = index.changed(weights=rules.EqualInfluence(2))
    assert (best.weights["weight"] >= 0).all()
    # The least that a search over all weights of zero and above finds (differential evolution, 400 generations).
    assert distance(best) == pytest.approx(0.0077298, abs=1e-5)
    random = np.random.default_rng(0)
    for _ in range(25):
        drawn = dict(zip(index.structure.at(2), random.random(8), strict=True))
        assert distance(index.changed(weights=drawn)) > distance(best)


def test_where_weights_above_zero_can_do_it_all_influences_are_within_a_hundredth(index):
    codes = ["Instit", "P2P", "Physical", "Social"]
    flat = wb.composite(index.scores[codes], {"All": codes}, normalise=rules.AsGiven(),
                        weights=rules.EqualInfluence(1))  # fmt: skip
    np.testing.assert_allclose(rules.influence(flat, 1)["share"], 0.25, atol=1e-2)
    assert (flat.weights["weight"] >= 0).all()


def test_the_panel_sample_gives_a_complete_table_for_its_last_year():
    panel = table("H9_asem_panel_raw", "more_inputs")
    latest = wb.composite(panel, structure(), unit="uCode", impute=rules.LastValue("Time"))
    now = panel[panel["Time"] == panel["Time"].max()].set_index("uCode")
    assert list(latest.scores.index) == list(dict.fromkeys(panel["uCode"]))
    own = [code for code in latest.structure.indicators if not latest.structure.node(code).denominator]
    there = now[own].reindex(latest.scores.index).to_numpy()
    found = latest.steps.imputed[own].to_numpy()
    np.testing.assert_array_equal(found[~np.isnan(there)], there[~np.isnan(there)])
    assert not np.isnan(found).all(axis=0).any()
