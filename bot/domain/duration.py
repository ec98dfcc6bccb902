"""Durations as people write them: `90s`, `5m`, `24h`, `30d`."""

import re
from datetime import timedelta
from typing import Final

_WRITTEN: Final = re.compile(r"([0-9]{1,10})\s*([smhdw])", re.IGNORECASE)
_UNITS: Final = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}
#: A century: whatever is longer is a slip of the hand.
_LONGEST: Final = timedelta(days=36_525)


def parse_duration(text: str) -> timedelta:
    """Return the duration that the text names.

    Raises ValueError with a sentence for people where it names none, or one above a century.
    """
    written = _WRITTEN.fullmatch(text.strip())
    if not written:
        raise ValueError(
            f"{text!r} is no duration: write a whole number and s, m, h, d or w,"
            " such as 90s, 5m, 24h or 30d"
        )
    count, unit = int(written[1]), _UNITS[written[2].lower()]
    if count * unit.total_seconds() > _LONGEST.total_seconds():
        raise ValueError(f"{text!r} is too long: the longest duration is a century")
    return count * unit


def format_duration(duration: timedelta) -> str:
    """Return how the duration is written, in the greatest unit that leaves no rest.

    Fractions of a second are left out; weeks are written as days.
    """
    seconds = int(duration.total_seconds())
    for unit in "dhm":
        length = int(_UNITS[unit].total_seconds())
        if seconds and seconds % length == 0:
            return f"{seconds // length}{unit}"
    return f"{seconds}s"
