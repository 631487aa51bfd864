"""Keeps small state of the apps by key: language, last step, chosen territory of a browser session."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from workbench.errors import UsageError
from workbench.store.tables import plain_json, settings


def get(connection: Connection, key: str, default: Any) -> Any:
    """Return the value of a key, else the default."""
    row = connection.execute(select(settings.c.value).where(settings.c.key == key)).first()
    return default if row is None else row.value


def every(connection: Connection) -> dict[str, Any]:
    """Return all that is kept, by key."""
    return {row.key: row.value for row in connection.execute(select(settings.c.key, settings.c.value))}


def put(connection: Connection, key: str, value: object) -> None:
    """Keep a value under a key. Raises `UsageError` when it cannot be written as JSON."""
    try:
        plain_json(value)
    except (TypeError, ValueError) as error:
        raise UsageError("store.setting", where=key) from error
    changed = connection.execute(update(settings).where(settings.c.key == key).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(settings).values(key=key, value=value))
