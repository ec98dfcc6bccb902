"""Asks Telegram who the bot is; for `check`, without starting anything."""

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.domain.errors import BotRefusedError, DekbotError
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
    proxy = environment_proxy(api_url)
    bot = Bot(
        token,
        base_url=f"{api_url}/bot",
        request=AiohttpRequest(connections=1, proxy=proxy),
        get_updates_request=AiohttpRequest(connections=1, proxy=proxy),
    )
    try:
        async with bot:
            return bot.username
    except InvalidToken:  # whose text holds the token
        raise BotRefusedError(TOKEN_REFUSED) from None
    except TelegramError as error:
        raise TelegramUnreachableError(redact(str(error))) from None
