"""Keeps commitments: what a rule proposed, and over it what a person set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select, update

from workbench import model
from workbench.errors import StoreError
from workbench.store import events, tables
from workbench.store.rows import insert_rows, refuse_twice, refuse_unknown, rows

if TYPE_CHECKING:
    import pandas as pd

_SET_BY_PEOPLE = ("calls_for_local", "importance", "origin")


def insert_commitments(connection: Connection, frame: pd.DataFrame, known: set[str], where: str) -> None:
    """Insert commitments whose provisions are among the known ones; what people set holds on.

    Raises `TableError`, `StoreError` (an unknown provision, an id twice).
    """
    insert_rows(connection, tables.commitments, _proposed(connection, frame, known, where))


def save(connection: Connection, frame: pd.DataFrame, *, at: str) -> None:
    """Save commitments; one that exists is changed where no person has set it, and keeps its cards.

    Raises `TableError`, `StoreError` (an unknown provision, an id twice).
    """
    table = tables.commitments
    known = set(connection.scalars(select(tables.provisions.c.id)))
    there = set(connection.scalars(select(table.c.id)))
    found = _proposed(connection, frame, known, model.COMMITMENTS.name)
    for row in found:
        if row["id"] in there:
            connection.execute(update(table).where(table.c.id == row["id"]).values(row))
    insert_rows(connection, table, [row for row in found if row["id"] not in there])
    events.append(connection, "commitments", "commitments", {"count": len(found)}, at=at)


def _proposed(connection: Connection, frame: pd.DataFrame, known: set[str], where: str) -> list[dict[str, Any]]:
    found = rows(model.COMMITMENTS, frame)
    refuse_twice((str(row["id"]) for row in found), where)
    refuse_unknown((str(row["provision_id"]) for row in found), known, "store.provision_unknown", where)
    said = _said_by_people(connection)
    return [{**row, **said.get(str(row["id"]), {})} for row in found]


def set_by_person(
    connection: Connection, commitment_id: str, changes: Mapping[str, object], *, rater: str, at: str
) -> int:
    """Change how a commitment is coded, as an event, and return its version.

    Raises `StoreError` (unknown commitment) and `TableError` (a value out of range).
    """
    table = tables.commitments
    row = connection.execute(select(table).where(table.c.id == commitment_id)).mappings().first()
    if row is None:
        raise StoreError("store.commitment_unknown", where=commitment_id)
    after = {**row, **{name: value for name, value in changes.items() if value is not None}, "origin": rater}
    (checked,) = rows(model.COMMITMENTS, model.COMMITMENTS.frame([after]))
    connection.execute(update(table).where(table.c.id == commitment_id).values(checked))
    data = {name: checked[name] for name in _SET_BY_PEOPLE}
    data["before"] = {name: row[name] for name in _SET_BY_PEOPLE}
    return events.append(
        connection, "commitment", commitment_id, data, at=at, rater=rater, national_id=row["provision_id"]
    )


def _said_by_people(connection: Connection) -> dict[str, dict[str, Any]]:
    """Return what people set last, by commitment: it outlives the removal of a document and new proposals."""
    log = tables.events
    query = select(log.c.item, log.c.data).where(log.c.kind == "commitment").order_by(log.c.seq)
    return {row.item: {name: row.data[name] for name in _SET_BY_PEOPLE} for row in connection.execute(query)}
