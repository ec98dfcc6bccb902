"""Learns when a source publishes: how much news each hour of the week brings.

The rules, in their order:

1. A moment counts in the hour of the week that the site's clocks showed.
2. A date without a time tells no hour, though some feeds write it as one: what reads midnight, to
   the second, on the site's clocks is left out, and so is midnight in UTC where most of them are.
3. Only whole weeks count, back from now, so that every hour was there equally often; none is older
   than half a year, and nothing from the future counts. Older weeks fade: a newsroom that changes
   its hours is followed.
4. A few articles make no rhythm: there is a least number of them, and of weeks.
5. What an hour brought by chance is told from its habit by shrinking (empirical Bayes, the
   Gamma-Poisson model): the hours of a day towards a flat day, those of working days and of
   weekends towards these, and each hour of the week towards these again. How far is learned as
   well: where hours differ by no more than chance has it, nothing is left but the flat line.
6. Within the hour the same is learned of its minutes, for all hours together: editors schedule for
   the full and the half hour.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

from bot.domain.article import require_aware

WEEK: Final = timedelta(weeks=1)
#: What is older tells nothing of today.
MOST_WEEKS: Final = 26
HOURS: Final = 7 * 24
#: Into so many parts each hour is divided.
PARTS: Final = 20
_WORKING_DAYS: Final = 5
#: After so many weeks a week counts half. Four or sixteen make no difference of two seconds to the
#: median of the simulation (`benchmarks/adaptive.py`).
_HALF_LIFE: Final = 8.0
LEAST_ARTICLES: Final = 50
LEAST_WEEKS: Final = 3
_MIDNIGHT: Final = time()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How likely news is, relative to other times; the scale means nothing."""

    #: From Monday, midnight to one, in the site's zone. All above zero.
    hours: tuple[float, ...]
    #: Of each part of any hour; 1 on average.
    parts: tuple[float, ...]
    #: How many articles it was learned from.
    articles: int
    #: How many weeks back they reach.
    weeks: int


def learn(moments: Iterable[datetime], zone: tzinfo, now: datetime) -> Rhythm | None:
    """Return the rhythm of what was published at these moments; None where that is too little."""
    require_aware(now)
    recent = [(at, age) for at in moments if 0 <= (age := (now - at) // WEEK) < MOST_WEEKS]
    hours, parts = [0.0] * HOURS, [0.0] * PARTS
    known = list(_with_time(recent, zone))
    for local, age in known:
        hours[local.weekday() * 24 + local.hour] += _weight(age)
        parts[local.minute * PARTS // 60] += _weight(age)
    ages = {age for _, age in known}
    if len(known) < LEAST_ARTICLES or len(ages) < LEAST_WEEKS:
        return None
    scale = _scale(max(ages) + 1)
    within = _shrunk_to_flat([one * scale for one in parts])
    return Rhythm(
        hours=tuple(_hourly([one * scale for one in hours])),
        parts=tuple(one * PARTS / sum(within) for one in within),
        articles=len(known),
        weeks=max(ages) + 1,
    )


def _with_time(
    recent: Sequence[tuple[datetime, int]], zone: tzinfo
) -> Iterator[tuple[datetime, int]]:
    """Yield what tells an hour (rule 2), as the site's clocks showed it."""
    in_utc = sum(at.astimezone(UTC).time() == _MIDNIGHT for at, _ in recent)
    for at, age in recent:
        local = at.astimezone(zone)
        is_date = in_utc * 2 > len(recent) and at.astimezone(UTC).time() == _MIDNIGHT
        if local.time() != _MIDNIGHT and not is_date:
            yield local, age


def _weight(age: int) -> float:
    return float(0.5 ** (age / _HALF_LIFE))


def _scale(weeks: int) -> float:
    """Return by what a sum of faded counts is multiplied to vary as plain counts do: by its mean.

    Poisson's law has the variance of the one as Σw² times the rate, and its mean as Σw times it.
    """
    weights = [_weight(age) for age in range(weeks)]
    return sum(weights) / sum(weight * weight for weight in weights)


def _hourly(counts: Sequence[float]) -> list[float]:
    by_day = [counts[day * 24 : day * 24 + 24] for day in range(7)]
    daily = _shrunk_to_flat([sum(hour) for hour in zip(*by_day, strict=True)])
    kinds = (by_day[:_WORKING_DAYS], by_day[_WORKING_DAYS:])
    expected: list[float] = []
    of_kind = _shrunk(
        [sum(hour) for days in kinds for hour in zip(*days, strict=True)],
        [hour * len(days) / 7 for days in kinds for hour in daily],
    )
    for days, found in zip(kinds, (of_kind[:24], of_kind[24:]), strict=True):
        expected += [hour / len(days) for hour in found] * len(days)
    return _shrunk(counts, expected)


def _shrunk_to_flat(counts: Sequence[float]) -> list[float]:
    return _shrunk(counts, [sum(counts) / len(counts)] * len(counts))


def _shrunk(counts: Sequence[float], expected: Sequence[float]) -> list[float]:
    """Return what is to be believed of each count, between it and what was expected of it.

    The factor by which a count strays from what was expected has a Gamma distribution about 1; its
    shape is found by the method of moments, from how far all of them stray beyond what Poisson's
    law has anyway. The larger the shape, the less the counts are believed.
    """
    beyond = sum((one - mean) ** 2 - mean for one, mean in zip(counts, expected, strict=True))
    if beyond <= 0:
        return list(expected)
    shape = sum(mean * mean for mean in expected) / beyond
    return [
        mean * (shape + one) / (shape + mean) for one, mean in zip(counts, expected, strict=True)
    ]
