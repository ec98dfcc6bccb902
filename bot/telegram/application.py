"""Puts python-telegram-bot's application together."""

from collections.abc import Callable
from typing import Any, Final

from telegram.ext import Application, ApplicationBuilder

from bot.services.connection_watch import ConnectionWatch
from bot.services.meter import Meter
from bot.telegram.apology import Apology
from bot.telegram.request import AiohttpRequest
from bot.telegram.timeouts import Timeouts
from bot.telegram.updates import PerChatProcessor

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

TELEGRAM_URL: Final = "https://api.telegram.org"
#: How many chats' updates are handled at once.
PLACES: Final = 64
#: A long poll and the one that confirms.
_POLLING_CONNECTIONS: Final = 2
#: Seconds beyond the long poll's own time; then the connection is taken for dead.
_POLLING_GRACE: Final = 5.0


def build_application(
    token: str,
    *,
    register: Callable[[AnyApplication], None],
    sorry: Callable[[str], str],
    api_url: str = TELEGRAM_URL,
    connections: int = 256,
    places: int = PLACES,
    proxy: str | None = None,
    watch: ConnectionWatch | None = None,
    meter: Meter | None = None,
) -> AnyApplication:
    """Return the application with the handlers that `register` adds.

    `connections` serve alerts and replies alike: give more than the alerts that are under way at
    once and the `places` together, and neither ever waits for the other. Fetching updates has
    connections of its own, and is not python-telegram-bot's (see `bot.telegram.poller`).
    `watch` is told of every request's end. `sorry` returns, in a language, what a reader is told
    when a handler failed.
    """
    base = api_url.rstrip("/")
    polling = Timeouts(read=_POLLING_GRACE)
    application: AnyApplication = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .request(AiohttpRequest(connections=connections, proxy=proxy, watch=watch))
        .get_updates_request(
            AiohttpRequest(
                connections=_POLLING_CONNECTIONS, timeouts=polling, proxy=proxy, watch=watch
            )
        )
        .concurrent_updates(PerChatProcessor(places, meter))
        .updater(None)
        .job_queue(None)
        .build()
    )
    register(application)
    application.add_error_handler(Apology(sorry).handle)
    return application
