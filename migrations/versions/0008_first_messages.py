"""The message that carried an article before its retraction came as one of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("first_message_id", sa.BigInteger))


def downgrade() -> None:
    op.drop_column("deliveries", "first_message_id")
