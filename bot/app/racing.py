"""Waits for the first of several things."""

import asyncio
import contextlib
from collections.abc import Awaitable, Coroutine
from typing import Any


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


async def first(*awaitables: Awaitable[object]) -> None:
    """Return when the first one is done; raise what it raised."""
    tasks = [asyncio.ensure_future(one) for one in awaitables]
    for task in tasks:
        task.add_done_callback(_noted)
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    tasks[0].cancel()
    for task in done:
        task.result()


def _noted(task: asyncio.Future[object]) -> None:
    """Keep asyncio from reporting, with a traceback, what ended the bot for a second reason."""
    if not task.cancelled():
        task.exception()
