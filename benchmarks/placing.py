"""How long it takes to find an article's story while 500 others are of its days."""

import asyncio
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.figures import Benchmark, Notes
from bot.domain.article import Published, Teaser
from bot.domain.news import NewArticle
from bot.domain.topic import section
from bot.services.stories import Stories
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.aids.newsrooms import held_out, tuning

ARCHIVE = 5_000
RECENT = 500
BATCH = 20
BATCHES = 5
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECTIONS = [section(f"Section {number}") for number in range(12)]


def now() -> datetime:
    return NOW


class Inventor:
    """Invents articles from halves of headlines and deks, so that their words are those of news."""

    def __init__(self) -> None:
        self._random = Random(1)  # noqa: S311 - news, not secrets
        self._told = [*tuning(), *held_out()]
        self._count = 0

    def article(self, at: datetime, headline: str = "") -> NewArticle:
        self._count += 1
        teaser = Teaser(
            url=f"https://example.org/{self._count}",
            headline=headline or self._spliced([one.headline for one in self._told]),
            dek=self._spliced([one.dek for one in self._told]),
            sections=tuple(self._random.sample(SECTIONS, k=2)),
        )
        return NewArticle(teaser=teaser, published=Published(at=at), alert=True)

    def batch(self, at: datetime, earlier: list[NewArticle]) -> list[NewArticle]:
        followed = self._random.sample(earlier, k=BATCH // 2)
        headlines = [one.teaser.headline.rsplit(maxsplit=2)[0] for one in followed]
        return [self.article(at, each) for each in (*headlines, *[""] * (BATCH - len(headlines)))]

    def _spliced(self, texts: list[str]) -> str:
        begun, ended = (text.split() for text in self._random.sample(texts, k=2))
        return " ".join([*begun[: len(begun) // 2], *ended[len(ended) // 2 :]])


async def store(database: Database, new: list[NewArticle]) -> list[int]:
    async with database.writing() as records:
        await records.topics.ensure(SECTIONS, NOW)
        return await records.articles.add(new, 1, NOW)


async def measure(database: Database) -> tuple[list[float], int]:
    """Return the seconds that each article took, batch by batch, and how many went on."""
    inventor = Inventor()
    old = [inventor.article(NOW - timedelta(days=6, hours=n)) for n in range(ARCHIVE - RECENT)]
    step = timedelta(days=5) / (RECENT + BATCHES * BATCH)
    recent = [inventor.article(NOW - step * n) for n in range(1, RECENT + 1)]
    await store(database, old)
    await store(database, recent)
    stories, seconds, joined = Stories(database, now), [], 0
    for _ in range(BATCHES):
        for number in await store(database, inventor.batch(NOW, recent)):
            begun = time.perf_counter()
            placed = await stories.place(number)
            seconds.append(time.perf_counter() - begun)
            joined += placed is not None and placed.article.story_id is not None
    return seconds, joined


async def _measure(notes: Notes, rounds: int) -> None:
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite+aiosqlite:///{Path(folder) / 'placing.db'}"
            migrate(url)
            database = Database(url, UTC)
            seconds, joined = await measure(database)
            await database.close()
        thousandths = [one * 1000 for one in seconds]
        notes.add("an article placed", statistics.median(thousandths), "ms")
        notes.add("the longest of them", max(thousandths), "ms")
        notes.add("articles that went on with a story", joined, "")


BENCHMARK = Benchmark(
    name="placing",
    workload=(
        "An archive of 5,000 invented articles, 500 of them of the last five days; then five"
        " batches of 20 new ones, half of them on a story of before, are placed one after the"
        " other. The very first one finds nothing remembered."
    ),
    measure=lambda notes, rounds: asyncio.run(_measure(notes, rounds)),
    rounds=1,
)
