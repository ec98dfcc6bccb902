"""What is told of a database that ceases to work, and of one that is damaged."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.domain.errors import DamagedDatabaseError, DatabaseError
from bot.storage.database import Database
from bot.storage.integrity import verify
from tests.aids.archive import subscribe
from tests.aids.damage import overwrite, overwrite_all
from tests.conftest import SITE_ZONE


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def logs() -> Iterator[list[Any]]:
    with capture_logs() as events:
        yield events


def contents(path: Path) -> list[bytes]:
    return [path.with_name(f"{path.name}{end}").read_bytes() for end in ("", "-wal")]


async def limit_pages(store: Database, pages: int) -> None:
    """Let the file grow to so many pages, or to what it has: SQLite then says the disk is full."""
    async with store.writing() as records:
        await records._connection.execute(text(f"PRAGMA max_page_count = {pages}"))


async def subscribe_many(store: Database, first: int, now: datetime) -> None:
    """Write more than is left on the last pages."""
    async with store.writing() as records:
        for chat_id in range(first, first + 200):
            await subscribe(records, chat_id, now)


async def test_a_full_disk_is_told_once_and_its_end_once_and_reading_goes_on(
    store: Database, now: datetime, logs: list[Any]
) -> None:
    await limit_pages(store, 1)
    for _ in range(3):
        with pytest.raises(DatabaseError, match="make room"):
            await subscribe_many(store, 1, now)
        async with store.reading() as records:
            assert await records.subscribers.get(1) is None
    await limit_pages(store, 1_000_000)
    await subscribe_many(store, 1, now)

    begun, ended = logs
    assert (begun["event"], begun["concerns"]) == ("database_unavailable", "writing")
    assert (ended["event"], ended["concerns"]) == ("database_available", "writing")
    async with store.reading() as records:
        assert await records.subscribers.get(200) is not None


async def test_a_lock_that_lasts_is_waited_for_less_until_it_is_gone(
    database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a reader's command, behind all that waits, is not silent for minutes."""
    monkeypatch.setattr("bot.storage.database._BUSY_MILLISECONDS", 90)
    monkeypatch.setattr("bot.storage.database._STILL_BUSY_MILLISECONDS", 9)
    database = Database(url(database_path), SITE_ZONE)

    async def patience() -> int:
        async with database.writing() as records:
            return int(await records._connection.scalar(text("PRAGMA busy_timeout")) or 0)

    before = await patience()
    with closing(sqlite3.connect(database_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with pytest.raises(DatabaseError, match="another program holds it"):
                await patience()
    during, after = await patience(), await patience()
    await database.close()

    assert (before, during, after) == (90, 9, 90)


async def test_a_wrong_statement_is_a_fault_of_ours_with_its_traceback(
    store: Database, logs: list[Any]
) -> None:
    with pytest.raises(DatabaseError):
        async with store.writing() as records:
            await records._connection.execute(text("INSERT INTO nothing VALUES (1)"))

    (event,) = logs
    assert event["event"] == "statement_failed"
    assert event["exc_info"]


async def test_whoever_runs_on_a_damaged_file_hears_of_it(
    store: Database, database_path: Path, now: datetime
) -> None:
    await subscribe_many(store, 1, now)
    await store.close()
    overwrite_all(database_path, seed=1)
    damaged = Database(url(database_path), SITE_ZONE)
    hearing = asyncio.create_task(damaged.damaged())

    with pytest.raises(DamagedDatabaseError):
        async with damaged.reading() as records:
            await records.subscribers.get(1)
    with pytest.raises(DamagedDatabaseError, match="restore a backup"):
        await asyncio.wait_for(hearing, 1)
    await damaged.close()


def test_a_sound_database_and_a_new_one_are_fine(database_path: Path, tmp_path: Path) -> None:
    verify(url(database_path))
    verify(url(tmp_path / "new.db"))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("where", ["beginning", "middle"])
async def test_a_damaged_file_is_refused_and_left_as_it_was_with_what_a_crash_left_beside_it(
    where: str, seed: int, store: Database, database_path: Path, tmp_path: Path, now: datetime
) -> None:
    await subscribe_many(store, 1, now)
    found = tmp_path / "found.db"
    with closing(sqlite3.connect(database_path)) as other:
        other.execute("PRAGMA wal_checkpoint")
        await subscribe_many(store, 1_000, now)
        for name in ("", "-wal"):
            shutil.copy(f"{database_path}{name}", f"{found}{name}")
    overwrite(found, seed=seed, at=0 if where == "beginning" else None)
    before = contents(found)

    with pytest.raises(DamagedDatabaseError, match="restore a backup"):
        verify(url(found))

    assert contents(found) == before
