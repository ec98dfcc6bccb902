"""`dekbot check`: looks at everything the bot needs, and changes nothing, not even the schema."""

import asyncio
from typing import Final

from bot.app.checks.backups import backups
from bot.app.checks.clocks import clocks
from bot.app.checks.database import Stored, stored
from bot.app.checks.findings import failed, ok, warning
from bot.app.checks.hook import hook
from bot.app.checks.hubs import Hubs
from bot.app.checks.machine import machine
from bot.app.checks.pace import pace
from bot.app.checks.polls import polls
from bot.app.checks.rhythms import rhythms
from bot.app.checks.sources import sources
from bot.app.checks.telegram import telegram
from bot.app.parts import open_site, wall_clock
from bot.domain.errors import ConfigurationError
from bot.services.ports import Clock
from bot.services.reports import Finding
from bot.settings import Settings
from bot.sources.profile_file import advice
from bot.sources.server_clocks import ServerClocks
from bot.telegram.server_clock import ahead_of_telegram

__all__ = ["check"]

_ADVISED: Final = "change the site profile (or DEKBOT_POLL_INTERVAL), or leave it"


async def check(settings: Settings, clock: Clock = wall_clock) -> list[Finding]:
    """Return what was found, in the order of a message's way: machine, Telegram, site, database."""
    database = await stored(settings, clock())
    listening = ServerClocks(clock)
    bot = await telegram(settings, database)
    site = await _site(settings, clock, database, listening)
    ahead = await ahead_of_telegram(settings.telegram_api_url, clock)
    return [
        *await asyncio.to_thread(machine),
        *clocks(ahead, listening.ahead),
        *bot,
        hook(settings),
        *pace(settings, database),
        *database.findings,
        await asyncio.to_thread(backups, settings, clock()),
        *site,
    ]


async def _site(
    settings: Settings, clock: Clock, database: Stored, listening: ServerClocks
) -> list[Finding]:
    try:
        async with open_site(settings, [listening.listener()]) as site:
            profile = site.profile
            found = [ok("site", f"{profile.name} ({settings.site})")]
            told = advice(profile, settings.poll_interval)
            found += [warning("site", text, _ADVISED) for text in told]
            hubs = Hubs(database, settings.public_url, clock())
            found += [finding async for finding in sources(site, database, hubs)]
            found += polls(site, database, clock())
            return found + await rhythms(site, settings, database, clock())
    except ConfigurationError as error:
        remedy = "put the site profile right (DEKBOT_SITE)"
        return [failed("site", fault, remedy) for fault in error.faults]
