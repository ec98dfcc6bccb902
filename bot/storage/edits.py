"""Messages that are to be edited, because what they say was corrected."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.records import EditRow
from bot.storage.instants import to_number
from bot.storage.subscribers import subscriber_of
from bot.storage.tables import edits, subscribers

_BEGIN: Final = """
    INSERT INTO edits (subscriber_id, message_id, article_id, due_at)
    SELECT subscriber_id, message_id, article_id, :due_at FROM deliveries
    WHERE {which} AND message_id IS NOT NULL
    UNION ALL
    SELECT subscriber_id, first_message_id, article_id, :due_at FROM deliveries
    WHERE {which} AND message_id IS NOT NULL AND first_message_id IS NOT NULL
    ON CONFLICT (subscriber_id, message_id) DO UPDATE SET due_at = excluded.due_at
"""
_ALERT_AGAIN: Final = """
    UPDATE deliveries SET state = 'owed', due_at = :now, lot = 0, settled_at = NULL,
        first_message_id = COALESCE(first_message_id, message_id)
    WHERE {which} AND message_id IS NOT NULL AND state = 'sent'
        AND EXISTS (
            SELECT 1 FROM subscribers u
            WHERE u.id = deliveries.subscriber_id AND u.standing = 'active'
        )
"""
_OF_ARTICLE: Final = "article_id = :article_id"
_OF_DELIVERIES: Final = "id IN (SELECT value FROM json_each(:delivery_ids))"

#: Every message that carries the article; one that is to be edited already is edited once.
_BEGIN_ALL = text(_BEGIN.format(which=_OF_ARTICLE))
_BEGIN_OF = text(_BEGIN.format(which=_OF_DELIVERIES))
_ALERT_ALL_AGAIN = text(_ALERT_AGAIN.format(which=_OF_ARTICLE))
_ALERT_AGAIN_OF = text(_ALERT_AGAIN.format(which=_OF_DELIVERIES))

_OVERTAKEN = text("""
    SELECT d.id FROM json_each(:shown) AS each
    JOIN deliveries d ON d.id = each.value ->> 0
    JOIN articles a ON a.id = d.article_id
    WHERE d.state = 'sent' AND a.corrected_at IS NOT each.value ->> 1
""")


class SqlEdits:
    """The `EditRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, article_id: int, due_at: datetime) -> int:
        values = {"article_id": article_id, "due_at": to_number(due_at)}
        return (await self._connection.execute(_BEGIN_ALL, values)).rowcount

    async def alert_again(self, article_id: int, now: datetime) -> int:
        values = {"article_id": article_id, "now": to_number(now)}
        return (await self._connection.execute(_ALERT_ALL_AGAIN, values)).rowcount

    async def overtaken(self, shown: Sequence[tuple[int, datetime | None]]) -> list[int]:
        pairs = [(number, moment and to_number(moment)) for number, moment in shown]
        found = await self._connection.execute(_OVERTAKEN, {"shown": json.dumps(pairs)})
        return list(found.scalars().all())

    async def begin_of(self, delivery_ids: Sequence[int], due_at: datetime) -> None:
        values = {"delivery_ids": json.dumps(list(delivery_ids)), "due_at": to_number(due_at)}
        await self._connection.execute(_BEGIN_OF, values)

    async def alert_again_of(self, delivery_ids: Sequence[int], now: datetime) -> None:
        values = {"delivery_ids": json.dumps(list(delivery_ids)), "now": to_number(now)}
        await self._connection.execute(_ALERT_AGAIN_OF, values)

    async def due(self, now: datetime, limit: int) -> list[EditRow]:
        rows = await self._connection.execute(
            select(
                subscribers,
                edits.c.id.label("edit_id"),
                edits.c.message_id,
                edits.c.article_id,
                edits.c.due_at,
                edits.c.attempts,
            )
            .join(edits, edits.c.subscriber_id == subscribers.c.id)
            .where(edits.c.due_at <= now)
            .order_by(edits.c.due_at)
            .limit(limit)
        )
        return [
            EditRow(
                id=row.edit_id,
                subscriber=subscriber_of(row, row.id),
                message_id=row.message_id,
                article_id=row.article_id,
                due_at=row.due_at,
                attempts=row.attempts,
            )
            for row in rows
        ]

    async def done(self, edit: EditRow) -> None:
        await self._connection.execute(delete(edits).where(_as_read(edit)))

    async def again(self, edit: EditRow, due_at: datetime, attempts: int) -> None:
        await self._connection.execute(
            update(edits).where(_as_read(edit)).values(due_at=due_at, attempts=attempts)
        )


def _as_read(edit: EditRow) -> ColumnElement[bool]:
    """Meet the edit, unless a further correction made it due anew since it was read."""
    return and_(edits.c.id == edit.id, edits.c.due_at == edit.due_at)
