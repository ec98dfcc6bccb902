"""A forum topic is closed or reopened; of one that is deleted Telegram tells nothing."""

from telegram import Bot, Message

from bot.domain.silence import Silence
from bot.telegram.handlers.places import address_of
from bot.telegram.handlers.rights import may_write_in_closed, member_of
from bot.telegram.handlers.services import ChatServices


async def changed(services: ChatServices, message: Message, bot: Bot) -> str:
    """Hold the topic's alerts while it is closed; return the outcome."""
    address = address_of(message)
    if message.forum_topic_reopened is not None:
        count, outcome = await services.silences.end(address, Silence.CLOSED), "reopened"
        services.wake()
    elif may_write_in_closed(await member_of(bot, message.chat.id, bot.id)):
        return "noted"
    else:
        count, outcome = await services.silences.begin(address, Silence.CLOSED), "closed"
    services.tell()
    return outcome if count else "noted"
