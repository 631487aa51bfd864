"""Provisions that state a commitment again: proposed, and what a person said of it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "repeats",
        sa.Column("provision_id", sa.Text, sa.ForeignKey("provisions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column(
            "commitment_id",
            sa.Text,
            sa.ForeignKey("commitments.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("share", sa.Float),
        sa.Column("said", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("repeats")
