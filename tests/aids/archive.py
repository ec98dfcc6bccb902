"""Fills a store with articles and subscribers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.article import Published, Teaser
from bot.domain.matching import Stance
from bot.domain.news import ChangedArticle, NewArticle, Occasion, known_article
from bot.domain.subscriber import Address, ChatKind, Subscriber
from bot.domain.topic import Topic
from bot.services.ports import Records
from bot.services.records import Dispatchable

RANGE = 2_000
LEASE = timedelta(minutes=10)


async def publish(
    records: Records,
    told: Teaser,
    now: datetime,
    *,
    source_id: int = 1,
    alert: bool = True,
    planned: bool = True,
) -> int:
    """Store an article, and plan its deliveries where it alerts; return its id."""
    await records.topics.ensure(told.topics, now)
    published = told.published or Published(at=now)
    new = NewArticle(teaser=told, published=published, alert=alert)
    (article_id,) = await records.articles.add([new], source_id, now)
    if alert:
        await records.fanouts.begin(article_id, 0, now)
        if planned:
            await plan(records, now)
    return article_id


async def withdraw(records: Records, told: Teaser, topics: Sequence[Topic], now: datetime) -> None:
    """Take topics off a stored article, as a reading of its owner does."""
    await change_topics(records, told, now, withdrawn=topics)


async def change_topics(
    records: Records,
    told: Teaser,
    now: datetime,
    *,
    further: Sequence[Topic] = (),
    withdrawn: Sequence[Topic] = (),
    restored: Sequence[Topic] = (),
) -> None:
    change = await _unchanged(records, told, now)
    changed = replace(
        change, further=tuple(further), withdrawn=tuple(withdrawn), restored=tuple(restored)
    )
    await records.articles.change([changed], 1)


async def redate(records: Records, told: Teaser, published: Published, now: datetime) -> None:
    """Tell another date of a stored article, as a reading of its owner does."""
    change = await _unchanged(records, told, now)
    await records.articles.change([replace(change, published=published)], 1)


async def _unchanged(records: Records, told: Teaser, now: datetime) -> ChangedArticle:
    known = (await records.articles.known([told.key], 1))[told.key]
    occasion = Occasion(source_id=1, baselined_at=None, now=now, max_age=timedelta(days=1))
    return known_article(told, known, {}, occasion)


async def plan(records: Records, now: datetime, width: int = RANGE) -> None:
    for fanout in await records.fanouts.pending():
        left, _ = await records.fanouts.advance(fanout, width, now)
        while left is not None:
            left, _ = await records.fanouts.advance(left, width, now)


async def subscribe(
    records: Records,
    chat_id: int,
    now: datetime,
    *,
    follows: Sequence[Topic] = (),
    mutes: Sequence[Topic] = (),
    kind: ChatKind = ChatKind.PRIVATE,
    language: str = "en",
    thread_id: int = 0,
) -> Subscriber:
    await records.topics.ensure((*follows, *mutes), now)
    address = Address(chat_id=chat_id, thread_id=thread_id)
    subscriber = await records.subscribers.put(address, kind, language, now)
    for topics, stance in ((follows, Stance.FOLLOW), (mutes, Stance.MUTE)):
        for topic in topics:
            topic_id = await topic_number(records, topic)
            await records.subscribers.set_stance(subscriber.id, topic_id, stance)
    return subscriber


async def topic_number(records: Records, topic: Topic) -> int:
    every = await records.topics.every(topic.kind, 0)
    return next(record.id for record in every if record.topic.key == topic.key)


async def claim(records: Records, now: datetime, limit: int = 100) -> list[Dispatchable]:
    return await records.outbox.claim(now, now + LEASE, limit)
