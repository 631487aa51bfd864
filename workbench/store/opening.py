"""Makes and opens the database of a project, a file or one on a server."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert

from workbench.errors import StoreError
from workbench.store import server, tables
from workbench.store.copying import copy, copy_rows
from workbench.store.engine import Database, FileDatabase, settle_journal
from workbench.store.migrating import migrate, migrate_existing
from workbench.store.recognising import HEAD, path_of, recognise


def create(url: str | Path, *, name: str, at: str) -> Database:
    """Make the tables of a new project and its one row of `project`. Raises `StoreError`; nothing is left behind."""
    database, made = _empty(url)
    try:
        with database.writing() as connection:
            connection.execute(insert(tables.project).values(id=1, name=name or default_name(database), created_at=at))
    except BaseException:
        _forget(database, made)
        raise
    return database


def open_existing(url: str | Path) -> Database:
    """Open a project; one of an earlier version is copied aside first, then brought to the form of today.

    Raises `StoreError`, `ForeignProject`, `NewerProject`; what is there is then left as it was.
    """
    if server.is_server(url):
        return server.open_existing(str(url))
    path = path_of(url)
    revision = recognise(path)
    if revision != HEAD:
        migrate_existing(path, revision)
    settle_journal(path)
    return FileDatabase(path)


def back_up(database: Database, target: Path) -> Path:
    """Copy a project, in the state of one moment, to a new file that was opened and found whole.

    Raises `StoreError`.
    """
    if isinstance(database, FileDatabase):
        return copy(database.path, target)
    if target.exists():
        raise StoreError("store.copy_exists", where=str(target))
    unfinished = target.with_name(f"{target.name}.part")
    try:
        made, _ = _empty(unfinished)
        try:
            with database.reading() as source, made.writing() as here:
                copy_rows(source, here)
        finally:
            made.close()
        return copy(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def restore(source: Path, url: str | Path) -> Database:
    """Make a new project from a copy, a file again or on a server. Raises as `open_existing` and `create`."""
    origin = open_existing(source)
    try:
        database, made = _empty(url)
        try:
            with origin.reading() as there, database.writing() as here:
                copy_rows(there, here)
                if made is None:
                    server.settle_counters(here)
        except BaseException:
            _forget(database, made)
            raise
    finally:
        origin.close()
    return database


def default_name(database: Database) -> str:
    """Return the name of a project that was given none: of its file, or of its database."""
    where = database.path.stem if isinstance(database, FileDatabase) else database.where.rpartition("/")[2]
    return where or "project"


def _empty(url: str | Path) -> tuple[Database, Path | None]:
    """Make a project's tables; return with the database the file that was made."""
    if server.is_server(url):
        return server.create(str(url)), None
    path = path_of(url)
    try:
        path.open("xb").close()
    except FileExistsError:
        raise StoreError("store.exists", where=str(path)) from None
    except OSError as error:
        raise StoreError("store.folder", where=str(path), reason=error.strerror or "") from error
    try:
        migrate(path)
        settle_journal(path)
        return FileDatabase(path), path
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _forget(database: Database, made: Path | None) -> None:
    if made is None:
        server.drop(database)
    database.close()
    if made is not None:
        made.unlink(missing_ok=True)
