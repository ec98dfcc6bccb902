"""The copies of broadcasts, each owed to one reader."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.broadcast import Copy, Readers, Tally
from bot.domain.delivery import Settlement, State
from bot.services.broadcast_ports import ClaimedCopy
from bot.storage.broadcast_sql import (
    ADVANCE,
    CLAIM,
    NEXT_DUE,
    PLAN,
    READERS,
    RELEASE_ALL,
    SETTLE,
    TALLY,
)
from bot.storage.instants import to_moment, to_number
from bot.storage.outbox import settlement_rows
from bot.storage.subscribers import SUBSCRIBER, subscriber_of
from bot.storage.tables import broadcast_copies, subscribers

_COPY: Final = [broadcast_copies.c[name] for name in ("subscriber_id", "attempts", "ambiguous")]


class SqlBroadcastCopies:
    """The `CopyRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def readers(self) -> Readers:
        row = (await self._connection.execute(READERS)).one()
        return Readers(private=row.private, groups=row.groups, left_out=row.left_out)

    async def plan(self, broadcast_id: int, width: int, now: datetime) -> bool:
        values = {"broadcast_id": broadcast_id, "width": width}
        await self._connection.execute(PLAN, {**values, "now": to_number(now)})
        return bool((await self._connection.execute(ADVANCE, values)).scalar())

    async def claim(
        self, broadcast_id: int, now: datetime, lease_ends: datetime, limit: int
    ) -> tuple[list[ClaimedCopy], int]:
        values = {
            "broadcast_id": broadcast_id,
            "now": to_number(now),
            "lease_ends": to_number(lease_ends),
            "limit": limit,
        }
        looked_at = (await self._connection.execute(CLAIM, values)).all()
        claimed = [row.id for row in looked_at if row.state == State.CLAIMED]
        return await self._claimed(claimed) if claimed else [], len(looked_at)

    async def settle(self, settlements: Sequence[Settlement], now: datetime) -> None:
        values = {"settlements": settlement_rows(settlements), "now": to_number(now)}
        await self._connection.execute(SETTLE, values)

    async def release_all(self, now: datetime) -> int:
        released = await self._connection.execute(RELEASE_ALL, {"now": to_number(now)})
        return released.rowcount

    async def next_due(self, broadcast_id: int) -> datetime | None:
        due = await self._connection.scalar(NEXT_DUE, {"broadcast_id": broadcast_id})
        return None if due is None else to_moment(due)

    async def tally(self, broadcast_id: int, now: datetime) -> Tally:
        values = {"broadcast_id": broadcast_id, "now": to_number(now)}
        rows = (await self._connection.execute(TALLY, values)).all()
        number = {row.state: row.number for row in rows}
        return Tally(
            sent=number.get(State.SENT, 0),
            open=number.get(State.OWED, 0) + number.get(State.CLAIMED, 0),
            waiting=sum(row.waiting for row in rows),
            unreachable=number.get(State.DROPPED, 0),
            failed=number.get(State.FAILED, 0),
        )

    async def _claimed(self, ids: Sequence[int]) -> list[ClaimedCopy]:
        asked = (
            select(broadcast_copies.c.id, *_COPY, *SUBSCRIBER)
            .join(subscribers, subscribers.c.id == broadcast_copies.c.subscriber_id)
            .where(broadcast_copies.c.id.in_(list(ids)))
            .order_by(broadcast_copies.c.id)
        )
        rows = await self._connection.execute(asked)
        return [
            ClaimedCopy(
                copy=Copy(id=row.id, attempts=row.attempts, ambiguous=row.ambiguous),
                subscriber=subscriber_of(row, row.subscriber_id),
            )
            for row in rows
        ]
