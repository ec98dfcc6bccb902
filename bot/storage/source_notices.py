"""Which administrator was told of which source that fails."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.records import NoticeRecord
from bot.storage.tables import source_notices


class SqlSourceNotices:
    """The `SourceNoticeRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def every(self) -> list[NoticeRecord]:
        rows = await self._connection.execute(
            select(source_notices).order_by(source_notices.c.chat_id)
        )
        return [NoticeRecord(**row) for row in rows.mappings()]

    async def add(self, source_id: int, chat_id: int, failing_since: datetime) -> None:
        await self._connection.execute(
            insert(source_notices)
            .values(source_id=source_id, chat_id=chat_id, failing_since=failing_since)
            .on_conflict_do_nothing()
        )

    async def remove(self, source_id: int, chat_id: int) -> None:
        own = (source_notices.c.source_id == source_id) & (source_notices.c.chat_id == chat_id)
        await self._connection.execute(delete(source_notices).where(own))
