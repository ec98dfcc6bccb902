"""A clock that runs faster than the wall's, so that a day's editions are seen in minutes."""

import time
from datetime import UTC, datetime, timedelta


class FastClock:
    """Runs at so many times the usual speed; implements the `Clock` port.

    It showed `start` when the machine's monotonic clock showed `begun`; by default, both now. Two
    processes that are given the same see the same time.
    """

    def __init__(
        self, speed: float, *, start: datetime | None = None, begun: float | None = None
    ) -> None:
        self._speed = speed
        self._start = start or datetime.now(UTC)
        self._begun = time.monotonic() if begun is None else begun

    def __call__(self) -> datetime:
        elapsed = time.monotonic() - self._begun
        return self._start + timedelta(seconds=elapsed * self._speed)
