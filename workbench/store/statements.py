"""Keeps which provisions state one and the same commitment: proposed by the program, settled by a person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, delete, select, update

from workbench import model
from workbench.errors import StoreError, UsageError
from workbench.store import events, frames, tables
from workbench.store.engine import Database
from workbench.store.judged import rater_name, territory_of
from workbench.store.people import may
from workbench.store.revising import stamp_now
from workbench.store.rows import insert_rows, refuse_twice, refuse_unknown, rows

if TYPE_CHECKING:
    import pandas as pd

Said = Literal["proposed", "one", "apart"]


class Statements:
    """Methods of `Project`."""

    _database: Database

    def repeats(self, territory_id: str | None = None) -> pd.DataFrame:
        """Return REPEATS of a (national) territory, or all: further statements of commitments."""
        with self._database.reading() as connection:
            return frames.repeats(connection, territory_id)

    def save_repeats(self, frame: pd.DataFrame, *, territory_id: str, now: datetime | None = None) -> None:
        """Replace the proposed REPEATS of a territory; what a person said with `say_repeat` holds on.

        Raises `TableError`, `StoreError` (a commitment or provision that is not of the territory, a provision twice).
        """
        with self._database.writing() as connection:
            save(connection, frame, territory_id, at=stamp_now(now))

    def say_repeat(
        self, commitment_id: str, provision_id: str, *, said: Said, rater: str, now: datetime | None = None
    ) -> int:
        """Say that a provision states a commitment again ("one"), does not ("apart"), or take that back ("proposed").

        A provision that states one again is no commitment of its own any more: `commitments` leaves it out, its own
        cards and what was judged on them stay and come back with "apart". Returns the event's version.
        Raises `UsageError` (another word), `StoreError` (unknown commitment, a provision of another territory, the
        main statement itself, a chain: one of the two is joined to something else already, a rater who may not judge).
        """
        who = rater_name(rater)
        if said not in model.REPEAT_SAID:
            raise UsageError("store.value", where="said", value=repr(said), allowed=", ".join(model.REPEAT_SAID))
        with self._database.writing() as connection:
            may(connection, who, "rater")
            return say(connection, commitment_id, provision_id, said, rater=who, at=stamp_now(now))


def save(connection: Connection, frame: pd.DataFrame, territory_id: str, *, at: str) -> None:
    """Replace the proposals of a territory, under what people said. Raises `TableError`, `StoreError`."""
    where = model.REPEATS.name
    found = rows(model.REPEATS, frame)
    refuse_twice((str(row["provision_id"]) for row in found), where)
    provisions = set(frames.provisions(connection, None, territory_id)["id"])
    main = _main_statements(connection)
    refuse_unknown((str(row["provision_id"]) for row in found), provisions, "store.provision_unknown", where)
    refuse_unknown((str(row["commitment_id"]) for row in found), set(main), "store.id_unknown", where)
    refuse_unknown((main[str(row["commitment_id"])] for row in found), provisions, "store.provision_unknown", where)
    by_provision = {str(row["provision_id"]): row for row in found}
    for provision, said in _said_by_people(connection).items():
        if provision not in provisions or main.get(said["commitment_id"]) not in provisions:
            continue
        proposed = by_provision.get(provision)
        is_same = proposed is not None and proposed["commitment_id"] == said["commitment_id"]
        if is_same or said["said"] == "one":
            by_provision[provision] = {"share": None, **(proposed if is_same and proposed else {}), **said}
    kept = _without_chains(list(by_provision.values()), main)
    connection.execute(delete(tables.repeats).where(tables.repeats.c.provision_id.in_(provisions)))
    insert_rows(connection, tables.repeats, kept)
    events.append(connection, "repeat", territory_id, {"count": len(found)}, at=at)


def say(connection: Connection, commitment_id: str, provision_id: str, said: Said, *, rater: str, at: str) -> int:
    """Take down whether a provision states a commitment again, and return the event's version."""
    main = _main_statements(connection)
    if commitment_id not in main:
        raise StoreError("store.commitment_unknown", where=commitment_id)
    if main[commitment_id] == provision_id:
        raise StoreError("store.repeat_itself", where=provision_id)
    places = [territory_of(connection, name) for name in (main[commitment_id], provision_id)]
    if places[1] is None or places[0] != places[1]:
        raise StoreError("store.provision_unknown", where=commitment_id, id=provision_id)
    table = tables.repeats
    there = connection.execute(select(table).where(table.c.provision_id == provision_id)).mappings().first()
    if said == "one":
        _refuse_chain(connection, commitment_id, provision_id, main, there)
    row = {"provision_id": provision_id, "commitment_id": commitment_id, "said": said, "share": None}
    if there is None:
        insert_rows(connection, table, [row])
    elif there["commitment_id"] == commitment_id:
        connection.execute(update(table).where(table.c.provision_id == provision_id).values(said=said))
    elif said == "one":
        connection.execute(update(table).where(table.c.provision_id == provision_id).values(row))
    data = {"provision_id": provision_id, "commitment_id": commitment_id, "said": said}
    return events.append(connection, "repeat", provision_id, data, at=at, rater=rater, national_id=provision_id)


def _refuse_chain(
    connection: Connection, commitment_id: str, provision_id: str, main: dict[str, str], there: Any
) -> None:
    """Every statement hangs on one main statement, which hangs on none."""
    table = tables.repeats
    joined = dict(
        connection.execute(select(table.c.provision_id, table.c.commitment_id).where(table.c.said == "one")).all()
    )
    own = [name for name, provision in main.items() if provision == provision_id]
    is_taken = there is not None and there["said"] == "one" and there["commitment_id"] != commitment_id
    if is_taken or main[commitment_id] in joined or set(own) & set(joined.values()):
        raise StoreError("store.repeat_chain", where=provision_id)


def _without_chains(found: list[dict[str, Any]], main: dict[str, str]) -> list[dict[str, Any]]:
    """Leave out proposals that what people said has overtaken."""
    joined = {row["provision_id"] for row in found if row["said"] == "one"}
    over = {main[row["commitment_id"]] for row in found if row["said"] == "one"}
    return [
        row
        for row in found
        if row["said"] == "one" or (main[row["commitment_id"]] not in joined and row["provision_id"] not in over)
    ]


def _main_statements(connection: Connection) -> dict[str, str]:
    table = tables.commitments
    return dict(connection.execute(select(table.c.id, table.c.provision_id)).all())


def _said_by_people(connection: Connection) -> dict[str, dict[str, Any]]:
    """Return what people said last, by provision: it outlives a new version of the document and new proposals."""
    log = tables.events
    query = select(log.c.item, log.c.data).where(log.c.kind == "repeat", log.c.rater != "").order_by(log.c.seq)
    return {row.item: dict(row.data) for row in connection.execute(query)}
