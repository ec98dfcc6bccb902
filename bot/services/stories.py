"""Stories: articles that go on with one another, as threads in a chat."""

from dataclasses import dataclass, replace

import structlog

from bot.domain.article import Article
from bot.domain.story import (
    STORY_WINDOW,
    Candidate,
    Continuation,
    same_story,
    within_reach,
)
from bot.domain.subscriber import Subscriber
from bot.services.ports import Clock, Records, Store
from bot.services.threads import GoesOn, archive_of, candidate_of, strand_of, thread_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An article in its story."""

    article: Article
    #: By what a mute of the story is known, where it holds back this article.
    strand: int


class Stories:
    """Finds the story of each new article, and keeps chats' mutes of stories."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def place(self, article_id: int) -> Placed | None:
        """Return the article with its story, found now where it was not yet."""
        async with self._store.reading() as records:
            article = (await records.articles.get([article_id])).get(article_id)
            if article is None:
                return None
            found = None if article.story_id else await self._seek(records, article)
        if found is not None:
            async with self._store.writing() as records:
                await records.stories.join(article.id, found.candidate.story_id)
                article = (await records.articles.get([article.id]))[article.id]
        async with self._store.reading() as records:
            return Placed(article=article, strand=await strand_of(records, article))

    async def goes_on(self, subscriber: Subscriber, article: Article) -> GoesOn | None:
        """Return what the article goes on with; None where it begins its story."""
        async with self._store.reading() as records:
            found = (await thread_of(records, article)).goes_on(article.id)
            if found is None:
                return None
            is_muted = await records.stories.is_muted(subscriber.id, found.strand)
            return replace(found, is_muted=is_muted)

    async def mute(self, subscriber: Subscriber, message_id: int) -> Article | None:
        """Mute the story of the alert in that message; None where the message is no alert."""
        async with self._store.writing() as records:
            rows = await records.outbox.of_message(subscriber.id, message_id)
            found = await records.articles.get([row.article_id for row in rows])
            if len(found) != 1:
                return None
            (article,) = found.values()
            await self._mute(records, subscriber, article)
            return article

    async def mute_of(self, subscriber: Subscriber, article_id: int) -> Article | None:
        """Mute the article's story; None where there is no such article."""
        async with self._store.writing() as records:
            article = (await records.articles.get([article_id])).get(article_id)
            if article is not None:
                await self._mute(records, subscriber, article)
            return article

    async def unmute(self, subscriber: Subscriber, article_id: int) -> Article | None:
        async with self._store.writing() as records:
            article = (await records.articles.get([article_id])).get(article_id)
            if article is not None:
                strand = await strand_of(records, article)
                await records.stories.unmute(subscriber.id, strand)
            return article

    async def _mute(self, records: Records, subscriber: Subscriber, article: Article) -> None:
        thread = await thread_of(records, article)
        strand = thread.strand(article.id)
        held_back = thread.articles_of(strand)
        await records.stories.mute(subscriber.id, strand, held_back, self._clock())

    async def _seek(self, records: Records, article: Article) -> Continuation | None:
        own = candidate_of(article)
        earlier = await self._earlier(records, article)
        if any(one.story_id == article.id for one in earlier):
            return None  # others went on with it already, so it stays the first of its story
        # First the few terms of its own, then those of the few articles that matter.
        archive = await archive_of(records, [own.fingerprint])
        near = within_reach(own.fingerprint, own.at, earlier, archive)
        archive = await archive_of(records, [own.fingerprint, *(one.fingerprint for one in near)])
        found = same_story(own.fingerprint, own.at, near, archive)
        _tell(article, found, len(earlier))
        return found

    async def _earlier(self, records: Records, article: Article) -> list[Candidate]:
        """Return the articles of these days that have their place; the rest still look for one."""
        pending = await records.fanouts.pending()
        unplaced = {each.article_id for each in pending if each.done_to == each.alert_from == 0}
        ids = await records.stories.since(article.published.at - STORY_WINDOW)
        wanted = [number for number in ids if number != article.id and number not in unplaced]
        return [candidate_of(one) for one in (await records.articles.get(wanted)).values()]


def _tell(article: Article, found: Continuation | None, compared: int) -> None:
    if found is None:
        log.info("story_begun", article=article.id, compared=compared)
        return
    log.info(
        "story_continued",
        article=article.id,
        story=found.candidate.story_id,
        after=found.candidate.article_id,
        score=round(found.likeness.score, 2),
        sure=found.likeness.is_sure(),
        terms=list(found.likeness.shared_terms[:8]),
        compared=compared,
    )
