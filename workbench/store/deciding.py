"""The part of a project's door for findings: what people decide about them, under an identity that stays."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from workbench import model
from workbench.errors import StoreError, UsageError
from workbench.store import events, frames, tables
from workbench.store.engine import Database
from workbench.store.judged import rater_name
from workbench.store.people import may
from workbench.store.revising import stamp_now

if TYPE_CHECKING:
    import pandas as pd


class Deciding:
    """Methods of `Project`."""

    _database: Database

    def decide_finding(
        self,
        finding_id: str,
        *,
        kind: str,
        territory_id: str,
        severity: str,
        status: model.FindingStatus,
        rater: str,
        reason: str = "",
        owner: str = "",
        due: str = "",
        level: model.Level | None = None,
        expected_version: int | None = None,
        token: str | None = None,
        now: datetime | None = None,
    ) -> int:
        """Keep what somebody decides about a finding and return the version: 1 = the first word on it, by whomever.

        `status` is open, accepted, dismissed (needs a reason), action (needs an owner; `due` is a day, ISO 8601) or
        done. `expected_version` is the version last seen, 0 = none; without it, this word stands over any before.
        Raises `UsageError` (what a status needs is not given, no day), `TableError` (a value that is not allowed),
        `StoreError` (unknown territory, a rater who may not judge), `StaleWrite`; nothing is written then.
        """
        who = rater_name(rater)
        row = {
            "finding_id": finding_id, "kind": kind, "territory_id": territory_id, "severity": severity,
            "status": status, "reason": str(reason).strip(), "owner": str(owner).strip(), "due": str(due).strip(),
            "level": level, "rater": who, "at": stamp_now(now), "version": 1,
        }  # fmt: skip
        model.FINDING_STATES.check(model.FINDING_STATES.frame([row]))
        _refuse_half(row)
        data = {name: value for name, value in row.items() if name not in ("finding_id", "at", "version")}
        with self._database.writing() as connection:
            may(connection, who, "rater")
            known = select(tables.territories.c.id).where(tables.territories.c.id == territory_id)
            if connection.scalar(known) is None:
                raise StoreError("store.id_unknown", where="findings", id=territory_id)
            return events.append(
                connection, "finding", finding_id, data, at=str(row["at"]), expected=expected_version, token=token
            )

    def finding_states(self, territory_id: str | None = None) -> pd.DataFrame:
        """Return FINDING_STATES: the last word on each finding that somebody spoke of, of a territory or all."""
        with self._database.reading() as connection:
            said = frames.said_of_kind(connection, "finding")
        return model.FINDING_STATES.frame(
            [
                {**row, "finding_id": row["item"]}
                for row in said
                if territory_id is None or row["territory_id"] == territory_id
            ]
        )


def _refuse_half(row: dict[str, Any]) -> None:
    """Raise `UsageError` where a status lacks what it cannot do without."""
    if row["status"] == "dismissed" and not row["reason"]:
        raise UsageError("finding.reason", where=row["finding_id"])
    if row["status"] == "action" and not row["owner"]:
        raise UsageError("finding.owner", where=row["finding_id"])
    if row["due"]:
        try:
            date.fromisoformat(row["due"])
        except ValueError:
            raise UsageError("finding.due", where=row["finding_id"], value=row["due"][:40]) from None
