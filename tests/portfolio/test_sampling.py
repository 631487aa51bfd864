"""The sample is as large as the interval asks for, and the corrected estimate holds what its interval says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench import portfolio
from workbench.errors import TableError, UsageError
from workbench.portfolio import Plan, corrected
from workbench.portfolio.sampling import allocate


def test_neyman_gives_the_number_worked_by_hand():
    # W = .75, .25; S = .3, .5: n = (.225 + .125)² / (.02² + (.75·.09 + .25·.25) / 4000) = .1225 / .0004325 = 283.24
    drawn = allocate(np.array([3000, 1000]), np.array([0.1, 0.5]), 0.02)
    assert drawn.tolist() == [183, 102]


def test_no_stratum_is_drawn_from_beyond_its_size_or_below_five_cards():
    drawn = allocate(np.array([3, 40, 100_000]), np.array([0.5, 0.0, 0.0]), 0.05)
    assert drawn[0] == 3
    assert drawn[1] == 5
    assert drawn[2] >= 5


def plan_of(probability: np.ndarray, strata: np.ndarray, rng: np.random.Generator) -> tuple[Plan, list[int]]:
    sizes = np.bincount(strata)
    means = np.array([probability[strata == one].mean() for one in range(len(sizes))])
    drawn = allocate(sizes, means, 0.03 / 1.645)
    chosen = np.concatenate(
        [rng.choice(np.flatnonzero(strata == one), count, replace=False) for one, count in enumerate(drawn)]
    )
    cards = pd.DataFrame(
        {
            "territory_id": [f"t{n}" for n in chosen], "commitment_id": "c", "local_id": None,
            "stratum": [str(strata[n]) for n in chosen], "probability": probability[chosen],
        }
    )  # fmt: skip
    table = pd.DataFrame(
        {
            "stratum": [str(n) for n in range(len(sizes))],
            "part": "",
            "size": sizes,
            "probability": means,
            "drawn": drawn,
        }
    )
    return Plan(cards, table, 0.03, 0.9), chosen.tolist()


def test_the_interval_covers_a_known_truth_nine_times_in_ten_though_the_suggestions_are_wrong():
    rng = np.random.default_rng(3)
    probability = rng.beta(0.5, 2, 20_000)
    truth = rng.random(20_000) < np.clip(probability * 0.6 + 0.05, 0, 1)  # the suggestions promise too much
    strata = np.digitize(probability, (0.1, 0.3, 0.6))
    covered, widths = 0, []
    for _ in range(400):
        plan, chosen = plan_of(probability, strata, rng)
        judged = plan.cards.assign(uptake=[int(truth[n]) for n in chosen])
        found = corrected(plan, judged)
        covered += found.low <= truth.mean() <= found.high
        widths.append(found.high - found.low)
    assert 0.86 <= covered / 400 <= 0.95
    assert np.mean(widths) <= 0.065  # ± 3 points were asked for
    assert found.before > truth.mean() + 0.03  # without the sample the estimate would be far off


def test_cards_nobody_could_judge_widen_the_interval_and_foreign_cards_are_refused():
    rng = np.random.default_rng(1)
    probability = rng.random(500)
    plan, chosen = plan_of(probability, np.zeros(500, dtype=int), rng)
    whole = corrected(plan, plan.cards.assign(uptake=1))
    half = corrected(plan, plan.cards.assign(uptake=[1.0 if n % 2 else None for n in range(len(chosen))]))
    assert half.judged < whole.judged
    assert half.high - half.low > whole.high - whole.low
    nothing = corrected(plan, plan.cards.head(0).assign(uptake=[]))
    assert nothing.share == pytest.approx(nothing.before)
    assert (nothing.low, nothing.high) == (pytest.approx(0.0), pytest.approx(1.0))
    with pytest.raises(TableError, match="elsewhere"):
        corrected(plan, pd.DataFrame({"territory_id": ["elsewhere"], "commitment_id": ["c"], "uptake": [1]}))
    with pytest.raises(TableError, match="uptake"):
        corrected(plan, plan.cards.head(1).assign(uptake=7))


def test_a_sample_of_a_run_is_the_same_for_the_same_seed(country):
    run = portfolio.run(country / "towns", country / "national", country / "out", workers=1, language="en",
                        territories=country / "territories.csv")  # fmt: skip
    plan = portfolio.sample(run, within=0.1, seed=4)
    pd.testing.assert_frame_equal(plan.cards, portfolio.sample(run, within=0.1, seed=4).cards)
    assert plan.strata["size"].sum() == 5 * len(run.commitments())
    assert "feria" not in set(plan.cards["territory_id"])  # no text, nothing to judge
    for wrong in ({"within": 0.0}, {"within": 0.9}, {"confidence": 1.0}, {"by": "colour"}):
        with pytest.raises(UsageError):
            portfolio.sample(run, **wrong)


def test_like_measures_of_several_towns_are_one_cluster_in_the_order_of_their_dates(country):
    run = portfolio.run(country / "towns", country / "national", country / "out", workers=1, language="en",
                        territories=country / "territories.csv")  # fmt: skip
    found = portfolio.clusters(run)
    centres = found[found["cluster"] == 1]
    assert list(centres["territory_id"]) == ["dorado", "alto", "centro", "bajo", "este"]
    assert list(centres["order"].dropna()) == [1, 2, 3, 4]
    assert centres["order"].isna().tolist() == [False] * 4 + [True]  # no date, no place in the order
    homes = found[found["cluster"] == 2]
    assert set(homes["territory_id"]) == {"alto", "dorado"}
