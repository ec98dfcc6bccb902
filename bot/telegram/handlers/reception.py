"""Receives every update, has it served, answers it, and logs one event for it."""

from dataclasses import replace
from typing import Final

import structlog
from telegram import Bot, CallbackQuery, Chat, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.domain.flood import Verdict
from bot.domain.redaction import redact
from bot.domain.subscriber import ChatKind
from bot.telegram.calls import StaleButtonError, decode
from bot.telegram.handlers import membership, welcome
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.arriving import texts_for, turn_of
from bot.telegram.handlers.floodgate import Floodgate, asker_of
from bot.telegram.handlers.groups import may_change
from bot.telegram.handlers.links import links_in
from bot.telegram.handlers.sending import deliver, excused, react, send, set_menu
from bot.telegram.handlers.services import ChatServices
from bot.telegram.handlers.speech import Said, said
from bot.telegram.handlers.table import COMMANDS, PRESSES
from bot.telegram.handlers.turn import Changes, Reaction, Reply, Turn
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
        if _is_shared(message, bot) or not _is_meant(message, heard):
            return
        verdict, name = self._floodgate.ask(asker_of(message)), _name(heard)
        if verdict is Verdict.PASSED_OVER:
            _log(message.chat, name, _SLOWED[verdict])
            return
        turn = await turn_of(self._services, message, message.from_user)
        if verdict is Verdict.SLOWED:
            reply = Reply(letter=Letter(html=turn.texts.t("flood.wait")), outcome=_SLOWED[verdict])
        else:
            reply = await self._answer(bot, message, heard, turn)
        try:
            await send(bot, turn.subscriber.address, reply.letter, reply.document)
        except TelegramError as error:
            _log(message.chat, name, "undelivered", fault=excused(error))
        else:
            _log(message.chat, name, reply.outcome)
            await _show_menu(bot, message.chat, reply.menu)

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
            await _show_menu(context.bot, chat, reaction.menu)

    async def on_membership(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take note that the bot was blocked, removed or added."""
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
            await membership.moved(self._services, update.message)
            _log(update.message.chat, "migration", "moved")

    async def _answer(self, bot: Bot, message: Message, heard: Said | None, turn: Turn) -> Reply:
        if heard is None:
            return welcome.unreadable(turn)
        answered = _answered(message)
        turn = replace(
            turn,
            typed=heard.rest,
            answered=answered.message_id if answered else None,
            links=links_in(answered),
        )
        if heard.command is None and not heard.rest:
            return await COMMANDS["help"].run(turn)
        command = COMMANDS.get("search" if heard.command is None else heard.command)
        if command is None:
            return welcome.unknown_command(turn, heard.command or "")
        needs_one = command.needs_administrator(heard.rest, is_answer=turn.answered is not None)
        if needs_one and not await may_change(bot, message.chat, message.from_user, message):
            letter = Letter(html=turn.texts.t("group.admins-only"))
            return Reply(letter=letter, outcome="not an administrator")
        return await command.run(turn)

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
        call = decode(query.data or "")
        press = PRESSES.get(call.action)
        message = query.message
        if press is None or not isinstance(message, Message) or not message.is_accessible:
            raise StaleButtonError
        turn = await turn_of(self._services, message, query.from_user)
        turn = replace(turn, pressed=message)
        if press.changes is Changes.ALWAYS and not await may_change(
            bot, message.chat, query.from_user, None
        ):
            toast = turn.texts.plain("group.admins-only-toast")
            return Reaction(toast=toast, alert=True, outcome="not an administrator")
        return await press.run(turn, Arguments(call))


def _name(heard: Said | None) -> str:
    """Return what the log calls the message: the command, if there is such a one."""
    if heard is None:
        return "media"
    if heard.command is None:
        return "text"
    return heard.command if heard.command in COMMANDS else "unknown"


def _answered(message: Message) -> Message | None:
    """Return the message that this one answers.

    In a forum topic every message answers the one that opened the topic, unless it answers another.
    """
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return None
    return answered


def _is_shared(message: Message, bot: Bot) -> bool:
    """Return whether it is one of our own cards, which somebody sent by inline mode."""
    return message.via_bot is not None and message.via_bot.id == bot.id


def _is_meant(message: Message, heard: Said | None) -> bool:
    if not ChatKind(message.chat.type).is_group:
        return True
    if heard is None or heard.for_another:
        return False
    return heard.addressed or heard.command in COMMANDS


async def _show_menu(bot: Bot, chat: Chat, language: str | None) -> None:
    if language is None:
        return
    try:
        await set_menu(bot, chat.id, language)
    except TelegramError as error:  # the chat is served all the same
        log.warning("menu_not_set", chat=chat.id, language=language, fault=redact(str(error)))


def _log(chat: Chat, command: str, outcome: str, **fields: str) -> None:
    tell = log.debug if outcome == _PASSED_OVER else log.info
    tell("update_handled", command=command, chat=chat.id, outcome=outcome, **fields)
