"""The file of one workshop: who joined, what they answered, what the trainer did; rows are only ever added.

Order is that of the rows (`position`), never of a clock: the times beside them are for people to read.
A row is kept, with all that hangs on it, before anybody is told so.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as insert_or

from workbench.errors import ForeignProject, NewerProject, StoreError
from workbench.store.driver import sqlite3
from workbench.store.engine import FileDatabase, settle_journal
from workbench.store.recognising import connect
from workbench.store.tables import NAMES

# "PCWR", written into the header of every workshop's file, and the form of its tables.
APPLICATION_ID = 0x50435752
FORM = 1

_metadata = MetaData(naming_convention=NAMES)
_settings = Table("settings", _metadata, Column("key", Text, primary_key=True), Column("value", JSON))
_participants = Table(
    "participants",
    _metadata,
    Column("position", Integer, primary_key=True),
    Column("nickname", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),  # the nickname as two are compared
    Column("number", Integer, nullable=False, unique=True),  # the random one that stands for a person in exports
    Column("token", Text, nullable=False, unique=True),  # hash of what the browser holds
    Column("language", Text, nullable=False),
    Column("group", Integer),
    Column("consent", Text, nullable=False),  # the words agreed to, by the key of the catalogues
    Column("is_removed", Boolean, nullable=False, default=False),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)
_answers = Table(
    "answers",
    _metadata,
    Column("position", Integer, primary_key=True),
    Column("participant", Integer, ForeignKey("participants.position"), nullable=False),
    Column("submit", Text, nullable=False),  # made by the browser; the same one twice counts once
    Column("exercise", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("round", Text, nullable=False),
    Column("group", Integer),
    Column("number", Integer, nullable=False),  # which try of this person on this item in this round
    Column("is_informed", Boolean, nullable=False),  # given after the panel's answer could be seen
    Column("value", JSON, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("participant", "submit"),
    sqlite_autoincrement=True,
)
_hints = Table(
    "hints",
    _metadata,
    Column("participant", Integer, ForeignKey("participants.position"), primary_key=True),
    Column("exercise", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
)
_states = Table(
    "states",
    _metadata,
    Column("position", Integer, primary_key=True),
    Column("value", JSON, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)
_trainers = Table("trainers", _metadata, Column("token", Text, primary_key=True))
# Hashes of the tokens of browsers whose place was given to another one, so that they can be told why they are out.
_moved = Table("moved", _metadata, Column("token", Text, primary_key=True))


class RoomFile:
    """One workshop's file, held by one server at a time."""

    def __init__(self, path: Path) -> None:
        """Open the file, made with an empty room when it is not there (readable by its owner only).

        Raises `StoreError` (another server holds it, unreadable), `ForeignProject`, `NewerProject`.
        """
        self.path = path
        self._held = _hold(path)
        try:
            if not path.exists():
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _recognise(path)
            settle_journal(path)
            self._database = FileDatabase(path)
            with self._database.writing() as connection:
                _metadata.create_all(connection)
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version={FORM}")
        except BaseException:
            self._held.close()
            raise

    def close(self) -> None:
        """Close the file, so that another server may open it."""
        self._database.close()
        self._held.close()

    def settings(self) -> dict[str, Any]:
        """Return what was kept of the room itself."""
        with self._database.reading() as connection:
            return {row.key: row.value for row in connection.execute(select(_settings))}

    def keep(self, **values: Any) -> None:
        """Keep settings of the room."""
        with self._database.writing() as connection:
            for key, value in values.items():
                row = insert_or(_settings).values(key=key, value=value)
                connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def participants(self) -> list[dict[str, Any]]:
        """Return everybody who joined, in that order."""
        return self._rows(_participants)

    def join(self, row: Mapping[str, Any]) -> int | None:
        """Add a participant and return their position; None when the nickname (folded) is taken."""
        with self._database.writing() as connection:
            adding = insert_or(_participants).values(is_removed=False, **row).on_conflict_do_nothing()
            return connection.scalar(adding.returning(_participants.c.position))

    def change(self, participant: int, **values: Any) -> None:
        """Change language, group, nickname, token or removal of a participant."""
        with self._database.writing() as connection:
            connection.execute(update(_participants).where(_participants.c.position == participant).values(**values))

    def move(self, participant: int, token: str) -> str:
        """Give a participant's place to the browser with the hash `token`; return the hash that held it before."""
        mine = _participants.c.position == participant
        with self._database.writing() as connection:
            before = connection.scalars(select(_participants.c.token).where(mine)).one()
            connection.execute(insert_or(_moved).values(token=before).on_conflict_do_nothing())
            connection.execute(update(_participants).where(mine).values(token=token))
        return before

    def moved(self) -> set[str]:
        """Return the hashes of the tokens of browsers whose place was given to another one."""
        with self._database.reading() as connection:
            return set(connection.scalars(select(_moved.c.token)))

    def group(self, groups: Mapping[int, int]) -> None:
        """Put participants (by position) into groups (by number), all at once."""
        with self._database.writing() as connection:
            for participant, number in groups.items():
                chosen = update(_participants).where(_participants.c.position == participant)
                connection.execute(chosen.values(group=number))

    def answers(self) -> list[dict[str, Any]]:
        """Return every answer, in the order they came."""
        return self._rows(_answers)

    def answer(self, row: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
        """Keep an answer and return it with its position and number, and whether it is new.

        One that was sent before, by its `submit`, is returned as it was kept.
        """
        same = [_answers.c[name] == row[name] for name in ("participant", "exercise", "item", "round")]
        with self._database.writing() as connection:
            number = select(func.count() + 1).where(*same).scalar_subquery()
            adding = insert_or(_answers).values(number=number, **row).on_conflict_do_nothing()
            added = connection.execute(adding.returning(*_answers.c)).mappings().first()
            if added is not None:
                return dict(added), True
            known = select(_answers).where(
                _answers.c.participant == row["participant"], _answers.c.submit == row["submit"]
            )
            return dict(connection.execute(known).mappings().one()), False

    def hints(self) -> list[dict[str, Any]]:
        """Return the hints that were asked for."""
        with self._database.reading() as connection:
            return [dict(row) for row in connection.execute(select(_hints)).mappings()]

    def hint(self, participant: int, exercise: str, item: str, number: int) -> None:
        """Keep that somebody asked for a hint."""
        values = {"participant": participant, "exercise": exercise, "item": item, "number": number}
        with self._database.writing() as connection:
            connection.execute(insert_or(_hints).values(values).on_conflict_do_nothing())

    def states(self) -> list[dict[str, Any]]:
        """Return what the trainer led the room through, oldest first; the last one holds now."""
        return [row["value"] for row in self._rows(_states)]

    def lead(self, state: Mapping[str, Any], at: str) -> None:
        """Keep a new state of the room."""
        with self._database.writing() as connection:
            connection.execute(insert(_states).values(value=dict(state), at=at))

    def trainers(self) -> set[str]:
        """Return the hashes of the trainers' tokens."""
        with self._database.reading() as connection:
            return set(connection.scalars(select(_trainers.c.token)))

    def admit_trainer(self, token: str, *, alone: bool = False) -> None:
        """Let in a trainer by the hash of a token; with `alone` all others are out."""
        with self._database.writing() as connection:
            if alone:
                connection.execute(delete(_trainers))
            connection.execute(insert_or(_trainers).values(token=token).on_conflict_do_nothing())

    def _rows(self, table: Table) -> list[dict[str, Any]]:
        with self._database.reading() as connection:
            found = connection.execute(select(table).order_by(table.c.position)).mappings()
            return [dict(row) for row in found]


def _hold(path: Path) -> sqlite3.Connection:
    """Hold the file for this process: the system lets go of it when the process ends, however it ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = connect(path.with_name(f"{path.name}.lock"), "rwc")
    except (OSError, sqlite3.Error) as error:
        raise StoreError("store.folder", where=str(path), reason=str(error)) from error
    try:
        connection.execute("PRAGMA busy_timeout=1000")
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        raise StoreError("workshop.running", where=str(path)) from error
    return connection


def _recognise(path: Path) -> None:
    """Raise `ForeignProject` or `NewerProject` for a file that is no workshop of this version."""
    with suppress(OSError):
        if path.stat().st_size == 0:
            return
    try:
        with closing(connect(path, "rw")) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (form,) = connection.execute("PRAGMA user_version").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        raise StoreError("store.unreadable", where=str(path), reason=str(error)) from error
    except sqlite3.DatabaseError as error:
        raise ForeignProject("workshop.foreign", where=str(path)) from error
    if application != APPLICATION_ID and tables:
        raise ForeignProject("workshop.foreign", where=str(path))
    if verdict != "ok":
        raise ForeignProject("store.damaged", where=str(path), reason=verdict)
    if form > FORM:
        raise NewerProject("store.newer", where=str(path), revision=form, known=FORM)
