"""When a source that failed is read again."""

from datetime import datetime, timedelta
from typing import Final

_LONGEST: Final = timedelta(hours=6)
_MOST_DOUBLINGS: Final = 16


def next_reading(
    now: datetime, interval: timedelta, failures: int, retry_after: float | None
) -> datetime:
    """Return when to try again after that many failures in a row, the present one included.

    The interval is doubled with each failure, up to six hours (or the interval itself, if that is
    longer). A server that asked for more patience (`retry_after`, in seconds) gets it.
    """
    doublings = min(max(failures - 1, 0), _MOST_DOUBLINGS)
    pause = min(interval * (1 << doublings), max(_LONGEST, interval))
    asked = timedelta(seconds=min(retry_after or 0.0, _LONGEST.total_seconds() * 4))
    return now + max(pause, asked)
