"""Whatever table names a chat: /mydata tells of it, and /stop deletes it.

The rows are made from the tables as they are described, so a table or a column that is added later
is tried as well; and it fails here until it is told of, or its reason not to be is given below.
"""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Boolean, Column, Connection, Table, Text, create_engine, func, insert, select
from sqlalchemy.pool import NullPool

from bot.domain.subscriber import Subscriber
from bot.services.disclosing import Disclosure, Disclosures
from bot.storage.database import Database
from bot.storage.instants import Instant
from bot.storage.tables import articles, deliveries, metadata, subscribers
from tests.aids.archive import publish, subscribe
from tests.aids.articles import ECONOMY, teaser
from tests.aids.clock import FakeClock

#: Columns that hold no text of their own choice, and how /mydata tells them.
CHOSEN: Final[dict[tuple[str, str], tuple[object, str]]] = {
    ("subscribers", "kind"): ("private", '"kind": "private"'),
    ("subscribers", "standing"): ("paused", '"standing": "paused"'),
    ("subscribers", "silence"): ("topic closed", '"silence": "topic closed"'),
    ("stances", "stance"): (1, '"follows": [\n'),
    ("stances", "urgency"): (2, '"urgency": "silent"'),
    ("standing_searches", "urgency"): (3, '"urgency": "loud"'),
    ("deliveries", "state"): ("sent", '"state": "sent"'),
    ("deliveries", "reasons"): (1, '"because_of": ["Economy"]'),
    ("broadcast_copies", "state"): ("sent", '"state": "sent"'),
    ("deliveries", "lot"): (1, '"comes": "edition"'),
}
#: Columns that /mydata leaves out, and why.
LEFT_OUT: Final = {
    "id": "means nothing outside of the database",
    "subscriber_id": "is the chat itself",
    "channel_id": "the channel is told by its title",
    "topic_id": "the topic is told by its name",
    "article_id": "the article is told by address and headline",
    "story_id": "the story is told by its first article",
    "broadcast_id": "the broadcast is told by its text",
    "search_id": "the search is told by its query",
    "code_hash": "says nothing, and no more is kept of the code",
}
#: Tables that name chats and yet are not about readers.
OF_THE_OPERATOR: Final = {
    "source_notices": "what the administrators of the settings were told of sources",
    "backup_notices": "what they were told of backups",
}
START: Final = datetime(2026, 1, 1, tzinfo=UTC)


def referring() -> list[Table]:
    """Return the tables whose rows belong to a subscriber."""
    return [
        table
        for table in metadata.sorted_tables
        if any(key.column.table is subscribers for key in table.foreign_keys)
    ]


def test_every_table_that_names_a_chat_refers_to_its_subscriber() -> None:
    """Else what follows would not find it, and nothing would delete it."""
    naming = {
        table.name
        for table in metadata.sorted_tables
        if {"chat_id", "subscriber_id"} & set(table.columns.keys())
    } - OF_THE_OPERATOR.keys()

    assert naming == {table.name for table in referring()} | {"subscribers"}
    for table in referring():
        for key in (one for one in table.foreign_keys if one.column.table is subscribers):
            assert key.ondelete == "CASCADE", table.name


class Filler:
    """Fills every column that there is with something that can be found again."""

    def __init__(self, connection: Connection, article_id: int, mark: str) -> None:
        self._connection, self._article_id, self._mark = connection, article_id, mark
        self._count = sum(map(ord, mark))
        self._known: dict[str, int] = {}
        #: What /mydata is to hold, by table and column.
        self.expected: dict[tuple[str, str], str] = {}

    @property
    def subscriber_id(self) -> int:
        return self._known["subscribers"]

    def fill(self) -> None:
        for table in (subscribers, *referring()):
            row = {
                column.name: self._value(table, column)
                for column in table.columns
                if not (column.name == "id" and column.primary_key)
            }
            made = self._connection.execute(insert(table).values(row))
            if "id" in table.columns and made.inserted_primary_key:
                self._known[table.name] = made.inserted_primary_key[0]

    def _value(self, table: Table, column: Column[Any]) -> object:
        if column.name in LEFT_OUT:
            return self._reference(column)
        value, told = CHOSEN.get((table.name, column.name)) or self._unlike(table, column)
        self.expected[table.name, column.name] = told
        return value

    def _reference(self, column: Column[Any]) -> object:
        return {
            "subscriber_id": self._known.get("subscribers"),
            "channel_id": self._known.get("subscribers"),
            "topic_id": 1,
            "article_id": self._article_id,
            "story_id": self._article_id,
            "broadcast_id": 1,
            "search_id": self._known.get("standing_searches"),
            "code_hash": f"hash of {self._mark}",
        }[column.name]

    def _unlike(self, table: Table, column: Column[Any]) -> tuple[object, str]:
        """Return a value that occurs nowhere else, and how it is told."""
        self._count += 1
        if isinstance(column.type, Instant):
            moment = START + timedelta(minutes=self._count)
            return moment, f'"{column.name}": "{moment:%Y-%m-%dT%H:%M:%SZ}"'
        if isinstance(column.type, Boolean):
            return True, f'"{column.name}": true'
        if isinstance(column.type, Text):
            text = f"{self._mark} {table.name} {column.name}"
            return text, f'"{text}"'
        return self._count, f'"{column.name}": {self._count}'


@pytest.fixture
async def article_id(store: Database, now: datetime) -> int:
    async with store.writing() as records:
        return await publish(records, teaser(sections=[ECONOMY]), now, alert=False)


@pytest.fixture
def connection(database_path: Path, article_id: int) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{database_path}", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def chats(connection: Connection, article_id: int) -> dict[str, Filler]:
    fillers = {mark: Filler(connection, article_id, mark) for mark in ("Mina's", "another's")}
    for filler in fillers.values():
        filler.fill()
    connection.commit()
    return fillers


async def subscriber(store: Database, filler: Filler) -> Subscriber:
    async with store.reading() as records:
        found = await records.subscribers.get(filler.subscriber_id)
    assert found
    return found


async def disclosed(store: Database, chat: Subscriber, now: datetime) -> str:
    disclosure = await Disclosures(store, FakeClock(now)).of(chat, "About")
    return disclosure.content.decode()


async def test_mydata_tells_every_column_of_every_row(
    store: Database, chats: dict[str, Filler], now: datetime
) -> None:
    mina = chats["Mina's"]
    text = await disclosed(store, await subscriber(store, mina), now)

    missing = {column for column, told in mina.expected.items() if told not in text}
    assert missing == set()
    assert json.loads(text)["made_at"] == "2026-03-04T05:06:07Z"


async def test_mydata_tells_nothing_of_other_chats(
    store: Database, chats: dict[str, Filler], now: datetime
) -> None:
    text = await disclosed(store, await subscriber(store, chats["Mina's"]), now)

    assert "another's" not in text
    assert "hash of" not in text


async def test_stop_leaves_no_row_of_the_chat_and_all_rows_of_others(
    store: Database, connection: Connection, chats: dict[str, Filler]
) -> None:
    mina = await subscriber(store, chats["Mina's"])

    async with store.writing() as records:
        await records.subscribers.forget(mina.id)

    for table in referring():
        rows = select(func.count()).select_from(table)
        own = rows.where(table.c.subscriber_id == mina.id)
        assert connection.scalar(own) == 0, table.name
        assert connection.scalar(rows) == 1, table.name


async def many(store: Database, connection: Connection, count: int, now: datetime) -> Subscriber:
    """Return a chat that was alerted so many times, the last time on the last article."""
    async with store.writing() as records:
        chat = await subscribe(records, 1, now)
    numbers = range(1, count + 1)
    about = {"dek": "", "published_at": now, "has_time": True, "seen_at": now, "source_id": 1}
    connection.execute(
        insert(articles),
        [
            {
                **about,
                "id": number,
                "url_key": f"e.org/{number}",
                "url": f"https://e.org/{number}",
                "headline": f"Harbour crane number {number}",
                "alerted": True,
            }
            for number in numbers
        ],
    )
    told = {"subscriber_id": chat.id, "state": "sent", "reasons": 0, "owed_at": now}
    connection.execute(insert(deliveries), [{**told, "article_id": number} for number in numbers])
    connection.commit()
    return chat


async def test_a_chat_with_many_deliveries_keeps_nobody_waiting(
    store: Database, connection: Connection, now: datetime
) -> None:
    """Others get their turn between two pages, of which there are more the more there is."""
    chat = await many(store, connection, 2_000, now)
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    task = asyncio.create_task(others())
    disclosure = await Disclosures(store, FakeClock(now)).of(chat, "About")
    task.cancel()

    document = json.loads(disclosure.content)
    assert turns > 10
    assert disclosure.left_out == 0
    assert len({one["article"] for one in document["deliveries"]}) == 2_000
    assert document["deliveries"][0]["headline"] == "Harbour crane number 2000"


async def test_what_would_be_too_large_leaves_out_the_oldest_and_says_so(
    store: Database, connection: Connection, now: datetime
) -> None:
    chat = await many(store, connection, 500, now)

    disclosure: Disclosure = await Disclosures(store, FakeClock(now), most_bytes=100_000).of(
        chat, "About"
    )

    document = json.loads(disclosure.content)
    assert 0 < len(document["deliveries"]) < 500
    assert document["deliveries_left_out"] == disclosure.left_out
    assert disclosure.left_out + len(document["deliveries"]) == 500
    assert document["deliveries"][0]["article"] == "https://e.org/500"
    assert len(disclosure.content) < 110_000
