"""What ends the bot: a signal, a stop while it still starts, the first of its tasks that ends."""

import asyncio
import contextlib
import signal
from collections.abc import Coroutine
from typing import Any


def stop_on_signals() -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def unless(stop: asyncio.Event, starting: Coroutine[Any, Any, None]) -> bool:
    """Return True when it has started; False where `stop` came first, and it was given up."""
    start, stopped = asyncio.create_task(starting), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({start, stopped}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        if not start.done():
            start.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await start
    return not start.cancelled()


async def event_set(event: asyncio.Event) -> None:
    """Return when the event is set."""
    await event.wait()


async def first(*work: asyncio.Future[None]) -> None:
    """Return when the first one is done; raise what it raised."""
    for one in work:
        one.add_done_callback(_noted)
    done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


def _noted(task: asyncio.Future[None]) -> None:
    """Keep asyncio from reporting, with a traceback, what ended the bot for a second reason."""
    if not task.cancelled():
        task.exception()
