"""What became of one article.

Its deliveries lie side by side in an index: the table grows for as long as the bot runs, and is
never read whole.
"""

from typing import Any, Final

from sqlalchemy import Boolean, Integer, Row, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import State
from bot.services.trace_ports import TraceRow
from bot.services.traces import TracedEdits, TracedFanout
from bot.storage.instants import NEVER, Instant, to_moment
from bot.storage.stances import LOTS
from bot.storage.subscribers import subscriber_of
from bot.storage.tables import articles, fanouts, subscribers

#: What is held is due at this moment.
_NEVER: Final = to_moment(NEVER)

SIGHTINGS: Final = text("""
    SELECT s.id FROM sources s
    CROSS JOIN sightings g ON g.source_id = s.id AND g.article_id = :article_id
    ORDER BY s.id
""")

STATES: Final = text("""
    SELECT d.state, COUNT(*) AS number FROM deliveries d
    WHERE d.article_id = :article_id GROUP BY d.state
""")

_OF: Final = """
    SELECT u.*, d.state, d.reasons, d.owed_at, d.due_at, d.lot, d.silent, d.attempts, d.ambiguous,
        d.settled_at, d.message_id, d.first_message_id, d.detail, d.search_id,
        COALESCE(NULLIF(q.name, ''), q.query) AS search
    FROM deliveries d
    JOIN subscribers u ON u.id = d.subscriber_id
    LEFT JOIN standing_searches q ON q.id = d.search_id
    WHERE d.article_id = :article_id
"""
DELIVERIES: Final = text(f"""
    {_OF}
    ORDER BY CASE d.state WHEN 'failed' THEN 0 WHEN 'dropped' THEN 2 WHEN 'sent' THEN 3 ELSE 1 END,
        d.id
    LIMIT :limit
""")
DELIVERY: Final = text(f"{_OF} AND d.subscriber_id = :subscriber_id")
#: By name, since the columns' order in the file is that in which migrations added them.
_TYPES: Final[dict[str, Any]] = {
    "paused_until": Instant,
    "language_chosen": Boolean,
    "owed_at": Instant,
    "due_at": Instant,
    "settled_at": Instant,
    "silent": Boolean,
}

#: By the messages that carry it, since that is how edits are found. A retraction may have come as
#: a message of its own; then both are edited.
EDITS: Final = text("""
    SELECT COUNT(*) AS number, MIN(e.due_at) AS due_at FROM deliveries d
    CROSS JOIN edits e ON e.subscriber_id = d.subscriber_id
        AND e.message_id IN (d.message_id, d.first_message_id)
    WHERE d.article_id = :article_id AND d.message_id IS NOT NULL
""").columns(number=Integer, due_at=Instant)


class SqlTraces:
    """The `TraceRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def sightings(self, article_id: int) -> list[int]:
        found = await self._connection.execute(SIGHTINGS, {"article_id": article_id})
        return list(found.scalars().all())

    async def neighbours(self, url_key: str, limit: int) -> list[str]:
        key = articles.c.url_key
        found: list[str] = []
        for condition, order in ((key < url_key, key.desc()), (key > url_key, key.asc())):
            asked = select(articles.c.url).where(condition).order_by(order).limit(limit)
            found += (await self._connection.execute(asked)).scalars().all()
        return found

    async def states(self, article_id: int) -> dict[State, int]:
        rows = await self._connection.execute(STATES, {"article_id": article_id})
        return {State(row.state): row.number for row in rows}

    async def deliveries(self, article_id: int, limit: int) -> list[TraceRow]:
        values = {"article_id": article_id, "limit": limit}
        return [
            _row(row)
            for row in await self._connection.execute(DELIVERIES.columns(**_TYPES), values)
        ]

    async def delivery(self, article_id: int, subscriber_id: int) -> TraceRow | None:
        values = {"article_id": article_id, "subscriber_id": subscriber_id}
        row = (await self._connection.execute(DELIVERY.columns(**_TYPES), values)).one_or_none()
        return _row(row) if row else None

    async def fanouts(self, article_id: int) -> list[TracedFanout]:
        asked = select(fanouts).where(fanouts.c.article_id == article_id).order_by(fanouts.c.id)
        return [
            TracedFanout(done_to=row.done_to, last=row.last, begun_at=row.begun_at)
            for row in await self._connection.execute(asked)
        ]

    async def edits(self, article_id: int) -> TracedEdits:
        row = (await self._connection.execute(EDITS, {"article_id": article_id})).one()
        return TracedEdits(count=row.number, due_at=row.due_at)

    async def retired_because(self, subscriber_id: int) -> str:
        reason = func.coalesce(subscribers.c.retired_because, "")
        asked = select(reason).where(
            subscribers.c.id == subscriber_id, subscribers.c.standing == "retired"
        )
        return await self._connection.scalar(asked) or ""


def _row(row: Row[Any]) -> TraceRow:
    return TraceRow(
        subscriber=subscriber_of(row, row.id),
        state=State(row.state),
        reasons=row.reasons,
        search=row.search if row.search or row.search_id is None else "(removed since)",
        owed_at=row.owed_at,
        due_at=None if row.due_at == _NEVER else row.due_at,
        lot=LOTS[row.lot],
        silent=row.silent,
        attempts=row.attempts,
        ambiguous=row.ambiguous,
        settled_at=row.settled_at,
        message_id=row.message_id,
        first_message_id=row.first_message_id,
        detail=row.detail or "",
    )
