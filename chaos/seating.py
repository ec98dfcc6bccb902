"""Puts the readers into the database, as if they had told the bot in their chats."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from bot.demo.newsroom.article import LABELS, SECTIONS, SITE_ZONE
from bot.domain.matching import Stance
from bot.domain.subscriber import Address, ChatKind
from bot.domain.turns import turn
from bot.services.fanout import RANGE
from bot.services.ports import Records
from bot.storage.database import Database
from bot.storage.fanout import SPARSE
from bot.storage.migrate import migrate
from chaos.audience import AUTHORS, Wishes

#: Over so many ranges of ids the readers are spread, as years of coming and going do it: else a
#: fan-out to a few thousand is one step, and no kill ever falls into the middle.
RANGES: Final = 40


async def seat(path: Path, audience: Sequence[Wishes], now: datetime) -> None:
    """Make the database, with these readers in it."""
    url = f"sqlite+aiosqlite:///{path}"
    migrate(url)
    database = Database(url, SITE_ZONE)
    try:
        async with database.writing() as records:
            await records.topics.ensure((*SECTIONS, *LABELS, *AUTHORS), now)
            topics = await _numbers(records)
        readers = iter(audience)
        while some := list(islice(readers, -(-len(audience) // RANGES))):
            async with database.writing() as records:
                for wishes in some:
                    await _seat(records, wishes, topics, now)
            _skip_ids(path)
    finally:
        await database.close()


async def _seat(
    records: Records, wishes: Wishes, topics: dict[tuple[str, str], int], now: datetime
) -> None:
    address = Address(chat_id=wishes.chat_id)
    reader = await records.subscribers.put(address, ChatKind.PRIVATE, "en", now)
    for wanted, stance in ((wishes.follows, Stance.FOLLOW), (wishes.mutes, Stance.MUTE)):
        for topic in wanted:
            await records.subscribers.set_stance(reader.id, topics[topic.identity], stance)
    if wishes.urgency:
        for topic in wishes.follows:
            number = topics[topic.identity]
            await records.timings.set_urgency(reader.id, number, wishes.urgency)
    for query in wishes.searches:
        await records.searches.add(reader.id, query, "", now)
    await records.timings.choose(
        reader.id,
        editions=str(wishes.editions) if wishes.editions else None,
        quiet=str(wishes.quiet) if wishes.quiet else None,
        timezone=wishes.timezone,
    )
    await records.timings.turn([(reader.id, turn(wishes.timing, now))])


async def _numbers(records: Records) -> dict[tuple[str, str], int]:
    kinds = {topic.kind for topic in (*SECTIONS, *LABELS, *AUTHORS)}
    every = [record for kind in kinds for record in await records.topics.every(kind, 0)]
    return {record.topic.identity: record.id for record in every}


def _skip_ids(path: Path) -> None:
    """Have the next reader's id fall into another range."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'subscribers'",
            [RANGE * SPARSE],
        )
