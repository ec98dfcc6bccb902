"""A source that the schedule reads."""

import asyncio
from datetime import datetime, timedelta

from bot.app.parts import PolledSource
from bot.domain.reading import Reading, SourceState, Unchanged
from bot.services.ports import Clock


class StoppableSource:
    """A source whose reading can be given up; what has been read by then is stored all the same."""

    def __init__(self, source: PolledSource, clock: Clock) -> None:
        self._source = source
        self._clock = clock
        self.url, self.kind, self.interval = source.url, source.kind, source.interval
        #: When its last reading began, whatever came of it.
        self.begun_at: datetime | None = None
        self._reading: asyncio.Task[None] | None = None
        self._stopped = False

    @property
    def fresh_for(self) -> timedelta | None:
        return self._source.fresh_for

    async def read(self, state: SourceState, *, fresh: bool = False) -> Reading | Unchanged:
        if self._stopped:
            raise asyncio.CancelledError
        self._reading = asyncio.current_task()
        self.begun_at = self._clock()
        try:
            return await self._source.read(state, fresh=fresh)
        finally:
            self._reading = None

    def stop(self) -> None:
        self._stopped = True
        if self._reading is not None:
            self._reading.cancel()
