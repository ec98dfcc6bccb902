"""Readings that somebody calls for: shared by all who wait, and at a pace that no caller sets."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Final

from bot.domain.allowance import Allowance
from bot.domain.announcement import READINGS, REST
from bot.services.ports import Rounds, SourceKey

#: Seconds; a wait that rounding leaves over is not waited for in ever smaller steps.
_TICK: Final = 0.01


class CalledReadings:
    """Of each source one reading is under way at most, and one more is waited for.

    `clock` tells seconds and never goes back; `sleep` waits for as many.
    """

    def __init__(
        self,
        rounds: Callable[[], Rounds],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take the plan of the running bot from `rounds`, since it is made later than this."""
        self._rounds = rounds
        self._clock = clock
        self._sleep = sleep
        self._allowed: defaultdict[SourceKey, Allowance] = defaultdict(
            lambda: Allowance(pace=READINGS)
        )
        self._queues: defaultdict[SourceKey, asyncio.Lock] = defaultdict(asyncio.Lock)
        #: The readings that have not begun.
        self._next: dict[SourceKey, asyncio.Task[None]] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    @property
    def is_busy(self) -> bool:
        return bool(self._under_way)

    def call(self, source: SourceKey) -> asyncio.Task[None]:
        """Have the source read from now on; return what ends with that reading.

        Others wait for it as well: nobody may cancel it.
        """
        task = self._next.get(source)
        if task is None:
            task = self._next[source] = asyncio.create_task(self._read(source))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return task

    async def stop(self) -> None:
        """Begin none any more; what is under way is the plan's own to stop."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _read(self, source: SourceKey) -> None:
        async with self._queues[source]:
            while (wait := self._allowed[source].free_at() - self._clock()) > 0:
                await self._sleep(max(wait, _TICK))
            # Whoever calls from here on means what is published from here on.
            del self._next[source]
            self._allowed[source] = self._allowed[source].used(self._clock())
            report = await self._rounds().read_now(source, on_call=True)
            if report is None or report.outcome == "failed":
                self._allowed[source] = self._allowed[source].resting(self._clock() + REST)
