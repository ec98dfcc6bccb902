"""Why an alert came, and why one did not.

What kept an article away is told by the first of these that holds:

1. Dekbot never met the article.
2. It was sent, is still to come, is held by a pause, or has failed; or it was owed and taken back.
3. One of its topics is muted, or its story.
4. It is older than Dekbot's first look at its source, or was too old to be an alert.
5. Nothing followed is in it.
6. A topic is muted that it carried once and no longer does.
7. What is followed was not followed yet when it came out.
"""

from collections.abc import Sequence
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
from bot.services.records import DeliveryRow, SearchRecord, TopicRecord
from bot.services.searches import StandingSearches
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
    MUTED_THEN = "muted-then"
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
    #: Those of them that the site has taken off the article since.
    withdrawn: tuple[TopicRecord, ...]
    #: The standing search that did, if one did and is still there.
    search: SearchRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    absence: Absence
    #: None where Dekbot never met it.
    article: Article | None = None
    #: The article's topics with this chat's stances; of MUTED_THEN those that it carried once.
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
            topics = await records.topics.ever_of_article(article.id, subscriber.id)
            row = await records.outbox.of_article(subscriber.id, article.id)
            absence = await _absence(records, subscriber, article, topics, row)
        carried, withdrawn = _parted(topics, article)
        return WhyNot(
            absence=absence,
            article=article,
            topics=withdrawn if absence is Absence.MUTED_THEN else carried,
            due_at=row.due_at if row and absence is Absence.OWED else None,
            detail=row.detail if row else "",
        )

    async def _why(self, records: Records, subscriber: Subscriber, row: DeliveryRow) -> Why:
        article = (await records.articles.get([row.article_id]))[row.article_id]
        held = {
            record.topic: record
            for record in await records.topics.ever_of_article(article.id, subscriber.id)
        }
        reasons = tuple(held[topic] for topic in reasons_from_bits([*held], row.reasons))
        _, withdrawn = _parted(reasons, article)
        search = await self._searches.get(subscriber, row.search_id) if row.search_id else None
        return Why(article=article, topics=reasons, withdrawn=withdrawn, search=search)


_Topics = tuple[TopicRecord, ...]


def _parted(topics: Sequence[TopicRecord], article: Article) -> tuple[_Topics, _Topics]:
    """Return those of the topics that the article carries, and those that were withdrawn."""
    carried = {topic.identity for topic in article.topics}
    return (
        tuple(record for record in topics if record.topic.identity in carried),
        tuple(record for record in topics if record.topic.identity not in carried),
    )


async def _absence(
    records: Records,
    subscriber: Subscriber,
    article: Article,
    topics: Sequence[TopicRecord],
    row: DeliveryRow | None,
) -> Absence:
    if row is not None and row.state in _OF_STATE:
        return _OF_STATE[row.state]
    carried, withdrawn = _parted(topics, article)
    if _is_any(carried, Stance.MUTE):
        return Absence.MUTED
    if await records.stories.is_muted(subscriber.id, await strand_of(records, article)):
        return Absence.STORY_MUTED
    if row is not None:
        return Absence.DROPPED
    return _without_delivery(article, carried, withdrawn)


def _without_delivery(article: Article, carried: _Topics, withdrawn: _Topics) -> Absence:
    if not article.alerted:
        return Absence.BASELINE
    if not _is_any(carried, Stance.FOLLOW):
        return Absence.NOT_FOLLOWED
    return Absence.MUTED_THEN if _is_any(withdrawn, Stance.MUTE) else Absence.BEFORE_FOLLOW


def _is_any(topics: _Topics, stance: Stance) -> bool:
    return any(record.stance is stance for record in topics)
