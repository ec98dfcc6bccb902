"""The swift Bot API as a scene, and what is done on its side at the word of a benchmark."""

import asyncio
import itertools
import time
from dataclasses import dataclass, field

from benchmarks.press import Press
from benchmarks.swift import Swift
from benchmarks.witness import Contacts
from bot.demo.newsroom import Newsroom

#: Readers who ask in turn; each has been answered, or given up, when it is their turn again.
ASKING = 60
#: Seconds between two questions, whether or not the one before is answered.
PAUSE = 0.1
PATIENCE = 10.0
QUESTIONS = ("/help", "/latest", "/sections", "/following", "ferries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How long readers waited, in seconds; those who got no answer waited for `PATIENCE`."""

    seconds: list[float] = field(default_factory=list)
    unanswered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Alerts taken in some time."""

    alerts: int
    #: From the first of them to the last.
    seconds: float
    refused: int

    @property
    def rate(self) -> float:
        return (self.alerts - 1) / self.seconds if self.alerts > 1 else 0.0


class SwiftWitness(Press):
    """Publishes, and counts who reads."""

    def __init__(self, api: Swift, newsroom: Newsroom) -> None:
        super().__init__(newsroom)
        self._api = api

    def contacts(self) -> Contacts:
        return Contacts(feed_read=self.feed_read, updates_asked=self._api.updates_asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwiftScene:
    """What an act has to do with: everything but the bot."""

    api: Swift
    newsroom: Newsroom
    witness: SwiftWitness


async def under_way(scene: SwiftScene, alerts: int) -> None:
    """Return when so many alerts were taken, or none comes any more."""
    api, begun = scene.api, time.monotonic()
    while len(api.alerts) < alerts:
        if time.monotonic() - (api.alerts[-1] if api.alerts else begun) > PATIENCE:
            return
        await asyncio.sleep(0.01)


async def taken(scene: SwiftScene, seconds: float) -> Taken:
    """Watch for so many seconds what is taken meanwhile."""
    before, refused = len(scene.api.alerts), scene.api.refused
    await asyncio.sleep(seconds)
    return _since(scene.api, before, refused)


async def all_taken(scene: SwiftScene, alerts: int) -> Taken:
    """Wait until so many alerts were taken in all."""
    await under_way(scene, alerts)
    return _since(scene.api, 0, 0)


async def from_feed_to_last(scene: SwiftScene, alerts: int) -> float:
    """Return the seconds from the feed's reading to the last of so many alerts in all."""
    await under_way(scene, alerts)
    return scene.api.alerts[alerts - 1] - (scene.witness.read_at or 0.0)


async def answers(scene: SwiftScene, seconds: float) -> Answers:
    """Have readers ask for so many seconds."""
    told = Answers()
    unanswered = 0
    until = time.monotonic() + seconds

    async def ask(number: int, text: str) -> None:
        nonlocal unanswered
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                await scene.api.ask(number, text)
        except TimeoutError:
            unanswered += 1
        told.seconds.append(time.perf_counter() - begun)

    async with asyncio.TaskGroup() as questions:
        for number, text in zip(itertools.cycle(range(ASKING)), itertools.cycle(QUESTIONS)):
            if time.monotonic() >= until:
                break
            questions.create_task(ask(number, text))
            await asyncio.sleep(PAUSE)
    return Answers(seconds=told.seconds, unanswered=unanswered)


def _since(api: Swift, before: int, refused: int) -> Taken:
    moments = api.alerts[before:]
    span = moments[-1] - moments[0] if moments else 0.0
    return Taken(alerts=len(moments), seconds=span, refused=api.refused - refused)
