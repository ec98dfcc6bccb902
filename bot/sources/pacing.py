"""A pause between two requests to one host, and only a few under way there at once.

A host that is slow to answer one request is not waited for before the next is made: a feed that
hangs must not keep the section pages beside it from being read.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.sources.redirects import is_loopback

#: Browsers open six connections to a host; half of that is polite.
MOST_AT_ONCE: Final = 3


#: Between two requests to one host.
HOST_INTERVAL: Final = timedelta(seconds=1)
#: Between the first readings of two hosts: what 200 bring at once would keep readers waiting.
_LEAST: Final = timedelta(seconds=0.05)


def first_turns(urls: Iterable[str]) -> list[timedelta]:
    """Return how long after the start each is to be read first, in their order.

    None is planned for a moment at which it would have to wait for its host.
    """
    free: dict[str, timedelta] = {}
    turns: list[timedelta] = []
    for number, url in enumerate(urls):
        host = urlsplit(url).hostname or ""
        turns.append(max(number * _LEAST, free.get(host, timedelta(0))))
        free[host] = turns[-1] + (_LEAST if is_loopback(host) else HOST_INTERVAL)
    return turns


class _Host:
    def __init__(self) -> None:
        self.places = asyncio.Semaphore(MOST_AT_ONCE)
        self.queue = asyncio.Lock()
        self.free_at = 0.0


class HostPace:
    """Makes those who ask the same host queue; a server on this machine needs no pauses."""

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval.total_seconds()
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host to be free, and keep one of its places until the end of the block."""
        own = self._hosts.setdefault(host, _Host())
        async with own.places:
            await self._start(host, own)
            yield

    async def _start(self, host: str, own: _Host) -> None:
        clock = asyncio.get_running_loop().time
        async with own.queue:
            pause = own.free_at - clock()
            if pause > 0:
                await asyncio.sleep(pause)
            own.free_at = clock() + (0.0 if is_loopback(host) else self._interval)
