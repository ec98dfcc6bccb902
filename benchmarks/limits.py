"""10,000 alerts at Telegram's limits, and what readers notice of it: `limits` and `limits-paid`.

Workload: one article for 10,000 private chats. The stand-in enforces Telegram's limits (30 alerts a
second, 1,000 of those that are paid for; 1 a second to a chat), answers after 50 ms, and runs in a
process of its own with the newsroom. Meanwhile readers ask 10 questions a second, whether or not
those before are answered; what is told is how long they wait, on the way there and back, before the
fan-out and while it goes on. Lost and repeated are counted by chat, 429s where they are given.
"""

import asyncio
import contextlib
import logging
import multiprocessing
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import structlog
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from benchmarks.servers import LATENCY, Figures, serve
from bot.app import run_bot
from bot.demo.newsroom import profile_text
from bot.settings import Settings
from bot.storage.migrate import migrate

CHATS = 10_000
#: Seconds of questions before the fan-out.
IDLE = 10.0
FREE = 28.0
PAID = 1000.0


@contextlib.contextmanager
def servers(chats: int) -> Iterator[Connection]:
    """Run the stand-in and the newsroom in a process of their own."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=serve, args=(theirs, chats, IDLE), daemon=True)
    process.start()
    try:
        yield ours
    finally:
        ours.send("end")
        process.join(timeout=10)
        process.terminate()


def settings_for(folder: Path, told: tuple[str, str, str], rate: float) -> Settings:
    token, telegram, newsroom = told
    profile = folder / "site.toml"
    profile.write_text(profile_text(newsroom).partition('kind = "page"')[0].rpartition("[[")[0])
    return Settings(
        bot_token=SecretStr(token),
        site=str(profile),
        database_url=f"sqlite+aiosqlite:///{folder / 'dekbot.db'}",
        telegram_api_url=telegram,
        poll_interval=timedelta(seconds=1),
        send_rate=rate,
        web_port=0,
    )


def seed(path: Path, chats: int) -> None:
    """Store the chats, all of which follow one section."""
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO topics (kind, key, name, description, created_at)"
            " VALUES ('section', 'economy', 'Economy', '', 0)"
        )
        connection.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?)
            INSERT INTO subscribers (chat_id, thread_id, kind, language, standing, created_at)
            SELECT i, 0, 'private', 'en', 'active', 0 FROM n
            """,
            [chats],
        )
        connection.execute(
            "INSERT INTO stances (topic_id, subscriber_id, stance)"
            " SELECT (SELECT id FROM topics WHERE key = 'economy'), id, 1 FROM subscribers"
        )


def states(path: Path) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT state, count(*) FROM deliveries GROUP BY state")
        return dict(rows.fetchall())


def baselined(path: Path) -> bool:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("SELECT max(baselined_at) FROM sources").fetchone()[0])


async def measure(rate: float, chats: int) -> tuple[Figures, dict[str, int]]:
    with tempfile.TemporaryDirectory() as name, servers(chats) as pipe:
        settings = settings_for(Path(name), await asyncio.to_thread(pipe.recv), rate)
        path = Path(name) / "dekbot.db"
        migrate(settings.database_url)
        seed(path, chats)
        stop = asyncio.Event()
        bot = asyncio.create_task(run_bot(settings, stop))
        while not baselined(path):  # noqa: ASYNC110 - the database sets no event
            await asyncio.sleep(0.1)
        pipe.send("runs")
        figures = await asyncio.to_thread(pipe.recv)
        stop.set()
        await bot
        return figures, states(path)


def percentile(seconds: Sequence[float], share: float) -> str:
    ordered = sorted(seconds) or [0.0]
    return f"{ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000:.0f} ms"


def row(rate: float, chats: int) -> list[str]:
    figures, settled = asyncio.run(measure(rate, chats))
    received = figures.received
    return [
        f"{rate:g}/s",
        f"{len(received):,}",
        f"{chats - len(received):,}",
        f"{sum(received.values()) - len(received):,}",
        f"{figures.floods:,}",
        f"{sum(received.values()) / max(figures.seconds, 0.001):.1f}/s",
        f"{percentile(figures.idle, 0.5)}, {percentile(figures.idle, 0.99)}",
        f"{percentile(figures.during, 0.5)}, {percentile(figures.during, 0.99)}",
        f"{len(figures.during):,} ({figures.unanswered})",
        ", ".join(f"{state} {count:,}" for state, count in settled.items()),
    ]


def run(console: Console, rate: float, chats: int = CHATS) -> None:
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        cache_logger_on_first_use=False,
    )
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    away = f"{LATENCY * 1000:.0f} ms away"
    table = Table(title=f"{chats:,} alerts at Telegram's limits, {away}; {load} before")
    columns = (
        "send rate",
        "delivered",
        "lost",
        "repeated",
        "429s",
        "rate",
        "answers idle: p50, p99",
    )
    for column in (*columns, "during: p50, p99", "questions (unanswered)", "settled"):
        table.add_column(column, justify="right")
    table.add_row(*row(rate, chats))
    console.print(table)


def main(rate: float = FREE) -> Callable[[], None]:
    return lambda: run(Console(width=180), rate)
