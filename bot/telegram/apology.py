"""What happens when a handler fails: the log gets the traceback, the reader a sentence."""

from collections.abc import Callable
from typing import Any

import structlog
from telegram import Update
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)
from telegram.ext import CallbackContext

from bot.domain.errors import DatabaseError
from bot.domain.redaction import redact

log = structlog.get_logger(__name__)


class Apology:
    """An error handler for the application; `sorry` returns the sentence in a language."""

    def __init__(self, sorry: Callable[[str], str]) -> None:
        self._sorry = sorry

    async def handle(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        """Log the failure as one event, and apologise where there is anybody to hear it."""
        error = context.error
        about = _about(update)
        if _is_unreachable(error):
            log.warning("reply_not_sent", fault=redact(str(error)), **about)
            return
        if isinstance(error, DatabaseError):  # of which the log tells what there is to tell
            log.warning("update_failed", fault=str(error), **about)
        else:
            log.error("update_failed", exc_info=error, **about)
        if isinstance(update, Update):
            await self._apologise(update)

    async def _apologise(self, update: Update) -> None:
        user = update.effective_user
        text = self._sorry((user and user.language_code) or "")
        try:
            if update.callback_query:
                await update.callback_query.answer(text, show_alert=True)
            elif update.message:
                await update.message.reply_text(text)
        except TelegramError as error:
            log.warning("apology_not_sent", fault=redact(str(error)), **_about(update))


def _is_unreachable(error: Exception | None) -> bool:
    """Return whether nobody would hear an apology, for it takes the way that has just failed."""
    if isinstance(error, BadRequest):  # a NetworkError to python-telegram-bot
        return False
    return isinstance(error, Conflict | Forbidden | InvalidToken | NetworkError)


def _about(update: object) -> dict[str, int]:
    if not isinstance(update, Update):
        return {}
    chat, user = update.effective_chat, update.effective_user
    about = {"update": update.update_id}
    if chat is not None:
        return about | {"chat": chat.id}
    return about | {"user": user.id} if user is not None else about  # typed inline, in any chat
