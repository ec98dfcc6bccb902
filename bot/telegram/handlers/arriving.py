"""Who an update is from: the chat's subscriber, and the language that it speaks.

A private chat speaks the language of its reader's Telegram, told with every update; a group or a
channel the site's, whoever writes there. Either may have chosen another.
"""

from telegram import Bot, Chat, MaybeInaccessibleMessage, Message, User

from bot.domain.subscriber import ChatKind, Subscriber
from bot.telegram.handlers.chats import Chats
from bot.telegram.handlers.places import address_of, names_in
from bot.telegram.handlers.services import ChatServices
from bot.telegram.handlers.turn import Turn
from bot.texts.catalogue import Texts


async def turn_of(services: ChatServices, bot: Bot, message: Message, user: User | None) -> Turn:
    """Return the turn of whoever wrote the message, or pressed its button."""
    chat = message.chat
    told = _told(chat, user)
    usual = told or services.site.language
    subscriber = await services.subscriptions.arrive(
        address_of(message),
        ChatKind(chat.type),
        usual,
        told=told is not None or not _is_private(chat),
        names=names_in(message),
    )
    return Turn(
        services=services,
        subscriber=subscriber,
        texts=Texts(subscriber.language),
        usual_language=usual,
        person=user.id if user and not _is_anonymous(message, user) else None,
        chats=Chats(bot, user),
    )


async def texts_for(services: ChatServices, message: MaybeInaccessibleMessage, user: User) -> Texts:
    """Return the texts in the chat's language; a chat that is not known stays so."""
    known = await services.subscriptions.find(address_of(message))
    told = _told(message.chat, user)
    return Texts(language_of(known, told, services.site.language))


def language_of(known: Subscriber | None, told: str | None, usual: str) -> str:
    """Return what was chosen, else what Telegram tells now, else what it told before, else `usual`.

    `told` is None where Telegram tells no language now.
    """
    if known is not None and (known.language_chosen or told is None):
        return known.language
    return told or usual


def _told(chat: Chat, user: User | None) -> str | None:
    return (user.language_code or None) if user and _is_private(chat) else None


def _is_private(chat: Chat) -> bool:
    return ChatKind(chat.type) is ChatKind.PRIVATE


def _is_anonymous(message: Message, user: User) -> bool:
    """Return whether they wrote it in the name of a chat; who presses a button has a name."""
    wrote_it = message.from_user is not None and message.from_user.id == user.id
    return wrote_it and message.sender_chat is not None
