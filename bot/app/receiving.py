"""How updates come in: fetched, or brought to a route of the web side."""

import secrets
from urllib.parse import urlsplit

from aiohttp import web

from bot.services.meter import Meter
from bot.settings import Settings
from bot.telegram.application import AnyApplication
from bot.telegram.webhook import Webhook
from bot.web.webhook import webhook_route


def webhook_of(
    settings: Settings, application: AnyApplication, meter: Meter
) -> tuple[Webhook | None, list[web.RouteDef]]:
    """Return what takes the updates that are brought, with its routes; nothing where none is set.

    Without a secret in the settings a new one is made up: only Telegram has to know it, and is told
    at each start.
    """
    if settings.webhook_url is None:
        return None, []
    given = settings.webhook_secret
    secret = given.get_secret_value() if given else secrets.token_urlsafe(32)
    webhook = Webhook(
        application.bot,
        application.update_queue.put_nowait,
        url=settings.webhook_url,
        secret=secret,
        meter=meter,
    )
    path = urlsplit(settings.webhook_url).path
    return webhook, [webhook_route(path, secret, webhook.take)]
