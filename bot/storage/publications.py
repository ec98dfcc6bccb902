"""When a source published, for learning its rhythm."""

import asyncio
import json
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.article_ids import last_id
from bot.storage.instants import to_moment

#: A rhythm is no better for more, and the newest tell most.
_MOST: Final = 50_000
#: All that the source has shown, whichever brought it first. Ids grow with the time of publication,
#: so that this is one walk back in the sightings of the source. One row, since each would be a turn
#: of the event loop's.
MOMENTS: Final = text("""
    SELECT json_group_array(published_at) FROM (
        SELECT a.published_at FROM sightings s JOIN articles a ON a.id = s.article_id
        WHERE s.source_id = :source_id AND s.article_id > :beginning AND a.has_time
        ORDER BY s.article_id DESC LIMIT :most
    )
""")


class SqlPublications:
    """The `PublicationRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def since(self, source_id: int, beginning: datetime) -> list[datetime]:
        asked = {"source_id": source_id, "beginning": last_id(beginning), "most": _MOST}
        found = await self._connection.scalar(MOMENTS, asked)
        return await asyncio.to_thread(_moments, found)


def _moments(found: str) -> list[datetime]:
    return [to_moment(number) for number in json.loads(found)]
