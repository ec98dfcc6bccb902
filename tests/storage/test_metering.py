"""Transactions are timed, and so is the wait for the turn to write."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.errors import DatabaseError
from bot.storage.database import Database
from tests.aids.metered import Metered
from tests.conftest import SITE_ZONE


@pytest.fixture
def meter() -> Metered:
    return Metered()


@pytest.fixture
async def watched(database_path: Path, meter: Metered) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{database_path}", SITE_ZONE, meter)
    yield database
    await database.close()


def counted(meter: Metered, name: str) -> dict[str, float | None]:
    return {work: meter.shows(name, work=work) for work in ("reading", "writing")}


async def test_each_transaction_is_counted_by_what_it_does(
    watched: Database, meter: Metered
) -> None:
    async with watched.writing() as records:
        await records.touch()
    for _ in range(2):
        async with watched.reading() as records:
            await records.sources.every()

    assert counted(meter, "database_transaction_seconds_count") == {"reading": 2, "writing": 1}
    assert counted(meter, "database_failures_total") == {"reading": 0, "writing": 0}


async def test_a_failure_is_counted_and_timed(watched: Database, meter: Metered) -> None:
    with pytest.raises(DatabaseError):
        async with watched.reading() as records:
            await records.touch()

    assert counted(meter, "database_failures_total") == {"reading": 1, "writing": 0}
    assert meter.shows("database_transaction_seconds_count", work="reading") == 1


async def test_what_a_caller_raises_is_no_failure_of_the_database(
    watched: Database, meter: Metered
) -> None:
    with pytest.raises(KeyError):
        async with watched.writing():
            raise KeyError

    assert meter.shows("database_failures_total", work="writing") == 0


async def test_whoever_waits_for_the_turn_to_write_is_clocked(
    watched: Database, meter: Metered
) -> None:
    async def write() -> None:
        async with watched.writing():
            await asyncio.sleep(0.02)

    await asyncio.gather(write(), write(), write())

    waited = meter.shows("database_wait_seconds_sum")
    assert meter.shows("database_wait_seconds_count") == 3
    assert waited is not None
    assert waited >= 0.05  # 20 ms behind the first, 40 ms behind the second; less a tick
