"""How often a topic or a standing search brings an alert, in a number that people can picture.

The rules, in their order:

1. Two a day or more are told by the day, one a week or more by the week, one a month or more by
   the month.
2. Less is "less than one a month", nothing at all is none.
3. Numbers are rounded; "about" is meant.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

_WEEK: Final = 7
_MONTH: Final = 30.4
#: Fewer would be told by the week.
_LEAST_A_DAY: Final = 2
#: What came within an hour says little; it is taken for a day's.
_SHORTEST: Final = 1.0


class Pace(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    #: Less than one a month.
    SELDOM = "seldom"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    #: About so many a day, a week or a month; 0 where that is not told.
    value: int
    pace: Pace
    #: How many there were.
    count: int
    #: Within so many days, at least 1.
    days: int


def estimate(count: int, period: timedelta) -> Estimate:
    """Return how often something comes of which there were `count` within the period."""
    days = max(period / timedelta(days=1), _SHORTEST)
    a_day = max(count, 0) / days
    value, pace = _told(a_day)
    return Estimate(value=value, pace=pace, count=max(count, 0), days=_rounded(days))


def _told(a_day: float) -> tuple[int, Pace]:
    if a_day <= 0:
        return 0, Pace.NEVER
    if a_day >= _LEAST_A_DAY:
        return _rounded(a_day), Pace.DAY
    if a_day * _WEEK >= 1:
        return _rounded(a_day * _WEEK), Pace.WEEK
    if a_day * _MONTH >= 1:
        return _rounded(a_day * _MONTH), Pace.MONTH
    return 0, Pace.SELDOM


def _rounded(number: float) -> int:
    """Return the nearest whole number; the half goes up."""
    return int(number + 0.5)
