"""A tempo in a few figures, for whoever wants to know what was learned.

Of working days and of weekends, the stretch of the day is told in which most is spent beyond the
average; then what is left for all other hours, and the minutes that are looked at most.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.rhythm import Rhythm
from bot.domain.tempo import Tempo
from bot.domain.weekdays import WEEKEND, WORKING_DAYS, Weekdays

_DAY: Final = 24
#: A stretch in which the interval is this much of the average, or more, is no busy one.
_ALIKE: Final = 0.9
#: So many times as much news as in the average minute is worth telling.
_FAVOURED: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """Hours in which a source is read more often."""

    days: Weekdays
    #: The hour that it begins with, and the one before which it ends; over midnight, if need be.
    first: int
    end: int
    #: On average.
    interval: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    busy: tuple[Busy, ...]
    #: In all other hours, on average.
    otherwise: timedelta
    #: First and last minute of what editors like best of an hour.
    minutes: tuple[tuple[int, int], ...]


def outline(tempo: Tempo) -> Outline:
    if tempo.rhythm is None:
        return Outline(busy=(), otherwise=tempo.interval, minutes=())
    hours = _by_hour(tempo.densities, len(tempo.rhythm.parts))
    found = [_busiest(hours, days, tempo.interval) for days in (WORKING_DAYS, WEEKEND)]
    busy = tuple(one for one in found if one.interval < _ALIKE * tempo.interval)
    told = {hour for one in busy for hour in _hours(one.days, one.first, one.end - one.first)}
    left = [density for hour, density in enumerate(hours) if hour not in told]
    otherwise = _interval(left) if left else tempo.interval
    return Outline(busy=busy, otherwise=otherwise, minutes=_favoured(tempo.rhythm))


def _by_hour(densities: Sequence[float], parts: int) -> list[float]:
    starts = range(0, len(densities), parts)
    return [sum(densities[start : start + parts]) / parts for start in starts]


def _busiest(hours: Sequence[float], days: Weekdays, interval: timedelta) -> Busy:
    """Return the stretch with the greatest surplus; of equal ones, the earliest and shortest."""
    usual = 1 / interval.total_seconds()

    def surplus(stretch: tuple[int, int]) -> float:
        return sum(hours[hour] - usual for hour in _hours(days, *stretch))

    stretches = [(first, length) for first in range(_DAY) for length in range(1, _DAY + 1)]
    first, length = max(stretches, key=surplus)
    mean = _interval([hours[hour] for hour in _hours(days, first, length)])
    return Busy(days=days, first=first, end=(first + length - 1) % _DAY + 1, interval=mean)


def _hours(days: Weekdays, first: int, length: int) -> Iterable[int]:
    """Yield the hours of the week; those over midnight belong to the same days, as a rule."""
    span = (length - 1) % _DAY + 1
    return (day * _DAY + (first + step) % _DAY for day in sorted(days) for step in range(span))


def _interval(densities: Sequence[float]) -> timedelta:
    return timedelta(seconds=len(densities) / sum(densities))


def _favoured(rhythm: Rhythm) -> tuple[tuple[int, int], ...]:
    minutes = 60 // len(rhythm.parts)
    return tuple(
        (part * minutes, (part + 1) * minutes - 1)
        for part, factor in enumerate(rhythm.parts)
        if factor >= _FAVOURED
    )
