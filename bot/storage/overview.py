"""Figures of the whole database, for whoever runs it."""

from datetime import datetime
from typing import Final

from sqlalchemy import Integer, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.instants import Instant, to_number

_CHATS: Final = text("""
    SELECT CASE WHEN standing = 'active' AND silence IS NOT NULL THEN 'silent' ELSE standing END
        AS standing, COUNT(*) AS number
    FROM subscribers GROUP BY 1
""").columns(number=Integer)

_OLDEST_DUE: Final = text("""
    SELECT MIN(due_at) AS due_at FROM deliveries WHERE due_at <= :now AND state = 'owed'
""").columns(due_at=Instant)


class SqlOverview:
    """Looked at by the composition root, and by nothing that sends or reads."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def chats(self) -> dict[str, int]:
        """Return how many subscribers there are by standing; `silent` are active ones."""
        rows = await self._connection.execute(_CHATS)
        return {row.standing: row.number for row in rows}

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Return since when the delivery is due that waits longest; None where none does."""
        found = await self._connection.execute(_OLDEST_DUE, {"now": to_number(now)})
        due_at: datetime | None = found.scalar_one()
        return due_at
