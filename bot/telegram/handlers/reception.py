"""Receives every update, has it served, answers it, and logs one event for it."""

import structlog
from telegram import Bot, CallbackQuery, Chat, Message, Update, User
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.domain.subscriber import ChatKind
from bot.telegram.calls import StaleButtonError, decode
from bot.telegram.handlers import forum, membership
from bot.telegram.handlers.answers import answer, reaction_to
from bot.telegram.handlers.chats import Chats
from bot.telegram.handlers.places import address_of, names_in
from bot.telegram.handlers.sending import excused, react, send
from bot.telegram.handlers.services import ChatServices
from bot.telegram.handlers.speech import Said, said
from bot.telegram.handlers.table import COMMANDS
from bot.telegram.handlers.turn import Reaction, Turn
from bot.texts.catalogue import Texts

log = structlog.get_logger(__name__)


class Reception:
    """One method for each kind of update."""

    def __init__(self, services: ChatServices) -> None:
        self._services = services

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message: in private every one, in a group what is meant for the bot."""
        message, bot = update.message, context.bot
        if message is None:
            return
        heard = said(message.text, bot.username) if message.text else None
        if _is_shared(message, bot) or not _is_meant(message, heard):
            return
        turn = await self._turn(bot, message, message.from_user)
        name = _name(heard)
        reply = await answer(bot, message, heard, turn)
        try:
            await send(bot, turn.subscriber.address, reply.letter)
        except TelegramError as error:
            _log(message.chat, name, "undelivered", fault=excused(error))
        else:
            _log(message.chat, name, reply.outcome)
            await self._heard(turn)

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a pressed button."""
        query = update.callback_query
        if query is None or query.message is None:
            return
        chat, action = query.message.chat, "button"
        try:
            action = decode(query.data or "").action
            reaction = await self._reaction(context.bot, query)
        except StaleButtonError:
            texts = Texts(self._language(chat, query.from_user))
            reaction = Reaction(toast=texts.plain("button.stale"), outcome="stale", alert=True)
        try:
            await react(query, reaction)
        except TelegramError as error:
            _log(chat, action, "undelivered", fault=excused(error))
        else:
            _log(chat, action, reaction.outcome)

    async def on_channel_post(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Pass over what is posted in a channel; a command of ours is worth a line in the log."""
        post = update.channel_post
        heard = said(post.text, context.bot.username) if post and post.text else None
        if post and heard and heard.command in COMMANDS:
            _log(post.chat, _name(heard), "posted in a channel")

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

    async def _reaction(self, bot: Bot, query: CallbackQuery) -> Reaction:
        """Have the press served; raises StaleButtonError."""
        message = query.message
        if not isinstance(message, Message) or not message.is_accessible:
            raise StaleButtonError
        turn = await self._turn(bot, message, query.from_user, pressed=message)
        return await reaction_to(bot, query, message, turn)

    async def _turn(
        self, bot: Bot, message: Message, user: User | None, pressed: Message | None = None
    ) -> Turn:
        subscriber = await self._services.subscriptions.arrive(
            address_of(message),
            ChatKind(message.chat.type),
            self._language(message.chat, user),
            names_in(message),
        )
        return Turn(
            services=self._services,
            subscriber=subscriber,
            texts=Texts(subscriber.language),
            chats=Chats(bot, user),
            pressed=pressed,
        )

    async def _heard(self, turn: Turn) -> None:
        """End a silence that has proved to be over."""
        if await self._services.silences.heard(turn.subscriber):
            self._services.wake()
            self._services.tell()

    def _language(self, chat: Chat, user: User | None) -> str:
        """Return the reader's language; a group speaks the site's, whoever writes first."""
        is_private = ChatKind(chat.type) is ChatKind.PRIVATE
        told = user.language_code if user else None
        return told if told and is_private else self._services.site.language


def _name(heard: Said | None) -> str:
    """Return what the log calls the message: the command, if there is such a one."""
    if heard is None:
        return "media"
    if heard.command is None:
        return "text"
    return heard.command if heard.command in COMMANDS else "unknown"


def _is_shared(message: Message, bot: Bot) -> bool:
    """Return whether it is one of our own cards, which somebody sent by inline mode."""
    return message.via_bot is not None and message.via_bot.id == bot.id


def _is_meant(message: Message, heard: Said | None) -> bool:
    if not ChatKind(message.chat.type).is_group:
        return True
    if heard is None or heard.for_another or message.is_automatic_forward:
        return False
    return heard.addressed or heard.command in COMMANDS


def _log(chat: Chat, command: str, outcome: str, **fields: str) -> None:
    log.info("update_handled", command=command, chat=chat.id, outcome=outcome, **fields)
