"""The log of everything people said: rows are only ever added, and what holds now is the newest of them.

An event speaks of one `item` (a card, a pair, a commitment …) by one rater and carries the next
`version` of that rater's word on it. `data` is the new value; none means: nothing said (any more).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select

from workbench import model
from workbench.errors import StaleWrite, StoreError, UsageError
from workbench.store import tables
from workbench.store.rows import fetch
from workbench.store.tables import events

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal[
    "verdict",
    "judgement",
    "commitment",
    "territory",
    "document",
    "links",
    "cards",
    "commitments",
    "edit",
    "shown",
    "repeat",
    "person",
    "assignments",
    "adjudication",
    "answer",
    "score",
    "finding",
    "mechanism",
    "practice",
    "practice_event",
    "corridor",
]
Action = Literal["set", "undo", "removed"]

# Built once: every save runs them while it holds the right to write, and others wait for it.
_OF_TOKEN = select(events.c.kind, events.c.item, events.c.rater, events.c.version).where(
    events.c.token == bindparam("this_token")
)
_HEAD = (
    select(events.c.version, events.c.data)
    .where(
        events.c.kind == bindparam("this_kind"),
        events.c.item == bindparam("this_item"),
        events.c.rater == bindparam("this_rater"),
    )
    .order_by(events.c.version.desc())
    .limit(1)
)
_OF_ITEM = and_(
    events.c.kind == bindparam("this_kind"),
    events.c.item == bindparam("this_item"),
    events.c.rater == bindparam("this_rater"),
)
# What the token was used for, and the newest word on the item, in one question.
_BOTH = select(events.c.kind, events.c.item, events.c.rater, events.c.version, events.c.data, events.c.token).where(
    or_(
        events.c.token == bindparam("this_token"),
        and_(_OF_ITEM, events.c.version == select(func.max(events.c.version)).where(_OF_ITEM).scalar_subquery()),
    )
)
_INSERT = insert(events)


def stamp(now: datetime) -> str:
    """Return a moment as ISO 8601 in UTC, e.g. 2026-11-01T00:00:00.000Z. A moment without zone is refused."""
    if now.tzinfo is None:
        raise UsageError("store.value", where="now", value=now.isoformat(), allowed="datetime(…, tzinfo=UTC)")
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def append(
    connection: Connection,
    kind: Kind,
    item: str,
    data: Mapping[str, object] | None,
    *,
    at: str,
    rater: str = "",
    action: Action = "set",
    expected: int | None = None,
    token: str | None = None,
    local_id: str | None = None,
    national_id: str | None = None,
) -> int:
    """Add one event and return its version.

    `expected` is the version the writer saw last (0 = none); None adds to whatever stands there.
    The same `token` twice counts once. Raises `StaleWrite`, with `mine` and `theirs` in its values,
    when a newer version stands there, and `StoreError` for a token used for something else.
    """
    known, version, standing = _standing(connection, token, kind, item, rater)
    if known is not None:
        return known
    # Who saw nothing and finds nothing standing (all taken back) overwrites nobody.
    is_stale = expected is not None and expected != version and not (expected == 0 and standing is None)
    if is_stale:
        raise StaleWrite("store.stale", where=item, expected=expected, current=version, mine=data, theirs=standing)
    row = {
        "kind": kind, "item": item, "rater": rater, "version": version + 1, "action": action, "at": at, "token": token,
        "local_id": local_id, "national_id": national_id, "data": data,
    }  # fmt: skip
    connection.execute(_INSERT, row)
    return version + 1


def _standing(
    connection: Connection, token: str | None, kind: str, item: str, rater: str
) -> tuple[int | None, int, dict[str, Any] | None]:
    """Return the version that this token made (None = new), and the newest version of the item with its value."""
    asked = {"this_token": token, "this_kind": kind, "this_item": item, "this_rater": rater}
    known, version, standing = None, 0, None
    for row in connection.execute(_BOTH, asked):
        is_of_item = (row.kind, row.item, row.rater) == (kind, item, rater)
        if token is not None and row.token == token:
            if not is_of_item:
                raise StoreError("store.token", where=token)
            known = row.version
        if is_of_item and row.version > version:
            version, standing = row.version, row.data
    return known, version, standing


def version_of_token(connection: Connection, token: str | None, kind: str, item: str, rater: str) -> int | None:
    """Return the version an earlier save with this token made, None if there was none."""
    if token is None:
        return None
    row = connection.execute(_OF_TOKEN, {"this_token": token}).first()
    if row is None:
        return None
    if (row.kind, row.item, row.rater) != (kind, item, rater):
        raise StoreError("store.token", where=token)
    return row.version


def head(connection: Connection, kind: str, item: str, rater: str) -> tuple[int, dict[str, Any] | None]:
    """Return the newest version of a rater's word on an item (0 = none) and its value."""
    row = connection.execute(_HEAD, {"this_kind": kind, "this_item": item, "this_rater": rater}).first()
    return (0, None) if row is None else (row.version, row.data)


def before_last(connection: Connection, kind: str, item: str, rater: str) -> dict[str, Any] | None:
    """Return the value that held before the last one not yet undone; None = nothing said.

    Raises `StoreError` when there is nothing (left) to undo.
    """
    said: list[dict[str, Any] | None] = []
    query = select(events.c.action, events.c.data).where(
        events.c.kind == kind, events.c.item == item, events.c.rater == rater
    )
    for action, data in connection.execute(query.order_by(events.c.version)):
        if action == "undo":
            said.pop()
        else:
            said.append(data)
    if not said:
        raise StoreError("store.nothing_to_undo", where=item)
    return said[-2] if len(said) > 1 else None


def counter(connection: Connection) -> int:
    """Return the number of the last event, 0 for a new project."""
    return connection.scalar(select(func.max(events.c.seq))) or 0


def history(connection: Connection, *, item: str | None = None, pair: tuple[str, str] | None = None) -> pd.DataFrame:
    """Return HISTORY of an item, a pair, or of everything said about a provision, oldest first; of all where none.

    Raises `StoreError` where nothing of this name is in the project nor was ever spoken of.
    """
    names = (name for name in model.HISTORY.columns if name != "value")
    query = select(*(events.c[name] for name in names), events.c.data.label("value")).order_by(events.c.seq)
    if pair is not None:
        query = query.where(events.c.local_id == pair[0], events.c.national_id == pair[1])
    elif item is not None:
        query = query.where(or_(events.c.item == item, events.c.local_id == item, events.c.national_id == item))
    found = fetch(connection, query)
    for name in () if found else (pair or (item,)):
        if name is not None and not _is_there(connection, name):
            raise StoreError("store.id_unknown", where="history", id=name)
    return model.HISTORY.frame(found)


def _is_there(connection: Connection, name: str) -> bool:
    """Tell whether something of the project has this id."""
    if name.startswith("p:"):  # a pair of which nothing was said yet: its provisions must be there
        return all(_is_there(connection, side) for side in name[2:].split("|", 1))
    kept = (tables.provisions, tables.cards, tables.commitments, tables.documents, tables.territories)
    ids = [table.c.id for table in kept] + [tables.people.c.name, tables.lost.c.provision_id]
    return any(connection.execute(select(column).where(column == name)).first() for column in ids)
