"""Functions with shares known in closed form: how near the estimates come, and how often the intervals hold."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from SALib.analyze import sobol as salib

from sensitivity_models import KNOWN, covered, ishigami, uniform
from workbench import sensitivity

REFERENCE = Path(__file__).resolve().parents[3].parent / "shared" / "refdata" / "sensitivity"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ishigami_at_4096_points_is_within_a_hundredth(seed):
    _, factors, first, total = KNOWN["ishigami"]
    found = sensitivity.sobol(ishigami, factors, n=4096, seed=seed)
    assert found["first"].tolist() == pytest.approx(first, abs=0.01)
    assert found["total"].tolist() == pytest.approx(total, abs=0.01)
    assert found["converged"].all()
    assert set(found["method"]) == {"sampled"}


def test_ninety_percent_intervals_of_ishigami_hold_the_truth_in_85_to_95_of_100_over_200_seeds():
    holds, errors = covered("ishigami", n=4096, seeds=200)
    assert 0.85 <= holds.mean() <= 0.95
    assert (holds.mean(axis=0) >= 0.85).all()
    assert np.sqrt((errors**2).mean(axis=0)).max() < 0.005
    assert (np.abs(errors) < 0.01).mean() > 0.98


@pytest.mark.parametrize("name", ["ishigami", "g_function", "linear", "product"])
def test_intervals_from_1024_points_hold_about_as_often_as_they_say(name):
    holds, _ = covered(name, n=1024, seeds=60, first_seed=500)
    assert 0.85 <= holds.mean() <= 0.95


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference values are not on this machine")
@pytest.mark.parametrize("name", ["ishigami", "g_function", "linear", "product"])
def test_the_closed_forms_are_those_of_the_reference(name):
    known = json.loads((REFERENCE / "analytic_sobol.json").read_text("utf-8"))[name][0]
    _, _, first, total = KNOWN[name]
    assert first == pytest.approx(known["S1"], abs=1e-12)
    assert total == pytest.approx(known["ST"], abs=1e-12)


def test_the_estimators_are_those_of_an_independent_program_on_the_same_runs():
    n, d = 256, 3
    random = np.random.default_rng(5)
    first, second = random.uniform(-np.pi, np.pi, (2, n, d))
    mixed = [np.where(np.arange(d) == place, second, first) for place in range(d)]
    runs = [ishigami({f"x{k}": block[:, k - 1] for k in (1, 2, 3)}) for block in (first, second, *mixed)]
    # Theirs interleaves the runs of a point and standardises with the moments of all runs.
    interleaved = np.array([runs[0], *runs[2:], runs[1]]).T.ravel()
    problem = {"num_vars": d, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * d}
    theirs = salib.analyze(problem, interleaved, calc_second_order=False, seed=1)
    standard = (np.concatenate(runs) - interleaved.mean()) / interleaved.std()
    ours = sensitivity.from_runs(standard, ["x1", "x2", "x3"], seed=1, centred=False)
    sample_variance = 2 * n / (2 * n - 1)  # ours divides by one less
    assert (ours["first"] * sample_variance).tolist() == pytest.approx(list(theirs["S1"]), rel=1e-9)
    assert (ours["total"] * sample_variance).tolist() == pytest.approx(list(theirs["ST"]), rel=1e-9)


def test_far_from_zero_the_shares_are_the_same():
    factors = uniform(3, -np.pi, np.pi)
    near = sensitivity.sobol(ishigami, factors, n=256, seed=3)
    far = sensitivity.sobol(lambda settings: 1e6 + ishigami(settings), factors, n=256, seed=3)
    assert far["first"].tolist() == pytest.approx(near["first"].tolist(), abs=1e-6)
    assert far["total_high"].tolist() == pytest.approx(near["total_high"].tolist(), abs=1e-6)


def test_too_few_points_are_called_too_few():
    found = sensitivity.sobol(ishigami, uniform(3, -np.pi, np.pi), n=64, seed=1)
    assert not found["converged"].any()
    assert "take more runs" in sensitivity.sentences(found)[1]


def test_intervals_of_runs_made_elsewhere_hold_about_as_often_as_they_say():
    _, _, first, total = KNOWN["ishigami"]
    holds = []
    for seed in range(200):
        one, other = np.random.default_rng(seed).uniform(-np.pi, np.pi, (2, 512, 3))
        mixed = [np.where(np.arange(3) == place, other, one) for place in range(3)]
        runs = [ishigami({f"x{k}": block[:, k - 1] for k in (1, 2, 3)}) for block in (one, other, *mixed)]
        found = sensitivity.from_runs(np.concatenate(runs), ["x1", "x2", "x3"], seed=seed, bootstrap=300)
        holds.append([found["first_low"].le(first) & found["first_high"].ge(first),
                      found["total_low"].le(total) & found["total_high"].ge(total)])  # fmt: skip
    assert 0.85 <= np.mean(holds) <= 0.95
