"""The query that a message shows: its first monospaced text, whole.

A query is too long for a button, so the buttons under such a message read it there.
"""

from typing import Final

from telegram import Message, MessageEntity

#: In UTF-16 units; longer than any query that somebody typed for what it means.
LONGEST_QUERY: Final = 256


def query_of(message: Message | None) -> str | None:
    return _first(message, MessageEntity.CODE)


def name_of(message: Message | None) -> str:
    """Return the name that a removed search had: the text that is underlined; maybe none."""
    return _first(message, MessageEntity.UNDERLINE) or ""


def _first(message: Message | None, kind: str) -> str | None:
    found = message.parse_entities([kind]) if message else {}
    return next(iter(found.values()), None)
