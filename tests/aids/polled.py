"""Polling played through against invented news, for the simulation and for what is proven of it."""

import random
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.app.pulse import JITTER
from bot.domain.rhythm import MOST_WEEKS, WEEK, learn
from bot.domain.tempo import Tempo, fixed, least_interval, tempo_of
from tests.aids.desks import BEFORE, FIRST_DAY, YEAR, Release

INTERVAL: Final = timedelta(minutes=5)
#: What came before is only learned from.
BEGIN: Final = datetime.combine(FIRST_DAY, time(), UTC) + BEFORE
#: What comes so late that the last readings may not see it does not count.
_MARGIN: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What came of polling for a while."""

    requests: int
    #: Of each article, seconds from its date until a reading saw it; in order.
    delays: Sequence[float]

    def share(self, hundredth: int) -> float:
        """Return the delay that so many in a hundred do not exceed."""
        return self.delays[-(-len(self.delays) * hundredth // 100) - 1]

    @property
    def mean(self) -> float:
        return sum(self.delays) / len(self.delays)


def together(polled: Sequence[Polled]) -> Polled:
    delays = sorted(delay for one in polled for delay in one.delays)
    return Polled(requests=sum(one.requests for one in polled), delays=delays)


def poll_adaptively(
    news: Sequence[Release],
    zone: ZoneInfo,
    seed: int,
    length: timedelta = YEAR,
    *,
    by_minutes: bool = True,
) -> Polled:
    """Poll at a tempo that is learned anew each day from what came before."""
    moments = [datetime.fromtimestamp(one.published, UTC) for one in news]
    least = least_interval(INTERVAL, None)

    def tempo(now: datetime) -> Tempo:
        first, end = (bisect_left(moments, at) for at in (now - MOST_WEEKS * WEEK, now))
        rhythm = learn(moments[first:end], zone, now)
        if rhythm is not None and not by_minutes:
            rhythm = replace(rhythm, parts=(1.0,) * len(rhythm.parts))
        return tempo_of(rhythm, INTERVAL, least, zone)

    return _polled(news, tempo, seed, length)


def poll_at_fixed_intervals(
    news: Sequence[Release], zone: ZoneInfo, seed: int, length: timedelta = YEAR
) -> Polled:
    return _polled(news, lambda _: fixed(INTERVAL, zone), seed, length)


def _polled(
    news: Sequence[Release], tempo_on: Callable[[datetime], Tempo], seed: int, length: timedelta
) -> Polled:
    """Begin at a random moment; learn once a day."""
    chance = random.Random(seed)  # noqa: S311 - a simulation's
    now, end = BEGIN + chance.random() * INTERVAL, BEGIN + length
    learned_at, tempo = BEGIN, tempo_on(BEGIN)
    polls: list[float] = []
    while now < end:
        if now - learned_at >= timedelta(days=1):
            learned_at, tempo = now, tempo_on(now)
        polls.append(now.timestamp())
        now = tempo.after(now, 1 + chance.uniform(0, JITTER))
    counted = _counted(news, end)
    delays = sorted(polls[bisect_left(polls, one.available)] - one.published for one in counted)
    return Polled(requests=len(polls), delays=delays)


def _counted(news: Sequence[Release], end: datetime) -> list[Release]:
    first, last = BEGIN.timestamp(), (end - _MARGIN).timestamp()
    return [one for one in news if first <= one.published < last]
