"""Stories: articles that go on with one another, as threads in a chat."""

from collections.abc import Sequence

import structlog

from bot.domain.article import Article
from bot.domain.story import (
    STORY_WINDOW,
    Archive,
    Candidate,
    Fingerprint,
    fingerprint,
    same_story,
)
from bot.domain.subscriber import Subscriber
from bot.domain.topic import TopicKind
from bot.services.ports import Clock, Records, Store

log = structlog.get_logger(__name__)


class Stories:
    """Finds the story of each new article, and keeps chats' mutes of stories."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def place(self, article_id: int) -> Article | None:
        """Return the article with its story, found now where it was not yet."""
        async with self._store.reading() as records:
            article = (await records.articles.get([article_id])).get(article_id)
            if article is None or article.story_id is not None:
                return article
            own = _fingerprint(article)
            candidates = [
                Candidate(article_id=one.story, fingerprint=_fingerprint(one), at=one.published.at)
                for one in await self._earlier(records, article)
            ]
            archive = await _archive(records, [own, *(one.fingerprint for one in candidates)])
        found = same_story(own, article.published.at, candidates, archive)
        if found is None:
            return article
        story_id = found.candidate.article_id
        async with self._store.writing() as records:
            await records.stories.join(article.id, story_id)
            placed = (await records.articles.get([article.id]))[article.id]
        log.info(
            "story_continued",
            article=article.id,
            story=story_id,
            score=round(found.likeness.score, 2),
            terms=list(found.likeness.shared_terms[:8]),
        )
        return placed

    async def mute(self, subscriber: Subscriber, message_id: int) -> Article | None:
        """Mute the story of the alert in that message; None where the message is no alert."""
        async with self._store.writing() as records:
            rows = await records.outbox.of_message(subscriber.id, message_id)
            found = await records.articles.get([row.article_id for row in rows])
            if len(found) != 1:
                return None
            (article,) = found.values()
            await records.stories.mute(subscriber.id, article.story, self._clock())
            return article

    async def mute_of(self, subscriber: Subscriber, article_id: int) -> Article | None:
        """Mute the article's story; None where there is no such article."""
        async with self._store.writing() as records:
            article = (await records.articles.get([article_id])).get(article_id)
            if article is not None:
                await records.stories.mute(subscriber.id, article.story, self._clock())
            return article

    async def unmute(self, subscriber: Subscriber, article_id: int) -> Article | None:
        async with self._store.writing() as records:
            article = (await records.articles.get([article_id])).get(article_id)
            if article is not None:
                await records.stories.unmute(subscriber.id, article.story)
            return article

    async def _earlier(self, records: Records, article: Article) -> list[Article]:
        ids = await records.stories.since(article.published.at - STORY_WINDOW)
        found = await records.articles.get([number for number in ids if number != article.id])
        return list(found.values())


def _fingerprint(article: Article) -> Fingerprint:
    sections = [topic.key for topic in article.topics if topic.kind is TopicKind.SECTION]
    return fingerprint(article.headline, article.dek, sections)


async def _archive(records: Records, fingerprints: Sequence[Fingerprint]) -> Archive:
    terms = {term for one in fingerprints for term in one.terms}
    frequencies = await records.stories.frequencies(sorted(terms))
    total = await records.articles.count()
    return Archive(frequency=lambda term: frequencies.get(term, 0), total=total)
