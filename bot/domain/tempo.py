"""How often a source is read at which time, so that its news is seen soonest.

The rules, in their order:

1. The budget is that of the fixed interval: in any seven days as many requests as it makes.
2. Requests go where news is likely. An hour with λ articles that is read every T delays each by T/2
   on average. Σ λᵢ·Tᵢ/2 is least under Σ 1/Tᵢ = budget where all λᵢ·Tᵢ² are equal (Lagrange's rule,
   -λᵢ/2 + μ/Tᵢ² = 0): the interval goes by 1/√λ, so that an hour with four times the news is read
   twice as often. (Sia, Cho, Cho: Efficient Monitoring Algorithm for Fast News Alerts, 2007, find
   the same for the hours of one source as for many sources.)
3. No interval is shorter than the least one, which spares the server, nor longer than `MOST` times
   the fixed one. Hours that would go beyond a bound stand on it, and the others share what is left
   (water-filling), which is the best under the bounds: the sum is convex.
4. What the server asked for counts more than the budget: the least interval is at least that, and
   never longer than the fixed one, which the operator chose.
5. The next reading comes when the requests per second, summed up since the last one, make one. So
   bounds and budget hold also where hours meet, and nobody sleeps into a busy hour.

In the hour that comes twice or never when clocks are changed, its own requests come twice or never.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import accumulate
from math import sqrt
from typing import Final

from bot.domain.article import require_aware
from bot.domain.rhythm import Rhythm

#: Nothing waits for longer than twice the fixed interval, jitter apart. In the simulation
#: (`benchmarks/adaptive.py`) more hardly brings median and 95th percentile down, and makes the
#: latest later. It also stays well within the three intervals after which a source counts as
#: overdue (`bot.domain.readiness`).
MOST: Final = 2.0
#: A fifth lets the budget go where the news is; four fifths of it could not be spent better anyway.
_LEAST_SHARE: Final = 5
#: More often than this is impolite to a public site, unless its profile says otherwise.
_POLITE: Final = timedelta(minutes=1)
_HOUR: Final = 3600.0
#: Halvings until two floats have none between them.
_STEPS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """When a source is read."""

    #: The fixed interval, which is kept on average.
    interval: timedelta
    #: The site's zone.
    zone: tzinfo
    #: Requests per second, in each part of each hour of the week, from Monday's midnight.
    densities: tuple[float, ...]
    #: What it was learned from; None where the interval is fixed.
    rhythm: Rhythm | None = None

    def after(self, moment: datetime, share: float = 1.0) -> datetime:
        """Return when it is read next, behind a reading at that moment.

        `share` is of how many requests the time is to be waited for; a little more than one is
        jitter.
        """
        require_aware(moment)
        if self.rhythm is None:
            return moment + share * self.interval
        parts = len(self.rhythm.parts)
        while True:
            local = moment.astimezone(self.zone)
            second = local.minute * 60 + local.second + local.microsecond / 1_000_000
            part = int(second * parts / _HOUR)
            rest = (part + 1) * _HOUR / parts - second
            density = self.densities[(local.weekday() * 24 + local.hour) * parts + part]
            if density * rest >= share:
                return moment + timedelta(seconds=share / density)
            share -= density * rest
            moment += max(timedelta(seconds=rest), timedelta.resolution)

    @property
    def longest(self) -> timedelta:
        """The longest time between two readings, without jitter."""
        return self.interval if self.rhythm is None else self.interval * MOST


def fixed(interval: timedelta, zone: tzinfo) -> Tempo:
    return Tempo(interval=interval, zone=zone, densities=(1 / interval.total_seconds(),))


def tempo_of(rhythm: Rhythm | None, interval: timedelta, least: timedelta, zone: tzinfo) -> Tempo:
    """Return the tempo for a rhythm: the fixed interval where there is none, or no room for one."""
    if rhythm is None or least >= interval:
        return fixed(interval, zone)
    rates = [hour * part for hour in rhythm.hours for part in rhythm.parts]
    gaps = allot(rates, interval.total_seconds(), least.total_seconds())
    return Tempo(
        interval=interval, zone=zone, densities=tuple(1 / gap for gap in gaps), rhythm=rhythm
    )


def least_interval(
    interval: timedelta, wanted: timedelta | None, fresh_for: timedelta | None = None
) -> timedelta:
    """Return below what no interval falls: as the profile wants it, and as the server asked.

    Without a wish, a fifth of the interval, and a minute at least.
    """
    least = max(interval / _LEAST_SHARE, _POLITE) if wanted is None else wanted
    return min(interval, max(least, fresh_for or least))


def allot(rates: Sequence[float], mean: float, least: float) -> list[float]:
    """Return the interval for each of these equally long times, in the unit of the mean.

    The rates are above zero, and their scale means nothing; the least interval is below the mean.
    """
    low, high = 1 / (MOST * mean), 1 / least
    roots = [sqrt(rate) for rate in rates]
    ordered = sorted(roots)
    sums = [0.0, *accumulate(ordered)]

    def spent(level: float) -> float:
        first, last = bisect_left(ordered, low / level), bisect_right(ordered, high / level)
        return low * first + level * (sums[last] - sums[first]) + high * (len(rates) - last)

    budget = len(rates) / mean
    below, above = low / ordered[-1], high / ordered[0]
    for _ in range(_STEPS):
        level = (below + above) / 2
        if not below < level < above:
            break
        below, above = (level, above) if spent(level) < budget else (below, level)
    return [1 / min(max(above * root, low), high) for root in roots]
