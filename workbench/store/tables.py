"""The database tables of a project; they are only ever made by the migrations, never from here.

Columns that hold a declared table of `workbench.model` have its names. Every table that people
see in an order has a `position`: databases promise no order of their own.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

# Constraints need names of their own, or no later migration could change them.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)
_JSON = JSON(none_as_null=True)


class Tuple(TypeDecorator[tuple[Any, ...]]):
    """A tuple, kept as a JSON list."""

    impl = JSON
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(none_as_null=True)

    def process_result_value(self, value: Any, dialect: object) -> tuple[Any, ...] | None:
        return None if value is None else tuple(value)


class Spans(Tuple):
    """A tuple of (start, end) pairs, kept as JSON lists."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: object) -> tuple[Any, ...] | None:
        return None if value is None else tuple((start, end) for start, end in value)


def plain_json(value: object) -> str:
    """Write a value as compact JSON; numbers of NumPy become plain ones.

    Raises `TypeError` or `ValueError` for what JSON cannot say.
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_unboxed)


def _unboxed(value: object) -> object:
    unbox = getattr(value, "item", None)
    if callable(unbox):
        return unbox()
    raise TypeError(type(value).__name__)


def _position() -> Column[int]:
    return Column("position", Integer, primary_key=True)


def _key(target: str, name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Text, ForeignKey(target, ondelete="CASCADE"), nullable=nullable, index=True)


project = Table(
    "project",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)
settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSON),
)
territories = Table(
    "territories",
    metadata,
    _position(),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("code", Text, nullable=False),
    # No foreign key: a list of territories may name a parent that comes further down.
    Column("parent", Text),
    Column("population", Integer),
    Column("languages", Tuple(), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
)
documents = Table(
    "documents",
    metadata,
    _position(),
    Column("id", Text, nullable=False, unique=True),
    Column("territory_id", Text, ForeignKey("territories.id"), nullable=False, index=True),
    Column("level", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text),
    Column("format", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    Column("pages", Integer),
    Column("date", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("is_illustrative", Boolean, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("metadata", _JSON, nullable=False),
    # First character of each page that has text: [[page, start], …].
    Column("page_starts", _JSON, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("text", Text, nullable=False),
)
document_versions = Table(
    "document_versions",
    metadata,
    _position(),
    _key("documents.id", "document_id"),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("provisions", _JSON, nullable=False),
    Column("replaced_at", Text, nullable=False),
    UniqueConstraint("document_id", "version"),
)
lost = Table(
    "lost",
    metadata,
    _position(),
    Column("provision_id", Text, nullable=False, unique=True),
    _key("documents.id", "document_id"),
    Column("number", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("since_version", Integer, nullable=False),
)
provisions = Table(
    "provisions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("order", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("label", Text, nullable=False, server_default=""),
    Column("part", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("pages", Tuple(), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("also", Spans(), nullable=False, server_default="[]"),
    Column("language", Text),
    Column("is_ocr", Boolean, nullable=False, server_default=false()),
    Index("ix_provisions_document_id_order", "document_id", "order"),
)
quality = Table(
    "quality",
    metadata,
    _position(),
    _key("documents.id", "document_id"),
    Column("check", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("place", Text, nullable=False),
    _key("provisions.id", "provision_id", nullable=True),
    Column("start", Integer),
    Column("end", Integer),
    Column("message", Text, nullable=False),
    Column("values", _JSON, nullable=False),
)
codings = Table(
    "codings",
    metadata,
    _position(),
    _key("provisions.id", "provision_id"),
    Column("facet", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("span", Tuple()),
    Column("origin", Text, nullable=False),
)
events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("item", Text, nullable=False, index=True),
    Column("rater", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("action", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("token", Text, unique=True),
    # Provisions concerned, without foreign key: an event outlives what it speaks of.
    Column("local_id", Text, index=True),
    Column("national_id", Text, index=True),
    Column("data", _JSON),
    UniqueConstraint("kind", "item", "rater", "version"),
    sqlite_autoincrement=True,
)
links = Table(
    "links",
    metadata,
    _position(),
    Column("local_territory", Text, ForeignKey("territories.id"), nullable=False),
    Column("national_territory", Text, ForeignKey("territories.id"), nullable=False),
    _key("provisions.id", "local_id"),
    _key("provisions.id", "national_id"),
    Column("rank", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("probability", Float),
    Column("method", Text, nullable=False),
    Column("precedent", Text),
    Index("ix_links_territories", "local_territory", "national_territory"),
)
commitments = Table(
    "commitments",
    metadata,
    _position(),
    Column("id", Text, nullable=False, unique=True),
    _key("provisions.id", "provision_id"),
    Column("modality", Text, nullable=False),
    Column("calls_for_local", Text, nullable=False),
    Column("importance", Integer, nullable=False),
    Column("sector", Text),
    Column("origin", Text, nullable=False),
)
repeats = Table(
    "repeats",
    metadata,
    Column("provision_id", Text, ForeignKey("provisions.id", ondelete="CASCADE"), primary_key=True),
    _key("commitments.id", "commitment_id"),
    Column("share", Float),
    Column("said", Text, nullable=False),
)
cards = Table(
    "cards",
    metadata,
    _position(),
    Column("id", Text, nullable=False, unique=True),
    _key("commitments.id", "commitment_id"),
    Column("territory_id", Text, ForeignKey("territories.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("candidates", Tuple(), nullable=False),
)
vectors = Table(
    "vectors",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("text_hash", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
people = Table(
    "people",
    metadata,
    _position(),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("language", Text),
)
assignments = Table(
    "assignments",
    metadata,
    _position(),
    Column("rater", Text, nullable=False, index=True),
    _key("cards.id", "card_id"),
    Column("round", Text, nullable=False),
    Column("order", Integer, nullable=False),
    UniqueConstraint("rater", "card_id"),
)
