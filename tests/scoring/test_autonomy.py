"""The Local Autonomy Index by hand, what must hold for any variables, and published figures with their own faults."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import autonomy, messages, model
from workbench.errors import TableError

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "refdata" / "decentralisation"
published = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference values are not on this machine")
VARIABLES = model.AUTONOMY_VARIABLES
ANY = st.fixed_dictionaries({name: st.floats(0, high) for name, high in VARIABLES.items()})
TOWN = model.AutonomyVariables(2, 3, 2.5, 3, 1, 2, 1.5, 4, 0, 1, 1)


def test_a_town_worked_out_by_hand():
    found = autonomy.local_autonomy(TOWN)
    assert found.legal_autonomy == pytest.approx(200 / 3)
    assert found.political_discretion == pytest.approx(100 * (3 + 7.5) / 15)  # 70
    assert found.policy_scope == 75
    assert found.financial_autonomy == pytest.approx(100 * (3 + 6 + 1.5) / 24)  # 43.75
    assert found.organisational_autonomy == 100
    assert found.non_interference == pytest.approx(100 / 6)
    assert found.access == pytest.approx(100 / 3)
    by_hand = (200 / 3 + 3 * 70 + 2 * 75 + 3 * 43.75 + 2 * 100 + 100 / 6 + 100 / 3) / 13
    assert found.index == pytest.approx(by_hand)
    assert found.index == pytest.approx(62.147, abs=1e-3)
    assert found.missing == ()


def test_the_weights_of_the_dimensions_are_those_of_the_documented_form():
    assert [weight for weight, _ in autonomy.DIMENSIONS.values()] == [1, 3, 2, 3, 2, 1, 1]
    one_each = {
        name: autonomy.local_autonomy(model.AutonomyVariables(**{v: VARIABLES[v] * (v in parts) for v in VARIABLES}))
        for name, (_, parts) in autonomy.DIMENSIONS.items()
    }
    assert {name: round(score.index * 13 / 100, 9) for name, score in one_each.items()} == {
        name: weight for name, (weight, _) in autonomy.DIMENSIONS.items()
    }


@settings(deadline=None)
@given(ANY)
def test_every_score_is_between_0_and_100_and_the_index_between_its_dimensions(values):
    found = autonomy.local_autonomy(model.AutonomyVariables(**values))
    dimensions = [getattr(found, name) for name in autonomy.DIMENSIONS]
    assert all(-1e-9 <= score <= 100 + 1e-9 for score in dimensions)
    assert min(dimensions) - 1e-9 <= found.index <= max(dimensions) + 1e-9


@settings(deadline=None)
@given(ANY, st.sampled_from(sorted(VARIABLES)), st.floats(0, 1))
def test_more_of_any_variable_never_lowers_the_index(values, name, share):
    lower = model.AutonomyVariables(**values)
    higher = replace(lower, **{name: values[name] + share * (VARIABLES[name] - values[name])})
    assert autonomy.local_autonomy(higher).index >= autonomy.local_autonomy(lower).index - 1e-9


@pytest.mark.parametrize("name", VARIABLES)
def test_a_variable_not_known_leaves_its_dimension_and_the_index_missing_and_no_other(name):
    found = autonomy.local_autonomy(replace(TOWN, **{name: None}))
    whole = autonomy.local_autonomy(TOWN)
    assert found.index is None
    assert found.missing == (name,)
    for dimension, (_, parts) in autonomy.DIMENSIONS.items():
        assert getattr(found, dimension) == (None if name in parts else getattr(whole, dimension))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_what_is_missing_is_said_in_words(language):
    found = autonomy.local_autonomy(replace(TOWN, policy_scope=None))
    assert messages.text("autonomy.variable.policy_scope", language) in autonomy.why_missing(found, language)
    assert autonomy.why_missing(autonomy.local_autonomy(TOWN), language) == ""


@pytest.mark.parametrize(
    ("name", "value"), [("policy_scope", 4.01), ("legal_protection", -1), ("access", None), ("fiscal_autonomy", "high")]
)
def test_a_table_with_a_wrong_value_is_refused_with_unit_and_variable(name, value):
    name = {"access": "central_or_regional_access"}.get(name, name)
    frame = pd.DataFrame([{"unit": "Town", **asdict(TOWN)}, {"unit": "Village", **asdict(TOWN)}]).astype(object)
    frame.loc[1, name] = float("inf") if value is None else value
    with pytest.raises(TableError, match=f"Village: {name} is"):
        autonomy.local_autonomy_table(frame)
    with pytest.raises(TableError, match=name):
        autonomy.local_autonomy_table(frame.drop(columns=name))


def test_a_table_is_scored_row_by_row_and_stays_as_it_was():
    frame = model.AUTONOMY.frame(
        [{"unit": "Town", **asdict(TOWN)}, {"unit": "Gap", **asdict(TOWN), "policy_scope": None}]
    )
    before = frame.copy()
    found = autonomy.local_autonomy_table(frame)
    assert found["index"].tolist()[0] == autonomy.local_autonomy(TOWN).index
    assert pd.isna(found["index"][1])
    assert found["missing"].tolist() == [(), ("policy_scope",)]
    assert found["legal_autonomy"].notna().all()
    pd.testing.assert_frame_equal(frame, before)
    assert autonomy.local_autonomy_table(model.AUTONOMY.empty()).empty


@published
def test_the_published_local_autonomy_figures_have_the_published_means_and_hang_together():
    figures = pd.read_csv(REFERENCE / "lai_1990_2014.csv")
    means = figures[["D_LAI_1990", "D_LAI_2000", "D_LAI_2010", "D_LAI_2014"]].mean()
    assert means.round(3).tolist() == pytest.approx([47.306, 53.660, 56.495, 56.670], abs=1e-9)
    assert autonomy.check_lai(figures).empty
    broken = figures.assign(D_LAI_2014=figures["D_LAI_2014"] + (figures["country_code"] == "AUT") * 60)
    faults = autonomy.check_lai(broken)
    assert list(faults["unit"]) == ["Austria", "Austria"]
    assert list(faults["figure"]) == ["D_LAI_changes_1990_2014", "D_LAI_2014"]


@published
def test_the_regional_authority_file_is_reported_where_it_does_not_add_up():
    figures = pd.read_csv(REFERENCE / "rai_country_2000_2018.csv")
    before = figures.copy()
    assert figures.groupby("year")["n_RAI"].agg(["count", "mean"]).round(3).to_numpy().tolist() == [
        [92, 9.876],
        [95, 10.660],
    ]
    faults = autonomy.check_rai(figures)
    model.FIGURE_FAULTS.check(faults)
    gaps = {(row.unit, row.figure): round(abs(row.given - row.expected), 2) for row in model.rows(faults)}
    assert gaps == {
        ("Brazil 2000", "n_selfrule"): 0.49,
        ("Mexico 2018", "n_selfrule"): 0.92,
        ("India 2018", "n_selfrule"): 0.15,
        ("India 2018", "n_RAI"): 0.14,
        ("Brazil 2000", "n_RAI (ten dimensions)"): 0.49,
        ("Mexico 2018", "n_RAI (ten dimensions)"): 0.92,
    }
    pd.testing.assert_frame_equal(figures, before)


@published
def test_figures_that_are_not_there_are_reported_and_columns_refused():
    figures = pd.read_csv(REFERENCE / "rai_country_2000_2018.csv").head(1)
    gap = figures.assign(n_lawmaking=float("nan"))
    assert set(autonomy.check_rai(gap)["figure"]) == {"n_sharedrule", "n_RAI (ten dimensions)"}
    with pytest.raises(TableError, match="n_RAI"):
        autonomy.check_rai(figures.drop(columns="n_RAI"))
