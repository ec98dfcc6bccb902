"""Broadcasts as a whole: from the draft to the end."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.broadcast import Audience, Broadcast, Stage
from bot.domain.delivery import State
from bot.storage.tables import broadcast_copies, broadcasts, subscribers

_OTHER: Final = broadcasts.alias()
_NONE_IS_SENT: Final = ~exists(select(_OTHER.c.id).where(_OTHER.c.stage == Stage.SENDING))
_NONE_IS_OPEN: Final = ~exists().where(
    broadcast_copies.c.broadcast_id == broadcasts.c.id,
    broadcast_copies.c.state.in_([State.OWED, State.CLAIMED]),
)


class SqlBroadcasts:
    """The `BroadcastRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def draft(self, text: str, written_by: int, now: datetime) -> int:
        earlier = broadcasts.c.written_by == written_by, broadcasts.c.stage == Stage.DRAFT
        await self._connection.execute(delete(broadcasts).where(*earlier))
        made = insert(broadcasts).values(
            text=text,
            audience=Audience.PRIVATE,
            stage=Stage.DRAFT,
            written_by=written_by,
            written_at=now,
        )
        number = await self._connection.scalar(made.returning(broadcasts.c.id))
        return int(number or 0)

    async def get(self, broadcast_id: int) -> Broadcast | None:
        found = await self._every(broadcasts.c.id == broadcast_id)
        return found[0] if found else None

    async def latest(self, stage: Stage) -> Broadcast | None:
        found = await self._every(broadcasts.c.stage == stage)
        return found[-1] if found else None

    async def choose(self, broadcast_id: int, audience: Audience) -> None:
        await self._change(broadcast_id, broadcasts.c.stage == Stage.DRAFT, audience=audience)

    async def discard(self, broadcast_id: int) -> None:
        draft = broadcasts.c.id == broadcast_id, broadcasts.c.stage == Stage.DRAFT
        await self._connection.execute(delete(broadcasts).where(*draft))

    async def begin(self, broadcast_id: int, now: datetime) -> bool:
        last = select(func.coalesce(func.max(subscribers.c.id), 0)).scalar_subquery()
        values = {"stage": Stage.SENDING, "begun_at": now, "last": last}
        return await self._change(
            broadcast_id, broadcasts.c.stage == Stage.DRAFT, _NONE_IS_SENT, **values
        )

    async def stop(self, broadcast_id: int) -> bool:
        return await self._change(
            broadcast_id, broadcasts.c.stage == Stage.SENDING, stage=Stage.STOPPED, to_show=True
        )

    async def resume(self, broadcast_id: int) -> bool:
        return await self._change(
            broadcast_id,
            broadcasts.c.stage == Stage.STOPPED,
            _NONE_IS_SENT,
            stage=Stage.SENDING,
            to_show=False,
        )

    async def finish(self, broadcast_id: int, now: datetime) -> bool:
        return await self._change(
            broadcast_id,
            broadcasts.c.stage == Stage.SENDING,
            broadcasts.c.done_to >= broadcasts.c.last,
            _NONE_IS_OPEN,
            stage=Stage.DONE,
            ended_at=now,
            to_show=True,
        )

    async def show(self, broadcast_id: int, chat_id: int, message_id: int) -> None:
        await self._change(broadcast_id, shown_in=chat_id, shown_by=message_id, to_show=True)

    async def to_show(self) -> list[Broadcast]:
        return await self._every(
            broadcasts.c.shown_by.is_not(None),
            or_(broadcasts.c.stage == Stage.SENDING, broadcasts.c.to_show),
        )

    async def shown(self, broadcast_id: int, stage: Stage) -> None:
        await self._change(broadcast_id, broadcasts.c.stage == stage, to_show=False)

    async def hide(self, broadcast_id: int) -> None:
        await self._change(broadcast_id, shown_in=None, shown_by=None, to_show=False)

    async def _change(
        self, broadcast_id: int, *conditions: ColumnElement[bool], **values: object
    ) -> bool:
        changed = update(broadcasts).where(broadcasts.c.id == broadcast_id, *conditions)
        return (await self._connection.execute(changed.values(**values))).rowcount > 0

    async def _every(self, *conditions: ColumnElement[bool]) -> list[Broadcast]:
        asked = select(broadcasts).where(*conditions).order_by(broadcasts.c.id)
        return [_broadcast(row) for row in await self._connection.execute(asked)]


def _broadcast(row: Row[Any]) -> Broadcast:
    return Broadcast(
        id=row.id,
        text=row.text,
        audience=Audience(row.audience),
        stage=Stage(row.stage),
        written_by=row.written_by,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        is_planned=row.begun_at is not None and row.done_to >= row.last,
        shown_in=row.shown_in,
        shown_by=row.shown_by,
    )
