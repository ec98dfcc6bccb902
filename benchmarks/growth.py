"""How cost grows from a thousand to a million: subscribers, articles, deliveries."""

import asyncio
import contextlib
import sqlite3
import tempfile
from pathlib import Path
from typing import Final

from benchmarks import crowd
from benchmarks.cores import resident
from benchmarks.fanout import alone
from benchmarks.figures import Benchmark, Notes
from benchmarks.sites import put_profile, site
from benchmarks.stocked import database_url, running, stock
from bot.demo.botapi import StandIn

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
FANOUT: Final = "an article that one in ten of {:,} subscribers follow is planned"
AUDIENCE: Final = "a database of {:,} subscribers with their choices"
MEMORY: Final = "an idle bot with {:,} subscribers and as many articles"
_SHARE: Final = 0.1
_SETTLES: Final = 8.0
_MEGABYTE: Final = 1_000_000


async def _note_audience(notes: Notes, subscribers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database, path = await crowd.gather(Path(folder), subscribers=subscribers)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all into the file
        notes.add(AUDIENCE.format(subscribers), path.stat().st_size / _MEGABYTE, "MB")
        await crowd.publish(database, (crowd.SHARES[_SHARE],), 0)
        seconds, _, _ = await alone(database)
        notes.add(FANOUT.format(subscribers), seconds * 1000, "ms")
        await database.close()


async def _note_memory(notes: Notes, size: int) -> None:
    with tempfile.TemporaryDirectory() as name, site() as url:
        folder = Path(name)
        profile = put_profile(folder, url)
        path = folder / "dekbot.db"
        stock(path, articles=size, subscribers=size)
        async with StandIn() as server:
            settings = {
                "BOT_TOKEN": server.token,
                "TELEGRAM_API_URL": server.url,
                "SITE": str(profile),
                "DATABASE_URL": database_url(path),
            }
            with running(settings, folder) as bot:
                await asyncio.sleep(_SETTLES)
                notes.add(MEMORY.format(size), resident(bot.pid), "MiB")


def _measure(notes: Notes, rounds: int) -> None:
    for size in SIZES * rounds:
        asyncio.run(_note_audience(notes, size))
        asyncio.run(_note_memory(notes, size))


BENCHMARK: Final = Benchmark(
    name="growth",
    workload=(
        "Databases of 1,000 to 1,000,000 subscribers, who choose as in `fanout`: their size, and"
        " how long an article takes that one in ten follow. A bot with as many subscribers as"
        f" articles: its memory {_SETTLES:.0f} s after the start."
    ),
    measure=_measure,
    rounds=1,
)
