"""What a panel holds: neither coherence nor conflict is made by half of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.judging import krippendorff_alpha, panel, panel_relations, panel_value
from workbench.model import JUDGEMENTS, VERDICTS
from workbench.scoring.evidence import middle

RELATIONS = st.lists(st.integers(-3, 3), min_size=1, max_size=7)


def verdict(rater: str, uptake: int | None, conflict: int | None = 0, carried=(), card="card", version=1):
    return {
        "card_id": card, "rater": rater, "uptake": uptake, "conflict": conflict, "carried_by": carried,
        "confidence": "high", "reason": "", "evidence": "", "at": "2026-01-01T00:00:00+00:00", "version": version,
    }  # fmt: skip


def judgement(rater, relation, kind="enables"):
    return {
        "local_id": "L#1", "national_id": "N#1", "rater": rater, "relation_type": kind, "relation": relation,
        "confidence": "high", "reason": "", "evidence": "", "at": "2026-01-01T00:00:00+00:00", "version": 1,
    }  # fmt: skip


def one(*verdicts):
    return panel(VERDICTS.frame(list(verdicts))).iloc[0]


@pytest.mark.parametrize(
    ("values", "held"),
    [([3], 3), ([0, 1, 3], 1), ([2, 1], 1), ([0, 3], 0), ([-2, -1], -1), ([0, -3], 0), ([-1, 1], 0), ([-2, 1], 0),
     ([0, 1, 2, 3], 1), ([], None)],
)  # fmt: skip
def test_a_panel_holds_its_median_and_when_even_the_value_nearer_to_zero(values, held):
    assert panel_value(values) == held


@given(RELATIONS)
def test_conflict_and_coherence_are_weighed_alike(values):
    assert panel_value([-value for value in values]) == -(panel_value(values) or 0)


@given(RELATIONS)
def test_scoring_holds_the_same_value_as_judging(values):
    assert middle(tuple(values)) == panel_value(values)


def test_the_carriers_of_all_raters_are_kept_and_the_latest_version_counts():
    row = one(
        verdict("ana", 0, version=1), verdict("ana", 2, carried=("L#1", "L#2"), version=2),
        verdict("ben", 3, carried=("L#2", "L#3")),
    )  # fmt: skip
    assert (row["uptake"], row["raters"], row["spread"]) == (2, 2, 1)
    assert row["carried_by"] == ("L#1", "L#2", "L#3")


@pytest.mark.parametrize(
    ("uptakes", "is_needed"),
    [([3, 3], False), ([0, 0, 0], False), ([0, 1, 2], True), ([0, 2], True), ([2], True), ([0, 2, 2, 2], False)],
)
def test_a_card_that_hangs_on_one_vote_is_read_again(uptakes, is_needed):
    assert one(*(verdict(f"rater{n}", uptake) for n, uptake in enumerate(uptakes)))["needs_second_reading"] == is_needed


def test_a_card_on_which_anybody_sees_a_conflict_is_read_again():
    row = one(verdict("ana", 3), verdict("ben", 3), verdict("eve", 3, conflict=1))
    assert (row["conflict"], bool(row["needs_second_reading"])) == (0, True)


def test_not_enough_information_is_no_vote():
    assert one(verdict("ana", None, None), verdict("ben", 2))["raters"] == 1
    assert panel(VERDICTS.frame([verdict("ana", None, None)])).empty


def test_uptake_may_be_known_where_conflict_is_not():
    row = one(verdict("ana", 2, None), verdict("ben", 2, None))
    assert (row["uptake"], row["raters"], pd.isna(row["conflict"])) == (2, 2, True)


def test_a_conflict_is_kept_where_nobody_could_tell_the_uptake():
    row = one(verdict("ana", None, 3), verdict("ben", None, 2))
    assert (row["conflict"], pd.isna(row["uptake"]), bool(row["needs_second_reading"])) == (2, True, True)


def test_panel_values_stay_whole_numbers_beside_missing_ones():
    table = panel(VERDICTS.frame([verdict("ana", 2, None), verdict("ana", None, 1, card="other")]))
    assert table["uptake"].tolist() == [2, pd.NA]
    assert list(table.dtypes[["uptake", "conflict", "raters", "spread"]]) == ["Int64"] * 4


@pytest.mark.parametrize("made", [[verdict("ana", 2), verdict("ana", 0, version=2), verdict("ben", 1)]])
def test_the_verdicts_given_are_not_changed(made):
    table = VERDICTS.frame(made)
    before = table.copy(deep=True)
    panel(table)
    pd.testing.assert_frame_equal(table, before)


@given(RELATIONS)
def test_a_panel_value_lies_within_the_ratings_or_is_zero_and_knows_no_order(values):
    held = panel_value(values)
    assert held == panel_value(values[::-1])
    assert held == 0 or held in values
    assert min(values) <= (held or 0) <= max(values)


def test_a_pair_keeps_the_relation_and_the_kind_that_most_gave():
    table = JUDGEMENTS.frame([judgement("ana", 2), judgement("ben", 1), judgement("eve", 3, "implements")])
    row = panel_relations(table).iloc[0]
    assert (row["relation"], row["relation_type"], row["spread"]) == (2, "enables", 2)
    assert not row["needs_second_reading"]


def test_no_verdicts_give_an_empty_table_with_its_columns():
    assert list(panel(VERDICTS.empty()).columns)[:3] == ["card_id", "uptake", "conflict"]
    assert isinstance(panel_relations(JUDGEMENTS.empty()), pd.DataFrame)


def test_a_panel_may_be_settled_by_trimmed_mean_or_by_dawid_and_skene():
    said = [verdict(rater, uptake, 0) for rater, uptake in zip("abcde", (0, 2, 2, 3, 3), strict=True)]
    table = VERDICTS.frame(said)
    assert panel(table)["uptake"].tolist() == [2]
    assert panel(table, value="trimmed_mean")["uptake"].tolist() == [pytest.approx(7 / 3)]
    # One who errs at random beside two who agree: the model follows the two, card by card.
    cards = [("k1", (3, 3, 0)), ("k2", (0, 0, 3)), ("k3", (3, 3, 3)), ("k4", (0, 0, 0))]
    made = [
        verdict(rater, value, 0, card=card)
        for card, values in cards
        for rater, value in zip("abc", values, strict=True)
    ]
    found = panel(VERDICTS.frame(made), value="dawid_skene")
    assert found["uptake"].tolist() == [3, 0, 3, 0]
    with pytest.raises(UsageError) as refused:
        panel(table, value="mean")  # type: ignore[arg-type]
    assert refused.value.key == "judging.panel_value"


def test_a_relation_that_differs_by_direction_has_a_panel_value_each_way():
    table = JUDGEMENTS.frame(
        [judgement("ana", 2) | {"relation_back": -1}, judgement("ben", 1) | {"relation_back": -2}, judgement("eve", 2)]
    )
    row = panel_relations(table).iloc[0]
    assert (row.relation, row.relation_back) == (2, -1)
    assert row.needs_second_reading


def test_on_pure_noise_one_card_each_calls_few_commitments_taken_up_and_the_best_of_five_pairs_many():
    # Three raters who now and then give any level whatever they read, as often as an alpha of .69 over all cards means.
    random = np.random.default_rng(7)

    def said(truth):
        slips = random.random((len(truth), 3)) < 0.18
        return np.where(slips, random.integers(0, 4, size=slips.shape), truth[:, None])

    mixed = said(random.integers(0, 4, size=4000))
    assert krippendorff_alpha(mixed.T).value == pytest.approx(0.69, abs=0.02)
    nothing = np.zeros(4000, dtype=int)
    cards = [panel_value(row.tolist()) for row in said(nothing)]
    assert np.mean([value >= 1 for value in cards]) <= 0.12
    best = np.max([[panel_value(row.tolist()) for row in said(nothing)] for _ in range(5)], axis=0)
    assert np.mean(best >= 1) > 1.5 * np.mean([value >= 1 for value in cards])
