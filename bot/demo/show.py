"""`dekbot demo`: the real bot between the stand-in and the newsroom, until Ctrl-C."""

import asyncio
from typing import Final

import structlog

from bot.app import run_bot
from bot.app.ending import stop_on_signals
from bot.demo.fast_clock import FastClock
from bot.demo.newsroom import Publisher
from bot.demo.stage import Stage, set_stage
from bot.services.ports import Clock

log = structlog.get_logger(__name__)

#: Seconds between two new articles: time to read one.
_PUBLISHING: Final = 8.0
#: Of so many articles one is corrected.
_CORRECTING: Final = 4


async def run_demo(port: int, speed: float = 1.0) -> None:
    """Run until SIGINT or SIGTERM; the chat page is on that port of the loopback interface.

    `speed` is how many times faster than the wall's the demo's clock runs.

    Raises ConfigurationError where the port is taken.
    """
    stop = stop_on_signals()
    clock = FastClock(speed)
    async with set_stage(port, tell, clock) as stage:
        ready = asyncio.Event()
        bot = asyncio.create_task(run_bot(stage.settings, stop, ready.set, clock))
        await asyncio.wait(
            [bot, waiting := asyncio.ensure_future(ready.wait())],
            return_when=asyncio.FIRST_COMPLETED,
        )
        waiting.cancel()
        if not bot.done():
            announce(stage)
            async with publishing(stage, clock):
                await asyncio.wait([bot])
        bot.result()


def publishing(stage: Stage, clock: Clock) -> Publisher:
    """Return who publishes and corrects articles, from `async with` on."""
    return Publisher(
        stage.newsroom,
        stage.invention,
        interval=_PUBLISHING,
        corrects_every=_CORRECTING,
        on_event=_tell_published,
        now=clock,
    )


def announce(stage: Stage) -> None:
    log.info("demo_ready", chat_page=f"{stage.stand_in.url}/", site=f"{stage.newsroom.url}/")


def tell(event: str, fields: dict[str, object]) -> None:
    log.info("telegram", happened=event, **fields)


def _tell_published(line: str) -> None:
    what, _, article = line.partition("  ")
    log.info("newsroom", happened=what, article=article)
