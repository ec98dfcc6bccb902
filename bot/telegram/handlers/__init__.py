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
    """Have the application's updates served. Edited messages and channel posts are passed over."""
    reception = Reception(services)
    message = filters.UpdateType.MESSAGE
    application.add_handlers(
        [
            MessageHandler(message & filters.StatusUpdate.MIGRATE, reception.on_migration),
            MessageHandler(message & ~filters.StatusUpdate.ALL, reception.on_message),
            CallbackQueryHandler(reception.on_press),
            InlineQueryHandler(InlineReception(services).on_inline_query),
            ChatMemberHandler(reception.on_membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
