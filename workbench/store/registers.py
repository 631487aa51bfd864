"""The part of a project's door for registers: territories; mechanisms, practices with their path, corridors.

Each entry of the latter is an event; saying it again changes it, and what it was before stays in the history.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, func, select

from workbench import model
from workbench.errors import StoreError, UsageError
from workbench.store import events, frames, tables, territories
from workbench.store.engine import Database
from workbench.store.people import may
from workbench.store.revising import stamp_now

if TYPE_CHECKING:
    import pandas as pd

Register = Literal["mechanism", "practice", "practice_event", "corridor"]
_TABLES: Mapping[Register, model.Table] = {
    "mechanism": model.MECHANISMS,
    "practice": model.PRACTICES,
    "practice_event": model.PRACTICE_PATH,
    "corridor": model.CORRIDORS,
}
_LISTED = ("after", "agreements", "channels", "members", "provisions", "sectors", "stages")
_ALLOWED = {"channels": model.CHANNELS, "stages": model.STAGES, "sectors": model.SECTORS}
_TERRITORIES = ("territory_id", "origin", "destination")
_DATES = ("since", "date")
_DATE = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_NO_VALUES: Mapping[str, Any] = {
    "purpose": "", "sector": None, "members": (), "flows": (), "frequency": "unknown", "has_budget": None,
    "has_staff": None, "basis": "paper", "provisions": (), "source": "", "problem": "", "done": "", "since": "",
    "effect": "", "conditions": "", "sectors": (), "date": "", "territory_id": None, "what": "", "after": (),
    "provision_id": None, "origin": None, "destination": None, "agreements": (), "channels": (), "stages": (),
}  # fmt: skip


class Registers:
    """Methods of `Project`."""

    _database: Database

    def territories(self) -> pd.DataFrame:
        """Return TERRITORIES, in the order they were added."""
        with self._database.reading() as connection:
            return frames.territories(connection)

    def place_territory(
        self,
        territory_id: str,
        latitude: float | None,
        longitude: float | None,
        *,
        by: str = "",
        over: tuple[float | None, float | None] | None = None,
        now: datetime | None = None,
    ) -> None:
        """Say where a territory lies, in degrees (WGS 84), of its seat or middle; None for both takes it back.

        `over` is where it lay as last seen; without it, this stands over any before. Raises `StoreError` (no such
        territory; `by` may not), `TableError` (out of range), `UsageError` (one alone), `StaleWrite` (moved since).
        """
        with self._database.writing() as connection:
            may(connection, by, "rater")
            territories.place(connection, territory_id, latitude, longitude, over=over, by=by, at=stamp_now(now))

    def mechanisms(self) -> pd.DataFrame:
        """Return MECHANISMS."""
        return self._register("mechanism")

    def practices(self) -> pd.DataFrame:
        """Return PRACTICES."""
        return self._register("practice")

    def practice_path(self, practice_id: str | None = None) -> pd.DataFrame:
        """Return PRACTICE_PATH, the events of a practice or of all."""
        return self._register("practice_event", practice_id)

    def corridors(self) -> pd.DataFrame:
        """Return CORRIDORS."""
        return self._register("corridor")

    def enter(
        self,
        register: Register,
        entry: Mapping[str, Any],
        *,
        by: str = "",
        expected_version: int | None = None,
        token: str | None = None,
        now: datetime | None = None,
    ) -> int:
        """Put an entry into a register, or change the one of its id; return its version.

        `entry` has the columns of MECHANISMS, PRACTICES, PRACTICE_PATH or CORRIDORS; those left out are empty.
        `strength` must be said: how well the source supports it. `expected_version` and `token` as in `judge_card`,
        without the first it stands over any before. Raises `TableError` (a value that is not allowed), `UsageError`
        (unknown register or column, an id with other signs than a-z, 0-9 and "-", no date, a flow that is none),
        `StoreError` (a territory, document, provision, practice or event that is not there; `by` may not),
        `StaleWrite`; nothing is written then.
        """
        row = _checked(register, entry)
        at = stamp_now(now)
        with self._database.writing() as connection:
            may(connection, by, "rater")
            data, item = {**row, "by": by}, f"{register}:{row['id']}"
            version = events.append(connection, register, item, data, at=at, expected=expected_version, token=token)
            # Afterwards: that somebody took out the entry tells more than that what it hangs on went with it.
            _refuse_strangers(connection, register, row)
            return version

    def strike(
        self,
        register: Register,
        entry_id: str,
        *,
        by: str = "",
        expected_version: int | None = None,
        now: datetime | None = None,
    ) -> int:
        """Take an entry out of its register and return the version that says so; it stays in the history.

        `expected_version` as in `enter`. Raises `StaleWrite`, `StoreError` (not there; `by` may not).
        """
        with self._database.writing() as connection:
            may(connection, by, "rater")
            item = f"{register}:{entry_id}"
            version, standing = events.head(connection, register, item, "")
            if standing is None and expected_version in (None, version):
                raise StoreError("store.id_unknown", where=register, id=entry_id)
            at = stamp_now(now)
            return events.append(connection, register, item, None, at=at, action="removed", expected=expected_version)

    def entry_versions(self, register: Register) -> dict[str, int]:
        """Return the version of the last word on each entry of a register by its id, on those taken out too."""
        log = tables.events
        query = select(log.c.item, func.max(log.c.version)).where(log.c.kind == register).group_by(log.c.item)
        with self._database.reading() as connection:
            return {item.removeprefix(f"{register}:"): version for item, version in connection.execute(query)}

    def _register(self, register: Register, practice_id: str | None = None) -> pd.DataFrame:
        with self._database.reading() as connection:
            said = frames.said_of_kind(connection, register)
        kept = [_read(row) for row in said if practice_id in (None, row.get("practice_id"))]
        return _TABLES[register].frame(kept)


def _read(row: Mapping[str, Any]) -> dict[str, object]:
    made: dict[str, Any] = {name: tuple(value) if name in _LISTED else value for name, value in row.items()}
    if "flows" in made:
        made["flows"] = tuple(tuple(flow) for flow in made["flows"])
    return made


def _checked(register: Register, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as it is kept. Raises `UsageError` or `TableError` naming what is wrong."""
    table = _TABLES.get(register)
    if table is None:
        raise UsageError("store.value", where="register", value=repr(register), allowed=", ".join(_TABLES))
    for name in entry:
        if name not in table.columns:
            raise UsageError("store.value", where=register, value=repr(name), allowed=", ".join(table.columns))
    given = {name: entry.get(name, _NO_VALUES.get(name)) for name in table.columns}
    row = {name: _plain(name, value) for name, value in given.items()}
    if not _ID.fullmatch(str(row["id"] or "")):
        raise UsageError("store.value", where="id", value=repr(row["id"])[:80], allowed="a-z 0-9 -")
    for name in _DATES:
        if name in row and not _DATE.fullmatch(row[name]):
            raise UsageError("store.value", where=name, value=repr(row[name])[:80], allowed="YYYY, YYYY-MM, YYYY-MM-DD")
    for name, allowed in _ALLOWED.items():
        for value in row.get(name, ()):
            if value not in allowed:
                raise UsageError("store.value", where=name, value=repr(value)[:80], allowed=", ".join(allowed))
    for flow in row.get("flows", ()):
        if len(flow) != 3 or flow[1] not in model.DIALOGUE_FUNCTIONS or not all(map(str.strip, flow)):
            known = ", ".join(model.DIALOGUE_FUNCTIONS)
            raise UsageError("store.value", where="flows", value=repr(flow)[:80], allowed=known)
    held: dict[str, object] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    table.check(table.frame([held]))
    if "name" in row and not row["name"]:
        raise UsageError("store.value", where="name", value="''", allowed="…")
    return row


def _plain(name: str, value: Any) -> Any:
    """Return a value as JSON keeps it: lists of texts, text without blanks around it, what is missing as None."""
    if name == "flows":
        return [[str(part) for part in flow] for flow in value or ()]
    if name in _LISTED:
        return [str(one) for one in value or ()]
    if value is None or value != value:  # NaN, of a table
        return None
    if isinstance(value, str):
        return value.strip()
    return bool(value) if name in ("has_budget", "has_staff") else value


def _refuse_strangers(connection: Connection, register: Register, row: Mapping[str, Any]) -> None:
    """Raise `StoreError` for what an entry names and the project has not."""
    where = f"{register} {row['id']}"
    places = set(connection.scalars(select(tables.territories.c.id)))
    for name in _TERRITORIES:
        if row.get(name) is not None and row[name] not in places:
            raise StoreError("store.territory_unknown", where=row[name], known=", ".join(sorted(places)) or "-")
    named = [*row.get("provisions", ()), *([row["provision_id"]] if row.get("provision_id") else [])]
    there = set(connection.scalars(select(tables.provisions.c.id).where(tables.provisions.c.id.in_(named))))
    for name in named:
        if name not in there:
            raise StoreError("store.provision_unknown", where=where, id=name)
    documents = set(connection.scalars(select(tables.documents.c.id)))
    for name in row.get("agreements", ()):
        if name not in documents:
            raise StoreError("store.document_unknown", where=name)
    if register == "practice_event":
        practices = {one["id"] for one in frames.said_of_kind(connection, "practice")}
        path = {one["id"] for one in frames.said_of_kind(connection, "practice_event")}
        for name in ([] if row["practice_id"] in practices else [row["practice_id"]]) or [
            one for one in row["after"] if one not in path or one == row["id"]
        ]:
            raise StoreError("store.id_unknown", where=where, id=str(name))
