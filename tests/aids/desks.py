"""Invented newsrooms, and when each of them publishes through a year and a quarter.

A desk has hours, working days and weekends, holidays, better and worse days; it schedules a part of
its articles for the full and the half hour, and now and then there is news that does not wait. All
of it comes from a seed.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

SEOUL: Final = ZoneInfo("Asia/Seoul")
LONDON: Final = ZoneInfo("Europe/London")
#: A Monday.
FIRST_DAY: Final = date(2025, 1, 6)
#: What is there to learn from before the year that counts.
BEFORE: Final = timedelta(weeks=13)
YEAR: Final = timedelta(weeks=52)
_DAYS: Final = (BEFORE + YEAR).days
_HOLIDAYS: Final = 18
#: How much of a day's news each hour brings.
_HOURS: Final = (
    0.05, 0.03, 0.02, 0.02, 0.03, 0.1, 0.4, 1.0, 2.0, 3.2, 3.0, 2.8,
    1.4, 2.2, 2.8, 3.0, 3.2, 2.6, 1.6, 0.9, 0.6, 0.4, 0.25, 0.1,
)  # fmt: skip
_SCHEDULED_FOR: Final = {0: 60, 30: 25, 15: 8, 45: 7}
#: Seconds until a scheduled article is out (cron, once a minute), and until another one is.
_CRON: Final = 60.0
_BY_HAND: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """How a newsroom works."""

    zone: ZoneInfo
    #: Articles on a working day.
    articles: float
    #: Of which a weekend's day and a holiday have this share.
    weekend: float = 0.2
    #: The share that is scheduled.
    scheduled: float = 0.45
    #: Big stories in all that time, each with five to fourteen articles at any hour.
    bursts: int = 30
    #: From this day on the desk works so many hours earlier.
    moves_on: int = _DAYS
    earlier: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Release:
    """An article, in seconds since 1970: what its date says, and when the source has it."""

    published: float
    available: float


def releases(desk: Desk, seed: int) -> list[Release]:
    """Return what comes out, from the first day to the last, in order."""
    chance = random.Random(seed)  # noqa: S311 - invented news is no secret
    holidays = set(chance.sample(range(_DAYS), _HOLIDAYS))
    out: list[Release] = []
    for number in range(_DAYS):
        day = FIRST_DAY + timedelta(days=number)
        is_off = day.weekday() >= 5 or number in holidays
        level = desk.articles * (desk.weekend if is_off else 1) * chance.gammavariate(12, 1 / 12)
        earlier = desk.earlier if number >= desk.moves_on else 0
        shape = [_HOURS[(hour + earlier) % 24] for hour in range(24)]
        out += _of_day(desk, day, [level * one / sum(shape) for one in shape], chance)
    for _ in range(desk.bursts):
        out += _burst(chance)
    return sorted(out)


def at_random(articles: float, seed: int) -> list[Release]:
    """Return news that has no rhythm at all; so many a day."""
    chance = random.Random(seed)  # noqa: S311 - likewise
    moment, end = _start(), _start() + (BEFORE + YEAR).total_seconds()
    out: list[Release] = []
    while (moment := moment + chance.expovariate(articles / 86_400)) < end:
        out.append(_release(moment, _BY_HAND, chance))
    return out


def _of_day(
    desk: Desk, day: date, rates: Sequence[float], chance: random.Random
) -> Iterator[Release]:
    for hour, rate in enumerate(rates):
        for minute in _within(rate, chance):
            is_scheduled = chance.random() < desk.scheduled
            if is_scheduled:
                (full,) = chance.choices([*_SCHEDULED_FOR], [*_SCHEDULED_FOR.values()])
                minute = float(full)  # noqa: PLW2901 - moved there
            begun = datetime.combine(day, time(hour), desk.zone).astimezone(UTC)
            moment = (begun + timedelta(minutes=minute)).timestamp()
            yield _release(moment, _CRON if is_scheduled else _BY_HAND, chance)


def _within(rate: float, chance: random.Random) -> Iterator[float]:
    """Yield the minutes of an hour that brings so much on average (a Poisson process)."""
    passed = chance.expovariate(1)
    while passed < rate:
        yield 60 * passed / rate
        passed += chance.expovariate(1)


def _burst(chance: random.Random) -> Iterator[Release]:
    begun = _start() + chance.random() * (BEFORE + YEAR - timedelta(days=1)).total_seconds()
    for _ in range(chance.randint(5, 14)):
        yield _release(begun + chance.expovariate(1 / 7200), _BY_HAND, chance)


def _release(moment: float, lag: float, chance: random.Random) -> Release:
    return Release(moment, moment + chance.uniform(0, lag))


def _start() -> float:
    return datetime.combine(FIRST_DAY, time(), UTC).timestamp()
