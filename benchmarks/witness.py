"""Counts, on the servers' side, what a bot does: reads, alerts each chat, is refused; and when."""

import time
from collections import Counter
from dataclasses import dataclass

from benchmarks.press import Press
from bot.demo.botapi import StandIn
from bot.demo.botapi.events import Event
from bot.demo.newsroom import Newsroom

_TOO_MANY = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What there is of one article, until now. Moments are of the monotonic clock."""

    #: How many messages with its headline each chat got.
    received: Counter[int]
    published_at: float
    #: When the feed was first asked for after that; None: not yet.
    read_at: float | None
    #: When the first and the last of its messages were taken; None: there is none.
    first_at: float | None
    last_at: float | None
    #: How often the bot was told that it sends too much, since the publication.
    refused: int

    @property
    def delivered(self) -> int:
        """How many chats got it."""
        return len(self.received)

    @property
    def repeated(self) -> int:
        """How many messages were one too many for their chat."""
        return sum(self.received.values()) - len(self.received)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """How often the bot was heard of."""

    feed_read: int
    updates_asked: int


class Witness:
    """Follows one article at a time, by its headline, which no other may contain."""

    def __init__(self, stand_in: StandIn, newsroom: Newsroom) -> None:
        self._stand_in = stand_in
        self._press = Press(newsroom)
        self._refused = 0
        self._received: Counter[int] = Counter()
        self._first_at: float | None = None
        self._last_at: float | None = None
        stand_in.world.events.listen(self._hear)

    def publish(self, headline: str) -> None:
        """Publish an article of the section Economy now, and follow it."""
        self._received = Counter()
        self._first_at = self._last_at = None
        self._refused = 0
        self._press.publish(headline)

    def tally(self) -> Tally:
        return Tally(
            received=self._received.copy(),
            published_at=self._press.published_at,
            read_at=self._press.read_at,
            first_at=self._first_at,
            last_at=self._last_at,
            refused=self._refused,
        )

    def contacts(self) -> Contacts:
        asked = sum(1 for call in self._stand_in.calls if call.method == "getUpdates")
        return Contacts(feed_read=self._press.feed_read, updates_asked=asked)

    @property
    def delivered(self) -> int:
        """How many chats got the article."""
        return len(self._received)

    @property
    def latest(self) -> float:
        """When there last was anything of the article."""
        return self._last_at or self._press.read_at or self._press.published_at

    def _hear(self, event: Event) -> None:
        if event.name == "refused":
            self._refused += event.fields.get("status") == _TOO_MANY
        elif event.name == "bot_wrote" and event.message and self._tells(event.message.text):
            self._received[event.message.chat_id] += 1
            self._last_at = time.monotonic()
            self._first_at = self._first_at or self._last_at

    def _tells(self, text: str) -> bool:
        return bool(self._press.headline) and self._press.headline in text
