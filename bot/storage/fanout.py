"""Matches an article with all subscribers, range by range: the SQL twin of `bot.domain.matching`.

A range is a span of subscriber ids, so that its cost does not depend on how many came before; it
is planned and recorded as done in one transaction, so that after a crash the next range goes on
where the last one ended. Between ranges the database is free for readers' commands.
"""

from datetime import datetime

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.records import Fanout
from bot.storage.instants import NEVER, to_number
from bot.storage.tables import fanouts, subscribers

#: Rules 1 to 3: no mute among all topics, a follow among those that count.
_PLAN = text("""
    INSERT INTO deliveries (article_id, subscriber_id, state, reasons, owed_at, due_at)
    SELECT
        :article_id, s.subscriber_id,
        CASE u.standing WHEN 'paused' THEN 'held' ELSE 'owed' END,
        SUM(CASE WHEN a.position >= :alert_from AND a.position < 61
            THEN 1 << a.position ELSE 0 END) + (MAX(a.position >= 61) << 61),
        :now, CASE u.standing WHEN 'paused' THEN :never ELSE :now END
    FROM article_topics a
    JOIN stances s ON s.topic_id = a.topic_id
        AND s.subscriber_id > :above AND s.subscriber_id <= :to
    JOIN subscribers u ON u.id = s.subscriber_id AND u.standing <> 'retired'
    WHERE a.article_id = :article_id
    GROUP BY s.subscriber_id
    HAVING MIN(s.stance) > 0 AND MAX(a.position) >= :alert_from
    ON CONFLICT DO NOTHING
""")

#: A further topic that is muted takes back what is still owed on account of the earlier ones.
_DROP_MUTED = text("""
    UPDATE deliveries
    SET state = 'dropped', due_at = NULL, settled_at = :now, detail = 'muted'
    WHERE article_id = :article_id AND state IN ('owed', 'held') AND due_at IS NOT NULL
        AND subscriber_id IN (
            SELECT s.subscriber_id FROM article_topics a
            JOIN stances s ON s.topic_id = a.topic_id
                AND s.subscriber_id > :above AND s.subscriber_id <= :to
            WHERE a.article_id = :article_id AND a.position >= :alert_from AND s.stance < 0
        )
""")


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
        rows = await self._connection.execute(select(fanouts).order_by(fanouts.c.id))
        return [
            Fanout(
                id=row.id,
                article_id=row.article_id,
                alert_from=row.alert_from,
                done_to=row.done_to,
                last=row.last,
            )
            for row in rows
        ]

    async def advance(self, fanout: Fanout, width: int, now: datetime) -> tuple[Fanout | None, int]:
        to = min(fanout.done_to + width, fanout.last)
        values = {
            "article_id": fanout.article_id,
            "alert_from": fanout.alert_from,
            "above": fanout.done_to,
            "to": to,
            "now": to_number(now),
            "never": NEVER,
        }
        planned = await self._connection.execute(_PLAN, values)
        if fanout.alert_from:
            await self._connection.execute(_DROP_MUTED, values)
        own = fanouts.c.id == fanout.id
        if to >= fanout.last:
            await self._connection.execute(delete(fanouts).where(own))
            return None, planned.rowcount
        await self._connection.execute(update(fanouts).where(own).values(done_to=to))
        left = Fanout(
            id=fanout.id,
            article_id=fanout.article_id,
            alert_from=fanout.alert_from,
            done_to=to,
            last=fanout.last,
        )
        return left, planned.rowcount
