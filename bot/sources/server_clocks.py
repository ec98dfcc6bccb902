"""Listens to what time the servers say it is, while sources are read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import aiohttp

from bot.domain.clock_skew import ahead_of_server


class ServerClocks:
    """Give `listener` to a session; then `ahead` tells how far our clock is ahead, by host."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.ahead: dict[str, timedelta] = {}

    def listener(self) -> aiohttp.TraceConfig:
        made = aiohttp.TraceConfig()
        made.on_request_start.append(self._asked)
        made.on_request_end.append(self._answered)
        return made

    async def _asked(
        self,
        _: aiohttp.ClientSession,
        context: SimpleNamespace,
        __: aiohttp.TraceRequestStartParams,
    ) -> None:
        context.asked = self._clock()

    async def _answered(
        self,
        _: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        headers = params.response.headers
        ahead = ahead_of_server(
            headers.get("Date"), headers.get("Age"), context.asked, self._clock()
        )
        if ahead is not None and params.url.host:
            self.ahead[params.url.host] = ahead
