"""When a source that failed is read again."""

from datetime import datetime, timedelta
from typing import Final

_LONGEST: Final = timedelta(hours=6)
_MOST_DOUBLINGS: Final = 16
#: Between two readings that administrators ask for.
_LEAST_PAUSE: Final = timedelta(seconds=30)


def next_reading(
    now: datetime, interval: timedelta, failures: int, retry_after: float | None
) -> datetime:
    """Return when to try again after that many failures in a row, the present one included.

    The interval is doubled with each failure, up to six hours (or the interval itself, if that is
    longer). A server that asked for more patience (`retry_after`, in seconds) gets it.
    """
    doublings = min(max(failures - 1, 0), _MOST_DOUBLINGS)
    pause = min(interval * (1 << doublings), max(_LONGEST, interval))
    return now + max(pause, _asked(retry_after))


def wished_for(now: datetime, retry_after: float | None) -> datetime | None:
    """Return until when the server wishes to be left alone; None where it asked for nothing."""
    return now + _asked(retry_after) if retry_after else None


def readable_at(
    now: datetime, begun_at: datetime | None, retry_at: datetime | None
) -> datetime | None:
    """Return when an administrator may have the source read; None where that is at once.

    Not sooner than half a minute behind the last reading, whatever came of it, and never before the
    server's own wish is granted.
    """
    recent = begun_at + _LEAST_PAUSE if begun_at and begun_at <= now else now
    earliest = max(recent, retry_at or now)
    return earliest if earliest > now else None


def _asked(retry_after: float | None) -> timedelta:
    return timedelta(seconds=min(retry_after or 0.0, _LONGEST.total_seconds() * 4))
