"""Sampling: many outputs at once, what is refused, what is said, and that the same seed gives the same table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensitivity_models import ishigami, uniform
from workbench import messages, model, sensitivity
from workbench.errors import ScoreError
from workbench.scoring.sensitivity.points import pairs

FACTORS = uniform(3, -np.pi, np.pi)


def many(given_):
    """Four outputs: two that vary, one that never does, one without value here and there."""
    y = ishigami(given_)
    return pd.DataFrame({"y": y, "half": y / 2 + 3, "same": 4.0, "gap": np.where(y > 9, np.nan, y)})


def test_many_outputs_are_answered_at_once_each_as_if_it_were_alone():
    together = sensitivity.sobol(many, FACTORS, n=256, seed=4)
    model.SENSITIVITY.check(together)
    alone = sensitivity.sobol(ishigami, FACTORS, n=256, seed=4)
    shares = ["first", "first_low", "first_high", "total", "total_low", "total_high"]
    mine = together[together["output"] == "y"].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine[shares], alone[shares])
    half = together[together["output"] == "half"].reset_index(drop=True)
    pd.testing.assert_frame_equal(half[shares], alone[shares])  # neither unit nor origin matters


def test_a_constant_output_and_one_without_value_are_missing_with_the_reason():
    found = sensitivity.sobol(many, FACTORS, n=256, seed=4).set_index("output")
    assert found.loc["same", "reason"].tolist() == ["constant"] * 3
    assert found.loc["gap", "reason"].tolist() == ["no_value"] * 3
    assert found.loc[["same", "gap"], ["first", "first_low", "total", "total_high"]].isna().all(axis=None)
    assert not found.loc[["same", "gap"], "converged"].any()


@pytest.mark.parametrize("value", [0.1, 1e9, -3.3e-7, 0.0])
def test_a_constant_is_seen_as_such_whatever_its_size(value):
    found = sensitivity.sobol(lambda given_: np.full(len(given_["x1"]), value), FACTORS, n=64, seed=1)
    assert set(found["reason"]) == {"constant"}
    rounded = sensitivity.sobol(lambda given_: value + given_["x1"] * 1e-18 * (value or 0), FACTORS, n=64, seed=1)
    assert set(rounded["reason"]) == {"constant"}


def test_the_same_seed_gives_the_same_bits_and_another_seed_others():
    first, again, other = (sensitivity.sobol(many, FACTORS, n=128, seed=seed) for seed in (9, 9, 10))
    pd.testing.assert_frame_equal(first, again, check_exact=True)
    assert first["first"][0] != other["first"][0]


def test_blocks_of_outputs_do_not_change_a_bit(monkeypatch):
    from workbench.scoring.sensitivity import estimators

    whole = sensitivity.sobol(many, FACTORS, n=128, seed=9)
    monkeypatch.setattr(estimators, "_BLOCK", 1)
    pd.testing.assert_frame_equal(sensitivity.sobol(many, FACTORS, n=128, seed=9), whole, rtol=1e-12)


def test_progress_is_told_in_runs_and_the_analysis_can_be_stopped():
    told = []
    sensitivity.sobol(ishigami, FACTORS, n=64, seed=1, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (64 * 5, 64 * 5)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    with pytest.raises(ScoreError, match="stopped after 32 of 320 runs"):
        sensitivity.sobol(ishigami, FACTORS, n=64, seed=1, cancel=iter([False, False, True]).__next__)


def test_a_factor_of_a_step_that_the_index_does_not_have_is_refused():
    index = sensitivity.Model(ishigami, steps=("weights", "aggregate"))
    factor = sensitivity.Choice("fill", ("mean", "median"), step="impute")
    with pytest.raises(ScoreError, match="fill: The index has no step “impute”; it has: weights, aggregate"):
        sensitivity.sobol(index, [factor], seed=1)
    with pytest.raises(ScoreError, match="no step “x1”"):
        sensitivity.sobol(index, FACTORS, seed=1)
    sensitivity.check_factors([sensitivity.Uniform("floor", 0, 5, step="aggregate")], index.steps)


@pytest.mark.parametrize(
    ("make", "where"),
    [
        (lambda: sensitivity.Choice("a", ("only",)), "a"),
        (lambda: sensitivity.Choice("a", (1, 2), (0.5, 0.6)), "a"),
        (lambda: sensitivity.Choice("a", (1, 2), (1.0,)), "a"),
        (lambda: sensitivity.Choice("a", (1, 2), (float("nan"), 1.0)), "a"),
        (lambda: sensitivity.WeightVectors("w", ((1, 1), (1, 1, 1))), "w, 2"),
        (lambda: sensitivity.WeightVectors("w", ((1, 1), (2, -1))), "w, 2"),
        (lambda: sensitivity.WeightVectors("w", ((0, 0), (2, 1))), "w, 1"),
        (lambda: sensitivity.WeightsAround("w", (1, 1), concentration=0), "w"),
        (lambda: sensitivity.Uniform("u", 2, 2), "u"),
        (lambda: sensitivity.Uniform("u", 0, float("inf")), "u"),
        (lambda: sensitivity.sobol(ishigami, [], seed=1), ""),
        (lambda: sensitivity.sobol(ishigami, [*FACTORS, FACTORS[0]], seed=1), "x1"),
        (lambda: sensitivity.sobol(ishigami, FACTORS, n=1000, seed=1), ""),
        (lambda: sensitivity.sobol(ishigami, FACTORS, n=1024, scramblings=1, seed=1), ""),
        (lambda: sensitivity.sobol(lambda given_: np.zeros(3), FACTORS, n=64, seed=1), ""),
        (lambda: sensitivity.sobol(sensitivity.Model(ishigami, outputs=("a", "b")), FACTORS, n=64, seed=1), ""),
        (lambda: sensitivity.from_runs(np.zeros(11), ["a", "b"], seed=1), ""),
        (lambda: sensitivity.from_runs(np.zeros((8, 3)), ["a", "b"], seed=1, outputs=["y"]), ""),
    ],
)
def test_what_cannot_be_analysed_is_refused_with_the_place(make, where):
    with pytest.raises(ScoreError) as caught:
        make()
    assert caught.value.where == where
    for language in messages.LANGUAGES:
        assert "{" not in caught.value.sentence(language)


@pytest.mark.parametrize(("n", "scramblings", "near"), [(1000, 4, 1024), (1, 4, 64), (3000, 8, 4096), (40, 1, 64)])
def test_a_wrong_number_of_points_is_answered_with_a_right_one(n, scramblings, near):
    with pytest.raises(ScoreError, match=f"n = {near} "):
        sensitivity.sobol(ishigami, FACTORS, n=n, scramblings=scramblings, seed=1)
    sensitivity.sobol(ishigami, FACTORS, n=near, scramblings=max(scramblings, 2), seed=1)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_verdict_is_said_in_words_with_how_many_outputs_it_concerns(language):
    said = sensitivity.sentences(sensitivity.sobol(many, FACTORS, n=4096, seed=4), language)
    assert len(said) == 3  # two outputs fine, one without value, one constant
    assert "2" in said[0]
    assert "gap" in said[1]
    assert "same" in said[2]


def test_choices_come_as_often_as_their_probabilities_say_and_weights_sum_to_one():
    point = np.random.default_rng(0).random((20_000, 3))
    choice = sensitivity.Choice("agg", ("mean", "median", "copeland"), (0.5, 0.3, 0.2)).draw(point[:, :1])
    assert [float((choice == name).mean()) for name in ("mean", "median", "copeland")] == pytest.approx(
        [0.5, 0.3, 0.2], abs=0.015
    )
    around = sensitivity.WeightsAround("w", (2, 0, 1, 1), concentration=20)
    assert around.columns == 3
    drawn = around.draw(point)
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert (drawn[:, 1] == 0).all()
    assert drawn.mean(axis=0) == pytest.approx([0.5, 0, 0.25, 0.25], abs=0.005)
    assert drawn[:, 0].std() == pytest.approx(np.sqrt(0.5 * 0.5 / 21), rel=0.03)
    spread = sensitivity.WeightsAround("w", (1, 1, 2), concentration=0.001).draw(point)
    assert spread.sum(axis=1) == pytest.approx(1)
    assert spread.mean(axis=0) == pytest.approx([0.25, 0.25, 0.5], abs=0.02)  # nearly all on one weight each time
    pairs_of = sensitivity.Choice("bounds", ((0, 100), (1, 100))).draw(np.array([[0.2], [0.7]]))
    assert pairs_of.tolist() == [(0, 100), (1, 100)]
    normal = sensitivity.Distributed("score", lambda p: np.log(p / (1 - p))).draw(np.array([[0.0], [0.5]]))
    assert np.isfinite(normal).all()
    assert normal[1] == 0


def test_a_weight_vector_is_swapped_as_a_whole_and_counts_as_one_factor():
    around = sensitivity.WeightsAround("weights", (1, 1, 1), concentration=10)
    floor = sensitivity.Uniform("floor", 0, 1)
    scores = np.array([20.0, 50.0, 80.0])
    found = sensitivity.sobol(lambda given_: given_["weights"] @ scores + 0 * given_["floor"], [around, floor], seed=2)
    assert found["first"].tolist() == pytest.approx([1, 0], abs=0.05)
    assert found["total"].tolist() == pytest.approx([1, 0], abs=0.05)


def test_a_model_of_one_setting_can_be_run_for_each():
    single = sensitivity.each(lambda x1, x2: [x1 * x2, x1])
    found = sensitivity.sobol(single, uniform(2), n=256, seed=1)
    assert list(found["output"]) == ["0", "0", "1", "1"]
    assert found["first"].tolist() == pytest.approx([3 / 7, 3 / 7, 1, 0], abs=0.05)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 6), st.sampled_from([64, 256, 1024]), st.integers(0, 10_000))
def test_every_column_of_every_scrambling_has_one_point_in_each_cell(columns, n, seed):
    for first, second in pairs(columns, n, 4, seed):
        both = np.hstack([first, second])
        assert both.shape == (n // 4, 2 * columns)
        assert (np.sort(np.floor(both * (n // 4)), axis=0) == np.arange(n // 4)[:, None]).all()
