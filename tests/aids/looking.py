"""A web side on a port of its own, and what it answers."""

import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from aiohttp import web

from bot.web.server import WebServer

HOST: Final = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Asks the web side as whoever supervises the bot does."""

    session: aiohttp.ClientSession
    url: str

    async def get(self, path: str, method: str = "GET") -> tuple[int, Any]:
        """Return status and JSON."""
        async with self.session.request(method, self.url + path) as response:
            return response.status, await response.json()

    async def text(self, path: str) -> str:
        async with self.session.get(self.url + path) as response:
            return await response.text()

    async def headers(self, path: str, method: str = "GET") -> dict[str, str]:
        async with self.session.request(method, self.url + path) as response:
            return dict(response.headers)


@asynccontextmanager
async def looking(port: int) -> AsyncIterator[Looking]:
    """Look at a web side that serves there already."""
    async with aiohttp.ClientSession() as session:
        yield Looking(session=session, url=f"http://{HOST}:{port}")


@asynccontextmanager
async def served(routes: Iterable[web.RouteDef]) -> AsyncIterator[Looking]:
    """Serve the routes as the bot does, and look at them."""
    port = free_port()
    server = WebServer(HOST, port, routes)
    await server.start()
    try:
        async with looking(port) as asked:
            yield asked
    finally:
        await server.stop()
