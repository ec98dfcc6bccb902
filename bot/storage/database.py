"""Opens the database: one connection that writes, a few that read beside it.

SQLite has one writer at a time. Giving the process a single writing connection, with a lock whose
waiters queue in order, means that a reader's command waits at most for the chunk in progress and
never meets "database is locked".
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import tzinfo
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.domain.errors import ConfigurationError, DatabaseError
from bot.services.meter import Meter, Unmetered
from bot.storage.health import Health
from bot.storage.one_trip import driver
from bot.storage.records import SqlRecords

_READERS: Final = 4
_WRITERS_CACHE_KILOBYTES: Final = 8_000
_READERS_CACHE_KILOBYTES: Final = 2_000
#: How long another program's lock is waited for; once it is known to last, each waits less, so
#: that those who stand behind, readers with their commands among them, hear of it soon.
_BUSY_MILLISECONDS: Final = 10_000
_STILL_BUSY_MILLISECONDS: Final = 200


def database_path(url: str) -> Path:
    """Return the path of the SQLite file, there or not; ConfigurationError for another URL."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise _bad_url(f"{url!r} is not a database URL") from None
    if parsed.drivername not in ("sqlite", "sqlite+aiosqlite"):
        raise _bad_url(f"{parsed.drivername!r} is not supported")
    if not parsed.database or parsed.database == ":memory:":
        raise _bad_url("the URL names no file, and what is in memory only would be lost")
    return Path(parsed.database)


def database_file(url: str) -> Path:
    """Return the path of the SQLite file, its folder made; ConfigurationError for another URL.

    So it is for a file or a folder that cannot be written: SQLite keeps files beside its own.
    """
    path = database_path(url)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
    except OSError as error:
        raise _bad_url(f"{path} cannot be written: {error.strerror or error}") from None
    if not os.access(path.parent, os.W_OK):
        raise _bad_url(f"nothing can be written into {path.parent}")
    return path


def _bad_url(fault: str) -> ConfigurationError:
    return ConfigurationError(
        f"DEKBOT_DATABASE_URL: {fault}; expected sqlite+aiosqlite:///PATH, in a writable folder"
    )


class Database:
    """The `Store` of the use cases, in SQLite."""

    def __init__(self, url: str, zone: tzinfo, meter: Meter | None = None) -> None:
        path = database_file(url)
        #: The site's zone: a date without a time is a day there.
        self._zone = zone
        self._writer = _engine(path, connections=1, begin="BEGIN IMMEDIATE")
        self._reader = _engine(path, connections=_READERS, begin="BEGIN", query_only=True)
        self._turn = asyncio.Lock()
        self._health = Health(path)
        self._is_patient = True
        self._meter = meter or Unmetered()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlRecords]:
        """As the port has it; raises DatabaseError."""
        with self._used("reading"):
            async with self._reader.connect() as connection:
                yield SqlRecords(connection, self._zone)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlRecords]:
        """As the port has it; raises DatabaseError."""
        asked = time.perf_counter()
        async with self._turn:
            self._meter.waited(time.perf_counter() - asked)
            with self._used("writing"):
                await self._set_patience()
                async with self._writer.begin() as connection:
                    yield SqlRecords(connection, self._zone)

    @contextmanager
    def _used(self, work: str) -> Iterator[None]:
        """Take note of how the use of the database within ends, and how long it took."""
        began, failed = time.perf_counter(), False
        try:
            with self._health.watched(work):
                yield
        except DatabaseError:
            failed = True
            raise
        finally:
            self._meter.used(work, time.perf_counter() - began, failed=failed)

    async def _set_patience(self) -> None:
        """Wait less for a lock while writing fails."""
        is_patient = not self._health.fails("writing")
        if is_patient is self._is_patient:
            return
        number = _BUSY_MILLISECONDS if is_patient else _STILL_BUSY_MILLISECONDS
        async with self._writer.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            # Past SQLAlchemy, which would begin a transaction, and so wait.
            await driver.execute_fetchall(f"PRAGMA busy_timeout = {number}")
        self._is_patient = is_patient

    async def damaged(self) -> None:
        """Wait until the file turns out to be damaged; raises DamagedDatabaseError then."""
        await self._health.damaged()

    async def close(self) -> None:
        await self._reader.dispose()
        await self._writer.dispose()


def _engine(path: Path, *, connections: int, begin: str, query_only: bool = False) -> AsyncEngine:
    url = URL.create("sqlite+aiosqlite", database=str(path))
    engine = create_async_engine(
        url, module=driver(), pool_size=connections, max_overflow=0, pool_timeout=60
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions on its own: it would not begin them for DDL,
        # and never as IMMEDIATE.
        connection.isolation_level = None
        for pragma in pragmas(query_only=query_only):
            connection.execute(pragma)

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.connection.dbapi_connection.begin_with_next(begin)

    return engine


def pragmas(*, query_only: bool = False) -> tuple[str, ...]:
    """Return how every connection is set up.

    With WAL and synchronous=NORMAL a killed process loses no commit. A power cut may take the
    last ones, all tables alike: the source is then read again, and what was owed is owed again.
    """
    cache = _READERS_CACHE_KILOBYTES if query_only else _WRITERS_CACHE_KILOBYTES
    return (
        f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = NORMAL",
        "PRAGMA foreign_keys = ON",
        f"PRAGMA cache_size = -{cache}",
        f"PRAGMA query_only = {'ON' if query_only else 'OFF'}",
    )
