"""How soon after its start the bot answers a reader, and the command line its user."""

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Benchmark, Notes
from benchmarks.sites import put_profile, site
from benchmarks.stocked import ARTICLES, SUBSCRIBERS, database_url, running, stock
from bot.demo.botapi import StandIn

GOAL = 0.8
COMMANDS = ("--version", "--help")


def processor_seconds() -> float:
    """Return what all children that have ended took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def start(folder: Path, profile: Path) -> tuple[float, float]:
    """Return the seconds to the first answer, and the processor time from start to end."""
    async with StandIn() as server:
        settings = {
            "BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "SITE": str(profile),
            "DATABASE_URL": database_url(folder / "dekbot.db"),
        }
        reader = server.reader("Ada", language_code="en")
        await reader.say("/help")
        before, begun = processor_seconds(), time.perf_counter()
        with running(settings, folder):
            await reader.next_message(60)
            seconds = time.perf_counter() - begun
        return seconds, processor_seconds() - before


def command(argument: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot", argument], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    return time.perf_counter() - begun


def measure(notes: Notes, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name, site() as url:
        folder = Path(name)
        profile = put_profile(folder, url)
        stock(folder / "dekbot.db")
        asyncio.run(start(folder, profile))  # compiles what is not compiled yet
        for _ in range(rounds):
            seconds, spent = asyncio.run(start(folder, profile))
            notes.add("a waiting reader is answered", seconds, "s", at_most=GOAL)
            notes.add("processor time from start to end", spent, "s of CPU")
            for argument in COMMANDS:
                notes.add(f"dekbot {argument}", command(argument), "s")


BENCHMARK = Benchmark(
    name="start",
    workload=(
        f"dekbot run on a database with {ARTICLES:,} articles and {SUBSCRIBERS:,} subscribers,"
        " while a reader's /help waits: from the process's start until the answer is there, so"
        " Telegram was asked who we are, and polled. Telegram's stand-in answers at once."
    ),
    measure=measure,
    rounds=5,
)
