"""What the archive's tables can do."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.article import Article
from bot.domain.news import ChangedArticle, Known, NewArticle
from bot.domain.query import Query
from bot.domain.reach import Stretch
from bot.domain.reading import SourceState
from bot.domain.topic import Identity, Topic, TopicKind
from bot.services.records import (
    NoticeRecord,
    SourceRecord,
    TopicRecord,
)


class ArticleRecords(Protocol):
    """The archive."""

    async def known(self, keys: Sequence[str], source_id: int) -> dict[str, Known]:
        """Return what is held of these articles, by their `url_key`."""

    async def former(self, keys: Sequence[str]) -> frozenset[str]:
        """Return which of these addresses (`url_key`) belong to articles that were pruned."""

    async def add(self, new: Sequence[NewArticle], source_id: int, now: datetime) -> list[int]:
        """Store new articles with their topics; return their ids in the same order."""

    async def change(self, changes: Sequence[ChangedArticle], source_id: int) -> None:
        """Change articles as a reading of the source says."""

    async def sight(self, article_ids: Sequence[int], source_id: int) -> None:
        """Record that the source has shown these articles."""

    async def get(self, article_ids: Sequence[int]) -> dict[int, Article]: ...

    async def latest(self, topic_id: int | None, limit: int, offset: int) -> list[Article]:
        """Return the newest articles first; of one topic, or of all."""

    async def search(self, query: Query, limit: int, offset: int) -> list[Article]:
        """Return the newest of the articles that answer the query."""

    async def search_ranked(
        self, query: Query, limit: int, offset: int, ranked: int
    ) -> list[Article]:
        """Return the most relevant of the `ranked` newest articles that answer the query.

        Raises ValueError where the query has no words; see `bot.domain.relevance`.
        """

    async def count_answers(self, query: Query) -> int: ...

    async def count_topic(self, topic_id: int, since: datetime) -> int:
        """Return how many articles carry the topic that were published since."""

    async def stretches(self, bounds: Sequence[tuple[datetime, datetime]]) -> list[Stretch]:
        """Return what was published within each stretch, given by its beginning and its end."""

    async def find(self, url_key: str) -> Article | None: ...

    async def count(self) -> int: ...


class TopicRecords(Protocol):
    async def ensure(
        self, wanted: Sequence[Topic], now: datetime, *, configured: bool = False
    ) -> None:
        """Store the topics that are missing; configured ones also renew name and description."""

    async def born(self, identities: Sequence[Identity]) -> dict[Identity, datetime]: ...

    async def get(self, topic_id: int, subscriber_id: int) -> TopicRecord | None: ...

    async def every(self, kind: TopicKind, subscriber_id: int) -> list[TopicRecord]:
        """Return all topics of the kind, the most written about first, with the stances to them."""

    async def of_article(self, article_id: int, subscriber_id: int) -> list[TopicRecord]:
        """Return the topics that the article carries, with the stances to them."""

    async def ever_of_article(self, article_id: int, subscriber_id: int) -> list[TopicRecord]:
        """Return also those that were withdrawn, each in the place that deliveries name."""


class SourceRecords(Protocol):
    async def find(self, url: str, kind: str) -> SourceRecord | None: ...

    async def ensure(self, url: str, kind: str) -> SourceRecord: ...

    async def succeeded(self, source_id: int, state: SourceState, now: datetime) -> None: ...

    async def failed(
        self,
        source_id: int,
        fault: str,
        due_at: datetime,
        now: datetime,
        retry_at: datetime | None = None,
    ) -> None:
        """Count a failure; `retry_at` is what the server asked for, if it did."""

    async def switch_off(self, source_id: int, now: datetime) -> bool:
        """Have it read no more; return False where it was off already."""

    async def switch_on(self, source_id: int, now: datetime) -> bool:
        """Have it read again, before its back-off is over; return False where it was on already.

        Since when it fails is counted anew: whatever was wrong may have been put right.
        """

    async def seen(self, moments: Mapping[int, datetime]) -> None:
        """Put down when these were read that are well and showed nothing new."""

    async def forget_bodies(self) -> None:
        """Have every source read as if it had changed."""

    async def every(self) -> list[SourceRecord]: ...


class PublicationRecords(Protocol):
    async def since(self, source_id: int, beginning: datetime) -> list[datetime]:
        """Return when those articles came out, with a time of day, that the source has shown.

        Those from before the beginning are left out; of too many, the oldest.
        """


class SourceNoticeRecords(Protocol):
    """Which administrators know that a source fails."""

    async def every(self) -> list[NoticeRecord]: ...

    async def add(self, source_id: int, chat_id: int, failing_since: datetime) -> None: ...

    async def remove(self, source_id: int, chat_id: int) -> None: ...


class StoryRecords(Protocol):
    """Which articles tell one story, and which stories are muted."""

    async def since(self, moment: datetime) -> list[int]:
        """Return the ids of the articles published since, newest first, at most 500."""

    async def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return how many articles have each stem."""

    async def join(self, article_id: int, story_id: int) -> None: ...

    async def members(self, story_id: int) -> list[int]:
        """Return the ids of the story's articles, its first before all others, then by age."""

    async def earlier_messages(
        self, pairs: Sequence[tuple[int, int]]
    ) -> dict[tuple[int, int], int]:
        """Return the latest message of each (subscriber, story) that there is one of."""

    async def mute(
        self, subscriber_id: int, strand: int, article_ids: Sequence[int], now: datetime
    ) -> None:
        """Mute a strand, and take back what is still owed of these articles, which it has."""

    async def unmute(self, subscriber_id: int, strand: int) -> None: ...

    async def muted(self, subscriber_id: int) -> list[int]:
        """Return the strands that the chat has muted."""

    async def is_muted(self, subscriber_id: int, strand: int) -> bool: ...
