"""Reads declared tables out of a project; the filters are SQL, for a project may hold 100,000 provisions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, Text, cast, func, null, select, true

from workbench import model
from workbench.errors import StoreError
from workbench.store import tables
from workbench.store.rows import fetch, read, uncollected

if TYPE_CHECKING:
    import pandas as pd

_OF_PROVISION = tables.provisions.c.document_id == tables.documents.c.id


def _declared(table: model.Table, source: Any) -> Select:
    return select(*(source.c[name] for name in table.columns))


def territories(connection: Connection) -> pd.DataFrame:
    """Return TERRITORIES in the order they were added."""
    query = _declared(model.TERRITORIES, tables.territories).order_by(tables.territories.c.position)
    return read(connection, model.TERRITORIES, query)


def documents(connection: Connection) -> pd.DataFrame:
    """Return DOCUMENTS in the order they were added."""
    query = _declared(model.DOCUMENTS, tables.documents).order_by(tables.documents.c.position)
    return read(connection, model.DOCUMENTS, query)


def document_text(connection: Connection, document_id: str) -> str:
    """Return the whole text of a document. Raises `StoreError` when it is not in the project."""
    found = connection.scalar(select(tables.documents.c.text).where(tables.documents.c.id == document_id))
    if found is None:
        raise StoreError("store.document_unknown", where=document_id)
    return found


def page_starts(connection: Connection, document_id: str) -> tuple[tuple[int, int], ...]:
    """Return (page, first character) of each page of a document that has text; empty without pages."""
    found = connection.scalar(select(tables.documents.c.page_starts).where(tables.documents.c.id == document_id))
    if found is None:
        raise StoreError("store.document_unknown", where=document_id)
    return tuple((page, start) for page, start in found)


def provisions(connection: Connection, document_id: str | None, territory_id: str | None) -> pd.DataFrame:
    """Return PROVISIONS by document and place in it."""
    query = _declared(model.PROVISIONS, tables.provisions).join(tables.documents, _OF_PROVISION)
    if document_id is not None:
        query = query.where(tables.provisions.c.document_id == document_id)
    if territory_id is not None:
        query = query.where(tables.documents.c.territory_id == territory_id)
    order = (tables.documents.c.position, tables.provisions.c.order)
    return read(connection, model.PROVISIONS, query.order_by(*order))


def quality(connection: Connection, document_id: str) -> pd.DataFrame:
    """Return QUALITY of one document."""
    query = _declared(model.QUALITY, tables.quality).where(tables.quality.c.document_id == document_id)
    return read(connection, model.QUALITY, query.order_by(tables.quality.c.position))


def codings(connection: Connection, territory_id: str | None) -> pd.DataFrame:
    """Return CODINGS in the order they were made."""
    query = _declared(model.CODINGS, tables.codings)
    query = _in_territory(query, tables.codings.c.provision_id, territory_id)
    return read(connection, model.CODINGS, query.order_by(tables.codings.c.position))


def commitments(connection: Connection, territory_id: str | None, until: int | None = None) -> pd.DataFrame:
    """Return COMMITMENTS, those of a document together; what only states another one again is left out.

    With `until`, what people set after that event is put back to what stood before.
    """
    query = _declared(model.COMMITMENTS, tables.commitments)
    joined = select(tables.repeats.c.provision_id).where(tables.repeats.c.said == "one")
    query = query.where(tables.commitments.c.provision_id.not_in(joined))
    query = _in_territory(query, tables.commitments.c.provision_id, territory_id)
    found = fetch(connection, query.order_by(tables.commitments.c.position))
    before = {} if until is None else _before(connection, until)
    return model.COMMITMENTS.frame([{**row, **before.get(row["id"], {})} for row in found])


def _before(connection: Connection, until: int) -> dict[str, dict[str, Any]]:
    """Return by commitment what people changed after an event, as it was before the first of these changes."""
    log = tables.events
    query = select(log.c.item, log.c.data).where(log.c.kind == "commitment", log.c.seq > until)
    return {row.item: row.data["before"] for row in connection.execute(query.order_by(log.c.seq.desc()))}


def repeats(connection: Connection, territory_id: str | None) -> pd.DataFrame:
    """Return REPEATS by commitment and place in the text."""
    query = _declared(model.REPEATS, tables.repeats).join(
        tables.commitments, tables.commitments.c.id == tables.repeats.c.commitment_id
    )
    query = _in_territory(query, tables.repeats.c.provision_id, territory_id)
    return read(connection, model.REPEATS, query.order_by(tables.commitments.c.position, tables.repeats.c.provision_id))


def links(connection: Connection, local_territory: str | None, national_territory: str | None) -> pd.DataFrame:
    """Return LINKS in the order they were suggested."""
    query = _declared(model.LINKS, tables.links)
    if local_territory is not None:
        query = query.where(tables.links.c.local_territory == local_territory)
    if national_territory is not None:
        query = query.where(tables.links.c.national_territory == national_territory)
    return read(connection, model.LINKS, query.order_by(tables.links.c.position))


def cards(connection: Connection, territory_id: str | None) -> pd.DataFrame:
    """Return CARDS in the order they were made."""
    query = _declared(model.CARDS, tables.cards)
    if territory_id is not None:
        query = query.where(tables.cards.c.territory_id == territory_id)
    missing = lost_ids(connection)
    found = fetch(connection, query.order_by(tables.cards.c.position))
    for row in found if missing else ():
        row["candidates"] = tuple(one for one in row["candidates"] if one not in missing)
    return model.CARDS.frame(found)


def lost_ids(connection: Connection) -> set[str]:
    """Return the ids of provisions that are gone though people judged them: what hangs on them holds no longer."""
    return set(connection.scalars(select(tables.lost.c.provision_id)))


def said_of_lost(connection: Connection) -> list[tuple[str, str, str, int, tuple[str, ...]]]:
    """Return what people say now of provisions that are gone: kind, item, rater, version, and these provisions.

    A verdict on a card (of a commitment, or naming a provision, that is gone) and a judgement of a pair.
    """
    missing = lost_ids(connection)
    if not missing:
        return []
    found = []
    for kind in ("verdict", "judgement"):
        for row in _said(connection, _events(kind, latest=True)):
            places = (row["local_id"], row["national_id"], *row.get("carried_by", ()))
            gone = tuple(dict.fromkeys(one for one in places if one in missing))
            if gone:
                item = row["item"] if kind == "verdict" else f"p:{row['local_id']}|{row['national_id']}"
                found.append((kind, item, row["rater"], int(row["version"]), gone))
    return found


def verdicts(connection: Connection, territory_id: str | None, latest: bool, until: int | None = None) -> pd.DataFrame:
    """Return VERDICTS in the order they were given."""
    with uncollected():
        return model.VERDICTS.frame(said_of_cards(connection, territory_id, latest, until))


def judgements(
    connection: Connection, territory_id: str | None, latest: bool, until: int | None = None
) -> pd.DataFrame:
    """Return JUDGEMENTS in the order they were given; `territory_id` is that of the local provision."""
    with uncollected():
        return model.JUDGEMENTS.frame(said_of_pairs(connection, territory_id, latest, until))


def said_of_cards(
    connection: Connection, territory_id: str | None = None, latest: bool = True, until: int | None = None
) -> list[dict[str, Any]]:
    """Return the rows of VERDICTS as dictionaries."""
    query = _events("verdict", latest, until)
    if territory_id is not None:
        query = query.join(tables.cards, tables.cards.c.id == tables.events.c.item)
        query = query.where(tables.cards.c.territory_id == territory_id)
    said = _said(connection, query)
    for row in said:
        row["card_id"], row["carried_by"] = row["item"], tuple(row["carried_by"])
        row.setdefault("evidence", "")  # a verdict of before quotations were kept
    missing = lost_ids(connection)
    if not missing:
        return said
    return [row for row in said if row["national_id"] not in missing and missing.isdisjoint(row["carried_by"])]


def said_of_pairs(
    connection: Connection, territory_id: str | None = None, latest: bool = True, until: int | None = None
) -> list[dict[str, Any]]:
    """Return the rows of JUDGEMENTS as dictionaries."""
    said = _said(connection, _in_territory(_events("judgement", latest, until), tables.events.c.local_id, territory_id))
    missing = lost_ids(connection)
    return [row for row in said if missing.isdisjoint((row["local_id"], row["national_id"]))] if missing else said


def said_of_items(
    connection: Connection, territory_id: str | None, latest: bool, until: int | None = None
) -> list[dict[str, Any]]:
    """Return what was answered to the questionnaire as dictionaries, items of former questionnaires included."""
    query = _events("answer", latest, until)
    if territory_id is not None:
        query = query.where(tables.events.c.item.contains(f"@{territory_id}:", autoescape=True))
    return [row for row in _said(connection, query) if territory_id in (None, row.get("territory_id"))]


def said_of_kind(connection: Connection, kind: str) -> list[dict[str, Any]]:
    """Return what holds now of everything of one kind as dictionaries, in the order in which it was said last."""
    return _said(connection, _events(kind, latest=True))


def _said(connection: Connection, query: Select) -> list[dict[str, Any]]:
    """Return what the events found hold, beside who said it and when."""
    found = fetch(connection, query)
    # Read as one list: 300,000 values one by one take fifteen times as long.
    data = json.loads(f"[{','.join(row['data'] for row in found)}]")
    for row, said in zip(found, data, strict=True):
        row.update(said)
    return found


def _events(kind: str, latest: bool, until: int | None = None) -> Select:
    """Select what people said of one kind: what holds now, or everything ever said (without what undoing restored).

    `until` is the number of the last event that counts: what held then.
    """
    events = tables.events
    names = ("item", "rater", "version", "at", "local_id", "national_id")
    query = select(*(events.c[name] for name in names), cast(events.c.data, Text).label("data"))
    query = query.where(events.c.kind == kind, events.c.data.is_not(null())).order_by(events.c.seq)
    so_far = true() if until is None else events.c.seq <= until
    query = query.where(so_far)
    if not latest:
        return query.where(events.c.action == "set")
    newest = (
        select(events.c.item, events.c.rater, func.max(events.c.version).label("version"))
        .where(events.c.kind == kind, so_far)
        .group_by(events.c.item, events.c.rater)
        .subquery()
    )
    same = (
        (newest.c.item == events.c.item)
        & (newest.c.rater == events.c.rater)
        & (newest.c.version == events.c.version)
    )  # fmt: skip
    return query.join(newest, same)


def _in_territory(query: Select, provision: Any, territory_id: str | None) -> Select:
    """Keep what stands at provisions of a territory."""
    if territory_id is None:
        return query
    inside = (
        select(tables.provisions.c.id)
        .join(tables.documents, _OF_PROVISION)
        .where(tables.documents.c.territory_id == territory_id)
    )
    return query.where(provision.in_(inside))
