"""Two versions of an index: who moved, and which step moved them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from asem import case_a, needs_reference, weights

rules = wb.composites
OLD = pd.DataFrame({"a": [0.0, 5, 10, 2], "b": [10.0, 5, 0, 1]}, index=list("WXYZ"))


def test_a_change_of_weights_alone_is_the_whole_change():
    before = wb.composite(OLD, {"I": ["a", "b"]}, weights={"a": 3, "b": 1})
    shift = rules.compare(before, before.changed(weights={"a": 1, "b": 3}))
    assert shift.why["step"].unique().tolist() == ["weighting"]
    units = shift.units.set_index("unit")
    assert units.loc["W", ["score_before", "score_after", "rank_before", "rank_after"]].tolist() == [25, 75, 3, 1]
    assert units.loc["W", "rank_change"] == -2
    assert shift.came == shift.went == ()


def test_the_steps_of_a_unit_sum_to_its_change():
    new = pd.DataFrame({"a": [0.0, 5, 10, 2], "b": [10.0, None, 0, 1]}, index=list("VXYZ"))
    before = wb.composite(OLD, {"I": ["a", "b"]})
    after = wb.composite(new, {"I": ["a", "b"]}, impute=rules.GroupMean(), normalise=rules.MinMax(1, 100),
                         weights={"a": 2}, aggregate="geometric", floor=1)  # fmt: skip
    shift = rules.compare(before, after)
    assert (shift.came, shift.went) == (("V",), ("W",))
    assert shift.why["step"].unique().tolist() == ["data", "imputing", "normalising", "weighting", "aggregating"]
    summed = shift.why.groupby("unit")[["score_change", "rank_change"]].sum()
    whole = shift.units.set_index("unit")[["score_change", "rank_change"]]
    np.testing.assert_allclose(summed.astype(float), whole.loc[summed.index].astype(float), atol=1e-9)
    assert whole["score_change"].to_dict() == pytest.approx(
        (after.index[["X", "Y", "Z"]] - before.index[["X", "Y", "Z"]]).to_dict()
    )


def test_another_structure_is_a_step_of_its_own():
    before = wb.composite(OLD, {"I": ["a", "b"]})
    after = wb.composite(OLD.assign(c=[1.0, 2, 3, 9]), {"I": {"P": ["a", "b"], "c": None}})
    shift = rules.compare(before, after)
    assert shift.why["step"].unique().tolist() == ["structure"]
    assert shift.units.set_index("unit").loc["Z", "score_after"] == after.index["Z"]


def test_the_same_index_twice_has_no_reason_to_move():
    index = wb.composite(OLD, {"I": ["a", "b"]})
    shift = rules.compare(index, wb.composite(OLD.copy(), {"I": ["a", "b"]}))
    assert shift.why.empty
    assert (shift.units["rank_change"] == 0).all()
    assert shift.by_step().empty


@needs_reference
def test_of_two_published_versions_the_weights_move_ranks_and_the_scale_alone_does_not():
    before = case_a()
    after = before.changed(weights=weights("C_weights"), normalise=rules.MinMax(1, 100))
    steps = rules.compare(before, after).by_step().set_index("step")
    assert steps.index.tolist() == ["normalising", "weighting"]
    assert steps.loc["normalising", "most_rank_change"] == 0
    assert steps.loc["weighting", "most_rank_change"] > 5
