"""When each chat wants its alerts, and what its calendar says now."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.turns import Turn
from bot.domain.urgency import Urgency
from bot.services.records import TimingRecord
from bot.storage.instants import to_number
from bot.storage.tables import subscribers

_COLUMNS: Final = [subscribers.c[name] for name in ["id", "timezone", "editions", "quiet"]]

_TURN = text("""
    UPDATE subscribers SET
        quiet_until = each.value ->> 1, next_edition_at = each.value ->> 2,
        turns_at = each.value ->> 3
    FROM json_each(:turns) AS each WHERE subscribers.id = each.value ->> 0
""")

#: What waits is due as if it had become owed now; where there are no editions any more, what
#: waited for one comes with the catch-up.
_RESCHEDULE = text("""
    UPDATE deliveries SET
        due_at = CASE WHEN lot = 1 AND :has_editions THEN :next_edition_at
            WHEN :quiet_until > :now THEN :quiet_until ELSE :now END,
        lot = CASE WHEN lot = 1 AND :has_editions THEN 1
            WHEN lot = 0 AND COALESCE(:quiet_until, 0) <= :now THEN 0 ELSE 2 END
    WHERE subscriber_id = :subscriber_id AND due_at IS NOT NULL AND state = 'owed'
""")

_SET_URGENCY = text("""
    UPDATE stances SET urgency = :urgency
    WHERE subscriber_id = :subscriber_id AND topic_id = :topic_id AND stance > 0
""")

_OFFER = """
    WHERE subscriber_id = :subscriber_id AND due_at IS NOT NULL AND state = 'held'
"""
_CATCH_UP = text(f"UPDATE deliveries SET state = 'owed', due_at = :now, lot = 2 {_OFFER}")  # noqa: S608 - a constant
_SKIP = text(f"""
    UPDATE deliveries SET state = 'dropped', due_at = NULL, settled_at = :now, detail = 'skipped'
    {_OFFER}
""")  # noqa: S608 - a constant


class SqlTimings:
    """The `TimingRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, subscriber_id: int) -> TimingRecord | None:
        asked = select(*_COLUMNS).where(subscribers.c.id == subscriber_id)
        row = (await self._connection.execute(asked)).one_or_none()
        return _record(row) if row else None

    async def choose(
        self, subscriber_id: int, *, editions: str | None, quiet: str | None, timezone: str | None
    ) -> None:
        await self._connection.execute(
            update(subscribers)
            .where(subscribers.c.id == subscriber_id)
            .values(editions=editions, quiet=quiet, timezone=timezone)
        )

    async def set_urgency(self, subscriber_id: int, topic_id: int, urgency: Urgency | None) -> bool:
        values = {"subscriber_id": subscriber_id, "topic_id": topic_id, "urgency": urgency}
        return (await self._connection.execute(_SET_URGENCY, values)).rowcount > 0

    async def turning(self, now: datetime, limit: int) -> list[TimingRecord]:
        rows = await self._connection.execute(
            select(*_COLUMNS).where(subscribers.c.turns_at <= now).limit(limit)
        )
        return [_record(row) for row in rows]

    async def turn(self, turns: Sequence[tuple[int, Turn]]) -> None:
        rows = [
            (
                subscriber_id,
                to_number(turn.quiet_until) if turn.quiet_until else None,
                to_number(turn.next_edition_at),
                to_number(turn.turns_at),
            )
            for subscriber_id, turn in turns
        ]
        await self._connection.execute(_TURN, {"turns": json.dumps(rows)})

    async def reschedule(
        self, subscriber_id: int, turn: Turn, now: datetime, *, has_editions: bool
    ) -> int:
        values = {
            "subscriber_id": subscriber_id,
            "has_editions": has_editions,
            "next_edition_at": to_number(turn.next_edition_at),
            "quiet_until": to_number(turn.quiet_until) if turn.quiet_until else None,
            "now": to_number(now),
        }
        return (await self._connection.execute(_RESCHEDULE, values)).rowcount

    async def catch_up(self, subscriber_id: int, now: datetime) -> int:
        values = {"subscriber_id": subscriber_id, "now": to_number(now)}
        return (await self._connection.execute(_CATCH_UP, values)).rowcount

    async def skip(self, subscriber_id: int, now: datetime) -> int:
        values = {"subscriber_id": subscriber_id, "now": to_number(now)}
        return (await self._connection.execute(_SKIP, values)).rowcount


def _record(row: Row[Any]) -> TimingRecord:
    return TimingRecord(
        subscriber_id=row.id,
        timezone=row.timezone,
        editions=row.editions or "",
        quiet=row.quiet or "",
    )
