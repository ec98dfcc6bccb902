"""What a bot gets to see in a group: privacy mode, as it is unless it was switched off."""

from bot.demo.botapi.messages import Message
from bot.demo.botapi.profile import BotProfile
from bot.demo.botapi.rooms import Room
from bot.demo.botapi.utf16 import piece


def sees(bot: BotProfile, room: Room, message: Message) -> bool:
    """Commands, replies to the bot, mentions, what was sent via it, services; admins see all."""
    standing = room.standing(bot.id)
    if room.type == "private":
        return True
    if not standing.inside:
        return False
    if standing.administers or message.service or message.via_bot:
        return True
    if message.reply_to is not None and message.reply_to.from_bot:
        return True
    return any(_addresses(bot, message, entity) for entity in message.entities)


def _addresses(bot: BotProfile, message: Message, entity: dict[str, object]) -> bool:
    text = piece(message.text, int(str(entity["offset"])), int(str(entity["length"]))).lower()
    own = f"@{bot.username}".lower()
    if entity["type"] == "bot_command":
        return "@" not in text or text.endswith(own)
    return entity["type"] == "mention" and text == own
