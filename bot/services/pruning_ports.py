"""What pruning needs of the tables."""

from datetime import datetime
from typing import Protocol


class PruningRecords(Protocol):
    """Deletes what is over, a stretch at a time; see `bot.services.pruning` for the rules.

    `before` is what has to be longer ago; a stretch begins behind `after`. Each step returns where
    the next one begins (None: nowhere) and how many rows it concerned.
    """

    async def close_articles(self, before: datetime, limit: int) -> int:
        """Close articles that were met before; return how many, 0 when all are closed."""

    async def delete_deliveries(
        self, before: datetime, after: int, limit: int
    ) -> tuple[int | None, int]:
        """Delete settled deliveries of closed articles."""

    async def delete_stories(
        self, before: datetime, published_before: datetime, after: int, limit: int
    ) -> tuple[int | None, int]:
        """Delete the articles of whole stories that nothing keeps; remember their addresses."""

    async def delete_copies(self, before: datetime, limit: int) -> int:
        """Delete copies of broadcasts that were done before; return how many, 0 at the end."""

    async def delete_expired(self, before: datetime) -> int:
        """Delete codes, set-ups and broadcasts that ended before."""

    async def count_closing(self, before: datetime) -> int:
        """Return how many articles would be closed."""

    async def count_deliveries(self, before: datetime) -> int:
        """Return how many deliveries would be deleted."""

    async def count_articles(self, before: datetime, published_before: datetime) -> int:
        """Return how many articles would be deleted."""

    async def count_expired(self, before: datetime) -> int: ...
