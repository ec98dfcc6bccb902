"""One request at a time per host, and a pause between two."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.sources.redirects import is_loopback


class HostPace:
    """Makes those who ask the same host queue; a server on this machine needs no pauses."""

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval.total_seconds()
        self._locks: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host to be free, and keep it until the end of the block."""
        clock = asyncio.get_running_loop().time
        async with self._locks.setdefault(host, asyncio.Lock()):
            pause = self._free_at.get(host, 0.0) - clock()
            if pause > 0:
                await asyncio.sleep(pause)
            try:
                yield
            finally:
                interval = 0.0 if is_loopback(host) else self._interval
                self._free_at[host] = clock() + interval
