"""Quiet hours: when a chat gets nothing, and when that ends.

The rules, in their order:

1. A span begins on each of its days when the clocks first show its start, and ends when they last
   show its end: on the same day where the end is later than the start, on the following day
   otherwise. A span from midnight to midnight is a whole day.
2. A start or an end that the clocks skip comes at the first moment after it.
3. So it is quiet whenever the clocks show a quiet time, even twice; on the night when they are put
   back it may be quiet for longer than usual, never for less.
4. Spans that touch or overlap are one stretch.
5. No stretch lasts longer than eight days: what waits for its end is late, never lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from bot.domain.article import require_aware
from bot.domain.clock_times import MIDNIGHT, format_time
from bot.domain.wall_clock import day_exists, first_moment, last_moment, local_day
from bot.domain.weekdays import EVERY_DAY, Weekdays, format_weekdays

LONGEST_STRETCH: Final = timedelta(days=8)
_A_DAY: Final = timedelta(days=1)
#: A span of the day before may still last; one more day, since a calendar can skip one.
_DAYS_BACK: Final = 2
_DAYS_AHEAD: Final = 16
_MINUTES_A_DAY: Final = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietSpan:
    #: The days on which it begins; never empty.
    days: Weekdays
    start: time
    #: Equal to the start only in whole days, both at midnight.
    end: time

    def __post_init__(self) -> None:
        if not self.days or not self.days <= EVERY_DAY:
            raise ValueError(f"{set(self.days)} are no weekdays")
        if self.start == self.end != MIDNIGHT:
            raise ValueError(f"a span from {self.start} to {self.end} has no length")

    @property
    def is_whole_days(self) -> bool:
        return self.start == self.end

    @property
    def ends_next_day(self) -> bool:
        return self.end <= self.start

    def __str__(self) -> str:
        """Return the canonical text."""
        days = format_weekdays(self.days)
        if self.is_whole_days:
            return days
        hours = f"{format_time(self.start)}-{format_time(self.end)}"
        return hours if self.days == EVERY_DAY else f"{days} {hours}"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """At least one span; build it with `quiet_hours`, which makes equal things equal."""

    spans: tuple[QuietSpan, ...]

    def __str__(self) -> str:
        """Return the canonical text, which `parse_quiet` reads back to an equal value."""
        return "; ".join(str(span) for span in self.spans)


def quiet_hours(spans: Iterable[QuietSpan]) -> QuietHours:
    """Return the spans in canonical form: days of equal hours joined, whole days last."""
    days: dict[tuple[bool, time, time], Weekdays] = {}
    for span in spans:
        hours = (span.is_whole_days, span.start, span.end)
        days[hours] = days.get(hours, frozenset()) | span.days
    joined = (
        QuietSpan(days=days[hours], start=start, end=end)
        for hours in sorted(days)
        for _, start, end in (hours,)
    )
    return QuietHours(tuple(joined))


def fills_the_week(quiet: QuietHours) -> bool:
    """Return whether there is no minute in which anything could come."""
    minutes = {minute for span in quiet.spans for minute in _minutes(span)}
    return len(minutes) == 7 * _MINUTES_A_DAY


def quiet_until(quiet: QuietHours | None, now: datetime, zone: tzinfo) -> datetime | None:
    """Return when the present quiet stretch ends, in UTC; None where it is not quiet now."""
    require_aware(now)
    reached = now
    for start, end in _stretches(quiet, now, zone):
        if start > reached:
            break
        reached = max(reached, end)
    return None if reached == now else min(reached, now + LONGEST_STRETCH)


def next_change(quiet: QuietHours | None, now: datetime, zone: tzinfo) -> datetime | None:
    """Return when it next begins or ceases to be quiet, in UTC; None without quiet hours."""
    end = quiet_until(quiet, now, zone)
    starts = (start for start, _ in _stretches(quiet, now, zone) if start > now)
    return end or next(starts, None)


def _stretches(
    quiet: QuietHours | None, now: datetime, zone: tzinfo
) -> list[tuple[datetime, datetime]]:
    """Return when the spans around and after that moment begin and end, in order."""
    today = local_day(now, zone)
    days = [today + step * _A_DAY for step in range(-_DAYS_BACK, _DAYS_AHEAD)]
    found = [
        (
            first_moment(day, span.start, zone),
            last_moment(day + _A_DAY if span.ends_next_day else day, span.end, zone),
        )
        for span in (quiet.spans if quiet else ())
        for day in days
        if day.weekday() in span.days and day_exists(day, zone)
    ]
    return sorted((start, end) for start, end in found if start < end)


def _minutes(span: QuietSpan) -> Iterator[int]:
    start, end = (clock.hour * 60 + clock.minute for clock in (span.start, span.end))
    length = (end - start) % _MINUTES_A_DAY or _MINUTES_A_DAY
    for day in span.days:
        first = day * _MINUTES_A_DAY + start
        for minute in range(first, first + length):
            yield minute % (7 * _MINUTES_A_DAY)
