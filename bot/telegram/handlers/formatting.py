"""What somebody wrote, as HTML with the formatting that they gave it."""

import re
from typing import Final

from telegram import Message, MessageEntity

from bot.texts.clip import units
from bot.texts.escape import Html

#: The bot's name, where it is said first, and the command.
_COMMAND: Final = re.compile(r"\s*(?:@\w+[\s,:]*)?/\S*\s*")


def formatted(message: Message, *, is_command: bool) -> Html:
    """Return the message's text in Telegram's HTML, without the command that it begins with."""
    text = message.text or ""
    begins = _COMMAND.match(text) if is_command else None
    said = text[begins.end() :] if begins else text
    cut = units(text) - units(said)
    left = [moved for one in message.entities if (moved := _moved(one, cut))]
    return Html(
        Message(message.message_id, message.date, message.chat, text=said, entities=left).text_html
        if said
        else ""
    )


def _moved(entity: MessageEntity, by: int) -> MessageEntity | None:
    """Return the entity in a text that begins so many units later; None where nothing is left."""
    start, end = max(entity.offset - by, 0), entity.offset + entity.length - by
    if end <= start:
        return None
    return MessageEntity.de_json({**entity.to_dict(), "offset": start, "length": end - start}, None)
