"""Takes what a source was read to say into the archive, and asks for the alerts it causes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from bot.domain.article import Teaser
from bot.domain.news import (
    ChangedArticle,
    Known,
    NewArticle,
    Occasion,
    known_article,
    new_article,
)
from bot.domain.reading import Reading
from bot.domain.topic import Topic, unique_topics
from bot.services.ports import Clock, Records, Store
from bot.services.records import SourceRecord

log = structlog.get_logger(__name__)

#: Articles to a transaction: readers' commands wait for it.
_BATCH: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a reading brought."""

    new: int = 0
    #: Articles, new or known, that are now matched with subscribers.
    alerting: int = 0
    #: Known articles whose headline or dek changed.
    reworded: int = 0

    def plus(self, other: "Intake") -> "Intake":
        return Intake(
            new=self.new + other.new,
            alerting=self.alerting + other.alerting,
            reworded=self.reworded + other.reworded,
        )


class Ingest:
    """Stores readings.

    The order of steps matters:

    1. Articles, their topics and the wish for their fan-out are committed together, batch by
       batch; whatever happens next, the fan-out will be done.
    2. Only behind the last batch the source counts as read. After a crash in between it is read
       again, and what is known already changes nothing.
    """

    def __init__(self, store: Store, clock: Clock, max_age: timedelta) -> None:
        self._store = store
        self._clock = clock
        self._max_age = max_age

    async def configure(self, topics: Sequence[Topic]) -> None:
        """Store the site profile's sections and labels, so that they can be followed at once."""
        async with self._store.writing() as records:
            await records.topics.ensure(topics, self._clock(), configured=True)

    async def take(self, source: SourceRecord, reading: Reading) -> Intake:
        """Store a reading of the source; its first one alerts nobody."""
        intake = Intake()
        teasers = merged(reading.teasers)
        for start in range(0, len(teasers), _BATCH):
            batch = teasers[start : start + _BATCH]
            intake = intake.plus(await self._take_batch(source, batch))
        async with self._store.writing() as records:
            await records.sources.succeeded(source.id, reading.state, self._clock())
        return intake

    async def _take_batch(self, source: SourceRecord, teasers: Sequence[Teaser]) -> Intake:
        async with self._store.writing() as records:
            occasion = Occasion(
                source_id=source.id,
                baselined_at=source.baselined_at,
                now=self._clock(),
                max_age=self._max_age,
            )
            known = await records.articles.known([one.key for one in teasers], source.id)
            new = [new_article(one, occasion) for one in teasers if one.key not in known]
            old = [one for one in teasers if one.key in known]
            changes = await _changes(records, old, known, occasion)
            unsighted = [one.article_id for one in known.values() if not one.sighted]
            await records.articles.sight(unsighted, source.id)
            ids = await _store(records, new, changes, occasion)
        _report(source, ids, new, changes)
        return Intake(
            new=len(new),
            alerting=sum(one.alert for one in new)
            + sum(one.alert_from is not None for one in changes),
            reworded=sum(one.reworded for one in changes),
        )


async def _changes(
    records: Records, old: Sequence[Teaser], known: dict[str, Known], occasion: Occasion
) -> list[ChangedArticle]:
    told = unique_topics(topic for one in old for topic in one.topics)
    born = await records.topics.born([topic.identity for topic in told])
    changes = [known_article(one, known[one.key], born, occasion) for one in old]
    return [change for change in changes if change.changed]


async def _store(
    records: Records,
    new: Sequence[NewArticle],
    changes: Sequence[ChangedArticle],
    occasion: Occasion,
) -> list[int]:
    lists = [*(one.teaser.topics for one in new), *(one.further for one in changes)]
    topics = unique_topics(topic for topics in lists for topic in topics)
    await records.topics.ensure(topics, occasion.now)
    ids = await records.articles.add(new, occasion.source_id, occasion.now)
    await records.articles.change(changes)
    wishes = [(article_id, 0) for article_id, one in zip(ids, new, strict=True) if one.alert]
    wishes += [
        (change.article_id, change.alert_from)
        for change in changes
        if change.alert_from is not None
    ]
    for article_id, alert_from in wishes:
        await records.fanouts.begin(article_id, alert_from, occasion.now)
    return ids


def merged(teasers: Iterable[Teaser]) -> list[Teaser]:
    """Return the teasers with those of one article made one: the first, with all topics."""
    by_key: dict[str, Teaser] = {}
    for teaser in teasers:
        earlier = by_key.get(teaser.key)
        by_key[teaser.key] = earlier.with_topics_of(teaser) if earlier else teaser
    return list(by_key.values())


def _report(
    source: SourceRecord,
    ids: Sequence[int],
    new: Sequence[NewArticle],
    changes: Sequence[ChangedArticle],
) -> None:
    for article_id, one in zip(ids, new, strict=True):
        log.info(
            "article_stored",
            article=article_id,
            url=one.teaser.url,
            source=source.url,
            topics=[f"{topic.kind}:{topic.key}" for topic in one.teaser.topics],
            alerts=one.alert,
        )
    for change in changes:
        log.info(
            "article_changed",
            article=change.article_id,
            source=source.url,
            reworded=change.reworded,
            further=[f"{topic.kind}:{topic.key}" for topic in change.further],
            alerts=change.alert_from is not None,
        )
