"""Editions: at which times of which days a chat gets its digests.

The rules, in their order:

1. An edition comes when the clocks of the zone first show its time; a time that they show twice
   brings one edition.
2. A time that the clocks skip brings its edition at the first moment after it.
3. Editions of one moment are one, as happens where clocks skip several of them.
4. A day that the calendar skips has no editions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from bot.domain.article import require_aware
from bot.domain.clock_times import format_time
from bot.domain.timetable import EVERY_HOUR
from bot.domain.wall_clock import day_exists, first_moment, local_day
from bot.domain.weekdays import EVERY_DAY, Weekdays, format_weekdays

#: An edition of the day before may come today, where clocks skip the hour before midnight.
_DAYS_BACK: Final = 1
#: A weekly edition comes after two weeks at the latest, even if the calendar skips its day.
_DAYS_AHEAD: Final = 16


@dataclass(frozen=True, slots=True)
class EditionDays:
    """Days whose editions come at the same times."""

    days: Weekdays
    #: In order, at least one.
    times: tuple[time, ...]

    def __str__(self) -> str:
        hourly = self.times == EVERY_HOUR
        if hourly and self.days == EVERY_DAY:
            return "hourly"
        times = "hourly" if hourly else " ".join(format_time(clock) for clock in self.times)
        return f"{format_weekdays(self.days)} {times}"


@dataclass(frozen=True, slots=True)
class Editions:
    """At least one day's; build it with `editions`, which makes equal things equal."""

    #: No day is in two of them.
    entries: tuple[EditionDays, ...]

    def times_on(self, weekday: int) -> tuple[time, ...]:
        return next((entry.times for entry in self.entries if weekday in entry.days), ())

    def __str__(self) -> str:
        """Return the canonical text, which `parse_editions` reads back to an equal value."""
        return "; ".join(str(entry) for entry in self.entries)


def editions(entries: Iterable[tuple[Weekdays, Iterable[time]]]) -> Editions:
    """Return the canonical form: the times of each day once, and days with equal times joined."""
    by_day: dict[int, set[time]] = {}
    for days, times in entries:
        kept = tuple(times)
        for day in days:
            by_day.setdefault(day, set()).update(kept)
    by_times: dict[tuple[time, ...], set[int]] = {}
    for day in sorted(by_day):
        if by_day[day]:
            by_times.setdefault(tuple(sorted(by_day[day])), set()).add(day)
    if not by_times:
        raise ValueError("editions need a day and a time")
    return Editions(tuple(EditionDays(frozenset(by_times[times]), times) for times in by_times))


#: For what is to come in an edition where the chat has none: every evening.
EVENING_EDITION: Final = editions([(EVERY_DAY, [time(18)])])


def next_edition(timetable: Editions, after: datetime, zone: tzinfo) -> datetime:
    """Return when the first edition after that moment comes, in UTC."""
    require_aware(after)
    first = local_day(after, zone) - timedelta(days=_DAYS_BACK)
    for step in range(_DAYS_BACK + _DAYS_AHEAD):
        for moment in _moments(timetable, first + timedelta(days=step), zone):
            if moment > after:
                return moment
    raise ValueError(f"no edition of {timetable} comes after {after}")


def _moments(timetable: Editions, day: date, zone: tzinfo) -> Iterator[datetime]:
    times = timetable.times_on(day.weekday())
    if times and day_exists(day, zone):
        yield from (first_moment(day, clock, zone) for clock in times)
