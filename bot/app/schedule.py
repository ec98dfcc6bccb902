"""When sources are polled: each at its own interval, none waiting for another."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.app.parts import PolledSource, clock
from bot.domain.errors import DatabaseError
from bot.services.dispatch import Dispatcher
from bot.services.polling import Poller
from bot.services.subscriptions import Subscriptions

log = structlog.get_logger(__name__)

#: The first readings are spread a little, so that one host is not asked for everything at once.
_SPREAD: Final = timedelta(seconds=0.5)
#: Intervals vary by this share, so that many bots do not meet at the same second.
_JITTER: Final = 0.1
_PAUSES_INTERVAL: Final = timedelta(seconds=30)


class Schedule:
    """Polls every source, and ends the pauses that are over.

    A job never overlaps itself (`max_instances=1`); readings that were missed while one took long
    become one (`coalesce`).
    """

    def __init__(
        self,
        poller: Poller,
        sources: Sequence[PolledSource],
        subscriptions: Subscriptions,
        dispatcher: Dispatcher,
    ) -> None:
        self._poller = poller
        self._sources = sources
        self._subscriptions = subscriptions
        self._dispatcher = dispatcher
        self._polling: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        for number, source in enumerate(self._sources):
            self._add(self._poll, source.interval, number * _SPREAD, source)
        self._add(self._end_pauses, _PAUSES_INTERVAL, _PAUSES_INTERVAL)
        self._scheduler.start()

    async def stop(self) -> None:
        """Begin nothing new; a reading that is being stored is finished."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._polling:
            task.cancel()
        await asyncio.gather(*self._polling, return_exceptions=True)

    def _add(self, job: object, interval: timedelta, first: timedelta, *args: object) -> None:
        seconds = interval.total_seconds()
        self._scheduler.add_job(
            job,
            IntervalTrigger(seconds=seconds, jitter=seconds * _JITTER),
            args=args,
            next_run_time=clock() + first,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    async def _poll(self, source: PolledSource) -> None:
        """Poll; a fault that nobody foresaw costs this reading and no other."""
        task = asyncio.current_task()
        if task is not None:
            self._polling.add(task)
        try:
            await self._poller.poll(source)
        except DatabaseError as error:
            log.exception("poll_waits_for_database", source=source.url, fault=str(error))
        except Exception:
            log.exception("poll_crashed", source=source.url)
        finally:
            if task is not None:
                self._polling.discard(task)

    async def _end_pauses(self) -> None:
        try:
            if await self._subscriptions.resume_due():
                self._dispatcher.wake()
        except DatabaseError as error:
            log.exception("pauses_wait_for_database", fault=str(error))
