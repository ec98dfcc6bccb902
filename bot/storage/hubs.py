"""Subscriptions at the hubs that sources name."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.hub import HubLink, HubState
from bot.services.hub_ports import HubRecord
from bot.storage.tables import hub_subscriptions, sources

_OWN = hub_subscriptions.c
_ALL: Select[Any] = select(
    hub_subscriptions, sources.c.url, sources.c.kind, sources.c.switched_off_at
).join(sources, sources.c.id == _OWN.source_id)


class SqlHubs:
    """The `HubRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def found(self, source_id: int, link: HubLink | None) -> bool:
        own = _OWN.source_id == source_id
        row = (
            await self._connection.execute(select(_OWN.hub, _OWN.topic).where(own))
        ).one_or_none()
        known = HubLink(hub=row.hub, topic=row.topic) if row else None
        if known == link:
            return False
        await self._connection.execute(delete(hub_subscriptions).where(own))
        if link is not None:
            begun = insert(hub_subscriptions).values(
                source_id=source_id, hub=link.hub, topic=link.topic, state=HubState.FOUND
            )
            await self._connection.execute(begun)
        return True

    async def every(self) -> list[HubRecord]:
        rows = await self._connection.execute(_ALL.order_by(_OWN.source_id))
        return [_record(row) for row in rows]

    async def of_token(self, token: str) -> HubRecord | None:
        row = (await self._connection.execute(_ALL.where(_OWN.token == token))).one_or_none()
        return _record(row) if row else None

    async def ask(self, asked: HubRecord) -> None:
        same = (_OWN.hub == asked.hub) & (_OWN.topic == asked.topic)
        await self._change(
            (_OWN.source_id == asked.source_id) & same,
            state=asked.state,
            token=asked.token,
            secret=asked.secret,
            public_url=asked.public_url,
            # Another token is another subscription, and nobody has agreed to that yet.
            lease_until=case((_OWN.token == asked.token, _OWN.lease_until)),
            next_try_at=asked.next_try_at,
            requests=asked.requests,
        )

    async def failed(self, token: str, fault: str, next_try_at: datetime) -> None:
        is_open = (_OWN.token == token) & (_OWN.requests > 0)
        await self._change(is_open, fault=fault, next_try_at=next_try_at)

    async def verified(self, token: str, lease_until: datetime, next_try_at: datetime) -> None:
        await self._change(
            _OWN.token == token,
            state=HubState.LIVE,
            lease_until=lease_until,
            next_try_at=next_try_at,
            requests=0,
            fault="",
        )

    async def denied(self, token: str, reason: str, next_try_at: datetime) -> None:
        await self._change(
            _OWN.token == token,
            state=HubState.DENIED,
            lease_until=None,
            next_try_at=next_try_at,
            requests=0,
            fault=reason,
        )

    async def notified(self, token: str, now: datetime) -> None:
        await self._change(_OWN.token == token, notified_at=now)

    async def _change(self, condition: ColumnElement[bool], **values: object) -> None:
        await self._connection.execute(update(hub_subscriptions).where(condition).values(**values))


def _record(row: Row[Any]) -> HubRecord:
    return HubRecord(
        source_id=row.source_id,
        url=row.url,
        kind=row.kind,
        is_off=row.switched_off_at is not None,
        hub=row.hub,
        topic=row.topic,
        state=HubState(row.state),
        token=row.token,
        secret=row.secret,
        public_url=row.public_url,
        lease_until=row.lease_until,
        next_try_at=row.next_try_at,
        requests=row.requests,
        fault=row.fault,
        notified_at=row.notified_at,
    )
