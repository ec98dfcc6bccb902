"""Deletes what is over: settled deliveries, old articles, codes, set-ups and broadcasts.

The rules, in their order:

1. An article that was met `keep_deliveries` ago, and whose fan-outs are done, is closed: it is
   matched with nobody any more, whatever date or topic a source tells of it. So nothing needs its
   deliveries any longer to know who had it already.
2. A settled delivery of a closed article goes when it was settled `keep_deliveries` ago. What is
   open stays, however old.
3. With `keep_articles`, an article goes that was published so long ago and is closed, with all of
   its story at once: one that somebody saved, or that is still owed or to be edited, keeps its
   whole thread. Its address is kept for good; met again, it is neither stored nor alerted.
4. Codes of /move, set-ups of channels and broadcasts that are done go when they ended
   `keep_deliveries` ago.

The order of steps matters: articles are closed before their deliveries go. Each step is a short
transaction, and whatever waits for the database gets it in between; killed anywhere, the rest is
done the next time.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.services.backup_reports import PruneReport
from bot.services.ports import Clock, Records, Store

log = structlog.get_logger(__name__)

#: Called behind each step with what was deleted so far.
OnStep = Callable[[PruneReport], None]
#: Returns where the next step begins, None for nowhere, and how many rows went.
_Step = Callable[[Records, int], Awaitable[tuple[int | None, int]]]

#: Rows to a step. Measured with 600,000 deliveries: 500 take 12 ms, 50 articles 4, at most.
_ARTICLES_CLOSED: Final = 500
_DELIVERIES: Final = 500
_ARTICLES: Final = 50
#: Another process that waits for the database looks every few milliseconds whether it is free.
_PAUSE: Final = 0.02
#: A date without a time may mean the end of its day; and clocks differ.
_MARGIN: Final = timedelta(days=2)


class Pruner:
    """Prunes when told to; one at a time."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        max_age: timedelta,
        keep_deliveries: timedelta,
        keep_articles: timedelta | None,
    ) -> None:
        """`keep_articles` None keeps them for ever; `max_age` is how old an alert may be."""
        self._store = store
        self._clock = clock
        self._keep_deliveries = max(keep_deliveries, max_age + _MARGIN)
        self._keep_articles = keep_articles
        self._stopped = False

    async def prune(self, on_step: OnStep = lambda _: None) -> PruneReport:
        """Delete all that is over by now; return how much it was.

        Raises DatabaseError; what was deleted by then stays so.
        """
        before = self._clock() - self._keep_deliveries
        done = PruneReport()
        for name, step in self._steps(before):
            after: int | None = 0
            while after is not None and not self._stopped:
                async with self._store.writing() as records:
                    after, number = await step(records, after)
                done = _plus(done, name, number)
                on_step(done)
                await asyncio.sleep(_PAUSE)
        if not done.is_empty:
            log.info(
                "pruned",
                closed=done.closed,
                deliveries=done.deliveries,
                articles=done.articles,
                expired=done.expired,
            )
        return done

    async def foresee(self) -> PruneReport:
        """Return what `prune` would delete, and change nothing."""
        now = self._clock()
        before = now - self._keep_deliveries
        async with self._store.reading() as records:
            pruning = records.pruning
            articles = 0
            if self._keep_articles is not None:
                articles = await pruning.count_articles(before, now - self._keep_articles)
            return PruneReport(
                closed=await pruning.count_closing(before),
                deliveries=await pruning.count_deliveries(before),
                articles=articles,
                expired=await pruning.count_expired(before),
            )

    def stop(self) -> None:
        """Do not begin another step; what is left is done the next time."""
        self._stopped = True

    def _steps(self, before: datetime) -> list[tuple[str, _Step]]:
        """Return what is done, in this order, under the name that the report has for it."""

        async def close(records: Records, _after: int) -> tuple[int | None, int]:
            closed = await records.pruning.close_articles(before, _ARTICLES_CLOSED)
            return (0 if closed else None), closed

        async def settled(records: Records, after: int) -> tuple[int | None, int]:
            return await records.pruning.delete_deliveries(before, after, _DELIVERIES)

        async def copies(records: Records, _after: int) -> tuple[int | None, int]:
            deleted = await records.pruning.delete_copies(before, _DELIVERIES)
            return (0 if deleted else None), 0

        async def expired(records: Records, _after: int) -> tuple[int | None, int]:
            return None, await records.pruning.delete_expired(before)

        steps: list[tuple[str, _Step]] = [
            ("closed", close),
            ("deliveries", settled),
            ("expired", copies),  # a broadcast counts as one, with all its copies
            ("expired", expired),
        ]
        if self._keep_articles is not None:
            published = self._clock() - self._keep_articles

            async def stories(records: Records, after: int) -> tuple[int | None, int]:
                return await records.pruning.delete_stories(before, published, after, _ARTICLES)

            steps.append(("articles", stories))
        return steps


def _plus(report: PruneReport, name: str, number: int) -> PruneReport:
    counts: dict[str, int] = {name: getattr(report, name) + number}
    return replace(report, **counts)
