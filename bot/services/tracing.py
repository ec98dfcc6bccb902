"""Tells the path of an article: where it came from, whom it matched, what became of each delivery.

Everything is read from the database, in one view of it for each question; nothing is changed, and
the bot may run meanwhile.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.domain.article import Article
from bot.domain.delivery import State
from bot.domain.matching import reasons_from_bits
from bot.domain.news import Known
from bot.domain.subscriber import Standing, Subscriber
from bot.domain.timing import Lot
from bot.domain.topic import Topic
from bot.domain.unalerted import why_unalerted
from bot.domain.url import url_key
from bot.services.addresses import near_addresses
from bot.services.ports import Records, Store
from bot.services.records import SourceRecord
from bot.services.trace_ports import TraceRow
from bot.services.traces import (
    Trace,
    TracedArticle,
    TracedChat,
    TracedDelivery,
    TracedOutbox,
    TracedStory,
    TracedTopic,
    Way,
)
from bot.services.why import Explanations

_WAYS: Final = {Lot.INSTANT: Way.AT_ONCE, Lot.EDITION: Way.EDITION, Lot.CATCH_UP: Way.CATCH_UP}


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedSite:
    """What a trace needs to know of the site."""

    is_article: Callable[[str], bool]
    retractions: Sequence[re.Pattern[str]]
    max_age: timedelta


class Tracer:
    def __init__(self, store: Store, explanations: Explanations, site: TracedSite) -> None:
        self._store = store
        self._explanations = explanations
        self._site = site

    async def trace(self, url: str, limit: int, chat_id: int | None = None) -> Trace:
        """Return the path of the article with this address, in any of its spellings.

        `limit` is how many deliveries are told one by one.
        """
        trace = Trace(
            url=url, is_article_url=self._site.is_article(url), article=None, chat_id=chat_id
        )
        async with self._store.reading() as records:
            article = await records.articles.find(url_key(url))
            if article is None:
                return replace(trace, near=await near_addresses(records, url))
            known = (await records.articles.known([url_key(url)], 0))[url_key(url)]
            topics = [told.topic for told in known.topics]
            trace = replace(
                trace,
                article=await self._article(records, article, known),
                outbox=await _outbox(records, article.id, topics, limit),
            )
            people = [] if chat_id is None else await records.places.of_chat(chat_id)
        chats = [await self._chat(one, article, topics) for one in people]
        return replace(trace, chats=tuple(chats))

    async def _article(self, records: Records, article: Article, known: Known) -> TracedArticle:
        sources = {source.id: source for source in await records.sources.every()}
        owner = sources.get(known.source_id)
        shown_by = await records.traces.sightings(article.id)
        return TracedArticle(
            id=article.id,
            url=article.url,
            headline=article.headline,
            dek=article.dek,
            published_at=article.published.at,
            has_time=article.published.has_time,
            seen_at=article.seen_at,
            brought_by=_url_of(owner),
            shown_by=tuple(_url_of(sources.get(number)) for number in shown_by),
            former_headline=article.former_headline,
            corrected_at=article.corrected_at,
            is_retraction=any(one.search(article.headline) for one in self._site.retractions),
            topics=tuple(
                TracedTopic(
                    kind=told.topic.kind,
                    key=told.topic.key,
                    name=told.topic.name,
                    told_by=_url_of(sources.get(told.source_id)),
                    withdrawn=told.withdrawn,
                )
                for told in known.topics
            ),
            story=await _story(records, article),
            alerted=article.alerted,
            unalerted=None
            if article.alerted
            else why_unalerted(
                article.published,
                article.seen_at,
                known.source_id,
                owner.baselined_at if owner else None,
                self._site.max_age,
            ),
        )

    async def _chat(
        self, subscriber: Subscriber, article: Article, topics: Sequence[Topic]
    ) -> TracedChat:
        async with self._store.reading() as records:
            row = await records.traces.delivery(article.id, subscriber.id)
            fanouts = await records.traces.fanouts(article.id)
            retired_because = await records.traces.retired_because(subscriber.id)
        found = TracedChat(
            chat_id=subscriber.address.chat_id,
            thread_id=subscriber.address.thread_id,
            kind=subscriber.kind,
            chat=subscriber.name,
            standing=subscriber.standing,
            retired_because=retired_because,
            delivery=_delivery(row, topics) if row else None,
        )
        if row is not None:
            return found
        if subscriber.standing is Standing.RETIRED:
            return replace(found, absence="retired")
        if any(one.done_to < subscriber.id <= one.last for one in fanouts):
            return replace(found, absence="not-yet")
        why_not = await self._explanations.of_url(subscriber, article.url)
        names = tuple(record.topic.name for record in why_not.topics if record.stance)
        return replace(found, absence=why_not.absence, topics=names)


async def _outbox(
    records: Records, article_id: int, topics: Sequence[Topic], limit: int
) -> TracedOutbox:
    states = await records.traces.states(article_id)
    rows = await records.traces.deliveries(article_id, limit)
    return TracedOutbox(
        states={state.value: states[state] for state in State if state in states},
        fanouts=tuple(await records.traces.fanouts(article_id)),
        edits=await records.traces.edits(article_id),
        deliveries=tuple(_delivery(row, topics) for row in rows),
    )


async def _story(records: Records, article: Article) -> tuple[TracedStory, ...]:
    ids = await records.stories.members(article.story)
    if ids == [article.id]:
        return ()
    found = await records.articles.get(ids)
    return tuple(
        TracedStory(
            url=found[number].url,
            headline=found[number].headline,
            published_at=found[number].published.at,
        )
        for number in ids
        if number in found
    )


def _delivery(row: TraceRow, topics: Sequence[Topic]) -> TracedDelivery:
    subscriber = row.subscriber
    is_sent = row.state is State.SENT and row.settled_at is not None
    return TracedDelivery(
        chat_id=subscriber.address.chat_id,
        thread_id=subscriber.address.thread_id,
        kind=subscriber.kind,
        chat=subscriber.name,
        state=row.state,
        topics=tuple(topic.name for topic in reasons_from_bits(topics, row.reasons)),
        search=row.search,
        owed_at=row.owed_at,
        due_at=row.due_at,
        way=_way(row),
        silent=row.silent,
        attempts=row.attempts,
        ambiguous=row.ambiguous,
        settled_at=row.settled_at,
        seconds=(row.settled_at - row.owed_at).total_seconds()
        if is_sent and row.settled_at
        else None,
        message_id=row.message_id,
        first_message_id=row.first_message_id,
        detail=row.detail,
    )


def _way(row: TraceRow) -> Way:
    if row.state is State.HELD:
        return Way.SILENCE if row.subscriber.silence else Way.PAUSE
    return _WAYS[row.lot]


def _url_of(source: SourceRecord | None) -> str:
    return source.url if source else ""
