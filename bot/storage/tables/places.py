"""Groups, forum topics and channels: who sets them up, and what of them is to be told."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from bot.storage.instants import Instant
from bot.storage.tables.metadata import metadata
from bot.storage.tables.references import subscriber_id

#: Private chats from which a channel is being set up.
setups: Final = Table(
    "setups",
    metadata,
    subscriber_id(primary_key=True),
    Column(
        "channel_id",
        Integer,
        ForeignKey("subscribers.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("ends_at", Instant, nullable=False),
)

#: What those who set chats up are still to be told.
notices: Final = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    #: The chat that it is about.
    subscriber_id(),
    Column("kind", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Index("ix_notices_due", "due_at"),
    Index("ix_notices_subscriber", "subscriber_id"),
    sqlite_autoincrement=True,
)
