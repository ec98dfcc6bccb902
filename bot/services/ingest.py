"""Takes what a source was read to say into the archive, and asks for the alerts it causes."""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.domain.article import Teaser
from bot.domain.carrying import IMPORTED
from bot.domain.news import Occasion, known_article, new_article
from bot.domain.reading import Reading
from bot.domain.topic import Topic, unique_topics
from bot.services.intake import Decisions, Intake, report
from bot.services.meter import Meter, Unmetered
from bot.services.ports import Clock, Records, Store
from bot.services.records import SourceRecord

#: Articles to a transaction: readers' commands wait for it.
_BATCH: Final = 50

log = structlog.get_logger(__name__)


class Ingest:
    """Stores readings.

    The order of steps matters:

    1. Articles, their topics and the wish for their fan-out are committed together, batch by
       batch; whatever happens next, the fan-out will be done.
    2. Only with the last batch the source counts as read. After a crash in between it is read
       again, and what is known already changes nothing.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        max_age: timedelta,
        retractions: Sequence[re.Pattern[str]] = (),
        meter: Meter | None = None,
    ) -> None:
        self._meter = meter or Unmetered()
        self._retractions = tuple(retractions)
        self._store = store
        self._clock = clock
        self._max_age = max_age

    async def configure(self, topics: Sequence[Topic]) -> None:
        """Store the site profile's sections and labels, so that they can be followed at once."""
        async with self._store.writing() as records:
            await records.topics.ensure(topics, self._clock(), configured=True)

    async def take(self, source: SourceRecord, reading: Reading) -> Intake:
        """Store a reading of the source; its first one alerts nobody."""

        async def finish(records: Records) -> None:
            await records.sources.succeeded(source.id, reading.state, self._clock())
            if await records.hubs.found(source.id, reading.hub):
                hub = reading.hub.hub if reading.hub else None
                log.info("hub_found" if hub else "hub_lost", source=source.url, hub=hub)

        return await self._take_all(source.id, source.baselined_at, reading, finish)

    async def import_archive(self, reading: Reading) -> Intake:
        """Store what a saved file holds, for search; it alerts nobody.

        It may tell authors and labels that the owners of its articles take back, so these are to
        be read anew, though they show nothing new.
        """

        async def finish(records: Records) -> None:
            await records.sources.forget_bodies()

        return await self._take_all(IMPORTED, None, reading, finish)

    async def weigh(self, source: SourceRecord, reading: Reading) -> Intake:
        """Return what `take` would bring, and change nothing."""
        async with self._store.reading() as records:
            occasion = self._occasion(source.id, source.baselined_at)
            return (await _decide(records, merged(reading.teasers), occasion)).intake

    async def _take_all(
        self,
        source_id: int,
        baselined_at: datetime | None,
        reading: Reading,
        finish: Callable[[Records], Awaitable[None]],
    ) -> Intake:
        """Store it, and finish within the last transaction."""
        intake = Intake()
        teasers = merged(reading.teasers)
        for batch in _batches(teasers):
            async with self._store.writing() as records:
                occasion = self._occasion(source_id, baselined_at)
                decisions = await _decide(records, batch, occasion)
                ids = await _store(records, decisions, occasion)
                if not teasers or batch[-1] is teasers[-1]:
                    await finish(records)
            report(source_id, ids, decisions)
            told = decisions.intake
            self._meter.ingested(new=told.new, alerting=told.alerting, reworded=told.reworded)
            intake = intake.plus(told)
        return intake

    def _occasion(self, source_id: int, baselined_at: datetime | None) -> Occasion:
        return Occasion(
            source_id=source_id,
            baselined_at=baselined_at,
            now=self._clock(),
            max_age=self._max_age,
            retractions=self._retractions,
        )


def _batches(teasers: Sequence[Teaser]) -> Iterator[Sequence[Teaser]]:
    """Yield one at least, though it be empty."""
    for start in range(0, max(len(teasers), 1), _BATCH):
        yield teasers[start : start + _BATCH]


async def _decide(records: Records, teasers: Sequence[Teaser], occasion: Occasion) -> Decisions:
    keys = [one.key for one in teasers]
    if not keys:
        return Decisions(new=(), changes=(), unsighted=())
    former = await records.articles.former(keys)
    teasers = [one for one in teasers if one.key not in former]
    known = await records.articles.known(keys, occasion.source_id)
    new = [new_article(one, occasion) for one in teasers if one.key not in known]
    old = [one for one in teasers if one.key in known]
    told = unique_topics(topic for one in old for topic in one.topics)
    born = await records.topics.born([topic.identity for topic in told])
    changes = [known_article(one, known[one.key], born, occasion) for one in old]
    return Decisions(
        new=new,
        changes=[change for change in changes if change.changed],
        unsighted=[one.article_id for one in known.values() if not one.sighted],
    )


async def _store(records: Records, decisions: Decisions, occasion: Occasion) -> list[int]:
    """Write the decisions; return the ids of the new articles and the changed ones."""
    if decisions.is_empty:
        return []
    carried = [*(one.teaser.topics for one in decisions.new)]
    carried += [change.further for change in decisions.changes]
    topics = unique_topics(topic for topics in carried for topic in topics)
    await records.topics.ensure(topics, occasion.now)
    ids = await records.articles.add(decisions.new, occasion.source_id, occasion.now)
    ids += [change.article_id for change in decisions.changes]
    await records.articles.change(decisions.changes, occasion.source_id)
    await records.articles.sight(decisions.unsighted, occasion.source_id)
    for change in decisions.changes:
        if change.edit_at is not None:
            await records.edits.begin(change.article_id, change.edit_at)
        if change.retracted:
            await records.edits.alert_again(change.article_id, occasion.now)
        if change.unmatched:
            muted = [topic.identity for topic in change.unmatched]
            await records.outbox.drop_muted(change.article_id, muted, occasion.now)
    for article_id, alert_from in zip(ids, decisions.wishes, strict=True):
        if alert_from is not None:
            await records.fanouts.begin(article_id, alert_from, occasion.now)
    return ids


def merged(teasers: Iterable[Teaser]) -> list[Teaser]:
    """Return the teasers with those of one article made one: the first, with all topics."""
    by_key: dict[str, Teaser] = {}
    for teaser in teasers:
        earlier = by_key.get(teaser.key)
        by_key[teaser.key] = earlier.with_topics_of(teaser) if earlier else teaser
    return list(by_key.values())
