"""What is owed, and what is being worked out."""

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

from bot.storage.instants import Instant
from bot.storage.tables.metadata import metadata
from bot.storage.tables.references import article_id, subscriber_id

#: The outbox.
deliveries: Final = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    article_id(),
    subscriber_id(),
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
    #: How it comes: at once, with an edition, or behind quiet hours; see `bot.storage.stances`.
    Column("lot", Integer, nullable=False, server_default=text("0")),
    Column("silent", Boolean, nullable=False, server_default=text("0")),
    #: The standing search that brought it, if one did.
    Column("search_id", Integer),
    #: The message that carried the article before its retraction came as one of its own.
    Column("first_message_id", BigInteger),
    #: Never twice: the database itself keeps it so. In the order in which a fan-out writes them.
    UniqueConstraint("article_id", "subscriber_id"),
    Index("ix_deliveries_due", "due_at", sqlite_where=text("due_at IS NOT NULL")),
    #: For the figures of the last days.
    Index("ix_deliveries_settled", "settled_at", sqlite_where=text("settled_at IS NOT NULL")),
    Index("ix_deliveries_subscriber", "subscriber_id"),
    #: A settlement must never meet a younger delivery under the same id.
    sqlite_autoincrement=True,
)

#: Matchings of articles with all subscribers that are not finished.
fanouts: Final = Table(
    "fanouts",
    metadata,
    Column("id", Integer, primary_key=True),
    article_id(),
    #: Position of the first topic that counts; 0 for a new article.
    Column("alert_from", Integer, nullable=False),
    Column("done_to", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("begun_at", Instant, nullable=False),
)

#: Messages that are to be edited, because what they say was corrected.
edits: Final = Table(
    "edits",
    metadata,
    Column("id", Integer, primary_key=True),
    subscriber_id(),
    Column("message_id", BigInteger, nullable=False),
    #: The article that was corrected.
    article_id(),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("subscriber_id", "message_id"),
    Index("ix_edits_due", "due_at"),
    Index("ix_edits_article", "article_id"),
    sqlite_autoincrement=True,
)
