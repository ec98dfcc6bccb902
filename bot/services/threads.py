"""The articles of one story, and how each of them goes on with another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.article import Article
from bot.domain.fingerprint import Fingerprint, as_written, fingerprint
from bot.domain.likeness import Archive
from bot.domain.story import Candidate, most_alike, strands
from bot.domain.topic import TopicKind
from bot.services.ports import Records

#: More words would not tell more.
_MOST_WORDS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class GoesOn:
    """What an article goes on with, and by which words one can tell."""

    article: Article
    #: As the later article writes them, the weightiest first.
    words: tuple[str, ...]
    #: By what a mute of the earlier article is known; see `bot.domain.story`.
    strand: int
    #: Whether it does so beyond doubt, so that such a mute holds back the later one too.
    is_sure: bool
    #: Whether the chat has muted the earlier one.
    is_muted: bool = False


class Thread:
    """A story with all its articles, the first of them first."""

    def __init__(self, articles: Iterable[Article], archive: Archive) -> None:
        self._articles = {article.id: article for article in articles}
        self._candidates = [candidate_of(article) for article in self._articles.values()]
        self._archive = archive
        self._strands = strands(self._candidates, archive)

    def strand(self, article_id: int) -> int:
        """Return by what a mute of the article is known; its own id where it stands alone."""
        return self._strands.get(article_id, article_id)

    def articles_of(self, strand: int) -> list[int]:
        """Return the ids of the strand's articles."""
        return [article_id for article_id, own in self._strands.items() if own == strand]

    def goes_on(self, article_id: int) -> GoesOn | None:
        """Return what the article goes on with.

        None for the first of the story, and where corrections left nothing that both have.
        """
        place = list(self._articles).index(article_id)
        found = most_alike(self._candidates[place], self._candidates[:place], self._archive)
        if found is None or not found.likeness.shared_terms:
            return None
        article, before = self._articles[article_id], found.candidate.article_id
        text = f"{article.headline} {article.dek}"
        strand = self.strand(before)
        return GoesOn(
            article=self._articles[before],
            words=tuple(as_written(found.likeness.shared_terms, text)[:_MOST_WORDS]),
            strand=strand,
            is_sure=strand == self.strand(article_id),
        )


async def strand_of(records: Records, article: Article) -> int:
    """Return by what a mute of the article is known."""
    return (await thread_of(records, article)).strand(article.id)


async def thread_of(records: Records, article: Article) -> Thread:
    """Return the article's story; of an article that stands alone, itself."""
    ids = await records.stories.members(article.story)
    if ids == [article.id]:
        return Thread([article], Archive(frequency=lambda _: 0, total=0))
    found = await records.articles.get(ids)
    told = [found[number] for number in ids]
    return Thread(told, await archive_of(records, [fingerprint_of(one) for one in told]))


async def hold_back(records: Records, subscriber_id: int, now: datetime) -> None:
    """Drop whatever the chat's muted stories hold back of what it is owed."""
    strands = await records.stories.muted(subscriber_id)
    for strand, article in (await records.articles.get(strands)).items():
        held_back = (await thread_of(records, article)).articles_of(strand)
        await records.stories.mute(subscriber_id, strand, held_back, now)


def candidate_of(article: Article) -> Candidate:
    return Candidate(
        article_id=article.id,
        story_id=article.story,
        fingerprint=fingerprint_of(article),
        at=article.published.at,
    )


def fingerprint_of(article: Article) -> Fingerprint:
    sections = [topic.key for topic in article.topics if topic.kind is TopicKind.SECTION]
    return fingerprint(article.headline, article.dek, sections)


async def archive_of(records: Records, fingerprints: Iterable[Fingerprint]) -> Archive:
    """Return how common the terms of these articles are in the archive."""
    terms = {term for one in fingerprints for term in one.terms}
    frequencies = await records.stories.frequencies(sorted(terms))
    total = await records.articles.count()
    return Archive(frequency=lambda term: frequencies.get(term, 0), total=total)
