"""Link cards: what a messenger shows of a page that a message links to."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from bot.demo.botapi.messages import Message
from bot.demo.botapi.utf16 import piece


class LinkCard(Protocol):
    """Title, description and picture behind an address."""

    @property
    def title(self) -> str: ...

    @property
    def description(self) -> str: ...

    @property
    def image(self) -> str | None: ...


#: Asked for the card of an address; None where there is none.
CardSource = Callable[[str], Awaitable[LinkCard | None]]


async def card_of(message: Message, source: CardSource | None) -> dict[str, Any] | None:
    """Return the card that the page shows under a message."""
    options = message.preview
    url = options.get("url") or first_link(message)
    if source is None or not url or options.get("is_disabled"):
        return None
    card = await source(url)
    if card is None:
        return None
    shown = {
        "url": url,
        "title": card.title,
        "description": card.description,
        "large": bool(options.get("prefer_large_media")),
    }
    return {**shown, "image": card.image} if card.image else shown


def first_link(message: Message) -> str | None:
    """Return the first address in the message."""
    for entity in message.entities:
        if entity["type"] == "text_link":
            return str(entity["url"])
        if entity["type"] == "url":
            return piece(message.text, entity["offset"], entity["length"])
    return None
