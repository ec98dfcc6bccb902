"""Times of day as people write them: `8`, `08.00`, `0800`, `8am`, `6:30 pm`, `18h30`, `noon`."""

import re
from datetime import time
from typing import Final

from bot.domain.korean import KOREAN_TIMES, korean_time

MIDNIGHT: Final = time()
NAMED_TIMES: Final = {
    "noon": time(12),
    "midday": time(12),
    "midnight": MIDNIGHT,
    "morning": time(8),
    "mornings": time(8),
    "evening": time(18),
    "evenings": time(18),
    **KOREAN_TIMES,
}
_WRITTEN: Final = re.compile(
    r"""
    (?P<hour>\d{1,2})
    (?: (?:\s?[:\uff1a]\s?|[.h]|(?<=\d\d)) (?P<minute>\d\d) )?
    \s? (?: h | (?P<half>[ap])\.?\s?m\.? )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HALF_A_DAY: Final = 12
_DAY: Final = 24
_HOUR: Final = 60


def parse_time(text: str) -> time | None:
    """Return the time of day that the text names, or None; 24:00 is midnight."""
    text = text.strip().casefold()
    if text in NAMED_TIMES:
        return NAMED_TIMES[text]
    written = _WRITTEN.fullmatch(text)
    if not written:
        return korean_time(text)
    hour, minute = int(written["hour"]), int(written["minute"] or 0)
    if written["half"]:
        if not 1 <= hour <= _HALF_A_DAY:
            return None
        hour = hour % _HALF_A_DAY + (_HALF_A_DAY if written["half"] == "p" else 0)
    if (hour, minute) == (_DAY, 0):
        return MIDNIGHT
    return time(hour, minute) if hour < _DAY and minute < _HOUR else None


def format_time(clock: time) -> str:
    """Return the canonical text, as in 08:00."""
    return clock.strftime("%H:%M")
