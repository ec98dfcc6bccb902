"""Receives what is typed behind the bot's name in any chat, answers it, and logs one event."""

import structlog
from telegram import Update, User
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.domain.subscriber import Address
from bot.services.letters import Letters
from bot.telegram.handlers.arriving import language_of
from bot.telegram.handlers.inline_search import Asker, inline_search
from bot.telegram.handlers.sending import answer_inline, excused
from bot.telegram.handlers.services import ChatServices

log = structlog.get_logger(__name__)


class InlineReception:
    """Whoever types stays what they are to the bot: a stranger becomes no subscriber."""

    def __init__(self, services: ChatServices) -> None:
        self._services = services

    async def on_inline_query(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.inline_query
        if query is None:
            return
        asker = await self._asker(query.from_user)
        reply = await inline_search(asker, query.query, query.offset)
        told: dict[str, object] = {"outcome": reply.outcome, "results": len(reply.cards)}
        try:
            await answer_inline(query, reply)
        except TelegramError as error:
            told = {"outcome": "undelivered", "fault": excused(error)}
        log.info("inline_query_answered", user=query.from_user.id, **told)

    async def _asker(self, user: User) -> Asker:
        """Return how the person reads: as chosen in their own chat with the bot, if they have."""
        known = await self._services.subscriptions.find(Address(chat_id=user.id))
        site = self._services.site
        return Asker(
            services=self._services,
            language=language_of(known, user.language_code or None, site.language),
            zone=Letters(site.zone).zone_of(known) if known else site.zone,
        )
