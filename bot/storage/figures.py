"""Numbers for administrators, asked for by index."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.figures import Readership, Traffic
from bot.domain.subscriber import ChatKind, Standing
from bot.storage.instants import to_number

_READERSHIP: Final = text("""
    SELECT standing, kind, COUNT(*) AS number, SUM(created_at >= :new_since) AS new
    FROM subscribers GROUP BY standing, kind
""")

_SETTLED: Final = "settled_at >= :beginning AND settled_at < :end"
#: Latency is that of alerts that were to come at once. What waited for an edition, for the end of
#: quiet hours or of a pause took its time on purpose, and a retraction counts from its article.
_AT_ONCE: Final = "state = 'sent' AND lot = 0 AND first_message_id IS NULL"
_COUNTED: Final = text(f"""
    SELECT COUNT(*) FILTER (WHERE state = 'sent') AS sent,
        COUNT(*) FILTER (WHERE state = 'failed') AS failed,
        COUNT(*) FILTER (WHERE ambiguous > 0) AS ambiguous,
        COUNT(*) FILTER (WHERE {_AT_ONCE}) AS at_once
    FROM deliveries WHERE {_SETTLED}
""")  # noqa: S608 - constants
#: By their places, counted from 0, among all that waited less; sorted once.
_LATENCY: Final = text(f"""
    WITH waits AS MATERIALIZED (
        SELECT settled_at - owed_at AS waited FROM deliveries
        WHERE {_SETTLED} AND {_AT_ONCE} ORDER BY waited
    )
    SELECT (SELECT waited FROM waits LIMIT 1 OFFSET :median) AS median,
        (SELECT waited FROM waits LIMIT 1 OFFSET :p95) AS p95
""")  # noqa: S608 - constants


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

    async def traffic(
        self, bounds: Sequence[tuple[datetime, datetime]], *, timed: bool = True
    ) -> list[Traffic]:
        return [await self._settled(beginning, end, timed=timed) for beginning, end in bounds]

    async def _settled(self, beginning: datetime, end: datetime, *, timed: bool) -> Traffic:
        stretch = {"beginning": to_number(beginning), "end": to_number(end)}
        counted = (await self._connection.execute(_COUNTED, stretch)).one()
        traffic = Traffic(**counted._asdict())
        if not timed or not traffic.at_once:
            return traffic
        last = {"median": _place(traffic.at_once, 50), "p95": _place(traffic.at_once, 95)}
        told = (await self._connection.execute(_LATENCY, stretch | last)).one()
        return replace(traffic, median=_span(told.median), p95=_span(told.p95))


def _place(number: int, share: int) -> int:
    """Return the place, from 0, of the first that so many in a hundred are no later than."""
    return -(-number * share // 100) - 1


def _span(milliseconds: int) -> timedelta:
    """Return the time; none is below zero, whatever was done to the clock."""
    return timedelta(milliseconds=max(milliseconds, 0))
