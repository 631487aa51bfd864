"""All combinations: the decomposition by hand, and what must hold for any table of outputs."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from workbench import sensitivity
from workbench.errors import ScoreError

few = settings(max_examples=40, deadline=None)
SHARES = st.lists(st.integers(1, 9), min_size=2, max_size=4).map(lambda w: tuple(n / sum(w) for n in w))
FLOATS = st.floats(-100, 100).map(lambda x: round(x, 3))


def of_table(table: np.ndarray, shares: list[tuple[float, ...]]) -> tuple[sensitivity.Model, list[sensitivity.Choice]]:
    """A model that looks its output up in a table with one axis a factor."""
    factors = [
        sensitivity.Choice(f"f{place}", tuple(range(len(each))), tuple(each)) for place, each in enumerate(shares)
    ]
    names = [factor.name for factor in factors]
    return sensitivity.Model(lambda given_: table[tuple(given_[name] for name in names)]), factors


def test_two_factors_worked_out_by_hand():
    # y = 0, 2 / 4, 10; the second factor's second option comes with .75.
    # E[y|f0] = 1.5, 8.5; mean 5; V0 = 3.5² = 12.25. E[y|f1] = 2, 6; V1 = .25·9 + .75·1 = 3.
    # E[y²] = .5·(.75·4) + .5·(.25·16 + .75·100) = 41, V = 16. ST0 = 1 − 3/16, ST1 = 1 − 12.25/16.
    model, factors = of_table(np.array([[0.0, 2.0], [4.0, 10.0]]), [(0.5, 0.5), (0.25, 0.75)])
    found = sensitivity.exact(model, factors)
    assert found["first"].tolist() == pytest.approx([12.25 / 16, 3 / 16], abs=1e-12)
    assert found["total"].tolist() == pytest.approx([13 / 16, 3.75 / 16], abs=1e-12)
    spread = sensitivity.spread(sensitivity.run_all(model, factors))
    assert spread["mean"].tolist() == pytest.approx([5.0])
    assert spread[["min", "max"]].to_numpy().tolist() == [[0.0, 10.0]]
    # 0, 2, 4, 10 with .125, .375, .125, .375 stand at 0, 1/3, 2/3 and 1.
    assert spread[["median", "low"]].iloc[0].tolist() == pytest.approx([3, 0.05 * 3 * 2])


def test_equal_probabilities_give_the_usual_quantiles():
    values = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0])
    model, factors = of_table(values, [(1 / 7,) * 7])
    found = sensitivity.spread(sensitivity.run_all(model, factors), low=0.1, high=0.8)
    assert found[["median", "low", "high"]].iloc[0].tolist() == pytest.approx(np.quantile(values, [0.5, 0.1, 0.8]))


@few
@given(st.lists(SHARES, min_size=1, max_size=4), st.data())
def test_shares_are_between_0_and_1_and_first_orders_and_totals_enclose_1(shares, data):
    table = data.draw(arrays.arrays(float, tuple(map(len, shares)), elements=FLOATS))
    found = sensitivity.exact(*of_table(table, shares))
    if found["reason"].eq("constant").all():
        assert found["first"].isna().all()
        return
    first, total = found["first"].to_numpy(), found["total"].to_numpy()
    assert (first >= -1e-9).all()
    assert (total <= 1 + 1e-9).all()
    assert (total >= first - 1e-9).all()
    assert first.sum() <= 1 + 1e-9
    assert total.sum() >= 1 - 1e-9


@few
@given(st.lists(SHARES, min_size=2, max_size=3), st.data())
def test_shares_are_those_of_the_plain_definition(shares, data):
    table = data.draw(arrays.arrays(float, tuple(map(len, shares)), elements=FLOATS))
    places = list(itertools.product(*(range(len(each)) for each in shares)))
    chance = {place: float(np.prod([each[k] for each, k in zip(shares, place, strict=True)])) for place in places}
    mean = sum(chance[place] * table[place] for place in places)
    variance = sum(chance[place] * (table[place] - mean) ** 2 for place in places)
    found = sensitivity.exact(*of_table(table, shares))
    if variance < 1e-6:
        return
    for number, each in enumerate(shares):
        given_ = [sum(chance[p] * table[p] for p in places if p[number] == k) / each[k] for k in range(len(each))]
        first = sum(share * (value - mean) ** 2 for share, value in zip(each, given_, strict=True)) / variance
        inner = 0.0
        for others in {p[:number] + p[number + 1 :] for p in places}:
            same = [(*others[:number], k, *others[number:]) for k in range(len(each))]
            weight = sum(chance[p] for p in same)
            middle = sum(chance[p] * table[p] for p in same) / weight
            inner += sum(chance[p] * (table[p] - middle) ** 2 for p in same)
        assert found["first"][number] == pytest.approx(first, abs=1e-9)
        assert found["total"][number] == pytest.approx(inner / variance, abs=1e-9)


@few
@given(st.permutations([0, 1, 2]), st.integers(0, 99))
def test_the_order_of_the_factors_does_not_matter(order, seed):
    table = np.random.default_rng(seed).normal(size=(2, 3, 4))
    model, factors = of_table(table, [(0.3, 0.7), (0.2, 0.3, 0.5), (0.25,) * 4])
    one = sensitivity.exact(model, factors).set_index("factor")
    other = sensitivity.exact(model, [factors[k] for k in order]).set_index("factor")
    for column in ("first", "total"):
        assert other[column].loc[one.index].tolist() == pytest.approx(one[column].tolist(), abs=1e-12)


def test_a_whole_weight_vector_is_one_factor_and_probabilities_count():
    vectors = sensitivity.WeightVectors("weights", ((1, 0), (0, 1), (0.5, 0.5)), (0.25, 0.25, 0.5))
    scale = sensitivity.Choice("scale", (1, 3))
    scores = np.array([[10.0, 20.0], [30.0, 40.0]])
    model = sensitivity.Model(
        lambda given_: given_["scale"][:, None] * (given_["weights"] @ scores), ("weights", "scale"), ("a", "b")
    )
    found = sensitivity.sobol(model, [vectors, scale], seed=1)
    assert list(found["factor"].unique()) == ["weights", "scale"]
    # Unit a: weights give 10, 30, 20 (mean 20, variance 50), scale 1 or 3 (mean 2, variance 1).
    variance = 50 * 4 + 20**2 * 1 + 50 * 1
    assert found["first"].tolist()[:2] == pytest.approx([50 * 4 / variance, 20**2 / variance], abs=1e-12)
    assert found["total"].tolist()[:2] == pytest.approx([250 / variance, 450 / variance], abs=1e-12)


def test_more_combinations_than_20000_are_sampled_and_refused_when_all_are_asked_for():
    factors = [sensitivity.Choice(f"f{k}", tuple(range(12))) for k in range(4)]
    model = sensitivity.Model(lambda given_: np.sum(list(given_.values()), axis=0))
    assert set(sensitivity.sobol(model, factors, n=64, seed=1)["method"]) == {"sampled"}
    assert set(sensitivity.sobol(model, factors[:3], n=64, seed=1)["method"]) == {"exact"}
    with pytest.raises(ScoreError, match="20736 combinations"):
        sensitivity.exact(model, factors)
    with pytest.raises(ScoreError, match="idle: This factor has no list of options"):
        sensitivity.run_all(model, [factors[0], sensitivity.Uniform("idle", 0, 1)])


def test_an_output_without_value_in_some_run_leaves_the_others_alone():
    factors = [sensitivity.Choice("a", (0, 1)), sensitivity.Choice("b", (0, 1))]

    def run(given_):
        whole = given_["a"] + given_["b"]
        return np.column_stack([whole, np.where(whole > 1, np.nan, whole), np.full(len(whole), 7.0)])

    found = sensitivity.exact(sensitivity.Model(run, outputs=("whole", "gap", "same")), factors)
    assert found["reason"].tolist() == ["", "", "no_value", "no_value", "constant", "constant"]
    assert found["converged"].tolist() == [True, True, False, False, False, False]
    assert found["first"].tolist()[:2] == [0.5, 0.5]
    assert found["first"][2:].isna().all()
