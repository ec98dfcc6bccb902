"""What the database tells of an article's path."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.delivery import State
from bot.domain.subscriber import Subscriber
from bot.domain.timing import Lot
from bot.services.traces import TracedEdits, TracedFanout


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    """One article for one subscriber."""

    subscriber: Subscriber
    state: State
    #: Bit set over the article's topics; see `bot.domain.matching`.
    reasons: int
    #: The standing search that brought it: its name or its query; None where none did.
    search: str | None
    owed_at: datetime
    due_at: datetime | None
    lot: Lot
    silent: bool
    attempts: int
    ambiguous: int
    settled_at: datetime | None
    message_id: int | None
    first_message_id: int | None
    detail: str


class TraceRecords(Protocol):
    """Looks an article's path up; changes nothing, and reads no growing table whole."""

    async def sightings(self, article_id: int) -> list[int]:
        """Return the ids of the sources that have shown it."""

    async def neighbours(self, url_key: str, limit: int) -> list[str]:
        """Return addresses of articles whose keys come next in the alphabet, on either side."""

    async def states(self, article_id: int) -> dict[State, int]:
        """Return how many deliveries of it there are in each state."""

    async def deliveries(self, article_id: int, limit: int) -> list[TraceRow]:
        """Return deliveries: refused ones, then open ones, dropped ones, sent ones; each by age."""

    async def delivery(self, article_id: int, subscriber_id: int) -> TraceRow | None: ...

    async def fanouts(self, article_id: int) -> list[TracedFanout]: ...

    async def edits(self, article_id: int) -> TracedEdits: ...

    async def retired_because(self, subscriber_id: int) -> str:
        """Return why the subscriber is retired; empty where it is not."""
