"""The bot is blocked, removed, added; a group becomes a supergroup."""

from typing import Final

from telegram import Bot, ChatMemberUpdated, Message
from telegram.constants import ChatMemberStatus

from bot.domain.subscriber import Address, ChatKind
from bot.telegram.handlers.sending import send
from bot.telegram.handlers.services import ChatServices
from bot.telegram.handlers.turn import Turn
from bot.telegram.handlers.welcome import welcome
from bot.texts.catalogue import Texts

_OUTSIDE: Final = {
    ChatMemberStatus.LEFT: "left",
    ChatMemberStatus.BANNED: "kicked",
}


async def moved(services: ChatServices, message: Message) -> None:
    """Follow a group to the supergroup that it became; both chats tell of it."""
    here = message.chat.id
    if message.migrate_to_chat_id is not None:
        await services.subscriptions.move(here, message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        await services.subscriptions.move(message.migrate_from_chat_id, here)


async def changed(services: ChatServices, change: ChatMemberUpdated, bot: Bot) -> str:
    """Do what a change of the bot's own membership means; return the outcome."""
    kind = ChatKind(change.chat.type)
    now_outside = _OUTSIDE.get(ChatMemberStatus(change.new_chat_member.status))
    if now_outside:
        reason = "blocked" if kind is ChatKind.PRIVATE else now_outside
        await services.subscriptions.retire(change.chat.id, reason)
        return reason
    was_outside = ChatMemberStatus(change.old_chat_member.status) in _OUTSIDE
    if not (was_outside and kind.is_group):
        return "noted"
    address = Address(chat_id=change.chat.id)
    language = services.site.language
    subscriber = await services.subscriptions.arrive(address, kind, language)
    texts = Texts(subscriber.language)
    turn = Turn(services=services, subscriber=subscriber, texts=texts, usual_language=language)
    letter = await welcome(turn)
    await send(bot, address, letter)
    return "greeted"
