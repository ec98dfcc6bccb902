"""How much room deliveries and articles take in the database."""

import asyncio
import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from benchmarks.figures import Benchmark, Notes
from benchmarks.placing import SECTIONS, Inventor
from bot.storage.article_ids import last_id
from bot.storage.database import Database
from bot.storage.instants import to_number
from bot.storage.migrate import migrate
from bot.storage.outbox_sql import CLAIM, SETTLE

ARTICLES: Final = 20_000
BATCH: Final = 1_000
SUBSCRIBERS: Final = 10_000
#: Articles that everybody gets: a million deliveries.
ALERTS: Final = 100
SETTLED_AT_ONCE: Final = 500
GOAL: Final = 150
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
#: How many articles an hour an archive of a year holds.
STEP: Final = timedelta(minutes=20)


async def store_articles(database: Database) -> None:
    inventor, at = Inventor(), NOW - STEP * ARTICLES
    async with database.writing() as records:
        await records.topics.ensure(SECTIONS, NOW)
    for _ in range(ARTICLES // BATCH):
        batch = [inventor.article(at + STEP * number) for number in range(BATCH)]
        at += STEP * BATCH
        async with database.writing() as records:
            await records.articles.add(batch, 1, at)


def alert(connection: sqlite3.Connection) -> None:
    """Owe, claim and settle in the order and in the portions in which the bot does it."""
    connection.execute(
        "INSERT INTO subscribers (chat_id, thread_id, kind, language, standing, created_at)"
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?)"
        " SELECT 1000000000 + i, 0, 'private', 'en', 'active', 0 FROM n",
        [SUBSCRIBERS],
    )
    newest = "SELECT id FROM articles WHERE id <= ? ORDER BY id DESC LIMIT ?"
    ids = [one for (one,) in connection.execute(newest, (last_id(NOW), ALERTS))]
    for number, article_id in enumerate(reversed(ids)):
        now = to_number(NOW + STEP * number)
        connection.execute(
            "INSERT INTO deliveries (article_id, subscriber_id, state, reasons, owed_at, due_at)"
            " SELECT ?, id, 'owed', 1, ?, ? FROM subscribers",
            (article_id, now, now),
        )
        connection.commit()
        while _send(connection, now):
            connection.commit()
        connection.commit()


def _send(connection: sqlite3.Connection, now: int) -> bool:
    values = {"now": now, "lease_ends": now + 600_000, "limit": SETTLED_AT_ONCE}
    ids = [one for (one,) in connection.execute(str(CLAIM), values)]
    # Private chats count their messages together.
    rows = json.dumps([(one, "sent", None, 1, 0, 50_000 + one, None) for one in ids])
    connection.execute(str(SETTLE), {"settlements": rows, "now": now + 2_000})
    return bool(ids)


def sizes(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the bytes of each table and index."""
    asked = "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name"
    return dict(connection.execute(asked).fetchall())


def belongings(connection: sqlite3.Connection, table: str) -> set[str]:
    asked = "SELECT name FROM sqlite_master WHERE tbl_name = ?"
    return {name for (name,) in connection.execute(asked, [table])}


async def _measure(notes: Notes, _rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "size.db"
        migrate(f"sqlite+aiosqlite:///{path}")
        database = Database(f"sqlite+aiosqlite:///{path}", UTC)
        await store_articles(database)
        await database.close()
        with closing(sqlite3.connect(path)) as connection:
            alert(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            _note(notes, connection)
        notes.add("the file", path.stat().st_size / 1e6, "MB")


def _note(notes: Notes, connection: sqlite3.Connection) -> None:
    taken = sizes(connection)
    own = belongings(connection, "deliveries")
    number = SUBSCRIBERS * ALERTS
    whole = sum(taken.get(name, 0) for name in own) / number
    notes.add("a settled delivery, with its indexes", whole, "bytes", at_most=GOAL)
    for name in sorted(own & taken.keys()):
        notes.add(f"of that, {name}", taken[name] / number, "bytes")
    of_articles = {name: size for name, size in taken.items() if _is_of_articles(name)}
    search = sum(size for name, size in of_articles.items() if name.startswith("articles_fts"))
    words = sum(taken.get(name, 0) for name in belongings(connection, "article_words"))
    everything = sum(of_articles.values())
    notes.add("an article, with all that belongs to it", everything / ARTICLES, "bytes")
    notes.add("of that, the full-text index", search / ARTICLES, "bytes")
    notes.add("of that, the words it is made of", words / ARTICLES, "bytes")
    notes.add("share of search", 100 * (search + words) / everything, "%")


def _is_of_articles(name: str) -> bool:
    parts = ("articles", "article_words", "article_topics", "sightings")
    return any(part in name for part in parts)


BENCHMARK = Benchmark(
    name="size",
    workload=(
        "20,000 articles with invented headlines and deks, two sections each; 100 of them sent to"
        " 10,000 chats: owed, claimed and settled in portions of 500. What each takes in the file,"
        " by SQLite's own statistics of pages."
    ),
    measure=lambda notes, rounds: asyncio.run(_measure(notes, rounds)),
    rounds=1,
)
