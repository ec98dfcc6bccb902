"""Receives what is typed behind the bot's name in any chat, answers it, and logs one event."""

from datetime import timedelta
from typing import Final

import structlog
from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
    User,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.domain.subscriber import Address
from bot.services.letters import Letters
from bot.telegram.handlers.arriving import language_of
from bot.telegram.handlers.inline_search import SEARCH_LINK, Asker, InlineReply, inline_search
from bot.telegram.handlers.sending import excused, harmless
from bot.telegram.handlers.services import ChatServices
from bot.telegram.markup import markup
from bot.telegram.parcel import preview_options
from bot.texts.card import Card

log = structlog.get_logger(__name__)

#: After that a typed query is answered anew: articles come and headlines change.
_CACHE_TIME: Final = timedelta(seconds=30)


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
            await _answer(query, reply)
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


async def _answer(query: InlineQuery, reply: InlineReply) -> None:
    """Show the cards to whoever types; dates and language make them theirs alone."""
    with harmless():
        await query.answer(
            [_article(card) for card in reply.cards],
            cache_time=_CACHE_TIME,
            is_personal=True,
            next_offset=reply.next_offset,
            button=InlineQueryResultsButton(reply.button, start_parameter=SEARCH_LINK)
            if reply.button
            else None,
        )


def _article(card: Card) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        card.letter.html,
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(
            **preview_options(card.letter.preview, card.letter.preview_url)
        ),
    )
    return InlineQueryResultArticle(
        id=card.id,
        title=card.title,
        input_message_content=content,
        reply_markup=markup(card.letter.rows),
        url=card.letter.preview_url,
        description=card.description,
        thumbnail_url=card.picture,
    )
