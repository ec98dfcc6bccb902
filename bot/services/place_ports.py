"""What the tables of groups, forum topics and channels can do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.notice import NoticeKind
from bot.domain.silence import Silence
from bot.domain.subscriber import Subscriber
from bot.services.records import NoticeRow, SetupRow


class PlaceRecords(Protocol):
    """Groups, forum topics and channels as places that somebody set up."""

    async def keep(self, subscriber_id: int, user_id: int) -> None:
        """Note who set the chat up, unless somebody did before."""

    async def kept_by(self, user_id: int) -> list[Subscriber]:
        """Return what the user set up, the oldest first."""

    async def of_chat(self, chat_id: int) -> list[Subscriber]:
        """Return the chat and its forum topics."""

    async def revive(self, chat_id: int) -> list[int]:
        """Bring back what was retired with the chat; return the subscribers' ids."""


class SilenceRecords(Protocol):
    """Chats that do not let the bot write.

    Where a thread is given, one forum topic is meant, else the chat with all its topics.
    """

    async def begin(
        self, chat_id: int, why: Silence, try_at: datetime, *, thread_id: int | None = None
    ) -> list[int]:
        """Hold what is owed; return the ids of those that were not silent before."""

    async def end(self, chat_id: int, why: Silence, *, thread_id: int | None = None) -> list[int]:
        """End silences of that reason; return whose. What is held stays so."""

    async def try_again(self, now: datetime, try_at: datetime) -> list[int]:
        """Return who is to be tried now; next time at `try_at`."""

    async def owe_fresh(
        self, subscriber_ids: Sequence[int], fresh_from: datetime, now: datetime
    ) -> int:
        """Owe what is held since then, but for those who pause; return how many."""

    async def holding(self, subscriber_ids: Sequence[int]) -> list[int]:
        """Return those that still hold something and do not pause."""


class NoticeRecords(Protocol):
    """What those who set chats up are still to be told."""

    async def add(self, kind: NoticeKind, subscriber_ids: Sequence[int], now: datetime) -> None:
        """Have it told what happened to them: of each, or once to each person, by its kind."""

    async def due(self, now: datetime, limit: int) -> list[NoticeRow]: ...

    async def done(self, notice_id: int) -> None: ...

    async def again(self, notice_id: int, due_at: datetime) -> None: ...


class SetupRecords(Protocol):
    """Private chats from which a channel is being set up."""

    async def find(self, subscriber_id: int) -> SetupRow | None: ...

    async def put(self, subscriber_id: int, channel_id: int, ends_at: datetime) -> None: ...

    async def end(self, subscriber_id: int) -> bool: ...
