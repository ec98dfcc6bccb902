"""Servers on loopback that show what a test wants."""

import socket
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from bot.domain.errors import SourceError
from bot.sources.fetch import Fetcher

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
#: Serves every path with a handler; returns the site's address, without a slash at its end.
Serve = Callable[[Handler], Awaitable[str]]


async def start_server(handler: Handler) -> tuple[web.AppRunner, str]:
    """Return the running server, to be cleaned up by the caller, and its address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}"


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


async def fault(fetcher: Fetcher, url: str) -> SourceError:
    """Return the error that fetching from this address raises."""
    with pytest.raises(SourceError) as caught:
        await fetcher.fetch(url)
    return caught.value
