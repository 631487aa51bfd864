"""Published runs through the public verbs: the ASEM index under sixty recipes, COINr's own example, pillars removed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workbench import sensitivity

REFERENCE = Path(__file__).resolve().parents[3].parent / "shared" / "refdata"
pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference values are not on this machine")
FACTORS = [
    sensitivity.Choice("winmax", (1, 2, 3, 4, 5), step="treat"),
    sensitivity.Choice("norm", ("minmax", "zscore"), step="normalise"),
    sensitivity.Choice("weights", ("equal", "expertA", "expertB")),
    sensitivity.Choice("agg", ("a_amean", "a_gmean"), step="aggregate"),
]


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / name, keep_default_na=False, na_values=[""])


def asem(table: pd.DataFrame) -> sensitivity.Model:
    """A model that looks the sixty runs up: columns run1 … run60 of a table of units."""
    runs = read("sensitivity/asem_full_factorial_runs.csv").set_index(["winmax", "norm", "weights", "agg"])["run"]
    by_run = table.filter(regex=r"^run\d+$").to_numpy().T

    def look_up(settings):
        keys = zip(*(settings[factor.name] for factor in FACTORS), strict=True)
        return by_run[[runs[key] - 1 for key in keys]]

    return sensitivity.Model(look_up, ("treat", "normalise", "weights", "aggregate"), tuple(table["uCode"]))


def test_the_sixty_recipes_of_the_asem_index_give_the_exact_shares():
    ranks = read("sensitivity/asem_full_factorial_ranks.csv")
    model = asem(ranks)
    nominal = ranks["nominal"].to_numpy()
    moved = sensitivity.Model(lambda settings: np.abs(model.run(settings) - nominal).mean(axis=1), model.steps)
    found = sensitivity.sobol(moved, FACTORS, seed=1)
    expected = read("sensitivity/asem_full_factorial_sobol_exact.csv")
    assert list(found["factor"]) == list(expected["factor"])
    assert found["first"].tolist() == pytest.approx(expected["S1"].tolist(), abs=1e-9)
    assert found["total"].tolist() == pytest.approx(expected["ST"].tolist(), abs=1e-9)
    assert set(found["method"]) == {"exact"}
    assert (found["first_low"] == found["first_high"]).all()


def test_the_sixty_recipes_give_every_countrys_exact_rank_interval():
    found = sensitivity.spread(sensitivity.run_all(asem(read("sensitivity/asem_full_factorial_ranks.csv")), FACTORS))
    expected = read("sensitivity/asem_full_factorial_rank_intervals.csv")
    assert list(found["output"]) == list(expected["uCode"])
    for ours, theirs in (("mean", "mean"), ("median", "median"), ("low", "q5"), ("high", "q95"), ("min", "min"),
                         ("max", "max")):  # fmt: skip
        assert found[ours].tolist() == pytest.approx(expected[theirs].tolist(), abs=1e-9), ours


def test_a_sample_of_the_sixty_recipes_comes_near_the_exact_shares():
    ranks = read("sensitivity/asem_full_factorial_ranks.csv")
    model, nominal = asem(ranks), ranks["nominal"].to_numpy()
    # A factor without effect and without a list of options makes the program sample.
    factors = [*FACTORS, sensitivity.Uniform("idle", 0, 1, step="weights")]
    moved = sensitivity.Model(lambda settings: np.abs(model.run(settings) - nominal).mean(axis=1), model.steps)
    found = sensitivity.sobol(moved, factors, n=4096, seed=2).set_index("factor")
    expected = read("sensitivity/asem_full_factorial_sobol_exact.csv").set_index("factor")
    assert set(found["method"]) == {"sampled"}
    assert found["first"].drop("idle").tolist() == pytest.approx(expected["S1"].tolist(), abs=0.02)
    assert found["total"].drop("idle").tolist() == pytest.approx(expected["ST"].tolist(), abs=0.02)
    assert found.loc["idle", "total"] == 0


def test_the_published_runs_of_coinr_give_its_published_indices_and_are_called_too_few():
    runs = read("sensitivity/coinr_vignette_SA_output_y.csv")["mean_abs_rank_change"].to_numpy()
    expected = read("sensitivity/coinr_vignette_SA_indices.csv")
    found = sensitivity.from_runs(runs, list(expected["Variable"]), seed=1, centred=False, bootstrap=2000)
    assert found["first"].tolist() == pytest.approx(expected["Si"].tolist(), abs=1e-12)
    assert found["total"].tolist() == pytest.approx(expected["STi"].tolist(), abs=1e-12)
    theirs = (expected["Si_q95"] - expected["Si_q5"]).to_numpy()
    ours = (found["first_high"] - found["first_low"]).to_numpy()
    assert ours == pytest.approx(theirs, rel=0.25)  # both are bootstraps of a hundred points
    assert not found["converged"].any()


def test_removing_each_pillar_shifts_ranks_as_published():
    pillars = read("composite_asem/A_5_aggregated.csv").set_index("uCode")
    meta = read("composite_asem/asem_meta.csv")
    above = meta[meta["Level"] == 2].set_index("iCode")["Parent"]

    def index(kept):
        halves = [pillars[[name for name in kept if above[name] == half]].mean(axis=1) for half in ("Conn", "Sust")]
        return (halves[0] + halves[1]) / 2

    expected = read("composite_asem/A_remove_pillar_ranks.csv").set_index("uCode")
    names = [name for name in expected.columns if name != "Nominal"]
    found = sensitivity.remove_each(index, names)
    for name in names:
        ranks = found[found["child"] == name].set_index("unit")
        assert ranks["rank"].tolist() == expected["Nominal"].tolist()
        assert ranks["rank_without"].tolist() == expected[name].tolist(), name
    published = read("composite_asem/A_remove_pillar_mean_abs_rank_change.csv").set_index("removed")
    moved = found.assign(shift=found["shift"].abs()).groupby("child", sort=False)["shift"].mean()
    assert moved.tolist() == pytest.approx(published["mean_abs_rank_diff"].drop("Nominal").tolist(), abs=1e-12)
