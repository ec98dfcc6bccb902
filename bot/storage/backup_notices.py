"""Which administrator was told that backups fail."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import backup_notices


class SqlBackupNotices:
    """The `BackupNoticeRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def every(self) -> dict[int, datetime]:
        asked = select(backup_notices).order_by(backup_notices.c.chat_id)
        rows = await self._connection.execute(asked)
        return {row.chat_id: row.failing_since for row in rows}

    async def add(self, chat_id: int, failing_since: datetime) -> None:
        row = {"chat_id": chat_id, "failing_since": failing_since}
        await self._connection.execute(insert(backup_notices).values(row).on_conflict_do_nothing())

    async def remove(self, chat_id: int) -> None:
        own = backup_notices.c.chat_id == chat_id
        await self._connection.execute(delete(backup_notices).where(own))
