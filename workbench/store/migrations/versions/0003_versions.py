"""Labels of provisions, places of quality notes, recognised pages, date and version of documents."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("date", sa.Text, nullable=False, server_default=""))
    op.add_column("documents", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    op.add_column("provisions", sa.Column("label", sa.Text, nullable=False, server_default=""))
    op.add_column("provisions", sa.Column("also", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("provisions", sa.Column("is_ocr", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("quality", sa.Column("start", sa.Integer))
    op.add_column("quality", sa.Column("end", sa.Integer))


def downgrade() -> None:
    for table, column in (
        ("quality", "end"), ("quality", "start"), ("provisions", "is_ocr"), ("provisions", "also"),
        ("provisions", "label"), ("documents", "version"), ("documents", "date"),
    ):  # fmt: skip
        op.drop_column(table, column)
