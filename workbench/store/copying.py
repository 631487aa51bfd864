"""Copies a project while others work on it, and opens the copy before calling it one."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, insert, select

from workbench.errors import StoreError
from workbench.store.driver import sqlite3
from workbench.store.recognising import connect
from workbench.store.tables import metadata

_AT_ONCE = 1000


def copy(source: Path, target: Path) -> Path:
    """Copy a project file to a new one, in the state of one moment, and verify the copy.

    Raises `StoreError` when the target exists or the copy is not whole.
    """
    if target.exists():
        raise StoreError("store.copy_exists", where=str(target))
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with closing(connect(source, "rw")) as original, closing(connect(unfinished, "rwc")) as made:
            original.backup(made)
            # A plain file needs no companions: it can be mailed or put on a stick.
            made.execute("PRAGMA journal_mode=DELETE").fetchone()
        _verify(unfinished)
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError("store.copy_failed", where=str(target), reason=str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of a project into the empty tables of another, a thousand at a time."""
    for table in metadata.sorted_tables:
        order = list(table.primary_key.columns)
        found = source.execute(select(table).order_by(*order)).mappings()
        for some in found.partitions(_AT_ONCE):
            target.execute(insert(table), [dict(row) for row in some])


def _verify(path: Path) -> None:
    with closing(connect(path, "ro")) as copied:
        (verdict,) = copied.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        copied.execute("SELECT count(*) FROM events").fetchone()
