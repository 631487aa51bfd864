"""Where a territory lies: latitude and longitude of its seat or middle, for the map of a corridor."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("territories", sa.Column("latitude", sa.Float))
    op.add_column("territories", sa.Column("longitude", sa.Float))


def downgrade() -> None:
    op.drop_column("territories", "longitude")
    op.drop_column("territories", "latitude")
