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
    op.create_table(
        "document_versions",
        sa.Column("position", sa.Integer, primary_key=True),
        _of_document(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("provisions", sa.JSON, nullable=False),
        sa.Column("replaced_at", sa.Text, nullable=False),
        sa.UniqueConstraint("document_id", "version"),
    )
    op.create_table(
        "lost",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("provision_id", sa.Text, nullable=False, unique=True),
        _of_document(),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("heading", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("since_version", sa.Integer, nullable=False),
    )


def _of_document() -> sa.Column:
    return sa.Column(
        "document_id", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True
    )


def downgrade() -> None:
    op.drop_table("lost")
    op.drop_table("document_versions")
    for table, column in (
        ("quality", "end"), ("quality", "start"), ("provisions", "is_ocr"), ("provisions", "also"),
        ("provisions", "label"), ("documents", "version"), ("documents", "date"),
    ):  # fmt: skip
        op.drop_column(table, column)
