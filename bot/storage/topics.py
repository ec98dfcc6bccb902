"""Sections, authors and labels."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select, text, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.topic import Identity, Topic, TopicKind
from bot.domain.urgency import Urgency
from bot.services.records import TopicRecord
from bot.storage.article_rows import topic_of
from bot.storage.instants import to_moment, to_number
from bot.storage.stances import STANCES
from bot.storage.tables import article_topics, stances, topics

_ENSURE = """
    INSERT INTO topics (kind, key, name, description, created_at)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, :now
    FROM json_each(:topics) WHERE true
    ON CONFLICT (kind, key) DO {conflict}
"""
_ENSURE_FOUND = text(_ENSURE.format(conflict="NOTHING"))
_ENSURE_CONFIGURED = text(
    _ENSURE.format(conflict="UPDATE SET name = excluded.name, description = excluded.description")
)

_BORN = text("""
    SELECT t.kind, t.key, t.created_at FROM json_each(:topics) AS each
    JOIN topics t ON t.kind = each.value ->> 0 AND t.key = each.value ->> 1
""")


class SqlTopics:
    """The `TopicRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ensure(
        self, wanted: Sequence[Topic], now: datetime, *, configured: bool = False
    ) -> None:
        rows = [(topic.kind, topic.key, topic.name, topic.description) for topic in wanted]
        statement = _ENSURE_CONFIGURED if configured else _ENSURE_FOUND
        values = {"topics": json.dumps(rows), "now": to_number(now)}
        await self._connection.execute(statement, values)

    async def born(self, identities: Sequence[Identity]) -> dict[Identity, datetime]:
        values = {"topics": json.dumps(list(identities))}
        rows = await self._connection.execute(_BORN, values)
        return {(TopicKind(row.kind), row.key): to_moment(row.created_at) for row in rows}

    async def get(self, topic_id: int, subscriber_id: int) -> TopicRecord | None:
        asked = _as_seen_by(subscriber_id).where(topics.c.id == topic_id)
        row = (await self._connection.execute(asked)).one_or_none()
        return record_of(row) if row else None

    async def every(self, kind: TopicKind, subscriber_id: int) -> list[TopicRecord]:
        rows = await self._connection.execute(
            _as_seen_by(subscriber_id)
            .where(topics.c.kind == kind)
            .order_by(topics.c.articles.desc(), topics.c.name)
        )
        return [record_of(row) for row in rows]

    async def of_article(self, article_id: int, subscriber_id: int) -> list[TopicRecord]:
        return await self._of_article(article_id, subscriber_id, ~article_topics.c.withdrawn)

    async def ever_of_article(self, article_id: int, subscriber_id: int) -> list[TopicRecord]:
        return await self._of_article(article_id, subscriber_id, true())

    async def _of_article(
        self, article_id: int, subscriber_id: int, condition: ColumnElement[bool]
    ) -> list[TopicRecord]:
        rows = await self._connection.execute(
            _as_seen_by(subscriber_id)
            .join(article_topics, article_topics.c.topic_id == topics.c.id)
            .where(article_topics.c.article_id == article_id, condition)
            .order_by(article_topics.c.position)
        )
        return [record_of(row) for row in rows]


def _as_seen_by(subscriber_id: int) -> Select[Any]:
    """Return the topics with the subscriber's stances."""
    own = and_(stances.c.topic_id == topics.c.id, stances.c.subscriber_id == subscriber_id)
    return select(topics, stances.c.stance, stances.c.urgency).outerjoin(stances, own)


def record_of(row: Row[Any]) -> TopicRecord:
    """Return the record of a row that carries a topic and the stance to it."""
    return TopicRecord(
        id=row.id,
        topic=topic_of(row),
        articles=row.articles,
        stance=STANCES.get(row.stance),
        urgency=Urgency(row.urgency) if row.urgency else None,
    )
