"""When a source is read of which somebody says that it has news.

The rules, in their order:

1. Never while its server wishes to be left alone: it is read when that is over, as planned.
2. Never within ten seconds of its last reading, whoever caused that: however many say so, a server
   is asked six times a minute at most, and with what makes a request cheap where nothing changed.
3. Where it shows nothing new, it is read again a quarter of a minute and a minute later: news may
   be told before the caches in front of the site have them. Then it is left to its plan.
4. Where it fails, likewise, and on after 4, 16 and 64 minutes, unless its plan comes first.
"""

from datetime import datetime, timedelta
from typing import Final

_LEAST_PAUSE: Final = timedelta(seconds=10)
_FIRST_PAUSE: Final = timedelta(seconds=15)
_MOST_REPEATS: Final = 2
_MOST_RETRIES: Final = 5


def prompted_at(
    now: datetime, begun_at: datetime | None, retry_at: datetime | None
) -> datetime | None:
    """Return when to read it, which may be now; None where that is left to the plan."""
    if retry_at is not None and retry_at > now:
        return None
    recent = begun_at is not None and begun_at <= now
    return max(now, begun_at + _LEAST_PAUSE) if recent and begun_at else now


def pause_before_next(repeats: int, *, failed: bool) -> timedelta | None:
    """Return the pause behind a reading that brought nothing; None where it was the last.

    `repeats` is how many came behind the first one already.
    """
    if repeats >= (_MOST_RETRIES if failed else _MOST_REPEATS):
        return None
    return _FIRST_PAUSE * (1 << 2 * repeats)
