"""What a poll costs the bot: one that brings nothing, and one of a long feed with one new item."""

import asyncio
import contextlib
import gc
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from benchmarks.figures import Benchmark, Notes
from benchmarks.sites import SITE_PROFILE, site
from bot.app.parts import PolledSource
from bot.app.schedule import KEEPS
from bot.services.ingest import Ingest
from bot.services.polling import Poller
from bot.services.reports import PollReport
from bot.services.source_book import SourceBook
from bot.sources.fetch import Fetcher
from bot.sources.profile import SourceSpec
from bot.sources.profile_file import parse_profile
from bot.sources.reader import SiteReader
from bot.storage.database import Database
from bot.storage.migrate import migrate

QUIET_POLLS = 300
POLLS = 20
#: Bounds in milliseconds.
QUIET_GOAL = 0.5
FEED_GOAL = 20.0
HELD_GOAL = 20.0
#: Seconds between two looks at how late the loop is.
TICK = 0.001
IDLE_SECONDS = 2.0


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass
class Desk:
    """A poller with everything real behind it, and a source of each kind."""

    poller: Poller
    reader: SiteReader
    site: str

    def source(self, path: str) -> PolledSource:
        kind = "page" if path.startswith("page") else "feed"
        spec = SourceSpec(kind=kind, url=f"{self.site}/{path}")
        return PolledSource(self.reader, spec, timedelta(minutes=5), timedelta(minutes=1))

    async def polled(self, source: PolledSource, expected: str) -> PollReport:
        report = await self.poller.poll_now(source)
        if report.outcome != expected:
            raise RuntimeError(f"{source.url}: {report.outcome} {report.fault}, not {expected}")
        return report

    async def cpu(self, source: PolledSource, expected: str, times: int) -> float:
        """Return the milliseconds of this process's processor time that a poll takes."""
        begun = time.process_time()
        for _ in range(times):
            await self.polled(source, expected)
        return (time.process_time() - begun) / times * 1000

    async def longest_held(self, source: PolledSource, expected: str, times: int) -> float:
        """Return the milliseconds that the event loop was held at most while polling."""
        async with ticking() as longest:
            for _ in range(times):
                await self.polled(source, expected)
        return longest[0]


@contextlib.asynccontextmanager
async def ticking() -> AsyncIterator[list[float]]:
    """Tell afterwards for how many milliseconds the event loop was held at most."""
    longest = [0.0]

    async def tick() -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(TICK)
            longest[0] = max(longest[0], (time.perf_counter() - begun - TICK) * 1000)

    task = asyncio.create_task(tick())
    yield longest
    task.cancel()


@contextlib.asynccontextmanager
async def desk(folder: Path, url: str) -> AsyncIterator[Desk]:
    profile = parse_profile(SITE_PROFILE.encode(), "site.toml")
    address = f"sqlite+aiosqlite:///{folder / 'poll.db'}"
    migrate(address)
    database = Database(address, UTC)
    ingest = Ingest(database, wall_clock, timedelta(days=1))
    await ingest.configure(profile.topics)
    async with aiohttp.ClientSession() as session:
        reader = SiteReader(Fetcher(session, "Dekbot/benchmark"), profile)
        book = SourceBook(database, wall_clock, KEEPS)
        poller = Poller(database, ingest, wall_clock, lambda: None, book=book)
        yield Desk(poller, reader, url)
    await database.close()


async def measure(notes: Notes, bench: Desk) -> None:
    quiet, same = bench.source("quiet"), bench.source("same")
    feed, page = bench.source("feed"), bench.source("page")
    for source in (quiet, same, feed, page):
        await bench.polled(source, "baseline")
    await bench.cpu(quiet, "unchanged", QUIET_POLLS // 10)
    cpu = await bench.cpu(quiet, "unchanged", QUIET_POLLS)
    notes.add("304", cpu, "ms of CPU", at_most=QUIET_GOAL)
    cpu = await bench.cpu(same, "unchanged", POLLS)
    notes.add("the same 1.8 MB as before", cpu, "ms of CPU")
    report = await bench.polled(feed, "read")
    if report.new != 1:
        raise RuntimeError(f"{report.new} articles are new, not one")
    cpu = await bench.cpu(feed, "read", POLLS)
    notes.add("1.8 MB, one of 300 is new", cpu, "ms of CPU", at_most=FEED_GOAL)
    held = await bench.longest_held(feed, "read", POLLS)
    notes.add("the same: event loop held at most", held, "ms", at_most=HELD_GOAL)
    cpu = await bench.cpu(page, "read", POLLS)
    notes.add("section page, one of 30 is new", cpu, "ms of CPU")
    held = await bench.longest_held(bench.source("feed?another"), "baseline", 1)
    notes.add("1.8 MB for the first time: event loop held at most", held, "ms", at_most=HELD_GOAL)
    async with ticking() as longest:
        await asyncio.sleep(IDLE_SECONDS)
    notes.add("nothing to do: event loop held at most", longest[0], "ms")


async def _measure(notes: Notes, rounds: int) -> None:
    gc.freeze()  # as `dekbot run` does
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder, site() as url:
            async with desk(Path(folder), url) as bench:
                await measure(notes, bench)


BENCHMARK = Benchmark(
    name="poll",
    workload=(
        f"Through the poller, with the real reader, a database and a site in a process of its own:"
        f" {QUIET_POLLS} polls that bring a 304; {POLLS} each of a feed of 300 items and 1.8 MB"
        " that is what it was (without validators), of one in which each time one item is new, and"
        " of a section page. The bot has read each before. Counted is the processor time of the"
        " bot's process; how long its event loop was held is measured apart, by a task that ticks,"
        " and once with nothing to do: so long the machine itself held it."
    ),
    measure=lambda notes, rounds: asyncio.run(_measure(notes, rounds)),
)
