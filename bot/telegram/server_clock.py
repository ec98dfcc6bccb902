"""Asks Telegram's server what time it is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import aiohttp

from bot.domain.clock_skew import ahead_of_server
from bot.telegram.request import environment_proxy

_SECONDS: Final = 10.0


async def ahead_of_telegram(api_url: str, clock: Callable[[], datetime]) -> timedelta | None:
    """Return how far our clock is ahead of the server's; None where it does not tell.

    What is asked for is the server's front page, so the token is not sent.
    """
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    proxy = environment_proxy(api_url)
    async with aiohttp.ClientSession(timeout=timeout, proxy=proxy) as session:
        asked = clock()
        try:
            async with session.head(f"{api_url}/", allow_redirects=False) as response:
                headers = response.headers
        except (aiohttp.ClientError, OSError):
            return None
        return ahead_of_server(headers.get("Date"), headers.get("Age"), asked, clock())
