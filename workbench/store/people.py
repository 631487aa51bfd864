"""The part of a project's door for people: who they are, what each is to judge, what was settled between them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select, update

from workbench import model
from workbench.errors import StaleWrite, StoreError
from workbench.store import events, judged, tables
from workbench.store.adding import refuse_role
from workbench.store.engine import Database
from workbench.store.revising import stamp_now
from workbench.store.rows import insert_rows, read, refuse_twice, refuse_unknown, rows

if TYPE_CHECKING:
    import pandas as pd


class People:
    """Methods of `Project`."""

    _database: Database
    _until: int | None

    def people(self) -> pd.DataFrame:
        """Return PEOPLE in the order they came in. While there are none, anybody may judge under any name."""
        with self._database.reading() as connection:
            return read(connection, model.PEOPLE, _select(model.PEOPLE, tables.people))

    def set_person(
        self,
        name: str,
        *,
        role: str = "rater",
        side: str = "third",
        language: str | None = None,
        by: str = "",
        now: datetime | None = None,
    ) -> None:
        """Add a person, or change one. Names are local to the project; there are no passwords.

        From the first person on, only people of the project may judge, and viewers may not. `by` says who does
        this: from the first owner on, it must be an owner. Raises `TableError` (a value that is not allowed),
        `UsageError` (no name), `StoreError` (`by` may not; the last owner would be none any more).
        """
        frame = model.PEOPLE.frame(
            [{"name": judged.rater_name(name), "role": role, "side": side, "language": language}]
        )
        (row,) = rows(model.PEOPLE, frame)
        with self._database.writing() as connection:
            roles = _roles(connection)
            _refuse_others(roles, by)
            if [who for who, what in roles.items() if what == "owner"] == [row["name"]] and role != "owner":
                raise StoreError("store.last_owner", where=str(row["name"]))
            table = tables.people
            if row["name"] in roles:
                connection.execute(update(table).where(table.c.name == row["name"]).values(row))
            else:
                connection.execute(insert(table).values(row))
            events.append(connection, "person", str(row["name"]), row, at=stamp_now(now), rater=by)

    def refuse_unless_owner(self, by: str) -> None:
        """Raise `StoreError` where the project has an owner and `by` is none; nothing is written."""
        with self._database.reading() as connection:
            _refuse_others(_roles(connection), by)

    def assignments(self, rater: str | None = None, territory_id: str | None = None) -> pd.DataFrame:
        """Return ASSIGNMENTS in the order of the queue, of a rater and of a local territory's cards, or all."""
        query = _select(model.ASSIGNMENTS, tables.assignments)
        if territory_id is not None:
            own = select(tables.cards.c.id).where(tables.cards.c.territory_id == territory_id)
            query = query.where(tables.assignments.c.card_id.in_(own))
        if rater is not None:
            query = query.where(tables.assignments.c.rater == rater)
        with self._database.reading() as connection:
            return read(connection, model.ASSIGNMENTS, query.order_by(None).order_by(*_QUEUE))

    def assign(self, frame: pd.DataFrame, *, by: str = "", now: datetime | None = None) -> None:
        """Add ASSIGNMENTS; a card that a rater has already keeps its place.

        From the first owner on, `by` must be an owner. Raises `TableError`, `StoreError` (an unknown card, a pair
        twice, a rater who may not judge, `by` may not).
        """
        found = rows(model.ASSIGNMENTS, frame)
        refuse_twice((f"{row['rater']} {row['card_id']}" for row in found), model.ASSIGNMENTS.name)
        with self._database.writing() as connection:
            _refuse_others(_roles(connection), by)
            cards = set(connection.scalars(select(tables.cards.c.id)))
            refuse_unknown((str(row["card_id"]) for row in found), cards, "store.id_unknown", model.ASSIGNMENTS.name)
            for rater in sorted({str(row["rater"]) for row in found}):
                may(connection, rater, "rater")
            known = connection.execute(select(tables.assignments.c.rater, tables.assignments.c.card_id)).all()
            there = {(rater, card) for rater, card in known}
            fresh = [row for row in found if (row["rater"], row["card_id"]) not in there]
            insert_rows(connection, tables.assignments, fresh)
            events.append(connection, "assignments", "assignments", {"count": len(fresh)}, at=stamp_now(now), rater=by)

    def unassign(
        self, rater: str, *, cards: Iterable[str] | None = None, by: str = "", now: datetime | None = None
    ) -> None:
        """Take cards out of a rater's queue, all of them where none is named; what was judged stays.

        `by` as in `assign`. Raises `StoreError` (`by` may not).
        """
        table = tables.assignments
        query = delete(table).where(table.c.rater == rater)
        if cards is not None:
            query = query.where(table.c.card_id.in_(list(cards)))
        with self._database.writing() as connection:
            _refuse_others(_roles(connection), by)
            connection.execute(query)
            events.append(connection, "assignments", rater, {"count": 0}, at=stamp_now(now), rater=by)

    def adjudicate(
        self,
        card_id: str,
        *,
        rater: str,
        uptake: int | None,
        conflict: int | None,
        carried_by: Iterable[str] = (),
        reason: str = "",
        expected_version: int = 0,
        over: tuple[str, int] | None = None,
        token: str | None = None,
        now: datetime | None = None,
    ) -> int:
        """Settle a card on which raters differ, and return the version. The raters' own verdicts stay as they are.

        `over` names whose word the card was settled with, and its version, where another adjudicator's is to be
        replaced; it stays in the history. Raises as `judge_card`, `StaleWrite` also where somebody else settled the
        card meanwhile, and `StoreError` where the project has people and `rater` is no adjudicator or owner.
        """
        data = judged.verdict(uptake, conflict, carried_by, "high", reason)
        del data["confidence"], data["evidence"]
        who = judged.rater_name(rater)
        with self._database.writing() as connection:
            may(connection, who, "adjudicator")
            national = judged.national_of_card(connection, card_id, data)
            known = events.version_of_token(connection, token, "adjudication", card_id, who)
            if known is not None:
                return known
            standing = next((row for row in settled(connection) if row["card_id"] == card_id), None)
            if standing and standing["rater"] != who and over != (standing["rater"], standing["version"]):
                raise StaleWrite(
                    "store.stale", where=card_id, expected=over[1] if over else 0, current=standing["version"],
                    mine=data, theirs=standing,
                )  # fmt: skip
            return events.append(
                connection, "adjudication", card_id, data, at=stamp_now(now), rater=who, token=token,
                expected=None if over else expected_version, national_id=national,
            )  # fmt: skip

    def adjudications(self) -> pd.DataFrame:
        """Return ADJUDICATIONS, the word that stands on each card: the last one that was not taken back."""
        with self._database.reading() as connection:
            made = settled(connection, self._until)
        return model.ADJUDICATIONS.frame([{**row, "carried_by": tuple(row["carried_by"])} for row in made])


def settled(connection: Connection, until: int | None = None) -> list[dict[str, Any]]:
    """Return the rows of ADJUDICATIONS; who takes a word back takes back their own."""
    log = tables.events
    names = ("item", "rater", "at", "version", "action", "data")
    query = select(*(log.c[name] for name in names)).where(log.c.kind == "adjudication").order_by(log.c.seq)
    if until is not None:
        query = query.where(log.c.seq <= until)
    words: dict[str, list[Any]] = {}
    newest: dict[tuple[str, str], int] = {}
    for row in connection.execute(query):
        said = words.setdefault(row.item, [])
        newest[row.item, row.rater] = row.version
        if row.action == "undo":
            said.remove([word for word in said if word.rater == row.rater][-1])
        else:
            said.append(row)
    return [
        {"card_id": card, "rater": said[-1].rater, "at": said[-1].at, "version": newest[card, said[-1].rater],
         **said[-1].data}
        for card, said in words.items() if said
    ]  # fmt: skip


_ROLES = select(tables.people.c.name, tables.people.c.role)
_QUEUE = (tables.assignments.c.rater, tables.assignments.c.order, tables.assignments.c.position)


def may(connection: Connection, name: str, needed: str) -> None:
    """Raise `StoreError` unless the project has no people, or this person's role is at least the one needed."""
    roles = _roles(connection)
    refuse_role(SimpleNamespace(has_people=bool(roles), role=roles.get(name)), name, needed)


def _refuse_others(roles: dict[str, str], by: str) -> None:
    """Raise `StoreError` where there is an owner and somebody else wants to do what is the owner's."""
    if "owner" in roles.values() and roles.get(by) != "owner":
        raise StoreError("store.role", where=by or "-", role=roles.get(by, "-"), needed="owner")


def _roles(connection: Connection) -> dict[str, str]:
    return {row.name: row.role for row in connection.execute(_ROLES)}


def _select(table: model.Table, source: Any) -> Any:
    return select(*(source.c[name] for name in table.columns)).order_by(source.c.position)
