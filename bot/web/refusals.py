"""Calls that were refused, for the log: whoever tries addresses must not fill it."""

from collections.abc import Callable
from typing import Final

#: Seconds between two events about calls that were refused.
_BETWEEN_EVENTS: Final = 60.0


class Refusals:
    """`clock` tells seconds and never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._told_at: float | None = None
        self._passed_over = 0

    def to_be_told(self) -> int | None:
        """Return how many were passed over since the last event; None to pass this one over."""
        now = self._clock()
        if self._told_at is not None and now - self._told_at < _BETWEEN_EVENTS:
            self._passed_over += 1
            return None
        passed_over, self._passed_over, self._told_at = self._passed_over, 0, now
        return passed_over
