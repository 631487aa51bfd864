"""`check` finds what was spoilt behind the program's back; a backup is a whole project of its own."""

from __future__ import annotations

from contextlib import closing

import pandas as pd
import pytest

from workbench.errors import StoreError
from workbench.store import Project
from workbench.store.driver import sqlite3


def spoil(project: Project, *statements: str) -> None:
    with closing(sqlite3.connect(project.path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_sound_project_has_no_problems(project, law, plan):
    project.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=1, conflict=0, carried_by=[f"{plan.id}#1"])
    project.judge_pair(f"{plan.id}#1", f"{law.id}#1", rater="Ana", relation_type="cites", relation=0)
    assert project.check() == []


def test_what_was_spoilt_behind_the_program_is_found_and_named(project_file, law, plan):
    project = project_file
    card = f"c:{law.id}#1@ec-p"
    project.judge_card(card, rater="Ana", uptake=1, conflict=0, carried_by=[f"{plan.id}#1"])
    project.judge_card(card, rater="Ana", uptake=2, conflict=0, expected_version=1)
    project.judge_pair(f"{plan.id}#2", f"{law.id}#1", rater="Ana", relation_type="cites", relation=0)
    spoil(project, f"UPDATE documents SET text = text || 'x' WHERE id = '{law.id}'")
    assert project.check("en") == ["The stored text of “Ley” is not the one that was saved."]
    spoil(
        project,
        f"UPDATE provisions SET \"end\" = 100000 WHERE id = '{plan.id}#3'",
        f"DELETE FROM provisions WHERE id = '{plan.id}#2'",
        "UPDATE territories SET parent = 'atlantis' WHERE id = 'ec-p'",
        "DROP TRIGGER events_refuse_delete",
        "DELETE FROM events WHERE kind = 'verdict' AND version = 1",
    )
    found = "\n".join(project.check("es"))
    for named in ("«codings»", f"{plan.id}#3", f"remite a {plan.id}#2", "atlantis", "hueco"):
        assert named in found


def test_a_backup_is_the_same_project_and_stands_alone(project, law, tmp_path):
    target = tmp_path / "copies" / "backup.sqlite"
    target.parent.mkdir()
    project.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=1, conflict=0)
    assert project.backup(target) == target
    project.judge_card(f"c:{law.id}#2@ec-p", rater="Ana", uptake=1, conflict=0)
    assert [entry.name for entry in target.parent.iterdir()] == ["backup.sqlite"]
    with Project.open(target) as copied:
        assert copied.check() == []
        assert len(copied.verdicts()) == 1
        pd.testing.assert_frame_equal(copied.provisions(), project.provisions())
        assert copied.version == project.version - 1


def test_a_backup_never_overwrites(project, tmp_path):
    target = tmp_path / "kept.txt"
    target.write_text("mine")
    for bad in (target, tmp_path / "no folder" / "b.sqlite"):
        with pytest.raises(StoreError):
            project.backup(bad)
    assert target.read_text() == "mine"
    project.close()
    assert {entry.name for entry in tmp_path.iterdir()} <= {"kept.txt", "small.sqlite"}
