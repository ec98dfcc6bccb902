"""Turns each article that alerts into deliveries, range by range of subscribers."""

from dataclasses import replace
from typing import Final

import structlog

from bot.domain.article import Article
from bot.services.meter import Meter, Unmetered
from bot.services.ports import Clock, Store
from bot.services.records import Fanout
from bot.services.searches import StandingSearches
from bot.services.stories import Stories
from bot.services.timing import TimingService

log = structlog.get_logger(__name__)

#: Followers to a range, about. Measured on SQLite: 2,000 hold the database for about 7 ms, and
#: longer where the log is checkpointed.
RANGE: Final = 2_000


class Planner:
    """Finishes all fan-outs that were begun, those of an earlier process too.

    The order of steps matters:

    1. Chats' calendars are turned, so that what is planned comes when they want it now.
    2. The article's story is found, so that chats that muted it are left out; after a crash once
       more, since what a mute holds back is not stored.
    3. Standing searches are matched before the first range: the fan-out is over with its last
       range, and what a crash leaves undone must be on this side of it.
    4. Each range is one transaction; readers' commands get their turn between two.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        timing: TimingService,
        searches: StandingSearches,
        stories: Stories,
        *,
        width: int = RANGE,
        meter: Meter | None = None,
    ) -> None:
        self._meter = meter or Unmetered()
        self._store = store
        self._clock = clock
        self._timing = timing
        self._searches = searches
        self._stories = stories
        self._width = width

    async def plan(self) -> int:
        """Plan all that is pending; return how many deliveries became owed."""
        await self._timing.turn_due()
        async with self._store.reading() as records:
            pending = await records.fanouts.pending()
        # From old to new, as ids are, so that what goes on with a story finds its beginning.
        pending.sort(key=lambda fanout: fanout.article_id)
        return sum([await self._plan(fanout) for fanout in pending])

    async def _plan(self, fanout: Fanout) -> int:
        owed = 0
        placed = await self._stories.place(fanout.article_id)
        if placed is not None:
            fanout = replace(fanout, story_id=placed.strand)
            owed = await self._match(fanout, placed.article)
        left: Fanout | None = fanout
        while left is not None:
            async with self._store.writing() as records:
                left, planned = await records.fanouts.advance(left, self._width, self._clock())
            self._meter.planned(planned)
            owed += planned
        log.info(
            "fanout_planned",
            article=fanout.article_id,
            deliveries=owed,
            further_topics=fanout.alert_from > 0,
        )
        return owed

    async def _match(self, fanout: Fanout, article: Article) -> int:
        """Owe the article to whose standing searches it answers, unless that was done before."""
        found = await self._searches.match(article) if fanout.done_to == 0 else []
        if not found:
            return 0
        async with self._store.writing() as records:
            owed = await records.searches.plan(article.id, fanout.story_id, found, self._clock())
        self._meter.planned(owed)
        return owed
