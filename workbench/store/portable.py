"""A whole project as one ZIP of CSV tables with a JSON schema: to keep for good, to read with anything, to bring back.

Each table is a CSV file (UTF-8, comma, first row the columns). A cell is text as it is, with two exceptions: `\\N` is
a missing value, and text that begins with one of \\ = + - @ has a backslash before it, so that a missing value and an
empty text differ and no spreadsheet takes text for a formula. Numbers are written in full (17 digits where needed),
yes and no as 1 and 0, lists and dictionaries as JSON, bytes in base64; `schema.json` says which column is what.
"""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from workbench import messages
from workbench.errors import ForeignProject, NewerProject, StoreError
from workbench.store.copying import copy
from workbench.store.driver import sqlite3
from workbench.store.engine import Database, FileDatabase
from workbench.store.migrating import migrate
from workbench.store.opening import back_up, restore
from workbench.store.recognising import HEAD, REVISIONS, connect

FORMAT = "policy-coherence-workbench project"
_SCHEMA = "schema.json"
_LARGEST = 8 * 2**30  # bytes of an unpacked table
_LARGEST_SCHEMA = 2**20
_AT_ONCE = 1000
_MISSING = "\\N"
_GUARDED = ("\\", "=", "+", "-", "@", "\t", "\r")
_SKIPPED = ("alembic_version", "sqlite_sequence")
csv.field_size_limit(2**31 - 1)


def export(database: Database, target: Path) -> Path:
    """Write the state of one moment as a ZIP. Raises `StoreError` (a file is there, cannot be written)."""
    if target.exists():
        raise StoreError("store.copy_exists", where=str(target))
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory() as folder:
            whole = back_up(database, Path(folder) / "whole.sqlite")
            with (
                closing(connect(whole, "ro")) as connection,
                zipfile.ZipFile(unfinished, "x", zipfile.ZIP_DEFLATED) as archive,
            ):
                _write(connection, archive)
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError("store.copy_failed", where=str(target), reason=str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def bring_in(archive: Path, url: str | Path) -> Database:
    """Make a new project of an exported ZIP, of this version or an earlier one; it is checked whole before it counts.

    Raises `ForeignProject` (no such ZIP, other tables or columns), `NewerProject`, `StoreError` (a cell that is not
    of its column, rows that point nowhere, texts that were changed; a project is there already).
    """
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.sqlite"
        try:
            with zipfile.ZipFile(archive) as opened:
                schema = _schema(opened, archive)
                made.touch()
                migrate(made, target=schema["revision"])
                with closing(connect(made, "rw")) as connection:
                    _read(connection, opened, schema, archive)
        except FileNotFoundError:
            raise StoreError("store.missing", where=str(archive)) from None
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise ForeignProject("store.archive", where=str(archive), reason=str(error)) from error
        if schema["revision"] != HEAD:
            migrate(made)
        _refuse_unsound(made, archive)
        return restore(made, url)


def _write(connection: Any, archive: zipfile.ZipFile) -> None:
    described = []
    for table, columns in _tables(connection):
        writers = [_WRITTEN.get(column["type"], _text) for column in columns]
        names = ", ".join(f'"{column["name"]}"' for column in columns)
        order = ", ".join(f'"{column["name"]}"' for column in columns if column["key"])
        count = 0
        with archive.open(f"{table}.csv", "w", force_zip64=True) as packed:
            lines = io.TextIOWrapper(packed, "utf-8", newline="")
            sheet = csv.writer(lines, lineterminator="\r\n")
            sheet.writerow([column["name"] for column in columns])
            for row in connection.execute(f'SELECT {names} FROM "{table}" ORDER BY {order}'):
                sheet.writerow(
                    [_MISSING if value is None else write(value) for write, value in zip(writers, row, strict=True)]
                )
                count += 1
            lines.flush()
            lines.detach()
        described.append({"name": table, "file": f"{table}.csv", "rows": count, "columns": columns})
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    schema = {"format": FORMAT, "revision": revision, "cells": " ".join(str(__doc__).split()), "tables": described}
    archive.writestr(_SCHEMA, json.dumps(schema, indent=1, ensure_ascii=False))


def _tables(connection: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (name,) in names:
        if name not in _SKIPPED:
            info = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
            yield (
                name,
                [{"name": row[1], "type": row[2], "may_miss": not row[3], "key": bool(row[5])} for row in info],
            )


def _schema(opened: zipfile.ZipFile, archive: Path) -> dict[str, Any]:
    try:
        info = opened.getinfo(_SCHEMA)
        if info.file_size > _LARGEST_SCHEMA:
            raise ValueError("schema.json is too large")
        schema = json.loads(opened.read(info))
        if schema["format"] != FORMAT:
            raise ValueError("another format")
        revision, listed = str(schema["revision"]), [str(table["name"]) for table in schema["tables"]]
    except (KeyError, ValueError, TypeError, RecursionError) as error:
        raise ForeignProject("store.archive", where=str(archive), reason=str(error)) from error
    if revision not in REVISIONS:
        raise NewerProject("store.newer", where=str(archive), revision=revision, known=HEAD)
    return {"revision": revision, "tables": listed}


def _read(connection: Any, opened: zipfile.ZipFile, schema: dict[str, Any], archive: Path) -> None:
    """Fill the empty tables; nothing in the archive chooses a name of a table, a column or a file."""
    tables = dict(_tables(connection))
    if sorted(schema["tables"]) != sorted(tables):
        raise ForeignProject("store.archive", where=str(archive), reason="other tables")
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    for table, columns in tables.items():
        marks = ", ".join("?" for _ in columns)
        waiting: list[list[Any]] = []
        for row in _rows(opened, table, columns, archive):
            waiting.append(row)
            if len(waiting) == _AT_ONCE:
                _insert(connection, table, marks, waiting, archive)
                waiting = []
        _insert(connection, table, marks, waiting, archive)
    connection.execute("COMMIT")


def _insert(connection: Any, table: str, marks: str, waiting: list[list[Any]], archive: Path) -> None:
    try:
        connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', waiting)
    except (sqlite3.Error, OverflowError) as error:
        raise StoreError("store.archive_row", where=str(archive), table=table, row="?", reason=str(error)) from error


def _rows(opened: zipfile.ZipFile, table: str, columns: list[dict[str, Any]], archive: Path) -> Iterator[list[Any]]:
    info = opened.getinfo(f"{table}.csv") if f"{table}.csv" in opened.namelist() else None
    if info is None or info.file_size > _LARGEST:
        raise ForeignProject("store.archive", where=str(archive), reason=f"{table}.csv")
    readers = [_READ.get(column["type"], _untext) for column in columns]
    number = 0
    try:
        with opened.open(info) as packed:
            sheet = csv.reader(io.TextIOWrapper(packed, "utf-8", newline=""), strict=True)
            if next(sheet, None) != [column["name"] for column in columns]:
                raise ForeignProject("store.archive", where=str(archive), reason=f"{table}.csv: other columns")
            for number, row in enumerate(sheet, 1):  # noqa: B007 - named in the message
                yield [None if cell == _MISSING else read(cell) for read, cell in zip(readers, row, strict=True)]
    except (ValueError, csv.Error, binascii.Error) as error:
        raise StoreError(
            "store.archive_row", where=str(archive), table=table, row=number + 1, reason=str(error)
        ) from error


def _refuse_unsound(made: Path, archive: Path) -> None:
    from workbench.store.checking import problems

    database = FileDatabase(made)
    try:
        with database.reading() as connection:
            for key, values in problems(connection):
                reason = messages.text(key, **values)
                raise StoreError("store.archive_unsound", where=str(archive), reason=reason)
    finally:
        database.close()
    # A file of its own, as `restore` wants it: without companions.
    copy(made, made.with_name("whole.sqlite")).replace(made)


def _text(value: Any) -> str:
    said = str(value)
    return f"\\{said}" if said.startswith(_GUARDED) else said


def _untext(cell: str) -> str:
    return cell[1:] if cell.startswith("\\") else cell


def _whole(cell: str) -> int:
    return int(_untext(cell))


def _number(cell: str) -> float:
    return float(_untext(cell))


def _json(cell: str) -> str:
    said = _untext(cell)
    json.loads(said)
    return said


def _bytes(cell: str) -> bytes:
    return base64.b64decode(_untext(cell), validate=True)


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "FLOAT": lambda value: _text(repr(float(value))),
    "BLOB": lambda value: _text(base64.b64encode(value).decode("ascii")),
}
_READ: dict[str, Callable[[str], Any]] = {
    "INTEGER": _whole, "BOOLEAN": _whole, "FLOAT": _number, "JSON": _json, "BLOB": _bytes,
}  # fmt: skip
