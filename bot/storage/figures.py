"""Numbers for administrators, asked for by index."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import State
from bot.domain.figures import Readership, Traffic, Waiting
from bot.domain.subscriber import ChatKind, Standing
from bot.storage.instants import to_moment, to_number

_READERSHIP: Final = text("""
    SELECT standing, kind, COUNT(*) AS number, SUM(created_at >= :new_since) AS new
    FROM subscribers GROUP BY standing, kind
""")

_OPEN: Final = text("""
    SELECT state, COUNT(*) AS number FROM deliveries WHERE due_at IS NOT NULL GROUP BY state
""")
_DUE: Final = text("""
    SELECT COUNT(*) AS number, MIN(due_at) AS oldest FROM deliveries
    WHERE due_at <= :now AND state = 'owed'
""")

#: Latency is that of alerts that were to come at once. What waited for an edition, for the end of
#: quiet hours or of a pause took its time on purpose, and a retraction counts from its article.
_TRAFFIC: Final = text("""
    WITH settled AS (
        SELECT state, ambiguous, settled_at - owed_at AS waited,
            state = 'sent' AND lot = 0 AND first_message_id IS NULL AS at_once
        FROM deliveries WHERE settled_at >= :beginning AND settled_at < :end
    ), ranked AS (
        SELECT waited, ROW_NUMBER() OVER (ORDER BY waited) AS place, COUNT(*) OVER () AS number
        FROM settled WHERE at_once
    )
    SELECT * FROM (
        SELECT COUNT(*) FILTER (WHERE state = 'sent') AS sent,
            COUNT(*) FILTER (WHERE state = 'failed') AS failed,
            COUNT(*) FILTER (WHERE ambiguous > 0) AS ambiguous
        FROM settled
    ), (
        SELECT COUNT(*) AS at_once,
            MAX(waited) FILTER (WHERE place = (number + 1) / 2) AS median,
            MAX(waited) FILTER (WHERE place = (95 * number + 99) / 100) AS p95
        FROM ranked
    )
""")


class SqlFigures:
    """The `FigureRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def readership(self, new_since: datetime) -> Readership:
        asked = {"new_since": to_number(new_since)}
        rows = (await self._connection.execute(_READERSHIP, asked)).all()
        standings = dict.fromkeys(Standing, 0)
        kinds = dict.fromkeys(ChatKind, 0)
        for row in rows:
            standings[Standing(row.standing)] += row.number
            if row.standing != Standing.RETIRED:
                kinds[ChatKind(row.kind)] += row.number
        return Readership(
            active=standings[Standing.ACTIVE],
            paused=standings[Standing.PAUSED],
            retired=standings[Standing.RETIRED],
            new=sum(row.new for row in rows),
            kinds=kinds,
        )

    async def waiting(self, now: datetime) -> Waiting:
        counted = await self._connection.execute(_OPEN)
        by_state = {row.state: row.number for row in counted}
        due = (await self._connection.execute(_DUE, {"now": to_number(now)})).one()
        return Waiting(
            owed=by_state.get(State.OWED, 0) + by_state.get(State.CLAIMED, 0),
            held=by_state.get(State.HELD, 0),
            due=due.number,
            oldest_due=None if due.oldest is None else to_moment(due.oldest),
        )

    async def traffic(self, bounds: Sequence[tuple[datetime, datetime]]) -> list[Traffic]:
        return [await self._settled(beginning, end) for beginning, end in bounds]

    async def _settled(self, beginning: datetime, end: datetime) -> Traffic:
        stretch = {"beginning": to_number(beginning), "end": to_number(end)}
        row = (await self._connection.execute(_TRAFFIC, stretch)).one()
        return _traffic(row)


def _traffic(row: Row[Any]) -> Traffic:
    return Traffic(
        sent=row.sent,
        failed=row.failed,
        ambiguous=row.ambiguous,
        at_once=row.at_once,
        median=_span(row.median),
        p95=_span(row.p95),
    )


def _span(milliseconds: int | None) -> timedelta | None:
    """Return the time; none is below zero, whatever was done to the clock."""
    return None if milliseconds is None else timedelta(milliseconds=max(milliseconds, 0))
