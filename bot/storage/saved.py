"""Reading lists."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import saved


class SqlSaved:
    """The `SavedRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, subscriber_id: int, article_id: int, saved_at: datetime) -> bool:
        row = {"subscriber_id": subscriber_id, "article_id": article_id, "saved_at": saved_at}
        added = await self._connection.execute(insert(saved).values(row).on_conflict_do_nothing())
        return added.rowcount > 0

    async def remove(self, subscriber_id: int, article_id: int) -> datetime | None:
        own = and_(saved.c.subscriber_id == subscriber_id, saved.c.article_id == article_id)
        gone = await self._connection.execute(delete(saved).where(own).returning(saved.c.saved_at))
        return gone.scalar_one_or_none()

    async def which(self, subscriber_id: int, article_ids: Sequence[int]) -> frozenset[int]:
        found = await self._connection.execute(
            select(saved.c.article_id).where(
                saved.c.subscriber_id == subscriber_id, saved.c.article_id.in_(list(article_ids))
            )
        )
        return frozenset(found.scalars())

    async def count(self, subscriber_id: int) -> int:
        counted = select(func.count()).where(saved.c.subscriber_id == subscriber_id)
        return int(await self._connection.scalar(counted) or 0)

    async def page(self, subscriber_id: int, limit: int, offset: int) -> list[tuple[int, datetime]]:
        rows = await self._connection.execute(
            select(saved.c.article_id, saved.c.saved_at)
            .where(saved.c.subscriber_id == subscriber_id)
            .order_by(saved.c.saved_at.desc(), saved.c.article_id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [(row.article_id, row.saved_at) for row in rows]
