"""Who an update is from: the chat's subscriber, and the language that it speaks.

A private chat speaks the language of its reader's Telegram, told with every update; a group or a
channel the site's, whoever writes there. Either may have chosen another.
"""

from telegram import Chat, MaybeInaccessibleMessage, Message, User

from bot.domain.subscriber import Address, ChatKind
from bot.telegram.handlers.services import ChatServices
from bot.telegram.handlers.turn import Turn
from bot.texts.catalogue import Texts


async def turn_of(services: ChatServices, message: Message, user: User | None) -> Turn:
    """Return the turn of whoever wrote the message, or pressed its button."""
    chat = message.chat
    told = _told(chat, user)
    usual = told or services.site.language
    subscriber = await services.subscriptions.arrive(
        _address(message),
        ChatKind(chat.type),
        usual,
        told=told is not None or not _is_private(chat),
    )
    texts = Texts(subscriber.language)
    return Turn(services=services, subscriber=subscriber, texts=texts, usual_language=usual)


async def texts_for(services: ChatServices, message: MaybeInaccessibleMessage, user: User) -> Texts:
    """Return the texts in the chat's language; a chat that is not known stays so."""
    there = await services.subscriptions.find(_address(message))
    told = _told(message.chat, user)
    if there and (there.language_chosen or told is None):
        return Texts(there.language)
    return Texts(told or services.site.language)


def _address(message: MaybeInaccessibleMessage) -> Address:
    thread_id = None
    if isinstance(message, Message) and message.is_topic_message:
        thread_id = message.message_thread_id
    return Address(chat_id=message.chat.id, thread_id=thread_id or 0)


def _told(chat: Chat, user: User | None) -> str | None:
    return (user.language_code or None) if user and _is_private(chat) else None


def _is_private(chat: Chat) -> bool:
    return ChatKind(chat.type) is ChatKind.PRIVATE
