"""The stand-in, servers that misbehave, and time that does not pass by itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from heapq import heappop, heappush
from itertools import count

import pytest
from aiohttp import web
from telegram import Bot
from telegram.ext import ExtBot

from bot.demo.botapi.server import StandIn
from bot.telegram.request import AiohttpRequest
from tests.telegram.echo import TOKEN, Running

#: Any server's answer to whatever is asked.
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Handler], Awaitable[str]]
#: Makes a bot for the server at an address.
MakeBot = Callable[[str], Awaitable[Bot]]


class FakeTime:
    """A clock that moves when everybody sleeps: from one awakening to the next."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        future = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self.now + seconds, next(self._numbers), future))
        await future

    async def run_until(self, moment: float) -> None:
        """Let time pass up to that moment."""
        await self._settle()
        while self._sleepers and self._sleepers[0][0] <= moment:
            at, _, future = heappop(self._sleepers)
            if future.done():
                continue
            self.now = max(self.now, at)
            future.set_result(None)
            await self._settle()
        self.now = max(self.now, moment)

    @staticmethod
    async def _settle() -> None:
        for _ in range(8):
            await asyncio.sleep(0)


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    async with StandIn(TOKEN) as server:
        yield server


@pytest.fixture
async def serve(stack: AsyncExitStack) -> Serve:
    """Start a server whose handler answers everything; returns its address."""

    async def start(handler: Handler) -> str:
        app = web.Application(client_max_size=1 << 24)
        app.router.add_route("*", "/{path:.*}", handler)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    return start


@pytest.fixture
async def make_bot(stack: AsyncExitStack) -> MakeBot:
    """Make a bot that has not asked who it is, so that the first call is the test's."""

    async def make(url: str) -> Bot:
        requests = [AiohttpRequest(connections=8) for _ in range(2)]
        for request in requests:
            await request.initialize()
            stack.push_async_callback(request.shutdown)
        return ExtBot(TOKEN, f"{url}/bot", request=requests[0], get_updates_request=requests[1])

    return make


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with AsyncExitStack() as stack:
        yield Running(stack)


def answering(status: int, body: str, **headers: str) -> Handler:
    async def handle(_request: web.Request) -> web.Response:
        return web.Response(status=status, text=body, headers=headers)

    return handle
