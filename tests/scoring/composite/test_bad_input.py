"""What cannot be scored is refused, naming the place and saying what to do, in four languages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from workbench import messages
from workbench.errors import ScoreError, TableError

rules = wb.composites
DATA = pd.DataFrame(
    {"town": ["A", "B", "C"], "doctors": [1.0, 2, 3], "deaths": [5.0, 1, 0], "flat": [4.0, 4, 4],
     "empty": [None, None, None], "words": ["1", "two", "3"], "endless": [1.0, np.inf, 2.0],
     "people": [10.0, 0.0, 5.0], "year": [2020, 2021, 2022]},
)  # fmt: skip
TREE = {"Index": ["doctors", "deaths"]}
TWO = ("code", "parent")


def table(*rows, columns=TWO):
    return pd.DataFrame(rows, columns=list(columns))


def score(structure=TREE, data=DATA, **choices):
    return wb.composite(data, structure, **({"unit": "town"} | choices))


CASES = {
    "a circle": (
        lambda: score(table(("A", "B"), ("B", "C"), ("C", "A"), ("I", None), ("doctors", "I"))), "A", "A → B → C → A"),
    "an indicator twice": (lambda: score({"I": {"P": ["doctors"], "Q": ["doctors", "deaths"]}}), "doctors", "doctors"),
    "an indicator twice in a list": (lambda: score({"I": ["doctors", "doctors"]}), "doctors", "doctors"),
    "a parent that is not there": (lambda: score(table(("I", None), ("doctors", "J"))), "doctors", "J"),
    "two tops": (lambda: score({"I": ["doctors"], "J": ["deaths"]}), "I, J", "2"),
    "an empty group": (lambda: score({"I": {"doctors": 1, "P": {}}}), "P", ""),
    "nothing but the index": (lambda: score(table(("I", None))), "I", ""),
    "a direction of two": (lambda: score({"I": {"doctors": 2}}), "doctors", "2"),
    "a group turned round": (
        lambda: score(table(("I", None, 1), ("P", "I", -1), ("doctors", "P", 1), columns=(*TWO, "direction"))),
        "P", "-1"),
    "levels that fall": (
        lambda: score(table(("I", None, 2), ("P", "I", 2), ("doctors", "P", 1), columns=(*TWO, "level"))),
        "I", "3"),
    "a row without a code": (lambda: score(table(("I", None), (None, "I"), ("doctors", "I"))), "structure", "I"),
    "an unknown indicator": (lambda: score({"I": ["doctor"]}), "doctor", "doctors"),
    "an unknown unit column": (lambda: score(unit="towns"), "unit", "town"),
    "a unit twice": (lambda: score(data=pd.concat([DATA, DATA.iloc[:1]])), "A", ""),
    "a unit without a name": (lambda: score(data=DATA.assign(town=["A", None, "C"])), "data", "2"),
    "no units": (lambda: score(data=DATA.iloc[:0]), "data", ""),
    "all missing": (lambda: score({"I": ["doctors", "empty"]}), "empty", ""),
    "a word among numbers": (lambda: score({"I": ["words"]}), "B · words", "two"),
    "an infinite value": (lambda: score({"I": ["endless"]}), "B · endless", "inf"),
    "a constant column": (lambda: score({"I": ["flat"]}), "flat", "4"),
    "a constant column, z-score": (lambda: score({"I": ["flat"]}, normalise=rules.ZScore()), "flat", "4"),
    "a constant column, percentile": (lambda: score({"I": ["flat"]}, normalise=rules.Percentile()), "flat", "4"),
    "a constant column, power": (lambda: score({"I": ["flat"]}, normalise=rules.BoxCox()), "flat", "4"),
    "bounds the wrong way round": (lambda: rules.MinMax(bounds={"doctors": (5, 1)}), "MinMax · doctors", "(5, 1)"),
    "bounds of nobody": (lambda: score(normalise=rules.MinMax(bounds={"doctor": (0, 1)})), "doctor", "doctors"),
    "no target": (lambda: score(normalise=rules.DistanceToTarget({"doctors": 9})), "targets · deaths", "doctors"),
    "a target behind": (
        lambda: score({"I": ["doctors"]}, normalise=rules.DistanceToTarget({"doctors": 1})), "doctors", "1"),
    "a way of scaling that is none": (lambda: score(normalise="minmax"), "normalise · doctors", "MinMax"),
    "an outlier rule that is none": (lambda: score(treat=5), "treat", "Outliers"),
    "a filling rule that is none": (lambda: score(impute="mean"), "impute", "GroupMean"),
    "a filling rule by chance": (lambda: score(impute=rules.Donors()), "impute", "monte_carlo"),
    "an unknown group column": (lambda: score(impute=rules.GroupMean("land")), "impute", "land"),
    "a panel without an early row": (lambda: score(impute=rules.LastValue("year", at=2020)), "B", "2020"),
    "a zero denominator": (lambda: score(denominators={"doctors": "people"}), "B · people", "doctors"),
    "an unknown denominator": (lambda: score(denominators={"doctors": "peopel"}), "denominators · doctors", "people"),
    "a negative weight": (lambda: score(weights={"doctors": -1}), "doctors", "-1"),
    "a weight that is no number": (lambda: score(weights={"doctors": float("nan")}), "doctors", "nan"),
    "weights of zero": (lambda: score(weights={"doctors": 0, "deaths": 0}), "Index", "doctors, deaths"),
    "weights that do not sum": (
        lambda: score(weights=rules.Given({"doctors": 0.5, "deaths": 0.4}, total=1)), "Index", "0.9"),
    "a weight for nobody": (lambda: score(weights={"doctor": 1}), "doctor", "doctors"),
    "weights that are none": (lambda: score(weights=3), "weights", "Equal"),
    "a level without weights": (lambda: score(weights=rules.EqualInfluence(2)), "weights", "1"),
    "shares of another level": (
        lambda: score(weights=rules.EqualInfluence(1, {"Index": 1.0})), "Index", "doctors, deaths"),
    "a zero in a geometric mean": (lambda: score(aggregate="geometric"), "Index · doctors · A", "0"),
    "a zero in a harmonic mean": (lambda: score(aggregate="harmonic"), "Index · doctors · A", "0"),
    "a floor of zero": (lambda: score(aggregate="geometric", floor=0), "floor", "0"),
    "an unknown mean": (lambda: score(aggregate="geometrical"), "aggregate", "geometric"),
    "a mean at no level": (lambda: score(aggregate={7: "geometric"}), "aggregate", "7"),
    "a share over one": (lambda: rules.Available(children=60), "missing · children", "60"),
    "a gap rule that is none": (lambda: score(missing=0.5), "missing", "Available"),
    "a matrix that is not square": (lambda: rules.ahp([[1, 2]]), "AHP", "1 × 2"),
    "a matrix that is not reciprocal": (lambda: rules.ahp([[1, 2], [2, 1]]), "AHP · 1 × 2", "2"),
    "a comparison of zero": (lambda: rules.ahp([[1, 0], [0, 1]]), "AHP · 1 × 2", "0"),
    "a matrix too large": (lambda: rules.ahp(np.ones((11, 11))), "AHP", "11"),
    "a matrix of other names": (
        lambda: score(weights=rules.Pairwise({"Index": pd.DataFrame([[1, 1], [1, 1]], list("ab"), list("ab"))})),
        "Index", "doctors"),
    "a matrix for no group": (lambda: score(weights=rules.Pairwise({"Idnex": [[1]]})), "AHP", "Index"),
    "alpha of one column": (lambda: rules.cronbach_alpha(DATA[["doctors"]]), "doctors", "1"),
    "components of two units": (
        lambda: rules.principal_components(DATA[["doctors", "deaths"]].iloc[:2]), "doctors, deaths", "2"),
    "an unknown unit": (lambda: rules.strengths(score(), "D"), "unit", "A, B, C"),
    "a level of one": (lambda: rules.remove_one(score(), 2), "remove_one", "1"),
    "versions of other units": (
        lambda: rules.compare(score(), score(data=DATA.assign(town=["X", "Y", "Z"]))), "compare", ""),
    "no draws": (lambda: wb.uncertainty.monte_carlo(score(), seed=1, draws=0), "draws", "0"),
    "a seed below zero": (lambda: wb.uncertainty.monte_carlo(score(), seed=-1), "seed", "-1"),
    "a concentration of zero": (
        lambda: wb.uncertainty.monte_carlo(score(), seed=1, concentration=0), "concentration", "0"),
    "draws in which nothing varies": (
        lambda: wb.uncertainty.monte_carlo(score(), seed=1, concentration=None), "monte_carlo", ""),
    "a floor that no mean uses": (
        lambda: wb.uncertainty.monte_carlo(score(), seed=1, floor=[1, 5]), "floor", ""),
    "an unknown node to draw": (
        lambda: wb.uncertainty.monte_carlo(score(), seed=1, node="Idx"), "Idx", "Index"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_with_the_place_and_a_way_out_in_every_language(case):
    work, where, said = CASES[case]
    with pytest.raises(ScoreError) as caught:
        work()
    assert caught.value.where == where
    assert said in caught.value.what() + caught.value.todo()
    sentences = {caught.value.sentence(language) for language in messages.LANGUAGES}
    assert len(sentences) == len(messages.LANGUAGES)


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(TableError, match="parent"):
        score(pd.DataFrame({"code": ["I"]}))


def test_the_texts_of_this_part_are_in_all_four_languages():
    keys = {key for key in messages.catalogue("en") if ".composite." in key or key.startswith("composite.")}
    keys |= {key for key in messages.catalogue("en") if key.startswith("error.uncertainty.")}
    assert len(keys) > 80
    assert [code for code in messages.LANGUAGES if keys - messages.catalogue(code).keys()] == []


def test_the_data_are_never_changed():
    before = DATA.copy(deep=True)
    score(impute=rules.GroupMedian(), treat=rules.Outliers(winsorise=1), normalise=rules.BoxCox())
    wb.uncertainty.monte_carlo(score(), seed=1, draws=10)
    pd.testing.assert_frame_equal(DATA, before)
