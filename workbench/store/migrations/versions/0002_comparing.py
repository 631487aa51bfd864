"""Comparing: suggested links, commitments and their cards."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("local_territory", sa.Text, sa.ForeignKey("territories.id"), nullable=False),
        sa.Column("national_territory", sa.Text, sa.ForeignKey("territories.id"), nullable=False),
        _key("provisions.id", "local_id"),
        _key("provisions.id", "national_id"),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("probability", sa.Float),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("precedent", sa.Text),
    )
    op.create_index("ix_links_territories", "links", ["local_territory", "national_territory"])
    op.create_table(
        "commitments",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        _key("provisions.id", "provision_id"),
        sa.Column("modality", sa.Text, nullable=False),
        sa.Column("calls_for_local", sa.Text, nullable=False),
        sa.Column("importance", sa.Integer, nullable=False),
        sa.Column("sector", sa.Text),
        sa.Column("origin", sa.Text, nullable=False),
    )
    op.create_table(
        "cards",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        _key("commitments.id", "commitment_id"),
        sa.Column("territory_id", sa.Text, sa.ForeignKey("territories.id"), nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("candidates", sa.JSON, nullable=False),
    )


def _key(target: str, name: str) -> sa.Column:
    return sa.Column(name, sa.Text, sa.ForeignKey(target, ondelete="CASCADE"), nullable=False, index=True)


def downgrade() -> None:
    for table in ("cards", "commitments", "links"):
        op.drop_table(table)
