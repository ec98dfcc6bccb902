"""The tables. `migrations/` makes them; a test holds the two against each other."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.instants import Instant

metadata: Final = MetaData()

#: Article ids grow with the time of publication (see `bot.storage.article_ids`), so that whatever
#: is ordered by id is ordered from old to new.
articles: Final = Table(
    "articles",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("url_key", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("dek", Text, nullable=False),
    Column("picture", Text),
    Column("published_at", Instant, nullable=False),
    Column("has_time", Boolean, nullable=False),
    Column("seen_at", Instant, nullable=False),
    #: The source that brought it.
    Column("source_id", Integer, nullable=False),
    #: Whether it was matched with subscribers.
    Column("alerted", Boolean, nullable=False),
)

#: The words of the articles as `bot.domain.words` sees them: what the full-text index holds.
article_words: Final = Table(
    "article_words",
    metadata,
    Column(
        "article_id",
        BigInteger,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("headline", Text, nullable=False),
    Column("dek", Text, nullable=False),
    Column("inflected", Text, nullable=False),
)

topics: Final = Table(
    "topics",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    #: How many articles carry it.
    Column("articles", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("kind", "key"),
)

article_topics: Final = Table(
    "article_topics",
    metadata,
    Column("topic_id", Integer, ForeignKey("topics.id"), primary_key=True, autoincrement=False),
    Column(
        "article_id",
        BigInteger,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    #: The topic's place among the article's topics, from 0.
    Column("position", Integer, nullable=False),
    Index("ix_article_topics_article", "article_id", "position"),
    sqlite_with_rowid=False,
)

#: Which source has shown which article.
sightings: Final = Table(
    "sightings",
    metadata,
    Column("source_id", Integer, primary_key=True, autoincrement=False),
    Column(
        "article_id",
        BigInteger,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    sqlite_with_rowid=False,
)

subscribers: Final = Table(
    "subscribers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("timezone", Text),
    Column("standing", Text, nullable=False),
    Column("paused_until", Instant),
    Column("retired_because", Text),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("chat_id", "thread_id"),
    Index("ix_subscribers_pause", "paused_until", sqlite_where=text("paused_until IS NOT NULL")),
    #: Ids are never used again: a fan-out in progress counts by them.
    sqlite_autoincrement=True,
)

#: Follows (1) and mutes (-1), in the order in which a fan-out reads them.
stances: Final = Table(
    "stances",
    metadata,
    Column("topic_id", Integer, ForeignKey("topics.id"), primary_key=True, autoincrement=False),
    Column(
        "subscriber_id",
        Integer,
        ForeignKey("subscribers.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("stance", Integer, nullable=False),
    Index("ix_stances_subscriber", "subscriber_id"),
    sqlite_with_rowid=False,
)

#: The outbox.
deliveries: Final = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", BigInteger, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column(
        "subscriber_id",
        Integer,
        ForeignKey("subscribers.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("state", Text, nullable=False),
    #: Bit set over the article's topics; see `bot.domain.matching`.
    Column("reasons", BigInteger, nullable=False),
    Column("owed_at", Instant, nullable=False),
    #: When it is to be sent, or while claimed, when the lease ends. NULL: settled.
    Column("due_at", Instant),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("ambiguous", Integer, nullable=False, server_default=text("0")),
    Column("message_id", BigInteger),
    Column("settled_at", Instant),
    Column("detail", Text),
    #: Never twice: the database itself keeps it so.
    UniqueConstraint("subscriber_id", "article_id"),
    Index("ix_deliveries_due", "due_at", sqlite_where=text("due_at IS NOT NULL")),
    #: A settlement must never meet a younger delivery under the same id.
    sqlite_autoincrement=True,
)

#: Matchings of articles with all subscribers that are not finished.
fanouts: Final = Table(
    "fanouts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", BigInteger, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    #: Position of the first topic that counts; 0 for a new article.
    Column("alert_from", Integer, nullable=False),
    Column("done_to", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("begun_at", Instant, nullable=False),
)

sources: Final = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("usual_count", Integer),
    Column("baselined_at", Instant),
    Column("read_at", Instant),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("fault", Text, nullable=False, server_default=text("''")),
    Column("due_at", Instant),
    UniqueConstraint("url", "kind"),
)
