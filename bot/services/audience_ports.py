"""What the tables of subscribers and their wishes can do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.matching import Preferences, Stance
from bot.domain.subscriber import Address, ChatKind, Subscriber
from bot.domain.turns import Turn
from bot.domain.urgency import Urgency
from bot.services.records import (
    Retirement,
    SearchRecord,
    TimingRecord,
    TopicRecord,
)


class SubscriberRecords(Protocol):
    async def find(self, address: Address) -> Subscriber | None: ...

    async def get(self, subscriber_id: int) -> Subscriber | None: ...

    async def put(
        self,
        address: Address,
        kind: ChatKind,
        language: str,
        now: datetime,
        names: tuple[str, str] = ("", ""),
    ) -> Subscriber:
        """Return the chat's subscriber, made anew or brought back from retirement.

        `names` are those of the chat and of the forum topic; an empty one changes nothing.
        """

    async def set_language(self, subscriber_id: int, language: str, *, chosen: bool) -> None: ...

    async def set_stance(self, subscriber_id: int, topic_id: int, stance: Stance | None) -> bool:
        """Follow, mute, or (with None) do neither; return whether that changed anything."""

    async def stances(self, subscriber_id: int) -> list[TopicRecord]:
        """Return all followed and muted topics, by kind and name."""

    async def preferences(self, subscriber_id: int) -> Preferences: ...

    async def pause(self, subscriber_id: int, until: datetime | None) -> None: ...

    async def resume(self, subscriber_id: int) -> int:
        """End a pause; return how many deliveries are held, and stay so until asked for."""

    async def is_pause_over(self, now: datetime) -> bool:
        """Return whether there is a pause for `resume_due` to end."""

    async def resume_due(self, now: datetime) -> list[int]:
        """End the pauses whose time is over, and owe what was held; return the subscribers' ids."""

    async def retire(
        self, chat_id: int, reason: str, now: datetime, *, thread_id: int | None = None
    ) -> Retirement:
        """Retire a chat with all its forum topics, or one topic; drop what they are still owed."""

    async def forget(self, subscriber_id: int) -> None:
        """Delete the subscriber and everything stored on it."""


class TimingRecords(Protocol):
    """When chats want their alerts."""

    async def get(self, subscriber_id: int) -> TimingRecord | None: ...

    async def choose(
        self, subscriber_id: int, *, editions: str | None, quiet: str | None, timezone: str | None
    ) -> None: ...

    async def set_urgency(self, subscriber_id: int, topic_id: int, urgency: Urgency | None) -> bool:
        """Give a follow its urgency; return False where there is no such follow."""

    async def turning(self, now: datetime, limit: int) -> list[TimingRecord]:
        """Return chats whose calendar is to be looked at anew."""

    async def turn(self, turns: Sequence[tuple[int, Turn]]) -> None:
        """Write down what chats' calendars say, by subscriber id."""

    async def reschedule(
        self, subscriber_id: int, turn: Turn, now: datetime, *, has_editions: bool
    ) -> int:
        """Make what is owed due as if it had become owed now; return how many."""

    async def catch_up(self, subscriber_id: int, now: datetime) -> int:
        """Owe what was held, as a catch-up; return how many."""

    async def skip(self, subscriber_id: int, now: datetime) -> int:
        """Drop what was held; return how many."""


class ClockRecords(Protocol):
    """What is told of the clock by what happened earlier."""

    async def latest(self) -> datetime | None:
        """Return when a source was read last; None where none was."""

    async def put_back(self, now: datetime) -> None:
        """Have nothing wait for a moment that is later only by the clock as it went before."""


class SearchRecords(Protocol):
    """Standing searches."""

    async def every(self, subscriber_id: int) -> list[SearchRecord]: ...

    async def get(self, subscriber_id: int, search_id: int) -> SearchRecord | None: ...

    async def add(self, subscriber_id: int, query: str, name: str, now: datetime) -> int:
        """Return the new search's id."""

    async def change(
        self, subscriber_id: int, search_id: int, **values: str | bool | Urgency | None
    ) -> bool:
        """Change name, query, urgency or paused; return False where there is no such search."""

    async def remove(self, subscriber_id: int, search_id: int, now: datetime) -> bool: ...

    async def written_since(self, version: int, limit: int) -> list[tuple[int, int, str]]:
        """Return version, id and query of what was added or reworded since, in that order.

        Versions only ever grow, across processes and restarts; 0 is before them all.
        """

    async def active(self, search_ids: Sequence[int]) -> list[tuple[int, str]]:
        """Return the id and the query of those of these searches that are to be matched."""

    async def plan(
        self, article_id: int, story_id: int, search_ids: Sequence[int], now: datetime
    ) -> int:
        """Owe the article to the owners of the searches; return to how many."""
