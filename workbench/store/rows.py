"""Turns declared tables into rows of the database, and what comes back into declared tables."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, insert
from sqlalchemy import Table as SqlTable

from workbench import model
from workbench.errors import StoreError

if TYPE_CHECKING:
    import pandas as pd

_PLAIN: dict[str, Callable[[Any], object]] = {
    "text": str,
    "integer": int,
    "number": float,
    "truth": bool,
    "texts": lambda values: [str(value) for value in values],
    "integers": lambda values: [int(value) for value in values],
    "span": lambda values: [int(value) for value in values],
    "spans": lambda values: [[int(start), int(end)] for start, end in values],
    "values": dict,
}


def rows(table: model.Table, frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return the declared columns of a table as plain rows, a missing value as None.

    Raises `TableError` when the frame is not of the declared form.
    """
    table.check(frame)
    columns = [_column(frame, name, column.kind) for name, column in table.columns.items()]
    names = list(table.columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _column(frame: pd.DataFrame, name: str, kind: str) -> list[object]:
    values, plain = frame[name], _PLAIN[kind]
    if kind in ("texts", "integers", "spans", "values"):
        return [plain(value) for value in values]
    return [None if missing else plain(value) for value, missing in zip(values, values.isna(), strict=True)]


def insert_rows(connection: Connection, table: SqlTable, rows: list[dict[str, Any]]) -> None:
    """Insert rows, if any."""
    if rows:
        connection.execute(insert(table), rows)


@contextmanager
def uncollected() -> Iterator[None]:
    """Read many rows without Python's collector: it would walk hundreds of thousands of living rows again and again.

    A third of the time of 300,000 judgements (`python tests/bench/store.py`).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def fetch(connection: Connection, query: Select) -> list[dict[str, Any]]:
    """Return the rows a query finds, as dictionaries."""
    result = connection.execute(query)
    names = list(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result.all()]


def read(connection: Connection, table: model.Table, query: Select) -> pd.DataFrame:
    """Return what a query finds as a declared table; it was checked when it was written."""
    with uncollected():
        return table.frame(fetch(connection, query))


def refuse_twice(ids: Iterable[str], where: str) -> None:
    """Raise `StoreError` naming the first id that comes twice."""
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise StoreError("store.twice", where=where, id=name)
        seen.add(name)


def refuse_unknown(ids: Iterable[str], known: set[str], key: str, where: str) -> None:
    """Raise `StoreError` with this key naming the first id that is not known."""
    for name in ids:
        if name not in known:
            raise StoreError(key, where=where, id=name)


def plain_rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of the database as JSON can hold them: tuples as lists."""
    return [{name: _listed(value) for name, value in row.items()} for row in rows]


def _listed(value: Any) -> Any:
    return [_listed(one) for one in value] if isinstance(value, (tuple, list)) else value
