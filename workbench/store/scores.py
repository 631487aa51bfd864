"""The part of a project's door for scores: kept with the scheme they were worked out by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from workbench import model
from workbench.errors import StoreError
from workbench.store import events, tables
from workbench.store.engine import Database
from workbench.store.revising import stamp_now

if TYPE_CHECKING:
    import pandas as pd


class Scores:
    """Methods of `Project`."""

    _database: Database

    def keep_score(
        self, territory_id: str, score: Mapping[str, Any], scheme: Mapping[str, Any], *, by: str = "",
        now: datetime | None = None,
    ) -> int:  # fmt: skip
        """Keep a score (plain data) and its whole scheme; return its version, 1 = the first of this territory.

        With it the number of the last event it rests on. Raises `StoreError` (unknown territory).
        """
        with self._database.writing() as connection:
            known = select(tables.territories.c.id).where(tables.territories.c.id == territory_id)
            if connection.scalar(known) is None:
                raise StoreError("store.id_unknown", where="scores", id=territory_id)
            data = {"score": dict(score), "scheme": dict(scheme), "rests_on": events.counter(connection)}
            return events.append(connection, "score", f"s:{territory_id}", data, at=stamp_now(now), rater=by)

    def scores(self, territory_id: str | None = None) -> pd.DataFrame:
        """Return SCORES kept of a territory, or all, oldest first."""
        log = tables.events
        query = select(log.c.item, log.c.rater, log.c.at, log.c.version, log.c.data).where(log.c.kind == "score")
        if territory_id is not None:
            query = query.where(log.c.item == f"s:{territory_id}")
        with self._database.reading() as connection:
            found = list(connection.execute(query.order_by(log.c.seq)))
        return model.SCORES.frame(
            [
                {"territory_id": row.item[2:], "rater": row.rater, "at": row.at, "version": row.version, **row.data}
                for row in found
            ]
        )
