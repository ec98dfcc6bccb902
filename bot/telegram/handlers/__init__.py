"""What readers see and do in chat."""

from typing import Any

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.telegram.handlers.inline_reception import InlineReception
from bot.telegram.handlers.reception import Reception
from bot.telegram.handlers.services import ChatServices, SiteFacts

__all__ = ["ChatServices", "SiteFacts", "register"]


def register(
    application: Application[Any, Any, Any, Any, Any, Any], services: ChatServices
) -> None:
    """Have the application's updates served. Edited messages are passed over."""
    reception = Reception(services)
    message = filters.UpdateType.MESSAGE
    status = filters.StatusUpdate
    topic = status.FORUM_TOPIC_CLOSED | status.FORUM_TOPIC_REOPENED
    application.add_handlers(
        [
            MessageHandler(message & status.MIGRATE, reception.on_migration),
            MessageHandler(message & topic, reception.on_topic),
            MessageHandler(message & ~status.ALL, reception.on_message),
            MessageHandler(filters.UpdateType.CHANNEL_POST, reception.on_channel_post),
            CallbackQueryHandler(reception.on_press),
            InlineQueryHandler(InlineReception(services).on_inline_query),
            ChatMemberHandler(reception.on_membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
