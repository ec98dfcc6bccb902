"""Everything that is stored on one chat, in words that its readers know.

Rows that a table has of a subscriber must be told here; a test goes through the tables and finds
those that are not.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.article import Article
from bot.domain.carrying import ToldTopic
from bot.domain.matching import Stance, reasons_from_bits
from bot.domain.urgency import Urgency
from bot.storage.article_topics import ArticleTopics
from bot.storage.articles import SqlArticles
from bot.storage.instants import NEVER, to_moment
from bot.storage.stances import LOTS, SIGNS
from bot.storage.tables import (
    articles,
    broadcast_copies,
    broadcasts,
    deliveries,
    edits,
    move_codes,
    notices,
    saved,
    setups,
    stances,
    standing_searches,
    story_mutes,
    subscribers,
    topics,
)

Told = dict[str, Any]

_ARTICLE: Final = (articles.c.url.label("article"), articles.c.headline)
_CHAT: Final = (
    "chat_id",
    "thread_id",
    "kind",
    "language",
    "language_chosen",
    "standing",
    "paused_until",
    "retired_because",
    "created_at",
    "title",
    "thread_name",
    "keeper_id",
    "silence",
    "try_at",
)
_TIMING: Final = ("timezone", "editions", "quiet", "quiet_until", "next_edition_at", "turns_at")
_BROADCAST: Final = ("text", "audience", "stage", "written_at", "begun_at", "ended_at")
_COPY: Final = (
    "state",
    "due_at",
    "attempts",
    "ambiguous",
    "message_id",
    "settled_at",
    "detail",
)
_SEARCH: Final = ("name", "query", "urgency", "paused", "created_at")


class SqlDisclosure:
    """The `DisclosureRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection, archive: SqlArticles) -> None:
        self._connection = connection
        self._archive = archive
        self._topics = ArticleTopics(connection)

    async def holdings(self, subscriber_id: int) -> Told:
        chat = select(subscribers).where(subscribers.c.id == subscriber_id)
        (row,) = await self._rows(chat)
        return {
            "chat": {name: row[name] for name in _CHAT},
            "timing": {name: row[name] for name in _TIMING},
            "follows": await self._stances(subscriber_id, Stance.FOLLOW),
            "mutes": await self._stances(subscriber_id, Stance.MUTE),
            "standing_searches": await self._searches(subscriber_id),
            "muted_stories": await self._rows(
                _own(select(*_ARTICLE), story_mutes, subscriber_id).outerjoin(
                    articles, articles.c.id == story_mutes.c.story_id
                )
            ),
            "saved": await self._rows(
                _with_article(select(*_ARTICLE, saved.c.saved_at), saved, subscriber_id)
            ),
            "corrections_to_come": await self._rows(
                _with_article(
                    select(*_ARTICLE, edits.c.message_id, edits.c.due_at, edits.c.attempts),
                    edits,
                    subscriber_id,
                )
            ),
            "move_codes": await self._rows(
                _own(select(move_codes.c.expires_at), move_codes, subscriber_id)
            ),
            "set_up": await self._rows(_kept_by(row["chat_id"])),
            "setting_up": await self._rows(
                _own(select(subscribers.c.title, setups.c.ends_at), setups, subscriber_id).join(
                    subscribers, subscribers.c.id == setups.c.channel_id
                )
            ),
            "notices_to_come": await self._rows(
                _own(
                    select(notices.c.kind, notices.c.due_at, notices.c.attempts),
                    notices,
                    subscriber_id,
                )
            ),
            "broadcasts": await self._rows(_copies_of(subscriber_id)),
            "broadcasts_written": await self._rows(_written_by(row["chat_id"])),
        }

    async def deliveries(
        self, subscriber_id: int, below: int | None, limit: int
    ) -> tuple[list[Told], int | None]:
        wanted = [deliveries.c.subscriber_id == subscriber_id]
        if below is not None:
            wanted.append(deliveries.c.id < below)
        rows = (
            await self._connection.execute(
                select(deliveries, standing_searches.c.query.label("search"))
                .outerjoin(standing_searches, standing_searches.c.id == deliveries.c.search_id)
                .where(*wanted)
                .order_by(deliveries.c.id.desc())  # the order of an index
                .limit(limit)
            )
        ).all()
        found = await self._archive.get([row.article_id for row in rows])
        places = await self._topics.told(list(found))
        told = [
            _delivery(row, found[row.article_id], places.get(row.article_id, ())) for row in rows
        ]
        return told, rows[-1].id if len(rows) == limit else None

    async def count_deliveries(self, subscriber_id: int) -> int:
        counted = select(func.count()).where(deliveries.c.subscriber_id == subscriber_id)
        return int(await self._connection.scalar(counted) or 0)

    async def _stances(self, subscriber_id: int, stance: Stance) -> list[Told]:
        asked = (
            _own(select(topics.c.kind, topics.c.name, stances.c.urgency), stances, subscriber_id)
            .join(topics, topics.c.id == stances.c.topic_id)
            .where(stances.c.stance == SIGNS[stance])
            .order_by(topics.c.kind.desc(), topics.c.name)
        )
        return [{**row, "urgency": _urgency(row["urgency"])} for row in await self._rows(asked)]

    async def _searches(self, subscriber_id: int) -> list[Told]:
        columns = [standing_searches.c[name] for name in _SEARCH]
        asked = _own(select(*columns), standing_searches, subscriber_id)
        return [{**row, "urgency": _urgency(row["urgency"])} for row in await self._rows(asked)]

    async def _rows(self, asked: Select[Any]) -> list[Told]:
        return [dict(row) for row in (await self._connection.execute(asked)).mappings()]


def _kept_by(user_id: int) -> Select[Any]:
    """Return what somebody set up whose private chat has that id."""
    columns = [subscribers.c[name] for name in ("chat_id", "thread_id", "title", "thread_name")]
    return select(*columns).where(subscribers.c.keeper_id == user_id)


def _copies_of(subscriber_id: int) -> Select[Any]:
    """Return the messages of administrators that the chat got, or is to get."""
    columns = [broadcasts.c.text, *(broadcast_copies.c[name] for name in _COPY)]
    return _own(select(*columns), broadcast_copies, subscriber_id).outerjoin(
        broadcasts, broadcasts.c.id == broadcast_copies.c.broadcast_id
    )


def _written_by(user_id: int) -> Select[Any]:
    """Return the broadcasts of an administrator whose private chat has that id."""
    columns = [broadcasts.c[name] for name in _BROADCAST]
    return select(*columns).where(broadcasts.c.written_by == user_id)


def _own(asked: Select[Any], table: Table, subscriber_id: int) -> Select[Any]:
    return asked.select_from(table).where(table.c.subscriber_id == subscriber_id)


def _with_article(asked: Select[Any], table: Table, subscriber_id: int) -> Select[Any]:
    own = _own(asked, table, subscriber_id)
    return own.join(articles, articles.c.id == table.c.article_id)


def _urgency(number: int | None) -> str | None:
    return Urgency(number).key if number else None


def _due(moment: datetime | None) -> datetime | None:
    """Return when it is due; None also for what a pause holds."""
    return None if moment is None or moment >= to_moment(NEVER) else moment


def _delivery(row: Row[Any], article: Article, told: Sequence[ToldTopic]) -> Told:
    reasons = reasons_from_bits([one.topic for one in told], row.reasons)
    return {
        "article": article.url,
        "headline": article.headline,
        "state": row.state,
        "because_of": [topic.name for topic in reasons],
        "search": row.search,
        "comes": LOTS[row.lot].value,
        "silent": row.silent,
        "owed_at": row.owed_at,
        "due_at": _due(row.due_at),
        "settled_at": row.settled_at,
        "attempts": row.attempts,
        "ambiguous": row.ambiguous,
        "message_id": row.message_id,
        "first_message_id": row.first_message_id,
        "detail": row.detail,
    }
