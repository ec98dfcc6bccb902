"""The web side: one aiohttp server for everything that is asked of the bot over HTTP."""

import logging
from collections.abc import Iterable
from typing import Final

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.domain.errors import ConfigurationError
from bot.web.faults import told_as_json

log = structlog.get_logger(__name__)

#: Seconds that a request under way has to end when the server stops.
_SHUTDOWN: Final = 1.0


class WebServer:
    """Serves the routes between `start` and `stop`; port 0 serves nothing."""

    def __init__(self, host: str, port: int, routes: Iterable[web.RouteDef]) -> None:
        self._host = host
        self._port = port
        self._routes = tuple(routes)
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen; raise ConfigurationError where the address cannot be had."""
        if not self._port:
            return
        app = web.Application(middlewares=[told_as_json])
        app.add_routes(self._routes)
        self._runner = web.AppRunner(
            app, access_log=None, logger=_server_log(), shutdown_timeout=_SHUTDOWN
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self.stop()
            raise ConfigurationError(self._fault(error)) from None
        log.info("web_started", host=self._host, port=self._port)

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _fault(self, error: OSError) -> str:
        return (
            f"DEKBOT_WEB_PORT: {self._host} has no port {self._port} for Dekbot "
            f"({error.strerror}); choose another DEKBOT_WEB_PORT, or 0 for no web side"
        )


def _server_log() -> logging.Logger:
    """Return aiohttp's log without what it tells of calls that are no HTTP.

    Whoever tries ports would fill the log with tracebacks; the caller is answered 400.
    """
    server_log = logging.getLogger(f"{__name__}.http")
    server_log.addFilter(_is_of_ours)
    return server_log


def _is_of_ours(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)
