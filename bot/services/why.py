"""Why an alert came, and why one did not.

What kept an article away is told by the first of these that holds:

1. Dekbot never met the article.
2. It was sent, is still to come, is held by a pause, or has failed; or it was owed and taken back.
3. One of its topics is muted, or its story.
4. It is older than Dekbot's first look at its source, or was too old to be an alert.
5. Nothing followed is in it.
6. What is followed was not followed yet when it came out.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.article import Article
from bot.domain.delivery import State
from bot.domain.matching import Stance, reasons_from_bits
from bot.domain.subscriber import Subscriber
from bot.domain.url import url_key
from bot.services.ports import Records, Store
from bot.services.records import DeliveryRow, TopicRecord
from bot.services.searches import SearchRecord, StandingSearches
from bot.services.threads import strand_of


class Absence(StrEnum):
    UNKNOWN_ARTICLE = "unknown-article"
    SENT = "sent"
    OWED = "owed"
    HELD = "held"
    FAILED = "failed"
    DROPPED = "dropped"
    MUTED = "muted"
    STORY_MUTED = "story-muted"
    BASELINE = "baseline"
    NOT_FOLLOWED = "not-followed"
    BEFORE_FOLLOW = "before-follow"


_OF_STATE: Final = {
    State.SENT: Absence.SENT,
    State.OWED: Absence.OWED,
    State.CLAIMED: Absence.OWED,
    State.HELD: Absence.HELD,
    State.FAILED: Absence.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """What brought an alert."""

    article: Article
    #: The follows that did, with stance and urgency as they are now.
    topics: tuple[TopicRecord, ...]
    #: The standing search that did, if one did and is still there.
    search: SearchRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    absence: Absence
    #: None where Dekbot never met it.
    article: Article | None = None
    #: The article's topics with this chat's stances.
    topics: tuple[TopicRecord, ...] = ()
    #: When it will come, if it will.
    due_at: datetime | None = None
    #: What became of it, in the log's words.
    detail: str = ""


class Explanations:
    def __init__(self, store: Store, searches: StandingSearches) -> None:
        self._store = store
        self._searches = searches

    async def of_message(self, subscriber: Subscriber, message_id: int) -> list[Why]:
        """Return what brought each article in the message; nothing for what is no alert."""
        async with self._store.reading() as records:
            rows = await records.outbox.of_message(subscriber.id, message_id)
            return [await self._why(records, subscriber, row) for row in rows]

    async def of_article(self, subscriber: Subscriber, article_id: int) -> Why | None:
        async with self._store.reading() as records:
            row = await records.outbox.of_article(subscriber.id, article_id)
            return await self._why(records, subscriber, row) if row else None

    async def of_url(self, subscriber: Subscriber, url: str) -> WhyNot:
        """Return what kept an article away; raises ValueError for what is no web address."""
        key = url_key(url)
        async with self._store.reading() as records:
            article = await records.articles.find(key)
            if article is None:
                return WhyNot(absence=Absence.UNKNOWN_ARTICLE)
            topics = tuple(await records.topics.of_article(article.id, subscriber.id))
            row = await records.outbox.of_article(subscriber.id, article.id)
            absence = await _absence(records, subscriber, article, topics, row)
        return WhyNot(
            absence=absence,
            article=article,
            topics=topics,
            due_at=row.due_at if row and absence is Absence.OWED else None,
            detail=row.detail if row else "",
        )

    async def _why(self, records: Records, subscriber: Subscriber, row: DeliveryRow) -> Why:
        article = (await records.articles.get([row.article_id]))[row.article_id]
        held = {
            record.topic.identity: record
            for record in await records.topics.of_article(article.id, subscriber.id)
        }
        reasons = reasons_from_bits(article.topics, row.reasons)
        search = await self._searches.get(subscriber, row.search_id) if row.search_id else None
        return Why(
            article=article,
            topics=tuple(held[topic.identity] for topic in reasons),
            search=search,
        )


async def _absence(
    records: Records,
    subscriber: Subscriber,
    article: Article,
    topics: tuple[TopicRecord, ...],
    row: DeliveryRow | None,
) -> Absence:
    if row is not None and row.state in _OF_STATE:
        return _OF_STATE[row.state]
    stances = {record.stance for record in topics}
    if Stance.MUTE in stances:
        return Absence.MUTED
    if await records.stories.is_muted(subscriber.id, await strand_of(records, article)):
        return Absence.STORY_MUTED
    if row is not None:
        return Absence.DROPPED
    if not article.alerted:
        return Absence.BASELINE
    return Absence.BEFORE_FOLLOW if Stance.FOLLOW in stances else Absence.NOT_FOLLOWED
