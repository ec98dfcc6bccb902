"""How far this machine's clock is from a server's, by the times of an answer."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

#: A Date names the second that has begun: on average it is half a second behind.
_HALF: Final = timedelta(seconds=0.5)
#: What nobody need care for: quiet hours and editions go by minutes.
TOLERANCE: Final = timedelta(minutes=1)


def ahead_of_server(
    date: str | None, age: str | None, asked: datetime, answered: datetime
) -> timedelta | None:
    """Return how far our clock is ahead; None where the answer does not tell.

    `date` and `age` are the answer's headers: a cache gives out old dates, and says how old they
    are (RFC 9111, section 5.1).
    """
    try:
        told = parsedate_to_datetime(date or "")
        stood = timedelta(seconds=int(age or "0"))
    except (ValueError, OverflowError):
        return None
    if told.tzinfo is None:
        told = told.replace(tzinfo=UTC)
    return asked + (answered - asked) / 2 - (told + stood + _HALF)
