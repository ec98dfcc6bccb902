"""What the handlers work with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from bot.services.archive import Archive
from bot.services.ports import Clock
from bot.services.subscriptions import Subscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What readers are told of the site."""

    name: str
    url: str
    #: The zone of readers who chose none.
    zone: tzinfo
    #: The language of chats whose language Telegram does not tell; an IETF tag.
    language: str


def _nobody_waits() -> None:
    return


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatServices:
    subscriptions: Subscriptions
    archive: Archive
    site: SiteFacts
    clock: Clock
    #: Called when alerts that were held became due.
    wake: Callable[[], None] = _nobody_waits
