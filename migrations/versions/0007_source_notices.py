"""Since when a source fails, and which administrators were told of it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A source that fails just now counts as failing from its next failure on.
    op.add_column("sources", sa.Column("failing_since", sa.BigInteger))
    op.create_table(
        "source_notices",
        sa.Column("source_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("failing_since", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("source_notices")
    op.drop_column("sources", "failing_since")
