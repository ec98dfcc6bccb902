"""When alerts come, standing searches, corrections and stories."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NEW_COLUMNS = {
    "subscribers": (
        sa.Column("editions", sa.Text),
        sa.Column("quiet", sa.Text),
        sa.Column("quiet_until", sa.BigInteger),
        sa.Column("next_edition_at", sa.BigInteger),
        sa.Column("turns_at", sa.BigInteger),
    ),
    "stances": (sa.Column("urgency", sa.Integer),),
    "deliveries": (
        sa.Column("lot", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("silent", sa.Boolean, nullable=False, server_default=sa.text("0")),
        sa.Column("search_id", sa.Integer),
    ),
    "articles": (
        sa.Column("story_id", sa.BigInteger),
        sa.Column("former_headline", sa.Text),
        sa.Column("corrected_at", sa.BigInteger),
    ),
}


def upgrade() -> None:
    for table, columns in _NEW_COLUMNS.items():
        for column in columns:
            op.add_column(table, column)
    op.create_index(
        "ix_subscribers_turns",
        "subscribers",
        ["turns_at"],
        sqlite_where=sa.text("turns_at IS NOT NULL"),
    )
    op.create_index(
        "ix_deliveries_message",
        "deliveries",
        ["article_id"],
        sqlite_where=sa.text("message_id IS NOT NULL"),
    )
    op.create_index(
        "ix_articles_story",
        "articles",
        ["story_id"],
        sqlite_where=sa.text("story_id IS NOT NULL"),
    )
    op.create_table(
        "standing_searches",
        sa.Column("id", sa.Integer, primary_key=True),
        _subscriber_id(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("urgency", sa.Integer),
        sa.Column("paused", sa.Boolean, nullable=False, server_default=sa.text("0")),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_standing_searches_subscriber", "standing_searches", ["subscriber_id"])
    op.create_table(
        "edits",
        sa.Column("id", sa.Integer, primary_key=True),
        _subscriber_id(),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column(
            "article_id",
            sa.BigInteger,
            sa.ForeignKey("articles.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.UniqueConstraint("subscriber_id", "message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_edits_due", "edits", ["due_at"])
    # How many articles have each stem; a view on the index, which stores nothing.
    op.execute("CREATE VIRTUAL TABLE articles_terms USING fts5vocab('articles_fts', 'row')")
    op.create_table(
        "story_mutes",
        _subscriber_id(primary_key=True),
        sa.Column("story_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("articles_terms", "story_mutes", "edits", "standing_searches"):
        op.drop_table(table)
    op.drop_index("ix_deliveries_message", "deliveries")
    op.drop_index("ix_articles_story", "articles")
    op.drop_index("ix_subscribers_turns", "subscribers")
    for table, columns in _NEW_COLUMNS.items():
        for column in columns:
            op.drop_column(table, column.name)


def _subscriber_id(*, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        "subscriber_id",
        sa.Integer,
        sa.ForeignKey("subscribers.id", ondelete="CASCADE"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=False,
    )
