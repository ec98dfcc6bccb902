"""What is done time and again: each by its own trigger, none waiting for another."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.app.parts import wall_clock
from bot.app.pulse import JITTER

#: How often it is looked whether anything waits for too long.
_LOOK_SECONDS: Final = 5.0


class Jobs:
    """A job never overlaps itself; runs that were missed while one took long become one."""

    def __init__(self) -> None:
        #: The jobs at work, by their first argument, or by what they do where they have none.
        self.working: dict[object, asyncio.Task[None]] = {}
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._keeping_up: asyncio.Task[None] | None = None
        self._latest_first = timedelta(0)

    def add(
        self,
        job: Callable[..., Awaitable[object]],
        trigger: BaseTrigger,
        first: timedelta,
        *args: object,
    ) -> Job:
        """Have it done by the trigger, which has an `interval`; the first time after `first`."""
        self._latest_first = max(self._latest_first, first)
        return self._scheduler.add_job(
            self.work,
            trigger,
            args=(job, *args),
            next_run_time=wall_clock() + first,
            max_instances=2,  # the second one sees that there is one, and goes
            coalesce=True,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        self._scheduler.start()
        self._keeping_up = asyncio.create_task(self._keep_up())

    async def pause(self) -> bool:
        """Begin nothing new; return False where nothing was ever begun."""
        if self._keeping_up is None:
            return False
        self._keeping_up.cancel()
        self._scheduler.pause()
        await asyncio.sleep(0)  # a job that was begun just now takes its first step
        return True

    async def finish(self) -> None:
        """Wait for what is at work, and end."""
        await asyncio.gather(*self.working.values())
        # Only now: it would cancel the jobs under way, and log a traceback for each.
        self._scheduler.shutdown(wait=False)

    async def work(self, job: Callable[..., Awaitable[object]], *args: object) -> None:
        """Do it now, unless it is being done."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a job runs within a task")
        key = args[0] if args else job
        if key in self.working:
            return
        self.working[key] = task
        try:
            await job(*args)
        finally:
            del self.working[key]

    async def _keep_up(self) -> None:
        """Have nothing wait for longer than its interval, whatever becomes of the wall's clock.

        The scheduler goes by that clock: were it put back an hour, no source would be read for so
        long. The event loop's own time never goes back.
        """
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            now = wall_clock()
            for job in self._scheduler.get_jobs():
                longest = (1 + JITTER) * job.trigger.interval + self._latest_first
                if job.next_run_time - now > longest:
                    job.modify(next_run_time=now)


def every(interval: timedelta) -> IntervalTrigger:
    """Return a trigger with the usual jitter."""
    seconds = interval.total_seconds()
    return IntervalTrigger(seconds=seconds, jitter=seconds * JITTER)
