"""When the scheduler reads a source next: at the tempo that its source has by then."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from apscheduler.triggers.base import BaseTrigger

from bot.domain.tempo import Tempo
from bot.services.ports import Clock

#: Intervals vary by this share, so that many bots do not meet at the same second.
JITTER: Final = 0.1


class Pulse(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """The trigger of a source's job.

    The scheduler counts by the wall's clock (`wall`), a tempo by that of the bot (`clock`).
    """

    def __init__(
        self,
        tempo: Callable[[], Tempo],
        fresh_for: Callable[[], timedelta | None],
        *,
        clock: Clock,
        wall: Clock,
    ) -> None:
        self._tempo = tempo
        self._fresh_for = fresh_for
        self._clock = clock
        self._wall = wall

    @property
    def interval(self) -> timedelta:
        """The longest time until the next reading, but for jitter."""
        return self._tempo().longest

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return the next moment behind the previous one; of those that were missed, none."""
        begun = previous_fire_time or now
        if not timedelta() <= now - begun <= self.interval:
            begun = now  # the machine slept, or its clock was set
        shift = self._clock() - self._wall()
        jitter = 1 + random.uniform(0, JITTER)  # noqa: S311 - nobody is to be kept from guessing it
        planned = self._tempo().after(begun + shift, jitter) - shift
        return max(planned, begun + self._asked())

    def _asked(self) -> timedelta:
        """Return how long the server asked to be left alone, within what the operator chose."""
        return min(self._fresh_for() or timedelta(), self._tempo().interval)
