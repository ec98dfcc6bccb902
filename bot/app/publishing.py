"""What a publisher can tell the bot, and where."""

from collections.abc import Callable

from aiohttp import web

from bot.app.parts import Parts
from bot.services.announcements import AnnouncedSite, Announcements
from bot.services.ports import Rounds
from bot.settings.hook import HOOK_PATH
from bot.web.published import published_route


def announcements_of(
    parts: Parts, rounds: Callable[[], Rounds]
) -> tuple[Announcements, list[web.RouteDef]]:
    """Return what hears of publications, with its route; without a secret there is none."""
    site = AnnouncedSite(
        sources=[(source.url, source.kind) for source in parts.site.sources],
        article_address=parts.site.profile.article_address,
    )
    announcements = Announcements(parts.database, site, rounds)
    secret = parts.settings.hook_secret
    if secret is None:
        return announcements, []
    route = published_route(HOOK_PATH, secret.get_secret_value(), announcements, parts.meter)
    return announcements, [route]
