"""Reads and writes the database under the settings with which nothing is lost.

Measured with 50 processes writing to 40 rows: the defaults of SQLAlchemy lost half of all updates;
every write under `BEGIN IMMEDIATE` with synchronous FULL lost none. Never on a network file system.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from workbench.errors import ForeignProject, StoreError
from workbench.store.recognising import connect, is_wal
from workbench.store.tables import plain_json

# What SQLite says, and what we make of it.
_TROUBLES = (
    ("locked", "store.busy"),
    ("busy", "store.busy"),
    ("full", "store.full"),
    ("readonly", "store.readonly"),
    ("unable to open", "store.unreachable"),
    ("disk i/o", "store.unreachable"),
)


def journal_mode(version: tuple[int, ...]) -> str:
    """Return the journal mode that is safe with a version of SQLite.

    Before 3.51.3 several processes that reset a write-ahead log could, rarely, damage the file.
    """
    return "WAL" if version >= (3, 51, 3) else "DELETE"


def settle_journal(path: Path) -> None:
    """Bring the file to the journal mode that is safe here. Raises `StoreError` while others hold it."""
    wanted = journal_mode(sqlite3.sqlite_version_info)
    if is_wal(path) == (wanted == "WAL"):
        return
    connection = connect(path, "rw")
    try:
        connection.execute(f"PRAGMA journal_mode={wanted}").fetchone()
    except sqlite3.OperationalError as error:
        raise StoreError("store.busy", where=str(path)) from error
    finally:
        connection.close()


class Database:
    """One project file, read in `reading()` and written in `writing()` blocks, each one transaction."""

    def __init__(self, path: Path, *, mode: str = "rw", foreign_keys: bool = True) -> None:
        self.path = path
        self._is_open = True

        def opened() -> sqlite3.Connection:
            connection = connect(path, mode)
            for setting in (
                f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
                "synchronous=FULL",
                "mmap_size=0",
                "trusted_schema=OFF",
            ):
                connection.execute(f"PRAGMA {setting}")
            return connection

        self._engine = create_engine("sqlite://", creator=opened, poolclass=QueuePool, json_serializer=plain_json)
        self._writer = self._engine.execution_options(is_writer=True)

        # The driver opens no transaction of its own (isolation_level None), so this is the only place that does.
        @event.listens_for(self._engine, "begin")
        def begin(connection: Connection) -> None:
            is_writer = connection.get_execution_options().get("is_writer", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the project. Raises `StoreError`."""
        with self._translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection whose changes are all kept at the end, or none of them. Raises `StoreError`."""
        with self._translated(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self._is_open = False
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        if not self._is_open:
            raise StoreError("store.closed", where=str(self.path))
        try:
            yield
        except DBAPIError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: DBAPIError) -> StoreError:
        said = str(error.orig).lower()
        for mark, key in _TROUBLES:
            if mark in said:
                return StoreError(key, where=str(self.path))
        if "malformed" in said or "not a database" in said:
            return ForeignProject("store.damaged", where=str(self.path), reason=str(error.orig))
        return StoreError("store.refused", where=str(self.path), reason=str(error.orig))
