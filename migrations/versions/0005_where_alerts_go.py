"""Groups, desk rooms and channels: who set them up, and whether they let the bot write."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COLUMNS = (
    sa.Column("title", sa.Text, nullable=False, server_default=sa.text("''")),
    sa.Column("thread_name", sa.Text, nullable=False, server_default=sa.text("''")),
    sa.Column("keeper_id", sa.BigInteger),
    sa.Column("silence", sa.Text),
    sa.Column("try_at", sa.BigInteger),
)
_INDEXES = {"ix_subscribers_try": "try_at", "ix_subscribers_keeper": "keeper_id"}


def upgrade() -> None:
    for column in _COLUMNS:
        op.add_column("subscribers", column)
    for name, indexed in _INDEXES.items():
        where = sa.text(f"{indexed} IS NOT NULL")
        op.create_index(name, "subscribers", [indexed], sqlite_where=where)
    op.create_table(
        "setups",
        _subscriber("subscriber_id", primary_key=True),
        _subscriber("channel_id"),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_setups_channel_id", "setups", ["channel_id"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer, primary_key=True),
        _subscriber("subscriber_id"),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notices_due", "notices", ["due_at"])
    op.create_index("ix_notices_subscriber", "notices", ["subscriber_id"])


def downgrade() -> None:
    for table in ("notices", "setups"):
        op.drop_table(table)
    for name in _INDEXES:
        op.drop_index(name, "subscribers")
    for column in _COLUMNS:
        op.drop_column("subscribers", column.name)


def _subscriber(name: str, *, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        name,
        sa.Integer,
        sa.ForeignKey("subscribers.id", ondelete="CASCADE"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=False,
    )
