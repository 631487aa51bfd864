"""Monte Carlo of any index: the same seed gives the same bits, intervals mean what they say, nothing is drawn twice."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from asem import by_unit, case_a, needs_reference
from workbench.errors import ScoreError
from workbench.scoring.uncertainty.drawing import PIECE

rules = wb.composites
draw = wb.uncertainty.monte_carlo
RANDOM = np.random.default_rng(5)
DATA = pd.DataFrame(RANDOM.gamma(2.0, size=(30, 6)), columns=list("abcdef"), index=[f"u{k}" for k in range(30)])
GAPPY = DATA.mask(RANDOM.random(DATA.shape) < 0.15).assign(land=["x", "y", "z"] * 10)
TREE = {"I": {"P": ["a", "b", "c"], "Q": {"d": -1, "e": 1, "f": 1}}}
ALL = {
    "normalise": [rules.MinMax(), rules.Percentile()], "aggregate": ["arithmetic", "geometric", "harmonic"],
    "floor": [1.0, 5.0], "impute": [None, rules.GroupMedian("land"), rules.Donors("land")],
    "treat": [None, rules.Outliers()], "missing": [rules.Available(), rules.Available(children=0.7)],
}  # fmt: skip


@pytest.fixture(scope="module")
def index():
    return wb.composite(GAPPY, TREE)


def same(one, other):
    return one.scores.tobytes() == other.scores.tobytes() and one.ranks.tobytes() == other.ranks.tobytes()


def test_the_same_seed_gives_the_same_bits_for_any_block_size_or_threads_and_another_seed_does_not(index):
    whole = draw(index, seed=7, draws=3 * PIECE + 11, **ALL)
    for block in (1, 100, PIECE, 2 * PIECE + 1, 10**6):
        assert same(whole, draw(index, seed=7, draws=3 * PIECE + 11, block=block, **ALL))
    for threads in (1, 3):
        assert same(whole, draw(index, seed=7, draws=3 * PIECE + 11, threads=threads, **ALL))
    assert not same(whole, draw(index, seed=8, draws=3 * PIECE + 11, **ALL))


def test_fewer_draws_are_the_beginning_of_more(index):
    many, few = (draw(index, seed=7, draws=count, **ALL) for count in (700, 300))
    np.testing.assert_array_equal(many.scores[:, :300], few.scores)
    assert many.choices.iloc[:300].equals(few.choices)


def test_another_factor_leaves_the_draws_of_the_others_as_they_were(index):
    one = draw(index, seed=7, draws=200, aggregate=ALL["aggregate"], floor=ALL["floor"])
    two = draw(index, seed=7, draws=200, aggregate=ALL["aggregate"], floor=ALL["floor"], normalise=ALL["normalise"])
    assert one.choices[["aggregate", "floor"]].equals(two.choices[["aggregate", "floor"]])


def test_every_draw_is_the_index_with_the_choices_that_it_names(index):
    drawn = draw(index, seed=1, draws=60, concentration=None, impute=ALL["impute"][:2],
                 **{name: ALL[name] for name in ("normalise", "aggregate", "floor", "treat", "missing")})  # fmt: skip
    for number, row in drawn.choices.iterrows():
        chosen = {name: ALL[name][row[name]] for name in ALL}
        single = index.changed(**chosen)
        np.testing.assert_allclose(drawn.scores[:, number], single.index, rtol=1e-6)
        assert drawn.ranks[:, number].tolist() == single.ranks["I"].fillna(0).tolist()


def test_weights_are_drawn_around_the_chosen_ones_with_the_stated_spread():
    """Units with 100 in one child and 0 elsewhere have the weights as scores: mean s, variance s(1-s)/(c+1)."""
    units = pd.DataFrame(np.eye(3) * 100, columns=list("abc"))
    index = wb.composite(units, {"I": ["a", "b", "c"]}, normalise=rules.AsGiven(), weights={"a": 2})
    drawn = draw(index, seed=3, draws=20_000, concentration=50).scores / 100
    share = np.array([0.5, 0.25, 0.25])
    np.testing.assert_allclose(drawn.mean(axis=1), share, atol=0.003)
    np.testing.assert_allclose(drawn.var(axis=1), share * (1 - share) / 51, rtol=0.05)
    np.testing.assert_allclose(drawn.sum(axis=0), 1.0, rtol=1e-5)


def test_a_weight_of_zero_stays_zero_and_an_only_child_keeps_its_weight():
    units = pd.DataFrame({"a": [0.0, 100], "b": [100.0, 0], "c": [3.0, 4]})
    index = wb.composite(units, {"I": {"P": ["a", "b"], "Q": ["c"]}}, normalise=rules.AsGiven(),
                         weights={"b": 0, "Q": 0})  # fmt: skip
    assert draw(index, seed=3, draws=50).scores.tolist() == [[0.0] * 50, [100.0] * 50]


def test_intervals_are_quantiles_of_the_draws_and_hold_the_published_value(index):
    drawn = draw(index, seed=2, draws=999, aggregate=["arithmetic", "harmonic"], floor=[1.0])
    table = drawn.summary(top=5)
    low, high = np.percentile(drawn.scores, [5, 95], axis=1)
    np.testing.assert_allclose(table["score_low"].astype(float), np.minimum(low, index.index), rtol=1e-6)
    np.testing.assert_allclose(table["score_high"].astype(float), np.maximum(high, index.index), rtol=1e-6)
    ranks = np.percentile(drawn.ranks, [5, 50, 95], axis=1)
    np.testing.assert_allclose(table["rank_median"].astype(float), ranks[1])
    assert (table["rank_low"] <= table["rank"]).all()
    assert (table["rank_high"] >= table["rank"]).all()
    np.testing.assert_allclose(table["top_share"], (drawn.ranks <= 5).mean(axis=1))
    assert table["top_share"].sum() >= 5


def test_draws_in_which_a_unit_is_withheld_are_left_out_and_counted():
    units = pd.DataFrame({"a": [1.0, None, 3], "b": [5.0, 6, 1], "c": [2.0, 9, 4]}, index=list("ABC"))
    index = wb.composite(units, {"I": ["a", "b", "c"]}, normalise=rules.AsGiven())
    drawn = draw(index, seed=4, draws=400, missing=[rules.Available(), rules.Available(children=1.0)])
    held = drawn.choices["missing"].to_numpy() == 1
    assert (drawn.ranks[1] == 0).tolist() == held.tolist()
    table = drawn.summary()
    assert table.loc["B", "withheld_share"] == held.mean()
    np.testing.assert_allclose(float(table.loc["B", "score_low"]), np.percentile(drawn.scores[1, ~held], 5), rtol=1e-6)
    assert table.loc["A", "withheld_share"] == 0
    never = index.changed(missing=rules.Available(children=1.0))
    gone = draw(never, seed=4, draws=50).summary().loc["B"]
    assert gone[["score", "score_low", "rank", "rank_high"]].isna().all()


def test_the_share_in_which_one_outranks_another_is_counted_over_the_draws(index):
    drawn = draw(index, seed=2, draws=500, **ALL)
    matrix = drawn.outranking(["u0", "u1", "u2"])
    both = (drawn.ranks[0] > 0) & (drawn.ranks[1] > 0)
    wanted = (drawn.ranks[0] < drawn.ranks[1])[both].mean()
    assert drawn.outranks("u0", "u1") == pytest.approx(wanted)
    assert matrix.loc["u0", "u1"] == pytest.approx(wanted)
    assert matrix.loc["u0", "u1"] + matrix.loc["u1", "u0"] <= 1
    assert matrix.loc["u2", "u2"] == 0
    with pytest.raises(ScoreError, match="u29"):
        drawn.outranks("u0", "u99")


def test_donors_fill_a_gap_with_values_of_the_same_group_and_leave_the_rest():
    units = pd.DataFrame({"a": [10.0, 20, None, 70, 80], "b": [1.0] * 5, "land": list("xxxyy")})
    index = wb.composite(units, {"I": ["a", "b"]}, normalise=rules.AsGiven(), weights={"b": 0})
    drawn = draw(index, seed=1, draws=2_000, concentration=None, impute=[rules.Donors("land")])
    assert set(drawn.scores[2]) == {10, 20}
    assert np.mean(drawn.scores[2] == 10) == pytest.approx(0.5, abs=0.05)
    assert {tuple(set(row)) for row in drawn.scores[[0, 1, 3, 4]].tolist()} == {(10.0,), (20.0,), (70.0,), (80.0,)}


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic", "median", "copeland"])
def test_filling_by_donors_is_the_same_as_scoring_a_filled_table(mean):
    """With a single donor for every gap there is only one way to fill it."""
    units = pd.DataFrame({"a": [10.0, None, 70, None], "b": [5.0, 20, 40, 30], "c": [None, 7.0, None, 60],
                          "land": list("xxyy")})  # fmt: skip
    filled = units.assign(a=[10.0, 10, 70, 70], c=[7.0, 7, 60, 60])
    tree = {"I": {"P": ["a", "b"], "c": None}}
    index, whole = (wb.composite(each, tree, normalise=rules.AsGiven(), aggregate=mean) for each in (units, filled))
    drawn = draw(
        index, seed=1, draws=3, concentration=None, impute=[rules.Donors("land")], normalise=[rules.AsGiven()] * 2
    )
    for number in range(3):
        np.testing.assert_allclose(drawn.scores[:, number], whole.index, rtol=1e-6)


def test_any_group_can_be_looked_at(index):
    drawn = draw(index, seed=2, draws=50, node="P")
    assert drawn.node == "P"
    np.testing.assert_allclose(drawn.nominal, index.scores["P"])


def test_progress_is_told_and_can_stop(index):
    told = []
    draw(index, seed=1, draws=3 * PIECE, block=PIECE, progress=lambda done, of: told.append((done, of)))
    assert told == [(number * PIECE, 3 * PIECE) for number in range(4)]
    with pytest.raises(ScoreError, match=f"Stopped after {PIECE} of {3 * PIECE} draws"):
        draw(index, seed=1, draws=3 * PIECE, block=PIECE, progress=lambda done, of: done < PIECE)


@needs_reference
def test_drawing_the_choices_of_the_sixty_runs_comes_to_their_exact_rank_intervals():
    """Sixty equally likely recipes, sampled: mean ranks within four standard errors of the exact ones, same ends."""
    from asem import weights

    index, exact = case_a(), by_unit("asem_full_factorial_rank_intervals", "sensitivity")
    draws = 1_500
    parts = []
    experts = [weights(f"asem_ff_weights_{name}", "sensitivity") for name in ("expertA", "expertB")]
    for given in (None, *experts):
        weighted = index.changed(weights=given)
        drawn = draw(
            weighted, seed=11, draws=draws, concentration=None, aggregate=["arithmetic", "geometric"],
            treat=[rules.Outliers(winsorise=most) for most in range(1, 6)],
            normalise=[rules.MinMax(1, 100), rules.ZScore(10, 2)],
        )  # fmt: skip
        parts.append(drawn.ranks)
    ranks = pd.DataFrame(np.concatenate(parts, axis=1), index=index.scores.index).loc[exact.index]
    error = ranks.std(axis=1) / np.sqrt(3 * draws)
    assert ((ranks.mean(axis=1) - exact["mean"]).abs() <= 4 * error + 1e-9).all()
    assert (ranks.min(axis=1) == exact["min"]).all()
    assert (ranks.max(axis=1) == exact["max"]).all()


def test_all_alternatives_are_equally_likely(index):
    choices = draw(index, seed=9, draws=6_000, **ALL).choices
    for name, options in ALL.items():
        shares = choices[name].value_counts(normalize=True)
        np.testing.assert_allclose(shares, 1 / len(options), atol=0.03, err_msg=name)
    pairs = choices.groupby(["normalise", "aggregate"]).size()
    assert len(pairs) == len(list(product(*(ALL[name] for name in ("normalise", "aggregate")))))
