"""How much memory the bot takes: with nothing to do, and with a million deliveries behind it."""

import asyncio
import contextlib
import sqlite3
import tempfile
import time
from pathlib import Path

from benchmarks.cores import resident
from benchmarks.figures import Benchmark, Notes
from benchmarks.sites import put_profile, site
from benchmarks.stocked import ARTICLES, SUBSCRIBERS, database_url, running, stock
from bot.demo.botapi import StandIn

SETTLED = 980_000
OWED = 20_000
#: Seconds until what a start leaves behind has settled.
SETTLES = 15.0
PATIENCE = 120.0
IDLE_GOAL = 95.0
BUSY_GOAL = 120.0


def owe(path: Path, count: int, state: str) -> None:
    """Put deliveries into the outbox, each of an article for all subscribers after another."""
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT :count),
            newest AS (
                SELECT id, ROW_NUMBER() OVER (ORDER BY id DESC) - 1 AS place FROM articles
                ORDER BY id DESC LIMIT 200
            )
            INSERT INTO deliveries
                (article_id, subscriber_id, state, reasons, owed_at, due_at, settled_at, lot)
            SELECT newest.id, 1 + n.i % :subscribers, :state, 1, :now,
                CASE :state WHEN 'owed' THEN :now END, CASE :state WHEN 'sent' THEN :now END, 0
            FROM n JOIN newest ON newest.place = :first + n.i / :subscribers
            """,
            {
                "count": count,
                "subscribers": SUBSCRIBERS,
                "state": state,
                "now": int(time.time() * 1000),
                "first": 0 if state == "owed" else OWED // SUBSCRIBERS,
            },
        )


async def drained(path: Path) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            with contextlib.closing(sqlite3.connect(path)) as database:
                found = "SELECT COUNT(*) FROM deliveries WHERE state IN ('owed', 'claimed')"
                if not database.execute(found).fetchone()[0]:
                    return
            await asyncio.sleep(1)


async def measure(notes: Notes, folder: Path, profile: Path, *, busy: bool) -> None:
    path = folder / "dekbot.db"
    async with StandIn(welcomes_strangers=True) as server:
        settings = {
            "BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "SITE": str(profile),
            "DATABASE_URL": database_url(path),
            "SEND_RATE": "1000",
            "MAX_ALERT_AGE": "30d",
        }
        with running(settings, folder) as bot:
            if busy:
                await drained(path)
                notes.add("after 1,000,000 deliveries", resident(bot.pid), "MiB", at_most=BUSY_GOAL)
            else:
                await asyncio.sleep(SETTLES)
                notes.add("idle", resident(bot.pid), "MiB", at_most=IDLE_GOAL)


def _measure(notes: Notes, rounds: int) -> None:
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name, site() as url:
            folder = Path(name)
            profile = put_profile(folder, url)
            stock(folder / "dekbot.db")
            asyncio.run(measure(notes, folder, profile, busy=False))
            owe(folder / "dekbot.db", SETTLED, "sent")
            owe(folder / "dekbot.db", OWED, "owed")
            asyncio.run(measure(notes, folder, profile, busy=True))


BENCHMARK = Benchmark(
    name="memory",
    workload=(
        f"dekbot run on a database with {ARTICLES:,} articles and {SUBSCRIBERS:,} subscribers:"
        f" resident memory {SETTLES:.0f} s after the start; and again on {SETTLED:,} settled"
        f" deliveries, when {OWED:,} more have been sent at 1,000 a second."
    ),
    measure=_measure,
    rounds=1,
)
