"""Web addresses: typed behind a command, or in the message that a command answers."""

import re
from typing import Final

from telegram import Message, MessageEntity

from bot.texts.clip import clean

#: What people put around an address.
_AROUND: Final = "<>()[]\"'.,; "
_ADDRESS: Final = re.compile(r"(\w+://\S+|[^\s:/@]+\.[^\s:/@]+(/\S*)?)")
_LINKS: Final[list[str | None]] = [MessageEntity.TEXT_LINK, MessageEntity.URL]


def typed_address(typed: str) -> str:
    """Return what was typed as an address: one word, maybe without its https.

    Raises ValueError for what is none.
    """
    word = clean(typed).strip(_AROUND)
    if not _ADDRESS.fullmatch(word):
        raise ValueError(typed)
    return _whole(word)


def links_in(message: Message | None) -> tuple[str, ...]:
    """Return the addresses in a message, each once, in their order."""
    if message is None:
        return ()
    found = {**message.parse_entities(_LINKS), **message.parse_caption_entities(_LINKS)}
    places = sorted(found, key=lambda entity: entity.offset)
    return tuple(dict.fromkeys(_whole(entity.url or found[entity]) for entity in places))


def _whole(address: str) -> str:
    return address if "://" in address else f"https://{address}"
