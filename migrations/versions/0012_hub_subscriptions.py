"""Subscriptions at the hubs that sources name."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hub_subscriptions",
        sa.Column(
            "source_id",
            sa.Integer,
            sa.ForeignKey("sources.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("hub", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("token", sa.Text, unique=True),
        sa.Column("secret", sa.Text),
        sa.Column("public_url", sa.Text),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("next_try_at", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("requests", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("fault", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("notified_at", sa.BigInteger),
    )


def downgrade() -> None:
    op.drop_table("hub_subscriptions")
