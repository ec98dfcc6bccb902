"""Articles, topics, subscribers, the outbox and the full-text index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: The words come folded and stemmed (bot.domain.words): the tokenizer only parts them at spaces.
FTS = """
    CREATE VIRTUAL TABLE articles_fts USING fts5(
        headline, dek, inflected,
        content='article_words', content_rowid='article_id', tokenize='ascii', prefix='3 4'
    )
"""
TRIGGERS = (
    """
    CREATE TRIGGER article_words_added AFTER INSERT ON article_words BEGIN
        INSERT INTO articles_fts (rowid, headline, dek, inflected)
        VALUES (new.article_id, new.headline, new.dek, new.inflected);
    END
    """,
    """
    CREATE TRIGGER article_words_deleted AFTER DELETE ON article_words BEGIN
        INSERT INTO articles_fts (articles_fts, rowid, headline, dek, inflected)
        VALUES ('delete', old.article_id, old.headline, old.dek, old.inflected);
    END
    """,
)


def upgrade() -> None:
    _articles()
    _topics()
    _subscribers()
    _outbox()
    _sources()
    op.execute(FTS)
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    for table in (
        "articles_fts",
        "sources",
        "fanouts",
        "deliveries",
        "stances",
        "subscribers",
        "sightings",
        "article_topics",
        "topics",
        "article_words",
        "articles",
    ):
        op.drop_table(table)


def _article_id(*, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        "article_id",
        sa.BigInteger,
        sa.ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=False,
    )


def _subscriber_id(*, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        "subscriber_id",
        sa.Integer,
        sa.ForeignKey("subscribers.id", ondelete="CASCADE"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=False,
    )


def _topic_id() -> sa.Column[int]:
    return sa.Column(
        "topic_id", sa.Integer, sa.ForeignKey("topics.id"), primary_key=True, autoincrement=False
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("url_key", sa.Text, nullable=False, unique=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("dek", sa.Text, nullable=False),
        sa.Column("picture", sa.Text),
        sa.Column("published_at", sa.BigInteger, nullable=False),
        sa.Column("has_time", sa.Boolean, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("alerted", sa.Boolean, nullable=False),
    )
    op.create_table(
        "article_words",
        _article_id(primary_key=True),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("dek", sa.Text, nullable=False),
        sa.Column("inflected", sa.Text, nullable=False),
    )


def _topics() -> None:
    op.create_table(
        "topics",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("articles", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.UniqueConstraint("kind", "key"),
    )
    op.create_table(
        "article_topics",
        _topic_id(),
        _article_id(primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_topics_article", "article_topics", ["article_id", "position"])
    op.create_table(
        "sightings",
        sa.Column("source_id", sa.Integer, primary_key=True, autoincrement=False),
        _article_id(primary_key=True),
        sqlite_with_rowid=False,
    )


def _subscribers() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("timezone", sa.Text),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("paused_until", sa.BigInteger),
        sa.Column("retired_because", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("chat_id", "thread_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_subscribers_pause",
        "subscribers",
        ["paused_until"],
        sqlite_where=sa.text("paused_until IS NOT NULL"),
    )
    op.create_table(
        "stances",
        _topic_id(),
        _subscriber_id(primary_key=True),
        sa.Column("stance", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stances_subscriber", "stances", ["subscriber_id"])


def _outbox() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, primary_key=True),
        _article_id(),
        _subscriber_id(),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reasons", sa.BigInteger, nullable=False),
        sa.Column("owed_at", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("ambiguous", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("settled_at", sa.BigInteger),
        sa.Column("detail", sa.Text),
        sa.UniqueConstraint("subscriber_id", "article_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "fanouts",
        sa.Column("id", sa.Integer, primary_key=True),
        _article_id(),
        sa.Column("alert_from", sa.Integer, nullable=False),
        sa.Column("done_to", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
    )


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("body_hash", sa.Text),
        sa.Column("usual_count", sa.Integer),
        sa.Column("baselined_at", sa.BigInteger),
        sa.Column("read_at", sa.BigInteger),
        sa.Column("failures", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("fault", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("due_at", sa.BigInteger),
        sa.UniqueConstraint("url", "kind"),
    )
