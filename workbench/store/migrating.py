"""Brings a project file to the form of today; Alembic is imported here alone, and only when there is work."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from workbench.errors import StoreError
from workbench.store.copying import copy
from workbench.store.engine import FileDatabase
from workbench.store.recognising import APPLICATION_ID, HEAD

_MIGRATIONS = Path(__file__).with_name("migrations")


def migrate(path: Path, *, target: str = HEAD, mode: str = "rw") -> None:
    """Run the migrations a file lacks, all of them or none.

    `target` is a revision; `mode` "rwc" makes the file. Raises `StoreError` when rows would be orphaned.
    """
    # Tables are rebuilt to be changed: with foreign keys on, dropping the old one would delete what hangs on it.
    database = FileDatabase(path, mode=mode, foreign_keys=False)
    try:
        with database.writing() as connection:
            upgrade(connection, target)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise StoreError("store.migration", where=str(path))
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    finally:
        database.close()


def migrate_existing(path: Path, revision: str) -> Path:
    """Copy a file of an earlier revision aside, then migrate it; return the copy."""
    kept = _free_name(path, revision)
    copy(path, kept)
    migrate(path)
    return kept


def upgrade(connection: Connection, target: str) -> None:
    """Run the migrations up to a revision on this connection, inside its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # A per cent sign in a path would be read as a placeholder.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _free_name(path: Path, revision: str) -> Path:
    # Not a project's suffix: the copy is not meant to be opened, and migrated, by mistake.
    name = f"{path.name}.was-{revision}"
    target, number = path.with_name(name), 2
    while target.exists():
        target, number = path.with_name(f"{name}-{number}"), number + 1
    return target
