"""How fast deliveries are claimed and settled, in batches of 500 out of a million."""

import asyncio
import json
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final

from benchmarks import crowd
from benchmarks.figures import Benchmark, Notes
from bot.domain.delivery import Sent, settle
from bot.services.records import Dispatchable
from bot.services.settling import Result, Settler
from bot.storage.database import Database
from bot.storage.instants import to_number
from bot.storage.outbox_sql import CLAIM, SETTLE

BATCH: Final = 500
#: To a round, of each way of measuring.
BATCHES: Final = 60
GOAL: Final = 100_000
LEASE: Final = timedelta(minutes=10)


async def owe(database: Database, path: Path) -> None:
    """Owe everybody the same article."""
    article_id = await crowd.publish(database, (crowd.OTHERS[0],), 1)
    now = to_number(crowd.NOW)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM fanouts")
        connection.execute(
            "INSERT INTO deliveries (article_id, subscriber_id, state, reasons, owed_at, due_at)"
            " SELECT ?, id, 'owed', 1, ?, ? FROM subscribers",
            (article_id, now, now),
        )


def statements_alone(path: Path) -> tuple[float, float]:
    """Return the seconds that a delivery takes to be claimed, and to be settled, in SQL alone."""
    now, claimed, settled, number = to_number(crowd.NOW), 0.0, 0.0, 0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = NORMAL")
        for _ in range(BATCHES):
            begun = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            values = {"now": now, "lease_ends": now + 600_000, "limit": BATCH}
            ids = [one for (one,) in connection.execute(str(CLAIM), values)]
            connection.execute("COMMIT")
            between = time.perf_counter()
            rows = json.dumps([(one, "sent", None, 1, 0, one, None) for one in ids])
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(str(SETTLE), {"settlements": rows, "now": now})
            connection.execute("COMMIT")
            claimed += between - begun
            settled += time.perf_counter() - between
            number += len(ids)
    return claimed / number, settled / number


async def claim(database: Database) -> list[Dispatchable]:
    async with database.writing() as records:
        return await records.outbox.claim(crowd.NOW, crowd.NOW + LEASE, BATCH)


async def as_records(database: Database) -> tuple[float, float]:
    """Return the seconds that a delivery takes with all that dispatch reads and writes of it."""
    claimed = settled = 0.0
    for _ in range(BATCHES):
        begun = time.perf_counter()
        found = await claim(database)
        between = time.perf_counter()
        outcomes = [settle(one.delivery, Sent(one.delivery.id), crowd.NOW) for one in found]
        async with database.writing() as records:
            await records.outbox.settle(outcomes, crowd.NOW)
        claimed += between - begun
        settled += time.perf_counter() - between
    return claimed / BATCHES / BATCH, settled / BATCHES / BATCH


async def message_by_message(database: Database) -> float:
    """Return the seconds that a delivery takes where each result is given in by its own message."""
    settler, seconds = Settler(database, crowd.now, timedelta(days=1)), 0.0
    for _ in range(BATCHES):
        results = [_result(one) for one in await claim(database)]
        begun = time.perf_counter()
        await asyncio.gather(*(settler.settle(one) for one in results))
        seconds += time.perf_counter() - begun
    return seconds / BATCHES / BATCH


def _result(one: Dispatchable) -> Result:
    outcome = Sent(one.delivery.id)
    settlement = settle(one.delivery, outcome, crowd.NOW)
    return Result(
        subscriber=one.subscriber, outcome=outcome, settlements=(settlement,), carried=(one,)
    )


async def _measure(notes: Notes, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database, path = await crowd.gather(Path(folder))
        await owe(database, path)
        for _ in range(rounds):
            _note(notes, "statements", *statements_alone(path))
            _note(notes, "through the storage", *await as_records(database))
            notes.add("settled message by message", 1 / await message_by_message(database), "/s")
        await database.close()


def _note(notes: Notes, how: str, claimed: float, settled: float) -> None:
    notes.add(f"{how}: claimed and settled", 1 / (claimed + settled), "/s", at_least=GOAL)
    notes.add(f"{how}: a delivery claimed", claimed * 1e6, "µs")
    notes.add(f"{how}: a delivery settled", settled * 1e6, "µs")


BENCHMARK = Benchmark(
    name="outbox",
    workload=(
        "1,000,000 open deliveries, claimed and settled in batches of 500, each batch in two"
        " transactions: the two statements alone; through the storage, with the chat and the"
        " article of each delivery read; and with 500 messages at a time each giving in its own"
        " result, as dispatch does it."
    ),
    measure=lambda notes, rounds: asyncio.run(_measure(notes, rounds)),
)
