"""Broadcasts: a message of an administrator's, to many readers, each of whom gets one copy.

The rules, in their order:

1. A channel gets no broadcast. A group gets one only where the administrator chose so, and one for
   all its forum topics.
2. Who pauses, and who does not let the bot write, is left out, also where that begins meanwhile;
   in a reader's quiet hours a copy waits for their end.
3. A copy is settled as a delivery is (`bot.domain.delivery`). Only a chat that refuses for now is
   not waited for: it may be for ever, and a broadcast comes to an end.
4. What was stopped may be sent on, to those who have no copy yet. What is done is done.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.delivery import ChatGone, Outcome, Settlement, Silenced, settle


class Audience(StrEnum):
    #: Private chats.
    PRIVATE = "private"
    #: Private chats and groups.
    EVERYONE = "everyone"


class Stage(StrEnum):
    """How far a broadcast has come."""

    #: Shown to whoever wrote it, and to nobody else.
    DRAFT = "draft"
    #: There is one at most.
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One reader's copy, as claimed."""

    id: int
    #: Earlier tries that counted.
    attempts: int = 0
    #: Earlier tries that may have arrived.
    ambiguous: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    id: int
    #: In Telegram's HTML.
    text: str
    audience: Audience
    stage: Stage
    #: The administrator, by their user id.
    written_by: int
    begun_at: datetime | None = None
    #: When it was done; None before.
    ended_at: datetime | None = None
    #: Whether every reader's copy is in the database.
    is_planned: bool = False
    #: The message that shows how far it is, and the private chat that it stands in.
    shown_in: int | None = None
    shown_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who would get a broadcast now."""

    private: int
    groups: int
    #: Those who are left out, because they pause or do not let the bot write.
    left_out: int = 0

    def of(self, audience: Audience) -> int:
        """Return how many get it."""
        return self.private + (self.groups if audience is Audience.EVERYONE else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What has become of a broadcast's copies."""

    sent: int = 0
    #: Those that are to be sent, with those that wait.
    open: int = 0
    #: Of the open ones, those that wait for the end of quiet hours, or for another try.
    waiting: int = 0
    #: Readers who cannot be reached any more, or want nothing now.
    unreachable: int = 0
    #: Refused by Telegram for good.
    failed: int = 0

    @property
    def readers(self) -> int:
        return self.sent + self.open + self.unreachable + self.failed


def settle_copy(copy: Copy, outcome: Outcome, now: datetime) -> Settlement:
    """Decide what becomes of a copy (rule 3)."""
    if isinstance(outcome, Silenced):
        return settle(copy, ChatGone(outcome.detail), now)
    return settle(copy, outcome, now)


def time_needed(messages: int, rate: float) -> timedelta:
    """Return how long so many messages take, at that rate a second."""
    return timedelta(seconds=messages / rate)
