"""The driver that goes to the database's thread once for a statement."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.database import Database
from bot.storage.one_trip import driver

#: Takes a second or so, and is interrupted by nothing but its end.
SLOW = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000000)"
    " INSERT INTO words (word) SELECT 'late' FROM n WHERE i = 3000000"
)
STATEMENTS: list[tuple[str, Any]] = [
    ("SELECT id, word FROM words ORDER BY id", None),
    ("SELECT id AS number FROM words WHERE word = :word", {"word": "nowhere"}),
    ("INSERT INTO words (word) VALUES (:word)", {"word": "third"}),
    ("INSERT INTO words (word) VALUES (:word)", [{"word": "fourth"}, {"word": "fifth"}]),
    ("INSERT INTO words (word) VALUES (:word) RETURNING id, word", {"word": "sixth"}),
    ("UPDATE words SET word = upper(word) WHERE id > :id", {"id": 1}),
    ("DELETE FROM words WHERE id = :id", {"id": 99}),
    ("CREATE TABLE more (id INTEGER)", None),
    ("SELECT * FROM more", None),
]


def engine_of(path: Path, **given: Any) -> AsyncEngine:
    return create_async_engine(f"sqlite+aiosqlite:///{path}", **given)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """Return an engine with our driver; its transactions begin as those of `Database` do."""
    engine = engine_of(tmp_path / "ours.db", module=driver(), pool_size=1, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.connection.dbapi_connection.begin_with_next("BEGIN IMMEDIATE")

    await seed(engine)
    yield engine
    await engine.dispose()


async def seed(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE words (id INTEGER PRIMARY KEY, word UNIQUE)"))
        await connection.execute(text("INSERT INTO words (word) VALUES ('first'), ('second')"))


async def words(engine: AsyncEngine) -> list[str]:
    async with engine.connect() as connection:
        return list(await connection.scalars(text("SELECT word FROM words ORDER BY id")))


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the trips to aiosqlite's threads, as they are made."""
    made: list[str] = []
    execute: Any = aiosqlite.Connection._execute  # each trip goes through it

    async def counted(self: Any, function: Any, *args: Any, **named: Any) -> Any:
        made.append(function.__name__)
        return await execute(self, function, *args, **named)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return made


async def outcome(engine: AsyncEngine, statement: str, values: Any) -> tuple[Any, ...]:
    async with engine.begin() as connection:
        result = await connection.execute(text(statement), values)
        keys = list(result.keys()) if result.returns_rows else None
        rows = [tuple(row) for row in result] if result.returns_rows else None
        # For several rows and for RETURNING, the drivers promise nothing of these two.
        is_plain = rows is None and not isinstance(values, list)
        return keys, rows, result.rowcount, result.lastrowid if is_plain else None


async def test_every_statement_yields_what_the_usual_driver_yields(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    usual = engine_of(tmp_path / "usual.db")
    await seed(usual)
    for statement, values in STATEMENTS:
        expected = await outcome(usual, statement, values)

        assert await outcome(engine, statement, values) == expected, statement
    await usual.dispose()


async def test_a_statement_makes_one_trip_and_its_transaction_begins_with_it(
    engine: AsyncEngine, trips: list[str]
) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO words (word) VALUES ('third')"))
        await connection.execute(text("SELECT * FROM words"))
    together = trips[:]
    trips.clear()
    async with engine.begin():
        pass

    assert len(together) == 3
    assert together[-1] == "commit"
    assert trips == []


async def test_what_fails_leaves_nothing_and_the_connection_goes_on(engine: AsyncEngine) -> None:
    async def fail() -> None:
        async with engine.begin() as connection:
            await connection.execute(text("INSERT INTO words (word) VALUES ('third')"))
            await connection.execute(text("INSERT INTO words (word) VALUES ('first')"))

    with pytest.raises(IntegrityError):
        await fail()

    assert await words(engine) == ["first", "second"]


async def test_what_is_cancelled_in_mid_statement_leaves_nothing(engine: AsyncEngine) -> None:
    """The thread goes on with the statement; its transaction is rolled back behind it."""

    async def insert() -> None:
        async with engine.begin() as connection:
            await connection.execute(text(SLOW))

    task = asyncio.create_task(insert())
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await words(engine) == ["first", "second"]


async def test_a_lock_that_keeps_a_transaction_from_beginning_is_told(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("PRAGMA busy_timeout = 0"))

    async def insert() -> None:
        async with engine.begin() as connection:
            await connection.execute(text("INSERT INTO words (word) VALUES ('third')"))

    async with aiosqlite.connect(tmp_path / "ours.db") as other:
        await other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OperationalError, match="locked"):
            await insert()
    await insert()

    assert await words(engine) == ["first", "second", "third"]


async def test_the_database_uses_it(database_path: Path, trips: list[str]) -> None:
    """A reading with one statement: there, and back to end it."""
    database = Database(f"sqlite+aiosqlite:///{database_path}", UTC)
    async with database.reading() as records:
        await records.fanouts.pending()
    trips.clear()
    async with database.reading() as records:
        await records.fanouts.pending()
    made = trips[:]
    await database.close()

    assert made == ["_fetched", "rollback"]
