"""Receives every update, has it served, answers it, and logs one event for it."""

from collections.abc import Container
from dataclasses import replace
from typing import Final

import structlog
from telegram import Bot, CallbackQuery, Chat, Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot.domain.flood import Verdict
from bot.domain.redaction import redact
from bot.domain.subscriber import Address, ChatKind
from bot.telegram.calls import StaleButtonError, decode
from bot.telegram.handlers import forum, membership, operators
from bot.telegram.handlers.answers import answer, reaction_to
from bot.telegram.handlers.arriving import texts_for, turn_of
from bot.telegram.handlers.floodgate import Floodgate, asker_of
from bot.telegram.handlers.sending import deliver, excused, react, send, undeliverable
from bot.telegram.handlers.services import ChatServices
from bot.telegram.handlers.speech import Said, said
from bot.telegram.handlers.table import COMMANDS
from bot.telegram.handlers.turn import Reaction, Reply, Turn, menu_now
from bot.telegram.menus import set_menu
from bot.texts.catalogue import Texts
from bot.texts.letter import Letter

log = structlog.get_logger(__name__)

#: What the log calls that which was not served. The second is told for debugging only, so that no
#: user fills the log.
_PASSED_OVER: Final = "passed over"
_SLOWED: Final = {Verdict.SLOWED: "slowed", Verdict.PASSED_OVER: _PASSED_OVER}


class Reception:
    """One method for each kind of update."""

    def __init__(self, services: ChatServices) -> None:
        self._services = services
        self._floodgate = Floodgate(services.clock)

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message: in private every one, in a group what is meant for the bot."""
        message, bot = update.message, context.bot
        if message is None:
            return
        heard = said(message.text, bot.username) if message.text else None
        known = self._commands(message.chat)
        if _is_shared(message, bot) or not _is_meant(message, heard, known):
            return
        verdict, name = self._floodgate.ask(asker_of(message)), _name(heard, known)
        if verdict is Verdict.PASSED_OVER:
            _log(message.chat, name, _SLOWED[verdict])
            return
        turn = await turn_of(self._services, bot, message, message.from_user)
        if verdict is Verdict.SLOWED:
            reply = Reply(letter=Letter(html=turn.texts.t("flood.wait")), outcome=_SLOWED[verdict])
        else:
            reply = await answer(bot, message, heard, turn)
        try:
            await _send(bot, turn.subscriber.address, reply)
        except TelegramError as error:
            _log(message.chat, name, "undelivered", fault=excused(error))
        else:
            _log(message.chat, name, reply.outcome)
            await self._heard(turn)
            await self._show_menu(bot, message.chat, self._menu(turn, heard, reply))

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a pressed button."""
        query = update.callback_query
        if query is None or query.message is None:
            return
        chat = query.message.chat
        verdict = self._floodgate.ask(query.from_user.id)
        if verdict is Verdict.SERVED:
            action, reaction = await self._pressed(context.bot, query)
        else:
            texts = await self._texts(query)
            toast = texts.plain("flood.wait-toast")
            action, reaction = "button", Reaction(toast=toast, outcome=_SLOWED[verdict])
        try:
            await react(query, reaction)
            told = await deliver(context.bot, chat.id, reaction.parcels)
        except TelegramError as error:
            _log(chat, action, "undelivered", fault=excused(error))
        else:
            _log(chat, action, reaction.outcome, **told)
            await self._show_menu(context.bot, chat, reaction.menu)

    async def on_channel_post(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Pass over what is posted in a channel; a command of ours is worth a line in the log."""
        post = update.channel_post
        heard = said(post.text, context.bot.username) if post and post.text else None
        if post and heard and heard.command in COMMANDS:
            _log(post.chat, _name(heard, COMMANDS), "posted in a channel")

    async def on_membership(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take note that the bot was blocked, removed, added, or that its rights changed."""
        change = update.my_chat_member
        if change is None:
            return
        try:
            outcome = await membership.changed(self._services, change, context.bot)
        except TelegramError as error:
            _log(change.chat, "membership", "undelivered", fault=excused(error))
        else:
            _log(change.chat, "membership", outcome)

    async def on_migration(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Follow a group to the supergroup that it became."""
        if update.message is not None:
            outcome = await membership.moved(self._services, update.message)
            _log(update.message.chat, "migration", outcome)

    async def on_topic(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take note that a forum topic was closed or reopened."""
        if update.message is not None:
            outcome = await forum.changed(self._services, update.message, context.bot)
            _log(update.message.chat, "topic", outcome)

    async def _pressed(self, bot: Bot, query: CallbackQuery) -> tuple[str, Reaction]:
        """Return what the log calls the button, and the answer to it."""
        action = "button"
        try:
            action = decode(query.data or "").action
            return action, await self._reaction(bot, query)
        except StaleButtonError:
            toast = (await self._texts(query)).plain("button.stale")
            return action, Reaction(toast=toast, outcome="stale", alert=True)

    async def _texts(self, query: CallbackQuery) -> Texts:
        """Return the texts for who pressed; a chat that is not known stays so."""
        if query.message is None:
            return Texts(query.from_user.language_code or self._services.site.language)
        return await texts_for(self._services, query.message, query.from_user)

    async def _reaction(self, bot: Bot, query: CallbackQuery) -> Reaction:
        """Have the press served; raises StaleButtonError."""
        message = query.message
        if not isinstance(message, Message) or not message.is_accessible:
            raise StaleButtonError
        turn = await turn_of(self._services, bot, message, query.from_user)
        return await reaction_to(bot, query, message, replace(turn, pressed=message))

    def _commands(self, chat: Chat) -> Container[str | None]:
        """Return the commands that there are in the chat."""
        return COMMANDS.keys() | operators.commands_in(self._services, chat.id).keys()

    def _menu(self, turn: Turn, heard: Said | None, reply: Reply) -> str | None:
        """Return the language of the menu that is to be shown; with /start, administrators' own."""
        is_start = heard is not None and heard.command == "start"
        chat_id = turn.subscriber.address.chat_id
        if reply.menu is None and is_start and self._services.administration.is_for(chat_id):
            return menu_now(turn.subscriber)
        return reply.menu

    async def _show_menu(self, bot: Bot, chat: Chat, language: str | None) -> None:
        if language is None:
            return
        administers = self._services.administration.is_for(chat.id)
        try:
            await set_menu(bot, chat.id, language, administers=administers)
        except TelegramError as error:  # the chat is served all the same
            log.warning("menu_not_set", chat=chat.id, language=language, fault=redact(str(error)))

    async def _heard(self, turn: Turn) -> None:
        """End a silence that has proved to be over."""
        if await self._services.silences.heard(turn.subscriber):
            self._services.wake()
            self._services.tell()


def _name(heard: Said | None, known: Container[str | None]) -> str:
    """Return what the log calls the message: the command, if there is such a one."""
    if heard is None:
        return "media"
    if heard.command is None:
        return "text"
    return heard.command if heard.command in known else "unknown"


async def _send(bot: Bot, address: Address, reply: Reply) -> None:
    try:
        await send(bot, address, reply.letter, reply.document)
    except BadRequest as error:
        if reply.instead is None or undeliverable(error) is not None:
            raise
        await send(bot, address, reply.instead)
    else:
        await deliver(bot, address.chat_id, reply.parcels)


def _is_shared(message: Message, bot: Bot) -> bool:
    """Return whether it is one of our own cards, which somebody sent by inline mode."""
    return message.via_bot is not None and message.via_bot.id == bot.id


def _is_meant(message: Message, heard: Said | None, known: Container[str | None]) -> bool:
    if not ChatKind(message.chat.type).is_group:
        return True
    if heard is None or heard.for_another or message.is_automatic_forward:
        return False
    return heard.addressed or heard.command in known


def _log(chat: Chat, command: str, outcome: str, **fields: str) -> None:
    tell = log.debug if outcome == _PASSED_OVER else log.info
    tell("update_handled", command=command, chat=chat.id, outcome=outcome, **fields)
