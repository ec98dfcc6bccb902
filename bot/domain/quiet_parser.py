"""Reads quiet hours as a reader types them.

The rules, in their order:

1. `off` (or `none`, `no`, `never`) is no quiet hours.
2. Hours without days are every day's; days without hours are whole days; hours with days begin on
   these days only: `22:00-07:00 weekends` is the nights that begin on a Saturday or a Sunday,
   `22:00-07:00, weekends` every night and the whole weekend.
3. Quiet hours that fill the week are a fault, since nothing would ever come.

`bot.domain.timetable` tells how days and hours are written.
"""

from typing import Final

from bot.domain.clock_times import MIDNIGHT
from bot.domain.korean import KOREAN_OFF
from bot.domain.parse_fault import FaultKey, ParseFault, fault
from bot.domain.quiet import QuietHours, QuietSpan, fills_the_week, quiet_hours
from bot.domain.timetable import Entry, Times, read_timetable
from bot.domain.weekdays import EVERY_DAY

OFF_WORDS: Final = frozenset(("off", "none", "no", "never", "0")) | KOREAN_OFF
_MOST_SPANS: Final = 14


def parse_quiet(text: str) -> QuietHours | ParseFault | None:
    """Return the quiet hours that the text names, None for `off`, or what is wrong with it."""
    if text.strip().casefold() in OFF_WORDS:
        return None
    entries = read_timetable(text, days_alone=True)
    if isinstance(entries, ParseFault):
        return entries
    spans: list[QuietSpan] = []
    for entry in entries:
        found = _spans(entry)
        if isinstance(found, ParseFault):
            return found
        spans += found
    quiet = quiet_hours(spans)
    if len(quiet.spans) > _MOST_SPANS:
        return fault(FaultKey.TOO_MANY, text)
    return fault(FaultKey.ALWAYS, text) if fills_the_week(quiet) else quiet


def stored_quiet(text: str) -> QuietHours | None:
    """Return the quiet hours of a canonical text; None for an empty one.

    Raises ValueError where it is not one.
    """
    quiet = parse_quiet(text) if text else None
    if isinstance(quiet, ParseFault):
        raise ValueError(f"{text!r} are no quiet hours: {quiet.key}")  # noqa: TRY004 - the value is wrong, not its type
    return quiet


def _spans(entry: Entry) -> list[QuietSpan] | ParseFault:
    days = EVERY_DAY if entry.days is None else entry.days
    if not entry.slots:
        return [QuietSpan(days=days, start=MIDNIGHT, end=MIDNIGHT)]
    spans: list[QuietSpan] = []
    for slot in entry.slots:
        if isinstance(slot, Times):
            return fault(FaultKey.END_MISSING, slot.typed)
        if slot.start == slot.end != MIDNIGHT:
            return fault(FaultKey.NO_LENGTH, slot.typed)
        spans.append(QuietSpan(days=days, start=slot.start, end=slot.end))
    return spans
