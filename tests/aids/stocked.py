"""A database with articles, readers, and deliveries of every kind."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.delivery import Sent, settle
from bot.storage.database import Database
from tests.aids.archive import claim, publish, subscribe
from tests.aids.articles import ECONOMY, teaser
from tests.conftest import SITE_ZONE

READERS = (41, 42)


def url_of(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


async def stock(path: Path, now: datetime) -> None:
    """Have two readers who got one article, and are owed another."""
    database = Database(url_of(path), SITE_ZONE)
    async with database.writing() as records:
        for chat_id in READERS:
            await subscribe(records, chat_id, now, follows=[ECONOMY])
        await publish(records, teaser("sent", headline="Sent"), now - timedelta(hours=2))
        for number, one in enumerate(await claim(records, now)):
            await records.outbox.settle([settle(one.delivery, Sent(number + 1), now)], now)
        await publish(records, teaser("owed", headline="Owed"), now)
    await database.close()


def columns_of(path: Path, statement: str) -> list[tuple[object, ...]]:
    """Return what a query yields, read beside whoever uses the database."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(statement).fetchall()


def headlines_in(path: Path) -> set[object]:
    return {headline for (headline,) in columns_of(path, "SELECT headline FROM articles")}


def names_in(folder: Path) -> list[str]:
    """Return what lies in the folder, sorted."""
    return sorted(path.name for path in folder.iterdir())


def grow(path: Path, megabytes: int) -> None:
    """Make the database about so many megabytes bigger."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE IF NOT EXISTS ballast (content)")
        for _ in range(megabytes):
            database.execute("INSERT INTO ballast VALUES (randomblob(1000000))")


def is_sound(path: Path) -> bool:
    return columns_of(path, "PRAGMA integrity_check") == [("ok",)]


@contextmanager
def full_disk(after: int) -> Iterator[None]:
    """Have the kernel refuse what goes beyond so many bytes of a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (after, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
