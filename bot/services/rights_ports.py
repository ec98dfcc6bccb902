"""What the tables can do for the chat that they are about: keep, tell, and hand over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.services.records import Holdings


class SavedRecords(Protocol):
    """Reading lists."""

    async def add(self, subscriber_id: int, article_id: int, saved_at: datetime) -> bool:
        """Keep the article; return False where it was kept already."""

    async def remove(self, subscriber_id: int, article_id: int) -> datetime | None:
        """Return since when it was kept; None where it was not."""

    async def which(self, subscriber_id: int, article_ids: Sequence[int]) -> frozenset[int]:
        """Return those of the articles that are kept."""

    async def count(self, subscriber_id: int) -> int: ...

    async def page(self, subscriber_id: int, limit: int, offset: int) -> list[tuple[int, datetime]]:
        """Return articles' ids and since when they are kept, the newest first."""


class DisclosureRecords(Protocol):
    """Everything that is stored on one chat, in words that its readers know."""

    async def holdings(self, subscriber_id: int) -> dict[str, Any]:
        """Return all but the deliveries, part by part."""

    async def deliveries(
        self, subscriber_id: int, below: int | None, limit: int
    ) -> tuple[list[dict[str, Any]], int | None]:
        """Return the newest, and where the next ones begin; None where there are no more.

        `below` is where the last call said that the next ones begin.
        """

    async def count_deliveries(self, subscriber_id: int) -> int: ...


class MoveRecords(Protocol):
    """Chats that give everything to another one.

    What the receiving chat has said or got itself stands; all else comes from the giving one,
    which is forgotten. Messages stay where they are.
    """

    async def upgrade(self, chat_id: int, new_chat_id: int, now: datetime) -> None:
        """Follow a group to the supergroup that it became."""

    async def join(self, giver_id: int, receiver_id: int, now: datetime) -> None: ...

    async def holdings(self, subscriber_id: int) -> Holdings: ...

    async def put_code(self, subscriber_id: int, code_hash: str, expires_at: datetime) -> None:
        """Keep a code's hash in the place of an earlier one."""

    async def find_code(self, code_hash: str) -> tuple[int, datetime] | None:
        """Return whose code it is and when it expires."""
