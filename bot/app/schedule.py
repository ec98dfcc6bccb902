"""When sources are polled: each at its own interval, none waiting for another."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.app.calendar import Calendar
from bot.app.parts import PolledSource, wall_clock
from bot.app.pulse import JITTER, Pulse
from bot.app.stoppable import StoppableSource
from bot.app.upkeep import Upkeep
from bot.domain.errors import DatabaseError
from bot.services.polling import Poller
from bot.services.ports import Clock, SourceKey
from bot.services.reports import PollReport
from bot.services.rhythms import Rhythms
from bot.services.waiting import GivenUpError
from bot.services.watch import Watch

log = structlog.get_logger(__name__)

#: The first readings are spread a little, so that one host is not asked for everything at once.
_SPREAD: Final = timedelta(seconds=0.5)
_CALENDAR_INTERVAL: Final = timedelta(seconds=5)
_WATCH_INTERVAL: Final = timedelta(seconds=30)
_LEARNING_INTERVAL: Final = timedelta(days=1)
#: The first readings come first.
_FIRST_LEARNING: Final = timedelta(seconds=2)


class Schedule:
    """Polls every source at its tempo, turns the chats' calendars, and keeps the database in order.

    The `Rounds` of the use cases. A job never overlaps itself, nor a source's reading another of
    it; readings that were missed while one took long become one (`coalesce`).
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
        self._calendar = calendar
        self._watch = watch
        self._upkeep = upkeep
        self._rhythms = rhythms
        #: The jobs at work, by the source that they read or by what they do.
        self._working: dict[object, asyncio.Task[None]] = {}
        self._jobs: dict[SourceKey, Job] = {}
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._keeping_up: asyncio.Task[None] | None = None

    def start(self) -> None:
        for number, source in enumerate(self._sources):
            job = self._add(self._poll, self._pulse(source), number * _SPREAD, source)
            self._jobs[source.url, source.kind] = job
        self._add(self._turn, _every(_CALENDAR_INTERVAL), _CALENDAR_INTERVAL)
        # Not at once: what failed before a restart gets a reading first.
        self._add(self._look, _every(_WATCH_INTERVAL), _WATCH_INTERVAL)
        self._add(self._learn, _every(_LEARNING_INTERVAL), _FIRST_LEARNING)
        for job in self._upkeep.jobs:
            self._add(job.work, _every(job.interval), job.first)
        self._scheduler.start()
        self._keeping_up = asyncio.create_task(self._keep_up())

    async def stop(self) -> None:
        """Begin nothing new, give up what is being read; what is being stored is finished."""
        if self._keeping_up is None:
            return
        self._keeping_up.cancel()
        self._scheduler.pause()
        await asyncio.sleep(0)  # a job that was begun just now takes its first step
        for source in self._sources:
            source.stop()
        self._watch.stop()
        self._upkeep.stop()
        self._rhythms.stop()
        await asyncio.gather(*self._working.values())
        # Only now: it would cancel the jobs under way, and log a traceback for each.
        self._scheduler.shutdown(wait=False)

    def begun_at(self, source: SourceKey) -> datetime | None:
        return self._by_key[source].begun_at

    def next_at(self, source: SourceKey) -> datetime | None:
        """Return the moment by the clock that was given, which may not be the wall's."""
        job = self._jobs.get(source)
        return self._clock() + (job.next_run_time - wall_clock()) if job else None

    def is_reading(self, source: SourceKey) -> bool:
        return self._by_key[source] in self._working

    def read_soon(self, source: SourceKey) -> None:
        if source in self._jobs:
            self._jobs[source].modify(next_run_time=wall_clock())

    async def read_now(self, source: SourceKey, *, on_call: bool = False) -> PollReport | None:
        """Read beside the plan, as a job of its own: who waits may give up, and it goes on."""
        reports: list[PollReport | None] = []
        poll = self._poller.poll_on_call if on_call else self._poller.poll_now

        async def read(polled: StoppableSource) -> None:
            reports.append(await self._poll(polled, poll))

        polled = self._by_key[source]
        while under_way := self._working.get(polled):
            await asyncio.wait({under_way})
        await asyncio.shield(asyncio.create_task(self._work(read, polled)))
        return reports[0] if reports else None

    def _add(
        self,
        job: Callable[..., Awaitable[object]],
        trigger: BaseTrigger,
        first: timedelta,
        *args: object,
    ) -> Job:
        return self._scheduler.add_job(
            self._work,
            trigger,
            args=(job, *args),
            next_run_time=wall_clock() + first,
            max_instances=2,  # the second one sees that there is one, and goes
            coalesce=True,
            misfire_grace_time=None,
        )

    def _pulse(self, source: StoppableSource) -> Pulse:
        key = source.url, source.kind
        return Pulse(
            lambda: self._rhythms.tempo(key),
            lambda: source.fresh_for,
            clock=self._clock,
            # Looked up at each call, as everywhere in this module.
            wall=lambda: wall_clock(),  # noqa: PLW0108
        )

    async def _keep_up(self) -> None:
        """Have nothing wait for longer than its interval, whatever becomes of the wall's clock.

        The scheduler goes by that clock: were it put back an hour, no source would be read for so
        long. The event loop's own time never goes back.
        """
        first = len(self._sources) * _SPREAD
        while True:
            await asyncio.sleep(_CALENDAR_INTERVAL.total_seconds())
            now = wall_clock()
            for job in self._scheduler.get_jobs():
                if job.next_run_time - now > (1 + JITTER) * job.trigger.interval + first:
                    job.modify(next_run_time=now)

    async def _work(self, job: Callable[..., Awaitable[object]], *args: object) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a job runs within a task")
        key = args[0] if args else job
        if key in self._working:
            return
        self._working[key] = task
        try:
            await job(*args)
        finally:
            del self._working[key]

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
        job, now, begun_at = self._jobs[source], wall_clock(), self.begun_at(source)
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

    async def _look(self) -> None:
        try:
            await self._watch.turn()
        except GivenUpError:
            log.info("watch_stopped")
        except DatabaseError as error:
            log.debug("watch_waits_for_database", fault=str(error))
        except Exception:
            log.exception("watch_crashed")


def _every(interval: timedelta) -> IntervalTrigger:
    seconds = interval.total_seconds()
    return IntervalTrigger(seconds=seconds, jitter=seconds * JITTER)
