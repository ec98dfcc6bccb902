"""Chats that do not let the bot write: what is held for them, and what becomes of it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.silence import Silence
from bot.storage.instants import NEVER, to_number

#: A chat with all its forum topics, or where a thread is given, that one.
_WITHIN: Final = "chat_id = :chat_id AND (:thread_id IS NULL OR thread_id = :thread_id)"

_BEGIN: Final = text(f"""
    UPDATE subscribers SET silence = :why, try_at = :try_at
    WHERE {_WITHIN} AND silence IS NULL AND standing <> 'retired'
    RETURNING id
""")  # noqa: S608 - a constant
_HOLD: Final = text(f"""
    UPDATE deliveries SET state = 'held', due_at = :never
    WHERE due_at IS NOT NULL AND state = 'owed' AND subscriber_id IN (
        SELECT id FROM subscribers WHERE {_WITHIN} AND silence IS NOT NULL
    )
""")  # noqa: S608 - a constant

_END: Final = text(f"""
    UPDATE subscribers SET silence = NULL, try_at = NULL
    WHERE {_WITHIN} AND silence = :why
    RETURNING id
""")  # noqa: S608 - a constant

_TRY_AGAIN: Final = text("""
    UPDATE subscribers SET try_at = :try_at WHERE try_at <= :now
    RETURNING id
""")

#: What is fresh comes as the catch-up (lot 2), but not into quiet hours, nor into a pause.
_OWE_FRESH: Final = text("""
    UPDATE deliveries SET state = 'owed', lot = 2,
        due_at = MAX(:now, COALESCE(
            (SELECT quiet_until FROM subscribers u WHERE u.id = deliveries.subscriber_id), 0
        ))
    WHERE due_at IS NOT NULL AND state = 'held' AND owed_at >= :fresh_from
        AND subscriber_id IN (
            SELECT u.id FROM json_each(:subscriber_ids) AS each
            JOIN subscribers u ON u.id = each.value AND u.standing = 'active'
        )
""")

_HOLDING: Final = text("""
    SELECT DISTINCT d.subscriber_id FROM json_each(:subscriber_ids) AS each
    JOIN subscribers u ON u.id = each.value AND u.standing = 'active'
    JOIN deliveries d ON d.subscriber_id = u.id AND d.due_at IS NOT NULL AND d.state = 'held'
""")


class SqlSilences:
    """The `SilenceRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(
        self, chat_id: int, why: Silence, try_at: datetime, *, thread_id: int | None = None
    ) -> list[int]:
        within = {"chat_id": chat_id, "thread_id": thread_id}
        values = {**within, "why": why, "try_at": to_number(try_at)}
        begun = (await self._connection.execute(_BEGIN, values)).scalars().all()
        await self._connection.execute(_HOLD, {**within, "never": NEVER})
        return list(begun)

    async def end(self, chat_id: int, why: Silence, *, thread_id: int | None = None) -> list[int]:
        values = {"chat_id": chat_id, "thread_id": thread_id, "why": why}
        return list((await self._connection.execute(_END, values)).scalars().all())

    async def try_again(self, now: datetime, try_at: datetime) -> list[int]:
        values = {"now": to_number(now), "try_at": to_number(try_at)}
        return list((await self._connection.execute(_TRY_AGAIN, values)).scalars().all())

    async def owe_fresh(
        self, subscriber_ids: Sequence[int], fresh_from: datetime, now: datetime
    ) -> int:
        values = {
            "subscriber_ids": json.dumps(list(subscriber_ids)),
            "fresh_from": to_number(fresh_from),
            "now": to_number(now),
        }
        return (await self._connection.execute(_OWE_FRESH, values)).rowcount

    async def holding(self, subscriber_ids: Sequence[int]) -> list[int]:
        values = {"subscriber_ids": json.dumps(list(subscriber_ids))}
        return list((await self._connection.execute(_HOLDING, values)).scalars().all())
