"""Messages that are to be edited, because what they say was corrected."""

from datetime import datetime

from sqlalchemy import delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.records import EditRow
from bot.storage.instants import to_number
from bot.storage.subscribers import subscriber_of
from bot.storage.tables import edits, subscribers

#: Every message that carries the article; one that is to be edited already is edited once.
_BEGIN = text("""
    INSERT INTO edits (subscriber_id, message_id, article_id, due_at)
    SELECT subscriber_id, message_id, article_id, :due_at FROM deliveries
    WHERE article_id = :article_id AND message_id IS NOT NULL
    ON CONFLICT (subscriber_id, message_id) DO UPDATE SET due_at = excluded.due_at
""")

_ALERT_AGAIN = text("""
    UPDATE deliveries SET state = 'owed', due_at = :now, lot = 0, settled_at = NULL
    WHERE article_id = :article_id AND message_id IS NOT NULL AND state = 'sent'
        AND subscriber_id IN (SELECT id FROM subscribers WHERE standing = 'active')
""")


class SqlEdits:
    """The `EditRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, article_id: int, due_at: datetime) -> int:
        values = {"article_id": article_id, "due_at": to_number(due_at)}
        return (await self._connection.execute(_BEGIN, values)).rowcount

    async def alert_again(self, article_id: int, now: datetime) -> int:
        values = {"article_id": article_id, "now": to_number(now)}
        return (await self._connection.execute(_ALERT_AGAIN, values)).rowcount

    async def due(self, now: datetime, limit: int) -> list[EditRow]:
        rows = await self._connection.execute(
            select(
                subscribers,
                edits.c.id.label("edit_id"),
                edits.c.message_id,
                edits.c.article_id,
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
                attempts=row.attempts,
            )
            for row in rows
        ]

    async def done(self, edit_id: int) -> None:
        await self._connection.execute(delete(edits).where(edits.c.id == edit_id))

    async def again(self, edit_id: int, due_at: datetime, attempts: int) -> None:
        await self._connection.execute(
            update(edits).where(edits.c.id == edit_id).values(due_at=due_at, attempts=attempts)
        )
