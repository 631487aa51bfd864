"""Leaving one out: ranks move as worked out by hand, missing stays missing, wrong units are refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import model, sensitivity
from workbench.errors import ScoreError

SCORES = pd.DataFrame({"a": [9.0, 5.0, 1.0], "b": [1.0, 5.0, 3.0], "c": [2.0, 2.0, 2.0]}, index=["x", "y", "z"])


def mean(kept):
    return SCORES[list(kept)].mean(axis=1)


def test_ranks_without_each_child_are_those_worked_out_by_hand():
    found = sensitivity.remove_each(mean, ["a", "b", "c"])
    model.REMOVALS.check(found)
    # All: 4, 4, 2 → ranks 1, 1, 3. Without a: 1.5, 3.5, 2.5 → 3, 1, 2. Without b: 5.5, 3.5, 1.5. Without c: 5, 5, 2.
    assert found["rank"].tolist() == [1, 1, 3] * 3
    assert found["rank_without"].tolist() == [3, 1, 2, 1, 2, 3, 1, 1, 3]
    assert found["shift"].tolist() == [2, 0, -1, 0, 1, 0, 0, 0, 0]
    assert found["score_without"].tolist()[:3] == [1.5, 3.5, 2.5]


def test_a_missing_score_has_no_rank_and_no_shift():
    def gap(kept):
        return mean(kept).where(mean(kept).index != "y", np.nan if len(kept) == 2 else 9)

    found = sensitivity.remove_each(gap, ["a", "b", "c"])
    row = found[(found["child"] == "a") & (found["unit"] == "y")].iloc[0]
    assert row["rank"] == 1
    assert pd.isna(row["rank_without"])
    assert pd.isna(row["shift"])


@settings(max_examples=25, deadline=None)
@given(st.permutations(["x", "y", "z"]), st.permutations(["a", "b", "c"]))
def test_neither_the_order_of_units_nor_of_children_matters(units, children):
    plain = sensitivity.remove_each(mean, ["a", "b", "c"]).set_index(["child", "unit"])
    other = sensitivity.remove_each(lambda kept: mean(kept).loc[list(units)], children).set_index(["child", "unit"])
    assert other["shift"].to_dict() == plain["shift"].to_dict()


def test_what_cannot_be_removed_is_refused():
    for children in (["a"], ["a", "a", "b"]):
        with pytest.raises(ScoreError, match="two or more different children"):
            sensitivity.remove_each(mean, children)
    with pytest.raises(ScoreError, match="c: Without this child the score speaks of 2 units"):
        sensitivity.remove_each(lambda kept: mean(kept) if "c" in kept else mean(kept).iloc[:2], ["a", "b", "c"])
    with pytest.raises(ScoreError, match="stopped after 1 of 3"):
        sensitivity.remove_each(mean, ["a", "b", "c"], cancel=iter([False, True]).__next__)
