"""Where a message stands: chat and forum topic, with their names.

A forum's General topic is the chat itself: its messages carry no thread. Outside forums a thread is
a chain of replies, and no place of its own.
"""

from telegram import MaybeInaccessibleMessage, Message

from bot.domain.subscriber import Address
from bot.telegram.handlers.chats import names_of


def address_of(message: MaybeInaccessibleMessage) -> Address:
    thread_id = None
    if isinstance(message, Message) and message.is_topic_message:
        thread_id = message.message_thread_id
    return Address(chat_id=message.chat.id, thread_id=thread_id or 0)


def names_in(message: Message) -> tuple[str, str]:
    """Return the names of chat and topic; empty where the message does not tell them.

    A message in a topic that answers no other answers the one that opened the topic.
    """
    title, _ = names_of(message.chat)
    answered = message.reply_to_message
    opened = answered.forum_topic_created if answered else None
    return title, opened.name if opened and message.is_topic_message else ""
