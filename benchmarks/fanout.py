"""Fan-out to a million subscribers, and how long a reader's command waits meanwhile.

Workload: 1,000,000 private chats with 3 followed sections each out of 40; one in three mutes
something. An article of a section with 1 %, 10 % or 50 % of all subscribers is planned in ranges,
while a reader follows and unfollows a topic again and again: each time through the service, as
the chat command does. Three rounds each; medians, least and greatest.
"""

import asyncio
import sqlite3
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.domain.article import Published, Teaser
from bot.domain.matching import Stance
from bot.domain.news import NewArticle
from bot.domain.subscriber import Address, ChatKind
from bot.domain.topic import section
from bot.services.fanout import RANGE, Planner
from bot.services.searches import StandingSearches
from bot.services.stories import Stories
from bot.services.subscriptions import Subscriptions
from bot.services.timing import TimingService
from bot.storage.database import Database
from bot.storage.migrate import migrate

SUBSCRIBERS = 1_000_000
ROUNDS = 3
#: Section by section: followed by every n-th subscriber.
SHARES = {"one in a hundred": 100, "one in ten": 10, "one in two": 2}
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def now() -> datetime:
    return NOW


async def seed(database: Database, path: Path) -> None:
    sections = [section(name) for name in SHARES] + [section(f"other {n}") for n in range(40)]
    async with database.writing() as records:
        await records.topics.ensure(sections, NOW)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?)
            INSERT INTO subscribers (chat_id, thread_id, kind, language, standing, created_at)
            SELECT 1000000000 + i, 0, 'private', 'en', 'active', 0 FROM n
            """,
            [SUBSCRIBERS],
        )
        for topic_id, every in enumerate(SHARES.values(), start=1):
            connection.execute(
                "INSERT INTO stances (topic_id, subscriber_id, stance)"
                " SELECT ?, id, 1 FROM subscribers WHERE id % ? = 0",
                (topic_id, every),
            )
        for follow in range(3):
            connection.execute(
                "INSERT OR IGNORE INTO stances (topic_id, subscriber_id, stance)"
                " SELECT 4 + (id * 7 + ? * 13) % 40, id, 1 FROM subscribers",
                (follow,),
            )
        connection.execute(
            "INSERT OR IGNORE INTO stances (topic_id, subscriber_id, stance)"
            " SELECT 4 + (id * 11 + 5) % 40, id, -1 FROM subscribers WHERE id % 3 = 0"
        )
        connection.execute("ANALYZE")
    connection.close()


async def publish(database: Database, name: str, number: int) -> None:
    teaser = Teaser(
        url=f"https://example.org/{number}", headline="Headline", sections=(section(name),)
    )
    new = NewArticle(teaser=teaser, published=Published(at=NOW), alert=True)
    async with database.writing() as records:
        (article_id,) = await records.articles.add([new], 1, NOW + timedelta(seconds=number))
        await records.fanouts.begin(article_id, 0, NOW)


async def use_the_chat(database: Database, waits: list[float]) -> None:
    subscriptions = Subscriptions(database, now)
    reader = await subscriptions.arrive(Address(chat_id=1), ChatKind.PRIVATE, "en")
    stance: Stance | None = Stance.FOLLOW
    while True:
        begun = time.perf_counter()
        await subscriptions.set_stance(reader, 5, stance)
        waits.append(time.perf_counter() - begun)
        stance = None if stance else Stance.FOLLOW
        await asyncio.sleep(0.01)


def planner(database: Database) -> Planner:
    return Planner(
        database,
        now,
        TimingService(database, now, UTC),
        StandingSearches(database, now, UTC),
        Stories(database, now),
    )


async def measure(database: Database, name: str, number: int) -> tuple[float, int, list[float]]:
    await publish(database, name, number)
    waits: list[float] = []
    reader = asyncio.create_task(use_the_chat(database, waits))
    begun = time.perf_counter()
    owed = await planner(database).plan()
    seconds = time.perf_counter() - begun
    reader.cancel()
    return seconds, owed, waits


async def run(console: Console) -> None:
    table = Table(title=f"Fan-out, {SUBSCRIBERS:,} subscribers, ranges of {RANGE:,}")
    for column in (
        "followed by",
        "deliveries",
        "seconds (least, greatest)",
        "reader waits: median",
        "p99",
        "longest",
    ):
        table.add_column(column, justify="right")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fanout.db"
        url = f"sqlite+aiosqlite:///{path}"
        migrate(url)
        database = Database(url, UTC)
        await seed(database, path)
        for kind, name in enumerate(SHARES):
            rounds = [await measure(database, name, kind * ROUNDS + n) for n in range(ROUNDS)]
            seconds = sorted(one[0] for one in rounds)
            waits = sorted(wait for one in rounds for wait in one[2])
            table.add_row(
                name,
                f"{rounds[0][1]:,}",
                f"{statistics.median(seconds):.2f} ({seconds[0]:.2f}, {seconds[-1]:.2f})",
                f"{statistics.median(waits) * 1000:.1f} ms",
                f"{waits[int(len(waits) * 0.99)] * 1000:.1f} ms",
                f"{waits[-1] * 1000:.1f} ms",
            )
        await database.close()
    console.print(table)


def main() -> None:
    asyncio.run(run(Console(width=120)))
