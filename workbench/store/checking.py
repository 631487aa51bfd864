"""Says what is wrong inside a project: the file, what points nowhere, texts that changed, gaps in the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from workbench.store import tables
from workbench.store.documents import text_hash
from workbench.store.frames import lost_ids, said_of_cards, said_of_items, said_of_pairs

Problem = tuple[str, dict[str, Any]]


def problems(connection: Connection) -> Iterator[Problem]:
    """Yield the key of a message and its values for each thing that is not as it must be."""
    if connection.dialect.name == "sqlite":  # a server watches over its own pages and keys
        for (verdict,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if verdict != "ok":
                yield "store.check.integrity", {"what": verdict}
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield "store.check.orphan", {"table": row[0], "id": row[1], "target": row[2]}
    yield from _texts(connection)
    yield from _pointers(connection)
    yield from _log(connection)


def _texts(connection: Connection) -> Iterator[Problem]:
    documents, provisions = tables.documents, tables.provisions
    lengths: dict[str, int] = {}
    # One text at a time: together they may be larger than memory.
    names = connection.execute(select(documents.c.id, documents.c.title, documents.c.text_sha256)).all()
    for document_id, title, stored in names:
        text = connection.scalar(select(documents.c.text).where(documents.c.id == document_id)) or ""
        lengths[document_id] = len(text)
        if text_hash(text) != stored:
            yield "store.check.text", {"title": title}
    columns = (provisions.c.id, provisions.c.document_id, provisions.c.start, provisions.c.end)
    for name, document_id, start, end in connection.execute(select(*columns)):
        if not 0 <= start <= end <= lengths.get(document_id, -1):
            yield "store.check.span", {"id": name}


def _pointers(connection: Connection) -> Iterator[Problem]:
    """Find what no foreign key guards: parents, candidates, and what people said."""
    territories = set(connection.scalars(select(tables.territories.c.id)))
    parents = connection.execute(select(tables.territories.c.id, tables.territories.c.parent))
    for name, parent in parents:
        if parent is not None and parent not in territories:
            yield "store.check.points_nowhere", {"id": name, "target": parent}
    # What hangs on a provision that is gone is listed for the user and no fault of the file.
    provisions = set(connection.scalars(select(tables.provisions.c.id))) | lost_ids(connection)
    cards = {row.id: row.candidates for row in connection.execute(select(tables.cards.c.id, tables.cards.c.candidates))}
    for name, candidates in cards.items():
        for target in candidates:
            if target not in provisions:
                yield "store.check.points_nowhere", {"id": name, "target": target}
    for said in said_of_cards(connection):
        missing = [target for target in said["carried_by"] if target not in provisions]
        for target in missing if said["card_id"] in cards else [said["card_id"]]:
            yield "store.check.points_nowhere", {"id": f"{said['card_id']} ({said['rater']})", "target": target}
    for said in said_of_pairs(connection):
        for target in (said["local_id"], said["national_id"]):
            if target not in provisions:
                yield "store.check.points_nowhere", {"id": f"{said['local_id']} ({said['rater']})", "target": target}
    for said in said_of_items(connection, None, latest=True):
        target = said.get("territory_id")
        if target not in territories:
            yield "store.check.points_nowhere", {"id": f"{said['item']} ({said['rater']})", "target": target}


def _log(connection: Connection) -> Iterator[Problem]:
    log = tables.events
    query = select(log.c.item, log.c.rater).group_by(log.c.kind, log.c.item, log.c.rater)
    for item, rater in connection.execute(query.having(func.max(log.c.version) != func.count())):
        yield "store.check.gap", {"id": item, "rater": rater}
