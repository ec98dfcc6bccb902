"""Messages of administrators to many readers."""

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
from bot.storage.tables.references import subscriber_id

broadcasts: Final = Table(
    "broadcasts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("stage", Text, nullable=False),
    #: The administrator's user id.
    Column("written_by", BigInteger, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("begun_at", Instant),
    Column("ended_at", Instant),
    #: Copies are planned for subscribers up to the first id, and are to be up to the second.
    Column("done_to", Integer, nullable=False, server_default=text("0")),
    Column("last", Integer, nullable=False, server_default=text("0")),
    #: The private chat, and the message there, that shows how far it is.
    Column("shown_in", BigInteger),
    Column("shown_by", BigInteger),
    #: It was stopped, or is done, and that message does not say so yet.
    Column("to_show", Boolean, nullable=False, server_default=text("0")),
    #: One at a time: the database itself keeps it so.
    Index("ix_broadcasts_sending", "stage", unique=True, sqlite_where=text("stage = 'sending'")),
    #: The button of an old preview must never meet a younger broadcast.
    sqlite_autoincrement=True,
)

#: The outbox of broadcasts: for each reader one copy, from owed to settled as deliveries are.
broadcast_copies: Final = Table(
    "broadcast_copies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "broadcast_id", Integer, ForeignKey("broadcasts.id", ondelete="CASCADE"), nullable=False
    ),
    subscriber_id(),
    Column("state", Text, nullable=False),
    #: When it is to be sent, or while claimed, when the lease ends. NULL: settled.
    Column("due_at", Instant),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("ambiguous", Integer, nullable=False, server_default=text("0")),
    Column("message_id", BigInteger),
    Column("settled_at", Instant),
    Column("detail", Text),
    #: Never twice: the database itself keeps it so.
    UniqueConstraint("subscriber_id", "broadcast_id"),
    Index("ix_broadcast_copies_due", "broadcast_id", "state", "due_at"),
    #: A settlement must never meet a younger copy under the same id.
    sqlite_autoincrement=True,
)
