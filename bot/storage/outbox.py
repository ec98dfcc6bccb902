"""The outbox: deliveries from owed to settled."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import Delivery, Settlement, State
from bot.domain.topic import Identity
from bot.services.records import DeliveryRow, Dispatchable, OpenFigures, OutboxFigures
from bot.storage.articles import SqlArticles
from bot.storage.instants import NEVER, to_moment, to_number
from bot.storage.outbox_sql import (
    CLAIM,
    DROP_MUTED,
    DROP_UNWANTED,
    OLDEST_DUE,
    OPEN_FIGURES,
    RELEASE_ALL,
    SETTLE,
)
from bot.storage.stances import LOTS
from bot.storage.subscribers import SUBSCRIBER, subscriber_of
from bot.storage.tables import deliveries, saved, subscribers

_DELIVERY: Final = [
    deliveries.c[name]
    for name in [
        "id",
        "article_id",
        "subscriber_id",
        "reasons",
        "owed_at",
        "attempts",
        "ambiguous",
        "lot",
        "silent",
        "message_id",
    ]
]
_IS_SAVED: Final = (
    exists()
    .where(
        saved.c.subscriber_id == deliveries.c.subscriber_id,
        saved.c.article_id == deliveries.c.article_id,
    )
    .label("is_saved")
)


class SqlOutbox:
    """The `OutboxRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection, articles: SqlArticles) -> None:
        self._connection = connection
        self._articles = articles

    async def claim(self, now: datetime, lease_ends: datetime, limit: int) -> list[Dispatchable]:
        values = {"now": to_number(now), "lease_ends": to_number(lease_ends), "limit": limit}
        ids = (await self._connection.execute(CLAIM, values)).scalars().all()
        return await self._dispatchable(ids)

    async def settle(self, settlements: Sequence[Settlement], now: datetime) -> None:
        values = {"settlements": settlement_rows(settlements), "now": to_number(now)}
        await self._connection.execute(SETTLE, values)

    async def release_all(self, now: datetime) -> int:
        values = {"now": to_number(now), "never": NEVER}
        released = await self._connection.execute(RELEASE_ALL, values)
        return released.rowcount

    async def drop_unwanted(self, subscriber_id: int, now: datetime) -> int:
        values = {"subscriber_id": subscriber_id, "now": to_number(now)}
        return (await self._connection.execute(DROP_UNWANTED, values)).rowcount

    async def drop_muted(
        self, article_id: int, identities: Sequence[Identity], now: datetime
    ) -> int:
        values = {
            "article_id": article_id,
            "topics": json.dumps(list(identities)),
            "now": to_number(now),
        }
        return (await self._connection.execute(DROP_MUTED, values)).rowcount

    async def of_message(self, subscriber_id: int, message_id: int) -> list[DeliveryRow]:
        carried = (deliveries.c.message_id, deliveries.c.first_message_id)
        return await self._deliveries(
            deliveries.c.subscriber_id == subscriber_id,
            or_(*(column == message_id for column in carried)),
        )

    async def of_article(self, subscriber_id: int, article_id: int) -> DeliveryRow | None:
        found = await self._deliveries(
            deliveries.c.subscriber_id == subscriber_id, deliveries.c.article_id == article_id
        )
        return found[0] if found else None

    async def _deliveries(self, *conditions: ColumnElement[bool]) -> list[DeliveryRow]:
        asked = select(deliveries).where(*conditions).order_by(deliveries.c.article_id)
        rows = await self._connection.execute(asked)
        return [
            DeliveryRow(
                article_id=row.article_id,
                state=State(row.state),
                reasons=row.reasons,
                search_id=row.search_id,
                due_at=row.due_at,
                message_id=row.message_id,
                lot=LOTS[row.lot],
                detail=row.detail or "",
            )
            for row in rows
        ]

    async def next_due(self) -> datetime | None:
        due = await self._connection.scalar(
            text("""
                SELECT MIN(due_at) FROM deliveries
                WHERE due_at IS NOT NULL AND due_at < :never AND state = 'owed'
            """),
            {"never": NEVER},
        )
        return None if due is None else to_moment(due)

    async def figures(self) -> OutboxFigures:
        counted = select(deliveries.c.state, func.count().label("number")).group_by(
            deliveries.c.state
        )
        by_state = {row.state: row.number for row in await self._connection.execute(counted)}
        return OutboxFigures(
            owed=by_state.get(State.OWED, 0) + by_state.get(State.CLAIMED, 0),
            held=by_state.get(State.HELD, 0),
            sent=by_state.get(State.SENT, 0),
            dropped=by_state.get(State.DROPPED, 0),
            failed=by_state.get(State.FAILED, 0),
        )

    async def oldest_due(self, now: datetime) -> datetime | None:
        due = await self._connection.scalar(OLDEST_DUE, {"now": to_number(now)})
        return None if due is None else to_moment(due)

    async def open_figures(self, now: datetime) -> OpenFigures:
        values = {"now": to_number(now), "never": NEVER}
        row = (await self._connection.execute(OPEN_FIGURES, values)).one()
        return OpenFigures(
            owed=row.due + row.later,
            due=row.due,
            held=row.held,
            oldest_due=None if row.oldest_due is None else to_moment(row.oldest_due),
        )

    async def _dispatchable(self, ids: Sequence[int]) -> list[Dispatchable]:
        statement: Select[Any] = (
            select(*_DELIVERY, *SUBSCRIBER, _IS_SAVED)
            .join(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
            .where(deliveries.c.id.in_(list(ids)))
            .order_by(deliveries.c.owed_at, deliveries.c.article_id)
        )
        rows = (await self._connection.execute(statement)).all()
        found = await self._articles.get(list({row.article_id for row in rows}))
        return [
            Dispatchable(
                delivery=_delivery(row),
                article=found[row.article_id],
                subscriber=subscriber_of(row, row.subscriber_id),
                reasons=row.reasons,
                lot=LOTS[row.lot],
                silent=row.silent,
                came_before=row.message_id is not None,
                is_saved=row.is_saved,
            )
            for row in rows
        ]


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        article_id=row.article_id,
        subscriber_id=row.subscriber_id,
        owed_at=row.owed_at,
        attempts=row.attempts,
        ambiguous=row.ambiguous,
    )


def settlement_rows(settlements: Sequence[Settlement]) -> str:
    """Return the settlements as the statements that write them down take them."""
    return json.dumps([_row(settlement) for settlement in settlements])


def _row(settlement: Settlement) -> tuple[int | str | None, ...]:
    held = NEVER if settlement.state is State.HELD else None
    return (
        settlement.delivery_id,
        settlement.state,
        held if settlement.due_at is None else to_number(settlement.due_at),
        settlement.attempts,
        settlement.ambiguous,
        settlement.message_id,
        settlement.detail or None,
    )
