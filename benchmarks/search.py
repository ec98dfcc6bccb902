"""How long a search takes in archives of a thousand to a million articles, its worst cases too."""

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from benchmarks.figures import Benchmark, Notes, percentile
from benchmarks.invented import FROZEN, NOW, STRANGERS, VOCABULARY, Invention
from bot.domain.article import Published, Teaser
from bot.domain.news import NewArticle
from bot.domain.relevance import Order
from bot.services.archive import Archive
from bot.storage.database import Database
from bot.storage.migrate import migrate

#: Growing; each archive is the one before with more.
SIZES = [int(size) for size in os.environ.get("SIZES", "1000,10000,100000,1000000").split(",")]
CALLS = 60
INSERTS = 300
#: The goals of the issue, in milliseconds: the median and the 99th percentile.
GOALS: dict[int, tuple[float | None, float]] = {100_000: (1, 5), 1_000_000: (None, 30)}

_COMMON, _NEXT, _THIRD = VOCABULARY[:3]
_RARE = VOCABULARY[20_000]
_LONG = next(word for word in VOCABULARY[100:] if len(word) > 4)  # noqa: PLR2004 - longer than what is indexed
QUERIES = {
    "the commonest word": _COMMON,
    "a common word": VOCABULARY[30],
    "a rare word": _RARE,
    "a word that is nowhere": "xylophone",
    "two common words": f"{_COMMON} {_NEXT}",
    "a common and a rare word": f"{_COMMON} {_RARE}",
    "two common words that never meet": " ".join(STRANGERS),
    "two such and the commonest": f"{_COMMON} {' '.join(STRANGERS)}",
    "one of three": f"{_COMMON} OR {_NEXT} OR {_THIRD}",
    "one of two with a rare one": f"{_COMMON} OR {_NEXT} {_RARE}",
    "a phrase": f'"{_COMMON} {_NEXT}"',
    "a phrase of common words that nobody wrote": f'"{" ".join(FROZEN)}"',
    "z*": "z*",
    "a*": "a*",
    "a beginning of two letters": f"{_COMMON[:2]}*",
    "a beginning of three letters": f"{_LONG[:3]}*",
    "a beginning of four letters": f"{_LONG[:4]}*",
    "two short beginnings": "z* a*",
    "a word without another": f"{_NEXT} -{_COMMON}",
    "a word without a beginning": f"{_COMMON} -z*",
    "without a word": f"-{_COMMON}",
    "without a beginning": "-b*",
    "a section": "section:section-0",
    "a word in a section": f"{_COMMON} section:section-0",
    "the commonest word in a section that ended": f"{_COMMON} section:ended",
    "words that never meet, in a section": f"section:section-0 {' '.join(STRANGERS)}",
    "sections that never meet": "section:section-0 section:section-1",
    "a section or a rare word": f"section:ended OR {_RARE}",
    "a section or another, and a word": f"section:ended OR section:section-1 {_COMMON}",
    "an author's": f'{_COMMON} author:"Author 7"',
    "a label": f"label:seldom {_COMMON} -section:section-0",
    "before long ago": f"{_COMMON} before:{{early}}",
    "after yesterday": f"{_RARE} after:{{late}}",
    "words that never meet, before long ago": f"{' '.join(STRANGERS)} before:{{early}}",
    "a date or a word that is nowhere": "before:1990 OR xylophone",
    "a date or words that never meet": f"after:{{late}} OR {STRANGERS[0]} {STRANGERS[1]}",
}


def _queries(size: int) -> dict[str, str]:
    late = NOW.date().isoformat()
    early = f"{NOW.year - max(round(size * 315 / 31_536_000), 1) + 1}-01-01"
    return {name: text.format(early=early, late=late) for name, text in QUERIES.items()}


async def _times(archive: Archive, query: str, order: Order = Order.NEWEST) -> list[float]:
    """Return how many milliseconds each call took."""
    spent = []
    for _ in range(CALLS):
        begun = time.perf_counter()
        await archive.search(query, 0, order)
        spent.append((time.perf_counter() - begun) * 1000)
    return spent


async def _insertions(database: Database, invention: Invention) -> list[float]:
    """Return how many milliseconds it took to store each of some articles, one by one."""
    spent = []
    for _ in range(INSERTS):
        headline, dek, _ = invention.words()
        teaser = Teaser(url=f"https://example.org/{random.random()}", headline=headline, dek=dek)  # noqa: S311 - an address
        new = NewArticle(teaser=teaser, published=Published(at=NOW), alert=False)
        async with database.writing() as records:
            begun = time.perf_counter()
            await records.articles.add([new], 1, NOW)
            spent.append((time.perf_counter() - begun) * 1000)
    return spent


async def _note_size(notes: Notes, archive: Archive, size: int) -> None:
    at, every = f"at {size:,} articles", []
    median_goal, goal = GOALS.get(size, (None, None))
    for name, query in _queries(size).items():
        spent = await _times(archive, query)
        every += spent
        if size in GOALS:
            notes.add(f"{name}, p50 {at}", statistics.median(spent), "ms", at_most=median_goal)
            notes.add(f"{name}, p99 {at}", percentile(spent, 0.99), "ms", at_most=goal)
    ranked = await _times(archive, _COMMON, Order.RELEVANCE)
    notes.add(f"the commonest word, by relevance, p50 {at}", statistics.median(ranked), "ms")
    notes.add(f"p50 {at}", statistics.median(every), "ms", at_most=median_goal)
    notes.add(f"p99 {at}", percentile(every, 0.99), "ms", at_most=goal)


def _steps(sizes: list[int]) -> Iterator[tuple[int, int]]:
    """Yield each size, and how many articles there are to come until then."""
    for before, size in zip([0, *sizes], sizes, strict=False):
        yield size, size - before


async def _measure(notes: Notes, rounds: int, sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.db"
        url = f"sqlite+aiosqlite:///{path}"
        migrate(url)
        database, invention = Database(url, UTC), Invention(sizes[-1])
        for size, count in _steps(sizes):
            await invention.tell(database, path, count)
            notes.add(f"database at {size:,} articles", path.stat().st_size / 1e6, "MB")
            for _ in range(rounds):
                await _note_size(notes, Archive(database, UTC), size)
        spent = await _insertions(database, invention)
        at = f"at {sizes[-1]:,} articles"
        notes.add(f"an article stored, median {at}", statistics.median(spent), "ms")
        notes.add(f"an article stored, worst {at}", max(spent), "ms")
        await database.close()


BENCHMARK = Benchmark(
    name="search",
    workload=(
        f"Archives of invented articles, of {SIZES[0]:,} to {SIZES[-1]:,}"
        f" (`benchmarks/invented.py`). Each of {len(QUERIES)} queries, worst cases included, is"
        f" asked {CALLS} times through the service, as the chat command does: its first page,"
        " newest first. Then articles are stored one by one."
    ),
    measure=lambda notes, rounds: asyncio.run(_measure(notes, rounds, SIZES)),
    rounds=1,
)
