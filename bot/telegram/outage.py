"""Times when Telegram cannot be reached, or asks to wait.

An outage has ever longer pauses, and one event for each of its ends.
"""

import time
from collections.abc import Callable
from typing import Final

import structlog

from bot.services.meter import Meter, Unmetered

log = structlog.get_logger(__name__)

LONGEST_PAUSE: Final = 30.0
#: More doublings than any pause needs; keeps the power within bounds.
_MOST_DOUBLINGS: Final = 10


class Outage:
    """Counts rounds that failed; requests that are under way at the same time are one round."""

    def __init__(
        self,
        concerns: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        meter: Meter | None = None,
    ) -> None:
        """`concerns` says in the log what stands still."""
        self._meter = meter or Unmetered()
        self._concerns = concerns
        self._clock = clock
        self._failures = 0
        self._began_at = 0.0

    @property
    def round(self) -> int:
        """The number of the present round; to be noted when a request starts."""
        return self._failures

    def failed(self, fault: str, round_: int | None = None) -> float | None:
        """Count a failure; return the seconds to pause: 1, 2, 4 … 30.

        None where the request belongs to a round (`round_`) that has been counted already.
        """
        if round_ is not None and round_ != self._failures:
            return None
        if not self._failures:
            self._began_at = self._clock()
            log.warning("telegram_unreachable", concerns=self._concerns, fault=fault)
        self._failures += 1
        return float(min(2 ** min(self._failures - 1, _MOST_DOUBLINGS), LONGEST_PAUSE))

    def throttled(self, seconds: float) -> float:
        """Note that Telegram answered, and asked to wait; return for how long."""
        self.answered()
        self._meter.throttled(self._concerns)
        log.warning("telegram_throttled", concerns=self._concerns, seconds=seconds)
        return seconds

    def answered(self) -> None:
        """Note that Telegram answered, whatever it said."""
        if self._failures:
            seconds = round(self._clock() - self._began_at, 3)
            log.info("telegram_reachable", concerns=self._concerns, seconds=seconds)
            self._failures = 0
