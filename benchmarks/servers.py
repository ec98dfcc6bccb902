"""The stand-in and the newsroom in a process of their own, and readers who time their answers."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Any

from bot.demo.botapi import Limits, Reader, StandIn
from bot.demo.newsroom import Newsroom, SiteArticle
from bot.demo.newsroom.article import section_named

HEADLINE = "A story for everyone"
#: Seconds that each answer of the Bot API takes, as over a network.
LATENCY = 0.05
#: Readers who ask in turn; each has been answered, or given up, when it is their turn again.
ASKING = 60
#: Seconds between two questions, whether or not the one before is answered.
PAUSE = 0.1
QUESTIONS = ("/help", "/latest", "/sections", "/following", "ferries")
#: Seconds without any alert; then those that have not come are lost.
LOST_AFTER = 60.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What the stand-in saw."""

    #: How many alerts each chat got.
    received: Counter[int]
    #: From the first alert to the last.
    seconds: float
    #: How often the bot was refused with a 429.
    floods: int
    #: Seconds that each answer took, before the fan-out and while it went on.
    idle: Sequence[float]
    during: Sequence[float]
    #: Questions that were not answered in time.
    unanswered: int


@dataclass
class Waits:
    """Readers ask and count the seconds."""

    server: StandIn
    seconds: list[float] = field(default_factory=list)
    unanswered: int = 0

    async def ask(self) -> None:
        readers = [self.server.reader(f"Reader {n}", language_code="en") for n in range(ASKING)]
        async with asyncio.TaskGroup() as questions:
            for reader, text in zip(itertools.cycle(readers), itertools.cycle(QUESTIONS)):
                questions.create_task(self._one(reader, text))
                await asyncio.sleep(PAUSE)

    async def _one(self, reader: Reader, question: str) -> None:
        begun = time.perf_counter()
        try:
            await reader.ask(question)
        except TimeoutError:
            self.unanswered += 1
        self.seconds.append(time.perf_counter() - begun)


def serve(pipe: Connection, chats: int, idle_seconds: float) -> None:
    """Tell the addresses; on a word that the bot runs, play; tell the figures; end on a word."""
    asyncio.run(_serve(pipe, chats, idle_seconds))


async def _serve(pipe: Connection, chats: int, idle_seconds: float) -> None:
    floods = 0

    def listen(name: str, fields: dict[str, Any]) -> None:
        nonlocal floods
        floods += name == "refused" and fields.get("status") == 429  # noqa: PLR2004

    server = StandIn(limits=Limits(), latency=LATENCY, welcomes_strangers=True, on_event=listen)
    async with server, Newsroom(articles=[]) as newsroom:
        newsroom.publish(_article("Before it all"))
        pipe.send((server.token, server.url, newsroom.url))
        await asyncio.to_thread(pipe.recv)
        waits = Waits(server)
        asking = asyncio.create_task(waits.ask())
        await asyncio.sleep(idle_seconds)
        idle, waits.seconds = waits.seconds, []
        newsroom.publish(_article(HEADLINE))
        seconds, during = await _fanout(server, chats, waits)
        asking.cancel()
        received = Counter(one.chat_id for one in server.sent if HEADLINE in one.text)
        received = Counter({chat: n for chat, n in received.items() if chat <= chats})
        pipe.send(Figures(received, seconds, floods, idle, during, waits.unanswered))
        await asyncio.to_thread(pipe.recv)


async def _fanout(server: StandIn, chats: int, waits: Waits) -> tuple[float, list[float]]:
    """Return how long it took, and the waits until its last alert; what is lost ends it, too."""
    seen, begun, last = 0, 0.0, time.perf_counter()
    before = 0
    while seen < chats and time.perf_counter() - last < LOST_AFTER:
        await asyncio.sleep(0.05)
        now_seen = sum(1 for one in server.sent[before:] if one.chat_id <= chats)
        before = len(server.sent)
        if now_seen:
            last = time.perf_counter()
            if not seen:
                begun, waits.seconds = last, []
            seen += now_seen
    return last - begun, list(waits.seconds)


def _article(headline: str) -> SiteArticle:
    economy = section_named("economy")
    return SiteArticle(
        headline=headline, dek="In brief", sections=(economy,), published=datetime.now(UTC)
    )
