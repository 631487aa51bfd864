"""Puts documents into a project whole, and takes them out without losing what people said about them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from workbench import model
from workbench.errors import StoreError
from workbench.store import events, tables
from workbench.store.commitments import insert_commitments
from workbench.store.frames import said_of_cards, said_of_pairs
from workbench.store.judged import pair_id
from workbench.store.rows import insert_rows, refuse_twice, refuse_unknown, rows

if TYPE_CHECKING:
    import pandas as pd


def add(
    connection: Connection,
    document: model.Document,
    segmentation: model.Segmentation,
    codings: pd.DataFrame,
    commitments: pd.DataFrame | None,
    about: dict[str, Any],
) -> None:
    """Write a document with everything found in it.

    `about` holds the columns of DOCUMENTS that the file itself does not say. Raises `StoreError`
    (there already, unknown territory, rows of another document) and `TableError`.
    """
    level = _level(connection, about["territory_id"])
    _refuse_known(connection, document)
    row = {
        "id": document.id,
        "name": document.name,
        "format": document.format,
        "sha256": document.sha256,
        "pages": document.pages,
        "metadata": dict(document.metadata),
        "page_starts": page_starts(document),
        "text": document.text,
        "text_sha256": text_hash(document.text),
        "version": 1,
        **about,
        "date": about.get("date") or "",
        "level": about["level"] or level,
        "title": about["title"] or document.title or document.name,
        "language": about["language"] or document.language,
    }
    model.DOCUMENTS.check(model.DOCUMENTS.frame([row]))
    connection.execute(insert(tables.documents).values(row))
    provisions = checked_provisions(segmentation.provisions, document.id, document.name)
    insert_rows(connection, tables.provisions, provisions)
    known = {str(provision["id"]) for provision in provisions}
    insert_findings(connection, document.id, document.name, known, segmentation.quality, codings)
    if commitments is not None:
        insert_commitments(connection, commitments, known, document.name)
    about_event = {"title": row["title"], "territory_id": row["territory_id"], "sha256": document.sha256}
    events.append(connection, "document", document.id, about_event, at=about["added_at"])


def checked_provisions(provisions: pd.DataFrame, document_id: str, name: str) -> list[dict[str, Any]]:
    """Return PROVISIONS as plain rows. Raises `StoreError` for an id twice or a provision of another document."""
    found: list[dict[str, Any]] = rows(model.PROVISIONS, provisions)
    refuse_twice((str(provision["id"]) for provision in found), name)
    owners = (str(provision["document_id"]) for provision in found)
    refuse_unknown(owners, {document_id}, "store.not_of_document", name)
    return found


def insert_findings(
    connection: Connection, document_id: str, name: str, known: set[str], quality: pd.DataFrame, codings: pd.DataFrame
) -> None:
    """Insert the quality notes of a document and codings of its provisions. Raises `StoreError`, `TableError`."""
    notes = rows(model.QUALITY, quality)
    _refuse_strangers(notes, known, name)
    insert_rows(connection, tables.quality, [{"document_id": document_id, **note} for note in notes])
    coded = rows(model.CODINGS, codings)
    _refuse_strangers(coded, known, name)
    insert_rows(connection, tables.codings, coded)


def remove(connection: Connection, document_id: str, *, force: bool, rater: str, at: str) -> None:
    """Take a document out. What people said about it stays in the log, marked as removed.

    Raises `StoreError` when it is not there, or when judgements hang on it and `force` is not set.
    """
    documents = tables.documents
    row = connection.execute(
        select(documents.c.title, documents.c.territory_id).where(documents.c.id == document_id)
    ).first()
    if row is None:
        raise StoreError("store.document_unknown", where=document_id)
    ours = set(connection.scalars(select(tables.provisions.c.id).where(tables.provisions.c.document_id == document_id)))
    hanging = hanging_on(connection, ours)
    if hanging and not force:
        raise StoreError("store.document_judged", where=row.title, count=len(hanging))
    for event in hanging:
        events.append(connection, at=at, data=None, action="removed", **event)
    _prune_candidates(connection, row.territory_id, ours)
    connection.execute(delete(documents).where(documents.c.id == document_id))
    events.append(connection, "document", document_id, None, at=at, rater=rater, action="removed")


def text_hash(text: str) -> str:
    """Return the sha256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _level(connection: Connection, territory_id: str) -> str:
    found = connection.execute(select(tables.territories.c.id, tables.territories.c.level))
    known = {row.id: row.level for row in found}
    if territory_id not in known:
        raise StoreError("store.territory_unknown", where=territory_id, known=", ".join(known) or "-")
    return known[territory_id]


def _refuse_known(connection: Connection, document: model.Document) -> None:
    documents = tables.documents
    same = connection.execute(
        select(documents.c.title, documents.c.territory_id).where(
            or_(documents.c.sha256 == document.sha256, documents.c.id == document.id)
        )
    ).first()
    if same is not None:
        # Ids come from the content, so the same file cannot stand in a project for two territories either.
        raise StoreError("store.duplicate", where=document.name, title=same.title, territory=same.territory_id)


def _refuse_strangers(found: list[dict[str, Any]], known: set[str], where: str) -> None:
    named = (row["provision_id"] for row in found if row["provision_id"] is not None)
    refuse_unknown(named, known, "store.provision_unknown", where)


def page_starts(document: model.Document) -> list[list[int]]:
    """Return (page, first character) of each page of a document that has text."""
    starts: dict[int, int] = {}
    for block in document.blocks:
        if block.page is not None:
            starts[block.page] = min(block.start, starts.get(block.page, block.start))
    return [[page, start] for page, start in sorted(starts.items())]


def hanging_on(connection: Connection, ours: set[str]) -> list[dict[str, Any]]:
    """Return what people say now about provisions of a document, as the keys of their events."""
    hanging: list[dict[str, Any]] = []
    for said in said_of_pairs(connection):
        ids = {"local_id": said["local_id"], "national_id": said["national_id"]}
        if not ours.isdisjoint(ids.values()):
            hanging.append({"kind": "judgement", "item": pair_id(**ids), "rater": said["rater"], **ids})
    cards, commitments = tables.cards, tables.commitments
    query = select(cards.c.id, cards.c.candidates, commitments.c.provision_id).join(
        commitments, commitments.c.id == cards.c.commitment_id
    )
    shown = {row.id: (row.provision_id, {row.provision_id, *row.candidates}) for row in connection.execute(query)}
    for said in said_of_cards(connection):
        statement, read = shown.get(said["card_id"], (None, set()))
        if not ours.isdisjoint({*read, *said["carried_by"]}):
            who = {"item": said["card_id"], "rater": said["rater"], "national_id": statement}
            hanging.append({"kind": "verdict", **who})
    return hanging


def _prune_candidates(connection: Connection, territory_id: str, ours: set[str]) -> None:
    """Take the provisions of a document out of the cards of its territory."""
    cards = tables.cards
    query = select(cards.c.id, cards.c.candidates).where(cards.c.territory_id == territory_id)
    for row in connection.execute(query).all():
        kept = [provision for provision in row.candidates if provision not in ours]
        if len(kept) < len(row.candidates):
            connection.execute(update(cards).where(cards.c.id == row.id).values(candidates=kept))
