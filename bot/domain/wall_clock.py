"""Moments at which the clocks of a zone show a time.

The rules, in their order:

1. A time that the clocks of a day show once is that moment.
2. A time that they skip (a gap, when they are put forward) comes at the first moment after it.
3. A time that they show twice (a fold, when they are put back) has a first and a last moment.
4. A day may be skipped as a whole, as Samoa did with 30 December 2011; it has no moments.

All moments are in UTC: Python compares two datetimes of one zone by what the clocks show.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.domain.article import require_aware
from bot.domain.clock_times import MIDNIGHT


def first_moment(day: date, clock: time, zone: tzinfo) -> datetime:
    """Return the first moment at which the zone's clocks show that time or a later one."""
    return _moment(datetime.combine(day, clock), zone, fold=0)


def last_moment(day: date, clock: time, zone: tzinfo) -> datetime:
    """Return the moment from which on the zone's clocks show that time or later ones only."""
    return _moment(datetime.combine(day, clock), zone, fold=1)


def local_day(moment: datetime, zone: tzinfo) -> date:
    return require_aware(moment).astimezone(zone).date()


def day_exists(day: date, zone: tzinfo) -> bool:
    """Return whether the zone's calendar has the day (rule 4)."""
    return local_day(first_moment(day, MIDNIGHT, zone), zone) == day


def _moment(shown: datetime, zone: tzinfo, *, fold: int) -> datetime:
    before, after = (_in_utc(shown, zone, fold=which) for which in (0, 1))
    if before <= after:
        return after if fold else before
    return _end_of_gap(shown, zone, after, before)


def _in_utc(shown: datetime, zone: tzinfo, *, fold: int) -> datetime:
    return shown.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _end_of_gap(shown: datetime, zone: tzinfo, early: datetime, late: datetime) -> datetime:
    """Return the first moment, after `early` and not after `late`, that shows the time or later.

    In a gap the two readings of a time lie on either side of the change, to the second.
    """
    low, high = 0, round((late - early).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        reached = (early + timedelta(seconds=middle)).astimezone(zone).replace(tzinfo=None)
        low, high = (low, middle) if reached >= shown else (middle, high)
    return early + timedelta(seconds=high)
