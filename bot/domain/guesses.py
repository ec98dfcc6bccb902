"""How often a chat may guess at a secret.

1. Five wrong guesses within a quarter of an hour are enough: after that a chat waits until the
   first of them is so old.
2. What is guessed while a chat waits is not even looked at, be it right or wrong.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

MOST_GUESSES: Final = 5
GUESSING_WINDOW: Final = timedelta(minutes=15)


def recent_guesses(wrong: Sequence[datetime], now: datetime) -> tuple[datetime, ...]:
    """Return the wrong guesses that still count, the oldest first."""
    return tuple(one for one in wrong if now - one < GUESSING_WINDOW)[-MOST_GUESSES:]


def waits_until(wrong: Sequence[datetime], now: datetime) -> datetime | None:
    """Return until when to wait; None where the next guess is free."""
    counted = recent_guesses(wrong, now)
    return counted[0] + GUESSING_WINDOW if len(counted) >= MOST_GUESSES else None
