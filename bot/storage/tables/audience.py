"""Subscribers and what they want."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.instants import Instant
from bot.storage.tables.metadata import metadata
from bot.storage.tables.references import article_id, subscriber_id, topic_id

subscribers: Final = Table(
    "subscribers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("language_chosen", Boolean, nullable=False, server_default=text("0")),
    Column("timezone", Text),
    Column("standing", Text, nullable=False),
    Column("paused_until", Instant),
    Column("retired_because", Text),
    Column("created_at", Instant, nullable=False),
    #: As the reader chose them, in the canonical form of `bot.domain`; NULL: none.
    Column("editions", Text),
    Column("quiet", Text),
    #: Worked out from the two above until `turns_at`, so that a fan-out needs no calendar.
    Column("quiet_until", Instant),
    Column("next_edition_at", Instant),
    Column("turns_at", Instant),
    #: What the chat, and the forum topic, are called; as last seen.
    Column("title", Text, nullable=False, server_default=text("''")),
    Column("thread_name", Text, nullable=False, server_default=text("''")),
    #: The user who set it up.
    Column("keeper_id", BigInteger),
    #: Why the chat does not let the bot write (`bot.domain.silence`), and when to try again.
    Column("silence", Text),
    Column("try_at", Instant),
    Index("ix_subscribers_turns", "turns_at", sqlite_where=text("turns_at IS NOT NULL")),
    UniqueConstraint("chat_id", "thread_id"),
    Index("ix_subscribers_pause", "paused_until", sqlite_where=text("paused_until IS NOT NULL")),
    Index("ix_subscribers_try", "try_at", sqlite_where=text("try_at IS NOT NULL")),
    Index("ix_subscribers_keeper", "keeper_id", sqlite_where=text("keeper_id IS NOT NULL")),
    #: Ids are never used again: a fan-out in progress counts by them.
    sqlite_autoincrement=True,
)

#: Follows (1) and mutes (-1), in the order in which a fan-out reads them.
stances: Final = Table(
    "stances",
    metadata,
    topic_id(),
    subscriber_id(primary_key=True),
    Column("stance", Integer, nullable=False),
    #: See `bot.storage.stances`; NULL: as the chat has it.
    Column("urgency", Integer),
    Index("ix_stances_subscriber", "subscriber_id"),
    sqlite_with_rowid=False,
)

#: Saved queries; every article that answers one is an alert.
standing_searches: Final = Table(
    "standing_searches",
    metadata,
    Column("id", Integer, primary_key=True),
    subscriber_id(),
    #: Empty where the reader gave none.
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("urgency", Integer),
    Column("paused", Boolean, nullable=False, server_default=text("0")),
    Column("created_at", Instant, nullable=False),
    Index("ix_standing_searches_subscriber", "subscriber_id"),
    sqlite_autoincrement=True,
)

#: The last version of each standing search's query: triggers give a new one for every change, so
#: that whoever knows all up to one need only ask for those behind it.
search_versions: Final = Table(
    "search_versions",
    metadata,
    Column("version", Integer, primary_key=True),
    Column(
        "search_id",
        Integer,
        ForeignKey("standing_searches.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    sqlite_autoincrement=True,
)

#: Stories that a subscriber wants no more of.
story_mutes: Final = Table(
    "story_mutes",
    metadata,
    subscriber_id(primary_key=True),
    Column("story_id", BigInteger, primary_key=True, autoincrement=False),
    Index("ix_story_mutes_story", "story_id"),
    sqlite_with_rowid=False,
)

#: Articles kept to be read later.
saved: Final = Table(
    "saved",
    metadata,
    subscriber_id(primary_key=True),
    article_id(primary_key=True),
    Column("saved_at", Instant, nullable=False),
    Index("ix_saved_article", "article_id"),
    sqlite_with_rowid=False,
)

#: By which another chat may fetch everything of this one; one for each chat.
move_codes: Final = Table(
    "move_codes",
    metadata,
    subscriber_id(primary_key=True),
    #: See `bot.domain.move_code`; the code itself is not kept.
    Column("code_hash", Text, nullable=False, unique=True),
    Column("expires_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
