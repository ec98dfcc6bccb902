"""Groups, forum topics and channels as places that somebody set up."""

from typing import Any, Final

from sqlalchemy import ColumnElement, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.subscriber import Subscriber
from bot.services.records import TOPIC_GONE
from bot.storage.subscribers import subscriber_of
from bot.storage.tables import subscribers

#: Forum topics that went before their chat did stay gone.
_REVIVE: Final = text("""
    UPDATE subscribers SET standing = 'active', retired_because = NULL
    WHERE chat_id = :chat_id AND standing = 'retired' AND retired_because <> :topic_gone
    RETURNING id
""")


class SqlPlaces:
    """The `PlaceRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, subscriber_id: int, user_id: int) -> None:
        await self._connection.execute(
            update(subscribers)
            .where(subscribers.c.id == subscriber_id, subscribers.c.keeper_id.is_(None))
            .values(keeper_id=user_id)
        )

    async def kept_by(self, user_id: int) -> list[Subscriber]:
        return await self._every(subscribers.c.keeper_id == user_id)

    async def of_chat(self, chat_id: int) -> list[Subscriber]:
        return await self._every(subscribers.c.chat_id == chat_id)

    async def revive(self, chat_id: int) -> list[int]:
        values = {"chat_id": chat_id, "topic_gone": TOPIC_GONE}
        return list((await self._connection.execute(_REVIVE, values)).scalars().all())

    async def _every(self, condition: ColumnElement[Any]) -> list[Subscriber]:
        asked = select(subscribers).where(condition).order_by(subscribers.c.id)
        rows = await self._connection.execute(asked)
        return [subscriber_of(row, row.id) for row in rows]
