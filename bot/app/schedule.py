"""When sources are polled: each at its own interval, none waiting for another."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.app.calendar import Calendar
from bot.app.parts import PolledSource, wall_clock
from bot.app.upkeep import Upkeep
from bot.domain.errors import DatabaseError
from bot.domain.reading import Reading, SourceState, Unchanged
from bot.services.polling import Poller
from bot.services.ports import Clock, SourceKey
from bot.services.reports import PollReport
from bot.services.waiting import GivenUpError
from bot.services.watch import Watch
from bot.sources.pacing import first_turns

log = structlog.get_logger(__name__)

#: Intervals vary by this share, so that many bots do not meet at the same second.
_JITTER: Final = 0.1
_CALENDAR_INTERVAL: Final = timedelta(seconds=5)
_WATCH_INTERVAL: Final = timedelta(seconds=30)
#: How long it may take until the database has when a source was read that showed nothing new.
KEEPS: Final = timedelta(seconds=30)


class _StoppableSource:
    """A source whose reading can be given up; what has been read by then is stored all the same."""

    def __init__(self, source: PolledSource, clock: Clock) -> None:
        self._source = source
        self._clock = clock
        self.url, self.kind, self.interval = source.url, source.kind, source.interval
        #: When its last reading began, whatever came of it.
        self.begun_at: datetime | None = None
        self._reading: asyncio.Task[None] | None = None
        self._stopped = False

    async def read(self, state: SourceState) -> Reading | Unchanged:
        if self._stopped:
            raise asyncio.CancelledError
        self._reading = asyncio.current_task()
        self.begun_at = self._clock()
        try:
            return await self._source.read(state)
        finally:
            self._reading = None

    def stop(self) -> None:
        self._stopped = True
        if self._reading is not None:
            self._reading.cancel()


class Schedule:
    """Polls every source, turns the chats' calendars, and keeps the database in order.

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
        clock: Clock = wall_clock,
    ) -> None:
        self._poller = poller
        self._clock = clock
        self._sources = [_StoppableSource(source, clock) for source in sources]
        self._by_key: dict[SourceKey, _StoppableSource] = {
            (source.url, source.kind): source for source in self._sources
        }
        self._first_turns = first_turns(source.url for source in sources)
        self._calendar = calendar
        self._watch = watch
        self._upkeep = upkeep
        #: The jobs at work, by the source that they read or by what they do.
        self._working: dict[object, asyncio.Task[None]] = {}
        self._jobs: dict[SourceKey, Job] = {}
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._keeping_up: asyncio.Task[None] | None = None

    def start(self) -> None:
        for source, first in zip(self._sources, self._first_turns, strict=True):
            job = self._add(self._poll, source.interval, first, source)
            self._jobs[source.url, source.kind] = job
        self._add(self._turn, _CALENDAR_INTERVAL, _CALENDAR_INTERVAL)
        # Not at once: what failed before a restart gets a reading first.
        self._add(self._look, _WATCH_INTERVAL, _WATCH_INTERVAL)
        self._add(self._write_down, KEEPS, KEEPS)
        for job in self._upkeep.jobs:
            self._add(job.work, job.interval, job.first)
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
        await asyncio.gather(*self._working.values())
        await self._write_down()
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

    def renew(self, source: SourceKey) -> None:
        self._poller.renew(source)

    def read_soon(self, source: SourceKey) -> None:
        if source in self._jobs:
            self._jobs[source].modify(next_run_time=wall_clock())

    async def read_now(self, source: SourceKey) -> PollReport | None:
        """Read beside the plan, as a job of its own: who waits may give up, and it goes on."""
        reports: list[PollReport | None] = []

        async def read(polled: _StoppableSource) -> None:
            reports.append(await self._poll(polled, now=True))

        await asyncio.shield(asyncio.create_task(self._work(read, self._by_key[source])))
        return reports[0] if reports else None

    def _add(
        self,
        job: Callable[..., Awaitable[object]],
        interval: timedelta,
        first: timedelta,
        *args: object,
    ) -> Job:
        seconds = interval.total_seconds()
        return self._scheduler.add_job(
            self._work,
            IntervalTrigger(seconds=seconds, jitter=seconds * _JITTER),
            args=(job, *args),
            next_run_time=wall_clock() + first,
            max_instances=2,  # the second one sees that there is one, and goes
            coalesce=True,
            misfire_grace_time=None,
        )

    async def _keep_up(self) -> None:
        """Have nothing wait for longer than its interval, whatever becomes of the wall's clock.

        The scheduler goes by that clock: were it put back an hour, no source would be read for so
        long. The event loop's own time never goes back.
        """
        first = max(self._first_turns, default=timedelta(0))
        while True:
            await asyncio.sleep(_CALENDAR_INTERVAL.total_seconds())
            now = wall_clock()
            for job in self._scheduler.get_jobs():
                if job.next_run_time - now > (1 + _JITTER) * job.trigger.interval + first:
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

    async def _poll(self, source: _StoppableSource, *, now: bool = False) -> PollReport | None:
        """Poll; a fault that nobody foresaw costs this reading and no other."""
        try:
            return await (self._poller.poll_now if now else self._poller.poll)(source)
        except asyncio.CancelledError:
            log.info("poll_stopped", source=source.url)
        except DatabaseError as error:
            log.debug("poll_waits_for_database", source=source.url, fault=str(error))
        except Exception:
            log.exception("poll_crashed", source=source.url)
        return None

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
