"""Sources switched off, what their servers asked for, and an index to what was settled when."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_COLUMNS = ("switched_off_at", "retry_at")
_INDEX = "ix_deliveries_settled"


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("sources", sa.Column(name, sa.BigInteger))
    where = sa.text("settled_at IS NOT NULL")
    op.create_index(_INDEX, "deliveries", ["settled_at"], sqlite_where=where)


def downgrade() -> None:
    op.drop_index(_INDEX, "deliveries")
    for name in _COLUMNS:
        op.drop_column("sources", name)
