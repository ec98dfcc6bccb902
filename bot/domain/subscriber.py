"""Subscribers: chats with their preferences."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.silence import Silence


class ChatKind(StrEnum):
    """The Bot API's chat types."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"

    @property
    def is_group(self) -> bool:
        return self in (ChatKind.GROUP, ChatKind.SUPERGROUP)

    @property
    def is_shared(self) -> bool:
        """Whether many read there: only administrators change what comes."""
        return self is not ChatKind.PRIVATE


class Standing(StrEnum):
    """Whether a subscriber gets alerts."""

    ACTIVE = "active"
    #: Deliveries are held until the subscriber resumes.
    PAUSED = "paused"
    #: Blocked, left or stopped: nothing is owed until /start.
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where messages go: a chat, or one forum topic of a group."""

    #: Telegram's chat id; negative for groups and channels.
    chat_id: int
    #: Telegram's `message_thread_id`; 0 outside forum topics.
    thread_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    id: int
    address: Address
    kind: ChatKind
    #: IETF language tag: as Telegram tells it, in groups the site's, or chosen.
    language: str
    #: IANA time zone; None where the reader has not said and the site's is used.
    timezone: str | None
    standing: Standing
    #: When a pause ends by itself; None for one without an end. Aware.
    paused_until: datetime | None = None
    #: Whether the chat chose its language, so that it no longer follows Telegram's.
    language_chosen: bool = False
    #: Why the chat does not let the bot write; None where it does.
    silence: Silence | None = None
    #: The user who set it up, and is told what happens to it; None in private chats.
    keeper_id: int | None = None
    #: What the chat is called, as last seen: its title, or a channel's @name.
    title: str = ""
    #: The same of the forum topic.
    thread_name: str = ""

    @property
    def name(self) -> str:
        """What people call the place; empty where that was never seen."""
        return " \u00b7 ".join(filter(None, (self.title, self.thread_name)))
