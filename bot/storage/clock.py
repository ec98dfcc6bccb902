"""What the database knows of the clock, and what follows from its being put back."""

from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.instants import to_number
from bot.storage.tables import sources

#: What was to be at once, or to be tried again soon, would wait for the clock to catch up; what is
#: due by a chat's calendar stays, and the calendar itself is worked out anew.
_PUT_BACK = (
    text("UPDATE deliveries SET due_at = :now WHERE due_at > :now AND state = 'owed' AND lot = 0"),
    text("UPDATE edits SET due_at = :now WHERE due_at > :now"),
    text("""
        UPDATE sources SET read_at = MIN(read_at, :now), due_at = MIN(due_at, :now),
            retry_at = MIN(retry_at, :now)
    """),
    text("UPDATE hub_subscriptions SET next_try_at = MIN(next_try_at, :now)"),
    text("UPDATE subscribers SET turns_at = 0 WHERE turns_at IS NOT NULL"),
)


class SqlClock:
    """The `ClockRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def latest(self) -> datetime | None:
        read_at: datetime | None = await self._connection.scalar(
            select(func.max(sources.c.read_at, type_=sources.c.read_at.type))
        )
        return read_at

    async def put_back(self, now: datetime) -> None:
        for statement in _PUT_BACK:
            await self._connection.execute(statement, {"now": to_number(now)})
