"""Articles, what they are about, and where they came from."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.article_ids import ASTRAY
from bot.storage.instants import Instant
from bot.storage.tables.metadata import metadata
from bot.storage.tables.references import article_id, topic_id

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
    #: The first article of the story that it goes on with; NULL for a story of its own.
    Column("story_id", BigInteger),
    #: What a correction replaced.
    Column("former_headline", Text),
    Column("corrected_at", Instant),
    #: Met so long ago that its deliveries are pruned: it alerts no more, whatever a source says.
    Column("closed", Boolean, nullable=False, server_default=text("0")),
    Index("ix_articles_unclosed", "seen_at", sqlite_where=text("NOT closed")),
    Index("ix_articles_story", "story_id", sqlite_where=text("story_id IS NOT NULL")),
    #: Articles whose id does not tell when they were published, since a source changed its mind.
    Index("ix_articles_astray", "published_at", sqlite_where=text(ASTRAY)),
)

#: The words of the articles as `bot.domain.words` sees them, and their topics: what the full-text
#: index holds; see `bot.storage.article_words`.
article_words: Final = Table(
    "article_words",
    metadata,
    article_id(primary_key=True),
    Column("headline", Text, nullable=False),
    Column("dek", Text, nullable=False),
    Column("inflected", Text, nullable=False),
    Column("topics", Text, nullable=False, server_default=text("''")),
)

#: Every longer word that any article has or had: what beginnings of words are spelled out with.
vocabulary: Final = Table(
    "vocabulary",
    metadata,
    Column("word", Text, primary_key=True),
    sqlite_with_rowid=False,
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
    topic_id(),
    article_id(primary_key=True),
    #: The topic's place among the article's topics, from 0.
    Column("position", Integer, nullable=False),
    #: The source that told it first.
    Column("source_id", Integer, nullable=False, server_default=text("0")),
    #: No longer carried: its owner took it off the article; see `bot.domain.carrying`.
    Column("withdrawn", Boolean, nullable=False, server_default=text("0")),
    Index("ix_article_topics_article", "article_id", "position"),
    sqlite_with_rowid=False,
)

#: Which source has shown which article.
sightings: Final = Table(
    "sightings",
    metadata,
    Column("source_id", Integer, primary_key=True, autoincrement=False),
    article_id(primary_key=True),
    Index("ix_sightings_article", "article_id"),
    sqlite_with_rowid=False,
)

#: Addresses of articles that were pruned: met again, they are neither stored nor alerted.
former_articles: Final = Table(
    "former_articles",
    metadata,
    Column("url_key", Text, primary_key=True),
    sqlite_with_rowid=False,
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
    #: When the first of the failures in a row was; NULL after a success.
    Column("failing_since", Instant),
    #: When an administrator switched it off; NULL while it is on.
    Column("switched_off_at", Instant),
    #: Not to be read before, at its server's own wish.
    Column("retry_at", Instant),
    UniqueConstraint("url", "kind"),
)

#: Which administrators know that a source fails, and do not know yet that it is back.
source_notices: Final = Table(
    "source_notices",
    metadata,
    Column("source_id", Integer, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    #: What they were told.
    Column("failing_since", Instant, nullable=False),
)

#: Which administrators know that backups fail, and do not know yet that they work again.
backup_notices: Final = Table(
    "backup_notices",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    #: What they were told.
    Column("failing_since", Instant, nullable=False),
)
