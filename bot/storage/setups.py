"""Private chats from which a channel is being set up."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.records import SetupRow
from bot.storage.subscribers import subscriber_of
from bot.storage.tables import setups, subscribers


class SqlSetups:
    """The `SetupRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, subscriber_id: int) -> SetupRow | None:
        found = await self._connection.execute(
            select(subscribers, setups.c.ends_at)
            .join(setups, setups.c.channel_id == subscribers.c.id)
            .where(setups.c.subscriber_id == subscriber_id)
        )
        row = found.one_or_none()
        return SetupRow(channel=subscriber_of(row, row.id), ends_at=row.ends_at) if row else None

    async def put(self, subscriber_id: int, channel_id: int, ends_at: datetime) -> None:
        row = {"subscriber_id": subscriber_id, "channel_id": channel_id, "ends_at": ends_at}
        await self._connection.execute(
            insert(setups)
            .values(row)
            .on_conflict_do_update(
                index_elements=["subscriber_id"],
                set_={"channel_id": channel_id, "ends_at": ends_at},
            )
        )

    async def end(self, subscriber_id: int) -> bool:
        ended = await self._connection.execute(
            delete(setups).where(setups.c.subscriber_id == subscriber_id)
        )
        return ended.rowcount > 0
