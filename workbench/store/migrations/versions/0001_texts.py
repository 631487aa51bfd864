"""Texts: territories, documents, their provisions, quality notes and codings; settings; the log of events."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
    )
    op.create_table("settings", sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.JSON))
    _texts()
    _events()


def _texts() -> None:
    op.create_table(
        "territories",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("parent", sa.Text),
        sa.Column("population", sa.Integer),
        sa.Column("languages", sa.JSON, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("territory_id", sa.Text, sa.ForeignKey("territories.id"), nullable=False, index=True),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False, unique=True),
        sa.Column("pages", sa.Integer),
        sa.Column("is_illustrative", sa.Boolean, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("metadata", sa.JSON, nullable=False),
        sa.Column("page_starts", sa.JSON, nullable=False),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "provisions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("document_id", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
        sa.Column("order", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("heading", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("pages", sa.JSON, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("language", sa.Text),
    )
    op.create_index("ix_provisions_document_id_order", "provisions", ["document_id", "order"])
    op.create_table(
        "quality",
        sa.Column("position", sa.Integer, primary_key=True),
        _key("documents.id", "document_id"),
        sa.Column("check", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        _key("provisions.id", "provision_id", nullable=True),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("values", sa.JSON, nullable=False),
    )
    op.create_table(
        "codings",
        sa.Column("position", sa.Integer, primary_key=True),
        _key("provisions.id", "provision_id"),
        sa.Column("facet", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("span", sa.JSON),
        sa.Column("origin", sa.Text, nullable=False),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False, index=True),
        sa.Column("rater", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("token", sa.Text, unique=True),
        sa.Column("local_id", sa.Text, index=True),
        sa.Column("national_id", sa.Text, index=True),
        sa.Column("data", sa.JSON),
        sa.UniqueConstraint("kind", "item", "rater", "version"),
        sqlite_autoincrement=True,
    )
    # The log only grows: the database itself refuses a change, whoever asks for it.
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER events_refuse_{verb.lower()} BEFORE {verb} ON events "
                "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER events_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
            "FOR EACH STATEMENT EXECUTE FUNCTION events_refuse()"
        )


def _key(target: str, name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text, sa.ForeignKey(target, ondelete="CASCADE"), nullable=nullable, index=True)


def downgrade() -> None:
    for table in ("events", "codings", "quality", "provisions", "documents", "territories", "settings", "project"):
        op.drop_table(table)
