"""Deletes what is over, a stretch at a time."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import TextClause, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import pruning_sql as sql
from bot.storage.article_ids import last_id
from bot.storage.instants import to_number
from bot.storage.tables import former_articles


class SqlPruning:
    """The `PruningRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def close_articles(self, before: datetime, limit: int) -> int:
        values = {"before": to_number(before), "limit": limit}
        return (await self._connection.execute(sql.CLOSE, values)).rowcount

    async def delete_deliveries(
        self, before: datetime, after: int, limit: int
    ) -> tuple[int | None, int]:
        stretch = (
            await self._connection.execute(sql.STRETCH, {"after": after, "limit": limit})
        ).one()
        if stretch.last is None or stretch.oldest >= to_number(before):
            return None, 0
        values = {"before": to_number(before), "after": after, "last": stretch.last}
        deleted = await self._connection.execute(sql.DELETE_DELIVERIES, values)
        return stretch.last, deleted.rowcount

    async def delete_stories(
        self, before: datetime, published_before: datetime, after: int, limit: int
    ) -> tuple[int | None, int]:
        values = {"before": to_number(before), "published_before": last_id(published_before)}
        last = await self._connection.scalar(
            sql.FIRSTS_STRETCH,
            {
                "after": after,
                "published_before": values["published_before"],
                "limit": limit,
            },
        )
        if last is None:
            return None, 0
        asked = {**values, "after": after, "last": last}
        found = (await self._connection.execute(sql.OF_FORMER_STORIES, asked)).scalars().all()
        if found:
            ids = json.dumps(list(found))
            for statement in sql.DELETE_ARTICLES:
                await self._connection.execute(statement, {"article_ids": ids})
        return last, len(found)

    async def delete_copies(self, before: datetime, limit: int) -> int:
        values = {"before": to_number(before), "limit": limit}
        return (await self._connection.execute(sql.DELETE_COPIES, values)).rowcount

    async def delete_expired(self, before: datetime) -> int:
        values = {"before": to_number(before)}
        deleted = [await self._connection.execute(one, values) for one in sql.DELETE_EXPIRED]
        return sum(one.rowcount for one in deleted)

    async def count_closing(self, before: datetime) -> int:
        return await self._count(sql.COUNT_CLOSING, before=to_number(before))

    async def count_deliveries(self, before: datetime) -> int:
        return await self._count(sql.COUNT_DELIVERIES, before=to_number(before))

    async def count_articles(self, before: datetime, published_before: datetime) -> int:
        return await self._count(
            sql.COUNT_ARTICLES,
            before=to_number(before),
            published_before=last_id(published_before),
        )

    async def count_expired(self, before: datetime) -> int:
        numbers = [await self._count(one, before=to_number(before)) for one in sql.COUNT_EXPIRED]
        return sum(numbers)

    async def _count(self, statement: TextClause, **values: Any) -> int:
        return int(await self._connection.scalar(statement, values) or 0)


async def former_among(connection: AsyncConnection, keys: list[str]) -> frozenset[str]:
    """Return which of these addresses belong to articles that were pruned."""
    own = former_articles.c.url_key
    found = await connection.execute(select(own).where(own.in_(keys)))
    return frozenset(found.scalars())
