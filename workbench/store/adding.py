"""Adds one word of a person, if nothing stands against it, in a single question to the database.

The database decides (`is_plain` below), so that a save holds the right to write for one statement and costs a server
one message; where it was not added, `explain` says why from what the database saw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    ColumnElement,
    Insert,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from workbench import model
from workbench.errors import StaleWrite, StoreError
from workbench.store import tables

Kind = Literal["verdict", "judgement"]
_SAME = ("kind", "item", "rater", "action", "at", "token")


@dataclass(frozen=True, slots=True)
class Addition:
    """How words of one kind are added: the row if it may be, and what to look at if it may not."""

    kind: Kind
    needed: str  # the least role
    insert: Insert  # returns the version, or no row
    facts: Select  # one row


class _listed(FunctionElement[str]):
    """The values of a JSON list as rows."""

    inherit_cache = True


@compiles(_listed)
def _in_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    return f"json_array_elements_text({compiler.process(element.clauses, **how)})"


@compiles(_listed, "sqlite")
def _in_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **how)})"


def _asked(name: str, kind: Any = Text) -> Any:
    return bindparam(name, type_=kind())


def _addition(
    kind: Kind, needed: str, local: ColumnElement[Any], national: ColumnElement[Any], stranger: ColumnElement[Any]
) -> Addition:
    """Build the two statements; `stranger` is the id that does not belong there, or missing."""
    used, newest, log = tables.events.alias("used"), tables.events.alias("newest"), tables.events.alias("log")

    def of_item(table: Any) -> Any:
        return and_(table.c.kind == kind, table.c.item == _asked("item"), table.c.rater == _asked("rater"))

    last = select(func.max(log.c.version)).where(of_item(log)).scalar_subquery()
    facts = (
        select(
            *(used.c[name].label(f"used_{name}") for name in ("kind", "item", "rater", "version")),
            newest.c.version,
            newest.c.data,
            exists(select(tables.people.c.name)).label("has_people"),
            select(tables.people.c.role).where(tables.people.c.name == _asked("rater")).scalar_subquery().label("role"),
            local.label("local_id"),
            national.label("national_id"),
            stranger.label("stranger"),
        )
        .select_from(select(literal(1).label("one")).subquery())
        .outerjoin(used, used.c.token == _asked("token"))
        .outerjoin(newest, and_(of_item(newest), newest.c.version == last))
    )
    seen = facts.subquery("seen")
    may = or_(~seen.c.has_people, *(seen.c.role == role for role in model.ROLES[model.ROLES.index(needed) :]))
    version = func.coalesce(seen.c.version, 0)
    expected = _asked("expected", Integer)
    # Who saw nothing and finds nothing standing (all taken back) overwrites nobody.
    is_fresh = or_(version == expected, and_(expected == 0, seen.c.data.is_(None)))
    is_plain = and_(seen.c.used_kind.is_(None), may, seen.c.stranger.is_(None), is_fresh)
    columns: list[Any] = [
        *(literal(kind, Text) if name == "kind" else _asked(name) for name in _SAME),
        version + 1,
        seen.c.local_id,
        seen.c.national_id,
        bindparam("data", type_=JSON(none_as_null=True)),
    ]
    row = select(*columns).where(is_plain)
    names = [*_SAME, "version", "local_id", "national_id", "data"]
    added = insert(tables.events).from_select(names, row).returning(tables.events.c.version)
    return Addition(kind, needed, added, facts)


def _of_pair() -> Addition:
    provisions, documents = tables.provisions, tables.documents
    local, national = _asked("local_id"), _asked("national_id")

    def stands(side: Any, is_its_side: Any) -> Any:
        own = (provisions.c.id == side, documents.c.id == provisions.c.document_id, is_its_side)
        return exists(select(provisions.c.id).where(*own))

    stranger = case(
        (~stands(local, documents.c.level != "national"), local),
        (~stands(national, documents.c.level == "national"), national),
        else_=None,
    )
    return _addition("judgement", "rater", local, national, stranger)


def _of_card(kind: Kind, needed: str) -> Addition:
    cards, commitments, provisions, documents = tables.cards, tables.commitments, tables.provisions, tables.documents
    is_card = cards.c.id == _asked("item")
    territory = select(cards.c.territory_id).where(is_card).scalar_subquery()
    national = (
        select(commitments.c.provision_id)
        .join(cards, cards.c.commitment_id == commitments.c.id)
        .where(is_card)
        .scalar_subquery()
    )
    carrier = _listed(bindparam("carried_by", type_=JSON())).table_valued("value").alias("carrier")
    of_territory = (
        select(provisions.c.id)
        .join(documents, documents.c.id == provisions.c.document_id)
        .where(provisions.c.id == carrier.c.value, documents.c.territory_id == territory)
    )
    first = select(carrier.c.value).where(~of_territory.exists()).limit(1).scalar_subquery()
    stranger = case((territory.is_(None), _asked("item")), else_=first)
    return _addition(kind, needed, literal(None, Text), national, stranger)


# Built once: every save asks one of them while it holds the right to write, and others wait for it.
JUDGEMENT = _of_pair()
VERDICT = _of_card("verdict", "rater")


def explain(addition: Addition, seen: Any, values: Mapping[str, Any]) -> int:
    """Return the version that this token made before, else raise why the word was not added.

    Raises `StoreError` (may not, unknown card or provision, a token used for something else) and `StaleWrite`.
    """
    item, rater = values["item"], values["rater"]
    refuse_role(seen, rater, addition.needed)
    if seen.stranger is not None and seen.stranger == item:
        raise StoreError("store.card_unknown", where=item)
    if seen.stranger is not None:
        raise StoreError("store.provision_unknown", where=item, id=seen.stranger)
    if seen.used_kind is None:
        raise StaleWrite(
            "store.stale", where=item, expected=values["expected"], current=seen.version or 0, mine=values["data"],
            theirs=seen.data,
        )  # fmt: skip
    if (seen.used_kind, seen.used_item, seen.used_rater) != (addition.kind, item, rater):
        raise StoreError("store.token", where=values["token"])
    return seen.used_version


def refuse_role(person: Any, name: str, needed: str) -> None:
    """Raise `StoreError` unless the project has no people, or this person's role is at least the one needed."""
    if not person.has_people:
        return
    if person.role is None:
        raise StoreError("store.rater_unknown", where=name)
    if model.ROLES.index(person.role) < model.ROLES.index(needed):
        raise StoreError("store.role", where=name, role=person.role, needed=needed)
