"""Fan-out to a million subscribers, and how long a reader's command waits meanwhile."""

import asyncio
import contextlib
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from benchmarks import crowd
from benchmarks.cores import resident
from benchmarks.figures import Benchmark, Notes, percentile
from bot.domain.matching import Stance
from bot.domain.subscriber import Address, ChatKind
from bot.domain.topic import Topic
from bot.services.fanout import RANGE, Planner
from bot.services.meter import Unmetered
from bot.services.searches import StandingSearches
from bot.services.stories import Stories
from bot.services.subscriptions import Subscriptions
from bot.services.timing import TimingService
from bot.storage.database import Database

#: By the share that follows the section, at most so many seconds.
GOALS = {0.01: 0.05, 0.1: 0.25, 0.5: 1.0}
LONGEST_HELD = 25


class Held(Unmetered):
    """Notes how long each writing transaction held the database."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def used(self, work: str, seconds: float, *, failed: bool) -> None:
        if work == "writing" and not failed:
            self.seconds.append(seconds)


class Memory:
    """What the process holds, looked at all the time."""

    def __init__(self) -> None:
        self.peak = self.now()

    def now(self) -> float:
        return resident(os.getpid())

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.005):
                self.peak = max(self.peak, self.now())

        self.peak = self.now()
        watching = threading.Thread(target=watch)
        watching.start()
        try:
            yield
        finally:
            over.set()
            watching.join()


async def use_the_chat(database: Database, waits: list[float]) -> None:
    """Follow and unfollow again and again, each time through the service, as a command does."""
    subscriptions = Subscriptions(database, crowd.now)
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
        crowd.now,
        TimingService(database, crowd.now, UTC),
        StandingSearches(database, crowd.now, UTC),
        Stories(database, crowd.now),
    )


async def alone(database: Database) -> tuple[float, float, int]:
    """Return the seconds that all that is pending takes, of them those of a core, and what is owed.

    The second figure says more than the first where the machine has something else to do.
    """
    begun, worked = time.perf_counter(), time.process_time()
    owed = await planner(database).plan()
    return time.perf_counter() - begun, time.process_time() - worked, owed


async def beside_a_reader(database: Database) -> list[float]:
    """Plan all that is pending while somebody uses the chat; return how long each command took."""
    waits: list[float] = []
    reader = asyncio.create_task(use_the_chat(database, waits))
    await planner(database).plan()
    reader.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reader
    return waits


async def _measure(notes: Notes, rounds: int) -> None:
    held, memory = Held(), Memory()
    with tempfile.TemporaryDirectory() as folder:
        database, _ = await crowd.gather(Path(folder), held)
        number = 0
        for _ in range(rounds):
            for share, section in crowd.SHARES.items():
                name = f"{share:.0%}"
                await crowd.publish(database, _topics(section, number), number)
                held.seconds.clear()
                before = memory.now()
                with memory.watched():
                    seconds, worked, owed = await alone(database)
                notes.add(f"{name}: planned in", seconds, "s", at_most=GOALS[share])
                notes.add(f"{name}: of that, a core was at work", worked, "s")
                notes.add(f"{name}: deliveries", owed, "")
                notes.add(f"{name}: memory that it took", memory.peak - before, "MB")
                _note_held(notes, f"{name}: longest hold", held)
                await crowd.publish(database, _topics(section, number + 1), number + 1)
                held.seconds.clear()
                waits = [1_000 * one for one in await beside_a_reader(database)]
                notes.add(f"{name}: a command meanwhile, median", statistics.median(waits), "ms")
                notes.add(f"{name}: a command meanwhile, p99", percentile(waits, 0.99), "ms")
                notes.add(f"{name}: a command meanwhile, longest", max(waits), "ms")
                number += 2
            notes.add("memory at the end of a round", memory.now(), "MB")
        await database.close()


def _topics(section: Topic, number: int) -> tuple[Topic, ...]:
    authors, labels = crowd.AUTHORS, crowd.LABELS
    return section, labels[number % len(labels)], authors[number % len(authors)]


def _note_held(notes: Notes, what: str, held: Held) -> None:
    notes.add(what, max(held.seconds) * 1_000, "ms", at_most=LONGEST_HELD)


BENCHMARK = Benchmark(
    name="fanout",
    workload=(
        "1,000,000 private chats with three followed sections each, half an author and 0.3 muted"
        " labels. An article of a section that 1 %, 10 % or 50 % follow, with one author and one"
        f" label, is matched with all of them by the service, in ranges of about {RANGE:,}"
        " followers: once alone, and once while a reader follows and unfollows a topic again and"
        " again, as the chat's command does it. The database grows by what was planned."
    ),
    measure=lambda notes, rounds: asyncio.run(_measure(notes, rounds)),
)
