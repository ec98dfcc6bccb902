"""What chats do with their reading lists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.article import Article
from bot.domain.reading_list import MOST_SAVED, SavedArticle
from bot.domain.subscriber import Subscriber
from bot.domain.url import url_key
from bot.services.ports import Clock, Records, Store


class SaveFault(StrEnum):
    #: There is no such article, or no longer.
    GONE = "gone"
    #: The list holds as many as it may.
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What became of the wish to save an article, or to take it off the list."""

    #: None where there is no such article.
    article: Article | None = None
    #: Why it could not be done.
    fault: SaveFault | None = None
    #: False where it was so already.
    changed: bool = False
    #: Since when an article was on the list that was taken off.
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that a message shows."""

    article: Article
    is_saved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One page of a list, the newest first."""

    items: tuple[SavedArticle, ...]
    #: Counted from 0; the last one instead of those beyond.
    number: int
    #: How many pages there are, at least one.
    of: int
    #: How many articles are on the whole list.
    total: int


class ReadingList:
    """One list for each chat."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def save(
        self, subscriber: Subscriber, article_id: int, saved_at: datetime | None = None
    ) -> Saving:
        """Put an article on the list; `saved_at` puts back one that was taken off."""
        async with self._store.writing() as records:
            article = (await records.articles.get([article_id])).get(article_id)
            if article is None:
                return Saving(fault=SaveFault.GONE)
            if await records.saved.which(subscriber.id, [article_id]):
                return Saving(article=article)
            if await records.saved.count(subscriber.id) >= MOST_SAVED:
                return Saving(article=article, fault=SaveFault.FULL)
            now = self._clock()
            await records.saved.add(subscriber.id, article_id, min(saved_at or now, now))
        return Saving(article=article, changed=True)

    async def find(self, url: str) -> Article | None:
        """Return the article of that address; raises ValueError for what is no web address."""
        key = url_key(url)
        async with self._store.reading() as records:
            return await records.articles.find(key)

    async def remove(self, subscriber: Subscriber, article_id: int) -> Saving:
        async with self._store.writing() as records:
            saved_at = await records.saved.remove(subscriber.id, article_id)
            article = (await records.articles.get([article_id])).get(article_id)
        fault = None if article else SaveFault.GONE
        is_changed = saved_at is not None
        return Saving(article=article, fault=fault, changed=is_changed, saved_at=saved_at)

    async def holds(self, subscriber: Subscriber, article_id: int) -> bool:
        async with self._store.reading() as records:
            return bool(await records.saved.which(subscriber.id, [article_id]))

    async def shown_in(
        self, subscriber: Subscriber, message_id: int, links: Collection[str]
    ) -> list[Candidate]:
        """Return the articles in a message: those it was sent for, the newest first, or linked."""
        async with self._store.reading() as records:
            rows = await records.outbox.of_message(subscriber.id, message_id)
            ids = sorted((row.article_id for row in rows), reverse=True)
            sent_for = await records.articles.get(ids)
            found = [sent_for[article_id] for article_id in ids]
            return await _candidates(records, subscriber, found or await _linked(records, links))

    async def linked(self, subscriber: Subscriber, links: Collection[str]) -> list[Candidate]:
        """Return the articles that the links lead to, each once, in their order."""
        async with self._store.reading() as records:
            return await _candidates(records, subscriber, await _linked(records, links))

    async def page(self, subscriber: Subscriber, number: int, size: int) -> Shelf:
        async with self._store.reading() as records:
            total = await records.saved.count(subscriber.id)
            pages = max(1, -(-total // size))
            number = min(number, pages - 1)
            items = await _kept(records, subscriber, size, number * size)
        return Shelf(items=items, number=number, of=pages, total=total)

    async def every(self, subscriber: Subscriber) -> tuple[SavedArticle, ...]:
        async with self._store.reading() as records:
            total = await records.saved.count(subscriber.id)
            return await _kept(records, subscriber, total, 0)


async def _kept(
    records: Records, subscriber: Subscriber, limit: int, offset: int
) -> tuple[SavedArticle, ...]:
    rows = await records.saved.page(subscriber.id, limit, offset)
    found = await records.articles.get([article_id for article_id, _ in rows])
    return tuple(
        SavedArticle(article=found[article_id], saved_at=saved_at) for article_id, saved_at in rows
    )


async def _linked(records: Records, links: Collection[str]) -> list[Article]:
    found: dict[int, Article] = {}
    for link in links:
        try:
            article = await records.articles.find(url_key(link))
        except ValueError:  # what Telegram takes for a link need not be one of the web
            continue
        if article is not None:
            found.setdefault(article.id, article)
    return list(found.values())


async def _candidates(
    records: Records, subscriber: Subscriber, found: Sequence[Article]
) -> list[Candidate]:
    kept = await records.saved.which(subscriber.id, [article.id for article in found])
    return [Candidate(article=article, is_saved=article.id in kept) for article in found]
