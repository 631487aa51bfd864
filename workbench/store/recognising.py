"""Looks at a file before anything may change it: is it a project, whole, and of a version known here?"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from workbench.errors import ForeignProject, NewerProject, StoreError
from workbench.store.driver import sqlite3

# "PCOW", written into the header of every project file.
APPLICATION_ID = 0x50434F57
# The migrations in their order; a test compares them with the folder. Kept here so that opening a
# project of today does not have to import Alembic.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
HEAD = REVISIONS[-1]
# How long anybody waits for others before it is said.
BUSY_SECONDS = 30

# Files up to this size are read through once when opened (some 40 ms); larger ones by `Project.check`.
_READ_THROUGH = 16 * 2**20


def path_of(url: str | Path) -> Path:
    """Return the file of a project given as a path or as `sqlite:///…`.

    Raises `StoreError` for a database that is no file.
    """
    text = str(url)
    if "://" not in text:
        return Path(text).expanduser()
    try:
        parsed = make_url(text)
    except ArgumentError:
        raise StoreError("store.backend", where=text.partition("://")[0]) from None
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        raise StoreError("store.backend", where=parsed.render_as_string(hide_password=True))
    return Path(str(parsed.database))


def recognise(path: Path) -> str:
    """Return the revision of a project file without changing a byte of it.

    Raises `StoreError` (not there, unreadable), `ForeignProject` (not a project, damaged) or
    `NewerProject`.
    """
    _refuse_foreign(path)
    # With a write-ahead log, whoever may not write leaves two files beside the project; whoever may takes them away.
    is_in_use = path.with_name(f"{path.name}-wal").exists()
    try:
        revision = _read_revision(path, "ro" if is_in_use else "rw")
    except sqlite3.OperationalError as error:
        # A writer that was killed leaves a journal, which only a connection that may write can roll back.
        if not path.with_name(f"{path.name}-journal").exists():
            raise _refused(path, error) from error
        try:
            revision = _read_revision(path, "rw")
        except sqlite3.DatabaseError as again:
            raise _refused(path, again) from again
    except sqlite3.DatabaseError as error:
        raise _refused(path, error) from error
    if revision not in REVISIONS:
        raise NewerProject("store.newer", where=str(path), revision=revision, known=HEAD)
    return revision


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open the file itself: `ro` reads, `rw` writes, `rwc` also makes it; a file is never made by mistake."""
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _refuse_foreign(path: Path) -> None:
    # Never through `open()`: on POSIX, closing a second handle on a file drops the locks SQLite holds on
    # it for this whole process, and another process could then write into the middle of a transaction.
    # `immutable` makes SQLite read without locking and without putting files beside a foreign database.
    try:
        if not path.exists():
            raise StoreError("store.missing", where=str(path))
        if not path.is_file():
            raise ForeignProject("store.foreign", where=str(path))
        with closing(connect(path, "ro&immutable=1")) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
    except (OSError, sqlite3.OperationalError) as error:
        raise StoreError("store.unreadable", where=str(path), reason=str(error)) from error
    except sqlite3.DatabaseError as error:
        if "malformed" in str(error):
            raise ForeignProject("store.damaged", where=str(path), reason=str(error)) from error
        application = 0
    if application != APPLICATION_ID:
        raise ForeignProject("store.foreign", where=str(path))


def _read_revision(path: Path, mode: str) -> str:
    with closing(connect(path, mode)) as connection:
        if path.stat().st_size <= _READ_THROUGH:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise ForeignProject("store.damaged", where=str(path), reason=verdict)
        # A page that is cut off goes unseen by the check while nothing stands on it yet.
        if path.stat().st_size % connection.execute("PRAGMA page_size").fetchone()[0]:
            raise ForeignProject("store.damaged", where=str(path), reason="cut off")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return "" if row is None else str(row[0])


def _refused(path: Path, error: sqlite3.Error) -> StoreError:
    if "locked" in str(error):
        return StoreError("store.busy", where=str(path))
    return ForeignProject("store.damaged", where=str(path), reason=str(error))
