"""What topics articles carry, and carried once; see `bot.domain.carrying`."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, text, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.carrying import ToldTopic
from bot.domain.news import ChangedArticle
from bot.domain.topic import Topic
from bot.storage.article_rows import topic_of
from bot.storage.tables import article_topics, topics

#: Gives the articles' topics, which exist by now, their places.
_ADD = text("""
    INSERT INTO article_topics (article_id, topic_id, position, source_id)
    SELECT each.value ->> 0, t.id, each.value ->> 3, :source_id
    FROM json_each(:links) AS each
    JOIN topics t ON t.kind = each.value ->> 1 AND t.key = each.value ->> 2
    WHERE true
    ON CONFLICT DO NOTHING
""")

_MARK = text("""
    UPDATE article_topics SET withdrawn = :withdrawn
    FROM json_each(:links) AS each
    JOIN topics t ON t.kind = each.value ->> 1 AND t.key = each.value ->> 2
    WHERE article_topics.topic_id = t.id AND article_topics.article_id = each.value ->> 0
""")

#: How many articles carry each topic; `step` is 1 or -1.
_COUNT = text("""
    UPDATE topics SET articles = topics.articles + :step * linked.number
    FROM (
        SELECT each.value ->> 1 AS kind, each.value ->> 2 AS key, COUNT(*) AS number
        FROM json_each(:links) AS each GROUP BY 1, 2
    ) AS linked
    WHERE topics.kind = linked.kind AND topics.key = linked.key
""")

_Link = tuple[int, str, str, int]


class ArticleTopics:
    """The topics of articles, within the archive."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def carried(self, article_ids: Sequence[int]) -> dict[int, tuple[Topic, ...]]:
        found: dict[int, tuple[Topic, ...]] = {}
        for row in await self._rows(article_ids, ~article_topics.c.withdrawn):
            found[row.article_id] = (*found.get(row.article_id, ()), topic_of(row))
        return found

    async def told(self, article_ids: Sequence[int]) -> dict[int, tuple[ToldTopic, ...]]:
        """Return all that were ever told, in their places."""
        found: dict[int, tuple[ToldTopic, ...]] = {}
        for row in await self._rows(article_ids, true()):
            told = ToldTopic(topic=topic_of(row), source_id=row.source_id, withdrawn=row.withdrawn)
            found[row.article_id] = (*found.get(row.article_id, ()), told)
        return found

    async def add(self, told: Sequence[tuple[int, Sequence[Topic]]], source_id: int) -> None:
        """Give new articles (by id) their topics."""
        await self._add(
            [link for article_id, of in told for link in _links(article_id, of)], source_id
        )

    async def change(self, changes: Sequence[ChangedArticle], source_id: int) -> None:
        """Add what the source told, and mark what is withdrawn and what is not any more."""
        added: list[_Link] = []
        for change in changes:
            if change.further:
                place = await self._places(change.article_id)
                added += _links(change.article_id, change.further, place)
        await self._add(added, source_id)
        for withdrawn in (True, False):
            links = [
                link
                for change in changes
                for link in _links(
                    change.article_id, change.withdrawn if withdrawn else change.restored
                )
            ]
            await self._mark(links, withdrawn=withdrawn)

    async def _add(self, links: Sequence[_Link], source_id: int) -> None:
        if not links:
            return
        values = {"links": json.dumps(links)}
        await self._connection.execute(_ADD, {**values, "source_id": source_id})
        await self._connection.execute(_COUNT, {**values, "step": 1})

    async def _mark(self, links: Sequence[_Link], *, withdrawn: bool) -> None:
        if not links:
            return
        values = {"links": json.dumps(links)}
        await self._connection.execute(_MARK, {**values, "withdrawn": withdrawn})
        await self._connection.execute(_COUNT, {**values, "step": -1 if withdrawn else 1})

    async def _places(self, article_id: int) -> int:
        """Return how many places are taken."""
        counted = await self._connection.execute(
            select(func.count()).where(article_topics.c.article_id == article_id)
        )
        return counted.scalar_one()

    async def _rows(
        self, article_ids: Sequence[int], condition: ColumnElement[bool]
    ) -> Sequence[Row[Any]]:
        asked = (
            select(
                article_topics.c.article_id,
                article_topics.c.source_id,
                article_topics.c.withdrawn,
                topics,
            )
            .join(topics, topics.c.id == article_topics.c.topic_id)
            .where(article_topics.c.article_id.in_(list(article_ids)), condition)
            .order_by(article_topics.c.article_id, article_topics.c.position)
        )
        return (await self._connection.execute(asked)).all()


def _links(article_id: int, told: Sequence[Topic], first: int = 0) -> list[_Link]:
    """Return the topics with their article and their places from the first on."""
    return [(article_id, topic.kind, topic.key, first + n) for n, topic in enumerate(told)]
