"""Puts territories into a project."""

from __future__ import annotations

import dataclasses

from sqlalchemy import Connection, insert, select

from workbench import model
from workbench.errors import StoreError
from workbench.store import events, tables
from workbench.store.rows import rows


def add(connection: Connection, territory: model.Territory, *, at: str) -> None:
    """Add a territory; the same one twice counts once.

    Raises `StoreError` when a different one has its id, `TableError` for a value out of range.
    """
    (row,) = rows(model.TERRITORIES, model.TERRITORIES.frame([dataclasses.asdict(territory)]))
    columns = [tables.territories.c[name] for name in model.TERRITORIES.columns]
    there = connection.execute(select(*columns).where(tables.territories.c.id == territory.id)).mappings().first()
    if there is None:
        connection.execute(insert(tables.territories).values(row))
        events.append(connection, "territory", territory.id, row, at=at)
    elif dict(there) != {**row, "languages": territory.languages}:
        raise StoreError("store.territory_exists", where=territory.id, name=there["name"])
