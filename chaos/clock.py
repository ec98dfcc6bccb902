"""The run's clock, which all of its processes share."""

import time
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.demo.fast_clock import FastClock

#: A Monday; every run begins at the same moment, so that editions and quiet hours fall alike.
_START: Final = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


class RunClock:
    """Implements the `Clock` port."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._start = _START
        self._begun = time.monotonic()
        self._clock = self._set()

    def __call__(self) -> datetime:
        return self._clock()

    def forward(self, length: timedelta) -> None:
        """Put the clock forward; processes started from now on see it."""
        self._start += length
        self._clock = self._set()

    def arguments(self) -> tuple[str, str, str]:
        """Return what tells another process the time."""
        return str(self.speed), self._start.isoformat(), repr(self._begun)

    def _set(self) -> FastClock:
        return FastClock(self.speed, start=self._start, begun=self._begun)
