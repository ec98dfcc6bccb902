"""What was published within stretches of time, by the ids of the articles, which grow with it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reach import Stretch
from bot.storage.article_ids import last_id, second_of

#: For each pair of ids, what lies behind the first and up to the second.
_STRETCHES: Final = text("""
    SELECT COUNT(a.id) AS articles, MIN(a.id) AS first
    FROM json_each(:bounds) AS each
    LEFT JOIN articles a ON a.id > each.value ->> 0 AND a.id <= each.value ->> 1
    GROUP BY each.key ORDER BY each.key
""")


async def stretches_between(
    connection: AsyncConnection, bounds: Sequence[tuple[datetime, datetime]]
) -> list[Stretch]:
    """Return what was published within each (beginning, end), in their order."""
    ids = [(last_id(beginning), last_id(end)) for beginning, end in bounds]
    rows = await connection.execute(_STRETCHES, {"bounds": json.dumps(ids)})
    return [
        Stretch(articles=row.articles, first=second_of(row.first) if row.first else None)
        for row in rows
    ]
