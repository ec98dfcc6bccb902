"""One update being served, and what a handler answers to it.

Handlers are plain functions from a `Turn` to a `Reply` (commands) or a `Reaction` (buttons); they
never talk to Telegram themselves.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import tzinfo
from enum import Enum, auto

from telegram import Message

from bot.domain.subscriber import Address, Subscriber
from bot.services.letters import Letters
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.chats import Chats
from bot.telegram.handlers.services import ChatServices
from bot.texts.catalogue import Texts
from bot.texts.escape import Html
from bot.texts.letter import Document, Letter, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Who asks, and what with."""

    services: ChatServices
    subscriber: Subscriber
    texts: Texts
    #: What Telegram tells whoever asks of chats.
    chats: Chats
    #: What the chat speaks unless it chose: its reader's Telegram's, in groups the site's.
    usual_language: str
    #: The private chat that asks, where it sets up a channel; else the subscriber itself asks.
    private: Subscriber | None = None
    #: What is said before the answer.
    note: Html | None = None
    #: What stands behind the command, or a whole text without one; "" for buttons.
    typed: str = ""
    #: The same with the formatting that the message gives it; for administrators' commands only.
    formatted: Html | None = None
    #: The id of the message that the typed one answers; None where it answers none.
    answered: int | None = None
    #: The addresses in the message that the typed one answers.
    links: tuple[str, ...] = ()
    #: Who writes or presses; None for one who stays anonymous.
    person: int | None = None
    #: The message whose button was pressed; None for commands.
    pressed: Message | None = None

    @property
    def in_group(self) -> bool:
        return self.subscriber.kind.is_group

    @property
    def language(self) -> str:
        return (self.private or self.subscriber).language

    @property
    def zone(self) -> tzinfo:
        return Letters(self.services.site.zone).zone_of(self.subscriber)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to a message."""

    letter: Letter
    #: For the log: what came of it, in a word or two.
    outcome: str
    #: The language of the chat's command menu from now on; see `menu_language`.
    menu: str | None = None
    #: Goes with the letter, which is then its caption.
    document: Document | None = None
    #: Sent behind the letter.
    parcels: "tuple[Parcel, ...]" = ()
    #: What is sent instead of all that where Telegram refuses the letter; None for our own texts.
    instead: Letter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A message besides an answer."""

    to: Address
    letter: Letter
    #: Goes with the letter, which is then its caption.
    document: Document | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """The answer to a pressed button: a toast, and the message changed in text or buttons."""

    outcome: str
    toast: str = ""
    #: The toast stays until it is closed.
    alert: bool = False
    #: Replaces text and buttons.
    letter: Letter | None = None
    #: Replaces the buttons only, where there is no letter.
    rows: Rows | None = None
    #: The language of the chat's command menu from now on; see `menu_language`.
    menu: str | None = None
    #: Sent when that is done.
    parcels: tuple[Parcel, ...] = ()


def menu_now(subscriber: Subscriber) -> str | None:
    """Return the language that the chat's menu has, to have it shown anew; as `menu_language`."""
    if subscriber.address.thread_id:
        return None
    return subscriber.language if subscriber.language_chosen else ""


def menu_language(before: Subscriber, after: Subscriber | None) -> str | None:
    """Return the language that the chat's menu is to get: "" for that of whoever looks at it.

    None where it stays. A forum topic has no menu of its own.
    """
    then, now = (one.language if one and one.language_chosen else "" for one in (before, after))
    return None if then == now or before.address.thread_id else now


class Changes(Enum):
    """When a command or a button changes settings, so that a group asks for an administrator."""

    NEVER = auto()
    #: A command, where something stands behind it.
    WITH_ARGUMENT = auto()
    #: The same, and where it answers a message.
    WITH_OBJECT = auto()
    ALWAYS = auto()


@dataclass(frozen=True, slots=True)
class Command:
    run: Callable[[Turn], Awaitable[Reply]]
    changes: Changes = Changes.NEVER

    def needs_administrator(self, typed: str, *, is_answer: bool) -> bool:
        match self.changes:
            case Changes.NEVER:
                return False
            case Changes.WITH_ARGUMENT:
                return bool(typed)
            case Changes.WITH_OBJECT:
                return bool(typed) or is_answer
            case Changes.ALWAYS:
                return True


@dataclass(frozen=True, slots=True)
class Press:
    run: Callable[[Turn, Arguments], Awaitable[Reaction]]
    changes: Changes = Changes.NEVER
