"""Dawid and Skene's model on their own data, and on ratings whose truth is known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workbench.errors import TableError, UsageError
from workbench.judging.agreement import dawid_skene

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "refdata" / "agreement"


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="no reference values beside the repository")
def test_the_example_of_1979_comes_out():
    data = pd.read_csv(REFERENCE / "dawid_skene_anaesthesia.csv")
    expected = json.loads((REFERENCE / "expected_dawid_skene_anaesthesia.json").read_text("utf-8"))
    found = dawid_skene(data.rename(columns={"item": "unit", "rating": "value"}))
    assert found.log_likelihood == pytest.approx(expected["log_likelihood"], abs=1e-9)
    assert found.prevalence == pytest.approx(expected["prevalence"], abs=1e-9)
    assert found.values_by_unit().tolist() == expected["map_class"]
    assert found.posterior == pytest.approx(np.array(expected["posterior"]), abs=1e-7)
    assert found.errors == pytest.approx(np.array(expected["error_rates"]), abs=1e-7)
    assert found.is_settled


def test_a_rater_who_always_says_the_opposite_is_read_the_other_way_round():
    random = np.random.default_rng(1)
    truth = random.integers(0, 2, 300)
    rows = []
    for unit, true in enumerate(truth):
        for rater, right in (("good", 0.95), ("fair", 0.85), ("other", 0.9), ("contrary", 0.05)):
            rows.append((unit, rater, true if random.random() < right else 1 - true))
    found = dawid_skene(pd.DataFrame(rows, columns=["unit", "rater", "value"]))
    assert (found.values_by_unit().to_numpy() == truth).mean() > 0.97
    contrary = found.errors[found.raters.index("contrary")]
    assert contrary[0, 1] > 0.9
    assert contrary[1, 0] > 0.9
    assert found.errors.sum(axis=2) == pytest.approx(np.ones((4, 2)))


def test_no_rating_and_a_missing_column_are_refused():
    with pytest.raises(UsageError, match="no rating"):
        dawid_skene(pd.DataFrame({"unit": [1], "rater": ["a"], "value": [None]}))
    with pytest.raises(TableError, match="rater"):
        dawid_skene(pd.DataFrame({"unit": [1], "value": [2]}))
