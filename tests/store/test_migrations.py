"""The tables come from the migrations alone, and an older project is copied before it is changed."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import workbench.store
from workbench.errors import StoreError
from workbench.store import Project, engine, migrating, recognising, tables
from workbench.store.driver import sqlite3

MIGRATIONS = Path(workbench.store.__file__).with_name("migrations")


@pytest.fixture
def project(project_file):
    """The filled project in a file: all this is true of files alone."""
    return project_file


def test_the_known_revisions_are_those_of_the_migrations():
    script = ScriptDirectory(str(MIGRATIONS))
    newest_first = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(newest_first)) == recognising.REVISIONS
    assert script.get_current_head() == recognising.HEAD


def test_the_migrations_make_the_tables_the_program_uses(project):
    database = create_engine(f"sqlite:///{project.path}")
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    database.dispose()


def old_project(path: Path, revision: str = "0001") -> None:
    """Make a project as an earlier revision left it, with one territory."""
    path.touch()
    migrating.migrate(path, target=revision)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO project VALUES (1, 'Old', '2026-01-01')")
        connection.execute(
            "INSERT INTO territories VALUES (1, 'ec', 'Ecuador', 'EC', 'national', '', NULL, NULL, '[]')"
        )


@pytest.mark.parametrize("revision", recognising.REVISIONS[:-1])
def test_an_older_project_is_copied_and_then_brought_to_today(tmp_path, revision):
    path = tmp_path / "old.sqlite"
    old_project(path, revision)
    before = path.read_bytes()
    with Project.open(path) as project:
        assert project.name == "Old"
        assert project.territories()["id"].tolist() == ["ec"]
        assert project.links().empty
        assert project.check() == []
    kept = tmp_path / f"old.sqlite.was-{revision}"
    with closing(sqlite3.connect(kept)) as copied:
        assert copied.execute("SELECT version_num FROM alembic_version").fetchone() == (revision,)
        assert copied.execute("SELECT id FROM territories").fetchall() == [("ec",)]
    assert len(before) == kept.stat().st_size
    Project.open(path).close()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["old.sqlite", f"old.sqlite.was-{revision}"]


def test_a_migration_that_would_orphan_rows_changes_nothing(tmp_path):
    path = tmp_path / "old.sqlite"
    old_project(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO codings VALUES (1, 'nowhere', 'sector', 'health', 1, NULL, 'x')")
    before = path.read_bytes()
    with pytest.raises(StoreError) as refused:
        Project.open(path)
    assert refused.value.key == "store.migration"
    assert path.read_bytes() == before


def test_opening_a_project_of_today_imports_neither_alembic_nor_pandas(project):
    program = (
        "import sys; from workbench.store import Project; Project.open(sys.argv[1]).close();"
        "print([name for name in ('alembic', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(project.path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_journal_is_the_one_that_is_safe_with_the_version_of_sqlite(project):
    assert engine.journal_mode((3, 51, 2)) == "DELETE"
    assert engine.journal_mode((3, 51, 3)) == "WAL"
    wanted = engine.journal_mode(sqlite3.sqlite_version_info).lower()
    with closing(sqlite3.connect(project.path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == (wanted,)


def test_a_project_left_in_another_journal_mode_is_brought_back(project):
    project.close()
    wanted = engine.journal_mode(sqlite3.sqlite_version_info)
    with closing(sqlite3.connect(project.path)) as connection:
        connection.execute(f"PRAGMA journal_mode={'DELETE' if wanted == 'WAL' else 'WAL'}")
    with Project.open(project.path) as again:
        assert again.check() == []
    with closing(sqlite3.connect(project.path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == (wanted.lower(),)


def test_every_connection_is_safe(project):
    database = engine.FileDatabase(project.path)
    with database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "synchronous", "mmap_size", "busy_timeout", "trusted_schema")
        }
    database.close()
    assert found == {"foreign_keys": 1, "synchronous": 2, "mmap_size": 0, "busy_timeout": 30_000, "trusted_schema": 0}


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anything"
)
def test_a_read_only_project_can_be_read_and_says_that_it_cannot_be_changed(project):
    project.close()
    project.path.chmod(0o444)
    with Project.open(project.path) as again:
        assert len(again.documents()) == 2
        with pytest.raises(StoreError) as refused:
            again.set_setting("a", 1)
    assert refused.value.key == "store.readonly"
