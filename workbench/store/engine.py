"""Reads and writes the database under the settings with which nothing is lost.

Measured with 50 processes writing to 40 rows: the defaults of SQLAlchemy lost half of all updates;
every write under `BEGIN IMMEDIATE` with synchronous FULL lost none. Never on a network file system.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from workbench.errors import ForeignProject, StoreError
from workbench.store.adding import Addition, explain
from workbench.store.driver import sqlite3
from workbench.store.recognising import BUSY_SECONDS, connect
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

_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.001, 0.016


def journal_mode(version: tuple[int, ...]) -> str:
    """Return the journal mode that is safe with a version of SQLite.

    Before 3.51.3 several processes that reset a write-ahead log could, rarely, damage the file.
    """
    return "WAL" if version >= (3, 51, 3) else "DELETE"


def settle_journal(path: Path) -> None:
    """Bring the file to the journal mode that is safe here. Raises `StoreError` while others hold it."""
    wanted = journal_mode(sqlite3.sqlite_version_info)
    try:
        with closing(connect(path, "rw")) as connection:
            (found,) = connection.execute("PRAGMA journal_mode").fetchone()
            if found.upper() != wanted:
                connection.execute(f"PRAGMA journal_mode={wanted}").fetchone()
    except sqlite3.OperationalError as error:
        # A file that may only be read keeps its mode: nothing will be written to it.
        if "readonly" not in str(error):
            raise StoreError("store.busy", where=str(path)) from error


class Database:
    """One project, read in `reading()` and written in `writing()` blocks, each one transaction."""

    def __init__(self, where: str, reader: Engine, writer: Engine) -> None:
        self.where = where  # its address as it may be shown
        self._reader, self._writer = reader, writer
        self._is_open = True

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the project. Raises `StoreError`."""
        with self._translated(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection whose changes are all kept at the end, or none of them; nobody else writes meanwhile.

        Raises `StoreError`.
        """
        with self._translated(), self._writer.begin() as connection:
            self._begin_alone(connection)
            yield connection

    def add(self, addition: Addition, values: Mapping[str, Any]) -> int:
        """Add what a person says of an item, and return its version. Raises as `adding.explain`."""
        with self.writing() as connection:
            version = connection.scalar(addition.insert, values)
            seen = None if version is not None else connection.execute(addition.facts, values).one()
        return explain(addition, seen, values) if version is None else version

    @contextmanager
    def settled(self) -> Iterator[Connection]:
        """Yield a connection that reads what everybody has finished writing. Raises `StoreError`."""
        with self.reading() as connection:
            yield connection

    def _begin_alone(self, connection: Connection) -> None:
        """Wait until nobody else writes, where the beginning of a transaction does not do so already."""

    def close(self) -> None:
        """Close all connections."""
        self._is_open = False
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        if not self._is_open:
            raise StoreError("store.closed", where=self.where)
        try:
            yield
        except DBAPIError as error:
            raise self._trouble(error.orig) from error

    def _trouble(self, error: BaseException | None) -> StoreError:
        return StoreError("store.refused", where=self.where, reason=str(error))


class FileDatabase(Database):
    """A project in a file of SQLite."""

    def __init__(self, path: Path, *, mode: str = "rw", foreign_keys: bool = True) -> None:
        self.path = path

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

        engine = create_engine(
            "sqlite://", module=sqlite3, creator=opened, poolclass=QueuePool, json_serializer=plain_json
        )
        super().__init__(str(path), engine, engine.execution_options(is_writer=True))

        # The driver opens no transaction of its own (isolation_level None), so this is the only place that does.
        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            if connection.get_execution_options().get("is_writer", False):
                self._begin_writing(connection)
            else:
                connection.exec_driver_sql("BEGIN")

    def _begin_writing(self, connection: Connection) -> None:
        """Wait for the right to write.

        SQLite waits in steps of up to 100 ms, so that with eight writers one in a hundred waits 1.5 s for
        its turn of 2 ms. Asking again every 2 ms costs little and gives everybody a turn soon.
        """
        raw = connection.connection.cursor()
        last, pause = time.monotonic() + BUSY_SECONDS, _SHORTEST_PAUSE
        raw.execute("PRAGMA busy_timeout=0")
        try:
            while True:
                try:
                    raw.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    if "locked" not in str(error):
                        raise self._trouble(error) from error
                    if time.monotonic() > last:
                        raise StoreError("store.busy", where=str(self.path)) from error
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
        finally:
            raw.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
            raw.close()

    def _trouble(self, error: BaseException | None) -> StoreError:
        said = str(error).lower()
        for mark, key in _TROUBLES:
            if mark in said:
                return StoreError(key, where=str(self.path))
        if "malformed" in said or "not a database" in said:
            return ForeignProject("store.damaged", where=str(self.path), reason=str(error))
        return StoreError("store.refused", where=str(self.path), reason=str(error))
