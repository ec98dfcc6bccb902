"""Reads editions as a reader types them: `weekdays 08:00 18:00`, `mon 9`, `hourly`, `off`.

Times without days are every day's; days without times are a fault. `bot.domain.timetable` tells
how days and times are written.
"""

from collections.abc import Iterable
from datetime import time
from typing import Final

from bot.domain.editions import Editions, editions
from bot.domain.korean import KOREAN_AT_ONCE
from bot.domain.parse_fault import FaultKey, ParseFault, fault
from bot.domain.quiet_parser import OFF_WORDS
from bot.domain.timetable import Entry, Span, read_timetable
from bot.domain.weekdays import EVERY_DAY, Weekdays

_OFF_WORDS: Final = OFF_WORDS | {"instant", "instantly"} | KOREAN_AT_ONCE
#: Hourly is the most that is of use.
_MOST_TIMES: Final = 24


def parse_editions(text: str) -> Editions | ParseFault | None:
    """Return the editions that the text names, None for `off`, or what is wrong with it."""
    if text.strip().casefold() in _OFF_WORDS:
        return None
    read = read_timetable(text, days_alone=False)
    if isinstance(read, ParseFault):
        return read
    for entry in read:
        faulty = _fault(entry)
        if faulty:
            return faulty
    found = editions(_times(entry) for entry in read)
    if any(len(entry.times) > _MOST_TIMES for entry in found.entries):
        return fault(FaultKey.TOO_MANY, text)
    return found


def stored_editions(text: str) -> Editions | None:
    """Return the editions of a canonical text; None for an empty one.

    Raises ValueError where it is not one.
    """
    found = parse_editions(text) if text else None
    if isinstance(found, ParseFault):
        raise ValueError(f"{text!r} are no editions: {found.key}")  # noqa: TRY004 - the value is wrong, not its type
    return found


def _fault(entry: Entry) -> ParseFault | None:
    if not entry.slots:
        return fault(FaultKey.TIME_MISSING, entry.typed)
    spans = (slot for slot in entry.slots if isinstance(slot, Span))
    wrong = next(spans, None)
    return fault(FaultKey.NOT_UNDERSTOOD, wrong.typed) if wrong else None


def _times(entry: Entry) -> tuple[Weekdays, Iterable[time]]:
    days = EVERY_DAY if entry.days is None else entry.days
    return days, [
        clock for slot in entry.slots if not isinstance(slot, Span) for clock in slot.times
    ]
