"""Asks Telegram about the bot; for `check`, without starting anything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.domain.errors import BotRefusedError, DekbotError
from bot.domain.reachability import WebhookReport
from bot.domain.redaction import redact
from bot.telegram.outcomes import TOKEN_REFUSED
from bot.telegram.request import AiohttpRequest, environment_proxy


class TelegramUnreachableError(DekbotError):
    """Telegram cannot be reached."""


async def bot_name(token: str, api_url: str) -> str:
    """Return the bot's user name.

    Raises BotRefusedError where Telegram does not know the token, TelegramUnreachableError where
    nothing else is known either.
    """
    async with _asked(token, api_url) as bot:
        return bot.username


async def webhook_report(token: str, api_url: str) -> WebhookReport:
    """Return what Telegram tells of the bot's webhook; raises what `bot_name` does."""
    async with _asked(token, api_url) as bot:
        return report_of(await bot.get_webhook_info())


def report_of(info: WebhookInfo) -> WebhookReport:
    return WebhookReport(
        url=info.url,
        waiting=info.pending_update_count,
        failed_at=info.last_error_date,
        failure=info.last_error_message or "",
    )


@asynccontextmanager
async def _asked(token: str, api_url: str) -> AsyncIterator[Bot]:
    proxy = environment_proxy(api_url)
    bot = Bot(
        token,
        base_url=f"{api_url}/bot",
        request=AiohttpRequest(connections=1, proxy=proxy),
        get_updates_request=AiohttpRequest(connections=1, proxy=proxy),
    )
    try:
        async with bot:
            yield bot
    except InvalidToken:  # whose text holds the token
        raise BotRefusedError(TOKEN_REFUSED) from None
    except TelegramError as error:
        raise TelegramUnreachableError(redact(str(error))) from None
