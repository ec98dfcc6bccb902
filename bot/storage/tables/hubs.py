"""Hubs, which tell of news as soon as there is some."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, text

from bot.storage.instants import Instant
from bot.storage.tables.metadata import metadata

#: The hub that each source names, if it names one, and the subscription there.
hub_subscriptions: Final = Table(
    "hub_subscriptions",
    metadata,
    Column(
        "source_id",
        Integer,
        ForeignKey("sources.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("hub", Text, nullable=False),
    #: The source's own address for itself.
    Column("topic", Text, nullable=False),
    Column("state", Text, nullable=False),
    #: What nobody can guess of the address that the hub calls; NULL before it is asked.
    Column("token", Text, unique=True),
    Column("secret", Text),
    #: The public address that the hub was given.
    Column("public_url", Text),
    Column("lease_until", Instant),
    Column("next_try_at", Instant, nullable=False, server_default=text("0")),
    #: Requests that nothing came of, since the hub called back last.
    Column("requests", Integer, nullable=False, server_default=text("0")),
    Column("fault", Text, nullable=False, server_default=text("''")),
    #: When the hub last told of news.
    Column("notified_at", Instant),
)
