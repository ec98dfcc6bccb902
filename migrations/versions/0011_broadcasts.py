"""Messages of administrators to many readers, and each reader's copy."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("written_by", sa.BigInteger, nullable=False),
        sa.Column("written_at", sa.BigInteger, nullable=False),
        sa.Column("begun_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("done_to", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("last", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("shown_in", sa.BigInteger),
        sa.Column("shown_by", sa.BigInteger),
        sa.Column("to_show", sa.Boolean, nullable=False, server_default=sa.text("0")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_broadcasts_sending",
        "broadcasts",
        ["stage"],
        unique=True,
        sqlite_where=sa.text("stage = 'sending'"),
    )
    op.create_table(
        "broadcast_copies",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "broadcast_id",
            sa.Integer,
            sa.ForeignKey("broadcasts.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "subscriber_id",
            sa.Integer,
            sa.ForeignKey("subscribers.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due_at", sa.BigInteger),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("ambiguous", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("settled_at", sa.BigInteger),
        sa.Column("detail", sa.Text),
        sa.UniqueConstraint("subscriber_id", "broadcast_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_broadcast_copies_due", "broadcast_copies", ["broadcast_id", "state", "due_at"]
    )


def downgrade() -> None:
    op.drop_table("broadcast_copies")
    op.drop_table("broadcasts")
