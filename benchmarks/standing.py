"""How long it takes to match one article with 50,000 standing searches."""

import asyncio
import gc
import random
import sqlite3
import statistics
import tempfile
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Benchmark, Notes
from benchmarks.invented import NOW, VOCABULARY, Invention
from bot.domain.article import Article
from bot.services.searches import StandingSearches
from bot.storage.database import Database
from bot.storage.migrate import migrate

SEARCHES = 50_000
OWNERS = 5_000
ARTICLES = 30
_CHANCE = random.Random(3)  # noqa: S311 - the same searches in every run


def now() -> datetime:
    return NOW


def _word() -> str:
    """Return a word as readers choose it: any, but the commoner the likelier."""
    return VOCABULARY[int(len(VOCABULARY) * _CHANCE.random() ** 3)]


def _query() -> str:
    forms = (
        _word,
        lambda: f"{_word()} {_word()}",
        lambda: f'"{_word()} {_word()}"',
        lambda: f"{_word()} OR {_word()} OR {_word()}",
        lambda: f"{_word()} -{_word()}",
        lambda: f"{_word()} section:section-{_CHANCE.randrange(40)}",
        lambda: f'{_word()} author:"Author {_CHANCE.randrange(200)}"',
        lambda: f"{_word()}s* after:2020",
        lambda: f"section:section-{_CHANCE.randrange(40)} -{_word()} -{_word()}",
    )
    return _CHANCE.choices(forms, weights=(25, 25, 10, 10, 10, 9, 5, 5, 1))[0]()


def _store(path: Path, queries: list[str]) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany(
            "INSERT INTO subscribers (id, chat_id, thread_id, kind, language, standing, created_at)"
            " VALUES (?1, ?1, 0, 'private', 'en', 'active', 0)",
            ((number,) for number in range(1, OWNERS + 1)),
        )
        connection.executemany(
            "INSERT INTO standing_searches (subscriber_id, name, query, created_at)"
            " VALUES (?, '', ?, 0)",
            ((1 + number % OWNERS, query) for number, query in enumerate(queries)),
        )
    connection.close()


async def _articles(database: Database, path: Path) -> list[Article]:
    await Invention(ARTICLES).tell(database, path, ARTICLES)
    async with database.reading() as records:
        return await records.articles.latest(None, ARTICLES, 0)


async def _measure_once(notes: Notes, path: Path, queries: list[str], about: str) -> None:
    url = f"sqlite+aiosqlite:///{path}"
    migrate(url)
    database = Database(url, UTC)
    articles = await _articles(database, path)
    _store(path, queries)
    searches = StandingSearches(database, now, UTC)
    begun = time.perf_counter()
    await searches.match(articles[0])
    notes.add(f"the first article after a start{about}", time.perf_counter() - begun, "s")
    spent, found = [], 0
    for article in articles[1:]:
        begun = time.perf_counter()
        found += len(await searches.match(article))
        spent.append((time.perf_counter() - begun) * 1000)
    notes.add(f"an article{about}", statistics.median(spent), "ms", at_most=100)
    notes.add(f"the longest of {ARTICLES - 1}{about}", max(spent), "ms", at_most=100)
    notes.add(f"searches answered by an article{about}", found / len(spent), "")
    await database.close()


async def _memory(path: Path) -> float:
    """Return how many megabytes the searches take once they are filed."""
    database = Database(f"sqlite+aiosqlite:///{path}", UTC)
    searches = StandingSearches(database, now, UTC)
    async with database.reading() as records:
        (article,) = await records.articles.latest(None, 1, 0)
    gc.collect()
    tracemalloc.start()
    await searches.match(article)
    gc.collect()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    await database.close()
    return taken / 1e6


def _distinct() -> list[str]:
    found: dict[str, None] = {}
    while len(found) < SEARCHES:
        found[_query()] = None
    return list(found)


async def _measure(notes: Notes, rounds: int) -> None:
    usual = _distinct()
    alike = [f"{VOCABULARY[0]} -{one}" for one in VOCABULARY] + [
        f"{VOCABULARY[0]} -{one}x" for one in VOCABULARY
    ]
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "usual.db"
            await _measure_once(notes, path, usual, "")
            notes.add("memory that the searches take", await _memory(path), "MB")
            path = Path(folder) / "alike.db"
            await _measure_once(notes, path, alike[:SEARCHES], ", all wanting the commonest word")


BENCHMARK = Benchmark(
    name="standing",
    workload=(
        f"{SEARCHES:,} distinct standing searches of {OWNERS:,} readers: words, pairs, phrases,"
        " words joined by OR, with an exclusion, a section, an author or a date, beginnings. Then"
        f" {ARTICLES} articles are matched with them, one after the other, as the planner does."
        " The same with the worst case: all of them want the commonest word without another one."
    ),
    measure=lambda notes, rounds: asyncio.run(_measure(notes, rounds)),
    rounds=1,
)
