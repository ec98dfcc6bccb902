"""When sources are polled: each at its own interval, none waiting for another."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog
from apscheduler.job import Job

from bot.app.calendar import Calendar
from bot.app.jobs import Jobs, every
from bot.app.parts import PolledSource, wall_clock
from bot.app.pulse import Pulse
from bot.app.stoppable import StoppableSource
from bot.app.upkeep import Upkeep
from bot.domain.errors import DatabaseError
from bot.services.polling import Poller
from bot.services.ports import Clock, SourceKey
from bot.services.reports import PollReport
from bot.services.rhythms import Rhythms
from bot.services.waiting import GivenUpError
from bot.services.watch import Watch
from bot.sources.pacing import first_turns

log = structlog.get_logger(__name__)

_CALENDAR_INTERVAL: Final = timedelta(seconds=5)
_WATCH_INTERVAL: Final = timedelta(seconds=30)
_LEARNING_INTERVAL: Final = timedelta(days=1)
#: The first readings come first.
_FIRST_LEARNING: Final = timedelta(seconds=2)
#: How long it may take until the database has when a source was read that showed nothing new.
KEEPS: Final = timedelta(seconds=30)


class Schedule:
    """Polls every source at its tempo, turns the chats' calendars, and keeps the database in order.

    The `Rounds` of the use cases. A source's reading never overlaps another of it.
    """

    def __init__(
        self,
        poller: Poller,
        sources: Sequence[PolledSource],
        calendar: Calendar,
        watch: Watch,
        upkeep: Upkeep,
        *,
        rhythms: Rhythms,
        clock: Clock = wall_clock,
    ) -> None:
        self._poller = poller
        self._clock = clock
        self._sources = [StoppableSource(source, clock) for source in sources]
        self._by_key: dict[SourceKey, StoppableSource] = {
            (source.url, source.kind): source for source in self._sources
        }
        self._first_turns = first_turns(source.url for source in sources)
        self._calendar = calendar
        self._watch = watch
        self._upkeep = upkeep
        self._rhythms = rhythms
        self._jobs = Jobs()
        self._readings: dict[SourceKey, Job] = {}

    def start(self) -> None:
        for source, first in zip(self._sources, self._first_turns, strict=True):
            job = self._jobs.add(self._poll, self._pulse(source), first, source)
            self._readings[source.url, source.kind] = job
        self._jobs.add(self._turn, every(_CALENDAR_INTERVAL), _CALENDAR_INTERVAL)
        # Not at once: what failed before a restart gets a reading first.
        self._jobs.add(self._look, every(_WATCH_INTERVAL), _WATCH_INTERVAL)
        self._jobs.add(self._learn, every(_LEARNING_INTERVAL), _FIRST_LEARNING)
        self._jobs.add(self._write_down, every(KEEPS), KEEPS)
        for job in self._upkeep.jobs:
            self._jobs.add(job.work, every(job.interval), job.first)
        self._jobs.start()

    async def stop(self) -> None:
        """Begin nothing new, give up what is being read; what is being stored is finished."""
        if not await self._jobs.pause():
            return
        for source in self._sources:
            source.stop()
        self._watch.stop()
        self._upkeep.stop()
        self._rhythms.stop()
        await self._jobs.finish()
        await self._write_down()

    def begun_at(self, source: SourceKey) -> datetime | None:
        return self._by_key[source].begun_at

    def next_at(self, source: SourceKey) -> datetime | None:
        """Return the moment by the clock that was given, which may not be the wall's."""
        job = self._readings.get(source)
        return self._clock() + (job.next_run_time - wall_clock()) if job else None

    def is_reading(self, source: SourceKey) -> bool:
        return self._by_key[source] in self._jobs.working

    def renew(self, source: SourceKey) -> None:
        self._poller.renew(source)

    def read_soon(self, source: SourceKey) -> None:
        if source in self._readings:
            self._readings[source].modify(next_run_time=wall_clock())

    async def read_now(self, source: SourceKey, *, on_call: bool = False) -> PollReport | None:
        """Read beside the plan, as a job of its own: who waits may give up, and it goes on."""
        reports: list[PollReport | None] = []
        poll = self._poller.poll_on_call if on_call else self._poller.poll_now

        async def read(polled: StoppableSource) -> None:
            reports.append(await self._poll(polled, poll))

        polled = self._by_key[source]
        while under_way := self._jobs.working.get(polled):
            await asyncio.wait({under_way})
        await asyncio.shield(asyncio.create_task(self._jobs.work(read, polled)))
        return reports[0] if reports else None

    def _pulse(self, source: StoppableSource) -> Pulse:
        key = source.url, source.kind
        return Pulse(
            lambda: self._rhythms.tempo(key),
            lambda: source.fresh_for,
            clock=self._clock,
            # Looked up at each call, as everywhere in this module.
            wall=lambda: wall_clock(),  # noqa: PLW0108
        )

    async def _poll(
        self,
        source: StoppableSource,
        poll: Callable[[StoppableSource], Awaitable[PollReport | None]] | None = None,
    ) -> PollReport | None:
        """Poll; a fault that nobody foresaw costs this reading and no other."""
        try:
            return await (poll or self._poller.poll)(source)
        except asyncio.CancelledError:
            log.info("poll_stopped", source=source.url)
        except DatabaseError as error:
            log.debug("poll_waits_for_database", source=source.url, fault=str(error))
        except Exception:
            log.exception("poll_crashed", source=source.url)
        return None

    async def _learn(self) -> None:
        """Learn when sources publish; what is planned comes sooner where that is better."""
        try:
            await self._rhythms.learn(self._hasten)
        except DatabaseError as error:
            log.debug("learning_waits_for_database", fault=str(error))
        except Exception:
            log.exception("learning_crashed")

    def _hasten(self, source: SourceKey) -> None:
        """Plan by its tempo what was planned by another one; nothing is put off by this."""
        job, now, begun_at = self._readings[source], wall_clock(), self.begun_at(source)
        if begun_at is None:
            return
        begun = now - (self._clock() - begun_at)
        planned = job.trigger.get_next_fire_time(begun, now)
        if planned < job.next_run_time:
            job.modify(next_run_time=planned)

    async def _turn(self) -> None:
        try:
            await self._calendar.turn()
        except DatabaseError as error:
            log.debug("calendar_waits_for_database", fault=str(error))

    async def _write_down(self) -> None:
        try:
            await self._poller.write_down()
        except DatabaseError as error:
            log.debug("readings_wait_for_database", fault=str(error))

    async def _look(self) -> None:
        try:
            await self._watch.turn()
        except GivenUpError:
            log.info("watch_stopped")
        except DatabaseError as error:
            log.debug("watch_waits_for_database", fault=str(error))
        except Exception:
            log.exception("watch_crashed")
