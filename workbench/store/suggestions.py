"""Keeps what the program suggests: links of two territories, and cards with their candidates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select, update

from workbench import model
from workbench.store import events, tables
from workbench.store.rows import insert_rows, refuse_twice, refuse_unknown, rows

if TYPE_CHECKING:
    import pandas as pd


def save_links(
    connection: Connection, frame: pd.DataFrame, *, local_territory: str, national_territory: str, at: str
) -> None:
    """Replace the suggestions of two territories.

    Raises `TableError`, `StoreError` (unknown territory, a provision that is not of its side).
    """
    found = rows(model.LINKS, frame)
    refuse_unknown((local_territory, national_territory), _territories(connection), "store.id_unknown", "territories")
    for side, territory in (("local_id", local_territory), ("national_id", national_territory)):
        known = _provisions(connection, territory)
        refuse_unknown((str(row[side]) for row in found), known, "store.provision_unknown", side)
    links = tables.links
    connection.execute(
        delete(links).where(
            links.c.local_territory == local_territory, links.c.national_territory == national_territory
        )
    )
    sides = {"local_territory": local_territory, "national_territory": national_territory}
    insert_rows(connection, links, [{**sides, **row} for row in found])
    events.append(connection, "links", f"{local_territory}|{national_territory}", {"count": len(found)}, at=at)


def save_cards(
    connection: Connection, frame: pd.DataFrame, *, replace_unjudged: bool, replace_shown: bool, at: str
) -> None:
    """Add cards. A card that is there keeps its candidates.

    With `replace_unjudged` only one that somebody judged or was shown keeps them, with `replace_shown` besides
    only one that somebody judged.

    Raises `TableError`, `StoreError` (unknown territory, commitment or provision).
    """
    found = rows(model.CARDS, frame)
    _refuse_strangers(connection, found)
    cards = tables.cards
    there = set(connection.scalars(select(cards.c.id)))
    insert_rows(connection, cards, [row for row in found if row["id"] not in there])
    if replace_unjudged:
        frozen = _seen(connection, ("verdict",) if replace_shown else ("verdict", "shown"))
        for row in found:
            if row["id"] in there and row["id"] not in frozen:
                connection.execute(
                    update(cards)
                    .where(cards.c.id == row["id"])
                    .values(candidates=row["candidates"], kind=row["kind"])
                )  # fmt: skip
    places = sorted({str(row["territory_id"]) for row in found})
    events.append(connection, "cards", "|".join(places), {"count": len(found)}, at=at)


def _refuse_strangers(connection: Connection, found: list[dict[str, object]]) -> None:
    where = model.CARDS.name
    refuse_twice((str(row["id"]) for row in found), where)
    territories = {str(row["territory_id"]) for row in found}
    refuse_unknown(territories, _territories(connection), "store.id_unknown", where)
    commitments = set(connection.scalars(select(tables.commitments.c.id)))
    refuse_unknown((str(row["commitment_id"]) for row in found), commitments, "store.id_unknown", where)
    known = {territory: _provisions(connection, territory) for territory in territories}
    for row in found:
        candidates: Iterable[str] = row["candidates"]  # type: ignore[assignment]
        refuse_unknown(candidates, known[str(row["territory_id"])], "store.provision_unknown", str(row["id"]))


def card_shown(connection: Connection, card_id: str, *, rater: str, at: str) -> None:
    """Note once that a card's candidates were shown to a rater. Raises `StoreError` (unknown card)."""
    known = set(connection.scalars(select(tables.cards.c.id).where(tables.cards.c.id == card_id)))
    refuse_unknown((card_id,), known, "store.id_unknown", "cards")
    if events.head(connection, "shown", card_id, rater)[0] == 0:
        events.append(connection, "shown", card_id, {}, at=at, rater=rater)


def _seen(connection: Connection, kinds: tuple[str, ...]) -> set[str]:
    """Return the cards with such an event, even if it was taken back: their candidates have been seen."""
    return set(connection.scalars(select(tables.events.c.item).where(tables.events.c.kind.in_(kinds)).distinct()))


def _territories(connection: Connection) -> set[str]:
    return set(connection.scalars(select(tables.territories.c.id)))


def _provisions(connection: Connection, territory_id: str) -> set[str]:
    provisions, documents = tables.provisions, tables.documents
    query = select(provisions.c.id).join(documents, documents.c.id == provisions.c.document_id)
    return set(connection.scalars(query.where(documents.c.territory_id == territory_id)))
