"""Sizes, lengths of time and moments, in words."""

from datetime import UTC, datetime, timedelta
from typing import Final

_UNITS: Final = (
    (timedelta(days=1), "days"),
    (timedelta(hours=1), "hours"),
    (timedelta(minutes=1), "minutes"),
)
_STEP: Final = 1024
#: From so many of a unit on, it is the one to tell; from `_ROUND` on without halves.
_SMALL: Final = 1.5
_ROUND: Final = 10


def length(duration: timedelta) -> str:
    """Return a length of time in the greatest unit of which there are two."""
    for unit, name in _UNITS:
        if duration >= 2 * unit:
            return f"{duration // unit} {name}"
    return f"{int(duration.total_seconds())} s"


def about(duration: timedelta) -> str:
    """Return a length of time for people: 45 s, 2.5 min, 12 min, 3 h."""
    seconds = duration.total_seconds()
    for unit, name in ((3600, "h"), (60, "min")):
        if seconds >= _SMALL * unit:
            number = seconds / unit
            return f"{round(number * 2) / 2 if number < _ROUND else round(number):g} {name}"
    return f"{seconds:.0f} s" if seconds >= 1 else f"{seconds:.1f} s"


def size(number: int) -> str:
    """Return a number of bytes, such as "3.4 MiB"."""
    amount = float(number)
    for unit in ("B", "KiB", "MiB"):
        if amount < _STEP:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= _STEP
    return f"{amount:.1f} GiB"


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
