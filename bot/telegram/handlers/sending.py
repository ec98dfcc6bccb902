"""Replies: sent and edited at once, beside the paced lane of the alerts."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from telegram import (
    Bot,
    CallbackQuery,
    InputFile,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.domain.delivery import ChatGone, ChatMoved, Silenced, Throttled, TopicGone
from bot.domain.subscriber import Address
from bot.telegram.faults import FloodError, NotConnectedError
from bot.telegram.handlers.turn import Parcel, Reaction
from bot.telegram.markup import markup
from bot.telegram.outcomes import outcome_of
from bot.texts.letter import Document, Letter

Answer = TypeVar("Answer")

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
#: Seconds that a reader waits for a reply that Telegram puts off; longer, and it is given up.
_LONGEST_WAIT: Final = 30.0
_RECONNECT_PAUSE: Final = 1.0
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


def excused(error: TelegramError) -> str:
    """Return why a reply could not arrive; raises the error where that is no chat's doing."""
    fault = undeliverable(error)
    if fault is None:
        raise error
    return fault


async def send(
    bot: Bot, address: Address, letter: Letter, document: Document | None = None
) -> Message:
    """Send a letter; with a document, as its caption. Once more where it certainly did not arrive.

    Where the chat takes no files, it is told so instead.
    """
    if document is None:
        return await _patiently(
            lambda: bot.send_message(address.chat_id, **_way(address, letter), **_content(letter))
        )
    try:
        return await _patiently(lambda: _send_document(bot, address, letter, document))
    except BadRequest as error:
        if not isinstance(outcome_of(error), Silenced):
            raise
    return await send(bot, address, document.instead)


async def edit(bot: Bot, chat_id: int, message_id: int, letter: Letter) -> None:
    """Put the letter in a sent message's place, at once or not at all."""
    await bot.edit_message_text(chat_id=chat_id, message_id=message_id, **_content(letter))


async def deliver(bot: Bot, here: int, parcels: Sequence[Parcel]) -> dict[str, str]:
    """Send what goes besides an answer in the chat `here`; return what the log is to tell.

    That another chat cannot be told changes nothing of what was done.
    """
    told: dict[str, str] = {}
    for parcel in parcels:
        try:
            await send(bot, parcel.to, parcel.letter, parcel.document)
        except TelegramError as error:
            fault = undeliverable(error)
            if fault is None or parcel.to.chat_id == here:
                raise
            told["other_not_told"] = fault
    return told


async def _send_document(bot: Bot, address: Address, letter: Letter, document: Document) -> Message:
    if document.is_shown:
        return await bot.send_photo(
            address.chat_id,
            InputFile(document.content, filename=document.name),
            caption=letter.html,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(letter.rows),
            **_way(address, letter),
        )
    file = InputFile(document.content, filename=document.name)
    file.mimetype = document.mime_type  # by itself it knows only some kinds, by the file's name
    return await bot.send_document(
        address.chat_id,
        file,
        caption=letter.html,
        parse_mode=ParseMode.HTML,
        disable_content_type_detection=True,
        reply_markup=markup(letter.rows),
        **_way(address, letter),
    )


async def react(query: CallbackQuery, reaction: Reaction) -> None:
    """Stop the button's waiting, then change the message; one that fails does not cost the other.

    Raises what went wrong first.
    """
    faults: list[TelegramError] = []
    for step in (_answer, _change):
        try:
            with harmless():
                await step(query, reaction)
        except TelegramError as error:
            faults.append(error)
    if faults:
        raise faults[0]


async def _answer(query: CallbackQuery, reaction: Reaction) -> None:
    """Answer at once or not at all: Telegram takes an answer for a few seconds only."""
    await query.answer(reaction.toast or None, show_alert=reaction.alert or None)


async def _change(query: CallbackQuery, reaction: Reaction) -> None:
    letter, rows = reaction.letter, reaction.rows
    if letter is not None:
        await _patiently(lambda: query.edit_message_text(**_content(letter)))
    elif rows is not None:
        await _patiently(lambda: query.edit_message_reply_markup(markup(rows)))


async def _patiently(call: Callable[[], Awaitable[Answer]]) -> Answer:
    """Make the call; once more behind a short 429, or where no connection was made.

    Where Telegram may have taken it there is no second time, since a reader who was answered twice
    wonders more than one who asks again.
    """
    try:
        return await call()
    except FloodError as error:
        wait = error.retry_after.total_seconds()
        if wait > _LONGEST_WAIT:
            raise
    except NotConnectedError:
        wait = _RECONNECT_PAUSE
    await asyncio.sleep(wait)
    return await call()


@contextmanager
def harmless() -> Iterator[None]:
    """Pass over the refusals that change nothing."""
    try:
        yield
    except BadRequest as error:
        if not any(phrase in error.message.lower() for phrase in _HARMLESS):
            raise


def _way(address: Address, letter: Letter) -> dict[str, Any]:
    return {
        "message_thread_id": address.thread_id or None,
        "disable_notification": letter.silent or None,
    }


def _content(letter: Letter) -> dict[str, Any]:
    return {
        "text": letter.html,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": _NO_PREVIEW,
        "reply_markup": markup(letter.rows),
    }
