"""What the outbox's tables can do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.delivery import Settlement
from bot.domain.topic import Identity
from bot.services.records import (
    DeliveryRow,
    Dispatchable,
    EditRow,
    Fanout,
    OpenFigures,
    OutboxFigures,
)


class OutboxRecords(Protocol):
    async def claim(self, now: datetime, lease_ends: datetime, limit: int) -> list[Dispatchable]:
        """Claim the deliveries due longest; with one delivery, all that are due for its chat."""

    async def settle(self, settlements: Sequence[Settlement], now: datetime) -> None: ...

    async def release_all(self, now: datetime) -> int:
        """Make every claimed delivery owed again; return how many there were."""

    async def drop_unwanted(self, subscriber_id: int, now: datetime) -> int:
        """Drop open deliveries that the preferences no longer want; return how many."""

    async def drop_muted(
        self, article_id: int, identities: Sequence[Identity], now: datetime
    ) -> int:
        """Drop what is owed of the article to those who mute one of the topics; return how many."""

    async def of_message(self, subscriber_id: int, message_id: int) -> list[DeliveryRow]:
        """Return the deliveries that a message carried, in the order of their articles.

        With those that a retraction brought once more since, in a message of their own.
        """

    async def of_article(self, subscriber_id: int, article_id: int) -> DeliveryRow | None: ...

    async def next_due(self) -> datetime | None: ...

    async def figures(self) -> OutboxFigures:
        """Count all deliveries ever, which takes the longer the more there were."""

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Return when the first of what is due was to be sent; None where nothing is due."""

    async def open_figures(self, now: datetime) -> OpenFigures:
        """Count what is not settled, which takes no longer however much was settled."""


class FanoutRecords(Protocol):
    async def begin(self, article_id: int, alert_from: int, now: datetime) -> None:
        """Ask for the article to be matched with all present subscribers."""

    async def pending(self) -> list[Fanout]: ...

    async def advance(self, fanout: Fanout, width: int, now: datetime) -> tuple[Fanout | None, int]:
        """Plan one range of subscribers; return what is left (or None) and how many were owed.

        `width` is about how many subscribers of the range have a say: follow the article or mute
        it. At most twice as many do.
        """


class EditRecords(Protocol):
    """Messages to be edited."""

    async def begin(self, article_id: int, due_at: datetime) -> int:
        """Ask for every message that carries the article to be edited; return how many."""

    async def alert_again(self, article_id: int, now: datetime) -> int:
        """Owe the article again to those who got it; return to how many."""

    async def overtaken(self, shown: Sequence[tuple[int, datetime | None]]) -> list[int]:
        """Return the sent deliveries whose message does not show the article's last correction.

        `shown` holds pairs of a delivery and the correction that its message shows.
        """

    async def begin_of(self, delivery_ids: Sequence[int], due_at: datetime) -> None:
        """Ask for the messages of these deliveries to be edited."""

    async def alert_again_of(self, delivery_ids: Sequence[int], now: datetime) -> None:
        """Owe these deliveries, which were sent, once more."""

    async def due(self, now: datetime, limit: int) -> list[EditRow]: ...

    async def done(self, edit: EditRow) -> None:
        """Forget the edit, unless it was asked for anew since it was read."""

    async def again(self, edit: EditRow, due_at: datetime, attempts: int) -> None:
        """Put the edit off, unless it was asked for anew since it was read."""
