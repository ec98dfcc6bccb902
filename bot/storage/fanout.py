"""Matches an article with all subscribers, range by range.

A range is a span of subscriber ids, so that its cost does not depend on how many came before; it
ends where enough followers are in it, so that a range costs the same whether one in a hundred
follows or one in two. It is planned and recorded as done in one transaction, so that after a crash
the next range goes on where the last one ended. Between ranges the database is free for readers'
commands.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.records import Fanout
from bot.storage.fanout_sql import ADVANCE, DROP_MUTED, PLAN
from bot.storage.instants import NEVER, to_number
from bot.storage.tables import articles, fanouts, subscribers

#: A range has at most so many times as many ids as it is wide, however few of them follow: a killed
#: process has never much to do again, and no walk is long.
SPARSE: Final = 50


class SqlFanouts:
    """The `FanoutRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, article_id: int, alert_from: int, now: datetime) -> None:
        last = await self._connection.scalar(select(func.max(subscribers.c.id)))
        await self._connection.execute(
            insert(fanouts).values(
                article_id=article_id,
                alert_from=alert_from,
                done_to=0,
                last=last or 0,
                begun_at=now,
            )
        )

    async def pending(self) -> list[Fanout]:
        rows = await self._connection.execute(
            select(fanouts, func.coalesce(articles.c.story_id, articles.c.id).label("story_id"))
            .join(articles, articles.c.id == fanouts.c.article_id)
            .order_by(fanouts.c.id)
        )
        return [
            Fanout(
                id=row.id,
                article_id=row.article_id,
                alert_from=row.alert_from,
                done_to=row.done_to,
                last=row.last,
                story_id=row.story_id,
            )
            for row in rows
        ]

    async def advance(self, fanout: Fanout, width: int, now: datetime) -> tuple[Fanout | None, int]:
        values = {
            "id": fanout.id,
            "article_id": fanout.article_id,
            "above": fanout.done_to,
            "furthest": min(fanout.done_to + width * SPARSE, fanout.last),
            "width": width,
        }
        to = await self._connection.scalar(ADVANCE, values)
        if to is None:  # it is over, or went with its article
            return None, 0
        planned = await self._plan(fanout, fanout.done_to, to, now)
        if to >= fanout.last:
            await self._connection.execute(delete(fanouts).where(fanouts.c.id == fanout.id))
            return None, planned
        return replace(fanout, done_to=to), planned

    async def catch_up(self, giver_id: int, receiver_id: int, now: datetime) -> None:
        """Plan for a subscriber that is about to give everything to another one.

        A fan-out that has passed the other one already, or began before it came, would reach
        neither.
        """
        for fanout in await self.pending():
            still_to_come = range(fanout.done_to + 1, fanout.last + 1)
            if giver_id in still_to_come and receiver_id not in still_to_come:
                await self._plan(fanout, giver_id - 1, giver_id, now)

    async def _plan(self, fanout: Fanout, above: int, to: int, now: datetime) -> int:
        values = {
            "article_id": fanout.article_id,
            "alert_from": fanout.alert_from,
            "above": above,
            "to": to,
            "now": to_number(now),
            "never": NEVER,
            "story_id": fanout.story_id,
        }
        planned = await self._connection.execute(PLAN, values)
        if fanout.alert_from:
            await self._connection.execute(DROP_MUTED, values)
        return planned.rowcount
