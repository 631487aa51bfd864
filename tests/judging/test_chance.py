"""Coefficients corrected for chance against reference values, by hand, and with bad input."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workbench.errors import UsageError
from workbench.judging.agreement import coefficient, from_counts, from_table

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "refdata" / "agreement"
needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="no reference values beside the repository")
NAMES = {
    "percent_agreement": "percent_agreement", "fleiss_kappa": "fleiss", "conger_kappa": "cohen",
    "cohen_kappa": "cohen", "scott_pi": "scott", "gwet_ac": "gwet", "brennan_prediger": "brennan_prediger",
    "krippendorff_alpha_gwet": "krippendorff_gwet",
}  # fmt: skip
READ = {"raw4raters": "ratings", "g1g2": "ratings", "dist_4cat": "counts", "cont3x3": "table"}


@needs_reference
def test_every_reference_case_of_the_family_is_met_with_its_standard_error_and_interval():
    expected = pd.read_csv(REFERENCE / "expected_gwet_family.csv")
    assert len(expected) == 140
    for case in expected.itertuples():
        data = pd.read_csv(REFERENCE / f"{case.dataset}.csv")
        how = {"method": NAMES[case.statistic], "weights": case.weights, "level": 0.95}
        kind = READ[case.dataset]
        if kind == "ratings":
            found = coefficient(data.T, **how)
        else:
            found = (from_counts if kind == "counts" else from_table)(data, **how)
        name = f"{case.dataset} {case.statistic} {case.weights}"
        assert found.value == pytest.approx(case.value, abs=1e-5), name
        assert found.error == pytest.approx(case.se, abs=1e-5), name
        assert found.interval == pytest.approx((case.ci_low, case.ci_high), abs=1e-3), name


@needs_reference
def test_fleiss_kappa_of_ten_subjects_and_the_paradox_of_prevalence_come_out():
    fleiss = json.loads((REFERENCE / "expected_fleiss_wikipedia.json").read_text("utf-8"))
    assert from_counts(fleiss["subjects_by_category"], "fleiss").value == pytest.approx(
        fleiss["fleiss_kappa"], abs=1e-12
    )
    for case in json.loads((REFERENCE / "expected_paradox.json").read_text("utf-8")):
        assert from_table(case["table"], "cohen").value == pytest.approx(case["cohen_kappa"], abs=1e-12)
        assert from_table(case["table"], "gwet").value == pytest.approx(case["gwet_ac1"], abs=1e-12)
        assert from_table(case["table"], "percent_agreement").value == pytest.approx(case["po"], abs=1e-12)


def test_cohens_kappa_worked_by_hand():
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed .7, chance .5·.6 + .5·.4 = .5, kappa .4.
    found = from_table([[20, 5], [10, 15]], "cohen")
    assert (found.observed, found.expected, found.value) == pytest.approx((0.7, 0.5, 0.4))
    assert (found.raters, found.units) == (2, 50)


def test_weights_give_credit_to_near_misses_only():
    near, far = [[0, 1, 2, 3], [1, 1, 2, 3]], [[0, 1, 2, 3], [3, 1, 2, 3]]
    for method in ("cohen", "fleiss", "gwet", "brennan_prediger"):
        plain = [coefficient(one, method, categories=range(4)).observed for one in (near, far)]
        weighted = [coefficient(one, method, weights="quadratic", categories=range(4)).observed for one in (near, far)]
        assert plain[0] == plain[1] == 0.75
        assert weighted[0] > weighted[1]


def test_categories_nobody_chose_count_where_they_are_named():
    ratings = [[0, 1, 1, 0], [0, 1, 0, 0]]
    assert coefficient(ratings, "brennan_prediger").expected == 0.5
    assert coefficient(ratings, "brennan_prediger", categories=[0, 1, 2, 3]).expected == 0.25


def test_blank_cells_are_missing_and_no_category():
    assert coefficient([["a", " ", "b"], ["a", "b", ""]], "gwet").units == 1
    with_gaps = coefficient([["a", None, "b", "a"], ["a", "b", "", "b"], ["a", "b", "b", None]], "fleiss")
    assert with_gaps.units == 4
    assert with_gaps.raters == 3


def test_where_nothing_can_be_said_there_is_no_value():
    assert coefficient([[1, np.nan], [np.nan, 2]], "gwet").value is None
    assert coefficient([[1, 1], [1, 1]], "cohen").value is None  # chance explains all of it
    assert coefficient(np.zeros((0, 0)), "fleiss").value is None
    assert coefficient([[1, 2], [1, 2]], "percent_agreement").value == 1.0


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: coefficient([[1, 2], [1, 2]], "kappa"), "coefficient"),
        (lambda: coefficient([[1, 2], [1, 2]], weights="cubic"), "weighting"),
        (lambda: coefficient([1, 2, 3]), "table"),
        (lambda: coefficient([[1, 5], [1, 2]], categories=[1, 2]), "categories"),
        (lambda: coefficient([[-1, 2], [1, 2]], weights="ratio"), "below zero"),
        (lambda: from_counts([[1, 2]], "cohen"), "coefficient"),
        (lambda: from_table([[1, 2, 3], [4, 5, 6]]), "square"),
    ],
)
def test_bad_input_is_refused_in_words(call, says):
    with pytest.raises(UsageError, match=says):
        call()
