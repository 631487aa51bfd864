"""Statements of one duty are proposed as one, and copied national text is seen."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.aligning import align, copied, repeated
from workbench.errors import TableError

PLAN = {
    "summary": "Goal 4: reception centres for returning migrants in every province",
    "goal": "Goal 4. The Ministry shall open reception centres for returning migrants in every province by 2027 and "
    "train the staff who receive returning families.",
    "row": "Reception centres for returning migrants; every province; 12 million",
    "other": "The Ministry shall train teachers of migrant children in every province.",
    "water": "Drinking water is brought to informal settlements.",
}


def table(texts: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({"id": list(texts), "text": list(texts.values()), "language": "en"})


def test_summary_text_and_matrix_row_of_one_goal_are_proposed_under_the_text() -> None:
    found = repeated(table(PLAN))
    assert {(row.main_id, row.other_id) for row in found.itertuples()} == {("goal", "summary"), ("goal", "row")}


def test_no_statement_is_proposed_under_two_mains_and_the_order_of_the_input_does_not_matter() -> None:
    found = repeated(table(PLAN))
    assert not found["other_id"].duplicated().any()
    assert not set(found["other_id"]) & set(found["main_id"])
    turned = repeated(table(PLAN).iloc[::-1])
    key = ["main_id", "other_id"]
    assert sorted(map(tuple, turned[key].to_numpy().tolist())) == sorted(map(tuple, found[key].to_numpy().tolist()))


def test_nothing_is_repeated_in_no_text() -> None:
    assert repeated(table({})).empty
    assert repeated(table({"a": "", "b": ""})).empty


NATIONAL = {
    "n": "Local governments shall establish migrant resource centres with trained staff and keep them open every day "
    "of the week for all migrants and their families."
}


def test_a_copy_is_found_with_its_share_and_other_words_for_the_same_aim_are_none() -> None:
    local = table(
        {
            "copy": NATIONAL["n"].replace("Local governments", "The city"),
            "own": "City hall runs a help desk for people who arrive from abroad, with two permanent counsellors.",
            "short": "Migrant resource centres with trained staff",
        }
    )
    national = table(NATIONAL)
    found = copied(local, national, align(local, national))
    assert list(found["local_id"]) == ["copy"]
    assert found["share"].iloc[0] == pytest.approx(0.9, abs=0.1)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="text"):
        copied(pd.DataFrame({"id": []}), table(NATIONAL), pd.DataFrame({"local_id": [], "national_id": []}))
