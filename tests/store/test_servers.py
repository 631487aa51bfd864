"""What is true of a project on a PostgreSQL server alone; all the rest is tested on both kinds."""

from __future__ import annotations

import subprocess

import pandas as pd
import pytest
from sqlalchemy import inspect

from workbench.errors import ForeignProject, NewerProject, StoreError
from workbench.store import Project
from workbench.store import server as servers
from workbench.store.migrating import upgrade

pytestmark = pytest.mark.database


@pytest.fixture
def kept(database, filled_project):
    """The filled project on a server."""
    with filled_project(database) as project:
        yield project


def name_of(url: str) -> str:
    return url.rpartition("/")[2]


def test_the_server_itself_refuses_to_change_or_forget_an_event(kept, server, law):
    kept.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=1, conflict=0)
    for statement in ("UPDATE events SET rater = 'x'", "DELETE FROM events", "TRUNCATE events"):
        with pytest.raises(RuntimeError, match="append-only"):
            server.sql(name_of(kept.address), statement)
    assert server.sql(name_of(kept.address), "SELECT count(*) FROM events WHERE kind = 'verdict'").strip() == "1"


def test_no_password_is_ever_shown(kept, server):
    with_password = kept.address.replace("workbench@", f"workbench:{server.password}@")
    with Project.open(with_password) as again:
        assert again.address == kept.address
        assert server.password not in repr(vars(again))
    with pytest.raises(StoreError) as refused:
        Project.open(kept.address.replace("workbench@", "workbench:wrong-secret@"))
    assert refused.value.key == "store.password"
    assert "wrong-secret" not in refused.value.sentence()


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda url, _port: f"{url}x", "store.no_database"),
        (lambda url, port: url.replace(str(port), "1"), "store.server_gone"),
        (lambda url, _port: url.rpartition("/")[0], "store.backend"),
    ],
)
def test_a_server_that_cannot_help_is_named_with_what_to_do(database, server, change, key):
    with pytest.raises(StoreError) as refused:
        Project.open(change(database, server.port))
    assert refused.value.key == key
    assert refused.value.sentence()


def test_a_database_of_another_program_is_left_as_it_is(database, server):
    server.sql(name_of(database), "CREATE TABLE accounts (id int); INSERT INTO accounts VALUES (1)")
    for door in (Project.open, Project.create):
        with pytest.raises(ForeignProject):
            door(database)
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    assert server.sql(name_of(database), tables).split() == ["accounts"]


def test_a_project_is_not_made_over_another_and_an_empty_database_is_none(kept, server):
    with pytest.raises(StoreError) as refused:
        Project.create(kept.address)
    assert refused.value.key == "store.exists"
    with pytest.raises(ForeignProject):
        Project.open(server.new_database("empty"))


def test_a_project_of_a_newer_program_is_refused(kept, server):
    server.sql(name_of(kept.address), "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerProject):
        Project.open(kept.address)


def test_an_older_project_is_copied_aside_and_brought_to_today(database, server):
    older = servers.ServerDatabase(database)
    with older.writing() as connection:
        upgrade(connection, "0004")
        connection.exec_driver_sql("INSERT INTO project (id, name, created_at) VALUES (1, 'Old', '2026-01-01')")
    older.close()
    with Project.open(database) as project:
        assert project.name == "Old"
        assert project.repeats().empty
        assert project.check() == []
    assert server.sql(name_of(database), "SELECT name FROM was_0004.project").strip() == "Old"


def test_a_backup_of_a_server_is_a_file_and_a_file_is_restored_to_a_server(kept, server, law, tmp_path):
    kept.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=1, conflict=0)
    copied = kept.backup(tmp_path / "copy.sqlite")
    with Project.open(copied) as file:
        assert file.check() == []
        pd.testing.assert_frame_equal(file.verdicts(), kept.verdicts())
        pd.testing.assert_frame_equal(file.provisions(), kept.provisions())
    with Project.restore(copied, server.new_database("restored")) as again:
        assert again.name == "Small"
        assert again.version == kept.version
        pd.testing.assert_frame_equal(again.history(f"c:{law.id}#1@ec-p"), kept.history(f"c:{law.id}#1@ec-p"))
        # Numbering goes on after the rows that came in with their numbers.
        assert again.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=2, conflict=0, expected_version=1) == 2
        again.save_links(again.links(), local_territory="ec-p", national_territory="ec")
        assert again.version == kept.version + 2
        assert again.check() == []


def test_a_restore_into_a_place_that_is_taken_changes_nothing(kept, server, tmp_path):
    copied = kept.backup(tmp_path / "copy.sqlite")
    with pytest.raises(StoreError):
        Project.restore(copied, kept.address)
    with pytest.raises(StoreError):
        Project.restore(tmp_path / "none.sqlite", server.new_database("unused"))
    assert server.sql("unused", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").strip() == "0"


def test_a_busy_server_says_so_in_time(kept, law, monkeypatch):
    # Another program holds the right to write; the time limit is the connection's own.
    holder = servers.ServerDatabase(kept.address)
    monkeypatch.setattr(servers, "BUSY_SECONDS", 1)
    waiting = Project.open(kept.address)
    with holder.writing(), pytest.raises(StoreError) as refused:
        waiting.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=1, conflict=0)
    assert refused.value.key == "store.busy"
    assert waiting.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=1, conflict=0) == 1
    holder.close()
    waiting.close()


def test_a_connection_that_was_cut_is_taken_up_again(kept, server, law):
    kept.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=1, conflict=0)
    ours = f"FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = '{name_of(kept.address)}'"
    server.sql("postgres", f"SELECT pg_terminate_backend(pid, 10000) {ours}")
    assert len(kept.verdicts()) == 1
    assert kept.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=2, conflict=0, expected_version=1) == 2


def test_the_tables_on_a_server_are_those_of_a_file(kept, filled_project, tmp_path):
    def shape(project: Project) -> dict[str, list[str]]:
        with project._database.reading() as connection:
            looked = inspect(connection)
            return {name: [column["name"] for column in looked.get_columns(name)] for name in looked.get_table_names()}

    with filled_project(tmp_path / "same.sqlite") as file:
        assert shape(file) == shape(kept)


def test_the_server_of_the_tests_runs_as_an_ordinary_user(server):
    owner = subprocess.run(
        ["ps", "-o", "user=", "-C", "postgres"], capture_output=True, text=True, check=False
    ).stdout.split()
    assert "root" not in owner
