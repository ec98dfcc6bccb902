"""What the use cases need from outside; the adapters to the left of this floor provide it."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.article import Article
from bot.domain.delivery import Outcome, Settlement
from bot.domain.matching import Preferences, Stance
from bot.domain.news import ChangedArticle, Known, NewArticle
from bot.domain.query import Query
from bot.domain.reading import Reading, SourceState, Unchanged
from bot.domain.subscriber import Address, ChatKind, Subscriber
from bot.domain.topic import Identity, Topic, TopicKind
from bot.services.records import (
    Dispatchable,
    Fanout,
    OutboxFigures,
    Retirement,
    SourceRecord,
    TopicRecord,
)
from bot.texts.letter import Letter


class Messenger(Protocol):
    """Sends alerts at the pace that Telegram allows."""

    async def turn(self, address: Address, kind: ChatKind) -> None:
        """Wait until a message to that chat may be sent; may be cancelled without loss."""

    async def send(self, address: Address, kind: ChatKind, letter: Letter) -> Outcome:
        """Send one message, whose turn it is; every answer becomes an outcome."""


class Source(Protocol):
    """One address that is polled."""

    @property
    def url(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def interval(self) -> timedelta: ...

    async def read(self, state: SourceState) -> Reading | Unchanged:
        """Read it; `state` is what the last reading left. Raises SourceError."""


class Clock(Protocol):
    def __call__(self) -> datetime:
        """Return the present moment. Aware."""


class ArticleRecords(Protocol):
    """The archive."""

    async def known(self, keys: Sequence[str], source_id: int) -> dict[str, Known]:
        """Return what is held of these articles, by their `url_key`."""

    async def add(self, new: Sequence[NewArticle], source_id: int, now: datetime) -> list[int]:
        """Store new articles with their topics; return their ids in the same order."""

    async def change(self, changes: Sequence[ChangedArticle]) -> None: ...

    async def sight(self, article_ids: Sequence[int], source_id: int) -> None:
        """Record that the source has shown these articles."""

    async def get(self, article_ids: Sequence[int]) -> dict[int, Article]: ...

    async def latest(self, topic_id: int | None, limit: int, offset: int) -> list[Article]:
        """Return the newest articles first; of one topic, or of all."""

    async def search(self, query: Query, limit: int, offset: int) -> list[Article]:
        """Return the newest of the articles that answer the query."""

    async def count(self) -> int: ...


class TopicRecords(Protocol):
    async def ensure(
        self, wanted: Sequence[Topic], now: datetime, *, configured: bool = False
    ) -> None:
        """Store the topics that are missing; configured ones also renew name and description."""

    async def born(self, identities: Sequence[Identity]) -> dict[Identity, datetime]: ...

    async def get(self, topic_id: int) -> TopicRecord | None: ...

    async def every(self, kind: TopicKind, subscriber_id: int) -> list[TopicRecord]:
        """Return all topics of the kind, the most written about first, with the stances to them."""

    async def of_article(self, article_id: int, subscriber_id: int) -> list[TopicRecord]: ...


class SubscriberRecords(Protocol):
    async def find(self, address: Address) -> Subscriber | None: ...

    async def get(self, subscriber_id: int) -> Subscriber | None: ...

    async def put(
        self, address: Address, kind: ChatKind, language: str, now: datetime
    ) -> Subscriber:
        """Return the chat's subscriber, made anew or brought back from retirement."""

    async def set_stance(self, subscriber_id: int, topic_id: int, stance: Stance | None) -> bool:
        """Follow, mute, or (with None) do neither; return whether that changed anything."""

    async def stances(self, subscriber_id: int) -> list[TopicRecord]:
        """Return all followed and muted topics, by kind and name."""

    async def preferences(self, subscriber_id: int) -> Preferences: ...

    async def pause(self, subscriber_id: int, until: datetime | None) -> None: ...

    async def resume(self, subscriber_id: int, now: datetime) -> int:
        """End a pause; return how many deliveries were held and are now owed."""

    async def resume_due(self, now: datetime) -> list[int]:
        """End the pauses whose time is over; return the subscribers' ids."""

    async def retire(self, chat_id: int, reason: str, now: datetime) -> Retirement:
        """Retire a chat with all its forum topics, and drop what they are still owed."""

    async def move(self, chat_id: int, new_chat_id: int) -> None:
        """Give the chat's subscribers, preferences and deliveries to another chat id."""

    async def forget(self, subscriber_id: int) -> None:
        """Delete the subscriber and everything stored on it."""


class OutboxRecords(Protocol):
    async def claim(self, now: datetime, lease_ends: datetime, limit: int) -> list[Dispatchable]:
        """Claim the deliveries due longest; with one delivery, all that are due for its chat."""

    async def settle(self, settlements: Sequence[Settlement], now: datetime) -> None: ...

    async def release_all(self, now: datetime) -> int:
        """Make every claimed delivery owed again; return how many there were."""

    async def drop_unwanted(self, subscriber_id: int, now: datetime) -> int:
        """Drop open deliveries that the preferences no longer want; return how many."""

    async def next_due(self) -> datetime | None: ...

    async def figures(self) -> OutboxFigures: ...


class FanoutRecords(Protocol):
    async def begin(self, article_id: int, alert_from: int, now: datetime) -> None:
        """Ask for the article to be matched with all present subscribers."""

    async def pending(self) -> list[Fanout]: ...

    async def advance(self, fanout: Fanout, width: int, now: datetime) -> tuple[Fanout | None, int]:
        """Plan one range of subscribers; return what is left (or None) and how many were owed."""


class SourceRecords(Protocol):
    async def find(self, url: str, kind: str) -> SourceRecord | None: ...

    async def ensure(self, url: str, kind: str) -> SourceRecord: ...

    async def succeeded(self, source_id: int, state: SourceState, now: datetime) -> None: ...

    async def failed(self, source_id: int, fault: str, due_at: datetime) -> None: ...

    async def every(self) -> list[SourceRecord]: ...


class Records(Protocol):
    """All tables within one transaction."""

    @property
    def articles(self) -> ArticleRecords: ...
    @property
    def topics(self) -> TopicRecords: ...
    @property
    def subscribers(self) -> SubscriberRecords: ...
    @property
    def outbox(self) -> OutboxRecords: ...
    @property
    def fanouts(self) -> FanoutRecords: ...
    @property
    def sources(self) -> SourceRecords: ...

    async def rollback(self) -> None:
        """Undo all that was done in this transaction; for dry runs."""


class Store(Protocol):
    """The database."""

    def reading(self) -> AbstractAsyncContextManager[Records]:
        """Open a consistent view; writing through it is an error."""

    def writing(self) -> AbstractAsyncContextManager[Records]:
        """Open a transaction, committed at the end, undone by an exception; one at a time."""
