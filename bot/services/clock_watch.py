"""Notices when the machine's clock was put back, be it while the bot was not running."""

from datetime import timedelta
from typing import Final

import structlog

from bot.services.ports import Clock, Store

log = structlog.get_logger(__name__)

#: Clocks are put right by seconds all the time.
_TOLERANCE: Final = timedelta(minutes=1)


class ClockWatch:
    """Keeps what is due from waiting until a clock that was put back has caught up.

    A clock that is put forward needs nobody: what is due then is due.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def look(self) -> None:
        """Make due now what was due at once by the former clock; once for each time."""
        async with self._store.reading() as records:
            latest = await records.clock.latest()
        now = self._clock()
        if latest is None or latest - now <= _TOLERANCE:
            return
        async with self._store.writing() as records:
            await records.clock.put_back(now)
        log.warning("clock_was_put_back", seconds=round((latest - now).total_seconds()))
