"""Standing searches, and what they are matched with."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.urgency import Urgency
from bot.services.records import SearchRecord
from bot.storage.fanout_sql import COLUMNS, IS_HELD, STATE, WHEN
from bot.storage.instants import NEVER, to_number
from bot.storage.tables import standing_searches

#: Rule 1 of matching holds here too: no mute among all topics carried, and no muted story. One
#: delivery, however many of a chat's searches match; the most urgent of them decides.
_PLAN: Final = text(f"""
    INSERT INTO deliveries ({COLUMNS}, search_id)
    SELECT :article_id, subscriber_id, {STATE}, 0, :now, {WHEN}, search_id
    FROM (SELECT *, urgency = 3 OR (urgency = 2 AND editions IS NULL) AS at_once FROM (
        SELECT u.id AS subscriber_id, {IS_HELD} AS is_held, u.editions, u.quiet_until,
            u.next_edition_at,
            MIN(q.id) AS search_id,
            MAX(COALESCE(q.urgency, CASE WHEN u.editions IS NULL THEN 3 ELSE 1 END)) AS urgency
        FROM standing_searches q
        JOIN subscribers u ON u.id = q.subscriber_id AND u.standing <> 'retired'
        WHERE q.id IN (SELECT value FROM json_each(:search_ids)) AND NOT q.paused
            AND NOT EXISTS (
                SELECT 1 FROM article_topics a JOIN stances s
                    ON s.topic_id = a.topic_id AND s.subscriber_id = u.id AND s.stance < 0
                WHERE a.article_id = :article_id AND NOT a.withdrawn
            )
            AND NOT EXISTS (
                SELECT 1 FROM story_mutes m
                WHERE m.subscriber_id = u.id AND m.story_id = :story_id
            )
        GROUP BY u.id
    ))
    WHERE true
    ON CONFLICT DO NOTHING
""")  # noqa: S608 - made of constants

_DROP: Final = text("""
    UPDATE deliveries
    SET state = 'dropped', due_at = NULL, settled_at = :now, detail = 'search removed'
    WHERE subscriber_id = :subscriber_id AND search_id = :search_id AND reasons = 0
        AND due_at IS NOT NULL AND state IN ('owed', 'held')
""")

#: Triggers give each search a version of its own when it is added, and another when it is reworded.
_WRITTEN: Final = text("""
    SELECT v.version, q.id, q.query
    FROM search_versions v JOIN standing_searches q ON q.id = v.search_id
    WHERE v.version > :version ORDER BY v.version LIMIT :limit
""")

_ACTIVE: Final = text("""
    SELECT q.id, q.query
    FROM json_each(:search_ids) AS each
    CROSS JOIN standing_searches q ON q.id = each.value
    JOIN subscribers u ON u.id = q.subscriber_id AND u.standing <> 'retired'
    WHERE NOT q.paused
    ORDER BY q.id
""")

#: What waits for an edition needs the chat's calendar, which most chats have no use for.
_TURN_SOON: Final = text("""
    UPDATE subscribers SET turns_at = 0 WHERE id = :subscriber_id AND turns_at IS NULL
""")


class SqlSearches:
    """The `SearchRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def every(self, subscriber_id: int) -> list[SearchRecord]:
        rows = await self._connection.execute(
            select(standing_searches)
            .where(standing_searches.c.subscriber_id == subscriber_id)
            .order_by(standing_searches.c.id)
        )
        return [_record(row) for row in rows]

    async def get(self, subscriber_id: int, search_id: int) -> SearchRecord | None:
        found = select(standing_searches).where(_own(subscriber_id, search_id))
        row = (await self._connection.execute(found)).one_or_none()
        return _record(row) if row else None

    async def add(self, subscriber_id: int, query: str, name: str, now: datetime) -> int:
        made = await self._connection.execute(
            insert(standing_searches).values(
                subscriber_id=subscriber_id, query=query, name=name, created_at=now
            )
        )
        return int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0

    async def change(
        self,
        subscriber_id: int,
        search_id: int,
        **values: str | bool | Urgency | None,
    ) -> bool:
        changed = await self._connection.execute(
            update(standing_searches).where(_own(subscriber_id, search_id)).values(**values)
        )
        if values.get("urgency") is Urgency.DIGEST:
            await self._connection.execute(_TURN_SOON, {"subscriber_id": subscriber_id})
        return changed.rowcount > 0

    async def remove(self, subscriber_id: int, search_id: int, now: datetime) -> bool:
        gone = await self._connection.execute(
            delete(standing_searches).where(_own(subscriber_id, search_id))
        )
        if not gone.rowcount:
            return False
        values = {"subscriber_id": subscriber_id, "search_id": search_id, "now": to_number(now)}
        await self._connection.execute(_DROP, values)
        return True

    async def written_since(self, version: int, limit: int) -> list[tuple[int, int, str]]:
        values = {"version": version, "limit": limit}
        rows = await self._connection.execute(_WRITTEN, values)
        return [(row.version, row.id, row.query) for row in rows]

    async def active(self, search_ids: Sequence[int]) -> list[tuple[int, str]]:
        rows = await self._connection.execute(
            _ACTIVE, {"search_ids": json.dumps(sorted(search_ids))}
        )
        return [(row.id, row.query) for row in rows]

    async def plan(
        self, article_id: int, story_id: int, search_ids: Sequence[int], now: datetime
    ) -> int:
        values = {
            "article_id": article_id,
            "story_id": story_id,
            "search_ids": json.dumps(list(search_ids)),
            "now": to_number(now),
            "never": NEVER,
        }
        return (await self._connection.execute(_PLAN, values)).rowcount


def _own(subscriber_id: int, search_id: int) -> Any:
    return and_(
        standing_searches.c.id == search_id, standing_searches.c.subscriber_id == subscriber_id
    )


def _record(row: Row[Any]) -> SearchRecord:
    return SearchRecord(
        id=row.id,
        name=row.name,
        text=row.query,
        urgency=Urgency(row.urgency) if row.urgency else None,
        paused=row.paused,
    )
