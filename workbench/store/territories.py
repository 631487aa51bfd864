"""Puts territories into a project."""

from __future__ import annotations

import dataclasses

from sqlalchemy import Connection, insert, select, update

from workbench import model
from workbench.errors import StaleWrite, StoreError, UsageError
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


def place(
    connection: Connection,
    territory_id: str,
    latitude: float | None,
    longitude: float | None,
    *,
    over: tuple[float | None, float | None] | None,
    by: str,
    at: str,
) -> None:
    """Say where a territory lies; None for both takes it back.

    Raises `StoreError` (no such territory), `TableError` (out of range), `UsageError` (one without the other),
    `StaleWrite` (it lies elsewhere than `over`, where that is given).
    """
    columns = [tables.territories.c[name] for name in model.TERRITORIES.columns]
    query = select(*columns).where(tables.territories.c.id == territory_id)
    there = connection.execute(query).mappings().first()
    if there is None:
        known = ", ".join(connection.scalars(select(tables.territories.c.id).limit(5))) or "-"
        raise StoreError("store.territory_unknown", where=territory_id, known=known)
    if (latitude is None) != (longitude is None):
        allowed = "latitude, longitude"
        raise UsageError("store.value", where=territory_id, value=f"{latitude}, {longitude}", allowed=allowed)
    lies = (there["latitude"], there["longitude"])
    if over is not None and over != lies:
        seen, now = (", ".join("–" if one is None else f"{one:g}" for one in spot) for spot in (over, lies))
        mine = (latitude, longitude)
        raise StaleWrite("store.stale_place", where=territory_id, expected=seen, current=now, mine=mine, theirs=lies)
    said = {**there, "latitude": latitude, "longitude": longitude}
    (row,) = rows(model.TERRITORIES, model.TERRITORIES.frame([said]))
    where = {name: row[name] for name in ("latitude", "longitude")}
    connection.execute(update(tables.territories).where(tables.territories.c.id == territory_id).values(where))
    events.append(connection, "territory", territory_id, row, at=at, rater=by)
