"""What a person says is added and never overwritten; who has not seen the newest word is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest

from workbench import model
from workbench.errors import StaleWrite, StoreError, UsageError
from workbench.store import pair_id
from workbench.store.driver import sqlite3

PAIR = {"relation_type": "implements", "relation": 2}


def test_verdicts_of_two_raters_stand_beside_each_other(project, law, plan):
    card = f"c:{law.id}#1@ec-p"
    at = datetime(2026, 11, 2, 10, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert project.judge_card(
        card, rater=" Ana ", uptake=np.int64(3), conflict=0, carried_by=(f"{plan.id}#1",), confidence="high",
        reason="mismo fin", now=at,
    ) == 1  # fmt: skip
    assert project.judge_card(card, rater="Luis", uptake=None, conflict=None) == 1
    verdicts = project.verdicts("ec-p")
    assert list(verdicts.columns) == list(model.VERDICTS.columns)
    assert verdicts["rater"].tolist() == ["Ana", "Luis"]
    assert verdicts["uptake"].tolist() == [3, pd.NA]
    assert verdicts["carried_by"].tolist() == [(f"{plan.id}#1",), ()]
    assert verdicts.loc[0, "at"] == "2026-11-02T15:00:00.000Z"
    assert project.verdicts("ec").empty


def test_a_second_word_is_a_new_version_and_the_first_stays_readable(project, law, plan):
    local, national = f"{plan.id}#1", f"{law.id}#2"
    assert project.judge_pair(local, national, rater="Ana", **PAIR, evidence="«salud»") == 1
    assert project.judge_pair(
        local, national, rater="Ana", relation_type="contradicts", relation=-3, expected_version=1
    ) == 2  # fmt: skip
    now = project.judgements()
    assert now[["relation", "relation_type", "version"]].values.tolist() == [[-3, "contradicts", 2]]
    assert project.judgements(latest=False)["relation"].tolist() == [2, -3]
    assert project.judgements(territory_id="ec-p")["local_id"].tolist() == [local]
    assert project.judgements(territory_id="ec").empty
    history = project.history(pair_id(local, national))
    assert history["version"].tolist() == [1, 2]
    pd.testing.assert_frame_equal(project.history(local), history)


def test_a_stale_write_is_refused_with_both_values(project, law):
    card = f"c:{law.id}#1@ec-p"
    project.judge_card(card, rater="Ana", uptake=1, conflict=0)
    with pytest.raises(StaleWrite) as refused:
        project.judge_card(card, rater="Ana", uptake=3, conflict=0)
    values = refused.value.values
    assert (values["expected"], values["current"]) == (0, 1)
    assert (values["mine"]["uptake"], values["theirs"]["uptake"]) == (3, 1)
    with pytest.raises(StaleWrite):
        project.judge_card(card, rater="Ana", uptake=3, conflict=0, expected_version=2)
    assert project.verdicts()["uptake"].tolist() == [1]


def test_the_same_token_counts_once(project, law, plan):
    card = f"c:{law.id}#1@ec-p"
    for _ in range(3):
        assert project.judge_card(card, rater="Ana", uptake=1, conflict=0, token="click-1") == 1
    assert project.judge_card(card, rater="Ana", uptake=2, conflict=0, expected_version=1, token="click-2") == 2
    assert project.judge_card(card, rater="Ana", uptake=1, conflict=0, token="click-1") == 1
    assert project.verdicts()["uptake"].tolist() == [2]
    with pytest.raises(StoreError) as refused:
        project.judge_pair(f"{plan.id}#1", f"{law.id}#1", rater="Ana", token="click-1", **PAIR)
    assert refused.value.key == "store.token"


def test_values_out_of_range_and_unknown_things_write_nothing(project, law, plan):
    card, local, national = f"c:{law.id}#1@ec-p", f"{plan.id}#1", f"{law.id}#1"
    version = project.version
    for bad in (
        {"uptake": 4, "conflict": 0},
        {"uptake": 0, "conflict": -1},
        {"uptake": True, "conflict": 0},
        {"uptake": 1.5, "conflict": 0},
        {"uptake": "2", "conflict": 0},
        {"uptake": 1, "conflict": 0, "confidence": "sure"},
        {"uptake": 1, "conflict": 0, "rater": "  "},
        {"uptake": 1, "conflict": 0, "now": datetime(2026, 1, 1)},
    ):
        with pytest.raises(UsageError):
            project.judge_card(card, **{"rater": "Ana", **bad})
    for bad in ({"relation": 4}, {"relation": -4}, {"relation": None}, {"relation_type": "implement"}):
        with pytest.raises(UsageError) as refused:
            project.judge_pair(local, national, rater="Ana", **{**PAIR, **bad})
    assert "implements" in refused.value.todo("es")
    for unknown in (("none#1", national), (local, "none#1"), (local, local)):
        with pytest.raises(StoreError):
            project.judge_pair(*unknown, rater="Ana", **PAIR)
    with pytest.raises(StoreError):
        project.judge_card("c:none@ec-p", rater="Ana", uptake=1, conflict=0)
    with pytest.raises(StoreError):
        project.judge_card(card, rater="Ana", uptake=1, conflict=0, carried_by=[national])
    assert project.version == version


def test_undoing_brings_back_what_was_said_before_step_by_step(project, law):
    card = f"c:{law.id}#1@ec-p"
    for number, uptake in enumerate((1, 2, 3)):
        project.judge_card(card, rater="Ana", uptake=uptake, conflict=0, expected_version=number, token=f"t{number}")
    assert project.undo("Ana", card) == 4
    assert project.verdicts()[["uptake", "version"]].values.tolist() == [[2, 4]]
    assert project.judge_card(card, rater="Ana", uptake=0, conflict=0, expected_version=4, token="t4") == 5
    assert project.undo("Ana", "t4", token="u1") == 6
    assert project.undo("Ana", "t4", token="u1") == 6
    assert project.verdicts()["uptake"].tolist() == [2]
    project.undo("Ana", card)
    project.undo("Ana", card)
    assert project.verdicts().empty
    with pytest.raises(StoreError) as refused:
        project.undo("Ana", card)
    assert refused.value.key == "store.nothing_to_undo"
    assert project.verdicts(latest=False)["uptake"].tolist() == [1, 2, 3, 0]
    assert project.judge_card(card, rater="Ana", uptake=1, conflict=1) == 9


def test_nobody_undoes_another_and_a_newer_word_is_not_undone_by_an_older_click(project, law):
    card = f"c:{law.id}#1@ec-p"
    project.judge_card(card, rater="Ana", uptake=1, conflict=0, token="first")
    project.judge_card(card, rater="Ana", uptake=2, conflict=0, expected_version=1)
    with pytest.raises(StoreError):
        project.undo("Luis", card)
    with pytest.raises(StaleWrite):
        project.undo("Ana", "first")
    assert project.verdicts()["uptake"].tolist() == [2]


def test_the_file_itself_refuses_to_change_or_forget_an_event(project_file, law):
    project_file.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=1, conflict=0)
    connection = sqlite3.connect(project_file.path)
    for statement in ("UPDATE events SET rater = 'x'", "DELETE FROM events"):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    connection.close()


def test_a_verdict_counts_from_the_moment_the_call_returns(project_file, law):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    project_file.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=1, conflict=0, now=at)
    connection = sqlite3.connect(project_file.path)
    assert connection.execute("SELECT count(*) FROM events WHERE kind = 'verdict'").fetchone() == (1,)
    connection.close()


def test_evidence_and_the_other_direction_are_kept_beside_a_judgement(project, law, plan):
    card, pair = f"c:{law.id}#1@ec-p", (f"{plan.id}#1", f"{law.id}#1")
    project.judge_card(card, rater="Ana", uptake=2, conflict=0, carried_by=[pair[0]], evidence="two counsellors")
    assert project.verdicts()["evidence"].tolist() == ["two counsellors"]
    project.judge_pair(*pair, rater="Ana", relation_type="enables", relation=1, relation_back=-2)
    project.judge_pair(*pair, rater="Ben", relation_type="enables", relation=1, relation_back=1)
    back = project.judgements().set_index("rater")["relation_back"]
    assert back["Ana"] == -2
    assert pd.isna(back["Ben"])  # the same either way is no difference
    with pytest.raises(UsageError) as refused:
        project.judge_pair(*pair, rater="Eve", relation_type="enables", relation=1, relation_back=4)
    assert refused.value.where == "relation_back"


def test_the_history_of_a_pair_says_who_said_what_when_and_on_which_version(project, law, plan):
    local, national = f"{plan.id}#1", f"{law.id}#2"
    at = datetime(2026, 11, 2, tzinfo=UTC)
    project.judge_pair(local, national, rater="Ana", **PAIR, now=at)
    project.undo("Ana", pair_id(local, national), now=at)
    found = project.history(local_id=local, national_id=national)
    assert list(found.columns) == list(model.HISTORY.columns)
    assert found[["at", "rater", "kind", "action", "version"]].values.tolist() == [
        ["2026-11-02T00:00:00.000Z", "Ana", "judgement", "set", 1],
        ["2026-11-02T00:00:00.000Z", "Ana", "judgement", "undo", 2],
    ]
    assert found["value"].tolist()[0]["relation"] == 2
    assert found["value"].tolist()[1] is None
    assert found[["local_id", "national_id"]].values.tolist() == [[local, national]] * 2
    pd.testing.assert_frame_equal(project.history(national), found)
    assert len(project.history()) == project.version
    project.set_commitment(f"c:{law.id}#1", importance=3, rater="Ana")
    assert project.history(f"c:{law.id}#1")["value"].tolist()[0]["importance"] == 3
    assert project.history(f"{law.id}#4").empty


def test_the_history_of_what_is_not_there_is_refused(project, plan):
    with pytest.raises(StoreError) as refused:
        project.history("c:none")
    assert refused.value.key == "store.id_unknown"
    with pytest.raises(StoreError):
        project.history(local_id=f"{plan.id}#1", national_id="none#1")
    with pytest.raises(UsageError):
        project.history(local_id=f"{plan.id}#1")


def test_every_table_says_what_its_columns_hold():
    described = model.JUDGEMENTS.describe().set_index("column")
    assert described.loc["relation", ["kind", "allowed"]].tolist() == ["integer", "-3 … 3"]
    assert described.loc["confidence", "allowed"] == "low, medium, high"
    assert described.loc["local_id", "says"] == "local provision"


def test_a_settled_value_is_taken_back_without_touching_the_same_persons_verdict(project, law):
    card = f"c:{law.id}#1@ec-p"
    project.judge_card(card, rater="Ada", uptake=1, conflict=0)
    project.adjudicate(card, rater="Ada", uptake=2, conflict=0)
    assert project.undo("Ada", card, kind="adjudication") == 2
    assert project.adjudications().empty
    assert project.verdicts()["uptake"].tolist() == [1]


def test_a_pair_with_its_sides_exchanged_is_refused(project, law, plan):
    with pytest.raises(StoreError) as refused:
        project.judge_pair(f"{law.id}#1", f"{plan.id}#1", rater="Ana", **PAIR)
    assert refused.value.key == "store.provision_unknown"
    assert project.judgements().empty
