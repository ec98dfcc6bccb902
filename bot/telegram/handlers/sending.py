"""Replies: sent and edited at once, beside the paced lane of the alerts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from telegram import Bot, CallbackQuery, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.domain.delivery import ChatGone, ChatMoved, Silenced, Throttled, TopicGone
from bot.domain.subscriber import Address
from bot.telegram.handlers.turn import Reaction
from bot.telegram.markup import markup
from bot.telegram.outcomes import outcome_of
from bot.texts.letter import Letter

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
#: Pressed twice in a row, or pressed under a message that is no longer there: nothing to be done.
_HARMLESS: Final = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "query is too old",
    "query_id_invalid",
)


def undeliverable(error: TelegramError) -> str | None:
    """Return why a reply cannot arrive, where that is the chat's doing; None for a fault."""
    match outcome_of(error):
        case ChatGone(detail) | TopicGone(detail) | Silenced(detail):
            return detail
        case ChatMoved() | Throttled():
            return str(error)
        case _:
            return None


async def send(bot: Bot, address: Address, letter: Letter) -> Message:
    return await bot.send_message(
        address.chat_id,
        message_thread_id=address.thread_id or None,
        disable_notification=letter.silent or None,
        **_content(letter),
    )


async def react(query: CallbackQuery, reaction: Reaction) -> None:
    """Stop the button's waiting, then change the message."""
    with _harmless():
        await query.answer(reaction.toast or None, show_alert=reaction.alert or None)
    with _harmless():
        if reaction.letter is not None:
            await query.edit_message_text(**_content(reaction.letter))
        elif reaction.rows is not None:
            await query.edit_message_reply_markup(markup(reaction.rows))


@contextmanager
def _harmless() -> Iterator[None]:
    """Pass over the refusals that change nothing."""
    try:
        yield
    except BadRequest as error:
        if not any(phrase in error.message.lower() for phrase in _HARMLESS):
            raise


def _content(letter: Letter) -> dict[str, Any]:
    return {
        "text": letter.html,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": _NO_PREVIEW,
        "reply_markup": markup(letter.rows),
    }
