"""Chats that give everything to another one: an upgraded group, and /move."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.subscriber import ChatKind
from bot.services.records import Holdings
from bot.storage.fanout import SqlFanouts
from bot.storage.instants import NEVER, to_number
from bot.storage.joining import JOIN, LEAVE_MESSAGES
from bot.storage.outbox import SqlOutbox
from bot.storage.tables import move_codes, subscribers

_HOLDINGS: Final = text("""
    SELECT
        (SELECT COUNT(*) FROM stances WHERE subscriber_id = s.id AND stance > 0) AS follows,
        (SELECT COUNT(*) FROM stances WHERE subscriber_id = s.id AND stance < 0) AS mutes,
        (SELECT COUNT(*) FROM standing_searches WHERE subscriber_id = s.id) AS searches,
        (SELECT COUNT(*) FROM story_mutes WHERE subscriber_id = s.id) AS stories,
        (SELECT COUNT(*) FROM saved WHERE subscriber_id = s.id) AS saved,
        (SELECT COUNT(*) FROM deliveries
            WHERE subscriber_id = s.id AND due_at IS NOT NULL) AS waiting,
        COALESCE(s.timezone, s.editions, s.quiet) IS NOT NULL AS times,
        s.standing = 'paused' AS paused
    FROM subscribers s WHERE s.id = :subscriber_id
""")


class SqlMoves:
    """The `MoveRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection, fanouts: SqlFanouts, outbox: SqlOutbox) -> None:
        self._connection = connection
        self._fanouts = fanouts
        self._outbox = outbox

    async def upgrade(self, chat_id: int, new_chat_id: int, now: datetime) -> None:
        old = select(subscribers).where(subscribers.c.chat_id == chat_id)
        for row in (await self._connection.execute(old)).all():
            there = select(subscribers.c.id).where(
                subscribers.c.chat_id == new_chat_id, subscribers.c.thread_id == row.thread_id
            )
            target = await self._connection.scalar(there)
            if target is None:
                await self._rename(row.id, new_chat_id)
            else:
                await self.join(row.id, target, now)

    async def join(self, giver_id: int, receiver_id: int, now: datetime) -> None:
        await self._fanouts.catch_up(giver_id, receiver_id, now)
        values = {"giver": giver_id, "to": receiver_id, "now": to_number(now), "never": NEVER}
        for statement in JOIN:
            await self._connection.execute(statement, values)
        await self._connection.execute(delete(subscribers).where(subscribers.c.id == giver_id))
        await self._outbox.drop_unwanted(receiver_id, now)

    async def holdings(self, subscriber_id: int) -> Holdings:
        asked = {"subscriber_id": subscriber_id}
        row = (await self._connection.execute(_HOLDINGS, asked)).one_or_none()
        if row is None:
            return Holdings()
        return Holdings(
            follows=row.follows,
            mutes=row.mutes,
            searches=row.searches,
            stories=row.stories,
            saved=row.saved,
            waiting=row.waiting,
            times=bool(row.times),
            paused=bool(row.paused),
        )

    async def put_code(self, subscriber_id: int, code_hash: str, expires_at: datetime) -> None:
        row = {"code_hash": code_hash, "expires_at": expires_at}
        made = insert(move_codes).values(subscriber_id=subscriber_id, **row)
        renewed = made.on_conflict_do_update(index_elements=["subscriber_id"], set_=row)
        await self._connection.execute(renewed)

    async def find_code(self, code_hash: str) -> tuple[int, datetime] | None:
        row = (
            await self._connection.execute(
                select(move_codes).where(move_codes.c.code_hash == code_hash)
            )
        ).one_or_none()
        return (row.subscriber_id, row.expires_at) if row else None

    async def _rename(self, subscriber_id: int, new_chat_id: int) -> None:
        for statement in LEAVE_MESSAGES:
            await self._connection.execute(statement, {"giver": subscriber_id})
        await self._connection.execute(
            update(subscribers)
            .where(subscribers.c.id == subscriber_id)
            .values(chat_id=new_chat_id, kind=ChatKind.SUPERGROUP)
        )
