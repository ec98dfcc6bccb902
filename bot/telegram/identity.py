"""Asks Telegram about the bot; for `check`, without starting anything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.domain.errors import BotRefusedError, DekbotError
from bot.domain.reachability import WebhookReport
from bot.domain.redaction import redact
from bot.telegram.outcomes import TOKEN_REFUSED
from bot.telegram.request import AiohttpRequest, environment_proxy


class TelegramUnreachableError(DekbotError):
    """Telegram cannot be reached."""


class ChatUnreachableError(DekbotError):
    """Telegram does not show the bot this chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BotFacts:
    """What Telegram says of the bot."""

    username: str
    joins_groups: bool
    #: Whether it gets every message of a group, or only what is meant for it.
    reads_all_messages: bool
    #: Whether @BotFather's /setinline is switched on.
    inline: bool
    #: The names in the command menu of everybody without one in their own language.
    commands: tuple[str, ...]
    #: How updates are brought, or wait to be fetched.
    webhook: WebhookReport


class Identity:
    """A bot that Telegram knows; its methods raise TelegramUnreachableError."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def facts(self) -> BotFacts:
        me = self._bot.bot
        try:
            commands = await self._bot.get_my_commands()
            webhook = await self._bot.get_webhook_info()
        except TelegramError as error:
            raise TelegramUnreachableError(redact(str(error))) from None
        return BotFacts(
            username=self._bot.username,
            joins_groups=bool(me.can_join_groups),
            reads_all_messages=bool(me.can_read_all_group_messages),
            inline=bool(me.supports_inline_queries),
            commands=tuple(command.command for command in commands),
            webhook=report_of(webhook),
        )

    async def chat_name(self, chat_id: int) -> str:
        """Return what the chat is called; raises ChatUnreachableError where it is not shown."""
        try:
            chat = await self._bot.get_chat(chat_id)
        except TelegramError as error:
            raise ChatUnreachableError(redact(str(error))) from None
        return chat.effective_name or ""


@asynccontextmanager
async def identified(token: str, api_url: str) -> AsyncIterator[Identity]:
    """Ask who the bot is.

    Raises BotRefusedError where Telegram does not know the token, TelegramUnreachableError where
    nothing else is known either.
    """
    proxy = environment_proxy(api_url)
    bot = Bot(
        token,
        base_url=f"{api_url}/bot",
        request=AiohttpRequest(connections=1, proxy=proxy),
        get_updates_request=AiohttpRequest(connections=1, proxy=proxy),
    )
    try:
        await _initialize(bot)
        yield Identity(bot)
    finally:
        await bot.shutdown()


async def _initialize(bot: Bot) -> None:
    try:
        await bot.initialize()
    except InvalidToken:  # whose text holds the token
        raise BotRefusedError(TOKEN_REFUSED) from None
    except TelegramError as error:
        raise TelegramUnreachableError(redact(str(error))) from None


def report_of(info: WebhookInfo) -> WebhookReport:
    return WebhookReport(
        url=info.url,
        waiting=info.pending_update_count,
        failed_at=info.last_error_date,
        failure=info.last_error_message or "",
    )
