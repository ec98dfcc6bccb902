"""What those who set chats up are still to be told."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import State
from bot.domain.notice import NoticeKind
from bot.services.records import NoticeRow
from bot.storage.instants import to_number
from bot.storage.subscribers import subscriber_of
from bot.storage.tables import deliveries, notices, subscribers

#: Each person once, however many forum topics of the chat they set up.
_ADD: Final = text("""
    INSERT INTO notices (subscriber_id, kind, due_at)
    SELECT MIN(u.id), :kind, :now FROM json_each(:subscriber_ids) AS each
    JOIN subscribers u ON u.id = each.value AND u.keeper_id IS NOT NULL
    GROUP BY u.chat_id, u.keeper_id
""")
#: Each subscriber of whose place somebody may hear of it.
_ADD_EACH: Final = text("""
    INSERT INTO notices (subscriber_id, kind, due_at)
    SELECT u.id, :kind, :now FROM json_each(:subscriber_ids) AS each
    JOIN subscribers u ON u.id = each.value
    WHERE u.keeper_id IS NOT NULL OR u.thread_id <> 0 OR :kind = 'offered'
""")


class SqlNotices:
    """The `NoticeRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, kind: NoticeKind, subscriber_ids: Sequence[int], now: datetime) -> None:
        values = {
            "kind": kind,
            "subscriber_ids": json.dumps(list(subscriber_ids)),
            "now": to_number(now),
        }
        await self._connection.execute(_ADD_EACH if kind.to_each else _ADD, values)

    async def due(self, now: datetime, limit: int) -> list[NoticeRow]:
        held = (
            select(func.count())
            .where(
                deliveries.c.subscriber_id == subscribers.c.id,
                deliveries.c.due_at.is_not(None),
                deliveries.c.state == State.HELD,
            )
            .scalar_subquery()
        )
        rows = await self._connection.execute(
            select(
                subscribers,
                notices.c.id.label("notice_id"),
                notices.c.kind.label("notice_kind"),
                notices.c.attempts,
                held.label("held"),
            )
            .join(notices, notices.c.subscriber_id == subscribers.c.id)
            .where(notices.c.due_at <= now)
            .order_by(notices.c.id)
            .limit(limit)
        )
        return [
            NoticeRow(
                id=row.notice_id,
                kind=NoticeKind(row.notice_kind),
                about=subscriber_of(row, row.id),
                held=row.held,
                attempts=row.attempts,
            )
            for row in rows
        ]

    async def done(self, notice_id: int) -> None:
        await self._connection.execute(delete(notices).where(notices.c.id == notice_id))

    async def again(self, notice_id: int, due_at: datetime) -> None:
        await self._connection.execute(
            update(notices)
            .where(notices.c.id == notice_id)
            .values(due_at=due_at, attempts=notices.c.attempts + 1)
        )
