"""`dekbot trace`: looks an article's path up in the database, beside a running bot."""

import asyncio

from bot.app.parts import wall_clock
from bot.domain.errors import ConfigurationError
from bot.services.addresses import address_of
from bot.services.searches import StandingSearches
from bot.services.traces import Trace
from bot.services.tracing import TracedSite, Tracer
from bot.services.why import Explanations
from bot.settings import Settings
from bot.sources.profile_file import load_profile
from bot.storage.database import Database
from bot.storage.schema import require_current


async def trace(settings: Settings, target: str, limit: int, chat_id: int | None = None) -> Trace:
    """Return the path of the article with this address, or this path on the site.

    Of its deliveries, `limit` are told one by one. Nothing is changed, not even the schema. Raises
    ConfigurationError for what is no address, and DatabaseError.
    """
    profile = load_profile(settings.site)
    url = _address(target, profile.url)
    await asyncio.to_thread(require_current, settings.database_url)
    database = Database(settings.database_url, profile.zone)
    searches = StandingSearches(database, wall_clock, profile.zone)
    site = TracedSite(
        is_article=profile.is_article,
        retractions=profile.retractions,
        max_age=settings.max_alert_age,
    )
    try:
        tracer = Tracer(database, Explanations(database, searches), site)
        return await tracer.trace(url, limit, chat_id)
    finally:
        await database.close()


def _address(target: str, site: str) -> str:
    try:
        return address_of(target, site)
    except ValueError:
        raise ConfigurationError(
            f"{target!r}: no article can have this address; expected one like {site}, "
            "or a path on the site"
        ) from None
