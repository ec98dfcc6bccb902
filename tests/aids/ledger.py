"""What a bot's database holds, read beside the bot that runs on it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Executable, create_engine, func, select
from sqlalchemy.pool import NullPool

from bot.domain.delivery import OPEN, State
from bot.storage import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    chat_id: int
    headline: str
    state: State
    attempts: int
    ambiguous: int
    message_id: int | None
    detail: str | None

    @property
    def open(self) -> bool:
        return self.state in OPEN


def deliveries(path: Path, chats_asked: Collection[int] | None = None) -> list[DeliveryRow]:
    """Return the deliveries of all chats, or of some, in the order in which they became owed."""
    outbox, chats, articles = tables.deliveries, tables.subscribers, tables.articles
    statement = (
        select(
            chats.c.chat_id,
            articles.c.headline,
            outbox.c.state,
            outbox.c.attempts,
            outbox.c.ambiguous,
            outbox.c.message_id,
            outbox.c.detail,
        )
        .join(chats, chats.c.id == outbox.c.subscriber_id)
        .join(articles, articles.c.id == outbox.c.article_id)
        .order_by(outbox.c.id)
    )
    if chats_asked is not None:
        statement = statement.where(chats.c.chat_id.in_(chats_asked))
    return [DeliveryRow(**row | {"state": State(row["state"])}) for row in rows_of(path, statement)]


def baselined(path: Path) -> int:
    """Return how many sources have had their first reading."""
    (row,) = rows_of(path, select(func.count(tables.sources.c.baselined_at).label("number")))
    return int(row["number"])


def fanouts(path: Path) -> int:
    """Return how many fan-outs are not finished."""
    return len(rows_of(path, select(tables.fanouts.c.id)))


def edits(path: Path) -> int:
    """Return how many messages are to be edited."""
    return len(rows_of(path, select(tables.edits.c.id)))


def headlines(path: Path) -> set[str]:
    """Return the headlines in the archive."""
    return {row["headline"] for row in rows_of(path, select(tables.articles.c.headline))}


def standings(path: Path, *chats_asked: int) -> dict[int, str]:
    """Return the standing of some chats, or of each."""
    chats = tables.subscribers
    statement = select(chats.c.chat_id, chats.c.standing)
    if chats_asked:
        statement = statement.where(chats.c.chat_id.in_(chats_asked))
    return {row["chat_id"]: row["standing"] for row in rows_of(path, statement)}


def are_settled(path: Path, count: int) -> bool:
    """Return whether there are so many deliveries, all of them settled and all planned."""
    outbox = tables.deliveries
    is_open = outbox.c.state.in_([state.value for state in OPEN])
    counts = select(
        func.count().label("number"), func.count().filter(is_open).label("open")
    ).select_from(outbox)
    (row,) = rows_of(path, counts)
    return (row["number"], row["open"]) == (count, 0) and not fanouts(path)


def rows_of(path: Path, statement: Executable) -> list[dict[str, Any]]:
    with _engine(path).connect() as connection:
        return [dict(row) for row in connection.execute(statement).mappings()]


@lru_cache(maxsize=8)
def _engine(path: Path) -> Engine:
    """Return what remembers how statements are compiled, and keeps no connection."""
    return create_engine(f"sqlite:///{path}", poolclass=NullPool)
