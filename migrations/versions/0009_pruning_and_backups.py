"""Closed and former articles, quick ways to an article's rows, and who knows that backups fail."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

#: By the article, in the tables that refer to one.
_INDEXES = {
    "ix_deliveries_article": ("deliveries", "article_id"),
    "ix_edits_article": ("edits", "article_id"),
    "ix_saved_article": ("saved", "article_id"),
    "ix_sightings_article": ("sightings", "article_id"),
    "ix_story_mutes_story": ("story_mutes", "story_id"),
}
#: What the first of them makes superfluous.
_FORMER = "ix_deliveries_message"


def upgrade() -> None:
    op.add_column(
        "articles", sa.Column("closed", sa.Boolean, nullable=False, server_default=sa.text("0"))
    )
    op.create_index(
        "ix_articles_unclosed", "articles", ["seen_at"], sqlite_where=sa.text("NOT closed")
    )
    op.create_table(
        "former_articles", sa.Column("url_key", sa.Text, primary_key=True), sqlite_with_rowid=False
    )
    op.create_table(
        "backup_notices",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("failing_since", sa.BigInteger, nullable=False),
    )
    op.drop_index(_FORMER, "deliveries")
    for name, (table, column) in _INDEXES.items():
        op.create_index(name, table, [column])


def downgrade() -> None:
    for name, (table, _) in _INDEXES.items():
        op.drop_index(name, table)
    op.create_index(
        _FORMER, "deliveries", ["article_id"], sqlite_where=sa.text("message_id IS NOT NULL")
    )
    op.drop_table("backup_notices")
    op.drop_table("former_articles")
    op.drop_index("ix_articles_unclosed", "articles")
    op.drop_column("articles", "closed")
