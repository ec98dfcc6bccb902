"""Which articles tell one story, and which stories a chat wants no more of."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.article_ids import last_id
from bot.storage.instants import to_number
from bot.storage.tables import articles, story_mutes

_FREQUENCIES = text("""
    SELECT term, doc FROM articles_terms WHERE term IN (SELECT value FROM json_each(:terms))
""")

#: The latest message of the story that each chat got: pairs of subscriber and story.
_EARLIER = text("""
    SELECT each.value ->> 0 AS subscriber_id, each.value ->> 1 AS story_id,
        MAX(d.message_id) AS message_id
    FROM json_each(:pairs) AS each
    JOIN articles a ON a.story_id = each.value ->> 1 OR a.id = each.value ->> 1
    JOIN deliveries d ON d.subscriber_id = each.value ->> 0 AND d.article_id = a.id
    WHERE d.message_id IS NOT NULL
    GROUP BY 1, 2
""")

_DROP_MUTED = text("""
    UPDATE deliveries
    SET state = 'dropped', due_at = NULL, settled_at = :now, detail = 'story muted'
    WHERE subscriber_id = :subscriber_id AND due_at IS NOT NULL AND state IN ('owed', 'held')
        AND article_id IN (SELECT value FROM json_each(:article_ids))
""")

#: Ids keep the time of publication that was told first; so much later a source may have moved it.
#: It ends the walk through the archive where few articles are recent.
_MOVED: Final = timedelta(days=30)


class SqlStories:
    """The `StoryRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def since(self, moment: datetime) -> list[int]:
        found = await self._connection.execute(
            select(articles.c.id)
            .where(articles.c.published_at >= moment, articles.c.id > last_id(moment - _MOVED))
            .order_by(articles.c.id.desc())
            .limit(500)
        )
        return list(found.scalars().all())

    async def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        values = {"terms": json.dumps(list(terms))}
        rows = await self._connection.execute(_FREQUENCIES, values)
        return {row.term: row.doc for row in rows}

    async def join(self, article_id: int, story_id: int) -> None:
        await self._connection.execute(
            update(articles).where(articles.c.id == article_id).values(story_id=story_id)
        )

    async def members(self, story_id: int) -> list[int]:
        later = await self._connection.execute(
            select(articles.c.id).where(articles.c.story_id == story_id).order_by(articles.c.id)
        )
        return [story_id, *later.scalars().all()]

    async def earlier_messages(
        self, pairs: Sequence[tuple[int, int]]
    ) -> dict[tuple[int, int], int]:
        rows = await self._connection.execute(_EARLIER, {"pairs": json.dumps(list(pairs))})
        return {(row.subscriber_id, row.story_id): row.message_id for row in rows}

    async def mute(
        self, subscriber_id: int, strand: int, article_ids: Sequence[int], now: datetime
    ) -> None:
        row = {"subscriber_id": subscriber_id, "story_id": strand}
        await self._connection.execute(insert(story_mutes).values(row).on_conflict_do_nothing())
        values = {
            "subscriber_id": subscriber_id,
            "article_ids": json.dumps(list(article_ids)),
            "now": to_number(now),
        }
        await self._connection.execute(_DROP_MUTED, values)

    async def unmute(self, subscriber_id: int, strand: int) -> None:
        await self._connection.execute(delete(story_mutes).where(*_own(subscriber_id, strand)))

    async def muted(self, subscriber_id: int) -> list[int]:
        asked = select(story_mutes.c.story_id).where(story_mutes.c.subscriber_id == subscriber_id)
        return list((await self._connection.execute(asked)).scalars().all())

    async def is_muted(self, subscriber_id: int, strand: int) -> bool:
        asked = select(story_mutes.c.story_id).where(*_own(subscriber_id, strand))
        return await self._connection.scalar(asked) is not None


def _own(subscriber_id: int, strand: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return what finds a mute: it is kept under the first article of its strand."""
    return story_mutes.c.subscriber_id == subscriber_id, story_mutes.c.story_id == strand
