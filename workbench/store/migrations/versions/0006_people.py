"""People of a project with their roles, and which cards each of them is to judge."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
    )
    op.create_table(
        "assignments",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("rater", sa.Text, nullable=False, index=True),
        sa.Column("card_id", sa.Text, sa.ForeignKey("cards.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("round", sa.Text, nullable=False),
        sa.Column("order", sa.Integer, nullable=False),
        sa.UniqueConstraint("rater", "card_id"),
    )


def downgrade() -> None:
    op.drop_table("assignments")
    op.drop_table("people")
