"""Searching 100,000 articles, the newest first and by relevance.

Workload: headlines of 6 to 14 words and deks of 12 to 30, drawn from 30,000 words whose
frequencies fall as in any language (Zipf); 40 sections, the first with every second article. Each
query is asked through the service, as the chat command does: its first page, 200 times in each
order. Median and 99th percentile.
"""

import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.domain.query_parser import parse_query
from bot.domain.relevance import RANKED, Order
from bot.domain.topic import section
from bot.services.archive import Archive
from bot.storage.database import Database
from bot.storage.migrate import migrate

ARTICLES = 100_000
WORDS = 30_000
SECTIONS = 40
CALLS = 200
NOW = datetime(2026, 1, 1, tzinfo=UTC)
QUERIES = {
    "the commonest word": "w0",
    "a common word": "w10",
    "a rare word": "w3000",
    "two common words": "w0 w1",
    "one of three": "w0 OR w1 OR w2",
    "a phrase": '"w0 w1"',
    "a prefix": "w12*",
    "a word in a section": "w0 section:section-0",
    "a word without another": "w1 -w0",
    "a section": "section:section-0",
}


def words() -> Iterator[tuple[str, str, str]]:
    """Yield headline, dek and inflected words of each article, from old to new."""
    chance = random.Random(1)  # noqa: S311 - the same articles in every run
    vocabulary = [f"w{number}" for number in range(WORDS)]
    weights = list(accumulate(1 / (number + 3) for number in range(WORDS)))

    def draw(least: int, most: int) -> str:
        count = chance.randint(least, most)
        return " ".join(chance.choices(vocabulary, cum_weights=weights, k=count))

    for _ in range(ARTICLES):
        yield draw(6, 14), draw(12, 30), draw(3, 12)


async def seed(database: Database, path: Path) -> None:
    sections = [section(f"section {number}") for number in range(SECTIONS)]
    async with database.writing() as records:
        await records.topics.ensure(sections, NOW)
    first = int(NOW.timestamp()) - ARTICLES
    ids = [(first + number) << 20 for number in range(ARTICLES)]
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany(
            """
            INSERT INTO articles (
                id, url_key, url, headline, dek, published_at, has_time, seen_at, source_id, alerted
            )
            VALUES (?1, ?1, '', '', '', (?1 >> 20) * 1000, 1, 0, 1, 0)
            """,
            ((number,) for number in ids),
        )
        connection.executemany(
            "INSERT INTO article_words (article_id, headline, dek, inflected) VALUES (?, ?, ?, ?)",
            ((number, *told) for number, told in zip(ids, words(), strict=True)),
        )
        connection.executemany(
            "INSERT INTO article_topics (article_id, topic_id, position) VALUES (?, ?, 0)",
            ((one, 1 + (n % SECTIONS if n % 2 else 0)) for n, one in enumerate(ids)),
        )
        connection.execute("ANALYZE")
    connection.close()


async def measure(archive: Archive, query: str, order: Order) -> str:
    """Return median and 99th percentile in milliseconds."""
    waits = []
    for _ in range(CALLS):
        begun = time.perf_counter()
        await archive.search(query, 0, order)
        waits.append((time.perf_counter() - begun) * 1000)
    waits.sort()
    return f"{waits[CALLS // 2]:.1f} / {waits[int(CALLS * 0.99)]:.1f} ms"


async def run(console: Console) -> None:
    title = f"Search, {ARTICLES:,} articles, {RANKED:,} ranked (p50 / p99)"
    table = Table(title=title)
    for column in ("query", "answers", "newest first", "by relevance"):
        table.add_column(column, justify="left" if column == "query" else "right")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.db"
        url = f"sqlite+aiosqlite:///{path}"
        migrate(url)
        database = Database(url, UTC)
        await seed(database, path)
        archive = Archive(database, UTC)
        for name, query in QUERIES.items():
            async with database.reading() as records:
                count = await records.articles.count_answers(parse_query(query, UTC))
            spent = [await measure(archive, query, order) for order in Order]
            table.add_row(name, f"{count:,}", *spent)
        await database.close()
    console.print(table)


def main() -> None:
    asyncio.run(run(Console(width=100)))
