"""Agreement by sector, rater and pair says where people differ."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.errors import UsageError
from workbench.judging import trimmed_mean
from workbench.judging.agreement import by_group, each_rater, krippendorff_alpha, most_disputed


def ratings(given: dict[str, list[int | None]]) -> pd.DataFrame:
    rows = [
        (rater, f"u{place}", value)
        for rater, values in given.items()
        for place, value in enumerate(values)
        if value is not None
    ]
    return pd.DataFrame(rows, columns=["rater", "unit", "value"])


GIVEN = ratings({"ana": [0, 1, 2, 3, 0, 3], "ben": [0, 1, 2, 3, 3, 0], "eva": [0, 1, 2, 2, None, 3]})


def test_alpha_of_a_group_is_that_of_its_units_alone():
    found = by_group(
        GIVEN, {"u0": "health", "u1": "health", "u2": "health", "u3": "health", "u4": "work", "u5": "work"}
    )
    health = krippendorff_alpha([[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 2]])
    work = krippendorff_alpha([[0, 3], [3, 0], [None, 3]])
    assert found["group"].tolist() == ["health", "work"]
    assert found["alpha"].tolist() == pytest.approx([health.value, work.value])
    assert found["units"].tolist() == [4, 2]


def test_raters_are_grouped_by_side():
    found = by_group(GIVEN, {"ana": "local", "ben": "national", "eva": "local"}, of="rater").set_index("group")
    assert found.loc["local", "alpha"] == pytest.approx(krippendorff_alpha([[0, 1, 2, 3, 3], [0, 1, 2, 2, 3]]).value)
    assert pd.isna(found.loc["national", "alpha"])  # one rater alone agrees with nobody


def test_the_rater_who_differs_lowers_the_panel_and_is_named():
    found = each_rater(GIVEN).set_index("rater")
    assert found["difference"].idxmin() == "ben"
    assert found.loc["ben", "difference"] < -0.1
    assert found["alpha_with"].idxmin() == "ben"
    assert found.loc["eva", "units"] == 5


def test_the_pairs_that_cause_most_disagreement_come_first():
    found = most_disputed(GIVEN)
    assert found["unit"].tolist()[:2] == ["u4", "u5"]
    assert found.iloc[1]["values"] == {"ana": 3, "ben": 0, "eva": 3}
    # Ratings 3, 0, 3: squared differences 9, 0, 9, mean 6; u4 has 9 from one pair, u3 has 1, 1, 0: 2/3.
    assert found["disagreement"].tolist()[:3] == pytest.approx([9, 6, 2 / 3])
    assert found["share"].tolist()[:3] == pytest.approx([18 / 38, 18 / 38, 2 / 38])
    assert found["spread"].tolist()[:3] == [3, 3, 1]
    assert len(most_disputed(GIVEN, top=1)) == 1


def test_nothing_rated_has_no_parts():
    nothing = ratings({})
    assert by_group(nothing, {}).empty
    assert each_rater(nothing).empty
    assert most_disputed(nothing).empty


def test_the_trimmed_mean_leaves_the_ends_out():
    assert trimmed_mean([0, 2, 2, 3, 3]) == pytest.approx(7 / 3)
    assert trimmed_mean([1, 3]) == 2
    assert trimmed_mean([]) is None
    with pytest.raises(UsageError, match="half"):
        trimmed_mean([1], trim=0.5)
