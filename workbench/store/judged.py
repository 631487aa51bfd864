"""Takes down what people judge: verdicts on cards, relations of pairs, and their undoing."""

from __future__ import annotations

import difflib
import operator
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from workbench import model
from workbench.errors import StaleWrite, StoreError, UsageError
from workbench.store import events, tables
from workbench.store.adding import JUDGEMENT, Addition
from workbench.store.engine import Database

_CARD = select(tables.cards.c.territory_id).where(tables.cards.c.id == bindparam("this_card"))
_ASKED_AFTER = (
    select(tables.commitments.c.provision_id)
    .join(tables.cards, tables.cards.c.commitment_id == tables.commitments.c.id)
    .where(tables.cards.c.id == bindparam("this_card"))
)
_TERRITORY = (
    select(tables.documents.c.territory_id)
    .join(tables.provisions, tables.provisions.c.document_id == tables.documents.c.id)
    .where(tables.provisions.c.id == bindparam("this_provision"))
)

_THERE = select(tables.provisions.c.id).where(tables.provisions.c.id.in_((bindparam("one"), bindparam("other"))))

_SET = {"action": "set"}


def pair_id(local_id: str, national_id: str) -> str:
    """Return the id under which the judgements of a pair of provisions are kept."""
    return f"p:{local_id}|{national_id}"


def verdict(
    uptake: int | None,
    conflict: int | None,
    carried_by: Iterable[str],
    confidence: str,
    reason: str,
    evidence: str = "",
) -> dict[str, object]:
    """Return a verdict as it is kept. Raises `UsageError` for a value out of range."""
    scale = model.VERDICTS.columns
    return {
        "uptake": _degree("uptake", uptake, scale["uptake"]),
        "conflict": _degree("conflict", conflict, scale["conflict"]),
        "carried_by": [str(provision) for provision in carried_by],
        "confidence": _choice("confidence", confidence, model.CONFIDENCES),
        "reason": str(reason),
        "evidence": str(evidence),
    }


def relation(
    relation_type: str, relation: int, relation_back: int | None, confidence: str, reason: str, evidence: str
) -> dict[str, object]:
    """Return a judgement of a pair as it is kept. Raises `UsageError` for a value out of range."""
    scale = model.JUDGEMENTS.columns
    back = _degree("relation_back", relation_back, scale["relation_back"])
    return {
        "relation_type": _choice("relation_type", relation_type, model.RELATION_TYPES),
        "relation": _degree("relation", relation, scale["relation"]),
        "relation_back": None if back == relation else back,
        "confidence": _choice("confidence", confidence, model.CONFIDENCES),
        "reason": str(reason),
        "evidence": str(evidence),
    }


def save_on_card(database: Database, addition: Addition, card_id: str, data: Mapping[str, Any], **how: Any) -> int:
    """Add what somebody says of a card and return its version.

    Raises `StoreError` (may not, unknown card or provision), `StaleWrite`.
    """
    return database.add(addition, {"item": card_id, "data": data, "carried_by": data["carried_by"], **_SET, **how})


def save_relation(database: Database, local_id: str, national_id: str, data: Mapping[str, object], **how: Any) -> int:
    """Add a judgement of a pair and return its version. Raises `StoreError` (unknown provision), `StaleWrite`."""
    sides = {"local_id": local_id, "national_id": national_id}
    if local_id == national_id:
        raise StoreError("store.pair_same", where=local_id)
    item = pair_id(local_id, national_id)
    return database.add(JUDGEMENT, {"item": item, "data": data, "carried_by": [], **sides, **_SET, **how})


def undo(
    connection: Connection, rater: str, token_or_item: str, kinds: tuple[str, ...], *, at: str, token: str | None = None
) -> int:
    """Take back a rater's last word of one of these kinds on a card, pair or item: what held before it holds again.

    Raises `StoreError` when there is nothing to undo, `StaleWrite` when a token is given and the
    rater has said something newer since.
    """
    log = tables.events
    named = select(log).where(log.c.rater == rater, log.c.kind.in_(kinds))
    by_token = connection.execute(named.where(log.c.token == token_or_item)).first()
    event = by_token or connection.execute(named.where(log.c.item == token_or_item).limit(1)).first()
    if event is None:
        raise StoreError("store.nothing_to_undo", where=token_or_item)
    known = events.version_of_token(connection, token, event.kind, event.item, rater)
    if known is not None:
        return known
    version, standing = events.head(connection, event.kind, event.item, rater)
    before = events.before_last(connection, event.kind, event.item, rater)
    if by_token is not None and by_token.version != version:
        raise StaleWrite(
            "store.stale", where=event.item, expected=by_token.version, current=version, mine=before, theirs=standing
        )
    if before is not None and event.kind == "judgement":
        _refuse_strangers_in_pair(connection, event.local_id, event.national_id)
    elif before is not None and event.kind != "answer":
        _refuse_strangers_on_card(connection, event.item, before)
    return events.append(
        connection, event.kind, event.item, before, at=at, rater=rater, action="undo", token=token,
        local_id=event.local_id, national_id=event.national_id,
    )  # fmt: skip


def rater_name(rater: str) -> str:
    """Return the rater's name without blanks around it. Raises `UsageError` when nothing is left."""
    name = str(rater).strip()
    if not name:
        raise UsageError("store.rater", where="rater")
    return name


def national_of_card(connection: Connection, card_id: str, data: Mapping[str, Any]) -> str:
    """Return the provision whose commitment a card asks after.

    Raises `StoreError` where the card is not there, or what carries the word stands elsewhere.
    """
    _refuse_strangers_on_card(connection, card_id, data)
    return connection.execute(_ASKED_AFTER, {"this_card": card_id}).scalar_one()


def _refuse_strangers_on_card(connection: Connection, card_id: str, data: Mapping[str, Any]) -> None:
    """Raise `StoreError` unless the card is there and what carries the verdict stands in its territory."""
    card = connection.execute(_CARD, {"this_card": card_id}).first()
    if card is None:
        raise StoreError("store.card_unknown", where=card_id)
    for provision in data["carried_by"]:
        if territory_of(connection, provision) != card.territory_id:
            raise StoreError("store.provision_unknown", where=card_id, id=provision)


def _refuse_strangers_in_pair(connection: Connection, local_id: str, national_id: str) -> None:
    there = set(connection.scalars(_THERE, {"one": local_id, "other": national_id}))
    for provision in (local_id, national_id):
        if provision not in there:
            raise StoreError("store.provision_unknown", where=pair_id(local_id, national_id), id=provision)
    if local_id == national_id:
        raise StoreError("store.pair_same", where=local_id)


def territory_of(connection: Connection, provision_id: str) -> str | None:
    """Return whose provision it is, None of one that is not there."""
    return connection.scalar(_TERRITORY, {"this_provision": provision_id})


def _degree(name: str, value: object, column: model.Column) -> int | None:
    if value is None and column.may_miss:
        return None
    low, high = int(column.low or 0), int(column.high or 0)
    try:
        degree = None if isinstance(value, bool) else operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        degree = None
    if degree is None or not low <= degree <= high:
        raise UsageError("store.value", where=name, value=repr(value), allowed=f"{low} … {high}")
    return degree


def _choice(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        near = difflib.get_close_matches(str(value), allowed, n=3) or allowed
        raise UsageError("store.value", where=name, value=repr(value), allowed=", ".join(near))
    return value
