"""The part of a project's door for scores: kept with the scheme they were worked out by, and what they rested on."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import func, select

from workbench import model
from workbench.errors import StoreError
from workbench.store import events, tables
from workbench.store.engine import Database
from workbench.store.people import may
from workbench.store.revising import stamp_now

if TYPE_CHECKING:
    import pandas as pd

_READ = ("document", "edit", "commitments", "repeat", "links", "cards")  # events that say nothing of before


class Scores:
    """Methods of `Project`."""

    _database: Database
    _until: int | None = None  # number of the last event that counts, None = all

    def as_it_stood(self, event: int) -> Self:
        """Return the project for reading, with what people had said up to an event (its number, as in `rests_on`).

        Verdicts, judgements, answers, settled cards and what was set of commitments are those of then; documents and
        suggestions those of now: `changed_since` says whether these are others.
        """
        then = copy.copy(self)
        then._until = int(event)  # of NumPy, SQLite would compare it with nothing
        return then

    def changed_since(self, event: int, territories: Collection[str]) -> str:
        """Return the time of the first change after an event of what was read or suggested for these territories.

        A document, an edit by hand, commitments proposed anew or joined, suggestions or cards; '' = nothing changed.
        """
        log = tables.events
        query = select(log.c.kind, log.c.item, log.c.at).where(log.c.seq > int(event), log.c.kind.in_(_READ))
        owner = select(tables.documents.c.id, tables.documents.c.territory_id)
        with self._database.reading() as connection:
            owners = dict(connection.execute(owner).all())
            found = list(connection.execute(query.order_by(log.c.seq)))
        for row in found:
            if row.kind in ("links", "cards"):
                own = row.item.split("|")
            else:
                own = [owners[row.item]] if row.item in owners else territories
            if set(own) & set(territories):
                return row.at
        return ""

    def keep_score(
        self, territory_id: str, score: Mapping[str, Any], scheme: Mapping[str, Any], *, by: str = "",
        rests_on: int | None = None, now: datetime | None = None,
    ) -> int:  # fmt: skip
        """Keep a score (plain data) and its whole scheme; return its version, 1 = the first of this territory.

        With it the number of the last event it rests on, the newest one without `rests_on`.
        Raises `StoreError` (unknown territory; `by` may not: raters, adjudicators and owners may).
        """
        with self._database.writing() as connection:
            may(connection, by, "rater")
            known = select(tables.territories.c.id).where(tables.territories.c.id == territory_id)
            if connection.scalar(known) is None:
                raise StoreError("store.id_unknown", where="scores", id=territory_id)
            last = events.counter(connection) if rests_on is None else rests_on
            data = {"score": dict(score), "scheme": dict(scheme), "rests_on": last}
            events.append(connection, "score", f"s:{territory_id}", data, at=stamp_now(now), rater=by)
            log = tables.events
            own = select(func.count()).where(log.c.kind == "score", log.c.item == f"s:{territory_id}")
            return connection.scalar(own) or 1  # whoever kept it: the event's own version counts by person

    def scores(self, territory_id: str | None = None) -> pd.DataFrame:
        """Return SCORES kept of a territory, or all, oldest first."""
        log = tables.events
        query = select(log.c.item, log.c.rater, log.c.at, log.c.data).where(log.c.kind == "score")
        if territory_id is not None:
            query = query.where(log.c.item == f"s:{territory_id}")
        with self._database.reading() as connection:
            found = list(connection.execute(query.order_by(log.c.seq)))
        made, count = [], Counter[str]()
        for row in found:
            count[row.item] += 1
            about = {"territory_id": row.item[2:], "rater": row.rater, "at": row.at, "version": count[row.item]}
            made.append({**about, **row.data})
        return model.SCORES.frame(made)
